//! *Only*, *never*, *nobody but*: the rules that a sentence makes of a link.

use super::frame::{Clauses, Ends, Found, FoundRule};
use super::group::{Group, Mark};
use super::lexicon::{Markers, Predicate};
use super::role::Role;
use super::token::{Kind, Token};
use crate::model::{LinkKind, RuleKind};

impl Clauses<'_> {
    /// The rule that *only* or *the only … that* makes of a link.
    #[expect(
        clippy::too_many_arguments,
        reason = "all that a link is made of, and where it goes"
    )]
    pub(super) fn rule(
        &self,
        at: usize,
        predicate: &Predicate,
        ends: &Ends,
        sole: bool,
        found: &mut Found,
    ) {
        let agent = ends
            .actor_group
            .or_else(|| self.carried_group(at, ends))
            .is_some_and(|group| self.is_exclusive(group, !predicate.actor.is_empty()));
        let kind = if sole || self.is_sole(at) || agent {
            Some(RuleKind::OnlyFrom)
        } else if ends
            .target_group
            .is_some_and(|group| self.is_exclusive(group, true))
            || self.limits(at) && !self.takes_only(at, predicate, ends)
            || ends.target_only
        {
            // *Only* at a passive speaks of the agent that follows.
            Some(if predicate.actor.is_empty() {
                RuleKind::OnlyTo
            } else {
                RuleKind::OnlyFrom
            })
        } else {
            (ends.everyone && self.via(at, None).is_some()).then_some(RuleKind::OnlyTo)
        };
        let [object] = ends.targets[..] else {
            return;
        };
        let subjects: Vec<Option<usize>> = match ends.actors.as_slice() {
            [subject] => vec![Some(*subject)],
            [] if ends.everyone && kind == Some(RuleKind::OnlyTo) => vec![None],
            // Each of several talks to it alone; but not one of them alone talks to it.
            several if kind == Some(RuleKind::OnlyTo) => {
                several.iter().copied().map(Some).collect()
            }
            _ => return,
        };
        if let Some(kind) = kind {
            found
                .rules
                .extend(subjects.into_iter().map(|subject| FoundRule {
                    kind,
                    verb: predicate.kind,
                    subject,
                    object: Some(object),
                }));
        }
    }

    /// *Only A reads and writes B*: the names that a verb behind *and* has its subject from.
    fn carried_group(&self, at: usize, ends: &Ends) -> Option<usize> {
        let bound = self.clause_start(at).checked_sub(1)?;
        if !ends.derived || !self.tokens[bound].is(Role::And) {
            return None;
        }
        let last = self
            .groups
            .iter()
            .rposition(|group| group.tokens.end <= at)?;
        (self.groups[last].entities == ends.actors).then_some(last)
    }

    /// Whether the sentence is about the only one that does what the predicate at `at` says.
    pub(super) fn is_sole(&self, at: usize) -> bool {
        let end = match self.lexicon.markers {
            // *Is what communicates with it the only component*.
            Markers::After => self.hard_end(at),
            Markers::Before => at,
        };
        let before = self.tokens.get(..end).unwrap_or_default();
        before
            .iter()
            .rev()
            .take_while(|token| token.kind != Kind::Semicolon)
            .any(|token| token.is(Role::Sole))
    }

    /// Whether *only* stands at a group: right before it (and its marker, for objects), or right after.
    pub(super) fn is_exclusive(&self, group: usize, object: bool) -> bool {
        let group = &self.groups[group];
        let from = if object {
            group.start
        } else {
            group.tokens.start
        };
        let before = (0..group.tokens.start)
            .rev()
            .map(|place| (place, &self.tokens[place]))
            .take_while(|(place, token)| {
                token.kind == Kind::Word
                    && (*place >= from || token.is(Role::Light) || token.is(Role::Exclusive))
                    && !self.is_verb(token)
            })
            .any(|(_, token)| token.is(Role::Exclusive));
        // The particle of a name may stand before *only*.
        let next = match self.lexicon.markers {
            Markers::After => group.tokens.end..group.tokens.end + 2,
            Markers::Before => group.tokens.end..group.tokens.end + 1,
        };
        let after = self.tokens.iter().take(next.end).skip(next.start);
        let after = after
            .take_while(|token| token.name().is_none())
            .any(|token| token.is(Role::ExclusiveAfter));
        before || after || self.is_marked_only(group)
    }

    /// *A를 통해서만*: whether the particle of a name ends in *only*.
    fn is_marked_only(&self, group: &Group) -> bool {
        let (Mark::Word(marker) | Mark::Via(marker)) = &group.mark else {
            return false;
        };
        let mut tails = marker
            .char_indices()
            .skip(1)
            .map(|(at, _)| marker.get(at..));
        self.lexicon.markers == Markers::After
            && tails.any(|tail| {
                let mut entries = self.lexicon.phrases.exact(tail.unwrap_or_default());
                entries.any(|entry| entry.role == Role::ExclusiveAfter)
            })
    }

    /// Whether *only* stands right before the predicate at `at`.
    pub(super) fn limits(&self, at: usize) -> bool {
        (0..at)
            .rev()
            .map(|place| &self.tokens[place])
            .take_while(|token| token.is(Role::Light) || token.is(Role::Exclusive))
            .any(|token| token.is(Role::Exclusive))
    }

    /// *Only reads data from B*: whether what is limited is what the predicate at `at` does, not with whom.
    fn takes_only(&self, at: usize, predicate: &Predicate, ends: &Ends) -> bool {
        let between = ends
            .target_group
            .and_then(|group| self.tokens.get(at + 1..self.groups[group].start));
        predicate.kind == LinkKind::Reads
            && between.is_some_and(|between| {
                let noun = |token: &Token| token.roles.iter().any(|role| self.is_noun(*role));
                between.iter().any(|token| token.is_plain() || noun(token))
            })
    }

    /// *Does nothing except store it in B*: what is excepted does happen.
    pub(super) fn excepted(&self, at: usize) -> bool {
        let start = self.clause_start(at);
        let clause = self.tokens.get(start..at).unwrap_or_default();
        let denied = clause.iter().position(|token| token.is(Role::Negation));
        let except = clause.iter().rposition(|token| token.is(Role::Except));
        matches!((denied, except), (Some(denied), Some(except)) if denied < except
            && clause.get(except + 1..).is_some_and(|rest| rest.iter().all(|token| token.is(Role::Light))))
    }

    /// *Nobody but A*: who is left.
    pub(super) fn exception(&self, at: usize, ends: &Ends) -> Option<Vec<usize>> {
        let except = self
            .tokens
            .iter()
            .position(|token| token.is(Role::Except))?;
        let denied = self.tokens.iter().any(|token| {
            token.is(Role::Nobody) || token.is(Role::Negation) || token.is(Role::Everyone)
        });
        let _ = at;
        if !denied {
            return None;
        }
        let after = self
            .groups
            .iter()
            .position(|group| match self.lexicon.markers {
                Markers::Before => group.tokens.start > except && group.start <= except + 2,
                Markers::After => group.tokens.end <= except && group.tokens.end + 1 >= except,
            })?;
        (Some(after) != ends.target_group).then(|| self.groups[after].entities.clone())
    }

    /// Whether *no other* stands before the predicate at `at` in its clause.
    pub(super) fn is_about_others(&self, at: usize) -> bool {
        let clause = self.tokens.get(self.clause_start(at)..at);
        let mut clause = clause.unwrap_or_default().iter();
        clause.any(|token| token.is(Role::NobodyElse))
    }

    /// *A writes to B; no other component may read it*: the rule that only the one that was spoken of may.
    pub(super) fn nobody_else(
        &self,
        at: usize,
        predicate: &Predicate,
        ends: &Ends,
    ) -> Option<FoundRule> {
        let [object] = ends.targets[..] else {
            return None;
        };
        if !ends.everyone || !self.is_about_others(at) {
            return None;
        }
        let acted = self.last.as_ref().map(|(_, actors)| actors.as_slice());
        let who = match acted {
            Some([one]) => Some(*one),
            Some(_) => None,
            None => {
                let before = self.context.link.filter(|(_, to, _)| *to == object);
                let before = before.map(|(from, ..)| from);
                before.or(self.context.topic).or(self.context.subject)
            }
        };
        who.filter(|who| *who != object).map(|who| FoundRule {
            kind: RuleKind::OnlyFrom,
            verb: predicate.kind,
            subject: Some(who),
            object: Some(object),
        })
    }
}
