//! Writing in the real window: the slash menu, completion, citing, the source as it is, typing faster than pages come.

use chancery_tests::folder::Folder;
use chancery_tests::window::{CONTROL, RELEASE, SHIFT, Window};
use fantoccini::key::Key;
use std::time::Duration;

const TAB: &str = "\u{e004}";
/// The entries that completion offers.
const OFFERS: &str = "[...document.querySelectorAll('.cm-tooltip-autocomplete li')]";

fn small_folder() -> Folder {
    Folder::with(&[
        (
            "snippets/alpha.md",
            "---\nkind: event\ntitle: Alpha happens\ndate: 2023-05\ntopics: [x]\n---\nAlpha told in full.\n",
        ),
        (
            "brief.md",
            "---\ntitle: Written\ntemplate: policy-brief\ndate: 2025-01-01\n---\n\n\
             First paragraph.\n\n![[alpha]]\n\nLast paragraph.\n",
        ),
    ])
}

async fn open(folder: &Folder, file: &str) -> (Window, String) {
    let window = Window::open(folder).await;
    window.open_file(file).await;
    let hash = window.first_page().await;
    (window, hash)
}

/// Begins a paragraph of its own behind a text.
async fn begin_paragraph(window: &Window, behind: &str) {
    window.cursor_behind(behind).await;
    window.press(Key::Enter).await;
    window.press(Key::Enter).await;
}

/// Waits until completion offers an entry that begins with a text.
async fn until_offered(window: &Window, text: &str) {
    window
        .until(&format!("`{text}` is offered"), &format!("{OFFERS}.some((o) => o.textContent.startsWith({text:?}))"))
        .await;
}

/// Goes down to the entry that begins with a text, and takes it.
async fn take(window: &Window, text: &str) {
    until_offered(window, text).await;
    // The editor ignores keys for as long as nobody can have read the entries.
    tokio::time::sleep(Duration::from_millis(120)).await;
    let chosen = format!("{OFFERS}.find((o) => o.hasAttribute('aria-selected'))?.textContent.startsWith({text:?})");
    for _ in 0..40 {
        if window.evaluate(&chosen).await == true {
            break;
        }
        window.press(Key::Down).await;
    }
    assert_eq!(window.evaluate(&chosen).await, true, "the keys come to `{text}`");
    window.press(Key::Enter).await;
    window.until("the list is gone", &format!("{OFFERS}.length === 0")).await;
}

