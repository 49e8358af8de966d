//! Folded text becomes tokens: names, words of the lexicon, other words, punctuation.

use super::fold::{Folded, is_unspaced, starts_word};
use super::lexicon::{DIRECT, Lexicon, Predicate};
use super::role::Role;
use super::sign::{arrow, is_blank, is_dash, is_in_path, sign};
use crate::model::phrases::is_alphanumeric;
use smallvec::SmallVec;
use std::cmp::Ordering;
use std::ops::Range;

/// A stretch of text that is more than its letters.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// Its bytes in the folded text.
    pub range: Range<usize>,
    pub kind: Kind,
    /// What the lexicon says that it does; more than one where a word has more than one use.
    pub roles: Roles,
    /// What must follow for some of the roles to hold, by the place of each.
    pub rests: Vec<(usize, String)>,
}

/// The uses of a word: few have more than this many.
pub(crate) type Roles = SmallVec<[Role; 4]>;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The name of an entity of the note.
    Name(Mention),
    /// A word.
    Word,
    /// An arrow between two names.
    Arrow(Heads),
    Comma,
    /// Ends a clause: semicolon, colon, dash.
    Semicolon,
    Open,
    Close,
    /// Ends a sentence.
    Stop,
    /// Ends a question.
    Question,
}

/// Where an arrow has its heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heads {
    Forward,
    Backward,
    Both,
}

/// A name in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The entity that it names.
    pub entity: usize,
    /// Whether something of that entity is meant: *the kubelet's door*.
    pub genitive: bool,
    /// How many of its bytes are the name itself, without its ending.
    pub bare: usize,
}

impl Token {
    pub(crate) fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// What must follow for the role at a place to hold.
    pub(super) fn rest(&self, place: usize) -> Option<&str> {
        let mut rests = self.rests.iter();
        rests.find_map(|(of, rest)| (*of == place).then_some(rest.as_str()))
    }

    /// Whether it is a word that no clause needs: an unknown one, or a noun for parts and their sides.
    pub(crate) fn is_plain(&self) -> bool {
        self.kind == Kind::Word
            && self
                .roles
                .iter()
                .all(|role| matches!(role, Role::Face | Role::Content | Role::Kind | Role::Person))
    }

    /// Whether it is a word that the lexicon has no use for in a clause; a person is as good as anybody.
    pub(crate) fn is_unknown(&self) -> bool {
        self.kind == Kind::Word && self.roles.iter().all(|role| *role == Role::Person)
    }

    /// Whether it may say that parts communicate, as a verb or as a noun.
    pub(crate) fn is_predicate(&self) -> bool {
        let acts = |role: &Role| matches!(role, Role::Predicate(_));
        self.roles.iter().any(acts)
    }

    /// The rows of the lexicon's predicates that it may be a word of, nouns among them.
    pub(crate) fn predicates<'a>(
        &'a self,
        lexicon: &'a Lexicon,
    ) -> impl Iterator<Item = &'a Predicate> {
        self.roles.iter().filter_map(|role| match role {
            Role::Predicate(row) => lexicon.predicates.get(usize::from(*row)),
            _ => None,
        })
    }

    /// Takes its uses as a predicate from it.
    pub(super) fn is_no_verb(&mut self) {
        self.roles
            .retain(|role| !matches!(role, Role::Predicate(_)));
        self.rests.clear();
    }

    pub(crate) fn name(&self) -> Option<Mention> {
        match self.kind {
            Kind::Name(mention) => Some(mention),
            _ => None,
        }
    }
}

/// Finds names.
pub(crate) trait Names {
    /// Offers the length and entity of every name that `text` starts with, the longest first, until one is taken.
    fn offer(&self, text: &str, take: &mut dyn FnMut(usize, usize) -> bool);
}

/// No names at all: every word is a word.
pub(crate) struct Nameless;

impl Names for Nameless {
    fn offer(&self, _text: &str, _take: &mut dyn FnMut(usize, usize) -> bool) {}
}

/// Bytes that a word of a text has at least, on average, with the blank behind it.
const LETTERS: usize = 4;

/// Cuts `folded` into tokens.
pub(crate) fn tokens(
    folded: &Folded,
    plain: &str,
    lexicon: &Lexicon,
    names: &dyn Names,
) -> Vec<Token> {
    first_tokens(usize::MAX, folded, plain, lexicon, names)
}

