//! Findings of Typst, with places in the virtual files.

use chancery_model::Severity;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Range;

/// Where a finding comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DiagnosticKind {
    /// Compiling.
    Typst,
    /// Text that no font covers.
    Glyph,
    /// A link whose address is not allowed; it was left out.
    Link,
    /// A requirement of a PDF standard that the document does not meet.
    Standard,
}

/// A finding with its place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Where it comes from.
    pub kind: DiagnosticKind,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hints: Vec<String>,
    /// The virtual file, as named in the project.
    pub file: Option<String>,
    /// Bytes of that file; none where the finding concerns all of it.
    pub range: Option<Range<usize>>,
    /// The calls that led there, innermost first.
    pub trace: Vec<TracePoint>,
}

/// A call, import or show rule on the way to a finding.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TracePoint {
    /// What was going on: `error occurred in this call of function …`.
    pub message: String,
    /// The virtual file.
    pub file: Option<String>,
    /// Bytes of that file.
    pub range: Option<Range<usize>>,
}

impl Diagnostic {
    /// Returns a finding without a place.
    pub fn new(severity: Severity, kind: DiagnosticKind, message: impl Into<String>) -> Self {
        Self { severity, kind, message: message.into(), hints: vec![], file: None, range: None, trace: vec![] }
    }

    /// Returns the places from the finding's own outwards along its trace.
    pub fn places(&self) -> impl Iterator<Item = (&str, &Range<usize>)> {
        let own = self.file.as_deref().zip(self.range.as_ref());
        own.into_iter().chain(self.trace.iter().filter_map(|point| point.file.as_deref().zip(point.range.as_ref())))
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)?;
        match (&self.file, &self.range) {
            (Some(file), Some(range)) => write!(out, " ({file}, bytes {}..{})", range.start, range.end),
            (Some(file), None) => write!(out, " ({file})"),
            _ => Ok(()),
        }
    }
}
