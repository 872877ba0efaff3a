//! Pages: slides, their room, and export.

use crate::{Session, workspace};
use chancery_engine::ipc::{Action, Event, ExportFormat, ExportRequest, ExportState, PageSet, Query, QueryReply};
use chancery_tests::folder::Folder;

#[test]
fn a_deck_tells_its_slides_with_what_is_said_to_them() {
    let folder = Folder::with_rok_nato();
    let session = Session::open(&folder);
    let briefing = Some("itpp-priorities-deck.md".to_owned());
    session.act(Action::ShowPages { briefing, first: 1, last: 1, scale: 1.0 });
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

const PACK: &str = "[package]\nname = \"own\"\nversion = \"1.0.0\"\nentrypoint = \"lib.typ\"\nauthors = [\"A\"]\n\
    license = \"MIT\"\ndescription = \"Own.\"\n\n[tool.chancery]\ncontract = 1\nkind = \"note\"\n";

#[test]
fn pages_follow_a_template_and_a_picture_that_somebody_changes() {
    let picture = |colour: &str| {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9' fill='{colour}'/></svg>"
        )
    };
    let library = |size: u32| {
        format!(
            "#let briefing(meta: (:), settings: (:), body) = {{\n  set page(width: {size}pt, height: 200pt)\n  body\n}}\n"
        )
    };
    let folder = Folder::with(&[
        ("templates/own/typst.toml", PACK),
        ("templates/own/lib.typ", &library(300)),
        ("images/a.svg", &picture("red")),
        ("brief.md", "---\ntitle: B\ntemplate: own\ndate: 2025-01-01\n---\n\nText.\n\n![A square](images/a.svg)\n"),
    ]);
    let session = Session::open(&folder);
    session.act(Action::ShowPages { briefing: Some("brief.md".to_owned()), first: 1, last: 1, scale: 1.0 });
    let next = || {
        session.until(|event| match event {
            Event::Pages { pages } => Some((pages.pages[0].width, pages.pages[0].hash.clone())),
            Event::TypesetFailed { failure, .. } => panic!("{}", failure.message),
            _ => None,
        })
    };
    let (width, first) = next();
    assert_eq!(width, 300.0);
    folder.write("images/a.svg", picture("blue"));
    let blue = std::iter::repeat_with(next).find(|(_, hash)| *hash != first).expect("another picture");
    assert_eq!(blue.0, 300.0);
    folder.write("templates/own/lib.typ", library(400));
    std::iter::repeat_with(next).find(|(width, _)| *width == 400.0).expect("wider pages");
}

const DECK: &str =
    "---\ntitle: Deck\ntemplate: briefing-deck@1.0.0\nmarking: TLP:CLEAR\n---\n\n## Short\n\nA line.\n\n";

/// The pages of a deck, and where and what is said of its slides being too long.
fn typeset_deck(text: &str) -> (PageSet, Vec<(u32, String)>) {
    let folder = Folder::with(&[("deck.md", text)]);
    let session = Session::open(&folder);
    session.act(Action::ShowPages { briefing: Some("deck.md".to_owned()), first: 1, last: 2, scale: 1.0 });
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
