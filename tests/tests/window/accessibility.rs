//! The window for everybody: axe’s rules on each screen, twice its size, by keys alone, to the ear, and at rest.

use chancery_tests::folder::Folder;
use chancery_tests::programs::root;
use chancery_tests::window::{CONTROL, RELEASE, SHIFT, Window};
use fantoccini::key::Key;
use std::fs;

async fn open_brief(folder: &Folder, theme: &str, language: &str) -> Window {
    let window = Window::open(folder).await;
    window.find(".lib").await;
    window.prefer(theme, language).await;
    window.open_file("itpp-priorities.md").await;
    window.first_page().await;
    window
}

async fn chord(window: &Window, modifiers: &str, key: char) {
    window.type_text(&format!("{modifiers}{key}{RELEASE}")).await;
}

/// Fails where axe finds something serious or critical on the whole screen.
async fn check(window: &Window, screen: &str) {
    check_part(window, "html", screen).await;
}

/// Does the same for a part of the screen; its colours in both themes.
async fn check_part(window: &Window, part: &str, screen: &str) {
    if window.evaluate("typeof axe").await == "undefined" {
        let axe = root().join("tests/node_modules/axe-core/axe.min.js");
        let axe = fs::read_to_string(axe).expect("npm ci was run in tests/");
        window.client.execute(&axe, Vec::new()).await.expect("axe loads");
    }
    window.find(part).await;
    // Fades end first: what is half there has no contrast.
    let rest = "document.getAnimations().every((a) => a.playState !== 'running' || a.effect?.getTiming().iterations === Infinity)";
    window.until("what moves is at rest", rest).await;
    let theme = "document.documentElement.dataset.theme";
    let run = |rules: &str| {
        format!(
            "axe.run({part:?}, {{ resultTypes: ['violations'], {rules} }}).then((r) => r.violations\
             .filter((v) => ['serious', 'critical'].includes(v.impact))\
             .map((v) => {theme} + ' ' + v.id + ': ' + v.nodes.map((n) => n.target.join(' ') + ' ' + n.failureSummary).slice(0, 3).join(' | ')))"
        )
    };
    let other = format!("(t) => ({theme} = t === 'dark' ? 'light' : 'dark')");
    let both = format!(
        "(async () => {{ const was = {theme}; const all = await {}; ({other})(was); \
         await new Promise((done) => setTimeout(done)); await Promise.all(document.getAnimations().filter((a) => a.effect?.getTiming().iterations !== Infinity).map((a) => a.finished.catch(() => 0))); \
         all.push(...await {}); {theme} = was; return all; }})()",
        run(""),
        run("runOnly: ['color-contrast']"),
    );
    let found = window.evaluate_later(&both).await;
    let found: Vec<&str> =
        found.as_array().unwrap_or_else(|| panic!("{found}")).iter().filter_map(|v| v.as_str()).collect();
    assert!(found.is_empty(), "{screen}: {found:#?}");
}

/// Closes what lies over the window.
async fn leave(window: &Window) {
    window.press(Key::Escape).await;
    window.until("nothing lies over the window", "document.querySelector('dialog') === null").await;
}

/// Runs a command that the palette finds by these words.
async fn run(window: &Window, words: &str) {
    window.press_control('k').await;
    window.find("dialog.palette input").await;
    window.type_text(words).await;
    let first = format!("document.querySelector('#palette-list [aria-selected=true] .t')?.textContent === {words:?}");
    window.until(&format!("`{words}` is first"), &first).await;
    window.press(Key::Enter).await;
}

/// Checks what is always at hand: the text with its panes, the palette, problems, search, export.
async fn check_frame(window: &Window, name: &str) {
    check(window, &format!("{name}: main")).await;
    window.press_control('k').await;
    window.find("dialog.palette").await;
    check_part(window, "dialog", &format!("{name}: palette")).await;
    leave(window).await;
    chord(window, &format!("{CONTROL}{SHIFT}"), 'm').await;
    window.find(".prob").await;
    chord(window, &format!("{CONTROL}{SHIFT}"), 'h').await;
    window.find("[role=search] input").await;
    window.type_text("Vilnius").await;
    window.find("[role=search] [role=option]").await;
    check_part(window, ".prob", &format!("{name}: problems")).await;
    check_part(window, ".lib", &format!("{name}: search and replace")).await;
    window.press(Key::Escape).await;
    chord(window, &format!("{CONTROL}{SHIFT}"), 'e').await;
    window.find("dialog input[name=path]").await;
    check_part(window, "dialog", &format!("{name}: export")).await;
    leave(window).await;
    chord(window, &format!("{CONTROL}{SHIFT}"), 'm').await;
}

