//! Markdown that stands in fields: short variants, titles, cells.

use super::Drawer;
use crate::finding::Found;
use chancery_markup::{
    BlockKind, Document, FileRef, Inline, Options, Scope, Writer, parse_inline, write_blocks, write_inlines,
};
use chancery_model::{Node, Snippet};
use std::ops::Range;

impl Drawer<'_> {
    /// Writes a field of a snippet that holds inline Markdown; nothing where the snippet does not have it.
    pub(super) fn write_field(&mut self, snippet: &Snippet, name: &str, scope: &Scope<'_>, out: &mut Writer) {
        let Some(document) = self.field(snippet, name) else { return };
        self.write_line(&document, scope, out);
    }

    /// Returns a field of a snippet that holds inline Markdown, parsed.
    pub(super) fn field(&mut self, snippet: &Snippet, name: &str) -> Option<Document> {
        let node = snippet.field(name)?;
        let text = node.text()?;
        let file = self.texts.file(&snippet.file);
        Some(self.line_of(&text, base(&snippet.text, node, &text), file))
    }

    /// Returns one line of Markdown of a file, parsed.
    pub(super) fn line_of(&mut self, text: &str, base: usize, file: FileRef) -> Document {
        self.parsed(parse_inline(text, base, &Options { file }))
    }

    fn parsed(&mut self, document: Document) -> Document {
        let found = document.findings.iter().map(|f| Found::new(document.file, f.span.clone(), f.problem.clone()));
        self.out.found.extend(found);
        document
    }

    /// Writes a document of one line.
    pub(crate) fn write_line(&mut self, document: &Document, scope: &Scope<'_>, out: &mut Writer) {
        let inner = Scope { document, ..*scope };
        for block in &document.blocks {
            match &block.kind {
                BlockKind::Paragraph(inlines) => write_inlines(inlines, &inner, self, out),
                _ => write_blocks(std::slice::from_ref(block), &inner, self, out),
            }
        }
    }

    /// Writes a document that stands by itself: its blocks, or its one line.
    pub(super) fn written(&mut self, document: &Document) -> Writer {
        let mut out = Writer::new();
        match line(document) {
            Some(inlines) => write_inlines(inlines, &Scope::of(document), self, &mut out),
            None => write_blocks(&document.blocks, &Scope::of(document), self, &mut out),
        }
        out
    }
}

/// Returns the inlines of a document that is one line; none where it has other blocks.
pub(crate) fn line(document: &Document) -> Option<&[Inline]> {
    match document.blocks.as_slice() {
        [] => Some(&[]),
        [block] => match &block.kind {
            BlockKind::Paragraph(inlines) => Some(inlines),
            _ => None,
        },
        _ => None,
    }
}

/// Returns where a field's text starts in its file: exactly where YAML writes it as it is.
pub(crate) fn base(file: &str, node: &Node, text: &str) -> usize {
    let span: Range<usize> = node.span.clone();
    let offset = file.get(span.clone()).and_then(|written| written.find(text)).unwrap_or(0);
    span.start + offset
}
