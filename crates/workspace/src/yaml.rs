//! The YAML of front matter and bibliographies, with what is wrong with it as problems.

use chancery_model::{Node, Problem, YamlFault, YamlFaultKind};
use std::ops::Range;

/// Parses the YAML in `range` of `text`, the contents of `file`.
///
/// What stands before a syntax error is kept. Empty YAML is [`chancery_model::Value::Null`].
pub fn parse(file: &str, text: &str, range: Range<usize>) -> (Node, Vec<Problem>) {
    let (node, faults) = chancery_model::parse_yaml(text, range);
    (node, faults.into_iter().map(|fault| problem(&fault).at(file, text, fault.span)).collect())
}

fn problem(fault: &YamlFault) -> Problem {
    match &fault.kind {
        YamlFaultKind::Syntax { message, hint } => {
            Problem::error("yaml", format!("the front matter is no valid YAML: {message}")).hint(*hint)
        }
        YamlFaultKind::Duplicate(name) => Problem::error("duplicate-field", format!("`{name}` is there twice"))
            .hint("keep one of the two; the first one counts"),
        YamlFaultKind::Name => Problem::error("yaml", "a field's name must be text").hint("write `name: value`"),
        YamlFaultKind::SecondDocument => Problem::error("yaml", "front matter is a single YAML document")
            .hint("remove the `...` or `---` inside the front matter"),
        YamlFaultKind::Aliases => Problem::error("yaml", "the aliases here grow without end")
            .hint("write the values out instead of using `&` and `*`"),
    }
}
