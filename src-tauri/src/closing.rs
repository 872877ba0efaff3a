//! Closing the window: the page has the last word, and cannot keep the window open with it.

use std::thread;
use std::time::Duration;
use tauri::{AppHandle, CloseRequestApi, Emitter, Manager};

/// How long the page may take to hand over what it has not yet.
const PATIENCE: Duration = Duration::from_secs(3);

/// Tells the page that its window closes, and closes it when the page says so, or after a moment whatever it does.
pub fn last_word(app: &AppHandle, request: &CloseRequestApi) {
    let Some(window) = app.get_webview_window("main") else { return };
    if window.emit("closing", ()).is_err() {
        return;
    }
    request.prevent_close();
    thread::spawn(move || {
        thread::sleep(PATIENCE);
        let _ = window.destroy();
    });
}
