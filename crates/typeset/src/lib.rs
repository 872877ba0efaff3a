//! Typst for Chancery: a [`Project`] of virtual files goes in; pages, headings, diagnostics and PDF come out.
//!
//! [`Compiler`] does the work in the calling process. [`Worker`] is its client in another process (the same executable,
//! started with [`WORKER_ARGUMENT`]), because a Typst compile can neither be cancelled nor bounded from inside: the
//! worker has a deadline, a memory limit, no files but the ones that it is sent and no network, and it is killed and
//! started again when it breaks its limits. Only changed files travel to it, and only changed pages back.
//!
//! ```text
//! Project ─► Worker ─► supervisor ═ frames ═► worker process ─► Compiler ─► World ─► typst
//!                                                             ├► pages, outline, places
//!                                                             └► SVG, PNG, PDF
//! ```
//!
//! Nothing outside this crate names Typst's.

mod client;
mod compiler;
mod diagnostic;
mod error;
mod outcome;
mod pdf;
mod project;
mod standards;
mod wire;
mod worker;

pub use client::{Worker, WorkerConfig};
pub use compiler::{Compiled, Compiler, FontSources, bundled_fonts};
pub use diagnostic::{Diagnostic, DiagnosticKind, TracePoint};
pub use error::WorkerError;
pub use outcome::{Body, Found, Heading, Link, Outcome, Page, PageImage, Point, Slide, Timings};
pub use pdf::{Attachment, Pdf, PdfWanted, Relation, Timestamp};
pub use project::{Date, MAIN, PACKAGES, Project, Wanted};
pub use standards::{Standards, StandardsError};
pub use worker::{WORKER_ARGUMENT, worker_main};
