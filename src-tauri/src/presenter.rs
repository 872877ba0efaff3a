//! The presenter's window: slide, next slide, notes and clock, on the second screen where there is one.

use chancery_engine::ipc::{ActionReply, Failure};
use tauri::{AppHandle, Manager, Monitor, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

/// The window's label.
pub const LABEL: &str = "presenter";

/// Opens the presenter's window, or closes it.
///
/// # Errors
/// When the platform gives no window.
pub fn present(app: &AppHandle, open: bool) -> Result<ActionReply, Failure> {
    let result = match (app.get_webview_window(LABEL), open) {
        (Some(window), true) => window.set_focus(),
        (Some(window), false) => window.close(),
        (None, true) => show(app),
        (None, false) => Ok(()),
    };
    result
        .map(|()| ActionReply::Done)
        .map_err(|error| Failure::machine("no-window", format!("the presenter's window could not be opened: {error}")))
}

fn show(app: &AppHandle) -> tauri::Result<()> {
    let url = WebviewUrl::App("index.html#presenter".into());
    let window = WebviewWindowBuilder::new(app, LABEL, url)
        .title("Chancery")
        .inner_size(1280.0, 800.0)
        .min_inner_size(640.0, 400.0)
        .prevent_overflow()
        .build()?;
    if let Some(monitor) = other_monitor(app, &window)? {
        window.set_position(*monitor.position())?;
        window.set_fullscreen(true)?;
    }
    Ok(())
}

/// Returns a screen that the main window is not on.
fn other_monitor(app: &AppHandle, window: &WebviewWindow) -> tauri::Result<Option<Monitor>> {
    let main = app.get_webview_window("main").and_then(|main| main.current_monitor().ok().flatten());
    let here = main.map(|monitor| *monitor.position());
    Ok(window.available_monitors()?.into_iter().find(|monitor| here.is_some_and(|here| here != *monitor.position())))
}
