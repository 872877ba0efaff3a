//! The real window, driven as a user does: a file for each part of it, a story for each test.

mod accessibility;
mod composing;
mod dragging;
mod editing;
mod embeds;
mod ime;
mod library;
mod long;
mod pasting;
mod paths;
mod presenter;
mod preview;
mod properties;
mod snippets;
mod sources;
mod whole_path;
