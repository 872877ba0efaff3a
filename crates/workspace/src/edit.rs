//! Changes to a text that leave every other byte as it is.

use crate::front_matter::{FrontMatter, split_front_matter};
use crate::yaml;
use chancery_model::{Node, Value};
use std::ops::Range;

/// A field's new value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue {
    /// A text; also a number or date that must stay text.
    Text(String),
    /// A number, date, yes or no, as spelled.
    Plain(String),
    /// A list of texts.
    List(Vec<String>),
    /// YAML as it is to stand behind the colon.
    Yaml(String),
}

/// Returns the text with a front matter field set, or removed with none; only that field's bytes change.
///
/// A field that is not there is added at the end of the front matter, and front matter where there is none. A text whose
/// front matter cannot be told apart, or whose field cannot hold the value, comes back unchanged.
pub fn set_field(text: &str, field: &str, value: Option<&FieldValue>) -> String {
    let line_end = line_end_of(text);
    let Some(front) = split_front_matter(text) else {
        if crate::front_matter::is_unclosed(text) {
            return text.to_owned();
        }
        let Some(value) = value else { return text.to_owned() };
        let bom = text.len() - text.trim_start_matches('\u{feff}').len();
        let line = line_of(field, value);
        return format!("{}---{line_end}{line}{line_end}---{line_end}{}", &text[..bom], &text[bom..]);
    };
    let (root, _) = yaml::parse("", text, front.yaml.clone());
    let entry = match &root.value {
        Value::Map(entries) => entries.get(field),
        _ => None,
    };
    let (range, new) = match (entry, value) {
        (None, None) => return text.to_owned(),
        (None, Some(value)) => addition(text, &front, &root, field, value, line_end),
        (Some((key, node)), None) => (whole_lines(text, key, node, &front), String::new()),
        (Some((key, node)), Some(value)) => replacement(text, key, node, value),
    };
    let changed = format!("{}{new}{}", &text[..range.start], &text[range.end..]);
    // Better no change than a broken front matter.
    if is_intact(text, &changed) { changed } else { text.to_owned() }
}

/// Returns the text with a field as another text spells it, or without it where that one has none.
pub fn copy_field(text: &str, from: &str, field: &str) -> String {
    let spelled = || {
        let front = split_front_matter(from)?;
        let (root, _) = yaml::parse("", from, front.yaml);
        let Value::Map(entries) = &root.value else { return None };
        let (key, node) = entries.get(field)?;
        let colon = key.end + from.get(key.end..)?.find(':')? + 1;
        let value = from.get(colon..value_end(key, node).max(colon))?.trim_start_matches([' ', '\t']);
        Some(FieldValue::Yaml(with_line_end(value, line_end_of(text))))
    };
    set_field(text, field, spelled().as_ref())
}

/// Returns the text with the body of another one.
pub fn copy_body(text: &str, from: &str) -> String {
    let start = |text: &str| split_front_matter(text).map_or(0, |front| front.body_start);
    format!("{}{}", &text[..start(text)], with_line_end(&from[start(from)..], line_end_of(text)))
}

fn with_line_end(text: &str, line_end: &str) -> String {
    let lines = text.replace("\r\n", "\n");
    if line_end == "\n" { lines } else { lines.replace('\n', line_end) }
}

