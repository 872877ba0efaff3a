//! Sources: entries of a bibliography.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A reference to a source in front matter: `"ballbach-2025, p. 4"`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRef {
    /// The entry's key.
    pub key: String,
    /// Where in the source, as written: `p. 4`, `sec. NATO's motives`.
    pub locator: Option<String>,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// An entry of the workspace's bibliography.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The key that citations use.
    pub key: String,
    /// The bibliography file, inside the workspace.
    pub file: String,
    /// The line in that file, from 1.
    pub line: u32,
    /// The entry itself.
    pub entry: hayagriva::Entry,
}
