//! What filters, counts and orders need of each snippet, in a form that takes 100,000 of them in milliseconds.

use super::query::{Query, Review, Sort};
use super::text::fold;
use super::{Hits, pick};
use chancery_model::{Date, Kind, Snippet, Workspace};
use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::HashMap;

/// Counts by facet, most first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facets {
    /// Kinds.
    pub kinds: Vec<(Kind, u32)>,
    /// Topics.
    pub topics: Vec<(String, u32)>,
    /// Actors.
    pub actors: Vec<(String, u32)>,
    /// Ids of areas.
    pub areas: Vec<(String, u32)>,
    /// Source keys.
    pub sources: Vec<(String, u32)>,
    /// Years, newest first.
    pub years: Vec<(String, u32)>,
    /// Markings, lowest first.
    pub markings: Vec<(String, u32)>,
    /// Reviews, most urgent first.
    pub review: Vec<(Review, u32)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Facet {
    Kind,
    Topic,
    Actor,
    Area,
    Source,
    Year,
    Marking,
}

/// Facet values by number.
#[derive(Debug, Default)]
struct Values {
    all: Vec<(Facet, String)>,
    numbers: HashMap<(Facet, String), u32>,
}

impl Values {
    fn number(&mut self, facet: Facet, value: &str) -> u32 {
        let key = (facet, value.to_owned());
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(key.clone());
        self.numbers.insert(key, number);
        number
    }

    /// The numbers of the values asked for; one that no snippet has passes none.
    fn wanted<'a>(&self, facet: Facet, values: impl Iterator<Item = &'a str>) -> Option<Vec<u32>> {
        let wanted: Vec<u32> =
            values.map(|value| self.numbers.get(&(facet, value.to_owned())).copied().unwrap_or(u32::MAX)).collect();
        (!wanted.is_empty()).then_some(wanted)
    }
}

/// A snippet.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) id: String,
    /// Numbers of its facet values.
    values: Box<[u32]>,
    /// First day of its date.
    pub(super) date: Option<i32>,
    /// Last day of its review date.
    review: Option<i32>,
    /// Title as it is sorted.
    title: Box<str>,
    pub(super) names: pick::Names,
    alive: bool,
}

/// What takes time to make of a snippet, and asks for nothing but the snippet.
struct Named {
    title: Box<str>,
    names: pick::Names,
}

impl Named {
    fn of(snippet: &Snippet) -> Self {
        Self { title: fold(&snippet.title).into(), names: pick::Names::of(snippet) }
    }
}

/// All snippets by number; a number stays with its id.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    pub(super) entries: Vec<Entry>,
    numbers: HashMap<u64, u32>,
    values: Values,
    alive: usize,
    default_marking: Option<String>,
    markings: Vec<String>,
}

/// A query's filters, by number.
#[derive(Debug, Default)]
pub(super) struct Filter {
    wanted: Vec<Vec<u32>>,
    review: Vec<Review>,
    bounds: [i32; 3],
}

/// The hash by which the index knows an id.
pub(super) fn key_of(id: &str) -> u64 {
    crate::cache::hash_of(&id)
}

/// A day as a number; differences count nothing but order.
fn packed((year, month, day): (i16, u8, u8)) -> i32 {
    (i32::from(year) * 12 + i32::from(month) - 1) * 31 + i32::from(day) - 1
}

impl Catalogue {
    pub(super) fn of(workspace: &Workspace) -> Self {
        let mut catalogue = Self {
            default_marking: workspace.config.default_marking.clone(),
            markings: workspace.config.marking.levels.clone(),
            ..Self::default()
        };
        let snippets: Vec<&Snippet> = workspace.snippets.values().map(AsRef::as_ref).collect();
        catalogue.entries.reserve(snippets.len());
        catalogue.numbers.reserve(snippets.len());
        let named: Vec<Named> = snippets.par_iter().map(|snippet| Named::of(snippet)).collect();
        for (snippet, named) in snippets.into_iter().zip(named) {
            catalogue.put(snippet, named);
        }
        catalogue
    }

