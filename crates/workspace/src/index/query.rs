//! What is searched for.

use super::text::{Piece, pieces};
use super::{Fields, IndexError};
use chancery_model::Kind;
use std::collections::HashMap;
use tantivy::query::{BooleanQuery, BoostQuery, FuzzyTermQuery, PhraseQuery, Query as TantivyQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

/// How many words that begin alike are looked for.
const MOST_ENDINGS: usize = 48;

/// How many words of the dictionary are looked at for those.
const MOST_LOOKED_AT: usize = 2_000;

/// How much more a word in the title counts.
const TITLE: f32 = 3.0;

/// How much more the word itself counts than one that begins so.
const EXACT: f32 = 2.0;

/// Which snippets to find; empty texts and lists leave out nothing, entries of one list are alternatives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Words.
    pub text: String,
    /// Kinds.
    pub kinds: Vec<Kind>,
    /// Topics.
    pub topics: Vec<String>,
    /// Actors.
    pub actors: Vec<String>,
    /// Ids of areas.
    pub areas: Vec<String>,
    /// Source keys.
    pub sources: Vec<String>,
    /// Years, of the first day of the date.
    pub years: Vec<String>,
    /// Markings; the workspace's default for what names none.
    pub markings: Vec<String>,
    /// When they are to be checked again.
    pub review: Vec<Review>,
    /// In which order they come.
    pub sort: Sort,
    /// How many to leave out at the start.
    pub offset: usize,
    /// How many to return.
    pub limit: usize,
    /// The day from which reviews are counted: year, month, day.
    pub today: (i16, u8, u8),
}

impl Default for Query {
    fn default() -> Self {
        let today = jiff::Zoned::now().date();
        Self {
            text: String::new(),
            kinds: Vec::new(),
            topics: Vec::new(),
            actors: Vec::new(),
            areas: Vec::new(),
            sources: Vec::new(),
            years: Vec::new(),
            markings: Vec::new(),
            review: Vec::new(),
            sort: Sort::default(),
            offset: 0,
            limit: 50,
            today: (today.year(), today.month().unsigned_abs(), today.day().unsigned_abs()),
        }
    }
}

/// The order of what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best match first; newest first where there are no words.
    #[default]
    Relevance,
    /// Newest first, undated last.
    Newest,
    /// Oldest first, undated last.
    Oldest,
    /// By title.
    Title,
}

/// When a snippet is to be checked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Review {
    /// Its day has passed.
    Overdue,
    /// Within a month.
    Month,
    /// Within a year, and not within a month.
    Year,
}

/// Returns queries for a text from strict to lax; none where the text has no words.
pub(super) fn alternatives(
    text: &str,
    fields: Fields,
    searcher: &Searcher,
) -> Result<Option<Vec<Box<dyn TantivyQuery>>>, IndexError> {
    let pieces = pieces(text);
    if pieces.is_empty() {
        return Ok(None);
    }
    // A last word that is followed by a blank is typed to its end.
    let typing = text.chars().next_back().is_some_and(char::is_alphanumeric);
    let last = pieces.len() - 1;
    let mut clauses: Vec<Box<dyn TantivyQuery>> = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        clauses.push(match piece {
            Piece::Word(word) => word_query(word, fields, searcher, typing && i == last)?,
            Piece::Run(run) => run_query(run, fields),
        });
    }
    let all = clauses.iter().map(|clause| clause.box_clone()).collect();
    let mut alternatives: Vec<Box<dyn TantivyQuery>> = vec![Box::new(BooleanQuery::intersection(all))];
    if clauses.len() > 1 {
        let half = clauses.len().div_ceil(2);
        alternatives.push(Box::new(BooleanQuery::union_with_minimum_required_clauses(clauses, half)));
    }
    let fuzzy = pieces.iter().map(|piece| match piece {
        Piece::Word(word) => fuzzy_query(word, fields),
        Piece::Run(run) => run_query(run, fields),
    });
    alternatives.push(Box::new(BooleanQuery::intersection(fuzzy.collect())));
    Ok(Some(alternatives))
}

fn term_query(field: Field, text: &str) -> Box<dyn TantivyQuery> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

fn boosted(query: Box<dyn TantivyQuery>, boost: f32) -> Box<dyn TantivyQuery> {
    Box::new(BoostQuery::new(query, boost))
}

/// A word, its plural and singular, and words that begin with it where it may be a beginning.
fn word_query(
    word: &str,
    fields: Fields,
    searcher: &Searcher,
    typing: bool,
) -> Result<Box<dyn TantivyQuery>, IndexError> {
    let mut clauses =
        vec![boosted(term_query(fields.text, word), EXACT), boosted(term_query(fields.title, word), EXACT * TITLE)];
    let is_word = word.chars().all(char::is_alphabetic);
    let letters = word.chars().count();
    let singular = word.strip_suffix('s').filter(|_| is_word && letters > 3);
    let stem = singular.unwrap_or(word);
    // A short word in the middle is meant as it is, and so is a number: `20` is not `2012`.
    if typing || (is_word && letters > 3) {
        for ending in endings(stem, fields.text, searcher)?.into_iter().filter(|ending| ending != word) {
            clauses.push(term_query(fields.text, &ending));
            clauses.push(boosted(term_query(fields.title, &ending), TITLE));
        }
    }
    Ok(Box::new(BooleanQuery::union(clauses)))
}

/// The most frequent words that begin alike.
fn endings(stem: &str, field: Field, searcher: &Searcher) -> Result<Vec<String>, IndexError> {
    let mut counts: HashMap<Vec<u8>, u32> = HashMap::new();
    for reader in searcher.segment_readers() {
        let index = reader.inverted_index(field)?;
        let mut stream = index.terms().range().ge(stem).into_stream().map_err(tantivy::TantivyError::from)?;
        let mut looked_at = 0;
        while looked_at < MOST_LOOKED_AT
            && let Some((term, info)) = stream.next()
            && term.starts_with(stem.as_bytes())
        {
            *counts.entry(term.to_vec()).or_default() += info.doc_freq;
            looked_at += 1;
        }
    }
    let mut counts: Vec<(u32, Vec<u8>)> = counts.into_iter().map(|(term, count)| (count, term)).collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    counts.truncate(MOST_ENDINGS);
    Ok(counts.into_iter().filter_map(|(_, term)| String::from_utf8(term).ok()).collect())
}

/// Neighbouring characters, as pairs.
fn run_query(run: &[char], fields: Fields) -> Box<dyn TantivyQuery> {
    let pairs: Vec<String> = match run {
        [_] => vec![run.iter().collect()],
        _ => run.windows(2).map(|pair| pair.iter().collect()).collect(),
    };
    let in_field = |field: Field| -> Box<dyn TantivyQuery> {
        match pairs.as_slice() {
            [one] => term_query(field, one),
            _ => Box::new(PhraseQuery::new(pairs.iter().map(|pair| Term::from_field_text(field, pair)).collect())),
        }
    };
    Box::new(BooleanQuery::union(vec![in_field(fields.text), boosted(in_field(fields.title), TITLE)]))
}

/// Words whose beginning differs by a letter; by none where the word is short.
fn fuzzy_query(word: &str, fields: Fields) -> Box<dyn TantivyQuery> {
    let is_short = word.chars().count() <= 3;
    let in_field = |field| -> Box<dyn TantivyQuery> {
        let term = Term::from_field_text(field, word);
        match is_short {
            true => Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)),
            false => Box::new(FuzzyTermQuery::new_prefix(term, 1, true)),
        }
    };
    Box::new(BooleanQuery::union(vec![in_field(fields.text), boosted(in_field(fields.title), TITLE)]))
}
