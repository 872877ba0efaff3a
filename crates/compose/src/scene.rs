//! What drawing needs to know of the whole briefing.

use crate::cite::Citer;
use crate::picture::Checks;
use crate::query::Pick;
use crate::request::Request;
use crate::scan::Spot;
use crate::stage::DrawnView;
use crate::views::{ViewContext, snippet_label};
use crate::words::Words;
use chancery_model::{Snippet, nearest};
use chancery_template::PackKind;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// Above this many snippets the preview looks for no nearest name: it would cost more than the pages.
const NEAREST_IN_PREVIEW: usize = 20_000;

/// What drawing needs to know of the whole briefing.
pub(crate) struct Scene<'a> {
    /// What is composed.
    pub request: &'a Request<'a>,
    /// What views and snippet blocks are drawn from.
    pub context: ViewContext<'a>,
    /// The words of its language.
    pub words: Words,
    /// Renders citations.
    pub citer: &'a Citer,
    /// Snippets that stand as a block on these pages, and the embed that gets the label: its file and first byte.
    pub placed: HashMap<String, Spot>,
    /// Tells apart what citations look like: the sources, their state, the style.
    pub citing: u64,
    /// Sources whose entry stands on these pages.
    pub listed: HashSet<String>,
    /// The first citation of each source in a note: its file and first byte; empty where the pages list all sources.
    pub first: HashMap<String, Spot>,
    /// Views drawn, by their file and first byte.
    pub views: HashMap<Spot, Arc<DrawnView>>,
    /// What pictures are.
    pub checks: &'a Checks,
    /// How high the briefing's marking stands.
    pub rank: Option<usize>,
}

impl Scene<'_> {
    /// Returns the snippet of an id; capitals count, the form of accented letters and Hangul does not.
    pub fn snippet(&self, target: &str) -> Option<&Arc<Snippet>> {
        find(self.request, target)
    }

    /// Returns a snippet as the briefing shows it: in its language, where there is a translation.
    pub fn pick(&self, snippet: &Arc<Snippet>) -> Pick {
        self.context.translations.pick(snippet, self.request.workspace)
    }

    /// Returns the nearest id to one that there is not.
    pub fn nearest_snippet(&self, target: &str) -> Option<String> {
        let snippets = &self.request.workspace.snippets;
        if self.request.mode == crate::Mode::Preview && snippets.len() > NEAREST_IN_PREVIEW {
            return None;
        }
        nearest(target, snippets.keys().map(String::as_str)).map(str::to_owned)
    }

    /// Returns the nearest key to one that there is not.
    pub fn nearest_source(&self, key: &str) -> Option<String> {
        nearest(key, self.request.workspace.sources.keys().map(String::as_str)).map(str::to_owned)
    }

    /// Returns the label that links to a snippet, where it stands on these pages.
    pub fn label(&self, id: &str) -> Option<String> {
        self.placed.contains_key(id).then(|| snippet_label(id))
    }

    /// Returns whether the pack makes slides.
    pub fn is_deck(&self) -> bool {
        self.request.pack.kind() == PackKind::Deck
    }

    /// Returns the marking of a snippet where it stands higher than the briefing's.
    pub fn marked_higher<'s>(&'s self, snippet: &'s Snippet) -> Option<&'s str> {
        let config = &self.request.workspace.config;
        let marking = snippet.marking.as_deref().or(config.default_marking.as_deref())?;
        let rank = config.marking.rank(marking)?;
        (rank > self.rank?).then_some(marking)
    }
}

/// Returns the snippet that an embed's target names: an id, or a path that ends in it as Obsidian writes.
pub(crate) fn find<'a>(request: &Request<'a>, target: &str) -> Option<&'a Arc<Snippet>> {
    let snippets = &request.workspace.snippets;
    if let Some(found) = snippets.get(target) {
        return Some(found);
    }
    let name = target.rsplit('/').next().unwrap_or(target);
    let stem = name.strip_suffix(".md").unwrap_or(name);
    snippets.get(stem).or_else(|| snippets.get(&stem.nfc().collect::<String>()))
}
