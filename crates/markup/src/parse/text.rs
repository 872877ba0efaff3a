//! Texts with the bytes that they were written with.

use super::align::{Writing, align};
use super::source::Source;
use crate::escape::{is_override, is_unprintable};
use crate::finding::Findings;
use crate::origin::{Run, Text};
use chancery_model::Problem;
use std::ops::Range;

/// How far from where the parser says a text may start, before and behind.
const NEAR: (usize, usize) = (64, 4096);
/// How many places there are tried.
const TRIES: usize = 64;

/// Returns `value`, which the parser says was written at `range` of the source; without runs where it is not found there.
pub(super) fn aligned(value: &str, range: Range<usize>, source: &Source<'_>, writing: Writing) -> Text {
    let end = |start: usize| match writing {
        Writing::Escaped => source.line_end(start).max(start),
        Writing::Verbatim => range.end.max(start),
    };
    let starts = std::iter::once(range.start).chain(nearby(value, range.start, &source.text));
    for start in starts {
        if let Some(runs) = align(value, &source.text[start..end(start)], writing) {
            return Text::new(value.to_owned(), runs.into_iter().map(|run| moved(run, start, source)).collect());
        }
    }
    Text::new(value.to_owned(), Vec::new())
}

/// Where near `at` the first character of `value` is written as itself, those behind first: the parser counts wrongly
/// behind link definitions that a paragraph starts with.
fn nearby<'t>(value: &str, at: usize, text: &'t str) -> impl Iterator<Item = usize> + 't {
    let first = value.chars().next().unwrap_or_default();
    let from = text.floor_char_boundary(at.saturating_sub(NEAR.0));
    let to = text.floor_char_boundary((at + NEAR.1).min(text.len()));
    let behind = text[at..to].match_indices(first).map(move |(offset, _)| at + offset);
    behind.take(TRIES).chain(text[from..at].rmatch_indices(first).map(move |(offset, _)| from + offset))
}

fn moved(run: Run, by: usize, source: &Source<'_>) -> Run {
    Run { text: run.text, file: source.span(run.file.start + by..run.file.end + by) }
}

/// Returns the lines of `value`, which the parser says stand in the source's lines from `line`; a list or quotation may
/// have put something before each of them.
pub(super) fn lines(value: &str, line: usize, source: &Source<'_>) -> Text {
    let mut runs = Vec::new();
    let mut at = 0;
    for (index, content) in with_ends(value).enumerate() {
        let bare = content.trim_end_matches(['\n', '\r']);
        let range = source.line_range(line + index);
        let written = &source.text[range.clone()];
        let shared = written.bytes().rev().zip(bare.bytes().rev()).take_while(|(a, b)| a == b).count();
        let shared = shared.min(bare.len());
        let shared = (0..=shared).rev().find(|n| bare.is_char_boundary(bare.len() - n)).unwrap_or(0);
        if shared < bare.len() {
            let indent = source.span(range.start..range.end - shared);
            runs.push(Run { text: at..at + bare.len() - shared, file: indent });
        }
        if shared > 0 || bare.is_empty() {
            let file = source.span(range.end - shared..range.end);
            runs.push(Run { text: at + bare.len() - shared..at + bare.len(), file });
        }
        let end = source.span(range.end..(range.end + content.len() - bare.len()).min(source.text.len()));
        runs.push(Run { text: at + bare.len()..at + content.len(), file: end });
        at += content.len();
    }
    runs.retain(|run| !run.text.is_empty());
    Text::new(value.to_owned(), runs)
}

/// Returns the lines of a text with their ends: LF, CR LF, or CR alone (CommonMark 0.31, section 2.1).
fn with_ends(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let at = rest.find(['\n', '\r'])?;
        let end = if rest[at..].starts_with("\r\n") { at + 2 } else { at + 1 };
        let (line, behind) = rest.split_at(end);
        rest = behind;
        Some(line)
    })
    .chain(text.rfind(['\n', '\r']).map_or(Some(text), |at| text.get(at + 1..)).filter(|last| !last.is_empty()))
}

/// Notes characters that no page can show, or that make it read otherwise than it stands.
pub(super) fn check_characters(text: &Text, findings: &mut Findings) {
    for (at, c) in text.as_str().char_indices().filter(|(_, c)| !c.is_ascii_graphic() && *c != ' ') {
        let span = || text.span_of(at..at + c.len_utf8());
        if is_unprintable(c) {
            findings.push(span(), control_character(c));
        } else if is_override(c) {
            findings.push(span(), direction_override(c));
        }
    }
}

fn control_character(c: char) -> Problem {
    let message = match c {
        '\u{1}' => "A control character (U+0000 or U+0001) is shown as \u{fffd}.".to_owned(),
        c => format!("The control character U+{:04X} is shown as \u{fffd}.", u32::from(c)),
    };
    Problem::warning("control-character", message).hint("Delete it; it was probably pasted along with the text.")
}

fn direction_override(c: char) -> Problem {
    Problem::warning(
        "direction-override",
        format!("U+{:04X} reverses the order in which the text is read.", u32::from(c)),
    )
    .hint("Delete it; right-to-left text needs no such character.")
}
