//! Fuzzy picking: the snippet that a few letters mean.

use super::catalogue::{Catalogue, Entry};
use super::text::fold;
use chancery_model::Snippet;
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32String};
use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

/// A snippet that a few letters may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked {
    /// Its id.
    pub id: String,
    /// How well it matches; comparable within one answer.
    pub score: u32,
}

/// The names that a snippet goes by, and which letters are in them.
#[derive(Debug)]
pub(super) struct Names {
    text: Utf32String,
    letters: u64,
}

impl Names {
    pub(super) fn of(snippet: &Snippet) -> Self {
        let mut text = format!("{} {}", snippet.id, snippet.title);
        let named = ["aliases", "abbr", "expansion", "speaker", "holder", "buyer", "supplier"];
        let others = named.iter().flat_map(|field| snippet.field_list(field));
        for name in snippet.actors.iter().cloned().chain(others) {
            text.push(' ');
            text.push_str(&name);
        }
        let text: String = text.nfc().collect();
        Self { letters: letters(&fold(&text)), text: Utf32String::from(text) }
    }
}

/// A set of the letters in a text: what lacks one of them need not be compared.
fn letters(text: &str) -> u64 {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).fold(0, |set, c| match c {
        'a'..='z' => set | 1 << (c as u32 - 'a' as u32),
        '0'..='9' => set | 1 << (26 + c as u32 - '0' as u32),
        // An accented letter matches the plain one, so it must not be asked for.
        _ if !('\u{3040}'..).contains(&c) => set,
        _ => set | 1 << (36 + c as u32 % 28),
    })
}

pub(super) fn pick(catalogue: &Catalogue, text: &str, limit: usize) -> Vec<Picked> {
    let text: String = text.trim().nfc().collect();
    if text.is_empty() {
        return newest(catalogue, limit);
    }
    let pattern = Pattern::new(&text, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let wanted = letters(&text);
    let entries: Vec<&Entry> = catalogue.alive().map(|(_, entry)| entry).collect();
    let mut found: Vec<(u32, &Entry)> = entries
        .par_chunks(4096)
        .map_init(
            || Matcher::new(Config::DEFAULT),
            |matcher, entries| {
                let candidates = entries.iter().filter(|entry| entry.names.letters & wanted == wanted);
                let scored = candidates.filter_map(|entry| {
                    let score = pattern.score(entry.names.text.slice(..), matcher)?;
                    Some((score + bonus(entry, &text), *entry))
                });
                scored.collect::<Vec<_>>()
            },
        )
        .flatten()
        .collect();
    let order = |a: &(u32, &Entry), b: &(u32, &Entry)| {
        b.0.cmp(&a.0).then_with(|| a.1.id.len().cmp(&b.1.id.len())).then_with(|| a.1.id.cmp(&b.1.id))
    };
    if limit > 0 && limit < found.len() {
        found.select_nth_unstable_by(limit - 1, order);
    }
    found.truncate(limit);
    found.sort_unstable_by(order);
    found.into_iter().map(|(score, entry)| Picked { id: entry.id.clone(), score }).collect()
}

/// An id that is meant as a whole, or from its start, comes first.
fn bonus(entry: &Entry, text: &str) -> u32 {
    match entry.id.get(..text.len()) {
        Some(start) if start.eq_ignore_ascii_case(text) => 40 + 60 * u32::from(entry.id.len() == text.len()),
        _ => 0,
    }
}

fn newest(catalogue: &Catalogue, limit: usize) -> Vec<Picked> {
    let mut entries: Vec<&Entry> = catalogue.alive().map(|(_, entry)| entry).collect();
    let order = |a: &&Entry, b: &&Entry| b.date.cmp(&a.date).then_with(|| a.id.cmp(&b.id));
    if limit > 0 && limit < entries.len() {
        entries.select_nth_unstable_by(limit - 1, order);
    }
    entries.truncate(limit);
    entries.sort_unstable_by(order);
    entries.into_iter().map(|entry| Picked { id: entry.id.clone(), score: 0 }).collect()
}
