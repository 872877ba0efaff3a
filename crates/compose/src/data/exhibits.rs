//! Blocks that are tables: comparisons, deals, priorities, evidence.

use super::{Exhibit, Rich, SourceData};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The same dimensions on several sides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Comparison {
    /// Caption and foot.
    #[serde(flatten)]
    pub exhibit: Exhibit,
    /// The sides, one a column.
    pub sides: Vec<Side>,
    /// The dimensions, one a row.
    pub rows: Vec<ComparisonRow>,
}

/// A side of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Side {
    /// Its name.
    pub label: Rich,
    /// What stands below the name: years in office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub: Option<Rich>,
}

/// A dimension of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ComparisonRow {
    /// Its name.
    pub dimension: Rich,
    /// One cell a side; null where nothing is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cells: Option<Vec<Option<Rich>>>,
    /// What holds for all sides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared: Option<Rich>,
    /// What it rests on.
    #[serde(default)]
    pub sources: Vec<SourceData>,
}

/// Sales of arms and the like.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Deals {
    /// Caption and foot.
    #[serde(flatten)]
    pub exhibit: Exhibit,
    /// The currency of the bars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_head: Option<String>,
    /// The largest value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// The deals.
    pub rows: Vec<Deal>,
    /// One line a status.
    #[serde(default)]
    pub totals: Vec<Total>,
}

/// One deal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Deal {
    /// The snippet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Who buys.
    pub buyer: String,
    /// Who sells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier: Option<String>,
    /// The date as printed.
    pub date_text: String,
    /// What is bought.
    pub items: Vec<String>,
    /// The length of the bar; null where the amount is unknown or in another currency.
    pub value: Option<f64>,
    /// The amount as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_text: Option<String>,
    /// Whether the amount is only about right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approx: Option<bool>,
    /// The status as printed.
    pub status_text: String,
    /// Whether it is not signed; null where nobody says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<bool>,
    /// What it rests on.
    #[serde(default)]
    pub sources: Vec<SourceData>,
}

/// What the deals of one status come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Total {
    /// The status as printed.
    pub label: String,
    /// The sum as printed.
    pub text: String,
    /// Whether these deals are not signed; null where nobody says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<bool>,
}

/// Areas by criteria, weighted and ranked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Priorities {
    /// Caption and foot.
    #[serde(flatten)]
    pub exhibit: Exhibit,
    /// How many areas are ranked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<usize>,
    /// Whether reasons are printed under the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<bool>,
    /// Over which range of weights the first places stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range_text: Option<Rich>,
    /// The criteria.
    pub criteria: Vec<Criterion>,
    /// The areas, first rank first.
    pub rows: Vec<Area>,
    /// Areas without evidence.
    #[serde(default)]
    pub unranked: Vec<Unranked>,
}

/// A criterion and what it weighs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Criterion {
    /// Its short name.
    pub id: String,
    /// What readers see.
    pub title: String,
    /// Its share of all weights, as printed.
    pub weight_text: String,
}

/// A ranked area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Area {
    /// The snippet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    pub area: Rich,
    /// One score a criterion.
    pub scores: Vec<Score>,
    /// The weighted mean as printed.
    pub total_text: String,
    /// Its rank, from 1; equal means share one.
    pub rank: usize,
    /// The best rank that it takes when weights move.
    pub low: usize,
    /// The worst rank that it takes when weights move.
    pub high: usize,
    /// What that sums up to.
    pub firmness: Firmness,
}

/// How an area does by one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Score {
    /// 0 to 5; null is “no evidence”.
    pub score: Option<u8>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Rich>,
    /// The snippets that it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
}

/// How firm a rank is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Firmness {
    /// It keeps its rank.
    Firm,
    /// It moves by one rank.
    FairlyFirm,
    /// It moves further.
    Open,
}

/// An area that no evidence ranks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unranked {
    /// Its name.
    pub area: Rich,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Rich>,
}

/// Each passage and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Caption and foot.
    #[serde(flatten)]
    pub exhibit: Exhibit,
    /// The passages.
    pub rows: Vec<EvidenceRow>,
}

/// One passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EvidenceRow {
    /// What the briefing says.
    pub passage: Rich,
    /// The snippet that it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where that stands on these pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What it rests on.
    #[serde(default)]
    pub sources: Vec<SourceData>,
    /// Who reads it differently.
    #[serde(default)]
    pub conflicts: Vec<OtherReading>,
}

/// Another reading of the same matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OtherReading {
    /// The snippet that holds it.
    pub id: String,
    /// What it says and why it differs.
    pub text: Rich,
}
