//! YAML to [`Node`]s: every value with its bytes in the text, numbers as spelled, dates as text.
//!
//! Values resolve by the core schema of YAML 1.2.2, section 10.3. The events come from the parser that
//! serde-saphyr is built on: deserialising would lose places and spelling.

use crate::{Node, Value};
use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, Span};
use indexmap::IndexMap;
use indexmap::map::Entry;
use std::collections::HashMap;
use std::ops::Range;

/// How many values the aliases of one file may add: more is a bomb, not a briefing.
const ALIAS_BUDGET: usize = 10_000;

/// What is wrong with a text that is to be YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YamlFault {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// What it is.
    pub kind: YamlFaultKind,
}

/// A kind of [`YamlFault`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum YamlFaultKind {
    /// It is no YAML from here on.
    Syntax {
        /// What the parser says.
        message: String,
        /// What to do about it.
        hint: &'static str,
    },
    /// A field is there twice; the first one counts.
    Duplicate(String),
    /// A field's name is no text.
    Name,
    /// A second document begins; what follows is not read.
    SecondDocument,
    /// The values that aliases stand for are too many; what follows is not read.
    Aliases,
}

/// Parses the YAML in `range` of a text; places are those of the text.
///
/// What stands before a syntax error is kept. Empty YAML is [`Value::Null`].
pub fn parse_yaml(text: &str, range: Range<usize>) -> (Node, Vec<YamlFault>) {
    let mut builder = Builder::new(text, range.clone());
    let mut options = Options::default();
    options.emit_comments = false;
    for next in Parser::new_from_str_with_options(&text[range.clone()], options) {
        match next {
            Ok((event, span)) => {
                if !builder.take(event, span) {
                    break;
                }
            }
            Err(error) => {
                builder.syntax_error(&error);
                break;
            }
        }
    }
    builder.finish(range)
}

/// A collection that is being read.
struct Open {
    value: Value,
    start: usize,
    end: usize,
    anchor: usize,
    /// The key whose value comes next, and its bytes.
    key: Option<(String, Range<usize>)>,
    /// Whether the value that comes next has no place to go.
    dropped: bool,
}

struct Builder<'a> {
    text: &'a str,
    base: usize,
    stack: Vec<Open>,
    root: Option<Node>,
    anchors: HashMap<usize, Node>,
    budget: usize,
    documents: usize,
    faults: Vec<YamlFault>,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, range: Range<usize>) -> Self {
        Self {
            text,
            base: range.start,
            stack: Vec::new(),
            root: None,
            anchors: HashMap::new(),
            budget: ALIAS_BUDGET,
            documents: 0,
            faults: Vec::new(),
        }
    }

    /// Takes an event; false where the rest is not to be read.
    fn take(&mut self, event: Event, span: Span) -> bool {
        let range = self.bytes(span);
        match event {
            Event::DocumentStart(..) => return self.start_document(range),
            Event::Scalar(text, style, anchor, _) => {
                let node = Node { value: scalar(&text, style), span: self.trimmed(range, style) };
                self.anchor(anchor, &node);
                self.put(node);
            }
            Event::SequenceStart(_, anchor, _) => self.open(Value::List(Vec::new()), range, anchor),
            Event::MappingStart(_, anchor, _) => self.open(Value::Map(IndexMap::new()), range, anchor),
            Event::SequenceEnd | Event::MappingEnd => self.close(range),
            Event::Alias(id) => return self.alias(id, range),
            _ => {}
        }
        true
    }

    fn bytes(&self, span: Span) -> Range<usize> {
        let range = span.byte_range().unwrap_or(0..0);
        self.base + range.start..self.base + range.end.max(range.start)
    }

    /// A block scalar reaches to the next token: without the white space behind its last line.
    fn trimmed(&self, range: Range<usize>, style: ScalarStyle) -> Range<usize> {
        match style {
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let length = self.text[range.clone()].trim_end().len();
                range.start..range.start + length
            }
            _ => range,
        }
    }

    fn start_document(&mut self, range: Range<usize>) -> bool {
        self.documents += 1;
        if self.documents > 1 {
            self.fault(range, YamlFaultKind::SecondDocument);
        }
        self.documents == 1
    }

    fn anchor(&mut self, anchor: usize, node: &Node) {
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
    }

    fn alias(&mut self, id: usize, range: Range<usize>) -> bool {
        let mut node = match self.anchors.get(&id) {
            Some(node) => {
                let size = size(node);
                if size > self.budget {
                    self.fault(range, YamlFaultKind::Aliases);
                    return false;
                }
                self.budget -= size;
                node.clone()
            }
            // An alias inside of the value that it names.
            None => Node { value: Value::Null, span: range.clone() },
        };
        node.span = range;
        self.put(node);
        true
    }

    fn open(&mut self, value: Value, range: Range<usize>, anchor: usize) {
        self.stack.push(Open { value, start: range.start, end: range.start, anchor, key: None, dropped: false });
    }

    fn close(&mut self, range: Range<usize>) {
        let Some(open) = self.stack.pop() else { return };
        let end = open.end.max(if range.is_empty() { 0 } else { range.end });
        let node = Node { value: open.value, span: open.start..end.max(open.start) };
        self.anchor(open.anchor, &node);
        self.put(node);
    }

    fn put(&mut self, node: Node) {
        let Some(open) = self.stack.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        open.end = open.end.max(node.span.end);
        match &mut open.value {
            Value::List(items) => items.push(node),
            Value::Map(entries) => {
                if std::mem::take(&mut open.dropped) {
                    return;
                }
                let Some((key, span)) = open.key.take() else {
                    match node.text() {
                        Some(key) => open.key = Some((key, node.span)),
                        None => {
                            open.dropped = true;
                            self.fault(node.span, YamlFaultKind::Name);
                        }
                    }
                    return;
                };
                match entries.entry(key) {
                    Entry::Vacant(entry) => {
                        entry.insert((span, node));
                    }
                    Entry::Occupied(entry) => {
                        let kind = YamlFaultKind::Duplicate(entry.key().clone());
                        self.fault(span, kind);
                    }
                }
            }
            _ => {}
        }
    }

    fn syntax_error(&mut self, error: &ScanError) {
        let at = self.base + error.marker().byte_offset().unwrap_or(0);
        let at = self.text.floor_char_boundary(at.min(self.text.len()));
        let end = self.text[at..].chars().next().filter(|c| *c != '\n' && *c != '\r').map_or(at, |c| at + c.len_utf8());
        let message = error.info().to_owned();
        let hint = hint(error.kind(), &message);
        self.fault(at..end, YamlFaultKind::Syntax { message, hint });
    }

    fn fault(&mut self, span: Range<usize>, kind: YamlFaultKind) {
        self.faults.push(YamlFault { span, kind });
    }

    /// Closes what a syntax error left open.
    fn finish(mut self, range: Range<usize>) -> (Node, Vec<YamlFault>) {
        while let Some(open) = self.stack.last_mut() {
            open.key = None;
            open.dropped = false;
            let end = open.end;
            let Some(open) = self.stack.pop() else { break };
            let node = Node { value: open.value, span: open.start..end.max(open.start) };
            match self.stack.last_mut() {
                // The value belongs to a key that was read.
                Some(_) => self.put(node),
                None => self.root = Some(node),
            }
        }
        (self.root.unwrap_or(Node { value: Value::Null, span: range.start..range.start }), self.faults)
    }
}

