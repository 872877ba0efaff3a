//! What is not yet in a file, and what was: unsaved changes, edits of several files, and versions of texts.
//!
//! One SQLite database a workspace, in the user's data folder. Each call is a transaction that is on disk when it
//! returns, so a change survives the process and the machine.

mod history;

pub use history::Version;

use crate::cache::key_of;
use crate::change::{Change, WorkspaceEdit, apply};
use rusqlite::{Connection, OptionalExtension, params};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use thiserror::Error;

/// Why the journal failed.
#[derive(Debug, Error)]
pub enum JournalError {
    /// The database.
    #[error("the journal failed: {0}")]
    Database(#[from] rusqlite::Error),
    /// Its folder.
    #[error("the journal's folder failed: {0}")]
    Folder(#[from] std::io::Error),
    /// What is to be kept cannot be written down.
    #[error("the journal failed: {0}")]
    Form(#[from] postcard::Error),
}

/// A document with changes that are not in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaved {
    /// The file in the workspace.
    pub file: String,
    /// The text that was last read or saved.
    pub base: String,
    /// The text with all changes.
    pub text: String,
    /// When it last changed, in milliseconds since 1970.
    pub at: i64,
}

/// The journal of a workspace.
#[derive(Debug)]
pub struct Journal {
    connection: Connection,
}

/// How many changes of one document are kept singly before they become one text.
const MOST_CHANGES: i64 = 500;

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS documents (file TEXT PRIMARY KEY, base TEXT NOT NULL, text TEXT);
    CREATE TABLE IF NOT EXISTS changes (
        id INTEGER PRIMARY KEY, file TEXT NOT NULL, at INTEGER NOT NULL, changes BLOB NOT NULL);
    CREATE INDEX IF NOT EXISTS changes_file ON changes (file, id);
    CREATE TABLE IF NOT EXISTS edits (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, done INTEGER NOT NULL, edit BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS versions (
        id INTEGER PRIMARY KEY, file TEXT NOT NULL, at INTEGER NOT NULL, hash TEXT NOT NULL, text TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS versions_file ON versions (file, id);
";

impl Journal {
    /// Opens the journal of a workspace in a folder, which is made where there is none.
    ///
    /// A damaged database is put aside, never written over.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn open(folder: &Path, root: &Path) -> Result<Self, JournalError> {
        std::fs::create_dir_all(folder)?;
        let path = folder.join(format!("{}.journal", key_of(root)));
        match Self::open_file(&path) {
            Err(JournalError::Database(error)) if is_damage(&error) => {
                let aside = path.with_extension(format!("damaged-{}", now()));
                log::warn!("the journal is damaged ({error}); it is kept as {}", aside.display());
                std::fs::rename(&path, aside)?;
                for ending in ["journal-wal", "journal-shm"] {
                    // Without its database neither is of use, and a new database must not take them for its own.
                    if let Err(error) = std::fs::remove_file(path.with_extension(ending))
                        && error.kind() != std::io::ErrorKind::NotFound
                    {
                        return Err(error.into());
                    }
                }
                Self::open_file(&path)
            }
            result => result,
        }
    }

    /// Opens the journal in the user's data folder; none where the platform has none.
    ///
    /// # Errors
    /// As [`Journal::open`].
    pub fn of_user(root: &Path) -> Result<Option<Self>, JournalError> {
        let Some(folders) = directories::ProjectDirs::from("", "", "chancery") else { return Ok(None) };
        Self::open(&folders.data_local_dir().join("journal"), root).map(Some)
    }

    fn open_file(path: &PathBuf) -> Result<Self, JournalError> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.execute_batch(TABLES)?;
        Ok(Self { connection })
    }

    /// Starts a document: `base` is the text that was read. Unsaved changes of an earlier time stay.
    ///
    /// # Errors
    /// When the disk forbids it.
    pub fn start(&mut self, file: &str, base: &str) -> Result<(), JournalError> {
        let sql = "INSERT INTO documents (file, base) VALUES (?1, ?2) ON CONFLICT (file) DO UPDATE SET base = ?2
                   WHERE text IS NULL AND NOT EXISTS (SELECT 1 FROM changes WHERE changes.file = ?1)";
        self.connection.execute(sql, params![file, base])?;
        Ok(())
    }

    /// Keeps changes of a document that was started.
    ///
    /// # Errors
    /// When the disk forbids it: the change is nowhere but in memory then, and the user should know.
    pub fn append(&mut self, file: &str, changes: &[Change]) -> Result<(), JournalError> {
        self.append_all(file, [changes])
    }

    /// Keeps several changes of a document, one after the other, in one go: each writing waits for the disk.
    ///
    /// # Errors
    /// As [`Journal::append`]; none of them is kept then.
    pub fn append_all<'a>(
        &mut self,
        file: &str,
        edits: impl IntoIterator<Item = &'a [Change]>,
    ) -> Result<(), JournalError> {
        let transaction = self.connection.transaction()?;
        for changes in edits {
            let blob = postcard::to_stdvec(changes)?;
            let sql = "INSERT INTO changes (file, at, changes) VALUES (?1, ?2, ?3)";
            transaction.prepare_cached(sql)?.execute(params![file, now(), blob])?;
        }
        let count: i64 = transaction
            .prepare_cached("SELECT count(*) FROM changes WHERE file = ?1")?
            .query_row([file], |row| row.get(0))?;
        transaction.commit()?;
        if count > MOST_CHANGES { self.condense(file) } else { Ok(()) }
    }

    /// Replaces a document's changes by the text that they make.
    fn condense(&mut self, file: &str) -> Result<(), JournalError> {
        let Some(unsaved) = self.unsaved_of(file)? else { return Ok(()) };
        self.keep_text(file, &unsaved.text)
    }

    /// Keeps a document's whole unsaved text, instead of its changes so far.
    ///
    /// # Errors
    /// When the disk forbids it.
    pub fn keep_text(&mut self, file: &str, text: &str) -> Result<(), JournalError> {
        let transaction = self.connection.transaction()?;
        let sql =
            "INSERT INTO documents (file, base, text) VALUES (?1, '', ?2) ON CONFLICT (file) DO UPDATE SET text = ?2";
        transaction.execute(sql, params![file, text])?;
        transaction.execute("DELETE FROM changes WHERE file = ?1", [file])?;
        // The time of the change is that of its last entry.
        let empty = postcard::to_stdvec::<[Change]>(&[])?;
        transaction
            .execute("INSERT INTO changes (file, at, changes) VALUES (?1, ?2, ?3)", params![file, now(), empty])?;
        transaction.commit()?;
        Ok(())
    }

    /// Notes that a document's file holds `text` now, and keeps that as a version.
    ///
    /// # Errors
    /// When the disk forbids it; the file itself is saved.
    pub fn saved(&mut self, file: &str, text: &str) -> Result<(), JournalError> {
        let transaction = self.connection.transaction()?;
        let sql = "INSERT INTO documents (file, base) VALUES (?1, ?2) ON CONFLICT (file) DO UPDATE SET base = ?2, text = NULL";
        transaction.execute(sql, params![file, text])?;
        transaction.execute("DELETE FROM changes WHERE file = ?1", [file])?;
        history::keep(&transaction, file, text)?;
        transaction.commit()?;
        Ok(())
    }

    /// Forgets a document's unsaved changes: they are saved elsewhere or not wanted.
    ///
    /// # Errors
    /// When the disk forbids it.
    pub fn forget(&mut self, file: &str) -> Result<(), JournalError> {
        let transaction = self.connection.transaction()?;
        transaction.execute("DELETE FROM changes WHERE file = ?1", [file])?;
        transaction.execute("DELETE FROM documents WHERE file = ?1", [file])?;
        transaction.commit()?;
        Ok(())
    }

    /// Returns the documents with changes that are not in their files, as after a crash.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn unsaved(&self) -> Result<Vec<Unsaved>, JournalError> {
        let mut statement = self.connection.prepare("SELECT DISTINCT file FROM changes ORDER BY file")?;
        let files: Result<Vec<String>, _> = statement.query_map([], |row| row.get(0))?.collect();
        let mut all = Vec::new();
        for file in files? {
            all.extend(self.unsaved_of(&file)?.filter(|unsaved| unsaved.text != unsaved.base));
        }
        Ok(all)
    }

