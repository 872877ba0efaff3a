//! Front matter by field: typed readers that report what does not fit.

use chancery_model::{Date, Node, Problem, SourceRef, Value, nearest};
use indexmap::IndexMap;
use std::ops::Range;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Returns an id as it is compared: in normalisation form C, whatever the file system or keyboard made of it.
pub fn normalise_id(id: &str) -> String {
    let id = id.trim();
    if is_nfc(id) { id.to_owned() } else { id.nfc().collect() }
}

/// The front matter of one file, and what is wrong with it.
pub(crate) struct Fields<'a> {
    pub(crate) file: &'a str,
    pub(crate) text: &'a str,
    pub(crate) entries: IndexMap<String, (Range<usize>, Node)>,
    pub(crate) problems: Vec<Problem>,
}

impl<'a> Fields<'a> {
    /// Parses the YAML in `yaml`.
    pub(crate) fn parse(file: &'a str, text: &'a str, yaml: Range<usize>) -> Self {
        let (node, mut problems) = crate::yaml::parse(file, text, yaml);
        let entries = match node.value {
            Value::Map(entries) => entries,
            Value::Null => IndexMap::new(),
            _ => {
                if problems.is_empty() {
                    let problem = Problem::error("yaml", "front matter consists of fields such as `title: …`")
                        .hint("write one `name: value` a line");
                    problems.push(problem.at(file, text, node.span));
                }
                IndexMap::new()
            }
        };
        Self { file, text, entries, problems }
    }

    /// Whether something is wrong with the YAML itself, so that a missing field may only not have been read.
    pub(crate) fn is_broken(&self) -> bool {
        self.problems.iter().any(|problem| problem.code == "yaml")
    }

    /// Adds a problem at a place of the file.
    pub(crate) fn report(&mut self, problem: Problem, span: Range<usize>) {
        self.problems.push(problem.at(self.file, self.text, span));
    }

    /// Returns a field's value; nothing and an empty field are the same.
    pub(crate) fn node(&self, name: &str) -> Option<Node> {
        self.entries.get(name).map(|(_, node)| node.clone()).filter(|node| node.value != Value::Null)
    }

    /// Reads a field as one line of text.
    pub(crate) fn one_text(&mut self, name: &str) -> Option<String> {
        let node = self.node(name)?;
        let text = node.text();
        if text.is_none() {
            let problem = Problem::error("wrong-type", format!("`{name}` is one text, not {}", form_of(&node)))
                .hint(format!("write `{name}: …` on one line"));
            self.report(problem, node.span);
        }
        text.filter(|text| !text.trim().is_empty())
    }

    /// Reads a field as a list of texts; a single text counts as a list of one.
    pub(crate) fn texts(&mut self, name: &str) -> Vec<String> {
        self.text_nodes(name).into_iter().map(|(text, _)| text).collect()
    }

    /// Reads a field as a list of texts with their bytes.
    pub(crate) fn text_nodes(&mut self, name: &str) -> Vec<(String, Range<usize>)> {
        let Some(node) = self.node(name) else { return Vec::new() };
        let mut texts = Vec::new();
        for item in node.items() {
            match item.text() {
                Some(text) => texts.push((text, item.span.clone())),
                None if item.value == Value::Null => {}
                None => {
                    let problem =
                        Problem::error("wrong-type", format!("`{name}` is a list of texts, not of {}", form_of(item)))
                            .hint(format!("write `{name}: [one, two]`"));
                    self.report(problem, item.span.clone());
                }
            }
        }
        texts
    }

    /// Reads a field as ids of snippets, and normalises them in place.
    pub(crate) fn ids(&mut self, name: &str) -> Vec<String> {
        let ids = self.texts(name).iter().map(|id| normalise_id(id)).collect();
        if let Some((_, node)) = self.entries.get_mut(name) {
            normalise_texts(node);
        }
        ids
    }

    /// Reads a field as a date.
    pub(crate) fn date(&mut self, name: &str) -> Option<Date> {
        let text = self.one_text(name)?;
        match text.parse() {
            Ok(date) => Some(date),
            Err(error) => {
                let problem = Problem::error("bad-date", format!("`{name}`: {error}")).hint(
                    "write 2023, 2023-07, 2023-07-11, 2017/2022 or 2021/.., with ~ (about) or ? (uncertain) behind",
                );
                self.report_at_value(name, problem);
                None
            }
        }
    }

    /// Reports a field that is no number.
    pub(crate) fn check_number(&mut self, name: &str) {
        let Some(text) = self.one_text(name) else { return };
        if text.replace(['_', ' '], "").parse::<f64>().is_ok_and(f64::is_finite) {
            return;
        }
        let problem = Problem::error("bad-number", format!("`{name}` is a number, not `{}`", excerpt(&text)))
            .hint("write digits with a decimal point, such as 12.4; a unit goes into `unit`");
        self.report_at_value(name, problem);
    }

