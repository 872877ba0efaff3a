//! The three calls of the window: a question, an action, and a channel for events.

use crate::presenter;
use chancery_engine::ipc::{Action, ActionReply, Event, Failure, FailureKind, Query, QueryReply};
use chancery_engine::{Engine, SourceLink};
use std::path::Path;
use std::process::{Command, Stdio};
use tauri::ipc::Channel;
use tauri::{AppHandle, State};
use tauri_plugin_opener::OpenerExt;

/// Answers a question.
#[tauri::command]
pub async fn query(engine: State<'_, Engine>, query: Query) -> Result<QueryReply, Failure> {
    engine.query(query).await
}

/// Carries out an action.
#[tauri::command]
pub async fn act(app: AppHandle, engine: State<'_, Engine>, action: Action) -> Result<ActionReply, Failure> {
    match action {
        // Only what this session exported is opened: the window cannot name any other program or file.
        Action::OpenFile { path } => {
            engine.may_open(&path)?;
            let opened = app.opener().open_path(&path, None::<&str>);
            opened.map(|()| ActionReply::Done).map_err(|error| not_opened(&path, &error))
        }
        // The window names a source; what opens is what its entry links to.
        Action::OpenSource { key, page } => match engine.source_link(&key).await? {
            SourceLink::Address(url) => {
                let opened = app.opener().open_url(&url, None::<&str>);
                opened.map(|()| ActionReply::Done).map_err(|error| not_opened(&url, &error))
            }
            SourceLink::Document(path) => open_document(&app, &path, page.as_deref()),
        },
        Action::Present { open } => presenter::present(&app, open),
        action => engine.act(action).await,
    }
}

/// Opens a document, at a page where a viewer is there that can.
fn open_document(app: &AppHandle, path: &Path, page: Option<&str>) -> Result<ActionReply, Failure> {
    if let Some(page) = page.filter(|page| page.chars().all(char::is_alphanumeric))
        && cfg!(target_os = "linux")
    {
        let viewers =
            [("evince", "--page-label"), ("papers", "--page-label"), ("xreader", "--page-label"), ("okular", "--page")];
        for (viewer, option) in viewers {
            let mut command = Command::new(viewer);
            command.arg(format!("{option}={page}")).arg(path).stdout(Stdio::null()).stderr(Stdio::null());
            if command.spawn().is_ok() {
                return Ok(ActionReply::Done);
            }
        }
    }
    let name = path.to_string_lossy();
    let opened = app.opener().open_path(name.clone(), None::<&str>);
    opened.map(|()| ActionReply::Done).map_err(|error| not_opened(&name, &error))
}

fn not_opened(what: &str, error: &impl std::fmt::Display) -> Failure {
    Failure {
        kind: FailureKind::Machine,
        code: "open-failed".to_owned(),
        message: format!("{what} could not be opened: {error}"),
        hint: Some("Open it from your files.".to_owned()),
    }
}

/// Sends the engine’s events to the window from now on.
#[tauri::command]
pub async fn subscribe(engine: State<'_, Engine>, channel: Channel<Event>) -> Result<(), Failure> {
    engine.subscribe(move |event| channel.send(event).is_ok());
    Ok(())
}
