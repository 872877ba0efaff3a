//! The `data` of every block, as `docs/packs.md` specifies it.
//!
//! Optional fields that are missing are left out of the JSON: null and absent are the same to a pack.

mod charts;
mod exhibits;
mod lists;
mod snippet;

pub use charts::{
    Bar, Era, FigureItem, FigureRow, Figures, FiguresColumn, Line, Point, Shape, TimeAxis, Timeline, TimelineEvent,
};
pub use exhibits::{
    Area, Comparison, ComparisonRow, Criterion, Deal, Deals, Evidence, EvidenceRow, Firmness, OtherReading, Priorities,
    Score, Side, Total, Unranked,
};
pub use lists::{
    Acronym, Acronyms, Entry, Grouping, KeyPoints, Recommendation, RecommendationGroup, Recommendations, Section,
    Slide, Sources,
};
pub use snippet::{LikelihoodData, Other, Row, SnippetData, ValueData, Variant};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Text that is drawn as it is, or the n-th piece of content in the block's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Rich {
    /// Drawn as it is, never as code.
    Text(String),
    /// Content.
    Prose {
        /// Which piece of content, from 0.
        prose: usize,
    },
}

impl From<&str> for Rich {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Rich {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// A finished short citation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceData {
    /// The source's key.
    pub key: String,
    /// The citation with its locator.
    pub text: String,
    /// The Typst label of the entry in the list of sources; null where these pages hold none.
    pub label: Option<String>,
}

/// A mark on an axis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tick {
    /// Where.
    pub at: f64,
    /// What stands beside it.
    pub text: String,
}

/// A snippet that is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// The snippet's id.
    pub id: String,
    /// Its title, or what else is printed.
    pub text: Rich,
    /// Where it stands on these pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// How much room an exhibit takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// The pack's choice.
    Auto,
    /// The whole width.
    Wide,
    /// Beside text or another exhibit.
    Side,
}

/// What the caption, the foot and the frame of an exhibit say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Exhibit {
    /// The finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Rich>,
    /// What is shown, in which unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_line: Option<Rich>,
    /// A sentence under the exhibit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<Rich>,
    /// A remark behind “Note:”.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Rich>,
    /// What it rests on.
    #[serde(default)]
    pub sources: Vec<SourceData>,
    /// How much room it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layout: Option<Layout>,
    /// A Typst label to refer to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}
