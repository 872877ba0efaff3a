//! Finding one's way in the real window: palette, switcher, search, outline, problems, tabs, and coming back to where one was.

use chancery_tests::folder::Folder;
use chancery_tests::window::{CONTROL, EDITOR, RELEASE, SHIFT, Window};
use fantoccini::key::Key;
use std::time::Duration;

const ALT: char = '\u{e00a}';
const FRONT: &str = "document.querySelector('.tab-name[aria-selected=true]')?.title";
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

async fn until_front(window: &Window, file: &str) {
    window.until(&format!("{file} is in front"), &format!("{FRONT} === {file:?}")).await;
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
async fn tabs_and_places_are_gone_through_and_come_back() {
    let folder = Folder::with_rok_nato();
    let window = open(&folder).await;
    window.open_file("cyber.md").await;

    // Back and forward among places, within a file and across files.
    window.cursor_behind("title: ").await;
    let outline = "[...document.querySelectorAll('[aria-label=Outline] li button')]";
    window.until("the outline lists headings", &format!("{outline}.length > 2")).await;
    let start = window.cursor().await;
    window.evaluate(&format!("({outline}[2].click(), true)")).await;
    window.until_cursor_leaves(start).await;
    window
        .until(
            "the outline says where one is",
            "document.querySelector('[aria-label=Outline] [aria-current=location]') !== null",
        )
        .await;
    let there = window.cursor().await;
    window.type_text(&format!("{ALT}{}{RELEASE}", char::from(Key::Left))).await;
    window.until_cursor_leaves(there).await;
    window.type_text(&format!("{ALT}{}{RELEASE}", char::from(Key::Left))).await;
    until_front(&window, "itpp-priorities.md").await;
    window.type_text(&format!("{ALT}{}{RELEASE}", char::from(Key::Right))).await;
    until_front(&window, "cyber.md").await;
    window.type_text(&format!("{ALT}{}{RELEASE}", char::from(Key::Right))).await;
    window.until_cursor_leaves(start).await;
    assert_eq!(window.cursor().await, there);

    // Tabs: the next, close, reopen where it was.
    window.type_text(&format!("{CONTROL}{}{RELEASE}", char::from(Key::Tab))).await;
    window.until("another tab is in front", &format!("{FRONT} !== 'cyber.md'")).await;
    window.type_text(&format!("{CONTROL}{SHIFT}{}{RELEASE}", char::from(Key::Tab))).await;
    until_front(&window, "cyber.md").await;
    let tabs = "document.querySelectorAll('.tab-name').length";
    let count = window.evaluate(tabs).await.as_u64().expect("a number");
    window.press_control('w').await;
    window.until("the tab is gone", &format!("{tabs} === {}", count - 1)).await;
    window.type_text(&format!("{CONTROL}{SHIFT}t{RELEASE}")).await;
    until_front(&window, "cyber.md").await;
    assert_eq!(window.cursor().await, there, "where it was left");

    // A second briefing beside, each with its own text, and back.
    window.press_control('\\').await;
    window.find(".snip.split .cm-content").await;
    until_front(&window, "cyber.md").await;
    let beside = window.shown(".snip.split .sh b").await;
    assert!(!beside.is_empty());
    window.press_control('\\').await;
    window.until("one text again", "document.querySelector('.snip.split') === null").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_name_is_found_listed_and_mended_by_a_key() {
    let folder = Folder::with_rok_nato();
    let window = open(&folder).await;
    window.first_page().await;
    window.cursor_behind("is our ranking, not his.").await;
    window.press(Key::Enter).await;
    window.press(Key::Enter).await;
    window.type_text("![[itpp-2032]]").await;
    window.press(Key::Enter).await;

    // Counted in the status bar, listed with place and hint, gone to.
    window
        .until(
            "an error is counted",
            "document.querySelector('.status .counts').getAttribute('aria-label')?.startsWith('1 error')",
        )
        .await;
    window.cursor_behind("Seoul and the Alliance").await;
    let away = window.cursor().await;
    window.press(Key::F8).await;
    window.until_cursor_leaves(away).await;
    window.until_shown(".prob", "itpp-2032").await;
    window.until_shown(".prob .pr.sel", "itpp-priorities.md").await;
    window.find(".prob .pr.sel .fx button").await;
    assert!(window.shown(".prob .pr.sel ins").await.contains("![[itpp-2023]]"), "what would stand there is shown");

    // One key mends it, one undo takes it back, the button does the same.
    window.press_control('.').await;
    folder.until_file("itpp-priorities.md", "not his.\n\n![[itpp-2023]]\n");
    window.until("no error is left", "!document.querySelector('.prob .pr .err')").await;
    window.press_control('z').await;
    folder.until_file("itpp-priorities.md", "![[itpp-2032]]");
    window.click(".prob .pr .fx button").await;
    folder.until_file("itpp-priorities.md", "not his.\n\n![[itpp-2023]]\n");
    window.close().await;
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

#[tokio::test(flavor = "multi_thread")]
async fn a_word_is_replaced_in_all_files_and_taken_back() {
    let folder = Folder::with_rok_nato();
    let before = folder.read("snippets/itpp/itpp-2023.md");
    assert!(before.contains("Vilnius"), "the story's word is in the snippet");
    let window = open(&folder).await;
    window.type_text(&format!("{CONTROL}{SHIFT}h{RELEASE}")).await;
    window.find("[role=search] input").await;
    window.type_text("Vilnius").await;
    window.until("places are found", "document.querySelectorAll('[role=search] [role=option]').length > 1").await;
    window.find("[role=search] [aria-label='Replace by']").await.click().await.expect("a click");
    window.type_text("Vilna").await;
    window.type_text(&format!("{CONTROL}{}{RELEASE}", char::from(Key::Enter))).await;
    folder.until_file("snippets/itpp/itpp-2023.md", "Vilna");
    window.type_text(&format!("{CONTROL}{ALT}z{RELEASE}")).await;
    folder.until_file("snippets/itpp/itpp-2023.md", "Vilnius");
    assert_eq!(folder.read("snippets/itpp/itpp-2023.md"), before);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_window_comes_back_as_it_was_left() {
    let folder = Folder::with_rok_nato();
    let window = open(&folder).await;
    window.open_file("minister-one-pager.md").await;
    window.open_file("cyber.md").await;
    window.first_page().await;
    // Panes by the keys on their dividers, pages and interface by their commands.
    let library = pane(&window, ".lib").await;
    let divider = window.find("[role=separator][aria-label*=library]").await;
    for _ in 0..3 {
        divider.send_keys(&char::from(Key::Right).to_string()).await.expect("a key");
    }
    window.until("the library is wider", &format!("{} === {library} + 48", PANE.replace("{}", ".lib"))).await;
    window.click(".ptool [aria-label^=Zoom]").await;
    window.click_named("[role=menu]", "75 %").await;
    window.find(".ptool [aria-label='Zoom: 75 %']").await;
    window.press_control('=').await;
    window.until("the interface is larger", "getComputedStyle(document.documentElement).fontSize === '15.4px'").await;
    let tabs = strings(&window, TABS).await;
    assert!(tabs.len() >= 3, "{tabs:?}");
    // Far down in the text, and closed as soon as the cursor has moved.
    window.cursor_behind("The sources say less of NATO's side.").await;
    window.press(Key::Down).await;
    let place = window.cursor().await;
    let top = line_at_top_once_it_stays(&window).await;
    assert!(top > 10, "the text was scrolled: {top}");
    window.close_as_user().await;

    let window = Window::open(&folder).await;
    until_front(&window, "cyber.md").await;
    window.first_page().await;
    assert_eq!(window.cursor().await, place);
    window.until("the text is scrolled as it was", &format!("{} === {top}", top_line())).await;
    assert_eq!(pane(&window, ".lib").await, library + 48.0);
    window.find(".ptool [aria-label='Zoom: 75 %']").await;
    window.until("the interface is as large", "getComputedStyle(document.documentElement).fontSize === '15.4px'").await;
    assert_eq!(strings(&window, TABS).await, tabs);
    window.close_as_user().await;

    // Opened without a folder, the window offers the one it had.
    let window = Window::first_run(&folder).await;
    window.click(&format!(".recent button[data-folder={:?}]", folder.workspace().display().to_string())).await;
    until_front(&window, "cyber.md").await;
    window.close().await;
}

const TABS: &str = "[...document.querySelectorAll('.tab-name')].map((t) => t.title)";
const PANE: &str = "Math.round(document.querySelector('{}').getBoundingClientRect().width)";

/// Returns the script that says which line is at the top of the pane; its edge may stand between two pixels.
fn top_line() -> String {
    format!(
        "(() => {{ const v = {EDITOR}; return v.state.doc.lineAt(v.lineBlockAtHeight(v.scrollDOM.getBoundingClientRect().top \
         + 1 - v.documentTop).from).number; }})()"
    )
}

/// Returns the line at the top of the pane once what is drawn in the text has its height.
async fn line_at_top_once_it_stays(window: &Window) -> u64 {
    let line = async || window.evaluate(&top_line()).await.as_u64().expect("a line");
    let (mut seen, mut same) = (line().await, 0);
    while same < 5 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let now = line().await;
        same = if now == seen { same + 1 } else { 0 };
        seen = now;
    }
    seen
}

async fn pane(window: &Window, css: &str) -> f64 {
    window.find(css).await;
    window.evaluate(&PANE.replace("{}", css)).await.as_f64().expect("a width")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_changes_at_once_with_its_dates_and_numbers() {
    let folder = Folder::with_rok_nato();
    let window = open(&folder).await;
    window.first_page().await;
    window.until_shown(".props-line", "3 Feb 2025").await;
    window.until_shown(".lib .lhead", "285 snippets").await;
    window.until_shown(".lib .rows", "3 Feb 2025").await;
    window.until_shown(".status", "4 pages").await;
    window.click(".ed .props-line[aria-expanded=false]").await;
    window.until_shown(".ed .props", "Accent colour").await;
    window.click(".status .lang").await;
    window.until("the page says so", "document.documentElement.lang === 'ko'").await;
    window.until_shown(".ed .props", "강조색").await;
    window.until_shown(".props-line", "2025. 2. 3.").await;
    window.until_shown(".lib .lhead", "285개").await;
    window.until_shown(".lib .rows", "2025. 2. 3.").await;
    window.until_shown(".status", "4쪽").await;
    window.until_shown(".ed .slip", "2023년 7월").await;
    // No word of the interface stays behind.
    let left = "[...document.querySelectorAll('button, [role=tab], h2, label, .status span')].filter((e) => !e.closest('.outline, .tabs')).map((e) => (e.getAttribute('aria-label') ?? e.innerText).trim()) \
        .filter((t) => /\\b(Library|Pages|Close|Export|Snippets|Sources|Briefings|Outline|words|pages|problems|Saved|Show|Zoom)\\b/.test(t))";
    let left = strings(&window, left).await;
    assert!(left.is_empty(), "words of the other language: {left:?}");
    window.click(".status .lang").await;
    window.until_shown(".lib .lhead", "285 snippets").await;
    window.close().await;
}
