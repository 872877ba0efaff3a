//! Snippets in the language of the briefing.

use crate::words::primary;
use chancery_model::{Date, Interval, Node, Snippet, Workspace};
use std::collections::HashMap;
use std::sync::Arc;

/// A snippet as a briefing shows it: its text in the briefing's language where there is a translation.
#[derive(Debug, Clone)]
pub struct Pick {
    /// Whose words are shown.
    pub text: Arc<Snippet>,
    /// Whose facts count where the translation does not repeat them; the same snippet where it is none.
    pub facts: Arc<Snippet>,
}

impl Pick {
    /// Returns the id under which briefings know it: the original's.
    pub fn id(&self) -> &str {
        &self.facts.id
    }

    /// Returns whether the words shown are a translation.
    pub fn is_translated(&self) -> bool {
        self.text.id != self.facts.id
    }

    /// Returns a field as the shown text has it, else as the original does.
    pub fn field(&self, name: &str) -> Option<&Node> {
        self.located(name).map(|(_, node)| node)
    }

    /// Returns a field and the snippet whose file it stands in.
    pub fn located(&self, name: &str) -> Option<(&Arc<Snippet>, &Node)> {
        let of = |snippet: &'_ Arc<Snippet>| snippet.field(name).is_some();
        let snippet = if of(&self.text) { &self.text } else { &self.facts };
        Some((snippet, snippet.field(name)?))
    }

    /// Returns a field's text.
    pub fn field_text(&self, name: &str) -> Option<String> {
        self.field(name)?.text()
    }

    /// Returns a list field's texts.
    pub fn field_list(&self, name: &str) -> Vec<String> {
        self.field(name).map(|node| node.items().iter().filter_map(Node::text).collect()).unwrap_or_default()
    }

    /// Returns a field as a number.
    pub fn field_number(&self, name: &str) -> Option<f64> {
        self.text.field_number(name).or_else(|| self.facts.field_number(name))
    }

    /// Returns a field as yes or no.
    pub fn field_flag(&self, name: &str) -> Option<bool> {
        match self.field_text(name)?.as_str() {
            "true" | "yes" => Some(true),
            "false" | "no" => Some(false),
            _ => None,
        }
    }

    /// Returns a field as a date.
    pub fn field_date(&self, name: &str) -> Option<Date> {
        self.field_text(name)?.parse().ok()
    }

    /// Returns when it happened, was said, or counts for.
    pub fn date(&self) -> Option<Date> {
        let office = || {
            let day = |name: &str| match self.field_date(name)? {
                Date::Day(day) => Some(day),
                Date::Interval(_) => None,
            };
            let (start, end) = (day("from"), day("to"));
            (start.is_some() || end.is_some()).then_some(Date::Interval(Interval { start, end }))
        };
        let own = self.text.date.or(self.facts.date);
        own.or_else(|| self.field_date("period")).or_else(|| self.field_date("said")).or_else(office)
    }

    /// Returns what it rests on.
    pub fn sources(&self) -> &[chancery_model::SourceRef] {
        if self.text.sources.is_empty() { &self.facts.sources } else { &self.text.sources }
    }

    /// Returns the areas that it is about.
    pub fn areas(&self) -> &[String] {
        if self.text.areas.is_empty() { &self.facts.areas } else { &self.text.areas }
    }
}

/// Which snippets say the same in the briefing's language.
#[derive(Debug, Clone)]
pub struct Translations {
    lang: String,
    of: HashMap<String, Arc<Snippet>>,
}

impl Translations {
    /// Returns the translations into a language that a workspace holds.
    pub fn new(workspace: &Workspace, lang: &str) -> Self {
        let lang = primary(lang);
        let translations = workspace.snippets.values().filter(|snippet| {
            snippet.translation_of.is_some() && snippet.lang.as_deref().is_some_and(|own| primary(own) == lang)
        });
        let of =
            translations.filter_map(|snippet| Some((snippet.translation_of.clone()?, Arc::clone(snippet)))).collect();
        Self { lang, of }
    }

    /// Returns a snippet as the briefing shows it.
    pub fn pick(&self, snippet: &Arc<Snippet>, workspace: &Workspace) -> Pick {
        let original = snippet.translation_of.as_ref().and_then(|id| workspace.snippets.get(id));
        match (original, self.of.get(&snippet.id)) {
            (Some(original), _) => Pick { text: Arc::clone(snippet), facts: Arc::clone(original) },
            (None, Some(translation)) => Pick { text: Arc::clone(translation), facts: Arc::clone(snippet) },
            (None, None) => Pick { text: Arc::clone(snippet), facts: Arc::clone(snippet) },
        }
    }

    /// Returns whether a query passes over a snippet: a translation of one that it sees itself.
    pub fn hides(&self, snippet: &Snippet, workspace: &Workspace) -> bool {
        snippet.translation_of.as_ref().is_some_and(|id| workspace.snippets.contains_key(id))
    }

    /// Returns the language, without script and region.
    pub fn lang(&self) -> &str {
        &self.lang
    }
}
