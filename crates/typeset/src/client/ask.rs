//! Calls about the last good document, and their answers.

use super::supervisor::unexpected;
use crate::wire::{Frame, Reply, Request};
use crate::{Found, Pdf, PdfWanted, Point, WorkerError};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::oneshot::Sender;

type Answer<T> = Sender<Result<T, WorkerError>>;

/// A call about the last good document.
#[derive(Debug)]
pub(super) enum Ask {
    Image { hash: u128, width: u32, reply: Answer<Option<Arc<[u8]>>> },
    Svg { hash: u128, reply: Answer<Option<Vec<u8>>> },
    Png { page: usize, ppi: f64, reply: Answer<Vec<u8>> },
    Pdf { wanted: Box<PdfWanted>, reply: Answer<Pdf> },
    TextAt { at: Point, reply: Answer<Option<Found>> },
    PageAt { file: String, offset: usize, reply: Answer<Vec<Point>> },
}

impl Ask {
    /// Whether nobody waits for the answer any more.
    pub fn is_abandoned(&self) -> bool {
        match self {
            Self::Image { reply, .. } => reply.is_closed(),
            Self::Svg { reply, .. } => reply.is_closed(),
            Self::Png { reply, .. } => reply.is_closed(),
            Self::Pdf { reply, .. } => reply.is_closed(),
            Self::TextAt { reply, .. } => reply.is_closed(),
            Self::PageAt { reply, .. } => reply.is_closed(),
        }
    }

    /// Returns what to ask the process, whose page hashes may have other names by now.
    pub fn request(&self, renamed: &HashMap<u128, u128>) -> Request {
        let now = |hash: &u128| renamed.get(hash).copied().unwrap_or(*hash);
        match self {
            Self::Image { hash, width, .. } => Request::Image { hash: now(hash), width: *width },
            Self::Svg { hash, .. } => Request::Svg { hash: now(hash) },
            Self::Png { page, ppi, .. } => Request::Png { page: *page, ppi: *ppi },
            Self::Pdf { wanted, .. } => Request::Pdf { wanted: wanted.clone() },
            Self::TextAt { at, .. } => Request::TextAt { at: *at },
            Self::PageAt { file, offset, .. } => Request::PageAt { file: file.clone(), offset: *offset },
        }
    }

    /// Hands the answer to the caller, who may have gone.
    pub fn answer(self, answer: Result<Frame<Reply>, WorkerError>) {
        match self {
            Self::Image { reply, .. } => drop(reply.send(answer.and_then(drawn).map(|png| png.map(Arc::from)))),
            Self::Svg { reply, .. } => drop(reply.send(answer.and_then(drawn))),
            Self::Png { reply, .. } => drop(reply.send(answer.and_then(bytes))),
            Self::Pdf { reply, .. } => drop(reply.send(answer.and_then(pdf))),
            Self::TextAt { reply, .. } => drop(reply.send(answer.and_then(|frame| match frame.head {
                Reply::Found(found) => Ok(found),
                other => Err(unexpected(other)),
            }))),
            Self::PageAt { reply, .. } => drop(reply.send(answer.and_then(|frame| match frame.head {
                Reply::Points(points) => Ok(points),
                other => Err(unexpected(other)),
            }))),
        }
    }
}

fn drawn(frame: Frame<Reply>) -> Result<Option<Vec<u8>>, WorkerError> {
    match frame.head {
        Reply::NoPage => Ok(None),
        _ => bytes(frame).map(Some),
    }
}

fn bytes(mut frame: Frame<Reply>) -> Result<Vec<u8>, WorkerError> {
    match frame.head {
        Reply::Image => Ok(frame.blobs.pop().unwrap_or_default()),
        other => Err(unexpected(other)),
    }
}

fn pdf(mut frame: Frame<Reply>) -> Result<Pdf, WorkerError> {
    match frame.head {
        Reply::Pdf { claims, unmet } => Ok(Pdf { bytes: frame.blobs.pop().unwrap_or_default(), claims, unmet }),
        other => Err(unexpected(other)),
    }
}
