//! Reading a snippet from its file.

use crate::fields::{Fields, excerpt, form_of, normalise_id};
use crate::front_matter::{is_unclosed, split_front_matter};
use chancery_model::{
    Confidence, Conflict, FieldForm, FieldSpec, Kind, Likelihood, MarkingScheme, Problem, Snippet, Value,
    common_fields, nearest,
};
use std::sync::Arc;

/// Reads a snippet from the contents of its file.
///
/// There is one wherever the front matter can be told apart from the body, if with gaps; each gap is a problem.
pub fn parse_snippet(file: &str, text: &str, scheme: &MarkingScheme) -> (Option<Snippet>, Vec<Problem>) {
    parse_shared(file, text.into(), scheme)
}

/// Reads a snippet, and keeps the text given instead of a copy.
pub(crate) fn parse_shared(file: &str, text: Arc<str>, scheme: &MarkingScheme) -> (Option<Snippet>, Vec<Problem>) {
    let Some(front) = split_front_matter(&text) else {
        return (None, vec![without_front_matter(file, &text)]);
    };
    let mut fields = Fields::parse(file, &text, front.yaml);
    let kind = read_kind(&mut fields);
    let title = read_title(&mut fields);
    let id = id_of(file);
    let snippet = Snippet {
        date: fields.date("date"),
        date_text: fields.one_text("date-text"),
        actors: fields.texts("actors"),
        topics: fields.texts("topics"),
        areas: fields.ids("areas"),
        sources: fields.sources("sources"),
        confidence: fields.choice("confidence", &["low", "moderate", "high"]).and_then(|name| Confidence::parse(&name)),
        likelihood: fields.choice("likelihood", Likelihood::TERMS).and_then(|term| Likelihood::parse(&term)),
        marking: read_marking(&mut fields, scheme),
        as_of: fields.date("as-of"),
        review: fields.date("review"),
        supersedes: fields.ids("supersedes"),
        short: fields.one_text("short"),
        lang: fields.one_text("lang"),
        translation_of: fields.ids("translation-of").into_iter().next(),
        conflicts: read_conflicts(&mut fields),
        same_origin: fields.ids("same-origin"),
        title: title.unwrap_or_else(|| id.clone()),
        kind: kind.unwrap_or(Kind::Text),
        fields: Default::default(),
        body_start: front.body_start,
        file: file.to_owned(),
        text: text.clone(),
        id,
    };
    if let Some(kind) = kind {
        check_own_fields(&mut fields, kind);
    }
    let Fields { entries, problems, .. } = fields;
    (Some(Snippet { fields: entries, ..snippet }), problems)
}

/// Returns the id of the snippet in a file: the file's stem in normalisation form C.
pub fn id_of(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.char_indices().rev().nth(2).map_or(name, |(at, _)| match &name[at..] {
        ending if ending.eq_ignore_ascii_case(".md") => &name[..at],
        _ => name,
    });
    normalise_id(stem)
}

fn without_front_matter(file: &str, text: &str) -> Problem {
    if is_unclosed(text) {
        let end = text.find('\n').unwrap_or(text.len());
        let problem = Problem::error("front-matter-open", "the front matter is never closed");
        return problem.hint("add a line `---` behind its last field").at(file, text, 0..end);
    }
    Problem::error("no-front-matter", "a snippet starts with front matter, and this file has none")
        .hint("start the file with `---`, `kind: …`, `title: …` and `---`, each on its own line")
        .at_file(file)
}

fn read_kind(fields: &mut Fields) -> Option<Kind> {
    let Some(name) = fields.one_text("kind") else {
        report_missing(fields, "kind", &format!("write `kind:` and one of {}", Kind::NAMES.join(", ")));
        return None;
    };
    let kind = Kind::parse(name.trim());
    if kind.is_none() {
        let near = nearest(name.trim(), Kind::NAMES);
        let hint = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the kinds are {}", Kind::NAMES.join(", ")),
        };
        let problem = Problem::error("unknown-kind", format!("there is no kind `{}`", excerpt(&name))).hint(hint);
        fields.report_at_value("kind", problem);
    }
    kind
}

fn read_title(fields: &mut Fields) -> Option<String> {
    let title = fields.one_text("title");
    if title.is_none() {
        report_missing(fields, "title", "write `title: …`: what the snippet says, in a few words");
    }
    title
}

/// Reports a required field that is missing; not where it is there in a wrong form or the YAML is broken.
fn report_missing(fields: &mut Fields, name: &str, hint: &str) {
    let there = fields.node(name).is_some_and(|node| node.text().is_none_or(|text| !text.trim().is_empty()));
    if there || fields.is_broken() {
        return;
    }
    let problem = Problem::error("missing-field", format!("the snippet has no `{name}`")).hint(hint.to_owned());
    match fields.entries.get(name).map(|(span, _)| span.clone()) {
        Some(span) => fields.report(problem, span),
        None => {
            let file = fields.file;
            fields.problems.push(problem.at_file(file));
        }
    }
}

pub(crate) fn read_marking(fields: &mut Fields, scheme: &MarkingScheme) -> Option<String> {
    let marking = fields.one_text("marking")?;
    let known = scheme.levels.iter().find(|level| level.eq_ignore_ascii_case(marking.trim()));
    if known.is_none() {
        let near = nearest(marking.trim(), scheme.levels.iter().map(String::as_str));
        let hint = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the levels are {}", scheme.levels.join(", ")),
        };
        let problem = Problem::error("unknown-marking", format!("the scheme has no marking `{}`", excerpt(&marking)));
        fields.report_at_value("marking", problem.hint(hint));
    }
    // A marking that is misspelt still is one: never treat it as the default.
    Some(known.cloned().unwrap_or(marking))
}

