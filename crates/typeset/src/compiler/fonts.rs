//! Fonts: those that ship with Chancery and with Typst, those of the pack, and, where asked for, the machine's.
//!
//! What is known about the carried ones stands in `fonts/index.json`: telling it from the fonts themselves would read all of
//! them at each start, of which most briefings use a few.

use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;
use typst_kit::fonts::{FontPath, FontSource};

/// The families that ship with Chancery.
static BUNDLED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../fonts");

/// Where fonts come from besides Chancery and the pack.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FontSources {
    /// Whether the fonts installed on this machine are used as well.
    pub system: bool,
}

/// All fonts, in the order in which equally good ones are preferred.
pub(super) struct Fonts {
    book: LazyHash<FontBook>,
    faces: Vec<Face>,
    /// How many of the faces are not the pack's.
    fixed: usize,
    pack: BTreeMap<String, Bytes>,
    stale: bool,
}

struct Face {
    info: FontInfo,
    source: Source,
}

enum Source {
    Loaded(Font),
    Carried(&'static [u8], OnceLock<Option<Font>>),
    OnDisk(FontPath, OnceLock<Option<Font>>),
}

impl Fonts {
    pub fn new(sources: FontSources) -> Self {
        let mut faces: Vec<_> = carried_faces().collect();
        if sources.system {
            let system = typst_kit::fonts::system();
            faces.extend(system.map(|(path, info)| Face { info, source: Source::OnDisk(path, OnceLock::new()) }));
        }
        let fixed = faces.len();
        Self { book: book(&faces), faces, fixed, pack: BTreeMap::new(), stale: false }
    }

    pub fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub fn font(&self, index: usize) -> Option<Font> {
        match &self.faces.get(index)?.source {
            Source::Loaded(font) => Some(font.clone()),
            Source::Carried(bytes, font) => font.get_or_init(|| Font::new(Bytes::new(*bytes), 0)).clone(),
            Source::OnDisk(path, font) => font.get_or_init(|| path.load()).clone(),
        }
    }

    pub fn write(&mut self, path: &str, bytes: Bytes) {
        self.stale = true;
        self.pack.insert(path.to_owned(), bytes);
    }

    pub fn remove(&mut self, path: &str) {
        self.stale |= self.pack.remove(path).is_some();
    }

    pub fn refresh(&mut self) {
        if !std::mem::take(&mut self.stale) {
            return;
        }
        self.faces.truncate(self.fixed);
        self.faces.extend(self.pack.values().flat_map(|bytes| Font::iter(bytes.clone())).map(Face::from));
        self.book = book(&self.faces);
    }
}

impl From<Font> for Face {
    fn from(font: Font) -> Self {
        Self { info: font.info().clone(), source: Source::Loaded(font) }
    }
}

/// Returns the files of the families that ship with Chancery, licences included: path and bytes.
pub fn bundled_fonts() -> impl Iterator<Item = (&'static Path, &'static [u8])> {
    BUNDLED.dirs().flat_map(|family| family.files()).map(|file| (file.path(), file.contents()))
}

/// The index: each carried font's name and what is known about it, in the order of preference.
static INDEX: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fonts/index.json"));

/// Returns the carried fonts by name: Typst's own by their number, Chancery's by their path.
fn carried() -> impl Iterator<Item = (String, &'static [u8])> {
    let is_font = |path: &Path| path.extension().is_some_and(|ending| ending == "otf" || ending == "ttf");
    let own = bundled_fonts().filter(move |(path, _)| is_font(path));
    let typst = typst_assets::fonts().enumerate().map(|(number, bytes)| (format!("typst-{number:02}"), bytes));
    typst.chain(own.map(|(path, bytes)| (path.to_string_lossy().replace('\\', "/"), bytes)))
}

/// Returns the carried faces, none of them read yet.
fn carried_faces() -> impl Iterator<Item = Face> {
    let index: BTreeMap<String, FontInfo> = serde_json::from_str(INDEX).unwrap_or_default();
    carried().filter_map(move |(name, bytes)| {
        // A font that the index does not know is read, so that a stale index costs time and no font.
        let known = index.get(&name).cloned();
        let info = known.or_else(|| FontInfo::new(bytes, 0))?;
        Some(Face { info, source: Source::Carried(bytes, OnceLock::new()) })
    })
}

fn book(faces: &[Face]) -> LazyHash<FontBook> {
    LazyHash::new(FontBook::from_infos(faces.iter().map(|face| face.info.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `UPDATE=1 cargo xtask test the_index_says` writes it anew.
    #[test]
    fn the_index_says_of_each_carried_font_what_the_font_says() {
        let fresh: BTreeMap<String, FontInfo> =
            carried().filter_map(|(name, bytes)| Some((name, FontInfo::new(bytes, 0)?))).collect();
        assert_eq!(fresh.len(), carried().count(), "every carried font is one");
        if std::env::var_os("UPDATE").is_some() {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fonts/index.json");
            let lines: Vec<String> = fresh
                .iter()
                .map(|(name, info)| format!("{name:?}: {}", serde_json::to_string(info).unwrap_or_default()))
                .collect();
            assert!(std::fs::write(path, format!("{{\n{}\n}}\n", lines.join(",\n"))).is_ok());
            return;
        }
        let index: BTreeMap<String, FontInfo> = serde_json::from_str(INDEX).unwrap_or_default();
        assert!(index == fresh, "fonts/index.json is stale: UPDATE=1 cargo xtask test the_index_says");
    }
}