/// The tokens that `folded` starts with: at most so many.
pub(crate) fn first_tokens(
    most: usize,
    folded: &Folded,
    plain: &str,
    lexicon: &Lexicon,
    names: &dyn Names,
) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(most.min(plain.len() / LETTERS));
    let mut at = 0;
    while tokens.len() < most
        && let Some(character) = folded.at(at)
    {
        if character == ' ' && is_blank(folded, plain, at) {
            at += 1;
            continue;
        }
        let sign_here = !is_alphanumeric(character);
        if sign_here && let Some((heads, length)) = arrow(folded, plain, at) {
            tokens.push(bare(at..at + length, Kind::Arrow(heads)));
            at += length;
            continue;
        }
        if character == ' ' || character == '\r' {
            if is_dash(folded, plain, at) {
                tokens.push(bare(at..at + 1, Kind::Semicolon));
            }
            at += 1;
            continue;
        }
        if starts_word(folded.before(at), Some(character))
            && let Some((end, mention)) = name_at(folded, plain, at, lexicon, names)
        {
            let start = compounded(&mut tokens, folded, plain, at);
            let mention = Mention {
                bare: mention.bare + (at - start),
                ..mention
            };
            tokens.push(bare(start..end, Kind::Name(mention)));
            at = end;
            continue;
        }
        if let Some((kind, length)) = sign(folded, at, character) {
            if let Some(kind) = kind {
                tokens.push(bare(at..at + length, kind));
            }
            at += length;
            continue;
        }
        let mut token = word_at(folded, at, character, lexicon);
        // *UI + scan*: a sign joins things.
        let joined = tokens
            .last()
            .is_some_and(|last| folded.words(&last.range) == "+");
        if joined || describes(&token, folded, plain, lexicon) {
            token.is_no_verb();
        }
        at = token.range.end.max(at + character.len_utf8());
        match tokens.last_mut() {
            // Unknown letters of a script without blanks are one word together.
            Some(last)
                if is_unspaced(character)
                    && token.roles.is_empty()
                    && last.roles.is_empty()
                    && last.kind == Kind::Word
                    && last.range.end == token.range.start =>
            {
                last.range.end = token.range.end;
            }
            _ => tokens.push(token),
        }
    }
    tokens
}

/// *Request-level*, *health-check*: whether a hyphen joins a verb to a word before it, or to one behind it that the lexicon does not know.
fn describes(token: &Token, folded: &Folded, plain: &str, lexicon: &Lexicon) -> bool {
    let end = token.range.end;
    if !token.is_predicate() || is_unspaced(folded.before(end).unwrap_or(' ')) {
        return false;
    }
    let before = plain.get(..folded.plain(&token.range).start);
    let before = before.and_then(|before| before.strip_suffix('-'));
    if before.is_some_and(|before| before.ends_with(char::is_alphanumeric)) {
        return true;
    }
    let behind = plain.get(folded.plain(&(end..end + 1)).start..);
    let Some(behind) = behind.and_then(|behind| behind.strip_prefix('-')) else {
        return false;
    };
    let word = folded.from(end + 1);
    let length = word
        .find(|letter: char| !is_alphanumeric(letter))
        .unwrap_or(word.len());
    let word = word.get(..length).unwrap_or_default();
    behind.starts_with(char::is_alphabetic)
        && !word.is_empty()
        && lexicon.phrases.exact(word).next().is_none()
}

/// *Docker-Container-Laufzeit*: where a name at `at` begins; one that a hyphen joins to it only says which one is meant.
fn compounded(tokens: &mut Vec<Token>, folded: &Folded, plain: &str, at: usize) -> usize {
    let joined = |last: &&Token| {
        let hyphen = plain.get(folded.plain(&(last.range.end..at)));
        last.name()
            .is_some_and(|name| name.bare == last.range.len())
            && hyphen == Some("-")
    };
    match tokens.last().filter(joined).map(|last| last.range.start) {
        Some(start) => {
            tokens.pop();
            start
        }
        None => at,
    }
}

fn bare(range: Range<usize>, kind: Kind) -> Token {
    Token {
        range,
        kind,
        roles: Roles::new(),
        rests: Vec::new(),
    }
}

/// The longest name at a place whose ending the language allows.
fn name_at(
    folded: &Folded,
    plain: &str,
    at: usize,
    lexicon: &Lexicon,
    names: &dyn Names,
) -> Option<(usize, Mention)> {
    if matches!(folded.before(at), Some('.' | '@' | '$')) || is_in_path(plain, folded, at) {
        return None;
    }
    let mut found = None;
    names.offer(folded.from(at), &mut |length, entity| {
        let end = at + length;
        let word = folded.words(&(at..end));
        if is_function_word(word, lexicon) {
            return false;
        }
        found = ending(folded, plain, end, lexicon).map(|(ending, genitive)| {
            let mention = Mention {
                entity,
                genitive,
                bare: length,
            };
            (end + ending, mention)
        });
        found.is_some()
    });
    found
}

/// Whether a name of another language is a word of this one that says nothing: Portuguese *nó* is Vietnamese for *it*.
fn is_function_word(word: &str, lexicon: &Lexicon) -> bool {
    lexicon.phrases.exact(word).any(|entry| {
        matches!(
            entry.role,
            Role::Pronoun | Role::Light | Role::Negation | Role::Preposition | Role::And
        )
    })
}

