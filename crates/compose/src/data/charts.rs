//! Blocks that are drawn to scale: timelines and figures.

use super::{Exhibit, Rich, SourceData, Tick};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Events along time, with who was in office.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Timeline {
    /// Caption and foot.
    #[serde(flatten)]
    pub exhibit: Exhibit,
    /// What the axis shows, for those who cannot see it.
    pub alt: String,
    /// Start of the axis, a decimal year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<f64>,
    /// End of the axis, a decimal year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<f64>,
    /// Marks on the axis.
    #[serde(default)]
    pub ticks: Vec<Tick>,
    /// Bands behind the axis.
    #[serde(default)]
    pub eras: Vec<Era>,
    /// The events, in the order in which they are listed.
    pub events: Vec<TimelineEvent>,
}

/// A time in office.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Era {
    /// Who.
    pub label: String,
    /// From when, a decimal year.
    pub from: f64,
    /// Until when, a decimal year.
    pub to: f64,
    /// Whether it stands out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emphasis: Option<bool>,
}

/// One event of a timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct TimelineEvent {
    /// The snippet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its place on the axis, a decimal year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<f64>,
    /// The end of an interval, a decimal year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<f64>,
    /// Whether the interval has no end.
    #[serde(default, skip_serializing_if = "is_false")]
    pub ongoing: bool,
    /// EDTF's `~`.
    #[serde(default, skip_serializing_if = "is_false")]
    pub approximate: bool,
    /// EDTF's `?`.
    #[serde(default, skip_serializing_if = "is_false")]
    pub uncertain: bool,
    /// The date as printed.
    pub date_text: String,
    /// The snippet's kind.
    pub kind: String,
    /// What happened.
    pub text: Rich,
    /// What it rests on.
    #[serde(default)]
    pub sources: Vec<SourceData>,
    /// A Typst label to refer to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// Numbers as bars, lines, a table, or large.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figures {
    /// Caption and foot.
    #[serde(flatten)]
    pub exhibit: Exhibit,
    /// How they are drawn.
    #[serde(flatten)]
    pub shape: Shape,
}

/// How figures are drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "as", rename_all = "lowercase")]
pub enum Shape {
    /// Horizontal bars from zero.
    Bar {
        /// What the chart shows, for those who cannot see it.
        alt: String,
        /// Low end of the value axis, where it is not zero.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<f64>,
        /// High end of the value axis.
        max: f64,
        /// Marks on the value axis.
        ticks: Vec<Tick>,
        /// Head of a column of further numbers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        extra: Option<String>,
        /// The bars.
        bars: Vec<Bar>,
    },
    /// Lines over time.
    Line {
        /// What the chart shows, for those who cannot see it.
        alt: String,
        /// Low end of the value axis, where it is not zero.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<f64>,
        /// High end of the value axis.
        max: f64,
        /// Marks on the value axis.
        ticks: Vec<Tick>,
        /// The time axis.
        x: TimeAxis,
        /// The lines.
        lines: Vec<Line>,
    },
    /// Columns and rows.
    Table {
        /// The columns.
        columns: Vec<FiguresColumn>,
        /// The rows.
        rows: Vec<FigureRow>,
    },
    /// A row of large figures.
    Numbers {
        /// The figures.
        items: Vec<FigureItem>,
    },
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// Its length; null where none is known.
    pub value: Option<f64>,
    /// The value as printed.
    pub text: String,
    /// A further number at the right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra: Option<String>,
    /// Whether it stands out; true by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emphasis: Option<bool>,
    /// Whether it is hatched: not signed, an estimate.
    #[serde(default, skip_serializing_if = "is_false")]
    pub open: bool,
    /// A word behind its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
}

/// The axis along which lines run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TimeAxis {
    /// Start, a decimal year.
    pub from: f64,
    /// End, a decimal year.
    pub to: f64,
    /// Marks.
    pub ticks: Vec<Tick>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// What it stands for.
    pub label: String,
    /// Whether it stands out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emphasis: Option<bool>,
    /// Its points, by time.
    pub points: Vec<Point>,
}

/// One point of a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Point {
    /// Time, a decimal year.
    pub x: f64,
    /// Value; null interrupts the line.
    pub y: Option<f64>,
    /// The value as printed at the point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Whether it is hollow: an estimate.
    #[serde(default, skip_serializing_if = "is_false")]
    pub open: bool,
}

/// A column of a table of figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FiguresColumn {
    /// Its head.
    pub label: Rich,
    /// Whether it holds numbers.
    #[serde(default, skip_serializing_if = "is_false")]
    pub numeric: bool,
}

/// A row of a table of figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FigureRow {
    /// One cell a column; null where nothing is known.
    pub cells: Vec<Option<Rich>>,
    /// Whether it stands out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emphasis: Option<bool>,
}

/// A large figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FigureItem {
    /// The number as printed.
    pub text: String,
    /// Its unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What it counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Rich>,
    /// Its date as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_text: Option<String>,
    /// What it rests on.
    #[serde(default)]
    pub sources: Vec<SourceData>,
}

fn is_false(yes: &bool) -> bool {
    !yes
}
