//! Why there is no answer from the worker.

use crate::Diagnostic;
use std::io;
use std::time::Duration;

/// Why a call to the worker failed; the worker itself is ready again after each of them.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// The document has errors.
    #[error("{}", first(.0))]
    Diagnostics(Vec<Diagnostic>),
    /// It took longer than allowed.
    #[error("typesetting was stopped after {} s", .limit.as_secs_f32())]
    Deadline {
        /// The time allowed.
        limit: Duration,
    },
    /// It needed more memory than allowed.
    #[error("typesetting was stopped because it needs more than {} MB of memory", .limit >> 20)]
    Memory {
        /// The bytes allowed.
        limit: u64,
    },
    /// The worker broke down; its last words.
    #[error("the typesetter broke down: {0}")]
    Died(String),
    /// The worker could not be started or spoken to.
    #[error("the typesetter cannot be reached: {0}")]
    Io(#[from] io::Error),
    /// A later request took this one's place before its turn came.
    #[error("a later request took the place of this one")]
    Superseded,
    /// There is no such page, or nothing has been typeset yet.
    #[error("there is no such page")]
    NoPage,
}

impl WorkerError {
    /// Whether the document, not the machine, is what has to change.
    pub fn is_input(&self) -> bool {
        matches!(self, Self::Diagnostics(_) | Self::Deadline { .. } | Self::Memory { .. } | Self::NoPage)
    }

    /// Returns the document's errors, where that is what went wrong.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        match self {
            Self::Diagnostics(diagnostics) => diagnostics,
            _ => &[],
        }
    }
}

fn first(diagnostics: &[Diagnostic]) -> String {
    match diagnostics {
        [] => "the document does not typeset".to_owned(),
        [only] => only.to_string(),
        [first, rest @ ..] => format!("{first}, and {} more", rest.len()),
    }
}
