//! CSL-JSON, in which DOI registries and Zotero hand out entries.

use super::{Draft, ImportError, Name};
use biblatex::{Entry, EntryType};
use serde_json::Value;

/// Reads one entry or a list of them.
pub(super) fn read(text: &str) -> Result<Vec<Entry>, ImportError> {
    let json: Value = serde_json::from_str(text)
        .map_err(|error| ImportError::Broken { line: error.line(), message: error.to_string() })?;
    let items = match json {
        Value::Array(items) => items,
        // A DOI registry may wrap the entry.
        Value::Object(mut object) => match object.remove("message") {
            Some(inner @ Value::Object(_)) => vec![inner],
            _ => vec![Value::Object(object)],
        },
        _ => return Err(ImportError::Unknown),
    };
    let entries: Vec<Entry> = items.iter().filter(|item| item.get("title").is_some()).map(entry).collect();
    if entries.is_empty() { Err(ImportError::Unknown) } else { Ok(entries) }
}

fn entry(item: &Value) -> Entry {
    let mut draft = Draft::new(kind(&text(item, "type")));
    let container = match draft.entry.entry_type {
        EntryType::Article => "journaltitle",
        EntryType::InBook | EntryType::InCollection | EntryType::InProceedings => "booktitle",
        _ => "series",
    };
    let publisher = match draft.entry.entry_type {
        EntryType::Report | EntryType::Thesis => "institution",
        _ => "publisher",
    };
    let number = if draft.entry.entry_type == EntryType::Report { "number" } else { "issue" };
    let fields = [
        ("title", "title"),
        ("container-title", container),
        ("collection-title", "series"),
        ("collection-number", "number"),
        ("number", "number"),
        ("issue", number),
        ("volume", "volume"),
        ("page", "pages"),
        ("publisher", publisher),
        ("publisher-place", "location"),
        ("edition", "edition"),
        ("genre", "type"),
        ("DOI", "doi"),
        ("ISBN", "isbn"),
        ("ISSN", "issn"),
        ("URL", "url"),
        ("language", "language"),
        ("note", "note"),
    ];
    for (from, to) in fields {
        draft.set(to, &text(item, from));
    }
    draft.set("date", &date(item, "issued"));
    draft.set("urldate", &date(item, "accessed"));
    draft.authors = names(item, "author");
    draft.editors = names(item, "editor");
    let id = text(item, "id");
    // Many programs put an address there, which is no key.
    if !id.is_empty() && !id.contains(['/', ' ', ',', '{', '}']) {
        draft.entry.key = id;
    }
    draft.finish()
}

fn kind(name: &str) -> EntryType {
    match name {
        "article" | "article-journal" | "article-magazine" | "article-newspaper" | "journal-article" => {
            EntryType::Article
        }
        "book" | "monograph" | "edited-book" => EntryType::Book,
        "chapter" | "book-chapter" => EntryType::InCollection,
        "paper-conference" | "proceedings-article" => EntryType::InProceedings,
        "report" | "legislation" | "standard" => EntryType::Report,
        "thesis" | "dissertation" => EntryType::Thesis,
        "webpage" | "post" | "post-weblog" | "posted-content" => EntryType::Online,
        "manuscript" => EntryType::Unpublished,
        _ => EntryType::Misc,
    }
}

/// Returns a text; the first one where there are several, as some registries write.
fn text(item: &Value, name: &str) -> String {
    match item.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Array(list)) => list.first().and_then(Value::as_str).unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

/// Returns a date in ISO 8601, as far as it is given.
fn date(item: &Value, name: &str) -> String {
    let Some(date) = item.get(name) else { return String::new() };
    if let Some(raw) = date.get("raw").or_else(|| date.get("literal")).and_then(Value::as_str) {
        return raw.to_owned();
    }
    let parts = date.get("date-parts").and_then(|parts| parts.get(0)).and_then(Value::as_array);
    let parts = parts.into_iter().flatten().filter_map(|part| match part {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        _ => None,
    });
    parts.map(|part| format!("{part:0>2}")).collect::<Vec<_>>().join("-")
}

fn names(item: &Value, field: &str) -> Vec<Name> {
    let names = item.get(field).and_then(Value::as_array);
    let name = |name: &Value| {
        let family = text(name, "family");
        let literal = [text(name, "literal"), text(name, "name")].into_iter().find(|text| !text.is_empty());
        match literal {
            Some(literal) => Some(Name::Whole(literal)),
            None if family.is_empty() => None,
            None => Some(Name::Person(family, text(name, "given"))),
        }
    };
    names.into_iter().flatten().filter_map(name).collect()
}
