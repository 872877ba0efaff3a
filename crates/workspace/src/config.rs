//! Reading `chancery.toml`.

use crate::briefing::is_exact_version;
use crate::fields::excerpt;
use chancery_model::{Config, MarkingScheme, Node, PackRef, Problem, Value, nearest};
use indexmap::IndexMap;
use std::ops::Range;
use toml_edit::{Document, Item, TableLike, Value as Toml};

/// The file that makes a folder a workspace.
pub const CONFIG_FILE: &str = "chancery.toml";

const TABLES: [&str; 3] = ["workspace", "marking", "settings"];
const WORKSPACE_KEYS: [&str; 6] = ["name", "language", "template", "sources", "csl", "system-fonts"];
const MARKING_KEYS: [&str; 3] = ["scheme", "default", "levels"];

/// A name in a configuration and the bytes of its value.
pub(crate) type Spanned<T> = (T, Range<usize>);

/// What `chancery.toml` says, with the places that later checks need.
#[derive(Debug, Clone, Default)]
pub(crate) struct Read {
    pub(crate) config: Config,
    /// Bibliography files with the bytes that name them.
    pub(crate) sources: Vec<Spanned<String>>,
    /// The style file, where the style is one.
    pub(crate) csl_file: Option<Spanned<String>>,
    pub(crate) problems: Vec<Problem>,
}

/// Reads the contents of `chancery.toml`; what it does not say keeps its default.
pub fn parse_config(text: &str) -> (Config, Vec<Problem>) {
    let read = read(text);
    (read.config, read.problems)
}

pub(crate) fn read(text: &str) -> Read {
    // Places do not count a byte order mark, so that all of them are those of the text behind it.
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = Reader { text, read: Read::default() };
    match Document::parse(text) {
        Ok(document) => {
            reader.document(document.as_table());
        }
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            let problem = Problem::error("toml", format!("no valid TOML: {}", first_line(error.message())));
            reader.report(problem.hint("put texts into \"quotation marks\" and one `name = value` on a line"), span);
        }
    }
    reader.read
}

fn first_line(message: &str) -> String {
    message.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}

struct Reader<'a> {
    text: &'a str,
    read: Read,
}

