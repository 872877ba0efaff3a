//! How a command ends other than well.

use crate::report::Report;
use chancery_engine::ipc::{Failure, FailureKind};
use std::path::Path;
use std::process::ExitCode;

/// Why a command ends early; the exit status follows from it.
#[derive(Debug)]
pub enum Exit {
    /// The input has errors, and they were shown.
    Errors,
    /// Something else, still to be said.
    Failed(Failure),
}

impl Exit {
    /// Says on standard error, or as JSON, why the command ends.
    pub fn say(&self, json: bool) {
        if let Self::Failed(failure) = self {
            Report::new(json, Path::new("")).problem(&failure.problem());
        }
    }

    /// Returns the exit status: 1 the input has errors, 2 wrong usage, 3 the machine failed.
    pub fn code(&self) -> ExitCode {
        match self {
            Self::Errors => ExitCode::from(1),
            Self::Failed(failure) => ExitCode::from(match failure.kind {
                FailureKind::Input => 1,
                FailureKind::Usage => 2,
                FailureKind::Machine => 3,
            }),
        }
    }
}

impl From<Failure> for Exit {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}
