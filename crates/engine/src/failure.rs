//! Failures, sorted into the input's, the user's and the machine's.

use crate::ipc::{Failure, FailureKind};
use chancery_model::Problem;

impl Failure {
    /// Returns a failure of the input.
    pub fn input(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { kind: FailureKind::Input, code: code.into(), message: message.into(), hint: None }
    }

    /// Returns a failure of the call.
    pub fn usage(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { kind: FailureKind::Usage, code: code.into(), message: message.into(), hint: None }
    }

    /// Returns a failure of the machine.
    pub fn machine(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { kind: FailureKind::Machine, code: code.into(), message: message.into(), hint: None }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Returns the failure as a problem without a place.
    pub fn problem(&self) -> Problem {
        let problem = Problem::error(self.code.clone(), self.message.clone());
        match &self.hint {
            Some(hint) => problem.hint(hint.clone()),
            None => problem,
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        let place = problem.place.map(|place| format!("{}:{}:{}: ", place.file, place.line, place.column));
        Self {
            kind: FailureKind::Input,
            code: problem.code.into_owned(),
            message: format!("{}{}", place.unwrap_or_default(), problem.message),
            hint: problem.hint,
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}
