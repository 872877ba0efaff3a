//! An open workspace that follows its files and the editor's unsaved texts.

mod duplicates;
mod findings;

use crate::cache::{Cache, Contents};
use crate::config::{self, CONFIG_FILE};
use crate::files::{Found, Stamp, read_regular, read_text, scan};
use crate::load::{Loaded, OpenError};
use crate::paths::{Role, relative};
use crate::save::SaveError;
use crate::{bibliography, briefing, snippet};
use chancery_model::{Briefing, Problem, Snippet, Source, Workspace};
use duplicates::Duplicates;
use findings::Findings;
use indexmap::IndexMap;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// After how many files of an opening its watcher is told.
const WATCH_EVERY: usize = 256;

/// What an update changed.
#[derive(Debug, Clone, Default)]
pub struct Changed {
    /// Snippets that are new or different.
    pub snippets: Vec<Arc<Snippet>>,
    /// Ids that no snippet has any more.
    pub removed: Vec<String>,
    /// Files of briefings that are new, different or gone.
    pub briefings: Vec<String>,
    /// Whether the bibliography changed.
    pub sources: bool,
    /// Whether `chancery.toml` changed.
    pub config: bool,
}

impl Changed {
    /// Returns whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.briefings.is_empty() && self.is_of_briefings_only()
    }

    /// Returns whether nothing but briefings changed.
    pub fn is_of_briefings_only(&self) -> bool {
        self.snippets.is_empty() && self.removed.is_empty() && !self.sources && !self.config
    }

    /// Returns the ids of all snippets that changed or are gone.
    pub fn ids(&self) -> Vec<String> {
        self.snippets.iter().map(|snippet| snippet.id.clone()).chain(self.removed.iter().cloned()).collect()
    }
}

/// An open workspace. One change costs the same in a small and in a large one.
#[derive(Debug)]
pub struct Session {
    root: PathBuf,
    workspace: Arc<Workspace>,
    config: config::Read,
    /// Texts of the editor that stand for their files.
    overlays: BTreeMap<String, Arc<str>>,
    /// The state in which each Markdown file was read.
    stamps: HashMap<String, Stamp>,
    duplicates: Duplicates,
    findings: Findings,
    cache: Option<(Cache, Contents)>,
}

/// A text and, where it comes from the disk, its stamp; none where there is no such file.
type ReadText = Result<Option<(Arc<str>, Option<Stamp>)>, Problem>;

/// What a Markdown file says.
enum Parsed {
    Snippet(Option<Arc<Snippet>>),
    Briefing(Option<Arc<Briefing>>),
}

/// A file that was read: its stamp where it could be, what it says, what is wrong.
struct Reading {
    file: String,
    stamp: Option<Stamp>,
    parsed: Parsed,
    problems: Vec<Problem>,
}

impl Session {
    /// Opens a workspace.
    ///
    /// # Errors
    /// When the folder is missing, unreadable or no workspace; all else is a problem.
    pub fn open(root: &Path) -> Result<Self, OpenError> {
        Self::open_with(root, None, &|_, _| true)
    }

    /// Opens a workspace, with what was parsed before kept in `cache`: call [`Session::write_cache`] when idle.
    ///
    /// # Errors
    /// As [`Session::open`].
    pub fn open_cached(root: &Path, cache: Cache) -> Result<Self, OpenError> {
        Self::open_with(root, Some(cache), &|_, _| true)
    }

    /// Opens a workspace as [`Session::open_cached`] does. `watch` is told how many files of how many were read, from
    /// several threads, and stops the opening by saying no.
    ///
    /// # Errors
    /// As [`Session::open`], and when it was stopped.
    pub fn open_watched(
        root: &Path,
        cache: Cache,
        watch: &(dyn Fn(usize, usize) -> bool + Sync),
    ) -> Result<Self, OpenError> {
        Self::open_with(root, Some(cache), watch)
    }

