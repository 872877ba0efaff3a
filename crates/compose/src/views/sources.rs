//! `{sources}`: the works that a briefing cites, as its citation style lists them.

use super::builder::{Builder, Prose, source_label};
use crate::data::{Entry, Sources};

/// Returns the list of works cited; a query adds the works that the selected snippets rest on.
pub(super) fn draw(builder: &mut Builder, repeated: bool) -> Option<serde_json::Value> {
    let mut keys = builder.context.shown.cited.clone();
    if !builder.query.is_open() {
        let picks = builder.select(None);
        keys.extend(builder.source_line(&picks).into_iter().map(|source| source.key));
    }
    let mut seen = std::collections::HashSet::new();
    keys.retain(|key| builder.context.citer.knows(key) && seen.insert(key.clone()));
    if keys.is_empty() {
        return None;
    }
    let listed = builder.context.citer.list(&keys);
    let entries = listed.iter().map(|entry| Entry {
        key: entry.key.clone(),
        label: (!repeated).then(|| source_label(&entry.key)),
        number: entry.number.clone(),
        text: builder.content(Prose::Runs(entry.runs.clone())),
    });
    let entries = entries.collect();
    serde_json::to_value(Sources { title: builder.option("title"), caption: builder.option("caption"), entries }).ok()
}
