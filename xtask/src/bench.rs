//! `cargo xtask bench`: measures Chancery beside Typst, and opening and search as workspaces grow.

use crate::run::{Done, TaskError, cargo, command, run as start, say, succeeds, target};
use crate::setup::{For, set_up};
use std::path::PathBuf;

/// The Typst that exports are measured against: the version of the library that Chancery is built with.
const TYPST: &str = "0.15.1";

/// Measures.
#[derive(clap::Args)]
pub struct Arguments {
    /// What to measure; everything where not given
    #[arg(value_parser = ["keystroke", "window", "library", "export", "growth"])]
    what: Vec<String>,
}

/// Builds with optimisation and measures.
///
/// # Errors
/// When something does not build or a measurement fails.
pub fn run(arguments: &Arguments) -> Done {
    set_up(For::Tests)?;
    say("building with optimisation");
    let packages = ["chancery-cli", "chancery-desktop", "chancery-tests"].map(|name| format!("--package={name}"));
    start(cargo(&["build", "--release", "--bins"]).args(packages))?;
    let all = ["keystroke", "window", "library", "export", "growth"].map(str::to_owned).to_vec();
    let what = if arguments.what.is_empty() { &all } else { &arguments.what };
    for name in what {
        say(name);
        let measure = target().join("release").join(format!("measure{}", std::env::consts::EXE_SUFFIX));
        let mut measuring = command(&measure.to_string_lossy(), &[name]);
        if name == "export" {
            measuring.arg(typst()?);
        }
        start(&mut measuring)?;
    }
    Ok(())
}

/// Returns Typst's own command line, built once into the target folder.
fn typst() -> Done<PathBuf> {
    let tools = target().join("tools");
    let typst = tools.join("bin").join(format!("typst{}", std::env::consts::EXE_SUFFIX));
    if !succeeds(&mut command(&typst.to_string_lossy(), &["--version"])) {
        say(format!("installing typst {TYPST}"));
        let folder = tools.to_str().ok_or_else(|| TaskError::Said(format!("{} is not UTF-8", tools.display())))?;
        start(&mut cargo(&["install", "typst-cli", "--quiet", "--locked", "--version", TYPST, "--root", folder]))?;
    }
    Ok(typst)
}
