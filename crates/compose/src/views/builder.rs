//! What all views do alike: select, cite, and turn an analyst's texts into data or prose.

use super::spec::ViewSpec;
use super::{Drawn, ViewContext};
use crate::cite::Run;
use crate::data::{Exhibit, Layout, Rich, SourceData};
use crate::query::{Body, Pick, Query, Sort};
use chancery_model::{Kind, Node, Snippet, SourceRef};
use indexmap::{IndexMap, IndexSet};
use serde::Serialize;
use std::ops::Range;
use std::sync::Arc;

/// A piece of content that a block's data refers to.
#[derive(Debug, Clone, PartialEq)]
pub enum Prose {
    /// Inline Markdown.
    Inline {
        /// The Markdown.
        text: String,
        /// Where it stands.
        origin: Origin,
    },
    /// The body of a snippet.
    Body(Arc<Snippet>),
    /// A finished citation.
    Runs(Vec<Run>),
}

/// Where a piece of Markdown stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Origin {
    /// In the view's body.
    View(Range<usize>),
    /// In a snippet's file.
    Snippet(Arc<Snippet>, Range<usize>),
    /// Nowhere: it was computed.
    None,
}

/// Returns the Typst label on the entry of a source.
pub fn source_label(key: &str) -> String {
    format!("src-{key}")
}

/// Returns the Typst label on a snippet.
pub fn snippet_label(id: &str) -> String {
    format!("snippet-{id}")
}

/// A view being drawn.
pub(super) struct Builder<'a> {
    pub spec: &'static ViewSpec,
    pub body: Body,
    pub query: Query,
    pub context: &'a ViewContext<'a>,
    prose: Vec<Prose>,
    snippets: IndexSet<String>,
    cited: IndexSet<String>,
}

impl<'a> Builder<'a> {
    pub fn new(spec: &'static ViewSpec, body: Body, context: &'a ViewContext<'a>) -> Self {
        let query = Query::read(&body);
        Self { spec, query, body, context, prose: Vec::new(), snippets: IndexSet::new(), cited: IndexSet::new() }
    }

    /// Ends the drawing; `data` is none where there is nothing to show.
    pub fn finish<T: Serialize>(mut self, data: Option<T>) -> Drawn {
        let data = data.and_then(|data| serde_json::to_value(data).ok());
        let placeholder = format!("{{{}}}: {}", self.spec.name, self.context.words.nothing_selected());
        if data.is_none() && self.body.findings.is_empty() {
            let (message, hint) = match self.spec.name {
                "sources" => ("the briefing cites no source", "cite one with `[@key]`, or leave the list out"),
                "acronyms" => {
                    ("the briefing uses none of the workspace’s acronyms", "leave the list out, or add `term` snippets")
                }
                _ => ("no snippet matches this view", "widen the query, or check how topics and ids are spelled"),
            };
            self.body.warning(0..0, "nothing-selected", message, hint);
        }
        Drawn {
            block: self.spec.name,
            prose: if data.is_some() { self.prose } else { Vec::new() },
            data,
            placeholder,
            findings: self.body.findings,
            snippets: self.snippets.into_iter().collect(),
            cited: self.cited.into_iter().collect(),
        }
    }

    /// Selects what the query asks for and notes that it is used.
    pub fn select(&mut self, order: Option<Sort>) -> Vec<Pick> {
        let (workspace, translations) = (self.context.workspace, self.context.translations);
        let picks = self.query.select(workspace, translations, self.spec.kinds, order, &mut self.body);
        picks.iter().for_each(|pick| self.uses(pick));
        picks
    }

    /// Notes that a snippet is shown.
    pub fn uses(&mut self, pick: &Pick) {
        self.snippets.insert(pick.id().to_owned());
        if pick.text.id != pick.facts.id {
            self.snippets.insert(pick.text.id.clone());
        }
    }

    /// Selects as [`Self::select`] does, of other kinds than the view's own.
    pub fn select_kinds(&mut self, kinds: &[Kind], order: Option<Sort>) -> Vec<Pick> {
        let (workspace, translations) = (self.context.workspace, self.context.translations);
        let picks = self.query.select(workspace, translations, kinds, order, &mut self.body);
        picks.iter().for_each(|pick| self.uses(pick));
        picks
    }

    /// Returns the snippet of an id as the briefing shows it.
    pub fn pick(&self, id: &str) -> Option<Pick> {
        let workspace = self.context.workspace;
        workspace.snippets.get(id).map(|snippet| self.context.translations.pick(snippet, workspace))
    }

