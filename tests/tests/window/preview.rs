//! The pages beside the text, in the real window: they follow the cursor.

use chancery_tests::folder::Folder;
use chancery_tests::window::Window;
use fantoccini::key::Key;

/// What can be seen of the pages' pane.
const PANE: &str = "document.querySelector('.sheets')";

async fn open(folder: &Folder, name: &str) -> Window {
    let window = Window::open(folder).await;
    window.open_file(name).await;
    window.first_page().await;
    window
}

async fn number(window: &Window, expression: &str) -> f64 {
    window.evaluate(expression).await.as_f64().unwrap_or_else(|| panic!("`{expression}` is no number"))
}

/// Waits until the cursor's mark stands somewhere else on the pages, and returns the pane's scroll.
async fn after_mark_moved(window: &Window, before: &str) -> (String, f64) {
    let place = "(() => { const h = document.querySelector('.sheets .here'); \
        return h ? h.closest('[data-page]').dataset.page + ':' + h.style.top : null; })()";
    let moved = format!("((p) => p !== null && p !== {before:?} ? p : false)({place})");
    let place = window.until("the mark moves", &moved).await.as_str().expect("a place").to_owned();
    (place, number(window, &format!("{PANE}.scrollTop")).await)
}

const MARK_IN_SIGHT: &str = "(() => { const h = document.querySelector('.sheets .here')?.getBoundingClientRect(); \
    const p = document.querySelector('.sheets').getBoundingClientRect(); return h !== undefined && h.top >= p.top && h.bottom <= p.bottom; })()";

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_the_cursor_and_do_not_jump() {
    let folder = Folder::with_rok_nato();
    let window = open(&folder, "itpp-priorities.md").await;

    // What is in sight stays where it is.
    window.cursor_behind("Ask now for the talks").await;
    let (first, top) = after_mark_moved(&window, "").await;
    assert_eq!(top, 0.0);
    window.cursor_behind("Speak to both camps").await;
    let (second, top) = after_mark_moved(&window, &first).await;
    assert_eq!(top, 0.0, "the place was in sight");

    // What is not comes into sight, and a step from there moves nothing.
    window.cursor_behind("# Which areas to put").await;
    let (third, there) = after_mark_moved(&window, &second).await;
    window.until("the place is in sight", MARK_IN_SIGHT).await;
    assert!(there > 0.0);
    let there = number(&window, &format!("{PANE}.scrollTop")).await;
    window.press(Key::Down).await;
    window.press(Key::Down).await;
    after_mark_moved(&window, &third).await;
    assert_eq!(number(&window, &format!("{PANE}.scrollTop")).await, there, "the next lines were in sight");

    // Typing brings the place back that was scrolled away from, and goes on typing.
    window.cursor_behind("Each government since then has left a step").await;
    window.until("the place is in sight", MARK_IN_SIGHT).await;
    window.evaluate(&format!("({PANE}.scrollTop = 0, true)")).await;
    window.type_text(", as we know").await;
    window.until_text("left a step, as we know").await;
    window.until("the place is in sight", MARK_IN_SIGHT).await;
    window.close().await;
}
