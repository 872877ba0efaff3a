//! TOML as nodes with places, the form in which front matter comes too.

use chancery_model::{Node, Value};
use indexmap::IndexMap;
use std::ops::Range;
use toml_edit::{Item, TableLike};

/// Why a text is no TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    pub message: String,
    pub span: Range<usize>,
}

/// Returns the document as a map.
pub(crate) fn parse(text: &str) -> Result<Node, SyntaxError> {
    let document = toml_edit::Document::parse(text).map_err(|error| SyntaxError {
        message: error.message().lines().next().unwrap_or_default().to_owned(),
        span: error.span().unwrap_or(0..0),
    })?;
    Ok(Node { value: Value::Map(entries(document.as_table(), text)), span: 0..text.len() })
}

fn entries(table: &dyn TableLike, text: &str) -> IndexMap<String, (Range<usize>, Node)> {
    let entry = |(name, item): (&str, &Item)| {
        let key = table.get_key_value(name).and_then(|(key, _)| key.span()).unwrap_or(0..0);
        (name.to_owned(), (key, node(item, text)))
    };
    table.iter().map(entry).collect()
}

fn node(item: &Item, text: &str) -> Node {
    let span = item.span().unwrap_or(0..0);
    let value = match item {
        Item::None => Value::Null,
        Item::Table(table) => Value::Map(entries(table, text)),
        Item::ArrayOfTables(tables) => {
            Value::List(tables.iter().map(|table| node(&Item::Table(table.clone()), text)).collect())
        }
        Item::Value(value) => scalar(value, &span, text),
    };
    Node { value, span }
}

fn scalar(value: &toml_edit::Value, span: &Range<usize>, text: &str) -> Value {
    match value {
        toml_edit::Value::String(string) => Value::Text(string.value().clone()),
        toml_edit::Value::Boolean(boolean) => Value::Bool(*boolean.value()),
        toml_edit::Value::Integer(_) | toml_edit::Value::Float(_) => Value::Number(spelled(text, span)),
        toml_edit::Value::Datetime(_) => Value::Text(spelled(text, span)),
        toml_edit::Value::Array(array) => {
            Value::List(array.iter().map(|item| node(&Item::Value(item.clone()), text)).collect())
        }
        toml_edit::Value::InlineTable(table) => Value::Map(entries(table, text)),
    }
}

fn spelled(text: &str, span: &Range<usize>) -> String {
    text.get(span.clone()).unwrap_or_default().trim().to_owned()
}
