//! Checks that need more than one file: ids, sources and markings across the workspace.

use crate::fields::{excerpt, normalise_id};
use chancery_model::{Briefing, Date, Kind, Node, Problem, Snippet, Value, Workspace, nearest};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::ops::Range;

/// Returns what is wrong between the files of a workspace, in the order of the files.
///
/// Two files with one id are found where the files are read: a workspace keeps one of them.
pub fn check(workspace: &Workspace) -> Vec<Problem> {
    let snippets: Vec<_> = workspace.snippets.values().collect();
    let mut problems: Vec<Problem> =
        snippets.par_iter().flat_map_iter(|snippet| check_snippet(workspace, snippet)).collect();
    problems.extend(workspace.briefings.values().flat_map(|briefing| check_briefing(workspace, briefing)));
    problems
}

/// Returns what is wrong between a snippet and the rest of the workspace.
pub fn check_snippet(workspace: &Workspace, snippet: &Snippet) -> Vec<Problem> {
    let mut checker = Checker { workspace, snippet, problems: Vec::new() };
    checker.sources();
    checker.references();
    checker.conflicts();
    checker.translation();
    checker.scores();
    checker.problems
}

/// Returns what is wrong between a briefing's front matter and the rest of the workspace.
pub fn check_briefing(workspace: &Workspace, briefing: &Briefing) -> Vec<Problem> {
    let (Some(marking), Some((_, node))) = (&briefing.marking, briefing.fields.get("marking")) else {
        return Vec::new();
    };
    let scheme = &workspace.config.marking;
    if scheme.levels.iter().any(|level| level.eq_ignore_ascii_case(marking.trim())) {
        return Vec::new();
    }
    let problem = Problem::error("unknown-marking", format!("the scheme has no marking `{}`", excerpt(marking)));
    let hint = format!("the levels are {}", scheme.levels.join(", "));
    vec![problem.hint(hint).at(&briefing.file, &briefing.text, node.span.clone())]
}

/// Returns the ids that a snippet's front matter names, each with its bytes.
pub(crate) fn id_places(snippet: &Snippet) -> Vec<(String, Range<usize>)> {
    let mut places: Vec<_> = references(snippet).into_iter().map(|found| (found.id, found.span)).collect();
    let conflicts = snippet.field("conflicts").map(Node::items).unwrap_or_default();
    places.extend(conflicts.iter().filter_map(|item| item.get("with")).flat_map(ids));
    places.extend(evidence(snippet));
    places
}

/// Returns the ids that a snippet's front matter names.
pub(crate) fn named_ids(snippet: &Snippet) -> BTreeSet<String> {
    id_places(snippet).into_iter().map(|(id, _)| id).collect()
}

/// Returns a hash of all that the checks of those who name a snippet look at in it.
pub(crate) fn aspect(snippet: &Snippet) -> u64 {
    let conflicts: Vec<&String> = snippet.conflicts.iter().map(|conflict| &conflict.with).collect();
    let criteria: Vec<String> = snippet.criteria().into_iter().map(|criterion| criterion.id).collect();
    crate::cache::hash_of(&(snippet.kind, snippet.as_of, &snippet.lang, conflicts, criteria))
}

/// A snippet's id where a field names it.
struct Reference {
    field: &'static str,
    id: String,
    span: Range<usize>,
    /// The kind that the field wants.
    kind: Option<Kind>,
}

/// The ids in fields that are a snippet or a list of them.
fn references(snippet: &Snippet) -> Vec<Reference> {
    const FIELDS: [(&str, Option<Kind>); 6] = [
        ("areas", Some(Kind::Area)),
        ("supersedes", None),
        ("translation-of", None),
        ("same-origin", None),
        ("grounds", None),
        ("programme", Some(Kind::Programme)),
    ];
    let mut references = Vec::new();
    for (field, kind) in FIELDS {
        let own = matches!(field, "grounds" | "programme");
        if own && !snippet.kind.own_fields().iter().any(|spec| spec.name == field) {
            continue;
        }
        let Some(node) = snippet.field(field) else { continue };
        references.extend(ids(node).map(|(id, span)| Reference { field, id, span, kind }));
    }
    references
}

fn ids(node: &Node) -> impl Iterator<Item = (String, Range<usize>)> + '_ {
    node.items().iter().filter_map(|item| Some((normalise_id(&item.text()?), item.span.clone())))
}

/// The ids that an area's scores rest on.
fn evidence(snippet: &Snippet) -> Vec<(String, Range<usize>)> {
    let Some(Value::Map(scores)) = snippet.field("scores").map(|node| &node.value) else { return Vec::new() };
    scores.values().filter_map(|(_, score)| score.get("evidence")).flat_map(ids).collect()
}

struct Checker<'a> {
    workspace: &'a Workspace,
    snippet: &'a Snippet,
    problems: Vec<Problem>,
}

