//! What composing yields.

use crate::map::ProjectMap;
use chancery_model::{Problem, Severity};
use chancery_template::PackKind;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// A composed briefing: the files that Typst compiles, and what is known about them.
#[derive(Debug, Clone)]
pub struct Composed {
    /// All files by path, packages included; an unchanged file keeps its `Arc` from one composing to the next.
    pub files: BTreeMap<String, Arc<[u8]>>,
    /// What is wrong in what the briefing uses, in the order of the text.
    pub problems: Vec<Problem>,
    /// From the files to the analyst's own and back.
    pub map: ProjectMap,
    /// The briefing's headings.
    pub outline: Vec<OutlineEntry>,
    /// A deck's sections and slides with what is said to them, in order.
    pub slides: Vec<SlideNotes>,
    /// Words of the text, embeds included.
    pub words: u32,
    /// What the document says about itself.
    pub meta: Meta,
    /// What the pages rest on.
    pub used: Used,
    /// The page budget: `fit: 4 pages`.
    pub fit: Option<u32>,
    /// What the pack makes.
    pub kind: PackKind,
}

/// A section or slide of a deck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlideNotes {
    /// Bytes of its heading, or of the rule that splits it off, in the briefing's file.
    pub span: Range<usize>,
    /// Its title, without formatting.
    pub title: String,
    /// Its speaker notes, a paragraph each, without formatting.
    pub notes: Vec<String>,
}

/// A heading of the briefing's own text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineEntry {
    /// Level from 1, normalised.
    pub level: u8,
    /// Its text, without formatting.
    pub title: String,
    /// Where it starts, in bytes of the briefing's file.
    pub offset: usize,
    /// Words up to the next heading of its level or above.
    pub words: u32,
}

/// What the document says about itself: `data/meta.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Meta {
    /// The title, without formatting.
    pub title: String,
    /// Authors in order.
    pub author: Vec<String>,
    /// The day that PDF metadata names.
    pub date: Option<MetaDate>,
    /// The date as printed.
    pub date_text: String,
    /// BCP 47 language.
    pub lang: String,
    /// The marking on the pages.
    pub marking: Option<String>,
    /// The workspace's name.
    pub workspace: String,
    /// The briefing's own version; may be empty.
    pub version: String,
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MetaDate {
    /// The year.
    pub year: i16,
    /// The month from 1.
    pub month: u8,
    /// The day from 1.
    pub day: u8,
}

/// What the pages rest on, with the state that it had: the manifest that an exported PDF carries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Used {
    /// The briefing.
    pub briefing: UsedFile,
    /// The pack and the packages it imports: name and version, hash of the files.
    pub packages: Vec<UsedItem>,
    /// Snippets embedded, shown in a view, or linked to, by id.
    pub snippets: Vec<UsedItem>,
    /// Sources cited, by key.
    pub sources: Vec<UsedItem>,
}

/// A file and the SHA-256 of its bytes, in hexadecimal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct UsedFile {
    /// Its path in the workspace.
    pub file: String,
    /// The hash.
    pub sha256: String,
}

/// Something with a name, and the SHA-256 of its content, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct UsedItem {
    /// A snippet's id, a source's key, a package.
    pub id: String,
    /// Its file in the workspace; none for packages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The hash.
    pub sha256: String,
}

impl Composed {
    /// The file that Typst starts with.
    pub const MAIN: &'static str = "main.typ";

    /// Returns whether no problem is an error, so that the pages may be handed on.
    pub fn is_exportable(&self) -> bool {
        self.problems.iter().all(|problem| problem.severity != Severity::Error)
    }
}

impl Used {
    /// Returns the manifest as JSON, the same bytes for the same state.
    pub fn manifest(&self) -> Vec<u8> {
        // Strings and lists of them always serialise.
        serde_json::to_vec_pretty(self).unwrap_or_default()
    }
}
