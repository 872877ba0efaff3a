//! Hayagriva's YAML files.

use super::source;
use chancery_model::{LineIndex, Problem, Source, Value};
use std::collections::HashMap;
use std::ops::Range;

pub(super) fn parse(file: &str, text: &str) -> (Vec<Source>, Vec<Problem>) {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let (root, mut problems) = crate::yaml::parse(file, text, start..text.len());
    for problem in &mut problems {
        problem.message = problem.message.replace("the front matter", "the bibliography");
    }
    let entries = match root.value {
        Value::Map(entries) => entries,
        Value::Null => return (Vec::new(), problems),
        _ => {
            let problem = Problem::error("bibliography", "a Hayagriva file is a map from keys to entries")
                .hint("write `key:` and the entry's fields below it, indented");
            problems.push(problem.at(file, text, root.span));
            return (Vec::new(), problems);
        }
    };
    let places: HashMap<String, Range<usize>> =
        entries.iter().map(|(key, (span, _))| (key.clone(), span.clone())).collect();
    let lines = LineIndex::new(text);
    // Anchors may be shared between entries, so the whole file is tried first.
    if problems.is_empty()
        && let Ok(library) = ::hayagriva::io::from_yaml_str(&text[start..])
    {
        let at = |key: &str| places.get(key).map_or(0, |span| span.start);
        let sources = library.iter().map(|entry| source(file, &lines, at(entry.key()), entry.clone())).collect();
        return (sources, problems);
    }
    let mut sources = Vec::new();
    let ends = entries.values().skip(1).map(|(span, _)| span.start).chain([text.len()]);
    for ((key, (span, _)), end) in entries.iter().zip(ends) {
        let start_of_line = lines.range(lines.line(span.start)).start.max(start);
        match ::hayagriva::io::from_yaml_str(&text[start_of_line..end]) {
            Ok(library) => {
                sources.extend(library.iter().map(|entry| source(file, &lines, span.start, entry.clone())));
            }
            Err(error) => {
                // The error goes on with all names that there are.
                let error = error.to_string();
                let error = error.split(", expected").next().unwrap_or_default();
                let message = format!("the entry `{key}` cannot be read: {error}");
                let hint = "see hayagriva's file format for the fields of an entry; the other entries are kept";
                problems.push(Problem::error("bibliography", message).hint(hint).at(file, text, span.clone()));
            }
        }
    }
    (sources, problems)
}
