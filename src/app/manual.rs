//! `k8sdiag completions` and `k8sdiag man`: both are made from the command line itself.

use super::cli::{Cli, CompletionsArguments, ManArguments};
use super::error::Error;
use super::outcome::Outcome;
use super::terminal::Terminal;
use crate::model::nearest;
use clap::CommandFactory;

/// Prints the completions of a shell.
pub(super) fn completions(
    arguments: &CompletionsArguments,
    terminal: &Terminal,
) -> Result<Outcome, Error> {
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "k8sdiag", &mut text);
    terminal.print(&text)?;
    Ok(Outcome::Fine)
}

/// Prints a manual page.
pub(super) fn page(arguments: &ManArguments, terminal: &Terminal) -> Result<Outcome, Error> {
    let mut command = Cli::command();
    command.build();
    if let Some(name) = &arguments.command {
        let Some(found) = command.find_subcommand(name) else {
            let names = command.get_subcommands().map(clap::Command::get_name);
            return Err(Error::Command {
                name: name.clone(),
                near: nearest(name, names).map(str::to_owned),
            });
        };
        command = found.clone();
    }
    let mut text = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut text)
        .map_err(Error::Stdout)?;
    terminal.print(&text)?;
    Ok(Outcome::Fine)
}
