//! The workspace that ships with the app opens without a problem.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::path::Path;

#[test]
fn the_rok_nato_workspace_has_no_problem() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../briefings/rok-nato");
    let loaded = chancery_workspace::load(&root).expect("a workspace");
    let problems: Vec<String> = loaded.problems.iter().map(|problem| format!("{problem:?}")).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(loaded.workspace.snippets.len() >= 60);
    assert!(loaded.workspace.sources.contains_key("ballbach-2025"));
    assert!(loaded.workspace.briefings.contains_key("itpp-priorities.md"));
}
