//! Front matter as written: YAML values with their places.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A YAML value and where it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// A YAML value; numbers keep their spelling, so that `3.50` stays what was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Nothing, or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as spelled.
    Number(String),
    /// Text, dates included.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A map in the order written: key → (the key’s bytes, value).
    Map(IndexMap<String, (Range<usize>, Node)>),
}

impl Node {
    /// Returns the text of a text, number or yes/no value.
    pub fn text(&self) -> Option<String> {
        match &self.value {
            Value::Text(text) | Value::Number(text) => Some(text.clone()),
            Value::Bool(yes) => Some(yes.to_string()),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// Returns the value as a list; a single value counts as a list of one, nothing as an empty one.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            Value::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    /// Returns the entry of a map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(entries) => entries.get(key).map(|(_, node)| node),
            _ => None,
        }
    }
}
