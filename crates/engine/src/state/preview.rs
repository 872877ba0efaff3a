//! The pages in sight: composed after each change, typeset by the worker, told by their hashes.

use super::{Machine, Message};
use crate::desk::{Draft, Wish};
use crate::diagnose::Diagnoser;
use crate::fit::{fit, fit_problem};
use crate::images;
use crate::ipc::{Event, Fit, OutlineItem, PageInfo, PageSet, Slide, Stages, TypesetFailure};
use crate::overflow::{Overflow, overflow_problem, overflows};
use crate::slides::slides;
use chancery_compose::Cache;
use chancery_model::{Problem, Severity, Workspace};
use chancery_template::PackKind;
use chancery_typeset::{Outcome, Wanted, WorkerError};
use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What is shown, and how far showing it is.
#[derive(Default)]
pub struct Preview {
    /// The briefing shown.
    pub briefing: Option<String>,
    /// Pages in sight, from 0.
    pub in_sight: Range<usize>,
    /// Pixels a point that they are shown at.
    pub scale: f64,
    /// What composing keeps from one time to the next.
    cache: Cache,
    /// When the first change came that is not composed yet.
    changed: Option<Instant>,
    /// Counts typesettings; an answer to an older one than was shown last is dropped.
    serial: u64,
    shown: u64,
    /// The last draft that typeset, for clicks.
    pub good: Option<Arc<Typed>>,
    /// What is wrong with the briefing shown.
    pub problems: Vec<Problem>,
    /// The pages that were told last.
    pub pages: Option<PageSet>,
    /// The slides on them, for decks.
    slides: Vec<Slide>,
}

/// A draft with the workspace and the version of the text that it was composed from.
pub struct Typed {
    /// The workspace.
    pub workspace: Arc<Workspace>,
    /// The draft.
    pub draft: Draft,
    /// The version of the briefing's text.
    pub version: u32,
    waited: Duration,
    composing: Duration,
}

/// The end of a typesetting.
pub struct Typeset {
    serial: u64,
    typed: Arc<Typed>,
    outcome: Result<Outcome, WorkerError>,
}

impl Preview {
    /// Notes that the pages are no longer what they should be.
    pub fn touch(&mut self) {
        self.changed.get_or_insert_with(Instant::now);
    }

    /// Returns the slides of the deck shown.
    pub fn slides(&self) -> Vec<Slide> {
        self.slides.clone()
    }

    /// Shows another briefing, or none.
    pub fn turn_to(&mut self, briefing: Option<String>) {
        if self.briefing != briefing {
            let serial = self.serial + 1;
            let (in_sight, scale) = (self.in_sight.clone(), self.scale);
            *self = Self { briefing, in_sight, scale, serial, shown: serial, ..Self::default() };
            self.touch();
        }
    }
}

impl Machine {
    /// Composes what is shown where something changed, and hands it to the worker.
    pub(super) fn compose_what_changed(&mut self) {
        let Some(open) = &mut self.open else { return };
        let preview = &mut open.preview;
        let Some(changed) = preview.changed.take() else { return };
        let Some(file) = preview.briefing.clone() else { return };
        let begin = Instant::now();
        let briefing = match open.desk.briefing(&file) {
            Ok(briefing) => briefing,
            Err(failure) => return self.compose_failed(&file, failure.problem()),
        };
        let version = open.documents.version(&file);
        let draft = match open.desk.compose(briefing, &Wish::preview(), &mut preview.cache) {
            Ok(draft) => draft,
            Err(problem) => return self.compose_failed(&file, *problem),
        };
        preview.serial += 1;
        let typed = Arc::new(Typed {
            workspace: open.desk.workspace().clone(),
            draft,
            version,
            waited: begin - changed,
            composing: begin.elapsed(),
        });
        let wanted = Wanted { eager: preview.in_sight.clone(), scale: preview.scale };
        self.typeset(preview_serial(self), typed, wanted);
    }

    fn typeset(&self, serial: u64, typed: Arc<Typed>, wanted: Wanted) {
        let (shared, messages) = (self.shared.clone(), self.messages.clone());
        let worker = self.shared.worker.clone();
        self.shared.spawn(async move {
            let outcome = match worker.typeset(typed.draft.project(), wanted).await {
                Err(WorkerError::Superseded) => return,
                Ok(mut outcome) => {
                    if let Some(image) = outcome.image.take() {
                        shared.images.keep((image.hash, image.width), image.png);
                    }
                    Ok(outcome)
                }
                Err(error) => Err(error),
            };
            let _ = messages.send(Message::Typeset(Box::new(Typeset { serial, typed, outcome })));
        });
    }

