//! Stories about a session: what the window asks of several files at once, on real folders.

mod forms;
mod opening;
mod pages;
mod snippets;
mod sources;
mod texts;

use chancery_engine::ipc::{Action, ActionReply, Event, Query, QueryReply, SnippetCard, TextChange};
use chancery_engine::{Engine, EngineConfig};
use chancery_tests::folder::Folder;
use chancery_tests::programs::built;
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

    fn card(&self, id: &str) -> SnippetCard {
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
const BIB: &str = "@book{smith-2020,\n  author = {Smith, Adam},\n  title = {On talks},\n  date = {2020},\n}\n";
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
