//! What the typesetter says, at the analyst's own file and line.

use chancery_compose::Composed;
use chancery_model::{Briefing, Place, Problem, Severity, Workspace};
use chancery_template::Origin;
use chancery_typeset::{Diagnostic, DiagnosticKind, WorkerError};
use std::ops::Range;

/// Turns the typesetter's findings into places in the analyst's files.
pub struct Diagnoser<'a> {
    /// The workspace that was composed.
    pub workspace: &'a Workspace,
    /// The briefing that was composed.
    pub briefing: &'a Briefing,
    /// What it was composed to.
    pub composed: &'a Composed,
    /// Where the pack was found, and its name.
    pub pack: (Origin, &'a str),
}

impl Diagnoser<'_> {
    /// Returns findings as problems, each once.
    pub fn problems(&self, diagnostics: &[Diagnostic]) -> Vec<Problem> {
        let mut problems: Vec<Problem> = Vec::new();
        for diagnostic in diagnostics {
            let problem = self.problem(diagnostic);
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        }
        problems
    }

    /// Returns what went wrong in the worker as problems.
    pub fn failure(&self, error: &WorkerError) -> Vec<Problem> {
        match error {
            WorkerError::Diagnostics(diagnostics) => self.problems(diagnostics),
            _ => vec![limit_problem(error).at_file(&self.briefing.file)],
        }
    }

    fn problem(&self, diagnostic: &Diagnostic) -> Problem {
        let (code, message) = match diagnostic.kind {
            DiagnosticKind::Typst => ("typst", diagnostic.message.clone()),
            DiagnosticKind::Glyph => ("missing-glyph", diagnostic.message.clone()),
            DiagnosticKind::Link => ("link", diagnostic.message.clone()),
            DiagnosticKind::Standard => ("standard", diagnostic.message.clone()),
        };
        let mut problem = Problem::new(diagnostic.severity, code, message);
        problem.place = self.own(diagnostic).or_else(|| self.packs(diagnostic));
        let in_pack = problem.place.as_ref().is_some_and(|place| self.composed.files.contains_key(&place.file));
        if let Some(hint) = self.hint(diagnostic, in_pack) {
            problem = problem.hint(hint);
        }
        if problem.place.is_none() { problem.at_file(&self.briefing.file) } else { problem }
    }

    /// Returns the nearest place that is the analyst's own: a template error is shown where the template is asked for
    /// only when it is not an error of the template itself.
    fn own(&self, diagnostic: &Diagnostic) -> Option<Place> {
        let mut places = diagnostic.places();
        let own = |(file, range): (&str, &Range<usize>)| {
            let origin = self.composed.map.origin(file, range.clone())?;
            if let Some(snippet) = origin.snippet {
                let text = &self.workspace.snippets.get(&snippet.id)?.text;
                return Some(Place::of(&snippet.file, text, snippet.range));
            }
            Some(Place::of(&self.briefing.file, &self.briefing.text, origin.briefing))
        };
        if diagnostic.severity == Severity::Error { places.next().and_then(own) } else { places.find_map(own) }
    }

    /// Returns the place in a pack or another composed file.
    fn packs(&self, diagnostic: &Diagnostic) -> Option<Place> {
        let (file, range) = diagnostic.places().next()?;
        let bytes = self.composed.files.get(file)?;
        let mut place = Place::of(file, std::str::from_utf8(bytes).ok()?, range.clone());
        if let (Origin::Workspace, name) = self.pack
            && let Some(rest) = file.strip_prefix("packages/chancery/").and_then(|f| f.strip_prefix(name))
            && let Some((_, inner)) = rest.trim_start_matches('/').split_once('/')
        {
            place.file = format!("templates/{name}/{inner}");
        }
        Some(place)
    }

    fn hint(&self, diagnostic: &Diagnostic, in_pack: bool) -> Option<String> {
        let said = diagnostic.hints.join(" ");
        let own = match diagnostic.kind {
            DiagnosticKind::Typst if in_pack && diagnostic.severity == Severity::Error => {
                "This is a fault of the template: use another version of it, or tell those who made it."
            }
            DiagnosticKind::Glyph => "Use letters that the fonts of the template have, or another template.",
            _ => "",
        };
        let hint = [said.as_str(), own].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        (!hint.is_empty()).then_some(hint)
    }
}

/// Returns a problem for a broken limit or a lost worker.
fn limit_problem(error: &WorkerError) -> Problem {
    let message = capitalised(&error.to_string());
    match error {
        WorkerError::Deadline { .. } => Problem::error("deadline", message).hint(
            "The template, or what the briefing asks of it, does not come to an end. Use another template or version.",
        ),
        WorkerError::Memory { .. } => Problem::error("memory", message).hint(
            "The template, or what the briefing asks of it, is too large. Use another template or split the briefing.",
        ),
        WorkerError::Died(_) => {
            Problem::error("worker-died", message).hint("It was started again. If this repeats, use another template.")
        }
        _ => Problem::error("worker", message),
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
