//! Searching the text of briefings and snippets, and replacing what is found.

use crate::document::Document;
use crate::ipc::{Failure, FileHits, Hit, SearchFound, TextPoint, TextSearch};
use chancery_model::{LineIndex, Workspace};
use chancery_workspace::change::{Change, FileChange, WorkspaceEdit};
use rayon::prelude::*;
use regex::{Regex, RegexBuilder};
use std::ops::Range;

/// How many letters of a line are shown before a place in it.
const BEFORE: usize = 60;
/// How many are shown behind.
const BEHIND: usize = 160;
/// Places in one file beyond which it is not searched on.
const MOST: usize = 10_000;

/// Returns where a text stands; an expression that is none is said in the answer.
pub fn search(workspace: &Workspace, search: &TextSearch, limit: usize) -> SearchFound {
    let pattern = match pattern(search) {
        Ok(Some(pattern)) => pattern,
        Ok(None) => return SearchFound::default(),
        Err(error) => return SearchFound { error: Some(error), ..SearchFound::default() },
    };
    let found: Vec<(Text<'_>, Vec<Range<usize>>)> = texts(workspace)
        .into_par_iter()
        .filter_map(|text| {
            let places = places(&pattern, text.text);
            (!places.is_empty()).then_some((text, places))
        })
        .collect();
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let mut left = limit;
    let mut hits = Vec::new();
    for (text, places) in &found {
        if left == 0 {
            break;
        }
        let shown = &places[..places.len().min(left)];
        left -= shown.len();
        hits.push(text.hits(shown));
    }
    SearchFound {
        places: count(found.iter().map(|(_, places)| places.len()).sum()),
        files: count(found.len()),
        hits,
        error: None,
    }
}

/// Returns the edit that replaces what a search finds, the places in `skip` left as they are.
///
/// # Errors
/// When the search is an expression that is none.
pub fn replace(
    workspace: &Workspace,
    search: &TextSearch,
    with: &str,
    skip: &[TextPoint],
) -> Result<WorkspaceEdit, Failure> {
    let bad = |error| Failure::input("bad-expression", error);
    let label = format!("Replace {} by {with}", search.text);
    let Some(pattern) = pattern(search).map_err(bad)? else { return Ok(WorkspaceEdit { label, files: Vec::new() }) };
    let change = |text: Text<'_>| {
        let skipped: Vec<u32> = skip.iter().filter(|point| point.file == text.file).map(|point| point.offset).collect();
        let document = (!skipped.is_empty()).then(|| Document::new(text.text.to_owned()));
        let stays = |at: usize| document.as_ref().is_some_and(|document| skipped.contains(&document.offset(at)));
        let mut changes = Vec::new();
        for found in pattern.captures_iter(text.text) {
            let Some(whole) = found.get(0).filter(|whole| !whole.is_empty() && !stays(whole.start())) else { continue };
            let mut insert = String::new();
            if search.regex {
                found.expand(with, &mut insert);
            } else {
                insert.push_str(with);
            }
            changes.push(Change { range: whole.range(), insert });
        }
        let (file, before) = (text.file.to_owned(), text.text.to_owned());
        (!changes.is_empty()).then(|| FileChange { file, before, changes, ..FileChange::default() })
    };
    let mut files: Vec<FileChange> = texts(workspace).into_par_iter().filter_map(change).collect();
    files.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(WorkspaceEdit { label, files })
}

/// Returns what to look for; nothing where there is no text.
fn pattern(search: &TextSearch) -> Result<Option<Regex>, String> {
    if search.text.is_empty() {
        return Ok(None);
    }
    let text = if search.regex { search.text.clone() } else { regex::escape(&search.text) };
    let text = if search.words { format!(r"\b(?:{text})\b") } else { text };
    let built = RegexBuilder::new(&text).case_insensitive(!search.case).multi_line(true).size_limit(1 << 20).build();
    built.map(Some).map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "the expression is too large".to_owned(),
        error => error.to_string().lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned(),
    })
}

fn places(pattern: &Regex, text: &str) -> Vec<Range<usize>> {
    pattern.find_iter(text).map(|found| found.range()).filter(|range| !range.is_empty()).take(MOST).collect()
}

/// A file that is searched.
struct Text<'a> {
    file: &'a str,
    title: &'a str,
    text: &'a str,
}

fn texts(workspace: &Workspace) -> Vec<Text<'_>> {
    let briefings = workspace.briefings.values().map(|b| Text { file: &b.file, title: &b.title, text: &b.text });
    let mut snippets: Vec<Text<'_>> =
        workspace.snippets.values().map(|s| Text { file: &s.file, title: &s.title, text: &s.text }).collect();
    snippets.sort_by_key(|snippet| snippet.file);
    briefings.chain(snippets).collect()
}

impl Text<'_> {
    fn hits(&self, places: &[Range<usize>]) -> FileHits {
        let (document, lines) = (Document::new(self.text.to_owned()), LineIndex::new(self.text));
        let hits = places.iter().map(|place| hit(self.text, &document, &lines, place)).collect();
        FileHits { file: self.file.to_owned(), title: crate::cards::plain(self.title), hits }
    }
}

fn hit(text: &str, document: &Document, lines: &LineIndex, place: &Range<usize>) -> Hit {
    let line = lines.line(place.start);
    let whole = lines.range(line);
    let end = place.end.min(whole.end).max(place.start);
    let before: String = tail(&text[whole.start..place.start], BEFORE);
    let found = &text[place.start..end];
    let behind: String = text[end..whole.end.max(end)].trim_end_matches(['\r', '\n']).chars().take(BEHIND).collect();
    let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
    Hit {
        offset: document.offset(place.start),
        line: u32::try_from(line + 1).unwrap_or(u32::MAX),
        from: units(&before),
        to: units(&before) + units(found),
        text: format!("{before}{found}{behind}"),
    }
}

/// Returns the end of a text, with a mark where something was left out.
fn tail(text: &str, letters: usize) -> String {
    let count = text.chars().count();
    if count <= letters {
        return text.trim_start().to_owned();
    }
    format!("…{}", text.chars().skip(count - letters).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_capitals_and_expressions() {
        let found = |text: &str, case: bool, words: bool, regex: bool, within: &str| {
            let search = TextSearch { text: text.to_owned(), case, words, regex };
            pattern(&search).map(|pattern| pattern.map_or(0, |pattern| places(&pattern, within).len()))
        };
        assert_eq!(found("nato", false, false, false, "NATO, nato and NATOs"), Ok(3));
        assert_eq!(found("NATO", true, true, false, "NATO, nato and NATOs"), Ok(1));
        assert_eq!(found("나토", false, false, false, "나토와 나토"), Ok(2));
        assert_eq!(found(r"20\d\d", false, false, true, "2012 and 2023"), Ok(2));
        assert_eq!(found("a.c", false, false, false, "abc a.c"), Ok(1));
        assert!(found("(", false, false, true, "").is_err());
    }
}
