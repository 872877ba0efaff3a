//! Views as data: `tests/suites/compose/views/*.txt`.
//!
//! Each file holds a small workspace (`==> path`), what the briefing shows (`==> shown`), views (`==> view NAME LANG`) and
//! what comes of each (`<== view …`): the block's data, its prose and what is wrong. All data is checked against the schemas
//! of `docs/packs.md`. `UPDATE=1 cargo test -p chancery-compose --test views` accepts what comes now.

#![allow(clippy::expect_used, clippy::panic)]

mod common;
mod schemas;

use chancery_compose::cite::{Citer, Style, plain};
use chancery_compose::data::Variant;
use chancery_compose::query::Translations;
use chancery_compose::views::{Drawn, Passage, Prose, Shown, VIEWS, ViewContext, draw, snippet_block};
use chancery_compose::words::Words;
use chancery_model::{Severity, Workspace};
use common::{Fixture, sections};
use schemas::Schemas;
use std::fmt::Write;
use std::fs;
use std::path::Path;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

#[test]
fn views_draw_as_written() {
    let update = std::env::var_os("UPDATE").is_some();
    let schemas = Schemas::of_packs();
    let suite = Path::new(ROOT).join("tests/suites/compose/views");
    let mut files: Vec<_> =
        fs::read_dir(suite).expect("the suite").filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    assert!(!files.is_empty());
    let wrong: Vec<String> = files.iter().filter_map(|file| check(file, &schemas, update)).collect();
    assert!(wrong.is_empty(), "{}\nUPDATE=1 accepts what comes now", wrong.join("\n"));
}

fn check(file: &Path, schemas: &Schemas, update: bool) -> Option<String> {
    let text = fs::read_to_string(file).expect("the case");
    let (input, expected) = match text.find("\n<== ") {
        Some(at) => text.split_at(at + 1),
        None => (text.as_str(), ""),
    };
    let got = outcome(input, schemas);
    if got == expected {
        return None;
    }
    if update {
        fs::write(file, format!("{input}{got}")).expect("the case is written");
        return None;
    }
    let (old, new) = (sections(expected, "<== "), sections(&got, "<== "));
    let mut differs = format!("{}:", file.display());
    for (name, content) in &new {
        let before = old.iter().find(|(known, _)| known == name).map_or("", |(_, before)| before.as_str());
        if before != content {
            let _ = write!(differs, "\n--- {name}, expected:\n{before}--- got:\n{content}");
        }
    }
    if new.len() != old.len() {
        let _ = write!(differs, "\n{} views, expected {}", new.len(), old.len());
    }
    Some(differs)
}

fn outcome(input: &str, schemas: &Schemas) -> String {
    let parts = sections(input, "==> ");
    let is_file = |name: &str| !name.starts_with("view ") && name != "shown";
    let files = parts.iter().filter(|(name, _)| is_file(name)).map(|(name, text)| format!("==> {name}\n{text}"));
    let fixture = Fixture::new(&files.collect::<String>());
    let calls: Vec<(&str, &str, &str)> = parts
        .iter()
        .filter_map(|(name, body)| {
            let mut words = name.strip_prefix("view ")?.split(' ');
            Some((words.next()?, words.next().unwrap_or("en"), body.as_str()))
        })
        .collect();
    let shown = shown(parts.iter().find(|(name, _)| name == "shown").map_or("", |(_, text)| text), &calls);
    let mut out = String::new();
    for (at, (name, lang, body)) in calls.iter().enumerate() {
        let repeated = calls[..at].iter().any(|(before, ..)| before == name);
        let drawn = drawn(&fixture.workspace, lang, &shown, name, body, repeated);
        schemas.check(&drawn);
        let _ = write!(out, "<== view {name} {lang} {}\n{}", at + 1, describe(&drawn, body));
    }
    out
}

/// What the briefing shows: `cited: a, b`, `passage: text | snippet | key, locator`, and its text.
fn shown(text: &str, calls: &[(&str, &str, &str)]) -> Shown {
    let mut shown = Shown {
        views: calls.iter().map(|(name, _, body)| ((*name).to_owned(), (*body).to_owned())).collect(),
        ..Shown::default()
    };
    for line in text.lines() {
        if let Some(keys) = line.strip_prefix("cited: ") {
            shown.cited = keys.split(", ").map(str::to_owned).collect();
        } else if let Some(passage) = line.strip_prefix("passage: ") {
            let parts: Vec<&str> = passage.split('|').map(str::trim).collect();
            let filled = |at: usize| parts.get(at).copied().filter(|part| !part.is_empty());
            let source = |text: &str| match text.split_once(", ") {
                Some((key, locator)) => (key.to_owned(), Some(locator.to_owned())),
                None => (text.to_owned(), None),
            };
            shown.passages.push(Passage {
                text: filled(0).unwrap_or_default().to_owned(),
                snippet: filled(1).map(str::to_owned),
                sources: filled(2).map(source).into_iter().collect(),
            });
        } else if let Some(ids) = line.strip_prefix("labelled: ") {
            shown.labelled = ids.split(", ").map(str::to_owned).collect();
        } else {
            shown.text.push_str(line);
            shown.text.push('\n');
        }
    }
    shown
}

fn with_context<T>(workspace: &Workspace, lang: &str, shown: &Shown, run: impl FnOnce(&ViewContext) -> T) -> T {
    let words = Words::for_lang(lang);
    let translations = Translations::new(workspace, lang);
    let style = Style::named(&workspace.config.csl).expect("a style that hayagriva carries");
    let citer = Citer::new(style, workspace, words);
    run(&ViewContext { workspace, translations: &translations, words, citer: &citer, shown })
}

