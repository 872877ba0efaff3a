//! One session: the open workspace, its documents, saving, the typesetting worker.
//!
//! [`Desk`] is a workspace with all that composing needs, and [`export()`] takes a briefing from there to files: the
//! command line works with these two. [`Engine`] puts a state machine around them for the window: questions
//! ([`ipc::Query`]) and actions ([`ipc::Action`]) go in, answers and events ([`ipc::Event`]) come out, and all work is
//! off the window's thread.
//!
//! ```text
//! window ─► Engine ─► state machine ─► Desk ─► compose ─► Worker ─► pages, problems ─► window
//!                          │
//!                          └─► journal, files
//! ```

pub mod ipc;

mod cards;
mod catalogue;
mod config;
mod copies;
mod desk;
mod diagnose;
mod document;
mod engine;
mod export;
mod failure;
mod fit;
mod forms;
mod images;
mod library;
mod memory;
mod overflow;
mod picture;
mod recent;
mod search;
mod slides;
mod starters;
mod state;
mod uses;
mod values;

pub use catalogue::Catalogue;
pub use chancery_compose::PictureKind;
pub use config::EngineConfig;
pub use desk::{Desk, DeskError, Draft, Wish};
pub use diagnose::Diagnoser;
pub use document::{Document, EditError};
pub use engine::{Engine, EventSink, SourceLink};
pub use export::{Export, ExportError, Exported, Prepared, Step, export, export_markdown, proof};
pub use fit::fit_problem;
pub use overflow::{Overflow, overflow_problem, overflows};
pub use picture::Picture;
