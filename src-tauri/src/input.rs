//! Input methods: a syllable is composed in the text itself, where it will stand.

use tauri::{Runtime, WebviewWindow};

/// Lets input methods show what they compose inside of the window's fields.
///
/// The web view is made with that off, which leaves Hangul unseen until each syllable is done.
///
/// # Errors
/// When the window is gone.
#[cfg(target_os = "linux")]
pub fn compose_in_place<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    use webkit2gtk::{InputMethodContextExt, WebViewExt};
    window.with_webview(|view| {
        if let Some(context) = view.inner().input_method_context() {
            context.set_enable_preedit(true);
        }
    })
}

/// Does nothing: other platforms' web views compose in place.
///
/// # Errors
/// None.
#[cfg(not(target_os = "linux"))]
pub fn compose_in_place<R: Runtime>(_: &WebviewWindow<R>) -> tauri::Result<()> {
    Ok(())
}
