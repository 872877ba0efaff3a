//! YAML to [`Node`]s with their bytes in the text; small texts without aliases.

use chancery_model::{Node, Value};
use granit_parser::{Event, Options, Parser, ScalarStyle, Span};
use indexmap::IndexMap;
use std::ops::Range;

/// What is wrong with a text that is no YAML, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub span: Range<usize>,
    pub message: String,
}

/// A collection that is being read.
struct Open {
    start: usize,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Map(IndexMap<String, (Range<usize>, Node)>, Option<(String, Range<usize>)>),
}

/// Returns the value that a text spells, up to where it stops being YAML, and what is wrong with it.
pub(super) fn parse(text: &str) -> (Node, Vec<Fault>) {
    let mut reader = Reader { text, open: Vec::new(), root: None, faults: Vec::new() };
    let mut options = Options::default();
    options.emit_comments = false;
    for next in Parser::new_from_str_with_options(text, options) {
        match next {
            Ok((event, span)) => reader.take(event, span),
            Err(error) => {
                let at = text.floor_char_boundary(error.marker().byte_offset().unwrap_or(text.len()).min(text.len()));
                reader.faults.push(Fault { span: at..at, message: error.info().to_owned() });
                break;
            }
        }
    }
    reader.finish()
}

struct Reader<'a> {
    text: &'a str,
    open: Vec<Open>,
    root: Option<Node>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn take(&mut self, event: Event, span: Span) {
        let range = span.byte_range().unwrap_or(0..0);
        match event {
            Event::Scalar(text, style, ..) => {
                let end = range.start + self.text.get(range.clone()).unwrap_or_default().trim_end().len();
                self.put(Node { value: scalar(&text, style), span: range.start..end });
            }
            Event::SequenceStart(..) => self.open.push(Open { start: range.start, content: Content::List(Vec::new()) }),
            Event::MappingStart(..) => {
                self.open.push(Open { start: range.start, content: Content::Map(IndexMap::new(), None) });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range.end),
            Event::Alias(_) => {
                self.faults.push(Fault { span: range.clone(), message: "aliases are not supported here".to_owned() });
                self.put(Node { value: Value::Null, span: range });
            }
            _ => {}
        }
    }

    fn close(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        let value = match open.content {
            Content::List(items) => Value::List(items),
            Content::Map(entries, _) => Value::Map(entries),
        };
        self.put(Node { value, span: open.start..end.max(open.start) });
    }

    fn put(&mut self, node: Node) {
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        match &mut open.content {
            Content::List(items) => items.push(node),
            Content::Map(_, key @ None) => match node.text() {
                Some(text) => *key = Some((text, node.span)),
                None => *key = Some((String::new(), node.span)),
            },
            Content::Map(entries, key) => {
                let Some((name, span)) = key.take() else { return };
                if entries.contains_key(&name) {
                    self.faults.push(Fault { span, message: format!("`{name}` is there twice") });
                } else {
                    entries.insert(name, (span, node));
                }
            }
        }
    }

    fn finish(mut self) -> (Node, Vec<Fault>) {
        let end = self.text.len();
        while !self.open.is_empty() {
            if let Some(Open { content: Content::Map(_, key), .. }) = self.open.last_mut() {
                *key = None;
            }
            self.close(end);
        }
        (self.root.unwrap_or(Node { value: Value::Null, span: 0..0 }), self.faults)
    }
}

/// Resolves a scalar by the core schema of YAML 1.2.2, section 10.3, numbers as spelled.
fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::Text(text.to_owned());
    }
    match text {
        "" | "~" | "null" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if is_number(text) => Value::Number(text.to_owned()),
        _ => Value::Text(text.to_owned()),
    }
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
        && text.parse::<f64>().is_ok_and(f64::is_finite)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_places_and_spelling() {
        let text = "topics: [a, \"b c\"]\nlimit: 3.50\nweights:\n  gain: 2\n";
        let (node, faults) = parse(text);
        assert_eq!(faults, []);
        let topics = node.get("topics").expect("topics");
        assert_eq!(&text[topics.items()[1].span.clone()], "\"b c\"");
        assert_eq!(node.get("limit").and_then(Node::text).as_deref(), Some("3.50"));
        assert_eq!(node.get("weights").and_then(|w| w.get("gain")).and_then(Node::text).as_deref(), Some("2"));
    }

    #[test]
    fn what_stands_before_a_fault_is_kept() {
        let (node, faults) = parse("by: area\ntitle: \"open");
        assert_eq!(node.get("by").and_then(Node::text).as_deref(), Some("area"));
        assert_eq!(faults.len(), 1);
        let (_, faults) = parse("a: 1\na: 2\n");
        assert_eq!(faults[0].message, "`a` is there twice");
    }
}
