//! The cases of `tests/suites/markup`: Markdown, the Typst that it becomes, and what is found wrong in it.
//!
//! `UPDATE=1 cargo test -p chancery-markup --test suites` accepts what comes out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use chancery_markup::{Options, parse, problems};
use std::fmt::Write;
use std::path::Path;

const FENCE: &str = "````````";

/// A case: its title, and its blocks by name.
#[derive(Debug, Default)]
struct Case {
    title: String,
    blocks: Vec<(String, String)>,
}

impl Case {
    fn block(&self, name: &str) -> &str {
        self.blocks.iter().find(|(block, _)| block == name).map_or("", |(_, text)| text)
    }
}

#[test]
fn markdown_becomes_the_typst_of_the_suites() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/suites/markup");
    let update = std::env::var_os("UPDATE").is_some();
    let mut failures = String::new();
    let mut count = 0;
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "md")) {
        let text = std::fs::read_to_string(file).unwrap();
        let (head, cases) = read(&text);
        let mut accepted = head;
        for case in &cases {
            count += 1;
            let (typst, findings) = run(case.block("markdown"));
            if typst != case.block("typst") || findings != case.block("findings") {
                let name = file.file_name().unwrap().to_string_lossy();
                let expected = format!("{}{}", case.block("typst"), case.block("findings"));
                writeln!(failures, "{name}, {}:\n--- expected\n{expected}--- found\n{typst}{findings}", case.title)
                    .unwrap();
            }
            accepted += &write_case(case, &typst, &findings);
        }
        if update {
            std::fs::write(file, accepted).unwrap();
        }
    }
    assert!(count > 50, "only {count} cases in {}", folder.display());
    assert!(update || failures.is_empty(), "{failures}");
}

/// The Typst of a Markdown text, and its findings, a line each.
fn run(markdown: &str) -> (String, String) {
    // An arrow stands for a tab, as in the CommonMark specification, and a return sign for a carriage return.
    let markdown = markdown.replace('→', "\t").replace('⏎', "\r");
    let document = parse(&markdown, 0, &Options::default());
    let typst = common::typst(&document).code;
    if let Err(message) = common::printed(&typst) {
        panic!("{message}");
    }
    let mut findings = String::new();
    for problem in problems(&document.findings, "a.md", &markdown) {
        let place = problem.place.unwrap();
        let (from, to) =
            (format!("{}:{}", place.line, place.column), format!("{}:{}", place.end_line, place.end_column));
        writeln!(findings, "{from}-{to} {}: {}", problem.code, problem.message).unwrap();
    }
    (if typst.is_empty() { typst } else { typst + "\n" }, findings)
}

/// What stands before the first case, and the cases.
fn read(text: &str) -> (String, Vec<Case>) {
    let (mut head, mut cases) = (String::new(), Vec::<Case>::new());
    let mut open: Option<(String, String)> = None;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        match (&mut open, cases.last_mut()) {
            (Some((name, body)), Some(case)) if bare == FENCE => {
                case.blocks.push((std::mem::take(name), std::mem::take(body)));
                open = None;
            }
            (Some((_, body)), _) => body.push_str(line),
            (None, _) if bare.starts_with("## ") => {
                cases.push(Case { title: bare[3..].to_owned(), ..Case::default() });
            }
            (None, Some(_)) if bare.starts_with(FENCE) => {
                open = Some((bare.trim_start_matches('`').trim().to_owned(), String::new()));
            }
            (None, None) => head.push_str(line),
            (None, Some(_)) => {}
        }
    }
    (head, cases)
}

fn write_case(case: &Case, typst: &str, findings: &str) -> String {
    let mut out = format!("## {}\n\n", case.title);
    for (name, text) in [("markdown", case.block("markdown")), ("typst", typst), ("findings", findings)] {
        if name != "findings" || !text.is_empty() {
            out += &format!("{FENCE} {name}\n{text}{FENCE}\n");
        }
    }
    out + "\n"
}
