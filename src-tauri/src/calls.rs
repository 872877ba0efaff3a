//! The three calls of the window: a question, an action, and a channel for events.

use chancery_engine::Engine;
use chancery_engine::ipc::{Action, ActionReply, Event, Failure, FailureKind, Query, QueryReply};
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
    // Only what this session exported is opened: the window cannot name any other program or file.
    if let Action::OpenFile { path } = &action {
        engine.may_open(path)?;
        return app.opener().open_path(path, None::<&str>).map(|()| ActionReply::Done).map_err(|error| Failure {
            kind: FailureKind::Machine,
            code: "open-failed".to_owned(),
            message: format!("{path} could not be opened: {error}"),
            hint: Some("Open it from your files.".to_owned()),
        });
    }
    engine.act(action).await
}

/// Sends the engine’s events to the window from now on.
#[tauri::command]
pub async fn subscribe(engine: State<'_, Engine>, channel: Channel<Event>) -> Result<(), Failure> {
    engine.subscribe(move |event| channel.send(event).is_ok());
    Ok(())
}
