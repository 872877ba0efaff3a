//! The body of a view: a query over the snippets and the view's own options, in YAML.

mod body;
mod option;
mod pick;
mod select;

pub use body::{Body, Finding};
pub use option::{OptionForm, OptionSpec, QUERY_OPTIONS};
pub use pick::{Pick, Translations};
pub use select::{Query, Sort};
