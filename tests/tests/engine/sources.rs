//! Sources: brought in, merged, and opened.

use crate::{BIB, BRIEF, Session, workspace};
use chancery_engine::SourceLink;
use chancery_engine::ipc::{Action, ActionReply, Event, Query, QueryReply};
use chancery_tests::folder::Folder;

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
        "issued":{"date-parts":[[2024,5]]},"author":[{"family":"Müller","given":"Herta"},{"name":"Some Institute"}],"publisher":"X"}"#;
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
