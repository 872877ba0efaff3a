//! What comes of the passes: files, problems, map, outline.

use crate::cache::{Cache, sha256};
use crate::composed::{Composed, Meta, OutlineEntry, SlideNotes, Used, UsedFile, UsedItem};
use crate::finding::{Found, moved};
use crate::map::{MappedFile, Part as MapPart, ProjectMap};
use crate::plan::{FrameKind, Part, Unit};
use crate::project::{self, Frame, Packages};
use crate::request::Request;
use crate::scan::Scan;
use crate::texts::{Parsed, Texts};
use crate::unit::{DrawnUnit, block_path};
use crate::words::Words;
use chancery_markup::{BlockKind, Inline};
use chancery_model::Problem;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// What the passes found and drew.
pub(crate) struct Outcome<'a> {
    pub request: &'a Request<'a>,
    pub words: Words,
    pub parsed: &'a Parsed,
    pub units: &'a [Unit<'a>],
    pub drawn: &'a [Arc<DrawnUnit>],
    pub scan: &'a Scan,
    pub packages: &'a Packages,
}

impl Outcome<'_> {
    /// Returns the composed briefing.
    pub fn composed(&self, cache: &mut Cache, frame: Frame, meta: Meta, mut problems: Vec<Problem>) -> Composed {
        problems.extend(self.packages.problems.iter().cloned());
        problems.extend(frame.problems.iter().cloned());
        let map = self.map(&cache.texts, &frame);
        let problems = self.problems(&cache.texts, &frame, problems);
        let outline = self.outline();
        let files = self.files(&mut cache.files, frame, &meta);
        Composed {
            files,
            problems,
            map,
            words: self.words_of(0..self.units.len()),
            outline,
            slides: self.slides(),
            meta,
            used: self.used(cache),
            fit: self.request.briefing.fit,
            kind: self.request.pack.kind(),
        }
    }

    /// All files; one with the bytes that it had the last time keeps its `Arc`.
    fn files(
        &self,
        before: &mut BTreeMap<String, Arc<[u8]>>,
        frame: Frame,
        meta: &Meta,
    ) -> BTreeMap<String, Arc<[u8]>> {
        let mut files: BTreeMap<String, Arc<[u8]>> = BTreeMap::new();
        let mut add = |path: &str, bytes: Arc<[u8]>| {
            let same = before.get(path).filter(|old| Arc::ptr_eq(old, &bytes) || ***old == *bytes);
            files.insert(path.to_owned(), same.map_or(bytes, Arc::clone));
        };
        for unit in self.drawn {
            add(&block_path(unit.number), Arc::clone(&unit.code));
            unit.files.iter().for_each(|(path, bytes)| add(path, Arc::clone(bytes)));
        }
        frame.pictures.into_iter().for_each(|(path, bytes)| add(&path, bytes));
        add(Composed::MAIN, project::main(&self.tops()).into());
        add("api.typ", frame.api.0.into());
        add("data/settings.json", frame.settings.into());
        // Strings and numbers always serialise.
        add("data/meta.json", serde_json::to_vec_pretty(meta).unwrap_or_default().into());
        project::add_packages(self.request, self.packages, &mut files);
        before.clone_from(&files);
        files
    }

    /// The numbers of the files that `main.typ` includes: in a deck, sections and slides include the others.
    fn tops(&self) -> Vec<usize> {
        let is_deck = self.units.iter().any(|unit| matches!(unit.part, Part::Frame(_)));
        let tops =
            self.units.iter().zip(self.drawn).filter(|(unit, _)| !is_deck || matches!(unit.part, Part::Frame(_)));
        tops.map(|(_, drawn)| drawn.number).collect()
    }

    fn map(&self, texts: &Texts, frame: &Frame) -> ProjectMap {
        let mut parts = BTreeMap::new();
        for (unit, drawn) in self.units.iter().zip(self.drawn) {
            let part = MapPart { map: Arc::clone(&drawn.map), shift: shift(unit, drawn), block: unit.span.clone() };
            parts.insert(block_path(drawn.number), part);
        }
        let front = 0..self.request.briefing.body_start;
        parts.insert("api.typ".to_owned(), MapPart { map: Arc::new(frame.api.1.clone()), shift: 0, block: front });
        ProjectMap { files: texts.files().map(|(name, snippet)| MappedFile { name, snippet }).collect(), parts }
    }

    /// All problems, each once, in the order of the text.
    fn problems(&self, texts: &Texts, frame: &Frame, others: Vec<Problem>) -> Vec<Problem> {
        let own = self.parsed.document.findings.iter();
        let own = own.map(|finding| Found::new(Texts::BRIEFING, finding.span.clone(), finding.problem.clone()));
        let in_units = self.units.iter().zip(self.drawn).flat_map(|(unit, drawn)| {
            let shift = shift(unit, drawn);
            drawn.found.iter().map(move |found| match found.file {
                Texts::BRIEFING => Found { span: moved(&found.span, shift), ..found.clone() },
                _ => found.clone(),
            })
        });
        let found: Vec<Found> = own.chain(frame.found.iter().cloned()).chain(in_units).collect();
        let mut seen = HashSet::new();
        let located = texts.problems(&found);
        let mut problems: Vec<Problem> =
            others.into_iter().chain(located).filter(|problem| seen.insert(problem.clone())).collect();
        let briefing = &self.request.briefing.file;
        problems.sort_by_key(|problem| {
            let place = problem.place.as_ref();
            place.map(|place| (place.file != *briefing, place.file.clone(), place.line, place.column))
        });
        problems
    }

    fn outline(&self) -> Vec<OutlineEntry> {
        let headings: Vec<(usize, u8, &[Inline])> = self
            .units
            .iter()
            .enumerate()
            .filter_map(|(at, unit)| heading(unit).map(|(level, title)| (at, level, title)))
            .collect();
        let entry = |(index, (at, level, title)): (usize, &(usize, u8, &[Inline]))| {
            let next = headings[index + 1..].iter().find(|(_, other, _)| other <= level).map(|(at, ..)| *at);
            OutlineEntry {
                level: *level,
                title: crate::plain::text(title, self.request, self.words),
                offset: self.units[*at].span.start,
                words: self.words_of(*at..next.unwrap_or(self.units.len())),
            }
        };
        headings.iter().enumerate().map(entry).collect()
    }

    fn slides(&self) -> Vec<SlideNotes> {
        let frames = self.units.iter().filter_map(|unit| match &unit.part {
            Part::Frame(frame) => Some((frame, unit.span.clone())),
            Part::Block(_) => None,
        });
        let slide = |(frame, span): (&crate::plan::Frame<'_>, std::ops::Range<usize>)| SlideNotes {
            span,
            title: frame.title.map(|title| crate::plain::text(title, self.request, self.words)).unwrap_or_default(),
            notes: frame
                .notes
                .iter()
                .flat_map(|blocks| crate::plain::paragraphs(blocks, self.request, self.words))
                .collect(),
        };
        frames.map(slide).collect()
    }

    fn words_of(&self, units: std::ops::Range<usize>) -> u32 {
        units
            .map(|at| {
                let own = match &self.units[at].part {
                    Part::Block(block) => crate::count::words(std::slice::from_ref(block)),
                    Part::Frame(frame) if frame.continued => 0,
                    Part::Frame(frame) => frame.title.map_or(0, crate::count::words_in),
                };
                own + self.drawn[at].words
            })
            .sum()
    }

    fn used(&self, cache: &mut Cache) -> Used {
        let workspace = self.request.workspace;
        let mut snippets: Vec<UsedItem> = Vec::new();
        for id in self.scan.shown.union(&self.scan.named) {
            if let Some(snippet) = workspace.snippets.get(id) {
                let sha256 = cache.sha256(snippet);
                snippets.push(UsedItem { id: id.clone(), file: Some(snippet.file.clone()), sha256 });
            }
        }
        snippets.sort();
        let source = |key: &String| {
            let source = workspace.sources.get(key)?;
            let entry = serde_json::to_vec(&source.entry).unwrap_or_default();
            Some(UsedItem { id: key.clone(), file: Some(source.file.clone()), sha256: sha256(&entry) })
        };
        let mut sources: Vec<UsedItem> = self.scan.cited.iter().filter_map(source).collect();
        sources.sort();
        let package = |pack: &chancery_template::Pack| UsedItem {
            id: pack.package.to_string(),
            file: None,
            sha256: pack.sha256.clone(),
        };
        let packages =
            std::iter::once(package(self.request.pack)).chain(self.packages.all.iter().map(|pack| package(pack)));
        let briefing = self.request.briefing;
        Used {
            briefing: UsedFile { file: briefing.file.clone(), sha256: sha256(briefing.text.as_bytes()) },
            packages: packages.collect(),
            snippets,
            sources,
        }
    }
}

/// How far a unit's text has moved since it was drawn.
fn shift(unit: &Unit<'_>, drawn: &DrawnUnit) -> isize {
    unit.span.start.wrapping_sub(drawn.start).cast_signed()
}

/// The level and title of a unit that is a heading, a section or a slide.
fn heading<'u>(unit: &'u Unit<'_>) -> Option<(u8, &'u [Inline])> {
    match &unit.part {
        Part::Block(block) => match &block.kind {
            BlockKind::Heading { level, content } => Some((unit.levels.clone().next(*level), content)),
            _ => None,
        },
        Part::Frame(frame) if frame.continued => None,
        Part::Frame(frame) => {
            let level = if frame.kind == FrameKind::Section { 1 } else { frame.level };
            Some((level, frame.title?))
        }
    }
}
