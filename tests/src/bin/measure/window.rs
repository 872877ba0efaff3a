//! What the web view adds: from a change in the editor to the page's image and to the painted page, beside Typst alone in
//! turns, and the page's image alone, beside a bare WebKit page that shows the same image.

use crate::bare::{Bare, allowed};
use crate::page::{times, yielded};
use crate::stats::Times;
use chancery_tests::folder::Folder;
use chancery_tests::material;
use chancery_tests::programs::{chancery, run as start};
use chancery_tests::window::{EDITOR, Window};
use chancery_typeset::Wanted;
use image::imageops::FilterType;
use serde_json::Value;
use std::fs;

const EDITS: usize = 60;
/// After so many WebKit has compiled the page's scripts.
const WARM: usize = 15;

/// What stands before the words that are put in: on the first page, which is in sight.
const EDITED: &str = "Paragraph 3: ";

/// The width of a page, in points.
const A4: f64 = 595.28;

/// Shows an image that was not shown before, again and again, and returns how long loading with decoding, and painting,
/// took: `[[load, paint], …]` in milliseconds.
const SHOW: &str = "(async (address, count, width) => {
  const place = document.createElement('div');
  place.style.cssText = 'position:fixed;left:0;top:0;z-index:99';
  document.body.append(place);
  const times = [];
  for (let n = 0; n < count; n++) {
    await painted();
    const began = performance.now();
    const image = new Image();
    image.style.width = width + 'px';
    image.src = address + '?' + n + Math.random();
    await image.decode();
    const decoded = performance.now();
    place.replaceChildren(image);
    await painted();
    times.push([decoded - began, performance.now() - decoded]);
  }
  place.remove();
  return times;
})";

/// Puts a word into the text at the cursor; returns when the image of the page in sight was asked for, had come and was painted:
/// `[asked, came, painted]` in milliseconds, and the stages that the engine tells. It waits for events, since asking at every
/// frame would have the window draw them.
const TYPE: &str = "(async (view, word) => {
  const sheets = document.querySelector('.sheets');
  await new Promise((done) => setTimeout(done, 250));
  let asked = null;
  const asks = new MutationObserver(() => (asked ??= performance.now()));
  asks.observe(sheets, { childList: true, subtree: true });
  const began = performance.now();
  const came = new Promise((done) => sheets.addEventListener('load', () => done(performance.now()), { capture: true, once: true }));
  const shown = came.then(() => new Promise((done) => {
    const look = () => {
      if (sheets.querySelector('img.behind') !== null) return;
      observer.disconnect();
      done();
    };
    const observer = new MutationObserver(look);
    observer.observe(sheets, { childList: true, subtree: true, attributes: true });
    look();
  }));
  view.dispatch(view.state.replaceSelection(word));
  await shown;
  await painted();
  asks.disconnect();
  const took = [asked, await came, performance.now()].map((then) => then - began);
  const { pages } = await __TAURI_INTERNALS__.invoke('query', { query: { type: 'pages' } });
  return [...took, pages.stages];
})";

/// The engine's stages.
const STAGES: [&str; 5] = ["edit", "compose", "compile", "image", "transport"];

/// Measures 10 and 50 pages.
pub fn run() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    println!("| pages | | median ms | p95 ms |\n|---|---|---|---|");
    for pages in [10, 50] {
        runtime.block_on(measure(pages));
    }
}

async fn measure(pages: usize) {
    let folder = material::briefing(pages);
    let window = Window::open(&folder).await;
    window.open_file("long.md").await;
    window.first_page().await;
    window.cursor_behind(EDITED).await;
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    let scale = window.evaluate("document.querySelector('.sheets [data-page] img').naturalWidth").await;
    let scale = scale.as_f64().expect("a width") / A4;
    let mut typst = Bare::new(&folder, Wanted { eager: 0..1, scale });
    let (mut alone, mut typed) = (Times::default(), Vec::new());
    for n in 0..EDITS + WARM {
        let word = format!("word{n} ");
        let at = typst.text().find(EDITED).expect("the paragraph") + EDITED.len();
        let took = typst.insert(at, &word);
        if n >= WARM {
            alone.push(took);
        }
        typed.push(yielded(&window, &format!("{TYPE}({EDITOR}, '{word}')")).await);
    }
    let typed = Value::Array(typed);
    let [came, painted] = [1, 2].map(|index| times(&typed, WARM, |pair| pair[index].as_f64()));
    let shown = "[...document.querySelectorAll('[data-page] img')].map((i) => [i.src, i.getBoundingClientRect().width]).find(([, w]) => w > 100)";
    let shown = window.evaluate(shown).await;
    let (address, width) = (shown[0].as_str().expect("an address").to_owned(), shown[1].as_f64().expect("a width"));
    let ours = yielded(&window, &format!("{SHOW}('{address}', {}, {width})", EDITS + WARM)).await;
    window.close().await;
    let bare = bare(&folder, width).await;
    println!("| {pages} | Typst alone: compile and draw | {} |", alone.cells());
    println!("| | change in the editor to the page's image in the web view | {} |", came.cells());
    for stage in STAGES {
        println!("| | · {stage} | {} |", times(&typed, WARM, |key| key[3][stage].as_f64()).cells());
    }
    let engine = |key: &Value| STAGES.iter().filter_map(|stage| key[3][stage].as_f64()).sum::<f64>();
    let ways = times(&typed, WARM, |key| Some(key[0].as_f64()? - engine(key)));
    println!("| | · to the engine and back | {} |", ways.cells());
    let loading = times(&typed, WARM, |key| Some(key[1].as_f64()? - key[0].as_f64()?));
    println!("| | · loading the image | {} |", loading.cells());
    println!("| | allowed: 1.5 × Typst + 5 ms | {} |", allowed(&alone));
    println!("| | change in the editor to the painted page | {} |", painted.cells());
    for (name, index) in [("load and decode", 0), ("paint", 1)] {
        let here = times(&ours, WARM, |pair| pair[index].as_f64());
        let there = times(&bare, WARM, |pair| pair[index].as_f64());
        println!("| | a page's image in the window: {name} | {} |", here.cells());
        println!("| | the same image in a bare page: {name} | {} |", there.cells());
    }
}

/// A page's image of the same size in WebKit's own browser, on a page with nothing else.
async fn bare(folder: &Folder, width: f64) -> Value {
    let dir = folder.workspace();
    let mut export = chancery(&folder.home());
    let made = start(export.current_dir(&dir).args(["export", "long.md", "-o", "page.png"]));
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let picture = image::open(dir.join("page-3.png")).expect("a page");
    let height = picture.height() * width as u32 / picture.width();
    picture.resize_exact(width as u32, height, FilterType::Lanczos3).save(dir.join("page.png")).expect("a page");
    let page = dir.join("bare.html");
    fs::write(&page, "<!doctype html><title>bare</title><body></body>").expect("a page");
    let window = Window::bare(folder, &page).await;
    let times = yielded(&window, &format!("{SHOW}('page.png', {}, {width})", EDITS + WARM)).await;
    window.close().await;
    times
}