/// The end of the first line: what is added ends so too.
fn line_end_of(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// Whether a change made no problem that was not there.
fn is_intact(before: &str, after: &str) -> bool {
    let problems = |text: &str| split_front_matter(text).map(|front| yaml::parse("", text, front.yaml).1.len());
    problems(after).is_some_and(|count| count <= problems(before).unwrap_or(0))
}

fn addition(
    text: &str,
    front: &FrontMatter,
    root: &Node,
    field: &str,
    value: &FieldValue,
    line_end: &str,
) -> (Range<usize>, String) {
    // Front matter in braces on one line takes a field before the brace.
    if text[root.span.clone()].ends_with('}') {
        let at = root.span.end - 1;
        let comma = if matches!(&root.value, Value::Map(entries) if entries.is_empty()) { "" } else { ", " };
        return (at..at, format!("{comma}{}", line_of(field, value)));
    }
    let at = front.yaml.end;
    let before = if text[..at].ends_with('\n') { "" } else { line_end };
    (at..at, format!("{before}{}{line_end}", line_of(field, value)))
}

/// The lines of a field, or only its bytes where something else shares them.
fn whole_lines(text: &str, key: &Range<usize>, node: &Node, front: &FrontMatter) -> Range<usize> {
    let end = value_end(key, node);
    let start = text[front.yaml.start..key.start].rfind('\n').map_or(front.yaml.start, |at| front.yaml.start + at + 1);
    let alone = text[start..key.start].trim().is_empty();
    match text[end..front.yaml.end].find('\n') {
        Some(at) if alone => start..end + at + 1,
        _ => key.start..end,
    }
}

fn value_end(key: &Range<usize>, node: &Node) -> usize {
    node.span.end.max(key.end)
}

fn replacement(text: &str, key: &Range<usize>, node: &Node, value: &FieldValue) -> (Range<usize>, String) {
    let colon = key.end + text[key.end..].find(':').map_or(0, |at| at + 1);
    let end = value_end(key, node).max(colon);
    let written = write(value);
    // A value on the key's line stays where it is; one on lines of its own moves up.
    let same_line = node.span.start >= colon && !text[colon..node.span.start].contains('\n');
    // What begins with a line of its own leaves nothing behind the colon.
    if written.starts_with(['\n', '\r']) {
        return (colon..end, written);
    }
    if same_line && node.value != Value::Null && node.span.start > colon && !is_block(text, node) {
        return (node.span.start..end, written);
    }
    (colon..end, format!(" {written}"))
}

/// Whether a scalar is a block one, whose indicator stands before its span or whose lines go on.
fn is_block(text: &str, node: &Node) -> bool {
    matches!(node.value, Value::Text(_)) && text[node.span.clone()].starts_with(['|', '>'])
}

fn line_of(field: &str, value: &FieldValue) -> String {
    let written = write(value);
    let space = if written.starts_with(['\n', '\r']) { "" } else { " " };
    format!("{}:{space}{written}", scalar(field, false))
}

fn write(value: &FieldValue) -> String {
    match value {
        FieldValue::Text(text) => scalar(text, false),
        FieldValue::Plain(text) | FieldValue::Yaml(text) => text.clone(),
        FieldValue::List(items) => {
            let items: Vec<String> = items.iter().map(|item| scalar(item, true)).collect();
            format!("[{}]", items.join(", "))
        }
    }
}

/// Writes a text so that YAML reads it as that text: plain where it can be, else in quotation marks.
fn scalar(text: &str, in_list: bool) -> String {
    let line = if in_list { format!("a: [{text}, b]") } else { format!("a: {text}") };
    let (root, problems) = yaml::parse("", &line, 0..line.len());
    let read = root
        .get("a")
        .map(|node| if in_list { node.items().first().cloned().unwrap_or(node.clone()) } else { node.clone() });
    let same = read.is_some_and(|node| node.value == Value::Text(text.to_owned()));
    let whole = !in_list || root.get("a").is_some_and(|node| node.items().len() == 2);
    if problems.is_empty()
        && same
        && whole
        && !text.contains(['\n', '\r', '#', '{', '}'])
        && !text.starts_with(['&', '*', '!'])
    {
        return text.to_owned();
    }
    quoted(text)
}

/// A double-quoted scalar: YAML 1.2.2, section 5.7.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => out.push_str(&format!("\\u{:04x}", c as u32)),
            _ if c.is_control() => out.push_str(&format!("\\u{:04x}", c as u32)),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}
