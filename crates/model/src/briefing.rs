//! Briefings: the text that the reader gets.

use crate::kind::field;
use crate::{Date, FieldForm, FieldSpec, Node};
use indexmap::IndexMap;
use std::ops::Range;
use std::sync::Arc;

/// One Markdown file at the workspace's root whose front matter has a `title`.
#[derive(Debug, Clone, PartialEq)]
pub struct Briefing {
    /// The file's path inside the workspace.
    pub file: String,
    /// The whole file as read.
    pub text: Arc<str>,
    /// Where the body starts in `text`.
    pub body_start: usize,
    /// Its title, inline Markdown.
    pub title: String,
    /// Its subtitle, inline Markdown.
    pub subtitle: Option<String>,
    /// The pack; the workspace's where none.
    pub template: Option<PackRef>,
    /// Authors in order.
    pub author: Vec<String>,
    /// The document's date.
    pub date: Option<Date>,
    /// BCP 47 language; the workspace's where none.
    pub lang: Option<String>,
    /// How widely it may be shared.
    pub marking: Option<String>,
    /// The document's own version, as printed.
    pub version: Option<String>,
    /// The page budget: `fit: 4 pages`.
    pub fit: Option<u32>,
    /// The pack's settings that the briefing sets.
    pub settings: IndexMap<String, (Range<usize>, Node)>,
    /// All front matter as written: (the name's bytes, value); unknown fields included.
    pub fields: IndexMap<String, (Range<usize>, Node)>,
}

impl Briefing {
    /// Returns the body: everything behind the front matter.
    pub fn body(&self) -> &str {
        &self.text[self.body_start..]
    }
}

/// Returns the fields of a briefing, in the order in which they are written.
pub const fn briefing_fields() -> &'static [FieldSpec] {
    use FieldForm::{Date, List, Markdown, Marking, Structured, Text};
    const FIELDS: &[FieldSpec] = &[
        FieldSpec { name: "title", form: Markdown, choices: &[], required: true },
        field("subtitle", Markdown),
        field("template", Text),
        field("author", List),
        field("date", Date),
        field("lang", Text),
        field("marking", Marking),
        field("version", Text),
        field("fit", Text),
        field("settings", Structured),
    ];
    FIELDS
}

/// A pack by name, and by version where one is named: `policy-brief@1.0.0`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackRef {
    /// The package's name.
    pub name: String,
    /// The exact version.
    pub version: Option<String>,
    /// Its bytes in the file that names it; empty for `--template`.
    pub span: Range<usize>,
}

impl PackRef {
    /// Returns the reference that `name` or `name@version` spells.
    pub fn parse(text: &str, span: Range<usize>) -> Self {
        let (name, version) = match text.split_once('@') {
            Some((name, version)) => (name, Some(version.trim().to_owned())),
            None => (text, None),
        };
        Self { name: name.trim().to_owned(), version, span }
    }
}
