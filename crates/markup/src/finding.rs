//! Findings: what is wrong in a text.

use chancery_model::{LineIndex, Place, Problem};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// How many findings of one code a text is told; the rest would say nothing new.
const MOST_OF_A_CODE: usize = 200;

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
    let lines = LineIndex::new(text);
    findings.iter().map(|finding| finding.problem.clone().at_place(place(finding, file, text, &lines))).collect()
}

fn place(finding: &Finding, file: &str, text: &str, lines: &LineIndex) -> Place {
    let position = |offset: usize| {
        let line = lines.line(offset);
        let start = lines.range(line).start;
        let end = text.floor_char_boundary(offset.max(start));
        let column = text[start..end].trim_start_matches('\u{feff}').chars().count() + 1;
        (line as u32 + 1, column as u32)
    };
    let (line, column) = position(finding.span.start);
    let (end_line, end_column) = position(finding.span.end.max(finding.span.start));
    Place { file: file.to_owned(), line, column, end_line, end_column }
}

/// Collects findings, a bounded number of each code.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    all: Vec<Finding>,
    counts: HashMap<Cow<'static, str>, usize>,
}

impl Findings {
    /// Adds a finding.
    pub(crate) fn push(&mut self, span: Range<usize>, problem: Problem) {
        let count = self.counts.entry(problem.code.clone()).or_default();
        *count += 1;
        if *count <= MOST_OF_A_CODE {
            self.all.push(Finding { span, problem });
        }
    }

    /// Returns the findings in the order of the text.
    pub(crate) fn into_sorted(mut self) -> Vec<Finding> {
        self.all.sort_by_key(|finding| (finding.span.start, finding.span.end));
        self.all
    }
}
