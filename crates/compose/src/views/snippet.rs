//! The block of one embedded snippet.

use super::ViewContext;
use super::builder::{Builder, Prose, snippet_label};
use super::spec::ViewSpec;
use crate::data::{LikelihoodData, Other, Rich, Row, SnippetData, ValueData, Variant};
use crate::query::{Body, Pick};
use chancery_model::{Date, Kind};

/// A snippet's block: its data and the prose in it.
#[derive(Debug, Clone, PartialEq)]
pub struct SnippetBlock {
    /// The data.
    pub data: SnippetData,
    /// The pieces of content that the data refers to.
    pub prose: Vec<Prose>,
    /// Ids of the snippets that it shows or names, in order.
    pub snippets: Vec<String>,
    /// Keys of the works that it cites, in order.
    pub cited: Vec<String>,
}

/// What the shared builder needs to know of a block that is no view.
static BLOCK: ViewSpec = ViewSpec { name: "snippet", about: "one snippet", starter: "", own: &[], kinds: &[] };

/// Returns the block of an embedded snippet; `labelled` where references lead to it.
///
/// A `short` variant of a snippet without a short text shows its title.
pub fn snippet_block(pick: &Pick, variant: Variant, labelled: bool, context: &ViewContext) -> SnippetBlock {
    let mut builder = Builder::new(&BLOCK, Body::default(), context);
    builder.uses(pick);
    let words = context.words;
    let full = variant == Variant::Full;
    let data = SnippetData {
        kind: pick.text.kind.name().to_owned(),
        kind_text: words.kind(pick.text.kind).to_owned(),
        id: pick.id().to_owned(),
        title: builder.title(pick),
        variant: Some(variant),
        label: labelled.then(|| snippet_label(pick.id())),
        date_text: builder.date_text(pick, false).filter(|_| has_date(pick)),
        body: match variant {
            Variant::Full => Some(builder.text(pick)).filter(|_| !pick.text.body().trim().is_empty()),
            Variant::Short => Some(builder.line(pick)),
            Variant::Title => None,
        },
        value: full.then(|| value(pick, context)).flatten(),
        likelihood: pick.text.likelihood.or(pick.facts.likelihood).filter(|_| full).map(|likelihood| {
            let (low, high) = likelihood.range();
            LikelihoodData { term: words.likelihood(likelihood), range: [low, high] }
        }),
        confidence: pick
            .text
            .confidence
            .or(pick.facts.confidence)
            .filter(|_| full)
            .map(|c| words.confidence(c).to_owned()),
        as_of: pick.text.as_of.or(pick.facts.as_of).filter(|_| full).map(|date| words.date(date)),
        status_text: pick.field_text("status").filter(|_| full).map(|status| words.status(&status).to_owned()),
        rows: if full { rows(&mut builder, pick) } else { Vec::new() },
        other: if full { other(&mut builder, pick) } else { Vec::new() },
        sources: builder.cite(pick.sources()),
    };
    let drawn = builder.finish(Some(()));
    SnippetBlock { data, prose: drawn.prose, snippets: drawn.snippets, cited: drawn.cited }
}

/// Whether it has a date of its own: a time in office or a period stands in a row.
fn has_date(pick: &Pick) -> bool {
    pick.text.date.is_some() || pick.facts.date.is_some() || pick.text.date_text.is_some()
}

/// The number of a figure or the like, formatted.
fn value(pick: &Pick, context: &ViewContext) -> Option<ValueData> {
    let number = context.words.number(&pick.field_text("value")?);
    let about = pick.field_flag("approx") == Some(true);
    let text = if about { context.words.about(&number) } else { number };
    let unit = pick.field_text("unit").filter(|unit| !unit.trim().is_empty());
    Some(ValueData { text, unit })
}

/// What belongs to the kind: label and value.
fn rows(builder: &mut Builder, pick: &Pick) -> Vec<Row> {
    let fields: &[&str] = match pick.text.kind {
        Kind::Event => &["place"],
        Kind::Agreement => &["parties"],
        Kind::Figure => &["period"],
        Kind::Deal => &["buyer", "supplier", "items"],
        Kind::Assessment => &["holder"],
        Kind::Recommendation => &["addressee", "areas", "condition"],
        Kind::Programme => &["period", "criteria"],
        Kind::Area => &["programme", "number", "department", "timeline"],
        Kind::Actor => &["role", "in-office"],
        Kind::Quote => &["speaker", "said"],
        Kind::Term => &["abbr", "expansion"],
        Kind::Comparison => return sides(builder, pick),
        Kind::Text => &[],
    };
    let words = builder.context.words;
    let mut rows = Vec::new();
    for name in fields {
        if let Some(value) = row_value(builder, pick, name) {
            rows.push(Row { label: words.field(name).to_owned(), value });
        }
    }
    rows
}

fn row_value(builder: &mut Builder, pick: &Pick, name: &str) -> Option<Rich> {
    let words = builder.context.words;
    let list = |items: Vec<String>| (!items.is_empty()).then(|| Rich::Text(words.enumeration(&items)));
    match name {
        "parties" | "addressee" | "department" => list(pick.field_list(name)),
        "items" => list(pick.field_list(name).iter().map(|item| items_text(item)).collect()),
        "areas" => list(pick.areas().iter().map(|id| named(builder, id)).collect()),
        "programme" => Some(Rich::Text(named(builder, &pick.field_text(name)?))),
        "period" | "said" => Some(Rich::Text(words.date(pick.field_date(name)?))),
        "in-office" => Some(Rich::Text(words.date(pick.date().filter(|date| matches!(date, Date::Interval(_)))?))),
        "criteria" => list(pick.facts.criteria().into_iter().map(|criterion| criterion.title).collect()),
        _ => builder.field(pick, name),
    }
}

/// Another snippet's title in the briefing's language.
fn named(builder: &Builder, id: &str) -> String {
    builder.pick(id).map_or_else(|| id.to_owned(), |pick| pick.text.title.clone())
}

/// An item of a deal with a real times sign: `980 x tanks`.
pub(super) fn items_text(item: &str) -> String {
    match item.split_once(" x ") {
        Some((quantity, what)) if quantity.chars().any(|c| c.is_ascii_digit()) => format!("{quantity} × {what}"),
        _ => item.to_owned(),
    }
}

fn sides(builder: &mut Builder, pick: &Pick) -> Vec<Row> {
    let given = pick.text.sides();
    given
        .iter()
        .filter_map(|(label, node)| Some(Row { label: label.clone(), value: builder.node(&pick.text, node)? }))
        .collect()
}

/// The readings of snippets that this one is in conflict with.
fn other(builder: &mut Builder, pick: &Pick) -> Vec<Other> {
    let conflicts = pick.facts.conflicts.clone();
    let mut readings = Vec::new();
    for conflict in conflicts {
        let text = match builder.pick(&conflict.with) {
            Some(reading) => {
                builder.uses(&reading);
                builder.line(&reading)
            }
            None => continue,
        };
        readings.push(Other { text, id: Some(conflict.with) });
    }
    readings
}
