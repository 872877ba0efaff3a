//! An open workspace follows its files.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use chancery_workspace::{Cache, Session, load};
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const FILES: [&str; 6] =
    ["snippets/a.md", "snippets/x/a.md", "snippets/b.md", "snippets/y/c.md", "brief.md", "sources.bib"];

const TEXTS: [&str; 8] = [
    "---\nkind: event\ntitle: One\nsources: [k]\n---\nOne.\n",
    "---\nkind: event\ntitle: Two\nsupersedes: a\nconflicts: [{with: b, reason: r}]\n---\n",
    "---\nkind: area\ntitle: Three\nareas: [c]\nconflicts: [{with: a, reason: r}]\n---\n",
    "---\nkind: recommendation\ntitle: Four\ngrounds: [a, b, missing]\n---\n",
    "---\nkind: event\n",
    "no front matter",
    "@book{k, title = {K}, date = {2020}}\n",
    "---\ntitle: T\nmarking: TLP:RED\n---\n",
];

fn workspace() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("chancery.toml"), "[workspace]\nname = \"T\"\nsources = [\"sources.bib\"]\n")
        .expect("a file");
    fs::create_dir_all(folder.path().join("snippets/x")).expect("a folder");
    fs::create_dir_all(folder.path().join("snippets/y")).expect("a folder");
    folder
}

fn write(root: &Path, file: &str, text: Option<&str>) {
    let path = root.join(file);
    match text {
        Some(text) => fs::write(path, text).expect("a file"),
        None if path.exists() => fs::remove_file(path).expect("a file"),
        None => {}
    }
}

/// All that a workspace says, in a form that can be compared.
fn told(session: &Session) -> (Vec<String>, Vec<String>, Vec<String>) {
    let workspace = session.workspace();
    let snippets = workspace.snippets.iter().map(|(id, snippet)| format!("{id} {} {}", snippet.file, snippet.text));
    let briefings = workspace.briefings.iter().map(|(file, briefing)| format!("{file} {}", briefing.text));
    let problems = session.problems().iter().map(|problem| format!("{problem:?}")).collect();
    (snippets.collect(), briefings.collect(), problems)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_session_is_what_opening_afresh_would_be(
        steps in prop::collection::vec((0..FILES.len(), prop::option::weighted(0.8, 0..TEXTS.len()), any::<bool>()), 1..24),
        asked_early in any::<bool>(),
    ) {
        let folder = workspace();
        let mut session = Session::open(folder.path()).expect("a workspace");
        if asked_early {
            session.problems();
        }
        for (file, text, overlay) in steps {
            let (file, text) = (FILES[file], text.map(|text| TEXTS[text]));
            if overlay
                && let Some(text) = text {
                    session.set_text(file, Some(text.to_owned()));
                }
            write(folder.path(), file, text);
            session.set_text(file, None);
            session.refresh(&[folder.path().join(file)]);
        }
        let fresh = Session::open(folder.path()).expect("a workspace");
        prop_assert_eq!(told(&session), told(&fresh));
    }
}

#[test]
fn an_unsaved_text_stands_for_its_file_until_it_is_taken_back() {
    let folder = workspace();
    write(folder.path(), "snippets/a.md", Some(TEXTS[0]));
    let mut session = Session::open(folder.path()).expect("a workspace");
    let before = session.workspace().clone();
    let changed = session.set_text("snippets/a.md", Some(TEXTS[0].replace("One", "Uno")));
    assert_eq!(changed.ids(), ["a"]);
    assert_eq!(session.workspace().snippets["a"].title, "Uno");
    assert_eq!(before.snippets["a"].title, "One", "a state that somebody holds does not change");
    write(folder.path(), "snippets/a.md", Some(TEXTS[1]));
    assert!(session.refresh(&[folder.path().join("snippets/a.md")]).is_empty());
    assert_eq!(session.workspace().snippets["a"].title, "Uno");
    session.set_text("snippets/a.md", None);
    assert_eq!(session.workspace().snippets["a"].title, "Two");
}

#[test]
fn a_folder_that_goes_takes_its_snippets_along_and_comes_back_with_them() {
    let folder = workspace();
    write(folder.path(), "snippets/y/c.md", Some(TEXTS[0]));
    write(folder.path(), "snippets/b.md", Some(TEXTS[0]));
    let mut session = Session::open(folder.path()).expect("a workspace");
    fs::rename(folder.path().join("snippets/y"), folder.path().join("y")).expect("moved");
    let changed = session.refresh(&[folder.path().join("snippets/y")]);
    assert_eq!(changed.removed, ["c"]);
    fs::rename(folder.path().join("y"), folder.path().join("snippets/y")).expect("moved");
    let changed = session.refresh(&[folder.path().to_path_buf()]);
    assert_eq!(changed.ids(), ["c"]);
    assert!(session.workspace().snippets.contains_key("c"));
}

