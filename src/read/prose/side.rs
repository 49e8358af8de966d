//! A side that a part shows, named by who shows it: *uses the API that B provides*, *the API provided by B*.

use super::frame::Clauses;
use super::group::Mark;
use super::lexicon::{DIRECT, Markers, Predicate};
use super::role::Role;
use super::token::{Kind, Token};
use crate::model::LinkKind;

/// Words of no known use that may tell how a part shows its side: *bereit stellt*.
const WORDS: usize = 2;

impl Clauses<'_> {
    /// The group that shows or holds what the predicate at `at` acts upon.
    pub(super) fn provided(&self, at: usize, predicate: &Predicate) -> Option<usize> {
        if let Some(place) = self.holder(at, predicate) {
            return Some(place);
        }
        match self.lexicon.markers {
            Markers::Before => self.provided_behind(at, predicate),
            Markers::After => self.provided_before(at, predicate),
        }
    }

    /// *Shows the data stored in B*: the group that holds what is read.
    fn holder(&self, at: usize, predicate: &Predicate) -> Option<usize> {
        let reads = matches!(predicate.kind, LinkKind::Reads | LinkKind::Watches);
        if !reads || self.lexicon.markers == Markers::After || self.lexicon.unspaced {
            return None;
        }
        let (_, rest) = self.tokens.split_at_checked(at + 1)?;
        // Behind its noun it counts as no verb any more.
        let row = |token: &Token| {
            let word = self.folded.words(&token.range);
            self.lexicon.phrases.exact(word).find_map(|entry| {
                let Role::Predicate(row) = entry.role else {
                    return None;
                };
                let row = self.lexicon.predicates.get(usize::from(row))?;
                (row.kind == LinkKind::Writes && !row.noun).then_some(row)
            })
        };
        let noun = |token: &&Token| {
            token.kind == Kind::Word
                && !self.is_verb(token)
                && !token.is(Role::And)
                && row(token).is_none()
        };
        let words = rest.iter().take_while(noun).count();
        let row = row(rest.get(words)?)?;
        let place = self.groups.iter().position(|group| group.start > at)?;
        let group = &self.groups[place];
        let beside = group.start == at + 2 + words;
        let marked = matches!(&group.mark, Mark::Word(word) if row.object.contains(word));
        let named = (1..=WORDS + 1).contains(&words);
        (named && beside && marked && !group.genitive && !self.idle[place]).then_some(place)
    }

    fn provided_behind(&self, at: usize, predicate: &Predicate) -> Option<usize> {
        if !predicate.object.iter().any(|marker| marker == DIRECT) {
            return None;
        }
        let side = self.side_behind(at)?;
        let place = self
            .groups
            .iter()
            .position(|group| group.tokens.start > side)?;
        let group = &self.groups[place];
        // *Which B offers*: the pronoun may look like a marker.
        let opened = self.tokens[group.start].is(Role::Relative);
        let mark = Some(&group.mark).filter(|_| !opened);
        let start = match mark {
            Some(Mark::Word(_) | Mark::Via(_)) => group.start,
            Some(Mark::None) | None => group.tokens.start,
        };
        let mut between = self.tokens.get(side + 1..start)?.iter();
        // A comma sets off the clause.
        let set_off = between.clone().next().map(|token| token.kind) == Some(Kind::Comma);
        if set_off {
            between.next();
        }
        let relative = between.clone().position(|token| token.is(Role::Relative));
        let verb = between.clone().skip(relative.unwrap_or(0));
        let words = verb.filter(|token| self.shows(token)).count();
        let relative = relative.is_some();
        let plain = between.all(|token| {
            token.kind == Kind::Word
                && (token.is(Role::Light) || token.is(Role::Relative) || self.shows(token))
        });
        let shown = match mark {
            Some(Mark::Word(word) | Mark::Via(word)) => {
                let verb = if words > 0 {
                    !relative
                } else {
                    self.shows_last(group.tokens.end)
                };
                verb && self.lexicon.agents.contains(word)
            }
            // *That offers B*, where the verb may stand first.
            _ if relative && words > 0 => self.lexicon.inverts && words == 1,
            _ => relative && self.shows_last(group.tokens.end),
        };
        let own = !group.genitive && !self.idle[place] && words <= WORDS;
        (own && plain && shown).then_some(place)
    }

    /// The noun for a side right behind the verb at `at`, with words that say which one between.
    fn side_behind(&self, at: usize) -> Option<usize> {
        let side = (at + 1..self.tokens.len()).find(|place| self.tokens[*place].is(Role::Face))?;
        let between = self.tokens.get(at + 1..side)?;
        let noun = between.iter().all(|token| {
            token.kind == Kind::Word
                && !self.is_verb(token)
                && (token.is(Role::Light)
                    || !token.is(Role::Relative) && !token.is(Role::Preposition))
        });
        let words = between.iter().filter(|token| token.is_plain()).count();
        (noun && words <= WORDS).then_some(side)
    }

    /// Whether a word may say that a part shows something: a verb that nobody knows, or one of giving.
    pub(super) fn shows(&self, token: &Token) -> bool {
        token.is_unknown() || self.rows(token).any(|row| row.kind == LinkKind::Sends)
    }

    /// Whether the clause behind `end` is such a verb and no more.
    fn shows_last(&self, end: usize) -> bool {
        let clause = self.tokens.get(end..self.clause_end(end.saturating_sub(1)));
        let clause = clause.unwrap_or_default();
        let words = clause.iter().filter(|token| self.shows(token)).count();
        let plain = |token: &Token| {
            token.is(Role::Light) || token.is(Role::Preposition) || self.shows(token)
        };
        (1..=WORDS + 1).contains(&words) && clause.iter().all(plain)
    }

    /// *B が提供する API を利用する*: likewise where particles mark.
    fn provided_before(&self, at: usize, predicate: &Predicate) -> Option<usize> {
        let place = self.groups_before(at).next()?;
        let group = &self.groups[place];
        let between = self.tokens.get(group.tokens.end..at)?;
        let side = between.iter().rposition(|token| token.is(Role::Face))?;
        let behind = self.folded.from(between[side].range.end).trim_start();
        let mut objects = predicate.object.iter();
        let marked = objects.any(|marker| behind.starts_with(marker.as_str()));
        let shown = between[..side].iter().any(|token| self.shows(token));
        let plain = between.iter().all(|token| {
            token.kind == Kind::Word && (self.shows(token) || self.rows(token).next().is_none())
        });
        let subject = self.context.subject.is_some() || self.groups_before(at).nth(1).is_some();
        (marked && shown && plain && subject && group.topic && !self.idle[place]).then_some(place)
    }
}