/// The length of the ending of a name that stops at `end`, and whether it is a genitive; `None` where the word goes on in another way.
pub(crate) fn ending(
    folded: &Folded,
    plain: &str,
    end: usize,
    lexicon: &Lexicon,
) -> Option<(usize, bool)> {
    let last = folded.before(end)?;
    let next = folded.at(end);
    if is_unspaced(last) || next.is_none_or(is_unspaced) {
        return Some((0, false));
    }
    let rest = folded.from(end);
    let joined: &str = rest
        .char_indices()
        .find(|(at, character)| {
            !(is_alphanumeric(*character) && !is_unspaced(*character)
                || *character == '\''
                || *character == ':'
                    && *at == 0
                    && rest.chars().nth(1).is_some_and(char::is_lowercase))
        })
        .map_or(rest, |(at, _)| rest.get(..at).unwrap_or_default());
    let genitive = |ending: &str| lexicon.genitives.iter().any(|known| known == ending);
    if joined.is_empty() {
        // `API.yaml` is a file, `etcd.` ends a sentence.
        if rest.starts_with('.') && rest.chars().nth(1).is_some_and(is_alphanumeric) {
            return None;
        }
        return Some(hyphened(folded, plain, end, lexicon).unwrap_or((0, false)));
    }
    let word = joined.trim_end_matches('\'');
    if word.is_empty() {
        return Some((0, false));
    }
    let known = lexicon.suffixes.iter().any(|known| known == word)
        || genitive(word)
        || matches!(word, "s" | "es" | "'s");
    known.then(|| (word.len(), genitive(word)))
}

/// An ending set off by a hyphen, as Slavic languages do with foreign names: `kubelet-ом`.
fn hyphened(folded: &Folded, plain: &str, end: usize, lexicon: &Lexicon) -> Option<(usize, bool)> {
    let place = folded.plain(&(end..end + 1)).start;
    if !plain.get(place..)?.starts_with(['-', '\u{2011}']) {
        return None;
    }
    let rest = folded.from(end + 1);
    let word: &str = rest
        .find(|character: char| !is_alphanumeric(character))
        .map_or(rest, |at| rest.get(..at).unwrap_or_default());
    let known = lexicon.suffixes.iter().any(|known| known == word);
    known.then(|| {
        (
            word.len() + 1,
            lexicon.genitives.iter().any(|known| known == word),
        )
    })
}

/// The word at a place: the longest phrase of the lexicon, else all letters that belong together.
fn word_at(folded: &Folded, at: usize, character: char, lexicon: &Lexicon) -> Token {
    let mut token = bare(at..at, Kind::Word);
    let unspaced = is_unspaced(character);
    if unspaced || starts_word(folded.before(at), Some(character)) {
        matched(&mut token, folded, at, lexicon);
    }
    if token.range.end > at {
        return token;
    }
    let rest = folded.from(at);
    let stop = |(_, letter): &(usize, char)| !is_alphanumeric(*letter) || is_unspaced(*letter);
    let length = if unspaced {
        character.len_utf8()
    } else {
        rest.char_indices()
            .find(stop)
            .map_or(rest.len(), |(end, _)| end)
            .max(character.len_utf8())
    };
    token.range.end = at + length;
    token
}

/// Gives a token the roles of the longest phrase that fits at its place.
fn matched(token: &mut Token, folded: &Folded, at: usize, lexicon: &Lexicon) {
    let rest = folded.from(at);
    for (length, entry) in lexicon.phrases.starting(rest) {
        let Some(end) = phrase_end(folded, at + length, entry.stem) else {
            continue;
        };
        if entry.stem && is_turned(folded.words(&(at..end)), entry.role, lexicon) {
            continue;
        }
        // All uses of what reaches furthest count.
        match end.cmp(&token.range.end) {
            Ordering::Less => continue,
            Ordering::Equal => {}
            Ordering::Greater => {
                token.roles.clear();
                token.rests.clear();
            }
        }
        token.range.end = end;
        if let Some(rest) = &entry.rest {
            token.rests.push((token.roles.len(), rest.clone()));
        }
        token.roles.push(entry.role);
    }
}

/// Whether the ending of a word makes a passive of the verb that its stem is: its object acts.
fn is_turned(word: &str, role: Role, lexicon: &Lexicon) -> bool {
    let Role::Predicate(row) = role else {
        return false;
    };
    let mut endings = lexicon.reflexives.iter();
    endings.any(|ending| word.ends_with(ending.as_str()))
        && lexicon
            .predicates
            .get(usize::from(row))
            .is_some_and(|row| row.object == [DIRECT])
}

/// Where a phrase that stops at `end` really ends; `None` where it is only the start of another word.
pub(super) fn phrase_end(folded: &Folded, end: usize, stem: bool) -> Option<usize> {
    let last = folded.before(end)?;
    let rest = folded.from(end);
    if is_unspaced(last) {
        return Some(end);
    }
    let letters = rest
        .char_indices()
        .find(|(_, letter)| !is_alphanumeric(*letter) || is_unspaced(*letter))
        .map_or(rest.len(), |(at, _)| at);
    if letters == 0 {
        return Some(end);
    }
    stem.then_some(end + letters)
}
