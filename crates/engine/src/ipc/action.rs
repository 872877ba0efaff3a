//! Requests that change something.

use chancery_model::Kind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A request.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[allow(missing_docs, reason = "a variant says what its fields are")]
pub enum Action {
    /// Reads a folder beside the workspace that is open, which stays until [`Action::EnterWorkspace`].
    OpenWorkspace { folder: String },
    /// Makes a workspace, `blank` or `rok-nato`, and reads it likewise.
    NewWorkspace { folder: String, from: String },
    /// Puts the workspace that was read in the place of the one that is open, which is saved first.
    EnterWorkspace,
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
    /// Shows the pages of a briefing from now on; `first..=last` are the pages in sight, from 1, at `scale` pixels a point.
    ShowPages { briefing: Option<String>, first: u32, last: u32, scale: f64 },
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
    /// Stops reading a workspace, and lets go of one that was not entered.
    StopOpening,
    /// Gives a snippet another id, in all files that name it.
    RenameSnippet { id: String, to: String },
    /// Deletes snippets; what embeds them says so from then on.
    DeleteSnippets { ids: Vec<String> },
    /// Makes a copy of a snippet; the answer holds its file.
    DuplicateSnippet { id: String },
    /// Makes a copy of a snippet that remembers its origin; the answer holds its file.
    DetachSnippet { id: String },
    /// Settles a copy with its origin, which has changed.
    SettleCopy { id: String, how: Settling },
    /// Changes fields of several snippets.
    SetFields { ids: Vec<String>, changes: Vec<FieldChange> },
    /// Replaces what a search finds; `skip` are hits that stay, as (file, offset).
    ReplaceAll { search: TextSearch, with: String, skip: Vec<super::TextPoint> },
    /// Takes the last change of several files back.
    UndoEdit,
    /// Adds entries to the bibliography: BibTeX, BibLaTeX, RIS or CSL-JSON.
    AddSources { text: String },
    /// Stops reading entries; none of them is added.
    StopImport,
    /// Makes one entry of several: `drop` go, and what cites them cites `keep`.
    MergeSources { keep: String, drop: Vec<String> },
    /// Opens a source’s linked document or address, at a page where there is one.
    OpenSource { key: String, page: Option<String> },
    /// Puts a picture into `images/`; `data` is Base64. The answer holds its file.
    AddPicture { name: String, data: String },
    /// Opens the presenter’s window on the deck shown, or closes it.
    Present { open: bool },
    /// Keeps a text of the window’s own for its next start.
    Keep { name: String, text: String },
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
    /// Several files were changed, or none where nothing was found.
    Edited { edit: EditInfo },
    /// To `addSources`.
    SourcesAdded { added: Vec<String>, known: Vec<String>, file: String },
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

/// A change of several files that can be taken back as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EditInfo {
    /// How many files it changed.
    pub files: u32,
    /// How many places in them.
    pub places: u32,
    /// Whether `undoEdit` takes it back.
    pub undoable: bool,
}

/// How a copy is settled with its changed origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Settling {
    /// The copy takes over what its origin says anew; what else it says stays.
    Update,
    /// The copy stays, and counts as settled with the origin as it is.
    Keep,
}

/// A change of one field in several snippets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldChange {
    /// The field’s name.
    pub field: String,
    /// What happens to it.
    pub how: FieldChangeHow,
    /// The values.
    pub values: Vec<String>,
}

/// What happens to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum FieldChangeHow {
    /// It gets the values; without any it goes.
    Set,
    /// A list gets the values that it does not have.
    Add,
    /// A list loses the values.
    Remove,
}

/// What to look for in the text of all files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct TextSearch {
    /// The text, or regular expression.
    pub text: String,
    /// Whether capitals count.
    pub case: bool,
    /// Whether only whole words count.
    pub words: bool,
    /// Whether it is a regular expression.
    pub regex: bool,
}
