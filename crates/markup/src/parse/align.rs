//! Which bytes of the Markdown each character of a parsed text was written with.

use crate::origin::Run;

/// How a text was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    /// With backslash escapes and entities.
    Escaped,
    /// As it is, but for `\|` in a table and for line ends.
    Verbatim,
}

/// Aligns `text` with the start of `source`; returns the runs, their bytes counted in `source`, or none where it does not fit.
pub(super) fn align(text: &str, source: &str, writing: Writing) -> Option<Vec<Run>> {
    if source.starts_with(text) && (writing == Writing::Verbatim || is_plain(text)) {
        return Some(vec![Run { text: 0..text.len(), file: 0..text.len() }]);
    }
    let mut aligned = Aligned { runs: Vec::new(), text: 0, file: 0 };
    while aligned.text < text.len() {
        let (rest, written) = (&text[aligned.text..], &source[aligned.file..]);
        let (printed, bytes) = match writing {
            Writing::Escaped => escaped(rest, written)?,
            Writing::Verbatim => verbatim(rest, written)?,
        };
        aligned.push(printed, bytes);
    }
    Some(aligned.runs)
}

/// Whether a text that equals its source can only stand for itself.
fn is_plain(text: &str) -> bool {
    !text.contains(['\\', '&'])
}

struct Aligned {
    runs: Vec<Run>,
    text: usize,
    file: usize,
}

impl Aligned {
    fn push(&mut self, printed: usize, written: usize) {
        let run = Run { text: self.text..self.text + printed, file: self.file..self.file + written };
        (self.text, self.file) = (run.text.end, run.file.end);
        match self.runs.last_mut() {
            Some(last) if printed == written && last.text.len() == last.file.len() => {
                last.text.end = run.text.end;
                last.file.end = run.file.end;
            }
            _ => self.runs.push(run),
        }
    }
}

/// Lengths of the next piece of text and of how it was written, with escapes and entities.
fn escaped(text: &str, source: &str) -> Option<(usize, usize)> {
    let (c, s) = (text.chars().next()?, source.chars().next()?);
    if s == '\\' && source[1..].starts_with(c) && c.is_ascii_punctuation() {
        return Some((1, 2));
    }
    if s == '&' && (c != '&' || is_ampersand(source)) {
        return Some((entity_text(text, source), source.find(';')? + 1));
    }
    (c == s).then_some((c.len_utf8(), c.len_utf8()))
}

/// Lengths of the next piece of code or HTML and of how it was written.
fn verbatim(text: &str, source: &str) -> Option<(usize, usize)> {
    let (c, s) = (text.chars().next()?, source.chars().next()?);
    if (c == ' ' || c == '\n') && (s == '\n' || s == '\r') {
        return Some((1, line_end(source, &text[1..])));
    }
    if c == '|' && source.starts_with("\\|") {
        return Some((1, 2));
    }
    (c == s).then_some((c.len_utf8(), c.len_utf8()))
}

/// Length of a line end and of what a list or quotation puts before the next line, which goes on with `next`.
fn line_end(source: &str, next: &str) -> usize {
    let end = if source.starts_with("\r\n") { 2 } else { 1 };
    let blanks = |text: &str| text.len() - text.trim_start_matches([' ', '\t', '>']).len();
    let (before, own) = (&source[end..end + blanks(&source[end..])], &next[..blanks(next)]);
    end + before.strip_suffix(own).unwrap_or(before).len()
}

/// Whether an entity stands for `&` itself.
fn is_ampersand(source: &str) -> bool {
    ["&amp;", "&AMP;", "&#38;", "&#x26;", "&#X26;"].iter().any(|entity| source.starts_with(entity))
        || source.strip_prefix("&#").is_some_and(|number| number.starts_with('0') && number.contains(';'))
}

/// Length of the text that the entity at the start of `source` stands for, which `text` starts with: one character, or two
/// where the second is one of those that HTML's two-character entities end in.
fn entity_text(text: &str, source: &str) -> usize {
    let mut chars = text.chars();
    let first = chars.next().map_or(0, char::len_utf8);
    let named = !source.starts_with("&#");
    let second = chars.next().filter(|c| {
        matches!(c, '\u{338}' | '\u{20d2}' | '\u{20e5}' | '\u{fe00}' | '\u{333}' | '\u{331}' | '\u{200a}')
            || (*c == 'j' && source.starts_with("&fjlig;"))
    });
    first + second.filter(|_| named).map_or(0, char::len_utf8)
}
