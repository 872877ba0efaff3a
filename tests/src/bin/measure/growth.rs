//! Opening and search as workspaces grow: each size beside its double, in turns, so that both meet the same machine.

use crate::stats::Times;
use chancery_engine::ipc::LibraryFilter;
use chancery_engine::{Catalogue, Desk, EngineConfig};
use chancery_tests::folder::Folder;
use chancery_tests::material;
use std::time::{Duration, Instant};

const QUERIES: &[&str] = &["cyber", "윤석열 정부", "item 77", "deterrence", "Partner7", "ministers agenda", "안보"];

/// How often each size is opened without what was kept of it, and with it.
const OPENINGS: usize = 7;

/// How often each query is asked.
const ROUNDS: usize = 40;

/// Measures 1,000 to 100,000 snippets.
pub fn run() {
    let pairs = [1_000, 10_000, 50_000].map(|count| in_turns([count, 2 * count]));
    println!(
        "| snippets | open, first ms | open, again ms | search median ms | search p95 ms |\n|---|---|---|---|---|"
    );
    for size in pairs.iter().flatten() {
        println!(
            "| {} | {:.0} | {:.0} | {} |",
            size.count,
            size.first.median(),
            size.again.median(),
            size.search.cells()
        );
    }
    println!("\n| doubling | open, first | open, again | search median | search p95 |\n|---|---|---|---|---|");
    for [small, large] in &pairs {
        let ratio = |of: fn(&Size) -> f64| of(large) / of(small);
        println!(
            "| {} → {} | {:.2} | {:.2} | {:.2} | {:.2} |",
            small.count,
            large.count,
            ratio(|size| size.first.median()),
            ratio(|size| size.again.median()),
            ratio(|size| size.search.median()),
            ratio(|size| size.search.quantile(0.95)),
        );
    }
}

/// What was seen of one size.
struct Size {
    count: usize,
    first: Times,
    again: Times,
    search: Times,
}

fn in_turns(counts: [usize; 2]) -> [Size; 2] {
    let folders = counts.map(material::snippets);
    let mut sizes =
        counts.map(|count| Size { count, first: Times::default(), again: Times::default(), search: Times::default() });
    for _ in 0..OPENINGS {
        for (size, folder) in sizes.iter_mut().zip(&folders) {
            let config = material::config(folder);
            let _ = std::fs::remove_dir_all(&config.cache);
            let (mut desk, _, took) = open(folder, &config);
            size.first.push(took);
            desk.write_cache();
            size.again.push(open(folder, &config).2);
        }
    }
    let mut open = folders.each_ref().map(|folder| {
        let (desk, catalogue, _) = open(folder, &material::config(folder));
        (desk, catalogue)
    });
    for round in 0..ROUNDS {
        for query in QUERIES {
            let text = if round % 2 == 0 { (*query).to_owned() } else { format!("{query} {round}") };
            let filter = LibraryFilter { text, ..LibraryFilter::default() };
            for (size, (desk, catalogue)) in sizes.iter_mut().zip(&mut open) {
                let began = Instant::now();
                catalogue.page(desk, &filter, 0, 50).expect("a page");
                size.search.push(began.elapsed());
            }
        }
    }
    sizes
}

fn open(folder: &Folder, config: &EngineConfig) -> (Desk, Catalogue, Duration) {
    let began = Instant::now();
    let desk = Desk::open(&folder.workspace(), config).expect("the workspace");
    let catalogue = Catalogue::new(&desk, config).expect("an index");
    (desk, catalogue, began.elapsed())
}
