//! Changes of several files at once: made whole or not at all, journalled, and taken back as one.

use super::{Machine, Open};
use crate::document::Document;
use crate::ipc::{ActionReply, EditInfo, Event, Failure};
use chancery_workspace::change::{EditError, FileChange, WorkspaceEdit};
use chancery_workspace::journal::{Journal, JournalError};

impl Machine {
    /// Makes an edit of several files; it is worked out after everything that is unsaved was saved.
    pub(super) fn change_files(
        &mut self,
        work_out: impl FnOnce(&Open) -> Result<WorkspaceEdit, Failure>,
    ) -> Result<ActionReply, Failure> {
        self.save_everything()?;
        let edit = work_out(self.opened()?)?;
        if edit.files.is_empty() {
            return Ok(edited(&edit, false));
        }
        let journal = self.opened()?.documents.journal_mut();
        let number = journal.map(|journal| journal.begin_edit(&edit)).transpose().map_err(not_kept)?;
        if let Err(error) = edit.apply_to(self.opened()?.desk.root()) {
            self.note_in_journal(|journal| number.map_or(Ok(()), |number| journal.forget_edit(number)));
            return Err(not_made(&error));
        }
        self.note_in_journal(|journal| number.map_or(Ok(()), |number| journal.finish_edit(number)));
        self.take_edit(&edit);
        Ok(edited(&edit, number.is_some()))
    }

    /// Takes the last edit of several files back.
    pub(super) fn undo_edit(&mut self) -> Result<ActionReply, Failure> {
        self.save_everything()?;
        let nothing = || Failure::input("nothing-to-undo", "there is no change of several files to take back");
        let open = self.opened()?;
        let journal = open.documents.journal_mut().ok_or_else(nothing)?;
        let (number, edit) = journal.last_edit().map_err(not_kept)?.ok_or_else(nothing)?;
        let inverse = edit.inverse();
        inverse.apply_to(open.desk.root()).map_err(|error| match error {
            EditError::Changed(file) => Failure::input(
                "changed-since",
                format!("{file} has changed since, so the change cannot be taken back as one"),
            )
            .hint("Take it back in the files that need it; each file's versions are kept."),
            error => not_made(&error),
        })?;
        self.note_in_journal(|journal| journal.forget_edit(number));
        self.take_edit(&inverse);
        Ok(edited(&inverse, false))
    }

    /// Has documents, lists and pages follow an edit that was made.
    fn take_edit(&mut self, edit: &WorkspaceEdit) {
        for change in &edit.files {
            self.take_file_change(change);
        }
        let Some(open) = &mut self.open else { return };
        let root = open.desk.root().clone();
        let names = edit.files.iter().flat_map(|change| [change.file.as_str(), change.new_name()]);
        let paths: Vec<_> = names.map(|file| root.join(file)).collect();
        let changed = open.desk.refresh(&paths);
        self.follow(&changed);
        self.tell_problems();
    }

    fn take_file_change(&mut self, change: &FileChange) {
        let Some(open) = &mut self.open else { return };
        let after = change.after();
        let versions = |journal: &mut Journal| {
            if !change.made {
                journal.keep_version(change.new_name(), &change.before)?;
            }
            if change.gone { Ok(()) } else { journal.keep_version(change.new_name(), &after) }
        };
        open.documents.note(versions);
        let renamed = change.rename.is_some();
        if change.gone || renamed {
            let to = (!change.gone).then(|| change.new_name().to_owned());
            let changed = open.desk.set_text(&change.file, None);
            open.documents.moved(&change.file, to.as_deref());
            self.follow(&changed);
            self.tell(Event::FileMoved { file: change.file.clone(), to });
        }
        if change.gone {
            return;
        }
        let file = change.new_name().to_owned();
        let Some(open) = &mut self.open else { return };
        match open.documents.replace(&file, &after) {
            Some((version, changes)) => {
                self.take_text(&file);
                if !changes.is_empty() {
                    self.tell(Event::DocumentChanged { file, version, changes });
                }
            }
            // No editor has it: the file counts.
            None => {
                let changed = open.desk.set_text(&file, None);
                self.follow(&changed);
            }
        }
    }

    /// Takes edits back that an earlier session began and did not finish.
    pub(super) fn roll_back_broken_edits(&mut self) {
        let Some(open) = &mut self.open else { return };
        let root = open.desk.root().clone();
        let Some(journal) = open.documents.journal_mut() else { return };
        let unfinished = journal.unfinished_edits().unwrap_or_else(|error| {
            log::error!("the journal's edits cannot be read: {error}");
            Vec::new()
        });
        let mut paths = Vec::new();
        for (number, edit) in unfinished {
            match edit.roll_back(&root) {
                Ok(()) => {
                    paths.extend(edit.files.iter().flat_map(|c| [root.join(&c.file), root.join(c.new_name())]));
                    open.documents.note(|journal| journal.forget_edit(number));
                }
                Err(error) => log::error!("`{}` could not be taken back: {error}", edit.label),
            }
        }
        let changed = open.desk.refresh(&paths);
        self.follow(&changed);
    }

    fn note_in_journal(&mut self, keep: impl FnOnce(&mut Journal) -> Result<(), JournalError>) {
        if let Some(open) = &mut self.open {
            open.documents.note(keep);
        }
    }
}

/// Returns a document's text with LF, as the window has it.
pub fn as_shown(text: &str) -> String {
    Document::new(text.to_owned()).text()
}

fn edited(edit: &WorkspaceEdit, undoable: bool) -> ActionReply {
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let places = edit.files.iter().map(|change| change.changes.len()).sum();
    ActionReply::Edited { edit: EditInfo { files: count(edit.files.len()), places: count(places), undoable } }
}

fn not_kept(error: JournalError) -> Failure {
    Failure::machine("no-journal", format!("the change was not made, as it could not be noted first: {error}"))
        .hint("Check that the disk is not full.")
}

fn not_made(error: &EditError) -> Failure {
    match error {
        EditError::Changed(_) => Failure::input("changed-since", format!("{error}; no file was changed"))
            .hint("Try again: the change is then made from what the files say now."),
        EditError::Taken(_) => {
            Failure::input("taken", format!("{error}; no file was changed")).hint("Choose another name.")
        }
        EditError::Save(_) => Failure::machine("not-written", format!("{error}; no file was changed"))
            .hint("Check that the folder may be written to and that the disk is not full."),
    }
}
