//! Changes of texts and of several files at once, each with its inverse.

use crate::save::{SaveError, write_atomically};
use serde::{Deserialize, Serialize};
use std::io;
use std::ops::Range;
use std::path::Path;
use thiserror::Error;

/// Replaces bytes of a text; ranges of one list of changes all refer to the text before it, in order, without overlap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The bytes.
    pub range: Range<usize>,
    /// The new text.
    pub insert: String,
}

/// Returns the text after a list of changes; none where they do not fit it.
pub fn apply(text: &str, changes: &[Change]) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for change in changes {
        if change.range.end < change.range.start {
            return None;
        }
        out.push_str(text.get(at..change.range.start)?);
        out.push_str(&change.insert);
        at = change.range.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// Returns the changes that undo `changes`; none where they do not fit the text.
pub fn invert(text: &str, changes: &[Change]) -> Option<Vec<Change>> {
    let mut shift = 0_isize;
    let invert_one = |change: &Change| {
        let removed = text.get(change.range.clone())?;
        let start = change.range.start.checked_add_signed(shift)?;
        shift += change.insert.len() as isize - removed.len() as isize;
        Some(Change { range: start..start + change.insert.len(), insert: removed.to_owned() })
    };
    changes.iter().map(invert_one).collect()
}

/// A change of one file among others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileChange {
    /// The file in the workspace.
    pub file: String,
    /// Its new name, where it gets one.
    pub rename: Option<String>,
    /// The text that the changes refer to.
    pub before: String,
    /// What changes in it.
    pub changes: Vec<Change>,
    /// Whether the file is made: there was none before.
    pub made: bool,
    /// Whether the file is deleted.
    pub gone: bool,
}

/// A change of several files that is done and undone as one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspaceEdit {
    /// What it does, for the undo menu.
    pub label: String,
    /// The files.
    pub files: Vec<FileChange>,
}

/// Why an edit was not made; all files are as before.
#[derive(Debug, Error)]
pub enum EditError {
    /// A file is not what the edit was made from.
    #[error("`{0}` has changed since")]
    Changed(String),
    /// A file with the new name is there.
    #[error("`{0}` is there already")]
    Taken(String),
    /// The disk or permissions forbid it.
    #[error(transparent)]
    Save(#[from] SaveError),
}

impl FileChange {
    /// Returns the change that makes a file.
    pub fn make(file: String, text: String) -> Self {
        Self { file, changes: vec![Change { range: 0..0, insert: text }], made: true, ..Self::default() }
    }

    /// Returns the change that deletes a file.
    pub fn delete(file: String, text: String) -> Self {
        Self {
            file,
            changes: vec![Change { range: 0..text.len(), insert: String::new() }],
            before: text,
            gone: true,
            ..Self::default()
        }
    }

    /// Returns the change from one text of a file to another; none where they are equal.
    pub fn rewrite(file: &str, before: &str, after: &str) -> Option<Self> {
        if before == after {
            return None;
        }
        let same = |(a, b): &(char, char)| a == b;
        let start: usize = before.chars().zip(after.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
        let (b, a) = (&before[start..], &after[start..]);
        let end: usize = b.chars().rev().zip(a.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
        let change = Change { range: start..before.len() - end, insert: a[..a.len() - end].to_owned() };
        Some(Self { file: file.to_owned(), before: before.to_owned(), changes: vec![change], ..Self::default() })
    }

    /// Returns the file's name after the change.
    pub fn new_name(&self) -> &str {
        self.rename.as_deref().unwrap_or(&self.file)
    }

    /// Returns the text after the change; the text before where the changes do not fit it.
    pub fn after(&self) -> String {
        apply(&self.before, &self.changes).unwrap_or_else(|| self.before.clone())
    }

    fn inverse(&self) -> Self {
        Self {
            file: self.new_name().to_owned(),
            rename: self.rename.as_ref().map(|_| self.file.clone()),
            before: self.after(),
            changes: invert(&self.before, &self.changes).unwrap_or_default(),
            made: self.gone,
            gone: self.made,
        }
    }
}

impl WorkspaceEdit {
    /// Returns the edit that undoes this one.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self { label: self.label.clone(), files: self.files.iter().rev().map(FileChange::inverse).collect() }
    }

    /// Makes the edit in the files of a workspace: all of it or nothing.
    ///
    /// # Errors
    /// When a file is not what the edit was made from, a new name is taken, or the disk forbids it.
    pub fn apply_to(&self, root: &Path) -> Result<(), EditError> {
        for change in &self.files {
            self.check(root, change)?;
        }
        for (done, change) in self.files.iter().enumerate() {
            if let Err(error) = write(root, change) {
                for change in self.files[..=done].iter().rev() {
                    if let Err(error) = restore(root, change) {
                        log::error!("`{}` could not be put back: {error}", change.file);
                    }
                }
                return Err(error.into());
            }
        }
        Ok(())
    }

    /// Takes back what was made of an edit that broke off: files that are as it leaves them become as they were.
    ///
    /// # Errors
    /// When the disk forbids it.
    pub fn roll_back(&self, root: &Path) -> Result<(), SaveError> {
        for change in self.files.iter().rev() {
            let now = std::fs::read(root.join(change.new_name())).ok();
            let is_done =
                if change.gone { now.is_none() } else { now.is_some_and(|now| now == change.after().as_bytes()) };
            if is_done {
                restore(root, change)?;
            }
        }
        Ok(())
    }

    fn check(&self, root: &Path, change: &FileChange) -> Result<(), EditError> {
        let path = root.join(&change.file);
        if change.made {
            let taken = path.symlink_metadata().is_ok();
            return if taken { Err(EditError::Taken(change.file.clone())) } else { Ok(()) };
        }
        match std::fs::read(&path) {
            Ok(bytes) if bytes == change.before.as_bytes() => {}
            Ok(_) => return Err(EditError::Changed(change.file.clone())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(EditError::Changed(change.file.clone()));
            }
            Err(error) => return Err(SaveError::new(&path, error).into()),
        }
        match &change.rename {
            // On a file system without case a new name may be the file itself.
            Some(name) if root.join(name).exists() && !is_same(&path, &root.join(name)) => {
                Err(EditError::Taken(name.clone()))
            }
            _ => Ok(()),
        }
    }
}

fn is_same(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

fn write(root: &Path, change: &FileChange) -> Result<(), SaveError> {
    let path = root.join(&change.file);
    let failed = |error| SaveError::new(&path, error);
    if change.gone {
        return std::fs::remove_file(&path).map_err(failed);
    }
    if change.made {
        path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(failed)?;
    }
    if !change.changes.is_empty() {
        write_atomically(&path, change.after().as_bytes())?;
    }
    match &change.rename {
        Some(name) => std::fs::rename(&path, root.join(name)).map_err(failed),
        None => Ok(()),
    }
}

/// Puts a file back, whether its change was made, half made or not.
fn restore(root: &Path, change: &FileChange) -> Result<(), SaveError> {
    let (path, new) = (root.join(&change.file), root.join(change.new_name()));
    if change.made {
        return match std::fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(SaveError::new(&path, error)),
            _ => Ok(()),
        };
    }
    if !path.exists() && new.exists() {
        std::fs::rename(&new, &path).map_err(|error| SaveError::new(&new, error))?;
    }
    write_atomically(&path, change.before.as_bytes())
}
