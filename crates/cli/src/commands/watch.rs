//! `chancery watch`: exports a briefing again at each change.

use super::export::{Choices, make, order, tell};
use crate::Done;
use crate::context::{Options, briefing_file, worker};
use crate::exit::Exit;
use crate::report::Report;
use chancery_engine::ipc::Failure;
use chancery_workspace::watch::watch;
use serde_json::json;
use std::path::PathBuf;
use std::sync::mpsc::channel;
use std::time::Instant;

/// Exports a briefing at each change.
#[derive(clap::Args)]
pub struct Arguments {
    /// The briefing
    briefing: PathBuf,
    /// The file to write
    #[arg(long, short)]
    output: PathBuf,
    #[command(flatten)]
    choices: Choices,
}

/// Watches until it is interrupted.
pub fn run(arguments: &Arguments, options: &Options) -> Done {
    let (runtime, worker) = worker(arguments.choices.timeout)?;
    let mut desk = options.open(&arguments.briefing)?;
    let file = briefing_file(&desk, &arguments.briefing);
    let order = order(&desk, &file, Some(&arguments.output), &arguments.choices)?;
    let (changes, inbox) = channel();
    let root = desk.root().clone();
    let _watch = watch(&root, move |paths| {
        let _ = changes.send(paths);
    })
    .map_err(|error| Failure::machine("watch", format!("{} cannot be watched: {error}", root.display())))?;
    let mut report = Report::new(options.json, &root);
    loop {
        let began = Instant::now();
        let made = make(&runtime, &worker, &desk, &file, &order, |_| {});
        match tell(&mut report, made) {
            Ok(exported) => {
                let milliseconds = began.elapsed().as_millis();
                report.line(format!("wrote {} in {milliseconds} ms", order.export.path.display()));
                report.object(
                    "exported",
                    json!({ "files": exported.files, "pages": exported.pages, "milliseconds": milliseconds }),
                );
            }
            // Errors were shown; the next change may mend them.
            Err(Exit::Errors) => report.object("failed", json!({})),
            Err(exit) => return Err(exit),
        }
        loop {
            let Ok(mut paths) = inbox.recv() else { return Ok(()) };
            paths.extend(inbox.try_iter().flatten());
            if !desk.refresh(&paths).is_empty() {
                break;
            }
        }
    }
}
