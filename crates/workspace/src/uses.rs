//! Where a snippet is used, and renaming it in all of these places.

use crate::change::{Change, FileChange, WorkspaceEdit};
use crate::check::id_places;
use crate::fields::normalise_id;
use chancery_model::{Snippet, Value, Workspace};
use rayon::prelude::*;
use std::ops::Range;
use std::sync::Arc;
use thiserror::Error;

/// A place that names a snippet: the bytes of the id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The file.
    pub file: String,
    /// The bytes of the id in it.
    pub span: Range<usize>,
}

/// The field of a copy that names its origin.
pub const COPY_OF: &str = "copy-of";

/// Why a snippet cannot get a new id.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RenameError {
    /// There is no such snippet.
    #[error("no snippet has the id `{0}`")]
    Unknown(String),
    /// Another snippet has the new id.
    #[error("the id `{0}` is taken")]
    Taken(String),
    /// The new id cannot be a file's name or stand in an embed.
    #[error("`{0}` cannot be an id: letters, digits, `-`, `_` and `.` can")]
    NotAnId(String),
}

/// Returns all places that name a snippet, in the order of the files: embeds, references, views and front matter.
pub fn find(workspace: &Workspace, id: &str) -> Vec<Use> {
    let id = normalise_id(id);
    let texts = texts(workspace);
    texts
        .par_iter()
        .flat_map_iter(|(file, text, body_start, fields)| {
            let spans = spans(text, *body_start, fields, &id);
            spans.into_iter().map(|span| Use { file: (*file).to_owned(), span })
        })
        .collect()
}

/// Returns the edit that gives a snippet a new id: its file's name, and every place that names it.
///
/// # Errors
/// When there is no such snippet, or the new id is taken or cannot be one.
pub fn rename(workspace: &Workspace, from: &str, to: &str) -> Result<WorkspaceEdit, RenameError> {
    let (from, to) = (normalise_id(from), normalise_id(to));
    let snippet = workspace.snippets.get(&from).ok_or_else(|| RenameError::Unknown(from.clone()))?;
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if to.is_empty() || to.starts_with('.') || !to.chars().all(fits) {
        return Err(RenameError::NotAnId(to));
    }
    if workspace.snippets.contains_key(&to) {
        return Err(RenameError::Taken(to));
    }
    let folder = snippet.file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = format!("{folder}/{to}.md");
    let mut files: Vec<FileChange> = texts(workspace)
        .into_par_iter()
        .filter_map(|(file, text, body_start, fields)| {
            let spans = spans(&text, body_start, &fields, &from);
            let moved = file == snippet.file;
            (moved || !spans.is_empty()).then(|| FileChange {
                file: file.to_owned(),
                rename: moved.then(|| name.clone()),
                before: text.to_string(),
                changes: spans.into_iter().map(|range| Change { range, insert: to.clone() }).collect(),
                ..FileChange::default()
            })
        })
        .collect();
    files.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(WorkspaceEdit { label: format!("Rename {from} to {to}"), files })
}

type FieldPlaces = Vec<(String, Range<usize>)>;

/// Each file with its text, where its body starts, and the ids in its front matter.
fn texts(workspace: &Workspace) -> Vec<(&str, Arc<str>, usize, FieldPlaces)> {
    let snippets = workspace.snippets.values();
    let snippets = snippets.map(|s| (s.file.as_str(), s.text.clone(), s.body_start, named(s)));
    let briefings = workspace.briefings.values();
    briefings.map(|b| (b.file.as_str(), b.text.clone(), b.body_start, Vec::new())).chain(snippets).collect()
}

/// The ids in a snippet's front matter, the one included that it is a copy of.
fn named(snippet: &Snippet) -> FieldPlaces {
    let origin = snippet.field(COPY_OF).and_then(|node| Some((normalise_id(&node.text()?), node.span.clone())));
    id_places(snippet).into_iter().chain(origin).collect()
}

