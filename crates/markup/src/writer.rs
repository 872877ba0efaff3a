//! Typst in the making.

use crate::escape::{Before, push_in_markup, push_in_string};
use crate::origin::{FileRef, Origin, Run, Text};
use crate::source_map::SourceMap;

/// Typst markup and where it comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typst {
    /// The Typst.
    pub code: String,
    /// What each piece of it was made from.
    pub map: SourceMap,
}

/// Collects Typst and its source map.
///
/// Generated code goes in through [`Writer::code`], an analyst's text through [`Writer::text`] (in markup) and
/// [`Writer::string`] (in code). The writer ends an embedded expression with `;` where the text that follows would
/// otherwise continue it.
#[derive(Debug, Clone, Default)]
pub struct Writer {
    code: String,
    map: SourceMap,
    region: Option<u32>,
    /// Whether the last piece was generated code, which text may have to be kept apart from.
    after_code: bool,
}

impl Writer {
    /// Returns an empty writer.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends generated Typst as it is. Never an analyst's text.
    pub fn code(&mut self, code: &str) {
        if !code.is_empty() {
            self.code.push_str(code);
            self.after_code = true;
        }
    }

    /// Appends an analyst's text to markup, escaped.
    pub fn text(&mut self, text: &Text, file: FileRef) {
        // Text right behind text: the two could make one of Typst's signs together.
        let last = if self.after_code { None } else { self.code.chars().next_back() };
        self.part_from_code(text.as_str());
        let mut before = Before::after(last);
        self.mapped(text, file, |c, next, out| push_in_markup(c, next, &mut before, out));
    }

    /// Appends text that stands in no file, or as a whole for `origin`, to markup, escaped.
    pub fn plain(&mut self, text: &str, origin: Option<&Origin>) {
        match origin {
            Some(origin) => self.text(&Text::whole(text, origin.span.clone()), origin.file),
            None => self.text(&Text::new(text.to_owned(), Vec::new()), FileRef::default()),
        }
    }

    /// Appends an analyst's text to code: a string literal.
    pub fn string(&mut self, text: &Text, file: FileRef) {
        self.code("\"");
        self.mapped(text, file, |c, _, out| push_in_string(c, out));
        self.code("\"");
    }

    /// Appends a value that stands in no file to code: a string literal.
    pub fn literal(&mut self, text: &str) {
        let literal = crate::escape::string_literal(text);
        self.code(&literal);
    }

    /// Appends what `write` appends, as made from `origin`.
    pub fn within<T>(&mut self, origin: &Origin, write: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.region;
        let region = self.map.open(self.code.len(), origin, outer);
        self.region = Some(region);
        let result = write(self);
        self.map.close(region, self.code.len());
        self.region = outer;
        result
    }

    /// Appends what another writer holds.
    pub fn append(&mut self, other: Writer) {
        if other.code.is_empty() {
            return;
        }
        if !other.code.starts_with('#') {
            self.part_from_code(&other.code);
        }
        self.map.append(other.map, self.code.len(), self.region);
        self.code.push_str(&other.code);
        self.after_code = other.after_code;
    }

    /// Whether nothing has been written.
    pub fn is_empty(&self) -> bool {
        self.code.is_empty()
    }

    /// Returns what has been written so far.
    pub fn as_str(&self) -> &str {
        &self.code
    }

    /// Returns the Typst and its map.
    pub fn finish(self) -> Typst {
        Typst { code: self.code, map: self.map }
    }

    /// Ends the embedded expression before `text` where that would go on with it.
    fn part_from_code(&mut self, text: &str) {
        if !std::mem::take(&mut self.after_code) || self.code.ends_with(['[', ';', ' ', '\n']) {
            return;
        }
        let mut chars = text.chars();
        let goes_on = match chars.next() {
            Some('(' | ';') => true,
            Some('.') => chars.next().is_none_or(|c| c.is_alphanumeric() || c == '_'),
            Some(c) => !c.is_whitespace() && !self.code.ends_with([')', ']', '"']),
            None => false,
        };
        if goes_on {
            self.code.push(';');
        }
    }

    /// Appends the characters of `text` as `push` writes them, run by run.
    fn mapped(&mut self, text: &Text, file: FileRef, mut push: impl FnMut(char, Option<char>, &mut String)) {
        let value = text.as_str();
        let mut runs = text.runs().iter();
        let mut run: Option<&Run> = runs.next();
        let mut chars = value.char_indices().peekable();
        self.code.reserve(value.len());
        while let Some((at, c)) = chars.next() {
            while run.is_some_and(|run| run.text.end <= at) {
                run = runs.next();
            }
            let start = self.code.len();
            push(c, chars.peek().map(|(_, next)| *next), &mut self.code);
            if let Some(run) = run.filter(|run| run.text.start <= at) {
                let src = run.file_of(at..at + c.len_utf8());
                self.map.push_piece(start..self.code.len(), file, src);
            }
        }
        if !value.is_empty() {
            self.after_code = false;
        }
    }
}
