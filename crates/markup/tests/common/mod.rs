//! A resolver without a briefing, and what a piece of Typst prints.

#![allow(dead_code, reason = "each test file uses a part")]

use chancery_markup::{
    Citation, Directive, Document, EmbedCall, Levels, Picture, Reference, Resolver, Scope, Typst, View, Writer, write,
    write_blocks, write_inlines,
};
use typst_syntax::{SyntaxKind, SyntaxNode};

/// Shows each call as a call: `#embed("id", "short")`.
#[derive(Debug, Default)]
pub struct Calls {
    levels: Levels,
}

impl Calls {
    fn call(name: &str, args: &[Option<&str>], out: &mut Writer) {
        out.code(&format!("#{name}("));
        for (index, arg) in args.iter().enumerate() {
            if index > 0 {
                out.code(", ");
            }
            match arg {
                Some(arg) => out.literal(arg),
                None => out.code("none"),
            }
        }
        out.code(")");
    }
}

impl Resolver for Calls {
    fn embed_block(&mut self, call: &EmbedCall, _: &Scope<'_>, out: &mut Writer) {
        Self::call("embed-block", &[Some(&call.to_string())], out);
    }

    fn embed_inline(&mut self, call: &EmbedCall, _: &Scope<'_>, out: &mut Writer) {
        Self::call("embed", &[Some(&call.to_string())], out);
    }

    fn reference(&mut self, reference: &Reference, scope: &Scope<'_>, out: &mut Writer) {
        Self::call("reference", &[Some(&reference.target)], out);
        if let Some(text) = &reference.text {
            out.code("[");
            write_inlines(text, scope, self, out);
            out.code("]");
        }
    }

    fn citation(&mut self, citation: &Citation, scope: &Scope<'_>, out: &mut Writer) -> bool {
        if citation.items.iter().any(|item| item.key.starts_with("unknown")) {
            return false;
        }
        for item in &citation.items {
            let author = if item.suppress_author { "-" } else { "" };
            let form = format!("{:?}", citation.form);
            let place = if scope.in_footnote { "in a note" } else { "in text" };
            let key = format!("{author}@{}", item.key);
            Self::call("cite", &[Some(&item.prefix), Some(&key), Some(&item.locator), Some(&form), Some(place)], out);
        }
        true
    }

    fn view(&mut self, view: &View, scope: &Scope<'_>, out: &mut Writer) {
        out.code("#view(");
        out.literal(&view.name);
        out.code(", ");
        out.string(&view.body, scope.document.file);
        out.code(")");
    }

    fn directive(&mut self, directive: &Directive, scope: &Scope<'_>, out: &mut Writer) -> bool {
        let known = matches!(directive.name.as_str(), "notes" | "key-points");
        if known {
            Self::call("directive", &[Some(&directive.name)], out);
            out.code("[");
            write_blocks(&directive.blocks, scope, self, out);
            out.code("]");
        }
        known
    }

    fn picture_block(&mut self, picture: &Picture, _: &Scope<'_>, out: &mut Writer) {
        Self::call("picture-block", &[Some(&picture.target), Some(&picture.alt), picture.title.as_deref()], out);
    }

    fn picture_inline(&mut self, picture: &Picture, _: &Scope<'_>, out: &mut Writer) {
        Self::call("picture", &[Some(&picture.target), Some(&picture.alt)], out);
    }

    fn heading_level(&mut self, written: u8, _: &Scope<'_>) -> u8 {
        self.levels.next(written)
    }

    fn note_label(&mut self, note: usize, _: &Scope<'_>) -> Option<String> {
        Some(format!("note-{note}"))
    }
}

/// Writes a document with [`Calls`].
pub fn typst(document: &Document) -> Typst {
    write(document, &mut Calls::default())
}

/// The functions that written Markdown may call.
const CALLS: [&str; 26] = [
    "heading",
    "quote",
    "list",
    "enum",
    "raw",
    "strong",
    "emph",
    "strike",
    "link",
    "table",
    "table.header",
    "footnote",
    "label",
    "line",
    "kit.alert",
    "kit.task",
    "kit.note",
    "kit.note-again",
    "embed",
    "embed-block",
    "reference",
    "cite",
    "view",
    "directive",
    "picture",
    "picture-block",
];

