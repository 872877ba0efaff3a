//! The first pass over a briefing: what it embeds, cites and shows, before anything is drawn.
//!
//! Labels, the list of sources and some views depend on the whole text, so they are known before the first block is drawn.
//! The pass also sums up, for each file, everything that its content depends on, so that a file whose sum is the same need
//! not be drawn again.

use crate::cite::Citer;
use crate::data::Variant;
use crate::draw::locate_picture;
use crate::mentions::{Mention, Shown, walk, walk_inlines};
use crate::overview::{Passages, add_passages};
use crate::plan::{Frame, Part, Unit};
use crate::query::Pick;
use crate::request::Request;
use crate::scene::find;
use crate::stage::{DrawnView, Stage};
use crate::texts::{Parsed, Texts, hash};
use crate::views::{Origin as ProseOrigin, Prose, collects, snippet_block};
use chancery_markup::{Block, Citation, CiteForm, Document, EmbedCall, FileRef, Options, View, parse_inline};
use chancery_model::Snippet;
use indexmap::{IndexMap, IndexSet};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// A place in a file: the file and the first byte.
pub(crate) type Spot = (FileRef, usize);

/// What the first pass finds.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// Snippets that stand as a block, and the embed that gets the label.
    pub placed: HashMap<String, Spot>,
    /// Snippets shown, in order.
    pub shown: IndexSet<String>,
    /// Snippets named or linked to, in order.
    pub named: IndexSet<String>,
    /// Sources cited, in order.
    pub cited: IndexSet<String>,
    /// The first note that cites each source.
    pub first: HashMap<String, Spot>,
    /// Views drawn.
    pub views: HashMap<Spot, Arc<DrawnView>>,
    /// Views that show what the rest of the briefing uses, drawn when that is known.
    pub late: IndexMap<Spot, (View, bool)>,
    /// Sources whose entry stands on the pages.
    pub listed: HashSet<String>,
    /// A sum of what each file depends on.
    pub sums: Vec<u64>,
}

/// The first pass.
pub(crate) struct Scanner<'a, 's> {
    pub request: &'a Request<'a>,
    pub texts: &'s mut Texts,
    pub citer: &'s Citer,
    pub stage: &'s mut Stage<'a>,
    pub scan: Scan,
    hasher: DefaultHasher,
    /// For each file the late views in it.
    late: Vec<Vec<Spot>>,
    /// Snippets that references lead to and that stand nowhere yet.
    wanted: BTreeSet<String>,
    /// Whether this is in speaker notes, which nothing may lead to.
    in_notes: bool,
    stack: Vec<String>,
    seen: HashSet<String>,
}

impl<'a, 's> Scanner<'a, 's> {
    /// Returns a pass that has seen nothing yet; `wanted` are the snippets that references lead to and that no block shows.
    pub fn new(
        request: &'a Request<'a>,
        texts: &'s mut Texts,
        citer: &'s Citer,
        stage: &'s mut Stage<'a>,
        wanted: BTreeSet<String>,
    ) -> Self {
        Self {
            request,
            texts,
            citer,
            stage,
            scan: Scan::default(),
            hasher: DefaultHasher::new(),
            late: Vec::new(),
            wanted,
            in_notes: false,
            stack: Vec::new(),
            seen: HashSet::new(),
        }
    }

