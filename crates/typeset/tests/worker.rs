//! What a client can rely on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use chancery_typeset::{Diagnostic, Link, Wanted, Worker, WorkerConfig, WorkerError};
use common::{config, main, pages, project, size, strict, typeset};
use std::time::{Duration, Instant};

#[tokio::test]
async fn pages_come_with_their_images_headings_and_slides() {
    let worker = Worker::new(config());
    let block = "= Where things *stand* <here>\nText.\n#pagebreak()\n== 한국어\n";
    let mark = "#metadata((part: \"slide\", slide: 1, title: \"One\")) <chancery-slide>\n#include \"blocks/001.typ\"";
    let outcome = typeset(&worker, project(&[("main.typ", mark), ("blocks/001.typ", block)])).await.unwrap();

    assert_eq!(outcome.pages.len(), 2);
    let hash = outcome.pages[1].hash;
    let image = outcome.image.expect("the first page's image");
    assert_eq!((image.hash, image.width, size(&image.png)), (outcome.pages[0].hash, 595, (595, 842)));
    let svg = String::from_utf8(worker.svg(hash).await.unwrap().expect("a page")).unwrap();
    assert!(svg.starts_with("<svg") && svg.contains("viewBox=\"0 0 595.27"));
    assert!(worker.svg(1).await.unwrap().is_none());
    let headings: Vec<_> = outcome.headings.iter().map(|own| (own.level, own.title.as_str(), own.at.page)).collect();
    assert_eq!(headings, [(1, "Where things stand", 0), (2, "한국어", 1)]);
    assert_eq!(outcome.headings[1].file.as_deref(), Some("blocks/001.typ"));
    assert_eq!(&block[outcome.headings[1].range.clone().unwrap()], "== 한국어");
    assert_eq!(outcome.slides[0].value["title"], "One");
    assert!(outcome.warnings.is_empty(), "{:?}", outcome.warnings);
}

#[tokio::test]
async fn only_changed_pages_in_sight_are_drawn() {
    let worker = Worker::new(config());
    let wanted = |eager| Wanted { eager, scale: 2.0 };
    let first = worker.typeset(main(&pages(5, "old")), wanted(0..2)).await.unwrap();
    assert_eq!((first.pages.len(), first.image.map(|image| image.hash)), (5, Some(first.pages[0].hash)));
    let other = worker.image(first.pages[1].hash, 400).await.unwrap().expect("the other page in sight");
    assert_eq!(size(&other), (400, 200));
    let second = worker.typeset(main(&pages(5, "new")), wanted(0..2)).await.unwrap();
    assert_eq!(second.image.map(|image| image.hash), Some(second.pages[0].hash));
    assert_eq!(first.pages[1..], second.pages[1..]);

    let late = worker.image(second.pages[4].hash, 400).await.unwrap().expect("a page of the document");
    assert_eq!(size(&late), (400, 200));
    assert!(worker.image(1, 400).await.unwrap().is_none());
    let scrolled = worker.typeset(main(&pages(5, "new")), wanted(4..5)).await.unwrap();
    assert!(scrolled.image.is_none(), "page 5 was drawn before");
    let larger = worker.typeset(main(&pages(5, "new")), Wanted { eager: 3..5, scale: 3.0 }).await.unwrap();
    let image = larger.image.expect("an image of the new size");
    assert_eq!((image.hash, size(&image.png)), (larger.pages[3].hash, (600, 300)));
}

#[tokio::test]
async fn a_page_may_be_asked_for_larger_than_any_screen() {
    let worker = Worker::new(config());
    let outcome = typeset(&worker, main("#set page(width: 3000mm, height: 9000mm)\nBig.")).await.unwrap();
    let png = worker.image(outcome.pages[0].hash, u32::MAX).await.unwrap().expect("a page");
    let (width, height) = size(&png);
    assert!(u64::from(width) * u64::from(height) <= 33_000_000, "{width} × {height}");
}

#[tokio::test]
async fn a_small_picture_of_fine_hatching_is_drawn() {
    let worker = Worker::new(config());
    let fine = "#set page(width: 300pt, height: 600pt)\n#rect(width: 100%, height: 100%, stroke: none, \
        fill: tiling(size: (0.9pt, 0.9pt), rect(width: 0.9pt, height: 0.45pt, fill: black)))";
    let outcome = typeset(&worker, main(fine)).await.unwrap();
    for width in [20, 51, 300] {
        let png = worker.image(outcome.pages[0].hash, width).await.unwrap().expect("a page");
        assert_eq!(size(&png), (width, width * 2));
    }
    // Finer than can be drawn within reason: there is no picture, and the worker goes on.
    let finest = fine.replace("0.9pt", "0.0001pt").replace("0.45pt", "0.00005pt");
    let outcome = typeset(&worker, main(&finest)).await.unwrap();
    assert!(worker.image(outcome.pages[0].hash, 3000).await.unwrap().is_none());
    assert!(worker.svg(outcome.pages[0].hash).await.unwrap().is_some());
}

