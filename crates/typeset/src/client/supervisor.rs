//! The task that owns the worker process and serves the calls one by one.

use super::WorkerConfig;
use super::ask::Ask;
use super::images::Images;
use super::process::{Process, broken};
use crate::wire::{self, Frame, Reply, Request};
use crate::{Outcome, Page, PageImage, Project, Slide, Timings, Wanted, WorkerError};
use std::collections::{HashMap, VecDeque};
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Sleep, sleep};

/// How long a typesetting goes on at least after a later one was asked for.
const PATIENCE: Duration = Duration::from_secs(2);

/// A call.
#[derive(Debug)]
pub(super) enum Command {
    Typeset(Box<Typeset>),
    Ask(Ask),
    /// The last one; dropped when the process is gone.
    End(oneshot::Sender<()>),
}

/// A call for a document, of which only the latest counts.
#[derive(Debug)]
pub(super) struct Typeset {
    pub project: Project,
    pub wanted: Wanted,
    pub called: Instant,
    pub reply: oneshot::Sender<Result<Outcome, WorkerError>>,
}

/// What to do next.
enum Job {
    Typeset(Box<Typeset>),
    Ask(Ask),
    /// Typeset the last good document in a new process.
    Restore,
}

/// The last document without errors.
struct Good {
    project: Project,
    pages: Vec<Page>,
}

/// Owns the worker process.
pub(super) struct Supervisor {
    config: WorkerConfig,
    inbox: mpsc::UnboundedReceiver<Command>,
    /// The latest call for a document.
    waiting: Option<Box<Typeset>>,
    asks: VecDeque<Ask>,
    process: Option<Process>,
    good: Option<Good>,
    /// Page hashes of a process that is gone, as those of the one that took its place.
    renamed: HashMap<u128, u128>,
    images: Images,
    /// The longest that a successful typesetting took.
    longest: Option<Duration>,
    /// Who waits for the end.
    ended: Vec<oneshot::Sender<()>>,
}

impl Supervisor {
    pub fn new(config: WorkerConfig, inbox: mpsc::UnboundedReceiver<Command>) -> Self {
        Self {
            config,
            inbox,
            waiting: None,
            asks: VecDeque::new(),
            process: None,
            good: None,
            renamed: HashMap::new(),
            images: Images::default(),
            longest: None,
            ended: Vec::new(),
        }
    }

    /// Serves calls until nobody can call any more.
    pub async fn run(mut self) {
        self.start_ahead().await;
        while let Some(job) = self.next().await {
            match job {
                Job::Typeset(call) => self.typeset(*call).await,
                Job::Ask(ask) => self.answer(ask).await,
                Job::Restore => self.restore().await,
            }
        }
        if let Some(process) = self.process {
            process.kill().await;
        }
    }

    /// Starts a process before it is needed; a failure shows when it is.
    async fn start_ahead(&mut self) {
        match Process::start(&self.config).await {
            Ok(process) => self.process = Some(process),
            Err(error) => log::warn!("starting the typesetter: {error}"),
        }
    }

    async fn next(&mut self) -> Option<Job> {
        loop {
            while let Ok(command) = self.inbox.try_recv() {
                self.accept(command);
            }
            self.replace_dead().await;
            if self.lacks_document() && (self.waiting.is_none() || !self.asks.is_empty()) {
                return Some(Job::Restore);
            }
            if let Some(ask) = self.asks.pop_front() {
                return Some(Job::Ask(ask));
            }
            if let Some(call) = self.waiting.take().filter(|call| !call.reply.is_closed()) {
                return Some(Job::Typeset(call));
            }
            let command = self.inbox.recv().await?;
            self.accept(command);
        }
    }

    fn accept(&mut self, command: Command) {
        match command {
            Command::Ask(ask) => self.asks.extend(self.answer_kept(ask)),
            Command::End(reply) => {
                self.inbox.close();
                self.ended.push(reply);
            }
            Command::Typeset(call) => {
                if let Some(earlier) = self.waiting.replace(call) {
                    drop(earlier.reply.send(Err(WorkerError::Superseded)));
                }
            }
        }
    }

    /// Starts another process where the one that was there ended while nobody asked anything of it.
    async fn replace_dead(&mut self) {
        if self.process.as_mut().is_some_and(|process| !process.is_running()) {
            self.process = None;
            self.start_ahead().await;
        }
    }

