//! Pictures of a workspace, small ones for lists and forms.

use chancery_compose::PictureKind;
use chancery_workspace::paths;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::collections::HashMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// The folder of a workspace's pictures.
pub const FOLDER: &str = "images";

/// The longest side of a small picture, in pixels: twice what is shown, for screens of double density.
const SIDE: u32 = 480;

/// A picture within [`SIDE`] and this size, in bytes, is shown as it is.
const SMALL: usize = 256 << 10;

/// The largest file that is made smaller, the largest drawing that is shown as it is, in bytes.
const LARGEST: u64 = 64 << 20;
const LARGEST_DRAWING: u64 = 2 << 20;

/// The most pixels that are decoded, and the most memory for it: a bomb says it is larger.
const MOST_PIXELS: u64 = 100_000_000;
const MOST_MEMORY: u64 = 512 << 20;

/// How many small pictures are kept.
const KEPT: usize = 64;

/// A picture to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its format.
    pub kind: PictureKind,
    /// Its file.
    pub bytes: Arc<[u8]>,
}

type Stamp = (u64, Option<SystemTime>);

/// Small pictures of a workspace, made again only when their files change.
#[derive(Debug, Default)]
pub struct Thumbnails {
    kept: Mutex<HashMap<PathBuf, (Stamp, Picture)>>,
}

impl Thumbnails {
    /// Returns a picture below `images/`, made smaller where it is large; none for anything else.
    ///
    /// A drawing (SVG) comes as it is: whoever shows it must see to it that nothing in it runs.
    pub fn get(&self, root: &Path, file: &str) -> Option<Picture> {
        let path = locate(root, file)?;
        let metadata = fs::metadata(&path).ok()?;
        if !metadata.is_file() || metadata.len() > LARGEST {
            return None;
        }
        let stamp = (metadata.len(), metadata.modified().ok());
        let kept = |kept: &HashMap<PathBuf, (Stamp, Picture)>| {
            kept.get(&path).filter(|(then, _)| *then == stamp).map(|(_, picture)| picture.clone())
        };
        if let Some(picture) = kept(&self.kept.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Some(picture);
        }
        let picture = small(fs::read(&path).ok()?)?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(path, (stamp, picture.clone()));
        Some(picture)
    }
}

/// Returns where a picture lies, links resolved; none where that is outside of `images/`.
fn locate(root: &Path, file: &str) -> Option<PathBuf> {
    let file = paths::inside(file)?;
    if !file.starts_with("images/") || file.split('/').any(|part| part.starts_with('.')) {
        return None;
    }
    let path = paths::resolve(root, &file)?;
    path.starts_with(paths::resolve(root, FOLDER)?).then_some(path)
}

