//! Views and snippet blocks, drawn once for each state of what they show.

use crate::cite::Citer;
use crate::query::Translations;
use crate::request::Request;
use crate::texts::hash;
use crate::views::{self, Drawn, Prose, Shown, ViewContext, snippet_label};
use crate::words::Words;
use chancery_markup::View;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// A view as data, and what tells it from another state of itself.
#[derive(Debug)]
pub(crate) struct DrawnView {
    /// Its data, prose and findings.
    pub drawn: Drawn,
    /// The data as JSON.
    pub json: Vec<u8>,
    /// Equal for equal views.
    pub digest: u64,
    /// Snippets that references lead to here.
    pub labelled: Vec<String>,
    /// Sources that citations lead to here.
    pub listed: Vec<String>,
}

impl DrawnView {
    /// Returns what it says, without formatting.
    pub fn text(&self) -> String {
        let mut text = String::new();
        if let Some(data) = &self.drawn.data {
            push_strings(data, &mut text);
        }
        for prose in &self.drawn.prose {
            match prose {
                Prose::Inline { text: markdown, .. } => text.push_str(markdown),
                Prose::Body(snippet) => text.push_str(snippet.body()),
                Prose::Runs(runs) => text.push_str(&crate::cite::plain(runs)),
            }
            text.push('\n');
        }
        text
    }
}

/// Adds the strings that are printed; ids, keys and labels are not.
fn push_strings(data: &serde_json::Value, text: &mut String) {
    match data {
        serde_json::Value::String(string) => {
            text.push_str(string);
            text.push('\n');
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| push_strings(item, text)),
        serde_json::Value::Object(entries) => {
            let printed = entries
                .iter()
                .filter(|(name, _)| !matches!(name.as_str(), "id" | "key" | "label" | "alt" | "evidence"));
            printed.for_each(|(_, value)| push_strings(value, text));
        }
        _ => {}
    }
}

/// Views drawn before, by what they were drawn from.
#[derive(Debug, Default)]
pub(crate) struct KeptViews {
    revision: Option<u64>,
    views: HashMap<u64, Arc<DrawnView>>,
}

/// Draws views.
pub(crate) struct Stage<'a> {
    pub request: &'a Request<'a>,
    pub translations: &'a Translations,
    pub words: Words,
    pub citer: &'a Citer,
    /// What the briefing shows, as far as it is known.
    pub shown: Shown,
    kept: &'a mut KeptViews,
    used: HashMap<u64, Arc<DrawnView>>,
    shown_sum: u64,
}

impl<'a> Stage<'a> {
    /// Returns a stage that keeps what it draws, as long as the workspace's revision stays.
    pub fn new(
        request: &'a Request<'a>,
        translations: &'a Translations,
        words: Words,
        citer: &'a Citer,
        kept: &'a mut KeptViews,
    ) -> Self {
        if request.revision.is_none() || kept.revision != request.revision {
            kept.views.clear();
            kept.revision = request.revision;
        }
        Self { request, translations, words, citer, shown: Shown::default(), kept, used: HashMap::new(), shown_sum: 0 }
    }

    /// Sets what the briefing shows.
    pub fn show(&mut self, shown: Shown) {
        self.shown_sum = sum(&shown);
        self.shown = shown;
    }

    /// Returns what views and blocks are drawn from.
    pub fn context(&self) -> ViewContext<'_> {
        ViewContext {
            workspace: self.request.workspace,
            translations: self.translations,
            words: self.words,
            citer: self.citer,
            shown: &self.shown,
        }
    }

    /// Draws a view; `repeated` where the briefing has shown the same one before, `wanted` the snippets that references lead
    /// to and that stand nowhere yet.
    pub fn draw(&mut self, view: &View, repeated: bool, wanted: &BTreeSet<String>) -> Arc<DrawnView> {
        let key = hash(&(&view.name, view.body.as_str(), repeated, wanted, self.shown_sum, self.words));
        if let Some(known) = self.kept.views.get(&key).or_else(|| self.used.get(&key)).cloned() {
            self.used.insert(key, Arc::clone(&known));
            return known;
        }
        let mut drawn = views::draw(&view.name, view.body.as_str(), repeated, &self.context());
        drawn.label(wanted);
        let labels = labels(&drawn);
        let labelled = wanted.iter().filter(|id| labels.contains(&snippet_label(id))).cloned().collect();
        let listed = if drawn.block == "sources" { listed(&drawn) } else { Vec::new() };
        let json =
            drawn.data.as_ref().map(|data| serde_json::to_vec_pretty(data).unwrap_or_default()).unwrap_or_default();
        let digest = digest(&drawn, &json);
        let view = Arc::new(DrawnView { drawn, json, digest, labelled, listed });
        self.used.insert(key, Arc::clone(&view));
        view
    }

    /// Keeps the views drawn this time, and returns what the briefing shows.
    pub fn finish(self) -> Shown {
        self.kept.views = self.used;
        self.shown
    }
}

/// The labels on the parts of a view.
fn labels(drawn: &Drawn) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut values: Vec<&serde_json::Value> = drawn.data.iter().collect();
    while let Some(value) = values.pop() {
        match value {
            serde_json::Value::Array(items) => values.extend(items),
            serde_json::Value::Object(entries) => {
                found.extend(entries.get("label").and_then(serde_json::Value::as_str).map(str::to_owned));
                values.extend(entries.values());
            }
            _ => {}
        }
    }
    found
}

/// The keys of a list of sources' entries that have labels.
fn listed(drawn: &Drawn) -> Vec<String> {
    let entries = drawn.data.as_ref().and_then(|data| data.get("entries")?.as_array());
    let labelled =
        entries.into_iter().flatten().filter(|entry| entry.get("label").is_some_and(serde_json::Value::is_string));
    labelled.filter_map(|entry| Some(entry.get("key")?.as_str()?.to_owned())).collect()
}

/// A hash of a view: its data, its prose and what is wrong with it.
fn digest(drawn: &Drawn, json: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    (json, &drawn.placeholder).hash(&mut hasher);
    for finding in &drawn.findings {
        (&finding.span, &finding.problem).hash(&mut hasher);
    }
    for prose in &drawn.prose {
        match prose {
            Prose::Inline { text, .. } => text.hash(&mut hasher),
            Prose::Body(snippet) => snippet.text.hash(&mut hasher),
            Prose::Runs(runs) => runs.hash(&mut hasher),
        }
    }
    hasher.finish()
}

/// A hash of what a briefing shows.
fn sum(shown: &Shown) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&shown.views, &shown.labelled, &shown.cited, &shown.text).hash(&mut hasher);
    for passage in &shown.passages {
        (&passage.text, &passage.snippet, &passage.sources).hash(&mut hasher);
    }
    hasher.finish()
}
