//! `chancery export` beside `typst compile` of the exported folder: whole processes, in turns.

use crate::stats::Times;
use chancery_tests::material;
use chancery_tests::programs::{chancery, run as start};
use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 11;

/// Measures 10 and 50 pages against the Typst at a path.
pub fn run(typst: Option<String>) {
    let typst = typst.unwrap_or_else(|| "typst".to_owned());
    println!("| pages | | median ms | p95 ms | largest process MB | all processes MB |\n|---|---|---|---|---|---|");
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
            a.add(&mut ours(&["-o", "ours.pdf"]));
            b.add(&mut theirs());
        }
        let count = |name: &str| chancery_tests::pdf::pages(&dir.join(name));
        assert_eq!(count("ours.pdf"), count("theirs.pdf"), "the same pages");
        println!("| {} | typst compile | {} | {} |", count("ours.pdf"), b.times.cells(), b.memory_cells());
        println!("| | chancery export | {} | {} |", a.times.cells(), a.memory_cells());
        let ratio = a.times.median() / b.times.median();
        let (largest, all) = (a.largest() / b.largest(), a.together() / b.together());
        println!("| | ratio (at most 1.2) | {ratio:.2} | | {largest:.2} | {all:.2} |");
    }
}

#[derive(Default)]
struct Series {
    times: Times,
    /// Peak memory of the largest process and of all together, in kilobytes.
    memory: Vec<(f64, f64)>,
}

impl Series {
    /// Runs a command and notes its time, and the peak memory of its processes.
    fn add(&mut self, command: &mut Command) {
        let began = Instant::now();
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("a process");
        let (mut largest, mut together) = (0.0_f64, 0.0_f64);
        let status = loop {
            let (most, sum) = memory(child.id());
            (largest, together) = (largest.max(most), together.max(sum));
            match child.try_wait().expect("a status") {
                Some(status) => break status,
                None => std::thread::sleep(Duration::from_millis(2)),
            }
        };
        self.times.push(began.elapsed());
        let mut said = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("UTF-8");
        assert!(status.success(), "{said}");
        self.memory.push((largest, together));
    }

    fn largest(&self) -> f64 {
        median(self.memory.iter().map(|(largest, _)| *largest))
    }

    fn together(&self) -> f64 {
        median(self.memory.iter().map(|(_, together)| *together))
    }

    fn memory_cells(&self) -> String {
        format!("{:.0} | {:.0}", self.largest(), self.together())
    }
}

/// Returns the median of kilobytes, in megabytes.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default() / 1024.0
}

/// Returns the memory of a process and of those that it started, in kilobytes: the largest one's peak (resident set size),
/// and that of all now, where what several of them share counts once (proportional set size). Linux only.
fn memory(process: u32) -> (f64, f64) {
    let value = |file: &str, name: &str| {
        let text = fs::read_to_string(format!("/proc/{process}/{file}")).unwrap_or_default();
        let line =
            text.lines().find_map(|line| line.strip_prefix(name)?.trim().strip_suffix(" kB")?.parse::<f64>().ok());
        line.unwrap_or_default()
    };
    let own = (value("status", "VmHWM:"), value("smaps_rollup", "Pss:"));
    let threads = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let children = threads.flat_map(|thread| {
        let list = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
        list.split_whitespace().filter_map(|child| child.parse().ok()).collect::<Vec<u32>>()
    });
    children.map(memory).fold(own, |(most, sum), (other, theirs)| (f64::max(most, other), sum + theirs))
}
