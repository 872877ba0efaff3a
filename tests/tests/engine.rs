//! Stories about a session: what the window asks of several files at once, on real folders.

use chancery_engine::ipc::{
    Action, ActionReply, CompletionKind, Event, ExportFormat, ExportRequest, ExportState, FieldChange, FieldChangeHow,
    Query, QueryReply, Settling, TextChange, TextPoint, TextSearch,
};
use chancery_engine::{Engine, EngineConfig, SourceLink};
use chancery_tests::folder::Folder;
use chancery_tests::programs::built;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

fn reading(folder: &Folder) -> Action {
    Action::OpenWorkspace { folder: folder.workspace().to_string_lossy().into_owned() }
}

struct Session {
    engine: Engine,
    runtime: tokio::runtime::Runtime,
    events: Receiver<Event>,
}

impl Session {
    fn open(folder: &Folder) -> Self {
        let session = Self::start(folder);
        session.act(reading(folder));
        session.act(Action::EnterWorkspace);
        session
    }

    fn start(folder: &Folder) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let config = EngineConfig {
            data: folder.home().join("data"),
            cache: folder.home().join("cache"),
            ..EngineConfig::new(built("chancery"))
        };
        let engine = Engine::start(config).expect("an engine");
        let (sender, events) = channel();
        engine.subscribe(move |event| sender.send(event).is_ok());
        Self { engine, runtime, events }
    }

    fn act(&self, action: Action) -> ActionReply {
        self.runtime.block_on(self.engine.act(action)).unwrap_or_else(|failure| panic!("{failure}"))
    }

    fn refused(&self, action: Action) -> String {
        let failure = self.runtime.block_on(self.engine.act(action)).expect_err("a failure");
        failure.code
    }

    fn ask(&self, query: Query) -> QueryReply {
        self.runtime.block_on(self.engine.query(query)).unwrap_or_else(|failure| panic!("{failure}"))
    }

    /// Does what changes several files; returns how many files and places.
    fn edit(&self, action: Action) -> (u32, u32) {
        match self.act(action) {
            ActionReply::Edited { edit } => (edit.files, edit.places),
            other => panic!("{other:?}"),
        }
    }

    fn made(&self, action: Action) -> String {
        match self.act(action) {
            ActionReply::Made { file } => file,
            other => panic!("{other:?}"),
        }
    }

    fn until<T>(&self, mut wanted: impl FnMut(Event) -> Option<T>) -> T {
        loop {
            let event = self.events.recv_timeout(Duration::from_secs(60)).expect("the event in a minute");
            if let Some(found) = wanted(event) {
                return found;
            }
        }
    }

    /// Types at an offset of an open document.
    fn type_at(&self, file: &str, version: u32, offset: u32, text: &str) {
        let changes = vec![TextChange { from: offset, to: offset, insert: text.to_owned() }];
        self.act(Action::Edit { file: file.to_owned(), version, changes });
    }

    fn card(&self, id: &str) -> chancery_engine::ipc::SnippetCard {
        match self.ask(Query::Cards { ids: vec![id.to_owned()] }) {
            QueryReply::Cards { mut cards } if cards.len() == 1 => cards.remove(0),
            other => panic!("{other:?}"),
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.engine.close();
    }
}

const TALKS: &str = "---\nkind: event\ntitle: Staff talks\ndate: 2023\ntopics: [talks]\nsources: [\"smith-2020, p. 2\"]\nshort: Talks.\n---\nStaff met [@smith-2020, p. 3].\n";
const BRIEF: &str = "---\ntitle: Brief\n---\n\n![[talks]]\n\nSee [[talks|them]] [@smith-2020].\n";
const BIB: &str = "@book{smith-2020,\n  author = {Smith, Ann},\n  title = {On talks},\n  date = {2020},\n}\n";
const CONFIG: &str = "[workspace]\nname = \"Test\"\nlanguage = \"en\"\nsources = [\"sources.bib\"]\n";

fn workspace() -> Folder {
    let folder = Folder::with(&[
        ("snippets/talks.md", TALKS),
        ("brief.md", BRIEF),
        ("sources.bib", BIB),
        ("chancery.toml", CONFIG),
    ]);
    // What was written in the last two seconds counts as still being written.
    std::thread::sleep(Duration::from_millis(10));
    folder
}