#[test]
fn another_marking_scheme_is_applied_to_what_is_open() {
    let folder = workspace();
    write(folder.path(), "snippets/a.md", Some("---\nkind: event\ntitle: A\nmarking: NATO SECRET\n---\n"));
    let mut session = Session::open(folder.path()).expect("a workspace");
    write(folder.path(), "sources.bib", Some(""));
    assert!(session.problems().iter().any(|problem| problem.code == "unknown-marking"));
    session.set_text("chancery.toml", Some("[workspace]\nname = \"T\"\n[marking]\nscheme = \"nato\"\n".to_owned()));
    assert!(session.problems().is_empty(), "{:?}", session.problems());
}

#[test]
fn what_was_parsed_is_kept_and_what_changed_is_read_again() {
    let folder = workspace();
    let store = tempfile::tempdir().expect("a folder");
    for file in ["snippets/a.md", "snippets/b.md"] {
        write(folder.path(), file, Some(TEXTS[0]));
        // Long enough ago that a later change has another time.
        let old = std::time::SystemTime::now() - std::time::Duration::from_secs(100);
        let handle = fs::File::options().write(true).open(folder.path().join(file)).expect("a file");
        handle.set_modified(old).expect("a time");
    }
    let mut session = Session::open_cached(folder.path(), Cache::new(store.path())).expect("a workspace");
    session.write_cache().expect("the cache");
    let kept = fs::read_dir(Cache::new(store.path()).folder_of(folder.path())).expect("the cache").count();
    assert!(kept > 0);
    write(folder.path(), "snippets/b.md", Some(TEXTS[1]));
    let again = Session::open_cached(folder.path(), Cache::new(store.path())).expect("a workspace");
    let fresh = Session::open(folder.path()).expect("a workspace");
    assert_eq!(told(&again), told(&fresh));
    assert_eq!(again.workspace().snippets["a"], fresh.workspace().snippets["a"]);
    // Damage is as good as nothing there.
    for entry in fs::read_dir(Cache::new(store.path()).folder_of(folder.path())).expect("the cache") {
        fs::write(entry.expect("an entry").path(), b"damaged beyond use").expect("a file");
    }
    let damaged = Session::open_cached(folder.path(), Cache::new(store.path())).expect("a workspace");
    assert_eq!(told(&damaged), told(&fresh));
}

#[test]
fn a_folder_that_is_no_workspace_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = load(folder.path()).expect_err("no workspace").to_string();
    assert!(error.contains("no chancery.toml"), "{error}");
    assert!(load(&folder.path().join("missing")).expect_err("nothing").to_string().contains("no folder"));
}

#[cfg(unix)]
#[test]
fn links_out_of_the_workspace_pipes_and_huge_files_are_not_read() {
    use std::os::unix::fs::symlink;
    let folder = workspace();
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("secret.md"), TEXTS[0]).expect("a file");
    write(folder.path(), "snippets/b.md", Some(TEXTS[1]));
    symlink(outside.path().join("secret.md"), folder.path().join("snippets/secret.md")).expect("a link");
    symlink(outside.path(), folder.path().join("snippets/out")).expect("a link");
    symlink(folder.path().join("snippets/b.md"), folder.path().join("snippets/inside.md")).expect("a link");
    let status = std::process::Command::new("mkfifo").arg(folder.path().join("snippets/pipe.md")).status();
    assert!(status.expect("mkfifo").success());
    let huge = fs::File::create(folder.path().join("snippets/huge.md")).expect("a file");
    huge.set_len(chancery_workspace::LARGEST_FILE + 1).expect("a size");
    write(folder.path(), "sources.bib", Some(""));
    let loaded = load(folder.path()).expect("a workspace");
    let mut found: Vec<_> =
        loaded.problems.iter().map(|p| (p.place.as_ref().expect("a place").file.as_str(), &*p.code)).collect();
    found.retain(|(file, _)| !file.ends_with("b.md") && !file.ends_with("inside.md"));
    found.sort_unstable();
    let expected = [
        ("snippets/huge.md", "too-large"),
        ("snippets/pipe.md", "not-a-file"),
        ("snippets/secret.md", "outside-workspace"),
    ];
    assert_eq!(found, expected);
    let ids: Vec<_> = loaded.workspace.snippets.keys().collect();
    assert_eq!(ids, ["b", "inside"]);
}
