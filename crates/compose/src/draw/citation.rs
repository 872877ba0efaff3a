//! Citations and references.

use super::{Drawer, origin};
use crate::cite::{self, Form, Position, Run, Target};
use crate::views::source_label;
use chancery_markup::{Citation, CiteForm, CiteItem, FileRef, Origin, Reference, Scope, Writer, write_inlines};
use chancery_model::{Problem, Snippet};

impl Drawer<'_> {
    /// Writes a citation; returns false where an `@word` is no source.
    pub(super) fn cite(&mut self, citation: &Citation, scope: &Scope<'_>, out: &mut Writer) -> bool {
        let place = origin(scope.document.file, &citation.span);
        match citation.form {
            CiteForm::Bracketed => self.bracketed(citation, scope, &place, out),
            CiteForm::InText => return self.in_text(citation, scope, &place, out),
        }
        true
    }

    fn bracketed(&mut self, citation: &Citation, scope: &Scope<'_>, place: &Origin, out: &mut Writer) {
        let (known, unknown): (Vec<&CiteItem>, Vec<&CiteItem>) =
            citation.items.iter().partition(|item| self.scene.citer.knows(&item.key));
        if !known.is_empty() {
            let items: Vec<cite::CiteItem> = known.iter().map(|item| self.cite_item(item, citation, scope)).collect();
            if self.scene.citer.is_note() && !scope.in_footnote {
                out.code("#footnote[");
                let inner = Scope { in_footnote: true, ..*scope };
                self.write_runs(&self.scene.citer.cite(&items, Form::Note), place, &inner, out);
                out.code("]");
            } else {
                self.write_runs(&self.scene.citer.cite(&items, Form::Inline), place, scope, out);
            }
        }
        for item in unknown {
            self.unknown_source(&item.key, scope.document.file, &item.key_span);
            self.missing(&format!("@{}", item.key), out);
        }
    }

    fn in_text(&mut self, citation: &Citation, scope: &Scope<'_>, place: &Origin, out: &mut Writer) -> bool {
        let Some(item) = citation.items.first().filter(|item| self.scene.citer.knows(&item.key)) else { return false };
        let item = self.cite_item(item, citation, scope);
        let parts = self.scene.citer.in_text(&item);
        self.write_runs(&parts.text, place, scope, out);
        match parts.note {
            Some(note) if !scope.in_footnote => {
                out.code("#footnote[");
                self.write_runs(&note, place, &Scope { in_footnote: true, ..*scope }, out);
                out.code("]");
            }
            Some(_) => {
                let rest = cite::CiteItem { suppress_author: true, ..item };
                out.plain(", ", None);
                self.write_runs(&self.scene.citer.cite(&[rest], Form::Inline), place, scope, out);
            }
            None => {}
        }
        true
    }

    fn cite_item(&self, item: &CiteItem, citation: &Citation, scope: &Scope<'_>) -> cite::CiteItem {
        let here = (scope.document.file, citation.span.start);
        let is_first = self.scene.first.get(&item.key) == Some(&here);
        cite::CiteItem {
            key: item.key.clone(),
            prefix: item.prefix.clone(),
            locator: (!item.locator.is_empty()).then(|| item.locator.clone()),
            suppress_author: item.suppress_author,
            position: if is_first { Position::First } else { Position::Later },
        }
    }

    /// Writes runs of a citation, which stand for `place`.
    pub(super) fn write_runs(&self, runs: &[Run], place: &Origin, scope: &Scope<'_>, out: &mut Writer) {
        for same in runs.chunk_by(|a, b| a.target == b.target) {
            let target = same.first().and_then(|run| run.target.as_ref()).filter(|_| !scope.in_link);
            let link = target.and_then(|target| self.link_code(target));
            link.iter().for_each(|link| out.code(link));
            same.iter().for_each(|run| write_run(run, place, out));
            link.iter().for_each(|_| out.code("]"));
        }
    }

    fn link_code(&self, target: &Target) -> Option<String> {
        let literal = chancery_markup::escape::string_literal;
        match target {
            Target::Url(url) => Some(format!("#link({})[", literal(url))),
            Target::Source(key) if self.scene.listed.contains(key) => {
                Some(format!("#link(label({}))[", literal(&source_label(key))))
            }
            Target::Source(_) => None,
        }
    }

    /// Finds the sources of a snippet that there are not.
    pub(super) fn check_sources(&mut self, snippet: &Snippet) {
        for source in snippet.sources.iter().filter(|source| !self.scene.citer.knows(&source.key)) {
            let file = self.texts.file(&snippet.file);
            self.unknown_source(&source.key, file, &source.span);
        }
    }

    fn unknown_source(&mut self, key: &str, file: FileRef, span: &std::ops::Range<usize>) {
        let problem = Problem::error("unknown-source", format!("there is no source `{key}`"));
        let problem = match self.scene.nearest_source(key) {
            Some(near) => problem.hint(format!("did you mean `{near}`?")),
            None => problem.hint("add it to the workspace's sources, or correct the key"),
        };
        self.find(file, span, problem);
    }

    /// Writes a reference: its text, a link where the snippet stands on these pages.
    pub(super) fn link_to(&mut self, reference: &Reference, scope: &Scope<'_>, out: &mut Writer) {
        let Some(snippet) = self.scene.snippet(&reference.target).cloned() else {
            self.unknown_snippet(&reference.target, scope.document.file, &reference.target_span);
            match &reference.text {
                Some(text) => write_inlines(text, scope, self, out),
                None => self.missing(&format!("[[{}]]", reference.target), out),
            }
            return;
        };
        self.check_marking(&snippet, scope.document.file, &reference.span);
        let pick = self.scene.pick(&snippet);
        let label = self.scene.label(pick.id()).filter(|_| !scope.in_link);
        if let Some(label) = &label {
            out.code("#link(label(");
            out.literal(label);
            out.code("))[");
        }
        let inner = Scope { in_link: scope.in_link || label.is_some(), ..*scope };
        match &reference.text {
            Some(text) => write_inlines(text, &inner, self, out),
            None => self.write_field(&pick.text, "title", &inner, out),
        }
        if label.is_some() {
            out.code("]");
        }
    }
}

fn write_run(run: &Run, place: &Origin, out: &mut Writer) {
    let style = run.style;
    let wraps = [
        (style.italic, "#emph["),
        (style.bold, "#strong["),
        (style.small_caps, "#smallcaps["),
        (style.superscript, "#super["),
        (style.subscript, "#sub["),
    ];
    let open: Vec<&str> = wraps.into_iter().filter(|(wanted, _)| *wanted).map(|(_, code)| code).collect();
    open.iter().for_each(|code| out.code(code));
    out.plain(&run.text, Some(place));
    open.iter().for_each(|_| out.code("]"));
}
