//! The roof: the only place with files, processes, clock and terminal. A file per command.

mod cli;
mod error;
mod files;
mod gallery;
mod inputs;
mod outcome;
mod render;
mod terminal;

pub use error::Error;
pub use outcome::Outcome;

use clap::Parser;
use cli::{Cli, Command};
use std::process::ExitCode;
use terminal::Terminal;

/// Runs the program on the arguments of this process.
pub fn main() -> ExitCode {
    let terminal = Terminal::new();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return terminal.usage(&error).into(),
    };
    let result = match &cli.command {
        Command::Render(arguments) => render::run(arguments, &terminal),
    };
    match result {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            terminal.refuse(&error);
            Outcome::Refused.into()
        }
    }
}
