//! CommonMark and GFM to blocks and inlines.
//!
//! comrak parses; what it leaves as text but is ours (citations, embeds between brackets) is found afterwards, in
//! [`brackets`]. Every text is aligned with its bytes, since the parser tells lines and columns of whole nodes only.

mod align;
mod blocks;
mod brackets;
mod citation;
mod inlines;
mod link;
mod notes;
mod references;
mod source;
mod tables;
mod text;
mod wikilink;

use crate::document::Document;
use crate::origin::FileRef;
use blocks::Converter;
use comrak::{Arena, parse_document};
use references::Missed;
use source::Source;
use std::sync::Arc;

/// How a text is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// The file that the text stands in.
    pub file: FileRef,
}

/// Reads a text that starts at byte `base` of its file: Markdown without front matter.
pub fn parse(text: &str, base: usize, options: &Options) -> Document {
    convert(&Source::new(text, base), options)
}

/// Reads one line of inlines, such as a title: whatever it starts with, it is one paragraph, and its line ends are blanks.
pub fn parse_inline(text: &str, base: usize, options: &Options) -> Document {
    convert(&Source::line(text, base), options)
}

fn convert(source: &Source<'_>, options: &Options) -> Document {
    let arena = Arena::new();
    let missed = Arc::new(Missed::default());
    let mut parsing = comrak_options();
    parsing.parse.broken_link_callback = Some(missed.clone());
    let root = parse_document(&arena, &source.text, &parsing);
    Converter::new(source, root, missed.defined(&source.text)).document(root, options.file)
}

fn comrak_options() -> comrak::Options<'static> {
    let mut options = comrak::Options::default();
    let extension = &mut options.extension;
    extension.strikethrough = true;
    extension.table = true;
    extension.autolink = true;
    extension.tasklist = true;
    extension.footnotes = true;
    extension.alerts = true;
    extension.block_directive = true;
    extension.wikilinks_title_after_pipe = true;
    // `대통령**(윤석열)**은` is bold as written.
    extension.cjk_friendly_emphasis = true;
    options.parse.leave_footnote_definitions = true;
    options
}
