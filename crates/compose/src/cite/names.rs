//! Short author-date citations: “Ballbach 2025”, as source lines of exhibits show them.

use crate::words::{Lang, Words};
use hayagriva::Entry;
use hayagriva::types::{Date, Person};
use indexmap::IndexMap;
use std::collections::HashMap;

/// Letters of a title that stand in for an author, at most.
const TITLE_ROOM: usize = 40;

/// Returns who or what a short citation names: author, editor, organisation, outlet, else the title.
pub(super) fn names(entry: &Entry, words: Words) -> String {
    let people = entry.authors().or_else(|| entry.editors()).unwrap_or_default();
    match people {
        [] => outlet(entry).or_else(|| title(entry)).unwrap_or_else(|| entry.key().to_owned()),
        [one] => family(one),
        [one, two] => match words.lang() {
            Lang::En => format!("{} and {}", family(one), family(two)),
            Lang::Ko => format!("{}·{}", family(one), family(two)),
        },
        [one, ..] => match words.lang() {
            Lang::En => format!("{} et al.", family(one)),
            Lang::Ko => format!("{} 외", family(one)),
        },
    }
}

fn family(person: &Person) -> String {
    match &person.prefix {
        Some(prefix) => format!("{prefix} {}", person.name),
        None => person.name.clone(),
    }
}

/// Returns the body that put a text out: organisation, publisher, or the title of what it stands in.
pub(super) fn outlet(entry: &Entry) -> Option<String> {
    let own = entry.organization().map(|name| name.to_string());
    let publisher = || entry.publisher().and_then(|publisher| publisher.name()).map(|name| name.to_string());
    let parent = || entry.parents().iter().find_map(|parent| title(parent).or_else(|| outlet(parent)));
    own.or_else(publisher).or_else(parent).filter(|name| !name.trim().is_empty())
}

fn title(entry: &Entry) -> Option<String> {
    let title = entry.title()?;
    let text = title.short.as_ref().map_or_else(|| title.value.to_string(), |short| short.to_string());
    let text = text.trim();
    (!text.is_empty()).then(|| shortened(text))
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= TITLE_ROOM {
        return text.to_owned();
    }
    let head: String = text.chars().take(TITLE_ROOM).collect();
    let cut = head.rfind(' ').unwrap_or(head.len());
    format!("{}…", head[..cut].trim_end_matches([',', ';', ':', ' ']))
}

/// Returns the date of an entry, or of what it stands in.
pub(super) fn date(entry: &Entry) -> Option<Date> {
    entry.date().copied().or_else(|| entry.parents().iter().find_map(date))
}

/// What a short citation says.
type NameAndYear = (String, Option<i32>);

/// Returns the short citations of all sources, by key; no two are the same where anything tells them apart.
pub(super) fn short_citations<'a>(
    entries: impl Iterator<Item = (&'a str, &'a Entry)>,
    words: Words,
) -> HashMap<String, String> {
    let mut groups: IndexMap<NameAndYear, Vec<(&str, &Entry)>> = IndexMap::new();
    for (key, entry) in entries {
        groups.entry((names(entry, words), date(entry).map(|date| date.year))).or_default().push((key, entry));
    }
    let mut short = HashMap::new();
    for ((name, year), members) in groups {
        let dates: Vec<String> = members.iter().map(|(_, entry)| full_date(entry, words)).collect();
        let told_apart = dates.iter().enumerate().all(|(at, date)| !date.is_empty() && !dates[..at].contains(date));
        for (at, (key, _)) in members.iter().enumerate() {
            let year = year.map_or_else(|| words.no_date().to_owned(), |year| year.to_string());
            let when = match (members.len(), told_apart) {
                (1, _) => year,
                (_, true) => dates[at].clone(),
                (_, false) => format!("{year}{}", letters(at)),
            };
            let gap = if when.contains(' ') { ", " } else { " " };
            short.insert((*key).to_owned(), format!("{name}{gap}{when}"));
        }
    }
    short
}

fn full_date(entry: &Entry, words: Words) -> String {
    let Some(date) = date(entry) else { return String::new() };
    let (Ok(year), month, day) = (i16::try_from(date.year), date.month.map(|m| m + 1), date.day.map(|d| d + 1)) else {
        return date.year.to_string();
    };
    let day = chancery_model::Day { year, month, day, qualifier: chancery_model::Qualifier::Exact };
    words.date(chancery_model::Date::Day(day))
}

/// a, b, …, z, aa, ab, …
fn letters(at: usize) -> String {
    let last = char::from(b'a' + (at % 26) as u8);
    if at < 26 { last.to_string() } else { format!("{}{last}", letters(at / 26 - 1)) }
}
