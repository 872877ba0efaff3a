//! Searching and picking.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use chancery_model::{Kind, MarkingScheme, Workspace};
use chancery_workspace::index::{Index, Query, Review, Sort};
use chancery_workspace::parse_snippet;
use std::sync::Arc;

fn workspace(snippets: &[(&str, &str)]) -> Workspace {
    let mut workspace = Workspace::default();
    for (id, text) in snippets {
        let file = format!("snippets/{id}.md");
        let (snippet, _) = parse_snippet(&file, &format!("---\n{text}"), &MarkingScheme::default());
        workspace.snippets.insert((*id).to_owned(), Arc::new(snippet.expect("a snippet")));
    }
    workspace
}

fn sample() -> Workspace {
    workspace(&[
        (
            "itpp-2023",
            "kind: agreement\ntitle: ITPP signed\ndate: 2023-07\nactors: [ROK, NATO]\ntopics: [itpp]\nsources: [ballbach-2025]\nreview: 2026-01-01\n---\nThe agreement replaced the programme of 2012.\n",
        ),
        (
            "poland-2022",
            "kind: deal\ntitle: \"Poland: tanks\"\ndate: 2022-07\nactors: [ROK, Poland]\ntopics: [arms]\nitems: [\"980 × K2 tank\"]\nreview: 2026-12-01\n---\nPolish agreements with Hyundai.\n",
        ),
        (
            "yoon",
            "kind: actor\ntitle: Yoon Suk-yeol\naliases: [윤석열]\nmarking: TLP:RED\n---\n대통령은 나토 정상회의에 참석했다.\n",
        ),
        ("turkiye", "kind: event\ntitle: Türkiye joins\ndate: 2020\ntopics: [arms, itpp]\n---\nText.\n"),
    ])
}

fn found(index: &Index, text: &str) -> Vec<String> {
    let mut ids = index.search(&Query { text: text.to_owned(), ..Query::default() }).expect("an answer").ids;
    ids.sort();
    ids
}

#[test]
fn words_beginnings_plurals_accents_and_hangul_are_found() {
    let index = Index::open(None, &sample()).expect("an index");
    assert_eq!(found(&index, "agreement"), ["itpp-2023", "poland-2022"]);
    assert_eq!(found(&index, "agreements"), ["itpp-2023", "poland-2022"]);
    assert_eq!(found(&index, "Hyun"), ["poland-2022"]);
    assert_eq!(found(&index, "turkiye"), ["turkiye"]);
    assert_eq!(found(&index, "TÜRKİYE"), ["turkiye"]);
    assert_eq!(found(&index, "대통"), ["yoon"]);
    assert_eq!(found(&index, "통령"), ["yoon"]);
    assert_eq!(found(&index, "정상회의"), ["yoon"]);
    assert_eq!(found(&index, "정회"), Vec::<String>::new());
    assert_eq!(found(&index, "윤석열"), ["yoon"]);
    assert_eq!(found(&index, "k2 980"), ["poland-2022"]);
    assert_eq!(found(&index, "itpp-2023"), ["itpp-2023"]);
    assert_eq!(found(&index, "agrement"), ["itpp-2023", "poland-2022"]);
    assert_eq!(found(&index, "signed agreement nowhere"), ["itpp-2023"]);
    assert_eq!(found(&index, "zzzz"), Vec::<String>::new());
    for odd in ["\"", "AND OR NOT", "a:b", "(", "*", "\u{0}", "[[", "ㅎ"] {
        found(&index, odd);
    }
}

