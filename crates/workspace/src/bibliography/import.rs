//! Entries from other programs: BibTeX and BibLaTeX as they are, RIS and CSL-JSON as BibLaTeX.

mod csl_json;
mod ris;

use biblatex::{Bibliography, Chunk, Chunks, Entry, EntryType, Spanned};
use chancery_model::{Source, Workspace};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Why a text could not be taken in; nothing of it was.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImportError {
    /// It is in none of the formats.
    #[error("this is neither BibTeX nor RIS nor CSL-JSON")]
    Unknown,
    /// Somebody stopped it.
    #[error("adding sources was stopped")]
    Stopped,
    /// It says that it is in a format, and is not.
    #[error("line {line}: {message}")]
    Broken {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
}

/// What a text adds to a bibliography.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Import {
    /// The entries in BibLaTeX, ready to stand at a file's end.
    pub text: String,
    /// The keys of the entries in it.
    pub added: Vec<String>,
    /// The keys of sources that are there already, by key, DOI, or title and year.
    pub known: Vec<String>,
}

/// Reads entries in BibTeX, BibLaTeX, RIS (as of 2012) or CSL-JSON 1.0.2, and leaves out those that a workspace has.
///
/// `go_on` hears how many entries are done, of how many, and says whether to go on.
///
/// # Errors
/// When the text is in none of these formats, or when it was stopped.
pub fn import_sources(
    text: &str,
    workspace: &Workspace,
    go_on: &dyn Fn(usize, usize) -> bool,
) -> Result<Import, ImportError> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let entries = match text.chars().next() {
        Some('{' | '[') => csl_json::read(text)?,
        Some(_) if ris::is_ris(text) => ris::read(text)?,
        Some(_) if text.contains('@') => biblatex(text)?,
        _ => return Err(ImportError::Unknown),
    };
    let mut taken: HashSet<String> = workspace.sources.keys().cloned().collect();
    let there =
        workspace.sources.values().flat_map(|source| marks_of(source).into_iter().map(move |mark| (mark, source)));
    let there: HashMap<Mark, &Arc<Source>> = there.collect();
    let mut import = Import::default();
    let total = entries.len();
    for (done, mut entry) in entries.into_iter().enumerate() {
        if !go_on(done, total) {
            return Err(ImportError::Stopped);
        }
        if let Some(known) = marks_of_entry(&entry).iter().find_map(|mark| there.get(mark)) {
            import.known.push(known.key.clone());
            continue;
        }
        entry.key = free_key(&entry, &taken);
        taken.insert(entry.key.clone());
        if !import.text.is_empty() {
            import.text.push('\n');
        }
        import.text.push_str(entry.to_biblatex_string().trim_end());
        import.text.push('\n');
        import.added.push(entry.key.clone());
    }
    Ok(import)
}

fn biblatex(text: &str) -> Result<Vec<Entry>, ImportError> {
    let bibliography = Bibliography::parse(text).map_err(|error| ImportError::Broken {
        line: text[..error.span.start.min(text.len())].lines().count().max(1),
        message: error.kind.to_string(),
    })?;
    if bibliography.is_empty() { Err(ImportError::Unknown) } else { Ok(bibliography.into_iter().collect()) }
}

/// Returns groups of keys whose sources seem to be the same work: one DOI, or one title of one year.
pub fn same_sources(workspace: &Workspace) -> Vec<Vec<String>> {
    let mut first: HashMap<Mark, usize> = HashMap::new();
    // Each source leads to one before it that seems to be the same; one that leads to itself is a group's first.
    let mut before: Vec<usize> = Vec::new();
    for (at, source) in workspace.sources.values().enumerate() {
        before.push(at);
        for mark in marks_of(source) {
            let (other, own) = (root(&before, *first.entry(mark).or_insert(at)), root(&before, at));
            before[other.max(own)] = other.min(own);
        }
    }
    let mut groups: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (at, source) in workspace.sources.values().enumerate() {
        groups.entry(root(&before, at)).or_default().push(source.key.clone());
    }
    groups.into_values().filter(|keys| keys.len() > 1).collect()
}

fn root(before: &[usize], at: usize) -> usize {
    let mut at = at;
    while before[at] != at {
        at = before[at];
    }
    at
}

/// What tells a work from others.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Mark {
    Doi(String),
    Title(String, Option<i32>),
}

