//! The desktop shell: a window, its menu, the calls from it, and the `page://` scheme. Everything else is the engine’s.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod calls;
mod closing;
mod input;
mod menu;
mod pages;
mod presenter;

use chancery_engine::{Engine, EngineConfig};
use std::path::PathBuf;
use std::process::ExitCode;
use tauri::Manager;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let first = arguments.next();
    if first.as_deref().is_some_and(|first| first == chancery_typeset::WORKER_ARGUMENT) {
        return chancery_typeset::worker_main();
    }
    match run(first.map(PathBuf::from)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error[start]: Chancery could not start: {error}");
            ExitCode::from(3)
        }
    }
}

/// Opens the window, on a workspace where one is given, and runs until it is closed.
fn run(workspace: Option<PathBuf>) -> Result<(), Box<dyn std::error::Error>> {
    let engine = Engine::start(EngineConfig::for_user(workspace)?)?;
    let closing = engine.clone();
    tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            if let Some(window) = app.get_webview_window("main") {
                let _ = window.unminimize();
                let _ = window.set_focus();
            }
        }))
        .plugin(tauri_plugin_log::Builder::new().level(log::LevelFilter::Info).build())
        .plugin(tauri_plugin_window_state::Builder::new().build())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .manage(engine)
        .on_menu_event(|app, event| menu::chosen(app, &event))
        .register_asynchronous_uri_scheme_protocol("page", pages::serve)
        .invoke_handler(tauri::generate_handler![calls::query, calls::act, calls::subscribe, menu::menu])
        .setup(|app| Ok(app.get_webview_window("main").as_ref().map_or(Ok(()), input::compose_in_place)?))
        .build(tauri::generate_context!())?
        .run(move |app, event| {
            match event {
                tauri::RunEvent::WindowEvent {
                    label, event: tauri::WindowEvent::CloseRequested { api, .. }, ..
                } if label == "main" => closing::last_word(app, &api),
                // Who closes the main window is done; a presentation does not keep the app alive.
                tauri::RunEvent::WindowEvent { label, event: tauri::WindowEvent::Destroyed, .. } if label == "main" => {
                    app.exit(0);
                }
                tauri::RunEvent::Exit => closing.close(),
                _ => {}
            }
        });
    Ok(())
}
