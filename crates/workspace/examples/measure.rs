//! Measures opening, searching and editing over generated workspaces.
//!
//! `cargo run --release -p chancery-workspace --example measure -- 1000 10000 100000`

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a measurement stops where something is wrong")]

use chancery_workspace::index::{Index, Query};
use chancery_workspace::{Cache, Session};
use std::fs;
use std::path::Path;
use std::time::Instant;

const WORDS: [&str; 40] = [
    "agreement",
    "alliance",
    "ammunition",
    "area",
    "budget",
    "cyber",
    "defence",
    "delivery",
    "dialogue",
    "exercise",
    "export",
    "framework",
    "howitzer",
    "industry",
    "interoperability",
    "minister",
    "mission",
    "NATO",
    "partner",
    "policy",
    "president",
    "programme",
    "report",
    "Seoul",
    "security",
    "summit",
    "tank",
    "technology",
    "training",
    "treaty",
    "대통령",
    "나토",
    "정상회의",
    "방위산업",
    "사이버",
    "협력",
    "한국",
    "국방부",
    "수출",
    "계약",
];
const KINDS: [&str; 6] = ["event", "agreement", "assessment", "quote", "text", "term"];

/// A small generator of numbers (xorshift), so that each run has the same workspace.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| WORDS[self.next(WORDS.len())]).collect::<Vec<_>>().join(" ")
    }
}

fn snippet(numbers: &mut Numbers, number: usize, count: usize) -> String {
    let kind = KINDS[numbers.next(KINDS.len())];
    let (title, year, month) = (numbers.words(5), 2001 + numbers.next(24), 1 + numbers.next(12));
    let (actor, topic) = (numbers.next(count / 20 + 5), numbers.next(40));
    let other = numbers.next(count);
    let body = numbers.words(70);
    format!(
        "---\nkind: {kind}\ntitle: {title} {number}\ndate: {year}-{month:02}\nactors: [ROK, actor {actor}]\ntopics: [topic-{topic}]\n\
         sources: [\"source-{}, p. 4\"]\nsame-origin: [s{}-{other}]\nreview: 2026-12-31\nshort: {title}\n---\n{body} [@source-1, p. 3].\n",
        number % 50,
        other % 100,
    )
}

fn generate(root: &Path, count: usize) {
    let sources: String =
        (0..50).map(|n| format!("@book{{source-{n}, title = {{Book {n}}}, date = {{2020}}}}\n")).collect();
    fs::create_dir_all(root.join("snippets")).unwrap();
    fs::write(root.join("chancery.toml"), "[workspace]\nname = \"Large\"\nsources = [\"sources.bib\"]\n").unwrap();
    fs::write(root.join("sources.bib"), sources).unwrap();
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for number in 0..count {
        let folder = root.join(format!("snippets/{}", number % 100));
        if number < 100 {
            fs::create_dir_all(&folder).unwrap();
        }
        fs::write(folder.join(format!("s{}-{number}.md", number % 100)), snippet(&mut numbers, number, count)).unwrap();
    }
}

fn milliseconds<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed().as_secs_f64() * 1000.0, result)
}

/// Time on the processor of all threads in milliseconds, which other programs do not lengthen; Linux only.
fn processor() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
    (ticks(11) + ticks(12)) * 10.0
}

/// Median and 95th percentile.
fn spread(mut times: Vec<f64>) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    (times[times.len() / 2], times[times.len() * 95 / 100])
}

fn measure(count: usize) {
    let folder = tempfile::tempdir().unwrap();
    let (root, store) = (folder.path().join("workspace"), folder.path().join("cache"));
    generate(&root, count);
    // What was written in the last two seconds is not kept.
    std::thread::sleep(std::time::Duration::from_millis(2500));
    let open = || Session::open_cached(&root, Cache::new(&store)).unwrap();
    let before = processor();
    let (first, mut session) = milliseconds(open);
    let first_used = processor() - before;
    let (written, ()) = milliseconds(|| session.write_cache().unwrap());
    let before = processor();
    let (second, mut session) = milliseconds(open);
    let second_used = processor() - before;
    let (checks, problems) = milliseconds(|| session.problems().len());
    let place = store.join("index");
    let before = processor();
    let (built, index) = milliseconds(|| Index::open(Some(&place), session.workspace()).unwrap());
    drop(index);
    let built_used = processor() - before;
    let (opened, mut index) = milliseconds(|| Index::open(Some(&place), session.workspace()).unwrap());
    println!(
        "{count} snippets: open {first:.0} ms ({first_used:.0} of processor), again {second:.0} ms ({second_used:.0}) (cache written in {written:.0} ms)"
    );
    println!(
        "  checks {checks:.0} ms ({problems} problems), index built {built:.0} ms ({built_used:.0} of processor), opened {opened:.0} ms"
    );
    let mut numbers = Numbers(7);
    let searches = |numbers: &mut Numbers, words: usize| {
        let times = (0..200).map(|_| {
            let mut text = numbers.words(words);
            let cut = text.char_indices().rev().nth(numbers.next(3)).map_or(text.len(), |(at, _)| at);
            text.truncate(cut);
            milliseconds(|| index.search(&Query { text, ..Query::default() }).unwrap()).0
        });
        spread(times.collect())
    };
    let before = processor();
    let (one, two, three) = (searches(&mut numbers, 1), searches(&mut numbers, 2), searches(&mut numbers, 3));
    let letter = spread(
        ('a'..='z')
            .map(|c| milliseconds(|| index.search(&Query { text: c.into(), ..Query::default() }).unwrap()).0)
            .collect(),
    );
    let all = spread((0..50).map(|_| milliseconds(|| index.search(&Query::default()).unwrap()).0).collect());
    println!("  a search takes {:.2} ms of processor on average", (processor() - before) / 676.0);
    println!(
        "  search median/p95 ms: one word {one:.2?}, two {two:.2?}, three {three:.2?}, a letter {letter:.2?}, all {all:.2?}"
    );
    let picks = (0..100).map(|_| {
        let text: String = numbers.words(2).chars().filter(|c| !c.is_whitespace()).take(6).collect();
        milliseconds(|| index.pick(&text, 20)).0
    });
    println!("  pick median/p95 ms: {:.2?}", spread(picks.collect()));
    let held = session.workspace().clone();
    let mut edits = Vec::new();
    let mut updates = Vec::new();
    for number in 0..50_usize {
        let at = number * 7 % count;
        let file = format!("snippets/{}/s{}-{at}.md", at % 100, at % 100);
        let text = format!("{}x", session.text(&file).unwrap());
        let (time, changed) = milliseconds(|| session.set_text(&file, Some(text)));
        edits.push(time);
        updates.push(milliseconds(|| index.update(&changed.snippets, &changed.removed).unwrap()).0);
    }
    drop(held);
    println!("  edit median/p95 ms: session {:.3?}, index {:.2?}", spread(edits), spread(updates));
}

fn main() {
    let counts: Vec<usize> = std::env::args().skip(1).filter_map(|count| count.parse().ok()).collect();
    for count in if counts.is_empty() { vec![1000, 10_000] } else { counts } {
        measure(count);
    }
}