    fn open_with(
        root: &Path,
        cache: Option<Cache>,
        watch: &(dyn Fn(usize, usize) -> bool + Sync),
    ) -> Result<Self, OpenError> {
        let root =
            std::path::absolute(root).map_err(|error| OpenError::Unreadable { path: root.to_path_buf(), error })?;
        let config = open_config(&root)?;
        let mut session = Self {
            workspace: Arc::new(Workspace { root: root.clone(), ..Workspace::default() }),
            root,
            config: config::Read::default(),
            overlays: BTreeMap::new(),
            stamps: HashMap::new(),
            duplicates: Duplicates::default(),
            findings: Findings::default(),
            cache: None,
        };
        session.take_config(config);
        if let Some(cache) = cache {
            let contents = cache.read(&session.root, &session.workspace.config.marking);
            session.cache = Some((cache, contents));
        }
        session.read_all(watch)?;
        Ok(session)
    }

    /// Returns the workspace as it is now; a clone of the handle keeps that state.
    pub fn workspace(&self) -> &Arc<Workspace> {
        &self.workspace
    }

    /// Returns the workspace's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns everything that is wrong, in the order of the files.
    pub fn problems(&self) -> Vec<Problem> {
        self.findings.all(&self.workspace, &self.duplicates)
    }

    /// Returns the workspace and its problems, and closes the session.
    pub fn into_loaded(self) -> Loaded {
        let problems = self.problems();
        Loaded { workspace: Arc::unwrap_or_clone(self.workspace), problems }
    }

    /// Returns the text of a file: the editor's where there is one, else what was last read of a snippet or briefing.
    pub fn text(&self, file: &str) -> Option<Arc<str>> {
        if let Some(text) = self.overlays.get(file) {
            return Some(text.clone());
        }
        match Role::of(file) {
            Role::Snippet => self.snippet_in(file).map(|snippet| snippet.text.clone()),
            Role::Briefing => self.workspace.briefings.get(file).map(|briefing| briefing.text.clone()),
            Role::Config | Role::Other => None,
        }
    }

    fn snippet_in(&self, file: &str) -> Option<&Arc<Snippet>> {
        let id = snippet::id_of(file);
        let first = self.workspace.snippets.get(&id).filter(|snippet| snippet.file == file);
        first.or_else(|| self.duplicates.get(&id, file))
    }

    /// Lets a text of the editor stand for a file; with none the file counts again.
    pub fn set_text(&mut self, file: &str, text: Option<String>) -> Changed {
        match text {
            Some(text) => {
                let text: Arc<str> = text.into();
                self.overlays.insert(file.to_owned(), text.clone());
                self.update(file, Some(text))
            }
            None => {
                self.overlays.remove(file);
                self.update(file, None)
            }
        }
    }

