//! The options of a view, checked against what the view knows.

use super::option::{OptionForm, OptionSpec};
use chancery_model::{Date, Node, Problem, Value, YamlFault, YamlFaultKind, nearest, parse_yaml};
use indexmap::IndexMap;
use std::ops::Range;

/// A problem in a view, with its bytes in the view's body.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Bytes in the body; empty at 0 for what concerns the view as a whole.
    pub span: Range<usize>,
    /// The problem, without a place.
    pub problem: Problem,
}

/// A view's options as written, those with faults left out.
#[derive(Debug, Clone, Default)]
pub struct Body {
    options: IndexMap<String, Node>,
    spans: IndexMap<String, Range<usize>>,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

impl Body {
    /// Reads the body of a view that knows these options.
    pub fn parse(view: &str, text: &str, known: &[OptionSpec]) -> Self {
        let (node, faults) = parse_yaml(text, 0..text.len());
        let mut body = Self::default();
        body.findings.extend(faults.into_iter().map(bad_yaml));
        match node.value {
            Value::Map(entries) => {
                for (name, (span, value)) in entries {
                    body.take(view, name, span, value, known);
                }
            }
            Value::Null => {}
            _ => body.error(node.span, "bad-view", "a view holds options, one `option: value` a line", None),
        }
        body
    }

    fn take(&mut self, view: &str, name: String, span: Range<usize>, value: Node, known: &[OptionSpec]) {
        let Some(spec) = known.iter().find(|spec| spec.name == name) else {
            let all = || known.iter().map(|spec| format!("`{}`", spec.name)).collect::<Vec<_>>().join(", ");
            let hint = match nearest(&name, known.iter().map(|spec| spec.name)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it knows {}", all()),
            };
            return self.error(span, "unknown-option", format!("`{{{view}}}` knows no option `{name}`"), Some(hint));
        };
        if value.value == Value::Null {
            return;
        }
        if self.fits(spec, &value) {
            self.spans.insert(name.clone(), span);
            self.options.insert(name, value);
        }
    }

    /// Whether a value has the form that the option asks for.
    fn fits(&mut self, spec: &OptionSpec, value: &Node) -> bool {
        let text = value.text();
        let number = |node: &Node| node.text().and_then(|text| text.parse::<f64>().ok()).is_some_and(|n| n >= 0.0);
        let (fits, wanted) = match spec.form {
            OptionForm::Text | OptionForm::Markdown | OptionForm::Snippet => (text.is_some(), "text"),
            OptionForm::Texts | OptionForm::Snippets => {
                (value.items().iter().all(|item| item.text().is_some()) && !is_map(value), "text or a list")
            }
            OptionForm::Number => (number(value), "a number from 0"),
            OptionForm::Boolean => (yes(value).is_some(), "`true` or `false`"),
            OptionForm::Date => (
                text.as_ref().is_some_and(|text| text.parse::<Date>().is_ok()),
                "a date such as `2023`, `2023-07` or `2023-07-11`",
            ),
            OptionForm::Weights => (
                matches!(&value.value, Value::Map(entries) if entries.values().all(|(_, node)| number(node))),
                "a map of numbers, such as `{gain: 2, base: 1}`",
            ),
        };
        if !fits {
            self.error(value.span.clone(), "bad-option", format!("`{}` must be {wanted}", spec.name), None);
            return false;
        }
        let unknown = value.items().iter().filter_map(|item| Some((item, item.text()?)));
        let unknown: Vec<_> =
            unknown.filter(|(_, text)| !spec.choices.is_empty() && !spec.choices.contains(&text.as_str())).collect();
        for (item, text) in &unknown {
            let hint = match nearest(text, spec.choices.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("one of {}", spec.choices.join(", ")),
            };
            self.error(item.span.clone(), "bad-option", format!("`{}` cannot be `{text}`", spec.name), Some(hint));
        }
        unknown.is_empty()
    }

    /// Adds an error.
    pub fn error(&mut self, span: Range<usize>, code: &'static str, message: impl Into<String>, hint: Option<String>) {
        let problem = Problem::error(code, message);
        let problem = match hint {
            Some(hint) => problem.hint(hint),
            None => problem,
        };
        self.findings.push(Finding { span, problem });
    }

    /// Adds a warning.
    pub fn warning(
        &mut self,
        span: Range<usize>,
        code: &'static str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.findings.push(Finding { span, problem: Problem::warning(code, message).hint(hint) });
    }

    /// Returns an option's value.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.options.get(name)
    }

    /// Returns where an option's name stands; the start of the body where it has none.
    pub fn span(&self, name: &str) -> Range<usize> {
        self.spans.get(name).cloned().unwrap_or(0..0)
    }

    /// Returns an option's text.
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name)?.text()
    }

    /// Returns an option's texts with their places; empty where it is missing.
    pub fn texts(&self, name: &str) -> Vec<(String, Range<usize>)> {
        let items = self.get(name).map(Node::items).unwrap_or_default();
        items.iter().filter_map(|item| Some((item.text()?, item.span.clone()))).collect()
    }

    /// Returns an option's number.
    pub fn number(&self, name: &str) -> Option<f64> {
        self.text(name)?.parse().ok()
    }

    /// Returns an option's date.
    pub fn date(&self, name: &str) -> Option<Date> {
        self.text(name)?.parse().ok()
    }

    /// Returns an option's yes or no.
    pub fn flag(&self, name: &str) -> Option<bool> {
        yes(self.get(name)?)
    }

    /// Returns an option's numbers by name, with the names' places.
    pub fn weights(&self, name: &str) -> Vec<(String, Range<usize>, f64)> {
        match self.get(name).map(|node| &node.value) {
            Some(Value::Map(entries)) => entries
                .iter()
                .filter_map(|(key, (span, node))| Some((key.clone(), span.clone(), node.text()?.parse().ok()?)))
                .collect(),
            _ => Vec::new(),
        }
    }
}

fn bad_yaml(fault: YamlFault) -> Finding {
    let (what, hint) = match fault.kind {
        YamlFaultKind::Syntax { message, hint } => (message, hint),
        YamlFaultKind::Duplicate(name) => {
            (format!("`{name}` is there twice"), "keep one of the two; the first one counts")
        }
        YamlFaultKind::Name => ("an option’s name must be text".to_owned(), "write one `option: value` a line"),
        YamlFaultKind::SecondDocument => ("a second document begins".to_owned(), "remove the `---` or `...`"),
        YamlFaultKind::Aliases => ("its aliases grow without end".to_owned(), "write the values out"),
    };
    let problem = Problem::error("bad-view", format!("the view’s text is no valid YAML: {what}")).hint(hint);
    Finding { span: fault.span, problem }
}

fn is_map(node: &Node) -> bool {
    matches!(node.value, Value::Map(_))
}

fn yes(node: &Node) -> Option<bool> {
    match &node.value {
        Value::Bool(yes) => Some(*yes),
        Value::Text(text) => match text.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        _ => None,
    }
}
