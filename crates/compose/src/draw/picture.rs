//! Pictures.

use super::{Drawer, origin};
use crate::images::{ImageError, Images};
use crate::picture::{PictureError, PictureKind};
use crate::scene::Scene;
use chancery_markup::{Picture, Scope, Writer};
use chancery_model::Problem;
use std::sync::Arc;

/// A file found in the workspace.
pub(crate) struct Located {
    /// Its path in the workspace.
    pub file: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

impl Drawer<'_> {
    /// Writes a picture that stands alone in its paragraph.
    pub(super) fn block_picture(&mut self, picture: &Picture, scope: &Scope<'_>, out: &mut Writer) {
        let Some(path) = self.picture(picture, scope) else { return self.missing_block(&describe(picture), out) };
        let place = origin(scope.document.file, &picture.span);
        out.within(&place, |out| {
            out.code("#kit.picture(path(");
            out.literal(&format!("../{path}"));
            out.code("), alt: ");
            out.literal(&picture.alt);
            if let Some(title) = picture.title.as_deref().filter(|title| !title.trim().is_empty()) {
                out.code(", caption: [");
                out.plain(title, Some(&place));
                out.code("]");
            }
            out.code(")");
        });
    }

    /// Writes a picture within a line.
    pub(super) fn inline_picture(&mut self, picture: &Picture, scope: &Scope<'_>, out: &mut Writer) {
        let Some(path) = self.picture(picture, scope) else { return self.missing(&describe(picture), out) };
        out.code("#box(image(path(");
        out.literal(&format!("../{path}"));
        out.code("), alt: ");
        out.literal(&picture.alt);
        if let Some(width) = picture.width {
            // CSS pixels are 0.75 pt.
            out.code(&format!(", width: {}pt", f64::from(width) * 0.75));
        }
        out.code("))");
    }

    fn picture(&mut self, picture: &Picture, scope: &Scope<'_>) -> Option<String> {
        let file = scope.document.file;
        let name = self.texts.name(file);
        match placed(self.scene, &picture.target, &name) {
            Ok((path, bytes)) => {
                if picture.alt.trim().is_empty() {
                    let problem = Problem::warning(
                        "missing-alt",
                        format!("the picture `{}` has no alternative text", picture.target),
                    )
                    .hint("say what it shows: `![what it shows](images/…)`; screen readers read it out");
                    self.find(file, &picture.span, problem);
                }
                self.out.pictures.push((path.clone(), bytes));
                Some(path)
            }
            Err(error) => {
                self.find(file, &picture.span, picture_problem(&error));
                None
            }
        }
    }
}

/// Returns a picture's path in the composed project and its bytes.
fn placed(scene: &Scene<'_>, target: &str, from: &str) -> Result<(String, Arc<[u8]>), PictureError> {
    let Located { file, bytes } = locate(scene.request.images, target, from)?;
    let kind = scene.checks.check(&file, &bytes)?;
    Ok((project_path(&file, kind), bytes))
}

/// Finds the file that a text of the file `from` names: from the workspace's root, else from that file's folder, else in
/// `images/`.
pub(crate) fn locate(images: &dyn Images, target: &str, from: &str) -> Result<Located, PictureError> {
    let target = decoded(target);
    if target.contains("://") || target.starts_with("data:") {
        return Err(PictureError::Remote(target));
    }
    let outside = || PictureError::File(ImageError::Outside(target.clone()));
    if target.starts_with('/') || target.contains(':') {
        return Err(outside());
    }
    let folder = from.rsplit_once('/').map(|(folder, _)| format!("{folder}/{target}"));
    // A path that goes up is meant from where it stands, never from the folder of pictures.
    let in_images = (!target.split('/').any(|part| part == "..")).then(|| format!("images/{target}"));
    let candidates = [Some(target.clone()), folder, in_images];
    let mut inside = false;
    for path in candidates.iter().flatten().filter_map(|path| normal(path)) {
        inside = true;
        match images.read(&path) {
            Ok(bytes) => return Ok(Located { file: path, bytes }),
            Err(ImageError::Missing(_)) => {}
            Err(error) => return Err(PictureError::File(error)),
        }
    }
    if inside { Err(PictureError::File(ImageError::Missing(target))) } else { Err(outside()) }
}

/// Pictures stand under `images/` in the project, with the ending of what they are.
pub(crate) fn project_path(file: &str, kind: PictureKind) -> String {
    let inner = file.strip_prefix("images/").unwrap_or(file);
    let fits = inner
        .rsplit_once('.')
        .is_some_and(|(_, ending)| kind.endings().contains(&ending.to_ascii_lowercase().as_str()));
    if fits { format!("images/{inner}") } else { format!("images/{inner}.{}", kind.endings()[0]) }
}

/// Returns the path without `.` and `..`; none where it leads out.
fn normal(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn decoded(target: &str) -> String {
    percent_encoding::percent_decode_str(target)
        .decode_utf8()
        .map_or_else(|_| target.to_owned(), |text| text.into_owned())
}

fn describe(picture: &Picture) -> String {
    if picture.alt.is_empty() { picture.target.clone() } else { format!("{} ({})", picture.alt, picture.target) }
}

/// Returns what is wrong with a picture as a problem without a place.
pub(crate) fn picture_problem(error: &PictureError) -> Problem {
    let (code, hint) = match error {
        PictureError::File(ImageError::Missing(_)) => {
            ("missing-image", "put the picture into the workspace's `images` folder")
        }
        PictureError::File(ImageError::Outside(_)) => ("image-outside", "copy the picture into the workspace"),
        PictureError::File(_) => {
            ("unreadable-image", "save a smaller copy, or give yourself the right to read the file")
        }
        PictureError::Remote(_) => {
            ("remote-image", "download the picture into the workspace: pages use nothing from the network")
        }
        PictureError::NoPicture { .. } => ("not-an-image", "use a PNG, JPEG, GIF, WebP or SVG file"),
    };
    Problem::error(code, error.to_string()).hint(hint)
}
