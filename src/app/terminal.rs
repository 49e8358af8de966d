//! Standard output carries results alone, standard error everything else.

use super::error::Error;
use super::outcome::Outcome;
use crate::model::{Diagnostic, Sources};
use crate::report;
use std::io::{self, IsTerminal, Write};

/// Both streams of this process.
#[derive(Debug)]
pub(super) struct Terminal {
    /// Whether a person watches standard output.
    pub(super) watched: bool,
}

impl Terminal {
    pub(super) fn new() -> Self {
        Self {
            watched: io::stdout().is_terminal(),
        }
    }

    /// Prints a result. A reader that has gone away is no error.
    pub(super) fn print(&self, bytes: &[u8]) -> Result<(), Error> {
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Error::Stdout(error)),
            _ => Ok(()),
        }
    }

    /// Says something on standard error. Nobody can be told when that fails.
    pub(super) fn say(&self, text: &str) {
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Shows diagnostics.
    pub(super) fn show(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        self.say(&report::human(diagnostics, sources));
    }

    /// Says why the command was refused.
    pub(super) fn refuse(&self, error: &Error) {
        let help = error.help().map(|help| format!("  = help: {help}\n"));
        self.say(&format!("error: {error}\n{}", help.unwrap_or_default()));
    }

    /// Shows what clap has to say: an error of usage, or the help that was asked for.
    pub(super) fn usage(&self, error: &clap::Error) -> Outcome {
        let _ = error.print();
        if error.use_stderr() {
            Outcome::Refused
        } else {
            Outcome::Fine
        }
    }
}
