//! What the window and the engine say to each other: queries, actions and events.
//!
//! Declared once, here; the TypeScript in `ui/src/bindings` is generated from it. Offsets into a document
//! are UTF-16 code units of its text without byte order mark and with LF, as in the Language Server Protocol.

mod action;
mod event;
mod query;

pub use action::{
    Action, ActionReply, EditInfo, ExportFormat, ExportRequest, FieldChange, FieldChangeHow, Settling, TextChange,
    TextSearch,
};
pub use event::{
    Event, ExportState, Fit, OutlineItem, Over, PageInfo, PageSet, SaveState, Stages, TypesetFailure, WorkspaceInfo,
};
pub use query::{
    BriefingCard, CompletionKind, CopyChanges, Facet, Facets, FieldDifference, FileHits, FoundText, Hit, LibraryFilter,
    LibraryPage, Named, PagePoint, Query, QueryReply, SearchFound, Slide, SnippetCard, SourceCard, TemplateCard,
    TextPoint, UsePlace, Values, VersionCard, ViewCard,
};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why a call failed: the user’s input, the machine, or a fault of Chancery’s.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// Whose it is.
    pub kind: FailureKind,
    /// A stable kebab-case name.
    pub code: String,
    /// What went wrong, in one sentence.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// Whose failure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum FailureKind {
    /// The input has errors.
    Input,
    /// The call was wrong.
    Usage,
    /// Disk, permission, a lost worker.
    Machine,
}
