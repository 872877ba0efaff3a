//! `cargo xtask screens`: takes the documentation's pictures from the real window.

use crate::run::{Done, cargo, command, run as start, say, target};
use crate::setup::{For, set_up};

/// Which pictures to take.
#[derive(clap::Args)]
pub struct Arguments {
    /// Screens such as `main` or `export`; all where none is named.
    screens: Vec<String>,
}

/// Builds and takes the pictures.
///
/// # Errors
/// When something does not build, or a screen does not come up.
pub fn run(arguments: &Arguments) -> Done {
    set_up(For::Tests)?;
    say("building Chancery");
    start(&mut cargo(&["build", "--workspace", "--all-targets"]))?;
    say("taking pictures");
    let screens = target().join("debug").join(format!("screens{}", std::env::consts::EXE_SUFFIX));
    start(command(&screens.to_string_lossy(), &[]).args(&arguments.screens))
}
