//! `cargo xtask test`: every test, from formatting to the real window.

use crate::run::{Done, TaskError, cargo, command, root, run as start, say, succeeds, target};
use crate::setup::{For, npm, npm_packages, set_up};
use std::time::Instant;

/// The licence and dependency check, at the version that the tests use.
const CARGO_DENY: &str = "0.20.2";

/// Runs every test.
#[derive(clap::Args)]
pub struct Arguments {
    /// Passed on to the Rust tests: names to run only some of them.
    #[arg(trailing_var_arg = true)]
    filter: Vec<String>,
}

/// Sets up, builds and runs every test.
///
/// # Errors
/// When something is missing, or at the first step that fails.
pub fn run(arguments: &Arguments) -> Done {
    let began = Instant::now();
    set_up(For::Tests)?;
    npm_packages(&root().join("tests"))?;
    let step = |what: &str, command: &mut std::process::Command| {
        say(what);
        start(command)
    };
    if arguments.filter.is_empty() {
        step("formatting", &mut cargo(&["fmt", "--all", "--check"]))?;
        let ui = root().join("ui");
        step("the interface: lint", npm(&["run", "--silent", "lint"]).current_dir(&ui))?;
        step("the interface: types", npm(&["run", "--silent", "check"]).current_dir(&ui))?;
        step("the interface: units", npm(&["run", "--silent", "test"]).current_dir(&ui))?;
        step("lints", &mut cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "--deny", "warnings"]))?;
        licences()?;
    }
    step("building Chancery", &mut cargo(&["build", "--workspace", "--all-targets"]))?;
    let mut tests = cargo(&["test", "--workspace", "--no-fail-fast"]);
    // Property tests try the same cases each time: a run says something of the change, not of its luck.
    tests.env("PROPTEST_RNG_SEED", "2026");
    step("tests", tests.args(&arguments.filter))?;
    say(format!("all tests passed, in {} s", began.elapsed().as_secs()));
    Ok(())
}

/// Checks licences, sources and banned crates with cargo-deny, which is built once into the target folder.
fn licences() -> Done {
    let tools = target().join("tools");
    let deny = tools.join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    let deny = deny.to_str().ok_or_else(|| TaskError::Said(format!("{} is not UTF-8", deny.display())))?.to_owned();
    if !succeeds(&mut command(&deny, &["--version"])) {
        say(format!("installing cargo-deny {CARGO_DENY}"));
        let folder = tools.to_string_lossy().into_owned();
        start(&mut cargo(&[
            "install",
            "cargo-deny",
            "--quiet",
            "--locked",
            "--version",
            CARGO_DENY,
            "--root",
            &folder,
        ]))?;
    }
    say("licences, sources and bans of the dependencies");
    start(&mut command(&deny, &["--log-level", "error", "check", "bans", "licenses", "sources"]))
}
