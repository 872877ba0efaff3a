//! Blocks that are lists: recommendations, acronyms, sources, key points; and the parts of a deck.

use super::{Link, Rich, SourceData};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Recommendations in groups.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Recommendations {
    /// The finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Rich>,
    /// A sentence below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<Rich>,
    /// A remark behind “Note:”.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Rich>,
    /// A Typst label to refer to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What the groups are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Grouping>,
    /// The groups.
    pub groups: Vec<RecommendationGroup>,
}

/// What recommendations are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Grouping {
    /// By area of cooperation.
    Area,
    /// By who should act.
    Addressee,
}

/// A group of recommendations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecommendationGroup {
    /// What they share.
    pub heading: Rich,
    /// More on it: “Rank 1, firm”.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub: Option<Rich>,
    /// The recommendations.
    pub items: Vec<Recommendation>,
}

/// One recommendation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Recommendation {
    /// The snippet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// A Typst label to refer to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Its number as printed.
    pub number: String,
    /// What should be done.
    pub text: Rich,
    /// Who should act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addressee: Option<Rich>,
    /// The area, where groups are addressees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Rich>,
    /// On what condition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Rich>,
    /// Whether a source states it; false where a source implies it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explicit: Option<bool>,
    /// The evidence it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grounds: Vec<Link>,
    /// What it rests on.
    #[serde(default)]
    pub sources: Vec<SourceData>,
}

/// A list of acronyms.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Acronyms {
    /// What stands above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Rich>,
    /// A sentence below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<Rich>,
    /// A Typst label to refer to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The acronyms, in order.
    pub terms: Vec<Acronym>,
}

/// An acronym.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Acronym {
    /// Its letters.
    pub abbr: String,
    /// What they stand for.
    pub expansion: Rich,
}

/// The list of works cited.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Sources {
    /// What stands above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Rich>,
    /// A sentence below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<Rich>,
    /// The entries, in order.
    pub entries: Vec<Entry>,
}

/// An entry of the list of works cited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// The source's key.
    pub key: String,
    /// The Typst label that citations link to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The mark of a numeric style.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The full entry.
    pub text: Rich,
}

/// The key points of a briefing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct KeyPoints {
    /// Replaces the pack's own word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<Rich>,
    /// Whether they are numbered; true by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordered: Option<bool>,
    /// The points.
    pub points: Vec<Rich>,
}

/// A slide of a deck.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Slide {
    /// Its message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Rich>,
    /// The level of its heading.
    pub level: u8,
    /// Its number, from 1.
    pub number: usize,
    /// The title of the section around it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<Rich>,
    /// Whether it repeats the title of the slide before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continued: Option<bool>,
    /// A Typst label to refer to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What the speaker says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Rich>,
}

/// A section of a deck.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// Its title.
    pub title: Rich,
    /// Its number, from 1.
    pub number: usize,
    /// A Typst label to refer to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What the speaker says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Rich>,
}
