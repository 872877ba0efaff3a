//! What only the caller knows.

use crate::block::{Directive, View};
use crate::document::Document;
use crate::inline::{Citation, EmbedCall, Picture, Reference};
use crate::writer::Writer;

/// Writes what only a briefing knows: embeds, references, citations, views, directives and pictures.
///
/// A method writes into the markup that `out` holds: code with [`Writer::code`], an analyst's text with [`Writer::text`] or
/// [`Writer::string`], parts of the document with [`crate::write_blocks`] and [`crate::write_inlines`], passing on `scope`.
pub trait Resolver {
    /// Writes an embed that stands alone in its paragraph.
    fn embed_block(&mut self, call: &EmbedCall, scope: &Scope<'_>, out: &mut Writer);

    /// Writes an embed within a line.
    fn embed_inline(&mut self, call: &EmbedCall, scope: &Scope<'_>, out: &mut Writer);

    /// Writes a reference.
    fn reference(&mut self, reference: &Reference, scope: &Scope<'_>, out: &mut Writer);

    /// Writes a citation; returns false, having written nothing, where its characters are to be printed as they are.
    fn citation(&mut self, citation: &Citation, scope: &Scope<'_>, out: &mut Writer) -> bool;

    /// Writes a view.
    fn view(&mut self, view: &View, scope: &Scope<'_>, out: &mut Writer);

    /// Writes a directive; returns false, having written nothing, where its blocks are to be printed as if it were not there.
    fn directive(&mut self, directive: &Directive, scope: &Scope<'_>, out: &mut Writer) -> bool;

    /// Writes a picture that stands alone in its paragraph.
    fn picture_block(&mut self, picture: &Picture, scope: &Scope<'_>, out: &mut Writer);

    /// Writes a picture within a line.
    fn picture_inline(&mut self, picture: &Picture, scope: &Scope<'_>, out: &mut Writer);

    /// Returns the level that a heading gets which was written with `written`, 1 to 6; see [`crate::Levels`].
    fn heading_level(&mut self, written: u8, scope: &Scope<'_>) -> u8;

    /// Returns the Typst label of the n-th footnote of the document, unique on these pages, for notes that are used several
    /// times; none where each use prints a note of its own. A text that is printed twice needs other labels the second time.
    fn note_label(&mut self, note: usize, scope: &Scope<'_>) -> Option<String>;
}

/// Where in a document something is written.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The document, for its footnotes and its file.
    pub document: &'a Document,
    /// Whether this is inside a footnote, where a citation makes no further one.
    pub in_footnote: bool,
    /// Whether this is inside a link, where no further one may stand.
    pub in_link: bool,
    /// Whether this is inside a heading, whose text is repeated in the outline.
    pub in_heading: bool,
    /// Whether this is printed another time elsewhere, so that nothing in it may carry a label.
    pub repeated: bool,
}

impl<'a> Scope<'a> {
    /// Returns the scope of a document's own blocks.
    pub fn of(document: &'a Document) -> Self {
        Self { document, in_footnote: false, in_link: false, in_heading: false, repeated: false }
    }
}
