//! BibLaTeX files, unedited Zotero exports included.

use super::source;
use biblatex::{Bibliography, Date, Entry, ParseError, ParseErrorKind, RawBibliography};
use chancery_model::{LineIndex, Problem, Source};
use std::collections::HashMap;
use std::ops::Range;

/// How often a file is read again without an entry that breaks it, beyond those that are broken by themselves.
const MOST_ROUNDS: usize = 50;

pub(super) fn parse(file: &str, text: &str) -> (Vec<Source>, Vec<Problem>) {
    let mut problems = Vec::new();
    let clean = without_broken_entries(file, text, &mut problems);
    let (bibliography, places) = read(file, text, clean, &mut problems);
    let lines = LineIndex::new(text);
    let mut sources = Vec::new();
    for entry in bibliography.iter() {
        let at = places.get(&entry.key).cloned().unwrap_or(0..0);
        problems.extend(check_date(file, text, entry));
        if let Some(converted) = convert(file, text, entry.clone(), at.clone(), &mut problems) {
            sources.push(source(file, &lines, at.start, converted));
        }
    }
    sources.sort_by_key(|source| source.line);
    (sources, problems)
}

/// Where the entries of a file start and end: each `@` at the start of a line begins one.
pub(super) fn entries(text: &str) -> Vec<Range<usize>> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start_matches(['\u{feff}', ' ', '\t']).starts_with('@') {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| *start..end).collect()
}

/// Returns the text with blanks over what is no entry by itself or has a key that is taken: places stay.
fn without_broken_entries(file: &str, text: &str, problems: &mut Vec<Problem>) -> String {
    // The byte order mark would be read as text before the first entry; three blanks keep the places.
    let mut clean = text.replace('\u{feff}', "   ");
    let mut keys: HashMap<String, usize> = HashMap::new();
    for range in entries(text) {
        let part = clean[range.clone()].to_owned();
        match RawBibliography::parse(&part) {
            Ok(raw) => {
                for entry in &raw.entries {
                    let key = entry.v.key.v.to_owned();
                    let span = range.start + entry.v.key.span.start..range.start + entry.v.key.span.end;
                    if keys.insert(key.clone(), span.start).is_some() {
                        let problem = Problem::warning("duplicate-source", format!("the key `{key}` is there twice"));
                        problems.push(problem.hint("rename one; the first one counts").at(file, text, span));
                        blank(&mut clean, range.clone());
                    }
                }
            }
            Err(error) => {
                problems.push(parse_problem(file, text, &error, range.start));
                blank(&mut clean, range);
            }
        }
    }
    clean
}

fn blank(text: &mut String, range: Range<usize>) {
    let blanks: String = text[range.clone()].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
    text.replace_range(range, &blanks);
}

fn parse_problem(file: &str, text: &str, error: &ParseError, base: usize) -> Problem {
    let span = match error.kind {
        // The end that is missing belongs to where the entry starts.
        ParseErrorKind::UnexpectedEof => base..base + text[base..].lines().next().unwrap_or_default().len(),
        _ => base + error.span.start..base + error.span.end.max(error.span.start),
    };
    let hint = match &error.kind {
        ParseErrorKind::UnknownAbbreviation(name) => format!("put `{name}` into braces, or define it with @string"),
        ParseErrorKind::UnexpectedEof => "close the braces of this entry".to_owned(),
        _ => "look at the braces and commas of this entry; the other entries are kept".to_owned(),
    };
    Problem::error("bibliography", format!("this entry cannot be read: {}", error.kind)).hint(hint).at(file, text, span)
}

/// Reads all entries together, as they may refer to each other; what breaks that is left out.
fn read(
    file: &str,
    text: &str,
    mut clean: String,
    problems: &mut Vec<Problem>,
) -> (Bibliography, HashMap<String, Range<usize>>) {
    for _ in 0..MOST_ROUNDS {
        let result = RawBibliography::parse(&clean).and_then(|raw| {
            let places = raw.entries.iter().map(|e| (e.v.key.v.to_owned(), e.v.key.span.clone())).collect();
            Ok((Bibliography::from_raw(raw)?, places))
        });
        let error = match result {
            Ok(read) => return read,
            Err(error) => error,
        };
        problems.push(parse_problem(file, text, &error, 0));
        match entries(text).into_iter().find(|range| range.contains(&error.span.start)) {
            Some(range) if !clean[range.clone()].trim().is_empty() => blank(&mut clean, range),
            _ => break,
        }
    }
    (Bibliography::new(), HashMap::new())
}

/// Says that a date is none: the entry is then cited without a date.
fn check_date(file: &str, text: &str, entry: &Entry) -> Option<Problem> {
    let chunks = entry.fields.get("date")?;
    if entry.get_as::<Date>("date").is_ok() {
        return None;
    }
    let (first, last) = (chunks.first()?, chunks.last()?);
    let problem = Problem::info("bibliography", format!("the `date` of `{}` is no date", entry.key));
    let hint = "it is cited without a date; write 2023, 2023-07 or 2023-07-11 where there is one";
    Some(problem.hint(hint).at(file, text, first.span.start..last.span.end))
}

/// Converts an entry; a field that hayagriva cannot read is left out.
fn convert(
    file: &str,
    text: &str,
    mut entry: Entry,
    key: Range<usize>,
    problems: &mut Vec<Problem>,
) -> Option<::hayagriva::Entry> {
    loop {
        let error = match ::hayagriva::Entry::try_from(&entry) {
            Ok(converted) => return Some(converted),
            Err(error) => error,
        };
        let holds = |chunks: &[biblatex::Spanned<biblatex::Chunk>]| {
            chunks.iter().any(|chunk| chunk.span.start <= error.span.start && error.span.end <= chunk.span.end)
        };
        let broken = entry.fields.iter().find(|(_, chunks)| holds(chunks)).map(|(name, _)| name.clone());
        let place =
            if error.span.end <= text.len() && !error.span.is_empty() { error.span.clone() } else { key.clone() };
        match broken {
            Some(name) => {
                entry.fields.remove(&name);
                let message = format!("`{name}` of `{}` cannot be read: {}", entry.key, error.kind);
                let hint = "the entry is kept without this field";
                problems.push(Problem::warning("bibliography", message).hint(hint).at(file, text, place));
            }
            None => {
                let message = format!("the entry `{}` cannot be read: {}", entry.key, error.kind);
                let hint = "mend or remove this entry; the other entries are kept";
                problems.push(Problem::error("bibliography", message).hint(hint).at(file, text, place));
                return None;
            }
        }
    }
}
