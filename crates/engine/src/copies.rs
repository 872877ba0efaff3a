//! Detached copies: snippets that remember the one that they were made of, and the state that it had.

use chancery_model::{Node, Snippet, Workspace};
use chancery_workspace::edit::{FieldValue, set_field};
use chancery_workspace::uses::COPY_OF;
use sha2::{Digest, Sha256};

/// The field with the origin's state: the first 16 hexadecimal digits of its text's SHA-256.
const COPY_STATE: &str = "copy-state";

/// Returns the id of the snippet that one is a copy of.
pub fn origin(copy: &Snippet) -> Option<String> {
    copy.field(COPY_OF).and_then(Node::text)
}

/// Returns whether a copy's origin is not as it was when the two were last settled.
pub fn is_behind(copy: &Snippet, workspace: &Workspace) -> bool {
    let Some(origin) = origin(copy).and_then(|id| workspace.snippets.get(&id)) else { return false };
    copy.field(COPY_STATE).and_then(Node::text).is_some_and(|kept| kept != state(origin))
}

/// Returns the text of a copy as it is settled with its origin: the origin's, or its own.
pub fn settled(text: &str, origin: &Snippet) -> String {
    let named = set_field(text, COPY_OF, Some(&FieldValue::Text(origin.id.clone())));
    set_field(&named, COPY_STATE, Some(&FieldValue::Text(state(origin))))
}

fn state(snippet: &Snippet) -> String {
    let hash = hex::encode(Sha256::digest(snippet.text.as_bytes()));
    // With a letter in front YAML cannot take it for a number.
    format!("s{}", &hash[..16])
}
