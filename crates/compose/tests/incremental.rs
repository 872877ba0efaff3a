//! An edit costs the blocks that it touches, and gives what composing from scratch gives.

#![allow(clippy::expect_used)]

mod common;

use chancery_compose::{Cache, Composed, Mode};
use common::Fixture;
use proptest::prelude::*;
use std::sync::Arc;

const WORKSPACE: &str = "==> chancery.toml
[workspace]
name = \"Test\"
language = \"en\"
template = \"policy-brief\"
sources = [\"sources.bib\"]
==> sources.bib
@report{a-2025, author = {Alpha, Ann}, title = {One}, institution = {SWP}, date = {2025}}
@report{b-2024, author = {Beta, Bob}, title = {Two}, institution = {SWP}, date = {2024}}
==> snippets/one.md
---
kind: event
title: One
date: 2020
value: 3
topics: [x]
sources: [\"a-2025, p. 1\"]
short: In short.
---
# Inside

The body [@b-2024].
==> snippets/two.md
---
kind: event
title: Two
date: 2021
topics: [x]
sources: [\"b-2024\"]
---
![[one]]
==> note.md
---
title: Incremental
template: policy-brief
date: 2025
---
";

const PARAGRAPHS: [&str; 16] = [
    "A paragraph of plain words.",
    "Another one, with a note.[^n]",
    "# A heading",
    "### A deeper heading",
    "![[one]]",
    "![[two]]",
    "![[two|title]]",
    "In a line ![[one]] and a value ![[one#value]].",
    "It is said [@a-2025, p. 3].",
    "By others [@b-2024; @a-2025].",
    "See [[one]].",
    "- a list\n- of [a link][l]",
    "```{timeline}\ntopics: [x]\n```",
    "```{sources}\n```",
    "```{evidence}\n```",
    "Unknown ![[none]] and [@none].",
];

fn text(paragraphs: &[usize]) -> String {
    let body: Vec<&str> = paragraphs.iter().map(|at| PARAGRAPHS[at % PARAGRAPHS.len()]).collect();
    format!(
        "---\ntitle: Incremental\ndate: 2025\n---\n{}\n\n[^n]: The note [@a-2025].\n\n[l]: https://example.org\n",
        body.join("\n\n")
    )
}

fn fixture() -> Fixture {
    Fixture::new(WORKSPACE)
}

/// The files that are not the same `Arc` as before.
fn changed(before: &Composed, after: &Composed) -> Vec<String> {
    let same = |path: &String, bytes: &Arc<[u8]>| before.files.get(path).is_some_and(|old| Arc::ptr_eq(old, bytes));
    after.files.iter().filter(|(path, bytes)| !same(path, bytes)).map(|(path, _)| path.clone()).collect()
}

#[test]
fn one_word_changes_one_file() {
    let fixture = fixture();
    let briefing = fixture.briefing("note.md");
    let all: Vec<usize> = (0..PARAGRAPHS.len()).collect();
    let before = text(&all);
    let after = before.replace("plain words", "plainer words");
    let mut cache = Cache::default();
    let first = fixture.compose(&fixture.edited(&briefing, &before), Mode::Preview, &[], &mut cache);
    let again = fixture.compose(&fixture.edited(&briefing, &before), Mode::Preview, &[], &mut cache);
    assert_eq!(changed(&first, &again), Vec::<String>::new());
    let edited = fixture.compose(&fixture.edited(&briefing, &after), Mode::Preview, &[], &mut cache);
    assert_eq!(changed(&again, &edited), ["blocks/001.typ"]);
    let back = fixture.compose(&fixture.edited(&briefing, &before), Mode::Preview, &[], &mut cache);
    assert_eq!(changed(&edited, &back), ["blocks/001.typ"]);
}

#[test]
fn a_new_paragraph_adds_one_file() {
    let fixture = fixture();
    let briefing = fixture.briefing("note.md");
    let mut cache = Cache::default();
    let first = fixture.compose(&fixture.edited(&briefing, &text(&[0, 1, 4, 8, 13])), Mode::Preview, &[], &mut cache);
    let second =
        fixture.compose(&fixture.edited(&briefing, &text(&[0, 10, 1, 4, 8, 13])), Mode::Preview, &[], &mut cache);
    assert_eq!(changed(&first, &second), ["blocks/006.typ", "main.typ"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// However a text was reached, it composes to the same files, problems and outline.
    #[test]
    fn edits_end_where_a_fresh_start_does(states in prop::collection::vec(prop::collection::vec(0..PARAGRAPHS.len(), 0..9), 1..5)) {
        let fixture = fixture();
        let briefing = fixture.briefing("note.md");
        let mut cache = Cache::default();
        for state in &states {
            let briefing = fixture.edited(&briefing, &text(state));
            let kept = fixture.compose(&briefing, Mode::Export, &[], &mut cache);
            let fresh = fixture.compose(&briefing, Mode::Export, &[], &mut Cache::default());
            prop_assert_eq!(&kept.problems, &fresh.problems);
            prop_assert_eq!(&kept.outline, &fresh.outline);
            prop_assert_eq!(kept.words, fresh.words);
            prop_assert_eq!(&kept.used, &fresh.used);
            prop_assert_eq!(kept.files.keys().collect::<Vec<_>>(), fresh.files.keys().collect::<Vec<_>>());
            for (path, bytes) in &kept.files {
                prop_assert_eq!(String::from_utf8_lossy(bytes), String::from_utf8_lossy(&fresh.files[path]), "{}", path);
            }
        }
    }

    /// Each visible character of the text leads to a place in the Typst, and back to itself.
    #[test]
    fn places_lead_there_and_back(before in prop::collection::vec(0..PARAGRAPHS.len(), 0..6), after in prop::collection::vec(0..PARAGRAPHS.len(), 1..6)) {
        let fixture = fixture();
        let briefing = fixture.briefing("note.md");
        let mut cache = Cache::default();
        fixture.compose(&fixture.edited(&briefing, &text(&before)), Mode::Preview, &[], &mut cache);
        let text = text(&[&after[..], &[0]].concat());
        let composed = fixture.compose(&fixture.edited(&briefing, &text), Mode::Preview, &[], &mut cache);
        let word = text.rfind("plain words").expect("the words");
        for offset in word..word + "plain words".len() {
            let places = composed.map.places("note.md", offset);
            prop_assert_eq!(places.len(), 1);
            let (file, at) = &places[0];
            let code = &composed.files[file];
            prop_assert_eq!(code[*at], text.as_bytes()[offset]);
            let origin = composed.map.origin(file, *at..*at).expect("an origin");
            prop_assert_eq!(origin.briefing.start, offset);
            prop_assert_eq!(origin.snippet, None);
        }
    }
}

#[test]
fn a_snippets_text_leads_to_its_file_and_to_the_embed() {
    let fixture = fixture();
    let briefing = fixture.briefing("note.md");
    let text = text(&[0, 4]);
    let composed = fixture.compose(&fixture.edited(&briefing, &text), Mode::Preview, &[], &mut Cache::default());
    let snippet = &fixture.workspace.snippets["one"];
    let offset = snippet.text.find("The body").expect("the body");
    let places = composed.map.places("snippets/one.md", offset);
    assert_eq!(places.len(), 1);
    let (file, at) = &places[0];
    assert!(composed.files[file][*at..].starts_with(b"The body"));
    let origin = composed.map.origin(file, *at..*at + 3).expect("an origin");
    assert_eq!(&text[origin.briefing], "![[one]]");
    let found = origin.snippet.expect("the snippet");
    assert_eq!((found.id.as_str(), found.file.as_str(), found.range), ("one", "snippets/one.md", offset..offset + 3));
}

#[test]
fn an_embed_leads_to_what_it_shows() {
    let fixture = fixture();
    let briefing = fixture.briefing("note.md");
    let text = text(&[0, 4]);
    let composed = fixture.compose(&fixture.edited(&briefing, &text), Mode::Preview, &[], &mut Cache::default());
    let embed = text.find("![[one]]").expect("the embed");
    for offset in [embed, embed + 4, embed + "![[one]]".len()] {
        let places = composed.map.places("note.md", offset);
        let (file, at) = places.first().expect("a place on the pages");
        let origin = composed.map.origin(file, *at..*at + 1).expect("an origin");
        assert_eq!(&text[origin.briefing], "![[one]]");
        assert!(origin.snippet.is_some(), "it is the snippet's text");
    }
}
