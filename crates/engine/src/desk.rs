//! A workspace with all that composing needs.

use crate::config::EngineConfig;
use crate::forms;
use crate::ipc::Failure;
use chancery_compose::{Cache, Composed, Folder, Mode, Request, compose, markdown};
use chancery_model::{Briefing, PackRef, Problem, Workspace, nearest};
use chancery_template::{Library, Lock, Pack};
use chancery_typeset::{Date, Project};
use chancery_workspace::{Cache as Parsed, Changed, OpenError, Session};
use jiff::{Timestamp, tz::TimeZone};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thiserror::Error;

/// The pack used where neither the briefing nor the workspace names one.
const DEFAULT_PACK: &str = "policy-brief";

/// Why a workspace could not be opened.
#[derive(Debug, Error)]
pub enum DeskError {
    /// The folder is no workspace, or cannot be read.
    #[error(transparent)]
    Open(#[from] OpenError),
}

/// What is asked of a briefing besides what it says itself.
#[derive(Debug, Clone)]
pub struct Wish {
    /// `--template`, in place of the briefing's.
    pub template: Option<PackRef>,
    /// `--set name=value`.
    pub set: Vec<(String, String)>,
    /// What the pages are for.
    pub mode: Mode,
}

impl Wish {
    /// Returns the wish for a preview.
    pub fn preview() -> Self {
        Self { template: None, set: Vec::new(), mode: Mode::Preview }
    }

    /// Returns the wish for an export.
    pub fn export() -> Self {
        Self { template: None, set: Vec::new(), mode: Mode::Export }
    }
}

/// A composed briefing and the pack that draws it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The briefing.
    pub briefing: Arc<Briefing>,
    /// What it was composed to.
    pub composed: Composed,
    /// The pack.
    pub pack: Arc<Pack>,
}

impl Draft {
    /// Returns what the typesetter gets.
    pub fn project(&self) -> Project {
        let mut project = Project::new(self.composed.files.clone());
        project.today =
            self.composed.meta.date.map(|date| Date { year: i32::from(date.year), month: date.month, day: date.day });
        project
    }
}

/// An open workspace: its files, the packs at hand, and the pictures.
pub struct Desk {
    session: Session,
    library: Library,
    images: Folder,
    revision: u64,
}

impl Desk {
    /// Opens a workspace.
    ///
    /// # Errors
    /// When the folder is no workspace or cannot be read.
    pub fn open(root: &Path, config: &EngineConfig) -> Result<Self, DeskError> {
        Self::open_watched(root, config, &|_, _| true)
    }

    /// Opens a workspace; `watch` is told how many files of how many were read, and stops the opening by saying no.
    ///
    /// # Errors
    /// As [`Desk::open`], and when it was stopped.
    pub fn open_watched(
        root: &Path,
        config: &EngineConfig,
        watch: &(dyn Fn(usize, usize) -> bool + Sync),
    ) -> Result<Self, DeskError> {
        let session = Session::open_watched(root, Parsed::new(&config.cache), watch)?;
        let library = Library::new(Some(root), Some(config.packs()));
        Ok(Self { session, library, images: Folder::new(root), revision: 0 })
    }

    /// Returns the workspace as it is now.
    pub fn workspace(&self) -> &Arc<Workspace> {
        self.session.workspace()
    }

    /// Returns the session that keeps it.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Lets a text of the editor stand for a file; with none the file counts again.
    pub fn set_text(&mut self, file: &str, text: Option<String>) -> Changed {
        let changed = self.session.set_text(file, text);
        self.note(changed)
    }

    /// Follows files that changed on disk.
    pub fn refresh(&mut self, paths: &[PathBuf]) -> Changed {
        let changed = self.session.refresh(paths);
        self.note(changed)
    }

    /// Keeps what was parsed for the next time; a failure costs nothing but that time.
    pub fn write_cache(&mut self) {
        if let Err(error) = self.session.write_cache() {
            log::warn!("what was parsed is not kept: {error}");
        }
    }

    /// Counts changes of what briefings are composed from, the briefings' own text aside.
    fn note(&mut self, changed: Changed) -> Changed {
        if !changed.is_of_briefings_only() {
            self.revision += 1;
        }
        changed
    }

    /// Returns the packs at hand.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// Returns the form of a pack's settings; an empty one where there is no such pack.
    pub fn settings_form(&self, template: Option<&str>) -> serde_json::Value {
        let named =
            template.map(|name| PackRef::parse(name, 0..0)).or_else(|| self.workspace().config.template.clone());
        let wanted = named.unwrap_or_else(|| PackRef::parse(DEFAULT_PACK, 0..0));
        match self.library.find(&wanted, &self.lock().0) {
            Ok(pack) => forms::settings(&pack),
            Err(_) => serde_json::json!({ "type": "object", "properties": {}, "x-order": [] }),
        }
    }

