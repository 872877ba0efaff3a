//! Files that share an id: the first in order counts, the others wait.

use chancery_model::{Problem, Snippet};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The snippets that lost their id to another file, by id and file.
#[derive(Debug, Clone, Default)]
pub(super) struct Duplicates {
    waiting: BTreeMap<String, BTreeMap<String, Arc<Snippet>>>,
}

impl Duplicates {
    /// Returns the snippet that waits in a file.
    pub(super) fn get(&self, id: &str, file: &str) -> Option<&Arc<Snippet>> {
        self.waiting.get(id)?.get(file)
    }

    /// Takes what a file says now, and returns which snippet has the id.
    pub(super) fn put(
        &mut self,
        id: &str,
        file: &str,
        current: Option<Arc<Snippet>>,
        snippet: Option<Arc<Snippet>>,
    ) -> Option<Arc<Snippet>> {
        let other = current.filter(|current| current.file != file);
        if other.is_none() && !self.waiting.contains_key(id) {
            return snippet;
        }
        let mut all = self.waiting.remove(id).unwrap_or_default();
        all.remove(file);
        for snippet in other.into_iter().chain(snippet) {
            all.insert(snippet.file.clone(), snippet);
        }
        let first = all.pop_first().map(|(_, snippet)| snippet);
        if !all.is_empty() {
            self.waiting.insert(id.to_owned(), all);
        }
        first
    }

    /// Returns a problem for each file that shares an id with another.
    pub(super) fn problems<'a>(
        &'a self,
        first: impl Fn(&str) -> Option<String> + 'a,
    ) -> impl Iterator<Item = Problem> + 'a {
        self.waiting.iter().flat_map(move |(id, waiting)| {
            let first = first(id);
            let counted = first.iter().map(|file| (file.clone(), waiting.keys().next().cloned().unwrap_or_default()));
            let others = waiting.keys().map(|file| (file.clone(), first.clone().unwrap_or_default()));
            let pairs: Vec<_> = counted.chain(others).collect();
            pairs.into_iter().map(move |(file, other)| {
                let message = format!("the id `{id}` is taken by `{other}` too");
                let hint = "rename one of the two files; the first one counts until then";
                Problem::error("duplicate-id", message).hint(hint).at_file(&file)
            })
        })
    }
}
