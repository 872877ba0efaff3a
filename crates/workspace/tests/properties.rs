//! What holds for any text.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use chancery_model::{MarkingScheme, Node, Problem, Value};
use chancery_workspace::change::{Change, apply, invert};
use chancery_workspace::edit::{FieldValue, set_field};
use chancery_workspace::save::{Saved, save};
use chancery_workspace::{
    parse_bibliography, parse_briefing, parse_config, parse_snippet, parse_yaml, split_front_matter,
};
use proptest::prelude::*;
use std::fs;

/// Text that looks like front matter often enough to get past the first line.
fn documents() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("---\n".to_owned()),
        Just("---\r\n".to_owned()),
        Just("kind: event\n".to_owned()),
        Just("kind: area\n".to_owned()),
        Just("title: A summit\n".to_owned()),
        Just("title: \"대통령\"\r\n".to_owned()),
        Just("date: 2023-07\n".to_owned()),
        Just("sources: [a, \"b, p. 4\", {c: d}]\n".to_owned()),
        Just("scores:\n  a: {score: 3, evidence: [x]}\n".to_owned()),
        Just("conflicts:\n  - {with: b, reason: r}\n".to_owned()),
        Just("x: &a [*a, |\n".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("\t".to_owned()),
        Just("settings: {a: 1}\n".to_owned()),
        Just("한국".to_owned()),
        "[a-z]{1,8}: [ -~가-힣]{0,20}\n",
        "[\\PC\n\t]{0,12}",
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

fn assert_inside(node: &Node, text: &str) {
    assert!(text.get(node.span.clone()).is_some(), "{:?} lies not in the text", node.span);
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| assert_inside(item, text)),
        Value::Map(entries) => {
            for (key, node) in entries.values() {
                assert!(text.get(key.clone()).is_some());
                assert_inside(node, text);
            }
        }
        _ => {}
    }
}

