//! How text is written in Typst so that it stays text.
//!
//! Running text becomes markup whose special characters are escaped, not string literals: Typst then breaks, shapes and
//! spaces it as it does any text, and a click on a page finds the character. Straight quotes are escaped too: they are
//! printed as they were written. What must be a value (an address, code, an id) becomes a string literal.
//!
//! Characters that no page can show are replaced: separators of lines and paragraphs by a blank, control characters and
//! noncharacters by U+FFFD, as CommonMark does with U+0000. Controls of writing direction stay, as escapes, so that an
//! exported file reads in the order in which it stands.

use std::fmt::Write;

/// Returns the Typst string literal of `text`, quotes included.
pub fn string_literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        push_in_string(c, &mut out);
    }
    out.push('"');
    out
}

/// Returns `text` as Typst markup that prints it.
pub fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut before = Before::default();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        push_in_markup(c, chars.peek().copied(), &mut before, &mut out);
    }
    out
}

/// Returns the character that is printed for `c`.
pub fn printed(c: char) -> char {
    match c {
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        '\t' | '\n' => c,
        '\r' => '\n',
        _ if c.is_control() || is_noncharacter(c) => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

/// Whether `c` is a control or noncharacter that is printed as U+FFFD.
pub fn is_unprintable(c: char) -> bool {
    printed(c) != c && printed(c) == char::REPLACEMENT_CHARACTER
}

/// Whether `c` overrides the writing direction, so that text reads otherwise than it stands.
pub fn is_override(c: char) -> bool {
    matches!(c, '\u{202d}' | '\u{202e}')
}

fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || (u32::from(c) & 0xfffe) == 0xfffe
}

/// Controls that would make the Typst source read otherwise than it stands.
fn is_invisible_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// What stands before a character in the same run of markup.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Before {
    last: Option<char>,
    /// Whether something other than digits and blanks has been written since the run's start.
    beyond_number: bool,
}

impl Before {
    /// What stands before a run that goes on with text ending in `last`.
    pub(crate) fn after(last: Option<char>) -> Self {
        Self { last, beyond_number: false }
    }
}

/// Appends `c`, which is followed by `next`, to a run of markup.
pub(crate) fn push_in_markup(c: char, next: Option<char>, before: &mut Before, out: &mut String) {
    let c = match printed(c) {
        '\n' => ' ',
        c => c,
    };
    if is_invisible_control(c) {
        push_unicode(c, out);
    } else {
        if needs_escape(c, next, *before) {
            out.push('\\');
        }
        out.push(c);
    }
    before.beyond_number |= !(c.is_ascii_digit() || c == ' ' || c == '\t');
    before.last = Some(c);
}

/// Whether Typst would read `c` as more than itself. Unsure is yes.
fn needs_escape(c: char, next: Option<char>, before: Before) -> bool {
    let in_word = before.last.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
    match c {
        '\\' | '#' | '$' | '*' | '_' | '`' | '<' | '@' | '[' | ']' | '~' | '\'' | '"' => true,
        '-' | '/' | '+' | '=' => !in_word,
        '.' => before.last == Some('.') || next == Some('.') || (before.last.is_some() && !before.beyond_number),
        _ => false,
    }
}

/// Appends `c` to a string literal.
pub(crate) fn push_in_string(c: char, out: &mut String) {
    match printed(c) {
        '\\' => out.push_str("\\\\"),
        '"' => out.push_str("\\\""),
        '\n' => out.push_str("\\n"),
        '\t' => out.push_str("\\t"),
        c if is_invisible_control(c) => push_unicode(c, out),
        c => out.push(c),
    }
}

fn push_unicode(c: char, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_typst_would_read_is_escaped() {
        assert_eq!(markup("cyber-defence and/or 2011-2015, e.g. here."), "cyber-defence and/or 2011-2015, e.g. here.");
        assert_eq!(markup("1. #let x = $y$"), "1\\. \\#let x \\= \\$y\\$");
        assert_eq!(markup("- a -- b ... c"), "\\- a \\-\\- b \\.\\.\\. c");
        assert_eq!(markup("http://a.b <l> @r"), "http:\\/\\/a.b \\<l> \\@r");
    }

    #[test]
    fn strings_are_quoted_and_controls_replaced() {
        assert_eq!(string_literal("a\"b\\c\n\u{1}\u{202e}"), "\"a\\\"b\\\\c\\n\u{fffd}\\u{202e}\"");
    }
}
