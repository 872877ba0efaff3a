//! Which packages a Typst file imports.

use crate::library::PackageName;
use std::collections::BTreeSet;

/// Returns the packages that string literals of a Typst source name: `"@preview/cetz:0.4.2"`.
///
/// Comments and raw text do not count. A string that spells a package without importing it does; this
/// costs a look-up, never a failure.
pub(crate) fn packages(source: &str) -> BTreeSet<PackageName> {
    let mut found = BTreeSet::new();
    let mut rest = source;
    while let Some(at) = rest.find(['"', '/', '`']) {
        let tail = &rest[at..];
        rest = if let Some(literal) = tail.strip_prefix('"') {
            let end = string_end(literal);
            found.extend(PackageName::parse(&literal[..end]));
            literal.get(end + 1..).unwrap_or_default()
        } else if tail.starts_with("//") && !rest[..at].ends_with(':') {
            tail.find('\n').map_or("", |end| &tail[end..])
        } else if tail.starts_with("/*") {
            tail.find("*/").map_or("", |end| &tail[end + 2..])
        } else if tail.starts_with('`') {
            after_raw(tail)
        } else {
            &tail[1..]
        };
    }
    found
}

/// The length of a string literal's content: up to the quote that is not escaped.
fn string_end(content: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in content.bytes().enumerate() {
        match byte {
            b'"' if !escaped => return at,
            b'\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    content.len()
}

fn after_raw(tail: &str) -> &str {
    let ticks = tail.bytes().take_while(|byte| *byte == b'`').count();
    if ticks == 2 {
        return &tail[2..];
    }
    let fence = &tail[..ticks];
    tail[ticks..].find(fence).map_or("", |end| &tail[2 * ticks + end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_found_and_comments_are_not() {
        let source = concat!(
            "#import \"@preview/cetz:0.4.2\": canvas // \"@preview/old:1.0.0\"\n",
            "/* \"@local/none:1.0.0\" */ `\"@local/raw:1.0.0\"` https://example.org \n",
            "#let s = \"a \\\" b\"\n#import \"@chancery/kit:1.0.0\"\n#import \"other.typ\"",
        );
        let names: Vec<String> = packages(source).iter().map(ToString::to_string).collect();
        assert_eq!(names, ["@chancery/kit:1.0.0", "@preview/cetz:0.4.2"]);
    }
}
