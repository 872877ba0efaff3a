//! Programs that only note what they were asked to open, in place of a viewer and a browser.

use crate::folder::Folder;
use crate::window::{Window, webdriver};
use std::fs;
use std::os::unix::fs::PermissionsExt;

/// The programs that the app may ask for.
const PROGRAMS: [&str; 2] = ["evince", "xdg-open"];

impl Window {
    /// Opens the app on the folder's workspace where a viewer and a browser note what they are asked for.
    pub async fn open_with_viewers(folder: &Folder) -> Self {
        let programs = folder.path("bin");
        fs::create_dir_all(&programs).expect("a folder for programs");
        for name in PROGRAMS {
            let note = folder.path("opened");
            let script = format!("#!/bin/sh\necho {name} \"$@\" >> '{}'\n", note.display());
            let program = programs.join(name);
            fs::write(&program, script).expect("a program");
            fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a program that runs");
        }
        let others = std::env::var("PATH").unwrap_or_default();
        let mut driver = webdriver(&folder.home(), &["WebKitWebDriver"]);
        driver.env("PATH", format!("{}:{others}", programs.display()));
        Self::start_with(driver, &[&folder.workspace().to_string_lossy()], "1280x800").await
    }
}

/// Returns what was asked for so far, a program and its arguments a line.
pub fn opened(folder: &Folder) -> String {
    fs::read_to_string(folder.path("opened")).unwrap_or_default()
}
