//! Typst's library without anything of ours: what an edit costs at least.

use chancery_typeset::Project;
use std::collections::HashMap;
use std::time::{Duration, Instant};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration as Offset};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, Scalar, hash128};
use typst::{Library, LibraryExt, World};
use typst_kit::fonts::{FontStore, embedded, scan};
use typst_layout::PagedDocument;
use typst_render::RenderOptions;

pub struct Bare {
    library: LazyHash<Library>,
    fonts: FontStore,
    sources: HashMap<FileId, Source>,
    main: FileId,
    pages: Vec<u128>,
}

/// How long the stages took.
#[derive(Clone, Copy, Default)]
pub struct Stages {
    pub sync: Duration,
    pub compile: Duration,
    pub inspect: Duration,
    pub image: Duration,
    pub total: Duration,
}

impl Bare {
    pub fn new(project: &Project) -> Self {
        let mut fonts = FontStore::new();
        fonts.extend(embedded());
        fonts.extend(scan(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fonts").as_ref()));
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let sources = project.files.iter().map(|(path, bytes)| (id(path), Source::new(id(path), text(bytes))));
        let library = LazyHash::new(Library::default());
        Self { library, fonts, sources: sources.collect(), main: id("main.typ"), pages: vec![] }
    }

    /// Replaces a file's text, compiles, and draws the first page that changed.
    pub fn edit(&mut self, path: &str, text: &str) -> Stages {
        let start = Instant::now();
        if let Some(source) = self.sources.get_mut(&id(path)) {
            source.replace(text);
        }
        let sync = start.elapsed();
        let document = typst::compile::<PagedDocument>(self).output.expect("a document");
        let compile = start.elapsed();
        let pages: Vec<_> = document.pages().iter().map(|page| hash128(&page.frame)).collect();
        let changed = (0..pages.len()).find(|page| self.pages.get(*page) != Some(&pages[*page]));
        self.pages = pages;
        let inspect = start.elapsed();
        let options = RenderOptions { pixel_per_pt: Scalar::new(super::SCALE), ..RenderOptions::default() };
        let image = changed.map(|page| typst_render::render(&document.pages()[page], &options).encode_png());
        let total = start.elapsed();
        std::hint::black_box(image);
        Stages { sync, compile: compile - sync, inspect: inspect - compile, image: total - inspect, total }
    }

    /// Forgets what is old, when nobody waits.
    pub fn tidy(&self) {
        typst::comemo::evict(10);
    }
}

fn id(path: &str) -> FileId {
    RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).expect("a path")).intern()
}

impl World for Bare {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or_else(|| FileError::NotFound(id.vpath().get_with_slash().into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.source(id).map(Bytes::from_string)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Offset>) -> Option<Datetime> {
        None
    }
}
