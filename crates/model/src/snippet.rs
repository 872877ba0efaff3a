//! Snippets: small, typed, sourced pieces of evidence.

use crate::{Confidence, Date, Kind, Likelihood, Node, SourceRef};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

/// One Markdown file with YAML front matter: one piece of evidence.
///
/// Fields that only some kinds have are read through [`Snippet::field`] or the typed readers below it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snippet {
    /// The file's stem, unique in the workspace.
    pub id: String,
    /// The file's path inside the workspace, with `/`.
    pub file: String,
    /// The whole file as read, byte order mark and line ends included.
    pub text: Arc<str>,
    /// Where the body starts in `text`.
    pub body_start: usize,
    /// What kind of evidence it is.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// When it happened, was signed, was said.
    pub date: Option<Date>,
    /// Printed instead of `date`.
    pub date_text: Option<String>,
    /// Who acts in it.
    pub actors: Vec<String>,
    /// What it is about.
    pub topics: Vec<String>,
    /// Areas of cooperation, ids of `area` snippets.
    pub areas: Vec<String>,
    /// What it rests on.
    pub sources: Vec<SourceRef>,
    /// How sure the holder is.
    pub confidence: Option<Confidence>,
    /// How likely the holder thinks it.
    pub likelihood: Option<Likelihood>,
    /// How widely it may be shared; the workspace's default where none.
    pub marking: Option<String>,
    /// The state of knowledge it gives.
    pub as_of: Option<Date>,
    /// When to check it again.
    pub review: Option<Date>,
    /// Snippets that this one replaces.
    pub supersedes: Vec<String>,
    /// The one-line variant, inline Markdown.
    pub short: Option<String>,
    /// BCP 47 language; the workspace's where none.
    pub lang: Option<String>,
    /// The snippet that this one translates.
    pub translation_of: Option<String>,
    /// Snippets that read the matter differently.
    pub conflicts: Vec<Conflict>,
    /// Snippets that are one witness with this one.
    pub same_origin: Vec<String>,
    /// All front matter as written, by field: (the name's bytes, value); unknown fields included.
    pub fields: IndexMap<String, (Range<usize>, Node)>,
}

/// A disagreement between two snippets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The other snippet's id.
    pub with: String,
    /// Why they differ.
    pub reason: String,
}

/// A criterion by which a programme's areas are ranked.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Short name, used in `scores`.
    pub id: String,
    /// What readers see.
    pub title: String,
    /// Weight; the weights of a programme need not add up to 1.
    pub weight: f64,
}

/// How one area does by one criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaScore {
    /// 0 to 5; none where the sources give no evidence.
    pub score: Option<f64>,
    /// Why.
    pub reason: String,
    /// Ids of the snippets it rests on.
    pub evidence: Vec<String>,
}

/// One field of a snippet as text to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldText {
    /// The value, unformatted.
    pub value: String,
    /// The unit that goes with it, for `value` and its kin.
    pub unit: Option<String>,
}

impl Snippet {
    /// Returns the body: everything behind the front matter.
    pub fn body(&self) -> &str {
        &self.text[self.body_start..]
    }

    /// Returns a field's value as written.
    pub fn field(&self, name: &str) -> Option<&Node> {
        self.fields.get(name).map(|(_, node)| node)
    }

    /// Returns a field's text where it has one.
    pub fn field_text(&self, name: &str) -> Option<FieldText> {
        let value = self.field(name)?.text()?;
        let unit = (name == "value").then(|| self.field("unit").and_then(Node::text)).flatten();
        Some(FieldText { value, unit })
    }

    /// Returns a list field's texts; empty where the field is missing.
    pub fn field_list(&self, name: &str) -> Vec<String> {
        self.field(name).map(|node| node.items().iter().filter_map(Node::text).collect()).unwrap_or_default()
    }

    /// Returns a field as a number.
    pub fn field_number(&self, name: &str) -> Option<f64> {
        self.field(name)?.text()?.replace(['_', ' '], "").parse().ok()
    }

    /// Returns a programme's criteria.
    pub fn criteria(&self) -> Vec<Criterion> {
        let Some(node) = self.field("criteria") else { return Vec::new() };
        let read = |item: &Node| {
            let id = item.get("id")?.text()?;
            let title = item.get("title").and_then(Node::text).unwrap_or_else(|| id.clone());
            let weight = item.get("weight").and_then(Node::text).and_then(|w| w.parse().ok()).unwrap_or(1.0);
            Some(Criterion { id, title, weight })
        };
        node.items().iter().filter_map(read).collect()
    }

    /// Returns an area's scores by criterion.
    pub fn scores(&self) -> IndexMap<String, AreaScore> {
        let Some(crate::Value::Map(entries)) = self.field("scores").map(|node| &node.value) else {
            return IndexMap::new();
        };
        let read = |node: &Node| AreaScore {
            score: node.get("score").and_then(Node::text).and_then(|s| s.parse().ok()),
            reason: node.get("reason").and_then(Node::text).unwrap_or_default(),
            evidence: node
                .get("evidence")
                .map(|list| list.items().iter().filter_map(Node::text).collect())
                .unwrap_or_default(),
        };
        entries.iter().map(|(id, (_, node))| (id.clone(), read(node))).collect()
    }

    /// Returns a comparison's sides: label → (the value's bytes, Markdown).
    pub fn sides(&self) -> IndexMap<String, Node> {
        match self.field("sides").map(|node| &node.value) {
            Some(crate::Value::Map(entries)) => {
                entries.iter().map(|(label, (_, node))| (label.clone(), node.clone())).collect()
            }
            _ => IndexMap::new(),
        }
    }
}
