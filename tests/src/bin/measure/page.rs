//! What is measured inside of a page.

use crate::stats::Times;
use chancery_tests::window::Window;
use serde_json::Value;

/// Waits until what was changed is on the screen.
const PAINTED: &str = "() => new Promise((done) => requestAnimationFrame(() => { const c = new MessageChannel(); \
    c.port1.onmessage = () => done(); c.port2.postMessage(0); }))";

/// Returns what a script yields in the page; it may wait by `painted()`.
pub async fn yielded(window: &Window, script: &str) -> Value {
    window.evaluate_later(&format!("((painted) => {script})({PAINTED})")).await
}

/// Returns milliseconds out of a list that a page yielded, without the first `warm` of them.
pub fn times(list: &Value, warm: usize, time: impl Fn(&Value) -> Option<f64>) -> Times {
    let list = list.as_array().unwrap_or_else(|| panic!("{list}"));
    let mut times = Times::default();
    for value in list.iter().skip(warm) {
        times.push_millis(time(value).expect("a time"));
    }
    times
}