    pub(super) fn len(&self) -> usize {
        self.alive
    }

    /// Returns the entries that are not removed, with their numbers.
    pub(super) fn alive(&self) -> impl Iterator<Item = (u32, &Entry)> {
        (0..).zip(&self.entries).filter(|(_, entry)| entry.alive)
    }

    /// Returns the number for the hash of an id; one that nothing has where there is none.
    pub(super) fn number_of_key(&self, key: u64) -> u32 {
        self.numbers.get(&key).copied().unwrap_or(u32::MAX)
    }

    pub(super) fn insert(&mut self, snippet: &Snippet) {
        self.put(snippet, Named::of(snippet));
    }

    fn put(&mut self, snippet: &Snippet, named: Named) {
        let entry = self.entry(snippet, named);
        let next = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(key_of(&snippet.id)).or_insert(next);
        match self.entries.get_mut(number as usize) {
            Some(before) => {
                self.alive += usize::from(!before.alive);
                *before = entry;
            }
            None => {
                self.alive += 1;
                self.entries.push(entry);
            }
        }
    }

    pub(super) fn remove(&mut self, id: &str) {
        let number = self.number_of_key(key_of(id)) as usize;
        if let Some(entry) = self.entries.get_mut(number) {
            self.alive -= usize::from(entry.alive);
            entry.alive = false;
        }
    }

    fn entry(&mut self, snippet: &Snippet, Named { title, names }: Named) -> Entry {
        let mut values = vec![self.values.number(Facet::Kind, snippet.kind.name())];
        let sources: Vec<&String> = snippet.sources.iter().map(|source| &source.key).collect();
        let lists: [(Facet, Vec<&String>); 4] = [
            (Facet::Topic, snippet.topics.iter().collect()),
            (Facet::Actor, snippet.actors.iter().collect()),
            (Facet::Area, snippet.areas.iter().collect()),
            (Facet::Source, sources),
        ];
        for (facet, list) in lists {
            values.extend(list.into_iter().map(|value| self.values.number(facet, value)));
        }
        let first = snippet.date.and_then(Date::first);
        values.extend(first.map(|(year, _, _)| self.values.number(Facet::Year, &format!("{year:04}"))));
        let marking = snippet.marking.clone().or_else(|| self.default_marking.clone());
        values.extend(marking.map(|marking| self.values.number(Facet::Marking, &marking)));
        values.sort_unstable();
        values.dedup();
        Entry {
            id: snippet.id.clone(),
            values: values.into(),
            date: first.map(packed),
            review: snippet.review.and_then(Date::last).map(packed),
            title,
            names,
            alive: true,
        }
    }

    pub(super) fn filter(&self, query: &Query) -> Filter {
        let texts = |facet, list: &[String]| self.values.wanted(facet, list.iter().map(String::as_str));
        let wanted = [
            self.values.wanted(Facet::Kind, query.kinds.iter().map(|kind| kind.name())),
            texts(Facet::Topic, &query.topics),
            texts(Facet::Actor, &query.actors),
            texts(Facet::Area, &query.areas),
            texts(Facet::Source, &query.sources),
            texts(Facet::Year, &query.years),
            texts(Facet::Marking, &query.markings),
        ];
        Filter {
            wanted: wanted.into_iter().flatten().collect(),
            review: query.review.clone(),
            bounds: bounds(query.today),
        }
    }

    pub(super) fn passes(&self, number: u32, filter: &Filter) -> bool {
        let Some(entry) = self.entries.get(number as usize) else { return false };
        entry.alive
            && filter.wanted.iter().all(|wanted| entry.values.iter().any(|value| wanted.contains(value)))
            && (filter.review.is_empty()
                || review(entry, filter.bounds).is_some_and(|review| filter.review.contains(&review)))
    }

    /// Returns all that a query without words leaves.
    pub(super) fn filter_all(&self, query: &Query) -> Vec<(u32, f32)> {
        let filter = self.filter(query);
        self.alive().map(|(number, _)| (number, 0.0)).filter(|(number, _)| self.passes(*number, &filter)).collect()
    }