/// Returns a picture as it is where it is small, else made smaller.
fn small(bytes: Vec<u8>) -> Option<Picture> {
    let kind = PictureKind::of(&bytes)?;
    let decoder = match kind {
        PictureKind::Png => ImageFormat::Png,
        PictureKind::Jpeg => ImageFormat::Jpeg,
        PictureKind::Gif => ImageFormat::Gif,
        PictureKind::WebP => ImageFormat::WebP,
        PictureKind::Svg => {
            return (bytes.len() as u64 <= LARGEST_DRAWING).then(|| Picture { kind, bytes: bytes.into() });
        }
    };
    let mut reader = ImageReader::with_format(Cursor::new(&bytes), decoder);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return None;
    }
    if width.max(height) <= SIDE && bytes.len() <= SMALL {
        return Some(Picture { kind, bytes: bytes.as_slice().into() });
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).ok()?;
    if width.max(height) > SIDE {
        image = image.thumbnail(SIDE, SIDE);
    }
    image.apply_orientation(orientation);
    let mut out = Vec::new();
    image.write_to(&mut Cursor::new(&mut out), ImageFormat::Png).ok()?;
    Some(Picture { kind: PictureKind::Png, bytes: out.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let image = DynamicImage::new_rgba8(width, height);
        image.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).expect("a picture");
        bytes
    }

    fn workspace() -> tempfile::TempDir {
        let outer = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(outer.path().join("workspace/images/maps")).expect("a folder");
        let write = |file: &str, bytes: &[u8]| fs::write(outer.path().join(file), bytes).expect("a file");
        write("secret.png", &png(2, 2));
        write("workspace/cover.png", &png(2, 2));
        write("workspace/images/large.png", &png(1600, 800));
        write("workspace/images/maps/small.png", &png(20, 10));
        write("workspace/images/한국 지도.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".as_bytes());
        write("workspace/images/notes.txt", b"no picture");
        write("workspace/images/broken.png", b"\x89PNG\r\n\x1a\nand nothing else");
        outer
    }

    #[test]
    fn pictures_are_made_small_and_small_ones_stay() {
        let outer = workspace();
        let (root, thumbnails) = (outer.path().join("workspace"), Thumbnails::default());
        let large = thumbnails.get(&root, "images/large.png").expect("a picture");
        let shown = image::load_from_memory(&large.bytes).expect("a picture");
        assert_eq!((shown.width(), shown.height()), (480, 240));
        let again = thumbnails.get(&root, "images/large.png").expect("a picture");
        assert!(Arc::ptr_eq(&large.bytes, &again.bytes));
        let small = thumbnails.get(&root, "images/maps/small.png").expect("a picture");
        assert_eq!(*small.bytes, *png(20, 10));
        let drawing = thumbnails.get(&root, "images/한국 지도.svg").expect("a drawing");
        assert_eq!(drawing.kind.media_type(), "image/svg+xml");
        // What was kept does not outlive a change of the file.
        fs::write(root.join("images/large.png"), png(30, 30)).expect("a file");
        assert_eq!(*thumbnails.get(&root, "images/large.png").expect("a picture").bytes, *png(30, 30));
    }

    #[test]
    fn nothing_but_pictures_in_their_folder_is_shown() {
        let outer = workspace();
        let root = outer.path().join("workspace");
        let shown = |file: &str| Thumbnails::default().get(&root, file).is_some();
        let outside = outer.path().join("secret.png").to_string_lossy().into_owned();
        for file in [
            "../secret.png",
            "images/../../secret.png",
            "images/../cover.png",
            "images\\..\\..\\secret.png",
            "cover.png",
            "/images/large.png",
            &outside,
            "images",
            "images/maps",
            "images/notes.txt",
            "images/broken.png",
            "images/gone.png",
            "images/large.png\0.txt",
            "",
        ] {
            assert!(!shown(file), "{file}");
        }
        assert!(shown("./images/maps/../maps/small.png"));
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_out_are_not_followed() {
        use std::os::unix::fs::symlink;
        let outer = workspace();
        let root = outer.path().join("workspace");
        symlink(outer.path().join("secret.png"), root.join("images/link.png")).expect("a link");
        symlink(root.join("cover.png"), root.join("images/cover.png")).expect("a link");
        symlink(outer.path(), root.join("images/folder")).expect("a link");
        symlink(root.join("images/large.png"), root.join("images/same.png")).expect("a link");
        let shown = |file: &str| Thumbnails::default().get(&root, file).is_some();
        assert!(!shown("images/link.png") && !shown("images/cover.png") && !shown("images/folder/secret.png"));
        assert!(shown("images/same.png"));
    }

    #[test]
    fn a_picture_that_claims_to_be_huge_is_not_decoded() {
        let mut bomb = png(2, 2);
        // The width in the header, and the header's checksum left wrong or right: neither is decoded.
        bomb[16..20].copy_from_slice(&4_000_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&4_000_000_u32.to_be_bytes());
        assert_eq!(small(bomb), None);
        assert_eq!(small(format!("<svg>{}</svg>", " ".repeat(3 << 20)).into_bytes()), None);
    }
}
