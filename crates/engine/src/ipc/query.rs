//! Questions that change nothing.

use chancery_model::{Kind, Problem};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use ts_rs::TS;

/// A question.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[allow(missing_docs, reason = "a variant says what its fields are")]
pub enum Query {
    /// The open workspace, or none.
    Workspace,
    /// Workspaces opened before, newest first.
    Recent,
    /// What the window kept, in earlier sessions too.
    Kept,
    /// Snippets that a filter leaves, a window of them.
    Library { filter: LibraryFilter, offset: u32, limit: u32 },
    /// Snippets by id; unknown ids are left out.
    Cards { ids: Vec<String> },
    /// What can stand behind `![[`, `[@` or a fence, best first.
    Complete { what: CompletionKind, text: String, limit: u32 },
    /// The entries of the bibliography that match.
    Sources { text: String },
    /// The briefings of the workspace.
    Briefings,
    /// The packs that a briefing can use.
    Templates,
    /// Where a snippet is used.
    Uses { id: String },
    /// What a view’s query selects.
    View { name: String, body: String },
    /// All problems of the workspace and its open documents.
    Problems,
    /// The text that stands under a point of a page.
    TextAt { briefing: String, page: u32, x: f64, y: f64 },
    /// Where a place of the text stands on the pages.
    PageAt { briefing: String, file: String, offset: u32 },
    /// The pages shown last.
    Pages,
    /// The slides of the deck shown, with their notes.
    Slides,
    /// Where a text stands in briefings and snippets.
    Search { search: super::TextSearch, limit: u32 },
    /// The kept versions of a file, newest first.
    Versions { file: String },
    /// The text of a version.
    VersionText { number: f64 },
    /// The text of a file as it is now, open or not, with LF.
    Text { file: String },
    /// The front matter that a kind of snippet has, or a briefing where none is given: a JSON Schema.
    Form { kind: Option<Kind> },
    /// The settings that a pack declares: a JSON Schema.
    SettingsForm { template: Option<String> },
    /// The options of a view: a JSON Schema.
    ViewForm { name: String },
    /// Values that fields of the workspace have, to choose from.
    Values,
    /// Where a source is cited.
    Citations { key: String },
    /// Sources that seem to be the same.
    SameSources,
    /// What the origin of a copy says anew since the two were last settled.
    CopyChanges { id: String },
}

/// An answer, of the question’s type.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[allow(missing_docs, reason = "a variant says what its fields are")]
pub enum QueryReply {
    /// To `workspace`.
    Workspace { workspace: Option<super::WorkspaceInfo> },
    /// To `recent`: folders.
    Recent { folders: Vec<String> },
    /// To `kept`: texts by name.
    Kept { texts: BTreeMap<String, String> },
    /// To `library`.
    Library { page: LibraryPage },
    /// To `cards`, and to `complete` for snippets.
    Cards { cards: Vec<SnippetCard> },
    /// To `sources`, and to `complete` for sources.
    Sources { sources: Vec<SourceCard> },
    /// To `complete` for views.
    Views { views: Vec<ViewCard> },
    /// To `briefings`.
    Briefings { briefings: Vec<BriefingCard> },
    /// To `templates`.
    Templates { templates: Vec<TemplateCard> },
    /// To `uses`.
    Uses { uses: Vec<UsePlace> },
    /// To `view`: how many snippets it selects, and what is wrong with it.
    View { count: u32, titles: Vec<String>, problems: Vec<Problem> },
    /// To `problems`.
    Problems { problems: Vec<Problem> },
    /// To `textAt`.
    TextAt { found: Option<FoundText> },
    /// To `pageAt`.
    PageAt { points: Vec<PagePoint> },
    /// To `pages`.
    Pages { pages: Option<super::PageSet> },
    /// To `slides`.
    Slides { slides: Vec<Slide> },
    /// To `search`.
    Search { found: SearchFound },
    /// To `versions`.
    Versions { versions: Vec<VersionCard> },
    /// To `versionText` and `text`; none where it is gone.
    Text { text: Option<String> },
    /// To `form`, `settingsForm` and `viewForm`; null where there is no such view.
    #[ts(type = "{ type: \"form\", schema: unknown }")]
    Form { schema: serde_json::Value },
    /// To `values`.
    Values { values: Values },
    /// To `sameSources`: groups of keys.
    SameSources { groups: Vec<Vec<String>> },
    /// To `copyChanges`; none where it is no copy, or its origin is gone.
    CopyChanges { changes: Option<CopyChanges> },
}

