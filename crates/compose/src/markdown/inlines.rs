//! Inlines as Markdown.

use super::{Markdown, escape, writer::one_line};
use crate::cite::{self, Form, Position, Run, Target};
use crate::draw::locate_picture;
use crate::field::{self, FieldValue};
use crate::query::Pick;
use crate::views::Prose;
use chancery_markup::{
    Citation, CiteForm, CiteItem, Document, EmbedCall, Field, FootnoteUse, Inline, InlineKind, Picture, Reference,
};

/// How deep footnotes may stand in footnotes.
const NOTES_DEEP: usize = 4;

impl Markdown<'_> {
    pub(super) fn inlines(&mut self, inlines: &[Inline], document: &Document) -> String {
        let mut out = String::new();
        for inline in inlines {
            let written = self.inline(inline, document);
            if written.starts_with("[^") {
                // The mark of a note stands at the word before it.
                out.truncate(out.trim_end().len());
            }
            out.push_str(&written);
        }
        out
    }

    fn inline(&mut self, inline: &Inline, document: &Document) -> String {
        match &inline.kind {
            InlineKind::Text(text) => escape::text(text.as_str()),
            InlineKind::SoftBreak => "\n".to_owned(),
            InlineKind::HardBreak => "\\\n".to_owned(),
            InlineKind::Code(text) | InlineKind::Html(text) => escape::code(text.as_str()),
            InlineKind::Emph(content) => format!("*{}*", self.inlines(content, document)),
            InlineKind::Strong(content) => format!("**{}**", self.inlines(content, document)),
            InlineKind::Strike(content) => format!("~~{}~~", self.inlines(content, document)),
            InlineKind::Link(link) => {
                format!("[{}]({})", self.inlines(&link.content, document), escape::address(&link.url))
            }
            InlineKind::Picture(picture) => self.picture(picture, document),
            InlineKind::Footnote(used) => self.footnote(*used, document),
            InlineKind::Embed(call) => self.inline_embed(call),
            InlineKind::Reference(reference) => self.reference(reference, document),
            InlineKind::Citation(citation) => self.citation(citation, document),
        }
    }

    pub(super) fn picture(&mut self, picture: &Picture, document: &Document) -> String {
        let from = self.texts.name(document.file);
        let target = locate_picture(self.scene.request.images, &picture.target, &from).map(|located| located.file);
        let title = picture.title.as_ref().map(|title| format!(" \"{}\"", title.replace('"', "\\\"")));
        let path = target.unwrap_or_else(|_| picture.target.clone());
        format!("![{}]({}{})", escape::text(&picture.alt), escape::address(&path), title.unwrap_or_default())
    }

    fn footnote(&mut self, used: FootnoteUse, document: &Document) -> String {
        let Some(note) = document.footnotes.get(used.note).filter(|_| self.deep < NOTES_DEEP) else {
            return String::new();
        };
        let key = (document.file, used.note);
        if let Some(number) = self.printed.get(&key).filter(|_| self.stack.is_empty()) {
            return format!("[^{number}]");
        }
        let number = self.reserve_note();
        self.printed.insert(key, number);
        self.deep += 1;
        let text = self.blocks(&note.blocks, document);
        self.deep -= 1;
        self.fill_note(number, text)
    }

    /// Notes are numbered in the order of the text, so that one in another comes after it.
    fn reserve_note(&mut self) -> usize {
        self.footnotes.push(String::new());
        self.footnotes.len()
    }

    fn fill_note(&mut self, number: usize, text: String) -> String {
        if let Some(note) = self.footnotes.get_mut(number - 1) {
            *note = text;
        }
        format!("[^{number}]")
    }

    fn citation(&mut self, citation: &Citation, document: &Document) -> String {
        let citer = self.scene.citer;
        let items: Vec<cite::CiteItem> = citation
            .items
            .iter()
            .filter(|item| citer.knows(&item.key))
            .map(|item| self.item(item, citation, document))
            .collect();
        let unknown = citation.items.iter().filter(|item| !citer.knows(&item.key));
        let unknown: String = unknown.map(|item| format!("\\[@{}\\]", escape::text(&item.key))).collect();
        if citation.form == CiteForm::InText {
            let Some(item) = items.first() else { return self.inlines(&citation.literal, document) };
            let parts = citer.in_text(item);
            let behind = match parts.note {
                None => String::new(),
                Some(note) if self.deep == 0 => {
                    let text = self.runs(&note);
                    self.note(text)
                }
                Some(_) => {
                    let rest = cite::CiteItem { suppress_author: true, ..item.clone() };
                    format!(", {}", self.runs(&citer.cite(&[rest], Form::Inline)))
                }
            };
            return self.runs(&parts.text) + &behind;
        }
        if items.is_empty() {
            return unknown;
        }
        let cited = if citer.is_note() && self.deep == 0 {
            let text = self.runs(&citer.cite(&items, Form::Note));
            self.note(text)
        } else {
            self.runs(&citer.cite(&items, Form::Inline))
        };
        cited + &unknown
    }

    fn note(&mut self, text: String) -> String {
        let number = self.reserve_note();
        self.fill_note(number, text)
    }

    fn item(&self, item: &CiteItem, citation: &Citation, document: &Document) -> cite::CiteItem {
        let is_first = self.scene.first.get(&item.key) == Some(&(document.file, citation.span.start));
        cite::CiteItem {
            key: item.key.clone(),
            prefix: item.prefix.clone(),
            locator: (!item.locator.is_empty()).then(|| item.locator.clone()),
            suppress_author: item.suppress_author,
            position: if is_first { Position::First } else { Position::Later },
        }
    }

    pub(super) fn runs(&self, runs: &[Run]) -> String {
        let write = |run: &Run| {
            let text = escape::text(&run.text);
            // A delimiter only counts where it touches the text, so blanks stay outside.
            let (lead, inner) = text.split_at(text.len() - text.trim_start().len());
            let (inner, tail) = inner.split_at(inner.trim_end().len());
            let inner = if run.style.italic && !inner.is_empty() { format!("*{inner}*") } else { inner.to_owned() };
            let inner = if run.style.bold && !inner.is_empty() { format!("**{inner}**") } else { inner };
            let inner = match &run.target {
                Some(Target::Url(url)) if !inner.is_empty() => format!("[{inner}]({})", escape::address(url)),
                _ => inner,
            };
            format!("{lead}{inner}{tail}")
        };
        runs.iter().map(write).collect()
    }

    fn reference(&mut self, reference: &Reference, document: &Document) -> String {
        let pick = self.scene.snippet(&reference.target).map(|snippet| self.scene.pick(snippet));
        match (&reference.text, &pick) {
            (Some(text), _) => self.inlines(text, document),
            (None, Some(pick)) => self.line(&pick.text.title),
            (None, None) => escape::text(&format!("[[{}]]", reference.target)),
        }
    }

    /// Returns the snippet that an embed shows, unless there is none or it is around the embed already.
    pub(super) fn embedded(&mut self, call: &EmbedCall) -> Option<Pick> {
        let pick = self.scene.pick(self.scene.snippet(&call.target)?);
        (!self.stack.contains(&pick.text.id)).then_some(pick)
    }

    pub(super) fn inline_embed(&mut self, call: &EmbedCall) -> String {
        let Some(pick) = self.embedded(call) else { return escape::text(&call.to_string()) };
        self.around(&pick, |writer| match &call.field {
            Some(field) => writer.field(&pick, field),
            None => match call.variant.as_deref().map(str::trim) {
                Some("title") => writer.line(&pick.text.title),
                Some("full") => {
                    let parsed = writer.texts.snippet(&pick.text);
                    one_line(&writer.blocks(&parsed.document.blocks, &parsed.document))
                }
                _ => match &pick.text.short {
                    Some(short) => writer.line(short),
                    None => escape::text(&call.to_string()),
                },
            },
        })
    }

    fn field(&mut self, pick: &Pick, field: &Field) -> String {
        let snippet = if pick.text.field(&field.name).is_some() { &pick.text } else { &pick.facts };
        match field::value(snippet, &field.name, self.scene.words) {
            Some(FieldValue::Text(text, Some(unit))) if field.with_unit => {
                let unit = pick.field_text("unit").unwrap_or(unit);
                escape::text(&self.scene.words.with_unit(&text, &unit))
            }
            Some(FieldValue::Text(text, _)) => escape::text(&text),
            Some(FieldValue::Markdown(text)) => self.line(&text),
            Some(FieldValue::Snippets(ids)) => {
                let titles: Vec<String> = ids.iter().map(|id| self.title(id)).collect();
                self.scene.words.enumeration(&titles)
            }
            Some(FieldValue::Sources) => {
                let short =
                    |source: &chancery_model::SourceRef| self.scene.citer.short(&source.key, source.locator.as_deref());
                let texts: Vec<String> = snippet.sources.iter().filter_map(short).collect();
                escape::text(&texts.join("; "))
            }
            None => String::new(),
        }
    }

    fn title(&mut self, id: &str) -> String {
        match self.scene.snippet(id).map(|snippet| self.scene.pick(snippet)) {
            Some(pick) => self.line(&pick.text.title),
            None => escape::text(id),
        }
    }

    /// Returns a piece of prose of a block's data.
    pub(super) fn piece(&mut self, prose: &Prose) -> String {
        match prose {
            Prose::Inline { text, .. } => self.line(text),
            Prose::Body(snippet) => {
                let parsed = self.texts.snippet(snippet);
                let pick = Pick { text: snippet.clone(), facts: snippet.clone() };
                self.around(&pick, |writer| writer.blocks(&parsed.document.blocks, &parsed.document))
            }
            Prose::Runs(runs) => self.runs(runs),
        }
    }
}
