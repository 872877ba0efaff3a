//! What Chancery speaks about: snippets, sources, briefings, dates, markings and problems.
//!
//! Types, and the one reader of YAML that they are made with. Nothing here reads a file or draws a page: `workspace` makes these values from an
//! analyst's folder, `compose` turns them into pages. Everything an analyst wrote keeps its place
//! in bytes ([`Node::span`]), so that each finding can name file, line and column.

mod briefing;
mod date;
mod judgement;
mod kind;
mod marking;
mod node;
mod problem;
mod snippet;
mod snippets;
mod source;
mod text;
mod workspace;
mod yaml;

pub use briefing::{Briefing, PackRef, briefing_fields};
pub use date::{Date, DateError, Day, Interval, Qualifier};
pub use judgement::{Confidence, Likelihood};
pub use kind::{FieldForm, FieldSpec, Kind, common_fields};
pub use marking::{MarkingScheme, SchemeError};
pub use node::{Node, Value};
pub use problem::{Place, Problem, Severity};
pub use snippet::{AreaScore, Conflict, Criterion, FieldText, Snippet};
pub use snippets::{Iter as SnippetsIter, Snippets};
pub use source::{Source, SourceRef};
pub use text::{LineIndex, nearest};
pub use workspace::{Config, Workspace};
pub use yaml::{YamlFault, YamlFaultKind, parse_yaml};