/// Checks the panes and dialogues that are opened for a task.
async fn check_tasks(window: &Window, name: &str) {
    window.click(".ed .props-line").await;
    window.find(".ed .props label").await;
    check_part(window, ".ed .props", &format!("{name}: properties")).await;
    window.click(".ed .props-line").await;
    window.open_snippet("itpp-2023").await;
    window.click(".snip .props-line").await;
    check_part(window, ".snip", &format!("{name}: snippet beside, with its properties")).await;
    run(window, "Versions of the document").await;
    window.find("dialog").await;
    check_part(window, "dialog", &format!("{name}: versions")).await;
    leave(window).await;
    window.click("#library-search").await;
    window.press(Key::Down).await;
    chord(window, &CONTROL.to_string(), ' ').await;
    window.press(Key::Down).await;
    chord(window, &CONTROL.to_string(), ' ').await;
    window.click_named(".selection-bar", "Change…").await;
    window.find(".bulk").await;
    check_part(window, ".bulk", &format!("{name}: change of several snippets")).await;
    window.press(Key::Escape).await;
    window.click_named(".lib", "Sources").await;
    window.click(".source-list .source").await;
    window.find(".source-more").await;
    check_part(window, ".lib", &format!("{name}: sources")).await;
    window.click_named(".lib", "Snippets").await;
    for (modifiers, key, opened) in [
        ("", 'n', "#new-snippet"),
        (&*SHIFT.to_string(), 'n', "#new-briefing .pk"),
        ("", 'o', "dialog.palette"),
        ("", '/', ".cheats"),
    ] {
        chord(window, &format!("{CONTROL}{modifiers}"), key).await;
        window.find(opened).await;
        check_part(window, "dialog", &format!("{name}: {opened}")).await;
        leave(window).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_serious_in_light_and_dark() {
    let folder = Folder::with_rok_nato();
    let window = open_brief(&folder, "light", "en").await;
    check_frame(&window, "English").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_serious_in_forms_and_dialogues() {
    let folder = Folder::with_rok_nato();
    let window = open_brief(&folder, "light", "en").await;
    check_tasks(&window, "English").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_serious_in_korean_at_first_and_when_presenting() {
    let folder = Folder::with_rok_nato();
    let window = open_brief(&folder, "light", "ko").await;
    check_frame(&window, "Korean").await;
    window.open_file("itpp-priorities-deck.md").await;
    window.find(".ptool [aria-label='발표하기'], .ptool [title$='(F5)']").await;
    window.press(Key::F5).await;
    let presenter = window.other_window().await;
    window.client.switch_to_window(presenter).await.expect("the presenter");
    window.find(".strip img").await;
    check(&window, "Korean: presenter").await;
    window.close().await;

    let folder = Folder::new();
    let window = Window::first_run(&folder).await;
    window.find("main.first").await;
    check(&window, "first run").await;
    window.close().await;
    let folder = Folder::with(&[]);
    let window = Window::open(&folder).await;
    window.find(".ed .none").await;
    check(&window, "an empty workspace").await;
    window.close().await;
}

/// Names what lies outside of the window or of what it is cut off by, though no scrolling brings it back.
const CLIPPED: &str = "(() => {
  const scrolls = (e) => { for (let p = e.parentElement; p; p = p.parentElement) { const s = getComputedStyle(p); \
    if (/auto|scroll/.test(s.overflowX + s.overflowY)) return true; } return false; };
  const shown = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden' && !e.closest('.sr, [aria-hidden=true]');
  return [...document.querySelectorAll('button, input, select, textarea, [role=tab]')].filter((e) => {
    if (!shown(e) || scrolls(e)) return false;
    const b = e.getBoundingClientRect();
    return b.width > 0 && (b.left < -1 || b.top < -1 || b.right > innerWidth + 1 || b.bottom > innerHeight + 1);
  }).map((e) => (e.getAttribute('aria-label') ?? e.innerText) + ' ' + JSON.stringify(e.getBoundingClientRect()));
})()";

async fn nothing_clipped(window: &Window, screen: &str) {
    let clipped = window.evaluate(CLIPPED).await;
    assert_eq!(clipped.as_array().map(Vec::len), Some(0), "{screen}: {clipped:#}");
    let wider = window
        .evaluate(
            "document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight",
        )
        .await;
    assert_eq!(wider, false, "{screen}: the window itself does not scroll");
}

#[tokio::test(flavor = "multi_thread")]
async fn at_twice_its_size_everything_can_be_reached() {
    let folder = Folder::with_rok_nato();
    let window = open_brief(&folder, "light", "en").await;
    for _ in 0..6 {
        window.press_control('+').await;
    }
    window.until("letters are twice as large", "getComputedStyle(document.documentElement).fontSize === '28px'").await;
    nothing_clipped(&window, "the text").await;
    window.cursor_behind("The recommendations are").await;
    let size = "parseFloat(getComputedStyle([...document.querySelectorAll('.ed .cm-line')].find((l) => l.textContent.startsWith('The recommendations'))).fontSize)";
    assert_eq!(window.evaluate(size).await.as_f64().map(f64::round), Some(34.0), "the text grows with the interface");
    assert!(
        window.evaluate("document.querySelector('.ed').clientWidth > innerWidth * 0.8").await == true,
        "one pane at a time"
    );

    // The panes that gave way come over the text by their keys, and go again.
    chord(&window, &format!("{CONTROL}{SHIFT}"), 'l').await;
    window.find(".lib #library-search").await;
    nothing_clipped(&window, "the library").await;
    chord(&window, &format!("{CONTROL}{SHIFT}"), 'l').await;
    window.until("the library is gone", "document.querySelector('.lib') === null").await;
    chord(&window, &format!("{CONTROL}{SHIFT}"), 'p').await;
    window.first_page().await;
    nothing_clipped(&window, "the pages").await;
    chord(&window, &format!("{CONTROL}{SHIFT}"), 'p').await;
    chord(&window, &format!("{CONTROL}{SHIFT}"), 'm').await;
    window.find(".prob").await;
    nothing_clipped(&window, "problems").await;
    chord(&window, &format!("{CONTROL}{SHIFT}"), 'm').await;
    for (key, opened) in [('k', "dialog.palette input"), ('n', "#new-snippet"), ('/', ".cheats")] {
        window.press_control(key).await;
        window.find(opened).await;
        nothing_clipped(&window, opened).await;
        leave(&window).await;
    }
    chord(&window, &format!("{CONTROL}{SHIFT}"), 'e').await;
    window.find("dialog input[name=path]").await;
    nothing_clipped(&window, "export").await;
    leave(&window).await;
    window.press_control('0').await;
    window.until("its own size", "getComputedStyle(document.documentElement).fontSize === '14px'").await;
    window.close().await;
}

/// What has the focus: where it is, and how it is called.
const FOCUSED: &str = "(() => { const e = document.activeElement; const b = e.getBoundingClientRect(); \
    return [(e.getAttribute('aria-label') ?? (e.innerText || e.id)).slice(0, 40) + '@' + Math.round(b.left) + ',' + Math.round(b.top), b.left, b.top, b.width, b.height]; })()";

/// Returns how many points around a place differ between two pictures.
fn differing(before: &image::RgbaImage, after: &image::RgbaImage, place: &serde_json::Value) -> usize {
    let part = |at: usize| place[at].as_f64().expect("a number");
    let (left, top) = ((part(1) - 4.0).max(0.0) as u32, (part(2) - 4.0).max(0.0) as u32);
    let right = ((part(1) + part(3) + 4.0) as u32).min(before.width());
    let bottom = ((part(2) + part(4) + 4.0) as u32).min(before.height());
    let points = (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y)));
    points
        .filter(|(x, y)| {
            let (a, b) = (before.get_pixel(*x, *y).0, after.get_pixel(*x, *y).0);
            (0..3).any(|c| a[c].abs_diff(b[c]) > 40)
        })
        .count()
}

