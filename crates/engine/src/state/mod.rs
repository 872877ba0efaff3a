//! The state machine: the one owner of everything that changes.
//!
//! It runs on a thread of its own and takes one [`Message`] after the other; what takes long (opening, typesetting,
//! writing) goes on beside it and comes back as a message. States:
//!
//! ```text
//! no workspace ──open──► opening ──opened──► open ──close──► no workspace
//!
//! a document:  clean ──edit──► unsaved ──pause──► saving ──► clean, or unsaved with the reason
//! the pages:   still ──edit, refresh──► composed ──► typesetting ──► still (the latest wins)
//! ```

mod actions;
mod answers;
mod documents;
mod edits;
mod exports;
mod opening;
mod pictures;
mod preview;
mod snippets;
mod sources;

use crate::catalogue::Catalogue;
use crate::desk::Desk;
use crate::engine::{EventSink, Shared};
use crate::ipc::{Action, ActionReply, Event, ExportState, Failure, Query, QueryReply};
use crate::memory::Memory;
use crate::recent::Recent;
use documents::{Documents, SaveResult};
use preview::{Preview, Typeset};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// The reply of an action.
pub type Reply = oneshot::Sender<Result<ActionReply, Failure>>;

/// What the machine can be told.
pub enum Message {
    /// A question.
    Query { query: Query, reply: oneshot::Sender<Result<QueryReply, Failure>> },
    /// An action.
    Act { action: Action, reply: Reply },
    /// Somebody listens.
    Subscribe { sink: EventSink },
    /// A workspace was read, or could not be.
    Opened { opened: Box<Result<opening::Opened, Failure>>, stop: Arc<AtomicBool>, reply: Option<Reply> },
    /// Entries for the bibliography were read, or could not be.
    Imported(Box<sources::Imported>, Reply),
    /// Reading a workspace or entries went on.
    Progress { name: &'static str, done: u32, total: u32 },
    /// Typesetting ended.
    Typeset(Box<Typeset>),
    /// A document was written, or could not be.
    Saved(Box<SaveResult>),
    /// Files of the workspace changed on disk.
    Disk { paths: Vec<PathBuf> },
    /// An export went on.
    Export { state: Box<ExportState>, files: Vec<PathBuf> },
    /// The session ends.
    Close { reply: Sender<()> },
}

/// Everything that changes.
pub struct Machine {
    shared: Arc<Shared>,
    messages: Sender<Message>,
    sinks: Vec<EventSink>,
    recent: Recent,
    memory: Memory,
    open: Option<Open>,
    export: Option<exports::Running>,
    /// What stops the opening under way.
    opening: Option<Arc<AtomicBool>>,
    /// What stops the import under way.
    import: Option<Arc<AtomicBool>>,
    /// A workspace that was read and not entered yet.
    read: Option<Box<opening::Opened>>,
}

/// An open workspace.
struct Open {
    desk: Desk,
    documents: Documents,
    preview: Preview,
    catalogue: Catalogue,
    // Watching ends when it is dropped.
    _watch: Option<chancery_workspace::watch::Watch>,
}

impl Machine {
    /// Starts the machine and returns how to speak to it.
    pub fn start(shared: Arc<Shared>) -> io::Result<Sender<Message>> {
        let (messages, inbox) = channel();
        let recent = Recent::new(&shared.config.data);
        let memory = Memory::new(&shared.config.data);
        let first = shared.config.workspace.clone();
        let mut machine = Self {
            shared,
            messages: messages.clone(),
            sinks: Vec::new(),
            recent,
            memory,
            open: None,
            export: None,
            opening: None,
            import: None,
            read: None,
        };
        std::thread::Builder::new().name("chancery-state".to_owned()).spawn(move || {
            if let Some(folder) = first {
                machine.begin_opening(folder, None);
            }
            machine.run(&inbox);
        })?;
        Ok(messages)
    }

    fn run(&mut self, inbox: &Receiver<Message>) {
        loop {
            let message = match inbox.recv_timeout(self.until_due()) {
                Ok(message) => Some(message),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            if let Some(Message::Close { reply }) = message {
                self.save_all_now();
                let _ = reply.send(());
                return;
            }
            // All that waits is taken in first: pages are composed once for a burst of keys.
            for message in message.into_iter().chain(std::iter::from_fn(|| waiting(inbox))) {
                match message {
                    Message::Close { reply } => {
                        self.save_all_now();
                        let _ = reply.send(());
                        return;
                    }
                    message => self.take(message),
                }
            }
            self.save_what_is_due();
            self.compose_what_changed();
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Query { query, reply } => self.answer(query, reply),
            Message::Act { action, reply } => self.carry_out(action, reply),
            Message::Subscribe { sink } => self.sinks.push(sink),
            Message::Opened { opened, stop, reply } => self.finish_opening(*opened, &stop, reply),
            Message::Imported(imported, reply) => self.finish_import(*imported, reply),
            Message::Progress { name, done, total } => {
                self.tell(Event::Progress { name: name.to_owned(), done, total });
            }
            Message::Typeset(typeset) => self.show(*typeset),
            Message::Saved(result) => self.finish_saving(*result),
            Message::Disk { paths } => self.refresh(&paths),
            Message::Export { state, files } => self.go_on_exporting(*state, files),
            Message::Close { .. } => {}
        }
    }

    /// Tells everybody who listens.
    fn tell(&mut self, event: Event) {
        self.sinks.retain(|sink| sink(event.clone()));
    }

    /// Returns how long nothing is due.
    fn until_due(&self) -> Duration {
        let due = self.open.as_ref().and_then(|open| open.documents.due());
        due.map_or(Duration::from_secs(3600), |due| due.saturating_duration_since(Instant::now()))
    }

    /// Returns the open workspace.
    fn opened(&mut self) -> Result<&mut Open, Failure> {
        self.open.as_mut().ok_or_else(|| {
            Failure::usage("no-workspace", "no workspace is open")
                .hint("Open a folder, or start from the ROK–NATO example.")
        })
    }
}

/// Returns the next message that waits, the last one of a session aside.
fn waiting(inbox: &Receiver<Message>) -> Option<Message> {
    inbox.try_recv().ok()
}
