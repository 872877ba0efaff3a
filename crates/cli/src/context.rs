//! What commands share: the workspace, the briefing in it, the worker.

use crate::Done;
use chancery_engine::ipc::Failure;
use chancery_engine::{Desk, EngineConfig};
use chancery_typeset::{Worker, WorkerConfig};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::runtime::Runtime;

/// The options that all commands take.
pub struct Options {
    /// `--workspace`.
    pub workspace: Option<PathBuf>,
    /// `--json`.
    pub json: bool,
}

impl Options {
    /// Opens the workspace that was named, or the one that `start` lies in.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn open(&self, start: &Path) -> Done<Desk> {
        let root = match &self.workspace {
            Some(root) => root.clone(),
            None => find(start)?,
        };
        let config = EngineConfig::for_user(None)?;
        Desk::open(&root, &config).map_err(|error| {
            Failure::input("no-workspace", error.to_string())
                .hint("A workspace is a folder with a file `chancery.toml`: `chancery new DIR` makes one.")
                .into()
        })
    }
}

/// Returns the nearest folder upwards that is a workspace.
fn find(start: &Path) -> Done<PathBuf> {
    let start = std::path::absolute(start).unwrap_or_else(|_| start.to_owned());
    let found = start.ancestors().find(|folder| folder.join("chancery.toml").is_file());
    found.map(Path::to_path_buf).ok_or_else(|| {
        Failure::usage("no-workspace", format!("no workspace was found from {} upwards", start.display()))
            .hint("Name one with `--workspace DIR`; `chancery new DIR` makes one.")
            .into()
    })
}

/// Returns a path of the command line as the file of a briefing in the workspace.
pub fn briefing_file(desk: &Desk, path: &Path) -> String {
    let root = desk.root().canonicalize().unwrap_or_else(|_| desk.root().clone());
    let inside = |path: &Path| {
        let full = path.canonicalize().ok()?;
        full.strip_prefix(&root).ok().map(Path::to_path_buf)
    };
    let file = inside(path).or_else(|| inside(&desk.root().join(path))).unwrap_or_else(|| path.to_owned());
    file.to_string_lossy().replace('\\', "/")
}

/// Returns a worker of this program, and the runtime that it lives in.
///
/// # Errors
/// When the machine gives no threads.
pub fn worker(deadline: Option<f64>) -> Done<(Runtime, Worker)> {
    // A thread of its own has the worker start and get ready while this one reads the workspace.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime =
        runtime.map_err(|error| Failure::machine("no-threads", format!("no thread could be started: {error}")))?;
    let mut config = WorkerConfig::this_program()
        .map_err(|error| Failure::machine("no-program", format!("this program does not find itself: {error}")))?;
    config.deadline = Duration::from_secs_f64(deadline.filter(|seconds| *seconds > 0.0).unwrap_or(120.0).min(86_400.0));
    config.memory = 4 << 30;
    let worker = {
        let _inside = runtime.enter();
        Worker::new(config)
    };
    Ok((runtime, worker))
}
