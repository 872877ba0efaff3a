//! One field of a snippet as text to print.

use crate::words::Words;
use chancery_model::{Date, FieldForm, FieldSpec, Likelihood, Snippet, SourceRef, Value, common_fields};

/// The value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FieldValue {
    /// Finished text, and the unit that goes with it.
    Text(String, Option<String>),
    /// Inline Markdown.
    Markdown(String),
    /// Ids of snippets, whose titles are printed.
    Snippets(Vec<String>),
    /// The snippet's sources, as one short citation each.
    Sources,
}

/// Returns the value of a field in the words of a language; none where the snippet does not have it, or it holds a map.
pub(crate) fn value(snippet: &Snippet, name: &str, words: Words) -> Option<FieldValue> {
    let node = snippet.field(name)?;
    let text = |text: String| Some(FieldValue::Text(text, None));
    if name == "date"
        && let Some(written) = &snippet.date_text
    {
        return text(written.clone());
    }
    match (form(snippet, name), &node.value) {
        (_, Value::Null | Value::Map(_)) => None,
        (Some(FieldForm::Sources), _) => Some(FieldValue::Sources),
        (Some(FieldForm::Snippet | FieldForm::Snippets), _) => Some(FieldValue::Snippets(snippet.field_list(name))),
        (_, Value::List(_)) => text(words.enumeration(&snippet.field_list(name))),
        (_, Value::Bool(yes)) => text(words.yes_no(*yes).to_owned()),
        (Some(FieldForm::Markdown), _) => Some(FieldValue::Markdown(node.text()?)),
        (form, _) => {
            let field = snippet.field_text(name)?;
            Some(FieldValue::Text(printed(form, name, field.value, words), field.unit))
        }
    }
}

/// Returns what an embed shows of each field of a snippet that it can show, as Markdown without units: `source` is a source's short
/// citation, `title` the title of a snippet.
pub fn field_texts(
    snippet: &Snippet,
    words: Words,
    source: impl Fn(&SourceRef) -> Option<String>,
    title: impl Fn(&str) -> String,
) -> Vec<(String, String)> {
    let text = |name: &str| {
        Some(match value(snippet, name, words)? {
            FieldValue::Text(text, _) | FieldValue::Markdown(text) => text,
            FieldValue::Snippets(ids) => words.enumeration(&ids.iter().map(|id| title(id)).collect::<Vec<_>>()),
            FieldValue::Sources => snippet.sources.iter().filter_map(&source).collect::<Vec<_>>().join("; "),
        })
    };
    names(snippet).filter_map(|name| Some((name.to_owned(), text(name)?))).collect()
}

/// Returns the fields that an embed can show of a snippet.
pub(crate) fn names(snippet: &Snippet) -> impl Iterator<Item = &str> {
    let shown = |node: &chancery_model::Node| !matches!(node.value, Value::Null | Value::Map(_));
    snippet.fields.iter().filter(move |(_, (_, node))| shown(node)).map(|(name, _)| name.as_str())
}

fn form(snippet: &Snippet, name: &str) -> Option<FieldForm> {
    let spec = |fields: &[FieldSpec]| fields.iter().find(|spec| spec.name == name).map(|spec| spec.form);
    spec(snippet.kind.own_fields()).or_else(|| spec(common_fields()))
}

fn printed(form: Option<FieldForm>, name: &str, value: String, words: Words) -> String {
    match form {
        Some(FieldForm::Date) => value.parse::<Date>().map_or(value, |date| words.date(date)),
        Some(FieldForm::Number) => words.number(&value),
        Some(FieldForm::Choice) => match name {
            "status" => words.status(&value).to_owned(),
            "likelihood" => {
                Likelihood::parse(&value).map_or(value, |likelihood| words.likelihood(likelihood).to_lowercase())
            }
            "confidence" => {
                chancery_model::Confidence::parse(&value).map_or(value, |sure| words.confidence(sure).to_owned())
            }
            _ => value,
        },
        _ => value,
    }
}
