//! One worker process: started, spoken to, and told apart how it ended.

use super::WorkerConfig;
use super::mirror::Mirror;
use crate::wire::{self, Frame, Reply, Request};
use crate::{WORKER_ARGUMENT, WorkerError};
use std::io;
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// How long a worker may take to start; scanning many system fonts takes a second or two.
const START: Duration = Duration::from_secs(30);

/// How long the last words of a dead worker are waited for.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// As much of what a worker wrote to standard error as is kept.
const STDERR: usize = 8 << 10;

/// What the Rust runtime says before it aborts for want of memory, or panics for want of address space.
const OUT_OF_MEMORY: [&str; 3] = ["memory allocation of", "capacity overflow", "AllocError"];

/// A running worker process and what it has of the project.
pub(super) struct Process {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    stderr: JoinHandle<String>,
    ready: bool,
    pub mirror: Mirror,
    /// Whether a document was typeset in it without errors.
    pub has_document: bool,
}

impl Process {
    /// Starts a process and tells it how it is set up; it gets ready on its own.
    pub async fn start(config: &WorkerConfig) -> io::Result<Self> {
        let mut command = Command::new(&config.program);
        command.arg(WORKER_ARGUMENT).kill_on_drop(true);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        #[cfg(windows)]
        command.creation_flags(NO_WINDOW);
        let mut child = command.spawn()?;
        let (stdin, stdout, stderr) = pipes(&mut child)?;
        let stderr = tokio::spawn(last_words(stderr));
        let stdout = BufReader::new(stdout);
        let mut process =
            Self { child, stdin, stdout, stderr, ready: false, mirror: Mirror::default(), has_document: false };
        let setup = Request::Setup { system_fonts: config.system_fonts, memory: config.memory };
        process.send(&setup, &[]).await?;
        Ok(process)
    }

    /// Whether the process has not ended by itself.
    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Waits until the process is ready.
    pub async fn ready(&mut self) -> io::Result<()> {
        if !self.ready {
            let frame = timeout(START, self.receive()).await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?;
            self.ready = matches!(frame?.head, Reply::Ready);
        }
        if self.ready { Ok(()) } else { Err(io::Error::other("the program is not the worker")) }
    }

    pub async fn send(&mut self, request: &Request, blobs: &[Arc<[u8]>]) -> io::Result<()> {
        self.stdin.write_all(&wire::head_bytes(request, blobs.iter().map(|blob| blob.len()))?).await?;
        for blob in blobs {
            self.stdin.write_all(blob).await?;
        }
        self.stdin.flush().await
    }

    /// Receives an answer; must not be dropped half-way if the process is to be used further.
    pub async fn receive(&mut self) -> io::Result<Frame<Reply>> {
        wire::read_async(&mut self.stdout).await
    }

    /// Ends the process.
    pub async fn kill(mut self) {
        if let Err(error) = self.child.kill().await {
            log::warn!("killing the typesetter: {error}");
        }
    }

    /// Returns why the process ended by itself.
    pub async fn why(mut self, memory: u64) -> WorkerError {
        let status = match timeout(LAST_WORDS, self.child.wait()).await {
            Ok(Ok(status)) => Some(status),
            _ => {
                self.child.start_kill().ok();
                None
            }
        };
        let words = timeout(LAST_WORDS, self.stderr).await.ok().and_then(Result::ok).unwrap_or_default();
        broken(status, words.trim(), memory)
    }
}

/// Returns what an end means: want of memory, or a breakdown.
pub(super) fn broken(status: Option<ExitStatus>, words: &str, memory: u64) -> WorkerError {
    if OUT_OF_MEMORY.iter().any(|sign| words.contains(sign)) {
        return WorkerError::Memory { limit: memory };
    }
    let status = status.map(|status| status.to_string());
    let last_line = words.lines().rev().find(|line| !line.trim().is_empty()).map(str::to_owned);
    WorkerError::Died(last_line.or(status).unwrap_or_else(|| "it does not answer".to_owned()))
}

fn pipes(child: &mut Child) -> io::Result<(ChildStdin, ChildStdout, ChildStderr)> {
    let missing = || io::Error::other("no pipe to the typesetter");
    let (stdin, stdout) = (child.stdin.take().ok_or_else(missing)?, child.stdout.take().ok_or_else(missing)?);
    Ok((stdin, stdout, child.stderr.take().ok_or_else(missing)?))
}

/// Reads standard error to its end, and keeps its end.
async fn last_words(mut stderr: ChildStderr) -> String {
    let (mut kept, mut chunk) = (Vec::new(), vec![0; STDERR]);
    while let Ok(length @ 1..) = stderr.read(&mut chunk).await {
        kept.extend_from_slice(&chunk[..length]);
        kept.drain(..kept.len().saturating_sub(STDERR));
    }
    String::from_utf8_lossy(&kept).into_owned()
}

/// `CREATE_NO_WINDOW`: no console opens beside the app.
#[cfg(windows)]
const NO_WINDOW: u32 = 0x0800_0000;
