//! Directives: key points, speaker notes.

use super::Drawer;
use crate::data::{KeyPoints, Rich};
use chancery_markup::{Block, BlockKind, Directive, Inline, List, Scope, Writer, write_blocks, write_inlines};
use chancery_model::Problem;

impl Drawer<'_> {
    /// Writes a directive; returns false where its blocks are printed as if it were not there.
    ///
    /// Speaker notes of a slide are drawn with it; anywhere else, and in a pack without slides, nobody speaks.
    pub(super) fn draw_directive(&mut self, directive: &Directive, scope: &Scope<'_>, out: &mut Writer) -> bool {
        match directive.name.as_str() {
            "notes" => {
                if self.scene.is_deck() {
                    let problem =
                        Problem::warning("misplaced-notes", "these notes belong to no slide and are left out")
                            .hint("put `::: notes` at the start of a line, below the slide's heading");
                    self.find(scope.document.file, &directive.span, problem);
                }
                true
            }
            "key-points" => self.key_points(directive, scope, out),
            // `markup` has said that it is not known.
            _ => false,
        }
    }

    fn key_points(&mut self, directive: &Directive, scope: &Scope<'_>, out: &mut Writer) -> bool {
        let Some((heading, list, rest)) = parts(&directive.blocks) else {
            let problem = Problem::warning("no-key-points", "`::: key-points` holds no list")
                .hint("put a list between the lines `::: key-points` and `:::`");
            self.find(scope.document.file, &directive.name_span, problem);
            return false;
        };
        let slot = self.reserve();
        let mut prose = Vec::new();
        let heading = heading.map(|content| {
            let mut writer = Writer::new();
            write_inlines(content, scope, self, &mut writer);
            prose.push(writer);
            Rich::Prose { prose: prose.len() - 1 }
        });
        let mut points = Vec::new();
        for item in &list.items {
            let mut writer = Writer::new();
            write_blocks(&item.blocks, scope, self, &mut writer);
            prose.push(writer);
            points.push(Rich::Prose { prose: prose.len() - 1 });
        }
        let data = KeyPoints { heading, ordered: Some(list.ordered.is_some()), points };
        // Structs of strings and numbers always serialise.
        self.draw_block("key-points", slot, serde_json::to_vec_pretty(&data).unwrap_or_default(), prose, out);
        if !rest.is_empty() {
            out.code("\n\n");
            write_blocks(rest, scope, self, out);
        }
        true
    }
}

/// A heading, or a paragraph, before the list names it; what follows the list is running text.
fn parts(blocks: &[Block]) -> Option<(Option<&[Inline]>, &List, &[Block])> {
    let (heading, from) = match blocks.first().map(|block| &block.kind) {
        Some(BlockKind::Heading { content, .. } | BlockKind::Paragraph(content)) => (Some(content.as_slice()), 1),
        _ => (None, 0),
    };
    match blocks.get(from).map(|block| &block.kind) {
        Some(BlockKind::List(list)) => Some((heading, list, &blocks[from + 1..])),
        _ => None,
    }
}
