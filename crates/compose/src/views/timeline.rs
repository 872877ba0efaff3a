//! `{timeline}`: events along time, with who was in office.

use super::axis::{places, qualifiers, time_ticks};
use super::builder::{Builder, base_name};
use crate::data::{Era, Timeline, TimelineEvent};
use crate::query::{Pick, Sort};
use chancery_model::{Kind, nearest};
use indexmap::IndexMap;

/// What a timeline shows where its query names no kind.
const KINDS: &[Kind] = &[Kind::Event, Kind::Agreement];

/// Returns the events in order, and the axis where two of them have a place on it.
pub(super) fn draw(builder: &mut Builder) -> Option<serde_json::Value> {
    let by_hand = !builder.query.ids.is_empty();
    let picks = builder.select_kinds(if by_hand { &[] } else { KINDS }, Some(Sort::Date));
    let undated: Vec<&str> =
        picks.iter().filter(|pick| pick.date().is_none() && pick.text.date_text.is_none()).map(Pick::id).collect();
    if !undated.is_empty() {
        let message = format!("no date, so not on the timeline: {}", undated.join(", "));
        builder.body.warning(0..0, "no-date", message, "give these snippets a `date`, or leave them out of the query");
    }
    let picks: Vec<Pick> =
        picks.into_iter().filter(|pick| pick.date().is_some() || pick.text.date_text.is_some()).collect();
    if picks.is_empty() {
        return None;
    }
    let events: Vec<TimelineEvent> = picks.iter().map(|pick| event(builder, pick)).collect();
    let axis = axis(builder, &events);
    let eras = axis.map(|(from, to)| eras(builder, from, to)).unwrap_or_default();
    let sources = builder.foot_sources(&picks);
    let exhibit = builder.exhibit(sources);
    let alt = alt(builder, &picks, &events, axis, &eras);
    let ticks = axis.map(|(from, to)| time_ticks(from, to, builder.context.words)).unwrap_or_default();
    let (from, to) = axis.unzip();
    serde_json::to_value(Timeline { exhibit, alt, from, to, ticks, eras, events }).ok()
}

fn event(builder: &mut Builder, pick: &Pick) -> TimelineEvent {
    let date = pick.date();
    let (start, end) = date.map(places).unwrap_or_default();
    let (approximate, uncertain) = date.map(qualifiers).unwrap_or_default();
    let ongoing = matches!(date, Some(chancery_model::Date::Interval(interval)) if interval.end.is_none());
    TimelineEvent {
        id: Some(pick.id().to_owned()),
        at: start,
        until: end.filter(|_| start.is_some()),
        ongoing,
        approximate,
        uncertain,
        date_text: builder.date_text(pick, true).unwrap_or_default(),
        kind: pick.text.kind.name().to_owned(),
        text: builder.line(pick),
        sources: builder.row_sources(pick),
        label: None,
    }
}

/// The ends of the axis, whole years; none where fewer than two events have a place on it.
fn axis(builder: &Builder, events: &[TimelineEvent]) -> Option<(f64, f64)> {
    let placed = events.iter().filter(|event| event.at.is_some()).count();
    if placed < 2 || builder.body.flag("axis") == Some(false) {
        return None;
    }
    let ends = events.iter().flat_map(|event| [event.at, event.until]).flatten();
    let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(at), high.max(at)));
    let first = builder.query.from.and_then(|date| date.first()).map(|(year, ..)| f64::from(year));
    let last = builder.query.to.and_then(|date| date.last()).map(|(year, ..)| f64::from(year) + 1.0);
    let (from, to) = (
        first.map_or(low.floor(), |first| first.min(low.floor())),
        last.map_or(high.floor() + 1.0, |last| last.max(high.floor() + 1.0)),
    );
    Some((from, to))
}

