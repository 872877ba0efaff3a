//! CommonMark and GFM to Typst, with a source map from each piece of output to its bytes in the Markdown.
//!
//! [`parse`] reads a text into a [`Document`]: blocks and inlines with their byte spans, in which embeds, references,
//! citations, views and directives are told apart from plain Markdown but not resolved. [`write()`] turns blocks into Typst;
//! what only a briefing knows (what a snippet says, how a source is cited) it asks of a [`Resolver`]. A [`Writer`] collects
//! the Typst and its [`SourceMap`], and is the only way by which an analyst's text gets there: [`Writer::text`] escapes it,
//! [`Writer::string`] quotes it, and nothing else writes it, so that text can never become code.
//!
//! The crate knows nothing of briefings, packs or pages.

mod block;
mod document;
pub mod escape;
mod finding;
mod inline;
mod levels;
mod origin;
mod parse;
mod resolver;
mod source_map;
mod write;
mod writer;

pub use block::{AlertKind, Align, Block, BlockKind, CodeBlock, Delimiter, Directive, Item, List, Table, View};
pub use document::{Document, Footnote};
pub use finding::{Finding, problems};
pub use inline::{
    Citation, CiteForm, CiteItem, EmbedCall, Field, FootnoteUse, Inline, InlineKind, Link, NotePrint, Picture,
    Reference, plain_text,
};
pub use levels::Levels;
pub use origin::{FileRef, Origin, Run, Text};
pub use parse::{Options, parse, parse_inline};
pub use resolver::{Resolver, Scope};
pub use source_map::SourceMap;
pub use write::{write, write_blocks, write_inlines};
pub use writer::{Typst, Writer};
