//! What a text mentions: embeds, references, citations, pictures, views.

use chancery_markup::{Block, BlockKind, Citation, Document, EmbedCall, Inline, InlineKind, Picture, Reference, View};

/// How deep footnotes may stand in footnotes.
const NOTES_DEEP: usize = 4;

/// Something that a text mentions, in the order in which it is printed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Mention<'a> {
    /// A snippet; whether alone in its paragraph.
    Embed(&'a EmbedCall, Shown),
    /// A link to a snippet.
    Reference(&'a Reference),
    /// A citation.
    Citation(&'a Citation),
    /// A picture.
    Picture(&'a Picture),
    /// A view.
    View(&'a View),
    /// A link's address.
    Link(&'a str),
    /// A footnote's text, as defined.
    Note(usize),
}

/// How an embed is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// Alone in its paragraph.
    Block,
    /// Within a line.
    Inline,
}

/// Calls `visit` with everything that blocks of a document mention, footnotes at their use.
pub(crate) fn walk<'a>(blocks: &'a [Block], document: &'a Document, visit: &mut dyn FnMut(Mention<'a>)) {
    Walker { document, visit, deep: 0 }.blocks(blocks);
}

/// Calls `visit` with everything that inlines of a document mention.
pub(crate) fn walk_inlines<'a>(inlines: &'a [Inline], document: &'a Document, visit: &mut dyn FnMut(Mention<'a>)) {
    Walker { document, visit, deep: 0 }.inlines(inlines);
}

struct Walker<'a, 'v> {
    document: &'a Document,
    visit: &'v mut dyn FnMut(Mention<'a>),
    deep: usize,
}

impl<'a> Walker<'a, '_> {
    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &'a Block) {
        match &block.kind {
            BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => self.inlines(content),
            BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } => self.blocks(blocks),
            BlockKind::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks)),
            BlockKind::Table(table) => {
                let cells = table.header.iter().chain(table.rows.iter().flatten());
                cells.for_each(|cell| self.inlines(cell));
            }
            BlockKind::Embed(call) => (self.visit)(Mention::Embed(call, Shown::Block)),
            BlockKind::Picture(picture) => (self.visit)(Mention::Picture(picture)),
            BlockKind::View(view) => (self.visit)(Mention::View(view)),
            // A slide's notes are no block of it; others are not printed.
            BlockKind::Directive(directive) if directive.name == "notes" => {}
            BlockKind::Directive(directive) => self.blocks(&directive.blocks),
            BlockKind::Code(_) | BlockKind::Html(_) | BlockKind::ThematicBreak => {}
        }
    }

    fn inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        match &inline.kind {
            InlineKind::Emph(content) | InlineKind::Strong(content) | InlineKind::Strike(content) => {
                self.inlines(content)
            }
            InlineKind::Link(link) => {
                (self.visit)(Mention::Link(&link.url));
                self.inlines(&link.content);
            }
            InlineKind::Picture(picture) => (self.visit)(Mention::Picture(picture)),
            InlineKind::Footnote(used) => self.note(used.note),
            InlineKind::Embed(call) => (self.visit)(Mention::Embed(call, Shown::Inline)),
            InlineKind::Reference(reference) => {
                (self.visit)(Mention::Reference(reference));
                self.inlines(reference.text.as_deref().unwrap_or_default());
            }
            InlineKind::Citation(citation) => (self.visit)(Mention::Citation(citation)),
            InlineKind::Text(_)
            | InlineKind::SoftBreak
            | InlineKind::HardBreak
            | InlineKind::Code(_)
            | InlineKind::Html(_) => {}
        }
    }

    fn note(&mut self, index: usize) {
        let Some(note) = self.document.footnotes.get(index).filter(|_| self.deep < NOTES_DEEP) else { return };
        (self.visit)(Mention::Note(index));
        self.deep += 1;
        self.blocks(&note.blocks);
        self.deep -= 1;
    }
}