/// Takes back everything.
async fn undo_to(window: &Window, text: &str) {
    for _ in 0..60 {
        if window.editor_text().await == text {
            return;
        }
        window.press_control('z').await;
    }
    assert_eq!(window.editor_text().await, text, "undo brings the text back");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slash_opens_the_menu_of_blocks_views_and_snippets() {
    let folder = small_folder();
    let (window, hash) = open(&folder, "brief.md").await;
    let original = window.editor_text().await;
    begin_paragraph(&window, "Last paragraph.").await;
    window.type_text("/").await;
    for entry in ["Heading", "Table", "Timeline", "Key points", "Alpha happens"] {
        until_offered(&window, entry).await;
    }
    window.type_text("tab").await;
    take(&window, "Table").await;
    window.until_text("Last paragraph.\n\n|  |  |\n| --- | --- |\n|  |  |\n").await;
    for cell in ["Year", TAB, "Deals", TAB, "2023", TAB, "4", TAB, "2024"] {
        window.type_text(cell).await;
    }
    window.until_text("| Year | Deals |\n| --- | --- |\n| 2023 | 4 |\n| 2024 |  |\n").await;
    let hash = window.next_page(&hash).await;
    undo_to(&window, &original).await;

    begin_paragraph(&window, "Last paragraph.").await;
    window.type_text("/timel").await;
    take(&window, "Timeline").await;
    window.until_text("Last paragraph.\n\n```{timeline}\n").await;
    window.until_shown(".ed .view", "1 snippet").await;
    let hash = window.next_page(&hash).await;
    undo_to(&window, &original).await;

    begin_paragraph(&window, "Last paragraph.").await;
    window.type_text("/alph").await;
    take(&window, "Alpha happens").await;
    window.until_text("Last paragraph.\n\n![[alpha]]\n").await;
    window.next_page(&hash).await;
    undo_to(&window, &original).await;

    // A slash is also just a slash: after Escape, within a line, and where it leads nowhere.
    begin_paragraph(&window, "Last paragraph.").await;
    window.type_text("/").await;
    until_offered(&window, "Heading").await;
    window.press(Key::Escape).await;
    window.until("the menu is gone", &format!("{OFFERS}.length === 0")).await;
    window.type_text(" and/or").await;
    window.press(Key::Enter).await;
    window.until_text("Last paragraph.\n\n/ and/or\n").await;
    assert_eq!(window.evaluate(&format!("{OFFERS}.length")).await, 0);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn completion_finds_snippets_and_sources_and_a_citation_asks_for_its_place() {
    let folder = Folder::with_rok_nato();
    let (window, hash) = open(&folder, "itpp-priorities.md").await;
    let original = window.editor_text().await;
    window.cursor_behind("is our ranking, not his.").await;
    // By title with a slip of the finger, by an actor, by part of an id, by Korean text.
    for (typed, offered) in [
        (" ![[vilnus", "ITPP signed at Vilnius"),
        (" ![[duda", "Yoon meets Polish President Duda"),
        (" ![[staff-tal", "First military staff-to-staff talks"),
        (" ![[사이버방위", "사이버방위"),
    ] {
        window.type_text(typed).await;
        until_offered(&window, offered).await;
        window.press(Key::Escape).await;
        window.until("Escape closes the list", &format!("{OFFERS}.length === 0")).await;
        undo_to(&window, &original).await;
        window.cursor_behind("is our ranking, not his.").await;
    }
    window.type_text(" ![[윤석열").await;
    take(&window, "윤석열 대통령 탄핵소추").await;
    window.until_text("not his. ![[yoon-impeached-ko]]\n").await;
    let hash = window.next_page(&hash).await;

    window.type_text(" [@ball").await;
    take(&window, "Ballbach 2025").await;
    window
        .until(
            "the locator has the keys",
            "document.activeElement?.getAttribute('aria-label') === 'Locator in Ballbach 2025'",
        )
        .await;
    window.type_text("4-6").await;
    window.press(Key::Enter).await;
    window.until_text("[@ballbach-2025, pp. 4–6]\n").await;
    window.type_text(" and").await;
    window.until_text("pp. 4–6] and\n").await;
    window.until_shown(".ed .cite", "Ballbach 2025, pp. 4–6").await;
    let hash = window.next_page(&hash).await;
    // The chip asks again: another kind by the arrows; Escape leaves what was.
    let chip = window.place_of(".ed .cite", "Ballbach 2025, pp. 4–6").await;
    window.press_at(chip.middle()).await;
    window.until("the locator has the keys", "document.activeElement?.value === '4–6'").await;
    window.type_text("9").await;
    window.press(Key::Escape).await;
    window.until_text("[@ballbach-2025, pp. 4–6] and").await;
    window.until("the keys are in the text", "document.activeElement?.closest('.ed .cm-content') !== null").await;
    window.cursor_behind("pp. 4–6] and").await;
    // In the sentence itself a source needs no brackets.
    window.type_text(" @rek").await;
    take(&window, "Rekha J 2024").await;
    // Its place is asked for as well, and may be left out.
    window
        .until(
            "the locator has the keys",
            "document.activeElement?.getAttribute('aria-label') === 'Locator in Rekha J 2024'",
        )
        .await;
    window.press(Key::Escape).await;
    window.until("the keys are in the text", "document.activeElement?.closest('.ed .cm-content') !== null").await;
    window.type_text(" agrees.").await;
    window.until_text(" and @rekha-2024 agrees.").await;
    window.next_page(&hash).await;
    undo_to(&window, &original).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_shows_the_source_and_back_and_what_is_selected_goes_at_once() {
    let folder = small_folder();
    let (window, _) = open(&folder, "brief.md").await;
    let original = window.editor_text().await;
    assert_eq!(original, folder.read("brief.md"), "the text is the file, byte for byte");
    window.until_shown(".ed .slip", "Alpha told in full.").await;
    window.cursor_behind("First para").await;
    window.press_control('e').await;
    window.until_hidden(".ed", "Alpha told in full.").await;
    for line in ["title: Written", "![[alpha]]", "Last paragraph."] {
        window.until_shown(".ed .cm-content", line).await;
    }
    window.type_text("X").await;
    window.until_text("First paraXgraph.").await;
    window.press_control('z').await;
    window.press_control('e').await;
    window.until_shown(".ed .slip", "Alpha told in full.").await;
    window.type_text("Y").await;
    window.until_text("First paraYgraph.").await;
    window.press(Key::Backspace).await;
    assert_eq!(window.editor_text().await, original, "nothing but the look changed");

    // From the middle of one paragraph over the card into another, by keys.
    window.type_text(&format!("{SHIFT}{0}{0}{0}{0}{RELEASE}", char::from(Key::Down))).await;
    window.press(Key::Delete).await;
    window.until("the card is gone", "document.querySelector('.ed .slip') === null").await;
    window.press_control('z').await;
    assert_eq!(window.editor_text().await, original, "one undo brings all of it back");
    // Taken back, it is as the file has it, and that is said.
    window.until("it is saved", "document.querySelector('.saved')?.dataset.state === 'saved'").await;
    window.press_control('a').await;
    window.press(Key::Delete).await;
    window.type_text(&format!("{CONTROL}z{RELEASE}")).await;
    assert_eq!(window.editor_text().await, original);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_character_is_lost_while_pages_are_drawn() {
    let folder = Folder::with_rok_nato();
    let (window, hash) = open(&folder, "itpp-priorities.md").await;
    window.cursor_behind("The recommendations are Ballbach's.").await;
    let mut typed = String::new();
    let mut seen = hash;
    for round in 0..2 {
        let sentence: String = (0..6).map(|word| format!(" w{round}x{word}가나")).collect();
        window.type_text(&sentence).await;
        typed.push_str(&sentence);
        seen = window.next_page(&seen).await;
    }
    let expected = format!("The recommendations are Ballbach's.{typed} Where");
    window.until_text(&expected).await;
    window.until("it is saved", "document.querySelector('.saved')?.dataset.state === 'saved'").await;
    folder.until_file("itpp-priorities.md", &expected);
    window.close().await;
}
