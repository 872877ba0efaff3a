//! The library in the real window: facets that count right, order, saved searches, keys alone, Korean, and a large one.

use chancery_tests::folder::Folder;
use chancery_tests::material;
use chancery_tests::window::{CONTROL, RELEASE, SHIFT, Window};
use fantoccini::key::Key;
use std::collections::BTreeMap;

/// The counts that a facet shows, by what it says.
const COUNTS: &str = "((label) => {
  const dt = [...document.querySelectorAll('.facets dt')].find((e) => e.textContent === label);
  const pairs = [...dt.nextElementSibling.querySelectorAll('button')].map((b) => [b.firstChild.textContent.trim(), Number(b.querySelector('i').textContent.replace(/\\D/g, ''))]);
  return Object.fromEntries(pairs);
})";

/// Returns the values of a field in a snippet's front matter, as a person reads them.
fn values(text: &str, field: &str) -> Vec<String> {
    let front = text.split("\n---").next().unwrap_or_default();
    let line = front.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':')).unwrap_or_default().trim();
    let list = line.trim_start_matches('[').trim_end_matches(']');
    list.split(", ").map(|value| value.trim_matches('"').to_owned()).filter(|value| !value.is_empty()).collect()
}

/// Counts a field's values over snippets.
fn count<'a>(snippets: impl Iterator<Item = &'a String>, field: &str) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for value in snippets.flat_map(|text| values(text, field)) {
        *counts.entry(value).or_insert(0) += 1;
    }
    counts
}

fn snippets(folder: &Folder) -> Vec<String> {
    folder.snapshot().into_iter().filter(|(name, _)| name.starts_with("snippets/")).map(|(_, text)| text).collect()
}

async fn facet(window: &Window, label: &str) -> BTreeMap<String, u64> {
    let more = format!(
        "(() => {{ const b = [...document.querySelectorAll('.facets .more button')].find((b) => b.getAttribute('aria-label').endsWith('More of {label}')); b?.click(); return b !== undefined; }})()"
    );
    if window.evaluate(&more).await == true {
        window.until("all of it is shown", &format!("[...document.querySelectorAll('.facets .more button')].some((b) => b.getAttribute('aria-label').endsWith('Fewer of {label}'))")).await;
    }
    let counts = window.evaluate(&format!("{COUNTS}({label:?})")).await;
    counts
        .as_object()
        .expect("counts")
        .iter()
        .map(|(name, count)| (name.clone(), count.as_u64().expect("a count")))
        .collect()
}

async fn search(window: &Window, text: &str) {
    window.fill(".lib", "Search snippets", text).await;
    window.until("it is searched for", &format!("document.querySelector('#library-search').value === {text:?}")).await;
}

/// The titles in sight, in their order.
const TITLES: &str = "[...document.querySelectorAll('#snippet-rows .row')].sort((a, b) => a.ariaPosInSet - b.ariaPosInSet).map((r) => r.querySelector('.t')?.title)";

