//! A briefing as plain Markdown: CommonMark with GFM's tables and footnotes, embeds, views and citations resolved.

mod escape;
mod exhibits;
mod inlines;
mod lists;
mod words;
mod writer;

use crate::cache::Cache;
use crate::compose::{Passes, language};
use crate::plan::{Frame, Part};
use crate::project;
use crate::request::Request;
use crate::scene::Scene;
use crate::texts::Texts;
use crate::words::Words;
use chancery_markup::{Block, Document, FileRef, Levels};
use chancery_model::Problem;
use std::collections::HashMap;

/// Returns a briefing as Markdown that any CommonMark reader with GFM's extensions shows, and what is wrong with it.
pub fn markdown(request: &Request<'_>, cache: &mut Cache) -> (String, Vec<Problem>) {
    let composed = crate::compose(request, cache);
    let words = Words::for_lang(&language(request));
    let (mut cited, _) = cache.take_citer(request, words);
    let translations = cache.translations(request, &language(request));
    let passes = Passes { request, words, translations: &translations };
    let parsed = cache.texts.briefing(request.briefing);
    let units = passes.units(&parsed);
    let (mut scan, shown) = passes.scan(&mut cache.texts, &mut cache.views, &cited.citer, &units, &parsed);
    cited.citer.set_cited(scan.cited.iter().cloned());
    let scene = passes.scene(&cited, &cache.checks, &mut scan, &shown);
    let mut writer = Markdown::new(&scene, &mut cache.texts);
    let mut parts = vec![writer.head(&project::meta(request, words, &language(request)))];
    let mut notes: &[&[Block]] = &[];
    for unit in &units {
        writer.levels = unit.levels.clone();
        match &unit.part {
            Part::Block(block) => parts.push(writer.blocks(std::slice::from_ref(block), &parsed.document)),
            Part::Frame(frame) => {
                parts.push(writer.notes(notes, &parsed.document));
                parts.push(writer.frame(frame, &parsed.document));
                notes = &frame.notes;
            }
        }
    }
    parts.push(writer.notes(notes, &parsed.document));
    parts.extend(writer.definitions());
    parts.retain(|part| !part.is_empty());
    let text = parts.join("\n\n") + "\n";
    cache.cited = Some(cited);
    (text, composed.problems)
}

/// Writes Markdown.
struct Markdown<'a> {
    scene: &'a Scene<'a>,
    texts: &'a mut Texts,
    levels: Levels,
    /// Snippets around what is being written.
    stack: Vec<String>,
    /// The footnotes so far.
    footnotes: Vec<String>,
    /// The number of a text's footnote that is printed already.
    printed: HashMap<(FileRef, usize), usize>,
    /// How deep footnotes stand in footnotes.
    deep: usize,
}

impl<'a> Markdown<'a> {
    fn new(scene: &'a Scene<'a>, texts: &'a mut Texts) -> Self {
        Self {
            scene,
            texts,
            levels: Levels::new(),
            stack: Vec::new(),
            footnotes: Vec::new(),
            printed: HashMap::new(),
            deep: 0,
        }
    }

    /// Title, subtitle, and who wrote it when for whom.
    fn head(&mut self, meta: &crate::Meta) -> String {
        let briefing = self.scene.request.briefing;
        let mut parts = vec![format!("# {}", self.line(&briefing.title))];
        if let Some(subtitle) = &briefing.subtitle {
            parts.push(format!("*{}*", self.line(subtitle)));
        }
        let version = (!meta.version.is_empty()).then(|| meta.version.clone());
        let about =
            [Some(self.scene.words.list(&meta.author)), Some(meta.date_text.clone()), meta.marking.clone(), version];
        let about: Vec<String> =
            about.into_iter().flatten().filter(|text| !text.is_empty()).map(|text| escape::text(&text)).collect();
        parts.push(about.join(" · "));
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n")
    }

    /// A slide or section: its heading, or a rule; its blocks follow.
    fn frame(&mut self, frame: &Frame<'_>, document: &Document) -> String {
        match frame.title.filter(|_| !frame.continued) {
            Some(title) => {
                let title = self.inlines(title, document);
                format!("{} {}", "#".repeat(usize::from(frame.level) + 1), writer::one_line(&title))
            }
            None if frame.number > 1 => "---".to_owned(),
            None => String::new(),
        }
    }

    /// A slide's speaker notes.
    fn notes(&mut self, notes: &[&[Block]], document: &Document) -> String {
        let written: Vec<String> = notes.iter().map(|blocks| self.blocks(blocks, document)).collect();
        let written = written.join("\n\n");
        if written.is_empty() {
            return written;
        }
        writer::quoted(&format!("**{}**\n\n{written}", words::notes(self.scene.words)))
    }

    /// The footnotes' definitions.
    fn definitions(&mut self) -> Vec<String> {
        let notes = std::mem::take(&mut self.footnotes);
        let define = |(at, text): (usize, &String)| format!("[^{}]: {}", at + 1, writer::indented(text, "    "));
        notes.iter().enumerate().map(define).collect()
    }
}
