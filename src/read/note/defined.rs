//! Lists whose entries say of themselves that they are parts: by the noun that a name ends with, or by the one that its definition begins with.

use super::emphasis::is_identifier;
use super::structure::Kind;
use super::term::{How, is_deed};
use super::{Meaning, Note};
use crate::read::prose::{
    Folded, Kind as TokenKind, Lexicon, Markers, Nameless, Role, Token, tokens,
};
use std::collections::{BTreeMap, BTreeSet};

/// Words that a name of a part has at most.
const NAME: usize = 3;

/// Words that may stand between the article of a definition and the noun that says what is defined.
const ADJECTIVES: usize = 3;

impl Note<'_> {
    /// The entries that say that they are parts, of lists at least two, and at least half, of whose entries do.
    pub(super) fn find_defined(&self) -> BTreeSet<usize> {
        let mut lists: BTreeMap<(usize, usize), (usize, Vec<usize>)> = BTreeMap::new();
        for at in 1..self.blocks.len() {
            let block = &self.blocks[at];
            if !self.is_set_off(at) {
                continue;
            }
            let (all, defined) = lists.entry((block.parent, block.list)).or_default();
            *all += 1;
            if self.is_defined(at) {
                defined.push(at);
            }
        }
        let most =
            |(all, defined): &(usize, Vec<usize>)| defined.len() > 1 && 2 * defined.len() >= *all;
        let lists = lists.into_values().filter(most);
        lists.flat_map(|(_, defined)| defined).collect()
    }

    /// Whether a block is an entry with a name that is set off from what is said of it.
    fn is_set_off(&self, at: usize) -> bool {
        let (block, Some(term)) = (&self.blocks[at], &self.terms[at]) else {
            return false;
        };
        let entry = match block.kind {
            Kind::Row | Kind::Definition | Kind::Section(_) => true,
            Kind::Item(_) | Kind::Paragraph => matches!(term.how, How::Strong | How::Separated),
            _ => false,
        };
        entry && !term.is_of_sentence() && !self.leads[at] && self.definition(at).is_some()
    }

    /// What is said of an entry first: behind its name, in the next cell, in the paragraph below.
    fn definition(&self, at: usize) -> Option<&str> {
        let (block, term) = (&self.blocks[at], self.terms[at].as_ref()?);
        let below = || {
            let next = self.blocks.get(at + 1).filter(|next| next.parent == at)?;
            let words = next.text.text.as_str();
            // An entry of a list below is a name of its own more often than a definition.
            let defines = match next.kind {
                Kind::Paragraph | Kind::Row => true,
                Kind::Item(_) => words.split_whitespace().count() > NAME,
                _ => false,
            };
            defines.then_some(words)
        };
        let own = block.text.text.get(term.rest..).map(str::trim);
        own.filter(|own| !own.is_empty()).or_else(below)
    }

    /// Whether an entry is a part by its name or its definition.
    fn is_defined(&self, at: usize) -> bool {
        let Meaning::Part(entity) = self.meanings[at] else {
            return false;
        };
        let own = &self.book.entities[entity];
        if own.is_group || self.book.is_object(entity) {
            return false;
        }
        if self.is_known(entity) {
            return true;
        }
        let text = &self.blocks[at].text.text;
        let term = self.terms[at].as_ref();
        let name = term.and_then(|term| text.get(term.range.clone()));
        let name = name.unwrap_or_default();
        let plain = |sign: char| sign.is_alphanumeric() || matches!(sign, ' ' | '-' | '.');
        let named = name.split_whitespace().count() <= NAME
            && name.chars().all(plain)
            && (is_identifier(name) || !name.starts_with(char::is_lowercase))
            && !is_deed(name, self.book.lexicons)
            && !self.names_object(name);
        // A heading says in many ways what its section is about.
        if matches!(self.blocks[at].kind, Kind::Section(_)) {
            return named && is_identifier(name) && name.contains('-');
        }
        let defined = || {
            let said = self.definition(at);
            said.is_some_and(|said| self.says_part(said))
        };
        named && (self.ends_in_kind(name) || defined())
    }

    /// *Creation of the Job*: whether one of the words of a name is data or scenery of the field.
    fn names_object(&self, name: &str) -> bool {
        let mut words = name.split(' ').filter_map(|word| self.book.known(word));
        words.any(|known| self.book.is_object(known))
    }

    /// *A daemon that …*, *…するサービス*: whether the noun that says what is defined is one for parts.
    fn says_part(&self, definition: &str) -> bool {
        let line = definition.split(['\n', '\u{2028}']).next();
        let line = line.unwrap_or_default();
        let folded = Folded::new(line);
        self.book.lexicons.iter().any(|lexicon| {
            let words = tokens(&folded, line, lexicon, &Nameless);
            if lexicon.unspaced || lexicon.markers == Markers::After {
                ends_with_part(&words)
            } else {
                begins_with_part(&words, lexicon)
            }
        })
    }
}

fn is_part(word: &Token) -> bool {
    word.is(Role::Kind) && !word.is(Role::Generic)
}

/// Whether a noun for parts follows an article at the start, or begins the text where the language has none.
fn begins_with_part(words: &[Token], lexicon: &Lexicon) -> bool {
    let starts = |word: &&Token| word.is(Role::Light) || word.is(Role::Pronoun);
    let articles = words.iter().take_while(starts).count();
    let told = articles > 0 || !lexicon.has_articles;
    let rest = words.get(articles..).unwrap_or_default();
    let names = |role: &Role| matches!(role, Role::Label | Role::Generic | Role::Content);
    let plain = |word: &&Token| {
        word.kind == TokenKind::Word && (is_part(word) || word.roles.iter().all(names))
    };
    let adjectives = if lexicon.has_articles { ADJECTIVES } else { 0 };
    let mut head = rest.iter().take(adjectives + 1).take_while(plain);
    let Some(noun) = head.position(is_part).filter(|_| told) else {
        return false;
    };
    // *The driver starts …* is a sentence about another part.
    let next = rest.get(noun + 1);
    next.is_none_or(|next| next.predicates(lexicon).all(|row| row.noun))
}

/// Whether the last word of the first clause is such a noun.
fn ends_with_part(words: &[Token]) -> bool {
    let clause = words.iter().take_while(|word| word.kind == TokenKind::Word);
    clause.last().is_some_and(is_part)
}
