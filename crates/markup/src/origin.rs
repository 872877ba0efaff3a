//! Where text comes from.

use std::ops::Range;

/// One of the files that a composed page is made from, numbered by whoever parses them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileRef(pub u32);

/// A stretch of a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The file.
    pub file: FileRef,
    /// Bytes in the file.
    pub span: Range<usize>,
}

impl Origin {
    /// Returns the stretch `span` of `file`.
    pub fn new(file: FileRef, span: Range<usize>) -> Self {
        Self { file, span }
    }
}

/// Text as it is printed, and which bytes of the file each part of it was written with.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Text {
    value: String,
    runs: Vec<Run>,
}

/// A part of a text and the bytes that it was written with; byte for byte where both are equally long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Bytes in the text.
    pub text: Range<usize>,
    /// Bytes in the file.
    pub file: Range<usize>,
}

impl Run {
    /// Returns the bytes of the file that a part of the run was written with.
    pub fn file_of(&self, part: Range<usize>) -> Range<usize> {
        if self.text.len() == self.file.len() {
            let moved = |at: usize| self.file.start + at.clamp(self.text.start, self.text.end) - self.text.start;
            moved(part.start)..moved(part.end)
        } else {
            self.file.clone()
        }
    }
}

impl Text {
    /// Returns a text made of `runs`, which follow one another.
    pub fn new(value: String, runs: Vec<Run>) -> Self {
        Self { value, runs }
    }

    /// Returns a text that was written with `span` of the file: byte for byte where both are equally long, else as a whole.
    pub fn whole(value: impl Into<String>, span: Range<usize>) -> Self {
        let value = value.into();
        let runs = vec![Run { text: 0..value.len(), file: span }];
        Self { value, runs }
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// Returns the parts with their bytes in the file.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Returns a part of the text.
    pub fn slice(&self, part: Range<usize>) -> Self {
        let first = self.runs.partition_point(|run| run.text.end <= part.start);
        let runs = self.runs[first..].iter().take_while(|run| run.text.start < part.end);
        let cut = |run: &Run| {
            let text = run.text.start.max(part.start)..run.text.end.min(part.end);
            Run { file: run.file_of(text.clone()), text: text.start - part.start..text.end - part.start }
        };
        Self { value: self.value[part.clone()].to_owned(), runs: runs.map(cut).collect() }
    }

    /// Whether the byte at `at` was written as itself, not as an escape or an entity.
    pub(crate) fn is_verbatim(&self, at: usize) -> bool {
        let index = self.runs.partition_point(|run| run.text.end <= at);
        self.runs.get(index).is_some_and(|run| run.text.start <= at && run.text.len() == run.file.len())
    }

    /// Returns the bytes of the file that a part of the text was written with.
    pub fn span_of(&self, part: Range<usize>) -> Range<usize> {
        let first = self.runs.partition_point(|run| run.text.end <= part.start);
        let last = self.runs.partition_point(|run| run.text.start < part.end.max(part.start + 1));
        let runs = self.runs.get(first..last).unwrap_or_default();
        match (runs.first(), runs.last(), self.runs.last()) {
            (Some(first), Some(last), _) => {
                let (from, to) = (first.file_of(part.clone()), last.file_of(part));
                from.start..to.end.max(from.start)
            }
            (.., Some(last)) => last.file.end..last.file.end,
            _ => 0..0,
        }
    }
}