    /// Shows new pages, or says why the last good ones stay.
    pub(super) fn show(&mut self, typeset: Typeset) {
        let Some(open) = &mut self.open else { return };
        if typeset.serial < open.preview.shown {
            return;
        }
        open.preview.shown = typeset.serial;
        let typed = typeset.typed;
        let draft = &typed.draft;
        let diagnoser = Diagnoser {
            workspace: &typed.workspace,
            briefing: &draft.briefing,
            composed: &draft.composed,
            pack: (draft.pack.origin, &draft.pack.package.name),
        };
        let mut problems = draft.composed.problems.clone();
        let event = match &typeset.outcome {
            Ok(outcome) => {
                let stands = fit(draft, outcome);
                let overflows = overflows(draft, outcome);
                problems.extend(diagnoser.problems(&outcome.warnings));
                problems.extend(stands.as_ref().and_then(|stands| fit_problem(draft, stands)));
                problems.extend(overflows.iter().map(|overflow| overflow_problem(draft, overflow)));
                let pages = page_infos(outcome, &overflows);
                let pages =
                    page_set(&typed, outcome, pages, stands, |offset| open.documents.offset(&draft.briefing, offset));
                open.preview.good = Some(typed.clone());
                open.preview.slides = match draft.composed.kind {
                    PackKind::Note => Vec::new(),
                    PackKind::Deck => slides(outcome, &draft.composed.meta.title, &draft.composed.slides),
                };
                open.preview.pages = Some(pages.clone());
                Event::Pages { pages }
            }
            Err(error) => {
                let found = diagnoser.failure(error);
                let failure = TypesetFailure {
                    message: found.first().map_or_else(|| error.to_string(), |problem| problem.message.clone()),
                    hint: found.first().and_then(|problem| problem.hint.clone()),
                    problems: found.clone(),
                };
                problems.extend(found);
                Event::TypesetFailed { briefing: draft.briefing.file.clone(), failure }
            }
        };
        open.preview.problems = problems;
        self.tell(event);
        self.tell_problems();
    }

    fn compose_failed(&mut self, file: &str, problem: Problem) {
        let failure = TypesetFailure {
            message: problem.message.clone(),
            hint: problem.hint.clone(),
            problems: vec![problem.clone()],
        };
        if let Some(open) = &mut self.open {
            open.preview.problems = vec![problem];
        }
        self.tell(Event::TypesetFailed { briefing: file.to_owned(), failure });
        self.tell_problems();
    }

    /// Tells all problems, the workspace's and those of the pages in sight, each once.
    pub(super) fn tell_problems(&mut self) {
        let problems = self.problems();
        self.tell(Event::Problems { problems });
    }

    /// Returns all problems, the gravest first.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let Some(open) = &self.open else { return Vec::new() };
        let mut problems = open.desk.session().problems();
        problems.extend(open.preview.problems.iter().cloned());
        problems.sort_by(|a, b| rank(a.severity).cmp(&rank(b.severity)).then_with(|| a.place.cmp(&b.place)));
        problems.dedup();
        problems
    }
}

fn preview_serial(machine: &Machine) -> u64 {
    machine.open.as_ref().map_or(0, |open| open.preview.serial)
}

fn rank(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    }
}

/// Returns the pages, each with what does not fit on it.
fn page_infos(outcome: &Outcome, overflows: &[Overflow]) -> Vec<PageInfo> {
    let info = |(at, page): (usize, &chancery_typeset::Page)| {
        let overflow = overflows.iter().find(|overflow| overflow.pages.contains(&at));
        let first = overflow.map(|overflow| overflow.pages.start);
        PageInfo {
            hash: images::name(page.hash),
            width: page.width,
            height: page.height,
            over: overflow.filter(|_| first == Some(at)).map(|overflow| overflow.over),
            runs_on_from: first.filter(|first| *first != at).and_then(|first| u32::try_from(first + 1).ok()),
        }
    };
    outcome.pages.iter().enumerate().map(info).collect()
}

fn page_set(
    typed: &Typed,
    outcome: &Outcome,
    pages: Vec<PageInfo>,
    fit: Option<Fit>,
    offset: impl Fn(usize) -> u32,
) -> PageSet {
    let composed = &typed.draft.composed;
    let heading = |entry: &chancery_compose::OutlineEntry| OutlineItem {
        level: u32::from(entry.level),
        title: entry.title.clone(),
        offset: offset(entry.offset),
        words: entry.words,
    };
    PageSet {
        briefing: typed.draft.briefing.file.clone(),
        version: typed.version,
        pages,
        outline: composed.outline.iter().map(heading).collect(),
        fit,
        words: composed.words,
        marking: composed.meta.marking.clone(),
        kind: match composed.kind {
            PackKind::Note => "note".to_owned(),
            PackKind::Deck => "deck".to_owned(),
        },
        stages: stages(typed, outcome),
    }
}

fn stages(typed: &Typed, outcome: &Outcome) -> Stages {
    let times = &outcome.timings;
    let millis = |time: Duration| time.as_secs_f64() * 1e3;
    Stages {
        edit: millis(typed.waited),
        compose: millis(typed.composing),
        compile: millis(times.sync + times.compile + times.inspect),
        image: millis(times.image),
        transport: millis(times.total.saturating_sub(times.worker)),
    }
}
