//! The Markdown of the files that a composed page is made from, parsed once.

use crate::finding::Found;
use chancery_markup::{Document, FileRef, Options, parse};
use chancery_model::{Briefing, LineIndex, Place, Problem, Snippet};
use indexmap::IndexMap;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A text with its parsed body.
#[derive(Debug)]
pub(crate) struct Parsed {
    /// Its number among the files.
    pub file: FileRef,
    /// The whole file.
    pub text: Arc<str>,
    /// The body.
    pub document: Document,
    /// Words of the body.
    pub words: u32,
    /// A hash of the whole file.
    pub hash: u64,
    lines: OnceLock<LineIndex>,
}

/// Parsed files, and the numbers that source maps know them by.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    names: IndexMap<Arc<str>, ()>,
    briefing: Option<Arc<Parsed>>,
    snippets: HashMap<String, (Arc<Snippet>, Arc<Parsed>)>,
}

impl Parsed {
    fn new(file: FileRef, text: &Arc<str>, body_start: usize) -> Self {
        let document = parse(&text[body_start..], body_start, &Options { file });
        let words = crate::count::words(&document.blocks);
        Self { file, text: Arc::clone(text), words, hash: hash(text), document, lines: OnceLock::new() }
    }

    /// Returns the part of the file at `span`, and nothing where that is no part.
    pub fn slice(&self, span: &Range<usize>) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// Returns the place of `span`, for people.
    pub fn place(&self, name: &str, span: &Range<usize>) -> Place {
        let lines = self.lines.get_or_init(|| LineIndex::new(&self.text));
        let end = span.end.max(span.start);
        let (line, column) = position(&self.text, lines, span.start);
        let (end_line, end_column) = position(&self.text, lines, end);
        Place { file: name.to_owned(), line, column, end_line, end_column }
    }
}

impl Texts {
    /// The number of the briefing.
    pub const BRIEFING: FileRef = FileRef(0);

    /// The number of text that stands in no file.
    pub const NOWHERE: FileRef = FileRef(u32::MAX);

    /// Returns the parsed briefing; the texts of another briefing are dropped.
    pub fn briefing(&mut self, briefing: &Briefing) -> Arc<Parsed> {
        if self.names.get_index(0).is_none_or(|(name, ())| **name != *briefing.file) {
            *self = Self::default();
            self.names.insert(Arc::from(briefing.file.as_str()), ());
        }
        if let Some(known) = self.briefing.as_ref().filter(|known| known.text == briefing.text) {
            return Arc::clone(known);
        }
        let parsed = Arc::new(Parsed::new(Self::BRIEFING, &briefing.text, briefing.body_start));
        self.briefing = Some(Arc::clone(&parsed));
        parsed
    }

    /// Returns a parsed snippet.
    pub fn snippet(&mut self, snippet: &Arc<Snippet>) -> Arc<Parsed> {
        if let Some((known, parsed)) = self.snippets.get(&snippet.id)
            && Arc::ptr_eq(known, snippet)
        {
            return Arc::clone(parsed);
        }
        let file = self.file(&snippet.file);
        let parsed = Arc::new(Parsed::new(file, &snippet.text, snippet.body_start));
        self.snippets.insert(snippet.id.clone(), (Arc::clone(snippet), Arc::clone(&parsed)));
        parsed
    }

    /// Returns the number of a file.
    pub fn file(&mut self, name: &str) -> FileRef {
        let index = match self.names.get_index_of(name) {
            Some(index) => index,
            None => self.names.insert_full(Arc::from(name), ()).0,
        };
        FileRef(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// Returns the name of a file.
    pub fn name(&self, file: FileRef) -> String {
        self.names.get_index(file.0 as usize).map(|(name, ())| name.to_string()).unwrap_or_default()
    }

    /// Returns all files by number: the name, and the snippet that it holds.
    pub fn files(&self) -> impl Iterator<Item = (Arc<str>, Option<String>)> + '_ {
        let ids = self.by_file();
        self.names.keys().enumerate().map(move |(at, name)| {
            let parsed = u32::try_from(at).ok().and_then(|at| ids.get(&FileRef(at)));
            (Arc::clone(name), parsed.map(|(id, _)| (*id).to_owned()))
        })
    }

    /// Returns findings as problems; one in a text that stands in no file has no place.
    pub fn problems(&self, found: &[Found]) -> Vec<Problem> {
        if found.is_empty() {
            return Vec::new();
        }
        let by_file = self.by_file();
        let problem = |found: &Found| {
            let parsed = match found.file {
                Self::BRIEFING => self.briefing.as_deref(),
                file => by_file.get(&file).map(|(_, parsed)| *parsed),
            };
            match (parsed, self.names.get_index(found.file.0 as usize)) {
                (Some(parsed), Some((name, ()))) => found.problem.clone().at_place(parsed.place(name, &found.span)),
                (None, Some((name, ()))) => found.problem.clone().at_file(name),
                _ => found.problem.clone(),
            }
        };
        found.iter().map(problem).collect()
    }

    fn by_file(&self) -> HashMap<FileRef, (&str, &Parsed)> {
        self.snippets.iter().map(|(id, (_, parsed))| (parsed.file, (id.as_str(), &**parsed))).collect()
    }
}

/// Returns a hash that is the same for equal values within this process.
pub(crate) fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Line and column, from 1; columns count characters.
fn position(text: &str, lines: &LineIndex, offset: usize) -> (u32, u32) {
    let offset = text.floor_char_boundary(offset.min(text.len()));
    let line = lines.line(offset);
    let before = text[lines.range(line).start..offset].trim_start_matches('\u{feff}');
    (line as u32 + 1, before.chars().count() as u32 + 1)
}
