//! `chancery new`: makes a workspace.

use crate::Done;
use crate::context::Options;
use crate::report::Report;
use chancery_engine::ipc::Failure;
use chancery_workspace::scaffold::{CreateError, From, create};
use clap::ValueEnum;
use serde_json::json;
use std::path::PathBuf;

/// Makes a workspace.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder; it must be empty, or not be there yet
    dir: PathBuf,
    /// What to start with
    #[arg(long, value_enum, default_value = "blank")]
    from: Example,
}

/// What a workspace starts with.
#[derive(Clone, Copy, ValueEnum)]
enum Example {
    /// Nothing but the settings and an empty bibliography
    Blank,
    /// The evidence and the briefings on ROK–NATO relations
    RokNato,
}

/// Makes the workspace.
pub fn run(arguments: &Arguments, options: &Options) -> Done {
    let from = match arguments.from {
        Example::Blank => From::Blank,
        Example::RokNato => From::RokNato,
    };
    let dir = &arguments.dir;
    create(dir, from).map_err(|error| {
        let message = format!("{} could not be made a workspace: {error}", dir.display());
        match error {
            CreateError::NotEmpty(_) => {
                Failure::usage("not-empty", message).hint("Name a new folder, or an empty one.")
            }
            _ => Failure::machine("not-written", message).hint("Check that the folder may be written to."),
        }
    })?;
    let report = Report::new(options.json, dir);
    report.line(format!("made the workspace {}", dir.display()));
    report.object("created", json!({ "folder": dir }));
    Ok(())
}
