//! The snippets of a workspace: a persistent map, so that a copy costs nothing and a change little.

use crate::Snippet;
use std::cmp::Ordering;
use std::fmt;
use std::ops::Index;
use std::sync::Arc;

/// Snippets by id, in the order of their files.
///
/// A clone shares everything with the original; inserting and removing cost a logarithm of the size even while
/// clones exist, so that pages can be composed from one state while the analyst types the next.
#[derive(Debug, Clone, Default)]
pub struct Snippets {
    by_id: imbl::HashMap<Arc<str>, Arc<Snippet>>,
    in_order: imbl::OrdSet<InFileOrder>,
}

#[derive(Debug, Clone)]
struct InFileOrder(Arc<Snippet>);

impl InFileOrder {
    fn key(&self) -> (&str, &str) {
        (&self.0.file, &self.0.id)
    }
}

impl PartialEq for InFileOrder {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for InFileOrder {}

impl PartialOrd for InFileOrder {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for InFileOrder {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl Snippets {
    /// Returns the snippet of that id.
    pub fn get(&self, id: &str) -> Option<&Arc<Snippet>> {
        self.by_id.get(id)
    }

    /// Returns whether there is a snippet of that id.
    pub fn contains_key(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// Puts a snippet in, and returns the one that had its id before.
    pub fn insert(&mut self, id: String, snippet: Arc<Snippet>) -> Option<Arc<Snippet>> {
        let before = self.by_id.insert(id.into(), snippet.clone());
        if let Some(before) = &before {
            self.in_order.remove(&InFileOrder(before.clone()));
        }
        self.in_order.insert(InFileOrder(snippet));
        before
    }

    /// Takes a snippet out.
    pub fn remove(&mut self, id: &str) -> Option<Arc<Snippet>> {
        let before = self.by_id.remove(id)?;
        self.in_order.remove(&InFileOrder(before.clone()));
        Some(before)
    }

    /// Returns all, in the order of their files.
    pub fn iter(&self) -> Iter<'_> {
        Iter(self.in_order.iter())
    }

    /// Returns all ids, in the order of their files.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &String> + '_ {
        self.iter().map(|(id, _)| id)
    }

    /// Returns all snippets, in the order of their files.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Arc<Snippet>> + '_ {
        self.iter().map(|(_, snippet)| snippet)
    }
}

/// An iterator over ids and snippets, in the order of the files.
pub struct Iter<'a>(imbl::ordset::Iter<'a, InFileOrder, imbl::shared_ptr::DefaultSharedPtr>);

impl fmt::Debug for Iter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.clone().map(|entry| &entry.0.id)).finish()
    }
}

impl<'a> Iterator for Iter<'a> {
    type Item = (&'a String, &'a Arc<Snippet>);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|entry| (&entry.0.id, &entry.0))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for Iter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(|entry| (&entry.0.id, &entry.0))
    }
}

impl<'a> IntoIterator for &'a Snippets {
    type Item = (&'a String, &'a Arc<Snippet>);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl Extend<(String, Arc<Snippet>)> for Snippets {
    fn extend<I: IntoIterator<Item = (String, Arc<Snippet>)>>(&mut self, entries: I) {
        for (id, snippet) in entries {
            self.insert(id, snippet);
        }
    }
}

impl FromIterator<(String, Arc<Snippet>)> for Snippets {
    fn from_iter<I: IntoIterator<Item = (String, Arc<Snippet>)>>(entries: I) -> Self {
        let mut snippets = Self::default();
        snippets.extend(entries);
        snippets
    }
}

impl Index<&str> for Snippets {
    type Output = Arc<Snippet>;

    fn index(&self, id: &str) -> &Arc<Snippet> {
        &self.by_id[id]
    }
}