/// What the origin of a copy says anew; updating the copy takes just that over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CopyChanges {
    /// Fields, in the origin’s order.
    pub fields: Vec<FieldDifference>,
    /// Whether the text behind the front matter is another one.
    pub text: bool,
}

/// What a copy and its origin say in a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldDifference {
    /// The field.
    pub field: String,
    /// The copy’s values; none where it does not have the field.
    pub copy: Vec<String>,
    /// The origin’s values; none where it does not have the field any more.
    pub origin: Vec<String>,
}

/// A slide of a deck.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Slide {
    /// Its page, from 1.
    pub page: u32,
    /// Its heading, as plain text.
    pub title: String,
    /// Its speaker notes, as paragraphs of plain text.
    pub notes: Vec<String>,
}

/// What a search of all files found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SearchFound {
    /// How many places, beyond those listed too.
    pub places: u32,
    /// How many files.
    pub files: u32,
    /// The first places, file by file.
    pub hits: Vec<FileHits>,
    /// Why the regular expression is none.
    pub error: Option<String>,
}

/// What a search found in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FileHits {
    /// The file.
    pub file: String,
    /// The briefing’s or snippet’s title.
    pub title: String,
    /// The places.
    pub hits: Vec<Hit>,
}

/// A place that a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Hit {
    /// UTF-16 offset in the file.
    pub offset: u32,
    /// Line from 1.
    pub line: u32,
    /// The line, or the part of a long one around the place.
    pub text: String,
    /// Where the place starts in `text`, UTF-16.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
}

/// A kept version of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VersionCard {
    /// Its number.
    pub number: f64,
    /// When it was saved, in milliseconds since 1970.
    pub at: f64,
    /// Its size in bytes.
    pub size: f64,
}

/// Values that fields of the workspace have, the most used first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Values {
    /// Topics.
    pub topics: Vec<String>,
    /// Actors.
    pub actors: Vec<String>,
    /// Areas: ids with titles.
    pub areas: Vec<Named>,
    /// Programmes: ids with titles.
    pub programmes: Vec<Named>,
    /// Pictures in the workspace.
    pub images: Vec<String>,
    /// Languages.
    pub languages: Vec<String>,
    /// Roles of actors that were in office.
    pub roles: Vec<String>,
    /// Series of figures.
    pub series: Vec<String>,
    /// Dimensions of comparisons.
    pub dimensions: Vec<String>,
    /// Sides of comparisons.
    pub sides: Vec<String>,
}

/// An id and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    /// The id.
    pub id: String,
    /// The title, as plain text.
    pub title: String,
}

/// What is completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum CompletionKind {
    /// Behind `![[` and `[[`.
    Snippet,
    /// Behind `[@` and `@`.
    Source,
    /// Behind a fence’s `{`.
    View,
}

/// Which snippets to list; empty lists and texts filter nothing, entries of one list are alternatives.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct LibraryFilter {
    /// Words to find in title, actors, body, id.
    pub text: String,
    /// Kinds.
    pub kinds: Vec<Kind>,
    /// Topics.
    pub topics: Vec<String>,
    /// Actors.
    pub actors: Vec<String>,
    /// Areas.
    pub areas: Vec<String>,
    /// Source keys.
    pub sources: Vec<String>,
    /// Years.
    pub years: Vec<String>,
    /// Markings.
    pub markings: Vec<String>,
    /// `overdue`, `month` or `year`.
    pub review: Vec<String>,
    /// `relevance`, `newest`, `oldest` or `title`.
    pub sort: String,
}

/// A window of the library.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LibraryPage {
    /// How many snippets the workspace has.
    pub total: u32,
    /// How many the filter leaves.
    pub matched: u32,
    /// The window.
    pub cards: Vec<SnippetCard>,
    /// Counts over what the filter leaves.
    pub facets: Facets,
}

/// Counts by facet, most first.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Facets {
    /// Kinds.
    pub kinds: Vec<Facet>,
    /// Topics.
    pub topics: Vec<Facet>,
    /// Actors.
    pub actors: Vec<Facet>,
    /// Areas, by id.
    pub areas: Vec<Facet>,
    /// Source keys.
    pub sources: Vec<Facet>,
    /// Years, newest first.
    pub years: Vec<Facet>,
    /// Markings, lowest first.
    pub markings: Vec<Facet>,
    /// `overdue`, `month`, `year`.
    pub review: Vec<Facet>,
}