impl Reader<'_> {
    fn report(&mut self, problem: Problem, span: Range<usize>) {
        self.read.problems.push(problem.at(CONFIG_FILE, self.text, span));
    }

    fn document(&mut self, root: &dyn TableLike) {
        self.check_keys(root, &TABLES);
        match root.get("workspace").and_then(Item::as_table_like) {
            Some(table) => self.workspace(table),
            None => {
                let problem = Problem::warning("missing-field", "the workspace has no name");
                self.report(problem.hint("write `[workspace]` and below it `name = \"…\"`"), 0..0);
            }
        }
        if let Some(table) = root.get("marking").and_then(Item::as_table_like) {
            self.marking(table);
        }
        if let Some(table) = root.get("settings").and_then(Item::as_table_like) {
            self.read.config.settings =
                table.iter().map(|(name, item)| (name.to_owned(), node(self.text, item))).collect();
        }
    }

    fn check_keys(&mut self, table: &dyn TableLike, known: &[&str]) {
        for (name, item) in table.iter() {
            if known.contains(&name) {
                continue;
            }
            let span = table.key(name).and_then(toml_edit::Key::span).or_else(|| item.span()).unwrap_or(0..0);
            let hint = match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known here: {}", known.join(", ")),
            };
            self.report(Problem::warning("unknown-field", format!("there is no `{}`", excerpt(name))).hint(hint), span);
        }
    }

    fn text(&mut self, table: &dyn TableLike, name: &str) -> Option<Spanned<String>> {
        let item = table.get(name)?;
        let span = item.span().unwrap_or(0..0);
        match item.as_str() {
            Some(text) => Some((text.to_owned(), span)),
            None => {
                let problem = Problem::error("wrong-type", format!("`{name}` is a text"));
                self.report(problem.hint(format!("write `{name} = \"…\"`")), span);
                None
            }
        }
    }

    fn texts(&mut self, table: &dyn TableLike, name: &str) -> Vec<Spanned<String>> {
        let Some(item) = table.get(name) else { return Vec::new() };
        let whole = item.span().unwrap_or(0..0);
        let Some(array) = item.as_array() else {
            if item.is_str() {
                return self.text(table, name).into_iter().collect();
            }
            let problem = Problem::error("wrong-type", format!("`{name}` is a list of texts"));
            self.report(problem.hint(format!("write `{name} = [\"…\"]`")), whole);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for value in array {
            let span = value.span().unwrap_or(whole.clone());
            match value.as_str() {
                Some(text) => texts.push((text.to_owned(), span)),
                None => {
                    let problem = Problem::error("wrong-type", format!("`{name}` is a list of texts"));
                    self.report(problem.hint("put each one into \"quotation marks\""), span);
                }
            }
        }
        texts
    }

    fn workspace(&mut self, table: &dyn TableLike) {
        self.check_keys(table, &WORKSPACE_KEYS);
        if let Some((name, _)) = self.text(table, "name") {
            self.read.config.name = name;
        }
        if let Some((language, span)) = self.text(table, "language") {
            self.language(language, span);
        }
        if let Some((template, span)) = self.text(table, "template") {
            let pack = PackRef::parse(&template, span.clone());
            if pack.version.as_deref().is_some_and(|version| !is_exact_version(version)) {
                let problem = Problem::error("bad-version", format!("`{}` names no exact version", excerpt(&template)));
                self.report(problem.hint("write three numbers behind the `@`, such as policy-brief@1.0.0"), span);
            }
            self.read.config.template = Some(pack);
        }
        for (source, span) in self.texts(table, "sources") {
            if let Some(source) = self.inside(source, span.clone()) {
                self.read.config.sources.push(source.clone());
                self.read.sources.push((source, span));
            }
        }
        if let Some((csl, span)) = self.text(table, "csl") {
            self.style(csl, span);
        }
        if let Some(item) = table.get("system-fonts") {
            match item.as_bool() {
                Some(yes) => self.read.config.system_fonts = yes,
                None => {
                    let problem = Problem::error("wrong-type", "`system-fonts` is true or false")
                        .hint("write `system-fonts = true`, without quotation marks");
                    self.report(problem, item.span().unwrap_or(0..0));
                }
            }
        }
    }

    fn language(&mut self, language: String, span: Range<usize>) {
        let subtag = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        if language.split('-').all(subtag) && language.split('-').next().is_some_and(|first| first.len() >= 2) {
            self.read.config.language = language;
        } else {
            let problem = Problem::error("bad-language", format!("`{}` is no language tag", excerpt(&language)));
            self.report(problem.hint("write a BCP 47 tag such as \"en\", \"en-GB\" or \"ko\""), span);
        }
    }

    fn style(&mut self, csl: String, span: Range<usize>) {
        if !csl.ends_with(".csl") {
            self.read.config.csl = csl;
            return;
        }
        if let Some(file) = self.inside(csl, span.clone()) {
            self.read.config.csl.clone_from(&file);
            self.read.csl_file = Some((file, span));
        }
    }

    /// Returns a path with `/` that stays inside of the workspace.
    fn inside(&mut self, path: String, span: Range<usize>) -> Option<String> {
        let clean = crate::paths::inside(&path);
        if clean.is_none() {
            let problem =
                Problem::error("outside-workspace", format!("`{}` lies outside of the workspace", excerpt(&path)));
            self.report(problem.hint("name a file in the workspace's folder"), span);
        }
        clean
    }

    fn marking(&mut self, table: &dyn TableLike) {
        self.check_keys(table, &MARKING_KEYS);
        let levels: Vec<String> = self.texts(table, "levels").into_iter().map(|(level, _)| level).collect();
        let scheme = self.text(table, "scheme").unwrap_or(("tlp".to_owned(), 0..0));
        match MarkingScheme::new(&scheme.0, &levels) {
            Ok(made) => self.read.config.marking = made,
            Err(error) => {
                let problem = Problem::error("bad-marking", error.to_string());
                self.report(problem.hint("write `scheme = \"tlp\"`, \"nato\", or \"custom\" with `levels`"), scheme.1);
            }
        }
        let Some((default, span)) = self.text(table, "default") else { return };
        let levels = &self.read.config.marking.levels;
        match levels.iter().find(|level| level.eq_ignore_ascii_case(&default)).cloned() {
            Some(level) => self.read.config.default_marking = Some(level),
            None => {
                let hint = format!("the levels are {}", levels.join(", "));
                let problem =
                    Problem::error("unknown-marking", format!("the scheme has no marking `{}`", excerpt(&default)));
                self.report(problem.hint(hint), span);
            }
        }
    }
}

/// A TOML value as front matter has it, so that a pack's settings read alike from both.
fn node(text: &str, item: &Item) -> Node {
    let span = item.span().unwrap_or(0..0);
    let value = match item {
        Item::Value(value) => return scalar(text, value),
        Item::Table(table) => map(text, table),
        Item::ArrayOfTables(tables) => Value::List(
            tables.iter().map(|table| Node { value: map(text, table), span: table.span().unwrap_or(0..0) }).collect(),
        ),
        Item::None => Value::Null,
    };
    Node { value, span }
}

fn map(text: &str, table: &dyn TableLike) -> Value {
    let entries = table.iter().map(|(name, item)| {
        let key = table.key(name).and_then(toml_edit::Key::span).unwrap_or(0..0);
        (name.to_owned(), (key, node(text, item)))
    });
    Value::Map(entries.collect::<IndexMap<_, _>>())
}

fn scalar(text: &str, value: &Toml) -> Node {
    let span = value.span().unwrap_or(0..0);
    let spelled = || text.get(span.clone()).unwrap_or_default().to_owned();
    let value = match value {
        Toml::String(text) => Value::Text(text.value().clone()),
        Toml::Boolean(yes) => Value::Bool(*yes.value()),
        Toml::Integer(_) | Toml::Float(_) => Value::Number(spelled()),
        Toml::Datetime(date) => Value::Text(date.value().to_string()),
        Toml::Array(items) => Value::List(items.iter().map(|item| scalar(text, item)).collect()),
        Toml::InlineTable(table) => map(text, table),
    };
    Node { value, span }
}

/// Returns the text of a `chancery.toml` that names one more bibliography; unchanged where it is no TOML.
pub fn add_source_file(text: &str, file: &str) -> String {
    let Ok(mut document) = text.parse::<toml_edit::DocumentMut>() else { return text.to_owned() };
    let sources = &mut document["workspace"]["sources"];
    if let Some(list) = sources.as_array_mut() {
        list.push(file);
    } else {
        *sources = toml_edit::value(toml_edit::Array::from_iter([file]));
    }
    document.to_string()
}
