//! Inlines as plain text, with everything in them resolved: titles, the outline.

use crate::field::{self, FieldValue};
use crate::request::Request;
use crate::scene::find;
use crate::words::Words;
use chancery_markup::{Block, BlockKind, CiteForm, EmbedCall, Inline, InlineKind, Options, parse_inline};
use chancery_model::Snippet;

/// How deep embeds are followed.
const DEEP: usize = 4;

/// Returns the text of inlines: embeds as their text, references as titles, citations left out.
pub(crate) fn text(inlines: &[Inline], request: &Request<'_>, words: Words) -> String {
    let mut plain = Plain { request, words, out: String::new() };
    plain.inlines(inlines, 0);
    let parts: Vec<&str> = plain.out.split_whitespace().collect();
    parts.join(" ")
}

/// Returns the text of blocks, a paragraph or list item each; a block snippet as its one-line variant.
pub(crate) fn paragraphs(blocks: &[Block], request: &Request<'_>, words: Words) -> Vec<String> {
    let mut out = Vec::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => {
                out.push(text(content, request, words))
            }
            BlockKind::Embed(call) => {
                let mut plain = Plain { request, words, out: String::new() };
                plain.embed(call, 0);
                out.push(plain.out);
            }
            BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } => {
                out.extend(paragraphs(blocks, request, words))
            }
            BlockKind::Directive(directive) => out.extend(paragraphs(&directive.blocks, request, words)),
            BlockKind::List(list) => {
                out.extend(list.items.iter().flat_map(|item| paragraphs(&item.blocks, request, words)));
            }
            BlockKind::Code(code) => out.push(code.text.as_str().to_owned()),
            BlockKind::Html(html) => out.push(html.as_str().to_owned()),
            BlockKind::Picture(picture) => out.push(picture.alt.to_string()),
            BlockKind::Table(_) | BlockKind::View(_) | BlockKind::ThematicBreak => {}
        }
    }
    out.retain(|paragraph| !paragraph.trim().is_empty());
    out
}

/// Returns the text of inline Markdown.
pub(crate) fn of_markdown(markdown: &str, request: &Request<'_>, words: Words) -> String {
    let document = parse_inline(markdown, 0, &Options::default());
    crate::draw::line(&document).map_or_else(|| markdown.to_owned(), |inlines| text(inlines, request, words))
}

struct Plain<'a> {
    request: &'a Request<'a>,
    words: Words,
    out: String,
}

impl Plain<'_> {
    fn inlines(&mut self, inlines: &[Inline], deep: usize) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) | InlineKind::Code(text) | InlineKind::Html(text) => {
                    self.out.push_str(text.as_str())
                }
                InlineKind::SoftBreak | InlineKind::HardBreak => self.out.push(' '),
                InlineKind::Emph(content) | InlineKind::Strong(content) | InlineKind::Strike(content) => {
                    self.inlines(content, deep);
                }
                InlineKind::Link(link) => self.inlines(&link.content, deep),
                InlineKind::Picture(picture) => self.out.push_str(&picture.alt),
                InlineKind::Embed(call) => self.embed(call, deep),
                InlineKind::Reference(reference) => match (&reference.text, find(self.request, &reference.target)) {
                    (Some(text), _) => self.inlines(text, deep),
                    (None, Some(snippet)) => self.markdown(&snippet.title, deep),
                    (None, None) => self.out.push_str(&reference.target),
                },
                InlineKind::Citation(citation) if citation.form == CiteForm::InText => {
                    self.inlines(&citation.literal, deep)
                }
                // What is a note on the page leaves no gap behind.
                InlineKind::Footnote(_) | InlineKind::Citation(_) => self.out.truncate(self.out.trim_end().len()),
            }
        }
    }

    fn embed(&mut self, call: &EmbedCall, deep: usize) {
        let Some(snippet) = find(self.request, &call.target).filter(|_| deep < DEEP) else {
            return self.out.push_str(&call.to_string());
        };
        if let Some(field) = &call.field {
            return self.field(snippet, &field.name, field.with_unit, deep);
        }
        let text = match call.variant.as_deref().map(str::trim) {
            Some("title") => Some(&snippet.title),
            _ => snippet.short.as_ref(),
        };
        self.markdown(text.unwrap_or(&snippet.title), deep);
    }

    fn field(&mut self, snippet: &Snippet, name: &str, with_unit: bool, deep: usize) {
        match field::value(snippet, name, self.words) {
            Some(FieldValue::Text(text, unit)) => match unit.filter(|_| with_unit) {
                Some(unit) => self.out.push_str(&self.words.with_unit(&text, &unit)),
                None => self.out.push_str(&text),
            },
            Some(FieldValue::Markdown(text)) => self.markdown(&text, deep),
            Some(FieldValue::Snippets(ids)) => self.out.push_str(&self.words.enumeration(&ids)),
            Some(FieldValue::Sources) | None => {}
        }
    }

    fn markdown(&mut self, markdown: &str, deep: usize) {
        let document = parse_inline(markdown, 0, &Options::default());
        match crate::draw::line(&document) {
            Some(inlines) => self.inlines(inlines, deep + 1),
            None => self.out.push_str(markdown),
        }
    }
}
