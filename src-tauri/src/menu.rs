//! The platform’s menu, made of what the window’s registry of commands says.

use chancery_engine::ipc::Failure;
use serde::Deserialize;
use tauri::menu::{Menu, MenuEvent, MenuItem, PredefinedMenuItem, Submenu};
use tauri::{AppHandle, Emitter, Manager, Runtime};

/// A menu of the menu bar.
#[derive(Debug, Deserialize)]
pub struct MenuOf {
    title: String,
    items: Vec<Item>,
}

/// An entry of a menu.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Item {
    /// A command of the registry.
    Command { id: String, label: String, accelerator: Option<String> },
    /// A line between groups.
    Separator,
}

/// Shows the menus, in the place of those before.
#[tauri::command]
pub async fn menu(app: AppHandle, menus: Vec<MenuOf>) -> Result<(), Failure> {
    show(&app, &menus).map_err(|error| Failure::machine("menu", format!("the menu could not be shown: {error}")))
}

fn show<R: Runtime>(app: &AppHandle<R>, menus: &[MenuOf]) -> tauri::Result<()> {
    let bar = Menu::new(app)?;
    for menu in menus {
        let submenu = Submenu::new(app, &menu.title, true)?;
        for item in &menu.items {
            match item {
                Item::Separator => submenu.append(&PredefinedMenuItem::separator(app)?)?,
                // The window handles the keys itself, where an input method may be composing: the accelerator
                // would take them away from it, so the platform’s menu only shows it.
                Item::Command { id, label, accelerator } => {
                    let label = match accelerator {
                        Some(keys) => format!("{label}\t{keys}"),
                        None => label.clone(),
                    };
                    submenu.append(&MenuItem::with_id(app, id, label, true, None::<&str>)?)?;
                }
            }
        }
        bar.append(&submenu)?;
    }
    // There the menu is the app’s; elsewhere a window’s, and a presentation has none above its slide.
    #[cfg(target_os = "macos")]
    app.set_menu(bar)?;
    #[cfg(not(target_os = "macos"))]
    if let Some(window) = app.get_webview_window("main") {
        window.set_menu(bar)?;
    }
    Ok(())
}

/// Tells the window which command was chosen.
pub fn chosen<R: Runtime>(app: &AppHandle<R>, event: &MenuEvent) {
    let _ = app.emit("menu", event.id().0.as_str());
}