/// Who was in office: the actors named, those of a role, or, for `actors`, those of the commonest role.
fn eras(builder: &mut Builder, from: f64, to: f64) -> Vec<Era> {
    let wanted = builder.body.texts("bands");
    if wanted.is_empty() {
        return Vec::new();
    }
    let context = builder.context;
    let actors = context.workspace.snippets.values().filter(|snippet| snippet.kind == Kind::Actor);
    let actors = actors.filter(|snippet| !context.translations.hides(snippet, context.workspace));
    let picks = actors.map(|snippet| context.translations.pick(snippet, context.workspace));
    let picks: Vec<Pick> = picks.filter(|pick| pick.facts.field("from").is_some()).collect();
    let role = |pick: &Pick| pick.facts.field_text("role").map(|role| role.value).unwrap_or_default();
    let mut chosen: Vec<Pick> = Vec::new();
    for (name, span) in &wanted {
        let named = |pick: &&Pick| match name.as_str() {
            "actors" | "yes" | "true" => Some(role(pick)) == commonest(&picks, &role, from, to),
            name => pick.id() == name || role(pick) == name,
        };
        let found: Vec<&Pick> = picks.iter().filter(named).collect();
        if found.is_empty() {
            let near = nearest(name, picks.iter().map(Pick::id)).map(|near| format!("did you mean `{near}`?"));
            let hint =
                near.or_else(|| Some("write `actors`, a role, or ids of `actor` snippets that have `from`".to_owned()));
            builder.body.error(span.clone(), "unknown-band", format!("nobody in office is named by `{name}`"), hint);
        }
        chosen.extend(found.into_iter().cloned());
    }
    let mut eras: Vec<(f64, Era)> = chosen.iter().filter_map(|pick| era(builder, pick, from, to)).collect();
    eras.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    eras.into_iter().map(|(_, era)| era).collect()
}

/// The role that most actors on the axis have.
fn commonest(picks: &[Pick], role: &impl Fn(&Pick) -> String, from: f64, to: f64) -> Option<String> {
    let mut counts: IndexMap<String, usize> = IndexMap::new();
    for pick in picks.iter().filter(|pick| span(pick, to).is_some_and(|(start, end)| start < to && end > from)) {
        *counts.entry(role(pick)).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(role, _)| role)
}

/// From when to when somebody was in office; who still is, is to the end of the axis.
fn span(pick: &Pick, end_of_axis: f64) -> Option<(f64, f64)> {
    let place = |name: &str| pick.field_date(name).and_then(|date| places(date).0);
    let start = place("from")?;
    Some((start, place("to").unwrap_or(end_of_axis)))
}

fn era(builder: &mut Builder, pick: &Pick, from: f64, to: f64) -> Option<(f64, Era)> {
    let (start, end) = span(pick, to)?;
    let (start, end) = (start.max(from), end.min(to));
    if start >= end {
        return None;
    }
    builder.uses(pick);
    let highlighted = builder.body.texts("highlight");
    let emphasis = (!highlighted.is_empty()).then(|| highlighted.iter().any(|(id, _)| id == pick.id()));
    Some((start, Era { label: base_name(&pick.text.title).to_owned(), from: start, to: end, emphasis }))
}

fn alt(builder: &Builder, picks: &[Pick], events: &[TimelineEvent], axis: Option<(f64, f64)>, eras: &[Era]) -> String {
    if let Some(alt) = builder.body.text("alt") {
        return alt;
    }
    let words = builder.context.words;
    let said = |at: usize| (events[at].date_text.clone(), builder.plain_line(&picks[at]));
    let years = axis.map(|(from, to)| (from as i32, to as i32 - 1));
    let labels: Vec<&str> = eras.iter().map(|era| era.label.as_str()).collect();
    let in_time = (0..events.len()).filter(|at| events[*at].at.is_some());
    let key = |at: &usize| events[*at].at.unwrap_or_default();
    let first = in_time.clone().min_by(|a, b| key(a).total_cmp(&key(b))).unwrap_or_default();
    let last = in_time.max_by(|a, b| key(a).total_cmp(&key(b))).unwrap_or(events.len() - 1);
    words.timeline_alt(events.len(), years, said(first), said(last), &labels)
}
