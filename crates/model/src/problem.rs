//! Findings: what is wrong, where, and what to do about it.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;
use ts_rs::TS;

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The export fails.
    Error,
    /// The export goes on; somebody should look.
    Warning,
    /// Good to know.
    Info,
}

/// A stretch of one of the analyst's files; lines and columns count from 1, columns in Unicode characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// The file's path inside the workspace, with `/`; a path as given where it lies outside.
    pub file: String,
    /// First line.
    pub line: u32,
    /// First column.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// The column behind the last character.
    pub end_column: u32,
}

/// A finding with a severity, a stable code, a place, a message and a hint.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(as = "Shape")]
pub struct Problem {
    /// How much it matters.
    pub severity: Severity,
    /// A stable kebab-case name, such as `unknown-snippet`.
    pub code: Cow<'static, str>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Where it is; none for what concerns no file.
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// A finding with a severity, a stable code, a place, a message and a hint; the place’s fields are all there or none.
#[derive(TS)]
#[ts(rename = "Problem", rename_all = "camelCase", optional_fields)]
#[expect(dead_code, reason = "the shape of a problem in TypeScript, never a value")]
struct Shape {
    severity: Severity,
    code: String,
    message: String,
    hint: Option<String>,
    file: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
}

impl Problem {
    /// Returns a problem of the given severity without place or hint.
    pub fn new(severity: Severity, code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self { severity, code: code.into(), message: message.into(), hint: None, place: None }
    }

    /// Returns an error.
    pub fn error(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// Returns a warning.
    pub fn warning(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// Returns an information.
    pub fn info(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Info, code, message)
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the place: a byte range of `text`, the contents of `file`.
    #[must_use]
    pub fn at(mut self, file: &str, text: &str, span: Range<usize>) -> Self {
        self.place = Some(Place::of(file, text, span));
        self
    }

    /// Adds a place that is known already.
    #[must_use]
    pub fn at_place(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Adds the start of a file, for what concerns the file as a whole.
    #[must_use]
    pub fn at_file(self, file: &str) -> Self {
        self.at_place(Place { file: file.to_owned(), line: 1, column: 1, end_line: 1, end_column: 1 })
    }
}

impl Place {
    /// Returns the place of a byte range of `text`, the contents of `file`.
    pub fn of(file: &str, text: &str, span: Range<usize>) -> Self {
        let (line, column) = position(text, span.start);
        let (end_line, end_column) = position(text, span.end.max(span.start));
        Self { file: file.to_owned(), line, column, end_line, end_column }
    }
}

/// Line and column, from 1, of a byte offset; an offset inside a character counts as its start.
fn position(text: &str, offset: usize) -> (u32, u32) {
    let end = text.floor_char_boundary(offset.min(text.len()));
    let before = &text[..end];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    let column = before[line_start..].trim_start_matches('\u{feff}').chars().count() + 1;
    (line as u32, column as u32)
}