#[test]
fn a_new_id_reaches_every_file_and_goes_back_as_one() {
    let folder = workspace();
    folder.write(
        "snippets/more.md",
        "---\nkind: text\ntitle: More\nsame-origin: [talks]\n---\n```{timeline}\nids: [talks]\nhighlight: talks\n```\n",
    );
    let session = Session::open(&folder);
    session.act(Action::OpenDocument { file: "brief.md".to_owned() });
    session.type_at("brief.md", 1, 0, "");
    let rename = |id: &str, to: &str| Action::RenameSnippet { id: id.to_owned(), to: to.to_owned() };
    assert_eq!(session.edit(rename("talks", "staff-talks")), (3, 5));
    assert!(!folder.workspace().join("snippets/talks.md").exists());
    assert_eq!(folder.read("snippets/staff-talks.md"), TALKS);
    assert_eq!(
        folder.read("brief.md"),
        BRIEF.replace("talks]]", "staff-talks]]").replace("[[talks|", "[[staff-talks|")
    );
    assert!(folder.read("snippets/more.md").contains("same-origin: [staff-talks]"));
    assert!(folder.read("snippets/more.md").contains("ids: [staff-talks]\nhighlight: staff-talks\n"));
    // The open document was told, so that what is typed next lands in the new text.
    let changes = session.until(|event| match event {
        Event::DocumentChanged { file, changes, .. } if file == "brief.md" => Some(changes),
        _ => None,
    });
    assert!(!changes.is_empty());
    assert_eq!(session.edit(Action::UndoEdit), (3, 5));
    assert_eq!((folder.read("brief.md"), folder.read("snippets/talks.md")), (BRIEF.to_owned(), TALKS.to_owned()));
    assert_eq!(session.refused(Action::UndoEdit), "nothing-to-undo");
    assert_eq!(session.refused(rename("talks", "more")), "taken");
    assert_eq!(session.refused(rename("talks", "a/b")), "not-an-id");
    assert_eq!(session.refused(rename("nothing", "x")), "unknown-snippet");
}

#[test]
fn a_change_that_somebody_wrote_over_is_not_taken_back() {
    let folder = workspace();
    let session = Session::open(&folder);
    session.edit(Action::RenameSnippet { id: "talks".to_owned(), to: "x".to_owned() });
    folder.write("brief.md", "---\ntitle: Brief\n---\nA colleague's text, [[x]].\n");
    assert_eq!(session.refused(Action::UndoEdit), "changed-since");
    assert!(folder.read("brief.md").contains("A colleague's text"));
    assert!(folder.workspace().join("snippets/x.md").exists(), "no file was changed");
}

#[test]
fn a_deleted_snippet_says_where_it_is_missed_and_comes_back() {
    let folder = workspace();
    let session = Session::open(&folder);
    match session.ask(Query::Uses { id: "talks".to_owned() }) {
        QueryReply::Uses { uses } => assert_eq!(uses.len(), 2),
        other => panic!("{other:?}"),
    }
    session.act(Action::OpenDocument { file: "snippets/talks.md".to_owned() });
    session.edit(Action::DeleteSnippets { ids: vec!["talks".to_owned()] });
    assert!(!folder.workspace().join("snippets/talks.md").exists());
    let gone = session.until(|event| match event {
        Event::FileMoved { file, to } => Some((file, to)),
        _ => None,
    });
    assert_eq!(gone, ("snippets/talks.md".to_owned(), None));
    session.edit(Action::UndoEdit);
    assert_eq!(folder.read("snippets/talks.md"), TALKS);
    assert_eq!(session.card("talks").title, "Staff talks");
}

#[test]
fn a_copy_knows_its_origin_and_when_it_has_changed() {
    let folder = workspace();
    let session = Session::open(&folder);
    let file = session.made(Action::DetachSnippet { id: "talks".to_owned() });
    assert_eq!(file, "snippets/talks-copy.md");
    let card = session.card("talks-copy");
    assert_eq!((card.copy_of.as_deref(), card.origin_changed), (Some("talks"), false));
    session.act(Action::OpenDocument { file: "snippets/talks.md".to_owned() });
    let end = TALKS.encode_utf16().count() as u32;
    session.type_at("snippets/talks.md", 1, end, "And again.\n");
    assert!(session.card("talks-copy").origin_changed);
    session.edit(Action::SettleCopy { id: "talks-copy".to_owned(), how: Settling::Keep });
    assert!(!session.card("talks-copy").origin_changed);
    assert!(!folder.read(&file).contains("And again"));
    session.type_at("snippets/talks.md", 2, end, "Once more.\n");
    session.edit(Action::SettleCopy { id: "talks-copy".to_owned(), how: Settling::Update });
    assert!(folder.read(&file).contains("Once more.\nAnd again."));
    let card = session.card("talks-copy");
    assert_eq!((card.copy_of.as_deref(), card.origin_changed), (Some("talks"), false));
    // The copy still knows its origin when that gets another id.
    session.edit(Action::RenameSnippet { id: "talks".to_owned(), to: "first".to_owned() });
    assert_eq!(session.card("talks-copy").copy_of.as_deref(), Some("first"));
    assert_eq!(session.made(Action::DuplicateSnippet { id: "first".to_owned() }), "snippets/first-copy.md");
}

