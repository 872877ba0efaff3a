//! The body of a view: a query over the snippets and the view's own options, in YAML.

mod body;
mod pick;
mod select;
mod yaml;

pub use body::{Body, Finding, OptionForm, OptionSpec};
pub use pick::{Pick, Translations};
pub use select::{Query, Sort};

/// The keys that select snippets, the same in every view.
pub const QUERY_OPTIONS: &[OptionSpec] = &[
    OptionSpec::new("kind", OptionForm::Texts, &chancery_model::Kind::NAMES),
    OptionSpec::new("topics", OptionForm::Texts, &[]),
    OptionSpec::new("areas", OptionForm::Texts, &[]),
    OptionSpec::new("actors", OptionForm::Texts, &[]),
    OptionSpec::new("programme", OptionForm::Text, &[]),
    OptionSpec::new("from", OptionForm::Date, &[]),
    OptionSpec::new("to", OptionForm::Date, &[]),
    OptionSpec::new("sort", OptionForm::Text, &["date", "-date", "title", "id"]),
    OptionSpec::new("limit", OptionForm::Number, &[]),
    OptionSpec::new("ids", OptionForm::Texts, &[]),
];
