//! Saving: whole, atomic, and never over somebody else's change.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::Builder;
use thiserror::Error;

/// Why a file was not written; what stood there before still does.
#[derive(Debug, Error)]
#[error("`{}` was not written: {error}", .path.display())]
pub struct SaveError {
    /// The file.
    pub path: PathBuf,
    /// What the system said.
    #[source]
    pub error: io::Error,
}

impl SaveError {
    pub(crate) fn new(path: &Path, error: io::Error) -> Self {
        Self { path: path.to_path_buf(), error }
    }
}

/// How a text got into its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// The file holds the text.
    Saved,
    /// Somebody else had changed the file elsewhere: it holds both changes.
    Merged {
        /// What the file holds now.
        text: String,
    },
    /// Somebody else had changed the same lines: the file stays theirs, and the text is beside it.
    Conflict {
        /// What the file holds, and the base of the next save.
        theirs: String,
        /// Where the text is.
        copy: PathBuf,
    },
}

/// Writes a file whole or not at all: a temporary file beside it, fsync, rename, fsync of the folder.
///
/// A link is written through, and the permissions of a file that is there are kept.
///
/// # Errors
/// When the folder cannot be written; the file then is as before.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    stage(path, bytes)?.commit()
}

/// A file whose new contents are on disk, and not yet in their place; dropped, they are gone.
#[derive(Debug)]
pub struct Staged {
    contents: tempfile::TempPath,
    target: PathBuf,
    path: PathBuf,
}

impl Staged {
    /// Returns the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts the contents in their place.
    ///
    /// # Errors
    /// When the folder cannot be written; the file then is as before.
    pub fn commit(self) -> Result<(), SaveError> {
        let Self { contents, target, path } = self;
        let commit = || {
            contents.persist(&target).map_err(|error| error.error)?;
            sync_folder(folder_of(&target))
        };
        commit().map_err(|error| SaveError::new(&path, error))
    }
}

/// Writes what a file is to hold beside it, as the first half of [`write_atomically`].
///
/// # Errors
/// When the folder cannot be written.
pub fn stage(path: &Path, bytes: &[u8]) -> Result<Staged, SaveError> {
    // A link stays a link: its target is what is replaced.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let contents = write_beside(&target, bytes).map_err(|error| SaveError::new(path, error))?;
    Ok(Staged { contents, target, path: path.to_path_buf() })
}

fn write_beside(path: &Path, bytes: &[u8]) -> io::Result<tempfile::TempPath> {
    let mut file = temporary(path, folder_of(path))?;
    file.write_all(bytes)?;
    match fs::metadata(path) {
        Ok(metadata) if metadata.permissions().readonly() => {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
        }
        Ok(metadata) => file.as_file().set_permissions(metadata.permissions())?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    file.as_file().sync_all()?;
    Ok(file.into_temp_path())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A hidden file beside the one it will become; with the permissions of a new file, not of a private one.
fn temporary(path: &Path, folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let name: String =
        path.file_name().map(|name| name.to_string_lossy().chars().take(40).collect()).unwrap_or_default();
    let prefix = format!(".{name}.");
    let mut builder = Builder::new();
    builder.prefix(&prefix).suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        // Some network file systems cannot; the file itself is safe.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        result => result,
    }
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Saves a text over the file it was made from: `base` is what was last read, none for a new file.
///
/// Where the file is not `base` any more, the two changes are merged line by line. Where they conflict the file is left
/// as it is and `ours` goes into a new file beside it, so that nothing is lost. A file that somebody removed is made
/// again.
///
/// # Errors
/// When the disk or permissions forbid it.
pub fn save(path: &Path, ours: &str, base: Option<&str>) -> Result<Saved, SaveError> {
    const ROUNDS: usize = 3;
    for _ in 0..ROUNDS {
        let theirs = match fs::read(path) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(SaveError::new(path, error)),
        };
        let merged = match merge(theirs.as_deref(), ours, base) {
            Merge::Ours => ours.to_owned(),
            Merge::Both(text) => text,
            Merge::Neither => return side_by_side(path, ours, theirs.as_deref().unwrap_or_default()),
        };
        // Somebody may write between our reading and our renaming: look again right before.
        if fs::read(path).ok() != theirs {
            continue;
        }
        if theirs.as_deref() != Some(merged.as_bytes()) {
            write_atomically(path, merged.as_bytes())?;
        }
        return Ok(if merged == ours { Saved::Saved } else { Saved::Merged { text: merged } });
    }
    let theirs = fs::read(path).map_err(|error| SaveError::new(path, error))?;
    side_by_side(path, ours, &theirs)
}

/// What becomes of a file.
#[derive(Debug, PartialEq, Eq)]
enum Merge {
    Ours,
    Both(String),
    Neither,
}

fn merge(theirs: Option<&[u8]>, ours: &str, base: Option<&str>) -> Merge {
    let Some(theirs) = theirs else { return Merge::Ours };
    if Some(theirs) == base.map(str::as_bytes) || theirs == ours.as_bytes() {
        return Merge::Ours;
    }
    let (Ok(theirs), Some(base)) = (std::str::from_utf8(theirs), base) else { return Merge::Neither };
    if ours == base {
        return Merge::Both(theirs.to_owned());
    }
    // diffy takes lines to end with LF: line ends that somebody else changed throughout would conflict everywhere.
    match diffy::merge(base, ours, theirs) {
        Ok(text) => Merge::Both(text),
        Err(_) => Merge::Neither,
    }
}

/// Writes our text beside the file, under a name that is free.
fn side_by_side(path: &Path, ours: &str, theirs: &[u8]) -> Result<Saved, SaveError> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    let theirs = String::from_utf8_lossy(theirs).into_owned();
    for number in 1_u32.. {
        let mark = if number == 1 { String::new() } else { format!(" {number}") };
        let copy = path.with_file_name(format!("{stem}.conflict{mark}{ending}"));
        match File::create_new(&copy) {
            Ok(_) => {
                write_atomically(&copy, ours.as_bytes())?;
                return Ok(Saved::Conflict { theirs, copy });
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                // The same text need not be kept twice.
                if fs::read(&copy).is_ok_and(|bytes| bytes == ours.as_bytes()) {
                    return Ok(Saved::Conflict { theirs, copy });
                }
            }
            Err(error) => return Err(SaveError::new(&copy, error)),
        }
    }
    Err(SaveError::new(path, io::ErrorKind::AlreadyExists.into()))
}