#[tokio::test]
async fn png_has_the_resolution_asked_for() {
    let worker = Worker::new(config());
    assert!(matches!(worker.png(0, 72.0).await, Err(WorkerError::NoPage)));
    typeset(&worker, main(&pages(1, "x"))).await.unwrap();
    let png = worker.png(0, 144.0).await.unwrap();
    assert_eq!(size(&png), (400, 200));
    assert!(matches!(worker.png(1, 72.0).await, Err(WorkerError::NoPage)));
}

#[tokio::test]
async fn of_waiting_calls_the_latest_wins() {
    let worker = Worker::new(config());
    let word = |n: usize| typeset(&worker, main(&pages(3, &n.to_string())));
    let (a, b, c, d) = tokio::join!(word(1), word(2), word(3), word(4));
    let outcomes = [a, b, c, d].map(|outcome| match outcome {
        Ok(_) => "done",
        Err(WorkerError::Superseded) => "superseded",
        Err(other) => panic!("{other}"),
    });
    assert_eq!(outcomes[3], "done");
    assert_eq!(outcomes[1..3], ["superseded"; 2]);
}

/// What goes wrong with a document, and what is said about it.
async fn goes_wrong(worker: &Worker, text: &str) -> WorkerError {
    let good = typeset(worker, main(&pages(2, "good"))).await.unwrap();
    let error = worker.typeset(main(text), Wanted::default()).await.expect_err("a hostile document");
    let png = worker.image(good.pages[1].hash, 200).await.unwrap().expect("the last good pages stay");
    assert_eq!(size(&png), (200, 100));
    assert!(!worker.page_at("main.typ", 60).await.unwrap().is_empty(), "its document is kept");
    typeset(worker, main(&pages(2, "better"))).await.expect("the worker goes on");
    error
}

fn only(error: &WorkerError) -> &Diagnostic {
    match error.diagnostics() {
        [only] => only,
        other => panic!("{error}: {other:?}"),
    }
}

#[tokio::test]
async fn an_error_has_its_place_hints_and_trace() {
    let worker = strict();
    let text = "#let draw(x) = {\n  x + 1\n}\n#draw([a])";
    let error = goes_wrong(&worker, text).await;
    let finding = only(&error);
    assert_eq!(finding.message, "cannot add content and integer");
    assert_eq!((finding.file.as_deref(), &text[finding.range.clone().unwrap()]), (Some("main.typ"), "x + 1"));
    let call = &finding.trace[0];
    assert_eq!((call.message.as_str(), &text[call.range.clone().unwrap()]), ("while calling `draw`", "draw([a])"));

    let error = goes_wrong(&worker, "#set text(colour: red)").await;
    assert_eq!(only(&error).message, "unexpected argument: colour");
    let error = goes_wrong(&worker, "#let x = 1\n#xx-y").await;
    assert!(only(&error).hints.iter().any(|hint| hint.contains("subtraction")), "{error:?}");
}

#[tokio::test]
async fn an_endless_while_is_an_error() {
    let error = goes_wrong(&strict(), "#while true {}").await;
    assert_eq!(only(&error).message, "condition is always true");
}

#[tokio::test]
async fn nested_loops_that_never_end_are_stopped() {
    let text = "#for i in range(10000) { for j in range(10000) { for k in range(10000) { let x = k } } }";
    let error = goes_wrong(&strict(), text).await;
    assert!(matches!(error, WorkerError::Deadline { .. }), "{error:?}");
    assert!(error.is_input());
}

