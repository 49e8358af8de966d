//! What parts do to one another: *communication between A and B*, *A and B never talk to each other*.

use super::frame::{Clauses, Found, FoundLink, FoundRule, Said};
use super::lexicon::{Predicate, VIA};
use super::role::Role;
use super::subject::Subject;
use crate::model::{Arrow, LinkKind, RuleKind, Tier};

impl Clauses<'_> {
    /// *Communication between A and B*, *A and B communicate*.
    pub(super) fn between(&self, at: usize, predicate: &Predicate, found: &mut Found) -> bool {
        let marked = self.marked(at, &predicate.between);
        let group = match marked {
            Some(group) => Some(group),
            None if !predicate.noun
                && predicate.actor.is_empty()
                && matches!(predicate.kind, LinkKind::Communicates | LinkKind::Connects)
                && predicate.object.iter().any(|marker| marker != VIA)
                && self.groups_after(at).next().is_none() =>
            {
                match self.subject(at, predicate, None) {
                    Subject::Group(group) => Some(group),
                    _ => None,
                }
            }
            None => None,
        };
        let Some(group) = group else {
            return false;
        };
        let (one, other) = match self.groups[group].entities[..] {
            [one, other] => (one, other),
            // *Controllers never talk to each other*.
            [one] if self.has(at, Role::Mutual) => (one, one),
            _ => return false,
        };
        if self.denied(at) && self.has(at, Role::Mutual) && !self.enabled(at) {
            found.why = Some("the sentence denies it");
            if self.supposes(at) {
                return true;
            }
            // Each of two; one of several of a kind, once.
            let other_way = (one != other).then_some((other, one));
            for (subject, object) in [Some((one, other)), other_way].into_iter().flatten() {
                found.rules.push(FoundRule {
                    kind: RuleKind::Never,
                    verb: predicate.kind,
                    subject: Some(subject),
                    object: Some(object),
                });
            }
            return true;
        }
        if self.enabled(at) || self.taken_back(at) || self.denied(at) {
            found.why = Some("the sentence does not say that they communicate");
            return false;
        }
        found.links.push(FoundLink {
            from: one,
            to: other,
            kind: predicate.kind,
            arrow: Arrow::None,
            tier: Tier::Derived,
            label: Some(self.tokens[at].range.clone()),
            said: Said::Plain,
        });
        true
    }
}
