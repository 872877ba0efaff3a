//! What must be known of a briefing before its views are drawn: which views there are, and which snippets stand on the pages.

use crate::mentions::{Mention, Shown as EmbedShown, walk};
use crate::plan::{Part, Unit};
use crate::query::Translations;
use crate::request::Request;
use crate::scan::Spot;
use crate::scene::find;
use crate::texts::{Parsed, Texts};
use crate::views::{Passage, Shown};
use chancery_markup::{Block, BlockKind, Document, EmbedCall, Inline, InlineKind};
use std::collections::BTreeSet;

/// Looks over a briefing.
pub(crate) struct Overview<'a, 't> {
    pub request: &'a Request<'a>,
    pub translations: &'a Translations,
    pub texts: &'t mut Texts,
    pub shown: Shown,
    /// Snippets that references lead to.
    pub referenced: BTreeSet<String>,
    stack: Vec<String>,
}

impl<'a, 't> Overview<'a, 't> {
    /// Returns an overview that has seen nothing yet.
    pub fn new(request: &'a Request<'a>, translations: &'a Translations, texts: &'t mut Texts) -> Self {
        Self { request, translations, texts, shown: Shown::default(), referenced: BTreeSet::new(), stack: Vec::new() }
    }

    /// Notes the views, and the snippets that stand as blocks or that references lead to.
    ///
    /// Speaker notes are not always printed, so that nothing may lead to what stands in them.
    pub fn units(mut self, units: &[Unit<'_>], parsed: &Parsed) -> Self {
        for unit in units {
            if let Part::Block(block) = &unit.part {
                self.blocks(std::slice::from_ref(*block), &parsed.document);
            }
        }
        self
    }

    fn blocks(&mut self, blocks: &[Block], document: &Document) {
        let mut views = Vec::new();
        let mut embeds = Vec::new();
        let mut references = Vec::new();
        walk(blocks, document, &mut |mention| match mention {
            Mention::View(view) => views.push((view.name.clone(), view.body.as_str().to_owned())),
            Mention::Embed(call, EmbedShown::Block) if call.field.is_none() => embeds.push(call),
            Mention::Reference(reference) => references.push(reference.target.clone()),
            _ => {}
        });
        for snippet in references.iter().filter_map(|target| find(self.request, target)) {
            self.referenced.insert(self.translations.pick(snippet, self.request.workspace).id().to_owned());
        }
        self.shown.views.extend(views);
        for call in embeds {
            self.embed(call);
        }
    }

    fn embed(&mut self, call: &EmbedCall) {
        let Some(snippet) = find(self.request, &call.target) else { return };
        let pick = self.translations.pick(snippet, self.request.workspace);
        if self.stack.contains(&pick.text.id) {
            return;
        }
        self.shown.labelled.insert(pick.id().to_owned());
        if call.variant.as_deref().is_none_or(|variant| !matches!(variant.trim(), "short" | "title")) {
            let parsed = self.texts.snippet(&pick.text);
            self.stack.push(pick.text.id.clone());
            self.blocks(&parsed.document.blocks, &parsed.document);
            self.stack.pop();
        }
    }
}

/// Adds the text of a briefing and its passages to what it shows: what `acronyms` and `evidence` are drawn from.
pub(crate) fn add_passages(shown: &mut Shown, scene: &Passages<'_>, units: &[Unit<'_>], parsed: &Parsed) {
    let mut reader = Reader { passages: scene, shown, seen: BTreeSet::new(), deep: 0 };
    for unit in units {
        if let Part::Frame(frame) = &unit.part {
            reader.line(frame.title.unwrap_or_default(), &parsed.document);
        }
        for blocks in parts(&unit.part) {
            reader.blocks(blocks, &parsed.document);
        }
    }
}

/// What passages are read with.
pub(crate) struct Passages<'a> {
    pub request: &'a Request<'a>,
    pub translations: &'a Translations,
    pub words: crate::words::Words,
    pub knows: &'a dyn Fn(&str) -> bool,
    pub drawn: &'a dyn Fn(Spot) -> Option<String>,
}

/// How deep embeds are followed.
const DEEP: usize = 4;

struct Reader<'a, 's> {
    passages: &'a Passages<'a>,
    shown: &'s mut Shown,
    seen: BTreeSet<(String, Option<String>)>,
    deep: usize,
}

impl Reader<'_, '_> {
    fn blocks(&mut self, blocks: &[Block], document: &Document) {
        for block in blocks {
            self.block(block, document);
        }
    }

