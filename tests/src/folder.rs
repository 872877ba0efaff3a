//! Folders to work in.

use crate::programs::root;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A folder that goes when the test ends: a home for the programs, and a workspace beside it.
pub struct Folder {
    dir: TempDir,
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

impl Folder {
    /// Returns an empty folder.
    pub fn new() -> Self {
        let dir = tempfile::Builder::new().prefix("chancery-").tempdir().expect("a folder for the test");
        fs::create_dir(dir.path().join("home")).expect("a home");
        Self { dir }
    }

    /// Returns a folder that holds a copy of the ROK–NATO workspace.
    pub fn with_rok_nato() -> Self {
        let folder = Self::new();
        copy(&root().join("briefings/rok-nato"), &folder.workspace());
        folder
    }

    /// Returns a folder whose workspace has these files, and the least that makes it one.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self::new();
        folder.write("chancery.toml", "[workspace]\nname = \"Test\"\nlanguage = \"en\"\ntemplate = \"policy-brief\"\n");
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    /// Returns where the programs keep their own files.
    pub fn home(&self) -> PathBuf {
        self.dir.path().join("home")
    }

    /// Returns the workspace’s folder.
    pub fn workspace(&self) -> PathBuf {
        self.dir.path().join("workspace")
    }

    /// Returns a path beside the workspace.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file of the workspace.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.workspace().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Waits until a file of the workspace holds a text.
    pub fn until_file(&self, path: &str, text: &str) {
        let began = Instant::now();
        while !self.read(path).contains(text) {
            assert!(began.elapsed() < Duration::from_secs(20), "`{text}` never came into {path}:\n{}", self.read(path));
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Returns all files of the workspace with their texts, hidden ones left out.
    pub fn snapshot(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        collect(&self.workspace(), "", &mut files);
        files
    }

    /// Reads a file of the workspace.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.workspace().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

/// Returns the files that are not the same in both, or are in one of them only.
pub fn changed(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names.into_iter().filter(|name| before.get(*name) != after.get(*name)).cloned().collect()
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            collect(&entry.path(), &format!("{prefix}{name}/"), files);
        } else {
            let bytes = fs::read(entry.path()).expect("a file");
            files.insert(format!("{prefix}{name}"), String::from_utf8_lossy(&bytes).into_owned());
        }
    }
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder to copy").flatten() {
        let target = to.join(entry.file_name());
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file to copy");
        }
    }
}
