//! Open documents: edited, journalled, saved after a pause, and merged with what others write.

use super::{Machine, Message};
use crate::document::Document;
use crate::ipc::{ActionReply, Event, Failure, SaveState, TextChange, VersionCard};
use chancery_model::Briefing;
use chancery_workspace::change::Change;
use chancery_workspace::journal::{Journal, JournalError, Unsaved, Version};
use chancery_workspace::paths;
use chancery_workspace::save::{SaveError, Saved, save};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// How long an edit may stay out of the journal.
const JOURNAL_AFTER: Duration = Duration::from_millis(250);
/// How long the analyst pauses before the file is written.
const SAVE_AFTER: Duration = Duration::from_millis(900);
/// How long after a failed save the next try comes.
const RETRY_AFTER: Duration = Duration::from_secs(5);

/// The open documents by file.
#[derive(Default)]
pub struct Documents {
    open: HashMap<String, OpenDocument>,
    journal: Option<Journal>,
}

/// A document, and how it stands with its file.
struct OpenDocument {
    document: Document,
    /// The text that the file had when it was last read or written.
    base: String,
    /// Edits that the journal does not have yet.
    edits: Vec<Vec<Change>>,
    journal_at: Option<Instant>,
    save_at: Option<Instant>,
    saving: bool,
    /// Whether the window closed it: it goes once it is saved.
    closing: bool,
}

/// The end of a save.
pub struct SaveResult {
    file: String,
    version: u32,
    text: String,
    outcome: Result<Saved, SaveError>,
}

impl OpenDocument {
    fn is_unsaved(&self) -> bool {
        self.document.full() != self.base
    }

    fn touch(&mut self) {
        let now = Instant::now();
        self.journal_at.get_or_insert(now + JOURNAL_AFTER);
        self.save_at = Some(now + SAVE_AFTER);
    }
}

impl Documents {
    /// Returns no documents, journalled in `journal` where there is one.
    pub fn new(journal: Option<Journal>) -> Self {
        Self { open: HashMap::new(), journal }
    }

    /// Returns a document’s version; 0 where it is not open.
    pub fn version(&self, file: &str) -> u32 {
        self.open.get(file).map_or(0, |open| open.document.version())
    }

    /// Returns an open document.
    pub fn get(&self, file: &str) -> Option<&Document> {
        self.open.get(file).map(|open| &open.document)
    }

    /// Returns the editor’s offset of a byte of a briefing, open or not.
    pub fn offset(&self, briefing: &Briefing, byte: usize) -> u32 {
        match self.get(&briefing.file) {
            Some(document) => document.offset(byte),
            None => Document::new(briefing.text.to_string()).offset(byte),
        }
    }

    /// Returns what an earlier session left unsaved of a file.
    fn unsaved(&self, file: &str) -> Option<Unsaved> {
        let all = self.journal.as_ref()?.unsaved();
        let all = all.map_err(|error| log::error!("the journal cannot be read: {error}")).ok()?;
        all.into_iter().find(|unsaved| unsaved.file == file)
    }

    /// Returns the journal, where there is one.
    pub fn journal_mut(&mut self) -> Option<&mut Journal> {
        self.journal.as_mut()
    }

    /// Returns the kept versions of a file, newest first.
    pub fn versions(&self, file: &str) -> Vec<VersionCard> {
        let versions = self.journal.as_ref().map(|journal| journal.versions(file)).unwrap_or(Ok(Vec::new()));
        let versions = versions.unwrap_or_else(|error| {
            log::error!("the versions of {file} cannot be read: {error}");
            Vec::new()
        });
        let card = |version: Version| VersionCard {
            number: version.number as f64,
            at: version.at as f64,
            size: version.size as f64,
        };
        versions.into_iter().map(card).collect()
    }

    /// Returns the text of a version, with LF.
    pub fn version_text(&self, number: f64) -> Option<String> {
        let text = self.journal.as_ref()?.version_text(number as i64);
        let text = text.map_err(|error| log::error!("a version cannot be read: {error}")).ok().flatten()?;
        Some(Document::new(text).text())
    }

    /// Gives an open document its file's new name, or lets go of it where the file is gone.
    pub fn moved(&mut self, file: &str, to: Option<&str>) {
        if let (Some(document), Some(to)) = (self.open.remove(file), to) {
            self.open.insert(to.to_owned(), document);
        }
    }

