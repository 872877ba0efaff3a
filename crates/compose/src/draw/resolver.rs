//! What `markup` asks while it writes.

use super::Drawer;
use crate::texts::Texts;
use chancery_markup::{Citation, Directive, EmbedCall, Picture, Reference, Resolver, Scope, View, Writer};

impl Resolver for Drawer<'_> {
    fn embed_block(&mut self, call: &EmbedCall, scope: &Scope<'_>, out: &mut Writer) {
        self.inside(scope.document.file, &call.span, |drawer| drawer.block_embed(call, scope, out));
    }

    fn embed_inline(&mut self, call: &EmbedCall, scope: &Scope<'_>, out: &mut Writer) {
        self.inside(scope.document.file, &call.span, |drawer| drawer.inline_embed(call, scope, out));
    }

    fn reference(&mut self, reference: &Reference, scope: &Scope<'_>, out: &mut Writer) {
        self.link_to(reference, scope, out);
    }

    fn citation(&mut self, citation: &Citation, scope: &Scope<'_>, out: &mut Writer) -> bool {
        self.cite(citation, scope, out)
    }

    fn view(&mut self, view: &View, scope: &Scope<'_>, out: &mut Writer) {
        self.inside(scope.document.file, &view.span, |drawer| drawer.draw_view(view, scope, out));
    }

    fn directive(&mut self, directive: &Directive, scope: &Scope<'_>, out: &mut Writer) -> bool {
        self.draw_directive(directive, scope, out)
    }

    fn picture_block(&mut self, picture: &Picture, scope: &Scope<'_>, out: &mut Writer) {
        self.block_picture(picture, scope, out);
    }

    fn picture_inline(&mut self, picture: &Picture, scope: &Scope<'_>, out: &mut Writer) {
        self.inline_picture(picture, scope, out);
    }

    fn heading_level(&mut self, written: u8, _scope: &Scope<'_>) -> u8 {
        self.levels.next(written).min(6)
    }

    /// The briefing's notes that are used again are labelled by their names; a snippet may stand twice on the pages, so
    /// its notes are not.
    fn note_label(&mut self, note: usize, scope: &Scope<'_>) -> Option<String> {
        let own = scope.document.file == Texts::BRIEFING && self.stack.is_empty();
        let note = scope.document.footnotes.get(note)?;
        (own && note.uses > 1).then(|| format!("note-{}", note.name))
    }
}
