//! What is denied beside what is said: *talks to A, never to B*, *not to A but to B*.

use super::frame::{Clauses, Ends, Found, FoundRule};
use super::group::Mark;
use super::lexicon::{Markers, Predicate};
use super::role::Role;
use super::token::Kind;
use crate::model::RuleKind;

impl Clauses<'_> {
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

    /// *Does not talk to A but to B*: who takes the place of what is denied.
    pub(super) fn contrast(&self, at: usize, ends: &Ends) -> Option<Vec<usize>> {
        let target = ends.target_group?;
        if self.lexicon.markers == Markers::After
            || !self.has(at, Role::Negation)
            || self.has(at, Role::Nobody)
        {
            return None;
        }
        let first = &self.groups[target];
        let other = self
            .groups
            .iter()
            .find(|group| group.start >= first.tokens.end)
            .filter(|other| other.mark == first.mark || matches!(other.mark, Mark::Via(_)))
            .filter(|other| !other.genitive)?;
        let between = self.tokens.get(first.tokens.end..other.tokens.start)?;
        let contrast = between.iter().any(|token| token.is(Role::Contrast));
        let plain = between.iter().all(|token| {
            token.kind == Kind::Comma
                || token.is(Role::Contrast)
                || token.is(Role::Light)
                || token.is(Role::Exclusive)
                || token.is(Role::Preposition)
                || token.is(Role::Via)
        });
        (contrast && plain && self.ends_phrase(other.tokens.end)).then(|| other.entities.clone())
    }

    /// *A ではなく B と通信する*: where particles mark, who is passed over for what is acted upon.
    pub(super) fn passed_over(
        &self,
        at: usize,
        predicate: &Predicate,
        ends: &Ends,
        found: &mut Found,
    ) {
        let ([subject], Markers::After) = (ends.actors.as_slice(), self.lexicon.markers) else {
            return;
        };
        let over = self.groups_before(at).find(|place| {
            matches!(&self.groups[*place].mark, Mark::Word(word) if self.lexicon.contrast.contains(word))
        });
        let objects = over.map_or(&[][..], |place| &self.groups[place].entities);
        found.rules.extend(objects.iter().map(|object| FoundRule {
            kind: RuleKind::Never,
            verb: predicate.kind,
            subject: Some(*subject),
            object: Some(*object),
        }));
    }

    /// Whether what stands at `at` goes on with no verb: an end, or a further phrase.
    pub(super) fn ends_phrase(&self, at: usize) -> bool {
        let next = self.tokens.iter().skip(at);
        let next = next
            .skip_while(|token| token.is(Role::Light) && !token.is(Role::Preposition))
            .find(|token| !token.is(Role::Exclusive));
        next.is_none_or(|token| {
            token.is(Role::Preposition)
                || token.is(Role::ExclusiveAfter)
                || token.is(Role::Break)
                || !matches!(token.kind, Kind::Word | Kind::Name(_))
        })
    }
}