fn drawn(workspace: &Workspace, lang: &str, shown: &Shown, name: &str, body: &str, repeated: bool) -> Drawn {
    with_context(workspace, lang, shown, |context| draw(name, body, repeated, context))
}

fn describe(drawn: &Drawn, body: &str) -> String {
    let mut out = match &drawn.data {
        Some(data) => serde_json::to_string_pretty(data).expect("JSON") + "\n",
        None => format!("({})\n", drawn.placeholder),
    };
    for (at, prose) in drawn.prose.iter().enumerate() {
        let _ = match prose {
            Prose::Inline { text, .. } => writeln!(out, "prose {at}: {text}"),
            Prose::Body(snippet) => writeln!(out, "prose {at}: (body of {}) {}", snippet.id, snippet.body().trim()),
            Prose::Runs(runs) => writeln!(out, "prose {at}: (runs) {}", plain(runs)),
        };
    }
    if !drawn.cited.is_empty() {
        let _ = writeln!(out, "cited: {}", drawn.cited.join(", "));
    }
    for finding in &drawn.findings {
        let severity = match finding.problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        let at = body.get(finding.span.clone()).unwrap_or_default();
        let hint = finding.problem.hint.as_deref().unwrap_or("-");
        let _ = writeln!(out, "{severity}[{}] at “{at}”: {} ({hint})", finding.problem.code, finding.problem.message);
    }
    out
}

#[test]
fn every_starter_is_a_body_that_its_view_understands() {
    let workspace = Workspace::default();
    for view in VIEWS {
        let drawn = drawn(&workspace, "en", &Shown::default(), view.name, view.starter, false);
        let errors = drawn
            .findings
            .iter()
            .filter(|finding| finding.problem.code == "unknown-option" || finding.problem.code == "bad-option");
        assert_eq!(errors.count(), 0, "{}: {:?}", view.name, drawn.findings);
    }
}

#[test]
fn the_evidence_that_ships_draws_in_all_views_and_both_languages() {
    let schemas = Schemas::of_packs();
    let workspace =
        chancery_workspace::load(&Path::new(ROOT).join("briefings/rok-nato")).expect("the workspace").workspace;
    let shown = Shown {
        cited: workspace.sources.keys().cloned().collect(),
        text: "ITPP, NATO and the ROK".to_owned(),
        ..Shown::default()
    };
    for lang in ["en", "ko"] {
        with_context(&workspace, lang, &shown, |context| {
            for view in VIEWS {
                for body in ["", "from: 2019\nto: 2024\nsort: -date\n", "topics: [itpp]\nlimit: 3\nsources: rows\n"] {
                    schemas.check(&draw(view.name, body, false, context));
                }
            }
            for shape in ["bar", "line", "table", "numbers"] {
                schemas.check(&draw("figures", &format!("series: arms-exports\nas: {shape}\n"), false, context));
            }
            for snippet in workspace.snippets.values() {
                let pick = context.translations.pick(snippet, &workspace);
                for variant in [Variant::Full, Variant::Short, Variant::Title] {
                    let block = snippet_block(&pick, variant, true, context);
                    schemas.check_data("snippet", &serde_json::to_value(&block.data).expect("JSON"));
                }
            }
        });
    }
}

#[test]
fn five_hundred_snippets_draw_in_each_view() {
    let mut text = String::from("==> chancery.toml\n[workspace]\nname = \"Many\"\n");
    for at in 0..500 {
        let (year, month) = (1980 + at / 12, at % 12 + 1);
        let _ = write!(
            text,
            "==> snippets/e{at}.md\n---\nkind: event\ntitle: Event {at}\ndate: {year}-{month:02}\n---\n\
             ==> snippets/f{at}.md\n---\nkind: figure\ntitle: Figure {at}\nvalue: {at}\nunit: km\nseries: s\nperiod: {year}-{month:02}\n---\n\
             ==> snippets/d{at}.md\n---\nkind: deal\ntitle: Deal {at}\nbuyer: B{at}\nvalue: {at}.5\nunit: EUR million\nstatus: signed\n---\n\
             ==> snippets/c{at}.md\n---\nkind: comparison\ntitle: Row {at}\ndimension: D{at}\nsides: {{A: x, B: y}}\n---\n\
             ==> snippets/r{at}.md\n---\nkind: recommendation\ntitle: Do {at}\nareas: [a{}]\n---\n\
             ==> snippets/t{at}.md\n---\nkind: term\ntitle: T{at}\nabbr: T{at}\nexpansion: Term {at}\n---\n\
             ==> snippets/a{at}.md\n---\nkind: area\ntitle: Area {at}\nprogramme: p\nnumber: {at}\n\
             scores: {{x: {{score: {}, reason: r}}, y: {{score: {}, reason: r}}}}\n---\n",
            at % 50,
            at % 6,
            at % 5
        );
    }
    text += "==> snippets/p.md\n---\nkind: programme\ntitle: P\ncriteria: [{id: x, title: X, weight: 1}, {id: y, title: Y, weight: 2}]\n---\n";
    let fixture = Fixture::new(&text);
    let schemas = Schemas::of_packs();
    for view in VIEWS.iter().filter(|view| view.name != "sources") {
        let body = match view.name {
            "figures" => "as: bar\n",
            "acronyms" => "kind: term\n",
            "evidence" => "kind: event\n",
            _ => "",
        };
        let drawn = drawn(&fixture.workspace, "en", &Shown::default(), view.name, body, false);
        assert!(drawn.data.is_some(), "{}: {:?}", view.name, drawn.findings);
        schemas.check(&drawn);
    }
}
