//! The TypeScript of the types that the window and the engine share is what the Rust says.

use chancery_engine::ipc::{Action, ActionReply, Event, Failure, Query, QueryReply};
use chancery_model::Place;
use chancery_tests::programs::root;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use ts_rs::{Config, TS};

fn export(folder: &Path) {
    let config = Config::new().with_out_dir(folder);
    Query::export_all(&config).expect("queries");
    QueryReply::export_all(&config).expect("answers");
    Action::export_all(&config).expect("actions");
    ActionReply::export_all(&config).expect("replies");
    Event::export_all(&config).expect("events");
    Failure::export_all(&config).expect("failures");
    Place::export_all(&config).expect("places");
}

fn texts(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    let read = |entry: fs::DirEntry| {
        (entry.file_name().to_string_lossy().into_owned(), fs::read_to_string(entry.path()).expect("TypeScript"))
    };
    entries.map(read).collect()
}

#[test]
fn the_bindings_are_those_of_the_types() {
    let committed = root().join("ui/src/bindings");
    if std::env::var_os("UPDATE").is_some() {
        fs::remove_dir_all(&committed).expect("the old bindings");
        export(&committed);
    }
    let fresh = tempfile::tempdir().expect("a folder");
    export(fresh.path());
    let (old, new) = (texts(&committed), texts(fresh.path()));
    let stale: Vec<&String> =
        new.iter().filter(|(name, text)| old.get(*name) != Some(text)).map(|(name, _)| name).collect();
    let gone: Vec<&String> = old.keys().filter(|name| !new.contains_key(*name)).collect();
    assert!(
        stale.is_empty() && gone.is_empty(),
        "stale: {stale:?}, gone: {gone:?}. Run `UPDATE=1 cargo xtask test bindings`."
    );
}
