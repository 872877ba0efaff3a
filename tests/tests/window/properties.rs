//! Front matter as a form, in the real window: what a user changes there changes its own lines on the disk and no other.

use chancery_tests::folder::Folder;
use chancery_tests::window::{CONTROL, RELEASE, SHIFT, Window};
use fantoccini::key::Key;

const ALT: char = '\u{e00a}';
/// The form of the briefing, and the one of the snippet beside it.
const FORM: &str = ".ed .props";
const SNIPPET: &str = ".snip .props";

async fn open_form(window: &Window, place: &str) {
    window.click(&format!("{place} .props-line[aria-expanded=false]")).await;
    window.find(&format!("{place} .props label")).await;
}

/// Opens a snippet beside the briefing, with its form.
async fn open_snippet(window: &Window, id: &str) {
    window.open_snippet(id).await;
    open_form(window, ".snip").await;
}

/// Returns the lines that are not the same in two texts, as before and after.
fn differences<'a>(before: &'a str, after: &'a str) -> Vec<(&'a str, &'a str)> {
    assert_eq!(before.lines().count(), after.lines().count(), "no line came and none went:\n{after}");
    before.lines().zip(after.lines()).filter(|(before, after)| before != after).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_of_a_briefing_changes_its_own_lines_and_the_page_follows() {
    let folder = Folder::with_rok_nato();
    // A field of somebody else's, and spaces and comments as people write them.
    let original = folder
        .read("itpp-priorities.md")
        .replace("author: Asia desk\n", "author: Asia desk   # both of us\ndesk-ref: { nr: 12,   keep: \"as is\" }\n");
    folder.write("itpp-priorities.md", &original);
    let window = Window::open(&folder).await;
    window.open_file("itpp-priorities.md").await;
    let hash = window.first_page().await;
    open_form(&window, ".ed").await;
    window.until_shown(FORM, "desk-ref").await;
    window.until_shown(FORM, "kept as it is").await;

    window.fill(".ed .front", "Title", "Priorities 우선순위").await;
    let hash = window.next_page(&hash).await;
    // The day is chosen by keys: down from the third to the tenth, and one back.
    window.focus_named(FORM, "Date").await;
    window.type_text(&format!("{ALT}{}{RELEASE}", char::from(Key::Down))).await;
    window.until("the calendar has the keys", "document.activeElement?.dataset.value === '2025-02-03'").await;
    window.press(Key::Down).await;
    window.until("a week on", "document.activeElement?.dataset.value === '2025-02-10'").await;
    window.press(Key::Left).await;
    window.press(Key::Enter).await;
    window.until("the field has the keys again", "document.activeElement?.value === '2025-02-09'").await;
    window.choose(FORM, "Marking", "TLP:AMBER").await;
    window.fill(FORM, "Accent colour", "#8a1f2b").await;
    window.press(Key::Enter).await;
    window.click_named(FORM, "Cover page").await;
    let hash = window.next_page(&hash).await;
    folder.until_file("itpp-priorities.md", "cover: true");
    let after = folder.read("itpp-priorities.md");
    assert_eq!(
        differences(&original, &after),
        [
            ("title: Priority areas for ROK–NATO cooperation", "title: Priorities 우선순위"),
            ("date: 2025-02-03", "date: 2025-02-09"),
            ("marking: TLP:GREEN", "marking: TLP:AMBER"),
            (
                "settings: { accent: \"#1f3a5f\", logo: images/desk.svg }",
                "settings: { accent: \"#8a1f2b\", logo: images/desk.svg, cover: true }"
            ),
        ]
    );
    // An undo for each, in the text's own history.
    window.press_control('z').await;
    window.next_page(&hash).await;
    folder.until_file("itpp-priorities.md", "logo: images/desk.svg }");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_of_a_snippet_has_pickers_for_what_it_is_about() {
    let folder = Folder::with_rok_nato();
    let file = "snippets/summits-and-meetings/staff-talks-2023.md";
    let original = folder.read(file).replace("place: Seoul\n", "place: Seoul\nfolder_no: 0012 # of the registry\n");
    folder.write(file, &original);
    let window = Window::open(&folder).await;
    window.open_file("itpp-priorities.md").await;
    open_snippet(&window, "staff-talks-2023").await;
    window.until_shown(SNIPPET, "folder_no").await;

    // A topic that is there, by its first letters and Enter; one that is not; actors and areas.
    for (name, text) in
        [("Add: Topics", "사이버"), ("Add: Actors", "국방부"), ("In one line", "Staff talks in Seoul, 서울.")]
    {
        window.focus_named(SNIPPET, name).await;
        window.type_text(text).await;
        if name.starts_with("Add") {
            window.press(Key::Enter).await;
        }
    }
    window.focus_named(SNIPPET, "Add: Areas").await;
    window.type_text("cyber def").await;
    window.take_suggestion("Cyber defense").await;
    window.click_named(SNIPPET, "Remove meetings").await;
    // A source is picked, and asks for the place in it.
    window.focus_named(SNIPPET, "Add: Sources").await;
    window.type_text("herald").await;
    window.take_suggestion("The Korea Herald 2023").await;
    window.until("the place is asked for", "document.activeElement?.classList.contains('locator')").await;
    window.type_text("para. 4").await;
    window.press(Key::Enter).await;
    // The pointer chooses a day.
    window.click_named(&format!("{SNIPPET} .date"), "Choose a day").await;
    window.click_named(".calendar", "Friday, 17 February 2023").await;
    folder.until_file(file, "date: 2023-02-17");
    folder.until_file(file, "para. 4");
    let after = folder.read(file);
    let expected = original
        .replace("date: 2023-02\n", "date: 2023-02-17\n")
        .replace("actors: [ROK, NATO, Yoon Suk-yeol]", "actors: [ROK, NATO, Yoon Suk-yeol, 국방부]")
        .replace("topics: [meetings, interoperability]", "topics: [interoperability, 사이버]")
        .replace("areas: [capacity-interoperability]", "areas: [capacity-interoperability, cyber-defence]")
        .replace(
            "administration\"]\n",
            "administration\", \"korea-herald-2023, para. 4\"]\nshort: Staff talks in Seoul, 서울.\n",
        );
    assert_eq!(after, expected);

    // Another kind shows its own fields.
    window.choose(SNIPPET, "Kind", "Agreement").await;
    window.named(SNIPPET, "Status").await;
    folder.until_file(file, "kind: agreement");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_date_is_named_at_its_field_and_stays_until_it_is_put_right() {
    let folder = Folder::with_rok_nato();
    let file = "snippets/summits-and-meetings/staff-talks-2023.md";
    let original = folder.read(file);
    let window = Window::open(&folder).await;
    window.open_file("itpp-priorities.md").await;
    open_snippet(&window, "staff-talks-2023").await;
    window.fill(SNIPPET, "Date", "17.2.2023").await;
    window.press(Key::Enter).await;
    let field = window.named(SNIPPET, "Date").await;
    window.until_shown(".snip .props .wrong", "2023-07-11").await;
    assert_eq!(field.attr("aria-invalid").await.expect("an attribute").as_deref(), Some("true"));
    let says = field.attr("aria-describedby").await.expect("an attribute").expect("the reason");
    assert!(window.shown(&format!("[id='{says}']")).await.contains("2023-07-11"), "a screen reader reads the reason");
    folder.until_file(file, "date: 17.2.2023");
    window
        .until("it counts among the problems", "document.querySelector('.counts .err, .counts .warn') !== null")
        .await;
    // One undo puts it back, the keys still in the form.
    window.press_control('z').await;
    folder.until_file(file, "date: 2023-02\n");
    assert_eq!(folder.read(file), original);
    window.until("nothing is wrong", "document.querySelector('.snip .props .wrong') === null").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_changes_the_file_while_its_form_is_open() {
    let folder = Folder::with_rok_nato();
    let window = Window::open(&folder).await;
    window.open_file("itpp-priorities.md").await;
    open_form(&window, ".ed").await;
    window.fill(".ed .front", "Title", "Ours 우리").await;
    // Both in the same moment: they change another line, and then the very line that has the keys here.
    let theirs =
        folder.read("itpp-priorities.md").replace("lang: en", "lang: en\nregister: A-7").replace("fit: 4", "fit: 5");
    folder.write("itpp-priorities.md", theirs);
    window.until_shown(FORM, "register").await;
    window.until("their change is in the form", "document.querySelector('.ed .props').innerText.length > 0").await;
    window.until("the title is ours", "document.activeElement?.value === 'Ours 우리'").await;
    folder.until_file("itpp-priorities.md", "title: Ours 우리");
    folder.until_file("itpp-priorities.md", "register: A-7");
    let theirs = folder.read("itpp-priorities.md").replace("title: Ours 우리", "title: Theirs");
    folder.write("itpp-priorities.md", theirs);
    window.until("the field shows their title", "document.activeElement?.value === 'Theirs'").await;
    window.type_text("!").await;
    folder.until_file("itpp-priorities.md", "title: Theirs!");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_file_says_so_and_the_form_keeps_what_was_chosen() {
    let folder = Folder::with_rok_nato();
    let file = folder.workspace().join("itpp-priorities.md");
    let original = folder.read("itpp-priorities.md");
    let mut permissions = std::fs::metadata(&file).expect("a file").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&file, permissions.clone()).expect("a read-only file");
    let window = Window::open(&folder).await;
    window.open_file("itpp-priorities.md").await;
    open_form(&window, ".ed").await;
    window.choose(FORM, "Marking", "TLP:RED").await;
    window.until_shown(".saved", "read-only").await;
    assert_eq!(folder.read("itpp-priorities.md"), original, "what is read-only stays");
    assert!(window.editor_text().await.contains("marking: TLP:RED"));
    // Once it can be written the text goes there, by saving alone.
    #[allow(clippy::permissions_set_readonly_false)]
    permissions.set_readonly(false);
    std::fs::set_permissions(&file, permissions).expect("a writable file");
    window.type_text(&format!("{CONTROL}s{RELEASE}")).await;
    folder.until_file("itpp-priorities.md", "marking: TLP:RED");
    window.until("it is saved", "document.querySelector('.saved')?.dataset.state === 'saved'").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_takes_what_people_write_by_hand() {
    let folder = Folder::with(&[
        (
            "snippets/twice.md",
            "---\nkind: text\ntitle: Twice\ntopics: [itpp, itpp]\nactors:\n  - ROK   # ours\n  - NATO\nsources: [nobody-2020]\nodd: 1\nodd: 2\n---\nBody.\n",
        ),
        (
            "brief.md",
            "---\r\ntitle: B\r\ntemplate: policy-brief\r\ndate: 2025-01-01\r\nsettings:\r\n  accent: \"#123456\"   # house\r\n  own: {a: 1}\r\n---\r\n\r\n![[twice]]\r\n",
        ),
    ]);
    let window = Window::open(&folder).await;
    window.open_file("brief.md").await;
    open_form(&window, ".ed").await;
    window.until_shown(FORM, "own").await;
    window.fill(FORM, "Accent colour", "#654321").await;
    window.press(Key::Enter).await;
    folder.until_file("brief.md", "#654321");
    assert_eq!(
        folder.read("brief.md"),
        "---\r\ntitle: B\r\ntemplate: policy-brief\r\ndate: 2025-01-01\r\nsettings:\r\n  accent: \"#654321\"   # house\r\n  own: {a: 1}\r\n---\r\n\r\n![[twice]]\r\n"
    );
    // A topic twice, a field twice, a source that nobody knows: all are shown, one of two is taken away.
    open_snippet(&window, "twice").await;
    window.click_named(SNIPPET, "Remove itpp").await;
    window.focus_named(SNIPPET, "Add: Actors").await;
    window.type_text("일본,").await;
    folder.until_file("snippets/twice.md", "일본");
    assert_eq!(
        folder.read("snippets/twice.md"),
        "---\nkind: text\ntitle: Twice\ntopics: [itpp]\nactors:\n  - ROK   # ours\n  - NATO\n  - 일본\nsources: [nobody-2020]\nodd: 1\nodd: 2\n---\nBody.\n"
    );
    window.type_text(&format!("{CONTROL}{SHIFT}z{RELEASE}")).await;
    window.close().await;
}