    /// Makes a field true or false where it is yes or no, and reports what is neither.
    pub(crate) fn check_boolean(&mut self, name: &str) {
        let Some(node) = self.node(name) else { return };
        let value = match node.text().unwrap_or_default().to_lowercase().as_str() {
            "true" | "yes" | "on" => true,
            "false" | "no" | "off" => false,
            _ => {
                let problem = Problem::error("wrong-type", format!("`{name}` is yes or no"));
                return self.report(problem.hint(format!("write `{name}: yes` or `{name}: no`")), node.span);
            }
        };
        if let Some((_, node)) = self.entries.get_mut(name) {
            node.value = Value::Bool(value);
        }
    }

    /// Reads a field as one of the names allowed.
    pub(crate) fn choice(&mut self, name: &str, choices: &[&str]) -> Option<String> {
        let text = self.one_text(name)?;
        let choice = text.trim().to_lowercase();
        if choices.contains(&choice.as_str()) {
            return Some(choice);
        }
        let hint = match nearest(&choice, choices.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write one of: {}", choices.join(", ")),
        };
        let problem = Problem::error("bad-choice", format!("`{name}` cannot be `{}`", excerpt(&text))).hint(hint);
        self.report_at_value(name, problem);
        None
    }

    /// Reads `sources`: a source's key and locator, or a list of them.
    pub(crate) fn sources(&mut self, name: &str) -> Vec<SourceRef> {
        let mut sources = Vec::new();
        for (text, span) in self.text_nodes(name) {
            let (key, locator) = text.split_once(',').map_or((text.as_str(), None), |(k, l)| (k, Some(l.trim())));
            let key = key.trim().trim_start_matches('@');
            if key.is_empty() || key.contains(char::is_whitespace) {
                let problem =
                    Problem::error("bad-source", format!("`{}` does not start with a source's key", excerpt(&text)))
                        .hint("write \"key, p. 4\": the key of an entry, a comma, and where in the source");
                self.report(problem, span);
                continue;
            }
            let locator = locator.filter(|locator| !locator.is_empty()).map(str::to_owned);
            sources.push(SourceRef { key: key.to_owned(), locator, span });
        }
        sources
    }

    /// Adds a problem at a field's value.
    pub(crate) fn report_at_value(&mut self, name: &str, problem: Problem) {
        if let Some(span) = self.entries.get(name).map(|(_, node)| node.span.clone()) {
            self.report(problem, span);
        }
    }

    /// Reports unknown fields that one letter or two make a known one.
    pub(crate) fn check_names(&mut self, known: &[&str]) {
        const FOREIGN: [&str; 6] = ["tags", "aliases", "cssclasses", "tag", "alias", "cssclass"];
        let unknown = self
            .entries
            .iter()
            .filter(|(name, _)| !known.contains(&name.as_str()) && !FOREIGN.contains(&name.as_str()));
        let near: Vec<_> = unknown
            .filter_map(|(name, (span, _))| Some((name.clone(), nearest_field(name, known)?.to_owned(), span.clone())))
            .collect();
        for (name, near, span) in near {
            let problem = Problem::warning("unknown-field", format!("there is no field `{}`", excerpt(&name)));
            self.report(problem.hint(format!("did you mean `{near}`?")), span);
        }
    }
}

/// Normalises the texts of ids in place.
fn normalise_texts(node: &mut Node) {
    match &mut node.value {
        Value::Text(text) => *text = normalise_id(text),
        Value::List(items) => items.iter_mut().for_each(normalise_texts),
        _ => {}
    }
}

/// The known field that one letter or two make of `name`: one in a short name, two in a long one.
fn nearest_field<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let length = name.chars().count();
    let near = nearest(name, known.iter().copied().filter(|known| known.chars().count().abs_diff(length) <= 2))?;
    (length <= 8 || nearest(&cut(name), [cut(near).as_str()]).is_some()).then_some(near)
}

/// The first eight letters: `nearest` allows a third of a word to differ, which is two of eight.
fn cut(name: &str) -> String {
    name.chars().take(8).collect()
}

/// Says what a value is.
pub(crate) fn form_of(node: &Node) -> &'static str {
    match node.value {
        Value::Null => "nothing",
        Value::Bool(_) => "yes or no",
        Value::Number(_) => "a number",
        Value::Text(_) => "text",
        Value::List(_) => "a list",
        Value::Map(_) => "a map",
    }
}

/// Returns the beginning of a text, for messages.
pub(crate) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
