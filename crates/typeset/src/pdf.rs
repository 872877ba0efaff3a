//! What to ask of a PDF, and what comes back.

use crate::{Date, Diagnostic, Standards};
use serde::{Deserialize, Serialize};

/// A PDF to write.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PdfWanted {
    /// The standards to claim; PDF/A-3a and PDF/UA-1 by default.
    pub standards: Standards,
    /// Whether a requirement that is not met is an error; else it is the end of the claim.
    pub strict: bool,
    /// The moment of creation, for a document whose date is `auto`.
    pub timestamp: Option<Timestamp>,
    /// Files to attach.
    pub attachments: Vec<Attachment>,
}

/// A PDF.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// The standards that it claims.
    pub claims: Standards,
    /// Why it claims none although some were wanted; their severity is a warning's.
    pub unmet: Vec<Diagnostic>,
}

/// A moment in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Timestamp {
    /// The day.
    pub date: Date,
    /// Hour from 0.
    pub hour: u8,
    /// Minute.
    pub minute: u8,
    /// Second.
    pub second: u8,
}

/// A file to attach to a PDF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its name, unique among the attachments.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Its media type: `text/markdown`.
    pub media_type: String,
    /// How it relates to the document.
    pub relation: Relation,
    /// Its contents.
    pub bytes: Vec<u8>,
}

/// How an attached file relates to the document (`AFRelationship` of PDF/A-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Relation {
    /// The document was made from it.
    Source,
    /// Data that the document shows.
    Data,
    /// The same in another form.
    Alternative,
    /// More about it.
    Supplement,
}
