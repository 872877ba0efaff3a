//! Findings: what is wrong in a text.

use chancery_model::{Place, Problem};
use std::ops::Range;

/// A problem and its bytes in the file; [`problems`] adds the places that people read.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Bytes in the file.
    pub span: Range<usize>,
    /// The problem, without a place.
    pub problem: Problem,
}

/// Returns findings as problems of `file`, whose whole text is `text`.
pub fn problems(findings: &[Finding], file: &str, text: &str) -> Vec<Problem> {
    findings
        .iter()
        .map(|finding| finding.problem.clone().at_place(Place::of(file, text, finding.span.clone())))
        .collect()
}
