//! Hangul in the real window, by keys of the keyboard through ibus and its Hangul engine.
//!
//! Under the Korean layout `gksrmf` is 한글: a syllable is composed in place until the next one, or another key, ends it.

use chancery_tests::folder::Folder;
use chancery_tests::window::{EDITOR, Window};
use std::fs;

const BRIEFING: &str = "---\ntitle: Note\ntemplate: policy-brief\nmarking: TLP:CLEAR\n---\n\n\
    We recommend cyber defence first [@kim2024]. The rest can wait.\n\nSecond paragraph.\n";
const SNIPPET: &str = "---\nkind: event\ntitle: 방위산업의 분야\ndate: 2025-02-03\nlang: ko\n---\n\n\
    방위산업은 세 분야로 나뉜다.\n";

fn folder() -> Folder {
    let plain = BRIEFING.replace(" [@kim2024]", "");
    Folder::with(&[
        ("note.md", BRIEFING),
        ("plain.md", &plain),
        ("snippets/bangwi.md", SNIPPET),
        ("snippets/other.md", SNIPPET_OTHER),
    ])
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

/// Waits until the field with the focus holds exactly this.
async fn until_field(window: &Window, text: &str) {
    window.until(text, &format!("document.activeElement.value === {text:?}")).await;
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

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_over_is_replaced_in_its_place() {
    let folder = folder();
    let window = open(&folder).await;
    window.select_text("re").await;
    window.letters("gksrmf ");
    window.until_text("We 한글 commend cyber defence first").await;
    window.select_text("cyber").await;
    window.letters("tkdlqj ");
    window.until_text("We 한글 commend 사이버  defence first").await;
    folder.until_file("note.md", "We 한글 commend 사이버  defence first");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn completion_and_chips_let_syllables_be() {
    let folder = folder();
    let window = open(&folder).await;

    // Before and behind a chip, whose text comes up as the cursor comes near.
    window.cursor_behind("[@kim2024]").await;
    window.letters("rudfb");
    window.until_text("[@kim2024]경류.").await;
    window.keys(&["Home"]);
    window.letters("Thtks ");
    window.until_text("\n쏘산 We recommend").await;

    // A snippet by its Korean title, the list following each letter; Enter takes the entry and leaves no syllable behind.
    window.cursor_behind("Second paragraph.").await;
    window.keys(&["Return", "Return"]);
    window.letters("![[qkddnl");
    window.find(".cm-tooltip-autocomplete [role=option][aria-selected=true]").await;
    window.until_text("![[방위").await;
    let offered =
        "document.querySelector('.cm-tooltip-autocomplete [aria-selected=true]')?.textContent.includes('방위산업')";
    window.until("the snippet is offered", offered).await;
    window.keys(&["Return"]);
    window.until_text("![[bangwi]]").await;
    folder.until_file("note.md", "Second paragraph.\n\n![[bangwi]]");
    let text = window.editor_text().await;
    assert!(!text.contains("방위"), "what was typed to find it is gone: {text}");

    // By a slash as well.
    window.cursor_behind("The rest can wait.").await;
    window.keys(&["Return", "Return"]);
    window.letters("/qkddnl");
    window.until("the snippet is offered", offered).await;
    window.keys(&["Return"]);
    folder.until_file("note.md", "The rest can wait.\n\n![[bangwi]]\n");
    assert!(!window.editor_text().await.contains("방위"));

    // Beside the text, in the snippet's own editor.
    window.click(".slip [aria-label^=Open], .slip button.open").await;
    window.find(".snip .cm-content").await;
    window.cursor_behind_in(".snip", "나뉜다.").await;
    window.letters(" Rmx");
    folder.until_file("snippets/bangwi.md", "나뉜다. 끝");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn syllables_are_composed_in_every_field() {
    let folder = folder();
    let window = open(&folder).await;

    // The library's search follows each letter and keeps the syllable.
    window.click("#library-search").await;
    window.letters("qkddnl");
    until_field(&window, "방위").await;
    window.until_shown(".lib .rows", "방위산업의 분야").await;
    window.until_hidden(".lib .rows", "Cyber exercises").await;
    window.keys(&["BackSpace"]);
    until_field(&window, "방우").await;
    window.keys(&["Escape", "Escape"]);
    until_field(&window, "").await;

    // The title as it is typed; Enter ends the syllable and goes to the text, and puts no line into either.
    window.click("[data-field=title]").await;
    window.keys(&["End"]);
    window.letters(" qhrhtj");
    until_field(&window, "Note 보고서").await;
    window.keys(&["Return"]);
    folder.until_file("note.md", "title: Note 보고서\n");
    window.until("the text has the focus", "document.activeElement.classList.contains('cm-content')").await;
    assert_eq!(window.editor_text().await, BRIEFING.replace("title: Note", "title: Note 보고서"));

    // A list in the properties: Enter adds what was composed, once; Escape takes back what was typed, not what is open.
    window.click(".props-line").await;
    window.focus_named(".front", "Add: Author").await;
    window.letters("ghdrlfehd");
    until_field(&window, "홍길동").await;
    window.keys(&["Return"]);
    until_field(&window, "").await;
    folder.until_file("note.md", "홍길동");
    assert_eq!(folder.read("note.md").matches('홍').count(), 1);
    assert!(!has_loose_letters(&folder.read("note.md")));

    // The switcher, under its own shortcut, finds by a Korean title and opens it.
    window.keys(&["ctrl+o"]);
    window.find("dialog.palette input").await;
    window.letters("qkddnl");
    until_field(&window, "방위").await;
    let offered = "document.querySelector('#palette-list [aria-selected=true]')?.textContent.includes('방위산업')";
    window.until("the snippet is offered", offered).await;
    window.keys(&["Return"]);
    window.find(".snip .cm-content").await;
    window.until("the switcher is gone", "document.querySelector('dialog') === null").await;

    // A snippet's topics, among which some are suggested.
    window.click(".snip .props-line").await;
    window.focus_named(".snip .front", "Add: Topics").await;
    window.letters("qkdtks");
    until_field(&window, "방산").await;
    window.keys(&["Return"]);
    folder.until_file("snippets/bangwi.md", "방산");
    until_field(&window, "").await;
    assert_eq!(folder.read("snippets/bangwi.md").matches("방산").count(), 1);

    // Search in all and its replacement: Control and Enter ends the syllable and replaces once.
    window.keys(&["ctrl+shift+h"]);
    window.find(".find-all input").await;
    window.letters("qkddnltksdjq");
    until_field(&window, "방위산업").await;
    window.until("places are found", "document.querySelectorAll('.find-all [role=option]').length >= 2").await;
    window.click(".find-all [aria-label='Replace by']").await;
    window.letters("qkdtks");
    until_field(&window, "방산").await;
    window.keys(&["ctrl+Return"]);
    folder.until_file("snippets/bangwi.md", "title: 방산의 분야\n");
    folder.until_file("snippets/bangwi.md", "\n방산은 세 분야로");
    window.keys(&["Escape"]);

    // The palette runs the one command that was composed.
    window.keys(&["ctrl+k"]);
    window.find("dialog.palette input").await;
    window.letters("gksrnrdj");
    until_field(&window, "한국어").await;
    let first = "document.querySelector('#palette-list [aria-selected=true]')?.textContent.includes('한국어')";
    window.until("the command is first", first).await;
    window.keys(&["Return"]);
    window.until("the window is Korean", "document.documentElement.lang === 'ko'").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dialogue_takes_whole_syllables_and_closes_once() {
    let folder = folder();
    let window = open(&folder).await;

    // Search within the text: each letter counts, Enter goes on from the whole word. Escape ends a syllable, the next one closes.
    window.cursor_behind("Second paragraph.").await;
    window.letters(" qkdtks qkd qkdtks ");
    window.until_text("paragraph. 방산 방 방산 ").await;
    window.keys(&["ctrl+f"]);
    window.find(".find-in-text input").await;
    window.letters("qkdtks");
    until_field(&window, "방산").await;
    window.until_shown(".find-in-text [role=status]", "2 places").await;
    window.keys(&["Return"]);
    window.until_shown(".find-in-text [role=status]", "1 of 2").await;
    window.keys(&["Return"]);
    window.until_shown(".find-in-text [role=status]", "2 of 2").await;
    window.letters("dmf");
    until_field(&window, "을").await;
    window.keys(&["Escape"]);
    window.letters("dk");
    until_field(&window, "을아").await;
    window.keys(&["Escape", "Escape"]);
    window.until("the panel is gone", "document.querySelector('.find-in-text') === null").await;
    window.until_text("paragraph. 방산 방 방산 \n").await;

    // Escape while a syllable is composed ends the syllable; the dialogue and what was typed stay.
    window.keys(&["ctrl+n"]);
    let taken = "(() => { const e = document.activeElement; return e.value === '방산' && e.selectionStart === 0 && e.selectionEnd === 2; })()";
    window.until("the title is what was selected, ready to be written over", taken).await;
    window.letters("tkdlqj guqfur");
    until_field(&window, "사이버 협력").await;
    window.keys(&["Escape"]);
    until_field(&window, "사이버 협력").await;
    window.letters("cp");
    until_field(&window, "사이버 협력체").await;
    // In the body Enter ends the syllable and the line.
    window.click("dialog textarea").await;
    window.letters("gksalrnr");
    until_field(&window, "방산한미국").await;
    window.keys(&["Return"]);
    window.letters("ehdaod ");
    until_field(&window, "방산한미국\n동맹 ").await;
    // Enter in the title makes one snippet, under the whole title.
    window.click("dialog .field.large").await;
    window.keys(&["End"]);
    window.letters("wp");
    until_field(&window, "사이버 협력체제").await;
    window.keys(&["Return"]);
    let made = || {
        let files = fs::read_dir(folder.workspace().join("snippets")).expect("snippets").flatten();
        files
            .filter_map(|file| fs::read_to_string(file.path()).ok())
            .filter(|text| text.contains("사이버 협력"))
            .collect()
    };
    window.until_disk("one snippet of that title", || !Vec::<String>::is_empty(&made())).await;
    window.find(".snip .cm-content").await;
    let made: Vec<String> = made();
    assert_eq!(made.len(), 1, "{made:#?}");
    assert!(made[0].contains("사이버 협력체제") && made[0].contains("\n방산한미국\n동맹"), "{}", made[0]);

    // And where an export goes to.
    window.keys(&["shift+space"]);
    window.open_file("plain.md").await;
    window.keys(&["ctrl+shift+e"]);
    window.click("dialog input[name=path]").await;
    window.keys(&["ctrl+a"]);
    let target = folder.path("out");
    fs::create_dir(&target).expect("a folder");
    window.type_text(&format!("{}/.pdf", target.display())).await;
    window.keys(&["Left", "Left", "Left", "Left", "shift+space"]);
    window.letters("qhrhtj");
    until_field(&window, &format!("{}/보고서.pdf", target.display())).await;
    window.keys(&["Return"]);
    window.until_disk("보고서.pdf", || target.join("보고서.pdf").is_file()).await;
    assert_eq!(fs::read_dir(&target).expect("a folder").count(), 1, "and nothing else");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_syllable_stands_at_every_cursor() {
    let folder = folder();
    let window = open(&folder).await;
    window.select_text("re").await;
    window.keys(&["ctrl+d"]);
    window.letters("gksrmf");
    window.until_text("We 한글commend cyber defence first").await;
    window.until_text("The 한글st can wait.").await;
    window.keys(&["space"]);
    folder.until_file("note.md", "We 한글 commend cyber defence first [@kim2024]. The 한글 st can wait.");
    window.close().await;
}

const BIB: &str = "@book{kim2024,\n  author = {{방위사업청}},\n  title = {방위산업의 협력},\n  date = {2024},\n}\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_source_is_found_and_its_place_said_in_korean() {
    let folder = folder();
    folder.write("sources.bib", BIB);
    folder.write("chancery.toml", "[workspace]\nname = \"Test\"\nlanguage = \"en\"\nsources = [\"sources.bib\"]\n");
    let window = open(&folder).await;

    // By its Korean title, then the place in it: a kind that has no sign of its own.
    window.cursor_behind("Second paragraph").await;
    window.letters(" [@qkddnl");
    let offered = "document.querySelector('.cm-tooltip-autocomplete [aria-selected=true]')?.textContent.includes('방위산업의 협력')";
    window.until("the source is offered", offered).await;
    window.keys(&["Return"]);
    window.until_text("Second paragraph [@kim2024].").await;
    window.until("the place is asked for", "document.activeElement?.matches('.locate-field input')").await;
    window.keys(&["Up"]);
    window.letters("wp3wkd");
    until_field(&window, "제3장").await;
    window.keys(&["Return"]);
    window.until_text("Second paragraph [@kim2024, 제3장].").await;
    window.until("the text has the focus", "document.activeElement.classList.contains('cm-content')").await;
    window.letters(" dl");
    folder.until_file("note.md", "Second paragraph [@kim2024, 제3장] 이.");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_new_is_named_in_korean() {
    let folder = folder();
    let window = open(&folder).await;

    // A snippet's new name.
    window.click("#library-search").await;
    window.letters("qkddnl");
    window.until_shown("#row-0", "방위산업의 분야").await;
    window.keys(&["Down"]);
    window.find("#row-0[aria-selected=true]").await;
    window.keys(&["F2"]);
    window.until("the id is asked for", "document.activeElement?.matches('dialog input.mono')").await;
    window.keys(&["ctrl+a"]);
    window.letters("qkdtks-qns");
    until_field(&window, "방산-분").await;
    window.keys(&["Escape"]);
    until_field(&window, "방산-분").await;
    window.letters("di");
    until_field(&window, "방산-분야").await;
    window.keys(&["Return"]);
    window.until_disk("the file has its new name", || folder.workspace().join("snippets/방산-분야.md").is_file()).await;

    // A search that is kept.
    window.click("#library-search").await;
    window.keys(&["ctrl+a"]);
    window.letters("qkddnl");
    until_field(&window, "방위").await;
    window.click_named(".lhead", "Saved searches").await;
    window.focus_named(".searches", "Name of the search").await;
    window.letters("dnfl wkfy");
    until_field(&window, "우리 자료").await;
    window.keys(&["Return"]);
    window.until("it is saved", "document.querySelector('.searches') === null").await;
    window.click_named(".lhead", "Saved searches").await;
    window.until_shown(".searches li", "우리 자료").await;
    window.keys(&["Escape"]);
    window.until("the searches are gone", "document.querySelector('.searches') === null").await;

    // A source by its fields, each in turn.
    window.click_named(".lib", "Sources").await;
    window.click_named(".lib", "Add sources").await;
    window.click_named(".source-panel", "Form").await;
    window.focus_named(".source-panel", "Authors, one a line").await;
    window.letters("rlaqntlr");
    until_field(&window, "김부식").await;
    window.keys(&["Return"]);
    window.letters("qkrwldnjs");
    until_field(&window, "김부식\n박지원").await;
    window.keys(&["Tab"]);
    window.letters("rnrqkd qortj");
    until_field(&window, "국방 백서").await;
    window.keys(&["Tab"]);
    window.letters("rnrqkdqn");
    until_field(&window, "국방부").await;
    window.keys(&["Return"]);
    window.until_shown(".source-pane", "국방 백서").await;
    let written = folder.read("sources.bib");
    for text in ["{김부식} and {박지원}", "{국방 백서}", "{국방부}"] {
        assert_eq!(written.matches(text).count(), 1, "{text}: {written}");
    }

    // A briefing.
    window.keys(&["ctrl+shift+n"]);
    window.until("the title is asked for", "document.activeElement?.matches('#new-briefing input.large')").await;
    window.letters("gksal guqfur");
    until_field(&window, "한미 협력").await;
    window.keys(&["Return"]);
    window
        .until("it is open", "document.querySelector('.tab-name[aria-selected=true]')?.innerText.includes('한미 협력')")
        .await;
    let made = window.evaluate("document.querySelector('.tab-name[aria-selected=true]').title").await;
    assert!(folder.read(made.as_str().expect("a file")).contains("title: 한미 협력\n"));
    assert!(folder.snapshot().values().all(|text| !has_loose_letters(text)), "no half syllable is left anywhere");
    window.close().await;
}