    /// Whether there is a last good document that a running process does not have.
    fn lacks_document(&self) -> bool {
        self.good.is_some() && self.process.as_ref().is_some_and(|process| !process.has_document)
    }

    async fn typeset(&mut self, call: Typeset) {
        let Typeset { project, wanted, called, reply } = call;
        let mut more = false;
        let outcome = self.compile(&project, wanted).await.map(|(typeset, blobs, send)| {
            more = typeset.more;
            let outcome = outcome(typeset, blobs, Timings { send, total: called.elapsed(), ..Timings::default() });
            if let Some(PageImage { hash, width, png }) = &outcome.image {
                self.images.insert((*hash, *width), png.clone());
            }
            self.longest = self.longest.max(Some(outcome.timings.worker));
            self.renamed.clear();
            self.good = Some(Good { project, pages: outcome.pages.clone() });
            outcome
        });
        drop(reply.send(outcome));
        if more {
            self.take_rest().await;
        }
    }

    /// Takes the images that come after a document.
    async fn take_rest(&mut self) {
        let Some(mut process) = self.process.take() else { return };
        let mut limit = Box::pin(sleep(self.config.deadline));
        let end = self.wait(&mut process, &mut limit, false).await;
        match self.conclude(process, end).await {
            Ok(Frame { head: Reply::Images(sizes), blobs }) => {
                sizes.into_iter().zip(blobs).for_each(|(size, png)| self.images.insert(size, png.into()));
            }
            Ok(frame) => log::warn!("images of pages: {}", unexpected(frame.head)),
            Err(error) => log::warn!("images of pages: {error}"),
        }
    }

    /// Typesets the last good document in a process that does not have it; gives it up where that fails.
    async fn restore(&mut self) {
        let Some(Good { project, pages }) = self.good.take() else { return };
        match self.compile(&project, Wanted::default()).await {
            Ok((typeset, ..)) => {
                self.renamed = pages.iter().zip(&typeset.pages).map(|(old, new)| (old.hash, new.hash)).collect();
                self.good = Some(Good { project, pages });
            }
            Err(WorkerError::Superseded) => self.good = Some(Good { project, pages }),
            Err(error) => log::warn!("restoring the last good pages: {error}"),
        }
    }

    /// Has a project typeset; returns the document, its image, and how long sending took.
    async fn compile(
        &mut self,
        project: &Project,
        wanted: Wanted,
    ) -> Result<(wire::Typeset, Vec<Vec<u8>>, Duration), WorkerError> {
        let mut process = self.ready().await?;
        let start = Instant::now();
        let (changes, contents) = process.mirror.update(project);
        let request = Request::Typeset { changes, today: project.today, wanted };
        let (frame, send) = self.exchange(process, &request, &contents, start).await?;
        match frame.head {
            Reply::Typeset(typeset) => {
                if let Some(process) = &mut self.process {
                    process.has_document = true;
                }
                Ok((*typeset, frame.blobs, send))
            }
            other => Err(unexpected(other)),
        }
    }

    /// Answers a call for an image that is there, and returns any other.
    fn answer_kept(&self, ask: Ask) -> Option<Ask> {
        match ask {
            Ask::Image { hash, width, reply } => match self.images.get((hash, width)) {
                Some(png) => {
                    drop(reply.send(Ok(Some(png))));
                    None
                }
                None => Some(Ask::Image { hash, width, reply }),
            },
            ask => Some(ask),
        }
    }

    async fn answer(&mut self, ask: Ask) {
        if ask.is_abandoned() {
            return;
        }
        // What is asked for may have come while the call waited.
        let Some(ask) = self.answer_kept(ask) else { return };
        let request = ask.request(&self.renamed);
        let answer = match self.ready().await {
            Ok(process) => self.exchange(process, &request, &[], Instant::now()).await.map(|(frame, _)| frame),
            Err(error) => Err(error),
        };
        if let (Ask::Image { hash, width, .. }, Ok(Frame { head: Reply::Image, blobs })) = (&ask, &answer)
            && let Some(png) = blobs.first()
        {
            self.images.insert((*hash, *width), png.as_slice().into());
        }
        ask.answer(answer);
    }

