//! Which snippets a view shows, and in which order.

use super::body::Body;
use super::pick::{Pick, Translations};
use chancery_model::{Date, Kind, Snippet, Workspace, nearest};
use std::cmp::Ordering;
use std::collections::HashSet;
use std::ops::Range;

/// A query over the snippets.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// Any of these kinds; all where empty.
    pub kinds: Vec<Kind>,
    /// Any of these topics.
    pub topics: Vec<String>,
    /// Any of these areas.
    pub areas: Vec<String>,
    /// Any of these actors.
    pub actors: Vec<String>,
    /// Of this programme or one of its areas.
    pub programme: Option<String>,
    /// From this date on.
    pub from: Option<Date>,
    /// Up to this date.
    pub to: Option<Date>,
    /// In this order.
    pub sort: Option<Sort>,
    /// So many at most.
    pub limit: Option<usize>,
    /// These, in this order, with where they are named.
    pub ids: Vec<(String, Range<usize>)>,
}

/// An order of snippets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Oldest first.
    Date,
    /// Newest first.
    DateBackwards,
    /// By title.
    Title,
    /// By id.
    Id,
}

impl Query {
    /// Returns the query that a view's options spell.
    pub fn read(body: &Body) -> Self {
        let names = |name: &str| body.texts(name).into_iter().map(|(text, _)| text).collect::<Vec<_>>();
        Self {
            kinds: names("kind").iter().filter_map(|name| Kind::parse(name)).collect(),
            topics: names("topics"),
            areas: names("areas"),
            actors: names("actors"),
            programme: body.text("programme"),
            from: body.date("from"),
            to: body.date("to"),
            sort: body.text("sort").and_then(|name| Sort::parse(&name)),
            limit: body.number("limit").map(|limit| limit as usize),
            ids: body.texts("ids"),
        }
    }

    /// Returns whether it names no snippet and no property of one.
    pub fn is_open(&self) -> bool {
        self.kinds.is_empty()
            && [&self.topics, &self.areas, &self.actors].iter().all(|names| names.is_empty())
            && self.programme.is_none()
            && self.from.is_none()
            && self.to.is_none()
            && self.ids.is_empty()
    }

    /// Returns what it selects: of the view's own kinds where it names none, in the view's order where it names none.
    pub fn select(
        &self,
        workspace: &Workspace,
        translations: &Translations,
        kinds: &[Kind],
        order: Option<Sort>,
        body: &mut Body,
    ) -> Vec<Pick> {
        let mut picks = if self.ids.is_empty() {
            self.matching(workspace, translations, kinds)
        } else {
            self.named(workspace, translations, kinds, body)
        };
        let order = self.sort.or(if self.ids.is_empty() { order } else { None });
        if let Some(order) = order {
            picks.sort_by(|a, b| order.compare(a, b));
        }
        picks.truncate(self.limit.unwrap_or(usize::MAX));
        picks
    }

    fn matching(&self, workspace: &Workspace, translations: &Translations, kinds: &[Kind]) -> Vec<Pick> {
        let kinds = if self.kinds.is_empty() { kinds } else { &self.kinds };
        let in_programme = self.programme.as_deref().map(|id| areas_of(workspace, id));
        let matches = |snippet: &Snippet| {
            (kinds.is_empty() || kinds.contains(&snippet.kind))
                && any(&self.topics, &snippet.topics)
                && any(&self.actors, &snippet.actors)
                && (any(&self.areas, &snippet.areas) || self.areas.contains(&snippet.id))
                && in_programme.as_ref().is_none_or(|areas| self.belongs(snippet, areas))
        };
        let shown = workspace.snippets.values().filter(|snippet| !translations.hides(snippet, workspace));
        let picks = shown.filter(|snippet| matches(snippet)).map(|snippet| translations.pick(snippet, workspace));
        picks.filter(|pick| self.in_time(pick)).collect()
    }

    fn belongs(&self, snippet: &Snippet, areas: &HashSet<&str>) -> bool {
        let Some(programme) = self.programme.as_deref() else { return true };
        snippet.field("programme").and_then(chancery_model::Node::text).as_deref() == Some(programme)
            || snippet.areas.iter().any(|area| areas.contains(area.as_str()))
            || snippet.id == programme
    }

    fn in_time(&self, pick: &Pick) -> bool {
        if self.from.is_none() && self.to.is_none() {
            return true;
        }
        pick.date().is_some_and(|date| date.overlaps(self.from, self.to))
    }

    fn named(&self, workspace: &Workspace, translations: &Translations, kinds: &[Kind], body: &mut Body) -> Vec<Pick> {
        let mut picks = Vec::new();
        for (id, span) in &self.ids {
            let Some(snippet) = workspace.snippets.get(id) else {
                let near = nearest(id, workspace.snippets.keys().map(String::as_str));
                let hint = near.map(|near| format!("did you mean `{near}`?"));
                body.error(span.clone(), "unknown-snippet", format!("there is no snippet `{id}`"), hint);
                continue;
            };
            let wanted = if self.kinds.is_empty() { kinds } else { &self.kinds };
            if !wanted.is_empty() && !wanted.contains(&snippet.kind) {
                let names = wanted.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(" or ");
                let message = format!("`{id}` is left out: it is of kind `{}`", snippet.kind.name());
                body.warning(span.clone(), "wrong-kind", message, format!("this view shows snippets of kind {names}"));
                continue;
            }
            picks.push(translations.pick(snippet, workspace));
        }
        picks
    }
}

impl Sort {
    fn parse(name: &str) -> Option<Self> {
        match name {
            "date" => Some(Self::Date),
            "-date" => Some(Self::DateBackwards),
            "title" => Some(Self::Title),
            "id" => Some(Self::Id),
            _ => None,
        }
    }

    fn compare(self, a: &Pick, b: &Pick) -> Ordering {
        let dates = |a: &Pick, b: &Pick| match (a.date(), b.date()) {
            (Some(a), Some(b)) => a.compare(b),
            // What has no date comes last, whichever way the others run.
            (a, b) => a.is_none().cmp(&b.is_none()),
        };
        match self {
            Self::Date => dates(a, b),
            Self::DateBackwards => match (a.date(), b.date()) {
                (Some(a), Some(b)) => b.compare(a),
                _ => dates(a, b),
            },
            Self::Title => a.text.title.to_lowercase().cmp(&b.text.title.to_lowercase()),
            Self::Id => a.id().cmp(b.id()),
        }
    }
}

/// Whether a snippet has any of the names wanted; capitals do not matter.
fn any(wanted: &[String], names: &[String]) -> bool {
    wanted.is_empty() || names.iter().any(|name| wanted.iter().any(|want| want.to_lowercase() == name.to_lowercase()))
}

/// The ids of a programme's areas.
fn areas_of<'a>(workspace: &'a Workspace, programme: &str) -> HashSet<&'a str> {
    let of_programme = |snippet: &&std::sync::Arc<Snippet>| {
        snippet.kind == Kind::Area
            && snippet.field("programme").and_then(chancery_model::Node::text).as_deref() == Some(programme)
    };
    workspace.snippets.values().filter(of_programme).map(|snippet| snippet.id.as_str()).collect()
}
