//! The real window: opened, typed into, looked at, exported from, killed.

use chancery_tests::folder::Folder;
use chancery_tests::pdf;
use chancery_tests::window::{CONTROL, RELEASE, SHIFT, Window};
use fantoccini::key::Key;
use image::RgbaImage;
use std::fs;

/// Opens the ROK–NATO workspace on the brief, with its pages drawn.
async fn open_brief(folder: &Folder) -> (Window, String) {
    let window = Window::open(folder).await;
    window.open_file("itpp-priorities.md").await;
    let hash = window.first_page().await;
    (window, hash)
}

/// Returns the picture of the first page as it is on the screen.
async fn first_page(window: &Window) -> RgbaImage {
    let element = window.find("[data-page='1']").await;
    let (x, y, width, height) = element.rectangle().await.expect("a place");
    let picture = window.picture().await;
    let clamp = |value: f64, most: u32| (value.max(0.0) as u32).min(most - 1);
    let (x, y) = (clamp(x, picture.width()), clamp(y, picture.height()));
    let (width, height) = ((width as u32).min(picture.width() - x), (height as u32).min(picture.height() - y));
    image::imageops::crop_imm(&picture, x, y, width, height).to_image()
}

#[tokio::test(flavor = "multi_thread")]
async fn typing_changes_the_page_and_the_file() {
    let folder = Folder::with_rok_nato();
    let (window, hash) = open_brief(&folder).await;
    let before = first_page(&window).await;
    let ink = before.pixels().filter(|pixel| pixel.0[0] < 120).count();
    assert!(ink > 500, "the page shows text: {ink} dark pixels");
    window.cursor_behind("The recommendations are Ballbach's.").await;
    window.type_text(" Seoul 서울 agrees.").await;
    window.next_page(&hash).await;
    let after = first_page(&window).await;
    assert!(before != after, "the pixels of the page change");
    window.until("it is saved", "document.querySelector('.saved')?.dataset.state === 'saved'").await;
    assert!(folder.read("itpp-priorities.md").contains("Ballbach's. Seoul 서울 agrees."));
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snippet_from_the_library_comes_onto_the_page_and_into_the_pdf() {
    let folder = Folder::with_rok_nato();
    let (window, hash) = open_brief(&folder).await;
    window.cursor_behind("is our ranking, not his.").await;
    window.press(Key::Enter).await;
    window.press(Key::Enter).await;
    window.click("#library-search").await;
    window.type_text("staff talks").await;
    window.until("the library follows", "document.querySelectorAll('#snippet-rows .row').length > 0 && document.querySelectorAll('#snippet-rows .row').length < 20").await;
    window.press(Key::Down).await;
    window.press(Key::Enter).await;
    window.next_page(&hash).await;
    let text = window.editor_text().await;
    assert!(text.contains("\n![[staff-talks-2023]]\n"), "the embed stands in the text: {text}");
    // Export: what is seen is what is written.
    let out = folder.path("from-window.pdf");
    window.type_text(&format!("{CONTROL}{SHIFT}e{RELEASE}")).await;
    let field = window.find("dialog input[name=path]").await;
    field.clear().await.expect("an empty field");
    field.send_keys(out.to_str().expect("UTF-8")).await.expect("a path");
    window.click("dialog button[type=submit]").await;
    window.find(".toast").await;
    window
        .until("the notice says so", "document.querySelector('.toast').textContent.includes('from-window.pdf')")
        .await;
    assert!(pdf::pages(&out) >= 4);
    assert!(pdf::text(&out).contains("윤석열"), "Hangul can be read out of the PDF");
    assert!(pdf::fonts_embedded(&out));
    assert_eq!(pdf::info(&out, "Tagged"), "yes");
    assert!(!pdf::links(&out).is_empty());
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_snippet_changes_every_page_that_uses_it() {
    let folder = Folder::with(&[
        (
            "snippets/count.md",
            "---\nkind: figure\ntitle: Areas\nvalue: 11\nunit: areas\nshort: Eleven areas.\n---\nThere are eleven.\n",
        ),
        ("brief.md", "---\ntitle: B\ntemplate: policy-brief\ndate: 2025-01-01\n---\n\n![[count]]\n"),
    ]);
    let window = Window::open(&folder).await;
    window.open_file("brief.md").await;
    let hash = window.first_page().await;
    // It opens beside the briefing, whose pages stay in sight.
    window.click("#snippet-rows .row").await;
    window.find(".snip .cm-content").await;
    window.cursor_behind_in(".snip", "There are eleven.").await;
    window.type_text(" 모두 열하나.").await;
    folder.until_file("snippets/count.md", "There are eleven. 모두 열하나.");
    // In a narrow window the pages give way to the snippet: they come back as they are by then.
    window.click(".snip [aria-label=Close]").await;
    window.next_page(&hash).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_embed_is_a_problem_that_one_key_leads_to() {
    let folder = Folder::with_rok_nato();
    let (window, hash) = open_brief(&folder).await;
    window.cursor_behind("The recommendations are Ballbach's.").await;
    window.type_text(" ![[itpp-2032]]").await;
    window.next_page(&hash).await;
    window.press(Key::Escape).await;
    window.type_text(&format!("{CONTROL}{SHIFT}m{RELEASE}")).await;
    window.find(".prob").await;
    window.until("the problem is named", "document.querySelector('.prob').textContent.includes('itpp-2032')").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_template_leaves_the_last_good_pages() {
    let manifest = "[package]\nname = \"own\"\nversion = \"1.0.0\"\nentrypoint = \"lib.typ\"\nauthors = [\"A\"]\n\
        license = \"MIT\"\ndescription = \"Own.\"\n\n[tool.chancery]\ncontract = 1\nkind = \"note\"\n";
    let lib = "#let briefing(meta: (:), settings: (:), body) = {\n  body\n}\n";
    let folder = Folder::with(&[
        ("templates/own/typst.toml", manifest),
        ("templates/own/lib.typ", lib),
        ("brief.md", "---\ntitle: B\ntemplate: own\ndate: 2025-01-01\n---\n\nText on the page.\n"),
    ]);
    let window = Window::open(&folder).await;
    window.open_file("brief.md").await;
    let hash = window.first_page().await;
    folder.write("templates/own/lib.typ", "#let briefing(meta: (:), settings: (:), body) = {\n  1 + \"a\"\n}\n");
    window.cursor_behind("Text on the page.").await;
    window.type_text(" More.").await;
    window.until_shown(".fail", "Cannot add integer and string").await;
    assert_eq!(window.first_page().await, hash, "the last good page stays");
    window.click(".status .lang").await;
    window.until_shown(".fail", "더할 수 없습니다: 정수, 문자열").await;
    window.click(".status .lang").await;
    window.until_shown(".fail", "Cannot add").await;
    folder.write("templates/own/lib.typ", lib);
    window.cursor_behind("More.").await;
    window.type_text(" Still more.").await;
    window.next_page(&hash).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_survives_a_killed_app() {
    let folder = Folder::with_rok_nato();
    let original = folder.read("itpp-priorities.md");
    let (window, _) = open_brief(&folder).await;
    // The file cannot be written, so that only the journal can hold the text.
    let path = folder.workspace();
    let blocked = path.join("itpp-priorities.md");
    fs::remove_file(&blocked).expect("a file");
    fs::create_dir(&blocked).expect("a folder in the file’s place");
    window.cursor_behind("The recommendations are Ballbach's.").await;
    window.type_text(" Never lost.").await;
    window.until("the save fails, and says so", "document.querySelector('.saved')?.dataset.state === 'failed'").await;
    window.kill();
    fs::remove_dir(&blocked).expect("the folder goes");
    folder.write("itpp-priorities.md", &original);
    let (window, _) = open_brief(&folder).await;
    assert!(window.editor_text().await.contains("Ballbach's. Never lost."));
    window.until("it is saved", "document.querySelector('.saved')?.dataset.state === 'saved'").await;
    assert!(folder.read("itpp-priorities.md").contains("Never lost."));
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_saving_the_same_file_loses_nothing() {
    let folder = Folder::with_rok_nato();
    let (window, hash) = open_brief(&folder).await;
    window.cursor_behind("The recommendations are Ballbach's.").await;
    window.type_text(" Ours.").await;
    let theirs =
        folder.read("itpp-priorities.md").replace("# Sources and acronyms", "# Sources and acronyms of theirs");
    folder.write("itpp-priorities.md", theirs);
    window.next_page(&hash).await;
    window.until_text("acronyms of theirs").await;
    window.until("it is saved", "document.querySelector('.saved')?.dataset.state === 'saved'").await;
    let file = folder.read("itpp-priorities.md");
    assert!(file.contains("Ballbach's. Ours.") && file.contains("acronyms of theirs"));
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_run_offers_three_ways_to_begin() {
    let folder = Folder::new();
    let window = Window::first_run(&folder).await;
    window.find("main.first").await;
    let choices = window.evaluate("document.querySelectorAll('[data-choice]').length").await;
    assert_eq!(choices.as_u64(), Some(3));
    window.until("the first choice has the focus", "document.activeElement?.dataset?.choice !== undefined").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_interface_speaks_korean_at_once() {
    let folder = Folder::with_rok_nato();
    let (window, _) = open_brief(&folder).await;
    window.click(".status .lang").await;
    window
        .until(
            "the interface is Korean",
            "document.documentElement.lang === 'ko' && document.querySelector('.lib').textContent.includes('스니펫')",
        )
        .await;
    window.click(".status .lang").await;
    window.until("and English again", "document.documentElement.lang === 'en'").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_on_the_page_goes_to_the_text() {
    let folder = Folder::with_rok_nato();
    let (window, _) = open_brief(&folder).await;
    let before = window.cursor().await;
    let page = window.find("[data-page='1']").await;
    page.click().await.expect("a click on the page");
    window.until_cursor_leaves(before).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_counts_though_the_page_changes_under_it() {
    let folder = Folder::with_rok_nato();
    let (window, hash) = open_brief(&folder).await;
    window.point_at_element("[data-page='1']").await;
    window.hold_button();
    let text = folder.read("itpp-priorities.md");
    folder.write(
        "itpp-priorities.md",
        text.replace("The recommendations are Ballbach's.", "The recommendations are his."),
    );
    window.next_page(&hash).await;
    let before = window.cursor().await;
    window.release_button();
    window.until_cursor_leaves(before).await;
    window.close().await;
}