    /// Counts, orders and cuts what was found.
    pub(super) fn hits(&self, mut found: Vec<(u32, f32)>, query: &Query) -> Hits {
        let facets = self.count(&found, query);
        let matched = found.len();
        let end = query.offset.saturating_add(query.limit).min(matched);
        let order = |a: &(u32, f32), b: &(u32, f32)| self.order(*a, *b, query.sort);
        // Only the window need be in order.
        if end > 0 && end < matched {
            found.select_nth_unstable_by(end - 1, order);
        }
        found.truncate(end);
        found.sort_unstable_by(order);
        let window = found.get(query.offset..).unwrap_or_default();
        let ids = window.iter().map(|(number, _)| self.entries[*number as usize].id.clone()).collect();
        Hits { total: self.alive, matched, ids, facets }
    }

    fn order(&self, a: (u32, f32), b: (u32, f32), sort: Sort) -> Ordering {
        let (first, second) = (&self.entries[a.0 as usize], &self.entries[b.0 as usize]);
        let newest = || second.date.cmp(&first.date);
        let by_sort = match sort {
            Sort::Relevance => b.1.total_cmp(&a.1).then_with(newest),
            Sort::Newest => newest(),
            Sort::Oldest => match (first.date, second.date) {
                (Some(first), Some(second)) => first.cmp(&second),
                (first, second) => second.is_some().cmp(&first.is_some()),
            },
            Sort::Title => first.title.cmp(&second.title),
        };
        by_sort.then_with(|| first.id.cmp(&second.id))
    }

    fn count(&self, found: &[(u32, f32)], query: &Query) -> Facets {
        let mut counts = vec![0_u32; self.values.all.len()];
        let mut reviews = [0_u32; 3];
        let bounds = bounds(query.today);
        for (number, _) in found {
            let entry = &self.entries[*number as usize];
            for value in &entry.values {
                counts[*value as usize] += 1;
            }
            if let Some(review) = review(entry, bounds) {
                reviews[review as usize] += 1;
            }
        }
        let mut facets = Facets::default();
        for ((facet, value), count) in self.values.all.iter().zip(counts).filter(|(_, count)| *count > 0) {
            match facet {
                Facet::Kind => facets.kinds.extend(Kind::parse(value).map(|kind| (kind, count))),
                Facet::Topic => facets.topics.push((value.clone(), count)),
                Facet::Actor => facets.actors.push((value.clone(), count)),
                Facet::Area => facets.areas.push((value.clone(), count)),
                Facet::Source => facets.sources.push((value.clone(), count)),
                Facet::Year => facets.years.push((value.clone(), count)),
                Facet::Marking => facets.markings.push((value.clone(), count)),
            }
        }
        facets.kinds.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        for list in [&mut facets.topics, &mut facets.actors, &mut facets.areas, &mut facets.sources] {
            list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        }
        facets.years.sort_by(|a, b| b.cmp(a));
        let rank = |marking: &str| self.markings.iter().position(|level| level == marking).unwrap_or(usize::MAX);
        facets.markings.sort_by(|a, b| rank(&a.0).cmp(&rank(&b.0)).then_with(|| a.0.cmp(&b.0)));
        let kinds = [Review::Overdue, Review::Month, Review::Year];
        facets.review = kinds.into_iter().zip(reviews).filter(|(_, count)| *count > 0).collect();
        facets
    }
}

/// Today, a month and a year from now.
fn bounds((year, month, day): (i16, u8, u8)) -> [i32; 3] {
    let today = packed((year, month, day));
    [today, today + 31, today + 12 * 31]
}

fn review(entry: &Entry, [today, month, year]: [i32; 3]) -> Option<Review> {
    let due = entry.review?;
    match due {
        _ if due < today => Some(Review::Overdue),
        _ if due <= month => Some(Review::Month),
        _ if due <= year => Some(Review::Year),
        _ => None,
    }
}
