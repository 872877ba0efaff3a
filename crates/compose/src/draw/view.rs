//! Views, and the prose in the data of blocks.

use super::{Drawer, origin};
use crate::finding::Found;
use crate::query::Pick;
use crate::texts::Texts;
use crate::views::{Origin as ProseOrigin, Prose};
use chancery_markup::{Document, FileRef, Scope, View, Writer, write_blocks};

impl Drawer<'_> {
    /// Writes a view.
    pub(super) fn draw_view(&mut self, view: &View, scope: &Scope<'_>, out: &mut Writer) {
        let file = scope.document.file;
        let Some(drawn) = self.scene.views.get(&(file, view.span.start)).cloned() else {
            return self.missing_block(&format!("{{{}}}", view.name), out);
        };
        for finding in &drawn.drawn.findings {
            let whole = finding.span.is_empty() && finding.span.start == 0;
            let span = if whole { view.name_span.clone() } else { view.body.span_of(finding.span.clone()) };
            self.out.found.push(Found::new(file, span, finding.problem.clone()));
        }
        self.check_shown(&drawn.drawn.snippets, file, &view.span);
        if drawn.drawn.data.is_none() {
            return self.missing_block(&drawn.drawn.placeholder, out);
        }
        let place = origin(file, &view.span);
        out.within(&place, |out| {
            self.draw_data(drawn.drawn.block, drawn.json.clone(), &drawn.drawn.prose, Some((view, file)), out);
        });
    }

    /// Returns a piece of prose of a block's data; `view` is the view whose body it may stand in.
    pub(super) fn piece(&mut self, prose: &Prose, view: Option<(&View, FileRef)>) -> Writer {
        match prose {
            Prose::Inline { text, origin } => self.inline_piece(text, origin, view),
            Prose::Body(snippet) => {
                let parsed = self.texts.snippet(snippet);
                self.take_findings(&parsed.document);
                self.out.words += parsed.words;
                let pick = Pick { text: snippet.clone(), facts: snippet.clone() };
                let mut out = Writer::new();
                self.around(&pick, |drawer| {
                    write_blocks(&parsed.document.blocks, &Scope::of(&parsed.document), drawer, &mut out);
                });
                out
            }
            Prose::Runs(runs) => {
                let document = Document::default();
                let mut out = Writer::new();
                self.write_runs(runs, &origin(Texts::NOWHERE, &(0..0)), &Scope::of(&document), &mut out);
                out
            }
        }
    }

    fn inline_piece(&mut self, text: &str, origin: &ProseOrigin, view: Option<(&View, FileRef)>) -> Writer {
        match (origin, view) {
            (ProseOrigin::Snippet(snippet, span), _) => {
                let file = self.texts.file(&snippet.file);
                let document = self.line_of(text, span.start, file);
                let pick = Pick { text: snippet.clone(), facts: snippet.clone() };
                self.around(&pick, |drawer| drawer.written(&document))
            }
            (ProseOrigin::View(span), Some((view, file))) => {
                let quote = view.body.as_str().get(span.clone()).and_then(|written| written.find(text)).unwrap_or(0);
                let start = view.body.span_of(span.start + quote..span.end).start;
                let document = self.line_of(text, start, file);
                self.written(&document)
            }
            _ => {
                let document = self.line_of(text, 0, Texts::NOWHERE);
                self.written(&document)
            }
        }
    }
}
