//! `[[id]]`, `![[id]]` and what may follow the id.

use crate::inline::{EmbedCall, Field, Inline, InlineKind, Picture, Reference};
use crate::origin::Text;
use std::ops::Range;

/// Endings of files that are pictures.
const PICTURES: [&str; 9] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "bmp", "avif", "pdf"];

/// Reads `raw`, which stands at `span` of the file: `[[…]]` or `![[…]]`.
pub(super) fn parse(raw: &str, span: Range<usize>) -> Option<Inline> {
    let embed = raw.starts_with('!');
    let opening = if embed { 3 } else { 2 };
    let inner = raw.strip_suffix("]]")?.get(opening..)?;
    let bar = bar(inner);
    let target = &inner[..bar.as_ref().map_or(inner.len(), |bar| bar.start)];
    let label = bar.map(|bar| &inner[bar.end..]);
    let id = target.trim();
    if id.is_empty() {
        return None;
    }
    let id_start = span.start + opening + (target.len() - target.trim_start().len());
    let kind = if !embed {
        let text = label.filter(|label| !label.trim().is_empty());
        let text_start = span.start + opening + inner.len() - label.map_or(0, str::len);
        InlineKind::Reference(Reference {
            target: unescaped(id),
            target_span: id_start..id_start + id.len(),
            text: text.map(|text| label_text(text, text_start)),
            span: span.clone(),
        })
    } else if is_picture(id) {
        InlineKind::Picture(picture(id, label, span.clone()))
    } else {
        InlineKind::Embed(embed_call(id, id_start, label, span.clone()))
    };
    Some(Inline { span, kind })
}

/// The bar between the target and what follows, with the backslash that a table puts before it.
fn bar(inner: &str) -> Option<Range<usize>> {
    let at = inner.find('|')?;
    Some(if inner[..at].ends_with('\\') { at - 1..at + 1 } else { at..at + 1 })
}

fn is_picture(target: &str) -> bool {
    let name = target.split('#').next().unwrap_or(target);
    name.rsplit_once('.')
        .is_some_and(|(_, ending)| PICTURES.iter().any(|known| ending.trim().eq_ignore_ascii_case(known)))
}

/// What follows a picture's name: what it shows, its width, or both, `![[map.svg|The border|300]]`.
fn picture(target: &str, label: Option<&str>, span: Range<usize>) -> Picture {
    let label = label.map(|label| label.trim().trim_matches('|').trim_end_matches('\\')).unwrap_or_default();
    let (alt, last) = label.rsplit_once('|').unwrap_or((label, label));
    let (alt, width) = match width(last) {
        Some(width) if label.contains('|') => (alt.trim_end().trim_end_matches('\\'), Some(width)),
        Some(width) => ("", Some(width)),
        None => (label, None),
    };
    Picture { target: unescaped(target), alt: unescaped(alt.trim()), title: None, width, span }
}

/// A width, or width and height, in CSS pixels: `300`, `300x200`.
fn width(text: &str) -> Option<u32> {
    let (width, height) = text.trim().split_once('x').map_or((text.trim(), None), |(w, h)| (w, Some(h)));
    height.is_none_or(|height| height.parse::<u32>().is_ok()).then(|| width.parse().ok()).flatten()
}

fn embed_call(id: &str, start: usize, label: Option<&str>, span: Range<usize>) -> EmbedCall {
    let (target, field) = match id.split_once('#') {
        Some((target, field)) => (target.trim_end(), Some(field.trim())),
        None => (id, None),
    };
    let field = field.map(|field| match field.strip_suffix("+unit") {
        Some(name) => Field { name: unescaped(name.trim_end()), with_unit: true },
        None => Field { name: unescaped(field), with_unit: false },
    });
    EmbedCall {
        target: unescaped(target),
        target_span: start..start + target.len(),
        field,
        variant: label.map(|label| unescaped(label.trim())).filter(|label| !label.is_empty()),
        span,
    }
}

/// What a reference prints: the characters as they stand, escapes resolved.
fn label_text(label: &str, start: usize) -> Vec<Inline> {
    let trimmed = label.trim();
    let start = start + label.len() - label.trim_start().len();
    let span = start..start + trimmed.len();
    vec![Inline { kind: InlineKind::Text(Text::whole(unescaped(trimmed), span.clone())), span }]
}

/// Resolves backslash escapes, and makes a line end with what follows it in a list or quotation one blank.
fn unescaped(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek().is_some_and(char::is_ascii_punctuation) => out.extend(chars.next()),
            '\n' | '\r' => {
                while chars.next_if(|c| matches!(c, '\n' | '\r' | ' ' | '\t' | '>')).is_some() {}
                out.push(' ');
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn embed(raw: &str) -> EmbedCall {
        match parse(raw, 10..10 + raw.len()).map(|inline| inline.kind) {
            Some(InlineKind::Embed(call)) => call,
            other => panic!("{raw} is {other:?}"),
        }
    }

    #[test]
    fn an_embed_names_a_snippet_a_field_and_a_variant() {
        let call = embed("![[itpp-areas#value+unit]]");
        assert_eq!((call.target.as_str(), call.target_span.clone()), ("itpp-areas", 13..23));
        assert_eq!(call.field, Some(Field { name: "value".into(), with_unit: true }));
        assert_eq!(embed("![[a|short]]").variant.as_deref(), Some("short"));
        assert_eq!(embed("![[ a \\|short]]").variant.as_deref(), Some("short"));
        assert_eq!(embed("![[a]]").to_string(), "![[a]]");
    }

    #[test]
    fn a_target_that_ends_as_a_picture_is_one() {
        let Some(Inline { kind: InlineKind::Picture(picture), .. }) = parse("![[images/map.PNG|300]]", 0..23) else {
            panic!("no picture");
        };
        assert_eq!((picture.target.as_str(), picture.width), ("images/map.PNG", Some(300)));
        let said = |raw: &str| match parse(raw, 0..raw.len()).map(|inline| inline.kind) {
            Some(InlineKind::Picture(picture)) => (picture.alt, picture.width),
            other => panic!("{raw} is {other:?}"),
        };
        assert_eq!(said("![[x.svg|Alt|120]]"), ("Alt".to_owned(), Some(120)));
        assert_eq!(said("![[x.svg \\| Alt \\| 120x80 ]]"), ("Alt".to_owned(), Some(120)));
        assert_eq!(said("![[x.svg|Talks in 2023 | at sea]]"), ("Talks in 2023 | at sea".to_owned(), None));
        assert_eq!(said("![[x.svg|120]]"), (String::new(), Some(120)));
        assert_eq!(said("![[x.svg|Alt|]]"), ("Alt".to_owned(), None));
        assert_eq!(said("![[x.svg|4x4 vehicles]]"), ("4x4 vehicles".to_owned(), None));
    }

    #[test]
    fn a_reference_has_a_text_of_its_own_or_none() {
        let Some(Inline { kind: InlineKind::Reference(reference), .. }) = parse("[[nato|the \\*Alliance]]", 0..23)
        else {
            panic!("no reference");
        };
        assert_eq!(reference.target, "nato");
        assert_eq!(reference.text.map(|text| crate::plain_text(&text)).as_deref(), Some("the *Alliance"));
        assert_eq!(parse("[[ ]]", 0..5), None);
    }
}
