//! Citations and the list of works cited, finished to runs of text by hayagriva and a CSL style.
//!
//! Typst's own `cite` is not used: it has no prefix, nests notes, and costs most of an edit in a long document.
//! Each citation is rendered by itself, beside only those entries that it could be confused with, and kept: what
//! is cited elsewhere in a briefing changes nothing about it, so an edit renders what is new and nothing else.

mod citer;
mod entry;
mod locator;
mod names;
mod rendered;
mod run;
mod stand_in;
mod style;

pub use citer::{CiteItem, Citer, Form, InText, ListEntry, Position};
pub use locator::{Locator, LocatorKind, LocatorPart};
pub use run::{Run, RunStyle, Target, plain};
pub use style::{Style, StyleError};