/// Returns the text that Typst markup prints, blanks for what is no text.
///
/// Fails where the markup has a syntax error, or where it is more than text and calls of [`CALLS`] with literals and content.
pub fn printed(code: &str) -> Result<String, String> {
    let root = typst_syntax::parse(code);
    if let Some(error) = root.errors_and_warnings().0.first() {
        return Err(format!("{error:?} in {code:?}"));
    }
    let mut out = String::new();
    push_markup(&root, &mut out).map_err(|message| format!("{message} in {code:?}"))?;
    Ok(out)
}

fn push_markup(node: &SyntaxNode, out: &mut String) -> Result<(), String> {
    for child in node.children() {
        match child.kind() {
            SyntaxKind::Text => out.push_str(child.leaf_text()),
            SyntaxKind::Space | SyntaxKind::Parbreak | SyntaxKind::Linebreak => out.push(' '),
            SyntaxKind::Escape => out.push(escaped(child.leaf_text())?),
            SyntaxKind::Hash | SyntaxKind::Semicolon => {}
            SyntaxKind::FuncCall => push_call(child, out)?,
            SyntaxKind::ContentBlock => push_content(child, out)?,
            kind => return Err(format!("unexpected {kind:?}")),
        }
    }
    Ok(())
}

fn push_content(node: &SyntaxNode, out: &mut String) -> Result<(), String> {
    for child in node.children() {
        match child.kind() {
            SyntaxKind::Markup => push_markup(child, out)?,
            SyntaxKind::LeftBracket | SyntaxKind::RightBracket => {}
            kind => return Err(format!("unexpected {kind:?}")),
        }
    }
    Ok(())
}

fn push_call(node: &SyntaxNode, out: &mut String) -> Result<(), String> {
    let mut children = node.children();
    let callee = children.next().ok_or("a call of nothing")?.clone().full_text();
    if !CALLS.contains(&callee.as_str()) {
        return Err(format!("unexpected call of {callee}"));
    }
    for args in children {
        push_args(callee.as_str(), args, out)?;
    }
    Ok(())
}

fn push_args(callee: &str, node: &SyntaxNode, out: &mut String) -> Result<(), String> {
    for child in node.children() {
        match child.kind() {
            SyntaxKind::ContentBlock => {
                out.push(' ');
                push_content(child, out)?;
                out.push(' ');
            }
            SyntaxKind::Str if matches!(callee, "raw" | "view") => out.push_str(&string(child.leaf_text())),
            SyntaxKind::FuncCall => push_call(child, out)?,
            SyntaxKind::Named | SyntaxKind::Array => only_values(child)?,
            kind if is_value(kind) => {}
            kind => return Err(format!("unexpected {kind:?} in {callee}()")),
        }
    }
    Ok(())
}

fn only_values(node: &SyntaxNode) -> Result<(), String> {
    for child in node.children() {
        match child.kind() {
            SyntaxKind::Array => only_values(child)?,
            SyntaxKind::Colon => {}
            kind if is_value(kind) => {}
            kind => return Err(format!("unexpected {kind:?} among values")),
        }
    }
    Ok(())
}

fn is_value(kind: SyntaxKind) -> bool {
    use SyntaxKind::*;
    matches!(kind, LeftParen | RightParen | Comma | Space | Str | Int | Bool | None | Auto | Ident | Numeric)
}

fn escaped(text: &str) -> Result<char, String> {
    match text.strip_prefix("\\u{").and_then(|hex| hex.strip_suffix('}')) {
        Some(hex) => u32::from_str_radix(hex, 16).ok().and_then(char::from_u32),
        None => text.chars().nth(1),
    }
    .ok_or_else(|| format!("no escape: {text}"))
}

fn string(literal: &str) -> String {
    typst_syntax::parse_code(literal)
        .children()
        .find_map(|child| child.cast::<typst_syntax::ast::Str>())
        .map(|text| text.get().to_string())
        .unwrap_or_default()
}

/// Returns a text with runs of white space as one blank, none at its ends.
pub fn collapsed(text: &str) -> String {
    text.split(|c: char| c.is_ascii_whitespace()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
