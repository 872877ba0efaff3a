//! What the parser leaves as text but is ours: citations, and embeds and references behind an open bracket.

use super::citation::{self, Key};
use super::source::Source;
use super::wikilink;
use crate::finding::Findings;
use crate::inline::{Citation, CiteForm, Inline, InlineKind};
use crate::origin::Text;
use chancery_model::Problem;
use std::ops::Range;

/// A byte of one of the texts among inlines that stand beside one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    pub(super) inline: usize,
    pub(super) byte: usize,
}

impl At {
    pub(super) fn plus(self, bytes: usize) -> Self {
        Self { byte: self.byte + bytes, ..self }
    }
}

/// A character that matters, written as itself.
#[derive(Debug, Clone, Copy)]
struct Mark {
    at: At,
    byte: u8,
}

/// An inline that replaces what stands between two places.
#[derive(Debug)]
struct Cut {
    from: At,
    to: At,
    inline: Inline,
}

/// An opening bracket, and the keys and semicolons between it and the next bracket inside.
#[derive(Debug)]
struct Open {
    at: At,
    keys: Vec<Key>,
    separators: Vec<At>,
    cuts: usize,
}

/// Replaces citations, embeds and references in inlines that stand beside one another.
pub(super) fn resolve(
    inlines: Vec<Inline>,
    source: &Source<'_>,
    in_link: bool,
    findings: &mut Findings,
) -> Vec<Inline> {
    let matters = |text: &Text| ["@", "[["].iter().any(|sign| text.as_str().contains(sign));
    if !inlines.iter().any(|inline| matches!(&inline.kind, InlineKind::Text(text) if matters(text))) {
        return inlines;
    }
    let mut scan = Scan { inlines: &inlines, source, in_link, findings, open: Vec::new(), cuts: Vec::new() };
    scan.run(&marks(&inlines));
    let cuts = scan.cuts;
    let out = replaced(&inlines, cuts);
    for inline in &out {
        if let InlineKind::Text(text) = &inline.kind {
            note_leftovers(text, findings);
        }
    }
    out
}

struct Scan<'s, 'f> {
    inlines: &'s [Inline],
    source: &'s Source<'s>,
    in_link: bool,
    findings: &'f mut Findings,
    open: Vec<Open>,
    cuts: Vec<Cut>,
}

impl Scan<'_, '_> {
    fn run(&mut self, marks: &[Mark]) {
        let mut next = 0;
        while let Some(mark) = marks.get(next) {
            next += 1;
            match mark.byte {
                b'[' => match self.wikilink(marks, next - 1) {
                    Some(behind) => next = behind,
                    None => {
                        let (keys, separators) = (Vec::new(), Vec::new());
                        self.open.push(Open { at: mark.at, keys, separators, cuts: self.cuts.len() });
                    }
                },
                b']' => self.close(mark.at),
                b';' => {
                    if let Some(open) = self.open.last_mut() {
                        open.separators.push(mark.at);
                    }
                }
                _ => self.key(mark.at),
            }
        }
    }

    /// Reads the wikilink whose first bracket is the mark `first`; returns the mark behind it.
    fn wikilink(&mut self, marks: &[Mark], first: usize) -> Option<usize> {
        let start = marks[first].at;
        marks.get(first + 1).filter(|second| second.byte == b'[' && second.at == start.plus(1))?;
        let inside = marks[first + 2..].iter().take_while(|mark| !matches!(mark.byte, b'[' | b']')).count();
        let (end, last) = (marks.get(first + 2 + inside)?, marks.get(first + 3 + inside)?);
        if end.byte != b']' || last.at != end.at.plus(1) || last.byte != b']' {
            return None;
        }
        let before = start.byte.checked_sub(1).map(|byte| self.byte_of(start, byte)).unwrap_or_default();
        // `[[[` opens nothing, as in the parser.
        if before == b'[' {
            return None;
        }
        let bang = before == b'!';
        let from = if bang && self.text(start)?.is_verbatim(start.byte - 1) {
            At { byte: start.byte - 1, ..start }
        } else {
            start
        };
        let span = self.span(from, last.at.plus(1));
        let raw = &self.source.text[self.source.local(span.clone())];
        let inline = wikilink::parse(raw, span)?;
        self.cuts.push(Cut { from, to: last.at.plus(1), inline });
        Some(first + 4 + inside)
    }

