//! The search index: words and Hangul in all fields, counts by facet, and fuzzy picking for completion.

mod catalogue;
mod open;
mod pick;
mod query;
mod text;

pub use catalogue::Facets;
pub use pick::Picked;
pub use query::{Query, Review, Sort};

use catalogue::Catalogue;
use chancery_model::{Snippet, Workspace};
use open::Opened;
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use tantivy::index::SegmentId;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{IndexReader, IndexWriter, Searcher, TantivyDocument, TantivyError, Term};
use thiserror::Error;

/// Why there is no index; the workspace itself is not concerned.
#[derive(Debug, Error)]
pub enum IndexError {
    /// The index could not be read or written.
    #[error("the search index failed: {0}")]
    Failed(#[from] TantivyError),
    /// Somebody stopped it; the index is as it was before.
    #[error("indexing was stopped")]
    Stopped,
}

/// After how many snippets the watcher of an opening is told.
const WATCH_EVERY: usize = 256;

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hits {
    /// How many snippets the workspace has.
    pub total: usize,
    /// How many the query leaves.
    pub matched: usize,
    /// The ids in the window that the query asked for, best first.
    pub ids: Vec<String>,
    /// Counts over all that the query leaves.
    pub facets: Facets,
}

/// The fields of a document.
#[derive(Debug, Clone, Copy)]
struct Fields {
    /// The hash of the id.
    key: Field,
    /// The hash of the text, which tells whether the document is up to date.
    hash: Field,
    title: Field,
    text: Field,
}

impl Fields {
    fn schema() -> (Schema, Self) {
        let mut builder = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(text::TOKENIZER)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let options = TextOptions::default().set_indexing_options(indexing);
        let fields = Self {
            key: builder.add_u64_field("key", FAST | INDEXED),
            hash: builder.add_u64_field("hash", FAST),
            title: builder.add_text_field("title", options.clone()),
            text: builder.add_text_field("text", options),
        };
        (builder.build(), fields)
    }
}

/// The search index of a workspace.
pub struct Index {
    fields: Fields,
    writer: IndexWriter,
    reader: IndexReader,
    searcher: Searcher,
    catalogue: Catalogue,
    /// For each segment the catalogue's number of each document.
    numbers: HashMap<SegmentId, Arc<[u32]>>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("snippets", &self.catalogue.len()).finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index of a workspace below a folder, and brings it up to date; in memory where there is none.
    ///
    /// An index that is damaged, of another version, or in use by another process is not an error: the first two are made
    /// again, the last one is made in memory.
    ///
    /// # Errors
    /// When not even an index in memory can be made.
    pub fn open(cache_dir: Option<&Path>, workspace: &Workspace) -> Result<Self, IndexError> {
        Self::open_watched(cache_dir, workspace, &|_, _| true)
    }

    /// Opens an index as [`Index::open`] does. `watch` is told how many of the snippets that it does not have yet it has
    /// taken in, and stops it by saying no.
    ///
    /// # Errors
    /// As [`Index::open`], and when it was stopped.
    pub fn open_watched(
        cache_dir: Option<&Path>,
        workspace: &Workspace,
        watch: &dyn Fn(usize, usize) -> bool,
    ) -> Result<Self, IndexError> {
        let Opened { fields, writer, reader } = open::open(cache_dir)?;
        let searcher = reader.searcher();
        let catalogue = Catalogue::of(workspace);
        let mut index = Self { fields, writer, reader, searcher, catalogue, numbers: HashMap::new() };
        index.catch_up(workspace, watch)?;
        Ok(index)
    }

    /// Adds what is missing, and removes what is outdated.
    fn catch_up(&mut self, workspace: &Workspace, watch: &dyn Fn(usize, usize) -> bool) -> Result<(), IndexError> {
        let mut indexed = open::indexed(&self.searcher)?;
        let snippets: Vec<&Arc<Snippet>> = workspace.snippets.values().collect();
        let hashes: Vec<(u64, u64)> =
            snippets.par_iter().map(|snippet| (catalogue::key_of(&snippet.id), text::hash_of(snippet))).collect();
        let mut missing: Vec<(&Arc<Snippet>, bool)> = Vec::new();
        for (snippet, (key, now)) in snippets.into_iter().zip(hashes) {
            match indexed.remove(&key) {
                Some(hash) if hash == now => {}
                before => missing.push((snippet, before.is_some())),
            }
        }
        for (done, (snippet, known)) in missing.iter().enumerate() {
            // What was taken in so far is not committed: it is gone with the writer.
            if done % WATCH_EVERY == 0 && !watch(done, missing.len()) {
                return Err(IndexError::Stopped);
            }
            self.write(snippet, *known)?;
        }
        for key in indexed.keys() {
            self.writer.delete_term(Term::from_field_u64(self.fields.key, *key));
        }
        if missing.is_empty() && indexed.is_empty() { self.number_documents() } else { self.commit() }
    }

