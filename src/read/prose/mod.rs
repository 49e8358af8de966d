//! Prose becomes links and rules: folding, names, tokens, clauses, and the lexicon of the language.

mod apposition;
mod arrow;
mod carry;
mod condition;
mod contrast;
mod exclusive;
mod flow;
mod fold;
mod frame;
mod group;
mod implied;
mod language;
mod lexicon;
mod mark;
mod mutual;
mod objects;
mod onward;
mod passive;
mod prepare;
mod reach;
mod relative;
mod role;
mod rows;
mod side;
mod sign;
mod spoken;
mod subject;
mod token;

pub(crate) use fold::{Folded, Plain, is_unspaced, starts_word};
pub(crate) use frame::{Acted, Context, FoundLink, FoundRule, Said, sentence};
pub(crate) use language::detect;
pub use lexicon::languages;
pub(crate) use lexicon::{DIRECT, Lexicon, Markers, Predicate, lexicon};
pub(crate) use role::Role;
pub(crate) use sign::draws;
pub(crate) use token::{Kind, Mention, Nameless, Names, Token, ending, first_tokens, tokens};
