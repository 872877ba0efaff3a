//! Making a workspace.

use crate::config::CONFIG_FILE;
use crate::save::SaveError;
use include_dir::{Dir, DirEntry, include_dir};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

static BLANK: Dir = include_dir!("$CARGO_MANIFEST_DIR/blank");
static ROK_NATO: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../briefings/rok-nato");

/// What a workspace starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum From {
    /// Nothing but its settings and a briefing to start with.
    #[default]
    Blank,
    /// The evidence and briefings on the relations between the Republic of Korea and NATO.
    RokNato,
}

impl From {
    /// The names that the command line and the window use.
    pub const NAMES: [&'static str; 2] = ["blank", "rok-nato"];

    /// Returns the start of that name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "blank" => Some(Self::Blank),
            "rok-nato" => Some(Self::RokNato),
            _ => None,
        }
    }

    fn files(self) -> &'static Dir<'static> {
        match self {
            Self::Blank => &BLANK,
            Self::RokNato => &ROK_NATO,
        }
    }
}

/// Why no workspace was made.
#[derive(Debug, Error)]
pub enum CreateError {
    /// Files are there, which would mix with the new ones.
    #[error("`{}` is there and not empty", .0.display())]
    NotEmpty(PathBuf),
    /// A file is there.
    #[error("`{}` is a file", .0.display())]
    NotAFolder(PathBuf),
    /// The folder cannot be made or read.
    #[error("`{}` cannot be made: {error}", .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A file cannot be written.
    #[error(transparent)]
    Save(#[from] SaveError),
}

/// Makes a workspace in a folder that is not there or empty.
///
/// # Errors
/// When something is there already, or the disk forbids it; a folder that was begun is then removed again.
pub fn create(dir: &Path, from: From) -> Result<(), CreateError> {
    let failed = |error| CreateError::Folder { path: dir.to_path_buf(), error };
    let was_there = match fs::read_dir(dir) {
        Ok(mut entries) => match entries.next() {
            Some(_) => return Err(CreateError::NotEmpty(dir.to_path_buf())),
            None => true,
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(CreateError::NotAFolder(dir.to_path_buf()));
        }
        Err(error) => return Err(failed(error)),
    };
    fs::create_dir_all(dir).map_err(failed)?;
    let result = fill(dir, from);
    if result.is_err() && !was_there {
        // The first error is the one to tell.
        drop(fs::remove_dir_all(dir));
    }
    result
}

fn fill(dir: &Path, from: From) -> Result<(), CreateError> {
    write_all(dir, from.files(), from)?;
    for folder in ["snippets", "images"] {
        let path = dir.join(folder);
        fs::create_dir_all(&path).map_err(|error| CreateError::Folder { path, error })?;
    }
    Ok(())
}

fn write_all(dir: &Path, files: &Dir, from: From) -> Result<(), CreateError> {
    for entry in files.entries() {
        let path = dir.join(entry.path());
        match entry {
            DirEntry::Dir(folder) => {
                fs::create_dir_all(&path).map_err(|error| CreateError::Folder { path, error })?;
                write_all(dir, folder, from)?;
            }
            DirEntry::File(file) => match file.contents_utf8() {
                Some(text) if from == From::Blank && entry.path() == Path::new(CONFIG_FILE) => {
                    write(&path, named(text, dir).as_bytes())?;
                }
                _ => write(&path, file.contents())?,
            },
        }
    }
    Ok(())
}

/// Writes a new file; nothing is there that could be lost.
fn write(path: &Path, bytes: &[u8]) -> Result<(), CreateError> {
    fs::write(path, bytes).map_err(|error| SaveError::new(path, error).into())
}

/// The settings with the folder's name as the workspace's.
fn named(text: &str, dir: &Path) -> String {
    let absolute = std::path::absolute(dir).unwrap_or_else(|_| dir.to_path_buf());
    let name = absolute.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    text.replace("\"NAME\"", &toml_edit::Value::from(name).to_string())
}
