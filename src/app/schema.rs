//! `k8sdiag schema`: the JSON Schema of the diagram file.

use super::error::Error;
use super::outcome::Outcome;
use super::terminal::Terminal;
use crate::read::diagram;

/// Prints the schema.
pub(super) fn run(terminal: &Terminal) -> Result<Outcome, Error> {
    terminal.print(diagram::json_schema().as_bytes())?;
    Ok(Outcome::Fine)
}
