//! `chancery check`: all problems of a workspace or of briefings.

use crate::Done;
use crate::context::{Options, briefing_file, worker};
use crate::exit::Exit;
use crate::progress::Progress;
use crate::report::Report;
use chancery_engine::ipc::Failure;
use chancery_engine::{Desk, ExportError, Prepared, Wish, proof};
use chancery_model::{Problem, Severity};
use chancery_typeset::Worker;
use clap::ValueEnum;
use serde_json::json;
use std::path::PathBuf;

/// Shows problems.
#[derive(clap::Args)]
pub struct Arguments {
    /// A workspace, or briefings; the workspace around this folder where none is given
    paths: Vec<PathBuf>,
    /// What else ends the check with status 1
    #[arg(long, value_enum)]
    deny: Option<Deny>,
}

/// What counts as an error.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings too
    Warnings,
}

/// Checks.
pub fn run(arguments: &Arguments, options: &Options) -> Done {
    let first = arguments.paths.first().cloned().unwrap_or_else(|| PathBuf::from("."));
    let desk = options.open(&first)?;
    let only: Vec<String> =
        arguments.paths.iter().filter(|path| !path.is_dir()).map(|path| briefing_file(&desk, path)).collect();
    let mut report = Report::new(options.json, desk.root());
    let mut problems = if only.is_empty() { desk.session().problems() } else { Vec::new() };
    let files = if only.is_empty() { desk.workspace().briefings.keys().cloned().collect() } else { only };
    let (runtime, worker) = worker(None)?;
    {
        let progress = Progress::new(options.json);
        for (index, file) in files.iter().enumerate() {
            progress.say(format!("{} of {}: {file}", index + 1, files.len()));
            problems.extend(runtime.block_on(check(&desk, file, &worker))?);
        }
    }
    runtime.block_on(worker.end());
    problems.sort_by(|a, b| a.place.cmp(&b.place));
    problems.dedup();
    report.problems(&problems);
    let (errors, warnings) = (report.errors, report.warnings);
    report.line(match (errors, warnings) {
        (0, 0) => format!("no problems in {} briefings and {} snippets", files.len(), desk.workspace().snippets.len()),
        _ => format!("{errors} errors, {warnings} warnings"),
    });
    report.object("summary", json!({ "errors": errors, "warnings": warnings, "briefings": files.len() }));
    let denied = errors > 0 || (warnings > 0 && arguments.deny == Some(Deny::Warnings));
    if denied { Err(Exit::Errors) } else { Ok(()) }
}

/// Returns what is wrong with a briefing, its pages included.
async fn check(desk: &Desk, file: &str, worker: &Worker) -> Result<Vec<Problem>, Failure> {
    let prepared = match Prepared::new(desk, desk.briefing(file)?, &Wish::export()) {
        Ok(prepared) => prepared,
        Err(ExportError::Input(problems)) => return Ok(problems),
        Err(ExportError::Failed(failure)) => return Err(failure),
    };
    match proof(&prepared, worker).await {
        Ok(problems) => Ok(problems.into_iter().filter(|problem| problem.severity != Severity::Info).collect()),
        Err(ExportError::Input(problems)) => Ok(problems),
        Err(ExportError::Failed(failure)) => Err(failure),
    }
}
