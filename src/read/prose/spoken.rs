//! Ends that no name tells: *only A talks to it*, *they both read it*.

use super::frame::{Clauses, Ends};
use super::group::{Group, Mark};
use super::lexicon::{DIRECT, Markers, Predicate, VIA};
use super::role::Role;
use super::subject::Subject;
use super::token::{Kind, Token};
use crate::model::LinkKind;

impl Clauses<'_> {
    /// The ends of a predicate whose object is a word for what was spoken of, where its subject is named.
    pub(super) fn spoken_target(&self, at: usize, predicate: &Predicate) -> Option<Ends> {
        if predicate.noun || predicate.object.is_empty() {
            return None;
        }
        if let Some(ends) = self.of_relative(at, predicate) {
            return Some(ends);
        }
        // *Here keeps A …*: behind the word for it, the verb has its subject behind it.
        let fronted = match self.inverted(at, None) {
            Subject::Group(behind) if self.begins_there(at) => Some(Subject::Group(behind)),
            _ => None,
        };
        let subject = fronted.unwrap_or_else(|| self.subject(at, predicate, None));
        let (actors, actor_group, everyone) = match subject {
            Subject::Group(group) => (self.groups[group].entities.clone(), Some(group), false),
            Subject::Everyone => (Vec::new(), None, true),
            Subject::Derived(_) | Subject::Unknown => return None,
        };
        let sole = everyone
            || self.denied(at)
            || actor_group.is_some_and(|group| self.is_exclusive(group, false));
        let target_only = self.pronoun_object(at, predicate, sole)?;
        let before = self
            .context
            .link
            .filter(|_| everyone && self.is_about_others(at));
        let who = match self
            .acted_upon(at, actor_group)
            .or(before.map(|(_, to, _)| to))
        {
            Some(who) => who,
            None => self.spoken_of(at, actor_group)?,
        };
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

    /// *Everyone talks to A (B, C)*: the names that spell out everyone, in brackets behind who is acted upon.
    pub(super) fn spelt_behind(&self, ends: &Ends) -> Option<Vec<usize>> {
        let target = ends.target_group.filter(|_| ends.everyone)?;
        let end = self.groups[target].tokens.end;
        let group = self.groups.get(target + 1)?;
        let is = |at: usize, kind: Kind| self.tokens.get(at).map(|token| token.kind) == Some(kind);
        let aside = is(end, Kind::Open)
            && group.tokens.start == end + 1
            && is(group.tokens.end, Kind::Close);
        (aside && group.entities.len() > 1).then(|| group.entities.clone())
    }

    /// *…, to which only A writes*: a marker right before the pronoun that begins the clause.
    fn of_relative(&self, at: usize, predicate: &Predicate) -> Option<Ends> {
        let start = self.clause_start(at);
        let bound = start.checked_sub(1)?;
        // *Con la que*: an article may stand between.
        let marker = self
            .tokens
            .get(..bound)?
            .iter()
            .rev()
            .find(|token| !token.is(Role::Light) || token.is(Role::Preposition))?;
        let word = self.lexicon.base(self.folded.words(&marker.range));
        let marked = self.tokens[bound].is(Role::Relative)
            && marker.is(Role::Preposition)
            && predicate.object.iter().any(|marker| marker == word);
        if !marked {
            return None;
        }
        let actor = match self.named(at, start, None) {
            Some(Subject::Group(actor)) => actor,
            Some(_) => return None,
            None => match self.inverted(at, None) {
                Subject::Group(actor) => actor,
                _ => return None,
            },
        };
        let who = self.spoken_of(at, Some(actor))?;
        let actors = self.groups[actor].entities.clone();
        (!actors.contains(&who)).then_some(Ends {
            actors,
            targets: vec![who],
            actor_group: Some(actor),
            target_group: None,
            derived: true,
            everyone: false,
            target_only: false,
        })
    }

    /// Whether a word for what was spoken of stands where the object of the predicate at `at` does; and whether *only* stands before it.
    fn pronoun_object(&self, at: usize, predicate: &Predicate, sole: bool) -> Option<bool> {
        if self.lexicon.markers == Markers::After {
            // Particles: the object is left out where it is the topic of all.
            let named = self.groups_before(at).count();
            let clause = self.tokens.get(self.hard_start(at)..at)?;
            let there = clause.iter().any(|token| token.is(Role::There));
            let left_out = self.leaves_object_out(at, predicate);
            return ((sole || there || left_out) && named == 1).then_some(false);
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
        let there = there.or_else(|| self.opened_there(start, predicate));
        let real = |marker: &String| marker != DIRECT && marker != VIA;
        if let Some(there) = there.filter(|_| predicate.object.iter().any(real)) {
            return Some(only(there));
        }
        if self.marked_pronoun_before(at, predicate) {
            return Some(only(at));
        }
        // *Only A may write*, where no blanks part words: the object is left out where it is the topic of all.
        if self.lexicon.unspaced && sole && self.groups_after(at).next().is_none() {
            // *Kafka 不删除消息*: what is denied has its own object.
            let noun =
                |next: &Token| next.is_plain() || next.predicates(self.lexicon).any(|row| row.noun);
            let own = self.denied(at) && self.tokens.get(at + 1).is_some_and(noun);
            return (!own).then_some(false);
        }
        let mut marker = false;
        for (place, token) in self.tokens.iter().enumerate().take(end).skip(at + 1) {
            if token.kind != Kind::Word {
                return None;
            }
            // An article that looks like a pronoun has its noun behind it.
            let noun = self.tokens.get(place + 1).is_some_and(|next| {
                next.is_plain()
                    || token.is(Role::Light) && next.is(Role::Label)
                    || next.name().is_some() && (token.is(Role::Light) || !self.lexicon.drops)
            });
            if token.is(Role::Pronoun) && !noun {
                let object = sole
                    || place == at + 1 && (self.lexicon.drops || self.is_done_to_parts(predicate));
                let direct = object && predicate.object.iter().any(|marker| marker == DIRECT);
                return (marker || direct).then(|| only(place));
            }
            if token.is(Role::Via) {
                marker = predicate.object.iter().any(|marker| marker == VIA);
            } else if token.is(Role::Preposition) {
                let word = self.lexicon.base(self.folded.words(&token.range));
                marker = predicate.object.iter().any(|marker| marker == word);
            } else if !token.is(Role::Light) && !token.is(Role::Exclusive) {
                return None;
            }
        }
        None
    }

    /// *Redis: A がキャッシュとして使用する*: whether what is said of a term has a subject and no object of its own, where particles mark both.
    fn leaves_object_out(&self, at: usize, predicate: &Predicate) -> bool {
        let marked = |end: usize, particles: &[String]| {
            let behind = self.folded.from(end).trim_start();
            particles
                .iter()
                .any(|particle| behind.starts_with(particle.as_str()))
        };
        let takes = matches!(
            predicate.kind,
            LinkKind::Uses | LinkKind::Reads | LinkKind::Watches | LinkKind::Scrapes
        );
        let clause = self.tokens.get(self.hard_start(at)..at).unwrap_or_default();
        let own = clause
            .iter()
            .any(|token| marked(token.range.end, &self.lexicon.objects));
        let acts = self.groups_before(at).next().is_some_and(|group| {
            let last = &self.tokens[self.groups[group].tokens.end - 1];
            let topic = marked(last.range.end, &self.lexicon.topics);
            self.groups[group].topic && !topic
        });
        let last = self.hard_end(at);
        let ends = self
            .tokens
            .get(last)
            .is_none_or(|end| end.kind == Kind::Stop);
        takes && self.context.definition && acts && !own && ends
    }

    /// Whether the clause of the verb at `at` begins with a word for where something is done, right before the verb.
    fn begins_there(&self, at: usize) -> bool {
        let before = self.tokens.get(self.clause_start(at)..at);
        let mut before = before.unwrap_or_default().iter();
        before.clone().any(|token| token.is(Role::There))
            && before.all(|token| token.is(Role::There) || token.is(Role::Light))
    }

    /// *They lie in B, where A looks them up*: the word that begins the clause at `start`, where it stands for what was spoken of.
    fn opened_there(&self, start: usize, predicate: &Predicate) -> Option<usize> {
        let takes = matches!(
            predicate.kind,
            LinkKind::Reads | LinkKind::Writes | LinkKind::Uses | LinkKind::Scrapes
        );
        let bound = start.checked_sub(1).filter(|_| takes)?;
        // *It is here that A keeps them*.
        let before = bound.checked_sub(1);
        let before = before.filter(|_| self.tokens[bound].is(Role::Relative));
        let there = |place: &usize| self.tokens[*place].is(Role::There);
        Some(bound).filter(there).or(before.filter(there))
    }

    /// *Darf nicht mit ihm sprechen*: whether a pronoun with a marker of the predicate stands before it.
    fn marked_pronoun_before(&self, at: usize, predicate: &Predicate) -> bool {
        let start = self.clause_start(at);
        (start..at.saturating_sub(1)).any(|place| {
            let word = self
                .lexicon
                .base(self.folded.words(&self.tokens[place].range));
            let next = &self.tokens[place + 1];
            let noun = |token: &Token| token.name().is_some() || token.is_plain();
            self.tokens[place].is(Role::Preposition)
                && predicate.object.iter().any(|marker| marker == word)
                && next.is(Role::Pronoun)
                && !next.is(Role::Relative)
                && !self.tokens.get(place + 2).is_some_and(noun)
        })
    }

    /// *Writes to A; B must not access it*, *and B reads them from there*: what the clause before acted upon.
    fn acted_upon(&self, at: usize, actor: Option<usize>) -> Option<usize> {
        let start = self.clause_start(at);
        let end = match self.lexicon.markers {
            Markers::Before => self.reach(at),
            Markers::After => at,
        };
        // *Where* begins its clause, and stands for it too.
        let clause = self.tokens.get(start.saturating_sub(1)..end)?;
        let there = clause.iter().any(|token| token.is(Role::There));
        if !there && !self.denied(at) && !self.is_about_others(at) {
            return None;
        }
        let last = self
            .acted
            .filter(|group| self.groups[*group].tokens.end <= start);
        let place = last.or_else(|| {
            // *Owned by A*: who does something is not what it is done to.
            let acts = |word: &String| self.lexicon.agents.contains(word);
            let marked = |place: &usize| {
                let group = &self.groups[*place];
                group.tokens.end <= start
                    && !self.idle[*place]
                    && matches!(&group.mark, Mark::Word(word) if !acts(word))
            };
            (0..self.groups.len()).rev().find(marked)
        })?;
        match self.groups[place].entities[..] {
            [who] if Some(place) != actor => Some(who),
            _ => None,
        }
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

    /// *Users send it through A to B*: where nobody that is drawn acts, the way does.
    pub(super) fn onward(
        &self,
        (at, predicate): (usize, &Predicate),
        via: usize,
        target: usize,
    ) -> Option<Ends> {
        let idle = |group: &usize| self.idle[*group];
        let spaced = self.lexicon.markers == Markers::Before && !self.lexicon.unspaced;
        if spaced && self.groups[target].tokens.start < at {
            return None;
        }
        let moves = matches!(
            predicate.kind,
            LinkKind::Sends
                | LinkKind::Writes
                | LinkKind::Forwards
                | LinkKind::Communicates
                | LinkKind::Connects
        ) && matches!(self.groups[target].mark, Mark::Word(_));
        if !moves || via == target || idle(&via) || idle(&target) || self.is_of_next_verb(at, via) {
            return None;
        }
        Some(Ends {
            actors: self.groups[via].entities.clone(),
            targets: self.groups[target].entities.clone(),
            actor_group: None,
            target_group: None,
            derived: true,
            everyone: false,
            target_only: false,
        })
    }

    /// The several names that the sentence begins with.
    pub(super) fn several(&self) -> Vec<usize> {
        let Some(first) = self.groups.first() else {
            return Vec::new();
        };
        let before = self.tokens.get(..first.tokens.start).unwrap_or_default();
        let fits = first.mark == Mark::None
            && (first.topic || self.lexicon.markers == Markers::Before)
            && !first.genitive
            && first.entities.len() > 1
            && before
                .iter()
                .all(|token| token.is(Role::Light) || token.is(Role::Break) || token.is(Role::And));
        if fits {
            first.entities.clone()
        } else {
            Vec::new()
        }
    }

    /// *They both*, at the start of a sentence or clause: the several that were spoken of last.
    pub(super) fn plural(&self, at: usize) -> Option<Subject> {
        let start = match self.lexicon.markers {
            Markers::Before => self.clause_start(at),
            Markers::After => self.hard_start(at),
        };
        let clause = self.tokens.get(start..at)?;
        let plural = clause.iter().position(|token| token.is(Role::Plural))?;
        let own = self.groups.iter().any(|group| {
            group.tokens.start >= start
                && group.tokens.end <= at
                && group.mark == Mark::None
                && (group.topic || self.lexicon.markers == Markers::Before)
        });
        let spaced = self.lexicon.markers == Markers::Before;
        if own || spaced && self.unknown(start, at, 1) > 0 {
            return None;
        }
        let before = self.groups.iter().rev().find(|group| {
            group.tokens.end <= start + plural && group.mark == Mark::None && !group.genitive
        });
        let who = match before {
            Some(group) if group.entities.len() > 1 => group.entities.clone(),
            Some(_) => return None,
            None => self.context.several.to_vec(),
        };
        (who.len() > 1).then_some(Subject::Derived(who))
    }

    /// *Compares it with what it gets*: within a sentence, a pronoun right before its verb stands for who acted last.
    pub(super) fn pronoun_subject(&self, at: usize, start: usize) -> Option<Subject> {
        // *A, das sie an B schickt*: what stands between the relative pronoun and its verb is its object.
        let bound = start.checked_sub(1);
        let relative = bound.is_some_and(|bound| self.tokens[bound].is(Role::Relative));
        if self.lexicon.markers == Markers::After
            || start == 0
            || self.lexicon.verb_last && relative
        {
            return None;
        }
        let place = (start..at).rev().find(|place| {
            let token = &self.tokens[*place];
            !token.is(Role::Light) || token.is(Role::Pronoun)
        })?;
        let token = &self.tokens[place];
        let sure = token.is(Role::Pronoun) && !token.is(Role::Light) && !token.is(Role::Relative);
        let marked = place
            .checked_sub(1)
            .is_some_and(|before| self.tokens[before].is(Role::Preposition));
        if !sure || marked || token.is(Role::Plural) {
            return None;
        }
        self.acted_before(start)
    }

    /// *Shows the data that it reads from B*, where the pronoun may be an article too: nothing else stands before the verb.
    pub(super) fn relative_pronoun(&self, at: usize, start: usize) -> Option<Subject> {
        let bound = start.checked_sub(1)?;
        let clause = self.tokens.get(start..at)?;
        let alone = clause
            .iter()
            .filter(|token| token.is(Role::Pronoun))
            .count()
            == 1
            && clause.iter().all(|token| token.is(Role::Light));
        let fits = self.tokens[bound].is(Role::Relative)
            && alone
            && !self.lexicon.drops
            && !self.lexicon.verb_last
            && self.lexicon.markers == Markers::Before;
        fits.then(|| self.acted_before(start)).flatten()
    }

    /// Who acted last in the sentence, else the name that it began with.
    fn acted_before(&self, start: usize) -> Option<Subject> {
        if let Some((_, last)) = &self.last {
            return Some(Subject::Derived(last.clone()));
        }
        // *Before A answers, it asks B*: a marker that may begin a clause does.
        let begins = |group: &&Group| {
            let first = self.tokens.get(group.start);
            group.mark == Mark::None || first.is_some_and(|first| first.is(Role::Break))
        };
        let first = self
            .groups
            .iter()
            .find(begins)
            .filter(|first| first.tokens.end <= start);
        match first {
            Some(first) => (!first.genitive).then(|| Subject::Derived(first.entities.clone())),
            // *A: shows what it reads from B*: nobody else was spoken of.
            None => self.context.subject.map(|who| Subject::Derived(vec![who])),
        }
    }

    /// *Today uses it B*: a pronoun right behind its verb, where the subject may stand there, likewise.
    pub(super) fn pronoun_behind(&self, at: usize, other: Option<usize>) -> Option<Subject> {
        // *…, and sends it to B*: behind a conjunction it is the object.
        let goes_on = at
            .checked_sub(1)
            .is_some_and(|before| self.bounds[before] && self.tokens[before].is(Role::And));
        let inverts = self.lexicon.inverts && !goes_on;
        let next = self.tokens.get(at + 1).filter(|_| inverts)?;
        if !next.is(Role::Pronoun) || next.is(Role::Plural) {
            return None;
        }
        // *Dies, starts it A by way of B*: with the subject behind it, it is the object.
        let name = self
            .groups_after(at)
            .next()
            .filter(|name| Some(*name) != other);
        if name.is_some_and(|name| self.is_behind_pronoun(at, name)) {
            return name.map(Subject::Group);
        }
        let supplied = self.context.topic.or(self.context.subject);
        let supplied = supplied.map(|who| Subject::Derived(vec![who]));
        self.acted_before(at).or(supplied)
    }

    /// Whether nothing but the pronoun and articles stands between the verb at `at` and an unmarked name.
    fn is_behind_pronoun(&self, at: usize, name: usize) -> bool {
        let group = &self.groups[name];
        let between = self.tokens.get(at + 2..group.tokens.start);
        // *Write to the A team*.
        let whole = self.tokens.get(group.tokens.end);
        whole.is_none_or(|next| !next.is_plain())
            && group.mark == Mark::None
            && !group.genitive
            && !self.idle[name]
            && between.is_some_and(|between| between.iter().all(|token| token.is(Role::Light)))
    }

    /// *A scrapes it*: whether what is done is done to parts, and never to what they send each other.
    fn is_done_to_parts(&self, predicate: &Predicate) -> bool {
        let kinds = [
            LinkKind::Scrapes,
            LinkKind::Communicates,
            LinkKind::Connects,
            LinkKind::Notifies,
            LinkKind::Instructs,
        ];
        !self.lexicon.inverts && kinds.contains(&predicate.kind)
    }
}