#[tokio::test(flavor = "multi_thread")]
async fn facets_count_what_the_files_hold() {
    let folder = Folder::with_rok_nato();
    let all = snippets(&folder);
    let window = Window::open(&folder).await;
    window.until_shown(".lhead", &format!("{} snippets", all.len())).await;
    window.click_named(".facets", "All facets").await;
    for (label, field) in [("Topic", "topics"), ("Actor", "actors"), ("Marking", "marking")] {
        let shown = facet(&window, label).await;
        let mut expected = count(all.iter(), field);
        if field == "marking" {
            // What is not marked has the workspace's marking.
            let marked: u64 = expected.values().sum();
            *expected.entry("TLP:CLEAR".to_owned()).or_insert(0) += all.len() as u64 - marked;
            expected = expected.into_iter().map(|(name, count)| (name.replace("TLP:", ""), count)).collect();
        }
        assert_eq!(shown, expected, "{label}");
    }
    let kinds: BTreeMap<String, u64> =
        facet(&window, "Kind").await.into_iter().map(|(name, count)| (name.to_lowercase(), count)).collect();
    assert_eq!(kinds, count(all.iter(), "kind"));

    // A kind and a topic together: what is left, and what the other facets say of it.
    window
        .evaluate(
            "[...document.querySelectorAll('.facets button')].find((b) => b.textContent.startsWith('Event '))?.click()",
        )
        .await;
    let events: Vec<&String> = all.iter().filter(|text| values(text, "kind") == ["event"]).collect();
    window.until_shown(".lhead", &format!("{} of {}", events.len(), all.len())).await;
    assert_eq!(facet(&window, "Topic").await, count(events.iter().copied(), "topics"));
    window.evaluate("[...document.querySelectorAll('.facets button')].find((b) => b.textContent.startsWith('meetings '))?.click()").await;
    let meetings = events.iter().filter(|text| values(text, "topics").contains(&"meetings".to_owned())).count();
    window.until_shown(".lhead", &format!("{meetings} of {}", all.len())).await;
    window.until("so many rows", &format!("document.querySelector('.row').ariaSetSize === '{meetings}'")).await;
    window.click_named(".lhead", "Clear").await;
    window.until_shown(".lhead", &format!("{} snippets", all.len())).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_saved_search_in_korean_is_there_after_a_restart() {
    let folder = Folder::with_rok_nato();
    let window = Window::open(&folder).await;
    window.open_file("itpp-priorities.md").await;
    search(&window, "사이버방위").await;
    window.until("Korean is found", "[...document.querySelectorAll('.row .t')].some((t) => /사이버|Cyber/.test(t.title)) && document.querySelectorAll('.row').length < 20").await;
    window.choose(".lhead", "Order", "by title").await;
    let sorted = format!(
        "(() => {{ const t = {TITLES}; return t.length > 1 && t.every((x) => x) && t.every((x, i) => i === 0 || t[i - 1].localeCompare(x) <= 0) ? t : false; }})()"
    );
    let titles = window.until("the order is by title", &sorted).await;
    window.click_named(".lhead", "Saved searches").await;
    window.focus_named(".searches", "Name of the search").await;
    window.type_text("사이버 자료").await;
    window.press(Key::Enter).await;
    window.until("it is saved", "document.querySelector('.searches') === null").await;
    window.click_named(".lhead", "Clear").await;
    window.until_shown(".lhead", &format!("{} snippets", snippets(&folder).len())).await;
    window.close().await;

    let window = Window::open(&folder).await;
    window.find(".lhead").await;
    // The palette offers it, by keys alone.
    window.press_control('k').await;
    window.find("dialog.palette input").await;
    window.type_text("사이버 자료").await;
    window.until_shown("#palette-list [aria-selected=true]", "사이버 자료").await;
    window.press(Key::Enter).await;
    window.until("it is the same search", &format!("JSON.stringify({TITLES}) === JSON.stringify({titles})")).await;
    assert_eq!(window.value_of(".lib", "Search snippets").await, "사이버방위");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_alone_find_select_insert_and_open() {
    let folder = Folder::with_rok_nato();
    let window = Window::open(&folder).await;
    window.open_file("itpp-priorities.md").await;
    window.cursor_behind("is our ranking, not his.").await;
    // From the text into the library and back, without the pointer.
    window.press_control('k').await;
    window.find("dialog.palette input").await;
    window.type_text("Search the library").await;
    window.press(Key::Enter).await;
    window.until("the search has the keys", "document.activeElement?.id === 'library-search'").await;
    window.type_text("Poland").await;
    window.until("they are found", "Number(document.querySelector('#row-0')?.ariaSetSize) < 60").await;
    window.press(Key::Down).await;
    window.press(Key::Down).await;
    let active = "document.querySelector(`#${document.activeElement.getAttribute('aria-activedescendant')}`)";
    window.until("the second row has the keys", &format!("{active}?.ariaPosInSet === '2'")).await;
    let title = window.evaluate(&format!("{active}.querySelector('.t').title")).await;
    window.type_text(&format!("{CONTROL}{}{RELEASE}", char::from(Key::Enter))).await;
    window
        .until("it is open beside", &format!("document.querySelector('.snip .front textarea')?.value === {title}"))
        .await;
    let id = window.shown(".snip .sh .mono").await;
    window.focus_named(".lib", "Search snippets").await;
    window.press(Key::Enter).await;
    folder.until_file("itpp-priorities.md", &format!("is our ranking, not his. ![[{id}]]"));
    window.until("the keys are in the text", "document.activeElement?.closest('.ed') !== null").await;
    // Several: with Shift and the arrows in the list itself, all with Control and A, none with Escape.
    window.evaluate("document.querySelector('#snippet-rows').focus()").await;
    window.press(Key::Home).await;
    window.type_text(&format!("{SHIFT}{}{RELEASE}", char::from(Key::Down))).await;
    window.until_shown(".selection-bar", "2 selected").await;
    window.press_control('a').await;
    let all = window.evaluate("document.querySelector('.row').ariaSetSize").await;
    window.until_shown(".selection-bar", &format!("{} selected", all.as_str().expect("a number"))).await;
    window.press(Key::Escape).await;
    window.until("nothing is selected", "document.querySelector('.selection-bar') === null").await;
    // Typing nonsense finds nothing and says so; Escape gives all of it back.
    search(&window, "훈민정음xyz").await;
    window.until_shown(".lib", "Nothing found").await;
    window.press(Key::Escape).await;
    window.until_shown(".lhead", &format!("{} snippets", snippets(&folder).len())).await;
    window.close().await;
}

/// Scrolls through the list frame by frame, and returns how many rows are drawn at most.
const SCROLL: &str = "(async () => {
  const list = document.querySelector('#snippet-rows');
  let rows = 0;
  for (let n = 0; n < 90; n++) {
    list.scrollTop += 300;
    await new Promise(requestAnimationFrame);
    rows = Math.max(rows, list.querySelectorAll('.row').length);
  }
  return rows;
})()";

#[tokio::test(flavor = "multi_thread")]
async fn a_large_library_draws_what_is_in_sight_alone() {
    let folder = material::snippets(20_000);
    let window = Window::open(&folder).await;
    window.until_shown(".lhead", "20,000 snippets").await;
    let rows = window.evaluate_later(SCROLL).await;
    assert!(rows.as_u64().is_some_and(|rows| rows > 5 && rows < 60), "{rows}");
    window.until("the rows in sight are there", "document.querySelector('.row .t')?.title.length > 0").await;
    window.evaluate("document.querySelector('#snippet-rows').focus()").await;
    window.press(Key::End).await;
    window.until("the last row is there", "document.querySelector('#row-19999 .t')?.title.length > 0").await;
    search(&window, "Item 12345").await;
    window.until_shown(".lhead", "1 of 20,000").await;
    window.close().await;
}
