//! From a key to the changed page's image: through the engine, and with Typst alone on the same sources.

use crate::stats::Times;
use chancery_compose::Cache;
use chancery_engine::ipc::{Action, Event, PageSet, TextChange};
use chancery_engine::{Desk, Engine, Wish};
use chancery_tests::folder::Folder;
use chancery_tests::material::{self, config};
use chancery_typeset::{Compiler, FontSources, Wanted};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

const EDITS: usize = 60;
const WARM: usize = 8;

/// Pixels a point: a page at its own size on a usual screen.
const SCALE: f64 = 4.0 / 3.0;

/// Measures 10 and 50 pages.
pub fn run() {
    println!("| pages | | median ms | p95 ms |\n|---|---|---|---|");
    for pages in [10, 50] {
        let folder = material::briefing(pages);
        let bare = bare(&folder);
        let ours = ours(&folder);
        println!("| {} | Typst alone: compile and draw | {} |", ours.pages, bare.cells());
        println!("| | key to page image | {} |", ours.whole.cells());
        for (name, times) in [
            ("edit", &ours.edit),
            ("compose", &ours.compose),
            ("compile", &ours.compile),
            ("page image", &ours.image),
            ("transport", &ours.transport),
        ] {
            println!("| | · {name} | {} |", times.cells());
        }
        let allowed = |share: f64| 1.5 * bare.quantile(share) + 5.0;
        println!("| | allowed: 1.5 × Typst + 5 ms | {:.1} | {:.1} |", allowed(0.5), allowed(0.95));
    }
}

/// The place of an edit: a word put into a paragraph in the middle of the text.
fn edit(text: &str) -> usize {
    let middle = text.floor_char_boundary(text.len() / 2);
    let start = middle + text[middle..].find("Paragraph ").unwrap_or_default();
    let paragraph = &text[start..];
    start + paragraph.find(": ").unwrap_or_default() + 2
}

fn word(n: usize) -> String {
    format!("word{n} ")
}

/// What Typst alone needs: compiling, and drawing the pages that changed.
fn bare(folder: &Folder) -> Times {
    let config = config(folder);
    let mut desk = Desk::open(&folder.workspace(), &config).expect("the workspace");
    let mut compiler = Compiler::new(FontSources::default());
    let mut cache = Cache::default();
    let mut text = folder.read("long.md");
    let mut sent: BTreeMap<String, Arc<[u8]>> = BTreeMap::new();
    let mut times = Times::default();
    for n in 0..EDITS + WARM {
        text.insert_str(edit(&text), &word(n));
        desk.set_text("long.md", Some(text.clone()));
        let briefing = desk.briefing("long.md").expect("the briefing");
        let draft = desk.compose(briefing, &Wish::preview(), &mut cache).expect("a draft");
        for (path, bytes) in &draft.composed.files {
            if sent.get(path) != Some(bytes) {
                compiler.write(path, bytes.to_vec());
                sent.insert(path.clone(), bytes.clone());
            }
        }
        let compiled = compiler.typeset(&Wanted { eager: 0..usize::MAX, scale: SCALE }).expect("pages");
        compiler.tidy();
        if n >= WARM {
            times.push(compiled.timings.compile + compiled.timings.image);
        }
    }
    times
}

#[derive(Default)]
struct Ours {
    pages: usize,
    whole: Times,
    edit: Times,
    compose: Times,
    compile: Times,
    image: Times,
    transport: Times,
}

/// What a key takes through the engine and the worker, up to the page image in hand.
fn ours(folder: &Folder) -> Ours {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let engine = Engine::start(config(folder)).expect("an engine");
    let (events, inbox) = channel();
    engine.subscribe(move |event| events.send(event).is_ok());
    let act = |action: Action| runtime.block_on(engine.act(action)).expect("done");
    act(Action::OpenWorkspace { folder: folder.workspace().to_string_lossy().into_owned() });
    act(Action::EnterWorkspace);
    act(Action::OpenDocument { file: "long.md".to_owned() });
    act(Action::ShowPages { briefing: Some("long.md".to_owned()), first: 1, last: 200, scale: SCALE });
    let mut shown = pages(&inbox, 0);
    let mut text = folder.read("long.md");
    let mut ours = Ours::default();
    for n in 0..EDITS + WARM {
        let at = edit(&text);
        text.insert_str(at, &word(n));
        let from = text[..at].encode_utf16().count() as u32;
        let version = n as u32 + 1;
        let began = Instant::now();
        let changes = vec![TextChange { from, to: from, insert: word(n) }];
        act(Action::Edit { file: "long.md".to_owned(), version, changes });
        let now = pages(&inbox, version);
        for page in now.pages.iter().filter(|page| !shown.pages.iter().any(|old| old.hash == page.hash)) {
            runtime.block_on(engine.page_image(&page.hash, (page.width * SCALE).round() as u32)).expect("an image");
        }
        if n >= WARM {
            ours.whole.push(began.elapsed());
            let stages = now.stages;
            ours.edit.push_millis(stages.edit);
            ours.compose.push_millis(stages.compose);
            ours.compile.push_millis(stages.compile);
            ours.image.push_millis(stages.image);
            ours.transport.push_millis(stages.transport);
        }
        ours.pages = now.pages.len();
        shown = now;
    }
    engine.close();
    ours
}

/// Waits for the pages of a version of the text.
fn pages(inbox: &Receiver<Event>, version: u32) -> PageSet {
    loop {
        match inbox.recv_timeout(Duration::from_secs(60)).expect("pages in a minute") {
            Event::Pages { pages } if pages.version >= version => return pages,
            Event::TypesetFailed { failure, .. } => panic!("{}", failure.message),
            _ => {}
        }
    }
}