#[test]
fn fields_of_many_snippets_change_and_no_other_byte() {
    let folder = workspace();
    folder.write("snippets/b.md", "---\nkind: text  # a remark\ntitle: B\ntopics:\n  - talks\n  - x\n---\r\nB.\r\n");
    let session = Session::open(&folder);
    let change = |field: &str, how: FieldChangeHow, values: &[&str]| FieldChange {
        field: field.to_owned(),
        how,
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    let changes = vec![
        change("topics", FieldChangeHow::Add, &["itpp", "talks"]),
        change("review", FieldChangeHow::Set, &["2027-01-31"]),
    ];
    let ids = vec!["talks".to_owned(), "b".to_owned()];
    assert_eq!(session.edit(Action::SetFields { ids: ids.clone(), changes }).0, 2);
    assert_eq!(
        folder.read("snippets/talks.md"),
        TALKS.replace("[talks]", "[talks, itpp]").replace("short: Talks.\n", "short: Talks.\nreview: 2027-01-31\n")
    );
    let other = folder.read("snippets/b.md");
    assert!(other.contains("kind: text  # a remark\n") && other.ends_with("---\r\nB.\r\n"), "{other}");
    let without =
        vec![change("topics", FieldChangeHow::Remove, &["talks"]), change("review", FieldChangeHow::Set, &[])];
    session.edit(Action::SetFields { ids, changes: without });
    assert_eq!(folder.read("snippets/talks.md"), TALKS.replace("[talks]", "[itpp]"));
    // A change that changes nothing makes nothing to take back.
    let nothing = vec![change("topics", FieldChangeHow::Remove, &["never"])];
    assert_eq!(session.edit(Action::SetFields { ids: vec!["talks".to_owned()], changes: nothing }), (0, 0));
}

#[test]
fn a_text_is_found_everywhere_and_replaced_but_where_it_stays() {
    let folder = workspace();
    let session = Session::open(&folder);
    // What is typed and not saved yet is found too.
    session.act(Action::OpenDocument { file: "brief.md".to_owned() });
    session.type_at("brief.md", 1, BRIEF.encode_utf16().count() as u32, "한국 Staff.\n");
    let search = TextSearch { text: "staff".to_owned(), ..TextSearch::default() };
    let QueryReply::Search { found } = session.ask(Query::Search { search: search.clone(), limit: 100 }) else {
        panic!("an answer of another kind")
    };
    assert_eq!((found.places, found.files), (3, 2));
    let brief = &found.hits[0];
    assert_eq!((brief.file.as_str(), brief.title.as_str()), ("brief.md", "Brief"));
    let hit = &brief.hits[0];
    assert_eq!((hit.text.as_str(), hit.from, hit.to), ("한국 Staff.", 3, 8));
    let title = found.hits[1].hits[0].offset;
    let skip = vec![TextPoint { file: "snippets/talks.md".to_owned(), offset: title }];
    assert_eq!(session.edit(Action::ReplaceAll { search, with: "Officers".to_owned(), skip }), (2, 2));
    assert_eq!(folder.read("snippets/talks.md"), TALKS.replace("Staff met", "Officers met"));
    folder.until_file("brief.md", "한국 Officers.");
    let years = TextSearch { text: r"p\. (\d)".to_owned(), regex: true, ..TextSearch::default() };
    session.edit(Action::ReplaceAll { search: years, with: "para. $1".to_owned(), skip: Vec::new() });
    assert!(
        folder.read("snippets/talks.md").contains("para. 2") && folder.read("snippets/talks.md").contains("para. 3")
    );
    let broken = TextSearch { text: "(".to_owned(), regex: true, ..TextSearch::default() };
    let QueryReply::Search { found } = session.ask(Query::Search { search: broken, limit: 1 }) else { panic!() };
    assert!(found.error.is_some());
}

#[test]
fn sources_come_in_from_other_programs_and_once() {
    let folder = workspace();
    let session = Session::open(&folder);
    let added = |text: &str| match session.act(Action::AddSources { text: text.to_owned() }) {
        ActionReply::SourcesAdded { added, known, .. } => (added, known),
        other => panic!("{other:?}"),
    };
    let ris = "TY  - RPRT\nAU  - Ballbach, Eric J.\nTI  - A longer\n  title\nPY  - 2025\nDA  - 2025/01//\nPB  - Institute & Sons\nIS  - 4\nDO  - 10.1000/xyz\nSP  - 1\nEP  - 8\nER  - \n";
    assert_eq!(added(ris), (vec!["ballbach-2025".to_owned()], vec![]));
    let bib = folder.read("sources.bib");
    assert!(bib.starts_with(BIB), "{bib}");
    for piece in ["@report{ballbach-2025", "Ballbach, Eric J.", "A longer title", "2025-01", "10.1000/xyz", "1--8"] {
        assert!(bib.contains(piece), "{piece}: {bib}");
    }
    let csl = r#"{"type":"journal-article","DOI":"10.1000/abc","title":["On Korea"],"container-title":["Survival"],
        "issued":{"date-parts":[[2024,5]]},"author":[{"family":"Müller","given":"Jo"},{"name":"Some Institute"}],"publisher":"X"}"#;
    assert_eq!(added(csl).0, ["muller-2024"]);
    // The same work by its DOI, and by its title and year; nothing is written twice.
    assert_eq!(added(&format!("[{csl}]")), (vec![], vec!["muller-2024".to_owned()]));
    assert_eq!(added("@misc{other, title={On Talks}, year={2020}}"), (vec![], vec!["smith-2020".to_owned()]));
    assert_eq!(added("@misc{smith-2020, title={Something else}, year={2021}}").0, ["smith-2020b"]);
    match session.ask(Query::Sources { text: "muller".to_owned() }) {
        QueryReply::Sources { sources } => assert_eq!(sources[0].title, "On Korea"),
        other => panic!("{other:?}"),
    }
    assert_eq!(session.refused(Action::AddSources { text: "no entry".to_owned() }), "no-entry");
    assert_eq!(session.refused(Action::AddSources { text: "@book{open, title = {x}".to_owned() }), "no-entry");
    assert_eq!(session.refused(Action::AddSources { text: "[{\"title\": ".to_owned() }), "no-entry");
}