    /// Returns the process, ready to be asked.
    async fn ready(&mut self) -> Result<Process, WorkerError> {
        let mut process = match self.process.take() {
            Some(process) => process,
            None => Process::start(&self.config).await?,
        };
        match process.ready().await {
            Ok(()) => Ok(process),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(process.why(self.config.memory).await),
            Err(error) => Err(error.into()),
        }
    }

    /// Sends a request and waits for its answer, no longer than allowed; accepts calls meanwhile.
    async fn exchange(
        &mut self,
        mut process: Process,
        request: &Request,
        contents: &[Arc<[u8]>],
        start: Instant,
    ) -> Result<(Frame<Reply>, Duration), WorkerError> {
        let mut limit = Box::pin(sleep(self.config.deadline));
        let sent = process.send(request, contents).await;
        let send = start.elapsed();
        let end = match sent {
            Ok(()) => self.wait(&mut process, &mut limit, matches!(request, Request::Typeset { .. })).await,
            Err(error) => End::Answer(Err(error)),
        };
        self.conclude(process, end).await.map(|frame| (frame, send))
    }

    /// Keeps a process that answered, and replaces one that did not.
    async fn conclude(&mut self, process: Process, end: End) -> Result<Frame<Reply>, WorkerError> {
        let error = match end {
            End::Answer(Ok(Frame { head: Reply::Broken(words), .. })) => {
                process.kill().await;
                broken(None, &words, self.config.memory)
            }
            End::Answer(Ok(frame)) => {
                self.process = Some(process);
                return Ok(frame);
            }
            End::Answer(Err(error)) if error.kind() == io::ErrorKind::InvalidData => {
                process.kill().await;
                error.into()
            }
            End::Answer(Err(_)) => process.why(self.config.memory).await,
            End::Late => {
                process.kill().await;
                let limit = self.config.deadline;
                if self.waiting.is_some() { WorkerError::Superseded } else { WorkerError::Deadline { limit } }
            }
            End::Abandoned => {
                process.kill().await;
                return Err(WorkerError::Superseded);
            }
        };
        self.start_ahead().await;
        Err(error)
    }

    async fn wait(&mut self, process: &mut Process, limit: &mut std::pin::Pin<Box<Sleep>>, typesets: bool) -> End {
        let receive = process.receive();
        tokio::pin!(receive);
        loop {
            tokio::select! {
                biased;
                answer = &mut receive => return End::Answer(answer),
                () = &mut *limit => return End::Late,
                command = self.inbox.recv() => match command {
                    None => return End::Abandoned,
                    Some(command) => self.accept(command),
                },
            }
            if typesets && self.waiting.is_some() {
                self.hurry(limit);
            }
        }
    }

    /// Ends the time of a typesetting that a later one waits for, unless it is about as slow as earlier good ones.
    fn hurry(&self, limit: &mut std::pin::Pin<Box<Sleep>>) {
        let Some(longest) = self.longest else { return };
        let until = tokio::time::Instant::now() + PATIENCE.max(longest * 4);
        if until < limit.deadline() {
            limit.as_mut().reset(until);
        }
    }
}

/// How waiting for an answer ended.
enum End {
    Answer(io::Result<Frame<Reply>>),
    Late,
    /// Nobody is there any more to get it.
    Abandoned,
}

/// Returns the error that an answer is, or that it is not the answer to the question.
pub(super) fn unexpected(reply: Reply) -> WorkerError {
    match reply {
        Reply::Diagnostics(findings) => WorkerError::Diagnostics(findings),
        Reply::NoPage => WorkerError::NoPage,
        _ => WorkerError::Died("it answered something else".to_owned()),
    }
}

fn outcome(typeset: wire::Typeset, blobs: Vec<Vec<u8>>, own: Timings) -> Outcome {
    let slide = |(at, value): (_, String)| Slide { at, value: serde_json::from_str(&value).unwrap_or_default() };
    let image = typeset.image.zip(blobs.into_iter().next());
    Outcome {
        pages: typeset.pages,
        image: image.map(|((hash, width), png)| PageImage { hash, width, png: png.into() }),
        warnings: typeset.warnings,
        headings: typeset.headings,
        slides: typeset.slides.into_iter().map(slide).collect(),
        timings: Timings { send: own.send, total: own.total, ..typeset.timings },
    }
}
