//! Page budgets: `fit: 4 pages`.

use crate::desk::Draft;
use crate::ipc::Fit;
use chancery_model::{Place, Problem};
use chancery_typeset::{Outcome, Worker};

/// A line's pitch in points, to turn a length on the page into lines.
const PITCH: f64 = 14.0;

/// The margin above a page's text in points, as packs have it, about.
const HEAD: f64 = 79.0;

/// Returns how typeset pages stand with the briefing's budget.
pub async fn fit(draft: &Draft, outcome: &Outcome, worker: &Worker) -> Option<Fit> {
    let pages = draft.composed.fit?;
    let over = u32::try_from(outcome.pages.len()).unwrap_or(u32::MAX).saturating_sub(pages);
    let lines = if over == 0 { 0 } else { lines_on_last_page(draft, outcome, worker).await };
    Some(Fit { pages, over, lines })
}

/// Returns about how many lines stand on the last page: down to where the briefing's last text is.
async fn lines_on_last_page(draft: &Draft, outcome: &Outcome, worker: &Worker) -> u32 {
    let last_page = outcome.pages.len().saturating_sub(1);
    let mut lowest = HEAD + PITCH;
    let blocks = draft.composed.files.keys().rev().filter(|file| file.starts_with("blocks/")).take(3);
    for file in blocks {
        let end = draft.composed.files[file].len();
        for offset in [end.saturating_sub(3), end / 2, 0] {
            let points = worker.page_at(file, offset).await.unwrap_or_default();
            // What a citation says stands in a footnote too, far below the text.
            let here = points.iter().filter(|point| point.page == last_page).map(|point| point.y);
            lowest = lowest.max(here.min_by(f64::total_cmp).unwrap_or(0.0));
        }
    }
    ((lowest - HEAD) / PITCH).ceil().max(1.0) as u32
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
