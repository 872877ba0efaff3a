//! The window for everybody: axe’s rules on its screens, and what it says aloud.

use chancery_tests::folder::Folder;
use chancery_tests::programs::root;
use chancery_tests::window::{CONTROL, RELEASE, SHIFT, Window};
use fantoccini::key::Key;
use std::fs;

async fn open_brief(folder: &Folder, theme: &str, language: &str) -> Window {
    let window = Window::open(folder).await;
    window.find(".lib").await;
    prefer(&window, theme, language).await;
    window.open_file("itpp-priorities.md").await;
    window.first_page().await;
    window
}

/// Sets theme and language as the user’s choice and starts the window anew.
async fn prefer(window: &Window, theme: &str, language: &str) {
    let chosen = format!("{{\"theme\":\"{theme}\",\"locale\":\"{language}\"}}");
    window
        .evaluate(&format!("(localStorage.setItem('chancery.preferences', '{chosen}'), location.reload(), true)"))
        .await;
    let shown = format!(
        "document.documentElement.dataset.theme === '{theme}' && document.documentElement.lang === '{language}'"
    );
    window.until("the choice counts", &shown).await;
}

async fn chord(window: &Window, modifiers: &str, key: char) {
    window.type_text(&format!("{modifiers}{key}{RELEASE}")).await;
}

/// Fails where axe finds something serious or critical.
async fn check(window: &Window, screen: &str) {
    if window.evaluate("typeof axe").await == "undefined" {
        let axe = root().join("tests/node_modules/axe-core/axe.min.js");
        let axe = fs::read_to_string(axe).expect("npm ci was run in tests/");
        window.client.execute(&axe, Vec::new()).await.expect("axe loads");
    }
    // Fades end first: what is half there has no contrast.
    window.until("what moves is at rest", "document.getAnimations().every((a) => a.playState !== 'running' || a.effect?.getTiming().iterations === Infinity)").await;
    let found = window
        .evaluate_later(
            "axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations\
             .filter((v) => ['serious', 'critical'].includes(v.impact))\
             .map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ') + ' ' + n.failureSummary).slice(0, 3).join(' | ')))",
        )
        .await;
    let found: Vec<&str> =
        found.as_array().unwrap_or_else(|| panic!("{found}")).iter().filter_map(|v| v.as_str()).collect();
    assert!(found.is_empty(), "{screen}: {found:#?}");
}

/// Closes what lies over the window.
async fn leave(window: &Window) {
    window.press(Key::Escape).await;
    window.until("nothing lies over the window", "document.querySelector('dialog') === null").await;
}

/// Checks what is always at hand: the text with its panes, the palette, problems, search, export.
async fn check_frame(window: &Window, name: &str) {
    check(window, &format!("{name}: main")).await;
    window.press_control('k').await;
    window.find("dialog.palette").await;
    check(window, &format!("{name}: palette")).await;
    leave(window).await;
    chord(window, &format!("{CONTROL}{SHIFT}"), 'm').await;
    window.find(".prob").await;
    chord(window, &format!("{CONTROL}{SHIFT}"), 'h').await;
    window.find("[role=search] input").await;
    window.type_text("Vilnius").await;
    window.find("[role=search] [role=option]").await;
    check(window, &format!("{name}: problems, search and replace")).await;
    window.press(Key::Escape).await;
    chord(window, &format!("{CONTROL}{SHIFT}"), 'e').await;
    window.find("dialog input[name=path]").await;
    check(window, &format!("{name}: export")).await;
    leave(window).await;
    chord(window, &format!("{CONTROL}{SHIFT}"), 'm').await;
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

    for theme in ["light", "dark"] {
        let folder = Folder::new();
        let window = Window::first_run(&folder).await;
        window.find("main.first").await;
        prefer(&window, theme, "en").await;
        window.find("main.first").await;
        check(&window, &format!("{theme}: first run")).await;
        window.close().await;
    }
    let folder = Folder::with(&[]);
    let window = Window::open(&folder).await;
    window.find(".ed .none").await;
    check(&window, "an empty workspace").await;
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