#[test]
fn a_workspace_without_a_bibliography_gets_one() {
    let folder = Folder::with(&[("brief.md", BRIEF)]);
    let session = Session::open(&folder);
    session.act(Action::AddSources { text: BIB.to_owned() });
    assert!(folder.read("sources.bib").contains("@book{smith-2020"));
    assert!(folder.read("chancery.toml").contains("sources = [\"sources.bib\"]"));
    session.edit(Action::UndoEdit);
    assert!(!folder.workspace().join("sources.bib").exists());
}

#[test]
fn two_entries_of_one_work_become_one_and_citations_follow() {
    let folder = workspace();
    folder
        .write("sources.bib", format!("{BIB}\n@book{{smith2020a,\n  title = {{On Talks}},\n  date = {{2020}},\n}}\n"));
    folder.write(
        "more.md",
        "---\ntitle: More\n---\nAs @smith2020a says [see @smith2020a, p. 1; @smith-2020], not @smith2020ab.\n",
    );
    let session = Session::open(&folder);
    match session.ask(Query::SameSources) {
        QueryReply::SameSources { groups } => assert_eq!(groups, [["smith-2020", "smith2020a"]]),
        other => panic!("{other:?}"),
    }
    match session.ask(Query::Citations { key: "smith-2020".to_owned() }) {
        QueryReply::Uses { uses } => assert_eq!(uses.len(), 4, "{uses:?}"),
        other => panic!("{other:?}"),
    }
    session.edit(Action::MergeSources { keep: "smith-2020".to_owned(), drop: vec!["smith2020a".to_owned()] });
    assert_eq!(folder.read("sources.bib"), format!("{BIB}\n"));
    assert!(
        folder.read("more.md").contains("As @smith-2020 says [see @smith-2020, p. 1; @smith-2020], not @smith2020ab.")
    );
    session.edit(Action::UndoEdit);
    assert!(folder.read("sources.bib").contains("smith2020a"));
}

