//! RIS, the format of reference managers' exports: a tag of two letters, `  - `, a value, on each line.

use super::{Draft, ImportError, Name};
use biblatex::{Entry, EntryType};

/// Returns whether a text looks like RIS: its first line gives a type.
pub(super) fn is_ris(text: &str) -> bool {
    text.lines().find(|line| !line.trim().is_empty()).and_then(tagged).is_some_and(|(tag, _)| tag == "TY")
}

/// Reads entries.
pub(super) fn read(text: &str) -> Result<Vec<Entry>, ImportError> {
    let mut entries = Vec::new();
    let mut open: Option<Draft> = None;
    let mut last = "";
    for (number, line) in text.lines().enumerate() {
        let Some((tag, value)) = tagged(line) else {
            // A long value goes on in the next line.
            if let (Some(draft), false) = (&mut open, line.trim().is_empty()) {
                go_on(draft, last, line.trim());
            }
            continue;
        };
        last = tag;
        match (tag, &mut open) {
            ("TY", None) => open = Some(Draft::new(kind(value))),
            ("TY", Some(_)) => {
                let message = "a new entry starts before the one above has its `ER  -`".to_owned();
                return Err(ImportError::Broken { line: number + 1, message });
            }
            ("ER", _) => entries.extend(open.take().map(Draft::finish)),
            (_, Some(draft)) => field(draft, tag, value),
            (_, None) => {
                let message = format!("`{tag}` stands outside of an entry: put `TY  - RPRT` or the like before it");
                return Err(ImportError::Broken { line: number + 1, message });
            }
        }
    }
    entries.extend(open.map(Draft::finish));
    Ok(entries)
}

fn tagged(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches('\u{feff}');
    let (tag, rest) = line.split_at_checked(2)?;
    let value = rest.strip_prefix("  -").or_else(|| rest.strip_prefix(" -"))?;
    let fits = tag.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    fits.then(|| (tag, value.trim()))
}

fn kind(name: &str) -> EntryType {
    match name {
        "JOUR" | "EJOU" | "MGZN" | "NEWS" | "JFULL" | "ABST" | "INPR" => EntryType::Article,
        "BOOK" | "EBOOK" | "EDBOOK" => EntryType::Book,
        "CHAP" | "ECHAP" => EntryType::InBook,
        "CONF" | "CPAPER" => EntryType::InProceedings,
        "RPRT" | "GOVDOC" | "STAND" | "LEGAL" | "BILL" => EntryType::Report,
        "THES" => EntryType::Thesis,
        "ELEC" | "WEB" | "BLOG" | "ICOMM" => EntryType::Online,
        "UNPB" | "MANSCPT" => EntryType::Unpublished,
        _ => EntryType::Misc,
    }
}

fn field(draft: &mut Draft, tag: &str, value: &str) {
    match tag {
        "AU" | "A1" => draft.authors.push(name(value)),
        "ED" | "A2" | "A3" => draft.editors.push(name(value)),
        "TI" | "T1" | "CT" => draft.set("title", value),
        "BT" if draft.entry.get("title").is_none() && draft.entry.entry_type == EntryType::Book => {
            draft.set("title", value)
        }
        "JO" | "JF" | "T2" | "BT" | "JA" | "J2" => draft.set(container(&draft.entry.entry_type), value),
        "T3" => draft.set("series", value),
        "PY" | "Y1" | "DA" => date(draft, tag, value),
        "VL" => draft.set("volume", value),
        "IS" => draft.set(if draft.entry.entry_type == EntryType::Report { "number" } else { "issue" }, value),
        "SP" | "EP" => pages(draft, tag, value),
        "PB" => {
            let field = match draft.entry.entry_type {
                EntryType::Report | EntryType::Thesis => "institution",
                _ => "publisher",
            };
            draft.set(field, value);
        }
        "CY" | "PP" => draft.set("location", value),
        "DO" => draft.set("doi", value),
        "UR" | "L2" => draft.set("url", value),
        "L1" => draft.set("file", value),
        "SN" => draft.set(if draft.entry.entry_type == EntryType::Article { "issn" } else { "isbn" }, value),
        "LA" => draft.set("language", value),
        "Y2" => draft.set("urldate", &value.trim_end_matches('/').replace('/', "-")),
        "M3" => draft.set("type", value),
        "N1" => draft.set("note", value),
        "ID" if draft.entry.key.is_empty() => draft.entry.key = value.replace([' ', ','], "-"),
        _ => {}
    }
}

fn go_on(draft: &mut Draft, tag: &str, line: &str) {
    let field = match tag {
        "TI" | "T1" => "title",
        "N1" => "note",
        _ => return,
    };
    let before = draft.entry.get(field).map(super::plain).unwrap_or_default();
    draft.entry.remove(field);
    draft.set(field, &format!("{before} {line}"));
}

fn container(kind: &EntryType) -> &'static str {
    match kind {
        EntryType::Article => "journaltitle",
        EntryType::InBook | EntryType::InProceedings => "booktitle",
        _ => "series",
    }
}

fn name(value: &str) -> Name {
    match value.split_once(',') {
        Some((family, given)) => {
            Name::Person(family.trim().to_owned(), given.trim().trim_end_matches(',').trim().to_owned())
        }
        None => Name::Whole(value.to_owned()),
    }
}

/// `2025/02/03/` and the like; the day in `DA` counts more than the year in `PY`.
fn date(draft: &mut Draft, tag: &str, value: &str) {
    let parts: Vec<&str> = value.split(['/', '-']).map(str::trim).take(3).take_while(|part| is_number(part)).collect();
    if parts.first().is_none_or(|year| year.len() != 4) {
        return;
    }
    let date = parts.iter().map(|part| format!("{part:0>2}")).collect::<Vec<_>>().join("-");
    let before = draft.entry.get("date").map(super::plain).unwrap_or_default();
    if date.len() > before.len() || (tag == "DA" && date.len() >= before.len()) {
        draft.entry.remove("date");
        draft.set("date", &date);
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

fn pages(draft: &mut Draft, tag: &str, value: &str) {
    let before = draft.entry.get("pages").map(super::plain).unwrap_or_default();
    let pages = match tag {
        "EP" if !before.is_empty() && before != value => format!("{before}--{value}"),
        "EP" if before.is_empty() => value.to_owned(),
        "SP" => value.to_owned(),
        _ => return,
    };
    draft.entry.remove("pages");
    draft.set("pages", &pages);
}
