//! Text to statements: one reader a format, and the table [`INPUTS`] that chooses it.
//!
//! Every reader ends in a [`Reading`]; none of them builds a graph.

pub mod diagram;
pub mod dot;
pub mod limits;
pub mod note;
mod prose;

pub use limits::Limits;
pub use prose::languages;

use crate::model::{LazyKnowledge, Reading, SourceId, Sources};

/// A format that can be read.
#[derive(Debug, Clone, Copy)]
pub struct Input {
    /// Its name, for `--from`.
    pub name: &'static str,
    /// File endings that mean it, in lower case.
    pub endings: &'static [&'static str],
    /// Whether a text without a telling ending looks like it.
    pub looks_like: fn(&str) -> bool,
    /// Reads a source.
    pub read: fn(&Sources, SourceId, &LazyKnowledge, &Limits) -> Reading,
}

/// Every format that can be read. A text that looks like several is the first of them.
pub const INPUTS: &[Input] = &[
    Input {
        name: "diagram",
        endings: &["yaml", "yml", "json"],
        looks_like: diagram::looks_like,
        read: diagram::read,
    },
    Input {
        name: "dot",
        endings: &["dot", "gv"],
        looks_like: dot::looks_like,
        read: dot::read,
    },
    Input {
        name: "note",
        endings: &["md", "markdown", "mdx", "txt"],
        looks_like: note::looks_like,
        read: note::read,
    },
];

/// The format of a source: by its ending, else by its look, else a note.
pub fn format_of(name: &str, text: &str) -> Option<&'static Input> {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase())
        .unwrap_or_default();
    let by_ending = INPUTS
        .iter()
        .find(|input| input.endings.contains(&ending.as_str()));
    by_ending
        .or_else(|| INPUTS.iter().find(|input| (input.looks_like)(text)))
        .or_else(|| INPUTS.last())
}

/// Reads every source in its own format.
pub fn read(sources: &Sources, knowledge: &LazyKnowledge, limits: &Limits) -> Vec<Reading> {
    sources
        .iter()
        .filter_map(|(id, source)| {
            let input = format_of(source.name(), source.text())?;
            Some((input.read)(sources, id, knowledge, limits))
        })
        .collect()
}
