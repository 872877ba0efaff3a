//! What a picture is by its bytes, and whether it can be typeset.

use crate::images::ImageError;
use std::cell::RefCell;
use std::io::Cursor;
use std::sync::Arc;
use thiserror::Error;

/// The largest width or height, in pixels.
const MAX_SIDE: u64 = 30_000;
/// The most pixels that are decoded.
const MAX_PIXELS: u64 = 200_000_000;

/// How many pictures are remembered.
const MAX_KNOWN: usize = 256;

/// A format of pictures that pages can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF.
    Gif,
    /// WebP.
    WebP,
    /// SVG.
    Svg,
}

/// Why a picture cannot be typeset.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum PictureError {
    /// Its file cannot be read.
    #[error(transparent)]
    File(#[from] ImageError),
    /// It is not in the workspace but on the network.
    #[error("the picture `{0}` is not in the workspace")]
    Remote(String),
    /// It is no picture, or a broken one.
    #[error("`{file}` is no picture: {reason}")]
    NoPicture {
        /// The file.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl PictureKind {
    /// Returns the format that the bytes have, whatever the file is called.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'G', b'I', b'F', b'8', ..] => Some(Self::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            _ => std::str::from_utf8(bytes).ok().filter(|text| text.contains("<svg")).map(|_| Self::Svg),
        }
    }

    /// Returns the media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
            Self::Svg => "image/svg+xml",
        }
    }

    /// Returns the endings of such files, the usual one first.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Gif => &["gif"],
            Self::WebP => &["webp"],
            Self::Svg => &["svg"],
        }
    }
}

/// What pictures were found to be; each is decoded once.
#[derive(Debug, Default)]
pub(crate) struct Checks {
    known: RefCell<Vec<(Arc<[u8]>, Result<PictureKind, PictureError>)>>,
}

impl Checks {
    /// Returns what kind of picture the bytes of a file are.
    pub fn check(&self, file: &str, bytes: &Arc<[u8]>) -> Result<PictureKind, PictureError> {
        let mut known = self.known.borrow_mut();
        if let Some((_, result)) = known.iter().find(|(checked, _)| Arc::ptr_eq(checked, bytes)) {
            return result.clone();
        }
        if known.len() >= MAX_KNOWN {
            known.clear();
        }
        let result = check(file, bytes);
        known.push((Arc::clone(bytes), result.clone()));
        result
    }
}

fn check(file: &str, bytes: &Arc<[u8]>) -> Result<PictureKind, PictureError> {
    let fail = |reason: String| PictureError::NoPicture { file: file.to_owned(), reason };
    let kind = PictureKind::of(bytes).ok_or_else(|| fail("its content is of no known kind".into()))?;
    let fault = if kind == PictureKind::Svg { svg_fault(bytes) } else { raster_fault(bytes) };
    fault.map_or(Ok(kind), |reason| Err(fail(reason)))
}

fn raster_fault(bytes: &[u8]) -> Option<String> {
    let size = match imagesize::blob_size(bytes) {
        Ok(size) => size,
        Err(error) => return Some(error.to_string()),
    };
    let (width, height) = (size.width as u64, size.height as u64);
    if width == 0 || height == 0 || width.max(height) > MAX_SIDE || width * height > MAX_PIXELS {
        return Some(format!("it measures {width} by {height} pixels"));
    }
    let decoded = image::ImageReader::new(Cursor::new(bytes)).with_guessed_format().map(image::ImageReader::decode);
    match decoded {
        Ok(Ok(_)) => None,
        Ok(Err(error)) => Some(error.to_string()),
        Err(error) => Some(error.to_string()),
    }
}

fn svg_fault(bytes: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Some(error.to_string()),
    };
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    match roxmltree::Document::parse_with_options(text, options) {
        Ok(document) if document.root_element().tag_name().name() == "svg" => None,
        Ok(_) => Some("its XML is no SVG".to_owned()),
        Err(error) => Some(error.to_string()),
    }
}