    /// Takes over what an open document's file has now; returns its version and what changed, none where it is not open.
    pub fn replace(&mut self, file: &str, now: &str) -> Option<(u32, Vec<TextChange>)> {
        let known = self.open.get_mut(file)?;
        known.base = now.to_owned();
        known.edits.clear();
        let changes = known.document.replace(now.to_owned());
        Some((known.document.version(), changes))
    }

    /// Has the journal keep something; that it cannot is no reason to stop, as the file itself is saved soon.
    pub fn note(&mut self, keep: impl FnOnce(&mut Journal) -> Result<(), JournalError>) {
        if let Some(Err(error)) = self.journal.as_mut().map(keep) {
            log::error!("the journal failed: {error}");
        }
    }

    /// Returns when something is due next.
    pub fn due(&self) -> Option<Instant> {
        let times = self
            .open
            .values()
            .flat_map(|open| [open.journal_at, open.save_at.filter(|_| !open.saving)].into_iter().flatten());
        times.min()
    }
}

impl Machine {
    /// Opens a file for editing; what a broken-off session left unsaved comes back.
    pub(super) fn open_document(&mut self, file: &str) -> Result<ActionReply, Failure> {
        let open = self.opened()?;
        if let Some(known) = open.documents.open.get_mut(file) {
            known.closing = false;
        } else {
            let path = path_of(open.desk.root(), file)?;
            let text = std::fs::read_to_string(&path).map_err(|error| not_read(file, &error))?;
            let mut known = OpenDocument {
                document: Document::new(text.clone()),
                base: text,
                edits: Vec::new(),
                journal_at: None,
                save_at: None,
                saving: false,
                closing: false,
            };
            match open.documents.unsaved(file) {
                Some(kept) if kept.text != known.base => {
                    known.document = Document::new(kept.text);
                    known.base = kept.base;
                    known.touch();
                }
                _ => open.documents.note(|journal| journal.start(file, &known.base)),
            }
            open.documents.note(|journal| journal.keep_version(file, &known.base));
            open.documents.open.insert(file.to_owned(), known);
        }
        let open = self.opened()?;
        let Some(known) = open.documents.open.get(file) else { return Err(not_open(file)) };
        let reply = ActionReply::Document {
            file: file.to_owned(),
            text: known.document.text(),
            version: known.document.version(),
        };
        if known.is_unsaved() {
            self.take_text(file);
        }
        Ok(reply)
    }

    /// Applies an edit.
    pub(super) fn edit(&mut self, file: &str, version: u32, changes: &[TextChange]) -> Result<ActionReply, Failure> {
        let open = self.opened()?;
        let known = open.documents.open.get_mut(file).ok_or_else(|| not_open(file))?;
        let edit = known.document.edit(version, changes).map_err(|error| {
            Failure::usage("edit", error.to_string()).hint("The document is opened again; nothing was lost.")
        })?;
        known.edits.push(edit);
        known.touch();
        self.take_text(file);
        self.tell(Event::Saving { file: file.to_owned(), state: SaveState::Unsaved });
        Ok(ActionReply::Done)
    }

    /// Closes a document once it is saved.
    pub(super) fn close_document(&mut self, file: &str) -> Result<ActionReply, Failure> {
        let open = self.opened()?;
        if let Some(known) = open.documents.open.get_mut(file) {
            if known.is_unsaved() || known.saving {
                known.closing = true;
                known.save_at = Some(Instant::now());
            } else {
                self.let_go(file);
            }
        }
        Ok(ActionReply::Done)
    }

    /// Saves a document at once.
    pub(super) fn save_now(&mut self, file: &str) -> Result<ActionReply, Failure> {
        let open = self.opened()?;
        let known = open.documents.open.get_mut(file).ok_or_else(|| not_open(file))?;
        known.save_at = Some(Instant::now());
        Ok(ActionReply::Done)
    }

    /// Forgets a closed document: its file counts from then on.
    fn let_go(&mut self, file: &str) {
        let Some(open) = &mut self.open else { return };
        open.documents.open.remove(file);
        let changed = open.desk.set_text(file, None);
        self.follow(&changed);
    }

