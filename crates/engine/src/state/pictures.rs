//! Pictures that are pasted or dropped into a text.

use super::Machine;
use crate::ipc::{ActionReply, Failure};
use crate::picture::FOLDER;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chancery_compose::PictureKind;
use chancery_workspace::save::write_atomically;

/// The largest picture that is taken, in bytes.
const LARGEST: usize = 40 << 20;

impl Machine {
    /// Puts a picture into `images/`, under a name that is free.
    pub(super) fn add_picture(&mut self, name: &str, data: &str) -> Result<ActionReply, Failure> {
        let bytes = BASE64.decode(data.trim()).map_err(|_| no_picture())?;
        let ending = PictureKind::of(&bytes).ok_or_else(no_picture)?.endings()[0];
        if bytes.len() > LARGEST {
            return Err(Failure::input("too-large", format!("the picture is larger than {} MB", LARGEST >> 20))
                .hint("Make it smaller in a picture editor; 2,000 pixels across are enough for a page."));
        }
        let folder = self.opened()?.desk.root().join(FOLDER);
        let stem = stem(name);
        let names = (1_u32..).map(|n| if n == 1 { format!("{stem}.{ending}") } else { format!("{stem}-{n}.{ending}") });
        let free = names.map(|name| (folder.join(&name), name)).find(|(path, _)| path.symlink_metadata().is_err());
        let Some((path, name)) = free else { return Err(no_picture()) };
        let written = std::fs::create_dir_all(&folder).map_err(|error| error.to_string());
        written.and_then(|()| write_atomically(&path, &bytes).map_err(|error| error.to_string())).map_err(|error| {
            Failure::machine("not-written", format!("the picture could not be written: {error}"))
                .hint("Check that the folder may be written to and that the disk is not full.")
        })?;
        if let Some(open) = &mut self.open {
            open.preview.touch();
        }
        Ok(ActionReply::Made { file: format!("{FOLDER}/{name}") })
    }
}

fn no_picture() -> Failure {
    Failure::input("no-picture", "this is no picture that a page can show")
        .hint("PNG, JPEG, GIF, WebP and SVG can be shown.")
}

/// Returns a name without its ending, as it can stand in an address.
fn stem(name: &str) -> String {
    let stem = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let plain: String = stem
        .chars()
        .map(|c| if c.is_alphanumeric() || c == '_' { c } else { '-' })
        .flat_map(char::to_lowercase)
        .take(60)
        .collect();
    let plain = plain.trim_matches('-').to_owned();
    if plain.is_empty() { "picture".to_owned() } else { plain }
}
