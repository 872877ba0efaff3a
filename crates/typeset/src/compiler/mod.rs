//! Compiling in this process: the worker's work, and what benchmarks compare it with.

mod body;
mod diagnose;
mod fonts;
mod jump;
mod memory;
mod outline;
mod pages;
mod pdf;
mod picture;
mod world;

pub use fonts::{FontSources, bundled_fonts};

use crate::{
    Date, Diagnostic, DiagnosticKind, Found, Heading, MAIN, Page, Pdf, PdfWanted, Point, Project, Slide, Timings,
    Wanted,
};
use diagnose::diagnose;
use fonts::Fonts;
use pages::Inspector;
use rayon::prelude::*;
use std::collections::HashSet;
use std::time::Instant;
use typst::diag::Warned;
use typst_layout::PagedDocument;
use typst_svg::SvgOptions;
use world::ProjectWorld;

/// Finer than any printer; an A4 page of that takes 0.5 GB.
const MAX_PPI: f64 = 1200.0;

/// A typeset document, and the first of the wanted images that are new.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The first wanted page whose image is new; the others are [`rest`](Compiler::rest).
    pub image: Option<Drawn>,
    /// Whether there are others.
    pub more: bool,
    /// What Typst warns of.
    pub warnings: Vec<Diagnostic>,
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// The marks of a deck.
    pub slides: Vec<Slide>,
    /// How long each stage took.
    pub timings: Timings,
}

/// Hash and width of a page's image, and its PNG.
pub type Drawn = ((u128, u32), Vec<u8>);

/// Typesets a project again and again, and keeps the last document that had no errors.
pub struct Compiler {
    world: ProjectWorld,
    document: Option<PagedDocument>,
    pages: Vec<Page>,
    inspector: Inspector,
    /// Pages whose images were handed out, and how wide they were.
    shown: HashSet<(u128, u32)>,
    /// Wanted pages whose images are still to be drawn, by their place, and how wide they are to be.
    left: Vec<(usize, u32)>,
    /// Bytes that the process may use, where that is limited.
    memory: Option<u64>,
}

impl Compiler {
    /// Loads the fonts.
    pub fn new(sources: FontSources) -> Self {
        Self {
            world: ProjectWorld::new(Fonts::new(sources)),
            document: None,
            pages: vec![],
            inspector: Inspector::default(),
            shown: HashSet::new(),
            left: vec![],
            memory: None,
        }
    }

    /// Sets how many bytes the process may use: what is kept between compilations follows from it.
    pub fn set_memory(&mut self, bytes: u64) {
        self.memory = Some(bytes);
    }

    /// Sets what `datetime.today()` says.
    pub fn set_today(&mut self, today: Option<Date>) {
        self.world.today = today;
    }

    /// Adds a file, or changes it. A path that leaves the project is ignored.
    pub fn write(&mut self, path: &str, bytes: Vec<u8>) {
        self.world.write(path, bytes);
    }

    /// Forgets a file.
    pub fn remove(&mut self, path: &str) {
        self.world.remove(path);
    }

    /// Adds all files of a project.
    pub fn load(&mut self, project: &Project) {
        self.set_today(project.today);
        for (path, bytes) in &project.files {
            self.write(path, bytes.to_vec());
        }
    }

    /// Typesets the files as they are now.
    ///
    /// # Errors
    /// The document's errors and what Typst warned of besides; the last good document stays.
    pub fn typeset(&mut self, wanted: &Wanted) -> Result<Compiled, Vec<Diagnostic>> {
        let mut timings = Timings::default();
        self.world.refresh();
        let start = Instant::now();
        let Warned { output, warnings } = typst::compile::<PagedDocument>(&self.world);
        timings.compile = start.elapsed();
        let mut warnings = diagnose(&self.world, DiagnosticKind::Typst, &warnings);
        let document = output.map_err(|errors| {
            let mut findings = diagnose(&self.world, DiagnosticKind::Typst, &errors);
            findings.append(&mut warnings);
            findings
        })?;
        let start = Instant::now();
        warnings.extend(self.take_over(document));
        let (headings, slides) = self.outline();
        timings.inspect = start.elapsed();
        let start = Instant::now();
        let image = self.first(wanted);
        timings.image = start.elapsed();
        let more = !self.left.is_empty();
        Ok(Compiled { pages: self.pages.clone(), image, more, warnings, headings, slides, timings })
    }

