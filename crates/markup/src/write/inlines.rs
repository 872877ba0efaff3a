//! Inlines as Typst.

use super::blocks::write_blocks;
use crate::block::Block;
use crate::inline::{Citation, FootnoteUse, Inline, InlineKind, NotePrint};
use crate::origin::Origin;
use crate::resolver::{Resolver, Scope};
use crate::writer::Writer;

/// Appends inlines to markup.
pub fn write_inlines(inlines: &[Inline], scope: &Scope<'_>, resolver: &mut dyn Resolver, out: &mut Writer) {
    for inline in inlines {
        let origin = Origin::new(scope.document.file, inline.span.clone());
        match &inline.kind {
            InlineKind::Text(text) if !text.runs().is_empty() => out.text(text, origin.file),
            InlineKind::SoftBreak => out.code("\n"),
            InlineKind::HardBreak => out.code("\\\n"),
            _ => out.within(&origin, |out| write_inline(inline, scope, resolver, out)),
        }
    }
}

/// Appends inlines as a content block.
pub(super) fn content(inlines: &[Inline], scope: &Scope<'_>, resolver: &mut dyn Resolver, out: &mut Writer) {
    out.code("[");
    write_inlines(inlines, scope, resolver, out);
    out.code("]");
}

fn write_inline(inline: &Inline, scope: &Scope<'_>, resolver: &mut dyn Resolver, out: &mut Writer) {
    match &inline.kind {
        InlineKind::Text(text) => out.text(text, scope.document.file),
        InlineKind::SoftBreak | InlineKind::HardBreak => {}
        InlineKind::Code(text) | InlineKind::Html(text) => {
            out.code("#raw(");
            out.string(text, scope.document.file);
            out.code(")");
        }
        InlineKind::Emph(inlines) => styled("#emph", inlines, scope, resolver, out),
        InlineKind::Strong(inlines) => styled("#strong", inlines, scope, resolver, out),
        InlineKind::Strike(inlines) => styled("#strike", inlines, scope, resolver, out),
        InlineKind::Link(link) => {
            out.code("#link(");
            out.literal(&encoded(&link.url));
            out.code(")");
            content(&link.content, &Scope { in_link: true, ..*scope }, resolver, out);
        }
        InlineKind::Picture(picture) => resolver.picture_inline(picture, scope, out),
        InlineKind::Footnote(usage) => write_footnote(*usage, scope, resolver, out),
        InlineKind::Embed(call) => resolver.embed_inline(call, scope, out),
        InlineKind::Reference(reference) => resolver.reference(reference, scope, out),
        InlineKind::Citation(citation) => write_citation(citation, scope, resolver, out),
    }
}

/// An address with what a URI cannot hold percent-encoded; what is encoded already stays.
fn encoded(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}[]".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn styled(call: &str, inlines: &[Inline], scope: &Scope<'_>, resolver: &mut dyn Resolver, out: &mut Writer) {
    out.code(call);
    content(inlines, scope, resolver, out);
}

fn write_citation(citation: &Citation, scope: &Scope<'_>, resolver: &mut dyn Resolver, out: &mut Writer) {
    if !resolver.citation(citation, scope, out) {
        write_inlines(&citation.literal, scope, resolver, out);
    }
}

fn write_footnote(usage: FootnoteUse, scope: &Scope<'_>, resolver: &mut dyn Resolver, out: &mut Writer) {
    let Some(note) = scope.document.footnotes.get(usage.note) else { return };
    let repeated = scope.repeated || usage.print == NotePrint::Alone;
    let label = match usage.print {
        NotePrint::First if !repeated => resolver.note_label(usage.note, scope),
        NotePrint::Again => resolver.note_label(usage.note, scope),
        _ => None,
    };
    match (usage.print, label) {
        (NotePrint::Again, Some(label)) => {
            out.code("#kit.note-again(");
            out.literal(&label);
            out.code(")");
        }
        // Notes that name each other would go on for ever.
        (NotePrint::Again, None) if scope.in_footnote => out.plain(&format!("[^{}]", note.name), None),
        (_, Some(label)) => {
            out.code("#kit.note(");
            out.literal(&label);
            out.code(")");
            note_body(&note.blocks, &Scope { repeated, ..*scope }, resolver, out);
        }
        (_, None) => {
            out.code("#footnote");
            note_body(&note.blocks, &Scope { repeated: true, ..*scope }, resolver, out);
        }
    }
}

fn note_body(blocks: &[Block], scope: &Scope<'_>, resolver: &mut dyn Resolver, out: &mut Writer) {
    out.code("[");
    write_blocks(blocks, &Scope { in_footnote: true, in_heading: false, in_link: false, ..*scope }, resolver, out);
    out.code("]");
}