    fn key(&mut self, at: At) {
        let Some(key) = self.text(at).filter(|_| !self.in_link).and_then(|text| citation::key(text, at)) else {
            return;
        };
        if let Some(open) = self.open.last_mut() {
            open.keys.push(key.clone());
        }
        let (from, to) = (key.from(), key.behind);
        let span = self.span(from, to);
        let items = vec![citation::bare(&key, span.clone())];
        let literal = slice(self.inlines, from, to);
        let citation = Citation { items, form: CiteForm::InText, literal, span: span.clone() };
        self.cuts.push(Cut { from, to, inline: Inline { span, kind: InlineKind::Citation(citation) } });
    }

    fn close(&mut self, at: At) {
        let Some(open) = self.open.pop() else { return };
        if self.in_link {
            return;
        }
        if open.keys.is_empty() {
            return self.locate(open.at, at);
        }
        self.cuts.truncate(open.cuts);
        let groups = citation::groups(&open.keys, &open.separators, open.at.plus(1), at, |span| {
            let span = self.span(span.start, span.end);
            self.findings.push(span, missing_separator());
        });
        let items = groups.into_iter().map(|group| {
            let before = crate::plain_text(&slice(self.inlines, group.start, group.key.from()));
            let behind = crate::plain_text(&slice(self.inlines, group.key.behind, group.end));
            citation::item(&group.key, &before, &behind, self.span(group.start, group.end))
        });
        let (form, items) = (CiteForm::Bracketed, items.collect());
        let to = at.plus(1);
        let span = self.span(open.at, to);
        let citation = Citation { items, form, literal: slice(self.inlines, open.at, to), span: span.clone() };
        self.cuts.push(Cut { from: open.at, to, inline: Inline { span, kind: InlineKind::Citation(citation) } });
    }

    /// Makes a bracket right behind `@key` that key's locator.
    fn locate(&mut self, from: At, at: At) {
        let to = at.plus(1);
        let is_blank = |last: &Cut| {
            let text = self.text(from).map(Text::as_str).unwrap_or_default();
            last.to.inline == from.inline && last.to.byte + 1 == from.byte && text.as_bytes()[last.to.byte] == b' '
        };
        let Some(last) = self.cuts.last().filter(|last| is_blank(last)) else { return };
        let InlineKind::Citation(citation) = &last.inline.kind else { return };
        let locator = crate::plain_text(&slice(self.inlines, from.plus(1), at));
        if citation.form != CiteForm::InText || locator.trim().is_empty() || locator.starts_with('^') {
            return;
        }
        let (start, mut citation) = (last.from, citation.clone());
        let span = self.span(start, to);
        citation.literal = slice(self.inlines, start, to);
        citation.span = span.clone();
        for item in &mut citation.items {
            item.locator = locator.trim().to_owned();
            item.span = span.clone();
        }
        self.cuts.pop();
        self.cuts.push(Cut { from: start, to, inline: Inline { span, kind: InlineKind::Citation(citation) } });
    }

    fn byte_of(&self, at: At, byte: usize) -> u8 {
        self.text(at).map_or(0, |text| text.as_str().as_bytes()[byte])
    }

    fn text(&self, at: At) -> Option<&Text> {
        text_at(self.inlines, at)
    }

    /// The bytes of the file between two places.
    fn span(&self, from: At, to: At) -> Range<usize> {
        let start = text_at(self.inlines, from).map_or(0, |text| text.span_of(from.byte..from.byte + 1).start);
        let end = match text_at(self.inlines, to) {
            Some(text) if to.byte > 0 => text.span_of(to.byte - 1..to.byte).end,
            _ => self.inlines.get(to.inline).map_or(start, |inline| inline.span.start),
        };
        start..end.max(start)
    }
}