    /// Adds a piece of content.
    pub fn content(&mut self, prose: Prose) -> Rich {
        self.prose.push(prose);
        Rich::Prose { prose: self.prose.len() - 1 }
    }

    /// Returns inline Markdown as data where it is plain text, else as content.
    pub fn markdown(&mut self, text: &str, origin: Origin) -> Rich {
        if is_plain(text) {
            Rich::Text(text.trim().to_owned())
        } else {
            self.content(Prose::Inline { text: text.to_owned(), origin })
        }
    }

    /// Returns an option's inline Markdown.
    pub fn option(&mut self, name: &str) -> Option<Rich> {
        let node = self.body.get(name)?;
        let (text, span) = (node.text()?, node.span.clone());
        (!text.trim().is_empty()).then(|| self.markdown(&text, Origin::View(span)))
    }

    /// Returns a field's inline Markdown.
    pub fn field(&mut self, pick: &Pick, name: &str) -> Option<Rich> {
        let (snippet, node) = pick.located(name)?;
        let snippet = Arc::clone(snippet);
        let node = node.clone();
        self.node(&snippet, &node)
    }

    /// Returns the inline Markdown of a value in a snippet's front matter.
    pub fn node(&mut self, snippet: &Arc<Snippet>, node: &Node) -> Option<Rich> {
        let text = node.text().filter(|text| !text.trim().is_empty())?;
        let origin = Origin::Snippet(Arc::clone(snippet), exact(&snippet.text, &node.span, &text));
        Some(self.markdown(&text, origin))
    }

    /// Returns a snippet's title.
    pub fn title(&mut self, pick: &Pick) -> Rich {
        self.field(pick, "title").unwrap_or_else(|| Rich::Text(pick.text.title.clone()))
    }

    /// Returns a snippet's one line: `short`, else its title.
    pub fn line(&mut self, pick: &Pick) -> Rich {
        let short = pick.text.short.is_some().then(|| self.field(pick, "short")).flatten();
        short.unwrap_or_else(|| self.title(pick))
    }

    /// Returns a snippet's text: its body, else its one line.
    pub fn text(&mut self, pick: &Pick) -> Rich {
        if pick.text.body().trim().is_empty() {
            self.line(pick)
        } else {
            self.content(Prose::Body(Arc::clone(&pick.text)))
        }
    }

    /// Returns short citations, each once.
    pub fn cite(&mut self, sources: &[SourceRef]) -> Vec<SourceData> {
        let mut data: Vec<SourceData> = Vec::new();
        for source in sources {
            if let Some(cited) = self.cite_one(&source.key, source.locator.as_deref())
                && !data.contains(&cited)
            {
                data.push(cited);
            }
        }
        data
    }

    /// Returns a short citation; none where no source has that key.
    pub fn cite_one(&mut self, key: &str, locator: Option<&str>) -> Option<SourceData> {
        let text = self.context.citer.short(key, locator)?;
        self.cited.insert(key.to_owned());
        let label = self.context.shown.lists_sources().then(|| source_label(key));
        Some(SourceData { key: key.to_owned(), text, label })
    }

    /// Returns the source line of an exhibit: each work once, with a locator where all snippets name the same one.
    pub fn source_line(&mut self, picks: &[Pick]) -> Vec<SourceData> {
        let mut works: IndexMap<&str, IndexSet<Option<&str>>> = IndexMap::new();
        for source in picks.iter().flat_map(Pick::sources) {
            works.entry(&source.key).or_default().insert(source.locator.as_deref());
        }
        let lines: Vec<_> = works
            .into_iter()
            .map(|(key, locators)| {
                (
                    key.to_owned(),
                    locators.iter().next().filter(|_| locators.len() == 1).copied().flatten().map(str::to_owned),
                )
            })
            .collect();
        lines.into_iter().filter_map(|(key, locator)| self.cite_one(&key, locator.as_deref())).collect()
    }

    /// Returns what a row rests on, where rows say so.
    pub fn row_sources(&mut self, pick: &Pick) -> Vec<SourceData> {
        match self.body.text("sources").as_deref() {
            Some("rows") => self.cite(pick.sources()),
            _ => Vec::new(),
        }
    }

    /// Returns what an item rests on, unless the view hides sources.
    pub fn cite_unless_hidden(&mut self, pick: &Pick) -> Vec<SourceData> {
        if self.body.text("sources").as_deref() == Some("none") { Vec::new() } else { self.cite(pick.sources()) }
    }

