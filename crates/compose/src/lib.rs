//! A briefing, its snippets and a pack, composed to Typst sources.
//!
//! [`compose`] is a pure function of a [`Request`]: it resolves embeds, references, citations, views and pictures,
//! has `markup` turn each text into Typst, and yields the files of a Typst project ([`Composed::files`]), every finding
//! with its place, and the map from those files back to the analyst's own ([`Composed::map`]). Text of an analyst
//! reaches Typst as converted markup or as JSON, never as code. [`markdown`] resolves the same briefing to plain Markdown.
//!
//! A [`Cache`] keeps what an edit does not touch: the same blocks come back as the same bytes behind the same `Arc`.

mod cache;
mod compose;
mod composed;
mod count;
mod draw;
mod field;
mod finding;
mod images;
mod map;
mod markdown;
mod mentions;
mod outcome;
mod overview;
mod picture;
mod plain;
mod plan;
mod project;
mod request;
mod scan;
mod scene;
mod stage;
mod texts;
mod unit;
mod units;

pub mod cite;
pub mod data;
pub mod query;
pub mod views;
pub mod words;

pub use cache::Cache;
pub use compose::compose;
pub use composed::{Composed, Meta, MetaDate, OutlineEntry, SlideNotes, Used, UsedFile, UsedItem};
pub use field::field_texts;
pub use images::{Folder, ImageError, Images};
pub use map::{Origin, ProjectMap, SnippetOrigin};
pub use markdown::markdown;
pub use picture::PictureKind;
pub use request::{Mode, Request};
