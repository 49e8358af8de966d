//! Objects that share a verb: *sends traces to A and metrics to B*, *uses A for this and B for that*.

use super::frame::Clauses;
use super::group::Mark;
use super::lexicon::{DIRECT, Markers, Predicate};
use super::role::Role;
use super::subject::only_names;
use super::token::{Kind, Token};

impl Clauses<'_> {
    /// *Sends traces to A and metrics to B*, *uses A for this and B for that*: what the group acted upon and those behind it that stand in the same place hold.
    pub(super) fn parallel(&self, at: usize, target: usize, predicate: &Predicate) -> Vec<usize> {
        let mut entities = self.groups[target].entities.clone();
        if self.lexicon.markers == Markers::After {
            let mut all = self.parallel_before(at, target, predicate);
            all.append(&mut entities);
            return all;
        }
        let mut last = target;
        for next in target + 1..self.groups.len() {
            let group = &self.groups[next];
            let end = self.groups[last].tokens.end;
            let bare = self.is_bare(next);
            let start = if bare {
                group.tokens.start
            } else {
                group.start
            };
            let between = self.tokens.get(end..start).unwrap_or_default();
            if !self.same_place(last, next, predicate)
                || !self.joins_phrases(between, bare)
                || between.iter().any(|token| token.is(Role::Contrast)) && self.denied(at)
                || group.genitive
                || self.idle[next]
                || self.has_own_verb(group.tokens.end)
            {
                break;
            }
            entities.extend(&group.entities);
            last = next;
        }
        entities
    }

    /// Likewise where the objects stand before their verb: *A にこれを、B にそれを送る*.
    fn parallel_before(&self, at: usize, target: usize, predicate: &Predicate) -> Vec<usize> {
        let mut entities = Vec::new();
        let mut next = target;
        for place in (0..target).rev() {
            let group = &self.groups[place];
            let between = self
                .tokens
                .get(group.tokens.end..self.groups[next].tokens.start)
                .unwrap_or_default();
            let comma = between.iter().any(|token| token.kind == Kind::Comma);
            let plain = between.iter().all(|token| {
                matches!(token.kind, Kind::Word | Kind::Comma)
                    && (self.rows(token).next().is_none() || self.is_nominal(token))
            });
            if group.tokens.start < self.part_start(at)
                || !comma
                || !plain
                || self.idle[place]
                || !self.same_place(place, next, predicate)
            {
                break;
            }
            entities.splice(0..0, group.entities.iter().copied());
            next = place;
        }
        entities
    }

    /// First token after the last semicolon or full stop before `at`.
    fn part_start(&self, at: usize) -> usize {
        let ends = |token: &Token| matches!(token.kind, Kind::Semicolon | Kind::Stop);
        let before = self.tokens.get(..at).unwrap_or_default();
        before.iter().rposition(ends).map_or(0, |end| end + 1)
    }

    /// Whether a particle makes a noun of a verb: *認証に*.
    fn is_nominal(&self, token: &Token) -> bool {
        let behind = self.folded.from(token.range.end);
        let particles = self.lexicon.particles.iter().chain(&self.lexicon.subject);
        particles
            .into_iter()
            .any(|particle| behind.starts_with(particle.as_str()))
    }

    /// Whether a group has no marker, or, before a phrase of its own, one that belongs to a phrase before *and*: *as a cache and B for that*.
    fn is_bare(&self, place: usize) -> bool {
        let group = &self.groups[place];
        let phrase = self.tokens.get(group.start..group.tokens.start);
        let beyond = phrase
            .unwrap_or_default()
            .iter()
            .any(|token| token.is(Role::And));
        let behind = self.tokens.get(group.tokens.end);
        group.mark == Mark::None
            || beyond
                && behind.is_some_and(|next| next.is(Role::Preposition) || next.is(Role::Break))
    }

    /// Whether two groups are marked as what the same predicate acts upon.
    fn same_place(&self, one: usize, other: usize, predicate: &Predicate) -> bool {
        let takes = |marker: &str| predicate.object.iter().any(|object| object == marker);
        match (&self.groups[one].mark, &self.groups[other].mark) {
            (Mark::Word(one), Mark::Word(other)) => one == other || takes(one) && takes(other),
            (Mark::None, _) if self.is_bare(other) => {
                takes(DIRECT) && self.ends_phrase(self.groups[other].tokens.end)
            }
            _ => false,
        }
    }

    /// Whether words between two objects hold a conjunction, and no verb: *as a cache and*, *and metrics*. A `bare` object follows its conjunction at once.
    fn joins_phrases(&self, between: &[Token], bare: bool) -> bool {
        let joint = |token: &Token| {
            token.kind == Kind::Comma || token.is(Role::And) || token.is(Role::Contrast)
        };
        let Some(first) = between.iter().position(joint) else {
            return false;
        };
        let (phrase, rest) = between.split_at(first);
        // *As a cache*: a phrase of its own begins with its marker.
        let phrase = phrase
            .iter()
            .find(|token| !token.is(Role::Light) || token.is(Role::Preposition))
            .is_none_or(|token| token.is(Role::Preposition) || token.kind == Kind::Open)
            && phrase.iter().all(|token| {
                !self.is_verb(token) && (!token.is(Role::Relative) || token.is(Role::Preposition))
            });
        let sure = first == 0
            || rest
                .iter()
                .any(|token| token.is(Role::And) || token.is(Role::Contrast));
        phrase
            && sure
            && rest.iter().all(|token| {
                joint(token)
                    || !bare && self.is_of_noun(token)
                    || token.is(Role::Light) && !token.is(Role::Negation)
            })
    }

    /// Whether a word may belong to a noun: an unknown one, an article, a noun for what parts send each other.
    fn is_of_noun(&self, token: &Token) -> bool {
        let noun = token.roles.iter().any(|role| self.is_noun(*role));
        only_names(token) || token.is(Role::Article) || noun && !self.is_verb(token)
    }

    /// *…, and with B talks only C*: whether a verb of its own follows the name before `at`.
    fn has_own_verb(&self, at: usize) -> bool {
        let behind = self.tokens.iter().skip(at);
        behind
            .skip_while(|token| token.is(Role::Light))
            .map(|token| self.is_verb(token))
            .next()
            == Some(true)
    }
}
