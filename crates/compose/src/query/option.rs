//! What options there are, and how their values are written.

use chancery_model::Kind;

/// How an option's value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionForm {
    /// One line of text.
    Text,
    /// Inline Markdown.
    Markdown,
    /// One text or a list of them.
    Texts,
    /// The id of a snippet.
    Snippet,
    /// The id of a snippet or a list of them.
    Snippets,
    /// A number from 0.
    Number,
    /// A date.
    Date,
    /// Yes or no.
    Boolean,
    /// A map from names to numbers.
    Weights,
}

/// An option that a view knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptionSpec {
    /// Its name.
    pub name: &'static str,
    /// How its value is written.
    pub form: OptionForm,
    /// The values allowed; empty where all are.
    pub choices: &'static [&'static str],
    /// Which values of the workspace it names; none where any text will do.
    pub values: Option<&'static str>,
}

impl OptionSpec {
    /// Returns an option.
    pub const fn new(name: &'static str, form: OptionForm) -> Self {
        Self { name, form, choices: &[], values: None }
    }

    /// Returns an option with one of some values.
    pub const fn choice(name: &'static str, choices: &'static [&'static str]) -> Self {
        Self { choices, ..Self::new(name, OptionForm::Text) }
    }

    /// Returns the option as one that names values of the workspace.
    pub const fn naming(self, values: &'static str) -> Self {
        Self { values: Some(values), ..self }
    }
}

/// The options that select snippets, the same in every view.
pub const QUERY_OPTIONS: &[OptionSpec] = &[
    OptionSpec { choices: &Kind::NAMES, ..OptionSpec::new("kind", OptionForm::Texts) },
    OptionSpec::new("topics", OptionForm::Texts).naming("topics"),
    OptionSpec::new("actors", OptionForm::Texts).naming("actors"),
    OptionSpec::new("areas", OptionForm::Snippets).naming("areas"),
    OptionSpec::new("programme", OptionForm::Snippet).naming("programmes"),
    OptionSpec::new("from", OptionForm::Date),
    OptionSpec::new("to", OptionForm::Date),
    OptionSpec::choice("sort", &["date", "-date", "title", "id"]),
    OptionSpec::new("limit", OptionForm::Number),
    OptionSpec::new("ids", OptionForm::Snippets),
];
