//! The map of snippets keeps the order of files and shares what did not change.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use chancery_model::{Kind, Snippet, Snippets};
use std::sync::Arc;

fn snippet(id: &str, file: &str) -> Arc<Snippet> {
    Arc::new(Snippet {
        id: id.to_owned(),
        file: file.to_owned(),
        text: "".into(),
        body_start: 0,
        kind: Kind::Text,
        title: id.to_owned(),
        date: None,
        date_text: None,
        actors: Vec::new(),
        topics: Vec::new(),
        areas: Vec::new(),
        sources: Vec::new(),
        confidence: None,
        likelihood: None,
        marking: None,
        as_of: None,
        review: None,
        supersedes: Vec::new(),
        short: None,
        lang: None,
        translation_of: None,
        conflicts: Vec::new(),
        same_origin: Vec::new(),
        fields: Default::default(),
    })
}

fn files(snippets: &Snippets) -> Vec<&str> {
    snippets.values().map(|snippet| snippet.file.as_str()).collect()
}

#[test]
fn snippets_come_in_the_order_of_their_files() {
    let mut snippets = Snippets::default();
    for (id, file) in [("z", "snippets/a/z.md"), ("a", "snippets/b/a.md"), ("m", "snippets/a/m.md")] {
        assert!(snippets.insert(id.to_owned(), snippet(id, file)).is_none());
    }
    assert_eq!(files(&snippets), ["snippets/a/m.md", "snippets/a/z.md", "snippets/b/a.md"]);
    assert_eq!(snippets.keys().collect::<Vec<_>>(), ["m", "z", "a"]);
    assert_eq!(snippets.iter().next_back().map(|(id, _)| id.as_str()), Some("a"));
}

#[test]
fn a_snippet_that_moves_stands_once() {
    let mut snippets: Snippets = [("a".to_owned(), snippet("a", "snippets/x/a.md"))].into_iter().collect();
    let before = snippets.insert("a".to_owned(), snippet("a", "snippets/y/a.md"));
    assert_eq!(before.expect("the one before").file, "snippets/x/a.md");
    assert_eq!(files(&snippets), ["snippets/y/a.md"]);
    assert!(snippets.remove("a").is_some() && snippets.remove("a").is_none());
    assert!(snippets.is_empty() && files(&snippets).is_empty());
}

#[test]
fn a_clone_does_not_see_later_changes() {
    let mut snippets = Snippets::default();
    snippets.insert("a".to_owned(), snippet("a", "a.md"));
    let before = snippets.clone();
    snippets.insert("b".to_owned(), snippet("b", "b.md"));
    snippets.remove("a");
    assert!(before.contains_key("a") && !before.contains_key("b"));
    assert_eq!((before.len(), files(&before), files(&snippets)), (1, vec!["a.md"], vec!["b.md"]));
}
