//! One entry in the text of a `.bib` file.

use super::biblatex::entries;
use biblatex::RawBibliography;
use std::ops::Range;

/// Returns the bytes of the entry with a key, with the blank lines behind it; none where the file has no such entry.
pub fn entry_span(text: &str, key: &str) -> Option<Range<usize>> {
    entries(text).into_iter().find(|range| {
        let raw = RawBibliography::parse(&text[range.clone()]);
        raw.is_ok_and(|raw| raw.entries.iter().any(|entry| entry.v.key.v == key))
    })
}

/// Returns the path of the document that an entry links to: JabRef's `:path:PDF`, Zotero's `Title:path:type;…`, or a path.
pub fn linked_document(text: &str, key: &str) -> Option<String> {
    let range = entry_span(text, key)?;
    let parsed = biblatex::Bibliography::parse(&text[range]).ok()?;
    let chunks = parsed.get(key)?.get("file")?;
    let value: String = chunks.iter().map(|chunk| chunk.v.get()).collect();
    let first = value.split(';').next()?.trim().to_owned();
    let parts: Vec<&str> = first.split(':').collect();
    let path = match parts.as_slice() {
        [_, path, _] if !path.is_empty() => (*path).to_owned(),
        // A drive's letter has a colon too.
        [_, drive, path, _] if drive.len() == 1 => format!("{drive}:{path}"),
        _ => first,
    };
    Some(path.replace("\\\\", "\\"))
}
