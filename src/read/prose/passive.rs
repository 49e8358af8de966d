//! *Events are sent to A by B*: passives whose subject is neither who acts nor who is acted upon.

use super::frame::{Clauses, Ends};
use super::group::Mark;
use super::lexicon::{DIRECT, Predicate, VIA};
use super::subject::Subject;
use crate::model::LinkKind;

impl Clauses<'_> {
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
        if matches!(self.subject(at, predicate, Some(target)), Subject::Group(who) if who != actor)
        {
            return None;
        }
        Some(Ends {
            actors: self.groups[actor].entities.clone(),
            targets: self.groups[target].entities.clone(),
            actor_group: Some(actor),
            target_group: Some(target),
            derived: false,
            everyone: false,
            target_only: false,
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
