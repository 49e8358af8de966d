//! `k8sdiag init`: a note and a diagram file to start from. What is there already stays as it is.

use super::cli::InitArguments;
use super::error::Error;
use super::files;
use super::outcome::Outcome;
use super::terminal::Terminal;

/// The files: their names, what they hold, and what to do with them.
const FILES: &[(&str, &str, &str)] = &[
    (
        "architecture.md",
        include_str!("init/architecture.md"),
        "a note to change",
    ),
    (
        "architecture.yaml",
        include_str!("init/architecture.yaml"),
        "the same cluster as a diagram file",
    ),
];

/// Writes them.
pub(super) fn run(arguments: &InitArguments, terminal: &Terminal) -> Result<Outcome, Error> {
    let mut first = None;
    for (name, text, about) in FILES {
        let path = arguments.folder.join(name);
        let shown = crate::report::clean(&path.to_string_lossy()).into_owned();
        if files::write_new(&path, text.as_bytes())? {
            terminal.say(&format!("{shown}: written, {about}\n"));
            first = first.or(Some(shown));
        } else {
            terminal.say(&format!("{shown}: is there already, and stays as it is\n"));
        }
    }
    if let Some(first) = first {
        terminal.say(&format!(
            "next: `k8sdiag render {first} -o architecture.svg`\n"
        ));
    }
    Ok(Outcome::Fine)
}
