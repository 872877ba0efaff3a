//! Opening and making workspaces.

use super::documents::Documents;
use super::preview::Preview;
use super::{Machine, Message, Open, Reply};
use crate::catalogue::Catalogue;
use crate::desk::{Desk, DeskError};
use crate::ipc::{ActionReply, Event, Failure, WorkspaceInfo};
use chancery_workspace::journal::Journal;
use chancery_workspace::scaffold::{From, create};
use chancery_workspace::watch::watch;
use chancery_workspace::{Changed, OpenError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

/// A workspace that was read.
pub struct Opened {
    desk: Desk,
    catalogue: Catalogue,
}

impl Machine {
    /// Reads a workspace beside the machine.
    pub(super) fn begin_opening(&mut self, folder: PathBuf, reply: Option<Reply>) {
        let (messages, shared) = (self.messages.clone(), self.shared.clone());
        self.stop_opening();
        let stop = Arc::new(AtomicBool::new(false));
        self.opening = Some(stop.clone());
        self.shared.spawn_blocking(move || {
            let opened = read(&folder, &shared.config, &stop, &messages);
            let _ = messages.send(Message::Opened { opened: Box::new(opened), stop, reply });
        });
    }

    /// Stops the opening under way, and lets go of what was read and not entered.
    pub(super) fn stop_opening(&mut self) {
        self.read = None;
        if let Some(stop) = self.opening.take() {
            stop.store(true, Ordering::Relaxed);
        }
    }

    /// Makes a workspace, then reads it.
    pub(super) fn make_workspace(&mut self, folder: PathBuf, from: &str, reply: Reply) {
        let made = match From::parse(from) {
            Some(from) => create(&folder, from).map_err(|error| {
                Failure::machine("not-made", format!("{} could not be made a workspace: {error}", folder.display()))
                    .hint("Choose an empty folder that may be written to.")
            }),
            None => Err(Failure::usage("from", format!("there is no example `{from}`"))),
        };
        match made {
            Ok(()) => self.begin_opening(folder, Some(reply)),
            Err(failure) => {
                let _ = reply.send(Err(failure));
            }
        }
    }

    /// Keeps a workspace that was read until the window enters it; the first one of a session is entered at once.
    pub(super) fn finish_opening(
        &mut self,
        opened: Result<Opened, Failure>,
        stop: &Arc<AtomicBool>,
        reply: Option<Reply>,
    ) {
        if self.opening.as_ref().is_some_and(|latest| Arc::ptr_eq(latest, stop)) {
            self.opening = None;
            self.tell(Event::Progress { name: "opening".to_owned(), done: 1, total: 1 });
        }
        let opened = if stop.load(Ordering::Relaxed) { Err(stopped()) } else { opened };
        match (opened, reply) {
            (Ok(opened), Some(reply)) => {
                self.read = Some(Box::new(opened));
                let _ = reply.send(Ok(ActionReply::Done));
            }
            (Ok(opened), None) => {
                self.take_workspace(opened);
            }
            (Err(failure), Some(reply)) => {
                let _ = reply.send(Err(failure));
            }
            (Err(failure), None) => log::error!("{failure}"),
        }
    }

    /// Enters the workspace that was read.
    pub(super) fn enter_workspace(&mut self) -> Result<ActionReply, Failure> {
        let opened = self.read.take().ok_or_else(|| Failure::usage("not-read", "no workspace was read"))?;
        Ok(ActionReply::Workspace { workspace: self.take_workspace(*opened) })
    }

    fn take_workspace(&mut self, opened: Opened) -> WorkspaceInfo {
        self.stop_import();
        self.save_all_now();
        let root = opened.desk.root().clone();
        self.recent.note(&root);
        let journal =
            Journal::open(&self.shared.config.data, &root).map_err(|error| log::error!("no journal: {error}")).ok();
        let messages = self.messages.clone();
        let watch = watch(&root, move |paths| {
            let _ = messages.send(Message::Disk { paths });
        });
        let watch = watch.map_err(|error| log::warn!("changes by other programs are not seen: {error}")).ok();
        let Opened { desk, catalogue } = opened;
        let open =
            Open { desk, documents: Documents::new(journal), preview: Preview::default(), catalogue, _watch: watch };
        let info = info(&open.desk);
        self.open = Some(open);
        self.roll_back_broken_edits();
        self.tell(Event::WorkspaceChanged { workspace: info.clone(), ids: Vec::new(), briefings_only: false });
        self.tell_problems();
        info
    }

    /// Closes the workspace, saved.
    pub(super) fn close_workspace(&mut self) -> ActionReply {
        self.stop_import();
        self.save_all_now();
        self.open = None;
        ActionReply::Done
    }

    /// Has lists and pages follow what changed in the workspace.
    pub(super) fn follow(&mut self, changed: &Changed) {
        let Some(open) = &mut self.open else { return };
        if changed.is_empty() {
            return;
        }
        let workspace = open.desk.workspace().clone();
        open.catalogue.follow(changed, &workspace);
        open.preview.touch();
        let event = Event::WorkspaceChanged {
            workspace: info(&open.desk),
            ids: changed.ids(),
            briefings_only: changed.is_of_briefings_only(),
        };
        self.tell(event);
    }
}

fn stopped() -> Failure {
    Failure::usage("stopped", "Opening the workspace was stopped")
}

/// Reads a workspace with its index, and says how far it is.
fn read(
    folder: &Path,
    config: &crate::config::EngineConfig,
    stop: &AtomicBool,
    messages: &Sender<Message>,
) -> Result<Opened, Failure> {
    let tell = |name: &'static str, done: usize, total: usize| {
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let _ = messages.send(Message::Progress { name, done: count(done), total: count(total) });
        !stop.load(Ordering::Relaxed)
    };
    let desk = Desk::open_watched(folder, config, &|done, total| tell("opening", done, total));
    let mut desk = desk.map_err(|DeskError::Open(error)| match error {
        OpenError::Stopped(_) => stopped(),
        error => Failure::input("no-workspace", error.to_string())
            .hint("A workspace is a folder with a file `chancery.toml`. Choose another folder, or start a new workspace there."),
    })?;
    if !tell("indexing", 0, 0) {
        return Err(stopped());
    }
    let catalogue = Catalogue::new_watched(&desk, config, &|done, total| tell("indexing", done, total))?;
    // What was parsed makes the next opening short.
    desk.write_cache();
    Ok(Opened { desk, catalogue })
}

/// Returns what the window shows of a workspace.
pub fn info(desk: &Desk) -> WorkspaceInfo {
    let workspace = desk.workspace();
    WorkspaceInfo {
        folder: workspace.root.to_string_lossy().into_owned(),
        name: workspace.config.name.clone(),
        language: workspace.config.language.clone(),
        snippets: u32::try_from(workspace.snippets.len()).unwrap_or(u32::MAX),
        markings: workspace.config.marking.levels.clone(),
    }
}
