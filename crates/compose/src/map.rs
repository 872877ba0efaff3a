//! From composed files to the analyst's own, and back.

use crate::finding::moved;
use crate::texts::Texts;
use chancery_markup::{FileRef, SourceMap};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Which bytes of the analyst's files each part of a composed file comes from.
#[derive(Debug, Clone, Default)]
pub struct ProjectMap {
    pub(crate) files: Vec<MappedFile>,
    pub(crate) parts: BTreeMap<String, Part>,
}

/// One of the analyst's files.
#[derive(Debug, Clone)]
pub(crate) struct MappedFile {
    /// Its path in the workspace.
    pub name: Arc<str>,
    /// The snippet that it holds; none for the briefing.
    pub snippet: Option<String>,
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
        let Some(found) = part.map.origin(range.clone()) else {
            return Some(Origin { briefing: part.block.clone(), snippet: None });
        };
        if found.file == Texts::BRIEFING {
            return Some(Origin { briefing: moved(&found.span, part.shift), snippet: None });
        }
        let origin = self.files.get(found.file.0 as usize);
        let snippet = origin.and_then(|file| {
            Some(SnippetOrigin { id: file.snippet.clone()?, file: file.name.to_string(), range: found.span.clone() })
        });
        Some(Origin { briefing: part.around(range.start), snippet })
    }

    /// Returns where the byte `offset` of one of the analyst's files went to: composed files and offsets in them, in the
    /// order of the files.
    pub fn places(&self, file: &str, offset: usize) -> Vec<(String, usize)> {
        let Some(index) = self.files.iter().position(|known| *known.name == *file) else { return Vec::new() };
        let file = FileRef(u32::try_from(index).unwrap_or(u32::MAX));
        let found = self
            .parts
            .iter()
            .flat_map(|(name, part)| part.places(file, offset).into_iter().map(move |place| (name.clone(), place)));
        found.collect()
    }
}

impl Part {
    fn places(&self, file: FileRef, offset: usize) -> Vec<usize> {
        if file != Texts::BRIEFING {
            return self.map.places(file, offset).into_iter().map(|place| self.text_from(place)).collect();
        }
        if !self.block.contains(&offset) && offset != self.block.end {
            return Vec::new();
        }
        let then = offset.saturating_add_signed(self.shift.saturating_neg());
        let found = self.map.places(file, then);
        let found = if found.is_empty() { self.shown_for(then).into_iter().collect() } else { found };
        found.into_iter().map(|place| self.text_from(place)).collect()
    }

    /// An embed's own letters are on no page, what it shows is: it follows the text before the embed.
    fn shown_for(&self, offset: usize) -> Option<usize> {
        self.map.pieces().next()?;
        let own = self.map.pieces().filter(|(_, origin)| origin.file == Texts::BRIEFING && origin.span.end <= offset);
        Some(own.map(|(out, _)| out.end).max().unwrap_or(0))
    }

    /// Code has no place on a page, but the text that it leads to has.
    fn text_from(&self, place: usize) -> usize {
        let next = self.map.pieces().map(|(out, _)| out).find(|out| out.end > place);
        next.map_or(place, |out| out.start.max(place))
    }

    /// The part of the briefing between the texts before and behind a place that shows a snippet's text: the embed.
    fn around(&self, place: usize) -> Range<usize> {
        let own = || self.map.pieces().filter(|(_, origin)| origin.file == Texts::BRIEFING);
        let before = own().filter(|(out, _)| out.end <= place).last();
        let behind = own().find(|(out, _)| out.start >= place);
        let start = before.map_or(self.block.start, |(_, origin)| moved(&origin.span, self.shift).end);
        let end = behind.map_or(self.block.end, |(_, origin)| moved(&origin.span, self.shift).start);
        if self.block.contains(&start) && start < end && end <= self.block.end {
            start..end
        } else {
            self.block.clone()
        }
    }
}
