//! Pandoc's citations: `[see @a, pp. 3–4; -@b]`, `@key`, `@key [p. 4]`, `@{any key}`.

use super::brackets::At;
use crate::inline::CiteItem;
use crate::origin::Text;
use std::ops::Range;

/// The key of a source in a text.
#[derive(Debug, Clone)]
pub(super) struct Key {
    /// The `@`.
    at: At,
    /// The place behind the key.
    pub(super) behind: At,
    name: String,
    /// The name's bytes in the file.
    span: Range<usize>,
    /// Whether a `-` before the `@` leaves the author out.
    suppress_author: bool,
}

impl Key {
    /// The `@`, or the `-` before it.
    pub(super) fn from(&self) -> At {
        At { byte: self.at.byte - usize::from(self.suppress_author), ..self.at }
    }
}

/// One source of a citation: where it starts and ends, and its key.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) start: At,
    pub(super) end: At,
    pub(super) key: Key,
}

/// Reads the key behind the `@` at `at`.
pub(super) fn key(text: &Text, at: At) -> Option<Key> {
    let value = text.as_str();
    let (before, behind) = (&value[..at.byte], &value[at.byte + 1..]);
    let suppress_author = before.ends_with('-') && text.is_verbatim(at.byte - 1);
    let before = if suppress_author { &before[..before.len() - 1] } else { before };
    if before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '/' | '.' | '+' | '-' | '@' | '\\')) {
        return None;
    }
    let (name, braces) = match behind.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        Some((name, _)) => (name, 1),
        None => (&behind[..key_len(behind)], 0),
    };
    if name.is_empty() || !(0..=name.len() + 2 * braces).all(|offset| text.is_verbatim(at.byte + offset)) {
        return None;
    }
    let start = at.byte + 1 + braces;
    let span = text.span_of(start..start + name.len());
    Some(Key { at, behind: at.plus(1 + name.len() + 2 * braces), name: name.to_owned(), span, suppress_author })
}

/// Length of the key at the start of `text`: letters, digits and `_`, with single signs of punctuation between them.
fn key_len(text: &str) -> usize {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut len = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let goes_on = chars.peek().is_some_and(|(_, next)| is_word(*next));
        if is_word(c) || (len > 0 && goes_on && ":.#$%&-+?<>~/".contains(c)) {
            len = at + c.len_utf8();
        } else {
            break;
        }
    }
    len
}

/// Shares what stands between two brackets out among the keys: at the last semicolon before each. A key without a
/// semicolon before it is part of the text behind the one before, and `strange` is told.
pub(super) fn groups(
    keys: &[Key],
    separators: &[At],
    start: At,
    end: At,
    mut strange: impl FnMut(Range<At>),
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut separators = separators.iter().copied().peekable();
    for key in keys {
        let mut separator = None;
        while let Some(at) = separators.next_if(|at| *at < key.at) {
            separator = Some(at);
        }
        match (groups.last_mut(), separator) {
            (None, _) => groups.push(Group { start, end, key: key.clone() }),
            (Some(last), Some(at)) => {
                last.end = at;
                groups.push(Group { start: at.plus(1), end, key: key.clone() });
            }
            (Some(_), None) => strange(key.from()..key.behind),
        }
    }
    groups
}

/// Returns the item of a key, the text before it and the text behind it.
pub(super) fn item(key: &Key, before: &str, behind: &str, span: Range<usize>) -> CiteItem {
    let behind = behind.trim_start();
    CiteItem {
        prefix: before.trim().to_owned(),
        locator: behind.strip_prefix(',').unwrap_or(behind).trim().to_owned(),
        ..bare(key, span)
    }
}

/// Returns the item of a key that stands by itself.
pub(super) fn bare(key: &Key, span: Range<usize>) -> CiteItem {
    CiteItem {
        prefix: String::new(),
        key: key.name.clone(),
        key_span: key.span.clone(),
        locator: String::new(),
        suppress_author: key.suppress_author,
        span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_ends_before_the_punctuation_of_its_sentence() {
        let cases = [("ballbach-2025, p", 13), ("a.b. Then", 3), ("Müller_2020:x]", 14), (".x", 0), ("김2024;", 7)];
        for (text, len) in cases {
            assert_eq!(key_len(text), len, "{text}");
        }
    }
}
