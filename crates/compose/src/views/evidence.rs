//! `{evidence}`: each passage with what it rests on and who reads it differently.

use super::Passage;
use super::builder::Builder;
use crate::data::{Evidence, EvidenceRow, OtherReading, Rich, SourceData};
use crate::query::Pick;

/// Returns a row for each passage of the briefing, or for each snippet that a query selects.
pub(super) fn draw(builder: &mut Builder) -> Option<serde_json::Value> {
    let rows: Vec<EvidenceRow> = if builder.query.is_open() {
        let passages = &builder.context.shown.passages;
        passages.iter().map(|passage| passage_row(builder, passage)).collect()
    } else {
        let picks = builder.select(None);
        picks.iter().map(|pick| snippet_row(builder, pick)).collect()
    };
    if rows.is_empty() {
        return None;
    }
    let exhibit = builder.exhibit(Vec::new());
    serde_json::to_value(Evidence { exhibit, rows }).ok()
}

fn passage_row(builder: &mut Builder, passage: &Passage) -> EvidenceRow {
    let mut sources: Vec<SourceData> = Vec::new();
    for (key, locator) in &passage.sources {
        sources.extend(builder.cite_one(key, locator.as_deref()).filter(|source| !sources.contains(source)));
    }
    let pick = passage.snippet.as_deref().and_then(|id| builder.pick(id));
    let text = Rich::Text(passage.text.clone());
    let Some(pick) = pick else {
        return EvidenceRow { passage: text, id: None, label: None, sources, conflicts: Vec::new() };
    };
    builder.uses(&pick);
    let own = builder.cite(pick.sources());
    sources.extend(own.into_iter().filter(|source| !sources.contains(source)).collect::<Vec<_>>());
    let text = if passage.text.trim().is_empty() { said(builder, &pick) } else { text };
    EvidenceRow { sources, ..row(builder, &pick, text) }
}

fn snippet_row(builder: &mut Builder, pick: &Pick) -> EvidenceRow {
    let passage = said(builder, pick);
    EvidenceRow { sources: builder.cite(pick.sources()), ..row(builder, pick, passage) }
}

/// What a snippet says, as long as the view shows it.
fn said(builder: &mut Builder, pick: &Pick) -> Rich {
    match builder.body.text("show").as_deref() {
        Some("full") => builder.text(pick),
        Some("title") => builder.title(pick),
        _ => builder.line(pick),
    }
}

fn row(builder: &mut Builder, pick: &Pick, passage: Rich) -> EvidenceRow {
    EvidenceRow {
        passage,
        id: Some(pick.id().to_owned()),
        label: builder.label(pick.id()),
        sources: Vec::new(),
        conflicts: conflicts(builder, pick),
    }
}

/// Who reads it differently, and why.
fn conflicts(builder: &mut Builder, pick: &Pick) -> Vec<OtherReading> {
    let known: Vec<_> = pick.facts.conflicts.iter().map(|c| (c.with.clone(), c.reason.clone())).collect();
    let readings = known.into_iter().map(|(with, reason)| {
        let title = builder.pick(&with).map_or_else(|| with.clone(), |other| other.text.title.clone());
        let text = if reason.trim().is_empty() { title } else { format!("{title}: {}", reason.trim()) };
        OtherReading { text: builder.markdown(&text, super::Origin::None), id: with }
    });
    readings.collect()
}
