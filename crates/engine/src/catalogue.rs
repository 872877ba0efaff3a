//! Lists over a workspace: the library with its facets, completion, sources, uses.

use crate::cards::{self, Cards};
use crate::config::EngineConfig;
use crate::desk::{Desk, today};
use crate::ipc::{
    CompletionKind, Failure, LibraryFilter, LibraryPage, QueryReply, SnippetCard, SourceCard, UsePlace, ViewCard,
};
use crate::library;
use crate::uses::{Owner, Uses};
use chancery_compose::views;
use chancery_model::{LineIndex, Problem, Snippet, Workspace};
use chancery_workspace::index::{Index, IndexError};
use chancery_workspace::{Cache as Parsed, Changed, cites, id_of, uses};
use std::collections::HashMap;
use std::sync::Arc;

/// Everything that lists need besides the workspace itself.
pub struct Catalogue {
    index: Index,
    /// What the index does not have yet: it follows when somebody searches, not at each key.
    changed: HashMap<String, Option<Arc<Snippet>>>,
    uses: Uses,
    cards: Cards,
}

impl Catalogue {
    /// Returns the catalogue of a workspace; the index is kept in the user's cache folder.
    ///
    /// # Errors
    /// When the index can neither be read nor made.
    pub fn new(desk: &Desk, config: &EngineConfig) -> Result<Self, Failure> {
        Self::new_watched(desk, config, &|_, _| true)
    }

    /// Returns the catalogue as [`Catalogue::new`] does. `watch` is told how many snippets of how many were indexed, and
    /// stops it by saying no.
    ///
    /// # Errors
    /// As [`Catalogue::new`], and when it was stopped.
    pub fn new_watched(
        desk: &Desk,
        config: &EngineConfig,
        watch: &dyn Fn(usize, usize) -> bool,
    ) -> Result<Self, Failure> {
        let workspace = desk.workspace();
        let folder = Parsed::new(&config.cache).folder_of(desk.root()).join("index");
        let index = Index::open_watched(Some(&folder), workspace, watch).map_err(|error| match error {
            IndexError::Stopped => Failure::usage("stopped", "Opening the workspace was stopped"),
            error => Failure::machine("no-index", format!("the search index could not be made: {error}")),
        })?;
        Ok(Self { index, changed: HashMap::new(), uses: Uses::new(workspace), cards: Cards::new(workspace, today()) })
    }

    /// Takes over what changed in the workspace.
    pub fn follow(&mut self, changed: &Changed, workspace: &Workspace) {
        for id in &changed.removed {
            self.uses.forget(&Owner::Snippet(id.clone()));
        }
        for file in &changed.briefings {
            match workspace.briefings.get(file) {
                Some(briefing) => self.uses.note_briefing(briefing),
                None => self.uses.forget(&Owner::Briefing(file.clone())),
            }
        }
        for snippet in &changed.snippets {
            self.uses.note_snippet(snippet);
        }
        self.cards.follow(changed, workspace);
        self.changed.extend(changed.removed.iter().map(|id| (id.clone(), None)));
        self.changed.extend(changed.snippets.iter().map(|snippet| (snippet.id.clone(), Some(snippet.clone()))));
    }

    /// Has the index take in what changed since it was last asked.
    fn catch_up(&mut self) {
        if self.changed.is_empty() {
            return;
        }
        let (mut snippets, mut removed) = (Vec::new(), Vec::new());
        for (id, snippet) in self.changed.drain() {
            match snippet {
                Some(snippet) => snippets.push(snippet),
                None => removed.push(id),
            }
        }
        // On a full disk, say: what is found then is what was there before.
        if let Err(error) = self.index.update(&snippets, &removed) {
            log::error!("the search index does not follow: {error}");
        }
    }

