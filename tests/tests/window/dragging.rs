//! Dragging in the real window: snippets from the library, and blocks by their handle; and the same by keys.

use chancery_tests::dragging::Place;
use chancery_tests::folder::Folder;
use chancery_tests::window::{EDITOR, RELEASE, Window};
use fantoccini::key::Key;

const ALT: char = '\u{e00a}';
const BODY: &str =
    "First paragraph.\n\n![[alpha]]\n\nSecond paragraph.\n\n# Heading\n\n- one\n- two\n\nLast paragraph.\n";
const DROP_LINE: &str = ".ed .drop";

fn small_folder() -> Folder {
    let brief = format!("---\ntitle: Moves\ntemplate: policy-brief\ndate: 2025-01-01\n---\n\n{BODY}");
    Folder::with(&[
        ("snippets/alpha.md", "---\nkind: event\ntitle: Alpha happens\ndate: 2023-05\n---\nAlpha, told in full.\n"),
        ("brief.md", &brief),
    ])
}

/// Opens a briefing and waits until all has its place: the pages, and what stands under cards that get their text.
async fn open(folder: &Folder, file: &str) -> (Window, String) {
    let window = Window::open(folder).await;
    window.open_file(file).await;
    let hash = window.first_page().await;
    let cards = "((bodies) => bodies.length > 0 && bodies.every((body) => body.textContent !== ''))\
        ([...document.querySelectorAll('.ed .slip .body')])";
    window.until("the cards have their text", cards).await;
    (window, hash)
}

/// Returns the text behind the front matter.
async fn body(window: &Window) -> String {
    let text = window.editor_text().await;
    text.splitn(3, "---\n").nth(2).expect("front matter").trim_start_matches('\n').to_owned()
}

/// Returns where the handle of a block is, once the pointer is over the block.
async fn handle_of(window: &Window, css: &str, text: &str) -> (f64, f64) {
    let block = window.place_of(css, text).await;
    window
        .glide(&[(block.x + 90.0, block.y + block.height / 2.0 - 3.0), (block.x + 80.0, block.y + block.height / 2.0)])
        .await;
    let shown = format!(
        "(() => {{ const g = document.querySelector('.ed .grip:not([hidden])')?.getBoundingClientRect(); \
         return g !== undefined && g.top < {} && g.bottom > {}; }})()",
        block.y + block.height,
        block.y
    );
    window.until("the block's handle is there", &shown).await;
    let place = window.place_of(".ed .grip", "").await;
    assert!(place.x + place.width <= block.x + 4.0, "the handle stands in the margin: {place:?} beside {block:?}");
    place.middle()
}

/// Returns where the drop line is.
async fn drop_line(window: &Window) -> Place {
    window.place_of(DROP_LINE, "").await
}

