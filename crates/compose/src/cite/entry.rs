//! Entries as they are cited: what an analyst left out is filled from what is there.

use super::names::outlet;
use hayagriva::Entry;
use hayagriva::types::{EntryType, Person, Publisher};

/// Returns the entry with an outlet for an author where it has neither author nor title, and with an institution for a
/// publisher.
///
/// A press report that was not seen has an outlet and a date and nothing else; a citation that begins with its date
/// would name nobody. Few styles print the institution of a report that has no publisher.
pub(super) fn prepared(entry: &Entry) -> Entry {
    let mut entry = entry.clone();
    let named = |people: Option<&[Person]>| people.is_some_and(|people| !people.is_empty());
    let nameless = !named(entry.authors()) && !named(entry.editors());
    if nameless
        && entry.title().is_none()
        && let Some(name) = outlet(&entry)
    {
        entry.set_authors(vec![institution(name)]);
    }
    if !nameless && entry.publisher().is_none() && entry.parents().iter().all(|parent| parent.publisher().is_none()) {
        let organization = entry.organization().cloned();
        if let Some(organization) = organization {
            entry.set_publisher(Publisher::new(Some(organization), None));
        }
    }
    entry
}

fn institution(name: String) -> Person {
    Person { name, given_name: None, prefix: None, suffix: None, comma_suffix: false, alias: None }
}

/// An entry that stands between two citations of one source, so that the second is no “ibid.”
pub(super) fn separator() -> Entry {
    let mut entry = Entry::new("\u{1f}", EntryType::Misc);
    entry.set_authors(vec![institution("\u{1f}".to_owned())]);
    entry
}