#[test]
fn facets_count_what_the_filter_leaves() {
    let index = Index::open(None, &sample()).expect("an index");
    let query = Query { topics: vec!["arms".to_owned()], today: (2026, 6, 1), ..Query::default() };
    let hits = index.search(&query).expect("an answer");
    assert_eq!((hits.total, hits.matched), (4, 2));
    assert_eq!(hits.ids, ["poland-2022", "turkiye"]);
    assert_eq!(hits.facets.topics, [("arms".to_owned(), 2), ("itpp".to_owned(), 1)]);
    assert_eq!(hits.facets.kinds, [(Kind::Event, 1), (Kind::Deal, 1)]);
    assert_eq!(hits.facets.years, [("2022".to_owned(), 1), ("2020".to_owned(), 1)]);
    assert_eq!(hits.facets.review, [(Review::Year, 1)]);
    let overdue = Query { review: vec![Review::Overdue], today: (2026, 6, 1), ..Query::default() };
    assert_eq!(index.search(&overdue).expect("an answer").ids, ["itpp-2023"]);
    let both = Query { text: "itpp".to_owned(), kinds: vec![Kind::Event, Kind::Deal], ..Query::default() };
    assert_eq!(index.search(&both).expect("an answer").ids, ["turkiye"]);
    let none = Query { actors: vec!["Nobody".to_owned()], ..Query::default() };
    assert_eq!(index.search(&none).expect("an answer").matched, 0);
}

#[test]
fn windows_follow_each_other_in_every_order() {
    let index = Index::open(None, &sample()).expect("an index");
    for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest, Sort::Title] {
        let all = index.search(&Query { sort, ..Query::default() }).expect("an answer").ids;
        assert_eq!(all.len(), 4);
        let windows = (0..4).flat_map(|offset| {
            index.search(&Query { sort, offset, limit: 1, ..Query::default() }).expect("an answer").ids
        });
        assert_eq!(windows.collect::<Vec<_>>(), all);
    }
    let oldest = index.search(&Query { sort: Sort::Oldest, ..Query::default() }).expect("an answer").ids;
    assert_eq!(oldest, ["turkiye", "poland-2022", "itpp-2023", "yoon"]);
}

#[test]
fn what_is_saved_is_found_and_what_is_removed_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut workspace = sample();
    let mut index = Index::open(Some(folder.path()), &workspace).expect("an index");
    let (new, _) = parse_snippet(
        "snippets/yoon.md",
        "---\nkind: actor\ntitle: Lee\n---\nOther text.\n",
        &MarkingScheme::default(),
    );
    let new = Arc::new(new.expect("a snippet"));
    index.update(std::slice::from_ref(&new), &["turkiye".to_owned()]).expect("updated");
    assert_eq!(found(&index, "윤석열"), Vec::<String>::new());
    assert_eq!(found(&index, "other"), ["yoon"]);
    assert_eq!(found(&index, "joins"), Vec::<String>::new());
    assert_eq!(index.search(&Query::default()).expect("an answer").total, 3);
    // A second process has an index of its own.
    let second = Index::open(Some(folder.path()), &workspace).expect("an index");
    assert_eq!(found(&second, "joins"), ["turkiye"]);
    drop(index);
    workspace.snippets.insert("yoon".to_owned(), new);
    workspace.snippets.remove("itpp-2023");
    let again = Index::open(Some(folder.path()), &workspace).expect("an index");
    assert_eq!(found(&again, "joins"), ["turkiye"]);
    assert_eq!(found(&again, "other"), ["yoon"]);
    assert_eq!(found(&again, "itpp"), ["turkiye"]);
}

#[test]
fn a_damaged_index_is_made_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("index");
    drop(Index::open(Some(&path), &sample()).expect("an index"));
    std::fs::write(path.join("search/meta.json"), b"damaged").expect("written");
    let index = Index::open(Some(&path), &sample()).expect("an index");
    assert_eq!(found(&index, "tanks"), ["poland-2022"]);
}

#[test]
fn a_few_letters_pick_a_snippet() {
    let index = Index::open(None, &sample()).expect("an index");
    let first = |text: &str| index.pick(text, 5).first().map(|picked| picked.id.clone());
    assert_eq!(first("itp").as_deref(), Some("itpp-2023"));
    assert_eq!(first("pl22").as_deref(), Some("poland-2022"));
    assert_eq!(first("윤석").as_deref(), Some("yoon"));
    assert_eq!(first("suk yeol").as_deref(), Some("yoon"));
    assert_eq!(first("turk").as_deref(), Some("turkiye"));
    assert_eq!(first("türk").as_deref(), Some("turkiye"));
    assert_eq!(first("qqq"), None);
    assert_eq!(index.pick("", 2).len(), 2);
}
