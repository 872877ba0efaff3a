//! `{priorities}`: areas by weighted criteria, ranked, with how firm each rank is.

use super::builder::Builder;
use super::ranking::{Ranking, Scores};
use crate::data::{Area, Criterion, Firmness, Priorities, Rich, Score, Unranked};
use crate::query::Pick;
use crate::words::RankStay;
use chancery_model::{AreaScore, Criterion as Weighed, Kind, nearest};
use indexmap::IndexMap;

/// How far weights move: ten points of a hundred.
const SHIFT: f64 = 0.1;

/// A programme's areas, ranked.
pub(super) struct Ranks {
    areas: Vec<Pick>,
    criteria: Vec<Weighed>,
    scores: Vec<IndexMap<String, AreaScore>>,
    ranking: Ranking,
}

/// Returns the ranked areas, and those without evidence.
pub(super) fn draw(builder: &mut Builder) -> Option<serde_json::Value> {
    let programme = programme(builder)?;
    builder.uses(&programme);
    builder.query.programme = Some(programme.id().to_owned());
    let mut areas = builder.select(None);
    areas.sort_by(|a, b| number(a).total_cmp(&number(b)));
    if areas.is_empty() {
        return None;
    }
    let criteria = weighed(builder, &programme);
    let ranks = Ranks::new(areas, criteria);
    let reasons = builder.body.flag("reasons");
    let decimals = ranks.decimals();
    let rows = ranks.ranking.ranked.iter().map(|ranked| Area {
        id: Some(ranks.areas[ranked.index].id().to_owned()),
        area: builder.title(&ranks.areas[ranked.index]),
        scores: ranks.criteria.iter().map(|criterion| score(builder, &ranks, ranked.index, &criterion.id)).collect(),
        total_text: builder.context.words.decimal(ranked.total, decimals),
        rank: ranked.rank,
        low: ranked.low,
        high: ranked.high,
        firmness: firmness(ranked.low, ranked.high),
    });
    let rows: Vec<Area> = rows.collect();
    let unranked: Vec<Unranked> =
        ranks.ranking.unranked.iter().map(|index| unranked(builder, &ranks, *index)).collect();
    let words = builder.context.words;
    let criteria = ranks.criteria.iter().zip(&ranks.ranking.weights).map(|(criterion, share)| Criterion {
        id: criterion.id.clone(),
        title: criterion.title.clone(),
        weight_text: words.percent(*share),
    });
    let criteria = criteria.collect();
    let range_text = ranks.range_text(builder).map(Rich::Text);
    let sources = builder.foot_sources(std::slice::from_ref(&programme));
    let exhibit = builder.exhibit(sources);
    let of = Some(rows.len()).filter(|count| *count > 0);
    serde_json::to_value(Priorities { exhibit, of, reasons, range_text, criteria, rows, unranked }).ok()
}

impl Ranks {
    fn new(areas: Vec<Pick>, criteria: Vec<Weighed>) -> Self {
        let scores: Vec<IndexMap<String, AreaScore>> = areas.iter().map(|area| area.facts.scores()).collect();
        let row = |of: &IndexMap<String, AreaScore>| -> Scores {
            criteria.iter().map(|criterion| of.get(&criterion.id).and_then(|score| score.score)).collect()
        };
        let rows: Vec<Scores> = scores.iter().map(row).collect();
        let weights: Vec<f64> = criteria.iter().map(|criterion| criterion.weight).collect();
        let ranking = Ranking::new(&weights, &rows, SHIFT);
        Self { areas, criteria, scores, ranking }
    }

    /// One decimal, or two where totals that differ would look the same.
    fn decimals(&self) -> usize {
        let printed = |total: f64| format!("{total:.1}");
        let alike = self
            .ranking
            .ranked
            .windows(2)
            .any(|pair| pair[0].rank != pair[1].rank && printed(pair[0].total) == printed(pair[1].total));
        if alike { 2 } else { 1 }
    }

    /// Over which range of each weight the first place stays, and how many places stay while all weights move.
    fn range_text(&self, builder: &Builder) -> Option<String> {
        if self.ranking.ranked.len() < 2 {
            return None;
        }
        let leaders = self.ranking.ranked.iter().filter(|area| area.rank == 1);
        let leaders: Vec<String> = leaders.map(|area| builder.plain_title(&self.areas[area.index])).collect();
        let stays: Vec<RankStay> = self
            .criteria
            .iter()
            .zip(&self.ranking.stays)
            .map(|(criterion, stay)| RankStay { criterion: criterion.title.clone(), from: stay.from, to: stay.to })
            .collect();
        Some(builder.context.words.ranks_stay(&leaders, &stays, self.ranking.firm_places(), self.ranking.ranked.len()))
    }

    /// Returns rank and firmness of the areas by id, as the briefing's own priorities view ranks them.
    pub fn of_briefing(builder: &Builder) -> IndexMap<String, (usize, Firmness)> {
        let mut ranks = IndexMap::new();
        let Some(spec) = super::view("priorities") else { return ranks };
        let shown = &builder.context.shown.views;
        for (_, body) in shown.iter().filter(|(name, _)| name == spec.name) {
            let mut other = Builder::new(spec, spec.read(body), builder.context);
            let Some(programme) = programme(&mut other) else { continue };
            other.query.programme = Some(programme.id().to_owned());
            let areas = other.select(None);
            let criteria = weighed(&mut other, &programme);
            let found = Self::new(areas, criteria);
            for ranked in &found.ranking.ranked {
                let id = found.areas[ranked.index].id().to_owned();
                ranks.entry(id).or_insert((ranked.rank, firmness(ranked.low, ranked.high)));
            }
        }
        ranks
    }
}

