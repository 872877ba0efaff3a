//! A pack's files on disk: regular files only, within limits.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

const MAX_FILES: usize = 5_000;
const MAX_BYTES: u64 = 256 << 20;
const MAX_DEPTH: usize = 16;

/// What tells whether a folder changed: each file's path, length and time of change.
pub(crate) type Stamp = Vec<(PathBuf, u64, Option<SystemTime>)>;

/// Returns the stamp of all regular files below `root`, in order; links are not followed.
pub(crate) fn stamp(root: &Path) -> io::Result<Stamp> {
    let mut found = Vec::new();
    let mut total = 0;
    let mut folders = vec![(root.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let kind = entry.file_type()?;
            if kind.is_dir() && depth < MAX_DEPTH {
                folders.push((entry.path(), depth + 1));
            } else if kind.is_file() {
                let metadata = entry.metadata()?;
                total += metadata.len();
                found.push((entry.path(), metadata.len(), metadata.modified().ok()));
            }
            if found.len() > MAX_FILES || total > MAX_BYTES {
                return Err(io::Error::new(io::ErrorKind::FileTooLarge, "the pack is larger than a pack may be"));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Reads the files of a stamp, by their path below `root`.
pub(crate) fn read(root: &Path, stamp: &Stamp) -> io::Result<BTreeMap<String, Arc<[u8]>>> {
    let mut files = BTreeMap::new();
    for (path, ..) in stamp {
        let inner = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        files.insert(inner, Arc::from(fs::read(path)?));
    }
    Ok(files)
}
