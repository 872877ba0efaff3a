//! Detached copies: snippets that remember the one that they were made of, and the state that it had.
//!
//! The state is a fingerprint of each field and of the text, so that it can be told, on every machine, what of the
//! origin has changed since; what the copy says differently on purpose stays as it is.

use crate::ipc::{CopyChanges, FieldDifference};
use chancery_model::{Node, Snippet, Value, Workspace};
use chancery_workspace::edit::{FieldValue, copy_body, copy_field, set_field};
use chancery_workspace::uses::COPY_OF;
use indexmap::IndexMap;
use sha2::{Digest, Sha256};

/// The field with the origin's state: a map from the names of its parts to their fingerprints.
const COPY_STATE: &str = "copy-state";

/// What stands for the text behind the front matter among the parts of a snippet.
const BODY: &str = "body";

/// Returns the id of the snippet that one is a copy of.
pub fn origin(copy: &Snippet) -> Option<String> {
    copy.field(COPY_OF).and_then(Node::text)
}

/// Returns whether a copy's origin says something new since the two were last settled.
pub fn is_behind(copy: &Snippet, workspace: &Workspace) -> bool {
    let origin = origin(copy).and_then(|id| workspace.snippets.get(&id));
    origin.is_some_and(|origin| !changed(copy, origin).is_empty())
}

/// Returns what a copy's origin says anew since the two were last settled.
pub fn changes(copy: &Snippet, origin: &Snippet) -> CopyChanges {
    let changed = changed(copy, origin);
    let difference = |field: &String| FieldDifference {
        field: field.clone(),
        copy: spelled(copy, field),
        origin: spelled(origin, field),
    };
    CopyChanges {
        fields: changed.iter().filter(|part| *part != BODY).map(difference).collect(),
        text: changed.iter().any(|part| part == BODY),
    }
}

/// Returns the text of a copy with what its origin says anew.
pub fn updated(copy: &Snippet, origin: &Snippet) -> String {
    changed(copy, origin).iter().fold(copy.text.to_string(), |text, part| match part.as_str() {
        BODY => copy_body(&text, &origin.text),
        field => copy_field(&text, &origin.text, field),
    })
}

/// Returns the text of a copy as it is settled with its origin.
pub fn settled(text: &str, origin: &Snippet) -> String {
    let named = set_field(text, COPY_OF, Some(&FieldValue::Text(origin.id.clone())));
    let parts: Vec<String> = state(origin).iter().map(|(part, print)| format!("{}: {print}", quoted(part))).collect();
    set_field(&named, COPY_STATE, Some(&FieldValue::Yaml(format!("{{{}}}", parts.join(", ")))))
}

/// Returns the parts of an origin that are not as they were, and not as the copy has them.
fn changed(copy: &Snippet, origin: &Snippet) -> Vec<String> {
    let (now, own) = (state(origin), state(copy));
    let kept = match copy.field(COPY_STATE).map(|node| &node.value) {
        Some(Value::Map(kept)) => Some(kept),
        // A copy that does not say what its origin was like is compared with it as it is.
        _ => None,
    };
    let as_it_was = |part: &String| match kept {
        Some(kept) => kept.get(part).and_then(|(_, node)| node.text()).as_ref() == now.get(part),
        None => false,
    };
    let gone = own.keys().filter(|part| !now.contains_key(*part));
    let parts = now.keys().chain(gone).filter(|part| now.get(*part) != own.get(*part));
    parts.filter(|part| !as_it_was(part)).cloned().collect()
}

/// Returns a fingerprint of each part of a snippet, those aside that only a copy has.
fn state(snippet: &Snippet) -> IndexMap<String, String> {
    let fields = snippet.fields.iter().filter(|(name, _)| *name != COPY_OF && *name != COPY_STATE);
    let mut parts: IndexMap<String, String> =
        fields.map(|(name, (_, node))| (name.clone(), fingerprint(&meaning(node)))).collect();
    parts.insert(BODY.to_owned(), fingerprint(snippet.body().replace("\r\n", "\n").trim()));
    parts
}

fn fingerprint(text: &str) -> String {
    let hash = hex::encode(Sha256::digest(text.as_bytes()));
    // With a letter in front YAML cannot take it for a number.
    format!("s{}", &hash[..10])
}

/// Returns what a value means, however it is spelled.
fn meaning(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(yes) => yes.to_string(),
        Value::Number(number) => number.clone(),
        Value::Text(text) => format!("{text:?}"),
        Value::List(items) => items.iter().map(|item| format!("- {}\n", meaning(item))).collect(),
        Value::Map(entries) => entries.iter().map(|(key, (_, node))| format!("{key:?}: {}\n", meaning(node))).collect(),
    }
}

/// Returns a field's values as a reader sees them, maps as they are written.
fn spelled(snippet: &Snippet, field: &str) -> Vec<String> {
    let Some(node) = snippet.field(field) else { return Vec::new() };
    let one = |node: &Node| node.text().or_else(|| snippet.text.get(node.span.clone()).map(str::to_owned));
    node.items().iter().filter_map(one).map(|text| text.trim().to_owned()).collect()
}

/// Returns a name as YAML takes it for text, whatever is in it.
fn quoted(name: &str) -> String {
    if name.chars().all(|c| c.is_ascii_alphabetic() || c == '-') {
        return name.to_owned();
    }
    serde_json::to_string(name).unwrap_or_default()
}
