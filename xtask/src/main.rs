//! Chancery's tasks: set up what is missing, open the app, run every test, measure.

mod app;
mod bench;
mod run;
mod screens;
mod setup;
mod test;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Chancery's tasks.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Sets up what is missing, builds, and opens the app on the ROK–NATO workspace.
    App(app::Arguments),
    /// Sets up what is missing and runs every test.
    Test(test::Arguments),
    /// Measures Chancery beside Typst, and opening and search as workspaces grow.
    Bench(bench::Arguments),
    /// Takes the documentation's pictures from the real window.
    Screens(screens::Arguments),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::App(arguments) => app::run(&arguments),
        Task::Test(arguments) => test::run(&arguments),
        Task::Bench(arguments) => bench::run(&arguments),
        Task::Screens(arguments) => screens::run(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
