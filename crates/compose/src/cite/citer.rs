//! Renders citations and the list of works cited, and keeps what it rendered.

use super::entry::{prepared, separator};
use super::locator::Locator;
use super::names::{names, short_citations};
use super::rendered::{capitalised, korean, without_names};
use super::run::{Run, from_rendered, plain, push};
use super::stand_in::StandIns;
use super::style::Style;
use crate::words::{Lang, Words};
use chancery_model::{Source, Workspace};
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren, ElemMeta, Entry,
    LocatorPayload, SpecificLocator,
};
use indexmap::IndexMap;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

/// How many finished citations are kept before all are dropped.
const KEPT: usize = 20_000;

/// One source in a citation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct CiteItem {
    /// The source's key.
    pub key: String,
    /// What stands before it: “see”.
    pub prefix: String,
    /// Where in the source, as written, and what follows.
    pub locator: Option<String>,
    /// Whether its author is left out, because the sentence names him.
    pub suppress_author: bool,
    /// Whether notes have named it before.
    pub position: Position,
}

/// Whether notes have named a source before; a note style prints the first one in full and later ones short.
///
/// Where a briefing has a list of sources every note may be short (Chicago Manual of Style, 18th ed., 13.18), which
/// also keeps each block independent of those before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Position {
    /// Named for the first time.
    First,
    /// Named before, or listed in full elsewhere.
    #[default]
    Later,
}

/// Where a citation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// A note of its own: ends as the style ends notes.
    Note,
    /// Within a sentence or a note.
    Inline,
}

/// A citation that is part of the sentence: `@key [p. 4]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InText {
    /// What stands in the sentence: the author, and the year where the style gives it there.
    pub text: Vec<Run>,
    /// The note behind it, in a note style.
    pub note: Option<Vec<Run>>,
}

/// An entry of the list of works cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListEntry {
    /// The source's key.
    pub key: String,
    /// The mark of a numeric style: “[1]”.
    pub number: Option<String>,
    /// The full entry.
    pub runs: Vec<Run>,
}

/// A citation as asked for: same request, same runs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Request {
    items: Vec<CiteItem>,
    form: Form,
    beside: Beside,
}

/// A list of works as asked for, and as rendered.
type Listed = (Vec<String>, Arc<[ListEntry]>);

/// Other cited works that a citation's text depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Beside {
    /// Those that it could be confused with.
    Alike(Vec<String>),
    /// All, because works are numbered; a hash of them.
    All(u64),
}

/// Renders citations of a workspace's sources in one style and language.
#[derive(Debug)]
pub struct Citer {
    style: Style,
    /// The style without what it puts around a whole citation.
    bare: Arc<IndependentStyle>,
    /// The style without its list, which single citations need not pay for.
    listless: IndependentStyle,
    locale: LocaleCode,
    locales: Vec<Locale>,
    words: Words,
    numeric: bool,
    sources: IndexMap<String, Arc<Source>>,
    entries: HashMap<String, Entry>,
    short: HashMap<String, String>,
    /// What works must share to be confused, by key.
    families: HashMap<String, String>,
    cited: Vec<String>,
    cited_sum: u64,
    /// The cited works of each family that has more than one.
    alike: HashMap<String, Vec<String>>,
    separator: Entry,
    kept: Mutex<HashMap<Request, Arc<[Run]>>>,
    listed: Mutex<Lists>,
}

/// What was rendered as lists: the briefing's, and each work that was asked for alone, as the library shows it.
#[derive(Debug, Default)]
struct Lists {
    last: Option<Listed>,
    alone: HashMap<String, Arc<[ListEntry]>>,
}

impl Citer {
    /// Returns a citer for the sources of a workspace.
    pub fn new(style: Style, workspace: &Workspace, words: Words) -> Self {
        let mut bare = style.csl.as_ref().clone();
        if style.is_note() {
            bare.citation.layout.prefix = None;
            bare.citation.layout.suffix = None;
        }
        let mut listless = style.csl.as_ref().clone();
        listless.bibliography = None;
        let locale = Style::locale(words.tag());
        let mut citer = Self {
            locales: Style::words(&locale),
            locale,
            bare: Arc::new(bare),
            listless,
            words,
            numeric: false,
            sources: IndexMap::new(),
            entries: HashMap::new(),
            short: HashMap::new(),
            families: HashMap::new(),
            cited: Vec::new(),
            cited_sum: 0,
            alike: HashMap::new(),
            separator: separator(),
            kept: Mutex::default(),
            listed: Mutex::default(),
            style,
        };
        citer.numeric = citer.numbers();
        citer.take_sources(workspace);
        citer
    }

