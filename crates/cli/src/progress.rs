//! Progress on a terminal, for what takes longer than a moment.

use chancery_engine::Step;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::Duration;

/// A line that says what is going on; it goes when the work is done, and never shows where nobody looks.
pub struct Progress(ProgressBar);

impl Progress {
    /// Returns a progress line; none for programs, and where standard error is no terminal.
    pub fn new(json: bool) -> Self {
        let bar = ProgressBar::no_length();
        if json || !std::io::stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        bar.set_style(ProgressStyle::default_spinner());
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }

    /// Says how far an export is.
    pub fn step(&self, step: Step) {
        match step {
            Step::Composing => self.0.set_message("composing"),
            Step::Typesetting => self.0.set_message("typesetting"),
            Step::Page(page, pages) => self.0.set_message(format!("page {page} of {pages}")),
            Step::File(file, files) => self.0.set_message(format!("file {file} of {files}")),
            Step::Writing => self.0.set_message("writing"),
        }
    }

    /// Says what is being done.
    pub fn say(&self, what: impl Into<String>) {
        self.0.set_message(what.into());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
