//! *Events are sent to A by B*: passives whose subject is neither who acts nor who is acted upon.

use super::frame::{Clauses, Ends};
use super::group::{Group, Mark};
use super::lexicon::{DIRECT, Markers, Predicate, VIA};
use super::role::Role;
use super::subject::Subject;
use crate::model::LinkKind;

impl Clauses<'_> {
    /// *By A*: whether a name has the marker of who acts with a passive.
    pub(super) fn is_agent(&self, group: &Group) -> bool {
        matches!(&group.mark, Mark::Word(marker) if self.lexicon.agents.contains(marker))
    }

    /// *A is only reachable through B*: whether the name `actor` acts, where its marker is one for the way that something takes. It does beside
    /// one other name; and where the verb may be active too, if *only* says that there is no other way.
    pub(super) fn may_act(&self, at: usize, actor: usize) -> bool {
        match &self.groups[actor].mark {
            Mark::Via(marker) if !self.lexicon.agents.contains(marker) => {}
            _ => return true,
        }
        let (start, end) = (self.hard_start(at), self.hard_end(at));
        let within = |group: &&Group| group.tokens.start >= start && group.tokens.end <= end;
        let alone = self.groups.iter().filter(within).count() == 2;
        let mut rows = self.tokens[at].predicates(self.lexicon);
        let active = rows.any(|row| row.actor.is_empty());
        alone && (!active || self.is_exclusive(actor, true) || self.limits(at))
    }

    /// The ends of a verb of moving whose clause names who does it with a marker, and whose subject is no name.
    pub(super) fn by_agent(&self, at: usize, predicate: &Predicate) -> Option<Ends> {
        let moves = matches!(
            predicate.kind,
            LinkKind::Sends
                | LinkKind::Writes
                | LinkKind::Forwards
                | LinkKind::Reads
                | LinkKind::Scrapes
                | LinkKind::Notifies
        );
        if !moves || !predicate.actor.is_empty() || predicate.noun {
            return None;
        }
        let actor = self.marked_by_word(at, &self.lexicon.agents)?;
        let own = |marker: &&String| {
            !self.lexicon.agents.contains(marker) && *marker != DIRECT && *marker != VIA
        };
        let markers: Vec<String> = predicate.object.iter().filter(own).cloned().collect();
        let target = self
            .marked_by_word(at, &markers)
            .or_else(|| self.direct_behind(at, predicate, actor))
            .filter(|target| *target != actor)?;
        let moved = self.subject(at, predicate, Some(target));
        if matches!(moved, Subject::Group(who) if who != actor && !self.is_scene(who)) {
            return None;
        }
        Some(self.named_ends(actor, target))
    }

    /// *通过 A 调用 B*: where the way stands right before the verb, and nobody else acts, what is used acts.
    pub(super) fn by_means(&self, at: usize, predicate: &Predicate) -> Option<Ends> {
        if !self.lexicon.unspaced
            || self.lexicon.markers == Markers::After
            || predicate.noun
            || !predicate.actor.is_empty()
            || self.context.subject.or(self.context.topic).is_some()
        {
            return None;
        }
        let start = self.clause_start(at);
        let way = self.groups_before(at).next()?;
        let group = &self.groups[way];
        let between = self.tokens.get(group.tokens.end..at)?;
        let near = between.iter().all(|token| token.is(Role::Light));
        let mut before = self.groups.iter().take(way);
        let others = before.any(|other| other.mark == Mark::None);
        if !matches!(group.mark, Mark::Via(_)) || group.start < start || !near || others {
            return None;
        }
        let target = self.marked(at, &predicate.object)?;
        let behind = self.groups[target].start > at;
        (behind && target != way).then(|| self.named_ends(way, target))
    }

    /// *Orders from A end up in B*: who what is moved comes from acts.
    pub(super) fn moved(&self, at: usize, predicate: &Predicate) -> Option<Ends> {
        let target = self.marked(at, &predicate.object)?;
        // *… through C*: the noun for what is moved says who hands it to whom.
        let carried = self.marked_by_word(at, &self.lexicon.agents).is_some();
        if carried || self.via(at, None).is_some() {
            return None;
        }
        let giver = self.groups_before(at).find(|place| {
            let Mark::Word(word) = &self.groups[*place].mark else {
                return false;
            };
            let mut nouns = self.lexicon.predicates.iter().filter(|row| row.noun);
            *place != target
                && !self.idle[*place]
                && nouns.any(|row| row.kind == LinkKind::Communicates && row.actor.contains(word))
        })?;
        // *A from B ends up in C*: a name is what is moved.
        let named = self
            .groups_before(at)
            .any(|place| self.groups[place].mark == Mark::None && !self.groups[place].genitive);
        (!named).then(|| self.named_ends(giver, target))
    }

    /// *集群中的数据*, *集群中唯一…*: whether the group only says where something is.
    pub(super) fn is_scene(&self, place: usize) -> bool {
        let last = &self.tokens[self.groups[place].tokens.end - 1];
        let behind = self.folded.from(last.range.end).trim_start();
        let mut places = self.lexicon.places.iter();
        places.any(|place| {
            let mut possessives = self.lexicon.possessives.iter();
            let bare = possessives.find_map(|of| place.strip_suffix(of.as_str()));
            behind.starts_with(bare.filter(|bare| !bare.is_empty()).unwrap_or(place))
        })
    }

    /// *由 B 发送到 A*: who is acted upon without a marker, behind a verb that has its agent before it.
    fn direct_behind(&self, at: usize, predicate: &Predicate, actor: usize) -> Option<usize> {
        let takes = predicate.object.iter().any(|marker| marker == DIRECT);
        let before = self.groups[actor].tokens.end <= at;
        let place = self.direct(at).filter(|_| takes && before)?;
        (self.groups[place].mark == Mark::None).then_some(place)
    }
}
