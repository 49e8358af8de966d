//! The roof: the only place with files, processes, clock and terminal. A file per command.

mod check;
mod cli;
mod error;
mod explain;
mod files;
mod gallery;
mod init;
mod inputs;
mod list;
mod manual;
mod outcome;
mod render;
mod schema;
mod suggest;
mod terminal;

pub use error::Error;
pub use outcome::Outcome;

use clap::Parser;
use cli::{Cli, Command};
use std::process::ExitCode;
use terminal::Terminal;

/// Runs the program on the arguments of this process.
pub fn main() -> ExitCode {
    let mut terminal = Terminal::new();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return terminal.usage(&error).into(),
    };
    terminal.tell_as(&cli.message_format);
    let result = match &cli.command {
        Command::Render(arguments) => render::run(arguments, &terminal),
        Command::Check(arguments) => check::run(arguments, &terminal),
        Command::Explain(arguments) => explain::run(arguments, &terminal),
        Command::List(arguments) => list::run(arguments, &terminal),
        Command::Init(arguments) => init::run(arguments, &terminal),
        Command::Schema => schema::run(&terminal),
        Command::Completions(arguments) => manual::completions(arguments, &terminal),
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
