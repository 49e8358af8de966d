//! Clauses that name nobody who acts: infinitives, what a person is told to do, what a pronoun says after nothing else was named.

use super::frame::{Acted, Clauses};
use super::lexicon::Markers;
use super::role::Role;
use super::subject::{Subject, only_names};
use super::token::{Kind, Token};
use crate::model::LinkKind;

impl Clauses<'_> {
    /// The subject of a clause that begins at `start` with nothing but pronouns and words that say nothing.
    pub(super) fn unnamed(&self, at: usize, start: usize, other: Option<usize>) -> Subject {
        let clause = self.tokens.get(start..at).unwrap_or_default();
        let pronoun = clause.iter().any(|token| {
            token.is(Role::Pronoun) && !(token.is(Role::Light) && token.is(Role::Relative))
        });
        if pronoun && (self.is_opening(start) || self.lexicon.markers == Markers::After) {
            let who = self.spoken_about();
            return who.map_or(Subject::Unknown, |who| Subject::Derived(vec![who]));
        }
        if let Some(subject) = self.relative_pronoun(at, start) {
            return subject;
        }
        if let Some(tool) = self.used_before(start).filter(|_| pronoun) {
            return Subject::Derived(vec![tool]);
        }
        // What the sentence stands under is no subject where it is the object.
        let is_object =
            |who: &[usize]| other.is_some_and(|other| self.groups[other].entities == who);
        match self.carried(start, at) {
            Subject::Unknown => self.inverted(at, other),
            Subject::Derived(who) if is_object(&who) => self.inverted(at, other),
            carried => carried,
        }
    }

    /// What a pronoun stands for at the start of a sentence.
    pub(super) fn spoken_about(&self) -> Option<usize> {
        if let Some(latter) = self.latter() {
            return Some(latter);
        }
        let who = self.context.topic.or(self.context.subject);
        // *A sends it to B. It …*: either may be meant, but for what the text stands under.
        let either = |(from, _, kind): &Acted| {
            let handed = matches!(kind, LinkKind::Sends | LinkKind::Forwards);
            handed && who == Some(*from) && self.context.subject != who
        };
        who.filter(|_| !self.context.link.as_ref().is_some_and(either))
    }

    /// *It compares all that it knows by asking A*: whether a pronoun begins the clause.
    pub(super) fn begins_with_pronoun(&self, start: usize) -> bool {
        let first = self.tokens.get(start);
        first.is_some_and(|first| first.is(Role::Pronoun)) && self.is_opening(start)
    }

    /// *The latter …*, and no noun behind it: what the sentence before acted upon.
    pub(super) fn latter(&self) -> Option<usize> {
        let noun = |token: &Token| {
            let nouns = [Role::Kind, Role::Group, Role::Label];
            nouns.iter().any(|role| token.is(*role)) || token.name().is_some()
        };
        let first = self.tokens.first();
        let latter = first.is_some_and(|first| first.is(Role::Latter))
            && !self.tokens.get(1).is_some_and(noun);
        self.context.link.filter(|_| latter).map(|(_, to, _)| to)
    }

    /// *If not, it asks A*: whether nothing that a pronoun may stand for comes before a clause.
    fn is_opening(&self, start: usize) -> bool {
        let before = self.tokens.get(..start).unwrap_or_default();
        let means =
            |token: &Token| token.name().is_some() || only_names(token) && token.kind == Kind::Word;
        !before
            .iter()
            .any(|token| means(token) && !token.is(Role::Light) || self.is_verb(token))
    }

    /// *When you run it in A, it asks B*: the one part that a clause before speaks of, where only a person acts.
    fn used_before(&self, start: usize) -> Option<usize> {
        let before = self.tokens.get(..start)?;
        let person = before.iter().any(|token| token.is(Role::Person));
        let mut named = self.groups.iter().take_while(|group| group.start < start);
        let one = named.next().filter(|_| named.next().is_none() && person)?;
        match one.entities[..] {
            [who] if self.last.is_none() => Some(who),
            _ => None,
        }
    }

    /// *Install A before starting B*: whether a clause begins with a word that nobody knows, and its object.
    pub(super) fn is_told(&self, start: usize, place: usize) -> bool {
        let group = &self.groups[place];
        let between = self.tokens.get(start + 1..group.tokens.start);
        let first = self.tokens.get(start).is_some_and(Token::is_unknown);
        first && between.is_some_and(|between| between.iter().all(|token| token.is(Role::Light)))
    }

    /// Whether the marker of who acts stands right before the verb at `at`.
    pub(super) fn is_means(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| &self.tokens[before]);
        before.is_some_and(|before| {
            let word = self.lexicon.base(self.folded.words(&before.range));
            self.lexicon.agents.iter().any(|agent| agent == word)
        })
    }

    /// Whether a preposition stands right before the verb at `at`.
    pub(super) fn is_infinitive(&self, at: usize) -> bool {
        let mut before = self.tokens[..at].iter().rev();
        let before = before.find(|token| !token.is(Role::Person));
        before.is_some_and(|word| word.is(Role::Preposition) && !word.is(Role::Light))
    }

    /// Whether the verb at `at` is an infinitive that ends a clause behind a comma: a preposition stands right before it.
    pub(super) fn ends_infinitive(&self, at: usize, start: usize) -> bool {
        let Some(bound) = start.checked_sub(1).filter(|_| self.lexicon.verb_last) else {
            return false;
        };
        let opened = matches!(self.tokens[bound].kind, Kind::Comma)
            || self.tokens[bound].is(Role::And) && bound > 0;
        let mark = &self.tokens[at - 1];
        let last = self
            .tokens
            .get(at + 1)
            .is_none_or(|next| next.kind != Kind::Word || next.is(Role::And));
        opened && mark.is(Role::Preposition) && mark.is(Role::Light) && last
    }
}
