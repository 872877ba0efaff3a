//! The bibliography: entries added and made one.

use super::Machine;
use crate::ipc::{ActionReply, Failure};
use chancery_workspace::change::{FileChange, WorkspaceEdit};
use chancery_workspace::{CONFIG_FILE, Import, ImportError, add_source_file, cites, import_sources};

/// The bibliography of a workspace that has none yet.
const DEFAULT: &str = "sources.bib";

impl Machine {
    /// Adds entries to the bibliography.
    pub(super) fn add_sources(&mut self, text: &str) -> Result<ActionReply, Failure> {
        let workspace = self.opened()?.desk.workspace().clone();
        let import = import_sources(text, &workspace).map_err(|error| not_read(&error))?;
        let known = workspace.config.sources.iter().find(|file| file.to_lowercase().ends_with(".bib")).cloned();
        let file = known.clone().unwrap_or_else(|| DEFAULT.to_owned());
        let Import { text, added, known: there } = import;
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
        ImportError::Unknown => failure.hint("Paste BibTeX, RIS, or what a DOI gives as CSL-JSON."),
        ImportError::Broken { .. } => failure.hint("Nothing was added. Mend the line, or copy the entry again."),
    }
}
