//! `cargo xtask app`: opens the desktop app.

use crate::run::{Done, TaskError, cargo, root, run as start, say, target};
use crate::setup::{For, set_up};
use std::env;
use std::path::PathBuf;
use std::process::Command;

/// Opens the app.
#[derive(clap::Args)]
pub struct Arguments {
    /// The workspace to open.
    #[arg(default_value = "briefings/rok-nato")]
    workspace: PathBuf,
}

/// Sets up, builds and opens the app.
///
/// # Errors
/// When something is missing, does not build, or the app ends badly.
pub fn run(arguments: &Arguments) -> Done {
    if cfg!(target_os = "linux") && env::var_os("DISPLAY").is_none() && env::var_os("WAYLAND_DISPLAY").is_none() {
        return Err(TaskError::Said(
            "there is no display to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set.".to_owned(),
        ));
    }
    set_up(For::App)?;
    say("building Chancery");
    // With everything that the tests need, so that both commands share one build.
    start(&mut cargo(&["build", "--workspace", "--all-targets"]))?;
    let workspace = root().join(&arguments.workspace);
    say(format!("opening {}", arguments.workspace.display()));
    start(Command::new(desktop()).arg(workspace))
}

/// Returns the built desktop program.
pub fn desktop() -> PathBuf {
    target().join("debug").join(format!("chancery-desktop{}", env::consts::EXE_SUFFIX))
}
