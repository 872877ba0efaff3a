//! Versions of texts, kept at each save.

use super::{Journal, JournalError, now};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

/// How many versions of one file are kept.
const MOST_VERSIONS: i64 = 200;

/// Saves within this time of each other are one version, in milliseconds.
const ONE_SITTING: i64 = 60_000;

/// A version of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number, for [`Journal::version_text`].
    pub number: i64,
    /// When it was saved, in milliseconds since 1970.
    pub at: i64,
    /// Its size in bytes.
    pub size: u64,
}

/// Keeps a version, unless the last one has the same text.
pub(super) fn keep(connection: &Connection, file: &str, text: &str) -> Result<(), rusqlite::Error> {
    let hash = hex::encode(Sha256::digest(text.as_bytes()));
    let last: Vec<(i64, i64, String)> = connection
        .prepare_cached("SELECT id, at, hash FROM versions WHERE file = ?1 ORDER BY id DESC LIMIT 2")?
        .query_map([file], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    let now = now();
    match last.as_slice() {
        [(_, _, before), ..] if *before == hash => return Ok(()),
        // Saving goes on as one types: a version a minute tells more than one a second.
        [(number, _, _), (_, before, _)] if now - before < ONE_SITTING => {
            connection.execute("DELETE FROM versions WHERE id = ?1", [number])?;
        }
        _ => {}
    }
    let sql = "INSERT INTO versions (file, at, hash, text) VALUES (?1, ?2, ?3, ?4)";
    connection.execute(sql, params![file, now, hash, text])?;
    let sql = "DELETE FROM versions WHERE file = ?1 AND id <= (
                   SELECT id FROM versions WHERE file = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)";
    connection.execute(sql, params![file, MOST_VERSIONS])?;
    Ok(())
}

impl Journal {
    /// Keeps a version of a file, such as the one that an editor is about to change.
    ///
    /// # Errors
    /// When the disk forbids it.
    pub fn keep_version(&mut self, file: &str, text: &str) -> Result<(), JournalError> {
        Ok(keep(&self.connection, file, text)?)
    }

    /// Returns a file's versions, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn versions(&self, file: &str) -> Result<Vec<Version>, JournalError> {
        let sql = "SELECT id, at, length(CAST(text AS BLOB)) FROM versions WHERE file = ?1 ORDER BY id DESC";
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_map([file], |row| {
            let size: i64 = row.get(2)?;
            Ok(Version { number: row.get(0)?, at: row.get(1)?, size: size.unsigned_abs() })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns the text of a version.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn version_text(&self, number: i64) -> Result<Option<String>, JournalError> {
        let sql = "SELECT text FROM versions WHERE id = ?1";
        Ok(self.connection.query_row(sql, [number], |row| row.get(0)).optional()?)
    }
}
