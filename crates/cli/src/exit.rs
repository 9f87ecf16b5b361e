//! How a command ends, and the exit code that says so.

use std::process::ExitCode;

use diag::Diagnostic;
use ring_io::{Located, Sources};

/// How a command that ran ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Everything is as it should be: exit code 0.
    Yes,
    /// It ran, and the answer is no: exit code 1.
    No,
    /// It was stopped by Ctrl-C and kept what it had: exit code 130.
    Stopped,
}

impl From<Answer> for ExitCode {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Yes => Self::SUCCESS,
            Answer::No => Self::FAILURE,
            Answer::Stopped => Self::from(130),
        }
    }
}

/// The exit code of a command that could not run.
pub(crate) const COULD_NOT_RUN: u8 = 2;

/// Why a command could not run.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something with a code and a help.
    Told(Box<Located>),
    /// Anything else.
    Other(anyhow::Error),
}

impl From<Box<Diagnostic>> for Failure {
    fn from(diagnostic: Box<Diagnostic>) -> Self {
        Self::Told(Box::new(Sources::default().locate_all(*diagnostic)))
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Other(error.into())
    }
}
