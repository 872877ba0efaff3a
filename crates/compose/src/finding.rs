//! Findings while composing: problems with places in bytes, which move as the text does.

use chancery_markup::FileRef;
use chancery_model::Problem;
use std::ops::Range;

/// A problem and where it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    /// The file.
    pub file: FileRef,
    /// Bytes in the file.
    pub span: Range<usize>,
    /// The problem, without a place.
    pub problem: Problem,
}

impl Found {
    /// Returns a finding.
    pub fn new(file: FileRef, span: Range<usize>, problem: Problem) -> Self {
        Self { file, span, problem }
    }
}

/// Returns a span moved by `shift` bytes.
pub(crate) fn moved(span: &Range<usize>, shift: isize) -> Range<usize> {
    span.start.saturating_add_signed(shift)..span.end.saturating_add_signed(shift)
}
