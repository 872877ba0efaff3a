//! `chancery export` beside `typst compile` of the exported folder: whole processes, in turns.

use crate::material;
use crate::stats::Times;
use chancery_tests::programs::{chancery, run as start};
use std::fs;
use std::process::Command;
use std::time::Instant;

const RUNS: usize = 11;

/// Measures 10 and 50 pages against the Typst at a path.
pub fn run(typst: Option<String>) {
    let typst = typst.unwrap_or_else(|| "typst".to_owned());
    println!("| pages | | median ms | p95 ms | peak memory MB |\n|---|---|---|---|---|");
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
        println!("| {} | typst compile | {} | {:.0} |", count("ours.pdf"), b.times.cells(), b.peak());
        println!("| | chancery export | {} | {:.0} |", a.times.cells(), a.peak());
        let ratio = a.times.median() / b.times.median();
        println!("| | ratio (at most 1.2) | {ratio:.2} | | {:.2} |", a.peak() / b.peak());
    }
}

#[derive(Default)]
struct Series {
    times: Times,
    memory: Vec<f64>,
}

impl Series {
    /// Runs a command, its children included, and notes time and peak memory.
    fn add(&mut self, command: &mut Command) {
        let report = tempfile::NamedTempFile::new().expect("a file");
        let mut timed = Command::new("/usr/bin/time");
        timed.args(["-f", "%M", "-o"]).arg(report.path()).arg(command.get_program()).args(command.get_args());
        if let Some(dir) = command.get_current_dir() {
            timed.current_dir(dir);
        }
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => timed.env(name, value),
                None => timed.env_remove(name),
            };
        }
        let began = Instant::now();
        let output = start(&mut timed);
        self.times.push(began.elapsed());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let kilobytes = fs::read_to_string(report.path()).expect("a report");
        self.memory.extend(kilobytes.lines().last().and_then(|line| line.trim().parse::<f64>().ok()));
    }

    /// Returns the median of the largest process's peak, in megabytes.
    fn peak(&self) -> f64 {
        let mut sorted = self.memory.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or_default() / 1024.0
    }
}
