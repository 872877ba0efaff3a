//! From a key to the changed page's image: through the engine, and with Typst alone on the same sources.

use crate::bare::{Bare, allowed};
use crate::stats::Times;
use chancery_engine::Engine;
use chancery_engine::ipc::{Action, Event, PageSet, TextChange};
use chancery_tests::folder::Folder;
use chancery_tests::material::{self, config};
use chancery_typeset::Wanted;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

const EDITS: usize = 60;
const WARM: usize = 8;

/// Pixels a point: a page at its own size on a usual screen.
const SCALE: f64 = 4.0 / 3.0;

/// Measures 10 and 50 pages, both ways in turns.
pub fn run() {
    println!("| pages | | median ms | p95 ms |\n|---|---|---|---|");
    for pages in [10, 50] {
        let folder = material::briefing(pages);
        let (mut alone, mut ours) = (Times::default(), Ours::new(&folder));
        let mut typst = Bare::new(&folder, Wanted { eager: 0..usize::MAX, scale: SCALE });
        for n in 0..EDITS + WARM {
            let took = typst.insert(edit(typst.text()), &word(n));
            if n >= WARM {
                alone.push(took);
            }
            ours.edit(n);
        }
        ours.engine.close();
        println!("| {} | Typst alone: compile and draw | {} |", ours.shown.pages.len(), alone.cells());
        println!("| | key to page image | {} |", ours.whole.cells());
        for (name, times) in ["edit", "compose", "compile", "page image", "transport"].iter().zip(&ours.stages) {
            println!("| | · {name} | {} |", times.cells());
        }
        println!("| | allowed: 1.5 × Typst + 5 ms | {} |", allowed(&alone));
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

/// What a key takes through the engine and the worker, up to the page image in hand.
struct Ours {
    runtime: Runtime,
    engine: Engine,
    inbox: Receiver<Event>,
    shown: PageSet,
    text: String,
    whole: Times,
    /// Edit, compose, compile, page image, transport.
    stages: [Times; 5],
}

impl Ours {
    fn new(folder: &Folder) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let engine = Engine::start(config(folder)).expect("an engine");
        let (events, inbox) = channel();
        engine.subscribe(move |event| events.send(event).is_ok());
        for action in [
            Action::OpenWorkspace { folder: folder.workspace().to_string_lossy().into_owned() },
            Action::EnterWorkspace,
            Action::OpenDocument { file: "long.md".to_owned() },
            Action::ShowPages { briefing: Some("long.md".to_owned()), first: 1, last: 200, scale: SCALE },
        ] {
            runtime.block_on(engine.act(action)).expect("done");
        }
        let shown = pages(&inbox, 0);
        let (whole, stages) = Default::default();
        Self { runtime, engine, inbox, shown, text: folder.read("long.md"), whole, stages }
    }

    fn edit(&mut self, n: usize) {
        let at = edit(&self.text);
        self.text.insert_str(at, &word(n));
        let from = self.text[..at].encode_utf16().count() as u32;
        let version = n as u32 + 1;
        let began = Instant::now();
        let changes = vec![TextChange { from, to: from, insert: word(n) }];
        let action = Action::Edit { file: "long.md".to_owned(), version, changes };
        self.runtime.block_on(self.engine.act(action)).expect("done");
        let now = pages(&self.inbox, version);
        for page in now.pages.iter().filter(|page| !self.shown.pages.iter().any(|old| old.hash == page.hash)) {
            let image = self.engine.page_image(&page.hash, (page.width * SCALE).round() as u32);
            self.runtime.block_on(image).expect("an image");
        }
        if n >= WARM {
            self.whole.push(began.elapsed());
            let own = &now.stages;
            let millis = [own.edit, own.compose, own.compile, own.image, own.transport];
            self.stages.iter_mut().zip(millis).for_each(|(times, millis)| times.push_millis(millis));
        }
        self.shown = now;
    }
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
