//! Ends that no name tells: *only A talks to it*; and what is denied in passing: *talks to A, never to B*.

use super::frame::{Clauses, Ends, Found, FoundRule};
use super::group::Mark;
use super::lexicon::{DIRECT, Markers, Predicate, Role, VIA};
use super::subject::Subject;
use super::token::Kind;
use crate::model::RuleKind;

impl Clauses<'_> {
    /// The ends of a predicate whose object is a word for what was spoken of, where its subject is named.
    pub(super) fn spoken_target(&self, at: usize, predicate: &Predicate) -> Option<Ends> {
        if predicate.noun || predicate.object.is_empty() {
            return None;
        }
        let (actors, actor_group, everyone) = match self.subject(at, predicate, None) {
            Subject::Group(group) => (self.groups[group].entities.clone(), Some(group), false),
            Subject::Everyone => (Vec::new(), None, true),
            Subject::Derived(_) | Subject::Unknown => return None,
        };
        let sole = everyone || actor_group.is_some_and(|group| self.is_exclusive(group, false));
        let target_only = self.pronoun_object(at, predicate, sole)?;
        let who = self.spoken_of(at, actor_group)?;
        let fits = !actors.contains(&who);
        fits.then_some(Ends {
            actors,
            targets: vec![who],
            actor_group,
            target_group: None,
            derived: true,
            everyone,
            target_only,
        })
    }

    /// Whether a word for what was spoken of stands where the object of the predicate at `at` does; and whether *only* stands before it.
    fn pronoun_object(&self, at: usize, predicate: &Predicate, sole: bool) -> Option<bool> {
        if self.lexicon.markers == Markers::After {
            // Particles: the object is left out where it is the topic of all.
            let named = self.groups_before(at).count();
            return (sole && named == 1).then_some(false);
        }
        let (start, end) = (self.clause_start(at), self.reach(at));
        let only = |place: usize| {
            self.tokens
                .get(at + 1..place)
                .unwrap_or_default()
                .iter()
                .any(|token| token.is(Role::Exclusive))
        };
        let there = (start..end).find(|place| self.tokens[*place].is(Role::There));
        let real = |marker: &String| marker != DIRECT && marker != VIA;
        if let Some(there) = there.filter(|_| predicate.object.iter().any(real)) {
            return Some(only(there));
        }
        let mut marker = false;
        for (place, token) in self.tokens.iter().enumerate().take(end).skip(at + 1) {
            if token.kind != Kind::Word {
                return None;
            }
            // An article that looks like a pronoun has its noun behind it.
            let noun = self
                .tokens
                .get(place + 1)
                .is_some_and(|next| next.is_plain() || next.name().is_some());
            if token.is(Role::Pronoun) && !noun {
                let direct = sole && predicate.object.iter().any(|marker| marker == DIRECT);
                return (marker || direct).then(|| only(place));
            }
            if token.is(Role::Preposition) {
                let word = self.lexicon.base(self.folded.words(&token.range));
                marker = predicate.object.iter().any(|marker| marker == word);
            } else if !token.is(Role::Light) && !token.is(Role::Exclusive) {
                return None;
            }
        }
        None
    }

    /// What such a word stands for: what the sentence began with, else what it stands under or after.
    fn spoken_of(&self, at: usize, actor: Option<usize>) -> Option<usize> {
        let start = self.clause_start(at);
        let before = self.groups.iter().enumerate().find(|(place, group)| {
            group.tokens.end <= start
                && Some(*place) != actor
                && group.mark == Mark::None
                && !group.genitive
                && !self.idle[*place]
        });
        match before {
            Some((_, group)) => match group.entities[..] {
                [who] => Some(who),
                _ => None,
            },
            None => self.context.subject.or(self.context.topic),
        }
    }

    /// *Talks to A, never to B*.
    pub(super) fn but_not(&self, predicate: &Predicate, ends: &Ends, found: &mut Found) {
        let (Some(target), [subject]) = (ends.target_group, ends.actors.as_slice()) else {
            return;
        };
        if self.lexicon.markers == Markers::After || !predicate.actor.is_empty() {
            return;
        }
        let first = &self.groups[target];
        let next = self
            .groups
            .iter()
            .find(|group| group.start >= first.tokens.end);
        let Some(other) = next.filter(|other| other.mark == first.mark && !other.genitive) else {
            return;
        };
        let between = self
            .tokens
            .get(first.tokens.end..other.tokens.start)
            .unwrap_or_default();
        let denies = between.iter().any(|token| token.is(Role::Negation));
        let plain = between.iter().all(|token| {
            token.kind == Kind::Comma
                || token.is(Role::Negation)
                || token.is(Role::Light)
                || token.is(Role::Break)
                || token.is(Role::And)
                || token.is(Role::Preposition)
        });
        let behind = self.tokens.get(other.tokens.end).is_none_or(|token| {
            matches!(
                token.kind,
                Kind::Stop | Kind::Semicolon | Kind::Comma | Kind::Close
            )
        });
        if let (true, true, true, [object]) = (denies, plain, behind, &other.entities[..]) {
            found.rules.push(FoundRule {
                kind: RuleKind::Never,
                verb: predicate.kind,
                subject: Some(*subject),
                object: Some(*object),
            });
        }
    }
}
