//! Medians and the like.

use std::time::Duration;

/// Durations of one thing, measured many times.
#[derive(Debug, Clone, Default)]
pub struct Times(Vec<f64>);

impl Times {
    /// Adds a duration.
    pub fn push(&mut self, time: Duration) {
        self.0.push(time.as_secs_f64() * 1e3);
    }

    /// Adds milliseconds.
    pub fn push_millis(&mut self, millis: f64) {
        self.0.push(millis);
    }

    /// Returns the value below which a share of all lie, in milliseconds.
    pub fn quantile(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len().saturating_sub(1);
        sorted.get((last as f64 * share).round() as usize).copied().unwrap_or_default()
    }

    /// Returns the median in milliseconds.
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// Returns median and 95th percentile as cells of a table.
    pub fn cells(&self) -> String {
        format!("{:.1} | {:.1}", self.median(), self.quantile(0.95))
    }
}
