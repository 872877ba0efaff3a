//! What was parsed before, kept in the user's cache folder so that a large workspace opens at once.
//!
//! Snippets without a problem only: whatever has one is cheap to read again, and its report stays fresh. The cache is a
//! number of files, of which only those with a change are written again; one that is damaged is as good as missing.

use crate::files::Stamp;
use crate::save::{SaveError, write_atomically};
use chancery_model::{MarkingScheme, Snippet};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// The build that reads what it wrote: the form of the files follows from the code.
pub(crate) const BUILD: &str = env!("CHANCERY_SOURCES");

/// How many files a cache is spread over.
const SHARDS: usize = 64;

/// A file changed within this time before it was read may change again without a new time of modification.
const UNSETTLED: i64 = 2_000_000_000;

/// The folder that caches of parsed files are kept in.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    stamp: Stamp,
    snippet: Arc<Snippet>,
}

/// What a cache holds for one workspace.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    /// What each shard holds, by file.
    shards: Vec<HashMap<String, Entry>>,
    signatures: Vec<u64>,
}

impl Contents {
    /// Takes out the snippet of a file that has not changed since.
    pub(crate) fn get(&self, file: &str, stamp: Stamp) -> Option<Arc<Snippet>> {
        let entry = self.shards.get(shard_of(file))?.get(file)?;
        (entry.stamp == stamp).then(|| entry.snippet.clone())
    }

    /// Forgets the snippets, which the workspace has now.
    pub(crate) fn clear(&mut self) {
        self.shards = Vec::new();
    }
}

impl Cache {
    /// Returns a cache in a folder, which need not exist.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Returns the cache in the user's cache folder; none where the platform has none.
    pub fn of_user() -> Option<Self> {
        let folders = directories::ProjectDirs::from("", "", "chancery")?;
        Some(Self::new(folders.cache_dir()))
    }

    /// Returns the folder for what belongs to one workspace.
    pub fn folder_of(&self, root: &Path) -> PathBuf {
        self.folder.join(key_of(root))
    }

    fn shard(&self, root: &Path, scheme: &MarkingScheme, shard: usize) -> PathBuf {
        let form = hash_of(&(BUILD, &scheme.name, &scheme.levels));
        self.folder_of(root).join(format!("parsed-{form:016x}-{shard:02}"))
    }

    /// Reads what is there for a workspace.
    pub(crate) fn read(&self, root: &Path, scheme: &MarkingScheme) -> Contents {
        let by_file =
            |entries: Vec<Entry>| entries.into_iter().map(|entry| (entry.snippet.file.clone(), entry)).collect();
        let (signatures, shards) = (0..SHARDS)
            .into_par_iter()
            .map(|shard| read_shard(&self.shard(root, scheme, shard)).unwrap_or_default())
            .map(|(signature, entries)| (signature, by_file(entries)))
            .unzip();
        Contents { shards, signatures }
    }

    /// Writes the shards whose files changed since `contents` was read.
    pub(crate) fn write(
        &self,
        root: &Path,
        scheme: &MarkingScheme,
        contents: &mut Contents,
        snippets: impl Iterator<Item = (Stamp, Arc<Snippet>)>,
    ) -> Result<(), SaveError> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok();
        let now = now.and_then(|now| i64::try_from(now.as_nanos()).ok()).unwrap_or(i64::MAX);
        let mut shards: Vec<Vec<Entry>> = (0..SHARDS).map(|_| Vec::new()).collect();
        for (stamp, snippet) in snippets.filter(|(stamp, _)| stamp.modified < now - UNSETTLED) {
            shards[shard_of(&snippet.file)].push(Entry { stamp, snippet });
        }
        contents.signatures.resize(SHARDS, 0);
        let written: Result<Vec<()>, SaveError> = shards
            .par_iter()
            .zip(&mut contents.signatures)
            .enumerate()
            .map(|(shard, (entries, before))| {
                let signature = signature_of(entries);
                if signature == *before {
                    return Ok(());
                }
                *before = signature;
                write_shard(&self.shard(root, scheme, shard), signature, entries)
            })
            .collect();
        written.map(drop)
    }
}

/// A name for a workspace's folder among others.
pub(crate) fn key_of(root: &Path) -> String {
    let real = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let name = real.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(32).collect();
    format!("{name}-{:016x}", hash_of(&real))
}

/// A hash that is the same in each run of one build.
pub(crate) fn hash_of(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn shard_of(file: &str) -> usize {
    hash_of(&file) as usize % SHARDS
}

fn signature_of(entries: &[Entry]) -> u64 {
    // Zero stands for no file.
    hash_of(&entries.iter().map(|entry| (&entry.snippet.file, entry.stamp)).collect::<Vec<_>>()).max(1)
}

/// Reads a shard: its signature, the hash of what follows, and the entries.
fn read_shard(path: &Path) -> Option<(u64, Vec<Entry>)> {
    let bytes = std::fs::read(path).ok()?;
    let (signature, rest) = bytes.split_first_chunk::<8>()?;
    let (hash, entries) = rest.split_first_chunk::<8>()?;
    if u64::from_le_bytes(*hash) != hash_of(&entries) {
        return None;
    }
    Some((u64::from_le_bytes(*signature), postcard::from_bytes(entries).ok()?))
}

fn write_shard(path: &Path, signature: u64, entries: &[Entry]) -> Result<(), SaveError> {
    let Ok(body) = postcard::to_stdvec(entries) else { return Ok(()) };
    let mut bytes = Vec::with_capacity(body.len() + 16);
    bytes.extend_from_slice(&signature.to_le_bytes());
    bytes.extend_from_slice(&hash_of(&body.as_slice()).to_le_bytes());
    bytes.extend_from_slice(&body);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| SaveError::new(path, error))?;
    }
    write_atomically(path, &bytes)
}
