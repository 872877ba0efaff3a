//! Editing in the real window: search within a text, several cursors, items of a list.

use chancery_tests::folder::Folder;
use chancery_tests::window::{CONTROL, EDITOR, RELEASE, SHIFT, Window};
use fantoccini::key::Key;

const ALT: char = '\u{e00a}';
const BRIEFING: &str = "---\ntitle: Note\ntemplate: policy-brief\nmarking: TLP:CLEAR\n---\n\n\
    The exercise began in 2021. The exercise grew.\n\n1. First\n2. Second\n   - below\n3. Third\n\nAn exercise ends.\n";
/// What is drawn of the selections beside the system's own.
const OTHERS: &str = "document.querySelectorAll('.ed .cm-other-selection, .ed .cm-other-cursor').length";

async fn open(folder: &Folder) -> Window {
    let window = Window::open(folder).await;
    window.open_file("note.md").await;
    window.first_page().await;
    window
}

async fn chord(window: &Window, keys: &str) {
    window.type_text(&format!("{keys}{RELEASE}")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_searched_and_replaced_within() {
    let folder = Folder::with(&[("note.md", BRIEFING)]);
    let window = open(&folder).await;
    let says = ".find-in-text [role=status]";

    // What is selected is looked for at once; Enter goes on, and round to the first.
    window.select_text("exercise").await;
    window.press_control('f').await;
    window.until_shown(says, "1 of 3").await;
    window.press(Key::Enter).await;
    window.until_shown(says, "2 of 3").await;
    chord(&window, &format!("{SHIFT}{}", char::from(Key::Enter))).await;
    window.until_shown(says, "1 of 3").await;
    window.until("all are marked", "document.querySelectorAll('.ed .cm-searchMatch').length === 3").await;

    // Replaced one by one and all together, each one step of undoing.
    window.press_control('h').await;
    window.focus_named(".find-in-text", "Replace by").await;
    window.type_text("drill").await;
    window.press(Key::Enter).await;
    window.until_text("The drill began in 2021. The exercise grew.").await;
    window.until_shown(says, "1 of 2").await;
    chord(&window, &format!("{CONTROL}{}", char::from(Key::Enter))).await;
    window.until_text("The drill grew.").await;
    folder.until_file("note.md", "An drill ends.");
    window.until_shown(says, "Not found").await;
    window.press(Key::Escape).await;
    window.until("the panel is gone", "document.querySelector('.find-in-text') === null").await;
    window.until("the text has the focus", "document.activeElement.classList.contains('cm-content')").await;
    window.press_control('z').await;
    window.until_text("The drill began in 2021. The exercise grew.").await;
    window.press_control('z').await;
    folder.until_file("note.md", BRIEFING);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_places_are_written_in_and_items_change_places() {
    let folder = Folder::with(&[("note.md", BRIEFING)]);
    let window = open(&folder).await;

    // The word at the cursor, the next ones by the same key, and what is typed stands at each.
    window.cursor_behind("The exerc").await;
    for _ in 0..3 {
        window.press_control('d').await;
    }
    window.until("the others are drawn", &format!("{OTHERS} === 4")).await;
    window.type_text("drill").await;
    folder.until_file("note.md", "The drill began in 2021. The drill grew.");
    window.until_text("An drill ends.").await;
    window.press(Key::Escape).await;
    window.until("one cursor is left", &format!("{OTHERS} === 0")).await;
    window.press_control('z').await;
    folder.until_file("note.md", BRIEFING);

    // An item of a list goes up and down within it, with what is below it; the numbers stay in order.
    window.cursor_behind("Second").await;
    chord(&window, &format!("{ALT}{}", char::from(Key::Up))).await;
    folder.until_file("note.md", "1. Second\n   - below\n2. First\n3. Third\n");
    let behind = format!("{EDITOR}.state.doc.sliceString(0, {EDITOR}.state.selection.main.head).endsWith('1. Second')");
    window.until("the cursor went with it", &behind).await;
    chord(&window, &format!("{ALT}{}", char::from(Key::Up))).await;
    for _ in 0..2 {
        chord(&window, &format!("{ALT}{}", char::from(Key::Down))).await;
    }
    folder.until_file("note.md", "1. First\n2. Third\n3. Second\n   - below\n\nAn exercise");
    for _ in 0..3 {
        window.press_control('z').await;
    }
    folder.until_file("note.md", BRIEFING);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn punctuation_stays_with_its_chip() {
    // Each line is a little longer than the one before, so that a chip comes to every place at the end of a line.
    let lines: String = (0..40)
        .map(|n| format!("{}“[@ballbach-2025].” (![[ip4-term|short]]).\n\n", "Seoul ".repeat(8) + &"i".repeat(n) + " "))
        .collect();
    let folder = Folder::with_rok_nato();
    folder.write("note.md", format!("---\ntitle: Note\ntemplate: policy-brief\n---\n\n{lines}"));
    let window = open(&folder).await;
    window.cursor_behind("title: Note").await;
    window.until("the chips are there", "document.querySelectorAll('.ed .cm-line .cite').length >= 10").await;
    let apart = "[...document.querySelectorAll('.ed .cm-line .cite, .ed .cm-line .chip')].flatMap((chip) => { \
        const boxes = [...chip.getClientRects()]; const off = (box, other) => Math.abs((box.top + box.bottom - other.top - other.bottom) / 2) > 8; \
        const text = (node, by) => { do node = by === 1 ? node.nextSibling : node.previousSibling; while (node && node.nodeName === 'IMG'); return node; }; \
        const box = (node, from) => { const range = document.createRange(); range.setStart(node, from); range.setEnd(node, from + 1); return [...range.getClientRects()].find((box) => box.width > 0); }; \
        const [before, after] = [text(chip, -1), text(chip, 1)]; \
        return [...(before?.length && off(box(before, before.length - 1), boxes[0]) ? [before.data] : []), ...(after?.length && off(box(after, 0), boxes.at(-1)) ? [after.data] : [])]; })";
    let wrapped = "[...document.querySelectorAll('.ed .cm-line')].filter((line) => line.querySelector('.cite') && line.getBoundingClientRect().height > 40).length";
    assert!(window.evaluate(wrapped).await.as_u64().expect("a number") > 5, "lines are long enough to break");
    assert_eq!(window.evaluate(apart).await, serde_json::json!([]), "punctuation stands on another line than its chip");
    window.close().await;
}
