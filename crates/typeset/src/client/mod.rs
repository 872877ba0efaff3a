//! The client of the worker process.

mod ask;
mod images;
mod mirror;
mod process;
mod supervisor;

use crate::{Found, Outcome, Pdf, PdfWanted, Point, Project, Wanted, WorkerError};
use ask::Ask;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use supervisor::{Command, Supervisor, Typeset};
use tokio::sync::{mpsc, oneshot};

/// How to run the worker.
#[derive(Debug, Clone)]
pub struct WorkerConfig {
    /// The executable: one whose `main` calls [`worker_main`](crate::worker_main) when its first argument is
    /// [`WORKER_ARGUMENT`](crate::WORKER_ARGUMENT).
    pub program: PathBuf,
    /// The longest that one request may take.
    pub deadline: Duration,
    /// The bytes of memory that the worker may use.
    pub memory: u64,
    /// Whether the fonts installed on this machine are used where Chancery's and the pack's have none.
    pub system_fonts: bool,
}

impl WorkerConfig {
    /// Returns what suits an editor: ten seconds, 2 GiB, no system fonts.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), deadline: Duration::from_secs(10), memory: 2 << 30, system_fonts: false }
    }

    /// Returns the same with this very executable as the program.
    ///
    /// # Errors
    /// Where the platform does not say which file that is.
    pub fn this_program() -> io::Result<Self> {
        std::env::current_exe().map(Self::new)
    }
}

/// A typesetter in a process of its own, started ahead of the first call.
///
/// Calls may come from anywhere at any time; one is served at a time. Of several waiting [`typeset`](Self::typeset)
/// calls only the latest is served, the others end as [`WorkerError::Superseded`]. All other calls refer to the last
/// document that typeset without errors. When the worker breaks its limits, or breaks down, it is killed and
/// replaced, and the last good document is typeset again in the new one.
///
/// Clones speak to the same process, which ends with the last of them.
#[derive(Debug, Clone)]
pub struct Worker {
    commands: mpsc::UnboundedSender<Command>,
}

impl Worker {
    /// Starts a worker; must be called within a Tokio runtime. What goes wrong is told by the first call.
    pub fn new(config: WorkerConfig) -> Self {
        let (commands, inbox) = mpsc::unbounded_channel();
        tokio::spawn(Supervisor::new(config, inbox).run());
        Self { commands }
    }

    /// Typesets a project, unless a later call takes this one's place first.
    ///
    /// # Errors
    /// The document's errors, a broken limit, or a worker that cannot be reached.
    pub async fn typeset(&self, project: Project, wanted: Wanted) -> Result<Outcome, WorkerError> {
        let (reply, answer) = oneshot::channel();
        let called = Instant::now();
        self.send(Command::Typeset(Box::new(Typeset { project, wanted, called, reply })))?;
        answer.await.map_err(|_| gone())?
    }

    /// Returns a page by its hash as PNG, so many pixels wide; none where the last document has no such page.
    ///
    /// # Errors
    /// As for [`typeset`](Self::typeset).
    pub async fn image(&self, hash: u128, width: u32) -> Result<Option<Arc<[u8]>>, WorkerError> {
        self.ask(|reply| Ask::Image { hash, width, reply }).await
    }

    /// Returns the SVG of a page by its hash; none where the last document has no such page.
    ///
    /// # Errors
    /// As for [`typeset`](Self::typeset).
    pub async fn svg(&self, hash: u128) -> Result<Option<Vec<u8>>, WorkerError> {
        self.ask(|reply| Ask::Svg { hash, reply }).await
    }

    /// Returns a page, from 0, as PNG with `ppi` pixels an inch.
    ///
    /// # Errors
    /// [`WorkerError::NoPage`], or as for [`typeset`](Self::typeset).
    pub async fn png(&self, page: usize, ppi: f64) -> Result<Vec<u8>, WorkerError> {
        self.ask(|reply| Ask::Png { page, ppi, reply }).await
    }

    /// Returns the last document as PDF.
    ///
    /// # Errors
    /// The requirements that are not met where they are strict, or as for [`typeset`](Self::typeset).
    pub async fn pdf(&self, wanted: PdfWanted) -> Result<Pdf, WorkerError> {
        self.ask(|reply| Ask::Pdf { wanted: Box::new(wanted), reply }).await
    }

    /// Returns what was written where on a page, from 0; points from its top left.
    ///
    /// # Errors
    /// As for [`typeset`](Self::typeset).
    pub async fn text_at(&self, page: usize, x: f64, y: f64) -> Result<Option<Found>, WorkerError> {
        self.ask(|reply| Ask::TextAt { at: Point { page, x, y }, reply }).await
    }

    /// Returns where on the pages the text at a byte offset of a virtual file stands; empty where nowhere.
    ///
    /// # Errors
    /// As for [`typeset`](Self::typeset).
    pub async fn page_at(&self, file: &str, offset: usize) -> Result<Vec<Point>, WorkerError> {
        let file = file.to_owned();
        self.ask(|reply| Ask::PageAt { file, offset, reply }).await
    }

    /// Ends the process after the calls that are waiting, and waits until it is gone. What is called later, on a clone too,
    /// fails.
    pub async fn end(self) {
        let (reply, gone) = oneshot::channel();
        if self.send(Command::End(reply)).is_ok() {
            // Nothing is sent: the supervisor drops its end when it ends itself.
            let _ = gone.await;
        }
    }

    async fn ask<T>(&self, ask: impl FnOnce(oneshot::Sender<Result<T, WorkerError>>) -> Ask) -> Result<T, WorkerError> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::Ask(ask(reply)))?;
        answer.await.map_err(|_| gone())?
    }

    fn send(&self, command: Command) -> Result<(), WorkerError> {
        self.commands.send(command).map_err(|_| gone())
    }
}

/// The supervisor ended: the runtime is shutting down.
fn gone() -> WorkerError {
    WorkerError::Io(io::Error::new(io::ErrorKind::BrokenPipe, "the runtime is shutting down"))
}
