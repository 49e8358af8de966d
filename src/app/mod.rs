//! The roof: the only place with files, processes, clock and terminal. A file per command.

mod build;
mod check;
mod cli;
mod diff;
mod error;
mod explain;
mod files;
mod gallery;
mod init;
mod inputs;
mod interrupt;
mod list;
mod lsp;
mod manual;
mod mdbook;
mod outcome;
mod render;
mod schema;
mod suggest;
mod terminal;
mod typefaces;
#[cfg(feature = "watch")]
mod watch;

pub use error::Error;
pub use outcome::Outcome;

use clap::Parser;
use cli::{Cli, Command};
use std::ffi::OsString;
use std::process::ExitCode;
use terminal::Terminal;

/// Runs the program on the arguments of this process.
pub fn main() -> ExitCode {
    let mut terminal = Terminal::new();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            terminal.tell_as(&wanted_format(std::env::args_os()));
            return terminal.usage(&error).into();
        }
    };
    terminal.tell_as(&cli.message_format);
    let result = match &cli.command {
        Command::Render(arguments) => render::run(arguments, &terminal),
        Command::Build(arguments) => build::run(arguments, &terminal),
        Command::Check(arguments) => check::run(arguments, &terminal),
        Command::Explain(arguments) => explain::run(arguments, &terminal),
        Command::Diff(arguments) => diff::run(arguments, &terminal),
        Command::List(arguments) => list::run(arguments, &terminal),
        Command::Init(arguments) => init::run(arguments, &terminal),
        Command::Schema => schema::run(&terminal),
        Command::Completions(arguments) => manual::completions(arguments, &terminal),
        #[cfg(feature = "watch")]
        Command::Watch(arguments) => watch::run(arguments, &terminal),
        Command::Mdbook(arguments) => mdbook::run(arguments, &terminal),
        Command::Lsp => lsp::run(),
        Command::Man(arguments) => manual::page(arguments, &terminal),
    };
    match result {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            terminal.refuse(&error);
            Outcome::Refused.into()
        }
    }
}

/// The value of `--message-format` on a command line that is wrong somewhere: whoever asked for JSON wants to be told in JSON.
fn wanted_format(arguments: impl Iterator<Item = OsString>) -> String {
    const OPTION: &str = "--message-format";
    let words: Vec<String> = arguments
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let joined = words.iter().find_map(|word| {
        word.strip_prefix(OPTION)
            .and_then(|rest| rest.strip_prefix('='))
    });
    let next = words.iter().skip_while(|word| *word != OPTION).nth(1);
    joined
        .or(next.map(String::as_str))
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_command_line_still_says_how_to_tell_so() {
        let of = |line: &str| wanted_format(line.split(' ').map(OsString::from));
        assert_eq!(of("k8sdiag chek --message-format json"), "json");
        assert_eq!(of("k8sdiag --message-format=github chek"), "github");
        assert_eq!(of("k8sdiag chek"), "");
        assert_eq!(of("k8sdiag chek --message-format"), "");
    }
}
