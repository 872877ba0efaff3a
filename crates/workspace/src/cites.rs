//! Where a source is cited, and giving all of these places another key.

use crate::change::{Change, FileChange, WorkspaceEdit};
use crate::{entry_span, uses};
use chancery_model::Workspace;
use rayon::prelude::*;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use thiserror::Error;

/// A place that cites a source: the bytes of the key.
pub use crate::uses::Use as Citation;

/// Why entries cannot be made one.
#[derive(Debug, Error)]
pub enum MergeError {
    /// There is no such source.
    #[error("no source has the key `{0}`")]
    Unknown(String),
    /// Its file is not BibLaTeX, or the entry is not to be told apart in it.
    #[error("the entry `{key}` of `{file}` cannot be taken out: it stands in no .bib file that can be read")]
    NotBib {
        /// The key.
        key: String,
        /// The file.
        file: String,
    },
    /// The file cannot be read.
    #[error("`{file}` cannot be read: {error}")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        error: std::io::Error,
    },
}

/// Returns all places that cite a source, in the order of the files: front matter and text.
pub fn find(workspace: &Workspace, key: &str) -> Vec<Citation> {
    let texts = texts(workspace);
    texts
        .par_iter()
        .flat_map_iter(|text| text.spans(key).into_iter().map(|span| Citation { file: text.file.to_owned(), span }))
        .collect()
}

/// Returns the edit that takes sources out of the bibliography and has what cites them cite another.
///
/// # Errors
/// When a key is unknown, or an entry cannot be taken out of its file.
pub fn merge(workspace: &Workspace, keep: &str, drop: &[String]) -> Result<WorkspaceEdit, MergeError> {
    if !workspace.sources.contains_key(keep) {
        return Err(MergeError::Unknown(keep.to_owned()));
    }
    let mut files = cited_anew(workspace, keep, drop);
    let mut by_file: Vec<(String, Vec<&str>)> = Vec::new();
    for key in drop {
        let source = workspace.sources.get(key).ok_or_else(|| MergeError::Unknown(key.clone()))?;
        match by_file.iter_mut().find(|(file, _)| *file == source.file) {
            Some((_, keys)) => keys.push(key),
            None => by_file.push((source.file.clone(), vec![key])),
        }
    }
    for (file, keys) in by_file {
        files.push(without_entries(&workspace.root, file, &keys)?);
    }
    Ok(WorkspaceEdit { label: format!("Merge into {keep}"), files })
}

fn cited_anew(workspace: &Workspace, keep: &str, drop: &[String]) -> Vec<FileChange> {
    let anew = |text: &Text<'_>| {
        let mut spans: Vec<Range<usize>> = drop.iter().flat_map(|key| text.spans(key)).collect();
        spans.sort_by_key(|span| span.start);
        (!spans.is_empty()).then(|| FileChange {
            file: text.file.to_owned(),
            before: text.text.to_string(),
            changes: spans.into_iter().map(|range| Change { range, insert: keep.to_owned() }).collect(),
            ..FileChange::default()
        })
    };
    let mut files: Vec<FileChange> = texts(workspace).par_iter().filter_map(anew).collect();
    files.sort_by(|a, b| a.file.cmp(&b.file));
    files
}

fn without_entries(root: &Path, file: String, keys: &[&str]) -> Result<FileChange, MergeError> {
    let before = std::fs::read_to_string(root.join(&file))
        .map_err(|error| MergeError::Unreadable { file: file.clone(), error })?;
    let mut changes = Vec::new();
    for key in keys {
        let span = entry_span(&before, key)
            .ok_or_else(|| MergeError::NotBib { key: (*key).to_owned(), file: file.clone() })?;
        changes.push(Change { range: span, insert: String::new() });
    }
    changes.sort_by_key(|change: &Change| change.range.start);
    Ok(FileChange { file, before, changes, ..FileChange::default() })
}

/// A file's text, and what its front matter cites.
struct Text<'a> {
    file: &'a str,
    text: Arc<str>,
    body_start: usize,
    fields: Vec<(&'a str, Range<usize>)>,
}

fn texts(workspace: &Workspace) -> Vec<Text<'_>> {
    let briefings = workspace.briefings.values().map(|briefing| Text {
        file: &briefing.file,
        text: briefing.text.clone(),
        body_start: briefing.body_start,
        fields: Vec::new(),
    });
    let snippets = workspace.snippets.values().map(|snippet| Text {
        file: &snippet.file,
        text: snippet.text.clone(),
        body_start: snippet.body_start,
        fields: snippet.sources.iter().map(|source| (source.key.as_str(), source.span.clone())).collect(),
    });
    briefings.chain(snippets).collect()
}

impl Text<'_> {
    fn spans(&self, key: &str) -> Vec<Range<usize>> {
        let named = self.fields.iter().filter(|(named, _)| *named == key);
        let in_field = |span: &Range<usize>| {
            let at = span.start + self.text.get(span.clone())?.find(key)?;
            Some(at..at + key.len())
        };
        let mut spans: Vec<Range<usize>> = named.filter_map(|(_, span)| in_field(span)).collect();
        uses::each_line(&self.text, self.body_start, &mut |line, at| in_line(line, at, key, &mut spans));
        spans
    }
}

/// The places of `@key` in a line, as Pandoc reads keys.
fn in_line(line: &str, at: usize, key: &str, spans: &mut Vec<Range<usize>>) {
    for (start, _) in line.match_indices('@') {
        let rest = &line[start + 1..];
        let (braced, name) = match rest.strip_prefix('{') {
            Some(inner) => (1, inner),
            None => (0, rest),
        };
        let before = line[..start].chars().next_back();
        let starts = before.is_none_or(|c| !c.is_alphanumeric());
        let Some(behind) = name.strip_prefix(key).filter(|_| starts) else { continue };
        let mut letters = behind.chars();
        let ends = match letters.next() {
            None => true,
            Some(c) if c.is_alphanumeric() || c == '_' => false,
            // A mark inside of a key goes on with a letter.
            Some(c) if ":.#$%&-+?<>~/".contains(c) => letters.next().is_none_or(|c| !c.is_alphanumeric()),
            Some(_) => true,
        };
        if ends {
            let start = at + start + 1 + braced;
            spans.push(start..start + key.len());
        }
    }
}
