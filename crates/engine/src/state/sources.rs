//! The bibliography: entries added and made one.

use super::{Machine, Message, Reply};
use crate::ipc::{ActionReply, Event, Failure};
use chancery_model::Workspace;
use chancery_workspace::change::{FileChange, WorkspaceEdit};
use chancery_workspace::{CONFIG_FILE, Import, ImportError, add_source_file, cites, import_sources};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The bibliography of a workspace that has none yet.
const DEFAULT: &str = "sources.bib";

/// How many entries are read between two pieces of news of it.
const STEP: usize = 200;

/// Entries that were read for a workspace.
pub struct Imported {
    text: String,
    workspace: Arc<Workspace>,
    import: Result<Import, ImportError>,
    stop: Arc<AtomicBool>,
}

impl Machine {
    /// Reads entries beside the machine; they are added once all are read.
    pub(super) fn begin_import(&mut self, text: String, reply: Reply) {
        let workspace = match self.opened() {
            Ok(open) => open.desk.workspace().clone(),
            Err(failure) => return drop(reply.send(Err(failure))),
        };
        let stop = Arc::new(AtomicBool::new(false));
        self.stop_import();
        self.import = Some(stop.clone());
        let messages = self.messages.clone();
        self.shared.spawn_blocking(move || {
            let go_on = |done: usize, total: usize| {
                if done.is_multiple_of(STEP) {
                    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
                    let (done, total) = (count(done), count(total));
                    let _ = messages.send(Message::Progress { name: "importing", done, total });
                }
                !stop.load(Ordering::Relaxed)
            };
            let import = import_sources(&text, &workspace, &go_on);
            let _ = messages.send(Message::Imported(Box::new(Imported { text, workspace, import, stop }), reply));
        });
    }

    /// Stops reading entries; nothing of them was added.
    pub(super) fn stop_import(&mut self) {
        if let Some(stop) = self.import.take() {
            stop.store(true, Ordering::Relaxed);
        }
    }

    /// Adds the entries that were read.
    pub(super) fn finish_import(&mut self, imported: Imported, reply: Reply) {
        if self.import.as_ref().is_some_and(|latest| Arc::ptr_eq(latest, &imported.stop)) {
            self.import = None;
            self.tell(Event::Progress { name: "importing".to_owned(), done: 1, total: 1 });
        }
        let result = self.add_sources(imported);
        let _ = reply.send(result);
    }

    fn add_sources(&mut self, imported: Imported) -> Result<ActionReply, Failure> {
        let Imported { text, workspace: before, import, stop } = imported;
        let workspace = self.opened()?.desk.workspace().clone();
        let import = if stop.load(Ordering::Relaxed) || before.root != workspace.root {
            Err(ImportError::Stopped)
        } else if before.sources.keys().eq(workspace.sources.keys()) {
            import
        } else {
            // Somebody else's entries came in meanwhile.
            import_sources(&text, &workspace, &|_, _| true)
        };
        let Import { text, added, known: there } = import.map_err(|error| not_read(&error))?;
        let known = workspace.config.sources.iter().find(|file| file.to_lowercase().ends_with(".bib")).cloned();
        let file = known.clone().unwrap_or_else(|| DEFAULT.to_owned());
        if !added.is_empty() {
            self.change_files(|open| {
                let root = open.desk.root();
                let mut files = vec![with_entries(&file, std::fs::read_to_string(root.join(&file)).ok(), &text)];
                if known.is_none() {
                    let config = std::fs::read_to_string(root.join(CONFIG_FILE)).unwrap_or_default();
                    files.extend(FileChange::rewrite(CONFIG_FILE, &config, &add_source_file(&config, &file)));
                }
                Ok(WorkspaceEdit { label: format!("Add {}", added.join(", ")), files })
            })?;
        }
        Ok(ActionReply::SourcesAdded { added, known: there, file })
    }

    /// Makes one entry of several.
    pub(super) fn merge_sources(&mut self, keep: &str, drop: &[String]) -> Result<ActionReply, Failure> {
        self.change_files(|open| {
            cites::merge(open.desk.workspace(), keep, drop)
                .map_err(|error| Failure::input("not-merged", error.to_string()))
        })
    }
}

/// Returns the change that puts entries at a bibliography's end.
fn with_entries(file: &str, before: Option<String>, entries: &str) -> FileChange {
    match before {
        None => FileChange::make(file.to_owned(), entries.to_owned()),
        Some(before) => {
            let gap = if before.trim().is_empty() {
                ""
            } else if before.ends_with('\n') {
                "\n"
            } else {
                "\n\n"
            };
            let after = format!("{before}{gap}{entries}");
            FileChange::rewrite(file, &before, &after).unwrap_or_default()
        }
    }
}

fn not_read(error: &ImportError) -> Failure {
    let failure = Failure::input("no-entry", error.to_string());
    match error {
        ImportError::Stopped => Failure::usage("import-stopped", error.to_string()),
        ImportError::Unknown => failure.hint("Paste BibTeX, RIS, or what a DOI gives as CSL-JSON."),
        ImportError::Broken { .. } => failure.hint("Nothing was added. Mend the line, or copy the entry again."),
    }
}
