//! Following a workspace's files while somebody else changes them.

use notify::{Event, EventKind, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use thiserror::Error;

/// Changes within this time are told as one.
const QUIET: Duration = Duration::from_millis(30);

/// A change is told after this time even where others follow.
const LONGEST: Duration = Duration::from_millis(300);

/// How often a folder is looked at where the system cannot tell.
const POLL: Duration = Duration::from_secs(2);

/// Why a folder cannot be followed.
#[derive(Debug, Error)]
#[error("the folder cannot be followed: {0}")]
pub struct WatchError(#[from] notify::Error);

/// Follows a folder until it is dropped.
pub struct Watch {
    stop: Sender<Message>,
    thread: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watch").finish_non_exhaustive()
    }
}

enum Message {
    Event(notify::Result<Event>),
    Stop,
}

impl Drop for Watch {
    fn drop(&mut self) {
        // The thread has ended by itself where nobody listens.
        if self.stop.send(Message::Stop).is_ok()
            && let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            log::error!("following the workspace ended with a fault");
        }
    }
}

/// Calls `changed` with the files and folders that changed, on a thread of its own, in batches.
///
/// The workspace's own folder among them means that some changes were lost: look at everything. Hidden files and
/// folders are left out. `changed` must not wait for whoever drops the [`Watch`], which waits for it.
///
/// # Errors
/// When the folder cannot be followed.
pub fn watch(root: &Path, changed: impl FnMut(Vec<PathBuf>) + Send + 'static) -> Result<Watch, WatchError> {
    let root = std::path::absolute(root).map_err(notify::Error::io)?;
    let (sender, receiver) = channel();
    let watcher = Folders::new(root, &sender)?;
    let thread = std::thread::Builder::new()
        .name("chancery-watch".to_owned())
        .spawn(move || follow(watcher, &receiver, changed))
        .map_err(notify::Error::io)?;
    Ok(Watch { stop: sender, thread: Some(thread) })
}

/// The folders that are followed: the workspace's own, and each visible one in it with all below.
struct Folders {
    root: PathBuf,
    watcher: Box<dyn Watcher + Send>,
}

impl Folders {
    fn new(root: PathBuf, sender: &Sender<Message>) -> Result<Self, notify::Error> {
        let (events, polled) = (sender.clone(), sender.clone());
        // A send fails only once the thread that listens has ended.
        let watcher = notify::recommended_watcher(move |event| drop(events.send(Message::Event(event))))?;
        let mut folders = Self { root: root.clone(), watcher: Box::new(watcher) };
        match folders.add_all() {
            Err(error) if matches!(error.kind, notify::ErrorKind::MaxFilesWatch) => {
                log::warn!("the system follows no more folders: looking every {} seconds", POLL.as_secs());
                let config = notify::Config::default().with_poll_interval(POLL);
                let watcher = notify::PollWatcher::new(move |event| drop(polled.send(Message::Event(event))), config)?;
                let mut folders = Self { root, watcher: Box::new(watcher) };
                folders.add_all()?;
                Ok(folders)
            }
            Err(error) => Err(error),
            Ok(()) => Ok(folders),
        }
    }

    fn add_all(&mut self) -> Result<(), notify::Error> {
        self.watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        for entry in std::fs::read_dir(&self.root).map_err(notify::Error::io)? {
            let entry = entry.map_err(notify::Error::io)?;
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) && !is_hidden(&self.root, &entry.path()) {
                self.watcher.watch(&entry.path(), RecursiveMode::Recursive)?;
            }
        }
        Ok(())
    }

    /// Follows a folder that is new at the root.
    fn add_new(&mut self, path: &Path) {
        let at_root = path.parent() == Some(&self.root);
        let is_folder = path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir());
        if at_root
            && is_folder
            && let Err(error) = self.watcher.watch(path, RecursiveMode::Recursive)
        {
            log::warn!("`{}` cannot be followed: {error}", path.display());
        }
    }
}

fn is_hidden(root: &Path, path: &Path) -> bool {
    let inside = path.strip_prefix(root).unwrap_or(path);
    inside.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."))
}

fn follow(mut folders: Folders, receiver: &Receiver<Message>, mut changed: impl FnMut(Vec<PathBuf>)) {
    let mut paths = BTreeSet::new();
    let mut first = Instant::now();
    loop {
        let message = if paths.is_empty() {
            receiver.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            receiver.recv_timeout(QUIET.min(LONGEST.saturating_sub(first.elapsed())))
        };
        match message {
            Ok(Message::Event(event)) => {
                if paths.is_empty() {
                    first = Instant::now();
                }
                collect(&mut folders, event, &mut paths);
            }
            Err(RecvTimeoutError::Timeout) => changed(std::mem::take(&mut paths).into_iter().collect()),
            Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

fn collect(folders: &mut Folders, event: notify::Result<Event>, paths: &mut BTreeSet<PathBuf>) {
    let event = match event {
        Ok(event) if event.need_rescan() => {
            paths.insert(folders.root.clone());
            return;
        }
        Ok(event) => event,
        Err(error) => {
            log::warn!("following the workspace: {error}");
            paths.insert(folders.root.clone());
            return;
        }
    };
    if matches!(event.kind, EventKind::Access(_)) {
        return;
    }
    for path in event.paths {
        if path == folders.root || is_hidden(&folders.root, &path) {
            continue;
        }
        folders.add_new(&path);
        paths.insert(path);
    }
}
