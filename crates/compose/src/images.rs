//! Pictures, and the few other files of the workspace that are read as they are.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use thiserror::Error;

/// The largest file that is read, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// Reads files of the workspace by their path in it: pictures, a citation style, `chancery.toml`.
pub trait Images {
    /// Returns a file's bytes; the same `Arc` as long as the file does not change.
    ///
    /// # Errors
    /// When there is no such file, it lies outside the workspace, is too large or cannot be read.
    fn read(&self, path: &str) -> Result<Arc<[u8]>, ImageError>;
}

/// Why a file of the workspace could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImageError {
    /// There is no such file.
    #[error("there is no file `{0}` in the workspace")]
    Missing(String),
    /// The path, or what it links to, leads out of the workspace.
    #[error("`{0}` lies outside the workspace")]
    Outside(String),
    /// The file is larger than [`Images`] reads.
    #[error("`{0}` is larger than 64 MB")]
    TooLarge(String),
    /// The file system said no.
    #[error("`{path}` cannot be read: {reason}")]
    Unreadable {
        /// The path as asked for.
        path: String,
        /// What the file system said.
        reason: String,
    },
}

/// The files of a folder, read again only when they change.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    read: Mutex<HashMap<PathBuf, (Stamp, Arc<[u8]>)>>,
}

type Stamp = (u64, Option<SystemTime>);

impl Folder {
    /// Returns the files below `root`.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), read: Mutex::default() }
    }

    fn locate(&self, path: &str) -> Result<PathBuf, ImageError> {
        let outside = || ImageError::Outside(path.to_owned());
        let inner = Path::new(path);
        if !inner.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
            return Err(outside());
        }
        let fail = |error| failure(path, &error);
        let root = self.root.canonicalize().map_err(fail)?;
        let found = root.join(inner).canonicalize().map_err(fail)?;
        if found.starts_with(&root) { Ok(found) } else { Err(outside()) }
    }
}

impl Images for Folder {
    fn read(&self, path: &str) -> Result<Arc<[u8]>, ImageError> {
        let found = self.locate(path)?;
        let metadata = fs::metadata(&found).map_err(|error| failure(path, &error))?;
        if !metadata.is_file() {
            return Err(ImageError::Missing(path.to_owned()));
        }
        if metadata.len() > MAX_BYTES {
            return Err(ImageError::TooLarge(path.to_owned()));
        }
        let stamp = (metadata.len(), metadata.modified().ok());
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((old, bytes)) = read.get(&found)
            && *old == stamp
        {
            return Ok(Arc::clone(bytes));
        }
        let bytes: Arc<[u8]> = fs::read(&found).map_err(|error| failure(path, &error))?.into();
        read.insert(found, (stamp, Arc::clone(&bytes)));
        Ok(bytes)
    }
}

fn failure(path: &str, error: &io::Error) -> ImageError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ImageError::Missing(path.to_owned()),
        _ => ImageError::Unreadable { path: path.to_owned(), reason: error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_inside_the_folder_are_read() {
        let outer = tempfile::tempdir().expect("a folder");
        let root = outer.path().join("workspace");
        fs::create_dir_all(root.join("images")).expect("a folder");
        fs::write(root.join("images/a.svg"), "<svg/>").expect("a file");
        fs::write(outer.path().join("secret.png"), "secret").expect("a file");
        let folder = Folder::new(&root);
        let first = folder.read("images/a.svg").expect("the file");
        assert!(Arc::ptr_eq(&first, &folder.read("./images/a.svg").expect("the file")));
        let outside = |path: &str| matches!(folder.read(path), Err(ImageError::Outside(_)));
        assert!(outside("../secret.png"));
        assert!(outside(&outer.path().join("secret.png").to_string_lossy()));
        assert!(matches!(folder.read("images/b.svg"), Err(ImageError::Missing(_))));
        assert!(matches!(folder.read("images"), Err(ImageError::Missing(_))));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(outer.path().join("secret.png"), root.join("images/link.png")).expect("a link");
            assert!(outside("images/link.png"));
        }
    }
}
