//! Page budgets: `fit: 4 pages`.

use crate::desk::Draft;
use crate::ipc::Fit;
use crate::overflow::lines;
use chancery_model::{Place, Problem};
use chancery_typeset::Outcome;

/// Returns how typeset pages stand with the briefing's budget.
pub fn fit(draft: &Draft, outcome: &Outcome) -> Option<Fit> {
    let pages = draft.composed.fit?;
    let allowed = usize::try_from(pages).unwrap_or(usize::MAX);
    let over = outcome.pages.get(allowed..).unwrap_or_default();
    let lines = if over.is_empty() { 0 } else { lines(over).max(1) };
    Some(Fit { pages, over: u32::try_from(over.len()).unwrap_or(u32::MAX), lines })
}

/// Returns the warning of a briefing that is longer than its budget.
pub fn fit_problem(draft: &Draft, fit: &Fit) -> Option<Problem> {
    if fit.over == 0 {
        return None;
    }
    let allowed =
        if fit.pages == 1 { "1 page is allowed".to_owned() } else { format!("{} pages are allowed", fit.pages) };
    let lines = if fit.lines == 1 { "a line".to_owned() } else { format!("{} lines", fit.lines) };
    let message = format!("the briefing takes {} pages where {allowed}: about {lines} too many", fit.pages + fit.over);
    let briefing = &draft.briefing;
    let span = briefing.fields.get("fit").map_or(0..0, |(name, value)| name.start..value.span.end);
    let place = Place::of(&briefing.file, &briefing.text, span);
    Some(Problem::warning("over-budget", message).at_place(place).hint("Shorten the text, or raise `fit`."))
}
