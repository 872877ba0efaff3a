//! The kinds of evidence, and the fields that each has.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What kind of evidence a snippet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Something that happened.
    Event,
    /// A text that parties agreed on.
    Agreement,
    /// A number.
    Figure,
    /// A sale of arms or the like.
    Deal,
    /// Somebody's judgement.
    Assessment,
    /// The same dimension on several sides.
    Comparison,
    /// What somebody should do.
    Recommendation,
    /// A cooperation programme.
    Programme,
    /// An area of a programme.
    Area,
    /// A person, office or organisation.
    Actor,
    /// Somebody's words.
    Quote,
    /// A term or acronym.
    Term,
    /// A reusable passage.
    Text,
}

/// How a field's value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FieldForm {
    /// One line of text.
    Text,
    /// Inline Markdown.
    Markdown,
    /// A list of texts.
    List,
    /// A number.
    Number,
    /// A date, EDTF level 0 with open intervals, `~` and `?`.
    Date,
    /// Yes or no.
    Boolean,
    /// One of the names in [`FieldSpec::choices`].
    Choice,
    /// A source's key and locator, or a list of them.
    Sources,
    /// The id of a snippet.
    Snippet,
    /// Ids of snippets.
    Snippets,
    /// A marking of the workspace's scheme.
    Marking,
    /// A map or list of maps; the field's own rules apply.
    Structured,
}

/// A field that a kind of snippet has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct FieldSpec {
    /// The name in front matter.
    pub name: &'static str,
    /// How its value is written.
    pub form: FieldForm,
    /// The names allowed, for [`FieldForm::Choice`].
    pub choices: &'static [&'static str],
    /// Whether it must be there.
    pub required: bool,
}

pub(crate) const fn field(name: &'static str, form: FieldForm) -> FieldSpec {
    FieldSpec { name, form, choices: &[], required: false }
}

const fn choice(name: &'static str, choices: &'static [&'static str]) -> FieldSpec {
    FieldSpec { name, form: FieldForm::Choice, choices, required: false }
}

const fn required(name: &'static str, form: FieldForm) -> FieldSpec {
    FieldSpec { name, form, choices: &[], required: true }
}

const STATUS: &[&str] = &["signed", "in force", "applied", "proposed", "talks"];

const COMMON: &[FieldSpec] = &[
    required("title", FieldForm::Markdown),
    FieldSpec { name: "kind", form: FieldForm::Choice, choices: &Kind::NAMES, required: true },
    field("date", FieldForm::Date),
    field("date-text", FieldForm::Text),
    field("actors", FieldForm::List),
    field("topics", FieldForm::List),
    field("areas", FieldForm::Snippets),
    field("sources", FieldForm::Sources),
    choice("confidence", &["low", "moderate", "high"]),
    choice("likelihood", crate::Likelihood::TERMS),
    field("marking", FieldForm::Marking),
    field("as-of", FieldForm::Date),
    field("review", FieldForm::Date),
    field("supersedes", FieldForm::Snippets),
    field("short", FieldForm::Markdown),
    field("lang", FieldForm::Text),
    field("translation-of", FieldForm::Snippet),
    field("conflicts", FieldForm::Structured),
    field("same-origin", FieldForm::Snippets),
];

/// Returns the fields that every kind has, in the order in which they are written.
pub const fn common_fields() -> &'static [FieldSpec] {
    COMMON
}

impl Kind {
    /// The names of all kinds, in order.
    pub const NAMES: [&'static str; 13] = [
        "event",
        "agreement",
        "figure",
        "deal",
        "assessment",
        "comparison",
        "recommendation",
        "programme",
        "area",
        "actor",
        "quote",
        "term",
        "text",
    ];

    /// All kinds, in order.
    pub const ALL: [Self; 13] = [
        Self::Event,
        Self::Agreement,
        Self::Figure,
        Self::Deal,
        Self::Assessment,
        Self::Comparison,
        Self::Recommendation,
        Self::Programme,
        Self::Area,
        Self::Actor,
        Self::Quote,
        Self::Term,
        Self::Text,
    ];

    /// Returns the kind's name in front matter.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// Returns the kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Returns the fields that this kind adds to the common ones.
    pub fn own_fields(self) -> &'static [FieldSpec] {
        use FieldForm::{Boolean, Date, List, Number, Snippet, Snippets, Structured, Text};
        const EVENT: &[FieldSpec] = &[field("place", Text)];
        const AGREEMENT: &[FieldSpec] = &[choice("status", STATUS), field("parties", List)];
        const FIGURE: &[FieldSpec] = &[
            field("value", Number),
            field("unit", Text),
            field("period", Date),
            field("series", Text),
            field("approx", Boolean),
        ];
        const DEAL: &[FieldSpec] = &[
            field("buyer", Text),
            field("supplier", Text),
            field("items", List),
            field("value", Number),
            field("unit", Text),
            choice("status", STATUS),
        ];
        const ASSESSMENT: &[FieldSpec] = &[field("holder", Text)];
        const COMPARISON: &[FieldSpec] = &[field("dimension", Text), field("sides", Structured)];
        const RECOMMENDATION: &[FieldSpec] = &[
            field("addressee", List),
            field("grounds", Snippets),
            field("condition", FieldForm::Markdown),
            field("explicit", Boolean),
        ];
        const PROGRAMME: &[FieldSpec] = &[field("period", Date), field("criteria", Structured)];
        const AREA: &[FieldSpec] = &[
            field("programme", Snippet),
            field("number", Number),
            field("department", List),
            field("timeline", Text),
            field("scores", Structured),
        ];
        const ACTOR: &[FieldSpec] = &[field("role", Text), field("from", Date), field("to", Date)];
        const QUOTE: &[FieldSpec] = &[field("speaker", Text), field("said", Date)];
        const TERM: &[FieldSpec] = &[field("abbr", Text), field("expansion", Text)];
        match self {
            Self::Event => EVENT,
            Self::Agreement => AGREEMENT,
            Self::Figure => FIGURE,
            Self::Deal => DEAL,
            Self::Assessment => ASSESSMENT,
            Self::Comparison => COMPARISON,
            Self::Recommendation => RECOMMENDATION,
            Self::Programme => PROGRAMME,
            Self::Area => AREA,
            Self::Actor => ACTOR,
            Self::Quote => QUOTE,
            Self::Term => TERM,
            Self::Text => &[],
        }
    }
}
