//! CommonMark and GFM to blocks and inlines.

use crate::block::{Block, BlockKind};
use crate::document::Document;
use crate::inline::{Inline, InlineKind};
use crate::origin::{FileRef, Text};

/// How a text is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// The file that the text stands in.
    pub file: FileRef,
}

/// Reads a text that starts at byte `base` of its file: Markdown without front matter.
pub fn parse(text: &str, base: usize, options: &Options) -> Document {
    let span = base..base + text.len();
    let content = Inline { span: span.clone(), kind: InlineKind::Text(Text::whole(text, span.clone())) };
    let block = Block { span, kind: BlockKind::Paragraph(vec![content]) };
    Document { file: options.file, blocks: vec![block], ..Document::default() }
}

/// Reads one line of inlines, such as a title: whatever it starts with, it is one paragraph.
pub fn parse_inline(text: &str, base: usize, options: &Options) -> Document {
    parse(text, base, options)
}
