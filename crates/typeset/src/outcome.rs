//! What typesetting yields.

use crate::Diagnostic;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

/// The pages of a document and what is known about them.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The first eager page that was not handed out before in this size. The others are on their way:
    /// [`Worker::image`](crate::Worker::image) has them.
    pub image: Option<PageImage>,
    /// What Typst warns of.
    pub warnings: Vec<Diagnostic>,
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// The values of the metadata labelled `<chancery-slide>`, in order.
    pub slides: Vec<Slide>,
    /// How long it took.
    pub timings: Timings,
}

/// A page's image.
#[derive(Debug, Clone)]
pub struct PageImage {
    /// The page's hash.
    pub hash: u128,
    /// Pixels.
    pub width: u32,
    /// PNG.
    pub png: Arc<[u8]>,
}

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Equal for pages that look alike, as long as one worker lives.
    pub hash: u128,
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// How much stands on it.
    pub body: Body,
}

impl Page {
    /// Returns how many pixels wide the page is at so many pixels a point.
    pub fn pixels(&self, scale: f64) -> u32 {
        (self.width * scale).round().clamp(1.0, f64::from(u16::MAX)) as u32
    }
}

/// What stands on a page, header, footer and ground apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// Lines of text; those side by side count once.
    pub lines: u32,
    /// Points from the top of the first line or picture to the bottom of the last.
    pub height: f64,
    /// Whether there are pictures among it, which no number of lines measures.
    pub pictures: bool,
    /// Lines that are drawn below where text can stand: over the footer, or off the page.
    pub lines_below: u32,
    /// How far something reaches below where it can stand, in points.
    pub below: f64,
}

/// A place on a page.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Page from 0.
    pub page: usize,
    /// Points from the left.
    pub x: f64,
    /// Points from the top.
    pub y: f64,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    /// Level from 1.
    pub level: usize,
    /// Its text.
    pub title: String,
    /// Where it stands on the pages.
    pub at: Point,
    /// The virtual file that it was written in.
    pub file: Option<String>,
    /// Bytes of that file.
    pub range: Option<Range<usize>>,
}

/// A mark that a deck pack sets where a part starts.
#[derive(Debug, Clone, PartialEq)]
pub struct Slide {
    /// Where the part starts.
    pub at: Point,
    /// The mark's value.
    pub value: serde_json::Value,
}

/// How long each stage took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timings {
    /// Finding out which files changed, and writing them to the worker.
    pub send: Duration,
    /// Taking the changed files over.
    pub sync: Duration,
    /// Compiling.
    pub compile: Duration,
    /// Page hashes, headings and checks of the pages.
    pub inspect: Duration,
    /// Page images.
    pub image: Duration,
    /// The worker's whole time from a request's arrival to the start of its answer.
    pub worker: Duration,
    /// From the call to its return; what the worker did not need is queueing and transport.
    pub total: Duration,
}

/// What stands under a point of a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// The virtual file that the text, shape or picture was written in.
    pub file: String,
    /// Byte offset in that file.
    pub offset: usize,
    /// The nearest file outside of packages that it belongs to, where `file` is a package's: a call's place.
    pub within: Option<(String, usize)>,
    /// The link under the point.
    pub link: Option<Link>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Link {
    /// To an address.
    Url(String),
    /// To a place in the document.
    Page(Point),
}
