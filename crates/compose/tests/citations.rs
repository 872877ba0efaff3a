//! Citations as data: `tests/suites/compose/citations/*.txt`.
//!
//! Each file holds sources (`==> sources.bib`), asks in one style and language (`==> ask STYLE LANG`), one citation a line, and
//! what comes of each (`<== ask …`). A line is `note|inline|in-text|short|list`, for notes `first|later`, and items
//! separated by `; `: `see key, p. 4`, `-key` without the author. `*…*` is italic, `[…](…)` leads to an address or to a
//! source. `UPDATE=1 cargo test -p chancery-compose --test citations` accepts what comes now.

#![allow(clippy::expect_used, clippy::panic)]

mod common;

use chancery_compose::cite::{CiteItem, Citer, Form, Position, Run, Style, Target};
use chancery_compose::words::Words;
use chancery_model::Workspace;
use common::{Fixture, sections};
use std::fmt::Write;
use std::fs;
use std::time::Instant;

const SUITE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/suites/compose/citations");

#[test]
fn citations_read_as_written() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut files: Vec<_> =
        fs::read_dir(SUITE).expect("the suite").filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let text = fs::read_to_string(&file).expect("the case");
        let (input, expected) = text.split_at(text.find("\n<== ").map_or(text.len(), |at| at + 1));
        let got = outcome(input);
        if got != expected && update {
            fs::write(&file, format!("{input}{got}")).expect("the case is written");
        } else {
            assert_eq!(got, expected, "{}; UPDATE=1 accepts what comes now", file.display());
        }
    }
}

fn outcome(input: &str) -> String {
    let parts = sections(input, "==> ");
    let files = parts.iter().filter(|(name, _)| !name.starts_with("ask "));
    let fixture = Fixture::new(&files.map(|(name, text)| format!("==> {name}\n{text}")).collect::<String>());
    let mut out = String::new();
    for (name, lines) in parts.iter().filter(|(name, _)| name.starts_with("ask ")) {
        let mut words = name.split(' ').skip(1);
        let (style, lang) = (words.next().expect("a style"), words.next().unwrap_or("en"));
        let mut citer = citer(&fixture.workspace, style, lang);
        let _ = writeln!(out, "<== {name}");
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let _ = writeln!(out, "{line}\n    {}", answer(&mut citer, line));
        }
    }
    out
}

fn citer(workspace: &Workspace, style: &str, lang: &str) -> Citer {
    let mut citer = Citer::new(Style::named(style).expect("a style"), workspace, Words::for_lang(lang));
    citer.set_cited(workspace.sources.keys().cloned());
    citer
}

fn answer(citer: &mut Citer, line: &str) -> String {
    let (form, rest) = line.split_once(' ').expect("a form and items");
    let (position, rest) = match rest.split_once(' ') {
        Some(("first", rest)) => (Position::First, rest),
        Some(("later", rest)) => (Position::Later, rest),
        _ => (Position::Later, rest),
    };
    let items: Vec<CiteItem> = rest.split("; ").map(|item| parse(item, position)).collect();
    match form {
        "note" => show(&citer.cite(&items, Form::Note)),
        "inline" => show(&citer.cite(&items, Form::Inline)),
        "in-text" => {
            let parts = citer.in_text(&items[0]);
            let note = parts.note.map(|note| format!(" (note: {})", show(&note))).unwrap_or_default();
            format!("{}{note}", show(&parts.text))
        }
        "short" => citer.short(&items[0].key, items[0].locator.as_deref()).unwrap_or_else(|| "-".to_owned()),
        "list" => {
            let keys: Vec<String> = items.into_iter().map(|item| item.key).collect();
            let entries = citer.list(&keys);
            let lines = entries.iter().map(|entry| {
                let number = entry.number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
                format!("{}: {number}{}", entry.key, show(&entry.runs))
            });
            lines.collect::<Vec<_>>().join("\n    ")
        }
        other => panic!("no form {other}"),
    }
}

fn parse(item: &str, position: Position) -> CiteItem {
    let (named, locator) = match item.split_once(", ") {
        Some((named, locator)) => (named, Some(locator.to_owned())),
        None => (item, None),
    };
    let (prefix, key) = named.rsplit_once(' ').unwrap_or(("", named));
    let suppress_author = key.starts_with('-');
    CiteItem {
        key: key.trim_start_matches('-').to_owned(),
        prefix: prefix.to_owned(),
        locator,
        suppress_author,
        position,
    }
}

fn show(runs: &[Run]) -> String {
    let one = |run: &Run| {
        let text = if run.style.italic { format!("*{}*", run.text) } else { run.text.clone() };
        match &run.target {
            Some(Target::Url(url)) => format!("[{text}]({url})"),
            Some(Target::Source(key)) => format!("[{text}](#{key})"),
            None => text,
        }
    };
    runs.iter().map(one).collect::<String>().replace('\u{a0}', "~")
}

#[test]
fn unknown_styles_name_the_nearest() {
    let error = Style::named("chicago-note").err().map(|error| format!("{error} {error:?}")).unwrap_or_default();
    assert!(error.contains("chicago-notes"), "{error}");
    assert!(Style::from_csl("own.csl", "<html/>").is_err());
}

#[test]
fn what_was_rendered_is_kept() {
    let mut bib = String::from("==> chancery.toml\n[workspace]\nname = \"Many\"\nsources = [\"s.bib\"]\n==> s.bib\n");
    for at in 0..200 {
        let _ = writeln!(
            bib,
            "@report{{k{at}, author = {{Author{}, A.}}, title = {{Title {at}}}, date = {{{}}}}}",
            at % 150,
            1900 + at % 100
        );
    }
    let fixture = Fixture::new(&bib);
    let citer = citer(&fixture.workspace, "chicago-notes", "en");
    let ask = |at: usize, page: usize| {
        let item =
            CiteItem { key: format!("k{}", at % 200), locator: Some(format!("p. {page}")), ..CiteItem::default() };
        citer.cite(&[item], Form::Note)
    };
    let start = Instant::now();
    let first: Vec<_> = (0..300).map(|at| ask(at, at)).collect();
    let cold = start.elapsed();
    let start = Instant::now();
    let again: Vec<_> = (0..300).map(|at| ask(at, at)).collect();
    let warm = start.elapsed();
    assert!(first.iter().zip(&again).all(|(a, b)| std::sync::Arc::ptr_eq(a, b)));
    assert!(warm * 5 < cold, "cold {cold:?}, warm {warm:?}");
    println!("300 citations: {cold:?} new, {warm:?} again");
}

#[test]
fn the_style_files_of_a_workspace_are_read() {
    let csl = r#"<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>Own</title><id>own</id><updated>2024-01-01T00:00:00+00:00</updated></info>
  <citation><layout prefix="&lt;" suffix="&gt;" delimiter="; "><names variable="author"><name form="short"/></names></layout></citation>
</style>"#;
    let style = Style::from_csl("own.csl", csl).expect("a style");
    assert!(!style.is_note());
    assert_eq!(style.name(), "own.csl");
}
