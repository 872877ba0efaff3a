//! `chancery`, the command line: a file a subcommand, each a thin caller of `engine` and what is below it.

mod commands;
mod context;
mod exit;
mod progress;
mod report;

use clap::{Parser, Subcommand};
use exit::Exit;
use std::path::PathBuf;
use std::process::ExitCode;

/// Briefings from sourced snippets.
#[derive(Parser)]
#[command(name = "chancery", version, max_term_width = 100)]
struct Arguments {
    /// The workspace; found from the briefing's folder, or from here, upwards where not given
    #[arg(long, short = 'w', global = true, value_name = "DIR")]
    workspace: Option<PathBuf>,
    /// Print one JSON object a line
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a workspace
    New(commands::new::Arguments),
    /// Show all problems of a workspace or of briefings
    Check(commands::check::Arguments),
    /// Typeset a briefing into a file
    Export(commands::export::Arguments),
    /// Export a briefing again at each change
    Watch(commands::watch::Arguments),
    /// Find snippets
    Search(commands::search::Arguments),
    /// Look at snippets and where they are used
    #[command(subcommand)]
    Snippet(commands::snippet::Arguments),
}

fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|first| first == chancery_typeset::WORKER_ARGUMENT) {
        return chancery_typeset::worker_main();
    }
    let Arguments { workspace, json, command } = Arguments::parse();
    let options = context::Options { workspace, json };
    let done = match command {
        Command::New(arguments) => commands::new::run(&arguments, &options),
        Command::Check(arguments) => commands::check::run(&arguments, &options),
        Command::Export(arguments) => commands::export::run(&arguments, &options),
        Command::Watch(arguments) => commands::watch::run(&arguments, &options),
        Command::Search(arguments) => commands::search::run(&arguments, &options),
        Command::Snippet(arguments) => commands::snippet::run(&arguments, &options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(exit) => {
            exit.say(json);
            exit.code()
        }
    }
}

/// What a command gives back.
type Done<T = ()> = Result<T, Exit>;
