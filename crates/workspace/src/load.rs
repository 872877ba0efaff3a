//! Opening a workspace: its folder, and all that its files say.

use crate::cache::Cache;
use crate::session::Session;
use chancery_model::{Problem, Workspace};
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// A workspace and all that is wrong with its files.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// What could be read.
    pub workspace: Workspace,
    /// What could not, and what does not fit together, in the order of the files.
    pub problems: Vec<Problem>,
}

/// Why a folder cannot be opened as a workspace.
#[derive(Debug, Error)]
pub enum OpenError {
    /// There is no such folder.
    #[error("there is no folder `{}`", .0.display())]
    Missing(PathBuf),
    /// It has no `chancery.toml`.
    #[error("`{}` is no workspace: it has no chancery.toml", .0.display())]
    NoWorkspace(PathBuf),
    /// Opening it was stopped.
    #[error("opening `{}` was stopped", .0.display())]
    Stopped(PathBuf),
    /// The folder or its `chancery.toml` cannot be read.
    #[error("`{}` cannot be read: {error}", .path.display())]
    Unreadable {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

/// Reads a workspace once.
///
/// # Errors
/// When the folder is missing, unreadable or no workspace; all else is a problem.
pub fn load(root: &Path) -> Result<Loaded, OpenError> {
    Ok(Session::open(root)?.into_loaded())
}

/// Reads a workspace once, with what was parsed before kept in `cache`.
///
/// # Errors
/// As [`load`].
pub fn load_cached(root: &Path, cache: Cache) -> Result<Loaded, OpenError> {
    let mut session = Session::open_cached(root, cache)?;
    if let Err(error) = session.write_cache() {
        log::warn!("the cache of parsed files was not written: {error}");
    }
    Ok(session.into_loaded())
}

/// Returns the workspace that a file or folder lies in: the nearest folder upwards with a `chancery.toml`.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    let start = std::path::absolute(start).ok()?;
    start.ancestors().find(|folder| folder.join(crate::config::CONFIG_FILE).is_file()).map(Path::to_path_buf)
}
