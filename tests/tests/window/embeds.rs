//! Snippets and views in the text of the real window: what they show, and what can be done with them there.

use chancery_tests::folder::Folder;
use chancery_tests::window::{CONTROL, RELEASE, Window};
use fantoccini::key::Key;

const SLIP: &str = ".ed .slip";
const VIEW: &str = ".ed .view";
const MORE: &str = "More about the snippet";

fn folder() -> Folder {
    Folder::with(&[
        (
            "chancery.toml",
            "[workspace]\nname = \"Test\"\nlanguage = \"en\"\ntemplate = \"policy-brief\"\n\
             sources = [\"sources.bib\"]\n\n[marking]\nscheme = \"tlp\"\ndefault = \"TLP:CLEAR\"\n",
        ),
        ("sources.bib", "@book{src-2020,\n  author = {{SIPRI}},\n  title = {A Book},\n  date = {2020},\n}\n"),
        (
            "snippets/alpha.md",
            "---\nkind: event\ntitle: Alpha happens\ndate: 2023-05\nmarking: TLP:GREEN\ntopics: [x]\n\
             sources: [\"src-2020, p. 3\"]\nshort: Alpha in short.\n---\nAlpha told in full.\n",
        ),
        (
            "snippets/beta.md",
            "---\nkind: event\ntitle: Beta happens\ndate: 2024-05\ntopics: [x]\n\
             sources: [\"src-2020, p. 4\"]\n---\nBeta told in full.\n",
        ),
        ("other.md", "---\ntitle: Other\ntemplate: policy-brief\ndate: 2025-01-01\n---\n\nBefore it.\n\n![[alpha]]\n"),
        (
            "brief.md",
            "---\ntitle: Brief\ntemplate: policy-brief\ndate: 2025-01-01\nmarking: TLP:GREEN\n---\n\n\
             First paragraph.\n\n![[alpha]]\n\n```{timeline}\ntopics: [x]\n```\n\nLast paragraph.\n",
        ),
    ])
}

async fn open(folder: &Folder) -> (Window, String) {
    let window = Window::open(folder).await;
    window.open_file("brief.md").await;
    let hash = window.first_page().await;
    window.until_shown(SLIP, "Alpha told in full.").await;
    (window, hash)
}

