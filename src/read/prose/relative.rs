//! What a relative clause acts upon, where that is what it describes: *B, which A reads*, *exposes metrics that A scrapes*.

use super::frame::{Clauses, Ends};
use super::group::Mark;
use super::lexicon::{DIRECT, Markers, Predicate};
use super::role::Role;
use super::subject::Subject;
use super::token::{Kind, Token};
use crate::model::LinkKind;

/// Words of no known use that may describe a part: *the main relational database*.
const NOUN: usize = 3;

/// A relative clause with a subject of its own: *which A reads*.
pub(super) struct Aside {
    /// Who acted before it, and the predicate that says so.
    before: Option<(usize, Vec<usize>)>,
}

/// What a relative pronoun is in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    /// It acts: *which reads A*.
    Acts,
    /// It is acted upon: *which A reads*.
    ActedUpon,
    /// Nothing tells which.
    Unknown,
}

impl Clauses<'_> {
    /// The ends of a predicate in a clause that describes what it acts upon.
    pub(super) fn of_described(&self, at: usize, predicate: &Predicate) -> Option<Ends> {
        if predicate.noun {
            return None;
        }
        if let Some(ends) = self
            .acting_before(at, predicate)
            .or_else(|| self.fronted_object(at, predicate))
        {
            return Some(ends);
        }
        let (actor, target) = if !predicate.actor.is_empty() {
            self.described_by(at, predicate)?
        } else if predicate.object.is_empty() {
            return None;
        } else if self.lexicon.markers == Markers::After || self.lexicon.unspaced {
            self.described_behind(at, predicate)?
        } else {
            self.described_before(at, predicate)?
        };
        let actors = self.groups[actor].entities.clone();
        (!actors.contains(&target)).then_some(Ends {
            actors,
            targets: vec![target],
            actor_group: Some(actor),
            target_group: None,
            derived: true,
            everyone: false,
            target_only: false,
        })
    }

    /// *B, which A reads, …*: who acts within such a clause does nothing behind it; what the verb at `at` says begins one.
    pub(super) fn enter_relative(&mut self, at: usize, actor: Option<usize>) {
        let start = self.clause_start(at);
        let opened = start.checked_sub(1);
        let relative = opened.is_some_and(|bound| self.tokens[bound].is(Role::Relative));
        let own = actor.is_some_and(|actor| {
            let group = &self.groups[actor];
            group.tokens.start >= start && group.tokens.end <= at
        });
        if relative && own && self.aside.is_none() && self.lexicon.markers == Markers::Before {
            self.aside = Some(Aside {
                before: self.last.take(),
            });
        }
    }

    /// Behind the comma that closes such a clause, who acted before it acts on.
    pub(super) fn leave_relative(&mut self, at: usize) {
        let since = self.last.as_ref().map_or(at, |(verb, _)| *verb);
        let mut between = self.tokens.get(since..at).unwrap_or_default().iter();
        if between.any(|token| token.kind == Kind::Comma)
            && let Some(aside) = self.aside.take()
        {
            self.last = aside.before;
        }
    }

    /// *Offers an API used by A*: who acts, and who shows what stands before the verb.
    fn described_by(&self, at: usize, predicate: &Predicate) -> Option<(usize, usize)> {
        if self.lexicon.markers == Markers::After || self.lexicon.unspaced {
            return None;
        }
        let start = self.clause_start(at);
        let relative = start.checked_sub(1);
        let relative = relative.filter(|bound| self.tokens[*bound].is(Role::Relative));
        if !predicate.object.is_empty() {
            return None;
        }
        let actor = self.marked(at, &predicate.actor)?;
        let end = relative.unwrap_or(self.groups[actor].start.min(at));
        let shown = |token: &Token| token.is(Role::Content) || token.is(Role::Face);
        let before = self.tokens[..end].iter().rev();
        let mut nouns = before
            .filter(|token| token.kind != Kind::Comma && !token.is(Role::Light))
            .take_while(|token| token.is_plain());
        if !nouns.by_ref().take(NOUN).any(shown) {
            return None;
        }
        Some((actor, self.told_before(end, predicate)?))
    }

    /// *B, which A reads*: who acts, and what stands before the pronoun.
    fn described_before(&self, at: usize, predicate: &Predicate) -> Option<(usize, usize)> {
        let start = self.clause_start(at);
        let bound = start.checked_sub(1)?;
        let opens = &self.tokens[bound];
        let relative = opens.is(Role::Relative);
        let goal = opens.is(Role::Break);
        if !relative && !goal || self.marked_by_word(at, &predicate.object).is_some() {
            return None;
        }
        let content = self.told_before(bound, predicate);
        let (actor, behind) = match self.named(at, start, None) {
            Some(Subject::Group(actor)) => (actor, at + 1),
            Some(_) => return None,
            // *Metrics that reads A*, where the verb may come first: metrics read nothing.
            None => match self.inverted(at, None) {
                Subject::Group(actor) if content.is_some() && relative => {
                    (actor, self.groups[actor].tokens.end)
                }
                _ => return None,
            },
        };
        let whole = self.takes_nothing(behind, predicate)?;
        let case = self.case(bound, actor);
        if case == Case::Acts || case == Case::Unknown && content.is_none() {
            return None;
        }
        let target = if relative && whole {
            self.name_before(bound)
        } else {
            None
        };
        let target = target.or(content);
        let target = target.or_else(|| self.noun_before(bound).filter(|_| relative && whole));
        Some((actor, target?))
    }

    /// *B, der A liest*: the ends where the pronoun acts upon a name before the verb.
    fn acting_before(&self, at: usize, predicate: &Predicate) -> Option<Ends> {
        let bound = self.clause_start(at).checked_sub(1)?;
        let pronoun = self.lexicon.verb_last && self.tokens[bound].is(Role::Relative);
        let Some(Subject::Group(named)) = self.named(at, bound + 1, None).filter(|_| pronoun)
        else {
            return None;
        };
        let acts = self.case(bound, named) == Case::Acts && predicate.actor.is_empty();
        if !acts || !self.takes_nothing(at + 1, predicate)? {
            return None;
        }
        let actor = self.name_before(bound)?;
        let targets = self.groups[named].entities.clone();
        (!targets.contains(&actor)).then_some(Ends {
            actors: vec![actor],
            targets,
            actor_group: None,
            target_group: Some(named),
            derived: true,
            everyone: false,
            target_only: false,
        })
    }

    /// *Den A fragt der B ab*: the ends where the case tells that what stands first is acted upon.
    fn fronted_object(&self, at: usize, predicate: &Predicate) -> Option<Ends> {
        let direct = predicate.object.iter().any(|marker| marker == DIRECT);
        if !self.lexicon.verb_last || !direct || !predicate.actor.is_empty() {
            return None;
        }
        let start = self.clause_start(at);
        let article = |place: usize, words: &[String]| {
            let before = self.groups[place].tokens.start.checked_sub(1);
            before.is_some_and(|before| self.is_one_of(before, words))
        };
        let own = |place: &usize| {
            let group = &self.groups[*place];
            group.mark == Mark::None && !group.genitive && !self.idle[*place]
        };
        let mut before = self.groups_before(at);
        let object = before.next().filter(own)?;
        let subject = self.groups_after(at).next().filter(own)?;
        let lone = before
            .next()
            .is_none_or(|other| self.groups[other].tokens.end <= start);
        let told = article(object, &self.lexicon.accusatives)
            && article(subject, &self.lexicon.nominatives);
        let inside = self.groups[object].tokens.start >= start
            && self.groups[subject].tokens.end <= self.clause_end(at);
        (told && lone && inside).then(|| self.named_ends(subject, object))
    }

    /// *The data A writes to B is read by C*: whether the name acted already in a clause without a pronoun, whose noun has the verb at `at`.
    pub(super) fn is_of_contact(&self, place: usize, at: usize) -> bool {
        let finite = at.checked_sub(1).is_some_and(|before| {
            let token = &self.tokens[before];
            token.is(Role::Light) && !token.is(Role::Preposition) && !token.is(Role::And)
        });
        let group = &self.groups[place];
        let acted = self.last.as_ref().map(|(verb, _)| *verb);
        let acted = acted.filter(|verb| (group.tokens.end..at).contains(verb));
        let noun = (0..group.start)
            .rev()
            .find(|before| !self.tokens[*before].is(Role::Light))
            .is_some_and(|before| self.tokens[before].kind == Kind::Word);
        let passive = self.rows(&self.tokens[at]).any(|row| !row.actor.is_empty());
        finite && passive && noun && acted.is_some() && self.lexicon.markers == Markers::Before
    }

    /// *Which A reads*: whether the clause that the pronoun at `bound` begins names who acts.
    pub(super) fn has_own_subject(&self, bound: usize) -> bool {
        let first = self
            .groups
            .iter()
            .position(|group| group.tokens.start > bound);
        first.is_some_and(|named| {
            let group = &self.groups[named];
            let mut between = self.tokens[bound + 1..group.tokens.start].iter();
            group.mark == Mark::None
                && between.all(|token| token.kind == Kind::Word && token.is(Role::Light))
                && self.case(bound, named) == Case::ActedUpon
        })
    }

    /// What the relative pronoun at `bound` is in its clause, where that has one name before its verb.
    fn case(&self, bound: usize, named: usize) -> Case {
        if !self.lexicon.verb_last {
            return Case::ActedUpon;
        }
        let is = |place: usize, words: &[String]| self.is_one_of(place, words);
        let (acts, acted_upon) = (&self.lexicon.nominatives, &self.lexicon.accusatives);
        let article = self.groups[named].tokens.start - 1;
        if is(bound, acts) || article > bound && is(article, acted_upon) {
            Case::Acts
        } else if is(bound, acted_upon) || article > bound && is(article, acts) {
            Case::ActedUpon
        } else {
            Case::Unknown
        }
    }

    /// Whether the token at `place` is one of the words.
    fn is_one_of(&self, place: usize, words: &[String]) -> bool {
        let word = self.folded.words(&self.tokens[place].range);
        words.iter().any(|known| known == word)
    }

    /// Whether nothing that is acted upon follows; `Some(true)` where the verb acts upon the pronoun itself: *reads*, *writes to*.
    fn takes_nothing(&self, behind: usize, predicate: &Predicate) -> Option<bool> {
        let rest = self.tokens.get(behind..)?;
        let adverb = |token: &&Token| token.is(Role::Light) && !token.is(Role::Preposition);
        let mut rest = rest.iter().skip_while(adverb);
        let ends = |token: Option<&Token>| {
            token.is_none_or(|token| token.kind != Kind::Word && token.name().is_none())
        };
        let next = rest.next();
        let takes = |marker: &str| predicate.object.iter().any(|object| object == marker);
        if ends(next) {
            return Some(takes(DIRECT));
        }
        let marker = next.filter(|next| next.is(Role::Preposition))?;
        let word = self.lexicon.base(self.folded.words(&marker.range));
        (takes(word) && ends(rest.next())).then_some(true)
    }

    /// The one name right before the pronoun at `bound`.
    fn name_before(&self, bound: usize) -> Option<usize> {
        let comma = |place: usize| self.tokens[place].kind == Kind::Comma;
        let end = (0..bound).rev().find(|place| !comma(*place))? + 1;
        let ends = |end: usize| self.groups.iter().position(|group| group.tokens.end == end);
        // *Ruft A auf, der …*
        let part = (
            end - 1,
            self.lexicon.verb_last && self.is_second_part(end - 1),
        );
        let place = ends(end).or_else(|| ends(part.0).filter(|_| part.1))?;
        let group = &self.groups[place];
        match group.entities[..] {
            [who] if !self.idle[place] && !group.genitive => Some(who),
            _ => None,
        }
    }

    /// *A exposes metrics that …*: who tells or shows what the clause behind `bound` asks for.
    fn told_before(&self, bound: usize, predicate: &Predicate) -> Option<usize> {
        let content = (0..bound)
            .rev()
            .take_while(|place| self.tokens[*place].name().is_none())
            .find(|place| asks_for(predicate, &self.tokens[*place]))?;
        // *Uses an API that …*, *writes to a topic that …*: those are somebody else's.
        let start = self.groups.first().map_or(0, |group| group.tokens.end);
        let start = if start > content { 0 } else { start };
        let shown = self.tokens.get(start..content)?.iter().all(|token| {
            self.gives(token) && (!token.is(Role::Preposition) || token.is(Role::Light))
        });
        self.described(content).filter(|_| shown)
    }

    /// Whether a word is no verb, or one that tells or shows its object: neither asks for it nor uses it.
    fn gives(&self, token: &Token) -> bool {
        self.rows(token).all(|row| {
            let direct = row.object.iter().any(|marker| marker == DIRECT);
            (!direct || row.kind == LinkKind::Sends)
                && row.actor.is_empty()
                && !matches!(
                    row.kind,
                    LinkKind::Reads | LinkKind::Watches | LinkKind::Scrapes | LinkKind::Uses
                )
        })
    }

    /// *A is the database that …*: what a noun right before the pronoun at `bound` describes.
    fn noun_before(&self, bound: usize) -> Option<usize> {
        let comma = |place: usize| self.tokens[place].kind == Kind::Comma;
        let noun = (0..bound).rev().find(|place| !comma(*place))?;
        let start = self.groups.first().map_or(0, |group| group.tokens.end);
        // *A picks the node that …* says something else than what A is.
        let copula = self.context.definition && self.groups_until(noun) == 0
            || self.tokens.get(start).is_some_and(|next| {
                next.is(Role::Light) && !next.is(Role::Preposition) || next.kind == Kind::Semicolon
            });
        let start = if self.groups_until(noun) == 0 {
            0
        } else {
            start
        };
        let words = self.tokens.get(start..noun)?.iter();
        // *Configures the servers that …*: an article behind a word that nobody knows.
        let noun_phrase = words.clone().skip_while(|token| token.is(Role::Light));
        let plain = words.clone().filter(|token| token.is_plain()).count() <= NOUN
            && !noun_phrase.into_iter().any(|token| token.is(Role::Light));
        let says = words.clone().any(|token| {
            self.is_verb(token) || !matches!(token.kind, Kind::Word | Kind::Semicolon)
        });
        let named = [Role::Kind, Role::Group, Role::Face]
            .iter()
            .any(|role| self.tokens[noun].is(*role));
        (copula && plain && !says && named)
            .then(|| self.described(noun))
            .flatten()
    }

    /// How many groups end before a token.
    fn groups_until(&self, at: usize) -> usize {
        let before = self.groups.iter();
        before.filter(|group| group.tokens.end <= at).count()
    }

    /// The one part that a sentence is about until the word at `at`.
    fn described(&self, at: usize) -> Option<usize> {
        let real = |place: &usize| self.groups[*place].tokens.end <= at && !self.idle[*place];
        let mut before = (0..self.groups.len()).filter(real);
        match (before.next(), before.next()) {
            (None, _) if self.context.definition => self.context.subject,
            (Some(place), None) => {
                let group = &self.groups[place];
                let first = self.unknown(0, group.tokens.start, 2) == 0;
                match group.entities[..] {
                    [who] if first && group.mark == Mark::None && !group.genitive => Some(who),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// *B は A が読むデータベース*, *A 读取的指标*: who acts, and what is said to show the noun behind the verb.
    fn described_behind(&self, at: usize, predicate: &Predicate) -> Option<(usize, usize)> {
        let token = &self.tokens[at];
        let particles = self.lexicon.markers == Markers::After;
        let of = particles || self.lexicon.begins_of(self.folded.from(token.range.end));
        let mut behind = (at + 1..self.tokens.len()).take(NOUN);
        let noun = behind.find(|place| {
            let token = &self.tokens[*place];
            [Role::Content, Role::Face, Role::Kind]
                .iter()
                .any(|role| token.is(*role))
        })?;
        let between = self.tokens.get(at + 1..noun)?;
        let near = between.iter().all(|token| token.kind == Kind::Word);
        let shown = &self.tokens[noun];
        let fits = if shown.is(Role::Content) || shown.is(Role::Face) {
            asks_for(predicate, shown)
        } else {
            self.tokens
                .iter()
                .skip(noun + 1)
                .all(|token| token.is(Role::Light) || token.kind == Kind::Stop)
        };
        let mut before = self.groups_before(at);
        let actor = before.next()?;
        let group = &self.groups[actor];
        let own = self.tokens.get(group.tokens.end..at)?;
        let acts = group.mark == Mark::None
            && !group.genitive
            && !self.idle[actor]
            && (group.topic || !particles)
            && own.iter().all(|token| self.is_particle(token));
        if !(of && near && fits && acts) {
            return None;
        }
        let shows = |place: &usize| {
            let group = &self.groups[*place];
            group.mark == Mark::None && !self.idle[*place] && (group.topic || !particles)
        };
        let target = match before.find(shows) {
            Some(place) => match self.groups[place].entities[..] {
                [who] => Some(who),
                _ => None,
            },
            None => self.context.subject.filter(|_| self.context.definition),
        };
        Some((actor, target?))
    }

    /// Whether a word says nothing, or is the particle of a subject.
    fn is_particle(&self, token: &Token) -> bool {
        let word = self.folded.words(&token.range);
        token.is(Role::Light) || self.lexicon.subject.iter().any(|own| own == word)
    }
}

/// Whether a predicate asks for what a noun stands for: what a part tells, or a side that it shows.
fn asks_for(predicate: &Predicate, noun: &Token) -> bool {
    let reads = matches!(
        predicate.kind,
        LinkKind::Reads | LinkKind::Watches | LinkKind::Scrapes
    );
    let calls = matches!(
        predicate.kind,
        LinkKind::Uses | LinkKind::Communicates | LinkKind::Connects
    );
    noun.is(Role::Content) && reads || noun.is(Role::Face) && (reads || calls)
}