fn size(node: &Node) -> usize {
    1 + match &node.value {
        Value::List(items) => items.iter().map(size).sum(),
        Value::Map(entries) => entries.values().map(|(_, node)| size(node)).sum(),
        _ => 0,
    }
}

fn hint(kind: &ErrorKind, info: &str) -> &'static str {
    match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInIndentation => "indent with spaces: YAML allows no tabs there",
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::DocumentIndicatorInQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent => "close the quotation mark",
        ErrorKind::UnknownAnchor => "put text that starts with `*` or `&` into \"quotation marks\"",
        ErrorKind::UnexpectedCharacter { .. } => "remove the character, or put the text into \"quotation marks\"",
        // Some of the parser's errors about tabs have no kind of their own.
        _ if info.contains("tab") => "indent with spaces: YAML allows no tabs there",
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::MismatchedFlowCollectionEnd { .. }
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::ExpectedFlowMappingSeparator => "close the bracket, and put commas between the entries",
        _ => "put text that holds `: `, `#`, `[` or a quotation mark into \"quotation marks\"",
    }
}

/// Resolves a scalar: quoted and block ones are text, plain ones follow the core schema.
fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::Text(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if is_number(text) => Value::Number(text.to_owned()),
        _ => Value::Text(text.to_owned()),
    }
}

/// Whether a plain scalar is a decimal integer or a float of the core schema.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_fits = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    exponent_fits && digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_places_and_spelling() {
        let text = "topics: [a, \"b c\"]\nlimit: 3.50\nweights:\n  gain: 2\n";
        let (node, faults) = parse_yaml(text, 0..text.len());
        assert_eq!(faults, []);
        let topics = node.get("topics").expect("topics");
        assert_eq!(&text[topics.items()[1].span.clone()], "\"b c\"");
        assert_eq!(node.get("limit").and_then(Node::text).as_deref(), Some("3.50"));
        assert_eq!(node.get("weights").and_then(|w| w.get("gain")).and_then(Node::text).as_deref(), Some("2"));
    }

    #[test]
    fn what_stands_before_a_fault_is_kept() {
        let text = "by: area\ntitle: \"open";
        let (node, faults) = parse_yaml(text, 0..text.len());
        assert_eq!(node.get("by").and_then(Node::text).as_deref(), Some("area"));
        assert!(matches!(faults.as_slice(), [YamlFault { kind: YamlFaultKind::Syntax { .. }, .. }]));
        let (_, faults) = parse_yaml("a: 1\na: 2\n", 0..10);
        assert_eq!(faults, [YamlFault { span: 5..6, kind: YamlFaultKind::Duplicate("a".to_owned()) }]);
    }

    #[test]
    fn aliases_that_grow_without_end_stop_the_reading() {
        let mut text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for (name, before) in ["b", "c", "d", "e", "f"].iter().zip(["a", "b", "c", "d", "e"]) {
            let aliases = vec![format!("*{before}"); 10].join(", ");
            text.push_str(&format!("{name}: &{name} [{aliases}]\n"));
        }
        let (node, faults) = parse_yaml(&text, 0..text.len());
        assert_eq!(faults.last().map(|fault| &fault.kind), Some(&YamlFaultKind::Aliases));
        assert!(node.get("a").is_some());
    }
}