    fn write(&self, snippet: &Snippet, replace: bool) -> Result<(), IndexError> {
        let key = catalogue::key_of(&snippet.id);
        if replace {
            self.writer.delete_term(Term::from_field_u64(self.fields.key, key));
        }
        let mut document = TantivyDocument::new();
        document.add_u64(self.fields.key, key);
        document.add_u64(self.fields.hash, text::hash_of(snippet));
        document.add_text(self.fields.title, &snippet.title);
        document.add_text(self.fields.text, text::searchable(snippet));
        self.writer.add_document(document)?;
        Ok(())
    }

    fn commit(&mut self) -> Result<(), IndexError> {
        self.writer.commit()?;
        self.reader.reload()?;
        self.searcher = self.reader.searcher();
        self.number_documents()
    }

    /// Maps the documents of new segments to the catalogue.
    fn number_documents(&mut self) -> Result<(), IndexError> {
        let mut numbers = HashMap::new();
        for reader in self.searcher.segment_readers() {
            let id = reader.segment_id();
            let known = match self.numbers.remove(&id) {
                Some(known) => known,
                None => {
                    let keys = reader.fast_fields().u64("key")?.first_or_default_col(0);
                    (0..reader.max_doc()).map(|doc| self.catalogue.number_of_key(keys.get_val(doc))).collect()
                }
            };
            numbers.insert(id, known);
        }
        self.numbers = numbers;
        Ok(())
    }

    /// Takes in snippets that are new or different, and takes out ids that are gone.
    ///
    /// # Errors
    /// When the index cannot be written, as on a full disk.
    pub fn update(&mut self, changed: &[Arc<Snippet>], removed: &[String]) -> Result<(), IndexError> {
        if changed.is_empty() && removed.is_empty() {
            return Ok(());
        }
        for id in removed {
            self.catalogue.remove(id);
            self.writer.delete_term(Term::from_field_u64(self.fields.key, catalogue::key_of(id)));
        }
        for snippet in changed {
            self.catalogue.insert(snippet);
            self.write(snippet, true)?;
        }
        self.commit()
    }

    /// Returns the snippets that a query leaves, and the counts by facet over them.
    ///
    /// All words must be there, each as a word or its beginning; where nothing has all of them, half of them do, and
    /// where nothing has that, words that differ by a letter.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, query: &Query) -> Result<Hits, IndexError> {
        let found = match query::alternatives(&query.text, self.fields, &self.searcher)? {
            Some(alternatives) => self.first_found(&alternatives, query)?,
            None => self.catalogue.filter_all(query),
        };
        Ok(self.catalogue.hits(found, query))
    }

    /// Runs queries from strict to lax until one finds something.
    fn first_found(
        &self,
        alternatives: &[Box<dyn tantivy::query::Query>],
        query: &Query,
    ) -> Result<Vec<(u32, f32)>, IndexError> {
        for alternative in alternatives {
            let found = self.run(alternative.as_ref(), query)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    fn run(&self, text: &dyn tantivy::query::Query, query: &Query) -> Result<Vec<(u32, f32)>, IndexError> {
        let weight = text.weight(tantivy::query::EnableScoring::enabled_from_searcher(&self.searcher))?;
        let filter = self.catalogue.filter(query);
        let mut found = Vec::new();
        for reader in self.searcher.segment_readers() {
            let Some(numbers) = self.numbers.get(&reader.segment_id()) else { continue };
            let alive = reader.alive_bitset();
            weight.for_each(reader, &mut |doc, score| {
                let number = numbers[doc as usize];
                if alive.is_none_or(|alive| alive.is_alive(doc)) && self.catalogue.passes(number, &filter) {
                    found.push((number, score));
                }
            })?;
        }
        Ok(found)
    }

    /// Returns the snippets that a few letters may mean, best first: over id, title, actors and other names.
    pub fn pick(&self, text: &str, limit: usize) -> Vec<Picked> {
        pick::pick(&self.catalogue, text, limit)
    }
}