    fn unsaved_of(&self, file: &str) -> Result<Option<Unsaved>, JournalError> {
        let document = self
            .connection
            .query_row("SELECT base, text FROM documents WHERE file = ?1", [file], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (base, text): (String, Option<String>) = document.unwrap_or_default();
        let mut unsaved = Unsaved { file: file.to_owned(), text: text.unwrap_or_else(|| base.clone()), base, at: 0 };
        let mut statement = self.connection.prepare("SELECT at, changes FROM changes WHERE file = ?1 ORDER BY id")?;
        let mut rows = statement.query([file])?;
        while let Some(row) = rows.next()? {
            let blob: Vec<u8> = row.get(1)?;
            let changes: Vec<Change> = postcard::from_bytes(&blob)?;
            // A change that does not fit ends what can be brought back; what came before it can.
            let Some(next) = apply(&unsaved.text, &changes) else { break };
            unsaved.text = next;
            unsaved.at = row.get(0)?;
        }
        Ok((unsaved.at != 0).then_some(unsaved))
    }

    /// Keeps an edit of several files before it is made, and returns its number.
    ///
    /// # Errors
    /// When the disk forbids it: the edit should not be made then.
    pub fn begin_edit(&mut self, edit: &WorkspaceEdit) -> Result<i64, JournalError> {
        let blob = postcard::to_stdvec(edit)?;
        self.connection.execute("INSERT INTO edits (at, done, edit) VALUES (?1, 0, ?2)", params![now(), blob])?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Notes that an edit was made.
    ///
    /// # Errors
    /// When the disk forbids it.
    pub fn finish_edit(&mut self, number: i64) -> Result<(), JournalError> {
        self.connection.execute("UPDATE edits SET done = 1 WHERE id = ?1", [number])?;
        Ok(())
    }

    /// Forgets an edit that failed or was undone.
    ///
    /// # Errors
    /// When the disk forbids it.
    pub fn forget_edit(&mut self, number: i64) -> Result<(), JournalError> {
        self.connection.execute("DELETE FROM edits WHERE id = ?1", [number])?;
        Ok(())
    }

    /// Returns the last edit that was made, for undoing it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn last_edit(&self) -> Result<Option<(i64, WorkspaceEdit)>, JournalError> {
        Ok(self.edits("done = 1 ORDER BY id DESC LIMIT 1")?.pop())
    }

    /// Returns edits that were begun and, as after a crash, never finished.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn unfinished_edits(&self) -> Result<Vec<(i64, WorkspaceEdit)>, JournalError> {
        self.edits("done = 0 ORDER BY id")
    }

    fn edits(&self, which: &str) -> Result<Vec<(i64, WorkspaceEdit)>, JournalError> {
        let mut statement = self.connection.prepare(&format!("SELECT id, edit FROM edits WHERE {which}"))?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?)))?;
        let mut edits = Vec::new();
        for row in rows {
            let (number, blob) = row?;
            edits.push((number, postcard::from_bytes(&blob)?));
        }
        Ok(edits)
    }
}

fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt))
}

/// The time in milliseconds since 1970.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
