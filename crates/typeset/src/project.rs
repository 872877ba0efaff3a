//! What is typeset: a tree of virtual files.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The file that typesetting starts with.
pub const MAIN: &str = "main.typ";

/// The folder of packages, laid out as `packages/NAMESPACE/NAME/VERSION/…`.
pub const PACKAGES: &str = "packages";

/// A tree of virtual files with [`MAIN`] at its root.
///
/// Cheap to clone and to change: contents are shared, and [`Worker::typeset`](crate::Worker::typeset) sends only
/// those whose `Arc` or bytes differ from what the worker has.
#[derive(Debug, Clone, Default)]
pub struct Project {
    /// Contents by path: relative, with `/`.
    pub files: BTreeMap<String, Arc<[u8]>>,
    /// What `datetime.today()` says; none makes it an error, so that pages never depend on the clock unseen.
    pub today: Option<Date>,
}

impl Project {
    /// Returns a project of the given files without a current date.
    pub fn new(files: BTreeMap<String, Arc<[u8]>>) -> Self {
        Self { files, today: None }
    }
}

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Date {
    /// Year.
    pub year: i32,
    /// Month from 1.
    pub month: u8,
    /// Day from 1.
    pub day: u8,
}

/// What to draw of the pages at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Wanted {
    /// Pages, from 0, that are drawn where they are new: the first comes with the outcome, the others right after it. All
    /// others wait for [`Worker::image`](crate::Worker::image).
    pub eager: std::ops::Range<usize>,
    /// Pixels a point.
    pub scale: f64,
}

impl Default for Wanted {
    /// No images.
    fn default() -> Self {
        Self { eager: 0..0, scale: 1.0 }
    }
}