async fn has_drop_line(window: &Window) -> bool {
    window.evaluate(&format!("document.querySelector('{DROP_LINE}') !== null")).await == true
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snippet_is_dragged_from_the_library_onto_a_line_of_the_text() {
    let folder = Folder::with_rok_nato();
    let (window, hash) = open(&folder, "itpp-priorities.md").await;
    let before = window.editor_text().await;
    window.click("#library-search").await;
    window.type_text("staff talks").await;
    window.until("the library follows", "document.querySelectorAll('#snippet-rows .row').length < 20").await;
    let row = window.place_of("#snippet-rows .row", "First military staff").await;
    let from = (row.x + 60.0, row.y + 15.0);
    let heading = window.place_of(".ed .cm-heading-line", "# What we recommend").await;
    let aim = (heading.x + 160.0, heading.y - 4.0);
    let way = [(from.0 + 20.0, from.1 + 10.0), (heading.x + 40.0, 300.0), aim];

    // A hand that thinks better of it: Escape, a drop outside, a press that goes nowhere near the text.
    window.pull(from, &way).await;
    assert!(has_drop_line(&window).await, "a line shows where it would go");
    window.press(Key::Escape).await;
    assert!(!has_drop_line(&window).await, "Escape ends it");
    window.let_go().await;
    window.pull(from, &[(from.0 + 30.0, from.1 + 30.0), (1000.0, 400.0)]).await;
    assert!(!has_drop_line(&window).await, "nothing can be dropped on the pages");
    window.let_go().await;
    assert_eq!(window.editor_text().await, before, "neither changes the text");

    window.pull(from, &way).await;
    let line = drop_line(&window).await;
    assert!((line.y - heading.y).abs() < 14.0, "the line is above the heading: {line:?}, {heading:?}");
    assert_eq!(window.evaluate("getSelection().toString()").await, "", "nothing is selected on the way");
    let ghost = window.evaluate("document.querySelector('.drag-ghost').textContent").await;
    assert!(
        ghost.as_str().is_some_and(|text| text.contains("First military staff")),
        "the pointer says what it carries: {ghost}"
    );
    window.until_blue(&line).await;
    window.let_go().await;
    let expected = before.replacen("\n# What we recommend", "\n![[staff-talks-2023]]\n\n# What we recommend", 1);
    assert_eq!(window.editor_text().await, expected);
    assert!(!has_drop_line(&window).await && window.evaluate("document.querySelector('.drag-ghost')").await.is_null());
    let hash = window.next_page(&hash).await;
    window.place_of(".ed .slip", "Event").await;
    window.press_control('z').await;
    assert_eq!(window.editor_text().await, before, "one undo takes the gesture back");
    let hash = window.next_page(&hash).await;

    // The same by keys: found in the library, inserted at the cursor.
    window.cursor_behind("is our ranking, not his.").await;
    window.press(Key::Enter).await;
    window.press(Key::Enter).await;
    window.click("#library-search").await;
    window.press(Key::Down).await;
    window.press(Key::Up).await;
    window.press(Key::Enter).await;
    window.until_text("not his.\n\n![[staff-talks-2023]]\n\n").await;
    window.next_page(&hash).await;
    window.press_control('z').await;
    assert!(
        !window.editor_text().await.contains("staff-talks-2023]]"),
        "the keys are in the text, and one undo is enough"
    );
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn blocks_are_dragged_by_their_handle_and_one_undo_takes_each_back() {
    let folder = small_folder();
    let (window, hash) = open(&folder, "brief.md").await;
    // A card, down below the heading.
    let grip = handle_of(&window, ".ed .slip", "").await;
    let list = window.place_of(".ed .cm-list-line", "-").await;
    window
        .pull(grip, &[(grip.0 + 5.0, grip.1 + 30.0), (list.x + 100.0, list.y - 20.0), (list.x + 100.0, list.y + 2.0)])
        .await;
    let line = drop_line(&window).await;
    assert!((line.y - list.y).abs() < 14.0, "the line is above the list: {line:?}, {list:?}");
    window.let_go().await;
    let moved = "First paragraph.\n\nSecond paragraph.\n\n# Heading\n\n![[alpha]]\n\n- one\n- two\n\nLast paragraph.\n";
    assert_eq!(body(&window).await, moved);
    let hash = window.next_page(&hash).await;
    window.press_control('z').await;
    assert_eq!(body(&window).await, BODY);
    window.next_page(&hash).await;
    // A plain paragraph, a list and a heading have handles too; the end of the text is a place.
    let grip = handle_of(&window, ".ed .cm-line", "First paragraph").await;
    window.pull(grip, &[(grip.0 + 5.0, grip.1 + 30.0), (500.0, 600.0), (500.0, 640.0)]).await;
    window.let_go().await;
    let last = "![[alpha]]\n\nSecond paragraph.\n\n# Heading\n\n- one\n- two\n\nLast paragraph.\n\nFirst paragraph.\n";
    assert_eq!(body(&window).await, last);
    window.press_control('z').await;
    assert_eq!(body(&window).await, BODY);
    let grip = handle_of(&window, ".ed .cm-list-line", "-").await;
    let first = window.place_of(".ed .cm-line", "First paragraph").await;
    window
        .pull(grip, &[(grip.0 + 5.0, grip.1 - 30.0), (first.x + 90.0, first.y + 30.0), (first.x + 90.0, first.y)])
        .await;
    window.let_go().await;
    assert!(body(&window).await.starts_with("- one\n- two\n\nFirst paragraph.\n\n![[alpha]]"), "the list moves as one");
    window.press_control('z').await;
    assert_eq!(body(&window).await, BODY);
    // What changes nothing is no step of undoing: dropped where it was, outside, given up.
    for (places, escape) in [
        ([(400.0, 330.0), (400.0, 215.0)], false),
        ([(300.0, 330.0), (80.0, 430.0)], false),
        ([(400.0, 500.0), (400.0, 600.0)], true),
    ] {
        let grip = handle_of(&window, ".ed .slip", "").await;
        window.pull(grip, &places).await;
        if escape {
            window.press(Key::Escape).await;
        }
        window.let_go().await;
        assert!(!has_drop_line(&window).await);
        assert_eq!(body(&window).await, BODY);
    }
    // A press alone selects the block: it can be deleted, and one undo brings it back.
    let grip = handle_of(&window, ".ed .cm-line", "Second paragraph").await;
    window.press_at(grip).await;
    window.press(Key::Backspace).await;
    assert!(!body(&window).await.contains("Second paragraph"));
    window.press_control('z').await;
    assert_eq!(body(&window).await, BODY);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_drop_line_stays_with_its_place_while_a_colleague_writes() {
    let folder = small_folder();
    let (window, _) = open(&folder, "brief.md").await;
    let theirs = "# Theirs\n\n";
    let row = window.place_of("#snippet-rows .row", "Alpha happens").await;
    let heading = window.place_of(".ed .cm-heading-line", "# Heading").await;
    let aim = (heading.x + 160.0, heading.y + 2.0);
    window.pull((row.x + 60.0, row.y + 15.0), &[(heading.x, 300.0), aim]).await;
    let before = drop_line(&window).await;
    folder.write("brief.md", folder.read("brief.md").replace("First paragraph.", &format!("{theirs}First paragraph.")));
    window.until_text(theirs).await;
    // The pointer is where it was; what is under it is the paragraph that stood above.
    let second = window.place_of(".ed .cm-line", "Second paragraph").await;
    let moved = format!(
        "(() => {{ const y = document.querySelector('{DROP_LINE}')?.getBoundingClientRect().top; \
         return y !== undefined && Math.abs(y - {}) > 2 && Math.abs(y - {}) < 14; }})()",
        before.y, second.y
    );
    window.until("the line is above the paragraph that came there", &moved).await;
    window.let_go().await;
    let expected = format!("{theirs}{}", BODY.replacen("Second", "![[alpha]]\n\nSecond", 1));
    assert_eq!(body(&window).await, expected);
    // A block that is held when its text changes under it is let be: it may be another one by now.
    let grip = handle_of(&window, ".ed .cm-line", "Last paragraph").await;
    let first = window.place_of(".ed .cm-line", "First paragraph").await;
    window.pull(grip, &[(grip.0 + 5.0, grip.1 - 30.0), (first.x + 90.0, first.y)]).await;
    assert!(has_drop_line(&window).await);
    window.until("it is saved", "document.querySelector('.saved')?.dataset.state === 'saved'").await;
    folder.write("brief.md", folder.read("brief.md").replace(theirs, ""));
    window.until("theirs is gone", &format!("!{EDITOR}.state.doc.toString().includes('Theirs')")).await;
    window.until("the line is gone", &format!("document.querySelector('{DROP_LINE}') === null")).await;
    window.let_go().await;
    assert_eq!(body(&window).await, expected.replacen(theirs, "", 1));
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn alt_and_arrows_move_the_block_at_the_cursor_and_stop_at_the_edges() {
    let folder = small_folder();
    let (window, hash) = open(&folder, "brief.md").await;
    let alt = |key: Key| format!("{ALT}{}{RELEASE}", char::from(key));
    window.cursor_behind("Second para").await;
    window.type_text(&alt(Key::Up)).await;
    assert!(body(&window).await.starts_with("First paragraph.\n\nSecond paragraph.\n\n![[alpha]]\n\n# Heading"));
    window.type_text("X").await;
    assert!(body(&window).await.contains("Second paraXgraph."), "the cursor stays in the block");
    window.press(Key::Backspace).await;
    for _ in 0..4 {
        window.type_text(&alt(Key::Up)).await;
    }
    assert!(body(&window).await.starts_with("Second paragraph.\n\nFirst paragraph.\n\n"), "it stops at the top");
    for _ in 0..8 {
        window.type_text(&alt(Key::Down)).await;
    }
    let down = "First paragraph.\n\n![[alpha]]\n\n# Heading\n\n- one\n- two\n\nLast paragraph.\n\nSecond paragraph.\n";
    assert_eq!(body(&window).await, down, "it stops at the end, and no line came or went");
    window.next_page(&hash).await;
    window.press_control('z').await;
    let one_back =
        "First paragraph.\n\n![[alpha]]\n\n# Heading\n\n- one\n- two\n\nSecond paragraph.\n\nLast paragraph.\n";
    assert_eq!(body(&window).await, one_back, "one undo takes one move back");
    for _ in 0..12 {
        window.press_control('z').await;
    }
    assert_eq!(body(&window).await, BODY);
    window.close().await;
}
