//! Hangul in the real window, by keys of the keyboard through ibus and its Hangul engine.
//!
//! Under the Korean layout `gksrmf` is 한글: a syllable is composed in place until the next one, or another key, ends it.

use chancery_tests::folder::Folder;
use chancery_tests::window::{EDITOR, Window};

const BRIEFING: &str = "---\ntitle: Note\ntemplate: policy-brief\nmarking: TLP:CLEAR\n---\n\n\
    We recommend cyber defence first [@kim2024]. The rest can wait.\n\nSecond paragraph.\n";
const SNIPPET: &str = "---\nkind: event\ntitle: 방위산업의 분야\ndate: 2025-02-03\nlang: ko\n---\n\n\
    방위산업은 세 분야로 나뉜다.\n";

fn folder() -> Folder {
    Folder::with(&[("note.md", BRIEFING), ("snippets/bangwi.md", SNIPPET), ("snippets/other.md", SNIPPET_OTHER)])
}

const SNIPPET_OTHER: &str = "---\nkind: event\ntitle: Cyber exercises\ndate: 2024\n---\n\nThey train together.\n";

/// Opens the note, the Korean layout in use.
async fn open(folder: &Folder) -> Window {
    let window = Window::open_with_hangul(folder).await;
    window.open_file("note.md").await;
    window.first_page().await;
    window.cursor_behind("cyber defence first").await;
    window.keys(&["shift+space"]);
    window
}

/// Returns whether a text has letters that no syllable was made of.
fn has_loose_letters(text: &str) -> bool {
    text.chars().any(|letter| ('\u{3131}'..='\u{318e}').contains(&letter))
}

#[tokio::test(flavor = "multi_thread")]
async fn syllables_are_composed_in_the_text() {
    let folder = folder();
    let window = open(&folder).await;

    // Each syllable once, seen while it is being composed, and in the file as it was typed.
    window.letters(" gksrm");
    window.until_text("cyber defence first 한그 [").await;
    window.letters("f guqfur");
    window.until_text("cyber defence first 한글 협력 [").await;
    window.keys(&["space"]);
    window.until_text("cyber defence first 한글 협력  [").await;
    folder.until_file("note.md", "cyber defence first 한글 협력  [@kim2024]. The rest");

    // Backspace takes the last letter of the syllable, not the syllable.
    window.letters("gks");
    window.until_text("협력 한 [").await;
    window.keys(&["BackSpace"]);
    window.until_text("협력 하 [").await;
    window.keys(&["BackSpace", "BackSpace"]);
    window.until_text("협력  [").await;

    // An arrow ends the syllable and goes on from there; what follows stands before it.
    window.letters("gks");
    window.until_text("협력 한 [").await;
    window.keys(&["Left"]);
    let behind = format!("{EDITOR}.state.doc.sliceString({EDITOR}.state.selection.main.head).startsWith('한 [')");
    window.until("the cursor is before the syllable", &behind).await;
    window.letters("rmf ");
    window.until_text("협력 글 한 [").await;

    // Escape ends it as well, and leaves it.
    window.letters("sk");
    window.until_text("협력 글 나한 [").await;
    window.keys(&["Escape"]);
    window.letters("xh ");
    window.until_text("협력 글 나토 한 [").await;

    // Enter ends it and breaks the line, once.
    window.letters("ekrk");
    window.until_text("나토 다가한 [").await;
    window.keys(&["Return"]);
    window.until_text("나토 다가\n한 [@kim2024]. The rest").await;

    // Letters of shortcuts are letters while a syllable is composed; a shortcut with a modifier ends it first.
    window.letters("dnfl");
    window.until_text("다가\n우리한").await;
    window.keys(&["ctrl+s"]);
    folder.until_file("note.md", "다가\n우리한 [@kim2024].");
    assert!(window.evaluate("document.querySelector('dialog') === null").await == true, "no dialogue came");

    // Undo takes whole syllables, and leads back to the text as it was.
    let mut steps = 0;
    while window.editor_text().await != BRIEFING {
        window.keys(&["ctrl+z"]);
        let before = window.editor_text().await;
        assert!(!has_loose_letters(&before), "step {steps} left half a syllable: {before}");
        steps += 1;
        assert!(steps < 60, "undo never led back: {before}");
    }
    folder.until_file("note.md", BRIEFING);
    window.close().await;
}
