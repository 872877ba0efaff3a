//! Snippets: their ids, fields, copies and cards.

use crate::{BRIEF, Session, TALKS, workspace};
use chancery_engine::ipc::{Action, Event, FieldChange, FieldChangeHow, Query, QueryReply, Settling};

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