#[test]
fn a_source_opens_its_document_and_no_program() {
    let folder = workspace();
    let entry = |key: &str, more: &str| format!("@book{{{key}, title={{{key}}}, date={{2001}}, {more}}}\n");
    let bib = entry("doc", "file={Full text:papers/a.pdf:application/pdf}")
        + &entry("program", "file={papers/run.sh}, url={https://example.org/x}")
        + &entry("script", "url={javascript:alert(1)}");
    folder.write("sources.bib", bib);
    folder.write("papers/a.pdf", "%PDF-1.7");
    folder.write("papers/run.sh", "#!/bin/sh");
    let session = Session::open(&folder);
    let link = |key: &str| session.runtime.block_on(session.engine.source_link(key));
    assert_eq!(link("doc").expect("a link"), SourceLink::Document(folder.workspace().join("papers/a.pdf")));
    assert_eq!(link("program").expect("a link"), SourceLink::Address("https://example.org/x".to_owned()));
    assert_eq!(link("script").expect_err("no link").code, "no-link");
}

#[test]
fn a_pasted_picture_gets_a_name_of_its_own_and_nothing_else_gets_in() {
    const PNG: &str =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    let folder = workspace();
    let session = Session::open(&folder);
    let add = |name: &str, data: &str| Action::AddPicture { name: name.to_owned(), data: data.to_owned() };
    assert_eq!(session.made(add("../../Map of Korea.jpeg", PNG)), "images/map-of-korea.png");
    assert_eq!(session.made(add("map of korea.png", PNG)), "images/map-of-korea-2.png");
    assert_eq!(session.made(add("지도.png", PNG)), "images/지도.png");
    assert_eq!(session.refused(add("a.png", "aGVsbG8=")), "no-picture");
    match session.ask(Query::Values) {
        QueryReply::Values { values } => assert_eq!(values.images.len(), 3),
        other => panic!("{other:?}"),
    }
}

