//! Texts: searched, illustrated, and as they were before.

use crate::{BRIEF, Session, TALKS, workspace};
use chancery_engine::ipc::{Action, Query, QueryReply, TextPoint, TextSearch};
use std::time::Duration;

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
