//! The built programs, and others that the tests look through.

use std::env::consts::EXE_SUFFIX;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Returns the repository’s root.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).expect("the tests lie in the repository")
}

/// Returns a program of this build.
pub fn built(name: &str) -> PathBuf {
    let exe = std::env::current_exe().expect("a test has a path");
    // Tests are built into `deps` beside the programs.
    let beside = exe.parent().expect("a program lies in a folder");
    let folder = if beside.ends_with("deps") { beside.parent().expect("a target folder") } else { beside };
    let program = folder.join(format!("{name}{EXE_SUFFIX}"));
    assert!(program.is_file(), "{} is not built: run `cargo xtask test`", program.display());
    program
}

/// Returns the command line with its own folders for data and cache, so that tests do not meet.
pub fn chancery(home: &Path) -> Command {
    let mut command = Command::new(built("chancery"));
    in_home(&mut command, home);
    command
}

/// Gives a program folders of its own in place of the user’s.
pub fn in_home(command: &mut Command, home: &Path) {
    command
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_RUNTIME_DIR", home)
        .env("LANG", "C.UTF-8")
        .env_remove("LANGUAGE")
        .env_remove("SOURCE_DATE_EPOCH");
}

/// Runs a program and returns what it printed on standard output.
pub fn printed(program: &str, arguments: &[&str]) -> String {
    let output = run(Command::new(program).args(arguments));
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Output {
    command.output().unwrap_or_else(|error| panic!("{command:?} could not be started: {error}"))
}