#[test]
fn earlier_versions_of_a_file_are_there_to_go_back_to() {
    let folder = workspace();
    let session = Session::open(&folder);
    session.act(Action::OpenDocument { file: "brief.md".to_owned() });
    session.type_at("brief.md", 1, BRIEF.encode_utf16().count() as u32, "More.\n");
    session.act(Action::Save { file: "brief.md".to_owned() });
    folder.until_file("brief.md", "More.");
    let versions = loop {
        match session.ask(Query::Versions { file: "brief.md".to_owned() }) {
            QueryReply::Versions { versions } if versions.len() == 2 => break versions,
            QueryReply::Versions { .. } => std::thread::sleep(Duration::from_millis(20)),
            other => panic!("{other:?}"),
        }
    };
    match session.ask(Query::VersionText { number: versions[1].number }) {
        QueryReply::Text { text } => assert_eq!(text.as_deref(), Some(BRIEF)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_deck_tells_its_slides_with_what_is_said_to_them() {
    let folder = Folder::with_rok_nato();
    let session = Session::open(&folder);
    let briefing = Some("itpp-priorities-deck.md".to_owned());
    session.act(Action::ShowPages { briefing, first: 1, last: 1 });
    let pages = session.until(|event| match event {
        Event::Pages { pages } => Some(pages.pages.len()),
        _ => None,
    });
    let QueryReply::Slides { slides } = session.ask(Query::Slides) else { panic!("an answer of another kind") };
    assert!(slides.len() > 10, "{slides:?}");
    assert_eq!(slides[0].page, 1);
    assert!(slides.windows(2).all(|pair| pair[0].page < pair[1].page), "{slides:?}");
    assert!(slides.iter().all(|slide| slide.page as usize <= pages && !slide.title.is_empty()), "{slides:?}");
    assert!(slides.iter().any(|slide| !slide.notes.is_empty() && slide.notes.iter().all(|note| !note.contains("![["))));
}

#[test]
fn a_form_says_what_a_kind_and_a_pack_have() {
    let folder = workspace();
    let session = Session::open(&folder);
    let form = |query: Query| match session.ask(query) {
        QueryReply::Form { schema } => schema,
        other => panic!("{other:?}"),
    };
    let deal = form(Query::Form { kind: Some(chancery_model::Kind::Deal) });
    assert_eq!(deal["properties"]["buyer"]["x-values"], "actors");
    assert_eq!(deal["required"], serde_json::json!(["title", "kind"]));
    assert_eq!(form(Query::Form { kind: None })["x-order"][0], "title");
    let pack = form(Query::SettingsForm { template: Some("policy-brief".to_owned()) });
    assert_eq!(pack["properties"]["accent"]["x-form"], "color");
    let none = form(Query::SettingsForm { template: Some("no-such-pack".to_owned()) });
    assert_eq!(none["x-order"], serde_json::json!([]));
}

#[test]
fn opening_a_large_folder_says_how_far_it_is_and_can_be_stopped() {
    let folder = Folder::with(&[]);
    for number in 0..3000 {
        folder.write(&format!("snippets/{number}.md"), format!("---\nkind: text\ntitle: {number}\n---\n"));
    }
    let session = Session::start(&folder);
    let opening = session.engine.act(reading(&folder));
    let stopping = session.engine.act(Action::StopOpening);
    let (opened, stopped) = session.runtime.block_on(async { tokio::join!(opening, stopping) });
    stopped.expect("done");
    assert_eq!(opened.expect_err("stopped").code, "stopped");
    match session.ask(Query::Workspace) {
        QueryReply::Workspace { workspace } => assert!(workspace.is_none()),
        other => panic!("{other:?}"),
    }
    session.act(reading(&folder));
    session.act(Action::EnterWorkspace);
    let furthest = std::iter::from_fn(|| session.events.recv_timeout(Duration::from_secs(5)).ok())
        .take_while(|event| !matches!(event, Event::WorkspaceChanged { .. }))
        .filter_map(|event| match event {
            Event::Progress { name, done, total } if name == "opening" && total == 3000 => Some(done),
            _ => None,
        });
    assert!(furthest.max().is_some_and(|done| done > 1000));
}

#[test]
fn many_sources_say_how_far_they_are_and_can_be_stopped() {
    let folder = workspace();
    let session = Session::open(&folder);
    let entry = |n: usize| format!("@misc{{k{n}, title = {{Title {n}}}, date = {{2020}}}}\n");
    let text: String = (0..3000).map(entry).collect();
    let adding = session.engine.act(Action::AddSources { text: text.clone() });
    let stopping = session.engine.act(Action::StopImport);
    let (added, stopped) = session.runtime.block_on(async { tokio::join!(adding, stopping) });
    stopped.expect("done");
    assert_eq!(added.expect_err("stopped").code, "import-stopped");
    assert_eq!(folder.read("sources.bib"), BIB, "nothing came in");

    session.act(Action::AddSources { text });
    assert!(folder.read("sources.bib").contains("@misc{k2999"));
    let furthest = std::iter::from_fn(|| session.events.try_recv().ok()).filter_map(|event| match event {
        Event::Progress { name, done, total } if name == "importing" && total == 3000 => Some(done),
        _ => None,
    });
    assert!(furthest.max().is_some_and(|done| done > 2000));
}

#[test]
fn what_is_typed_while_another_folder_is_read_is_kept() {
    let (one, other) = (workspace(), Folder::with(&[("snippets/other.md", TALKS)]));
    let session = Session::open(&one);
    let root = |folder: &Folder| folder.workspace().canonicalize().expect("a folder");
    let opened = || match session.ask(Query::Workspace) {
        QueryReply::Workspace { workspace: Some(workspace) } => PathBuf::from(workspace.folder),
        other => panic!("{other:?}"),
    };
    let file = "snippets/talks.md".to_owned();
    session.act(Action::OpenDocument { file: file.clone() });
    session.act(reading(&other));
    assert_eq!(opened(), root(&one), "it stays until the other one is entered");
    session.type_at(&file, 1, 0, "Typed meanwhile. ");
    session.act(Action::EnterWorkspace);
    assert_eq!(opened(), root(&other));
    assert!(one.read(&file).contains("Typed meanwhile. "));
    assert_eq!(session.refused(Action::EnterWorkspace), "not-read");
}

#[test]
fn a_closed_document_no_longer_hides_what_others_write() {
    let folder = workspace();
    let session = Session::open(&folder);
    let file = "snippets/talks.md".to_owned();
    session.act(Action::OpenDocument { file: file.clone() });
    session.type_at(&file, 1, 0, "");
    session.act(Action::CloseDocument { file });
    std::thread::sleep(Duration::from_millis(300));
    folder.write("snippets/talks.md", TALKS.replace("Staff talks", "Other talks"));
    let began = std::time::Instant::now();
    while session.card("talks").title != "Other talks" {
        assert!(began.elapsed() < Duration::from_secs(20), "what a colleague wrote was never read");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_copy_takes_over_the_fields_that_its_origin_changed_and_keeps_its_own() {
    let folder = workspace();
    let session = Session::open(&folder);
    let file = session.made(Action::DetachSnippet { id: "talks".to_owned() });
    let changes = || match session.ask(Query::CopyChanges { id: "talks-copy".to_owned() }) {
        QueryReply::CopyChanges { changes } => changes.expect("a copy"),
        other => panic!("{other:?}"),
    };
    let set = |field: &str, value: &str| FieldChange {
        field: field.to_owned(),
        how: FieldChangeHow::Set,
        values: vec![value.to_owned()],
    };
    let edit =
        |id: &str, changes: Vec<FieldChange>| session.edit(Action::SetFields { ids: vec![id.to_owned()], changes });
    edit("talks-copy", vec![set("title", "Our own title")]);
    assert!(!session.card("talks-copy").origin_changed);
    edit("talks", vec![set("date", "2024"), set("sources", "smith-2020, p. 9")]);
    assert!(session.card("talks-copy").origin_changed);
    let said = changes();
    let fields: Vec<_> =
        said.fields.iter().map(|at| (at.field.as_str(), at.copy.join("; "), at.origin.join("; "))).collect();
    let expected = [("date", "2023", "2024"), ("sources", "smith-2020, p. 2", "smith-2020, p. 9")];
    assert_eq!(fields, expected.map(|(field, copy, origin)| (field, copy.to_owned(), origin.to_owned())));
    assert!(!said.text);
    session.edit(Action::SettleCopy { id: "talks-copy".to_owned(), how: Settling::Update });
    let text = folder.read(&file);
    for part in ["title: Our own title", "date: 2024", "smith-2020, p. 9", "copy-of: talks"] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    assert!(changes().fields.is_empty() && !session.card("talks-copy").origin_changed);
}

#[test]
fn the_form_of_a_view_offers_what_the_view_takes() {
    let folder = workspace();
    let session = Session::open(&folder);
    let form = |name: &str| match session.ask(Query::ViewForm { name: name.to_owned() }) {
        QueryReply::Form { schema } => schema,
        other => panic!("{other:?}"),
    };
    let faults = |name: &str, body: String| match session.ask(Query::View { name: name.to_owned(), body }) {
        QueryReply::View { problems, .. } => {
            problems.into_iter().map(|problem| problem.code.to_string()).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    let views = match session.ask(Query::Complete { what: CompletionKind::View, text: String::new(), limit: 99 }) {
        QueryReply::Views { views } => views,
        other => panic!("{other:?}"),
    };
    assert!(views.len() >= 9);
    for view in views {
        let schema = form(&view.name);
        for (option, property) in schema["properties"].as_object().expect("options") {
            let takes = |value: &str| faults(&view.name, format!("{option}: {value}\n"));
            assert!(!takes("").contains(&"unknown-option".to_owned()), "{}: {option}", view.name);
            let choices = property["enum"].as_array().or_else(|| property["items"]["enum"].as_array());
            for choice in choices.into_iter().flatten().filter_map(|choice| choice.as_str()) {
                assert!(!takes(choice).contains(&"bad-option".to_owned()), "{}: {option}: {choice}", view.name);
            }
            if choices.is_some() || property["type"] == "boolean" || property["type"] == "number" {
                assert!(takes("nonsense").contains(&"bad-option".to_owned()), "{}: {option}", view.name);
            }
        }
        assert!(faults(&view.name, "nonsense: 1\n".to_owned()).contains(&"unknown-option".to_owned()));
    }
    assert!(form("nonsense").is_null());
}

#[test]
fn an_export_says_how_far_it_is_and_a_stopped_one_leaves_nothing() {
    let folder = workspace();
    folder.write("long.md", format!("---\ntitle: Long\n---\n\n{}", "A paragraph that goes on.\n\n".repeat(400)));
    let session = Session::open(&folder);
    let export = |name: &str| {
        let path = folder.path(name).join("page.png").to_string_lossy().into_owned();
        let request = ExportRequest { briefing: "long.md".to_owned(), format: ExportFormat::Png, path };
        session.act(Action::Export { request });
    };
    let files = |name: &str| std::fs::read_dir(folder.path(name)).map_or(0, |entries| entries.count());
    export("stopped");
    session.until(|event| match event {
        Event::Export { state: ExportState::Running { done: 1.., .. } } => Some(()),
        _ => None,
    });
    session.act(Action::StopExport);
    session.until(|event| matches!(event, Event::Export { state: ExportState::Stopped { .. } }).then_some(()));
    assert_eq!(files("stopped"), 0);
    export("whole");
    let mut told = Vec::new();
    let pages = session.until(|event| match event {
        Event::Export { state: ExportState::Running { done, total, .. } } => {
            told.push((done, total));
            None
        }
        Event::Export { state: ExportState::Done { pages, .. } } => Some(pages),
        _ => None,
    });
    assert!(pages > 4);
    assert_eq!(told.first(), Some(&(0, None)));
    assert_eq!(told.last(), Some(&(pages - 1, Some(pages))));
    assert_eq!(files("whole"), pages as usize);
}

#[test]
fn a_card_says_what_each_field_shows() {
    let folder = workspace();
    folder.write("snippets/sale.md", "---\nkind: deal\ntitle: A *sale*\nvalue: 12.50\nunit: US$ billion\nitems: [tanks, guns]\nstatus: talks\nsources: [smith-2020]\nsupersedes: [talks]\n---\n");
    let session = Session::open(&folder);
    let card = session.card("sale");
    let shown = |field: &str| card.texts.get(field).map(String::as_str).unwrap_or_default();
    assert_eq!((shown("title"), shown("items"), shown("status")), ("A sale", "tanks, guns", "in talks"));
    assert_eq!((shown("sources"), shown("supersedes")), ("Smith 2020", "Staff talks"));
    assert!(shown("value").starts_with("12.5") && !shown("value").contains("US$"));
    assert!(
        card.fields.iter().all(|field| card.texts.contains_key(field)) && card.fields.contains(&"items".to_owned())
    );
}

const DECK: &str =
    "---\ntitle: Deck\ntemplate: briefing-deck@1.0.0\nmarking: TLP:CLEAR\n---\n\n## Short\n\nA line.\n\n";

/// The pages of a deck, and where and what is said of its slides being too long.
fn typeset_deck(text: &str) -> (chancery_engine::ipc::PageSet, Vec<(u32, String)>) {
    let folder = Folder::with(&[("deck.md", text)]);
    let session = Session::open(&folder);
    session.act(Action::ShowPages { briefing: Some("deck.md".to_owned()), first: 1, last: 2 });
    let pages = session.until(|event| match event {
        Event::Pages { pages } => Some(pages),
        _ => None,
    });
    let problems = session.until(|event| match event {
        Event::Problems { problems } => Some(problems),
        _ => None,
    });
    let long = problems.into_iter().filter(|problem| problem.code == "slide-too-long");
    (pages, long.filter_map(|problem| Some((problem.place?.line, problem.message))).collect())
}

#[test]
fn a_slide_that_is_too_long_says_by_how_much_at_its_heading() {
    let (pages, problems) = typeset_deck(&format!("{DECK}## Another\n\n- A point.\n"));
    assert!(pages.pages.iter().all(|page| page.over.is_none() && page.runs_on_from.is_none()));
    assert_eq!(problems, []);

    // 20 points are eight more than the slide has room for; the slide after it is as it was.
    let (pages, problems) =
        typeset_deck(&format!("{DECK}## Long\n\n{}\n## After\n\nA line.\n", "- A point.\n".repeat(20)));
    let over: Vec<_> = pages.pages.iter().map(|page| (page.over.map(|over| over.lines), page.runs_on_from)).collect();
    let lines = over[2].0.expect("the third page is too long");
    assert_eq!(over, [(None, None), (None, None), (Some(lines), None), (None, Some(3)), (None, None)]);
    assert!((6..=12).contains(&lines), "{lines}");
    assert_eq!(problems, [(11, format!("the slide takes 2 pages: about {lines} lines too many"))]);
    let (more, _) = typeset_deck(&format!("{DECK}## Long\n\n{}\n## After\n\nA line.\n", "- A point.\n".repeat(23)));
    assert_eq!(more.pages[2].over.map(|over| over.lines), Some(lines + 3));
}
