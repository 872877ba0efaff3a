//! From an edit of one word to the image of the page that changed: Typst's library alone, and through the worker.
//!
//! `cargo bench -p chancery-typeset` runs Criterion over both, then prints both by stage, medians and 95th percentiles
//! of interleaved turns, so that both see the same machine.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod bare;
mod document;

use bare::{Bare, Stages};
use chancery_typeset::{Outcome, Timings, Wanted, Worker, WorkerConfig};
use criterion::Criterion;
use document::Document;
use std::time::Duration;
use tokio::runtime::Runtime;

const SIZES: [usize; 2] = [10, 50];
const TURNS: usize = 60;

/// A document, typeset both ways.
struct Pair {
    document: Document,
    bare: Bare,
    worker: Worker,
    turn: usize,
}

impl Pair {
    async fn new(pages: usize) -> Self {
        let mut document = Document::of_pages(pages);
        let config = WorkerConfig::new(env!("CARGO_BIN_EXE_chancery-typeset-worker"));
        let worker = Worker::new(WorkerConfig { deadline: Duration::from_secs(120), ..config });
        let mut bare = Bare::new(document.project());
        let (path, text) = document.edit(0);
        bare.edit(&path, &text);
        worker.typeset(document.project().clone(), all()).await.expect("a document");
        Self { document, bare, worker, turn: 0 }
    }

    fn bare(&mut self) -> Stages {
        self.turn += 1;
        let (path, text) = self.document.edit(self.turn);
        let stages = self.bare.edit(&path, &text);
        self.bare.tidy();
        stages
    }

    async fn worker(&mut self) -> Outcome {
        self.turn += 1;
        self.document.edit(self.turn);
        let outcome = self.worker.typeset(self.document.project().clone(), all()).await.expect("a document");
        assert!(outcome.image.is_some());
        outcome
    }
}

/// Pixels a point: a page at its own size on a usual screen.
const SCALE: f64 = 4.0 / 3.0;

fn all() -> Wanted {
    Wanted { eager: 0..usize::MAX, scale: SCALE }
}

fn main() {
    let runtime = Runtime::new().expect("a runtime");
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    for pages in SIZES {
        let mut pair = runtime.block_on(Pair::new(pages));
        let mut group = criterion.benchmark_group(format!("{pages} pages"));
        group
            .bench_function("bare", |bencher| bencher.iter_custom(|times| (0..times).map(|_| pair.bare().total).sum()));
        group.bench_function("worker", |bencher| {
            bencher.iter_custom(|times| {
                runtime.block_on(async {
                    let mut total = Duration::ZERO;
                    for _ in 0..times {
                        total += pair.worker().await.timings.total;
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                    total
                })
            });
        });
        group.finish();
        runtime.block_on(by_stage(pages, &mut pair));
    }
    criterion.final_summary();
}

/// Prints both by stage.
async fn by_stage(pages: usize, pair: &mut Pair) {
    let (mut bare, mut worker) = (vec![], vec![]);
    for _ in 0..TURNS {
        bare.push(pair.bare());
        worker.push(pair.worker().await.timings);
        // The worker tidies up between edits, as it does while somebody types.
        tokio::time::sleep(Duration::from_millis(120)).await;
    }
    println!("\n{pages} pages, ms: median (95th percentile)");
    println!("{:<10} {:>16} {:>16}", "", "Typst alone", "worker");
    row("sync", &bare, &worker, |own| own.sync, |own| own.sync);
    row("compile", &bare, &worker, |own| own.compile, |own| own.compile);
    row("inspect", &bare, &worker, |own| own.inspect, |own| own.inspect);
    row("image", &bare, &worker, |own| own.image, |own| own.image);
    row("transport", &bare, &worker, |_| Duration::ZERO, |own| own.total.saturating_sub(own.worker));
    row("total", &bare, &worker, |own| own.total, |own| own.total);
}

fn row(
    name: &str,
    bare: &[Stages],
    worker: &[Timings],
    of_bare: impl Fn(&Stages) -> Duration,
    of_worker: impl Fn(&Timings) -> Duration,
) {
    println!("{name:<10} {:>16} {:>16}", spread(bare.iter().map(of_bare)), spread(worker.iter().map(of_worker)));
}

fn spread(times: impl Iterator<Item = Duration>) -> String {
    let mut times: Vec<_> = times.map(|time| time.as_secs_f64() * 1000.0).collect();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    format!("{:.2} ({:.2})", at(0.5), at(0.95))
}