impl Checker<'_> {
    fn report(&mut self, problem: Problem, span: Range<usize>) {
        self.problems.push(problem.at(&self.snippet.file, &self.snippet.text, span));
    }

    fn sources(&mut self) {
        let snippet = self.snippet;
        for source in &snippet.sources {
            if self.workspace.sources.contains_key(&source.key) {
                continue;
            }
            let near = nearest(&source.key, self.workspace.sources.keys().map(String::as_str));
            let hint = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "add the entry to one of the workspace's bibliographies".to_owned(),
            };
            let problem = Problem::error("unknown-source", format!("no source has the key `{}`", excerpt(&source.key)));
            self.report(problem.hint(hint), source.span.clone());
        }
    }

    /// Reports an id that no snippet has, and returns the snippet that has it.
    fn resolve(&mut self, field: &str, id: &str, span: Range<usize>) -> Option<&Snippet> {
        let workspace = self.workspace;
        if id == self.snippet.id {
            let problem = Problem::error("self-reference", format!("`{field}` names the snippet itself"));
            self.report(problem.hint("name another snippet"), span);
            return None;
        }
        if let Some(found) = workspace.snippets.get(id) {
            return Some(found);
        }
        let hint = match nearest(id, workspace.snippets.keys().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("`{field}` names snippets by id: a file's name without `.md`"),
        };
        let problem = Problem::error("unknown-snippet", format!("no snippet has the id `{}`", excerpt(id)));
        self.report(problem.hint(hint), span);
        None
    }

    fn references(&mut self) {
        let snippet = self.snippet;
        for Reference { field, id, span, kind } in references(snippet) {
            // An area of cooperation may name itself among its areas, for queries by area.
            if field == "areas" && snippet.kind == Kind::Area && id == snippet.id {
                continue;
            }
            let Some(found) = self.resolve(field, &id, span.clone()) else { continue };
            let is = found.kind;
            if let Some(kind) = kind
                && is != kind
            {
                let message = format!("`{id}` in `{field}` is of kind {}, not {}", is.name(), kind.name());
                self.report(
                    Problem::error("wrong-kind", message).hint(format!("name a snippet of kind {}", kind.name())),
                    span,
                );
            }
        }
        for (id, span) in evidence(snippet) {
            self.resolve("evidence", &id, span);
        }
    }

    fn conflicts(&mut self) {
        let snippet = self.snippet;
        let Some(node) = snippet.field("conflicts") else { return };
        for item in node.items() {
            let Some(with) = item.get("with") else { continue };
            let Some(id) = with.text().map(|id| normalise_id(&id)) else { continue };
            let Some(other) = self.resolve("conflicts", &id, with.span.clone()) else { continue };
            if !other.conflicts.iter().any(|conflict| conflict.with == snippet.id) {
                let message = format!("`{id}` does not name this snippet in its own `conflicts`");
                let hint = format!("add `{{with: {}, reason: …}}` there", snippet.id);
                self.report(Problem::warning("one-sided-conflict", message).hint(hint), with.span.clone());
            }
        }
    }

    /// A translation gives the state of knowledge of its original, or says so by its date.
    fn translation(&mut self) {
        let snippet = self.snippet;
        let Some((_, node)) = snippet.fields.get("translation-of") else { return };
        let Some(original) = snippet.translation_of.as_deref().and_then(|id| self.workspace.snippets.get(id)) else {
            return;
        };
        let language =
            |snippet: &Snippet| snippet.lang.clone().unwrap_or_else(|| self.workspace.config.language.clone());
        if language(snippet) == language(original) {
            let problem = Problem::warning("same-language", format!("`{}` is in the same language", original.id));
            self.report(problem.hint("write the translation's language: `lang: ko`"), node.span.clone());
        }
        let Some(since) = original.as_of.and_then(Date::last) else { return };
        if snippet.as_of.and_then(Date::last).is_none_or(|own| own < since) {
            let message = format!("the translation is older than `{}`", original.id);
            let hint = "compare the two, then write the original's `as-of` here";
            self.report(Problem::warning("stale-translation", message).hint(hint), node.span.clone());
        }
    }

    fn scores(&mut self) {
        let snippet = self.snippet;
        let Some(Value::Map(scores)) = snippet.field("scores").map(|node| &node.value) else { return };
        let programme = snippet.field("programme").and_then(Node::text).map(|id| normalise_id(&id));
        let Some(programme) = programme.and_then(|id| self.workspace.snippets.get(&id)) else { return };
        let criteria = programme.criteria();
        for (criterion, (span, _)) in scores {
            if criteria.iter().any(|known| known.id == *criterion) {
                continue;
            }
            let names = criteria.iter().map(|known| known.id.as_str());
            let hint = match nearest(criterion, names.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its criteria are {}", names.collect::<Vec<_>>().join(", ")),
            };
            let message = format!("`{}` has no criterion `{}`", programme.id, excerpt(criterion));
            self.report(Problem::error("unknown-criterion", message).hint(hint), span.clone());
        }
    }
}
