//! From composed files to the analyst's own, and back.

use chancery_markup::{FileRef, SourceMap};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Which bytes of the analyst's files each part of a composed file comes from.
#[derive(Debug, Clone, Default)]
pub struct ProjectMap {
    pub(crate) files: Vec<Arc<str>>,
    pub(crate) parts: BTreeMap<String, Part>,
}

/// The map of one composed file.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// Its map, with places in the briefing as they were when it was written.
    pub map: Arc<SourceMap>,
    /// How far the briefing's text has moved since then.
    pub shift: isize,
    /// The block of the briefing that the file shows.
    pub block: Range<usize>,
}

/// Where something on a page comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Bytes of the briefing: the text itself, or the embed or view that shows it.
    pub briefing: Range<usize>,
    /// The file and bytes of the snippet that says it, where that is not the briefing.
    pub snippet: Option<SnippetOrigin>,
}

/// The place in a snippet that something on a page comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnippetOrigin {
    /// The snippet's id.
    pub id: String,
    /// Its file in the workspace.
    pub file: String,
    /// Bytes in the file.
    pub range: Range<usize>,
}

impl ProjectMap {
    /// Returns what the bytes `range` of a composed file come from; none for files that show no text of the analyst's.
    pub fn origin(&self, file: &str, range: Range<usize>) -> Option<Origin> {
        let part = self.parts.get(file)?;
        part.origin(range, &self.files)
    }

    /// Returns where the byte `offset` of one of the analyst's files went to: composed files and offsets in them, the
    /// briefing's own order first.
    pub fn places(&self, file: &str, offset: usize) -> Vec<(String, usize)> {
        let Some(index) = self.files.iter().position(|known| **known == *file) else { return Vec::new() };
        let file = FileRef(u32::try_from(index).unwrap_or(u32::MAX));
        let found = self.parts.iter().flat_map(|(name, part)| {
            part.places(file, offset).into_iter().map(move |place| (name.clone(), place))
        });
        found.collect()
    }
}
