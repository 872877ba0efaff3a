//! The files of a workspace on disk: which there are, and reading one within limits.

use crate::paths::{Role, relative};
use chancery_model::Problem;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::fs::{File, FileType, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use walkdir::WalkDir;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: u64 = 20 * 1024 * 1024;

/// How deep folders are looked into.
const DEEPEST: usize = 64;

/// What tells one state of a file from another without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// Time of modification, in nanoseconds since 1970.
    pub modified: i64,
    /// Size in bytes.
    pub size: u64,
    /// The file's number in its file system; 0 where there is none.
    pub inode: u64,
}

impl Stamp {
    /// Returns the stamp of a file's metadata.
    pub fn of(metadata: &Metadata) -> Self {
        let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self {
            modified: since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or(0),
            size: metadata.len(),
            inode: inode(metadata),
        }
    }
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}

/// A Markdown file of the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) file: String,
    pub(crate) stamp: Stamp,
}

/// Returns the briefings and snippets under a folder of the workspace, in the order of their names.
pub(crate) fn scan(root: &Path, under: &Path) -> (Vec<Found>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut entries: Vec<(String, PathBuf, FileType)> = Vec::new();
    let starts = match under == root {
        true => vec![(root.to_path_buf(), 1), (root.join("snippets"), DEEPEST)],
        false => vec![(under.to_path_buf(), DEEPEST)],
    };
    for (start, depth) in starts {
        if start.symlink_metadata().is_ok() {
            walk(root, &start, depth, &mut entries, &mut problems);
        }
    }
    let results: Vec<_> = entries.into_par_iter().map(|(file, path, kind)| stamp(root, file, &path, kind)).collect();
    let mut found = Vec::with_capacity(results.len());
    for result in results {
        match result {
            Ok(entry) => found.extend(entry),
            Err(problem) => problems.push(problem),
        }
    }
    found.sort_unstable_by(|a: &Found, b: &Found| a.file.cmp(&b.file));
    (found, problems)
}

fn walk(
    root: &Path,
    start: &Path,
    depth: usize,
    entries: &mut Vec<(String, PathBuf, FileType)>,
    problems: &mut Vec<Problem>,
) {
    let visible =
        |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".");
    for entry in WalkDir::new(start).max_depth(depth).into_iter().filter_entry(visible) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let file = error.path().and_then(|path| relative(root, path)).unwrap_or_else(|| "snippets".to_owned());
                problems.push(unreadable(&file, error.io_error().map(io::Error::kind)));
                continue;
            }
        };
        let Some(file) = relative(root, entry.path()) else {
            if entry.path() != root {
                let name = entry.path().strip_prefix(root).unwrap_or(entry.path()).to_string_lossy().into_owned();
                let problem =
                    Problem::warning("bad-name", "the file's name is no valid Unicode, so it cannot be an id");
                problems.push(problem.hint("rename the file").at_file(&name));
            }
            continue;
        };
        if matches!(Role::of(&file), Role::Snippet | Role::Briefing) {
            entries.push((file, entry.path().to_path_buf(), entry.file_type()));
        }
    }
}

/// Returns the stamp of a file that can be a briefing or snippet; none where it is none without fault.
fn stamp(root: &Path, file: String, path: &Path, kind: FileType) -> Result<Option<Found>, Problem> {
    if kind.is_dir() {
        let problem = Problem::warning("not-a-file", format!("`{file}` is a folder, not a Markdown file"));
        return Err(problem.hint("rename the folder").at_file(&file));
    }
    if kind.is_symlink() && crate::paths::resolve(root, &file).is_none() {
        let problem =
            Problem::warning("outside-workspace", format!("`{file}` is a link out of the workspace, or to nothing"));
        return Err(problem
            .hint("put the file itself there; links are not followed out of the workspace")
            .at_file(&file));
    }
    match path.metadata() {
        Ok(metadata) if metadata.is_file() => Ok(Some(Found { stamp: Stamp::of(&metadata), file })),
        Ok(_) => Err(not_a_file(&file)),
        // Gone since the folder was listed.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(&file, Some(error.kind()))),
    }
}

/// Returns a file's text and stamp; none where there is no such file.
pub(crate) fn read_text(root: &Path, file: &str) -> Result<Option<(String, Stamp)>, Problem> {
    let path = root.join(file);
    match path.symlink_metadata() {
        Err(error) if is_missing(&error) => return Ok(None),
        Err(error) => return Err(unreadable(file, Some(error.kind()))),
        Ok(_) => {}
    }
    let Some(path) = crate::paths::resolve(root, file) else {
        let problem =
            Problem::warning("outside-workspace", format!("`{file}` is a link out of the workspace, or to nothing"));
        return Err(problem
            .hint("put the file itself there; links are not followed out of the workspace")
            .at_file(file));
    };
    read_regular(&path, file).map(Some)
}

fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Reads a file that a scan found, whose links have been looked at.
pub(crate) fn read_regular(path: &Path, file: &str) -> Result<(String, Stamp), Problem> {
    let failed = |error: io::Error| unreadable(file, Some(error.kind()));
    // Opening a pipe would wait for its writer.
    if !path.metadata().map_err(failed)?.is_file() {
        return Err(not_a_file(file));
    }
    let handle = File::open(path).map_err(failed)?;
    let metadata = handle.metadata().map_err(failed)?;
    if metadata.len() > LARGEST_FILE {
        return Err(too_large(file, metadata.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0) + 1);
    // The file may grow while it is read.
    handle.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(too_large(file, bytes.len() as u64));
    }
    decode(file, bytes).map(|text| (text, Stamp::of(&metadata)))
}

fn decode(file: &str, bytes: Vec<u8>) -> Result<String, Problem> {
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error,
    };
    let at = error.utf8_error().valid_up_to();
    let bytes = error.into_bytes();
    let binary = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || bytes.contains(&0);
    let hint = match binary {
        true => "it may be a picture, a Word file or UTF-16: save it as plain text in UTF-8",
        false => "save it in UTF-8; an old encoding such as Latin-1 or EUC-KR is not read",
    };
    let before = String::from_utf8_lossy(&bytes[..at]).into_owned();
    let problem = Problem::error("not-utf8", format!("`{file}` is no UTF-8 text"));
    Err(problem.hint(hint).at(file, &before, before.len()..before.len()))
}

fn not_a_file(file: &str) -> Problem {
    let problem = Problem::warning("not-a-file", format!("`{file}` is no regular file"));
    problem.hint("remove it or give it another name").at_file(file)
}

fn too_large(file: &str, size: u64) -> Problem {
    let message = format!("`{file}` has {} MB, more than the {} MB that are read", size >> 20, LARGEST_FILE >> 20);
    Problem::error("too-large", message).hint("divide the file").at_file(file)
}

fn unreadable(file: &str, kind: Option<io::ErrorKind>) -> Problem {
    let why = match kind {
        Some(io::ErrorKind::PermissionDenied) => "permission denied".to_owned(),
        Some(kind) => kind.to_string(),
        None => "its folder cannot be read".to_owned(),
    };
    let problem = Problem::error("unreadable", format!("`{file}` cannot be read: {why}"));
    problem.hint("look at the file's permissions and at the disk").at_file(file)
}
