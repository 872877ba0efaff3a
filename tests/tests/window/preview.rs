//! The pages beside the text, in the real window: sized, turned, followed, clicked, and counted against their limit.

use chancery_tests::folder::Folder;
use chancery_tests::window::{CONTROL, EDITOR, RELEASE, SHIFT, Window};
use fantoccini::key::Key;

/// What can be seen of the pages' pane.
const PANE: &str = "document.querySelector('.sheets')";
/// In points.
const A4_WIDTH: f64 = 595.28;

async fn open(folder: &Folder, name: &str) -> Window {
    let window = Window::open(folder).await;
    window.open_file(name).await;
    window.first_page().await;
    window
}

async fn number(window: &Window, expression: &str) -> f64 {
    window.evaluate(expression).await.as_f64().unwrap_or_else(|| panic!("`{expression}` is no number"))
}

/// Chooses how large pages are in the menu of their pane.
async fn zoom(window: &Window, name: &str) {
    window.click(".ptool [aria-label^=Zoom]").await;
    window.click_named("[role=menu]", name).await;
    window.until("the menu is gone", "document.querySelector('[role=menu]') === null").await;
}

/// Waits until the first page has a width, and returns it.
async fn until_width(window: &Window, what: &str, condition: &str) -> f64 {
    let width = "document.querySelector('[data-page=\"1\"]')?.getBoundingClientRect().width";
    window.until(what, &format!("((w) => w !== undefined && ({condition}))({width})")).await;
    number(window, width).await
}

