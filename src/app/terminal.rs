//! Standard output carries results alone, standard error everything else. What is printed there about an input is clean, and not without end.

use super::error::Error;
use super::outcome::Outcome;
use crate::model::{Code, Diagnostic, Sources};
use crate::report::{self, Look, MESSAGE_FORMATS, MessageFormat};
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};

/// The most bytes that diagnostics may take on standard error.
const MOST: usize = 60 << 10;

/// Both streams of this process.
#[derive(Debug)]
pub(super) struct Terminal {
    /// Whether a person watches standard output.
    pub(super) watched: bool,
    /// How diagnostics are told.
    format: &'static MessageFormat,
    /// Whether standard output may have colours.
    colour_out: bool,
    /// Whether standard error may have colours.
    colour_err: bool,
}

impl Terminal {
    #[expect(
        clippy::disallowed_methods,
        reason = "the environment says whether the user wants colours"
    )]
    pub(super) fn new() -> Self {
        let variable = |name: &str| std::env::var_os(name);
        Self {
            watched: io::stdout().is_terminal(),
            format: &MESSAGE_FORMATS[0],
            colour_out: colour(io::stdout().is_terminal(), &variable),
            colour_err: colour(io::stderr().is_terminal(), &variable),
        }
    }

    /// Chooses how diagnostics are told from now on.
    pub(super) fn tell_as(&mut self, format: &str) {
        self.format = report::message_format(format).unwrap_or(self.format);
    }

    /// Whether results are for people.
    pub(super) fn is_human(&self) -> bool {
        self.format.name == MESSAGE_FORMATS[0].name
    }

    /// Prints a result. A reader that has gone away is no error.
    #[expect(
        clippy::unused_self,
        reason = "who prints has the terminal, and nobody else prints"
    )]
    pub(super) fn print(&self, bytes: &[u8]) -> Result<(), Error> {
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Error::Stdout(error)),
            _ => Ok(()),
        }
    }

    /// Says something on standard error. Nobody can be told when that fails.
    #[expect(
        clippy::unused_self,
        reason = "who prints has the terminal, and nobody else prints"
    )]
    pub(super) fn say(&self, text: &str) {
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Shows diagnostics on standard error.
    pub(super) fn show(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        if diagnostics.is_empty() {
            return;
        }
        let look = Look {
            colour: self.colour_err,
            limit: Some(MOST),
        };
        self.say(&report::show(self.format, diagnostics, sources, look));
    }

    /// Prints findings: where they are the result.
    pub(super) fn print_findings(
        &self,
        findings: &[Diagnostic],
        sources: &Sources,
    ) -> Result<(), Error> {
        let look = Look {
            colour: self.colour_out,
            limit: None,
        };
        self.print(report::show(self.format, findings, sources, look).as_bytes())
    }

    /// Says why the command was refused.
    pub(super) fn refuse(&self, error: &Error) {
        let (diagnostic, sources) = error.told();
        self.show(&[diagnostic], &sources);
    }

    /// Shows what clap has to say: an error of usage, or the help that was asked for.
    pub(super) fn usage(&self, error: &clap::Error) -> Outcome {
        if !error.use_stderr() {
            return match error.print() {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                    self.refuse(&Error::Stdout(error));
                    Outcome::Refused
                }
                _ => Outcome::Fine,
            };
        }
        if !self.is_human() {
            self.show(&[misuse(&error.render().to_string())], &Sources::default());
            return Outcome::Refused;
        }
        // What the user typed stands in it, and may hold anything.
        let mut text = report::clean_lines(&error.render().to_string());
        text.truncate(text.floor_char_boundary(MOST));
        self.say(&text);
        Outcome::Refused
    }
}

/// An error of usage, as clap writes it, as a diagnostic.
fn misuse(text: &str) -> Diagnostic {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let message = first.strip_prefix("error: ").unwrap_or(first);
    let mut diagnostic = Diagnostic::new(Code::Usage, message);
    diagnostic.help = lines.find_map(|line| line.trim().strip_prefix("tip: ").map(str::to_owned));
    diagnostic
}

/// Whether a stream may have colours: the user's word first, then what the stream is.
fn colour(terminal: bool, variable: &dyn Fn(&str) -> Option<OsString>) -> bool {
    let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    if set("NO_COLOR") {
        return false;
    }
    if variable("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0") {
        return true;
    }
    let dumb = variable("TERM").is_some_and(|value| value == "dumb");
    let off = variable("CLICOLOR").is_some_and(|value| value == "0");
    terminal && !dumb && !off
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_has_the_last_word_on_colours() {
        let with = |terminal, set: &[(&str, &str)]| {
            colour(terminal, &|name: &str| {
                let found = set.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| OsString::from(value))
            })
        };
        assert!(with(true, &[]));
        assert!(!with(false, &[]));
        assert!(!with(true, &[("NO_COLOR", "1")]));
        assert!(with(true, &[("NO_COLOR", "")]));
        assert!(!with(true, &[("TERM", "dumb")]));
        assert!(!with(true, &[("CLICOLOR", "0")]));
        assert!(with(false, &[("CLICOLOR_FORCE", "1")]));
        assert!(!with(false, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
        assert!(!with(false, &[("CLICOLOR_FORCE", "0")]));
    }
}
