//! Measures Chancery beside Typst itself, in one run on one machine, and prints tables for `docs/benchmarks.md`.
//!
//! `cargo xtask bench` runs it; figures are ratios, as machines differ and are shared.

mod bare;
mod export;
mod growth;
mod keystroke;
mod library;
mod page;
mod stats;
mod window;

use std::process::ExitCode;

fn main() -> ExitCode {
    let what = std::env::args().nth(1).unwrap_or_default();
    match what.as_str() {
        "keystroke" => keystroke::run(),
        "export" => export::run(std::env::args().nth(2)),
        "growth" => growth::run(),
        "library" => library::run(),
        "window" => window::run(),
        _ => {
            eprintln!("usage: measure keystroke | window | library | export TYPST | growth");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}