fn spans(text: &str, body_start: usize, fields: &FieldPlaces, id: &str) -> Vec<Range<usize>> {
    let in_fields = fields.iter().filter(|(named, _)| named == id).map(|(_, span)| unquoted(text, span.clone()));
    let mut spans: Vec<Range<usize>> = in_fields.chain(in_body(text, body_start, id)).collect();
    spans.sort_by_key(|span| span.start);
    spans.dedup();
    spans
}

/// A value's bytes without its quotation marks.
fn unquoted(text: &str, span: Range<usize>) -> Range<usize> {
    let inner = text[span.clone()].strip_prefix(['"', '\'']).and_then(|rest| rest.strip_suffix(['"', '\'']));
    if inner.is_some() { span.start + 1..span.end - 1 } else { span }
}

/// The places in a body: links and embeds outside of code, and the queries of views.
fn in_body(text: &str, body_start: usize, id: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut views = Vec::new();
    walk(text, body_start, &mut |line, at| in_line(line, at, id, &mut spans), &mut |view| views.push(view));
    spans.extend(views.into_iter().flat_map(|view| in_view(text, view, id)));
    spans
}

/// Calls `visit` with each line of a body that is no code, and where it starts.
pub(crate) fn each_line(text: &str, body_start: usize, visit: &mut dyn FnMut(&str, usize)) {
    walk(text, body_start, visit, &mut |_| {});
}

/// Goes over the lines of a body outside of fenced code, and over the bodies of views.
fn walk(text: &str, body_start: usize, visit: &mut dyn FnMut(&str, usize), view: &mut dyn FnMut(Range<usize>)) {
    let mut fence: Option<Fence> = None;
    let mut at = body_start;
    for line in text[body_start..].split_inclusive('\n') {
        let end = at + line.len();
        match &fence {
            Some(open) if open.closes(line) => {
                if open.view {
                    view(open.body..at);
                }
                fence = None;
            }
            Some(_) => {}
            None => match Fence::opening(line, end) {
                Some(open) => fence = Some(open),
                None => visit(line, at),
            },
        }
        at = end;
    }
}

/// A fenced code block: CommonMark 0.31.2, section 4.5.
struct Fence {
    mark: char,
    length: usize,
    body: usize,
    view: bool,
}

impl Fence {
    fn opening(line: &str, body: usize) -> Option<Self> {
        let trimmed = line.trim_start_matches([' ', '>']);
        let mark = trimmed.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let length = trimmed.chars().take_while(|c| *c == mark).count();
        let info = trimmed[length..].trim();
        let fits = length >= 3 && !(mark == '`' && info.contains('`'));
        fits.then(|| Self { mark, length, body, view: info.starts_with('{') })
    }

    fn closes(&self, line: &str) -> bool {
        let trimmed = line.trim_start_matches([' ', '>']).trim_end();
        trimmed.chars().count() >= self.length && trimmed.chars().all(|c| c == self.mark)
    }
}

fn in_line(line: &str, at: usize, id: &str, spans: &mut Vec<Range<usize>>) {
    for (start, _) in line.match_indices("[[") {
        let inner = start + 2;
        let Some(length) = line[inner..].find("]]") else { break };
        let target = &line[inner..inner + length];
        let name = target.split(['|', '#', '\\']).next().unwrap_or_default();
        if normalise_id(name) == id {
            let blanks = name.len() - name.trim_start().len();
            spans.push(at + inner + blanks..at + inner + blanks + name.trim().len());
        }
    }
}

/// The options of a view that name snippets.
fn in_view(text: &str, body: Range<usize>, id: &str) -> Vec<Range<usize>> {
    const OPTIONS: [&str; 5] = ["ids", "areas", "programme", "highlight", "bands"];
    let (root, _) = crate::yaml::parse("", text, body);
    let Value::Map(entries) = root.value else { return Vec::new() };
    let named = entries.iter().filter(|(name, _)| OPTIONS.contains(&name.as_str()));
    let items = named.flat_map(|(_, (_, node))| node.items());
    items
        .filter(|item| item.text().is_some_and(|text| normalise_id(&text) == id))
        .map(|item| unquoted(text, item.span.clone()))
        .collect()
}
