//! Actions of the window.

use super::{Machine, Reply};
use crate::ipc::{Action, ActionReply, Failure};
use crate::search;
use crate::starters;
use chancery_workspace::save::write_atomically;
use std::ops::RangeInclusive;
use std::path::PathBuf;

impl Machine {
    /// Carries an action out; those that take long answer when they are done.
    pub(super) fn carry_out(&mut self, action: Action, reply: Reply) {
        let result = match action {
            Action::OpenWorkspace { folder } => return self.begin_opening(PathBuf::from(folder), Some(reply)),
            Action::NewWorkspace { folder, from } => return self.make_workspace(PathBuf::from(folder), &from, reply),
            Action::Export { request } => return self.begin_export(request, reply),
            Action::AddSources { text } => return self.begin_import(text, reply),
            Action::EnterWorkspace => self.enter_workspace(),
            Action::CloseWorkspace => Ok(self.close_workspace()),
            Action::OpenDocument { file } => self.open_document(&file),
            Action::CloseDocument { file } => self.close_document(&file),
            Action::Edit { file, version, changes } => self.edit(&file, version, &changes),
            Action::Save { file } => self.save_now(&file),
            Action::ShowPages { briefing, first, last, scale } => self.show_pages(briefing, first..=last, scale),
            Action::NewBriefing { title, template } => self.new_briefing(&title, &template),
            Action::NewSnippet { title, kind, body, source } => {
                self.make(starters::snippet(kind, &title, &body, source.as_deref()))
            }
            Action::StopExport => {
                self.stop_export();
                Ok(ActionReply::Done)
            }
            Action::StopImport => {
                self.stop_import();
                Ok(ActionReply::Done)
            }
            Action::StopOpening => {
                self.stop_opening();
                Ok(ActionReply::Done)
            }
            Action::RenameSnippet { id, to } => self.rename_snippet(&id, &to),
            Action::DeleteSnippets { ids } => self.delete_snippets(&ids),
            Action::DuplicateSnippet { id } => self.copy_snippet(&id, false),
            Action::DetachSnippet { id } => self.copy_snippet(&id, true),
            Action::SettleCopy { id, how } => self.settle_copy(&id, how),
            Action::SetFields { ids, changes } => self.set_fields(&ids, &changes),
            Action::ReplaceAll { search: wanted, with, skip } => {
                self.change_files(|open| search::replace(open.desk.workspace(), &wanted, &with, &skip))
            }
            Action::Keep { name, text } => {
                self.memory.keep(name, text);
                Ok(ActionReply::Done)
            }
            Action::UndoEdit => self.undo_edit(),
            Action::MergeSources { keep, drop } => self.merge_sources(&keep, &drop),
            Action::AddPicture { name, data } => self.add_picture(&name, &data),
            Action::OpenSource { key, .. } => {
                Err(Failure::usage("shell-only", format!("{key} is opened by the shell")))
            }
            Action::Present { .. } => Err(Failure::usage("shell-only", "the presenter's window is the shell's")),
            Action::OpenFile { path } => Err(Failure::usage("shell-only", format!("{path} is opened by the shell"))),
        };
        let _ = reply.send(result);
    }

    /// Turns to a briefing; pages are numbered from 1 and counted with one more on each side.
    fn show_pages(
        &mut self,
        briefing: Option<String>,
        pages: RangeInclusive<u32>,
        scale: f64,
    ) -> Result<ActionReply, Failure> {
        let preview = &mut self.opened()?.preview;
        let from = (*pages.start() as usize).saturating_sub(2);
        preview.in_sight = from..(*pages.end() as usize + 1).max(from);
        preview.scale = scale;
        preview.turn_to(briefing);
        Ok(ActionReply::Done)
    }

    fn new_briefing(&mut self, title: &str, template: &str) -> Result<ActionReply, Failure> {
        let open = self.opened()?;
        let packs = open.desk.library().list();
        let pack = packs
            .iter()
            .find(|pack| pack.package.name == template)
            .ok_or_else(|| Failure::input("unknown-pack", format!("there is no template `{template}`")))?;
        let starter = starters::briefing(pack, title, open.desk.workspace());
        self.make(starter)
    }

    /// Makes a file of the workspace under a name that is free.
    pub(super) fn make(&mut self, starter: starters::Starter) -> Result<ActionReply, Failure> {
        let open = self.opened()?;
        let workspace = open.desk.workspace().clone();
        let (file, path) = starter.free_path(&workspace);
        let written = path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(|error| error.to_string());
        written
            .and_then(|()| write_atomically(&path, starter.text.as_bytes()).map_err(|error| error.to_string()))
            .map_err(|error| {
                Failure::machine("not-written", format!("{file} could not be written: {error}"))
                    .hint("Check that the folder may be written to and that the disk is not full.")
            })?;
        let changed = open.desk.refresh(&[path]);
        self.follow(&changed);
        Ok(ActionReply::Made { file })
    }
}
