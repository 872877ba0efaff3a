//! The problems of an open workspace, by file, kept up to date change by change.

use super::Changed;
use super::duplicates::Duplicates;
use crate::check::{aspect, check_briefing, check_snippet, named_ids};
use chancery_model::{Problem, Snippet, Workspace};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

/// What is wrong: in files by themselves, and between them.
#[derive(Debug, Default)]
pub(super) struct Findings {
    own: BTreeMap<String, Vec<Problem>>,
    scanned: Vec<Problem>,
    missing: Vec<Problem>,
    /// Between files; made when first asked for, then kept up to date.
    checks: OnceLock<Checks>,
}

#[derive(Debug, Default)]
struct Checks {
    by_id: BTreeMap<String, Vec<Problem>>,
    /// Who names an id, by that id, existing or not.
    named_by: HashMap<String, BTreeSet<String>>,
    /// What each snippet named when it was checked.
    names: HashMap<String, BTreeSet<String>>,
    /// What others saw of each snippet when they were checked.
    aspects: HashMap<String, u64>,
}

impl Findings {
    /// Replaces the problems that a file has by itself.
    pub(super) fn set_own(&mut self, file: &str, problems: Vec<Problem>) {
        match problems.is_empty() {
            true => drop(self.own.remove(file)),
            false => drop(self.own.insert(file.to_owned(), problems)),
        }
    }

    /// Returns whether a file has a problem by itself.
    pub(super) fn has_own(&self, file: &str) -> bool {
        self.own.contains_key(file)
    }

    /// Replaces the problems of files that could not be looked at.
    pub(super) fn set_scanned(&mut self, problems: Vec<Problem>) {
        self.scanned = problems;
    }

    /// Replaces the problems of files that `chancery.toml` names and that are not there.
    pub(super) fn set_missing(&mut self, problems: Vec<Problem>) {
        self.missing = problems;
    }

    /// Forgets what was found between files, as something that all of them rest on changed.
    pub(super) fn forget_checks(&mut self) {
        self.checks = OnceLock::new();
    }

    /// Returns all problems in the order of their places.
    pub(super) fn all(&self, workspace: &Workspace, duplicates: &Duplicates) -> Vec<Problem> {
        let checks = self.checks.get_or_init(|| Checks::of(workspace));
        let first = |id: &str| workspace.snippets.get(id).map(|snippet| snippet.file.clone());
        let mut problems: Vec<Problem> = self.own.values().flatten().cloned().collect();
        problems.extend(self.scanned.iter().chain(&self.missing).cloned());
        problems.extend(duplicates.problems(first));
        problems.extend(checks.by_id.values().flatten().cloned());
        problems.extend(workspace.briefings.values().flat_map(|briefing| check_briefing(workspace, briefing)));
        problems.sort_by(|a, b| a.place.cmp(&b.place));
        problems.dedup();
        problems
    }

    /// Checks again what a change may have changed: the snippet, and those that name it.
    pub(super) fn follow(&mut self, workspace: &Workspace, changed: &Changed) {
        let Some(checks) = self.checks.get_mut() else { return };
        for id in changed.ids() {
            // Most edits change nothing that those who name the snippet look at.
            if checks.looks_different(workspace, &id) {
                for other in checks.named_by.get(&id).cloned().unwrap_or_default() {
                    checks.check(workspace, &other);
                }
            }
            checks.check(workspace, &id);
        }
    }
}

impl Checks {
    fn of(workspace: &Workspace) -> Self {
        let snippets: Vec<_> = workspace.snippets.values().collect();
        let results: Vec<_> = snippets
            .par_iter()
            .map(|snippet| (snippet, named_ids(snippet), aspect(snippet), check_snippet(workspace, snippet)))
            .collect();
        let mut checks = Self::default();
        for (snippet, names, aspect, problems) in results {
            checks.aspects.insert(snippet.id.clone(), aspect);
            checks.put(snippet, names, problems);
        }
        checks
    }

    fn put(&mut self, snippet: &Snippet, names: BTreeSet<String>, problems: Vec<Problem>) {
        for name in &names {
            self.named_by.entry(name.clone()).or_default().insert(snippet.id.clone());
        }
        if !names.is_empty() {
            self.names.insert(snippet.id.clone(), names);
        }
        if !problems.is_empty() {
            self.by_id.insert(snippet.id.clone(), problems);
        }
    }

    /// Whether a snippet is new, gone or different to those who name it; notes what it is now.
    fn looks_different(&mut self, workspace: &Workspace, id: &str) -> bool {
        let now = workspace.snippets.get(id).map(|snippet| aspect(snippet));
        let before = match now {
            Some(now) => self.aspects.insert(id.to_owned(), now),
            None => self.aspects.remove(id),
        };
        before != now
    }

    /// Checks one snippet again, or forgets it where it is gone.
    fn check(&mut self, workspace: &Workspace, id: &str) {
        for name in self.names.remove(id).unwrap_or_default() {
            if let Some(ids) = self.named_by.get_mut(&name) {
                ids.remove(id);
            }
        }
        self.by_id.remove(id);
        if let Some(snippet) = workspace.snippets.get(id) {
            self.put(snippet, named_ids(snippet), check_snippet(workspace, snippet));
        }
    }
}
