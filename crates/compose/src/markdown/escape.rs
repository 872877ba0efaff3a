//! Text in Markdown that stays text.

/// Returns text as Markdown that prints it, within a line.
pub(super) fn text(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        let next = chars.get(at + 1);
        if is_special(*c, before, next) {
            out.push('\\');
        }
        out.push(if *c == '\n' || *c == '\r' { ' ' } else { *c });
    }
    out
}

fn is_special(c: char, before: Option<&char>, next: Option<&char>) -> bool {
    let in_word = before.is_some_and(|c| c.is_alphanumeric()) && next.is_some_and(|c| c.is_alphanumeric());
    match c {
        '\\' | '`' | '*' | '[' | ']' | '<' => true,
        '_' => !in_word,
        '~' => next == Some(&'~') || before == Some(&'~'),
        '&' => next.is_some_and(|c| c.is_alphanumeric() || *c == '#'),
        _ => false,
    }
}

/// Returns a paragraph whose lines start no other block.
pub(super) fn paragraph(text: &str) -> String {
    text.lines().map(line_start).collect::<Vec<_>>().join("\n")
}

fn line_start(line: &str) -> String {
    let line = line.trim_start_matches(['\t', ' ']);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=9).contains(&digits) && line[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    let starts_block = line.starts_with(['#', '>', '=', '|'])
        || line.starts_with(":::")
        || line.starts_with("---")
        || line.starts_with("- ")
        || line.starts_with("+ ")
        || line == "-"
        || line == "+";
    if starts_block { format!("\\{line}") } else { line.to_owned() }
}

/// Returns content for a cell of a table: one line, its bars escaped.
pub(super) fn cell(content: &str) -> String {
    let line = content.split("\n\n").map(|part| part.replace('\n', " ")).collect::<Vec<_>>().join("<br>");
    let mut out = String::with_capacity(line.len());
    let mut escaped = false;
    for c in line.trim().chars() {
        if c == '|' && !escaped {
            out.push('\\');
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    out
}

/// Returns code as a code span.
pub(super) fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{}{pad}{fence}", text.replace('\n', " "))
}

/// Returns code as a fenced block.
pub(super) fn fenced(lang: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{lang}\n{}\n{fence}", text.trim_end_matches('\n'))
}

/// Returns an address for the parentheses of a link or picture.
pub(super) fn address(url: &str) -> String {
    if url.is_empty() || url.contains([' ', '(', ')', '<', '>']) {
        let inner: String = url.chars().filter(|c| !matches!(c, '\n' | '\r')).collect();
        return format!("<{}>", inner.replace('<', "\\<").replace('>', "\\>"));
    }
    url.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(text("a *b* [c] snake_case _d_ R&D"), "a \\*b\\* \\[c\\] snake_case \\_d\\_ R\\&D");
        assert_eq!(paragraph("1. a\n# b\n- c"), "1\\. a\n\\# b\n\\- c");
        assert_eq!(cell("a | b\nc\n\nd \\| e"), "a \\| b c<br>d \\| e");
        assert_eq!(code("a `b`"), "`` a `b` ``");
    }
}
