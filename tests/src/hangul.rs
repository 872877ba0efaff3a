//! Hangul, typed through the system's input method as a Korean analyst types it: ibus with its Hangul engine.

use crate::folder::Folder;
use crate::window::{PATIENCE, Window, webdriver};
use std::fs;
use std::time::Instant;

/// Starts the input method in the session's bus before the driver, whose arguments follow.
const SESSION: &str = "ibus-daemon --panel disable --emoji-extension disable & \
    until ibus engine hangul; do sleep 0.1; done; exec WebKitWebDriver \"$@\"";

/// Starts with Latin letters; Escape leaves the layout as it is.
const SETTINGS: &str = "[org/freedesktop/ibus/engine/hangul]\ninitial-input-mode='latin'\noff-keys=''\n";

impl Window {
    /// Opens the app where Hangul can be typed: Shift and space switches the layout.
    pub async fn open_with_hangul(folder: &Folder) -> Self {
        let settings = folder.home().join("config/glib-2.0/settings");
        fs::create_dir_all(&settings).expect("a folder for settings");
        fs::write(settings.join("keyfile"), SETTINGS).expect("settings");
        let mut driver = webdriver(&folder.home(), &["sh", "-c", SESSION, "sh"]);
        driver.env("GTK_IM_MODULE", "ibus").env("GSETTINGS_BACKEND", "keyfile");
        let workspace = folder.workspace();
        let window = Self::start_with(driver, &[&workspace.to_string_lossy()], "1280x800").await;
        // No window manager gives the window the keys, and the first letter says whether the input method listens.
        let began = Instant::now();
        while window.evaluate("document.hasFocus()").await != true {
            assert!(began.elapsed() < PATIENCE, "the window never had the keys");
            let id = window.x_program("xdotool", &["search", "--sync", "--onlyvisible", "--name", "."]);
            let id = id.split_whitespace().last().expect("a window").to_owned();
            window.x_program("xdotool", &["windowfocus", "--sync", &id]);
        }
        window
    }

    /// Presses keys of the keyboard, one after another: `a`, `Return`, `ctrl+z`, `shift+space`.
    pub fn keys(&self, keys: &[&str]) {
        let arguments: Vec<&str> = ["key", "--delay", "30"].iter().chain(keys).copied().collect();
        self.x_program("xdotool", &arguments);
    }

    /// Types letters by their keys; under the Korean layout `gksrmf` is 한글.
    pub fn letters(&self, letters: &str) {
        self.x_program("xdotool", &["type", "--delay", "30", letters]);
    }
}
