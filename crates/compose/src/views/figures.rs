//! `{figures}`: numbers as a table, bars, lines, or large. Numbers of two units never share an axis.

use super::axis::{place, time_ticks, value_axis};
use super::builder::Builder;
use crate::data::{Bar, FigureItem, FigureRow, Figures, FiguresColumn, Line, Point, Rich, Shape, TimeAxis};
use crate::query::{Pick, Sort};
use crate::words::{AxisSummary, LineSummary};
use chancery_model::{Date, nearest};
use indexmap::{IndexMap, IndexSet};

/// Points of a line whose numbers are all printed, at most.
const POINTS_WITH_TEXT: usize = 6;

/// Returns the figures in the shape asked for.
pub(super) fn draw(builder: &mut Builder) -> Option<serde_json::Value> {
    let mut picks = builder.select(Some(Sort::Date));
    of_series(builder, &mut picks);
    if picks.is_empty() {
        return None;
    }
    let units: IndexSet<String> = picks.iter().filter(|pick| number(pick).is_some()).map(unit).collect();
    let shape = match builder.body.text("as").as_deref() {
        Some(chart @ ("bar" | "line")) if units.len() > 1 => {
            mixed(builder, &picks, chart, &units);
            table(builder, &picks)
        }
        Some("bar") => bars(builder, &picks),
        Some("line") => lines(builder, &picks).unwrap_or_else(|| table(builder, &picks)),
        Some("numbers") => numbers(builder, &picks),
        _ => table(builder, &picks),
    };
    let sources = builder.foot_sources(&picks);
    let mut exhibit = builder.exhibit(sources);
    if exhibit.unit_line.is_none() && matches!(shape, Shape::Bar { .. } | Shape::Line { .. }) {
        exhibit.unit_line = units.first().filter(|unit| !unit.is_empty()).map(|unit| Rich::Text(unit.clone()));
    }
    serde_json::to_value(Figures { exhibit, shape }).ok()
}

