//! Where a file's front matter stands.

use std::ops::Range;

/// Where front matter and body stand in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// The bytes of the YAML, without the lines that fence it.
    pub yaml: Range<usize>,
    /// Where the body starts.
    pub body_start: usize,
}

/// Returns where front matter and body stand; none where a text has no front matter or never closes it.
///
/// Both fences may have blanks behind them, lines may end with CRLF, and a byte order mark may stand first.
pub fn split_front_matter(text: &str) -> Option<FrontMatter> {
    let start = opening(text)?;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some(FrontMatter { yaml: start..at, body_start: at + line.len() });
        }
        at += line.len();
    }
    None
}

/// Returns whether a text opens front matter and never closes it.
///
/// A line of dashes may be a thematic break, so the next line must look like a field.
pub(crate) fn is_unclosed(text: &str) -> bool {
    let Some(start) = opening(text) else { return false };
    let next = text[start..].lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let name = next.split(':').next().unwrap_or_default();
    let named = next.contains(':') && !name.is_empty() && !name.contains(char::is_whitespace);
    named && split_front_matter(text).is_none()
}

/// Where the line behind the opening fence starts.
fn opening(text: &str) -> Option<usize> {
    let bom = text.len() - text.trim_start_matches('\u{feff}').len();
    let line = text[bom..].split_inclusive('\n').next()?;
    (line.trim_end() == "---" && line.ends_with('\n')).then_some(bom + line.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yaml(text: &str) -> Option<(&str, &str)> {
        split_front_matter(text).map(|front| (&text[front.yaml], &text[front.body_start..]))
    }

    #[test]
    fn fences_may_have_blanks_a_byte_order_mark_and_crlf() {
        assert_eq!(yaml("---\na: 1\n---\nbody"), Some(("a: 1\n", "body")));
        assert_eq!(yaml("\u{feff}--- \r\na: 1\r\n--- \r\nbody\r\n"), Some(("a: 1\r\n", "body\r\n")));
        assert_eq!(yaml("---\n---"), Some(("", "")));
    }

    #[test]
    fn a_thematic_break_is_no_front_matter() {
        assert_eq!(yaml("---\n\nSome text."), None);
        assert!(!is_unclosed("---\n\nSome text."));
        assert!(is_unclosed("---\ntitle: NATO\n\nSome text."));
        assert_eq!(yaml("# Title\n---\na\n---\n"), None);
        assert_eq!(yaml("----\na: 1\n----\n"), None);
    }
}
