//! What the client and the worker process say to each other.

mod frame;

pub(crate) use frame::{Frame, head_bytes, read, read_async};

use crate::{Date, Diagnostic, Found, Heading, Page, PdfWanted, Point, Standards, Timings, Wanted};
use serde::{Deserialize, Serialize};

/// The client asks one thing at a time.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Request {
    /// The first one: how the worker is set up.
    Setup { system_fonts: bool, memory: u64 },
    /// The files that changed since the last one, their contents as blobs, and what is wanted of the pages.
    Typeset { changes: Changes, today: Option<Date>, wanted: Wanted },
    /// A page as PNG, so many pixels wide.
    Image { hash: u128, width: u32 },
    /// A page as SVG.
    Svg { hash: u128 },
    /// A page as PNG.
    Png { page: usize, ppi: f64 },
    /// The document as PDF.
    Pdf { wanted: Box<PdfWanted> },
    /// What stands there.
    TextAt { at: Point },
    /// Where that stands.
    PageAt { file: String, offset: usize },
}

/// Files to take over, in the order of the blobs, and files to forget.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Changes {
    pub written: Vec<String>,
    pub removed: Vec<String>,
}

/// An answer.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Reply {
    /// To `Setup`.
    Ready,
    /// To `Typeset`.
    Typeset(Box<Typeset>),
    /// After `Typeset`, unasked: hashes and widths of the other images that were wanted and are new; the blobs are PNG.
    Images(Vec<(u128, u32)>),
    /// The document, or the PDF that was wanted of it, has errors.
    Diagnostics(Vec<Diagnostic>),
    /// To `Image`, `Svg` and `Png`: the blob is it.
    Image,
    /// To `Pdf`: the blob is it.
    Pdf { claims: Standards, unmet: Vec<Diagnostic> },
    /// To `TextAt`.
    Found(Option<Found>),
    /// To `PageAt`.
    Points(Vec<Point>),
    /// There is no such page, or no document.
    NoPage,
    /// Typst panicked: the worker ends.
    Broken(String),
}

/// A typeset document; the blob is its image's PNG.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Typeset {
    pub pages: Vec<Page>,
    /// Hash and width.
    pub image: Option<(u128, u32)>,
    /// Whether [`Reply::Images`] comes after this.
    pub more: bool,
    pub warnings: Vec<Diagnostic>,
    pub headings: Vec<Heading>,
    /// Values as JSON.
    pub slides: Vec<(Point, String)>,
    pub timings: Timings,
}
