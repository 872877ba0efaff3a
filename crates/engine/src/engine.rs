//! The engine as the window sees it: a handle that asks, acts and listens.

use crate::config::EngineConfig;
use crate::images::{self, PageImages};
use crate::ipc::{Action, ActionReply, Event, Failure, Query, QueryReply};
use crate::picture::{Picture, Thumbnails};
use crate::state::{Machine, Message};
use chancery_typeset::{Worker, WorkerConfig};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

/// What receives events; false when nobody listens any more.
pub type EventSink = Box<dyn Fn(Event) -> bool + Send>;

/// A running session. Clones are handles to the same one.
#[derive(Clone)]
pub struct Engine {
    messages: Sender<Message>,
    shared: Arc<Shared>,
}

/// What calls need without waiting for the state machine.
pub struct Shared {
    /// How the session is set up.
    pub config: EngineConfig,
    /// Page images handed out lately.
    pub images: PageImages,
    /// Small pictures of the workspace.
    pub thumbnails: Thumbnails,
    /// The typesetting worker.
    pub worker: Worker,
    /// Files that this session wrote by an export.
    pub exported: Mutex<HashSet<PathBuf>>,
    runtime: Mutex<Option<Runtime>>,
}

impl Shared {
    /// Runs a task beside the state machine.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        if let Some(runtime) = self.runtime.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            runtime.spawn(task);
        }
    }

    /// Runs blocking work beside the state machine.
    pub fn spawn_blocking(&self, work: impl FnOnce() + Send + 'static) {
        if let Some(runtime) = self.runtime.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            runtime.spawn_blocking(work);
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let runtime = self.runtime.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(runtime) = runtime {
            runtime.shutdown_background();
        }
    }
}

impl Engine {
    /// Starts a session: the worker, the state machine, and the workspace that the set-up names.
    ///
    /// # Errors
    /// When the machine gives no threads.
    pub fn start(config: EngineConfig) -> Result<Self, Failure> {
        let no_threads =
            |error: std::io::Error| Failure::machine("no-threads", format!("no thread could be started: {error}"));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("chancery")
            .enable_all()
            .build()
            .map_err(no_threads)?;
        let mut worker = WorkerConfig::new(&config.program);
        worker.deadline = config.deadline;
        worker.memory = config.memory;
        let worker = {
            let _inside = runtime.enter();
            Worker::new(worker)
        };
        let shared = Arc::new(Shared {
            config,
            images: PageImages::default(),
            thumbnails: Thumbnails::default(),
            worker,
            exported: Mutex::default(),
            runtime: Mutex::new(Some(runtime)),
        });
        let messages = Machine::start(shared.clone()).map_err(no_threads)?;
        Ok(Self { messages, shared })
    }

    /// Answers a question.
    ///
    /// # Errors
    /// What the question asks about is not there, or the session has ended.
    pub async fn query(&self, query: Query) -> Result<QueryReply, Failure> {
        let (reply, answer) = oneshot::channel();
        self.send(Message::Query { query, reply })?;
        answer.await.map_err(|_| ended())?
    }

    /// Carries out an action.
    ///
    /// # Errors
    /// The action could not be carried out; nothing was lost.
    pub async fn act(&self, action: Action) -> Result<ActionReply, Failure> {
        let (reply, answer) = oneshot::channel();
        self.send(Message::Act { action, reply })?;
        answer.await.map_err(|_| ended())?
    }

    /// Sends all events from now on to a sink, until it says that nobody listens.
    pub fn subscribe(&self, sink: impl Fn(Event) -> bool + Send + 'static) {
        let _ = self.messages.send(Message::Subscribe { sink: Box::new(sink) });
    }

