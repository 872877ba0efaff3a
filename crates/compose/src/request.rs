//! What composing needs.

use crate::images::Images;
use chancery_model::{Briefing, Workspace};
use chancery_template::{Library, Pack};

/// A briefing to compose, and with what.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// A number that changes with every change of a snippet, a source or `chancery.toml`; none where the caller
    /// does not count them, and views are worked out each time.
    pub revision: Option<u64>,
    /// The briefing.
    pub briefing: &'a Briefing,
    /// The pack that draws it.
    pub pack: &'a Pack,
    /// Where the packages that the pack imports are found.
    pub library: &'a Library,
    /// `--set name=value`.
    pub set: &'a [(String, String)],
    /// What the pages are for.
    pub mode: Mode,
    /// The date of a briefing that has none: year, month, day.
    pub today: (i16, u8, u8),
    /// The pictures of the workspace.
    pub images: &'a dyn Images,
}

/// What the pages are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// To be looked at while typing: what cannot be resolved shows as a marked placeholder.
    Preview,
    /// To be handed on: the same files, unless a problem is an error; see [`crate::Composed::is_exportable`].
    Export,
}
