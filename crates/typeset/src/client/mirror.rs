//! What the worker process has of a project, so that only what changed is sent.

use crate::Project;
use crate::wire::Changes;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The files that the worker process has.
#[derive(Debug, Default)]
pub(super) struct Mirror {
    files: BTreeMap<String, Arc<[u8]>>,
}

impl Mirror {
    /// Takes a project over; returns how it differs from what was there before, and the new contents in order.
    pub fn update(&mut self, project: &Project) -> (Changes, Vec<Arc<[u8]>>) {
        let changed: Vec<_> = project.files.iter().filter(|(path, bytes)| self.differs(path, bytes)).collect();
        let removed: Vec<_> = self.files.keys().filter(|path| !project.files.contains_key(*path)).cloned().collect();
        for path in &removed {
            self.files.remove(path);
        }
        let mut changes = Changes { written: Vec::with_capacity(changed.len()), removed };
        let mut contents = Vec::with_capacity(changed.len());
        for (path, bytes) in changed {
            self.files.insert(path.clone(), bytes.clone());
            changes.written.push(path.clone());
            contents.push(bytes.clone());
        }
        (changes, contents)
    }

    fn differs(&self, path: &str, bytes: &Arc<[u8]>) -> bool {
        self.files.get(path).is_none_or(|own| !Arc::ptr_eq(own, bytes) && own != bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(files: &[(&str, &Arc<[u8]>)]) -> Project {
        Project::new(files.iter().map(|(path, bytes)| ((*path).to_owned(), (*bytes).clone())).collect())
    }

    #[test]
    fn only_what_changed_is_sent() {
        let (old, new): (Arc<[u8]>, Arc<[u8]>) = (b"old"[..].into(), b"new"[..].into());
        let mut mirror = Mirror::default();
        let (changes, contents) = mirror.update(&project(&[("a", &old), ("b", &old)]));
        assert_eq!((changes.written.len(), contents.len()), (2, 2));

        let same_bytes: Arc<[u8]> = b"old"[..].into();
        let (changes, contents) = mirror.update(&project(&[("b", &same_bytes), ("c", &new)]));
        assert_eq!(changes, Changes { written: vec!["c".into()], removed: vec!["a".into()] });
        assert_eq!(contents, [new]);
    }
}
