//! Fonts: those that ship with Chancery and with Typst, those of the pack, and, where asked for, the machine's.

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
    OnDisk(FontPath, OnceLock<Option<Font>>),
}

impl Fonts {
    pub fn new(sources: FontSources) -> Self {
        let mut faces: Vec<_> = typst_kit::fonts::embedded().map(|(font, _)| Face::from(font)).collect();
        faces.extend(bundled());
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

fn bundled() -> impl Iterator<Item = Face> {
    let is_font = |path: &Path| path.extension().is_some_and(|ending| ending == "otf" || ending == "ttf");
    let fonts = bundled_fonts().filter(move |(path, _)| is_font(path));
    fonts.flat_map(|(_, bytes)| Font::iter(Bytes::new(bytes))).map(Face::from)
}

fn book(faces: &[Face]) -> LazyHash<FontBook> {
    LazyHash::new(FontBook::from_infos(faces.iter().map(|face| face.info.clone())))
}