    fn take_over(&mut self, document: PagedDocument) -> Vec<Diagnostic> {
        let inspected = self.inspector.inspect(&self.world, document);
        self.world.settle();
        self.pages = inspected.pages;
        self.document = Some(inspected.document);
        let hashes: HashSet<_> = self.pages.iter().map(|page| page.hash).collect();
        self.shown.retain(|(hash, _)| hashes.contains(hash));
        inspected.findings
    }

    fn outline(&self) -> (Vec<Heading>, Vec<Slide>) {
        let document = self.document.as_ref();
        document
            .map(|document| (outline::headings(&self.world, document), outline::slides(document)))
            .unwrap_or_default()
    }

    /// Draws the first wanted page that is new: it is the one that was written on, and those behind it only move.
    fn first(&mut self, wanted: &Wanted) -> Option<Drawn> {
        let eager = wanted.eager.start.min(self.pages.len())..wanted.eager.end.min(self.pages.len());
        let sizes = eager.map(|at| (at, self.pages[at].pixels(wanted.scale)));
        self.left = sizes.filter(|&(at, width)| self.shown.insert((self.pages[at].hash, width))).collect();
        let first = (!self.left.is_empty()).then(|| self.left.remove(0))?;
        self.draw(first)
    }

    /// Draws the wanted pages that the last typesetting has left.
    pub fn rest(&mut self) -> Vec<Drawn> {
        let left = std::mem::take(&mut self.left);
        left.into_par_iter().filter_map(|size| self.draw(size)).collect()
    }

    fn draw(&self, (at, width): (usize, u32)) -> Option<Drawn> {
        let page = self.document.as_ref()?.pages().get(at)?;
        Some(((self.pages.get(at)?.hash, width), picture::draw(page, width)?))
    }

    /// Returns a page of the last good document as PNG, so many pixels wide.
    pub fn image(&mut self, hash: u128, width: u32) -> Option<Vec<u8>> {
        let page = self.page(hash)?;
        let png = picture::draw(page, width)?;
        self.shown.insert((hash, width));
        Some(png)
    }

    /// Returns the SVG of a page of the last good document.
    pub fn svg(&self, hash: u128) -> Option<String> {
        self.page(hash).map(|page| typst_svg::svg(page, &SvgOptions::default()))
    }

    fn page(&self, hash: u128) -> Option<&typst_layout::Page> {
        let at = self.pages.iter().position(|page| page.hash == hash)?;
        self.document.as_ref()?.pages().get(at)
    }

    /// Returns a page of the last good document as PNG with `ppi` pixels an inch.
    pub fn png(&self, page: usize, ppi: f64) -> Option<Vec<u8>> {
        let page = self.document.as_ref()?.pages().get(page)?;
        typst_render::render(page, &picture::options(ppi.clamp(1.0, MAX_PPI) / 72.0)).encode_png().ok()
    }

    /// Returns the last good document as PDF; none where there is none.
    ///
    /// # Errors
    /// What the document does not meet, where the claims are strict or not the reason.
    pub fn pdf(&self, wanted: &PdfWanted) -> Option<Result<Pdf, Vec<Diagnostic>>> {
        self.document.as_ref().map(|document| pdf::export(&self.world.settled(), document, wanted))
    }

    /// Returns what was written at a place of the pages, or next to it.
    pub fn text_at(&self, at: Point) -> Option<Found> {
        jump::text_at(&self.world.settled(), self.document.as_ref()?, at)
    }

    /// Returns where the text at a byte offset of a file, or next to it, stands.
    pub fn page_at(&self, file: &str, offset: usize) -> Vec<Point> {
        let document = self.document.as_ref();
        document.map(|document| jump::page_at(&self.world.settled(), document, file, offset)).unwrap_or_default()
    }

    /// Forgets results that are not likely to be needed again; to be called when there is time.
    pub fn tidy(&mut self) {
        typst::comemo::evict(memory::max_age(self.pages.len(), memory::resident(), self.memory));
    }

    /// Compiles a small text, so that what is set up once is there before the first document comes. A compiler that has
    /// files already is left as it is.
    pub fn warm_up(&mut self) {
        if self.world.is_empty() {
            self.write(MAIN, include_bytes!("warm.typ").to_vec());
            let warmed = self.typeset(&Wanted { eager: 0..1, ..Wanted::default() });
            self.remove(MAIN);
            (self.document, self.pages) = (None, vec![]);
            self.shown.clear();
            debug_assert!(warmed.is_ok(), "{warmed:?}");
        }
    }
}
