//! A snippet's life in the real window: made of selected text, renamed, deleted, put back as it was, changed with others.

use chancery_tests::folder::{Folder, changed};
use chancery_tests::programs::{chancery, run};
use chancery_tests::window::{CONTROL, RELEASE, SHIFT, Window};
use fantoccini::key::Key;

const ALT: char = '\u{e00a}';

async fn open_brief(folder: &Folder) -> Window {
    let window = Window::open(folder).await;
    window.open_file("itpp-priorities.md").await;
    window.first_page().await;
    window
}

/// Asks the command line whether all that the workspace's files name is there.
fn assert_whole(folder: &Folder) {
    let mut check = chancery(&folder.home());
    let output = run(check.current_dir(folder.workspace()).arg("check"));
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

/// Opens the menu of the snippet that is open beside the text, by the keys.
async fn open_menu(window: &Window) {
    window.focus_named(".snip", "More about the snippet").await;
    window.press(Key::Enter).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn selected_text_becomes_a_snippet_and_leaves_its_embed() {
    let folder = Folder::with_rok_nato();
    let window = open_brief(&folder).await;
    let sentence = "Three aims were common to both: a stronger defence industry, a fixed frame for functional work such \
        as cyber defence, and a wider circle of partners.";
    window.select_text(sentence).await;
    window.type_text(&format!("{CONTROL}{SHIFT}d{RELEASE}")).await;
    window
        .until("its text is there", &format!("document.querySelector('dialog textarea')?.value === {sentence:?}"))
        .await;
    window.fill("dialog", "Title", "Three aims 세 목표").await;
    window.click_named("dialog", "Assessment").await;
    window.fill("dialog", "Source", "ballbach").await;
    window.take_suggestion("Ballbach 2025").await;
    window.fill("dialog", "Locator", "3").await;
    window.press(Key::Enter).await;
    window
        .until(
            "the snippet is open beside",
            "document.querySelector('.snip .sh .mono')?.textContent.startsWith('three-aims')",
        )
        .await;
    let id = window.shown(".snip .sh .mono").await;
    folder.until_file("itpp-priorities.md", &format!("\n![[{id}]] ![[shared-perceptions|short]] A programme"));
    assert_eq!(
        folder.read(&format!("snippets/{id}.md")),
        format!(
            "---\nkind: assessment\ntitle: \"Three aims 세 목표\"\nsources: [\"ballbach-2025, p. 3\"]\n---\n{sentence}\n"
        )
    );
    // Edited beside the text; a copy of it; the text's one undo brings the sentence back.
    window.cursor_behind_in(".snip", "a wider circle of partners.").await;
    window.type_text(" 그리고 더.").await;
    folder.until_file(&format!("snippets/{id}.md"), "partners. 그리고 더.");
    open_menu(&window).await;
    window.click_named("[role=menu]", "Duplicate snippet").await;
    window
        .until("the copy is open", &format!("document.querySelector('.snip .sh .mono')?.textContent === '{id}-copy'"))
        .await;
    assert_eq!(folder.read(&format!("snippets/{id}-copy.md")), folder.read(&format!("snippets/{id}.md")));
    window.cursor_behind("opposite camps and gave").await;
    window.press_control('z').await;
    folder.until_file("itpp-priorities.md", sentence);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rename_goes_through_every_file_and_one_undo_takes_all_back() {
    let folder = Folder::with_rok_nato();
    let window = open_brief(&folder).await;
    let before = folder.snapshot();
    window.click("#library-search").await;
    window.type_text("ITPP signed at Vilnius").await;
    window
        .until("it is found", "document.querySelector('#row-0 .t')?.textContent.includes('ITPP signed at Vilnius')")
        .await;
    window.press(Key::Down).await;
    window.type_text(&char::from(Key::F2).to_string()).await;
    // An id that is taken is no id for it, and says so at once.
    window.fill("dialog", "New id", "itpp").await;
    window.until_shown("dialog", "Another snippet has this id.").await;
    window.fill("dialog", "New id", "협력계획-2023").await;
    window.until_hidden("dialog", "Another snippet has this id.").await;
    window.press(Key::Enter).await;
    window.until_shown(".toast", "Renamed in").await;
    let after = folder.snapshot();
    let files = changed(&before, &after);
    assert!(after.contains_key("snippets/itpp/협력계획-2023.md") && !after.contains_key("snippets/itpp/itpp-2023.md"));
    assert!(files.len() > 6, "briefings and snippets name it: {files:?}");
    assert!(files.contains(&"itpp-priorities.md".to_owned()) && files.contains(&"itpp-priorities-deck.md".to_owned()));
    assert_whole(&folder);
    window.until_text("![[협력계획-2023]]").await;
    window.until("nothing is wrong", "document.querySelector('.counts .err') === null").await;
    // Everything is as it was, to the byte, also what is open.
    window.type_text(&format!("{CONTROL}{ALT}z{RELEASE}")).await;
    window.until_shown(".toast", "Taken back in").await;
    assert_eq!(changed(&before, &folder.snapshot()), Vec::<String>::new());
    window.until_text("![[itpp-2023]]").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn deleting_says_what_uses_it_and_can_be_undone() {
    let folder = Folder::with_rok_nato();
    let window = open_brief(&folder).await;
    let before = folder.snapshot();
    window.open_snippet("staff-talks-2023").await;
    // “Used in” leads to the place.
    window.until_shown(".used-in", "Priority areas for ROK–NATO cooperation").await;
    window.click_named(".used-in", "Priority areas for ROK–NATO cooperation").await;
    window.until("the keys are in the text", "document.activeElement?.closest('.ed') !== null").await;
    let line = window.line_at_cursor().await;
    assert!(line.contains("staff-talks-2023"), "the line names it: {line}");

    open_menu(&window).await;
    window.click_named("[role=menu]", "Delete snippet…").await;
    window.until_shown("dialog", "3 places use it").await;
    window.until_shown("dialog", "Capacity development and interoperability").await;
    window.press(Key::Escape).await;
    window.until("nothing happens", "document.querySelector('dialog') === null").await;
    assert_eq!(changed(&before, &folder.snapshot()), Vec::<String>::new());
    open_menu(&window).await;
    window.click_named("[role=menu]", "Delete snippet…").await;
    window.until_shown("dialog", "3 places use it").await;
    window.press(Key::Enter).await;
    window.until_shown(".toast", "Deleted 1 snippet").await;
    assert_eq!(changed(&before, &folder.snapshot()), ["snippets/summits-and-meetings/staff-talks-2023.md"]);
    window.until("it is missed", "document.querySelector('.counts .err') !== null").await;
    window.click_named(".toast", "Undo").await;
    window.until_shown(".toast", "Taken back in").await;
    assert_eq!(changed(&before, &folder.snapshot()), Vec::<String>::new());
    window.until("nothing is missed", "document.querySelector('.counts .err') === null").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_version_shows_what_changed_and_comes_back() {
    let folder = Folder::with_rok_nato();
    let file = "snippets/summits-and-meetings/staff-talks-2023.md";
    let original = folder.read(file);
    let window = open_brief(&folder).await;
    window.open_snippet("staff-talks-2023").await;
    for text in [" 첫 번째.", " Second."] {
        window.cursor_behind_in(".snip", "took place is not said.").await;
        window.type_text(text).await;
        folder.until_file(file, text);
    }
    open_menu(&window).await;
    window.click_named("[role=menu]", "Versions").await;
    window.until("versions are kept", "document.querySelectorAll('dialog [role=option]').length >= 2").await;
    // What changed last is shown first; the keys go down to the oldest.
    window.until("the list has the keys", "document.activeElement?.getAttribute('role') === 'listbox'").await;
    let marked =
        "[...document.querySelectorAll('dialog .cm-changedText, dialog ins')].map((e) => e.textContent).join(' ')";
    window.until("a change is marked", &format!("({marked}).trim() !== ''")).await;
    let count = window.evaluate("document.querySelectorAll('dialog [role=option]').length").await;
    for _ in 1..count.as_u64().expect("a number") {
        window.press(Key::Down).await;
    }
    window.until("all changes are marked", &format!("/번째/.test({marked}) && /Second/.test({marked})")).await;
    window.focus_named("dialog", "Restore").await;
    window.press(Key::Enter).await;
    window.until_disk("the first version", || folder.read(file) == original).await;
    // That was one change of the text, and can be undone as one.
    window.cursor_behind_in(".snip", "took place is").await;
    window.press_control('z').await;
    folder.until_file(file, "Second.");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_snippets_are_changed_as_one() {
    let folder = Folder::with_rok_nato();
    let window = open_brief(&folder).await;
    let before = folder.snapshot();
    window.click("#library-search").await;
    window.type_text("Poland").await;
    window
        .until(
            "they are found",
            "((n) => n > 3 && n < 100)(Number(document.querySelector('#row-0')?.ariaSetSize ?? 0))",
        )
        .await;
    window.press(Key::Down).await;
    for _ in 0..2 {
        window.type_text(&format!("{SHIFT}{}{RELEASE}", char::from(Key::Down))).await;
    }
    window.until_shown(".selection-bar", "3 selected").await;
    let titles =
        window.evaluate("[...document.querySelectorAll('.row[aria-selected=true] .t')].map((t) => t.title)").await;
    window.type_text(&format!("{CONTROL}{SHIFT}b{RELEASE}")).await;
    let form = ".bulk";
    window.focus_named(form, "Add: Topics").await;
    window.type_text("검토").await;
    window.press(Key::Enter).await;
    window.focus_named(form, "Add: Areas").await;
    window.type_text("cyber def").await;
    window.take_suggestion("Cyber defense").await;
    window.fill(form, "Review", "2027-01-31").await;
    window.press(Key::Enter).await;
    window.choose(form, "Marking", "TLP:AMBER").await;
    window.click_named(form, "Change 3 snippets").await;
    window.until_shown(".toast", "3 snippets changed").await;
    let after = folder.snapshot();
    let files = changed(&before, &after);
    assert_eq!(files.len(), 3, "{files:?}, of {titles}");
    for file in &files {
        let (old, new) = (&before[file], &after[file]);
        let title = old.lines().find_map(|line| line.strip_prefix("title: ")).expect("a title");
        assert!(titles.to_string().contains(title.trim_matches('"')), "{title} was selected: {titles}");
        assert!(
            new.contains("검토") && new.contains("cyber-defence") && new.contains("\nreview: 2027-01-31\n"),
            "{new}"
        );
        assert!(new.contains("\nmarking: TLP:AMBER\n"), "{new}");
        let others = |text: &str| -> Vec<String> {
            let ours = ["topics:", "areas:", "review:", "marking:"];
            text.lines().filter(|line| !ours.iter().any(|name| line.starts_with(name))).map(str::to_owned).collect()
        };
        assert_eq!(others(old), others(new), "no other line changes");
    }
    window.type_text(&format!("{CONTROL}{ALT}z{RELEASE}")).await;
    window.until_shown(".toast", "Taken back in 3 files").await;
    assert_eq!(changed(&before, &folder.snapshot()), Vec::<String>::new());
    window.close().await;
}
