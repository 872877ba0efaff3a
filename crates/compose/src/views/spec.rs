//! The views that there are, with their options and what a new one starts with.

use crate::query::{Body, OptionForm, OptionSpec, QUERY_OPTIONS};
use chancery_model::Kind;

/// A view.
#[derive(Debug, Clone, Copy)]
pub struct ViewSpec {
    /// Its name, and the name of the block that draws it.
    pub name: &'static str,
    /// What it shows, in a few words.
    pub about: &'static str,
    /// The body that a new one starts with.
    pub starter: &'static str,
    /// Its own options, beside those that every view knows.
    pub own: &'static [OptionSpec],
    /// The kinds of snippets that it shows; all where empty.
    pub kinds: &'static [Kind],
}

/// Options that every view knows, beside those of the query.
const COMMON: &[OptionSpec] = &[
    OptionSpec::new("title", OptionForm::Markdown),
    OptionSpec::new("caption", OptionForm::Markdown),
    OptionSpec::new("note", OptionForm::Markdown),
    OptionSpec::new("unit-line", OptionForm::Markdown),
    OptionSpec::choice("layout", &["auto", "wide", "side"]),
    OptionSpec::new("alt", OptionForm::Text),
    OptionSpec::choice("sources", &["line", "rows", "none"]),
];

impl ViewSpec {
    /// Returns the options that it knows: those of the query, its own, and those of every view.
    pub fn options(&self) -> Vec<OptionSpec> {
        [QUERY_OPTIONS, self.own, COMMON].concat()
    }

    /// Reads a body of this view.
    pub fn read(&self, body: &str) -> Body {
        Body::parse(self.name, body, &self.options())
    }
}

/// All views, in the order in which menus show them.
pub static VIEWS: &[ViewSpec] = &[
    ViewSpec {
        name: "timeline",
        about: "events along time, with who was in office",
        starter: "topics: []\nfrom: 2005\nto: 2024\nbands: actors\n",
        own: &[
            OptionSpec::new("bands", OptionForm::Texts).naming("roles"),
            OptionSpec::new("highlight", OptionForm::Snippets),
            OptionSpec::new("axis", OptionForm::Boolean),
        ],
        kinds: &[],
    },
    ViewSpec {
        name: "comparison",
        about: "the same dimensions on several sides",
        starter: "topics: []\n",
        own: &[
            OptionSpec::new("dimensions", OptionForm::Texts).naming("dimensions"),
            OptionSpec::new("sides", OptionForm::Texts).naming("sides"),
        ],
        kinds: &[Kind::Comparison],
    },
    ViewSpec {
        name: "figures",
        about: "numbers as a table, bars, lines, or large",
        starter: "series: \nas: bar\n",
        own: &[
            OptionSpec::choice("as", &["table", "bar", "line", "numbers"]),
            OptionSpec::new("series", OptionForm::Texts).naming("series"),
            OptionSpec::new("per-year", OptionForm::Boolean),
            OptionSpec::new("highlight", OptionForm::Snippets),
        ],
        kinds: &[Kind::Figure],
    },
    ViewSpec {
        name: "deals",
        about: "sales of arms, signed and in talks",
        starter: "from: 2022\nsort: date\n",
        own: &[OptionSpec::new("totals", OptionForm::Boolean)],
        kinds: &[Kind::Deal],
    },
    ViewSpec {
        name: "recommendations",
        about: "recommendations by area or addressee",
        starter: "by: area\n",
        own: &[
            OptionSpec::choice("by", &["area", "addressee"]),
            OptionSpec::choice("show", &["full", "short", "title"]),
            OptionSpec::new("ranks", OptionForm::Boolean),
            OptionSpec::new("grounds", OptionForm::Boolean),
        ],
        kinds: &[Kind::Recommendation],
    },
    ViewSpec {
        name: "priorities",
        about: "areas by weighted criteria, with how firm each rank is",
        starter: "programme: \n",
        own: &[OptionSpec::new("weights", OptionForm::Weights), OptionSpec::new("reasons", OptionForm::Boolean)],
        kinds: &[Kind::Area],
    },
    ViewSpec {
        name: "acronyms",
        about: "the acronyms that the briefing uses",
        starter: "",
        own: &[],
        kinds: &[Kind::Term],
    },
    ViewSpec { name: "sources", about: "the works that the briefing cites", starter: "", own: &[], kinds: &[] },
    ViewSpec {
        name: "evidence",
        about: "each passage with what it rests on",
        starter: "",
        own: &[OptionSpec::choice("show", &["full", "short", "title"])],
        kinds: &[],
    },
];

/// Returns the view of that name.
pub fn view(name: &str) -> Option<&'static ViewSpec> {
    VIEWS.iter().find(|view| view.name == name)
}
