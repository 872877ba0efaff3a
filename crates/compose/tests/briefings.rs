//! Briefings as data: `tests/suites/compose/briefings/*.txt`.
//!
//! Each file holds a small workspace (`==> path`) with a briefing `note.md`, and what comes of it (`<== path`): Typst, data,
//! Markdown, problems. `UPDATE=1 cargo test -p chancery-compose --test briefings` accepts what comes now.

#![allow(clippy::expect_used)]

mod common;

use chancery_compose::{Cache, Mode, markdown};
use common::{Fixture, describe, sections};
use std::fmt::Write;
use std::fs;
use std::path::Path;

const SUITE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/suites/compose/briefings");

#[test]
fn briefings_compose_as_written() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut files: Vec<_> =
        fs::read_dir(SUITE).expect("the suite").filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    assert!(!files.is_empty());
    let wrong: Vec<String> = files.iter().filter_map(|file| check(file, update)).collect();
    assert!(wrong.is_empty(), "{}\nUPDATE=1 accepts what comes now", wrong.join("\n"));
}

/// Returns what differs from what the file expects.
fn check(file: &Path, update: bool) -> Option<String> {
    let text = fs::read_to_string(file).expect("the case");
    let (input, expected) = match text.find("\n<== ") {
        Some(at) => text.split_at(at + 1),
        None => (text.as_str(), ""),
    };
    let got = outcome(input);
    if got == expected {
        return None;
    }
    if update {
        fs::write(file, format!("{input}{got}")).expect("the case is written");
        return None;
    }
    let old = sections(expected, "<== ");
    let new = sections(&got, "<== ");
    let mut differs = format!("{}:", file.file_name().unwrap_or_default().to_string_lossy());
    for (name, content) in &new {
        match old.iter().find(|(old, _)| old == name) {
            Some((_, old)) if old == content => {}
            old => {
                let old = old.map(|(_, old)| old.as_str()).unwrap_or_default();
                let _ = write!(differs, "\n--- {name}, expected:\n{old}--- got:\n{content}");
            }
        }
    }
    for (name, _) in old.iter().filter(|(name, _)| !new.iter().any(|(new, _)| new == name)) {
        let _ = write!(differs, "\n--- {name} is gone");
    }
    Some(differs)
}

/// What comes of a workspace: a section for each file that depends on the text, for the Markdown and for the problems.
fn outcome(input: &str) -> String {
    let fixture = Fixture::new(input);
    let briefing = fixture.briefing("note.md");
    let set: Vec<(String, String)> = sections(input, "==> ")
        .into_iter()
        .filter(|(name, _)| name == "--set")
        .flat_map(|(_, lines)| {
            lines.lines().filter_map(|line| line.split_once('=')).map(|(k, v)| (k.into(), v.into())).collect::<Vec<_>>()
        })
        .collect();
    let composed = fixture.compose(&briefing, Mode::Export, &set, &mut Cache::default());
    let mut out = String::new();
    let is_deck = composed.kind == chancery_template::PackKind::Deck;
    for (path, bytes) in &composed.files {
        let shown = path.starts_with("blocks/")
            || path.starts_with("data/0")
            || path.starts_with("images/")
            || (path == "data/settings.json" && !set.is_empty())
            || (path == "api.typ" && !set.is_empty())
            || (path == "main.typ" && is_deck);
        if shown {
            let text = if path.starts_with("images/") {
                format!("{} bytes\n", bytes.len())
            } else {
                String::from_utf8_lossy(bytes).into_owned()
            };
            let text = text.replace("#import \"../api.typ\": draw, kit\n", "");
            let _ = write!(out, "<== {path}\n{}\n", text.trim_end());
        }
    }
    let pack = fixture.pack(&briefing);
    let (text, _) = markdown(&fixture.request(&briefing, &pack, Mode::Export, &set), &mut Cache::default());
    let _ = write!(out, "<== note.out.md\n{text}");
    let _ = write!(out, "<== outline\n{} words\n", composed.words);
    for entry in &composed.outline {
        let _ = writeln!(out, "{} {} ({} words)", "#".repeat(usize::from(entry.level)), entry.title, entry.words);
    }
    let _ = writeln!(out, "<== problems");
    for problem in &composed.problems {
        let _ = writeln!(out, "{}", describe(problem));
    }
    out
}