    fn block(&mut self, block: &Block, document: &Document) {
        match &block.kind {
            BlockKind::Paragraph(inlines) | BlockKind::Heading { content: inlines, .. } => self.line(inlines, document),
            BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } => self.blocks(blocks, document),
            BlockKind::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks, document)),
            BlockKind::Table(table) => {
                table.header.iter().chain(table.rows.iter().flatten()).for_each(|cell| self.line(cell, document));
            }
            BlockKind::Directive(directive) => self.blocks(&directive.blocks, document),
            BlockKind::Embed(call) => self.embed(call),
            BlockKind::View(view) => {
                if let Some(text) = (self.passages.drawn)((document.file, view.span.start)) {
                    self.text(&text);
                }
            }
            BlockKind::Picture(_) | BlockKind::Code(_) | BlockKind::Html(_) | BlockKind::ThematicBreak => {}
        }
    }

    /// An embedded snippet is a passage of its own, and its body part of the text.
    fn embed(&mut self, call: &EmbedCall) {
        let Some(snippet) = find(self.passages.request, &call.target).filter(|_| self.deep < DEEP) else { return };
        let pick = self.passages.translations.pick(snippet, self.passages.request.workspace);
        self.text(&pick.text.title);
        self.text(pick.text.short.as_deref().unwrap_or_default());
        self.text(pick.text.body());
        self.passage(String::new(), Some(pick.id().to_owned()), Vec::new());
    }

    /// The sentences of a line that embed or cite something are passages.
    fn line(&mut self, inlines: &[Inline], document: &Document) {
        for sentence in sentences(inlines) {
            let text = crate::plain::text(&sentence, self.passages.request, self.passages.words);
            self.text(&text);
            let (embeds, sources) = self.rests_on(&sentence, document);
            if embeds.is_empty() && !sources.is_empty() {
                self.passage(text.clone(), None, sources.clone());
            }
            for (at, id) in embeds.into_iter().enumerate() {
                self.passage(text.clone(), Some(id), if at == 0 { sources.clone() } else { Vec::new() });
            }
        }
    }

    fn rests_on(&mut self, sentence: &[Inline], document: &Document) -> (Vec<String>, Vec<(String, Option<String>)>) {
        let (mut embeds, mut sources) = (Vec::new(), Vec::new());
        crate::mentions::walk_inlines(sentence, document, &mut |mention| match mention {
            Mention::Embed(call, _) => {
                if let Some(snippet) = find(self.passages.request, &call.target) {
                    let id = self.passages.translations.pick(snippet, self.passages.request.workspace).id().to_owned();
                    if !embeds.contains(&id) {
                        embeds.push(id);
                    }
                }
            }
            Mention::Citation(citation) => {
                let known = citation.items.iter().filter(|item| (self.passages.knows)(&item.key));
                let locator =
                    |item: &chancery_markup::CiteItem| Some(item.locator.clone()).filter(|text| !text.is_empty());
                sources.extend(known.map(|item| (item.key.clone(), locator(item))));
            }
            _ => {}
        });
        (embeds, sources)
    }

    fn passage(&mut self, text: String, snippet: Option<String>, sources: Vec<(String, Option<String>)>) {
        if self.seen.insert((text.clone(), snippet.clone())) {
            self.shown.passages.push(Passage { text, snippet, sources });
        }
    }

    fn text(&mut self, text: &str) {
        self.shown.text.push_str(text);
        self.shown.text.push('\n');
    }
}

/// The blocks of a part: its own, or those of a slide's notes.
fn parts<'u>(part: &'u Part<'_>) -> Vec<&'u [Block]> {
    match part {
        Part::Block(block) => vec![std::slice::from_ref(*block)],
        Part::Frame(frame) => frame.notes.to_vec(),
    }
}

/// Parts inlines into sentences: behind a full stop, question or exclamation mark that ends a piece of text or has a blank
/// behind it; a citation behind the stop belongs to what stands before it.
fn sentences(inlines: &[Inline]) -> Vec<Vec<Inline>> {
    let mut sentences: Vec<Vec<Inline>> = vec![Vec::new()];
    let mut ended = false;
    for inline in inlines {
        let InlineKind::Text(text) = &inline.kind else {
            let belongs =
                matches!(inline.kind, InlineKind::Citation(_) | InlineKind::Footnote(_) | InlineKind::SoftBreak);
            if ended && !belongs {
                sentences.push(Vec::new());
                ended = false;
            }
            push(&mut sentences, inline.clone());
            continue;
        };
        let mut rest = text.as_str();
        while let Some(end) = sentence_end(rest) {
            if ended && rest[..end].chars().any(char::is_alphanumeric) {
                sentences.push(Vec::new());
            }
            push(&mut sentences, text_piece(inline, &rest[..end]));
            ended = true;
            rest = &rest[end..];
        }
        if rest.chars().any(char::is_alphanumeric) {
            if ended {
                sentences.push(Vec::new());
            }
            ended = false;
        }
        push(&mut sentences, text_piece(inline, rest));
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

fn push(sentences: &mut [Vec<Inline>], inline: Inline) {
    if let Some(last) = sentences.last_mut() {
        last.push(inline);
    }
}

fn text_piece(inline: &Inline, text: &str) -> Inline {
    let kind = InlineKind::Text(chancery_markup::Text::whole(text, inline.span.clone()));
    Inline { span: inline.span.clone(), kind }
}

/// Returns where the first sentence of a text ends, its stop included.
fn sentence_end(text: &str) -> Option<usize> {
    let stops = text.char_indices().filter(|(_, c)| matches!(c, '.' | '?' | '!' | '。'));
    stops.map(|(at, c)| at + c.len_utf8()).find(|end| {
        let rest = &text[*end..];
        let before = text[..*end].trim_end_matches(['.', '?', '!']);
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        (rest.is_empty() || rest.starts_with([' ', '\n', '”', '"', ')'])) && !is_initial
    })
}

#[cfg(test)]
mod tests {
    use super::sentence_end;

    #[test]
    fn sentences_end_at_stops_and_not_at_initials() {
        assert_eq!(sentence_end("One. Two."), Some(4));
        assert_eq!(sentence_end("Eric J. Ballbach writes"), None);
        assert_eq!(sentence_end("US$ 1.2 billion"), None);
        assert_eq!(sentence_end("한국은 가입했다. 나토는"), Some("한국은 가입했다.".len()));
    }
}
