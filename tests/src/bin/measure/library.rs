//! The library in the real window: frames while it scrolls, and a search from the key to the painted list, with 100,000 snippets beside
//! the 285 of the ROK–NATO workspace.

use crate::page::{times, yielded};
use chancery_tests::folder::Folder;
use chancery_tests::material;
use chancery_tests::window::Window;

const FRAMES: usize = 200;
const SEARCHES: usize = 20;

/// Scrolls by some pixels in each frame and returns how long each frame took, and in how many a row in sight was still empty.
const SCROLL: &str = "(async (frames, step) => {
  const list = document.querySelector('#snippet-rows');
  const frame = () => new Promise(requestAnimationFrame);
  const empty = () => {
    const box = list.getBoundingClientRect();
    return [...list.querySelectorAll('.row')].some((row) => {
      const place = row.getBoundingClientRect();
      return place.bottom > box.top && place.top < box.bottom && row.textContent.trim() === '';
    });
  };
  const times = [];
  let blank = 0;
  await frame();
  let before = performance.now();
  for (let n = 0; n < frames; n++) {
    list.scrollTop += step;
    await frame();
    const now = performance.now();
    times.push(now - before);
    before = now;
    if (empty()) blank++;
  }
  return [times, blank];
})";

/// Searches for a word and for everything in turns and returns how long each list took to be painted.
const SEARCH: &str = "(async (count) => {
  const input = document.querySelector('#library-search');
  const found = () => document.querySelector('.lhead').textContent;
  const times = [];
  for (let n = 0; n < count; n++) {
    const before = found();
    const began = performance.now();
    input.value = n % 2 === 0 ? 'cyber' : '';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    while (found() === before && performance.now() - began < 20000) await painted();
    await painted();
    times.push(performance.now() - began);
  }
  return times;
})";

/// Measures both libraries.
pub fn run() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    println!("| snippets | | median ms | p95 ms | |\n|---|---|---|---|---|");
    runtime.block_on(measure("285", &Folder::with_rok_nato()));
    runtime.block_on(measure("100,000", &material::snippets(100_000)));
}

async fn measure(count: &str, folder: &Folder) {
    let window = Window::open(folder).await;
    window.until_shown(".lhead", count).await;
    // Wheel and pages of the list are the same work; here it moves by more than a row in each frame.
    let scrolled = yielded(&window, &format!("{SCROLL}({FRAMES}, 60)")).await;
    let frames = times(&scrolled[0], 0, |time| time.as_f64());
    println!(
        "| {count} | a frame while the list scrolls | {} | {} of {FRAMES} with an empty row |",
        frames.cells(),
        scrolled[1]
    );
    let searched = yielded(&window, &format!("{SEARCH}({SEARCHES})")).await;
    println!(
        "| | a search, from the key to the painted list | {} | |",
        times(&searched, 0, |time| time.as_f64()).cells()
    );
    window.close().await;
}