/// Presses Tab from control to control, until one comes again or the text takes the key; each has to show that it has
/// the focus. Returns what they are called.
async fn walk(window: &Window, steps: usize) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut last: Option<(serde_json::Value, image::RgbaImage)> = None;
    for _ in 0..steps {
        let focused = window.evaluate(FOCUSED).await;
        // What fades in is there.
        window.until("all is at rest", "document.getAnimations().every((a) => a.playState !== 'running')").await;
        let picture = window.picture().await;
        if let Some((before, shown)) = &last {
            assert!(differing(shown, &picture, before) >= 12, "{before} does not show that it has the focus");
        }
        let name = focused[0].as_str().expect("a name").to_owned();
        if names.contains(&name) {
            break;
        }
        names.push(name);
        last = Some((focused, picture));
        if window.evaluate("document.activeElement.classList.contains('cm-content')").await == true {
            break;
        }
        window.press(Key::Tab).await;
    }
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_alone_reach_everything_and_show_where_they_are() {
    let folder = Folder::with_rok_nato();
    let window = open_brief(&folder, "light", "en").await;

    // F6 goes round the panes and comes back, Shift and F6 the other way.
    window.cursor_behind("The recommendations are").await;
    let region = "document.activeElement.closest('[data-region]')?.dataset.region ?? ''";
    let mut round = Vec::new();
    for _ in 0..4 {
        window.press(Key::F6).await;
        round.push(window.evaluate(region).await.as_str().unwrap_or_default().to_owned());
    }
    let mut sorted = round.clone();
    sorted.sort();
    assert_eq!(sorted, ["library", "pages", "status", "text"], "{round:?}");
    assert_eq!(round[3], "text", "back where it began");
    chord(&window, &SHIFT.to_string(), char::from(Key::F6)).await;
    assert_eq!(window.evaluate(region).await, round[2].as_str());

    // Tab goes from control to control; each shows that it has the focus. In a dialogue it stays there.
    window.click("#library-search").await;
    let names = walk(&window, 24).await;
    assert!(names.len() > 8, "{names:#?}");
    window.cursor_behind("The recommendations are").await;
    chord(&window, &format!("{CONTROL}{SHIFT}"), 'e').await;
    window.find("dialog input[name=path]").await;
    let names = walk(&window, 12).await;
    assert!(names.len() >= 5 && names.len() < 12, "{names:#?}");
    assert_eq!(
        window.evaluate("document.activeElement.closest('dialog') !== null").await,
        true,
        "it left the dialogue"
    );
    leave(&window).await;
    assert_eq!(window.evaluate(region).await, "text", "the focus is back where it was");
    window.close().await;
}