    /// Goes over the files of a briefing.
    pub fn units(&mut self, units: &[Unit<'_>], parsed: &Parsed) {
        for unit in units {
            self.hasher = DefaultHasher::new();
            self.late.push(Vec::new());
            parsed.slice(&unit.span).hash(&mut self.hasher);
            levels_sum(unit).hash(&mut self.hasher);
            match &unit.part {
                Part::Block(block) => self.blocks(std::slice::from_ref(block), &parsed.document),
                Part::Frame(frame) => self.frame(frame, parsed),
            }
            self.scan.sums.push(self.hasher.finish());
        }
    }

    fn frame(&mut self, frame: &Frame<'_>, parsed: &Parsed) {
        (frame.kind, frame.number, frame.level, frame.continued).hash(&mut self.hasher);
        for inlines in [frame.title, frame.section].into_iter().flatten() {
            for inline in inlines {
                parsed.slice(&inline.span).hash(&mut self.hasher);
            }
            let mut mentions = Vec::new();
            walk_inlines(inlines, &parsed.document, &mut |mention| mentions.push(mention));
            self.mentions(&mentions, &parsed.document);
        }
        self.in_notes = true;
        for blocks in &frame.notes {
            for block in *blocks {
                parsed.slice(&block.span).hash(&mut self.hasher);
            }
            self.blocks(blocks, &parsed.document);
        }
        self.in_notes = false;
    }

    /// Draws the views that show what the rest of the briefing uses: the list of sources last.
    pub fn late_views(&mut self, units: &[Unit<'_>], parsed: &Parsed) {
        let late: Vec<(Spot, View, bool)> =
            self.scan.late.iter().map(|(spot, (view, again))| (*spot, view.clone(), *again)).collect();
        if late.is_empty() {
            return;
        }
        let mut shown = self.stage.shown.clone();
        if late.iter().any(|(_, view, _)| view.name != "sources") {
            let citer = self.citer;
            let views = &self.scan.views;
            let passages = Passages {
                request: self.request,
                translations: self.stage.translations,
                words: self.stage.words,
                knows: &|key| citer.knows(key),
                drawn: &|spot| views.get(&spot).map(|view| view.text()),
            };
            add_passages(&mut shown, &passages, units, parsed);
        }
        let mut sums: HashMap<Spot, u64> = HashMap::new();
        let (last, others): (Vec<_>, Vec<_>) = late.into_iter().partition(|(_, view, _)| view.name == "sources");
        for (spot, view, repeated) in others.into_iter().chain(last) {
            shown.cited = self.scan.cited.iter().cloned().collect();
            self.stage.show(shown.clone());
            let drawn = self.stage.draw(&view, repeated, &BTreeSet::new());
            self.hasher = DefaultHasher::new();
            drawn.digest.hash(&mut self.hasher);
            self.scan.views.insert(spot, Arc::clone(&drawn));
            self.scan.listed.extend(drawn.listed.iter().cloned());
            self.drawn(&drawn);
            sums.insert(spot, self.hasher.finish());
        }
        for (sum, late) in self.scan.sums.iter_mut().zip(&self.late) {
            for spot in late {
                *sum = hash(&(*sum, sums.get(spot)));
            }
        }
    }

    /// Goes over what a view shows and cites.
    pub fn drawn(&mut self, view: &DrawnView) {
        self.scan.cited.extend(view.drawn.cited.iter().cloned());
        self.scan.shown.extend(view.drawn.snippets.iter().cloned());
        self.marks(&view.drawn.snippets);
        for prose in &view.drawn.prose {
            self.prose(prose);
        }
    }

    fn prose(&mut self, prose: &Prose) {
        match prose {
            Prose::Inline { text, origin } => {
                let (file, snippet) = match origin {
                    ProseOrigin::Snippet(snippet, _) => (self.texts.file(&snippet.file), Some(snippet)),
                    ProseOrigin::View(_) => (Texts::BRIEFING, None),
                    ProseOrigin::None => (Texts::NOWHERE, None),
                };
                self.stack.extend(snippet.map(|snippet| snippet.id.clone()));
                self.line(text, file);
                self.stack.truncate(self.stack.len() - usize::from(snippet.is_some()));
            }
            Prose::Body(snippet) => {
                let parsed = self.texts.snippet(snippet);
                self.stack.push(snippet.id.clone());
                self.blocks(&parsed.document.blocks, &parsed.document);
                self.stack.pop();
            }
            Prose::Runs(_) => {}
        }
    }

    /// Goes over one line of Markdown, parsed only where it may mention something.
    fn line(&mut self, text: &str, file: FileRef) {
        if text.contains("[[") || text.contains('@') {
            let line = parse_inline(text, 0, &Options { file });
            self.blocks(&line.blocks, &line);
        }
    }

    /// The markings of what is shown may change what is found wrong.
    fn marks(&mut self, ids: &[String]) {
        for id in ids {
            if let Some(snippet) = self.request.workspace.snippets.get(id) {
                snippet.marking.hash(&mut self.hasher);
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block], document: &Document) {
        let mut mentions = Vec::new();
        walk(blocks, document, &mut |mention| mentions.push(mention));
        self.mentions(&mentions, document);
    }

    fn mentions(&mut self, mentions: &[Mention<'_>], document: &Document) {
        for mention in mentions {
            match mention {
                Mention::Embed(call, shown) => self.embed(call, *shown, document),
                Mention::Reference(reference) => self.reference(&reference.target),
                Mention::Citation(citation) => self.citation(citation, document.file),
                Mention::Picture(picture) => self.picture(&picture.target, document.file),
                Mention::View(view) => self.view(view, document.file),
                Mention::Link(url) => url.hash(&mut self.hasher),
                Mention::Note(index) => self.note(*index, document),
            }
        }
    }

    fn note(&mut self, index: usize, document: &Document) {
        let Some(note) = document.footnotes.get(index) else { return };
        note.name.hash(&mut self.hasher);
        if let Some(text) =
            self.request.briefing.text.get(note.span.clone()).filter(|_| document.file == Texts::BRIEFING)
        {
            text.hash(&mut self.hasher);
        }
    }

    fn embed(&mut self, call: &EmbedCall, shown: Shown, document: &Document) {
        let Some(snippet) = find(self.request, &call.target).cloned() else {
            return 0_u8.hash(&mut self.hasher);
        };
        if self.stack.contains(&snippet.id) {
            return 1_u8.hash(&mut self.hasher);
        }
        let pick = self.stage.translations.pick(&snippet, self.request.workspace);
        self.scan.shown.extend([pick.facts.id.clone(), pick.text.id.clone()]);
        let is_block = shown == Shown::Block && call.field.is_none();
        let variant = match call.variant.as_deref().map(str::trim) {
            Some("short") => Variant::Short,
            Some("title") => Variant::Title,
            Some("full") => Variant::Full,
            _ if is_block => Variant::Full,
            _ => Variant::Short,
        };
        if is_block && !self.in_notes {
            let spot = (document.file, call.span.start);
            let place = *self.scan.placed.entry(pick.id().to_owned()).or_insert(spot);
            (place == spot).hash(&mut self.hasher);
        }
        let outside = self.stack.len();
        self.stack.extend([pick.facts.id.clone(), pick.text.id.clone()]);
        if is_block {
            self.block(&pick, variant);
        } else {
            self.in_line(&pick, variant, call);
        }
        self.stack.truncate(outside);
    }

    /// A snippet as a block: its data and prose, which other snippets and the sources have a part in.
    fn block(&mut self, pick: &Pick, variant: Variant) {
        let block = snippet_block(pick, variant, false, &self.stage.context());
        serde_json::to_vec(&block.data).unwrap_or_default().hash(&mut self.hasher);
        self.sum_of(&pick.text);
        self.marks(&block.snippets);
        self.scan.cited.extend(block.cited);
        self.scan.named.extend(block.snippets);
        for prose in &block.prose {
            self.prose(prose);
        }
    }

    /// A snippet within a line: a field, or one of its variants.
    fn in_line(&mut self, pick: &Pick, variant: Variant, call: &EmbedCall) {
        self.sum_of(&pick.text);
        self.sum_of(&pick.facts);
        let parsed = self.texts.snippet(&pick.text);
        match (&call.field, variant) {
            (Some(_), _) => {}
            (None, Variant::Full) => self.blocks(&parsed.document.blocks, &parsed.document),
            (None, Variant::Title) => self.line(&pick.text.title, parsed.file),
            (None, Variant::Short) => self.line(pick.text.short.as_deref().unwrap_or_default(), parsed.file),
        }
    }

    fn sum_of(&mut self, snippet: &Arc<Snippet>) {
        self.texts.snippet(snippet).hash.hash(&mut self.hasher);
    }

    fn reference(&mut self, target: &str) {
        match find(self.request, target) {
            Some(snippet) => {
                snippet.title.hash(&mut self.hasher);
                snippet.marking.hash(&mut self.hasher);
                self.scan.named.insert(snippet.id.clone());
            }
            None => 0_u8.hash(&mut self.hasher),
        }
    }

    fn citation(&mut self, citation: &Citation, file: FileRef) {
        let items = if citation.form == CiteForm::InText {
            &citation.items[..citation.items.len().min(1)]
        } else {
            &citation.items
        };
        for item in items {
            let knows = self.citer.knows(&item.key);
            knows.hash(&mut self.hasher);
            if knows {
                self.scan.cited.insert(item.key.clone());
                let spot = (file, citation.span.start);
                let first = *self.scan.first.entry(item.key.clone()).or_insert(spot);
                (first == spot).hash(&mut self.hasher);
            }
        }
    }

    /// A picture's file may change while the text does not: its bytes' address tells.
    fn picture(&mut self, target: &str, file: FileRef) {
        let from = self.texts.name(file);
        match locate_picture(self.request.images, target, &from) {
            Ok(located) => (located.bytes.as_ptr() as usize, located.bytes.len()).hash(&mut self.hasher),
            Err(error) => error.to_string().hash(&mut self.hasher),
        }
    }

    fn view(&mut self, view: &View, file: FileRef) {
        let spot = (file, view.span.start);
        let repeated = !self.seen.insert(view.name.clone());
        if collects(&view.name) {
            if let Some(late) = self.late.last_mut() {
                late.push(spot);
            }
            self.scan.late.insert(spot, (view.clone(), repeated));
            return;
        }
        let wanted = if self.in_notes { BTreeSet::new() } else { self.wanted.clone() };
        let drawn = self.stage.draw(view, repeated, &wanted);
        for id in &drawn.labelled {
            self.wanted.remove(id);
            self.scan.placed.insert(id.clone(), spot);
        }
        drawn.digest.hash(&mut self.hasher);
        self.scan.views.insert(spot, Arc::clone(&drawn));
        self.drawn(&drawn);
    }
}

/// A number that tells apart what headings in a unit could depend on.
fn levels_sum(unit: &Unit<'_>) -> [u8; 7] {
    let next = |written: u8| unit.levels.clone().next(written);
    let mut sum = [unit.levels.current(); 7];
    for written in 1..=6_u8 {
        sum[usize::from(written)] = next(written);
    }
    sum
}
