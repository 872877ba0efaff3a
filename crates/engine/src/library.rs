//! The library: the window's filter as a query, and what it finds.

use crate::desk::today;
use crate::ipc::{Facet, Facets, LibraryFilter};
use chancery_model::Kind;
use chancery_workspace::index::{self, Query, Review, Sort};

/// Returns a window's filter as a query of the index.
pub fn query(filter: &LibraryFilter, offset: u32, limit: u32) -> Query {
    Query {
        text: filter.text.clone(),
        kinds: filter.kinds.clone(),
        topics: filter.topics.clone(),
        actors: filter.actors.clone(),
        areas: filter.areas.clone(),
        sources: filter.sources.clone(),
        years: filter.years.clone(),
        markings: filter.markings.clone(),
        review: filter.review.iter().filter_map(|name| review(name)).collect(),
        sort: sort(filter),
        offset: offset as usize,
        limit: limit as usize,
        today: today(),
    }
}

/// Returns counts as the window shows them.
pub fn facets(facets: &index::Facets) -> Facets {
    let named = |values: &[(String, u32)]| {
        values.iter().map(|(value, count)| Facet { value: value.clone(), count: *count }).collect()
    };
    Facets {
        kinds: facets.kinds.iter().map(|(kind, count)| kind_facet(*kind, *count)).collect(),
        topics: named(&facets.topics),
        actors: named(&facets.actors),
        areas: named(&facets.areas),
        sources: named(&facets.sources),
        years: named(&facets.years),
        markings: named(&facets.markings),
        review: facets
            .review
            .iter()
            .map(|(due, count)| Facet { value: review_name(*due).to_owned(), count: *count })
            .collect(),
    }
}

fn kind_facet(kind: Kind, count: u32) -> Facet {
    Facet { value: kind.name().to_owned(), count }
}

fn review(name: &str) -> Option<Review> {
    [Review::Overdue, Review::Month, Review::Year].into_iter().find(|due| review_name(*due) == name)
}

fn review_name(due: Review) -> &'static str {
    match due {
        Review::Overdue => "overdue",
        Review::Month => "month",
        Review::Year => "year",
    }
}

fn sort(filter: &LibraryFilter) -> Sort {
    match filter.sort.as_str() {
        "newest" => Sort::Newest,
        "oldest" => Sort::Oldest,
        "title" => Sort::Title,
        _ => Sort::Relevance,
    }
}
