//! `{comparison}`: the same dimensions on several sides.

use super::builder::{Builder, Origin, base_name};
use crate::data::{Comparison, ComparisonRow, Rich, Side};
use crate::query::Pick;
use chancery_model::{Date, Kind, nearest};
use indexmap::IndexSet;

/// Labels of what holds for all sides.
const SHARED: &[&str] = &["shared", "both", "all", "공통"];

/// Returns a row for each comparison snippet, a column for each side.
pub(super) fn draw(builder: &mut Builder) -> Option<serde_json::Value> {
    let mut picks = builder.select(None);
    in_order_of_dimensions(builder, &mut picks);
    if picks.is_empty() {
        return None;
    }
    let labels = sides(builder, &picks);
    let rows = picks.iter().map(|pick| row(builder, pick, &labels)).collect();
    let sides = labels.iter().map(|label| side(builder, label)).collect();
    let sources = builder.foot_sources(&picks);
    let exhibit = builder.exhibit(sources);
    serde_json::to_value(Comparison { exhibit, sides, rows }).ok()
}

/// Keeps and sorts by the `dimensions` named, where some are.
fn in_order_of_dimensions(builder: &mut Builder, picks: &mut Vec<Pick>) {
    let wanted = builder.body.texts("dimensions");
    if wanted.is_empty() {
        return;
    }
    let place = |pick: &Pick| wanted.iter().position(|(name, _)| *name == dimension(pick) || name == pick.id());
    let known: Vec<String> = picks.iter().map(dimension).collect();
    for (name, span) in &wanted {
        if !known.contains(name) && !picks.iter().any(|pick| pick.id() == name) {
            let hint = nearest(name, known.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
            builder.body.error(
                span.clone(),
                "unknown-dimension",
                format!("no snippet here has the dimension `{name}`"),
                hint,
            );
        }
    }
    picks.retain(|pick| place(pick).is_some());
    picks.sort_by_key(place);
}

fn dimension(pick: &Pick) -> String {
    pick.field_text("dimension").unwrap_or_else(|| pick.text.title.clone())
}

/// The sides in the order of their first mention, or as the option names them.
fn sides(builder: &mut Builder, picks: &[Pick]) -> Vec<String> {
    let all: IndexSet<String> = picks.iter().flat_map(|pick| pick.text.sides().into_keys()).collect();
    let wanted = builder.body.texts("sides");
    if wanted.is_empty() {
        return all.into_iter().filter(|label| !is_shared(label)).collect();
    }
    for (label, span) in wanted.iter().filter(|(label, _)| !all.contains(label)) {
        let hint = nearest(label, all.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
        builder.body.error(span.clone(), "unknown-side", format!("no snippet here has the side `{label}`"), hint);
    }
    wanted.into_iter().map(|(label, _)| label).filter(|label| all.contains(label)).collect()
}

fn is_shared(label: &str) -> bool {
    SHARED.contains(&label.trim().to_lowercase().as_str())
}

fn row(builder: &mut Builder, pick: &Pick, labels: &[String]) -> ComparisonRow {
    let given = pick.text.sides();
    let node = |label: &String| given.get(label).cloned();
    let cells: Vec<Option<Rich>> =
        labels.iter().map(|label| node(label).and_then(|node| builder.node(&pick.text, &node))).collect();
    let shared = given.iter().find(|(label, _)| is_shared(label)).map(|(_, node)| node.clone());
    let shared = shared.and_then(|node| builder.node(&pick.text, &node));
    let dimension = builder.field(pick, "dimension").unwrap_or_else(|| builder.title(pick));
    let empty = cells.iter().all(Option::is_none);
    ComparisonRow {
        dimension,
        cells: (!empty || shared.is_none()).then_some(cells),
        shared: if empty { shared } else { None },
        sources: builder.row_sources(pick),
    }
}

/// A side; one that an actor's snippet is named after says when he was in office.
fn side(builder: &mut Builder, label: &str) -> Side {
    let context = builder.context;
    let mut actors = context.workspace.snippets.values().filter(|snippet| snippet.kind == Kind::Actor);
    let actor = actors.find(|snippet| base_name(&snippet.title) == base_name(label));
    let pick = actor.map(|snippet| context.translations.pick(snippet, context.workspace));
    let years = pick.as_ref().and_then(Pick::date).and_then(years);
    let sub = years.map(|years| Rich::Text(context.words.date(years)));
    if let Some(pick) = pick.filter(|_| sub.is_some()) {
        builder.uses(&pick);
    }
    Side { label: builder.markdown(label, Origin::None), sub }
}

/// A time in office by years alone.
fn years(date: Date) -> Option<Date> {
    let year = |day: chancery_model::Day| chancery_model::Day { month: None, day: None, ..day };
    match date {
        Date::Interval(interval) => Some(Date::Interval(chancery_model::Interval {
            start: interval.start.map(year),
            end: interval.end.map(year),
        })),
        Date::Day(_) => None,
    }
}