    /// Takes over the sources of a workspace; what was rendered is kept where they are the same.
    pub fn update(&mut self, workspace: &Workspace) {
        let same = self.sources.len() == workspace.sources.len()
            && self
                .sources
                .iter()
                .zip(&workspace.sources)
                .all(|((a, x), (b, y))| a == b && (Arc::ptr_eq(x, y) || x == y));
        if !same {
            self.take_sources(workspace);
        }
    }

    fn take_sources(&mut self, workspace: &Workspace) {
        self.sources = workspace.sources.clone();
        self.entries = self.sources.iter().map(|(key, source)| (key.clone(), prepared(&source.entry))).collect();
        self.families = self.entries.iter().map(|(key, entry)| (key.clone(), first_name(entry))).collect();
        let in_order = self.sources.keys().filter_map(|key| Some((key.as_str(), self.entries.get(key)?)));
        self.short = short_citations(in_order, self.words);
        self.kept.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
        *self.listed.get_mut().unwrap_or_else(PoisonError::into_inner) = Lists::default();
    }

    /// Tells which sources the briefing cites, in the order of their first citation.
    ///
    /// Numbers, and what tells two works of one author and year apart, depend on it.
    pub fn set_cited<S: Into<String>>(&mut self, keys: impl IntoIterator<Item = S>) {
        let mut cited: IndexMap<String, ()> = IndexMap::new();
        cited.extend(keys.into_iter().map(|key| (key.into(), ())));
        let cited: Vec<String> = cited.into_keys().filter(|key| self.entries.contains_key(key)).collect();
        if cited == self.cited {
            return;
        }
        let mut alike: HashMap<String, Vec<String>> = HashMap::new();
        for key in &cited {
            if let Some(family) = self.families.get(key) {
                alike.entry(family.clone()).or_default().push(key.clone());
            }
        }
        alike.retain(|_, keys| keys.len() > 1);
        let mut hasher = DefaultHasher::new();
        cited.hash(&mut hasher);
        (self.cited, self.cited_sum, self.alike) = (cited, hasher.finish(), alike);
    }

    /// Returns whether citations are notes.
    pub fn is_note(&self) -> bool {
        self.style.is_note()
    }

