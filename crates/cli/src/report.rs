//! How findings reach the person at the terminal, or the program behind `--json`.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use chancery_model::{Place, Problem, Severity};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fs;
use std::io::{IsTerminal, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Where output goes, and in which form.
pub struct Report {
    json: bool,
    root: PathBuf,
    texts: HashMap<String, Option<String>>,
    renderer: Renderer,
    /// How many errors were shown.
    pub errors: usize,
    /// How many warnings were shown.
    pub warnings: usize,
}

impl Report {
    /// Returns a report; `root` is the folder that the problems’ files lie in.
    pub fn new(json: bool, root: &Path) -> Self {
        let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        Self { json, root: root.to_path_buf(), texts: HashMap::new(), renderer, errors: 0, warnings: 0 }
    }

    /// Shows problems, errors first within a file.
    pub fn problems(&mut self, problems: &[Problem]) {
        for problem in problems {
            self.problem(problem);
        }
    }

    /// Shows a problem: on standard error for people, as a line on standard output for programs.
    pub fn problem(&mut self, problem: &Problem) {
        match problem.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info => {}
        }
        if self.json {
            self.object("problem", serde_json::to_value(problem).unwrap_or_default());
        } else {
            let text = self.render(problem);
            eprintln!("{text}\n");
        }
    }

    /// Prints a line for people; programs get nothing.
    pub fn line(&self, text: impl AsRef<str>) {
        if !self.json {
            print_line(text.as_ref());
        }
    }

    /// Prints an object for programs; people get nothing.
    pub fn object(&self, kind: &str, value: Value) {
        if !self.json {
            return;
        }
        let mut object = json!({ "type": kind });
        if let (Some(object), Value::Object(fields)) = (object.as_object_mut(), value) {
            object.extend(fields);
        }
        print_line(&object.to_string());
    }

    fn render(&mut self, problem: &Problem) -> String {
        let level = match problem.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        };
        let title = level.primary_title(problem.message.clone()).id(problem.code.to_string());
        let place = problem.place.clone();
        let text = place.as_ref().and_then(|place| self.text(&place.file));
        let group = match (&place, &text) {
            (Some(place), Some(text)) if !text.is_empty() => {
                let snippet = Snippet::source(text.clone())
                    .path(place.file.clone())
                    .annotation(AnnotationKind::Primary.span(bytes(text, place)));
                Group::with_title(title).element(snippet)
            }
            (Some(place), _) => Group::with_title(title).element(
                annotate_snippets::Origin::path(place.file.clone())
                    .line(place.line as usize)
                    .char_column(place.column as usize),
            ),
            (None, _) => Group::with_title(title),
        };
        let group = match &problem.hint {
            Some(hint) => group.element(Level::HELP.message(hint.clone())),
            None => group,
        };
        self.renderer.render(&[group]).to_string()
    }

    /// Returns a file of the workspace, read once.
    fn text(&mut self, file: &str) -> Option<String> {
        let path = self.root.join(file);
        let read = || fs::read(path).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        self.texts.entry(file.to_owned()).or_insert_with(read).clone()
    }
}

/// Prints a line on standard output; a reader that went away, as `head` does, is no failure.
fn print_line(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Returns the bytes of a place; at least one character, so that there is something to point at.
fn bytes(text: &str, place: &Place) -> Range<usize> {
    let start = offset(text, place.line, place.column);
    let end = offset(text, place.end_line, place.end_column).max(start);
    let next = text[start..].chars().next().map_or(start, |letter| start + letter.len_utf8());
    start..end.max(next)
}

fn offset(text: &str, line: u32, column: u32) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1) as usize).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let mark = if rest.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let width = |letter: char| letter.len_utf8();
    start.min(text.len())
        + mark
        + rest[mark..].chars().take(column.saturating_sub(1) as usize).map(width).sum::<usize>()
}
