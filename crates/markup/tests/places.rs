//! From the Typst to the Markdown and back.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use chancery_markup::{BlockKind, FileRef, Options, Typst, parse};

const FILE: FileRef = FileRef(7);

fn typst(markdown: &str, base: usize) -> Typst {
    common::typst(&parse(markdown, base, &Options { file: FILE }))
}

/// What the Markdown has where `word` stands in the Typst.
fn written<'m>(markdown: &'m str, word: &str) -> &'m str {
    let typst = typst(markdown, 0);
    let at = typst.code.find(word).unwrap_or_else(|| panic!("no {word} in {}", typst.code));
    let origin = typst.map.origin(at..at + word.len()).unwrap();
    assert_eq!(origin.file, FILE);
    &markdown[origin.span]
}

#[test]
fn text_leads_to_its_own_bytes() {
    let markdown =
        "# One *two*\n\n> - thr\\*ee &amp; four `fi ve`\n>   six\n\n| a | b \\| seven |\n|---|---|\n| 한국 | eight |\n";
    for word in ["One", "two", "four", "fi ve", "six", "seven", "eight", "한국"] {
        assert_eq!(written(markdown, word), word);
    }
    assert_eq!(written(markdown, "thr\\*ee & four"), "thr\\*ee &amp; four");
    assert_eq!(written(markdown, "&"), "&amp;");
}

#[test]
fn generated_code_leads_to_its_block_or_inline() {
    let markdown = "a *b* c\n\n```rust\nlet x;\n  let y;\n```\n\n> ```\n> let z;\n> ```\n";
    assert_eq!(written(markdown, "#emph["), "*b*");
    assert_eq!(written(markdown, "lang: \"rust\""), "```rust\nlet x;\n  let y;\n```");
    assert_eq!(written(markdown, "let y;"), "let y;");
    assert_eq!(written(markdown, "let z;"), "let z;");
}

#[test]
fn bytes_lead_to_where_they_are_printed() {
    let markdown = "x *two* [tie](https://example.org)";
    let typst = typst(markdown, 100);
    for word in ["two", "tie", "x"] {
        let at = 100 + markdown.find(word).unwrap();
        assert_eq!(typst.map.places(FILE, at), [typst.code.find(word).unwrap()], "{word}");
    }
    // The address is not printed: its place is the link's.
    let address = 100 + markdown.find("https").unwrap();
    assert_eq!(typst.map.places(FILE, address), [typst.code.find("#link").unwrap()]);
    assert!(typst.map.places(FileRef(8), 100).is_empty());
    assert!(typst.map.places(FILE, 99).is_empty());
}

#[test]
fn line_ends_and_a_byte_order_mark_shift_nothing() {
    let markdown = "\u{feff}one\r\ntwo\rthree\0 four\r\n\r\n~~~\r\ncode\r\nmore\r\n~~~\r\n";
    for word in ["one", "two", "three", "four", "code", "more"] {
        assert_eq!(written(markdown, word), word);
    }
}

#[test]
fn an_embed_behind_link_definitions_keeps_its_place() {
    let text = "-\n[ref]: /url\na 0𐀀![[id#f|short]]";
    let document = chancery_markup::parse(text, 0, &chancery_markup::Options::default());
    let mut found = None;
    for block in &document.blocks {
        if let chancery_markup::BlockKind::Paragraph(inlines) = &block.kind {
            found = inlines.iter().find_map(|inline| match &inline.kind {
                chancery_markup::InlineKind::Embed(call) => Some(text[call.span.clone()].to_owned()),
                _ => None,
            });
        }
    }
    assert_eq!(found.as_deref(), Some("![[id#f|short]]"));
}

#[test]
fn a_line_may_start_with_a_citation_and_its_places_are_those_of_the_line() {
    for (line, wanted) in [("[@smith, p. 4] says", 0..14), ("from [@smith]", 5..13), ("*a* [@smith]", 4..12)] {
        let document = chancery_markup::parse_inline(line, 0, &Options::default());
        let BlockKind::Paragraph(inlines) = &document.blocks[0].kind else { panic!("a line is a paragraph") };
        let cited = inlines.iter().find(|inline| matches!(inline.kind, chancery_markup::InlineKind::Citation(_)));
        assert_eq!(cited.map(|inline| inline.span.clone()), Some(wanted), "{line}");
    }
}
