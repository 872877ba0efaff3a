//! Large and hostile texts: no stack runs out, and time grows with the text.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use chancery_markup::{Options, parse, problems};
use common::{collapsed, printed, typst};
use std::time::{Duration, Instant};

/// Reads and writes a text; returns what it prints, and how long that took.
fn run(markdown: &str) -> (String, Duration) {
    let start = Instant::now();
    let document = parse(markdown, 0, &Options::default());
    let typst = typst(&document);
    let _ = problems(&document.findings, "a.md", markdown);
    let time = start.elapsed();
    (collapsed(&printed(&typst.code).unwrap()), time)
}

#[test]
fn five_thousand_nested_quotations_keep_their_text() {
    let (text, _) = run(&("> ".repeat(5000) + "deep"));
    assert_eq!(text, "deep");
    let steps: String = (1..300).map(|depth| "> ".repeat(depth) + &format!("w{depth}\n\n")).collect();
    let (text, _) = run(&steps);
    assert_eq!(text.split(' ').count(), 299);
}

#[test]
fn five_thousand_of_anything_nested_keep_their_text() {
    let lists = "- ".repeat(5000) + "deep";
    let (text, _) = run(&lists);
    assert!(text.ends_with("deep"), "{}", &text[text.len() - 20..]);
    for (open, close) in [
        ("*", "*"),
        ("**a ", " b**"),
        ("[", "](https://a.b)"),
        ("[@a ", "]"),
        ("![[", "]]"),
        ("`", "`"),
        ("a ~~", "~~"),
    ] {
        let (text, time) = run(&(open.repeat(5000) + "deep" + &close.repeat(5000)));
        assert!(text.contains("deep") || matches!(open, "![[" | "[@a "), "{open}");
        assert!(time < Duration::from_secs(10), "{open}: {time:?}");
    }
    let directives = "::: notes\n".repeat(500) + "deep";
    assert_eq!(run(&directives).0, "deep");
    let notes: String = (0..500).map(|n| format!("[^{n}]: n{n}[^{}]\n\n", n + 1)).collect();
    let (text, _) = run(&format!("x[^0]\n\n{notes}"));
    assert!(text.starts_with("x n0 n1"), "{text}");
}

#[test]
fn time_grows_with_the_text() {
    let paragraph = "The *programme* covers ![[itpp-areas#value]] areas [@ballbach-2025, p. 4], in 2011-2015; see [[nato]] \
                     and `code` \\# & [a link](https://example.org) (1. #x).\n\n- one\n- two[^n]\n\n| a | b |\n|---|---|\n| c | d \\| e |\n\n";
    let texts: [(&str, fn(&str, usize) -> String); 6] = [
        ("prose", |text, n| text.repeat(n) + "[^n]: Note.\n"),
        ("one paragraph", |_, n| "word \\* @key & [x] ".repeat(n * 10)),
        ("one word", |_, n| "a-".repeat(n * 100)),
        ("brackets", |_, n| "[[@a ".repeat(n * 40)),
        ("html", |_, n| "a <b> ".repeat(n * 40)),
        ("controls", |_, n| "a\u{1}".repeat(n * 60)),
    ];
    for (name, make) in texts {
        let mut times = [Duration::MAX; 2];
        for (index, n) in [100, 400].into_iter().enumerate() {
            let text = make(paragraph, n);
            for _ in 0..3 {
                times[index] = times[index].min(run(&text).1);
            }
        }
        let [small, large] = times.map(|time| time.as_secs_f64());
        // Four times the text; twice that as slack for a busy machine. What is quadratic takes sixteen times as long.
        assert!(large < small * 8.0 + 0.05, "{name}: {small:.3} s and {large:.3} s");
    }
}
