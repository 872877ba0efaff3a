//! `tests/suites/workspace/*.md`: the files of a workspace, and the problems that they have.
//!
//! A case starts with a heading of level 2. A fence of four backticks and a path holds a file, with `crlf`, `bom` or
//! `no-final-newline` behind the path where it has those; a fence `problems` holds what is expected, one a line. Set
//! `UPDATE` to write what is found instead of comparing it.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use chancery_model::{Problem, Severity};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

const CONFIG: &str = "[workspace]\nname = \"Test\"\nsources = [\"sources.bib\"]\n";
const SOURCES: &str = "@report{ballbach-2025,\n  title = {NATO},\n  author = {Ballbach, Eric},\n  date = {2025}\n}\n";
const FENCE: &str = "````";

/// A case: its files, and the lines of the suite that hold the problems expected.
struct Case {
    name: String,
    files: Vec<(String, String)>,
    expected: String,
}

#[test]
fn each_case_has_the_problems_that_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/suites/workspace");
    let mut suites: Vec<PathBuf> =
        fs::read_dir(folder).expect("the suites").map(|entry| entry.expect("a suite").path()).collect();
    suites.sort();
    assert!(!suites.is_empty());
    let mut failures = String::new();
    for path in suites {
        let text = fs::read_to_string(&path).expect("a suite");
        let mut updated = String::new();
        let (intro, cases) = parse(&text);
        updated.push_str(&intro);
        for case in cases {
            let found = run(&case);
            if found != case.expected {
                writeln!(failures, "{}: {}\nexpected:\n{}found:\n{found}", path.display(), case.name, case.expected)
                    .expect("text");
            }
            updated.push_str(&write(&case, &found));
        }
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, updated).expect("the suite is written");
        }
    }
    assert!(failures.is_empty() || std::env::var_os("UPDATE").is_some(), "{failures}");
}

fn run(case: &Case) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = case.files.clone();
    for (name, default) in [("chancery.toml", CONFIG), ("sources.bib", SOURCES)] {
        if !files.iter().any(|(info, _)| info.split(' ').next() == Some(name)) {
            files.push((name.to_owned(), default.to_owned()));
        }
    }
    for (info, text) in &files {
        let (name, flags) = info.split_once(' ').unwrap_or((info, ""));
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, with_flags(text, flags)).expect("a file");
    }
    let loaded = chancery_workspace::load(folder.path()).expect("a workspace");
    loaded.problems.iter().map(line).collect()
}

fn with_flags(text: &str, flags: &str) -> Vec<u8> {
    let mut text = text.to_owned();
    for flag in flags.split_whitespace() {
        match flag {
            "crlf" => text = text.replace('\n', "\r\n"),
            "bom" => text.insert(0, '\u{feff}'),
            "no-final-newline" => text.truncate(text.trim_end().len()),
            "latin-1" => return text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect(),
            "nul" => text = text.replace('\u{2400}', "\0"),
            other => panic!("unknown flag {other}"),
        }
    }
    text.into_bytes()
}

fn line(problem: &Problem) -> String {
    let severity = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let place = problem.place.as_ref().expect("each problem has a place");
    let end = match (place.end_line == place.line, place.end_column) {
        (true, column) if column == place.column => String::new(),
        (true, column) => format!("-{column}"),
        (false, column) => format!("-{}:{column}", place.end_line),
    };
    let hint = problem.hint.as_deref().expect("each problem has a hint");
    format!(
        "{}:{}:{}{end} {severity}[{}] {}\n  {hint}\n",
        place.file, place.line, place.column, problem.code, problem.message
    )
}

fn parse(text: &str) -> (String, Vec<Case>) {
    let mut intro = String::new();
    let mut cases: Vec<Case> = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in text.split_inclusive('\n') {
        match (&mut open, cases.last_mut()) {
            (Some((info, body)), Some(case)) => {
                if line.trim_end() == FENCE {
                    if info == "problems" {
                        case.expected.clone_from(body);
                    } else {
                        case.files.push((info.clone(), body.clone()));
                    }
                    open = None;
                } else {
                    body.push_str(line);
                }
            }
            (None, _) if line.starts_with("## ") => {
                cases.push(Case { name: line[3..].trim().to_owned(), files: Vec::new(), expected: String::new() });
            }
            (None, Some(_)) => {
                if let Some(info) = line.strip_prefix(FENCE) {
                    open = Some((info.trim().to_owned(), String::new()));
                }
            }
            (_, None) => intro.push_str(line),
        }
    }
    (intro, cases)
}

fn write(case: &Case, found: &str) -> String {
    let mut text = format!("## {}\n\n", case.name);
    for (info, body) in &case.files {
        write!(text, "{FENCE}{info}\n{body}{FENCE}\n\n").expect("text");
    }
    write!(text, "{FENCE}problems\n{found}{FENCE}\n\n").expect("text");
    text
}