    /// Returns a page as PNG, so many pixels wide, by the name that an event gave it.
    pub async fn page_image(&self, name: &str, width: u32) -> Option<Arc<[u8]>> {
        let hash = images::parse(name)?;
        if let Some(image) = self.shared.images.get((hash, width)) {
            return Some(image);
        }
        let image = self.shared.worker.image(hash, width).await.ok().flatten()?;
        self.shared.images.keep((hash, width), image.clone());
        Some(image)
    }

    /// Returns a page as SVG by the name that an event gave it, for where it is shown larger than any picture should be.
    pub async fn page_drawing(&self, name: &str) -> Option<Vec<u8>> {
        self.shared.worker.svg(images::parse(name)?).await.ok().flatten()
    }

    /// Returns a picture below the workspace's `images/`, made smaller where it is large; none for any other file.
    pub async fn picture(&self, file: &str) -> Option<Picture> {
        let QueryReply::Workspace { workspace: Some(workspace) } = self.query(Query::Workspace).await.ok()? else {
            return None;
        };
        let (reply, answer) = oneshot::channel();
        let (shared, file) = (self.shared.clone(), file.to_owned());
        self.shared.spawn_blocking(move || {
            let _ = reply.send(shared.thumbnails.get(Path::new(&workspace.folder), &file));
        });
        answer.await.ok().flatten()
    }

    /// Allows a file to be opened by another program only if this session exported it.
    ///
    /// # Errors
    /// When the session did not write the file.
    pub fn may_open(&self, path: &str) -> Result<(), Failure> {
        let exported = self.shared.exported.lock().unwrap_or_else(PoisonError::into_inner);
        if exported.contains(Path::new(path)) {
            return Ok(());
        }
        Err(Failure::usage("not-exported", format!("{path} was not exported in this session")))
    }

    /// Returns what a source's entry links to: its document, else its address.
    ///
    /// # Errors
    /// When there is no such source, or it links to nothing that may be opened.
    pub async fn source_link(&self, key: &str) -> Result<SourceLink, Failure> {
        let reply = self.query(Query::Sources { text: key.to_owned() }).await?;
        let QueryReply::Workspace { workspace: Some(workspace) } = self.query(Query::Workspace).await? else {
            return Err(Failure::usage("no-workspace", "no workspace is open"));
        };
        let sources = match reply {
            QueryReply::Sources { sources } => sources,
            _ => Vec::new(),
        };
        let source = sources.into_iter().find(|source| source.key == key);
        let source =
            source.ok_or_else(|| Failure::input("unknown-source", format!("no source has the key `{key}`")))?;
        let document = source.document.map(|path| Path::new(&workspace.folder).join(path));
        match (document.filter(|path| is_document(path)), source.url) {
            (Some(path), _) => Ok(SourceLink::Document(path)),
            (None, Some(url)) if url.starts_with("https://") || url.starts_with("http://") => {
                Ok(SourceLink::Address(url))
            }
            (None, _) => Err(Failure::input("no-link", format!("the source `{key}` links to no document or address"))
                .hint("Give its entry a `url`, or a `file` with the path of its document.")),
        }
    }

    /// Saves what is unsaved and ends the session.
    pub fn close(&self) {
        let (reply, done) = std::sync::mpsc::channel();
        if self.messages.send(Message::Close { reply }).is_ok() {
            let _ = done.recv_timeout(std::time::Duration::from_secs(10));
        }
    }

    fn send(&self, message: Message) -> Result<(), Failure> {
        self.messages.send(message).map_err(|_| ended())
    }
}

/// What a source's entry links to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceLink {
    /// A document on this machine.
    Document(PathBuf),
    /// An address.
    Address(String),
}

/// Whether a path is a document that is there: a bibliography from elsewhere must not start programs.
fn is_document(path: &Path) -> bool {
    const ENDINGS: [&str; 8] = ["pdf", "epub", "djvu", "docx", "odt", "txt", "png", "jpg"];
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    ENDINGS.contains(&ending.as_str()) && path.is_file()
}

fn ended() -> Failure {
    Failure::machine("ended", "the session has ended")
}