#[tokio::test]
async fn a_list_without_end_is_too_much() {
    let worker = Worker::new(WorkerConfig { memory: 400 << 20, deadline: Duration::from_secs(60), ..config() });
    for text in ["#let x = range(1000000000)", "#let s = \"long\"\n#for i in range(40) { s = s + s }"] {
        let error = goes_wrong(&worker, text).await;
        assert!(matches!(error, WorkerError::Memory { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn a_layout_that_eats_all_memory_is_stopped() {
    let text = "#for i in range(100000) [#table(columns: 40, ..range(4000).map(n => [#n #lorem(200)]))]";
    let error = goes_wrong(&strict(), text).await;
    assert!(matches!(error, WorkerError::Memory { .. } | WorkerError::Deadline { .. }), "{error:?}");
}

#[tokio::test]
async fn a_stopped_document_does_not_hold_up_the_next_one() {
    let worker = Worker::new(WorkerConfig { deadline: Duration::from_secs(60), ..config() });
    typeset(&worker, main(&pages(2, "good"))).await.unwrap();
    let endless = "#for i in range(10000) { for j in range(10000) { for k in range(10000) { let x = k } } }";
    let start = Instant::now();
    let (stopped, next) = tokio::join!(typeset(&worker, main(endless)), async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        typeset(&worker, main(&pages(2, "next"))).await
    });
    assert!(matches!(stopped, Err(WorkerError::Superseded)), "{stopped:?}");
    assert_eq!(next.unwrap().pages.len(), 2);
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[tokio::test]
async fn only_what_was_sent_can_be_read() {
    let worker = strict();
    for (text, message) in [
        ("#read(\"/etc/hostname\")", "file not found (searched at etc/hostname)"),
        ("#read(\"../../../../etc/hostname\")", "would escape the project root"),
        ("#import \"@preview/cetz:0.4.0\": *", "package not found (searched for @preview/cetz:0.4.0)"),
    ] {
        let error = goes_wrong(&worker, text).await;
        assert!(only(&error).message.contains(message), "{error:?}");
    }
    let files =
        [("main.typ", "#import \"@local/look:1.0.0\": x\n#x"), ("packages/local/look/1.0.0/lib.typ", "#let x = [y]")];
    let manifest = "[package]\nname = \"look\"\nversion = \"1.0.0\"\nentrypoint = \"lib.typ\"\n";
    let all = [files[0], files[1], ("packages/local/look/1.0.0/typst.toml", manifest)];
    typeset(&worker, project(&all)).await.expect("a package that was sent");
    let removed = typeset(&worker, project(&files)).await.expect_err("a package without its manifest");
    assert!(removed.to_string().contains("packages/local/look/1.0.0/typst.toml"), "{removed}");
}

#[tokio::test]
async fn a_click_goes_to_the_text_and_the_text_to_its_place() {
    let worker = Worker::new(config());
    let look = "#let show-year(year) = block(stroke: 1pt)[#year.text]\n";
    let block = "Some *bold* words.\n\n#show-year((text: \"2023\"))";
    let text = format!(
        "#set page(width: 200pt, height: 100pt, margin: 10pt)\n{look}{block}\n#link(\"https://a.example\")[away]"
    );
    typeset(&worker, main(&text)).await.unwrap();

    let offset = text.find("bold").unwrap() + 2;
    let point = worker.page_at("main.typ", offset).await.unwrap()[0];
    assert_eq!(point.page, 0);
    let found = worker.text_at(0, point.x + 0.5, point.y - 2.0).await.unwrap().unwrap();
    assert_eq!((found.file.as_str(), found.offset), ("main.typ", offset));
    let away = worker.page_at("main.typ", text.find("away").unwrap()).await.unwrap()[0];
    let found = worker.text_at(0, away.x + 2.0, away.y - 2.0).await.unwrap().unwrap();
    assert_eq!(found.link, Some(Link::Url("https://a.example".into())));
    assert!(worker.text_at(0, 190.0, 95.0).await.unwrap().is_none(), "nothing is near");
    assert!(worker.text_at(7, 0.0, 0.0).await.unwrap().is_none());
    assert!(worker.page_at("none.typ", 0).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_a_package_draws_belongs_to_the_call() {
    let worker = Worker::new(config());
    let lib = "#let draw(data) = block[Drawn for #data.year]";
    let manifest = "[package]\nname = \"look\"\nversion = \"1.0.0\"\nentrypoint = \"lib.typ\"\n";
    let files = [
        ("main.typ", "#include \"blocks/001.typ\"\n#include \"blocks/002.typ\""),
        ("blocks/001.typ", "Text before."),
        ("blocks/002.typ", "#import \"@local/look:1.0.0\": draw\n#metadata(none)\n#draw(json(\"../data/002.json\"))"),
        ("data/002.json", "{\"year\": \"2023\"}"),
        ("packages/local/look/1.0.0/lib.typ", lib),
        ("packages/local/look/1.0.0/typst.toml", manifest),
    ];
    typeset(&worker, project(&files)).await.unwrap();
    let library = "packages/local/look/1.0.0/lib.typ";
    let point = worker.page_at(library, lib.find("Drawn").unwrap()).await.unwrap()[0];
    let found = worker.text_at(0, point.x + 1.0, point.y - 2.0).await.unwrap().unwrap();
    assert_eq!(found.file, library);
    assert_eq!(found.within.unwrap().0, "blocks/002.typ");
    let mark = worker.page_at("blocks/002.typ", 0).await.unwrap();
    assert_eq!(mark.len(), 1, "a block that only draws data has a place");
}

#[tokio::test]
async fn a_page_says_how_much_stands_on_it() {
    let worker = Worker::new(config());
    let text = "#set page(height: 20cm, header: [Head], footer: [Foot], background: [Ground])\n\
        One#footnote[Noted].\n\nTwo.\n#grid(columns: 2)[Left][Right]\n#pagebreak()\n\
        #block(breakable: false)[#v(30cm) Low]\n#pagebreak()\n#rect(width: 2cm)\n";
    let pages = typeset(&worker, main(text)).await.unwrap().pages;
    assert_eq!((pages[0].body.lines, pages[0].body.lines_below), (4, 0), "two lines, a row and a note");
    assert_eq!((pages[1].body.lines, pages[1].body.lines_below), (1, 1), "off the page");
    assert!(pages[1].body.below > 283.0, "{:?}", pages[1].body);
    assert_eq!((pages[2].body.lines, pages[2].body.below), (0, 0.0));
}