fn read_conflicts(fields: &mut Fields) -> Vec<Conflict> {
    let Some(node) = fields.node("conflicts") else { return Vec::new() };
    let mut conflicts = Vec::new();
    for item in node.items() {
        let with = item.get("with").and_then(|with| with.text());
        let reason = item.get("reason").and_then(|reason| reason.text()).unwrap_or_default();
        match with {
            Some(with) if !reason.trim().is_empty() => conflicts.push(Conflict { with: normalise_id(&with), reason }),
            Some(with) => {
                let problem = Problem::warning(
                    "missing-field",
                    format!("the conflict with `{}` has no `reason`", excerpt(&with)),
                );
                fields.report(problem.hint("say why the two differ: `{with: id, reason: text}`"), item.span.clone());
                conflicts.push(Conflict { with: normalise_id(&with), reason });
            }
            None => {
                let problem =
                    Problem::error("wrong-type", format!("a conflict names a snippet, not {}", form_of(item)));
                fields.report(problem.hint("write `{with: id, reason: text}`"), item.span.clone());
            }
        }
    }
    conflicts
}

/// Checks the fields that a kind adds, and the names of all.
fn check_own_fields(fields: &mut Fields, kind: Kind) {
    for spec in kind.own_fields() {
        check_form(fields, spec);
    }
    match kind {
        Kind::Programme => check_criteria(fields),
        Kind::Area => check_scores(fields),
        Kind::Comparison => check_sides(fields),
        _ => {}
    }
    let known: Vec<&str> = common_fields().iter().chain(kind.own_fields()).map(|spec| spec.name).collect();
    fields.check_names(&known);
}

fn check_form(fields: &mut Fields, spec: &FieldSpec) {
    match spec.form {
        FieldForm::Text | FieldForm::Markdown => drop(fields.one_text(spec.name)),
        FieldForm::List => drop(fields.texts(spec.name)),
        FieldForm::Number => fields.check_number(spec.name),
        FieldForm::Date => drop(fields.date(spec.name)),
        FieldForm::Boolean => fields.check_boolean(spec.name),
        FieldForm::Choice => drop(fields.choice(spec.name, spec.choices)),
        FieldForm::Sources => drop(fields.sources(spec.name)),
        FieldForm::Snippet | FieldForm::Snippets => drop(fields.ids(spec.name)),
        FieldForm::Marking | FieldForm::Structured => {}
    }
}

fn check_criteria(fields: &mut Fields) {
    let Some(node) = fields.node("criteria") else { return };
    for item in node.items() {
        let weight = item.get("weight").map(|weight| (weight.text(), weight.span.clone()));
        if item.get("id").and_then(|id| id.text()).is_none() {
            let problem = Problem::error("wrong-type", "a criterion has an `id`");
            fields.report(problem.hint("write `{id: short-name, title: Title, weight: 40}`"), item.span.clone());
        }
        let Some((weight, span)) = weight else { continue };
        if !weight
            .and_then(|weight| weight.parse::<f64>().ok())
            .is_some_and(|weight| weight.is_finite() && weight >= 0.0)
        {
            let problem = Problem::error("bad-number", "a criterion's `weight` is a number from 0 up");
            fields.report(problem.hint("write `weight: 40`"), span);
        }
    }
}

fn check_scores(fields: &mut Fields) {
    const FORM: &str = "write `criterion: {score: 0 to 5 or none, reason: text, evidence: [ids]}`";
    let Some(node) = fields.node("scores") else { return };
    let Value::Map(scores) = &node.value else {
        return fields.report(Problem::error("wrong-type", "`scores` is a map from criteria").hint(FORM), node.span);
    };
    for (criterion, (_, entry)) in scores {
        let Value::Map(_) = entry.value else {
            let problem =
                Problem::error("wrong-type", format!("the score for `{}` is {}", excerpt(criterion), form_of(entry)));
            fields.report(problem.hint(FORM), entry.span.clone());
            continue;
        };
        let Some(score) = entry.get("score") else { continue };
        let text = score.text();
        let in_range =
            |text: &str| text == "none" || text.parse::<f64>().is_ok_and(|score| (0.0..=5.0).contains(&score));
        if score.value != Value::Null && !text.as_deref().is_some_and(in_range) {
            let problem =
                Problem::error("bad-number", "a score is 0 to 5, or `none` where the sources give no evidence");
            fields.report(problem.hint(FORM), score.span.clone());
        }
    }
}

fn check_sides(fields: &mut Fields) {
    let Some(node) = fields.node("sides") else { return };
    let Value::Map(sides) = &node.value else {
        let problem = Problem::error("wrong-type", "`sides` is a map from labels to texts");
        return fields.report(problem.hint("write one `Label: text` a line under `sides:`"), node.span);
    };
    for (label, (_, side)) in sides {
        if side.text().is_none() && side.value != Value::Null {
            let problem =
                Problem::error("wrong-type", format!("the side `{}` is {}, not text", excerpt(label), form_of(side)));
            fields.report(
                problem.hint("write `Label: text`, in quotation marks where it holds a colon"),
                side.span.clone(),
            );
        }
    }
}
