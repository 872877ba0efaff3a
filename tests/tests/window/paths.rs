//! Finding one's way in the real window: palette, shortcuts, cheat-sheet, and search in all.

use chancery_tests::folder::Folder;
use chancery_tests::window::{CONTROL, RELEASE, SHIFT, Window};
use fantoccini::key::Key;

/// What the palette has for its commands and the cheat-sheet for its lines: name and keys.
const LISTED: &str = "[...document.querySelectorAll('#palette-list [role=option]')].map((o) => [o.querySelector('.t').textContent, o.querySelector('kbd').textContent].join('|'))";
const CHEATS: &str = "[...document.querySelectorAll('.cheats section:not(:last-child) dt')].map((t) => [t.textContent, t.nextElementSibling.textContent].join('|'))";

async fn open(folder: &Folder) -> Window {
    let window = Window::open(folder).await;
    window.open_file("itpp-priorities.md").await;
    window
}

/// Runs a command through the palette, by its name.
async fn run(window: &Window, command: &str) {
    window.press_control('k').await;
    window.find("dialog.palette input").await;
    window.type_text(command).await;
    let first = format!("document.querySelector('#palette-list [aria-selected=true] .t')?.textContent === {command:?}");
    window.until(&format!("`{command}` is first"), &first).await;
    window.press(Key::Enter).await;
    window.until("the palette is gone", "document.querySelector('dialog.palette') === null").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_list_of_commands_feeds_palette_shortcuts_and_cheat_sheet() {
    let folder = Folder::with_rok_nato();
    let window = open(&folder).await;

    // The cheat-sheet has what the palette has, with the same keys.
    window.press_control('/').await;
    window.find("dialog .cheats").await;
    let cheats = strings(&window, CHEATS).await;
    assert!(cheats.len() > 30 && cheats.contains(&"Only the text|Ctrl Shift Enter".to_owned()), "{cheats:#?}");
    window.press(Key::Escape).await;
    window.until("the text has the focus again", "document.activeElement?.classList.contains('cm-content')").await;
    window.press_control('k').await;
    window.find("dialog.palette input").await;
    window.type_text(">").await;
    window.until("only commands are listed", &format!("{LISTED}.length > {}", cheats.len())).await;
    let listed = strings(&window, LISTED).await;
    let keyed: Vec<&String> = cheats.iter().filter(|cheat| !listed.contains(cheat)).collect();
    // What does not apply now is in the cheat-sheet alone.
    assert!(keyed.len() < 12, "commands that the palette has not, or with other keys: {keyed:#?}");
    window.press(Key::Escape).await;

    // A command by its name, and the same by its keys.
    run(&window, "Only the text").await;
    window.until("only the text is left", "!document.querySelector('.lib') && !document.querySelector('.pages')").await;
    window.type_text(&format!("{CONTROL}{SHIFT}{}{RELEASE}", char::from(Key::Enter))).await;
    window.find(".lib").await;
    window.find(".pages").await;

    // What was found is forgotten by Escape, and nothing was run.
    window.press_control('k').await;
    window.find("dialog.palette input").await;
    window.type_text("Only the text").await;
    window.press(Key::Escape).await;
    window.until("the palette is gone", "document.querySelector('dialog.palette') === null").await;
    window.find(".lib").await;
    window.close().await;
}

async fn strings(window: &Window, expression: &str) -> Vec<String> {
    let list = window.evaluate(expression).await;
    list.as_array().expect("a list").iter().map(|text| text.as_str().expect("text").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn search_in_all_goes_to_the_place() {
    let folder = Folder::with_rok_nato();
    let window = open(&folder).await;
    window.type_text(&format!("{CONTROL}{SHIFT}f{RELEASE}")).await;
    window.find("[role=search] input").await;
    window.type_text("Locked Shields").await;
    let hits = "document.querySelectorAll('[role=search] [role=option]').length";
    window.until("places are found", &format!("{hits} > 3")).await;
    let wide = window.evaluate(hits).await.as_u64().expect("a number");
    window.until_shown("[role=search] .fa-count", &format!("{wide} ")).await;
    window.type_text(" 2021").await;
    window.until("fewer places are found", &format!("{hits} < {wide}")).await;
    window.press(Key::Backspace).await;
    for _ in 0..4 {
        window.press(Key::Backspace).await;
    }
    window.until("all places are found again", &format!("{hits} === {wide}")).await;
    window.press(Key::Down).await;
    window
        .until("the second is chosen", "document.querySelector('#hit-1').getAttribute('aria-selected') === 'true'")
        .await;
    window.press(Key::Enter).await;
    window.until("the words are selected in their file", "String(getSelection()) === 'Locked Shields'").await;
    window.type_text(&format!("{CONTROL}{SHIFT}f{RELEASE}")).await;
    window.until("the field has the focus", "document.activeElement.matches('[role=search] input')").await;
    window.press(Key::Escape).await;
    window.until("the search is gone", "document.querySelector('[role=search]') === null").await;
    window.close().await;
}