/// Returns how many places in the picture of the pages go from paper to ink within a pixel or two.
async fn hard_edges(window: &Window) -> usize {
    window.first_page().await;
    let own = "((i) => i.naturalWidth === Math.round(i.clientWidth * devicePixelRatio))(document.querySelector('[data-page=\"1\"] img'))";
    window.until("the page is drawn in its size", own).await;
    let (x, y, width, height) = window.find(".sheets").await.rectangle().await.expect("a place");
    let picture = window.picture().await;
    let pane = image::imageops::crop_imm(&picture, x as u32 + 14, y as u32, width as u32 - 30, height as u32 - 30);
    let pane = image::imageops::grayscale(&pane.to_image());
    let steps = pane.rows().flat_map(|row| {
        let row: Vec<u8> = row.map(|pixel| pixel.0[0]).collect();
        row.windows(3).map(|three| three[0].abs_diff(three[2])).collect::<Vec<_>>()
    });
    steps.filter(|step| *step > 150).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_sized_and_turned_and_stay_sharp() {
    let folder = Folder::with_rok_nato();
    // So wide that a page as wide as its pane is higher than it.
    let window = Window::start(&folder, &[&folder.workspace().to_string_lossy()], "1600x800").await;
    window.open_file("itpp-priorities.md").await;
    window.first_page().await;
    let pane = number(&window, &format!("{PANE}.clientWidth")).await;

    // To the width, to the page, to a size of one's own: sharp at each.
    let fitted = until_width(&window, "as wide as the pane", &format!("Math.abs(w - {pane}) < 40")).await;
    assert!(hard_edges(&window).await > 400, "letters are sharp as wide as the pane");
    zoom(&window, "Fit page").await;
    let whole = format!(
        "w < {fitted} && document.querySelector('[data-page=\"1\"]').getBoundingClientRect().height <= {PANE}.clientHeight"
    );
    let small = until_width(&window, "a whole page is in sight", &whole).await;
    zoom(&window, "300 %").await;
    let large = until_width(&window, "three times its size", &format!("w > {fitted} * 3")).await;
    assert!(hard_edges(&window).await > 400, "letters are sharp at three times their size");
    assert!((large / 3.0 - A4_WIDTH * 96.0 / 72.0).abs() < 4.0, "100 % is the paper's own size");

    // The wheel with Control goes on from there.
    zoom(&window, "Fit page").await;
    until_width(&window, "the page is small again", &format!("Math.abs(w - {small}) < 2")).await;
    window.point_at_element(".sheets").await;
    window.turn_wheel(4, true);
    let wheeled = until_width(&window, "the wheel makes it larger", &format!("w > {small} * 1.2")).await;
    window.turn_wheel(-2, true);
    until_width(&window, "and smaller", &format!("w < {wheeled} * 0.98")).await;
    zoom(&window, "Fit width").await;
    until_width(&window, "as wide as the pane", &format!("Math.abs(w - {fitted}) < 2")).await;

    // Thumbnails lead to their pages and say which one is shown.
    assert_eq!(number(&window, "document.querySelectorAll('.thumbs button').length").await, 4.0);
    window.click(".thumbs li:nth-child(3) button").await;
    window
        .until(
            "page 3 is marked",
            "document.querySelector('.thumbs [aria-current=page]').textContent.includes('Page 3')",
        )
        .await;
    assert_eq!(window.value_of(".ptool", "Page").await, "3");
    let seen = "(() => { const b = document.querySelector('[data-page=\"3\"]').getBoundingClientRect(); \
        const p = document.querySelector('.sheets').getBoundingClientRect(); return b.top < p.top + p.height / 2 && b.bottom > p.top + 40; })()";
    window.until("page 3 is in sight", seen).await;

    // One page at a time: keys and wheel turn it at its end.
    window.click_named(".ptool", "One page at a time").await;
    window.until("one page is there", "document.querySelectorAll('.sheets [data-page]').length === 1").await;
    window.find(".sheets [data-page='3']").await;
    window.find(".sheets").await.send_keys(&char::from(Key::Right).to_string()).await.expect("a key");
    window.find(".sheets [data-page='4']").await;
    window.evaluate(&format!("({PANE}.scrollTop = 0, true)")).await;
    window.point_at_element(".sheets").await;
    window.turn_wheel(1, false);
    window.find(".sheets [data-page='3']").await;
    window.fill(".ptool", "Page", "1").await;
    window.press(Key::Enter).await;
    window.find(".sheets [data-page='1']").await;
    window.click_named(".ptool", "One page at a time").await;
    window.until("all pages again", "document.querySelectorAll('.sheets [data-page]').length > 1").await;

    // Without thumbnails there is more room for the pages.
    window.click_named(".ptool", "Thumbnails").await;
    until_width(&window, "the pages are wider", &format!("w > {fitted} + 30")).await;
    window.close().await;
}

/// Waits until the pages of `itpp-priorities.md` have their mark where the cursor of its text is on them.
async fn until_marked(window: &Window) {
    let place = window
        .evaluate_later(&format!(
            "__TAURI_INTERNALS__.invoke('query', {{ query: {{ type: 'pageAt', briefing: 'itpp-priorities.md', \
             file: 'itpp-priorities.md', offset: {EDITOR}.state.selection.main.head }} }})"
        ))
        .await;
    let point = &place["points"][0];
    assert!(point["page"].is_number(), "the cursor is somewhere on the pages: {place}");
    let marked = format!(
        "(() => {{ const h = document.querySelector('.sheets .here'); if (h === null) return false; \
         const page = h.closest('[data-page]'); const scale = page.clientWidth / {A4_WIDTH}; \
         return page.dataset.page === '{}' && Math.abs(h.offsetTop + 4 - {} * scale) < 2; }})()",
        point["page"], point["y"]
    );
    window.until("the mark is where the cursor is", &marked).await;
}

const MARK_IN_SIGHT: &str = "(() => { const h = document.querySelector('.sheets .here')?.getBoundingClientRect(); \
    const p = document.querySelector('.sheets').getBoundingClientRect(); return h !== undefined && h.top >= p.top && h.bottom <= p.bottom; })()";

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_the_cursor_and_do_not_jump() {
    let folder = Folder::with_rok_nato();
    let window = open(&folder, "itpp-priorities.md").await;
    let scrolled = format!("{PANE}.scrollTop");

    // What is in sight stays where it is.
    window.cursor_behind("Ask now for the talks").await;
    until_marked(&window).await;
    window.cursor_behind("Speak to both camps").await;
    until_marked(&window).await;
    assert_eq!(number(&window, &scrolled).await, 0.0, "the place was in sight");

    // What is not comes into sight, and a step from there moves nothing.
    window.cursor_behind("# Which areas to put").await;
    until_marked(&window).await;
    window.until("the place is in sight", MARK_IN_SIGHT).await;
    let there = number(&window, &scrolled).await;
    assert!(there > 0.0);
    window.press(Key::Down).await;
    window.press(Key::Down).await;
    until_marked(&window).await;
    assert_eq!(number(&window, &scrolled).await, there, "the next lines were in sight");

    // Typing brings the place back that was scrolled away from, and goes on typing.
    window.cursor_behind("Each government since then has left a step").await;
    window.until("the place is in sight", MARK_IN_SIGHT).await;
    window.evaluate(&format!("({PANE}.scrollTop = 0, true)")).await;
    window.type_text(", as we know").await;
    window.until_text("left a step, as we know").await;
    window.until("the place is in sight", MARK_IN_SIGHT).await;
    window.close().await;
}

/// Rests the pointer on the cursor's line of a page until the card of a fact comes.
async fn rest_on_fact(window: &Window, page: usize) {
    let mark = format!("document.querySelector('.sheets [data-page=\"{page}\"] .here')");
    let line = format!(
        "{MARK_IN_SIGHT} && {mark} !== null && ((h, p) => [p.left + p.width * 0.45, h.top + h.height / 2])\
         ({mark}.getBoundingClientRect(), {mark}.parentElement.getBoundingClientRect())"
    );
    let line = window.until("the mark is in sight", &line).await;
    let part = |at: usize| line[at].as_f64().expect("a number");
    window.point_at(part(0), part(1)).await;
    window.find(".pop.fact").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fact_on_a_page_leads_to_its_text_and_its_snippet() {
    let folder = Folder::with_rok_nato();
    let window = open(&folder, "itpp-priorities.md").await;
    window.cursor_behind("![[itpp-2023]]").await;
    rest_on_fact(&window, 2).await;
    window.until_shown(".pop.fact", "itpp-2023").await;
    let card = window.shown(".pop.fact").await;
    assert!(card.contains("July 2023") && card.contains("Ballbach"), "date and source: {card}");

    // A click goes to the place in the text, wherever the cursor was; the page stays below the pointer.
    window.cursor_behind("# Where things stand").await;
    until_marked(&window).await;
    let away = window.cursor().await;
    let text = window.editor_text().await;
    window.press_button(false);
    window.until_cursor_leaves(away).await;
    let at: String = {
        let units: Vec<u16> = text.encode_utf16().collect();
        let cursor = window.cursor().await as usize;
        String::from_utf16_lossy(&units[cursor..(cursor + 30).min(units.len())])
    };
    assert!(at.contains("![[itpp-2023]]") || at.starts_with("[[itpp-2023]]"), "the cursor is at `{at}`");

    // With Control it opens the snippet itself, beside the text.
    window.press_button(true);
    window.find(".snip .cm-content").await;
    window.until_shown(".snip .sh", "itpp-2023").await;
    window.close().await;
}

const SHORT: &str = "---\ntitle: Note\ntemplate: policy-brief@1.0.0\nmarking: TLP:CLEAR\nfit: 1 page\n---\n\n";

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_long_says_by_how_much() {
    let paragraph = "The alliance and the republic have met each year since, and each time the list of what they do together has grown.\n\n";
    let fits = format!("{SHORT}{}", paragraph.repeat(4));
    let folder = Folder::with(&[("note.md", &fits)]);
    let window = open(&folder, "note.md").await;
    window.until_shown(".ptool .fit", "1 of 1 pages").await;

    // Too many lines: how many, on the badge and on the page's thumbnail, and by how many more with more text.
    folder.write("note.md", format!("{SHORT}{}", paragraph.repeat(30)));
    window.until_shown(".ptool .fit .over", "lines over").await;
    let over = lines_over(&window).await;
    window.until_shown(".thumbs li.over", &format!("+{over}")).await;
    let name = format!("Page 2 of 2, {over} lines over");
    window
        .until(
            "a screen reader hears it",
            &format!("document.querySelector('.thumbs li.over .sr').textContent === {name:?}"),
        )
        .await;
    folder.write("note.md", format!("{SHORT}{}", paragraph.repeat(32)));
    window
        .until(
            "more lines are over",
            &format!("Number.parseInt(document.querySelector('.fit .over')?.textContent) >= {over} + 4"),
        )
        .await;
    let more = lines_over(&window).await;
    assert!(more <= over + 10, "two paragraphs of two or three lines: {over} and then {more}");

    // The badge leads to where it starts to be too long.
    window.click(".ptool .fit .over").await;
    window
        .until(
            "page 2 is shown",
            "document.querySelector('.thumbs [aria-current=page]').textContent.includes('Page 2')",
        )
        .await;
    window.until_shown("[data-page='2'] .page-over", &format!("{more} lines over")).await;

    // Too many pages: how many.
    folder.write("note.md", format!("{SHORT}{}", paragraph.repeat(90)));
    window.until_shown(".ptool .fit .over", "pages over").await;
    let pages = number(&window, "document.querySelectorAll('.thumbs li').length").await;
    window.until_shown(".ptool .fit .over", &format!("{} pages over", pages - 1.0)).await;
    assert_eq!(number(&window, "document.querySelectorAll('.thumbs li.over').length").await, pages - 1.0);

    // And it fits again.
    folder.write("note.md", &fits);
    window.until_shown(".ptool .fit", "1 of 1 pages").await;
    window.close().await;
}

const DECK: &str =
    "---\ntitle: Deck\ntemplate: briefing-deck@1.0.0\nmarking: TLP:CLEAR\n---\n\n## Short\n\nA line.\n\n";

fn deck(points: usize) -> String {
    format!("{DECK}## Long\n\n{}\n## After\n\nA line.\n", "- A point.\n".repeat(points))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slide_that_is_too_long_carries_a_badge() {
    let folder = Folder::with(&[("deck.md", &deck(20))]);
    let window = open(&folder, "deck.md").await;

    // The deck says that there is one, and leads to it; its page says by how much, and so does its thumbnail.
    window.until_shown(".ptool .fit .over", "1 slide over").await;
    window.click(".ptool .fit .over").await;
    window.until_shown("[data-page='3'] .page-over", "lines over").await;
    let over = window.evaluate("Number.parseInt(document.querySelector('.page-over').textContent)").await;
    let over = over.as_i64().expect("a number of lines");
    assert_eq!(number(&window, "document.querySelectorAll('.page-over').length").await, 1.0, "only where it begins");
    window.until_shown(".thumbs li:nth-child(3)", &format!("+{over}")).await;
    let name = |page: usize| format!("document.querySelector('.sheets [data-page=\"{page}\"]').ariaLabel");
    assert_eq!(window.evaluate(&name(3)).await, format!("Page 3 of 5, {over} lines over").as_str());
    assert_eq!(window.evaluate(&name(4)).await, "Page 4 of 5, running on from page 3");
    window
        .until("the page that it runs on to is marked", "document.querySelectorAll('.thumbs li.over').length === 2")
        .await;

    // The problem stands at the slide's heading.
    window.type_text(&format!("{CONTROL}{SHIFT}m{RELEASE}")).await;
    window.until_shown(".prob", &format!("The slide takes 2 pages: about {over} lines too many")).await;
    window.click(".prob [role=option], .prob li").await;
    window
        .until(
            "the cursor is at the heading",
            &format!("{EDITOR}.state.doc.lineAt({EDITOR}.state.selection.main.head).text === '## Long'"),
        )
        .await;

    // Three points less are three lines less; what fits has no badge.
    folder.write("deck.md", deck(17));
    window.until_shown("[data-page='3'] .page-over", &format!("{} lines over", over - 3)).await;
    folder.write("deck.md", deck(6));
    window
        .until("the badges are gone", "document.querySelectorAll('.page-over, .fit .over, .thumbs .over').length === 0")
        .await;
    window.until_hidden(".prob", "The slide takes").await;
    window.close().await;
}

async fn lines_over(window: &Window) -> i64 {
    let lines = window.evaluate("Number.parseInt(document.querySelector('.fit .over').textContent)").await;
    lines.as_i64().expect("a number of lines")
}
