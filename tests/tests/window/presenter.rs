//! A deck presented from the real window, in a window of its own.

use chancery_tests::folder::Folder;
use chancery_tests::window::Window;
use fantoccini::key::Key;

const SLIDE: &str = "document.querySelector('.pres .cur img')?.dataset.hash ?? null";
const NEXT: &str = "document.querySelector('.pres .nt img')?.dataset.hash ?? null";
/// How long the talk has lasted, in seconds.
const ELAPSED: &str =
    "document.querySelector('.pres .timer b').textContent.split(':').reduce((all, part) => all * 60 + Number(part), 0)";

async fn text(window: &Window, expression: &str) -> String {
    window.until(expression, expression).await.as_str().expect("text").to_owned()
}

/// Opens the deck of the workspace and presents it: the main window's handle, and the presenter in front.
async fn present(window: &Window) -> fantoccini::wd::WindowHandle {
    window.open_file("itpp-priorities-deck.md").await;
    let wide = "((i) => i?.naturalWidth > i?.naturalHeight)(document.querySelector('[data-page=\"1\"] img'))";
    window.until("the deck is drawn", wide).await;
    let main = window.client.window().await.expect("a window");
    window.press(Key::F5).await;
    let presenter = window.other_window().await;
    window.client.switch_to_window(presenter).await.expect("the presenter");
    main
}

/// Presses a key of the keyboard itself: the driver loses the end of one that resizes or closes its window.
fn strike(window: &Window, key: &str) {
    window.strike("Presenter", key);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deck_is_presented_in_a_window_of_its_own() {
    let folder = Folder::with_rok_nato();
    let window = Window::open(&folder).await;
    let main = present(&window).await;

    // The slide, the next one, what to say to it, the time of day and the time elapsed; no menu above.
    let first = text(&window, SLIDE).await;
    let second = text(&window, NEXT).await;
    assert_ne!(first, second);
    window.until("the window is the presentation's alone", "innerHeight === 800").await;
    window.until_shown(".pres .ph", "Slide 1 of 17").await;
    window.press(Key::Right).await;
    window.until("the next slide is on", &format!("({SLIDE}) === {second:?}")).await;
    window.until_shown(".pres .ph", "Slide 2 of 17").await;
    window.until("the one after comes up", &format!("({NEXT}) !== null && ({NEXT}) !== {second:?}")).await;
    window.until_shown(".pres .note-text", "Say the recommendation first").await;
    let clock = text(&window, "document.querySelector('.pres .clock').textContent").await;
    assert!(clock.len() == 5 && clock.as_bytes()[2] == b':', "hours and minutes: {clock}");
    window.until("time goes on", &format!("{ELAPSED} > 2")).await;

    // A number and Enter go to a slide, Home to the first, a strip's picture to its own.
    window.type_text("4").await;
    window.until_shown(".pres .typed", "4").await;
    window.press(Key::Enter).await;
    window.until_shown(".pres .ph", "Slide 4 of 17").await;
    window.press(Key::Home).await;
    window.until("the first slide is on", &format!("({SLIDE}) === {first:?}")).await;
    window.click(".pres .strip [data-at='1']").await;
    window.until("the second slide is on", &format!("({SLIDE}) === {second:?}")).await;

    // What is written meanwhile is on the slide, and Escape ends the presentation.
    window.client.switch_to_window(main.clone()).await.expect("the window");
    window.cursor_behind("## Lead with two fields").await;
    window.type_text(" first").await;
    let presenter = window.other_window().await;
    window.client.switch_to_window(presenter).await.expect("the presenter");
    let follows = format!("({SLIDE}) !== null && ({SLIDE}) !== {second:?}");
    window.until("the slide follows the text", &follows).await;
    window.client.switch_to_window(main).await.expect("the window");
    strike(&window, "Escape");
    window.until_alone().await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_presenter_has_a_key_for_each_thing() {
    let folder = Folder::with_rok_nato();
    let window = Window::open(&folder).await;
    let main = present(&window).await;
    let first = text(&window, SLIDE).await;

    // B is black and back, S the slide alone, F the whole screen.
    window.type_text("b").await;
    let black = "document.querySelector('.pres .cur.black') !== null && !document.querySelector('.pres .cur img')";
    window.until("the slide is black", black).await;
    window.type_text("b").await;
    window.until("the slide is back", &format!("({SLIDE}) === {first:?}")).await;
    window.type_text("s").await;
    window.until("the slide is alone", "document.querySelector('.pres .nt, .pres .ph, .pres .strip') === null").await;
    window.type_text("s").await;
    window.find(".pres .nt").await;
    strike(&window, "f");
    window.until("it fills the screen", "document.fullscreenElement !== null").await;
    strike(&window, "f");
    window.until("it does no longer", "document.fullscreenElement === null").await;

    // L has a point of light go with the pointer, O shows all slides, from which keys choose one.
    window.type_text("l").await;
    window.find(".pres .cur.pointing").await;
    window.point_at_element(".pres .cur .slide").await;
    let lit = "(() => { const l = document.querySelector('.light')?.getBoundingClientRect(); \
        const s = document.querySelector('.pres .cur .slide').getBoundingClientRect(); \
        return l !== undefined && Math.abs((l.left + l.right) - (s.left + s.right)) < 8 && Math.abs((l.top + l.bottom) - (s.top + s.bottom)) < 8; })()";
    window.until("the light is where the pointer is", lit).await;
    window.type_text("l").await;
    window.until("the light is out", "document.querySelector('.light') === null").await;
    window.type_text("o").await;
    window.until("all slides are there", "document.querySelectorAll('.overview [role=option]').length === 17").await;
    window.press(Key::Right).await;
    window.press(Key::Right).await;
    window.press(Key::Enter).await;
    window.until_shown(".pres .ph", "Slide 3 of 17").await;
    window.until("the overview is gone", "document.querySelector('.overview') === null").await;

    // R has the clock start anew; how long the talk may last can be said.
    let before = window.until("time went on", &format!("{ELAPSED} > 2 && {ELAPSED}")).await;
    window.type_text("r").await;
    window.until("the clock starts anew", &format!("{ELAPSED} < {before}")).await;
    window.fill(".pres .ph", "Planned minutes", "20").await;
    window.press(Key::Tab).await;
    window.find(".pres .timer .bar i").await;

    window.client.switch_to_window(main).await.expect("the window");
    strike(&window, "Escape");
    window.until_alone().await;
    window.close().await;
}
