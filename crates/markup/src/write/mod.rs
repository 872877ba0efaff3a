//! Blocks and inlines as Typst.

mod blocks;
mod inlines;

use crate::document::Document;
use crate::resolver::{Resolver, Scope};
use crate::writer::{Typst, Writer};

pub use blocks::write_blocks;
pub use inlines::write_inlines;

/// Returns a whole document as Typst.
pub fn write(document: &Document, resolver: &mut dyn Resolver) -> Typst {
    let mut out = Writer::new();
    write_blocks(&document.blocks, &Scope::of(document), resolver, &mut out);
    out.finish()
}
