//! The bibliography in the real window: found, added in every form, opened at a page, followed to its citations, merged.

use chancery_tests::folder::{Folder, changed};
use chancery_tests::viewers::opened;
use chancery_tests::window::{CONTROL, RELEASE, Window};
use fantoccini::key::Key;
use std::fs;

const ALT: char = '\u{e00a}';
const PANE: &str = ".source-pane";
const PANEL: &str = ".source-panel";

const RIS: &str = "TY  - JOUR\nAU  - Cha, Victor D.\nTI  - NATO's partners in Asia\nJO  - Korea Journal\nPY  - 2024\nVL  - 12\nER  - \n";
const CSL: &str = r#"{"DOI":"10.1000/xyz.7","type":"article-journal","title":"Cyber exercises","author":[{"family":"Kang","given":"David C."}],"container-title":"Survival","issued":{"date-parts":[[2022,3]]}}"#;

async fn open_sources(folder: &Folder) -> Window {
    let window = Window::open_with_viewers(folder).await;
    window.open_file("itpp-priorities.md").await;
    window.click_named(".lib", "Sources").await;
    window.until_shown(PANE, "Ballbach 2025").await;
    window
}

#[tokio::test(flavor = "multi_thread")]
async fn sources_are_added_by_paste_form_and_file() {
    let folder = Folder::with_rok_nato();
    let before = folder.snapshot();
    let window = open_sources(&folder).await;
    // What cannot be read stays, with the reason.
    window.click_named(".lib", "Add sources").await;
    window.fill(PANEL, "BibTeX, RIS, or CSL-JSON as a DOI gives it", "Ballbach, South Korea").await;
    window.click_named(PANEL, "Add").await;
    window
        .until("the reason is read out", "document.querySelector('.source-panel [role=alert]')?.innerText.length > 10")
        .await;
    let paste = "BibTeX, RIS, or CSL-JSON as a DOI gives it";
    assert_eq!(window.value_of(PANEL, paste).await, "Ballbach, South Korea");
    let bibtex = "@article{kim-2024, author = {{한국국방연구원}}, title = {한미동맹의 미래}, journaltitle = {전략연구}, date = {2024-05}}";
    for (entry, found) in [(bibtex, "한미동맹의 미래"), (RIS, "NATO's partners in Asia"), (CSL, "Cyber exercises")]
    {
        if !window.has(PANEL, paste).await {
            window.click_named(".lib", "Add sources").await;
        }
        window.paste_into(PANEL, paste, entry).await;
        window.type_text(&format!("{CONTROL}{}{RELEASE}", char::from(Key::Enter))).await;
        window.until_shown(PANE, found).await;
        window.until("the panel is gone", "document.querySelector('.source-panel') === null").await;
    }
    // By a form, in Korean.
    window.click_named(".lib", "Add sources").await;
    window.click_named(PANEL, "Form").await;
    window.fill(PANEL, "Date", "2023/13").await;
    window.until("the date is none", "document.querySelector('.source-panel .err')?.innerText.length > 0").await;
    for (name, text) in [
        ("Date", "2023-07-11"),
        ("Title", "국방백서"),
        ("Institution", "국방부"),
        ("Authors, one a line", "대한민국 국방부"),
    ] {
        window.fill(PANEL, name, text).await;
    }
    window.click_named(PANEL, "Add").await;
    window.until_shown(PANE, "국방백서").await;
    // A file, given to the pane as the system gives it when it is dropped there.
    let file = "@book{sejong-2021, author = {{Sejong Institute}}, title = {Arms and Alliances}, date = {2021}, publisher = {Sejong}}";
    let drop = format!(
        "(() => {{ const held = new DataTransfer(); held.items.add(new File([{file:?}], 'more.bib')); const on = document.querySelector('.source-pane'); \
         const event = (type) => new DragEvent(type, {{ bubbles: true, cancelable: true, dataTransfer: held }}); \
         on.dispatchEvent(event('dragover')); on.dispatchEvent(event('drop')); return true; }})()"
    );
    window.evaluate(&drop).await;
    window.until_shown(PANE, "Arms and Alliances").await;

    assert_eq!(changed(&before, &folder.snapshot()), ["sources.bib"]);
    let written = folder.read("sources.bib");
    assert!(written.starts_with(&before["sources.bib"]), "what was there stays as it was");
    for text in ["kim-2024", "한미동맹의 미래", "10.1000/xyz.7", "Cha, Victor D.", "국방백서", "sejong-2021"]
    {
        assert!(written.contains(text), "{text}: {written}");
    }
    // Found by what one remembers of it, and cited at the cursor.
    window.cursor_behind("is our ranking, not his.").await;
    window.fill(PANE, "Author, title, year", "동맹").await;
    window.until("one is found", "document.querySelectorAll('.source').length === 1").await;
    window.click(".source").await;
    window.click_named(PANE, "Cite").await;
    folder.until_file("itpp-priorities.md", "is our ranking, not his.[@kim-2024]");
    window.until("nothing is wrong", "document.querySelector('.counts .err') === null").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_leads_to_its_document_its_page_and_its_citations() {
    let folder = Folder::with_rok_nato();
    // One source with a copy in the workspace, cited at a page.
    folder.write("papers/rekha.pdf", "%PDF-1.4\n");
    let bib = folder
        .read("sources.bib")
        .replace("note         = {no title", "file         = {papers/rekha.pdf},\n  note         = {no title");
    folder.write("sources.bib", bib);
    folder.write(
        "short.md",
        "---\ntitle: Short\ntemplate: policy-brief\ndate: 2025-02-03\n---\n\nOne point [@rekha-2024, p. 3].\n",
    );
    let window = open_sources(&folder).await;
    window.fill(PANE, "Author, title, year", "ballbach").await;
    window.until("one is found", "document.querySelectorAll('.source').length === 1").await;
    window.click(".source").await;
    window.click_named(".source-more", "Open").await;
    window.until_disk("its address is asked for", || opened(&folder).contains("xdg-open https://")).await;
    assert!(opened(&folder).contains("10419/315530") || opened(&folder).contains("doi.org"), "{}", opened(&folder));

    // At the page that the citation names, from the text.
    window.open_file("short.md").await;
    window.cursor_behind("@rekha-2024, p.").await;
    window.press_control('k').await;
    window.find("dialog.palette input").await;
    window.type_text("Open the source cited").await;
    window.until_shown("#palette-list [aria-selected=true]", "Open the source cited here").await;
    window.press(Key::Enter).await;
    window.until_disk("the viewer is asked for the page", || opened(&folder).contains("evince --page-label=3")).await;
    assert!(opened(&folder).lines().any(|line| line.ends_with("papers/rekha.pdf")), "{}", opened(&folder));

    // Where it is cited: all places, and the way to one of them.
    window.fill(PANE, "Author, title, year", "rekha").await;
    let found =
        "((list) => list.length === 1 && list[0].textContent.includes('Rekha'))(document.querySelectorAll('.source'))";
    window.until("one is found", found).await;
    window.click(".source").await;
    window.until("places are listed", "document.querySelectorAll('.cited-in li').length === 12").await;
    let all = window.evaluate("[...document.querySelectorAll('.source-more .lk')].at(-1).textContent").await;
    window.click_named(".source-more", all.as_str().expect("a name")).await;
    let count: usize = all
        .as_str()
        .expect("a name")
        .chars()
        .filter(char::is_ascii_digit)
        .collect::<String>()
        .parse()
        .expect("a number");
    window.until("all are listed", &format!("document.querySelectorAll('.cited-in li').length === {count}")).await;
    let named: usize = folder
        .snapshot()
        .iter()
        .filter(|(name, _)| name.ends_with(".md") && *name != "README.md")
        .map(|(_, text)| text.matches("rekha-2024").count())
        .sum();
    assert_eq!(count, named, "each place that names it is there");
    window.click_named(".cited-in", "Short").await;
    window.until("the keys are in the text", "document.activeElement?.closest('.ed') !== null").await;
    assert!(window.line_at_cursor().await.contains("[@rekha-2024, p. 3]"));
    // And what rests on it.
    window.click_named(".source-more", "Its snippets").await;
    window.until_shown(".lhead", " of ").await;
    let found = window.evaluate("Number(document.querySelector('.row').ariaSetSize)").await.as_u64().expect("a number");
    let rests = folder
        .snapshot()
        .iter()
        .filter(|(name, text)| name.starts_with("snippets/") && text.contains("rekha-2024"))
        .count();
    assert_eq!(found, rests as u64);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_entries_of_one_work_become_one_and_the_citations_follow() {
    let folder = Folder::with_rok_nato();
    let mut bib = folder.read("sources.bib");
    bib.push_str("\n@report{ballbach-swp, author = {Ballbach, Eric J.}, title = {South Korea's Ever-Closer Relations with NATO}, date = {2025}, doi = {https://doi.org/10.18449/2025c04}}\n");
    folder.write("sources.bib", bib);
    folder.write("short.md", "---\ntitle: Short\ntemplate: policy-brief\ndate: 2025-02-03\n---\n\nOne point [see @ballbach-swp, p. 2; @rekha-2024].\n");
    let name = "snippets/terms/pointer.md";
    folder.write(
        name,
        "---\nkind: text\ntitle: Pointer 가\nsources: [\"ballbach-swp, p. 9\"]\n---\nText @ballbach-swp says.\n",
    );
    let before = folder.snapshot();
    let window = open_sources(&folder).await;
    window.open_file("short.md").await;
    window.click_named(PANE, "1 duplicate").await;
    window.until_shown(PANEL, "ballbach-swp").await;
    // The entry that is used most is offered to stay.
    window.click_named(PANEL, "Keep ballbach-2025").await;
    window.until_shown(".toast", "Merged 2 entries into ballbach-2025").await;
    let after = folder.snapshot();
    assert_eq!(changed(&before, &after), ["short.md", name, "sources.bib"]);
    assert!(after["short.md"].contains("[see @ballbach-2025, p. 2; @rekha-2024]"));
    assert!(after[name].contains("ballbach-2025, p. 9") && after[name].contains("Text @ballbach-2025 says."));
    assert!(!after["sources.bib"].contains("ballbach-swp"));
    window.until_text("@ballbach-2025, p. 2").await;
    window.until("nothing is wrong", "document.querySelector('.counts .err') === null").await;
    window.type_text(&format!("{CONTROL}{ALT}z{RELEASE}")).await;
    window.until_shown(".toast", "Taken back in 3 files").await;
    assert_eq!(changed(&before, &folder.snapshot()), Vec::<String>::new());
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bibliography_that_cannot_be_written_keeps_what_was_pasted() {
    let folder = Folder::with_rok_nato();
    let path = folder.workspace().join("sources.bib");
    let mut permissions = fs::metadata(&path).expect("a file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("a read-only file");
    let before = folder.snapshot();
    let window = open_sources(&folder).await;
    window.click_named(".lib", "Add sources").await;
    let paste = "BibTeX, RIS, or CSL-JSON as a DOI gives it";
    window.paste_into(PANEL, paste, CSL).await;
    window.click_named(PANEL, "Add").await;
    window.until_shown(".source-panel [role=alert]", "read-only").await;
    assert_eq!(window.value_of(PANEL, paste).await, CSL);
    assert_eq!(changed(&before, &folder.snapshot()), Vec::<String>::new());
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_workspace_gets_its_first_source() {
    let folder = Folder::with(&[]);
    let window = Window::open(&folder).await;
    window.click_named(".lib", "Sources").await;
    window.until_shown(PANE, "No sources yet.").await;
    window.click_named(PANE, "Add sources").await;
    window.paste_into(PANEL, "BibTeX, RIS, or CSL-JSON as a DOI gives it", RIS).await;
    window.click_named(PANEL, "Add").await;
    window.until_shown(PANE, "NATO's partners in Asia").await;
    assert!(folder.read("sources.bib").contains("NATO's partners in Asia"));
    assert!(folder.read("chancery.toml").contains("sources.bib"), "the workspace knows its bibliography");
    window.close().await;
}