    /// Hands a document’s text to the workspace, whose pages and lists follow it.
    pub(super) fn take_text(&mut self, file: &str) {
        let Some(open) = &mut self.open else { return };
        let Some(text) = open.documents.get(file).map(|document| document.full().to_owned()) else { return };
        let changed = open.desk.set_text(file, Some(text));
        self.follow(&changed);
    }

    /// Journals and saves what is due.
    pub(super) fn save_what_is_due(&mut self) {
        let now = Instant::now();
        let Some(open) = &mut self.open else { return };
        let root = open.desk.root().clone();
        let (mut to_save, mut to_keep, mut unchanged) = (Vec::new(), Vec::new(), Vec::new());
        for (file, known) in &mut open.documents.open {
            if known.journal_at.is_some_and(|due| due <= now) {
                known.journal_at = None;
                to_keep.push((file.clone(), std::mem::take(&mut known.edits)));
            }
            if !known.saving && known.save_at.is_some_and(|due| due <= now) {
                known.save_at = None;
                if known.is_unsaved() {
                    known.saving = true;
                    to_save.push((file.clone(), known.document.clone(), known.base.clone()));
                } else {
                    unchanged.push((file.clone(), known.document.version()));
                }
            }
        }
        for (file, edits) in to_keep {
            open.documents.note(|journal| journal.append_all(&file, edits.iter().map(Vec::as_slice)));
        }
        // What was typed and taken back leaves the text as its file has it.
        for (file, version) in unchanged {
            self.tell(Event::Saving { file, state: SaveState::Saved { at: now_millis(), version } });
        }
        for (file, document, base) in to_save {
            self.tell(Event::Saving { file: file.clone(), state: SaveState::Saving });
            self.write(root.join(&file), file, document, base);
        }
    }

    /// Writes a document beside the machine.
    fn write(&self, path: PathBuf, file: String, document: Document, base: String) {
        let messages = self.messages.clone();
        self.shared.spawn_blocking(move || {
            let outcome = save(&path, document.full(), Some(&base));
            let result = SaveResult { file, version: document.version(), text: document.full().to_owned(), outcome };
            let _ = messages.send(Message::Saved(Box::new(result)));
        });
    }

    /// Takes the end of a save in.
    pub(super) fn finish_saving(&mut self, result: SaveResult) {
        let SaveResult { file, version, text, outcome } = result;
        let Some(open) = &mut self.open else { return };
        let Some(known) = open.documents.open.get_mut(&file) else { return };
        known.saving = false;
        // What was written, and what the file has where that is something else.
        let mut theirs = None;
        let state = match outcome {
            Ok(Saved::Saved) => {
                known.base = text;
                SaveState::Saved { at: now_millis(), version }
            }
            Ok(Saved::Merged { text: merged }) => {
                theirs = Some((text, merged));
                SaveState::Saved { at: now_millis(), version }
            }
            Ok(Saved::Conflict { copy, theirs: other }) => {
                theirs = Some((text, other));
                let copy = copy.file_name().unwrap_or_default().to_string_lossy().into_owned();
                SaveState::Failed {
                    message: format!("somebody else changed the same lines of {file}: your text was kept as {copy}"),
                    hint: Some("Compare the two, and delete the copy when it is no longer needed.".to_owned()),
                }
            }
            Err(error) => {
                known.save_at = Some(Instant::now() + RETRY_AFTER);
                let state = SaveState::Failed {
                    message: format!("{file} could not be saved: {error}"),
                    hint: Some("Your text is kept in the journal, and saving is tried again.".to_owned()),
                };
                self.tell(Event::Saving { file, state });
                return;
            }
        };
        let mut changes = Vec::new();
        if let Some((ours, now)) = theirs {
            if known.document.full() == ours {
                known.base.clone_from(&now);
                changes = known.document.replace(now);
            } else {
                // More was typed while the file was written: the next save merges that with what the file now has.
                known.base = ours;
            }
        }
        known.edits.clear();
        let (base, full) = (known.base.clone(), known.document.full().to_owned());
        let unsaved = known.is_unsaved();
        if unsaved {
            known.save_at.get_or_insert(Instant::now() + SAVE_AFTER);
        }
        let known_version = known.document.version();
        let gone = known.closing && !unsaved;
        open.documents.note(|journal| {
            journal.saved(&file, &base)?;
            if unsaved { journal.keep_text(&file, &full) } else { Ok(()) }
        });
        if gone {
            self.let_go(&file);
        } else if !changes.is_empty() {
            self.tell(Event::DocumentChanged { file: file.clone(), version: known_version, changes });
            self.take_text(&file);
        }
        self.tell(Event::Saving { file, state });
    }

