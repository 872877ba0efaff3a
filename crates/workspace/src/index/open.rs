//! Opening tantivy's index: in a folder where that works, else in memory.

use super::{Fields, IndexError, text};
use std::collections::HashMap;
use std::path::Path;
use tantivy::directory::MmapDirectory;
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyError};

/// Threads and memory for writing: 100,000 snippets take about a second with these.
const THREADS: usize = 2;
const MEMORY: usize = 64 << 20;

pub(super) struct Opened {
    pub(super) fields: Fields,
    pub(super) writer: IndexWriter,
    pub(super) reader: IndexReader,
}

pub(super) fn open(folder: Option<&Path>) -> Result<Opened, IndexError> {
    if let Some(folder) = folder {
        // A folder of its own, as a damaged index is removed with its folder.
        let folder = &folder.join("search");
        match in_folder(folder) {
            Ok(opened) => return Ok(opened),
            Err(TantivyError::LockFailure(..)) => {
                log::info!("another process uses the search index: this one keeps its own in memory");
            }
            Err(error) => {
                log::warn!("the search index is made again: {error}");
                let again =
                    std::fs::remove_dir_all(folder).map_err(TantivyError::from).and_then(|()| in_folder(folder));
                match again {
                    Ok(opened) => return Ok(opened),
                    Err(error) => log::warn!("the search index stays in memory: {error}"),
                }
            }
        }
    }
    let (schema, fields) = Fields::schema();
    Ok(finish(Index::create_in_ram(schema), fields)?)
}

fn in_folder(folder: &Path) -> Result<Opened, TantivyError> {
    std::fs::create_dir_all(folder)?;
    let (schema, fields) = Fields::schema();
    finish(Index::open_or_create(MmapDirectory::open(folder)?, schema)?, fields)
}

fn finish(index: Index, fields: Fields) -> Result<Opened, TantivyError> {
    index.tokenizers().register(text::TOKENIZER, TextAnalyzer::from(text::Folding));
    let writer = index.writer_with_num_threads(THREADS, MEMORY)?;
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    Ok(Opened { fields, writer, reader })
}

/// Returns what the index holds: the hash of each text by the hash of its id.
pub(super) fn indexed(searcher: &Searcher) -> Result<HashMap<u64, u64>, IndexError> {
    let mut indexed = HashMap::new();
    for reader in searcher.segment_readers() {
        let keys = reader.fast_fields().u64("key")?.first_or_default_col(0);
        let hashes = reader.fast_fields().u64("hash")?.first_or_default_col(0);
        indexed.extend(reader.doc_ids_alive().map(|doc| (keys.get_val(doc), hashes.get_val(doc))));
    }
    Ok(indexed)
}