/// A value and how many snippets have it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Facet {
    /// The value.
    pub value: String,
    /// How many snippets have it.
    pub count: u32,
}

/// What a list shows of a snippet.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SnippetCard {
    /// The id.
    pub id: String,
    /// The file in the workspace.
    pub file: String,
    /// The kind.
    pub kind: Kind,
    /// The title, as plain text.
    pub title: String,
    /// The one-line variant, as plain text.
    pub short: Option<String>,
    /// The body’s beginning, as plain text.
    pub excerpt: String,
    /// The date, formatted for the interface’s short form.
    pub date: Option<String>,
    /// The date in EDTF.
    pub edtf: Option<String>,
    /// Short citations of its sources.
    pub sources: Vec<String>,
    /// The value with its unit, for figures and deals.
    pub value: Option<String>,
    /// Marking, the workspace’s default where it names none.
    pub marking: Option<String>,
    /// Topics.
    pub topics: Vec<String>,
    /// Actors.
    pub actors: Vec<String>,
    /// Names of fields that `#` can show.
    pub fields: Vec<String>,
    /// What `#` shows of each of them, without its unit, as plain text.
    pub texts: HashMap<String, String>,
    /// Days past its review date; none where not due.
    pub overdue: Option<u32>,
    /// Whether another snippet reads the matter differently.
    pub conflict: bool,
    /// Whether another snippet replaces it.
    pub superseded: bool,
    /// In how many files it is used.
    pub used: u32,
    /// BCP 47 language.
    pub lang: String,
    /// The snippet that it is a copy of.
    pub copy_of: Option<String>,
    /// Whether that one has changed since.
    pub origin_changed: bool,
}

/// What a list shows of a source.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SourceCard {
    /// The key.
    pub key: String,
    /// Authors and year: `Ballbach 2025`.
    pub short: String,
    /// The title.
    pub title: String,
    /// The full reference, as plain text.
    pub reference: String,
    /// Address, where it has one.
    pub url: Option<String>,
    /// The linked document, where the entry names a file.
    pub document: Option<String>,
    /// The file and line of the entry.
    pub file: String,
    /// Line from 1.
    pub line: u32,
    /// How many snippets rest on it.
    pub used: u32,
}

/// A view that a fence can hold.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ViewCard {
    /// The name in braces.
    pub name: String,
    /// A body to start with.
    pub starter: String,
}

/// What a list shows of a briefing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BriefingCard {
    /// The file in the workspace.
    pub file: String,
    /// The title, as plain text.
    pub title: String,
    /// The pack: `policy-brief`.
    pub template: Option<String>,
    /// The date, formatted.
    pub date: Option<String>,
    /// Marking.
    pub marking: Option<String>,
    /// When the file was last saved, in milliseconds since 1970.
    pub modified: f64,
}

/// A pack to choose.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TemplateCard {
    /// The name.
    pub name: String,
    /// The version.
    pub version: String,
    /// `note` or `deck`.
    pub kind: String,
    /// One sentence.
    pub description: String,
    /// The same in other languages, by BCP 47 tag.
    pub descriptions: BTreeMap<String, String>,
    /// Its picture, as a `data:` address.
    pub thumbnail: Option<String>,
    /// `workspace`, `user` or `built-in`.
    pub origin: String,
}

/// Where a snippet is used.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UsePlace {
    /// The file.
    pub file: String,
    /// The briefing’s or snippet’s title.
    pub title: String,
    /// Line from 1.
    pub line: u32,
    /// The line itself.
    pub text: String,
}

/// A place in a text.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TextPoint {
    /// The file.
    pub file: String,
    /// UTF-16 offset.
    pub offset: u32,
}

/// What stands under a point of a page.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FoundText {
    /// Its place in the briefing: where it stands, or the embed or view that it comes from.
    pub place: TextPoint,
    /// Its own place, where that is in another file.
    pub origin: Option<TextPoint>,
    /// The snippet it comes from.
    pub snippet: Option<String>,
    /// The address of a link.
    pub link: Option<String>,
}

/// A place on a page, in points from its top left.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PagePoint {
    /// Page from 1.
    pub page: u32,
    /// Points from the left.
    pub x: f64,
    /// Points from the top.
    pub y: f64,
}