fn firmness(low: usize, high: usize) -> Firmness {
    match high - low {
        0 => Firmness::Firm,
        1 => Firmness::FairlyFirm,
        _ => Firmness::Open,
    }
}

fn number(pick: &Pick) -> f64 {
    pick.field_number("number").unwrap_or(f64::MAX)
}

/// The programme named, or the only one with criteria.
fn programme(builder: &mut Builder) -> Option<Pick> {
    let context = builder.context;
    let programmes = || context.workspace.snippets.values().filter(|snippet| snippet.kind == Kind::Programme);
    let weighing = || programmes().filter(|snippet| snippet.translation_of.is_none() && !snippet.criteria().is_empty());
    match builder.body.text("programme") {
        Some(id) => {
            let span = builder.body.get("programme").map(|node| node.span.clone()).unwrap_or_default();
            let found = programmes().find(|snippet| snippet.id == id);
            match found {
                Some(snippet) if snippet.criteria().is_empty() => {
                    let hint = Some("give it `criteria`: a list of `{id, title, weight}`".to_owned());
                    builder.body.error(span, "no-criteria", format!("the programme `{id}` has no criteria"), hint);
                    None
                }
                Some(snippet) => Some(context.translations.pick(snippet, context.workspace)),
                None => {
                    let near = nearest(&id, programmes().map(|snippet| snippet.id.as_str()));
                    let hint = near.map(|near| format!("did you mean `{near}`?"));
                    builder.body.error(span, "unknown-snippet", format!("there is no programme `{id}`"), hint);
                    None
                }
            }
        }
        None if weighing().count() == 1 => {
            weighing().next().map(|snippet| context.translations.pick(snippet, context.workspace))
        }
        None => {
            let ids = weighing().map(|snippet| format!("`{}`", snippet.id)).collect::<Vec<_>>().join(", ");
            let hint = if ids.is_empty() {
                "make a `programme` snippet with `criteria`".to_owned()
            } else {
                format!("one of {ids}")
            };
            builder.body.error(0..0, "no-programme", "`{priorities}` needs a `programme`", Some(hint));
            None
        }
    }
}

/// The programme's criteria with the weights that the view changes, titles in the briefing's language.
fn weighed(builder: &mut Builder, programme: &Pick) -> Vec<Weighed> {
    let mut criteria = programme.facts.criteria();
    for translated in programme.text.criteria() {
        if let Some(criterion) = criteria.iter_mut().find(|criterion| criterion.id == translated.id) {
            criterion.title = translated.title;
        }
    }
    for (id, span, weight) in builder.body.weights("weights") {
        match criteria.iter_mut().find(|criterion| criterion.id == id) {
            Some(criterion) => criterion.weight = weight,
            None => {
                let hint = match nearest(&id, criteria.iter().map(|criterion| criterion.id.as_str())) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("one of {}", criteria.iter().map(|c| c.id.as_str()).collect::<Vec<_>>().join(", ")),
                };
                builder.body.error(
                    span,
                    "unknown-criterion",
                    format!("the programme has no criterion `{id}`"),
                    Some(hint),
                );
            }
        }
    }
    if !criteria.iter().any(|criterion| criterion.weight > 0.0) {
        let span = builder.body.span("weights");
        builder.body.warning(
            span,
            "no-weight",
            "no criterion weighs anything, so all count the same",
            "give one a weight above 0",
        );
    }
    criteria
}

fn score(builder: &mut Builder, ranks: &Ranks, area: usize, criterion: &str) -> Score {
    let Some(given) = ranks.scores[area].get(criterion) else {
        return Score { score: None, reason: None, evidence: Vec::new() };
    };
    let rounded = given.score.map(|score| score.round().clamp(0.0, 5.0) as u8);
    let evidence: Vec<String> = given.evidence.clone();
    for id in &evidence {
        if let Some(pick) = builder.pick(id) {
            builder.uses(&pick);
        }
    }
    Score { score: rounded, reason: reason(builder, &ranks.areas[area], criterion), evidence }
}

/// Why, as the translation says it where there is one.
fn reason(builder: &mut Builder, pick: &Pick, criterion: &str) -> Option<Rich> {
    let of = |snippet: &std::sync::Arc<chancery_model::Snippet>| {
        snippet.field("scores").and_then(|scores| scores.get(criterion)).and_then(|score| score.get("reason")).cloned()
    };
    let (snippet, node) = match of(&pick.text) {
        Some(node) => (&pick.text, node),
        None => (&pick.facts, of(&pick.facts)?),
    };
    builder.node(snippet, &node)
}

fn unranked(builder: &mut Builder, ranks: &Ranks, index: usize) -> Unranked {
    let pick = &ranks.areas[index];
    let mut reasons: Vec<String> = ranks.scores[index]
        .values()
        .map(|score| score.reason.trim().to_owned())
        .filter(|reason| !reason.is_empty())
        .collect();
    reasons.dedup();
    let area = builder.title(pick);
    let one = if reasons.len() == 1 { ranks.criteria.first().map(|criterion| criterion.id.clone()) } else { None };
    let reason = one.and_then(|criterion| reason(builder, pick, &criterion));
    Unranked { area, reason: reason.or_else(|| Some(Rich::Text(builder.context.words.no_evidence().to_owned()))) }
}