    /// Returns whether there is a source of that key.
    pub fn knows(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Returns the short citation of a source in an exhibit's source line: “Ballbach 2025, sec. Motives”.
    pub fn short(&self, key: &str, locator: Option<&str>) -> Option<String> {
        let short = self.short.get(key)?;
        Some(match locator.and_then(Locator::parse) {
            Some(locator) => format!("{short}, {}", locator.text(self.words)),
            None => short.clone(),
        })
    }

    /// Returns a citation; sources that are not known show as their key and a question mark.
    pub fn cite(&self, items: &[CiteItem], form: Form) -> Arc<[Run]> {
        let request = Request { items: items.to_vec(), form, beside: self.beside(items) };
        if let Some(runs) = self.kept().get(&request) {
            return runs.clone();
        }
        let mut general = request.clone();
        let stand_ins = StandIns::put(&mut general.items, self.words);
        let filled = stand_ins.and_then(|stand_ins| stand_ins.take_out(&self.keep(general)));
        match filled {
            Some(runs) => self.kept().entry(request).or_insert_with(|| runs.into()).clone(),
            None => self.keep(request),
        }
    }

    /// Renders a citation, unless it is kept.
    fn keep(&self, request: Request) -> Arc<[Run]> {
        if let Some(runs) = self.kept().get(&request) {
            return runs.clone();
        }
        let runs: Arc<[Run]> = self.render(&request).into();
        let mut kept = self.kept();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(request, runs.clone());
        runs
    }

    /// Returns a citation that is part of the sentence: the author there, the rest behind it.
    pub fn in_text(&self, item: &CiteItem) -> InText {
        let Some(entry) = self.entries.get(&item.key) else {
            return InText { text: vec![Run::text(format!("{}?", item.key))], note: None };
        };
        let name = Run::text(names(entry, self.words));
        if self.is_note() {
            let note = self.cite(std::slice::from_ref(item), Form::Note).to_vec();
            return InText { text: vec![name], note: Some(note) };
        }
        let rest = self.cite(&[CiteItem { suppress_author: true, ..item.clone() }], Form::Inline);
        let text = std::iter::once(name).chain(std::iter::once(Run::text(" "))).chain(rest.iter().cloned());
        InText { text: text.collect(), note: None }
    }

    /// Returns the works of these keys as the style lists them, in its order.
    pub fn list(&self, keys: &[String]) -> Arc<[ListEntry]> {
        let mut listed = self.listed.lock().unwrap_or_else(PoisonError::into_inner);
        let render = || -> Arc<[ListEntry]> { self.render_list(keys).into() };
        if let [key] = keys {
            return listed.alone.entry(key.clone()).or_insert_with(render).clone();
        }
        match &listed.last {
            Some((known, entries)) if known == keys => entries.clone(),
            _ => {
                let entries = render();
                listed.last = Some((keys.to_vec(), entries.clone()));
                entries
            }
        }
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, HashMap<Request, Arc<[Run]>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn beside(&self, items: &[CiteItem]) -> Beside {
        if self.numeric {
            return Beside::All(self.cited_sum);
        }
        let mut families: Vec<&String> = items.iter().filter_map(|item| self.families.get(&item.key)).collect();
        families.dedup();
        let alike = families.into_iter().filter_map(|family| self.alike.get(family)).flatten();
        // A work that was cited counts as named before; where that changes nothing, the order of all tells years apart.
        let other = |key: &&String| !self.is_note() || items.iter().all(|item| item.key != **key);
        Beside::Alike(alike.filter(other).cloned().collect())
    }

    fn numbers(&self) -> bool {
        let mut driver = BibliographyDriver::new();
        driver.citation(self.request(vec![CitationItem::with_entry(&self.separator)], &self.style.csl, None));
        let rendered = driver.finish(self.bibliography());
        rendered.citations.iter().any(|citation| citation.citation.find_meta(&ElemMeta::CitationNumber).is_some())
    }

    /// The list that goes with a citation: numbers come from it.
    fn bibliography(&self) -> BibliographyRequest<'_> {
        let style = if self.numeric { &self.style.csl } else { &self.listless };
        BibliographyRequest::new(style, Some(self.locale.clone()), &self.locales)
    }

    fn request<'a>(
        &'a self,
        items: Vec<CitationItem<'a, Entry>>,
        style: &'a IndependentStyle,
        note: Option<usize>,
    ) -> CitationRequest<'a, Entry> {
        CitationRequest::new(items, style, Some(self.locale.clone()), &self.locales, note)
    }

    fn render(&self, request: &Request) -> Vec<Run> {
        let locators: Vec<Option<Locator>> =
            request.items.iter().map(|item| item.locator.as_deref().and_then(Locator::parse)).collect();
        let texts: Vec<String> = locators.iter().map(|locator| self.locator_text(locator.as_ref())).collect();
        let known: Vec<usize> =
            (0..request.items.len()).filter(|at| self.entries.contains_key(&request.items[*at].key)).collect();
        let mut runs = Vec::new();
        if !known.is_empty() {
            let rendered = self.drive(request, &known, &locators, &texts);
            self.collect(request, &known, &rendered, &mut runs);
        }
        for item in request.items.iter().filter(|item| !self.knows(&item.key)) {
            let gap = if runs.is_empty() { "" } else { "; " };
            push(&mut runs, &format!("{gap}{}?", item.key), Default::default(), None);
        }
        runs
    }

    fn locator_text(&self, locator: Option<&Locator>) -> String {
        let Some(locator) = locator else { return String::new() };
        match locator.csl(self.words) {
            Some(_) => locator.parts.first().map(|part| part.value.clone()).unwrap_or_default(),
            None => locator.text(self.words),
        }
    }

    /// Has hayagriva render one citation behind what it depends on.
    fn drive(
        &self,
        request: &Request,
        known: &[usize],
        locators: &[Option<Locator>],
        texts: &[String],
    ) -> ElemChildren {
        let style: &IndependentStyle = match request.form {
            Form::Note => &self.style.csl,
            Form::Inline => &self.bare,
        };
        let mut driver = BibliographyDriver::new();
        let mut note = 0;
        let mut before = |entry, style| {
            note += 1;
            driver.citation(self.request(vec![CitationItem::with_entry(entry)], style, Some(note)));
        };
        let beside = match &request.beside {
            Beside::Alike(keys) => keys,
            Beside::All(_) => &self.cited,
        };
        for entry in beside.iter().filter_map(|key| self.entries.get(key)) {
            before(entry, &self.style.csl);
        }
        if self.is_note() {
            // What was named before only has to be there, not to be rendered well.
            let mention = Style::mention().unwrap_or(&self.style.csl);
            let later = known.iter().map(|at| &request.items[*at]).filter(|item| item.position == Position::Later);
            // Nothing but its date tells one untitled work from another: it is always named in full.
            let titled = later.filter_map(|item| self.entries.get(&item.key)).filter(|entry| entry.title().is_some());
            titled.for_each(|entry| before(entry, mention));
            before(&self.separator, mention);
        } else if !self.numeric {
            before(&self.separator, &self.style.csl);
        }
        let items = known.iter().filter_map(|at| {
            let entry = self.entries.get(&request.items[*at].key)?;
            let locator = locators[*at].as_ref().map(|locator| {
                let kind = locator.csl(self.words).unwrap_or(hayagriva::citationberg::taxonomy::Locator::Custom);
                SpecificLocator(kind, LocatorPayload::Str(&texts[*at]))
            });
            Some(CitationItem::with_locator(entry, locator))
        });
        driver.citation(self.request(items.collect(), style, Some(note + 1)));
        let rendered = driver.finish(self.bibliography());
        rendered.citations.into_iter().next_back().map(|citation| citation.citation).unwrap_or_default()
    }

    /// Walks what was rendered, item by item, and adds prefixes and links.
    fn collect(&self, request: &Request, known: &[usize], rendered: &ElemChildren, runs: &mut Vec<Run>) {
        for child in &rendered.0 {
            let item = match child {
                ElemChild::Elem(elem) => match elem.meta {
                    Some(ElemMeta::Entry(at)) => known.get(at).map(|at| (&request.items[*at], &elem.children)),
                    _ => None,
                },
                _ => None,
            };
            match item {
                Some((item, children)) => {
                    if !item.prefix.trim().is_empty() {
                        push(runs, &format!("{} ", item.prefix.trim()), Default::default(), None);
                    }
                    let children = if item.suppress_author { without_names(children) } else { children.clone() };
                    runs.extend(self.localised(from_rendered(&children, Some(&item.key))));
                }
                None => runs.extend(from_rendered(&ElemChildren(vec![child.clone()]), None)),
            }
        }
    }

    /// Puts right what the Korean locale of CSL cannot say: labels behind numbers, and names joined by a dot.
    fn localised(&self, mut runs: Vec<Run>) -> Vec<Run> {
        if self.words.lang() == Lang::Ko {
            runs.iter_mut().for_each(|run| run.text = korean(&run.text));
        }
        runs
    }

    fn render_list(&self, keys: &[String]) -> Vec<ListEntry> {
        let mut driver = BibliographyDriver::new();
        for (at, entry) in keys.iter().filter_map(|key| self.entries.get(key)).enumerate() {
            driver.citation(self.request(vec![CitationItem::with_entry(entry)], &self.style.csl, Some(at + 1)));
        }
        let request = BibliographyRequest::new(&self.style.csl, Some(self.locale.clone()), &self.locales);
        let Some(bibliography) = driver.finish(request).bibliography else {
            return keys.iter().filter_map(|key| self.plain_entry(key)).collect();
        };
        let items = bibliography.items.into_iter().map(|item| {
            let number = item.first_field.map(|field| plain(&from_rendered(&ElemChildren(vec![field]), None)));
            let mut runs = self.localised(from_rendered(&item.content, None));
            self.complete(&item.key, &mut runs);
            ListEntry { key: item.key, number: number.map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()), runs }
        });
        items.collect()
    }

    /// An entry in a style that has no list: the full note.
    fn plain_entry(&self, key: &str) -> Option<ListEntry> {
        self.knows(key).then(|| {
            let item = CiteItem { key: key.to_owned(), position: Position::First, ..CiteItem::default() };
            let mut runs = self.cite(&[item], Form::Note).to_vec();
            runs.iter_mut()
                .for_each(|run| run.target = run.target.take().filter(|t| matches!(t, super::Target::Url(_))));
            self.complete(key, &mut runs);
            ListEntry { key: key.to_owned(), number: None, runs }
        })
    }

    /// Adds what a reader needs and the style leaves out: that a work was cited as given, say.
    fn complete(&self, key: &str, runs: &mut Vec<Run>) {
        let Some(note) = self.entries.get(key).and_then(Entry::note).map(|note| note.to_string()) else { return };
        let text = plain(runs);
        if note.trim().is_empty() || text.to_lowercase().contains(&note.to_lowercase()) {
            return;
        }
        let gap = if text.trim_end().ends_with('.') { " " } else { ". " };
        let stop = if note.trim_end().ends_with('.') { "" } else { "." };
        push(runs, &format!("{gap}{}{stop}", capitalised(note.trim())), Default::default(), None);
    }
}

/// What two works must share to be confused: the first author's family name, else the title.
fn first_name(entry: &Entry) -> String {
    let person = entry.authors().or_else(|| entry.editors()).and_then(<[_]>::first);
    match person {
        Some(person) => person.name.to_lowercase(),
        None => entry.title().map(|title| title.value.to_string().to_lowercase()).unwrap_or_default(),
    }
}
