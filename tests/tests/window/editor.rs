//! The real window as an editor: several files at once, forms, a deck presented, and accessibility by axe's rules.

use chancery_tests::folder::Folder;
use chancery_tests::programs::root;
use chancery_tests::window::{CONTROL, RELEASE, SHIFT, Window};
use fantoccini::key::Key;
use std::fs;
use std::time::Duration;

async fn open_brief(folder: &Folder) -> Window {
    let window = Window::open(folder).await;
    window.open_file("itpp-priorities.md").await;
    window.first_page().await;
    window
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_is_replaced_in_all_files_and_taken_back() {
    let folder = Folder::with_rok_nato();
    let before = folder.read("snippets/itpp/itpp-2023.md");
    assert!(before.contains("Vilnius"), "the story's word is in the snippet");
    let window = open_brief(&folder).await;
    window.type_text(&format!("{CONTROL}{SHIFT}h{RELEASE}")).await;
    window.find("[role=search] input").await;
    window.type_text("Vilnius").await;
    window.until("places are found", "document.querySelectorAll('[role=search] [role=option]').length > 1").await;
    window.find("[role=search] [aria-label='Replace by']").await.click().await.expect("a click");
    window.type_text("Vilna").await;
    window.type_text(&format!("{CONTROL}{}{RELEASE}", char::from(Key::Enter))).await;
    folder.until_file("snippets/itpp/itpp-2023.md", "Vilna");
    window.type_text(&format!("{CONTROL}{}z{RELEASE}", '\u{e00a}')).await;
    folder.until_file("snippets/itpp/itpp-2023.md", "Vilnius");
    assert_eq!(folder.read("snippets/itpp/itpp-2023.md"), before);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deck_is_presented_in_a_window_of_its_own() {
    let folder = Folder::with_rok_nato();
    let window = Window::open(&folder).await;
    window.open_file("itpp-priorities-deck.md").await;
    window.until("the deck is drawn", "document.querySelector('[data-page=\"1\"] img')?.naturalWidth > document.querySelector('[data-page=\"1\"] img')?.naturalHeight").await;
    let before = window.client.windows().await.expect("windows").len();
    window.type_text(&char::from(Key::F5).to_string()).await;
    let mut handles = window.client.windows().await.expect("windows");
    for _ in 0..100 {
        if handles.len() > before {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        handles = window.client.windows().await.expect("windows");
    }
    assert_eq!(handles.len(), before + 1, "the presenter's window opens");
    let main = window.client.window().await.expect("a window");
    let presenter = handles.into_iter().find(|handle| *handle != main).expect("another window");
    window.client.switch_to_window(presenter).await.expect("the presenter");
    window
        .until("the first slide is drawn", "[...document.querySelectorAll('img')].some((i) => i.naturalWidth > 0)")
        .await;
    let title = window
        .evaluate("document.querySelector('[role=img]')?.getAttribute('aria-label') ?? document.body.innerText")
        .await;
    window.press(Key::Right).await;
    window.until("the next slide comes", &format!("(document.querySelector('[role=img]')?.getAttribute('aria-label') ?? document.body.innerText) !== {title}")).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_serious_on_any_screen() {
    let folder = Folder::with_rok_nato();
    let window = open_brief(&folder).await;
    for theme in ["light", "dark"] {
        window.prefer(theme, "en").await;
        window.first_page().await;
        check(&window, &format!("{theme}: main")).await;
        window.press_control('k').await;
        window.find("dialog.palette").await;
        check(&window, &format!("{theme}: palette")).await;
        window.press(Key::Escape).await;
        window.type_text(&format!("{CONTROL}{SHIFT}m{RELEASE}")).await;
        window.find("[role=search], .prob, .probs, #problems").await;
        check(&window, &format!("{theme}: problems")).await;
        window.type_text(&format!("{CONTROL}{SHIFT}f{RELEASE}")).await;
        window.find("[role=search] input").await;
        check(&window, &format!("{theme}: search")).await;
        window.type_text(&format!("{CONTROL}{SHIFT}e{RELEASE}")).await;
        window.find("dialog input[name=path]").await;
        check(&window, &format!("{theme}: export")).await;
        window.press(Key::Escape).await;
    }
    window.close().await;
}

/// Fails where axe finds something serious or critical.
async fn check(window: &Window, screen: &str) {
    if window.evaluate("typeof axe").await == "undefined" {
        let axe = fs::read_to_string(root().join("tests/node_modules/axe-core/axe.min.js"))
            .expect("npm ci was run in tests/");
        window.client.execute(&axe, Vec::new()).await.expect("axe loads");
    }
    // Fades end first: what is half there has no contrast.
    tokio::time::sleep(Duration::from_millis(400)).await;
    let found = window
        .evaluate_later(
            "axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ') + ' ' + n.failureSummary).slice(0, 3).join(' | ')))",
        )
        .await;
    let found: Vec<&str> =
        found.as_array().unwrap_or_else(|| panic!("{found}")).iter().filter_map(|v| v.as_str()).collect();
    assert!(found.is_empty(), "{screen}: {found:#?}");
}
