//! What is in the journal survives.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use chancery_workspace::change::{Change, FileChange, WorkspaceEdit};
use chancery_workspace::journal::Journal;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

fn insert(at: usize, text: &str) -> Vec<Change> {
    vec![Change { range: at..at, insert: text.to_owned() }]
}

#[test]
fn unsaved_changes_come_back_and_saved_ones_do_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = Path::new("/a/workspace");
    {
        let mut journal = Journal::open(folder.path(), root).expect("a journal");
        journal.start("a.md", "한국").expect("kept");
        journal.append("a.md", &insert(6, " and NATO")).expect("kept");
        journal.append("a.md", &insert(0, "The ")).expect("kept");
        journal.start("b.md", "text").expect("kept");
        journal.append("b.md", &insert(0, "x")).expect("kept");
        journal.saved("b.md", "xtext").expect("kept");
        journal.start("c.md", "text").expect("kept");
    }
    let mut journal = Journal::open(folder.path(), root).expect("a journal");
    let unsaved = journal.unsaved().expect("readable");
    assert_eq!(unsaved.len(), 1);
    assert_eq!((unsaved[0].base.as_str(), unsaved[0].text.as_str()), ("한국", "The 한국 and NATO"));
    // Opening the document again does not lose what is unsaved.
    journal.start("a.md", "something else").expect("kept");
    assert_eq!(journal.unsaved().expect("readable"), unsaved);
    journal.forget("a.md").expect("forgotten");
    assert_eq!(journal.unsaved().expect("readable"), []);
    assert_eq!(
        journal.version_text(journal.versions("b.md").expect("versions")[0].number).expect("text"),
        Some("xtext".to_owned())
    );
}

#[test]
fn thousands_of_changes_become_one_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut journal = Journal::open(folder.path(), Path::new("/w")).expect("a journal");
    journal.start("a.md", "").expect("kept");
    let mut text = String::new();
    for number in 0..1100 {
        journal.append("a.md", &insert(text.len(), &format!("{number} "))).expect("kept");
        text.push_str(&format!("{number} "));
    }
    assert_eq!(journal.unsaved().expect("readable")[0].text, text);
}

#[test]
fn versions_of_one_sitting_are_one_and_the_same_text_is_kept_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut journal = Journal::open(folder.path(), Path::new("/w")).expect("a journal");
    for text in ["first", "second", "third", "third"] {
        journal.saved("a.md", text).expect("kept");
    }
    let versions = journal.versions("a.md").expect("versions");
    let texts: Vec<_> =
        versions.iter().filter_map(|version| journal.version_text(version.number).expect("text")).collect();
    assert_eq!(texts, ["third", "first"]);
}

#[test]
fn an_edit_that_was_begun_and_never_finished_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let edit = WorkspaceEdit {
        label: "Rename a to b".to_owned(),
        files: vec![FileChange {
            file: "a.md".to_owned(),
            before: "x".to_owned(),
            changes: insert(1, "y"),
            ..FileChange::default()
        }],
    };
    let mut journal = Journal::open(folder.path(), Path::new("/w")).expect("a journal");
    let number = journal.begin_edit(&edit).expect("kept");
    drop(journal);
    let mut journal = Journal::open(folder.path(), Path::new("/w")).expect("a journal");
    assert_eq!(journal.unfinished_edits().expect("readable"), [(number, edit.clone())]);
    journal.finish_edit(number).expect("kept");
    assert_eq!(journal.unfinished_edits().expect("readable"), []);
    assert_eq!(journal.last_edit().expect("readable"), Some((number, edit)));
}

#[test]
fn a_damaged_journal_is_put_aside() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(Journal::open(folder.path(), Path::new("/w")).expect("a journal"));
    let path = std::fs::read_dir(folder.path()).expect("a folder").next().expect("a file").expect("a file").path();
    std::fs::write(&path, b"this is no database at all, but somebody's text").expect("written");
    let mut journal = Journal::open(folder.path(), Path::new("/w")).expect("a new journal");
    journal.start("a.md", "").expect("kept");
    let names: Vec<_> =
        std::fs::read_dir(folder.path()).expect("a folder").map(|e| e.expect("a file").file_name()).collect();
    assert!(names.iter().any(|name| name.to_string_lossy().contains("damaged")), "{names:?}");
}

/// The program that [`a_killed_program_loses_nothing_that_it_kept`] kills; does nothing by itself.
#[test]
fn write_until_killed() {
    let Some(folder) = std::env::var_os("CHANCERY_TEST_JOURNAL") else { return };
    let mut journal = Journal::open(Path::new(&folder), Path::new("/w")).expect("a journal");
    journal.start("a.md", "").expect("kept");
    for number in 0.. {
        journal.append("a.md", &insert(0, &format!("{number}\n"))).expect("kept");
        println!("kept {number}");
    }
}

#[test]
fn a_killed_program_loses_nothing_that_it_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "write_until_killed", "--nocapture"])
        .env("CHANCERY_TEST_JOURNAL", folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a program");
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines().map_while(Result::ok);
    let last = lines.filter_map(|line| line.split_once("kept ")?.1.parse::<u32>().ok()).nth(20).expect("some changes");
    child.kill().expect("killed");
    child.wait().expect("ended");
    let journal = Journal::open(folder.path(), Path::new("/w")).expect("a journal");
    let text = journal.unsaved().expect("readable").remove(0).text;
    assert!(text.lines().any(|line| line == last.to_string()), "{last} is lost");
    let numbers: Vec<u32> = text.lines().map(|line| line.parse().expect("a number")).collect();
    let expected: Vec<u32> = (0..numbers.len() as u32).rev().collect();
    assert_eq!(numbers, expected);
}
