//! Making, watching, saving and renaming on disk.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use chancery_workspace::change::EditError;
use chancery_workspace::save::{Saved, save, write_atomically};
use chancery_workspace::scaffold::{CreateError, From, create};
use chancery_workspace::{load, uses, watch};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::mpsc::channel;
use std::time::Duration;

/// All files below a folder with their bytes.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).expect("inside").to_string_lossy().into_owned();
                files.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    files
}

#[test]
fn both_starts_make_a_workspace_without_fault() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, from) in [("Asia \"desk\"", From::Blank), ("rok", From::RokNato)] {
        let root = folder.path().join("new").join(name);
        create(&root, from).expect("a workspace");
        let loaded = load(&root).expect("a workspace");
        assert_eq!(loaded.problems, []);
        assert!(!loaded.workspace.briefings.is_empty());
        assert!(matches!(create(&root, from), Err(CreateError::NotEmpty(_))));
    }
    let blank = load(&folder.path().join("new/Asia \"desk\"")).expect("a workspace");
    assert_eq!(blank.workspace.config.name, "Asia \"desk\"");
    let file = folder.path().join("file");
    fs::write(&file, "x").expect("a file");
    assert!(create(&file, From::Blank).is_err());
}

#[test]
fn a_save_keeps_somebody_elses_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.md");
    let base = "one\n\ntwo\n\nthree\n";
    assert_eq!(save(&path, base, None).expect("saved"), Saved::Saved);
    fs::write(&path, base.replace("one", "1")).expect("a file");
    let saved = save(&path, &base.replace("three", "3"), Some(base)).expect("saved");
    assert_eq!(saved, Saved::Merged { text: "1\n\ntwo\n\n3\n".to_owned() });
    assert_eq!(fs::read_to_string(&path).expect("a file"), "1\n\ntwo\n\n3\n");
    let saved = save(&path, &base.replace("one", "I"), Some(base)).expect("saved");
    let Saved::Conflict { theirs, copy } = saved else { unreachable!("{saved:?}") };
    assert_eq!(theirs, "1\n\ntwo\n\n3\n");
    assert_eq!(fs::read_to_string(copy).expect("the copy"), "I\n\ntwo\n\nthree\n");
    assert_eq!(fs::read_to_string(&path).expect("a file"), theirs);
}

#[test]
fn bytes_that_are_no_text_are_not_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.md");
    fs::write(&path, [0xff, 0xfe, 0]).expect("a file");
    assert!(matches!(save(&path, "mine", Some("base")).expect("saved"), Saved::Conflict { .. }));
    assert_eq!(fs::read(&path).expect("a file"), [0xff, 0xfe, 0]);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().expect("a folder");
    let (path, link) = (folder.path().join("a.md"), folder.path().join("link.md"));
    fs::write(&path, "x").expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("permissions");
    symlink(&path, &link).expect("a link");
    write_atomically(&link, b"y").expect("written");
    assert_eq!(fs::read(&path).expect("a file"), b"y");
    assert_eq!(path.metadata().expect("a file").permissions().mode() & 0o777, 0o640);
    assert!(link.symlink_metadata().expect("a link").is_symlink());
    assert!(write_atomically(&folder.path().join("missing/a.md"), b"x").is_err());
}

#[test]
fn a_rename_follows_everywhere_and_can_be_undone() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("w");
    create(&root, From::Blank).expect("a workspace");
    let write = |file: &str, text: &str| fs::write(root.join(file), text).expect("a file");
    write("snippets/a.md", "---\nkind: event\ntitle: A\n---\nSee [[a]].\n");
    write("snippets/b.md", "---\nkind: event\ntitle: B\nsupersedes: \"a\"   # why\nsame-origin: [ab, a]\n---\n");
    write("snippets/ab.md", "---\nkind: event\ntitle: AB\nconflicts:\n  - {with: 'a', reason: a}\n---\n`[[a]]`\n");
    let brief = "---\ntitle: a\n---\r\n![[a]] ![[a#value]] [[ a |a]] ![[a\\|short]] ![[ab]] a\n\n```{timeline}\nids: [ab, a]\ntitle: a\n```\n\n```text\n![[a]]\n```\n";
    write("brief.md", brief);
    let before = files(&root);
    let loaded = load(&root).expect("a workspace");
    assert_eq!(uses::find(&loaded.workspace, "a").len(), 5 + 1 + 2 + 2);
    let edit = uses::rename(&loaded.workspace, "a", "나토").expect("an edit");
    edit.apply_to(&root).expect("made");
    let expected = "---\ntitle: a\n---\r\n![[나토]] ![[나토#value]] [[ 나토 |a]] ![[나토\\|short]] ![[ab]] a\n\n```{timeline}\nids: [ab, 나토]\ntitle: a\n```\n\n```text\n![[a]]\n```\n";
    assert_eq!(fs::read_to_string(root.join("brief.md")).expect("a file"), expected);
    assert!(root.join("snippets/나토.md").exists() && !root.join("snippets/a.md").exists());
    let renamed = load(&root).expect("a workspace");
    assert!(renamed.problems.iter().all(|problem| problem.code != "unknown-snippet"), "{:?}", renamed.problems);
    edit.inverse().apply_to(&root).expect("undone");
    assert_eq!(files(&root), before);
    // Where a file is not what the edit was made from, nothing happens.
    write("snippets/b.md", "---\nkind: event\ntitle: New\n---\n");
    let before = files(&root);
    assert!(matches!(edit.apply_to(&root), Err(EditError::Changed(file)) if file == "snippets/b.md"));
    assert_eq!(files(&root), before);
    for (from, to) in [("nobody", "x"), ("a", "b"), ("a", "x/y"), ("a", ""), ("a", "x|y")] {
        assert!(uses::rename(&loaded.workspace, from, to).is_err(), "{from} {to}");
    }
}

#[test]
fn changes_on_disk_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("w");
    create(&root, From::Blank).expect("a workspace");
    let (sender, receiver) = channel();
    let watch = watch::watch(&root, move |paths| drop(sender.send(paths))).expect("followed");
    let wait_for = |path: &Path| {
        while let Ok(paths) = receiver.recv_timeout(Duration::from_secs(20)) {
            assert!(paths.iter().all(|path| path.extension().is_none_or(|ending| ending != "tmp")), "{paths:?}");
            if paths.iter().any(|told| told == path) {
                return;
            }
        }
        unreachable!("nothing was told of {}", path.display());
    };
    write_atomically(&root.join("snippets/a.md"), b"x").expect("written");
    wait_for(&root.join("snippets/a.md"));
    fs::remove_file(root.join("snippets/a.md")).expect("removed");
    wait_for(&root.join("snippets/a.md"));
    fs::write(root.join("brief.md"), "x").expect("written");
    wait_for(&root.join("brief.md"));
    drop(watch);
    fs::write(root.join("brief.md"), "y").expect("written");
    assert!(receiver.recv_timeout(Duration::from_millis(500)).is_err());
}
