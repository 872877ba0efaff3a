//! What the engine tells the window unasked.

use super::{ExportFormat, Failure, TextChange};
use chancery_model::Problem;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An event.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[allow(missing_docs, reason = "a variant says what its fields are")]
pub enum Event {
    /// Snippets, sources or briefings changed: lists should ask again; where only briefings did, as with every key that is
    /// typed into one, once that rests.
    WorkspaceChanged { workspace: WorkspaceInfo, ids: Vec<String>, briefings_only: bool },
    /// The pages of the briefing shown.
    Pages { pages: PageSet },
    /// Typesetting failed: the last good pages stay.
    TypesetFailed { briefing: String, failure: TypesetFailure },
    /// All problems, workspace and open documents.
    Problems { problems: Vec<Problem> },
    /// How a document stands with its file.
    Saving { file: String, state: SaveState },
    /// Somebody else changed the file: the document’s text changed so, making `version`.
    DocumentChanged { file: String, version: u32, changes: Vec<TextChange> },
    /// A file has another name, or is gone.
    FileMoved { file: String, to: Option<String> },
    /// How an export stands.
    Export { state: ExportState },
    /// Long work, `opening` (files) or `indexing` (snippets): how far it is, how much there is (0 where not known yet).
    Progress { name: String, done: u32, total: u32 },
}

/// The open workspace.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceInfo {
    /// The folder.
    pub folder: String,
    /// Its name.
    pub name: String,
    /// BCP 47 language.
    pub language: String,
    /// How many snippets it has.
    pub snippets: u32,
    /// Markings, lowest first.
    pub markings: Vec<String>,
}

/// The pages of a briefing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PageSet {
    /// The briefing’s file.
    pub briefing: String,
    /// The version of its text, where it is open.
    pub version: u32,
    /// The pages in order; the image of one is at `page://localhost/HASH.svg`.
    pub pages: Vec<PageInfo>,
    /// Its headings.
    pub outline: Vec<OutlineItem>,
    /// The page budget.
    pub fit: Option<Fit>,
    /// Words of the text.
    pub words: u32,
    /// The marking on the pages.
    pub marking: Option<String>,
    /// `note` or `deck`.
    pub kind: String,
    /// How long each stage took.
    pub stages: Stages,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PageInfo {
    /// Equal for equal pages.
    pub hash: String,
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// By how much the slide that begins on it does not fit on it.
    pub over: Option<Over>,
    /// The page, from 1, of the slide that runs on to it.
    pub runs_on_from: Option<u32>,
}

/// By how much something does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Over {
    /// Lines of text, about; 0 where a picture is among it, which no number of lines measures.
    pub lines: u32,
    /// Millimetres, about.
    pub millimetres: u32,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OutlineItem {
    /// Level from 1.
    pub level: u32,
    /// Its text.
    pub title: String,
    /// Its UTF-16 offset in the briefing.
    pub offset: u32,
    /// Words up to the next heading of its level or above.
    pub words: u32,
}

/// How a briefing stands with its page budget.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Fit {
    /// Pages allowed.
    pub pages: u32,
    /// Pages too many; 0 where it fits.
    pub over: u32,
    /// Lines on the pages too many, about.
    pub lines: u32,
}

/// How long each stage took, in milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Stages {
    /// From the edit’s arrival to the start of composing.
    pub edit: f64,
    /// Composing.
    pub compose: f64,
    /// Compiling, in the worker.
    pub compile: f64,
    /// Page images, in the worker.
    pub image: f64,
    /// All else between engine and worker.
    pub transport: f64,
}

/// Why there are no new pages.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TypesetFailure {
    /// One sentence.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// Where and what, in detail.
    pub problems: Vec<Problem>,
}

/// How a document stands with its file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[allow(missing_docs, reason = "a variant says what its fields are")]
pub enum SaveState {
    /// The text differs from the file.
    Unsaved,
    /// Being written.
    Saving,
    /// On disk, at that time in milliseconds since 1970.
    Saved { at: f64, version: u32 },
    /// Not written: why. The text is in the journal.
    Failed { message: String, hint: Option<String> },
}

/// How an export stands.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[allow(missing_docs, reason = "a variant says what its fields are")]
pub enum ExportState {
    /// Under way: how many pages or files are done, of how many where that is known.
    Running { briefing: String, done: u32, total: Option<u32> },
    /// Written: the files, the number of pages, and what the reader of the notice should know.
    Done { briefing: String, format: ExportFormat, files: Vec<String>, pages: u32, problems: Vec<Problem> },
    /// Not written.
    Failed { briefing: String, failure: Failure, problems: Vec<Problem> },
    /// Stopped by the user.
    Stopped { briefing: String },
}