fn assert_placed(problems: &[Problem], text: &str) {
    let lines = text.matches('\n').count() + 1;
    for problem in problems {
        let place = problem.place.as_ref().expect("each problem has a place");
        assert!(place.line >= 1 && place.line as usize <= lines, "{problem:?}");
        assert!((place.line, place.column) <= (place.end_line, place.end_column), "{problem:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_is_read_without_a_panic_and_kept(text in documents()) {
        let (snippet, problems) = parse_snippet("snippets/a.md", &text, &MarkingScheme::default());
        assert_placed(&problems, &text);
        if let Some(snippet) = snippet {
            prop_assert_eq!(&*snippet.text, text.as_str());
            let front = split_front_matter(&text).expect("front matter");
            prop_assert_eq!(snippet.body(), &text[front.body_start..]);
            for (key, node) in snippet.fields.values() {
                prop_assert!(front.yaml.start <= key.start && node.span.end <= front.yaml.end);
                assert_inside(node, &text);
            }
        } else {
            prop_assert!(!problems.is_empty());
        }
        let (briefing, problems) = parse_briefing("a.md", &text);
        assert_placed(&problems, &text);
        prop_assert!(briefing.is_none_or(|briefing| &*briefing.text == text.as_str()));
    }

    #[test]
    fn any_settings_and_sources_are_read_without_a_panic(text in "[\\PC\n\t\"\\[\\]={}@,]{0,200}") {
        assert_placed(&parse_config(&text).1, &text);
        assert_placed(&parse_bibliography("a.bib", &text).1, &text);
        assert_placed(&parse_bibliography("a.yml", &text).1, &text);
    }

    #[test]
    fn a_scalar_has_the_bytes_that_it_is_read_from(word in "[a-z가-힣][a-z가-힣 ]{0,10}[a-z]", comment in "[ -~]{0,10}") {
        let text = format!("a: {word} # {comment}\nb: \"{word}\"\nc: [{word}, {word}]\n");
        let (root, problems) = parse_yaml("x", &text, 0..text.len());
        prop_assert!(problems.is_empty());
        prop_assert_eq!(&text[root.get("a").expect("a").span.clone()], word.as_str());
        prop_assert_eq!(&text[root.get("b").expect("b").span.clone()], format!("\"{word}\""));
        let list = root.get("c").expect("c");
        prop_assert_eq!(&text[list.span.clone()], format!("[{word}, {word}]"));
        prop_assert_eq!(&text[list.items()[1].span.clone()], word.as_str());
    }

    #[test]
    fn setting_a_field_changes_no_other_byte(
        value in "[\\PC]{1,30}",
        items in prop::collection::vec("[\\PC]{1,12}", 0..4),
        crlf in any::<bool>(),
        which in 0_usize..6,
    ) {
        let mut text = concat!(
            "---\n# a comment\nkind: event   # why\ntitle:  \"A  summit\"\nshort: |\n  Two\n  lines\n",
            "topics:\n  - one # first\n  - two\nactors: [ROK,   NATO]\nempty:\nlast: 1\n---\n\nBody  \n",
        ).to_owned();
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        let field = ["title", "short", "topics", "actors", "empty", "new"][which];
        let before = fields(&text);
        for (new, expected) in [
            (FieldValue::Text(value.clone()), Value::Text(value.clone())),
            (FieldValue::List(items.clone()), Value::List(Vec::new())),
        ] {
            let changed = set_field(&text, field, Some(&new));
            let after = fields(&changed);
            let got = &after.iter().find(|(name, _)| name == field).expect("the field").1;
            match expected {
                Value::List(_) => prop_assert_eq!(got, &format!("{items:?}")),
                _ => prop_assert_eq!(got, &format!("{value:?}")),
            }
            for (name, value) in &before {
                prop_assert!(name == field || after.contains(&(name.clone(), value.clone())), "{}", changed);
            }
            prop_assert!(changed.ends_with(&text[text.len() - 9..]));
            prop_assert!(changed.contains("# a comment") && changed.contains("# why"));
            prop_assert_eq!(changed.matches("\r\n").count() > 0, crlf);
        }
        let removed = fields(&set_field(&text, field, None));
        let expected: Vec<_> = before.into_iter().filter(|(name, _)| name != field).collect();
        prop_assert_eq!(removed, expected);
    }

    #[test]
    fn changes_can_be_undone(text in "[a-c가\n]{0,30}", cuts in prop::collection::vec((0_usize..40, 0_usize..5, "[x-z]{0,3}"), 0..5)) {
        let mut at = 0;
        let mut changes = Vec::new();
        for (skip, length, insert) in cuts {
            let start = text.ceil_char_boundary((at + skip).min(text.len()));
            let end = text.ceil_char_boundary((start + length).min(text.len()));
            changes.push(Change { range: start..end, insert });
            at = end;
        }
        let after = apply(&text, &changes).expect("changes that fit");
        let back = invert(&text, &changes).expect("changes that fit");
        prop_assert_eq!(apply(&after, &back), Some(text));
    }

    #[test]
    fn saving_loses_no_line(
        base in prop::collection::vec("[a-d]{1,2}", 0..8),
        ours in prop::collection::vec((0_usize..9, "ours[0-9]{3}"), 0..3),
        theirs in prop::collection::vec((0_usize..9, "theirs[0-9]{3}"), 0..3),
        newline in any::<bool>(),
    ) {
        let insert = |lines: &[(usize, String)]| {
            let mut text = base.clone();
            for (at, line) in lines {
                text.insert((*at).min(text.len()), line.clone());
            }
            text.join("\n") + if newline { "\n" } else { "" }
        };
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        fs::write(&path, insert(&theirs)).expect("a file");
        let saved = save(&path, &insert(&ours), Some(&insert(&[]))).expect("saved");
        let file = fs::read_to_string(&path).expect("the file");
        let all = match &saved {
            Saved::Conflict { copy, theirs } => {
                prop_assert_eq!(theirs, &file);
                format!("{file}\n{}", fs::read_to_string(copy).expect("the copy"))
            }
            Saved::Merged { text } => {
                prop_assert_eq!(text, &file);
                file
            }
            Saved::Saved => file,
        };
        for (_, line) in ours.iter().chain(&theirs) {
            prop_assert!(all.lines().any(|found| found == line), "{line} is lost: {saved:?}");
        }
        prop_assert!(!all.contains("<<<<"));
        let left = fs::read_dir(folder.path()).expect("the folder").count();
        prop_assert_eq!(left, 1 + usize::from(matches!(saved, Saved::Conflict { .. })));
    }
}

/// Each field with its value, places left out.
fn fields(text: &str) -> Vec<(String, String)> {
    let front = split_front_matter(text).expect("front matter");
    let (root, problems) = parse_yaml("x", text, front.yaml);
    assert!(problems.is_empty(), "{problems:?} in {text}");
    let Value::Map(entries) = root.value else { return Vec::new() };
    entries.iter().map(|(name, (_, node))| (name.clone(), plain(node))).collect()
}

fn plain(node: &Node) -> String {
    match &node.value {
        Value::List(items) => format!("{:?}", items.iter().filter_map(Node::text).collect::<Vec<_>>()),
        _ => format!("{:?}", node.text().unwrap_or_default()),
    }
}
