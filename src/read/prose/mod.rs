//! Prose becomes links and rules: folding, names, tokens, clauses, and the lexicon of the language.

mod fold;
mod frame;
mod group;
mod lexicon;
mod subject;
mod token;

pub(crate) use fold::{Folded, Plain};
pub(crate) use frame::{Context, Found, FoundLink, FoundRule, sentence};
pub use lexicon::languages;
pub(crate) use lexicon::{Lexicon, Role, lexicon};
pub(crate) use token::{Kind, Names, Token, ending, tokens};
