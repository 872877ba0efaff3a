//! Inlines as Typst.

use super::blocks::write_blocks;
use crate::inline::{Citation, FootnoteUse, Inline, InlineKind, NotePrint};
use crate::origin::Origin;
use crate::resolver::{Resolver, Scope};
use crate::writer::Writer;

/// Appends inlines to markup.
pub fn write_inlines(inlines: &[Inline], scope: &Scope<'_>, resolver: &mut dyn Resolver, out: &mut Writer) {
    for inline in inlines {
        let origin = Origin::new(scope.document.file, inline.span.clone());
        match &inline.kind {
            InlineKind::Text(text) => out.text(text, origin.file),
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
        InlineKind::Text(_) | InlineKind::SoftBreak | InlineKind::HardBreak => {}
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
            out.literal(&link.url);
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
    let label = match usage.print {
        NotePrint::Alone => None,
        NotePrint::First | NotePrint::Again => resolver.note_label(usage.note, scope),
    };
    if let (NotePrint::Again, Some(label)) = (usage.print, &label) {
        out.code("#footnote(label(");
        out.literal(label);
        out.code("))");
        return;
    }
    if let Some(label) = &label {
        out.code("#[#footnote");
        note_body(&note.blocks, scope, resolver, out);
        out.code("#label(");
        out.literal(label);
        out.code(")]");
    } else {
        out.code("#footnote");
        note_body(&note.blocks, scope, resolver, out);
    }
}

fn note_body(blocks: &[crate::block::Block], scope: &Scope<'_>, resolver: &mut dyn Resolver, out: &mut Writer) {
    out.code("[");
    write_blocks(blocks, &Scope { in_footnote: true, ..*scope }, resolver, out);
    out.code("]");
}