fn text_at(inlines: &[Inline], at: At) -> Option<&Text> {
    match &inlines.get(at.inline)?.kind {
        InlineKind::Text(text) => Some(text),
        _ => None,
    }
}

/// The characters that matter, as far as they were written as themselves.
fn marks(inlines: &[Inline]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (inline, text) in inlines.iter().enumerate() {
        let InlineKind::Text(text) = &text.kind else { continue };
        let bytes = text.as_str().as_bytes();
        for run in text.runs().iter().filter(|run| run.text.len() == run.file.len()) {
            let matters = run.text.clone().filter(|at| matches!(bytes[*at], b'[' | b']' | b'@' | b';'));
            marks.extend(matters.map(|byte| Mark { at: At { inline, byte }, byte: bytes[byte] }));
        }
    }
    marks
}

/// The inlines with each cut in its place.
fn replaced(inlines: &[Inline], cuts: Vec<Cut>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(inlines.len() + cuts.len() * 2);
    let mut at = At { inline: 0, byte: 0 };
    for cut in cuts {
        push_slice(inlines, at, cut.from, &mut out);
        out.push(cut.inline);
        at = cut.to;
    }
    push_slice(inlines, at, At { inline: inlines.len(), byte: 0 }, &mut out);
    out
}

/// The inlines between two places.
fn slice(inlines: &[Inline], from: At, to: At) -> Vec<Inline> {
    let mut out = Vec::new();
    push_slice(inlines, from, to, &mut out);
    out
}

fn push_slice(inlines: &[Inline], from: At, to: At, out: &mut Vec<Inline>) {
    for (index, inline) in inlines.iter().enumerate().take(to.inline + 1).skip(from.inline) {
        let InlineKind::Text(text) = &inline.kind else {
            if index < to.inline {
                out.push(inline.clone());
            }
            continue;
        };
        let start = if index == from.inline { from.byte } else { 0 };
        let end = if index == to.inline { to.byte } else { text.as_str().len() };
        if start < end {
            let span = text.span_of(start..end);
            out.push(Inline { span, kind: InlineKind::Text(text.slice(start..end)) });
        }
    }
}

/// Notes embeds that end up as text.
fn note_leftovers(text: &Text, findings: &mut Findings) {
    let value = text.as_str();
    for (at, _) in value.match_indices("![[").filter(|(at, _)| text.is_verbatim(*at) && text.is_verbatim(at + 1)) {
        findings.push(text.span_of(at..at + 3), embed_as_text());
    }
}

/// Notes uses of footnotes that the parser left as text.
pub(super) fn note_undefined_notes(text: &Text, findings: &mut Findings) {
    let value = text.as_str();
    for (at, _) in value.match_indices("[^").filter(|(at, _)| text.is_verbatim(*at)) {
        let name: &str = value[at + 2..].split(']').next().unwrap_or_default();
        let end = at + 2 + name.len();
        if !name.is_empty() && end < value.len() && !name.contains(char::is_whitespace) {
            findings.push(text.span_of(at..end + 1), undefined_note(name));
        }
    }
}

fn embed_as_text() -> Problem {
    Problem::warning("embed-as-text", "“![[” is shown as text: no embed ends here.")
        .hint("Close it with ]] in the same paragraph; in a table the bar is written \\|.")
}

fn undefined_note(name: &str) -> Problem {
    Problem::warning("undefined-footnote", format!("The footnote “{name}” is not defined in this file."))
        .hint(format!("Write [^{name}]: and its text in a line of its own."))
}

fn missing_separator() -> Problem {
    Problem::warning("citation-separator", "The second source in this citation is taken for text.")
        .hint("Put a semicolon between two sources: [@a; @b].")
}