/// Keeps the series named, where some are.
fn of_series(builder: &mut Builder, picks: &mut Vec<Pick>) {
    let wanted = builder.body.texts("series");
    if wanted.is_empty() {
        return;
    }
    let known: IndexSet<String> = picks.iter().filter_map(|pick| pick.field_text("series")).collect();
    for (name, span) in wanted.iter().filter(|(name, _)| !known.contains(name)) {
        let hint = nearest(name, known.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
        builder.body.error(
            span.clone(),
            "unknown-series",
            format!("no figure here belongs to the series `{name}`"),
            hint,
        );
    }
    picks.retain(|pick| pick.field_text("series").is_some_and(|series| wanted.iter().any(|(name, _)| *name == series)));
}

fn mixed(builder: &mut Builder, picks: &[Pick], chart: &str, units: &IndexSet<String>) {
    let named = units.iter().map(|unit| format!("`{unit}`")).collect::<Vec<_>>().join(", ");
    let other = picks.iter().find(|pick| number(pick).is_some() && Some(&unit(pick)) != units.first());
    let which = other.map(|pick| format!("; `{}` is the first that differs", pick.id())).unwrap_or_default();
    let message = format!("figures of different units cannot share one axis: {named}{which}");
    let hint = format!("narrow the query to one unit, or write `as: table` instead of `as: {chart}`");
    let span = builder.body.span("as");
    builder.body.error(span, "mixed-units", message, Some(hint));
}

fn number(pick: &Pick) -> Option<f64> {
    pick.field_number("value").filter(|value| value.is_finite())
}

fn unit(pick: &Pick) -> String {
    pick.field_text("unit").map(|unit| unit.trim().to_owned()).unwrap_or_default()
}

fn value_text(builder: &Builder, pick: &Pick) -> Option<String> {
    amount(builder, pick, "")
}

/// The number with a unit; “about” stands before both.
fn amount(builder: &Builder, pick: &Pick, unit: &str) -> Option<String> {
    let words = builder.context.words;
    let printed = words.with_unit(&words.number(&pick.field_text("value")?), unit);
    Some(if pick.field_flag("approx") == Some(true) { words.about(&printed) } else { printed })
}

/// The period or date that a figure counts for.
fn period(pick: &Pick) -> Option<Date> {
    pick.field_date("period").or_else(|| pick.date())
}

fn period_text(builder: &Builder, pick: &Pick) -> Option<String> {
    let words = builder.context.words;
    pick.text.date_text.clone().or_else(|| period(pick).map(|date| words.date_short(date)))
}

/// What tells the figures apart: their periods, where each has one of its own and all are of one series, else titles.
fn labels(builder: &Builder, picks: &[Pick]) -> Vec<String> {
    let series: IndexSet<_> = picks.iter().map(|pick| pick.field_text("series")).collect();
    let periods: Vec<Option<String>> = picks.iter().map(|pick| period_text(builder, pick)).collect();
    let distinct = periods.iter().collect::<IndexSet<_>>().len() == picks.len() && periods.iter().all(Option::is_some);
    if distinct && series.len() == 1 && series.first().is_some_and(Option::is_some) {
        return periods.into_iter().flatten().collect();
    }
    picks.iter().map(|pick| builder.plain_title(pick)).collect()
}

fn emphasis(builder: &Builder, pick: &Pick, label: &str) -> Option<bool> {
    let wanted = builder.body.texts("highlight");
    (!wanted.is_empty()).then(|| wanted.iter().any(|(name, _)| name == pick.id() || name == label))
}

fn bars(builder: &mut Builder, picks: &[Pick]) -> Shape {
    let words = builder.context.words;
    let labels = labels(builder, picks);
    let averages = per_year(builder, picks);
    let bars: Vec<Bar> = picks
        .iter()
        .zip(&labels)
        .enumerate()
        .map(|(at, (pick, label))| Bar {
            label: label.clone(),
            value: number(pick),
            text: value_text(builder, pick)
                .filter(|_| number(pick).is_some())
                .unwrap_or_else(|| words.not_given().to_owned()),
            extra: averages.as_ref().and_then(|all| all[at].clone()),
            emphasis: emphasis(builder, pick, label),
            open: false,
            tag: None,
        })
        .collect();
    let axis = value_axis(bars.iter().filter_map(|bar| bar.value), words);
    let alt = builder.body.text("alt").unwrap_or_else(|| {
        let values: Vec<(String, String, Option<f64>)> =
            bars.iter().map(|bar| (bar.label.clone(), bar.text.clone(), bar.value)).collect();
        words.bars_alt(&AxisSummary { title: plain_option(builder, "title"), unit: unit_of(picks), values })
    });
    Shape::Bar {
        alt,
        min: (axis.min < 0.0).then_some(axis.min),
        max: axis.max,
        ticks: axis.ticks,
        extra: averages.is_some().then(|| words.per_year().to_owned()),
        bars,
    }
}

fn unit_of(picks: &[Pick]) -> String {
    picks.iter().find(|pick| number(pick).is_some()).map(unit).unwrap_or_default()
}

fn plain_option(builder: &Builder, name: &str) -> Option<String> {
    builder.body.text(name).map(|text| super::builder::plain(&text))
}

/// Averages a year, where the periods are whole years of different number, or where they are asked for.
fn per_year(builder: &Builder, picks: &[Pick]) -> Option<Vec<Option<String>>> {
    let wanted = builder.body.flag("per-year");
    let years: Vec<Option<f64>> = picks.iter().map(|pick| period(pick).and_then(whole_years)).collect();
    let all_known = years.iter().all(Option::is_some);
    let different = years.iter().flatten().map(|years| years.to_bits()).collect::<IndexSet<_>>().len() > 1;
    let intervals = picks.iter().any(|pick| matches!(period(pick), Some(Date::Interval(_))));
    let summed = wanted == Some(true) || (wanted.is_none() && all_known && different && intervals && is_sum(picks));
    summed.then(|| {
        let average = |(pick, years): (&Pick, &Option<f64>)| Some(significant(builder, number(pick)? / (*years)?));
        picks.iter().zip(&years).map(average).collect()
    })
}

/// Whether amounts over a period add up: shares and rates do not.
fn is_sum(picks: &[Pick]) -> bool {
    let unit = unit_of(picks).to_lowercase();
    !["%", "per ", "퍼센트", "연평균", "rank", "위"].iter().any(|part| unit.contains(part))
}

fn whole_years(date: Date) -> Option<f64> {
    match date {
        Date::Day(day) => day.month.is_none().then_some(1.0),
        Date::Interval(interval) => {
            let (start, end) = (interval.start?, interval.end?);
            (start.month.is_none() && end.month.is_none()).then(|| f64::from(end.year - start.year) + 1.0)
        }
    }
}

/// A computed number to three significant digits.
fn significant(builder: &Builder, value: f64) -> String {
    let whole = if value == 0.0 { 1 } else { value.abs().log10().floor() as i32 + 1 };
    let decimals = usize::try_from((3 - whole).clamp(0, 6)).unwrap_or(0);
    let text = format!("{value:.decimals$}");
    let text = if decimals > 0 { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    builder.context.words.number(text)
}

/// Lines over time, one a series; none where no figure has both a time and a number.
fn lines(builder: &mut Builder, picks: &[Pick]) -> Option<Shape> {
    let words = builder.context.words;
    let mut series: IndexMap<String, Vec<(f64, &Pick)>> = IndexMap::new();
    for pick in picks {
        if let Some(x) = period(pick).and_then(middle) {
            let name = pick.field_text("series").unwrap_or_else(|| builder.plain_title(pick));
            series.entry(name).or_default().push((x, pick));
        }
    }
    let xs: Vec<f64> = series.values().flatten().map(|(x, _)| *x).collect();
    let (low, high) = xs.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x)));
    if xs.is_empty() || !picks.iter().any(|pick| number(pick).is_some()) {
        let span = builder.body.span("as");
        builder.body.warning(
            span,
            "no-date",
            "a line needs figures with a `period` or `date`",
            "write `as: table` instead",
        );
        return None;
    }
    let lines: Vec<Line> = series
        .into_iter()
        .map(|(label, mut points)| {
            points.sort_by(|(a, _), (b, _)| a.total_cmp(b));
            let count = points.len();
            let point = |(at, (x, pick)): (usize, (f64, &Pick))| {
                let printed = count <= POINTS_WITH_TEXT || at == 0 || at + 1 == count;
                let text = value_text(builder, pick).filter(|_| printed && number(pick).is_some());
                Point { x, y: number(pick), text, open: false }
            };
            let emphasis = {
                let wanted = builder.body.texts("highlight");
                (!wanted.is_empty()).then(|| wanted.iter().any(|(name, _)| *name == label))
            };
            Line { emphasis, points: points.into_iter().enumerate().map(point).collect(), label }
        })
        .collect();
    let axis = value_axis(lines.iter().flat_map(|line| line.points.iter().filter_map(|point| point.y)), words);
    let (from, to) = if high > low { (low.floor(), high.ceil()) } else { (low.floor(), low.floor() + 1.0) };
    let alt = builder.body.text("alt").unwrap_or_else(|| {
        let summary = |line: &Line| {
            let known: Vec<&Point> = line.points.iter().filter(|point| point.y.is_some()).collect();
            let said = |point: &Point| (point.x.floor() as i32, words.short_decimal(point.y.unwrap_or_default()));
            Some(LineSummary { label: line.label.clone(), first: said(known.first()?), last: said(known.last()?) })
        };
        let title = plain_option(builder, "title");
        words.lines_alt(title.as_deref(), &unit_of(picks), &lines.iter().filter_map(summary).collect::<Vec<_>>())
    });
    Some(Shape::Line {
        alt,
        min: (axis.min < 0.0).then_some(axis.min),
        max: axis.max,
        ticks: axis.ticks,
        x: TimeAxis { from, to, ticks: time_ticks(from, to, words) },
        lines,
    })
}

