//! The text that is parsed, and the places in it that the parser names by line and column.

use comrak::nodes::{LineColumn, Sourcepos};
use std::borrow::Cow;
use std::ops::Range;

/// A text and where it stands in its file.
#[derive(Debug)]
pub(super) struct Source<'a> {
    /// The text without a byte order mark, as long as the original, with another control character for each U+0000.
    pub(super) text: Cow<'a, str>,
    /// Where the text starts in the file.
    base: usize,
    /// How many bytes at the start of the text stand in no file.
    made_up: usize,
    starts: Vec<usize>,
}

impl<'a> Source<'a> {
    /// Returns a text that starts at byte `base` of its file.
    pub(super) fn new(text: &'a str, base: usize) -> Self {
        let body = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self::of(without_nul(body), base + text.len() - body.len(), 0)
    }

    /// Returns one line of text, its line ends turned into blanks, behind a parenthesis that keeps it from being anything
    /// but a paragraph.
    pub(super) fn line(text: &str, base: usize) -> Source<'static> {
        let line: String = std::iter::once('(')
            .chain(text.chars().map(|c| match c {
                '\n' | '\r' => ' ',
                '\0' => '\u{1}',
                c => c,
            }))
            .collect();
        Source::of(Cow::Owned(line), base, 1)
    }

    fn of(text: Cow<'a, str>, base: usize, made_up: usize) -> Self {
        let bytes = text.as_bytes();
        let ends = |at: &usize| bytes[*at] == b'\n' || (bytes[*at] == b'\r' && bytes.get(*at + 1) != Some(&b'\n'));
        let starts = std::iter::once(0).chain((0..bytes.len()).filter(ends).map(|at| at + 1)).collect();
        Self { text, base, made_up, starts }
    }

    /// Whether the text stands behind a made-up parenthesis.
    pub(super) fn is_line(&self) -> bool {
        self.made_up > 0
    }

    /// Returns the bytes of the text from a node's first to behind its last character.
    pub(super) fn range(&self, pos: Sourcepos) -> Range<usize> {
        let start = self.at(pos.start);
        let end = self.at(LineColumn { line: pos.end.line, column: pos.end.column + 1 });
        start..end.max(start)
    }

    fn at(&self, place: LineColumn) -> usize {
        let line = place.line.max(1) - 1;
        let start = self.starts.get(line).copied().unwrap_or(self.text.len());
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        self.text.floor_char_boundary((start + place.column.max(1) - 1).min(end))
    }

    /// Returns the bytes of the text's line, from 1, without its end.
    pub(super) fn line_range(&self, line: usize) -> Range<usize> {
        let start = self.starts.get(line.max(1) - 1).copied().unwrap_or(self.text.len());
        let end = self.starts.get(line.max(1)).copied().unwrap_or(self.text.len());
        start..start + self.text[start..end].trim_end_matches(['\n', '\r']).len()
    }

    /// Returns the end of the line that the byte `at` stands in.
    pub(super) fn line_end(&self, at: usize) -> usize {
        self.line_range(self.starts.partition_point(|start| *start <= at)).end
    }

    /// Returns the bytes of the file that bytes of the text stand at.
    pub(super) fn span(&self, range: Range<usize>) -> Range<usize> {
        let moved = |at: usize| self.base + at.saturating_sub(self.made_up);
        moved(range.start)..moved(range.end)
    }

    /// Returns the bytes of the text that bytes of the file are.
    pub(super) fn local(&self, span: Range<usize>) -> Range<usize> {
        let moved = |at: usize| {
            self.text.floor_char_boundary((at.saturating_sub(self.base) + self.made_up).min(self.text.len()))
        };
        moved(span.start)..moved(span.end).max(moved(span.start))
    }
}

fn without_nul(text: &str) -> Cow<'_, str> {
    // The parser turns U+0000 into three bytes, which would shift every place behind it.
    if text.contains('\0') { Cow::Owned(text.replace('\0', "\u{1}")) } else { Cow::Borrowed(text) }
}
