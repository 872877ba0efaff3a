//! `{recommendations}`: what somebody should do, by area or by addressee.

use super::builder::{Builder, Origin};
use super::priorities::Ranks;
use crate::data::{Grouping, Link, Recommendation, RecommendationGroup, Recommendations, Rich};
use crate::query::Pick;
use chancery_model::Kind;
use indexmap::IndexMap;

/// Areas that a recommendation names, at most, before it counts as one across all areas.
const FEW: usize = 3;

/// Returns the recommendations in groups, numbered through.
pub(super) fn draw(builder: &mut Builder) -> Option<serde_json::Value> {
    let picks = builder.select(None);
    if picks.is_empty() {
        return None;
    }
    let by = match builder.body.text("by").as_deref() {
        Some("addressee") => Grouping::Addressee,
        _ => Grouping::Area,
    };
    let mut groups: IndexMap<Option<String>, Vec<&Pick>> = IndexMap::new();
    for pick in &picks {
        for name in group_names(pick, by) {
            groups.entry(name).or_default().push(pick);
        }
    }
    let ranks = ranks(builder);
    if builder.query.ids.is_empty() && by == Grouping::Area {
        let order = |id: &Option<String>| {
            id.as_ref()
                .map_or((0, 0.0), |id| (ranks.get(id).map_or(usize::MAX, |(rank, _)| *rank), area_number(builder, id)))
        };
        groups.sort_by(|a, _, b, _| {
            let ((rank_a, number_a), (rank_b, number_b)) = (order(a), order(b));
            rank_a.cmp(&rank_b).then(number_a.total_cmp(&number_b))
        });
    }
    let mut numbers: IndexMap<String, usize> = IndexMap::new();
    let mut data = Vec::new();
    for (name, members) in &groups {
        let (heading, sub) = heading(builder, by, name.as_deref(), &ranks);
        let mut items = Vec::new();
        for pick in members {
            let next = numbers.len() + 1;
            let number = *numbers.entry(pick.id().to_owned()).or_insert(next);
            items.push(item(builder, pick, by, number));
        }
        data.push(RecommendationGroup { heading, sub, items });
    }
    let (title, caption, note) = (builder.option("title"), builder.option("caption"), builder.option("note"));
    serde_json::to_value(Recommendations { title, caption, note, label: None, by: Some(by), groups: data }).ok()
}

/// The groups that a recommendation belongs to; none stands for all areas, or for nobody named.
fn group_names(pick: &Pick, by: Grouping) -> Vec<Option<String>> {
    match by {
        Grouping::Area if pick.areas().len() > FEW => vec![None],
        Grouping::Area => vec![pick.areas().first().cloned()],
        Grouping::Addressee => {
            let names = pick.field_list("addressee");
            if names.is_empty() { vec![None] } else { names.into_iter().map(Some).collect() }
        }
    }
}

/// Ranks of areas, where the briefing shows them or the view asks for them.
fn ranks(builder: &Builder) -> IndexMap<String, (usize, crate::data::Firmness)> {
    match builder.body.flag("ranks") {
        Some(false) => IndexMap::new(),
        _ => Ranks::of_briefing(builder),
    }
}

fn area_number(builder: &Builder, id: &str) -> f64 {
    builder.pick(id).and_then(|pick| pick.field_number("number")).unwrap_or(f64::MAX)
}

fn heading(
    builder: &mut Builder,
    by: Grouping,
    name: Option<&str>,
    ranks: &IndexMap<String, (usize, crate::data::Firmness)>,
) -> (Rich, Option<Rich>) {
    let words = builder.context.words;
    match (by, name) {
        (Grouping::Area, Some(id)) => {
            let heading = area(builder, id);
            let sub = ranks.get(id).map(|(rank, firmness)| Rich::Text(words.rank(*rank, *firmness)));
            (heading, sub)
        }
        (Grouping::Area, None) => (words.all_areas().into(), None),
        (Grouping::Addressee, Some(name)) => (builder.markdown(name, Origin::None), None),
        (Grouping::Addressee, None) => (words.nobody_named().into(), None),
    }
}

/// An area's name: its snippet's title, else the id as it is.
fn area(builder: &mut Builder, id: &str) -> Rich {
    match builder.pick(id).filter(|pick| pick.text.kind == Kind::Area || pick.facts.kind == Kind::Area) {
        Some(pick) => {
            builder.uses(&pick);
            builder.title(&pick)
        }
        None => Rich::Text(id.to_owned()),
    }
}

fn item(builder: &mut Builder, pick: &Pick, by: Grouping, number: usize) -> Recommendation {
    let text = match builder.body.text("show").as_deref() {
        Some("short") => builder.line(pick),
        Some("title") => builder.title(pick),
        _ => builder.text(pick),
    };
    let addressees = pick.field_list("addressee");
    let words = builder.context.words;
    Recommendation {
        id: Some(pick.id().to_owned()),
        label: None,
        number: number.to_string(),
        text,
        addressee: (by == Grouping::Area && !addressees.is_empty()).then(|| Rich::Text(words.enumeration(&addressees))),
        area: if by == Grouping::Addressee { areas(builder, pick) } else { None },
        condition: builder.field(pick, "condition"),
        explicit: pick.field_flag("explicit"),
        grounds: if builder.body.flag("grounds") == Some(true) { grounds(builder, pick) } else { Vec::new() },
        sources: builder.cite_unless_hidden(pick),
    }
}

fn areas(builder: &mut Builder, pick: &Pick) -> Option<Rich> {
    let names: Vec<String> = pick
        .areas()
        .iter()
        .map(|id| builder.pick(id).map_or_else(|| id.clone(), |area| builder.plain_title(&area)))
        .collect();
    (!names.is_empty()).then(|| Rich::Text(builder.context.words.enumeration(&names)))
}

/// The evidence that a recommendation rests on.
fn grounds(builder: &mut Builder, pick: &Pick) -> Vec<Link> {
    let ids = pick.field_list("grounds");
    let known: Vec<(String, Pick)> = ids.into_iter().filter_map(|id| Some((id.clone(), builder.pick(&id)?))).collect();
    known
        .into_iter()
        .map(|(id, ground)| {
            builder.uses(&ground);
            Link { text: builder.title(&ground), label: builder.label(&id), id }
        })
        .collect()
}
