//! What a fresh machine lacks: system libraries, Node.js packages, the built interface.

use crate::run::{Done, TaskError, command, printed, root, run, say, succeeds};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The oldest Node.js that the interface's tools run on.
const NODE: u32 = 20;

/// Debian packages to build and run the window.
const WINDOW: &[&str] = &["build-essential", "pkg-config", "libwebkit2gtk-4.1-dev"];

/// Debian packages to drive the window and to look into what it exports.
const TESTS: &[&str] = &[
    "webkit2gtk-driver",
    "xvfb",
    "dbus-x11",
    "xauth",
    "xclip",
    "xdotool",
    "ibus",
    "ibus-gtk3",
    "ibus-hangul",
    "poppler-utils",
    "qpdf",
];

/// What a task needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// Opening the app.
    App,
    /// Running the tests.
    Tests,
}

/// Sets up what is missing for a task; a second time there is nothing to do.
///
/// # Errors
/// When something is missing that cannot be installed from here: the message says what to do.
pub fn set_up(what: For) -> Done {
    system_packages(what)?;
    node()?;
    npm_packages(&root().join("ui"))?;
    interface()
}

/// Installs Debian packages that are missing.
fn system_packages(what: For) -> Done {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let wanted = WINDOW.iter().chain(if what == For::Tests { TESTS } else { &[] });
    if !succeeds(&mut command("dpkg-query", &["--version"])) {
        return without_apt();
    }
    let missing: Vec<&str> = wanted.copied().filter(|name| !is_installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    say(format!("installing {} with apt", missing.join(", ")));
    let by_hand = format!("sudo apt-get update && sudo apt-get install -y {}", missing.join(" "));
    let root_user = printed(&mut command("id", &["-u"])).is_some_and(|id| id == "0");
    let sudo = !root_user && succeeds(&mut command("sudo", &["-n", "true"]));
    if !root_user && !sudo {
        return Err(TaskError::Said(format!(
            "some system packages are missing. Install them with:\n\n    {by_hand}\n"
        )));
    }
    let apt = |arguments: &[&str]| {
        let mut apt = if sudo { command("sudo", &["-n", "apt-get"]) } else { command("apt-get", &[]) };
        run(apt.args(["-q", "-o", "Dpkg::Use-Pty=0"]).args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(&missing);
    apt(&["update"]).and_then(|()| apt(&install)).map_err(|error| {
        TaskError::Said(format!(
            "{error}. The packages that are missing can be installed by hand with:\n\n    {by_hand}\n"
        ))
    })
}

/// Accepts a Linux without apt where the libraries are there all the same.
fn without_apt() -> Done {
    if succeeds(&mut command("pkg-config", &["--exists", "webkit2gtk-4.1"])) {
        return Ok(());
    }
    Err(TaskError::Said(
        "this Linux has no apt, and WebKitGTK 4.1 was not found. Install a C compiler, pkg-config and the development \
         files of webkit2gtk-4.1 with your system's package manager, then run this again."
            .to_owned(),
    ))
}

fn is_installed(package: &str) -> bool {
    printed(&mut command("dpkg-query", &["-W", "-f", "${db:Status-Status}", package])).is_some_and(|s| s == "installed")
}

/// Checks for a Node.js that is new enough.
fn node() -> Done {
    let Some(version) = printed(&mut command("node", &["--version"])) else {
        return Err(TaskError::Said(format!(
            "Node.js was not found. Install Node.js {NODE} or newer, then run this again."
        )));
    };
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major >= NODE => Ok(()),
        _ => Err(TaskError::Said(format!("Node.js {version} is too old: Chancery needs {NODE} or newer."))),
    }
}

/// Installs the npm packages of a folder where its lock file changed since the last time.
///
/// # Errors
/// When npm fails.
pub fn npm_packages(folder: &Path) -> Done {
    let state = digest(&[folder.join("package.json"), folder.join("package-lock.json")])?;
    let stamp = Stamp { path: folder.join("node_modules/.chancery-stamp"), state };
    if stamp.holds() {
        return Ok(());
    }
    say(format!("installing the npm packages of {}", folder.file_name().unwrap_or_default().to_string_lossy()));
    run(npm(&["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(folder))?;
    stamp.write()
}

/// Builds the interface where its sources changed since the last time.
fn interface() -> Done {
    let ui = root().join("ui");
    let sources = WalkDir::new(&ui)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| {
            !matches!(
                entry.file_name().to_str(),
                Some("node_modules" | "dist" | "paraglide" | "coverage" | ".svelte-kit")
            )
        })
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect::<Vec<_>>();
    let stamp = Stamp { path: ui.join("node_modules/.chancery-built"), state: digest(&sources)? };
    if stamp.holds() && ui.join("dist/index.html").is_file() {
        return Ok(());
    }
    say("building the interface");
    run(npm(&["run", "--silent", "build"]).current_dir(&ui))?;
    stamp.write()
}

/// Returns npm, whose name differs by platform.
pub fn npm(arguments: &[&str]) -> std::process::Command {
    command(if cfg!(windows) { "npm.cmd" } else { "npm" }, arguments)
}

/// A file that says for which state something was done.
struct Stamp {
    path: PathBuf,
    state: String,
}

impl Stamp {
    fn holds(&self) -> bool {
        fs::read_to_string(&self.path).is_ok_and(|state| state == self.state)
    }

    fn write(&self) -> Done {
        fs::write(&self.path, &self.state).map_err(|source| TaskError::File { path: self.path.clone(), source })
    }
}

/// Returns a digest of files' names and contents.
fn digest(files: &[PathBuf]) -> Done<String> {
    let mut digest = Sha256::new();
    for path in files {
        let bytes = fs::read(path).map_err(|source| TaskError::File { path: path.clone(), source })?;
        digest.update(path.to_string_lossy().as_bytes());
        digest.update((bytes.len() as u64).to_le_bytes());
        digest.update(&bytes);
    }
    Ok(hex::encode(digest.finalize()))
}
