//! `{deals}`: sales of arms and the like; what is signed and what is not never stand in one sum.

use super::builder::{Builder, commonest};
use super::snippet::items_text;
use crate::data::{Deal, Deals, Total};
use crate::query::{Pick, Sort};
use indexmap::IndexMap;

/// Statuses of what is not concluded.
const OPEN: &[&str] = &["talks", "proposed", "applied"];

/// Returns the deals and one total a status.
pub(super) fn draw(builder: &mut Builder) -> Option<serde_json::Value> {
    let picks = builder.select(Some(Sort::Date));
    if picks.is_empty() {
        return None;
    }
    let unit = main_unit(&picks);
    let rows: Vec<Deal> = picks.iter().map(|pick| row(builder, pick, unit.as_deref())).collect();
    let others: Vec<&str> =
        picks.iter().filter(|pick| number(pick).is_some() && self::unit(pick) != unit).map(Pick::id).collect();
    if let Some(unit) = unit.as_deref().filter(|_| !others.is_empty()) {
        let message = format!(
            "amounts in another unit than `{unit}` get no bar and no place in its total: {}",
            others.join(", ")
        );
        builder.body.warning(0..0, "mixed-units", message, "give the snippets one unit, or show them in two views");
    }
    let totals =
        if builder.body.flag("totals") == Some(false) { Vec::new() } else { totals(builder, &picks, unit.as_deref()) };
    let max = rows.iter().filter_map(|row| row.value).reduce(f64::max);
    let sources = builder.foot_sources(&picks);
    let exhibit = builder.exhibit(sources);
    serde_json::to_value(Deals { exhibit, value_head: unit, max, rows, totals }).ok()
}

fn number(pick: &Pick) -> Option<f64> {
    pick.field_number("value").filter(|value| value.is_finite())
}

fn unit(pick: &Pick) -> Option<String> {
    pick.field_text("unit").map(|unit| unit.trim().to_owned()).filter(|unit| !unit.is_empty())
}

/// The unit that most amounts are in, signed ones first.
fn main_unit(picks: &[Pick]) -> Option<String> {
    let with_value = || picks.iter().filter(|pick| number(pick).is_some());
    let signed = commonest(with_value().filter(|pick| !is_open(pick)).filter_map(unit));
    signed.or_else(|| commonest(with_value().filter_map(unit)))
}

/// Whether a deal is not concluded; none where nobody says.
fn open(pick: &Pick) -> Option<bool> {
    pick.field_text("status").map(|status| OPEN.contains(&status.as_str()))
}

fn is_open(pick: &Pick) -> bool {
    open(pick) == Some(true)
}

fn approximate(pick: &Pick) -> bool {
    pick.field_flag("approx") == Some(true)
}

fn row(builder: &mut Builder, pick: &Pick, main: Option<&str>) -> Deal {
    let words = builder.context.words;
    let in_main = unit(pick).as_deref() == main;
    let approx = approximate(pick);
    let spelled = pick.field_text("value").filter(|_| number(pick).is_some());
    let value_text = spelled.map(|spelled| {
        let printed = words.number(&spelled);
        let printed = if in_main { printed } else { words.with_unit(&printed, &unit(pick).unwrap_or_default()) };
        if approx { words.about(&printed) } else { printed }
    });
    let open = is_open(pick);
    let date = builder.date_text(pick, true);
    let status = pick.field_text("status");
    Deal {
        id: Some(pick.id().to_owned()),
        buyer: pick.field_text("buyer").unwrap_or_else(|| pick.text.title.clone()),
        supplier: pick.field_text("supplier"),
        date_text: date.unwrap_or_else(|| if open { words.open_date().to_owned() } else { words.no_date().to_owned() }),
        items: pick.field_list("items").iter().map(|item| items_text(item)).collect(),
        value: number(pick).filter(|_| in_main),
        value_text,
        approx: approx.then_some(true),
        status_text: status.map_or_else(|| words.no_status().to_owned(), |status| words.status(&status).to_owned()),
        open: self::open(pick),
        sources: builder.row_sources(pick),
    }
}

/// What the deals of each status come to, each unit for itself.
fn totals(builder: &Builder, picks: &[Pick], main: Option<&str>) -> Vec<Total> {
    let words = builder.context.words;
    let mut groups: IndexMap<(Option<String>, Option<String>), Vec<&Pick>> = IndexMap::new();
    for pick in picks.iter().filter(|pick| number(pick).is_some()) {
        groups.entry((pick.field_text("status"), unit(pick))).or_default().push(pick);
    }
    groups.sort_by_cached_key(|(_, unit), members| (is_open(members[0]), unit.as_deref() != main));
    groups
        .into_iter()
        .map(|((status, unit), members)| {
            let unknown = |pick: &&Pick| number(pick).is_none() && pick.field_text("status") == status;
            let missing = if unit.as_deref() == main { picks.iter().filter(unknown).count() } else { 0 };
            let label = status.as_deref().map_or_else(|| words.no_status(), |status| words.status(status));
            let sum = words.decimal(members.iter().filter_map(|pick| number(pick)).sum(), decimals(&members));
            let sum = match unit.as_deref() {
                Some(unit) if Some(unit) != main => words.with_unit(&sum, unit),
                _ => sum,
            };
            let sum = if members.iter().any(|pick| approximate(pick)) { words.about(&sum) } else { sum };
            let text = if missing > 0 { words.with_missing(&sum, missing) } else { sum };
            Total { label: label.to_owned(), text, open: open(members[0]) }
        })
        .collect()
}

/// The decimals of the amount that has the most.
fn decimals(picks: &[&Pick]) -> usize {
    let spelled = picks.iter().filter_map(|pick| pick.field_text("value"));
    spelled.map(|text| text.split_once('.').map_or(0, |(_, fraction)| fraction.len())).max().unwrap_or(0)
}