    /// Returns a window of the library.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn page(
        &mut self,
        desk: &Desk,
        filter: &LibraryFilter,
        offset: u32,
        limit: u32,
    ) -> Result<LibraryPage, Failure> {
        self.catch_up();
        let found = self.index.search(&library::query(filter, offset, limit)).map_err(|error| {
            Failure::machine("no-index", error.to_string())
                .hint("Open the workspace again: the index is then made anew.")
        })?;
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(LibraryPage {
            total: count(found.total),
            matched: count(found.matched),
            cards: self.cards(desk, found.ids.iter().map(String::as_str)),
            facets: library::facets(&found.facets),
        })
    }

    /// Returns the cards of snippets, in order; unknown ids are left out.
    pub fn cards<'a>(&self, desk: &Desk, ids: impl IntoIterator<Item = &'a str>) -> Vec<SnippetCard> {
        let snippets = &desk.workspace().snippets;
        ids.into_iter()
            .filter_map(|id| snippets.get(id))
            .map(|snippet| self.cards.snippet(snippet, &self.uses, desk.workspace()))
            .collect()
    }

    /// Returns what can stand behind an opening mark, best first.
    pub fn complete(&mut self, desk: &Desk, what: CompletionKind, text: &str, limit: usize) -> QueryReply {
        match what {
            CompletionKind::Snippet => {
                self.catch_up();
                let picked = self.index.pick(text, limit);
                QueryReply::Cards { cards: self.cards(desk, picked.iter().map(|pick| pick.id.as_str())) }
            }
            CompletionKind::Source => {
                let mut sources = self.sources(desk, text);
                sources.truncate(limit);
                QueryReply::Sources { sources }
            }
            CompletionKind::View => {
                let known = views::VIEWS.iter().filter(|view| view.name.starts_with(text));
                let card =
                    |view: &views::ViewSpec| ViewCard { name: view.name.to_owned(), starter: view.starter.to_owned() };
                QueryReply::Views { views: known.map(card).collect() }
            }
        }
    }

    /// Returns the titles of the snippets that a view shows, and what is wrong with its options.
    pub fn view(&self, desk: &Desk, name: &str, body: &str) -> (Vec<String>, Vec<Problem>) {
        let workspace = desk.workspace();
        let drawn = self.cards.view(workspace, name, body);
        let snippets = drawn.snippets.iter().filter_map(|id| workspace.snippets.get(id));
        let titles = snippets.map(|snippet| cards::plain(&snippet.title)).collect();
        (titles, drawn.findings.into_iter().map(|finding| finding.problem).collect())
    }

    /// Returns the sources in which every word is found, the most used first.
    pub fn sources(&self, desk: &Desk, text: &str) -> Vec<SourceCard> {
        let workspace = desk.workspace();
        let mut used: HashMap<&str, u32> = HashMap::new();
        for source in workspace.snippets.values().flat_map(|snippet| &snippet.sources) {
            *used.entry(&source.key).or_default() += 1;
        }
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        let cards = workspace
            .sources
            .values()
            .map(|source| self.cards.source(source, used.get(source.key.as_str()).copied().unwrap_or_default()));
        let matches = |card: &SourceCard| {
            let all = format!("{} {} {} {}", card.key, card.short, card.title, card.reference).to_lowercase();
            words.iter().all(|word| all.contains(word))
        };
        let mut found: Vec<SourceCard> = cards.filter(matches).collect();
        found.sort_by(|a, b| b.used.cmp(&a.used).then_with(|| a.key.cmp(&b.key)));
        found
    }

    /// Returns the briefings.
    pub fn briefings(&self, desk: &Desk) -> Vec<crate::ipc::BriefingCard> {
        desk.workspace().briefings.values().map(|briefing| self.cards.briefing(briefing, desk.root())).collect()
    }

    /// Returns where a snippet is used.
    pub fn uses(&self, desk: &Desk, id: &str) -> Vec<UsePlace> {
        places(desk, uses::find(desk.workspace(), id))
    }

    /// Returns where a source is cited.
    pub fn citations(&self, desk: &Desk, key: &str) -> Vec<UsePlace> {
        places(desk, cites::find(desk.workspace(), key))
    }
}

/// Returns places in files with the lines that they stand in.
fn places(desk: &Desk, found: Vec<uses::Use>) -> Vec<UsePlace> {
    let workspace = desk.workspace();
    let place = |found: uses::Use| {
        let text = desk.session().text(&found.file)?;
        let titled = workspace.briefings.get(&found.file).map(|briefing| briefing.title.clone());
        let title = titled.or_else(|| Some(workspace.snippets.get(&id_of(&found.file))?.title.clone()))?;
        let lines = LineIndex::new(&text);
        let line = lines.line(found.span.start);
        Some(UsePlace {
            file: found.file,
            title: cards::plain(&title),
            line: u32::try_from(line + 1).unwrap_or(u32::MAX),
            text: text[lines.range(line)].trim().to_owned(),
        })
    };
    found.into_iter().filter_map(place).collect()
}
