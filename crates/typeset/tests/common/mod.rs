//! What the tests of the worker share.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use chancery_typeset::{Date, Outcome, Project, Wanted, Worker, WorkerConfig, WorkerError};
use std::time::Duration;

/// A project of the given files.
pub fn project(files: &[(&str, &str)]) -> Project {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().into()));
    Project { files: files.collect(), today: Some(Date { year: 2025, month: 2, day: 3 }) }
}

/// A project of one file.
pub fn main(text: &str) -> Project {
    project(&[("main.typ", text)])
}

pub fn config() -> WorkerConfig {
    WorkerConfig::new(env!("CARGO_BIN_EXE_chancery-typeset-worker"))
}

/// A worker with tight limits, for documents that break them.
pub fn strict() -> Worker {
    Worker::new(WorkerConfig { deadline: Duration::from_secs(8), memory: 400 << 20, ..config() })
}

pub fn all() -> Wanted {
    Wanted { eager: 0..usize::MAX, scale: 1.0 }
}

pub async fn typeset(worker: &Worker, project: Project) -> Result<Outcome, WorkerError> {
    worker.typeset(project, all()).await
}

/// Width and height of a picture as PNG, in pixels.
pub fn size(png: &[u8]) -> (u32, u32) {
    assert_eq!(&png[1..4], b"PNG");
    let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (side(16), side(20))
}

/// A document of that many pages, with a word on the first.
pub fn pages(count: usize, word: &str) -> String {
    let rest: String = (1..count).map(|page| format!("#pagebreak()\nPage {page} stays as it is.\n")).collect();
    format!("#set page(width: 200pt, height: 100pt)\nThe word is {word}.\n{rest}")
}