    /// Follows files, or folders with all below them, that changed on disk; the workspace's own folder means all.
    ///
    /// A file that the editor has a text for keeps that text.
    pub fn refresh(&mut self, paths: &[PathBuf]) -> Changed {
        let mut changed = Changed::default();
        let mut files = BTreeSet::new();
        for path in paths {
            let path = self.root.join(path);
            if path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
                self.below(&path, &mut files);
                continue;
            }
            let Some(file) = relative(&self.root, &path) else { continue };
            if Role::of(&file) != Role::Other || self.is_source(&file) {
                files.insert(file);
            } else if !path.exists() {
                let folder = format!("{file}/");
                files.extend(self.stamps.keys().filter(|known| known.starts_with(&folder)).cloned());
            }
        }
        files.retain(|file| !self.overlays.contains_key(file));
        for file in files {
            changed.add(self.update(&file, None));
        }
        changed
    }

    /// Collects the files below a folder that are new, different or gone.
    fn below(&self, folder: &Path, files: &mut BTreeSet<String>) {
        let (found, _) = scan(&self.root, folder);
        let prefix = relative(&self.root, folder).map(|folder| format!("{folder}/")).unwrap_or_default();
        let there: HashMap<&str, Stamp> = found.iter().map(|entry| (entry.file.as_str(), entry.stamp)).collect();
        let gone = self.stamps.keys().filter(|file| file.starts_with(&prefix) && !there.contains_key(file.as_str()));
        files.extend(gone.cloned());
        let different = found.iter().filter(|entry| self.stamps.get(&entry.file) != Some(&entry.stamp));
        files.extend(different.map(|entry| entry.file.clone()));
        if prefix.is_empty() {
            files.insert(CONFIG_FILE.to_owned());
            files.extend(self.workspace.config.sources.iter().cloned());
        }
    }

    fn is_source(&self, file: &str) -> bool {
        self.workspace.config.sources.iter().any(|source| source == file)
            || self.config.csl_file.as_ref().is_some_and(|(style, _)| style == file)
    }

    /// Writes what was parsed to the cache.
    ///
    /// # Errors
    /// When the cache's folder cannot be written; nothing but speed is lost.
    pub fn write_cache(&mut self) -> Result<(), SaveError> {
        let Some((cache, contents)) = &mut self.cache else { return Ok(()) };
        let snippets = self.workspace.snippets.values().filter_map(|snippet| {
            let kept = !self.findings.has_own(&snippet.file) && !self.overlays.contains_key(&snippet.file);
            kept.then(|| Some((*self.stamps.get(&snippet.file)?, snippet.clone()))).flatten()
        });
        cache.write(&self.root, &self.workspace.config.marking, contents, snippets)
    }

    /// Reads a file again, or takes `text` for it.
    fn update(&mut self, file: &str, text: Option<Arc<str>>) -> Changed {
        match Role::of(file) {
            Role::Config => self.update_config(text),
            Role::Snippet | Role::Briefing => {
                let reading = match text {
                    Some(text) => Ok(Some((text, None))),
                    None => read_text(&self.root, file)
                        .map(|read| read.map(|(text, stamp)| (Arc::<str>::from(text), Some(stamp)))),
                };
                let reading = self.parse(file, reading);
                self.take(reading)
            }
            Role::Other if self.is_source(file) => {
                self.read_sources();
                Changed { sources: true, ..Changed::default() }
            }
            Role::Other => Changed::default(),
        }
    }

    fn update_config(&mut self, text: Option<Arc<str>>) -> Changed {
        let read = match text {
            Some(text) => config::read(&text),
            None => match read_text(&self.root, CONFIG_FILE) {
                Ok(Some((text, _))) => config::read(&text),
                // Being replaced, or gone: what it said stays until there is something new.
                Ok(None) => return Changed::default(),
                Err(problem) => config::Read { problems: vec![problem], ..self.config.clone() },
            },
        };
        let before = self.workspace.clone();
        self.take_config(read);
        let mut changed = Changed { config: true, sources: true, ..Changed::default() };
        if before.config.marking != self.workspace.config.marking {
            // Each file's markings are checked as it is read.
            let files: Vec<String> = self.stamps.keys().cloned().collect();
            for file in files {
                let text = self.overlays.get(&file).cloned();
                changed.add(self.update(&file, text));
            }
        }
        changed
    }

    fn take_config(&mut self, read: config::Read) {
        let mut problems = read.problems.clone();
        if let Some((file, span)) = &read.csl_file
            && !self.root.join(file).is_file()
        {
            problems.push(self.missing(file, span.clone()));
        }
        self.findings.set_own(CONFIG_FILE, problems);
        Arc::make_mut(&mut self.workspace).config = read.config.clone();
        self.config = read;
        self.read_sources();
    }

    /// The problem of a file that `chancery.toml` names and that is not there.
    fn missing(&self, file: &str, span: std::ops::Range<usize>) -> Problem {
        let text = self.overlays.get(CONFIG_FILE).map(|text| text.to_string());
        let text = text.or_else(|| read_text(&self.root, CONFIG_FILE).ok().flatten().map(|(text, _)| text));
        let text = text.unwrap_or_default();
        let problem = Problem::error("missing-file", format!("there is no file `{file}`"));
        problem.hint("make the file, or take its name out").at(CONFIG_FILE, text.trim_start_matches('\u{feff}'), span)
    }

    fn read_sources(&mut self) {
        let mut sources: IndexMap<String, Arc<Source>> = IndexMap::new();
        let mut missing = Vec::new();
        for (file, span) in self.config.sources.clone() {
            let text = match self.overlays.get(&file) {
                Some(text) => Ok(Some(text.to_string())),
                None => read_text(&self.root, &file).map(|read| read.map(|(text, _)| text)),
            };
            let (entries, mut problems) = match text {
                Ok(Some(text)) => bibliography::parse_bibliography(&file, &text),
                Ok(None) => {
                    missing.push(self.missing(&file, span));
                    (Vec::new(), Vec::new())
                }
                Err(problem) => (Vec::new(), vec![problem]),
            };
            for source in entries {
                if let Some(first) = sources.get(&source.key) {
                    problems.push(duplicate_source(&source, first));
                } else {
                    sources.insert(source.key.clone(), Arc::new(source));
                }
            }
            self.findings.set_own(&file, problems);
        }
        self.findings.set_missing(missing);
        self.findings.forget_checks();
        Arc::make_mut(&mut self.workspace).sources = sources;
    }

    fn read_all(&mut self, watch: &(dyn Fn(usize, usize) -> bool + Sync)) -> Result<(), OpenError> {
        let (found, problems) = scan(&self.root, &self.root);
        self.findings.set_scanned(problems);
        let (total, done) = (found.len(), AtomicUsize::new(0));
        let read = |found: Found| {
            let done = done.fetch_add(1, Ordering::Relaxed);
            let goes_on = done % WATCH_EVERY != 0 || watch(done, total);
            goes_on.then(|| self.read_found(found))
        };
        let readings: Option<Vec<Reading>> = found.into_par_iter().map(read).collect();
        let readings = readings.ok_or_else(|| OpenError::Stopped(self.root.clone()))?;
        if let Some((_, contents)) = &mut self.cache {
            contents.clear();
        }
        for reading in readings {
            self.put(reading);
        }
        Ok(())
    }

    fn read_found(&self, found: Found) -> Reading {
        let Found { file, stamp } = found;
        let cached = self.cache.as_ref().and_then(|(_, contents)| contents.get(&file, stamp));
        if let Some(snippet) = cached {
            return Reading { file, stamp: Some(stamp), parsed: Parsed::Snippet(Some(snippet)), problems: Vec::new() };
        }
        let read = read_regular(&self.root.join(&file), &file);
        let read = read.map(|(text, stamp)| Some((Arc::<str>::from(text), Some(stamp))));
        self.parse(&file, read)
    }

    fn parse(&self, file: &str, read: ReadText) -> Reading {
        let scheme = &self.workspace.config.marking;
        let is_snippet = Role::of(file) == Role::Snippet;
        let nothing = || if is_snippet { Parsed::Snippet(None) } else { Parsed::Briefing(None) };
        let (parsed, stamp, problems) = match read {
            Ok(Some((text, stamp))) if is_snippet => {
                let (snippet, problems) = snippet::parse_shared(file, text, scheme);
                (Parsed::Snippet(snippet.map(Arc::new)), stamp, problems)
            }
            Ok(Some((text, stamp))) => {
                let (briefing, problems) = briefing::parse_shared(file, text, Some(scheme));
                (Parsed::Briefing(briefing.map(Arc::new)), stamp, problems)
            }
            Ok(None) => (nothing(), None, Vec::new()),
            Err(problem) => (nothing(), None, vec![problem]),
        };
        Reading { file: file.to_owned(), stamp, parsed, problems }
    }

    /// Takes a reading in, and says what it changed.
    fn take(&mut self, reading: Reading) -> Changed {
        let (file, is_overlay) = (reading.file.clone(), self.overlays.contains_key(&reading.file));
        let kept = if is_overlay { self.stamps.get(&file).copied() } else { None };
        let changed = self.put(reading);
        if let Some(stamp) = kept {
            self.stamps.insert(file, stamp);
        }
        self.findings.follow(&self.workspace, &changed);
        changed
    }

    fn put(&mut self, reading: Reading) -> Changed {
        let Reading { file, stamp, parsed, problems } = reading;
        match stamp {
            Some(stamp) => self.stamps.insert(file.clone(), stamp),
            None => self.stamps.remove(&file),
        };
        self.findings.set_own(&file, problems);
        match parsed {
            Parsed::Snippet(snippet) => self.put_snippet(&file, snippet),
            Parsed::Briefing(briefing) => self.put_briefing(file, briefing),
        }
    }

    fn put_snippet(&mut self, file: &str, snippet: Option<Arc<Snippet>>) -> Changed {
        let id = snippet::id_of(file);
        let before = self.workspace.snippets.get(&id).cloned();
        let first = self.duplicates.put(&id, file, before.clone(), snippet);
        match (before, first) {
            (Some(before), Some(first))
                if before.file == first.file && before.text == first.text && before == first =>
            {
                Changed::default()
            }
            (_, Some(first)) => {
                Arc::make_mut(&mut self.workspace).snippets.insert(id, first.clone());
                Changed { snippets: vec![first], ..Changed::default() }
            }
            (Some(_), None) => {
                Arc::make_mut(&mut self.workspace).snippets.remove(&id);
                Changed { removed: vec![id], ..Changed::default() }
            }
            (None, None) => Changed::default(),
        }
    }

    fn put_briefing(&mut self, file: String, briefing: Option<Arc<Briefing>>) -> Changed {
        if self.workspace.briefings.get(&file) == briefing.as_ref() {
            return Changed::default();
        }
        let briefings = &mut Arc::make_mut(&mut self.workspace).briefings;
        match briefing {
            Some(briefing) => drop(briefings.insert_sorted(file.clone(), briefing)),
            None => drop(briefings.shift_remove(&file)),
        }
        Changed { briefings: vec![file], ..Changed::default() }
    }
}

