//! What one source says, all of it: statements, settings, what was not understood, and what there is to complain of.

use super::architecture::PartId;
use super::diagnostic::Diagnostic;
use super::part::Flow;
use super::source::{SourceId, Span};
use super::statement::Statement;
use std::sync::Arc;

/// What was read from one source. Reading never fails: a bad line costs that line, and leaves a diagnostic.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The source.
    pub source: SourceId,
    /// What it says, in its order.
    pub statements: Vec<Statement>,
    /// The title of the whole.
    pub title: Option<String>,
    /// The language that it is written in, as a code (`da`).
    pub language: Option<String>,
    /// Whether it is prose: only then is knowledge added, because a diagram file states all that its author wants.
    pub prose: bool,
    /// What the author wants of the drawing.
    pub settings: Settings,
    /// The stretches that speak of known parts and gave nothing.
    pub unread: Vec<Unread>,
    /// The sentences that speak of several parts and deny nothing.
    pub company: Vec<Company<String>>,
    /// What there is to complain of.
    pub diagnostics: Vec<Diagnostic>,
}

impl Reading {
    /// A reading in which nothing was found yet.
    pub fn new(source: SourceId) -> Self {
        Self {
            source,
            statements: Vec::new(),
            title: None,
            language: None,
            prose: false,
            settings: Settings::default(),
            unread: Vec::new(),
            company: Vec::new(),
            diagnostics: Vec::new(),
        }
    }
}

/// What an author may set for the drawing, in front matter or in a diagram file. An option of the command line goes before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The main way of the links.
    pub direction: Option<Flow>,
    /// A theme's name.
    pub theme: Option<String>,
}

/// A source in prose, as far as an architecture keeps it: two of them may be translations of one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The source.
    pub source: SourceId,
    /// The language that it is written in, as a code (`da`).
    pub language: Arc<str>,
    /// The kind of each block (`#`, `-`, `|`, `p`), in the order of the text: a translator keeps it.
    pub shape: Vec<u8>,
    /// The sentences that speak of several parts and deny nothing.
    pub company: Vec<Company<PartId>>,
}

/// The parts that one sentence speaks of: what it gives no link between may be linked all the same, in words that no reader knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company<T> {
    /// What it speaks of, its subject included.
    pub parts: Vec<T>,
    /// Whether it gave no link and no rule.
    pub silent: bool,
}

/// A sentence that speaks of two known components but gave no link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Where it stands.
    pub span: Span,
    /// Its words, on one line.
    pub words: String,
    /// Why it gave nothing (`the verb is negated`).
    pub why: String,
    /// The names in it.
    pub names: Vec<String>,
}
