//! Where a session keeps its own files, and what it opens first.

use crate::ipc::Failure;
use directories::ProjectDirs;
use std::path::PathBuf;
use std::time::Duration;

/// How a session is set up.
#[derive(Debug, Clone)]
pub struct EngineConfig {
    /// The executable that becomes the typesetting worker.
    pub program: PathBuf,
    /// The user's data folder: the journal, installed packs, the list of recent workspaces.
    pub data: PathBuf,
    /// The user's cache folder: the search index, parsed snippets.
    pub cache: PathBuf,
    /// The workspace to open first.
    pub workspace: Option<PathBuf>,
    /// The longest that typesetting may take.
    pub deadline: Duration,
    /// The bytes of memory that typesetting may use.
    pub memory: u64,
}

impl EngineConfig {
    /// Returns the set-up for this user on this machine.
    ///
    /// # Errors
    /// When the platform names no home folder or does not say where this program lies.
    pub fn for_user(workspace: Option<PathBuf>) -> Result<Self, Failure> {
        let program = std::env::current_exe()
            .map_err(|error| Failure::machine("no-program", format!("this program does not find itself: {error}")))?;
        let dirs = ProjectDirs::from("org", "Chancery", "chancery")
            .ok_or_else(|| Failure::machine("no-home", "there is no home folder to keep the journal in"))?;
        let (data, cache) = (dirs.data_dir().to_owned(), dirs.cache_dir().to_owned());
        Ok(Self { data, cache, workspace, ..Self::new(program) })
    }

    /// Returns a set-up with the folder of the worker's program as its own, and no workspace.
    pub fn new(program: PathBuf) -> Self {
        let own = program.parent().map(PathBuf::from).unwrap_or_default();
        Self {
            program,
            data: own.join("data"),
            cache: own.join("cache"),
            workspace: None,
            deadline: Duration::from_secs(10),
            memory: 2 << 30,
        }
    }

    /// Returns the folder of the packs installed for the user.
    pub fn packs(&self) -> PathBuf {
        self.data.join("packages")
    }
}
