//! Reading a briefing from its file.

use crate::fields::{Fields, excerpt, form_of};
use crate::front_matter::{is_unclosed, split_front_matter};
use crate::snippet::read_marking;
use chancery_model::{Briefing, MarkingScheme, PackRef, Problem, Value, briefing_fields};
use indexmap::IndexMap;
use std::sync::Arc;

/// Reads a briefing from the contents of its file; none where its front matter has no `title`.
///
/// Markings are checked by [`crate::check()`], which knows the workspace's scheme.
pub fn parse_briefing(file: &str, text: &str) -> (Option<Briefing>, Vec<Problem>) {
    parse_shared(file, text.into(), None)
}

/// Reads a briefing, and keeps the text given instead of a copy.
pub(crate) fn parse_shared(
    file: &str,
    text: Arc<str>,
    scheme: Option<&MarkingScheme>,
) -> (Option<Briefing>, Vec<Problem>) {
    let Some(front) = split_front_matter(&text) else {
        return (None, without_front_matter(file, &text).into_iter().collect());
    };
    let mut fields = Fields::parse(file, &text, front.yaml);
    let Some(title) = fields.one_text("title") else {
        // Any other Markdown file may lie beside the briefings; broken YAML may hide a title.
        let problems = if fields.is_broken() { fields.problems } else { Vec::new() };
        return (None, problems);
    };
    let marking = match scheme {
        Some(scheme) => read_marking(&mut fields, scheme),
        None => fields.one_text("marking"),
    };
    let briefing = Briefing {
        file: file.to_owned(),
        text: text.clone(),
        body_start: front.body_start,
        title,
        subtitle: fields.one_text("subtitle"),
        template: read_template(&mut fields),
        author: fields.texts("author"),
        date: fields.date("date"),
        lang: fields.one_text("lang"),
        marking,
        version: fields.one_text("version"),
        fit: read_fit(&mut fields),
        settings: read_settings(&mut fields),
        fields: IndexMap::new(),
    };
    let known: Vec<&str> = briefing_fields().iter().map(|field| field.name).collect();
    fields.check_names(&known);
    let Fields { entries, problems, .. } = fields;
    (Some(Briefing { fields: entries, ..briefing }), problems)
}

fn without_front_matter(file: &str, text: &str) -> Option<Problem> {
    is_unclosed(text).then(|| {
        let end = text.find('\n').unwrap_or(text.len());
        let problem = Problem::error("front-matter-open", "the front matter is never closed");
        problem.hint("add a line `---` behind its last field").at(file, text, 0..end)
    })
}

fn read_template(fields: &mut Fields) -> Option<PackRef> {
    let text = fields.one_text("template")?;
    let span = fields.node("template")?.span;
    let pack = PackRef::parse(&text, span);
    let version_fits = pack.version.as_deref().is_none_or(is_exact_version);
    if !version_fits {
        let problem = Problem::error("bad-version", format!("`{}` names no exact version", excerpt(&text)));
        fields.report_at_value(
            "template",
            problem.hint("write three numbers behind the `@`, such as policy-brief@1.0.0"),
        );
        return Some(PackRef { version: None, ..pack });
    }
    Some(pack)
}

/// Whether a version is exact: three numbers, as Typst packages have.
pub(crate) fn is_exact_version(version: &str) -> bool {
    let parts: Vec<&str> = version.split('.').collect();
    parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

fn read_fit(fields: &mut Fields) -> Option<u32> {
    let text = fields.one_text("fit")?;
    let number = text.trim().trim_end_matches("pages").trim_end_matches("page").trim();
    match number.parse() {
        Ok(pages) if pages > 0 => Some(pages),
        _ => {
            let problem = Problem::error("bad-number", format!("`fit` is a number of pages, not `{}`", excerpt(&text)));
            fields.report_at_value("fit", problem.hint("write `fit: 4 pages`"));
            None
        }
    }
}

fn read_settings(fields: &mut Fields) -> IndexMap<String, (std::ops::Range<usize>, chancery_model::Node)> {
    let Some(node) = fields.node("settings") else { return IndexMap::new() };
    match node.value {
        Value::Map(settings) => settings,
        _ => {
            let problem = Problem::error("wrong-type", format!("`settings` is a map, not {}", form_of(&node)));
            fields.report(problem.hint("write `settings: { name: value }`"), node.span);
            IndexMap::new()
        }
    }
}
