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
        let (mut bare, mut ours) = (Bare::new(&folder), Ours::new(&folder));
        for n in 0..EDITS + WARM {
            bare.edit(n);
            ours.edit(n);
        }
        ours.engine.close();
        println!("| {} | Typst alone: compile and draw | {} |", ours.shown.pages.len(), bare.times.cells());
        println!("| | key to page image | {} |", ours.whole.cells());
        for (name, times) in ["edit", "compose", "compile", "page image", "transport"].iter().zip(&ours.stages) {
            println!("| | · {name} | {} |", times.cells());
        }
        let allowed = |share: f64| 1.5 * bare.times.quantile(share) + 5.0;
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
struct Bare {
    desk: Desk,
    compiler: Compiler,
    cache: Cache,
    text: String,
    sent: BTreeMap<String, Arc<[u8]>>,
    times: Times,
}

impl Bare {
    fn new(folder: &Folder) -> Self {
        Self {
            desk: Desk::open(&folder.workspace(), &config(folder)).expect("the workspace"),
            compiler: Compiler::new(FontSources::default()),
            cache: Cache::default(),
            text: folder.read("long.md"),
            sent: BTreeMap::new(),
            times: Times::default(),
        }
    }

    fn edit(&mut self, n: usize) {
        self.text.insert_str(edit(&self.text), &word(n));
        self.desk.set_text("long.md", Some(self.text.clone()));
        let briefing = self.desk.briefing("long.md").expect("the briefing");
        let draft = self.desk.compose(briefing, &Wish::preview(), &mut self.cache).expect("a draft");
        for (path, bytes) in &draft.composed.files {
            if self.sent.get(path) != Some(bytes) {
                self.compiler.write(path, bytes.to_vec());
                self.sent.insert(path.clone(), bytes.clone());
            }
        }
        let compiled = self.compiler.typeset(&Wanted { eager: 0..usize::MAX, scale: SCALE }).expect("pages");
        self.compiler.tidy();
        if n >= WARM {
            self.times.push(compiled.timings.compile + compiled.timings.image);
        }
    }
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
