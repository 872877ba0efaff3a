//! Opening and leaving a workspace.

use crate::{Session, TALKS, reading, workspace};
use chancery_engine::ipc::{Action, Event, Query, QueryReply};
use chancery_tests::folder::Folder;
use std::path::PathBuf;
use std::time::Duration;

#[test]
fn opening_a_large_folder_says_how_far_it_is_and_can_be_stopped() {
    let folder = Folder::with(&[]);
    for number in 0..3000 {
        folder.write(&format!("snippets/{number}.md"), format!("---\nkind: text\ntitle: {number}\n---\n"));
    }
    let session = Session::start(&folder);
    let opening = session.engine.act(reading(&folder));
    let stopping = session.engine.act(Action::StopOpening);
    let (opened, stopped) = session.runtime.block_on(async { tokio::join!(opening, stopping) });
    stopped.expect("done");
    assert_eq!(opened.expect_err("stopped").code, "stopped");
    match session.ask(Query::Workspace) {
        QueryReply::Workspace { workspace } => assert!(workspace.is_none()),
        other => panic!("{other:?}"),
    }
    session.act(reading(&folder));
    session.act(Action::EnterWorkspace);
    let furthest = std::iter::from_fn(|| session.events.recv_timeout(Duration::from_secs(5)).ok())
        .take_while(|event| !matches!(event, Event::WorkspaceChanged { .. }))
        .filter_map(|event| match event {
            Event::Progress { name, done, total } if name == "opening" && total == 3000 => Some(done),
            _ => None,
        });
    assert!(furthest.max().is_some_and(|done| done > 1000));
}

#[test]
fn what_is_typed_while_another_folder_is_read_is_kept() {
    let (one, other) = (workspace(), Folder::with(&[("snippets/other.md", TALKS)]));
    let session = Session::open(&one);
    let root = |folder: &Folder| folder.workspace().canonicalize().expect("a folder");
    let opened = || match session.ask(Query::Workspace) {
        QueryReply::Workspace { workspace: Some(workspace) } => PathBuf::from(workspace.folder),
        other => panic!("{other:?}"),
    };
    let file = "snippets/talks.md".to_owned();
    session.act(Action::OpenDocument { file: file.clone() });
    session.act(reading(&other));
    assert_eq!(opened(), root(&one), "it stays until the other one is entered");
    session.type_at(&file, 1, 0, "Typed meanwhile. ");
    session.act(Action::EnterWorkspace);
    assert_eq!(opened(), root(&other));
    assert!(one.read(&file).contains("Typed meanwhile. "));
    assert_eq!(session.refused(Action::EnterWorkspace), "not-read");
}

#[test]
fn a_closed_document_no_longer_hides_what_others_write() {
    let folder = workspace();
    let session = Session::open(&folder);
    let file = "snippets/talks.md".to_owned();
    session.act(Action::OpenDocument { file: file.clone() });
    session.type_at(&file, 1, 0, "");
    session.act(Action::CloseDocument { file });
    std::thread::sleep(Duration::from_millis(300));
    folder.write("snippets/talks.md", TALKS.replace("Staff talks", "Other talks"));
    let began = std::time::Instant::now();
    while session.card("talks").title != "Other talks" {
        assert!(began.elapsed() < Duration::from_secs(20), "what a colleague wrote was never read");
        std::thread::sleep(Duration::from_millis(50));
    }
}