    /// Takes over what others wrote to files on disk.
    pub(super) fn refresh(&mut self, paths: &[PathBuf]) {
        let Some(open) = &mut self.open else { return };
        let root = open.desk.root().clone();
        let mut told = Vec::new();
        for (file, known) in &mut open.documents.open {
            let path = root.join(file);
            if known.saving || !paths.contains(&path) {
                continue;
            }
            let Ok(disk) = std::fs::read_to_string(&path) else { continue };
            if disk == known.base {
                continue;
            }
            if known.is_unsaved() {
                // The next save merges the two.
                known.save_at = Some(Instant::now());
                continue;
            }
            known.base.clone_from(&disk);
            let changes = known.document.replace(disk);
            told.push((file.clone(), known.document.version(), changes));
        }
        // Pages are made of other files as well: packs with their fonts, pictures.
        let text = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "md" || ending == "bib");
        if !paths.iter().all(text) {
            open.preview.touch();
        }
        let changed = open.desk.refresh(paths);
        self.follow(&changed);
        for (file, version, changes) in told {
            self.take_text(&file);
            self.tell(Event::DocumentChanged { file, version, changes });
        }
    }

    /// Saves everything that is unsaved, as what follows is worked out from the files.
    ///
    /// # Errors
    /// When a text could not be saved.
    pub(super) fn save_everything(&mut self) -> Result<(), Failure> {
        let open = self.opened()?;
        let root = open.desk.root().clone();
        let unsaved: Vec<SaveResult> = open
            .documents
            .open
            .iter()
            .filter(|(_, known)| known.is_unsaved())
            .map(|(file, known)| SaveResult {
                file: file.clone(),
                version: known.document.version(),
                text: known.document.full().to_owned(),
                outcome: save(&root.join(file), known.document.full(), Some(&known.base)),
            })
            .collect();
        for result in unsaved {
            self.finish_saving(result);
        }
        match self.opened()?.documents.open.iter().find(|(_, known)| known.is_unsaved()) {
            None => Ok(()),
            Some((file, _)) => Err(Failure::machine("not-saved", format!("{file} could not be saved first"))
                .hint("See what its notice says, then try again.")),
        }
    }

    /// Writes everything that is unsaved before the session ends.
    pub(super) fn save_all_now(&mut self) {
        let Some(open) = &mut self.open else { return };
        let root = open.desk.root().clone();
        let unsaved: Vec<(String, String, String)> = open
            .documents
            .open
            .iter()
            .filter(|(_, known)| known.is_unsaved())
            .map(|(file, known)| (file.clone(), known.document.full().to_owned(), known.base.clone()))
            .collect();
        for (file, text, base) in unsaved {
            match save(&root.join(&file), &text, Some(&base)) {
                Ok(_) => open.documents.note(|journal| journal.saved(&file, &text)),
                Err(error) => {
                    log::error!("{file} was not saved at the end: {error}");
                    open.documents.note(|journal| journal.keep_text(&file, &text));
                }
            }
        }
    }
}

/// Returns the path of a workspace’s file.
fn path_of(root: &Path, file: &str) -> Result<PathBuf, Failure> {
    paths::resolve(root, file).ok_or_else(|| {
        Failure::input("not-there", format!("the workspace has no file `{file}`"))
            .hint("It may have been moved or deleted.")
    })
}

fn not_read(file: &str, error: &std::io::Error) -> Failure {
    match error.kind() {
        std::io::ErrorKind::InvalidData => Failure::input("not-utf8", format!("{file} is not UTF-8 text"))
            .hint("Save it as UTF-8 in the program that made it."),
        _ => Failure::machine("not-read", format!("{file} could not be read: {error}")),
    }
}

fn not_open(file: &str) -> Failure {
    Failure::usage("not-open", format!("{file} is not open"))
}

fn now_millis() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |time| time.as_secs_f64() * 1e3)
}