/// Chooses an entry of a menu that a button of the slip opens, which it does by the keys as well.
async fn choose(window: &Window, button: &str, entry: &str) {
    window.focus_named(SLIP, button).await;
    window.press(Key::Enter).await;
    window.click_named(".menu", entry).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_says_what_it_is_folds_and_changes_its_variant() {
    let folder = folder();
    let (window, _) = open(&folder).await;
    let before = window.editor_text().await;
    for part in ["Event", "May 2023", "GREEN", "SIPRI 2020", "full"] {
        window.until_shown(SLIP, part).await;
    }
    let spoken = window.find(SLIP).await.attr("aria-label").await.expect("an attribute").unwrap_or_default();
    for part in ["Event", "May 2023", "GREEN", "full"] {
        assert!(spoken.contains(part), "a screen reader says `{part}`: {spoken}");
    }

    // Folding is a way of looking: the text stays, and the fold is there when one comes back.
    window.click_named(SLIP, "Fold to one line").await;
    window.until_hidden(SLIP, "Alpha told in full.").await;
    window.until_shown(SLIP, "Alpha happens").await;
    window.open_file("other.md").await;
    window.until_shown(SLIP, "Alpha told in full.").await;
    window.open_file("brief.md").await;
    window.until_hidden(SLIP, "Alpha told in full.").await;
    window.close_as_user().await;
    let window = Window::open(&folder).await;
    let hash = window.first_page().await;
    window.until_shown(SLIP, "Alpha happens").await;
    window.until_hidden(SLIP, "Alpha told in full.").await;
    window.click_named(SLIP, "Unfold").await;
    window.until_shown(SLIP, "Alpha told in full.").await;
    assert_eq!(window.editor_text().await, before);

    choose(&window, "full", "short").await;
    window.until_text("![[alpha|short]]").await;
    window.until_shown(SLIP, "Alpha in short.").await;
    let hash = window.next_page(&hash).await;
    choose(&window, "short", "title").await;
    window.until_text("![[alpha|title]]").await;
    window.until_hidden(SLIP, "Alpha in short.").await;
    window.until_shown(SLIP, "Alpha happens").await;
    let hash = window.next_page(&hash).await;
    choose(&window, "title", "full").await;
    window.until_text("![[alpha]]").await;
    window.next_page(&hash).await;
    // The keys are in the text again, and each choice is one step.
    window.until("the text has the keys", "document.activeElement?.classList.contains('cm-content')").await;
    for text in ["![[alpha|title]]", "![[alpha|short]]", "![[alpha]]"] {
        window.press_control('z').await;
        window.until_text(text).await;
    }
    assert_eq!(window.editor_text().await, before);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_leads_to_its_snippet_and_to_where_else_it_is_used() {
    let folder = folder();
    let (window, _) = open(&folder).await;
    window.click_named(SLIP, "Open the snippet").await;
    window.until_shown(".snip", "Alpha told in full.").await;
    window.click_named(".snip", "Close").await;
    window.first_page().await;
    choose(&window, MORE, "Open where used").await;
    window.until_shown("dialog", "Where “Alpha happens” is used").await;
    window.press(Key::Escape).await;
    window.until("the dialogue is gone", "document.querySelector('dialog[open]') === null").await;
    choose(&window, MORE, "Open where used").await;
    window.until_shown("dialog", "line 9").await;
    let place = window.place_of("dialog li button, dialog li a, dialog [role=option]", "Other").await;
    window.press_at(place.middle()).await;
    window
        .until(
            "the other briefing is open",
            "document.querySelector('.tab-name[aria-selected=true]')?.title === 'other.md'",
        )
        .await;
    assert_eq!(window.line_at_cursor().await, "![[alpha]]", "the cursor is at the place");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_detached_copy_hears_of_its_origin_and_takes_it_or_not() {
    let folder = folder();
    let (window, hash) = open(&folder).await;
    let before = window.editor_text().await;
    let origin = folder.read("snippets/alpha.md");
    choose(&window, MORE, "Detach a copy here").await;
    window.until_text("![[alpha-copy]]").await;
    window.until_shown(SLIP, "detached copy").await;
    folder.until_file("snippets/alpha-copy.md", "copy-of: alpha");
    window.press_control('z').await;
    assert_eq!(window.editor_text().await, before, "one undo puts the origin back");
    window.type_text(&format!("{CONTROL}y{RELEASE}")).await;
    window.until_text("![[alpha-copy]]").await;

    // A colleague changes the origin on the disk; the briefing says so, and keeps its text.
    folder.write("snippets/alpha.md", origin.replace("Alpha told", "Alpha retold"));
    window.until_shown(SLIP, "origin changed").await;
    window
        .until("the difference is shown", "document.querySelector('.ed .slip ins')?.textContent.includes('retold')")
        .await;
    assert!(folder.read("snippets/alpha-copy.md").contains("Alpha told in full."));
    window.click_named(SLIP, "See both").await;
    window.until_shown("dialog", "Your copy").await;
    window.until_shown("dialog", "Its origin now").await;
    window.press(Key::Escape).await;
    window.until("the dialogue is gone", "document.querySelector('dialog[open]') === null").await;
    window.click_named(SLIP, "Keep mine").await;
    window.until_hidden(SLIP, "origin changed").await;
    window.until_shown(SLIP, "Alpha told in full.").await;
    assert!(folder.read("snippets/alpha-copy.md").contains("Alpha told in full."));

    // It is changed once more, in the window: this time the copy follows, and the page with it.
    window.open_snippet("alpha").await;
    window.cursor_behind_in(".snip", "Alpha retold in full").await;
    window.type_text(" and twice").await;
    window.until_shown(SLIP, "origin changed").await;
    window.click_named(".snip", "Close").await;
    window.first_page().await;
    window.click_named(SLIP, "Update").await;
    folder.until_file("snippets/alpha-copy.md", "Alpha retold in full and twice.");
    window.until_hidden(SLIP, "origin changed").await;
    window.until_shown(SLIP, "Alpha retold in full and twice.").await;
    window.next_page(&hash).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_is_a_form_of_its_query_with_a_live_count() {
    let folder = folder();
    let (window, hash) = open(&folder).await;
    let before = window.editor_text().await;
    window.until_shown(VIEW, "2 snippets").await;
    // One filter more, by keys alone once the field is entered.
    window.click(".ed .view .add-filter input").await;
    window.type_text("from").await;
    window.until_shown(".suggest", "From").await;
    window.press(Key::Enter).await;
    window.until("the field has the keys", "document.activeElement?.closest('.view [role=dialog]') !== null").await;
    window.type_text("2024").await;
    window.press(Key::Enter).await;
    window.until_text("topics: [x]\nfrom: 2024\n```").await;
    window.until_shown(VIEW, "1 snippet").await;
    let hash = window.next_page(&hash).await;
    // What cannot be is said at its place, and the rest still counts.
    window.cursor_behind("topics: [x]").await;
    window.press(Key::Enter).await;
    window.type_text("sort: sideways").await;
    window.until_shown(VIEW, "cannot be").await;
    window.until_shown(VIEW, "sideways").await;
    window.cursor_behind("Last para").await;
    window
        .until("the token is marked", "document.querySelector('.ed .view .tok.bad')?.textContent.includes('sideways')")
        .await;
    window.click_named(VIEW, "Remove Order").await;
    window.until_hidden(VIEW, "cannot be").await;
    assert!(!window.editor_text().await.contains("sideways"));
    // Taken away again, the view selects what it did and the page is as it was.
    window.click_named(VIEW, "Remove From").await;
    window.until_shown(VIEW, "2 snippets").await;
    window.next_page(&hash).await;
    assert_eq!(window.editor_text().await, before);
    window.close().await;
}
