//! Requests that change something.

use chancery_model::Kind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A request.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[allow(missing_docs, reason = "a variant says what its fields are")]
pub enum Action {
    /// Opens a folder.
    OpenWorkspace { folder: String },
    /// Makes a workspace and opens it: `blank` or `rok-nato`.
    NewWorkspace { folder: String, from: String },
    /// Closes the workspace.
    CloseWorkspace,
    /// Opens a file for editing; the answer holds its text.
    OpenDocument { file: String },
    /// Closes a document, saved first.
    CloseDocument { file: String },
    /// Changes a document’s text: `version` is the number of this edit, one more than the last one’s.
    Edit { file: String, version: u32, changes: Vec<TextChange> },
    /// Saves at once.
    Save { file: String },
    /// Shows the pages of a briefing from now on; `first..=last` are the pages in sight, from 1.
    ShowPages { briefing: Option<String>, first: u32, last: u32 },
    /// Makes a briefing from a pack’s starter; the answer holds its file.
    NewBriefing { title: String, template: String },
    /// Makes a snippet; the answer holds its file.
    NewSnippet { title: String, kind: Kind, body: String, source: Option<String> },
    /// Exports a briefing; progress and result come as events.
    Export { request: ExportRequest },
    /// Stops the export under way.
    StopExport,
    /// Opens an exported file with the platform’s program for it.
    OpenFile { path: String },
}

/// An answer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[allow(missing_docs, reason = "a variant says what its fields are")]
pub enum ActionReply {
    /// Nothing more to say.
    Done,
    /// The workspace that is open now.
    Workspace { workspace: super::WorkspaceInfo },
    /// A document’s text, with LF and without byte order mark, at version 0.
    Document { file: String, text: String, version: u32 },
    /// A file that was made.
    Made { file: String },
}

/// Replaces `from..to` by `insert`; offsets of one edit all refer to the text before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TextChange {
    /// UTF-16 offset.
    pub from: u32,
    /// UTF-16 offset.
    pub to: u32,
    /// The new text.
    pub insert: String,
}

/// What to export, and how.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportRequest {
    /// The briefing’s file.
    pub briefing: String,
    /// The format.
    pub format: ExportFormat,
    /// The file, or folder, to write.
    pub path: String,
}

/// A format to export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum ExportFormat {
    /// PDF.
    Pdf,
    /// PNG, a file a page.
    Png,
    /// SVG, a file a page.
    Svg,
    /// A folder that plain Typst compiles.
    Typst,
    /// Markdown with all embeds and views resolved.
    Md,
}
