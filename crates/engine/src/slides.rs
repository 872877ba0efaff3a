//! The slides of a deck: on which page each is, and what is said to it.

use crate::ipc::Slide;
use chancery_compose::SlideNotes;
use chancery_typeset::Outcome;

/// Returns the slides: the cover, where there is one before the first mark, and what the pack's marks name.
///
/// Marks of notes pages are left out; the others stand in the order of the briefing's sections and slides.
pub fn slides(outcome: &Outcome, title: &str, notes: &[SlideNotes]) -> Vec<Slide> {
    let marks = outcome.slides.iter().filter(|mark| part(mark) != Some("notes"));
    let mut slides: Vec<Slide> = marks
        .enumerate()
        .map(|(at, mark)| Slide {
            page: number(mark.at.page),
            title: notes.get(at).map(|slide| slide.title.clone()).unwrap_or_default(),
            notes: notes.get(at).map(|slide| slide.notes.clone()).unwrap_or_default(),
        })
        .collect();
    if slides.first().is_some_and(|first| first.page > 1) {
        slides.insert(0, Slide { page: 1, title: title.to_owned(), notes: Vec::new() });
    }
    slides
}

fn part(mark: &chancery_typeset::Slide) -> Option<&str> {
    mark.value.get("part").and_then(serde_json::Value::as_str)
}

fn number(page: usize) -> u32 {
    u32::try_from(page + 1).unwrap_or(u32::MAX)
}