/// Keeps what the window says aloud: each text that a live region comes to have.
const LISTEN: &str = "(() => { window.heard = []; const say = (e) => { const t = e?.closest?.('[role=status], [role=alert], [aria-live]')?.textContent.trim(); if (t) heard.push(t); };
    new MutationObserver((all) => all.forEach((m) => { say(m.target.parentElement ?? m.target); m.addedNodes.forEach((n) => say(n.parentElement)); }))
    .observe(document.body, { subtree: true, childList: true, characterData: true }); return true; })()";

#[tokio::test(flavor = "multi_thread")]
async fn a_screen_reader_hears_what_changed() {
    let folder = Folder::with_rok_nato();
    let window = open_brief(&folder, "light", "en").await;
    window.evaluate(LISTEN).await;
    window.cursor_behind("is our ranking, not his.").await;
    window.type_text("\n\n![[no-such-thing]]\n").await;
    window.until("the problem is said", "heard.some((t) => t.startsWith('1 error'))").await;
    window.until("and that all is saved", "heard.some((t) => /^Saved \\d\\d:\\d\\d/.test(t))").await;
    chord(&window, &format!("{CONTROL}{SHIFT}"), 'f').await;
    window.type_text("Vilnius").await;
    window.until("how many places were found", "heard.some((t) => /^\\d+ places/.test(t))").await;
    window.press(Key::Escape).await;
    window.click("#library-search").await;
    window.type_text("cyber").await;
    window.until("how many snippets were found", "heard.some((t) => /^\\d+ of 285/.test(t))").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_wants_no_motion_gets_none() {
    let moving = "[...document.querySelectorAll('*')].filter((e) => getComputedStyle(e).transitionDuration.split(', ').some((d) => parseFloat(d) > 0)).length";
    let folder = Folder::with_rok_nato();
    let window = open_brief(&folder, "light", "en").await;
    assert_eq!(window.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches").await, false);
    assert!(window.evaluate(moving).await.as_u64() > Some(0), "otherwise things move");
    window.close().await;

    let folder = Folder::with_rok_nato();
    let settings = folder.home().join("config/gtk-3.0");
    fs::create_dir_all(&settings).expect("a folder for settings");
    fs::write(settings.join("settings.ini"), "[Settings]\ngtk-enable-animations=0\n").expect("settings");
    let window = open_brief(&folder, "light", "en").await;
    window.until("the page knows", "matchMedia('(prefers-reduced-motion: reduce)').matches").await;
    assert_eq!(window.evaluate(moving).await.as_u64(), Some(0));
    let lasting = "document.getAnimations().filter((a) => a.effect.getComputedTiming().duration > 0).map((a) => a.effect.target.className)";
    assert_eq!(window.evaluate(lasting).await, serde_json::json!([]));
    window.close().await;
}