    /// Returns the source line, where rows do not say what they rest on.
    pub fn foot_sources(&mut self, picks: &[Pick]) -> Vec<SourceData> {
        match self.body.text("sources").as_deref() {
            Some("rows" | "none") => Vec::new(),
            _ => self.source_line(picks),
        }
    }

    /// Returns a date as printed, `date-text` first; short ones for tables.
    pub fn date_text(&self, pick: &Pick, short: bool) -> Option<String> {
        let own = pick.text.date_text.clone();
        let written =
            own.or_else(|| pick.facts.date_text.clone().filter(|_| pick.text.date.is_none() && !pick.is_translated()));
        let words = self.context.words;
        written.or_else(|| pick.date().map(|date| if short { words.date_short(date) } else { words.date(date) }))
    }

    /// Returns a snippet's title without formatting.
    pub fn plain_title(&self, pick: &Pick) -> String {
        plain(&pick.text.title)
    }

    /// Returns a snippet's one line without formatting.
    pub fn plain_line(&self, pick: &Pick) -> String {
        plain(pick.text.short.as_deref().unwrap_or(&pick.text.title))
    }

    /// Returns caption and foot.
    pub fn exhibit(&mut self, sources: Vec<SourceData>) -> Exhibit {
        let layout = self.body.text("layout").and_then(|name| match name.as_str() {
            "wide" => Some(Layout::Wide),
            "side" => Some(Layout::Side),
            "auto" => Some(Layout::Auto),
            _ => None,
        });
        Exhibit {
            title: self.option("title"),
            unit_line: self.option("unit-line"),
            caption: self.option("caption"),
            note: self.option("note"),
            sources,
            layout,
            label: None,
        }
    }

    /// Returns the label of a snippet on these pages.
    pub fn label(&self, id: &str) -> Option<String> {
        self.context.shown.labelled.contains(id).then(|| snippet_label(id))
    }
}

/// Whether Markdown means the same as plain text.
pub(super) fn is_plain(text: &str) -> bool {
    let special = |c: char| matches!(c, '*' | '_' | '`' | '[' | ']' | '<' | '>' | '\\' | '&' | '@' | '~' | '\n' | '\r');
    !text.contains(special) && !text.contains("://") && !text.to_ascii_lowercase().contains("www.")
}

/// Returns inline Markdown without its marks, for alternative texts: emphasis, code, links, citations.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['*', '_', '`', '[', '\\', '\n']) {
        out.push_str(&rest[..at]);
        let (mark, after) = (rest.as_bytes()[at], &rest[at + 1..]);
        rest = match mark {
            b'[' => bracketed(after, &mut out),
            b'_' if within_word(&out, after) => {
                out.push('_');
                after
            }
            b'\n' => {
                out.push(' ');
                after
            }
            _ => after,
        };
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes what stands behind a bracket: a citation is dropped, a link keeps its text. Returns the rest.
fn bracketed<'a>(after: &'a str, out: &mut String) -> &'a str {
    let Some(end) = after.find(']') else {
        out.push('[');
        return after;
    };
    let (inner, rest) = (&after[..end], after[end..].trim_start_matches(']'));
    if inner.starts_with('@') || inner.contains(" @") {
        out.truncate(out.trim_end().len());
        return rest;
    }
    let inner = inner.trim_start_matches('[');
    out.push_str(inner.rsplit('|').next().unwrap_or(inner));
    match rest.strip_prefix('(').and_then(|link| link.split_once(')')) {
        Some((_, rest)) => rest,
        None => rest,
    }
}

fn within_word(before: &str, after: &str) -> bool {
    before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)
}

/// Returns a name without what stands in brackets behind it: “Moon Jae-in (문재인)”.
pub(super) fn base_name(name: &str) -> &str {
    name.split_once(" (").map_or(name, |(base, _)| base).trim()
}

/// Returns the text that comes most often, the first of those.
pub(super) fn commonest(texts: impl Iterator<Item = String>) -> Option<String> {
    let mut counts: IndexMap<String, usize> = IndexMap::new();
    texts.for_each(|text| *counts.entry(text).or_default() += 1);
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(text, _)| text)
}

/// The bytes of a value without its quotation marks, where they hold it as it is.
fn exact(file: &str, span: &Range<usize>, value: &str) -> Range<usize> {
    match file.get(span.clone()).and_then(|written| written.find(value)) {
        Some(at) => span.start + at..span.start + at + value.len(),
        None => span.clone(),
    }
}
