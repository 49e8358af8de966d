//! DOT, Graphviz' language, becomes statements: nodes are components, clusters groups, edges links.
//!
//! The grammar is read by layout-rs (`gv`), from a text that [`prepare`] makes of the author's: the crate knows no places, refuses or
//! misreads much that is legal, and panics. What is only about looks and places is left out; what says something that an architecture
//! has no place for is told.

mod claims;
mod label;
mod prepare;
mod token;
mod walk;

use super::limits::Limits;
use crate::guard;
use crate::model::{Code, Diagnostic, LazyKnowledge, Reading, SourceId, Sources};
use ::layout::gv::DotParser;
use token::{Kind, Lexer, Wrong};

/// Whether a text is a graph: `[strict] (graph | digraph) [ID] {`.
pub fn looks_like(text: &str) -> bool {
    let mut tokens = Lexer::new(text).map_while(Result::ok).peekable();
    tokens.next_if(|token| token.kind == Kind::Strict);
    let graph = tokens.next_if(|token| matches!(token.kind, Kind::Graph | Kind::Digraph));
    tokens.next_if(|token| token.is_id());
    graph.is_some()
        && tokens
            .next()
            .is_some_and(|token| token.kind == Kind::OpenBrace)
}

/// Reads a graph.
pub fn read(
    sources: &Sources,
    id: SourceId,
    _knowledge: &LazyKnowledge,
    limits: &Limits,
) -> Reading {
    let mut reading = Reading::new(id);
    let text = sources.get(id).text();
    let prepared = match prepare::prepare(text, limits) {
        Ok(prepared) => prepared,
        Err(wrong) => {
            reading.diagnostics.push(told(sources, id, wrong));
            return reading;
        }
    };
    // All that can go wrong here is ours: the text was checked, token by token.
    let tree = guard::caught(|| DotParser::new(&prepared.text).process());
    let Some(Ok(tree)) = tree else {
        let name = sources.get(id).name().clone();
        let message = "the DOT reader failed on this graph: please report it";
        reading
            .diagnostics
            .push(Diagnostic::new(Code::Internal, message).in_file(name));
        return reading;
    };
    let mut drawn = walk::walk(&tree, &prepared, text, limits);
    let wrongs = std::mem::take(&mut drawn.wrongs);
    claims::claims(sources, &mut reading, &prepared, &drawn, limits);
    let mut diagnostics: Vec<_> = wrongs
        .into_iter()
        .map(|wrong| told(sources, id, wrong))
        .collect();
    diagnostics.append(&mut reading.diagnostics);
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.map(|span| span.start));
    reading.diagnostics = diagnostics;
    reading
}

/// A complaint, as a diagnostic.
fn told(sources: &Sources, id: SourceId, wrong: Wrong) -> Diagnostic {
    let mut diagnostic =
        Diagnostic::new(wrong.code, wrong.message).at(sources.span(id, wrong.bytes));
    diagnostic.help = wrong.help;
    diagnostic
}

#[cfg(test)]
mod tests;
