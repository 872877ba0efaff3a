//! The ROK–NATO workspace keeps what it promises: sourced, exact, findable, and in words of its own.

use chancery_engine::ipc::LibraryFilter;
use chancery_engine::{Catalogue, Desk, EngineConfig};
use chancery_model::Snippet;
use chancery_tests::folder::Folder;
use chancery_tests::programs::{built, root};
use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::sync::Arc;

fn desk(folder: &Folder) -> (Desk, EngineConfig) {
    let config = EngineConfig {
        data: folder.home().join("data"),
        cache: folder.home().join("cache"),
        ..EngineConfig::new(built("chancery"))
    };
    (Desk::open(&folder.workspace(), &config).expect("the workspace"), config)
}

fn snippets(desk: &Desk) -> Vec<Arc<Snippet>> {
    desk.workspace().snippets.values().cloned().collect()
}

#[test]
fn every_snippet_has_a_source_with_a_locator() {
    let folder = Folder::with_rok_nato();
    let (desk, _) = desk(&folder);
    let all = snippets(&desk);
    assert!(all.len() >= 200, "{} snippets", all.len());
    let bare: Vec<&str> = all
        .iter()
        .filter(|snippet| snippet.sources.is_empty() || snippet.sources.iter().any(|source| source.locator.is_none()))
        .map(|snippet| snippet.id.as_str())
        .collect();
    assert!(bare.is_empty(), "without a source and its locator: {bare:?}");
}

#[test]
fn every_source_is_used() {
    let folder = Folder::with_rok_nato();
    let (desk, _) = desk(&folder);
    let used: HashSet<String> =
        snippets(&desk).iter().flat_map(|snippet| snippet.sources.iter().map(|source| source.key.clone())).collect();
    let unused: Vec<&String> = desk.workspace().sources.keys().filter(|key| !used.contains(*key)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn every_number_in_a_briefings_prose_is_an_embed_or_cited() {
    let folder = Folder::with_rok_nato();
    let (desk, _) = desk(&folder);
    let mut bare = Vec::new();
    for briefing in desk.workspace().briefings.values() {
        for passage in passages(briefing.body()) {
            if passage.contains("[@") {
                continue;
            }
            let own = without(&without(&passage, "![[", "]]"), "[[", "]]");
            if own.chars().any(|letter| letter.is_ascii_digit()) {
                bare.push(format!("{}: {}", briefing.file, passage.trim()));
            }
        }
    }
    assert!(bare.is_empty(), "numbers that rest on nothing:\n{}", bare.join("\n"));
}

/// Returns the paragraphs and list items of a text; headings, fences and list numbers are no prose.
fn passages(body: &str) -> Vec<String> {
    let mut passages = Vec::new();
    let mut passage = String::new();
    let mut fenced = false;
    for line in body.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
            continue;
        }
        let text = line.trim_start();
        let number = text.split_once(". ").filter(|(n, _)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
        let starts = text.is_empty() || text.starts_with('#') || text.starts_with("- ") || number.is_some();
        if starts {
            passages.push(std::mem::take(&mut passage));
        }
        if fenced || text.starts_with('#') || text.starts_with(":::") {
            continue;
        }
        passage.push_str(number.map_or(text, |(_, rest)| rest));
        passage.push(' ');
    }
    passages.push(passage);
    passages
}

fn without(text: &str, open: &str, close: &str) -> String {
    let mut parts = text.split(open);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |whole, part| whole + part.split_once(close).map_or("", |(_, rest)| rest))
}

/// The statements drawn from the papers: `| claim | words to search for | snippet |`.
const CLAIMS: &str = "tests/suites/evidence/claims.md";

#[test]
fn sixty_claims_are_found_by_search_and_by_name() {
    let folder = Folder::with_rok_nato();
    let (desk, config) = desk(&folder);
    let mut catalogue = Catalogue::new(&desk, &config).expect("an index");
    let table = fs::read_to_string(root().join(CLAIMS)).expect("the claims");
    let rows = table.lines().filter(|line| line.starts_with("| ")).skip(1);
    let rows: Vec<Vec<&str>> = rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect()).collect();
    let rows: Vec<&Vec<&str>> = rows.iter().filter(|row| !row[0].starts_with("--")).collect();
    assert!(rows.len() >= 60, "{} claims", rows.len());
    let mut missing = Vec::new();
    for row in rows {
        let [claim, words, id] = row[..] else { panic!("three columns: {row:?}") };
        let id = id.trim_matches('`');
        let filter = LibraryFilter { text: words.to_owned(), ..LibraryFilter::default() };
        let found = catalogue.page(&desk, &filter, 0, 10).expect("a page").cards;
        if !desk.workspace().snippets.contains_key(id) {
            missing.push(format!("no snippet `{id}`: {claim}"));
        } else if !found.iter().any(|card| card.id == id) {
            let first: Vec<&str> = found.iter().map(|card| card.id.as_str()).take(4).collect();
            missing.push(format!("`{words}` does not find `{id}` but {first:?}: {claim}"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// Hashes of all runs of eight words in the two papers, so that their text need not stand here; a hash a line.
const SEEDS: &str = "tests/suites/evidence/eight-words.txt";

#[test]
fn no_eight_words_in_a_row_are_a_papers() {
    let seeds = fs::read_to_string(root().join(SEEDS)).expect("the hashes");
    let seeds: HashSet<&str> = seeds.lines().collect();
    assert!(seeds.len() > 3000);
    let folder = root().join("briefings/rok-nato");
    let mut same = BTreeSet::new();
    for path in files(&folder) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let words: Vec<String> = words(&prose(&text));
        for run in words.windows(8) {
            let run = run.join(" ");
            if seeds.contains(hash(&run).as_str()) && !TITLES.iter().any(|title| title.contains(&run)) {
                same.insert(format!("{}: {run}", path.strip_prefix(&folder).unwrap_or(&path).display()));
            }
        }
    }
    assert!(same.is_empty(), "{}", same.into_iter().collect::<Vec<_>>().join("\n"));
}

/// Titles and names of programmes, which are quoted as they are.
const TITLES: &[&str] = &[
    "south koreas ever closer relations with nato intersecting and varying motives of south koreas moon jae in and yoon suk yeol administrations",
    "the importance of the european market for south koreas burgeoning defence industry",
    "the yoon suk yeol administration nato cooperation in the context of a more assertive foreign policy",
    "the moon jae in administration nato cooperation under a peace first approach",
    "south koreas evolving relationship with nato a snapshot 2005 2017",
    "relations with nato under the moon jae in and yoon suk yeol administrations",
    "strategy for a free peaceful and prosperous indo pacific region",
];

/// Returns a file’s text without the bibliography’s titles and the locators, which name headings.
fn prose(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("sources:")).collect::<Vec<_>>().join("\n")
}

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    let wanted = |path: &std::path::PathBuf| path.extension().is_some_and(|ending| ending == "md");
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).filter(wanted).collect()
}

/// Returns the words of a text, in small letters, without punctuation.
fn words(text: &str) -> Vec<String> {
    // An apostrophe is part of its word: “Russia’s” is one.
    let text = text.replace(['\'', '’'], "");
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// FNV-1a, 64 bits, in hexadecimal.
fn hash(text: &str) -> String {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, mix))
}
