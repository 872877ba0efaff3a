//! Slides that are longer than their page.

use crate::desk::Draft;
use crate::ipc::Over;
use chancery_model::{Place, Problem};
use chancery_template::PackKind;
use chancery_typeset::{Outcome, Page};
use std::ops::Range;

/// Millimetres of a point.
const MILLIMETRES: f64 = 25.4 / 72.0;

/// What reaches less than this below its page, in points, does not show.
const UNSEEN: f64 = 2.0;

/// A slide that does not fit on its page.
#[derive(Debug, Clone, PartialEq)]
pub struct Overflow {
    /// Its pages, from 0.
    pub pages: Range<usize>,
    /// By how much it does not fit on the first of them.
    pub over: Over,
    /// Bytes of its heading in the briefing's file.
    heading: Range<usize>,
}

/// Returns the slides of a deck that do not fit on their pages, in order; none of a note.
pub fn overflows(draft: &Draft, outcome: &Outcome) -> Vec<Overflow> {
    if draft.composed.kind == PackKind::Note {
        return Vec::new();
    }
    let marks: Vec<(&str, usize)> = outcome.slides.iter().map(|mark| (part(mark), mark.at.page)).collect();
    let ends = marks.iter().skip(1).map(|(_, page)| *page).chain([outcome.pages.len()]);
    let parts = marks.iter().zip(ends).filter(|((part, _), _)| *part != "notes");
    let slides = parts.zip(&draft.composed.slides).filter(|(((part, _), _), _)| *part == "slide");
    slides
        .filter_map(|(((_, start), end), slide)| {
            let pages = *start..end;
            let over = over(outcome.pages.get(pages.clone())?)?;
            Some(Overflow { pages, over, heading: slide.span.clone() })
        })
        .collect()
}

fn part(mark: &chancery_typeset::Slide) -> &str {
    mark.value.get("part").and_then(serde_json::Value::as_str).unwrap_or_default()
}

/// Returns by how much what stands on these pages does not fit on the first of them.
fn over(pages: &[Page]) -> Option<Over> {
    let (first, rest) = pages.split_first()?;
    let below = if first.body.below > UNSEEN { first.body.below } else { 0.0 };
    if rest.is_empty() && below == 0.0 {
        return None;
    }
    let height: f64 = rest.iter().map(|page| page.body.height + page.body.below).sum::<f64>() + below;
    let lines = lines(rest) + first.body.lines_below;
    let measured = lines > 0 && !rest.iter().any(|page| page.body.pictures);
    Some(Over { lines: if measured { lines } else { 0 }, millimetres: (height * MILLIMETRES).ceil().max(1.0) as u32 })
}

/// Returns how many lines of text stand on pages.
pub fn lines(pages: &[Page]) -> u32 {
    pages.iter().map(|page| page.body.lines).sum()
}

/// Returns the warning of a slide that does not fit on its page.
pub fn overflow_problem(draft: &Draft, overflow: &Overflow) -> Problem {
    let much = match overflow.over {
        Over { lines: 0, millimetres } => format!("it is {millimetres} mm too tall"),
        Over { lines: 1, .. } => "about a line too many".to_owned(),
        Over { lines, .. } => format!("about {lines} lines too many"),
    };
    let message = match overflow.pages.len() {
        0 | 1 => format!("the slide reaches below its page: {much}"),
        pages => format!("the slide takes {pages} pages: {much}"),
    };
    let briefing = &draft.briefing;
    let place = Place::of(&briefing.file, &briefing.text, overflow.heading.clone());
    Problem::warning("slide-too-long", message)
        .at_place(place)
        .hint("Shorten it, or begin a new slide with `---` or a heading.")
}
