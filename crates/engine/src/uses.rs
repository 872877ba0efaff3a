//! Where snippets are used: embeds and references in briefings and snippets.

use chancery_model::{Briefing, Snippet, Workspace};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// What stands before the id of a snippet that a text names.
const OPENING: &str = "[[";

/// Which texts name which snippets, kept up text by text.
#[derive(Debug, Default)]
pub struct Uses {
    ids: HashMap<Owner, Vec<String>>,
    owners: HashMap<String, BTreeSet<Owner>>,
}

/// A text that names snippets.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// A briefing, by its file.
    Briefing(String),
    /// A snippet, by its id.
    Snippet(String),
}

impl Uses {
    /// Returns the uses of a whole workspace.
    pub fn new(workspace: &Workspace) -> Self {
        let mut uses = Self::default();
        let snippets: Vec<_> = workspace.snippets.values().collect();
        let naming = |snippet: &&Arc<Snippet>| snippet.body().contains(OPENING);
        for snippet in snippets.into_par_iter().filter(naming).collect::<Vec<_>>() {
            uses.note_snippet(snippet);
        }
        for briefing in workspace.briefings.values() {
            uses.note_briefing(briefing);
        }
        uses
    }

    /// Notes a briefing as it is now.
    pub fn note_briefing(&mut self, briefing: &Briefing) {
        self.note(Owner::Briefing(briefing.file.clone()), briefing.body());
    }

    /// Notes a snippet as it is now.
    pub fn note_snippet(&mut self, snippet: &Snippet) {
        self.note(Owner::Snippet(snippet.id.clone()), snippet.body());
    }

    /// Forgets a text that is gone.
    pub fn forget(&mut self, owner: &Owner) {
        for id in self.ids.remove(owner).unwrap_or_default() {
            if let Some(owners) = self.owners.get_mut(&id) {
                owners.remove(owner);
            }
        }
    }

    /// Returns in how many texts a snippet is used.
    pub fn count(&self, id: &str) -> u32 {
        self.owners.get(id).map_or(0, |owners| u32::try_from(owners.len()).unwrap_or(u32::MAX))
    }

    fn note(&mut self, owner: Owner, body: &str) {
        self.forget(&owner);
        let ids: BTreeSet<String> = named(body).map(str::to_owned).collect();
        for id in &ids {
            self.owners.entry(id.clone()).or_default().insert(owner.clone());
        }
        if !ids.is_empty() {
            self.ids.insert(owner, ids.into_iter().collect());
        }
    }
}

/// Returns what stands in `[[…]]`, up to a `|` or `#`.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices(OPENING).filter_map(|(at, _)| {
        let inner = &text[at + OPENING.len()..];
        let id = inner[..inner.find(['|', '#', ']', '\n', '\\'])?].trim();
        (!id.is_empty()).then_some(id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embeds_references_and_fields_count_as_uses() {
        let mut uses = Uses::default();
        let owner = |file: &str| Owner::Briefing(file.to_owned());
        uses.note(owner("a.md"), "![[x]] and [[x|text]] and ![[y#value]]");
        uses.note(owner("b.md"), "| ![[x\\|short]] |");
        assert_eq!((uses.count("x"), uses.count("y"), uses.count("z")), (2, 1, 0));
        uses.note(owner("a.md"), "nothing");
        assert_eq!((uses.count("x"), uses.count("y")), (1, 0));
    }
}