fn marks_of(source: &Source) -> Vec<Mark> {
    let doi = source.entry.doi().map(|doi| Mark::Doi(plain_doi(doi)));
    let title = source.entry.title().map(|title| plain_title(&title.to_string())).filter(|title| !title.is_empty());
    let year = source.entry.date_any().map(|date| date.year);
    doi.into_iter().chain(title.map(|title| Mark::Title(title, year))).collect()
}

fn marks_of_entry(entry: &Entry) -> Vec<Mark> {
    let text = |field: &str| entry.get(field).map(plain).filter(|text| !text.is_empty());
    let year = text("date").or_else(|| text("year")).and_then(|date| date.get(..4)?.parse().ok());
    let title = text("title").map(|title| Mark::Title(plain_title(&title), year));
    text("doi").map(|doi| Mark::Doi(plain_doi(&doi))).into_iter().chain(title).collect()
}

fn plain(chunks: &[Spanned<Chunk>]) -> String {
    chunks.iter().map(|chunk| chunk.v.get()).collect()
}

fn plain_doi(doi: &str) -> String {
    let lower = doi.trim().to_lowercase();
    ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"]
        .iter()
        .find_map(|prefix| lower.strip_prefix(prefix))
        .unwrap_or(&lower)
        .to_owned()
}

fn plain_title(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns the entry's key, or one of its author and year where it has none, with a letter where that is taken.
fn free_key(entry: &Entry, taken: &HashSet<String>) -> String {
    let text = |field: &str| entry.get(field).map(plain).filter(|text| !text.is_empty());
    let wanted = Some(entry.key.trim()).filter(|key| !key.is_empty()).map(str::to_owned).unwrap_or_else(|| {
        let name = text("author").or_else(|| text("editor")).or_else(|| text("institution")).or_else(|| text("title"));
        let name = name.as_deref().and_then(|name| name.split([',', ' ']).find(|part| !part.is_empty())).map(slug);
        let year = text("date").or_else(|| text("year")).and_then(|date| date.get(..4).map(str::to_owned));
        let parts: Vec<String> = name.into_iter().chain(year).filter(|part| !part.is_empty()).collect();
        if parts.is_empty() { "source".to_owned() } else { parts.join("-") }
    });
    if !taken.contains(&wanted) {
        return wanted;
    }
    let letters = ('b'..='z').map(|letter| format!("{wanted}{letter}"));
    let numbers = (2_u32..).map(|number| format!("{wanted}-{number}"));
    letters.chain(numbers).find(|key| !taken.contains(key)).unwrap_or(wanted)
}

/// Returns a name as a key has it: lower case, without accents; Hangul stays.
fn slug(name: &str) -> String {
    let bare: String = name.nfd().filter(|c| !is_combining_mark(*c)).nfc().collect();
    bare.chars().filter(|c| c.is_alphanumeric() || *c == '-').flat_map(char::to_lowercase).collect()
}

/// An entry that is being put together from another format.
struct Draft {
    entry: Entry,
    authors: Vec<Name>,
    editors: Vec<Name>,
}

/// Somebody's name.
enum Name {
    /// A person: family and given name.
    Person(String, String),
    /// An organisation, or a name that is not to be taken apart.
    Whole(String),
}

impl Draft {
    fn new(kind: EntryType) -> Self {
        Self { entry: Entry::new(String::new(), kind), authors: Vec::new(), editors: Vec::new() }
    }

    /// Sets a field, unless the value says nothing.
    fn set(&mut self, field: &str, value: &str) {
        let value = value.trim();
        if !value.is_empty() && self.entry.get(field).is_none() {
            self.entry.set(field, vec![chunk(Chunk::Normal(value.to_owned()))]);
        }
    }

    fn finish(mut self) -> Entry {
        for (field, names) in [("author", &self.authors), ("editor", &self.editors)] {
            if !names.is_empty() {
                self.entry.set(field, chunks(names));
            }
        }
        self.entry
    }
}

fn chunk(chunk: Chunk) -> Spanned<Chunk> {
    Spanned::new(chunk, 0..0)
}

fn chunks(names: &[Name]) -> Chunks {
    let mut chunks = Vec::new();
    for name in names {
        if !chunks.is_empty() {
            chunks.push(chunk(Chunk::Normal(" and ".to_owned())));
        }
        chunks.push(chunk(match name {
            Name::Person(family, given) if given.is_empty() => Chunk::Normal(family.clone()),
            Name::Person(family, given) => Chunk::Normal(format!("{family}, {given}")),
            Name::Whole(name) => Chunk::Verbatim(name.clone()),
        }));
    }
    chunks
}
