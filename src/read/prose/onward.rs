//! Where what is moved goes on from: *traffic enters through A and is routed to B*, *it lands in A, and from there it goes to B*.

use super::frame::{Clauses, Ends};
use super::group::Mark;
use super::lexicon::{Markers, Predicate};
use super::role::Role;
use super::token::Kind;
use crate::model::LinkKind;
use std::ops::Range;

impl Clauses<'_> {
    /// The ends of a verb of moving that says where to, in a clause in which nobody acts: who had it before hands it on.
    pub(super) fn goes_on(&self, at: usize, predicate: &Predicate) -> Option<Ends> {
        if !moves(predicate) || !predicate.actor.is_empty() || predicate.noun {
            return None;
        }
        let particles = self.lexicon.markers == Markers::After;
        let (start, end) = if particles {
            (self.hard_start(at), at)
        } else {
            (self.clause_start(at), self.clause_end(at))
        };
        let target = self.marked(at, &predicate.object)?;
        let first = if particles || self.lexicon.verb_last {
            start
        } else {
            at
        };
        let here = self.groups[target].start >= first;
        if !here || self.idle[target] || self.acts_in(start..end, target) {
            return None;
        }
        let before = self.before(start);
        let from = if self.goes_from_there(start, at) {
            let acted = self.acted.or_else(|| self.entered(before?));
            match (acted, self.context.link) {
                (Some(group), _) => self.groups[group].entities.clone(),
                (None, Some((_, to, _))) => vec![to],
                (None, None) => return None,
            }
        } else {
            let way = self.entered(before.filter(|_| self.last.is_none())?)?;
            self.groups[way].entities.clone()
        };
        let targets = &self.groups[target].entities;
        let apart = from.iter().all(|who| !targets.contains(who));
        apart.then(|| Ends {
            targets: targets.clone(),
            actors: from,
            actor_group: None,
            target_group: Some(target),
            derived: true,
            everyone: false,
            target_only: false,
        })
    }

    /// The last clause before `start` that names somebody.
    fn before(&self, start: usize) -> Option<Range<usize>> {
        let mut groups = self.groups.iter().rev();
        let last = groups.find(|group| group.tokens.end <= start)?.tokens.start;
        Some(self.clause_start(last)..self.clause_end(last))
    }

    /// *From there, it …*: whether a word for where something is begins what is said at `at`, in the clause that starts at `start` or set off before it.
    fn goes_from_there(&self, start: usize, at: usize) -> bool {
        let there = |range: Range<usize>| {
            let tokens = self.tokens.get(range).unwrap_or_default();
            tokens.iter().any(|token| token.is(Role::There))
        };
        let comma = start.checked_sub(1);
        let comma = comma.filter(|comma| self.tokens[*comma].kind == Kind::Comma);
        let set_off = comma.map(|comma| self.clause_start(comma)..comma);
        let alone = |range: &Range<usize>| {
            self.tokens[range.clone()]
                .iter()
                .all(|token| token.kind == Kind::Word)
        };
        there(start..at) || set_off.filter(alone).is_some_and(there)
    }

    /// *Traffic enters through A*, *orders land in A*: where a clause says that something goes, in which nobody acts.
    fn entered(&self, clause: Range<usize>) -> Option<usize> {
        let tokens = self.tokens.get(clause.clone())?;
        let traffic = tokens.iter().any(|token| {
            let mut rows = token.predicates(self.lexicon);
            rows.any(|row| row.noun && row.kind == LinkKind::Communicates && !row.object.is_empty())
        });
        let inside = |place: &usize| {
            let group = &self.groups[*place];
            group.tokens.start >= clause.start && group.tokens.end <= clause.end
        };
        let mut named = (0..self.groups.len()).filter(inside);
        let place = named.next().filter(|place| !self.idle[*place])?;
        let entered = match &self.groups[place].mark {
            Mark::Via(_) => true,
            Mark::Word(word) => {
                let word = self.lexicon.base(word);
                let takes = |markers: &[String]| markers.iter().any(|marker| marker == word);
                let mut rows = tokens.iter().flat_map(|token| self.rows(token));
                takes(&self.lexicon.agents)
                    || rows.any(|row| takes(&row.route) || row.moved && takes(&row.object))
            }
            Mark::None => false,
        };
        (traffic && entered && named.next().is_none()).then_some(place)
    }

    /// Whether another name than the target stands in a clause without a marker: it acts there.
    fn acts_in(&self, clause: Range<usize>, target: usize) -> bool {
        self.groups.iter().enumerate().any(|(place, group)| {
            let inside = group.tokens.start >= clause.start && group.tokens.end <= clause.end;
            inside && place != target && group.mark == Mark::None && !group.genitive
        })
    }
}

/// Whether a predicate says that something gets from one to another.
pub(super) fn moves(predicate: &Predicate) -> bool {
    matches!(
        predicate.kind,
        LinkKind::Communicates | LinkKind::Forwards | LinkKind::Sends
    )
}
