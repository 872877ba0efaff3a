//! Workspaces opened before.

use std::fs;
use std::path::{Path, PathBuf};

/// How many are remembered.
const REMEMBERED: usize = 12;

/// The list of recent workspaces: a text file, a folder a line, newest first.
#[derive(Debug, Clone)]
pub struct Recent {
    file: PathBuf,
}

impl Recent {
    /// Returns the list kept in the user's data folder.
    pub fn new(data: &Path) -> Self {
        Self { file: data.join("recent-workspaces") }
    }

    /// Returns the folders that are still there.
    pub fn folders(&self) -> Vec<String> {
        let text = fs::read_to_string(&self.file).unwrap_or_default();
        text.lines().filter(|line| Path::new(line).join("chancery.toml").is_file()).map(str::to_owned).collect()
    }

    /// Puts a folder first; a list that cannot be written is no reason to stop.
    pub fn note(&self, folder: &Path) {
        let folder = folder.to_string_lossy().into_owned();
        let mut folders = self.folders();
        folders.retain(|known| *known != folder);
        folders.insert(0, folder);
        folders.truncate(REMEMBERED);
        let written = self.file.parent().map_or(Ok(()), fs::create_dir_all);
        if let Err(error) = written.and_then(|()| fs::write(&self.file, folders.join("\n") + "\n")) {
            log::warn!("the list of recent workspaces was not written: {error}");
        }
    }
}
