//! The worker process: one request at a time from standard input, its answer to standard output.

use crate::wire::{self, Changes, Frame, Reply, Request, Typeset};
use crate::{Compiled, Compiler, FontSources, Timings, Wanted};
use std::any::Any;
use std::io::{self, BufReader, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// The argument that makes an executable the worker.
pub const WORKER_ARGUMENT: &str = "--chancery-worker";

/// Typst makes its stack longer where it nests deeply; this is for the rest. All stacks count as memory.
const STACK: usize = 8 << 20;

/// More threads do not make a briefing faster, but need memory.
const THREADS: usize = 4;

/// How long nobody must ask for anything before the worker warms up.
const WARM_UP_AFTER: Duration = Duration::from_millis(5);

/// How long nobody must ask for anything before the worker tidies up: the page is on the screen by then.
const TIDY_AFTER: Duration = Duration::from_millis(80);

/// Compilations after which the worker tidies up in any case.
const TIDY_AT_LEAST: usize = 5;

/// Runs the worker until its client ends it; to be called first thing in `main` where the first argument is
/// [`WORKER_ARGUMENT`].
pub fn worker_main() -> ExitCode {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(THREADS);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build_global();
    if let Err(error) = pool {
        log::debug!("threads: {error}");
    }
    let worker = thread::Builder::new().name("typst".into()).stack_size(STACK).spawn(run);
    match worker.map(thread::JoinHandle::join) {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn run() -> io::Result<()> {
    let requests = listen()?;
    let Ok(Frame { head: Request::Setup { system_fonts, memory }, .. }) = requests.recv() else { return Ok(()) };
    limit(memory);
    let mut worker = Worker::new(system_fonts, memory);
    respond(Reply::Ready.into())?;
    while let Some(request) = worker.next(&requests) {
        worker.serve(request)?;
    }
    Ok(())
}

/// Reads requests on a thread of its own, so that the end of the client is the end of the worker, whatever it is doing.
fn listen() -> io::Result<Receiver<Frame<Request>>> {
    let (sender, receiver) = mpsc::channel();
    thread::Builder::new().name("requests".into()).spawn(move || {
        let mut stdin = BufReader::new(io::stdin().lock());
        while let Ok(Some(request)) = wire::read(&mut stdin) {
            if sender.send(request).is_err() {
                break;
            }
        }
        std::process::exit(0);
    })?;
    Ok(receiver)
}

/// Limits the memory that can be written to; what is only reserved does not count.
#[cfg(target_os = "linux")]
fn limit(memory: u64) {
    let limited = rlimit::setrlimit(rlimit::Resource::DATA, memory, memory);
    // Breaking the limit aborts the process, which must not leave its gigabytes on the disk.
    if let Err(error) = limited.and_then(|()| rlimit::setrlimit(rlimit::Resource::CORE, 0, 0)) {
        log::warn!("no memory limit: {error}");
    }
}

#[cfg(all(unix, not(target_os = "linux")))]
fn limit(memory: u64) {
    if let Err(error) = rlimit::setrlimit(rlimit::Resource::AS, memory, memory) {
        log::warn!("no memory limit: {error}");
    }
}

#[cfg(not(unix))]
fn limit(_: u64) {}

struct Worker {
    compiler: Compiler,
    /// What to do as soon as there is time.
    chore: Option<Chore>,
    /// Compilations since the last tidying.
    compilations: usize,
}

/// What would delay an answer if it were done at once.
#[derive(Clone, Copy)]
enum Chore {
    WarmUp,
    Tidy,
}

/// A reply and its large contents.
struct Answer {
    reply: Reply,
    blobs: Vec<Vec<u8>>,
}

impl From<Reply> for Answer {
    fn from(reply: Reply) -> Self {
        Self { reply, blobs: vec![] }
    }
}

impl Worker {
    fn new(system_fonts: bool, memory: u64) -> Self {
        let mut compiler = Compiler::new(FontSources { system: system_fonts });
        compiler.set_memory(memory);
        Self { compiler, chore: Some(Chore::WarmUp), compilations: 0 }
    }

    /// Waits for a request, and does what there is to do meanwhile; none when there will be no more.
    fn next(&mut self, requests: &Receiver<Frame<Request>>) -> Option<Frame<Request>> {
        if self.compilations >= TIDY_AT_LEAST {
            self.tidy();
        }
        let patience = match self.chore {
            None => return requests.recv().ok(),
            Some(Chore::WarmUp) => WARM_UP_AFTER,
            Some(Chore::Tidy) => TIDY_AFTER,
        };
        match requests.recv_timeout(patience) {
            Ok(request) => return Some(request),
            Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) => match self.chore.take() {
                Some(Chore::WarmUp) => self.compiler.warm_up(),
                _ => self.tidy(),
            },
        }
        requests.recv().ok()
    }

    fn tidy(&mut self) {
        self.compiler.tidy();
        (self.chore, self.compilations) = (None, 0);
    }

    fn serve(&mut self, request: Frame<Request>) -> io::Result<()> {
        if matches!(request.head, Request::Typeset { .. }) {
            self.compilations += 1;
            self.chore = Some(Chore::Tidy);
        }
        let mut more = false;
        self.respond(|worker| {
            let answer = worker.answer(request);
            more = matches!(&answer.reply, Reply::Typeset(typeset) if typeset.more);
            answer
        })?;
        if more { self.respond(Self::rest) } else { Ok(()) }
    }

    fn respond(&mut self, answer: impl FnOnce(&mut Self) -> Answer) -> io::Result<()> {
        match catch_unwind(AssertUnwindSafe(|| answer(self))) {
            Ok(answer) => respond(answer),
            Err(panic) => {
                respond(Reply::Broken(message(&*panic)).into())?;
                Err(io::Error::other("Typst panicked"))
            }
        }
    }

    fn answer(&mut self, Frame { head, blobs }: Frame<Request>) -> Answer {
        match head {
            Request::Setup { .. } => Reply::Ready.into(),
            Request::Typeset { changes, today, wanted } => {
                self.compiler.set_today(today);
                self.typeset(changes, blobs, &wanted)
            }
            Request::Image { hash, width } => blob(self.compiler.image(hash, width)),
            Request::Svg { hash } => blob(self.compiler.svg(hash).map(String::into_bytes)),
            Request::Png { page, ppi } => blob(self.compiler.png(page, ppi)),
            Request::Pdf { wanted } => match self.compiler.pdf(&wanted) {
                None => Reply::NoPage.into(),
                Some(Err(findings)) => Reply::Diagnostics(findings).into(),
                Some(Ok(pdf)) => {
                    Answer { reply: Reply::Pdf { claims: pdf.claims, unmet: pdf.unmet }, blobs: vec![pdf.bytes] }
                }
            },
            Request::TextAt { at } => Reply::Found(self.compiler.text_at(at)).into(),
            Request::PageAt { file, offset } => Reply::Points(self.compiler.page_at(&file, offset)).into(),
        }
    }

    fn rest(&mut self) -> Answer {
        let (sizes, blobs) = self.compiler.rest().into_iter().unzip();
        Answer { reply: Reply::Images(sizes), blobs }
    }

    fn typeset(&mut self, changes: Changes, contents: Vec<Vec<u8>>, wanted: &Wanted) -> Answer {
        let start = Instant::now();
        for path in &changes.removed {
            self.compiler.remove(path);
        }
        for (path, bytes) in changes.written.iter().zip(contents) {
            self.compiler.write(path, bytes);
        }
        let sync = start.elapsed();
        match self.compiler.typeset(wanted) {
            Err(findings) => Reply::Diagnostics(findings).into(),
            Ok(mut compiled) => {
                compiled.timings = Timings { sync, worker: start.elapsed(), ..compiled.timings };
                typeset(compiled)
            }
        }
    }
}

fn typeset(compiled: Compiled) -> Answer {
    let Compiled { pages, image, more, warnings, headings, slides, timings } = compiled;
    let (image, png) = image.unzip();
    let slides = slides.into_iter().map(|slide| (slide.at, slide.value.to_string())).collect();
    let reply = Reply::Typeset(Box::new(Typeset { pages, image, more, warnings, headings, slides, timings }));
    Answer { reply, blobs: png.into_iter().collect() }
}

fn blob(bytes: Option<Vec<u8>>) -> Answer {
    match bytes {
        None => Reply::NoPage.into(),
        Some(bytes) => Answer { reply: Reply::Image, blobs: vec![bytes] },
    }
}

fn respond(Answer { reply, blobs }: Answer) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(&wire::head_bytes(&reply, blobs.iter().map(Vec::len))?)?;
    for blob in &blobs {
        stdout.write_all(blob)?;
    }
    stdout.flush()
}

/// Returns what a panic said.
fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no reason given").to_owned()
}