/// The middle of the time that a figure counts for.
fn middle(date: Date) -> Option<f64> {
    match date {
        Date::Day(day) => Some(place(day)),
        Date::Interval(interval) => match (interval.start.map(place), interval.end.map(place)) {
            (Some(start), Some(end)) => Some(((start + end) / 2.0 * 1000.0).round() / 1000.0),
            (start, end) => start.or(end),
        },
    }
}

fn table(builder: &mut Builder, picks: &[Pick]) -> Shape {
    let words = builder.context.words;
    let labels = labels(builder, picks);
    let periods: Vec<Option<String>> = picks.iter().map(|pick| period_text(builder, pick)).collect();
    let by_period = periods.iter().zip(&labels).all(|(period, label)| period.as_ref() == Some(label));
    let with_period = !by_period && periods.iter().any(Option::is_some);
    let units: IndexSet<String> = picks.iter().filter(|pick| number(pick).is_some()).map(unit).collect();
    let one_unit = if units.len() == 1 { units.first().filter(|unit| !unit.is_empty()).cloned() } else { None };
    let head = |label: &str, numeric| FiguresColumn { label: label.into(), numeric };
    let mut columns = vec![head(if by_period { words.field("period") } else { words.figure_head() }, false)];
    if with_period {
        columns.push(head(words.field("period"), false));
    }
    columns.push(head(one_unit.as_deref().unwrap_or_else(|| words.value_head()), true));
    let mut rows = Vec::new();
    for (at, pick) in picks.iter().enumerate() {
        let name = if by_period { Rich::Text(labels[at].clone()) } else { builder.title(pick) };
        let unit = if one_unit.is_some() { String::new() } else { unit(pick) };
        let printed = amount(builder, pick, &unit);
        let mut cells = vec![Some(name)];
        if with_period {
            cells.push(periods[at].clone().map(Rich::Text));
        }
        cells.push(printed.map(Rich::Text));
        rows.push(FigureRow { cells, emphasis: emphasis(builder, pick, &labels[at]) });
    }
    Shape::Table { columns, rows }
}

fn numbers(builder: &mut Builder, picks: &[Pick]) -> Shape {
    let words = builder.context.words;
    let items = picks.iter().map(|pick| FigureItem {
        text: value_text(builder, pick).unwrap_or_else(|| words.not_given().to_owned()),
        unit: Some(unit(pick)).filter(|unit| !unit.is_empty()),
        label: Some(builder.title(pick)),
        date_text: period_text(builder, pick),
        sources: builder.row_sources(pick),
    });
    Shape::Numbers { items: items.collect() }
}