impl Changed {
    fn add(&mut self, other: Self) {
        let ids = other.ids();
        self.snippets.retain(|snippet| !ids.contains(&snippet.id));
        self.removed.retain(|id| !ids.contains(id));
        self.snippets.extend(other.snippets);
        self.removed.extend(other.removed);
        self.briefings.extend(other.briefings);
        self.sources |= other.sources;
        self.config |= other.config;
    }
}

fn duplicate_source(source: &Source, first: &Source) -> Problem {
    let message = format!("the key `{}` is in `{}` too", source.key, first.file);
    let place = chancery_model::Place {
        file: source.file.clone(),
        line: source.line,
        column: 1,
        end_line: source.line,
        end_column: 1,
    };
    Problem::warning("duplicate-source", message).hint("rename one; the first one counts").at_place(place)
}

fn open_config(root: &Path) -> Result<config::Read, OpenError> {
    match root.metadata() {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => return Err(OpenError::NoWorkspace(root.to_path_buf())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(OpenError::Missing(root.to_path_buf()));
        }
        Err(error) => return Err(OpenError::Unreadable { path: root.to_path_buf(), error }),
    }
    let path = root.join(CONFIG_FILE);
    // A file that is there and cannot be listed is no reason to call the folder no workspace.
    if let Err(error) = std::fs::File::open(&path) {
        return Err(match error.kind() {
            std::io::ErrorKind::NotFound => OpenError::NoWorkspace(root.to_path_buf()),
            _ => OpenError::Unreadable { path, error },
        });
    }
    Ok(match read_text(root, CONFIG_FILE) {
        Ok(Some((text, _))) => config::read(&text),
        Ok(None) => return Err(OpenError::NoWorkspace(root.to_path_buf())),
        Err(problem) => config::Read { problems: vec![problem], ..config::Read::default() },
    })
}