    /// Returns the workspace's folder.
    pub fn root(&self) -> &PathBuf {
        &self.workspace().root
    }

    /// Returns a briefing by its file.
    ///
    /// # Errors
    /// When the workspace has no such briefing; the hint names the nearest one.
    pub fn briefing(&self, file: &str) -> Result<Arc<Briefing>, Failure> {
        let briefings = &self.workspace().briefings;
        if let Some(briefing) = briefings.get(file) {
            return Ok(briefing.clone());
        }
        let failure = Failure::input("unknown-briefing", format!("the workspace has no briefing `{file}`"));
        Err(match nearest(file, briefings.keys().map(String::as_str)) {
            Some(near) => failure.hint(format!("Did you mean `{near}`?")),
            None => {
                failure.hint("A briefing is a Markdown file at the workspace's root whose front matter has a `title`.")
            }
        })
    }

    /// Composes a briefing.
    ///
    /// # Errors
    /// When its pack cannot be found; a preview takes another one and says so among the problems.
    pub fn compose(&self, briefing: Arc<Briefing>, wish: &Wish, cache: &mut Cache) -> Result<Draft, Box<Problem>> {
        let (pack, missing) = match self.pack(&briefing, wish) {
            Ok(pack) => (pack, None),
            Err(problem) if wish.mode == Mode::Preview => (self.fallback(&problem)?, Some(problem)),
            Err(problem) => return Err(problem),
        };
        let mut composed = compose(&self.request(&briefing, &pack, wish), cache);
        composed.problems.extend(missing.map(|problem| *problem));
        composed.problems.extend(self.lock().0.verify(&pack));
        Ok(Draft { briefing, composed, pack })
    }

    /// Returns a briefing as plain Markdown with everything resolved, and what is wrong with it.
    ///
    /// # Errors
    /// When its pack cannot be found.
    pub fn markdown(&self, briefing: &Briefing, wish: &Wish) -> Result<(String, Vec<Problem>), Box<Problem>> {
        let pack = self.pack(briefing, wish)?;
        Ok(markdown(&self.request(briefing, &pack, wish), &mut Cache::default()))
    }

    fn request<'a>(&'a self, briefing: &'a Briefing, pack: &'a Pack, wish: &'a Wish) -> Request<'a> {
        Request {
            workspace: self.workspace(),
            revision: Some(self.revision),
            briefing,
            pack,
            library: &self.library,
            set: &wish.set,
            mode: wish.mode,
            today: today(),
            images: &self.images,
        }
    }

    /// Returns the pack that draws a briefing.
    fn pack(&self, briefing: &Briefing, wish: &Wish) -> Result<Arc<Pack>, Box<Problem>> {
        let (lock, _) = self.lock();
        let workspace = self.workspace();
        let (wanted, file) = match (&wish.template, &briefing.template, &workspace.config.template) {
            (Some(wanted), _, _) => (wanted.clone(), None),
            (None, Some(wanted), _) => (wanted.clone(), Some((briefing.file.as_str(), briefing.text.to_string()))),
            (None, None, Some(wanted)) => (wanted.clone(), Some(("chancery.toml", self.config_text()))),
            (None, None, None) => (PackRef::parse(DEFAULT_PACK, 0..0), None),
        };
        self.library.find(&wanted, &lock).map_err(|error| {
            let problem = error.problem();
            Box::new(match file {
                Some((file, text)) => problem.at(file, &text, wanted.span.clone()),
                None => problem,
            })
        })
    }

    /// Returns the pack that a preview takes where the one wanted is missing.
    fn fallback(&self, missing: &Problem) -> Result<Arc<Pack>, Box<Problem>> {
        let wanted = PackRef::parse(DEFAULT_PACK, 0..0);
        self.library.find(&wanted, &Lock::default()).map_err(|_| Box::new(missing.clone()))
    }

    /// Returns the lock, and what is wrong with it; a workspace without one has none to keep.
    fn lock(&self) -> (Lock, Vec<Problem>) {
        match fs::read_to_string(self.root().join("chancery.lock")) {
            Ok(text) => Lock::parse("chancery.lock", &text),
            Err(_) => (Lock::default(), Vec::new()),
        }
    }

    fn config_text(&self) -> String {
        fs::read_to_string(self.root().join("chancery.toml")).unwrap_or_default()
    }
}

/// Returns the day that a briefing without a date gets: `SOURCE_DATE_EPOCH`'s, else today's here.
pub fn today() -> (i16, u8, u8) {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.trim().parse::<i64>().ok());
    let now = match fixed.and_then(|seconds| Timestamp::from_second(seconds).ok()) {
        Some(moment) => moment.to_zoned(TimeZone::UTC),
        None => Timestamp::now().to_zoned(TimeZone::system()),
    };
    (now.year(), now.month().unsigned_abs(), now.day().unsigned_abs())
}
