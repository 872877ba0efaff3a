//! A parsed text.

use crate::block::Block;
use crate::finding::Finding;
use crate::origin::FileRef;
use std::ops::Range;

/// A parsed text: its blocks, its footnotes and what was found wrong in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// The file that the spans belong to.
    pub file: FileRef,
    /// The blocks, footnote and link definitions left out.
    pub blocks: Vec<Block>,
    /// The footnotes that are used, in the order of their first use.
    pub footnotes: Vec<Footnote>,
    /// What was found wrong, in the order of the text.
    pub findings: Vec<Finding>,
}

/// A footnote's definition.
#[derive(Debug, Clone, PartialEq)]
pub struct Footnote {
    /// Its name in this file.
    pub name: String,
    /// The definition's bytes in the file.
    pub span: Range<usize>,
    /// What stands in it.
    pub blocks: Vec<Block>,
    /// How often it is used.
    pub uses: usize,
}
