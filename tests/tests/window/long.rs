//! Long work in the real window: how far it is, that it can be stopped, and that one goes on writing meanwhile.

use chancery_tests::folder::{Folder, changed};
use chancery_tests::material;
use chancery_tests::window::{CONTROL, EDITOR, RELEASE, SHIFT, Window};
use fantoccini::key::Key;
use std::fs;

/// How far the work of that name is, in hundredths; nothing while that is not known.
fn share(name: &str) -> String {
    format!("document.querySelector('[role=progressbar][aria-label=\"{name}\"]')?.ariaValueNow ?? null")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_while_a_big_folder_is_read_is_kept() {
    let big = material::snippets(6_000);
    let folder = Folder::with(&[("note.md", "---\ntitle: Note\n---\n\nOne.\n")]);
    let data = folder.home().join("data/chancery");
    fs::create_dir_all(&data).expect("a data folder");
    fs::write(data.join("recent-workspaces"), format!("{}\n", big.workspace().display())).expect("a list");
    let before = big.snapshot();
    let window = Window::open(&folder).await;
    window.open_file("note.md").await;
    window.cursor_behind("One.").await;
    window.click(".tb-ws .name").await;
    window.click_named("[role=menu]", "workspace").await;
    window.cursor_behind("One.").await;
    // One goes on writing until the other workspace is there; all that was seen in the text is in the file.
    let text = format!("document.querySelector('.ed .cm-content') ? {EDITOR}.state.doc.toString() : null");
    let mut seen = String::new();
    for word in 0.. {
        window.type_text(&format!(" word{word}")).await;
        match window.evaluate(&text).await.as_str() {
            Some(text) => seen = text.to_owned(),
            None => break,
        }
    }
    window.until_shown(".lhead", "6,000 snippets").await;
    assert!(seen.contains("One. word0"), "{seen}");
    assert!(folder.read("note.md").starts_with(seen.trim_end()), "lost of {seen}: {}", folder.read("note.md"));
    assert_eq!(changed(&before, &big.snapshot()), Vec::<String>::new(), "reading writes nothing");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_export_is_stopped_and_leaves_what_was_there() {
    let folder = material::briefing(60);
    let window = Window::open(&folder).await;
    window.open_file("long.md").await;
    window.first_page().await;
    fs::create_dir_all(folder.path("out")).expect("a folder");
    fs::write(folder.path("out/long-1.png"), "of last week").expect("a file");
    export(&window, "PNG", &folder.path("out/long-{p}.png").to_string_lossy()).await;
    let share = share("Exporting");
    window.until("its share is told", &share).await;
    window.cursor_behind("Paragraph 3: ").await;
    window.type_text("Written meanwhile. ").await;
    folder.until_file("long.md", "Paragraph 3: Written meanwhile. ");
    window.until("the export goes on", &format!("({share}) !== null")).await;
    window.click_named(".status", "Stop").await;
    window.until_shown(".toast", "Export stopped").await;
    let left: Vec<_> =
        fs::read_dir(folder.path("out")).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["long-1.png"], "nothing half-way is left");
    assert_eq!(fs::read_to_string(folder.path("out/long-1.png")).expect("a file"), "of last week");
    // And the pages go on following the text.
    let hash = window.first_page().await;
    window.cursor_behind("Paragraph 3: ").await;
    window.type_text("Once more. ").await;
    window.next_page(&hash).await;
    window.close().await;
}

/// Has the briefing in front exported.
async fn export(window: &Window, format: &str, path: &str) {
    window.type_text(&format!("{CONTROL}{SHIFT}e{RELEASE}")).await;
    window.find("dialog input[name=path]").await;
    window.evaluate(&format!("document.querySelector('dialog input[value={}]').click()", format.to_lowercase())).await;
    let field = window.find("dialog input[name=path]").await;
    field.clear().await.expect("an empty field");
    field.send_keys(path).await.expect("a path");
    window.press(Key::Enter).await;
}
