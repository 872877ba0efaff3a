//! Opening and search as workspaces grow.

use crate::stats::Times;
use chancery_engine::ipc::LibraryFilter;
use chancery_engine::{Catalogue, Desk};
use chancery_tests::material;
use std::time::Instant;

const QUERIES: &[&str] = &["cyber", "윤석열 정부", "item 77", "deterrence", "Partner7", "ministers agenda", "안보"];

/// Measures 1,000 to 100,000 snippets, and each size beside its double.
pub fn run() {
    println!(
        "| snippets | open, first ms | open, again ms | search median ms | search p95 ms |\n|---|---|---|---|---|"
    );
    for count in [1_000, 2_000, 10_000, 20_000, 50_000, 100_000] {
        let folder = material::snippets(count);
        let config = material::config(&folder);
        let open = || {
            let began = Instant::now();
            let mut desk = Desk::open(&folder.workspace(), &config).expect("the workspace");
            let catalogue = Catalogue::new(&desk, &config).expect("an index");
            let took = began.elapsed();
            desk.write_cache();
            (desk, catalogue, took)
        };
        let (_, _, first) = open();
        let mut again = Times::default();
        for _ in 0..3 {
            again.push(open().2);
        }
        let (desk, mut catalogue, _) = open();
        let mut search = Times::default();
        for round in 0..20 {
            for query in QUERIES {
                let text = if round % 2 == 0 { (*query).to_owned() } else { format!("{query} {round}") };
                let filter = LibraryFilter { text, ..LibraryFilter::default() };
                let began = Instant::now();
                catalogue.page(&desk, &filter, 0, 50).expect("a page");
                search.push(began.elapsed());
            }
        }
        println!("| {count} | {:.0} | {:.0} | {} |", first.as_secs_f64() * 1e3, again.median(), search.cells());
    }
}
