//! `chancery export` beside `typst compile` of the exported folder: whole processes, in turns.

use crate::stats::Times;
use chancery_tests::material;
use chancery_tests::programs::{chancery, run as start};
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often each is timed.
const RUNS: usize = 11;

/// How often the memory of each is looked at, in runs of its own, as looking takes time.
const MEMORY_RUNS: usize = 5;

/// Measures 10 and 50 pages against the Typst at a path.
pub fn run(typst: Option<String>) {
    let typst = typst.unwrap_or_else(|| "typst".to_owned());
    println!(
        "| pages | | median ms | p95 ms | largest process MB | all: own memory MB | all: with program pages MB |\n\
         |---|---|---|---|---|---|---|"
    );
    for pages in [10, 50] {
        let folder = material::briefing(pages);
        let dir = folder.workspace();
        let ours = |arguments: &[&str]| {
            let mut command = chancery(&folder.home());
            command.current_dir(&dir).args(["export", "long.md"]).args(arguments);
            command
        };
        let made = start(&mut ours(&["--format", "typst", "-o", "sources"]));
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let theirs = || {
            let mut command = Command::new(&typst);
            let sources = dir.join("sources");
            command.arg("compile").arg("--package-path").arg(sources.join("packages"));
            command.arg("--font-path").arg(sources.join("fonts")).arg("--ignore-system-fonts");
            command.args(["--pdf-standard", "a-3a,ua-1"]).arg(sources.join("main.typ")).arg(dir.join("theirs.pdf"));
            command
        };
        let (mut a, mut b) = (Series::default(), Series::default());
        for _ in 0..RUNS {
            a.time(&mut ours(&["-o", "ours.pdf"]));
            b.time(&mut theirs());
        }
        for _ in 0..MEMORY_RUNS {
            a.watch(&mut ours(&["-o", "ours.pdf"]));
            b.watch(&mut theirs());
        }
        let count = |name: &str| chancery_tests::pdf::pages(&dir.join(name));
        assert_eq!(count("ours.pdf"), count("theirs.pdf"), "the same pages");
        println!("| {} | typst compile | {} | {} |", count("ours.pdf"), b.times.cells(), b.memory_cells());
        println!("| | chancery export | {} | {} |", a.times.cells(), a.memory_cells());
        let ratio = a.times.median() / b.times.median();
        let [largest, own, all] = MEASURES.map(|measure| a.median(measure) / b.median(measure));
        println!("| | ratio (at most 1.2) | {ratio:.2} | | {largest:.2} | {own:.2} | {all:.2} |");
    }
}

#[derive(Default)]
struct Series {
    times: Times,
    memory: Vec<Memory>,
}

/// Memory of a process and of those that it started, in kilobytes.
#[derive(Default, Clone, Copy)]
struct Memory {
    /// The largest one's peak (resident set size), which is what the system accounts to a command.
    largest: f64,
    /// What all of them have for themselves, and only their end gives back (anonymous pages).
    own: f64,
    /// The same, with the pages of programs and files, of which what several processes share counts once (proportional set size).
    all: f64,
}

impl Memory {
    fn peak(self, other: Self) -> Self {
        Self { largest: self.largest.max(other.largest), own: self.own.max(other.own), all: self.all.max(other.all) }
    }

    fn and(self, other: Self) -> Self {
        Self { largest: self.largest.max(other.largest), own: self.own + other.own, all: self.all + other.all }
    }
}

const MEASURES: [fn(&Memory) -> f64; 3] = [|memory| memory.largest, |memory| memory.own, |memory| memory.all];

impl Series {
    /// Runs a command and notes its time.
    fn time(&mut self, command: &mut Command) {
        let began = Instant::now();
        let made = start(command);
        self.times.push(began.elapsed());
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }

    /// Runs a command and notes the peak memory of its processes.
    fn watch(&mut self, command: &mut Command) {
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a process");
        let mut peak = Memory::default();
        let status = loop {
            peak = peak.peak(memory(child.id()));
            match child.try_wait().expect("a status") {
                Some(status) => break status,
                None => std::thread::sleep(Duration::from_millis(2)),
            }
        };
        assert!(status.success(), "{command:?}");
        self.memory.push(peak);
    }

    /// Returns the median of one measure, in megabytes.
    fn median(&self, measure: fn(&Memory) -> f64) -> f64 {
        let mut sorted: Vec<f64> = self.memory.iter().map(measure).collect();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or_default() / 1024.0
    }

    fn memory_cells(&self) -> String {
        MEASURES.map(|measure| format!("{:.0}", self.median(measure))).join(" | ")
    }
}

/// Returns the memory of a process and of those that it started. Linux only.
fn memory(process: u32) -> Memory {
    let value = |file: &str, name: &str| {
        let text = fs::read_to_string(format!("/proc/{process}/{file}")).unwrap_or_default();
        let line =
            text.lines().find_map(|line| line.strip_prefix(name)?.trim().strip_suffix(" kB")?.parse::<f64>().ok());
        line.unwrap_or_default()
    };
    let own = Memory {
        largest: value("status", "VmHWM:"),
        own: value("status", "RssAnon:"),
        all: value("smaps_rollup", "Pss:"),
    };
    let threads = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let children = threads.flat_map(|thread| {
        let list = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
        list.split_whitespace().filter_map(|child| child.parse().ok()).collect::<Vec<u32>>()
    });
    children.map(memory).fold(own, Memory::and)
}
