//! What goes from one part to another by way of a third: *requests from A reach B through C*, *C forwards requests from A to B*, *access to B is reserved for A*.

use super::frame::{Clauses, Ends, Found, FoundLink, FoundRule, Said};
use super::group::{Group, Mark};
use super::lexicon::{DIRECT, Markers, Predicate};
use super::onward::moves;
use super::role::Role;
use super::token::{Kind, Token};
use crate::model::{Arrow, LinkKind, RuleKind, Tier};

impl Clauses<'_> {
    /// The links of what a noun at `at` names (*requests*), where its clause says from whom, by way of whom and to whom it goes; whether there are any.
    pub(super) fn flow(&self, at: usize, noun: &Predicate, found: &mut Found) -> bool {
        let named = noun.noun && !noun.reserves && !noun.object.is_empty();
        let particles = self.lexicon.markers == Markers::After;
        let (start, end) = if particles {
            (self.hard_start(at), self.hard_end(at))
        } else {
            (self.clause_start(at), self.clause_end(at))
        };
        let moved = (start..at).any(|place| self.is_verb(&self.tokens[place]));
        // *A tương tác với B*, where one word is noun and verb.
        let acts = |group: &Group| {
            let bare = group.mark == Mark::None && !group.genitive;
            bare && group.tokens.start >= start && group.tokens.end <= at
        };
        let verb = self.rows(&self.tokens[at]).next().is_some();
        let moved = moved || verb && !particles && self.groups.iter().any(acts);
        if !named || moved || particles && !self.is_topic(at) {
            return false;
        }
        let inside = |place: &usize| {
            let group = &self.groups[*place];
            group.tokens.start >= start && group.tokens.end <= end && !self.idle[*place]
        };
        let groups = || (0..self.groups.len()).filter(inside);
        let marked = |markers: &[String]| {
            let around = particles || self.lexicon.unspaced;
            let mut behind =
                groups().filter(|place| around || self.groups[*place].tokens.start > at);
            behind.find(|place| matches!(&self.groups[*place].mark, Mark::Word(word) if markers.contains(word)))
        };
        let pair = marked(&noun.between).or_else(|| self.pair_before(at, noun));
        let from = marked(&noun.actor);
        let verb = (at + 1..end).find(|place| self.is_verb(&self.tokens[*place]));
        let way = groups()
            .find(|place| matches!(self.groups[*place].mark, Mark::Via(_)))
            .or_else(|| self.carrier(verb?));
        let to = marked(&noun.object)
            .filter(|to| Some(*to) != way)
            .or_else(|| self.reached(verb?).filter(|to| Some(*to) != way));
        // *Traffic between A and B goes through C*.
        if let (Some(way), Some(pair)) = (way, pair)
            && let [one, other] = self.groups[pair].entities[..]
        {
            let said = !self.denied(at) && !self.taken_back(at) && !self.enabled(at);
            let middle = &*self.groups[way].entities;
            if said {
                self.join(at, (&[one], middle), noun.kind, found);
                self.join(at, (middle, &[other]), noun.kind, found);
            }
            return true;
        }
        let direct = way.is_none() && verb.is_some_and(|verb| self.moves_from(at, verb));
        let from = from.or_else(|| self.owner(at).filter(|_| direct));
        // *Requests from A are checked by B*, whatever the verb.
        let lone = from.is_some() && way.is_none() && to.is_none() && !particles;
        let deals = |place: &usize| {
            let group = &self.groups[*place];
            lone && Some(*place) != from && group.tokens.start > at && self.is_agent(group)
        };
        let agent = groups().find(deals);
        let (to, direct) = (to.or(agent), direct || agent.is_some());
        let told = [from, way, to].iter().flatten().count();
        if told < 2 || way.is_none() && !direct {
            return false;
        }
        if self.denied(at) || self.taken_back(at) || self.enabled(at) {
            return true;
        }
        let chain: Vec<usize> = [from, way, to].into_iter().flatten().collect();
        for (one, next) in chain.iter().zip(chain.iter().skip(1)) {
            let ends = (&*self.groups[*one].entities, &*self.groups[*next].entities);
            self.join(at, ends, noun.kind, found);
        }
        if way.is_some() {
            self.bound(at, (&chain, to.is_some()), noun, found);
        }
        true
    }

    /// *Always through A*: the rule that *only* or *always* makes of a chain of two, the last of which is where it goes to (`to`), or the way.
    fn bound(&self, at: usize, (chain, to): (&[usize], bool), noun: &Predicate, found: &mut Found) {
        // Where particles mark, *only* stands behind the way.
        let behind = self.lexicon.markers == Markers::After && self.has(at, Role::ExclusiveAfter);
        let only = self.has(at, Role::Always) || self.has(at, Role::Exclusive) || behind;
        if let (true, [one, other]) = (only, chain)
            && let ([one], [other]) = (
                self.groups[*one].entities.as_slice(),
                self.groups[*other].entities.as_slice(),
            )
        {
            let kind = if to {
                RuleKind::OnlyFrom
            } else {
                RuleKind::OnlyTo
            };
            found.rules.push(FoundRule {
                kind,
                verb: noun.kind,
                subject: Some(*one),
                object: Some(*other),
            });
        }
    }

    /// *Requests from A go to B*: whether the verb at `verb` says that what the noun at `at` names gets somewhere, and nobody else does it.
    fn moves_from(&self, at: usize, verb: usize) -> bool {
        let mut rows = self.rows(&self.tokens[verb]);
        let moves = rows.any(|row| row.actor.is_empty() && moves(row));
        let own = self.owner(at);
        let somebody = self.groups.iter().enumerate().any(|(place, group)| {
            let (start, end) = (group.tokens.start, group.tokens.end);
            let acts = group.mark == Mark::None
                && !group.genitive
                && (group.topic || self.lexicon.markers == Markers::Before);
            acts && start >= self.clause_start(at) && end <= verb && Some(place) != own
        });
        moves && !somebody
    }

    /// *A 和 B 之间的流量*: where no blanks part words, the two names before the word that says between whom.
    fn pair_before(&self, at: usize, noun: &Predicate) -> Option<usize> {
        let place = self
            .groups
            .iter()
            .rposition(|group| group.tokens.end <= at)?;
        let last = &self.tokens[self.groups[place].tokens.end - 1];
        let behind = self.folded.from(last.range.end).trim_start();
        let mut markers = noun.between.iter();
        let said = markers.any(|marker| behind.starts_with(marker.as_str()));
        (self.lexicon.unspaced && said).then_some(place)
    }

    /// *Запросы A*: whose the noun at `at` is, where a case that no word marks says so.
    fn owner(&self, at: usize) -> Option<usize> {
        let place = self
            .groups
            .iter()
            .position(|group| group.tokens.start > at)?;
        let group = &self.groups[place];
        let between = self.tokens.get(at + 1..group.tokens.start)?;
        let beside = between.iter().all(|token| token.is(Role::Light));
        (self.lexicon.inflects && beside && group.mark == Mark::None && !self.idle[place])
            .then_some(place)
    }

    /// *A reads it and signs links by way of B*: what a verb that nobody knows does behind *and*, where somebody acted before.
    pub(super) fn by_way(&self, at: usize, found: &mut Found) {
        let spaced = self.lexicon.markers == Markers::Before && !self.lexicon.unspaced;
        let (Some((_, actors)), true) = (&self.last, spaced && self.tokens[at].is(Role::And))
        else {
            return;
        };
        if !self.tokens.get(at + 1).is_some_and(Token::is_unknown) {
            return;
        }
        let way = self
            .groups
            .iter()
            .enumerate()
            .find(|(_, group)| group.tokens.start > at);
        let Some((place, group)) = way.filter(|(place, _)| !self.idle[*place]) else {
            return;
        };
        // Its object stands between; without one, what looks like a verb is a noun.
        let between = self.tokens.get(at + 2..group.start).unwrap_or_default();
        let object = between.iter().any(Token::is_plain);
        let simple = between.iter().all(|token| {
            token.kind == Kind::Word
                && !self.is_verb(token)
                && !token.is(Role::And)
                && !token.is(Role::Relative)
                && !token.is(Role::Negation)
        });
        let known = |link: &FoundLink| {
            actors.contains(&link.from) && self.groups[place].entities.contains(&link.to)
        };
        if !matches!(group.mark, Mark::Via(_))
            || !object
            || !simple
            || found.links.iter().any(known)
        {
            return;
        }
        self.join(
            at + 1,
            (actors, &group.entities),
            LinkKind::Communicates,
            found,
        );
    }

    /// *C forwards requests from A to B*: A sends them to C.
    pub(super) fn handed_over(
        &self,
        at: usize,
        predicate: &Predicate,
        ends: &Ends,
        found: &mut Found,
    ) {
        let (LinkKind::Forwards, Some(target)) = (predicate.kind, ends.target_group) else {
            return;
        };
        let noun = (at..self.groups[target].tokens.start).find_map(|place| self.moved_noun(place));
        let giver = noun.and_then(|noun| {
            self.groups_after(at).find(|place| {
                let group = &self.groups[*place];
                *place != target
                    && !self.idle[*place]
                    && matches!(&group.mark, Mark::Word(word) if noun.actor.contains(word))
            })
        });
        if let Some(giver) = giver {
            let givers = &self.groups[giver].entities;
            self.join(at, (givers, &ends.actors), LinkKind::Sends, found);
        }
    }

    /// *Access to B is reserved for A*: only A uses B.
    pub(super) fn reserved(&self, at: usize, predicate: &Predicate, found: &mut Found) -> bool {
        let particles = self.lexicon.markers == Markers::After;
        let mut after = (0..self.groups.len())
            .filter(|place| particles || self.groups[*place].tokens.start > at);
        let fits = |place: usize, markers: &[String]| match &self.groups[place].mark {
            Mark::Word(word) => markers.contains(word),
            Mark::None => markers.iter().any(|marker| marker == DIRECT),
            Mark::Via(_) => false,
        };
        let (Some(object), Some(actor)) = (after.next(), after.next()) else {
            return false;
        };
        // Where particles mark, *only* tells it from what somebody else is allowed.
        if particles && !self.is_exclusive(actor, true) {
            return false;
        }
        if !fits(object, &predicate.object) || !fits(actor, &predicate.actor) || self.denied(at) {
            return false;
        }
        let ends = (
            &*self.groups[actor].entities,
            &*self.groups[object].entities,
        );
        self.join(at, ends, predicate.kind, found);
        if let ([subject], [object]) = (
            self.groups[actor].entities.as_slice(),
            self.groups[object].entities.as_slice(),
        ) {
            found.rules.push(FoundRule {
                kind: RuleKind::OnlyFrom,
                verb: predicate.kind,
                subject: Some(*subject),
                object: Some(*object),
            });
        }
        true
    }

    /// Whether a particle makes the noun at `at` what its clause is about.
    fn is_topic(&self, at: usize) -> bool {
        let behind = self.folded.from(self.tokens[at].range.end);
        let mut subject = self.lexicon.subject.iter();
        subject.any(|particle| behind.starts_with(particle.as_str()))
    }

    /// Links each of the first with each of the others.
    fn join(
        &self,
        at: usize,
        (ones, others): (&[usize], &[usize]),
        kind: LinkKind,
        found: &mut Found,
    ) {
        for from in ones {
            for to in others {
                found.links.push(FoundLink {
                    from: *from,
                    to: *to,
                    kind,
                    arrow: Arrow::Forward,
                    tier: Tier::Plain,
                    label: Some(self.tokens[at].range.clone()),
                    said: Said::Plain,
                });
            }
        }
    }

    /// Whether the noun at `at` is what a verb before it in its clause moves: *sends requests*.
    pub(super) fn moved_before(&self, at: usize) -> bool {
        let before = self.tokens.get(self.clause_start(at)..at);
        let mut rows = before
            .unwrap_or_default()
            .iter()
            .flat_map(|token| self.rows(token));
        rows.any(|row| matches!(row.kind, LinkKind::Forwards | LinkKind::Sends))
    }

    /// The row of a noun for what parts send each other, where the word at `place` is one.
    fn moved_noun(&self, place: usize) -> Option<&Predicate> {
        let mut rows = self.tokens[place].predicates(self.lexicon);
        rows.find(|row| row.noun && !row.reserves && !row.actor.is_empty())
    }

    /// *Is forwarded by C*, *passe par C*: who hands on what the verb at `verb` is about.
    fn carrier(&self, verb: usize) -> Option<usize> {
        let mut rows = self.rows(&self.tokens[verb]);
        rows.find_map(|row| match row.kind {
            LinkKind::Forwards if !row.actor.is_empty() => self.marked_by_word(verb, &row.actor),
            _ => self.marked_by_word(verb, &row.route),
        })
    }

    /// *Reaches B*, *arrives at B*: where what the verb at `verb` is about gets to.
    fn reached(&self, verb: usize) -> Option<usize> {
        let mut rows = self.rows(&self.tokens[verb]);
        rows.find_map(|row| {
            (moves(row) && row.actor.is_empty()).then(|| self.marked(verb, &row.object))?
        })
    }
}
