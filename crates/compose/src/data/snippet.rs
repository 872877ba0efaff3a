//! The block of one embedded snippet.

use super::{Rich, SourceData};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A snippet shown as a block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct SnippetData {
    /// The kind's name in front matter.
    pub kind: String,
    /// The kind's name in the briefing's language.
    pub kind_text: String,
    /// The snippet's id.
    pub id: String,
    /// Its title.
    pub title: Rich,
    /// How much of it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Variant>,
    /// The Typst label that references link to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Its date as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_text: Option<String>,
    /// Its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Rich>,
    /// Its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<ValueData>,
    /// How likely the holder thinks it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likelihood: Option<LikelihoodData>,
    /// How sure the holder is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<String>,
    /// The state of knowledge it gives, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// Its status as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_text: Option<String>,
    /// What belongs to its kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Row>,
    /// Other readings of the matter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other: Vec<Other>,
    /// What it rests on.
    #[serde(default)]
    pub sources: Vec<SourceData>,
}

/// How much of a snippet is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Variant {
    /// Everything.
    Full,
    /// The one-line variant.
    Short,
    /// The title only.
    Title,
}

/// A number with its unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ValueData {
    /// The number as printed.
    pub text: String,
    /// Its unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// A term of likelihood with its bounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LikelihoodData {
    /// The term in the briefing's language.
    pub term: String,
    /// Its bounds in per cent.
    pub range: [u8; 2],
}

/// A label and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// The label.
    pub label: String,
    /// The value.
    pub value: Rich,
}

/// Another reading of the matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Other {
    /// What it says.
    pub text: Rich,
    /// The snippet that holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}
