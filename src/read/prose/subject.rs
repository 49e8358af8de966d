//! Who acts: the subject of a predicate, named in its clause, carried on from the clause before, or supplied by what the sentence stands under.

use super::frame::Clauses;
use super::group::{Group, Mark};
use super::lexicon::{Markers, Predicate};
use super::role::Role;
use super::token::{Kind, Token};

/// The subject of a predicate.
#[derive(Debug)]
pub(super) enum Subject {
    /// A group of the sentence.
    Group(usize),
    /// Carried on or supplied.
    Derived(Vec<usize>),
    /// *All components*.
    Everyone,
    /// Somebody that is no name, or nobody.
    Unknown,
}

impl Clauses<'_> {
    /// What the sentence is about: its first name without a marker, before any verb.
    pub(super) fn topic(&self) -> Option<usize> {
        let first = self.groups.first()?;
        let before = self.tokens.get(..first.tokens.start)?;
        let fits = first.mark == Mark::None
            && (first.topic || self.lexicon.markers == Markers::Before)
            && !first.genitive
            && first.entities.len() == 1
            && before.iter().all(|token| {
                token.is(Role::Light) || token.is(Role::Break) || token.is(Role::Exclusive)
            });
        fits.then(|| first.entities[0])
    }

    /// The subject of the predicate at `at`. `other` is the group that plays its other part.
    pub(super) fn subject(
        &self,
        at: usize,
        predicate: &Predicate,
        other: Option<usize>,
    ) -> Subject {
        if let Some(subject) = self.cleft(at) {
            return subject;
        }
        if let Some(subject) = self.sole_subject(at, other) {
            return subject;
        }
        if predicate.noun {
            return self.noun_subject(at);
        }
        if let Some(subject) = self.plural(at) {
            return subject;
        }
        let start = self.clause_start(at);
        if self.ends_infinitive(at, start) {
            return self.carried(start, at);
        }
        if let Some(latter) = self.latter().filter(|_| start == 0) {
            return Subject::Derived(vec![latter]);
        }
        let clause = self.tokens.get(start..at).unwrap_or_default();
        if let Some(everyone) = everyone_in(clause) {
            return self.of_everyone(start + everyone, other);
        }
        let behind = self.before_object(at, start, other);
        let named = || self.named(at, start, other);
        if let Some(named) = behind.map(Subject::Group).or_else(named) {
            return named;
        }
        let unknown = match self.lexicon.markers {
            // Where no blanks part words, a phrase of two or three is one.
            Markers::Before => self.unknown(start, at, if self.lexicon.unspaced { 3 } else { 1 }),
            Markers::After => {
                let clause = self.strangers.get(self.hard_start(at)..at);
                usize::from(clause.unwrap_or_default().contains(&true))
            }
        };
        if self.lexicon.markers == Markers::After && self.excepts(at) {
            return Subject::Everyone;
        }
        if clause.iter().any(|token| token.is(Role::Nobody)) || self.nobody_behind(at) {
            return Subject::Everyone;
        }
        if let Some(subject) = self.pronoun_subject(at, start) {
            return subject;
        }
        if let Some(subject) = self.pronoun_behind(at, other) {
            return subject;
        }
        // *…, and with B talks A*: with its object before it, the verb has its subject behind it.
        let object_first = self.lexicon.markers == Markers::Before
            && other.is_some_and(|other| (start..at).contains(&self.groups[other].tokens.start));
        if object_first && let Subject::Group(behind) = self.inverted(at, other) {
            return Subject::Group(behind);
        }
        if self.is_about_traffic(start, at) {
            return self.behind_traffic(at, other);
        }
        if unknown > 0 && self.is_infinitive(at) && self.begins_with_pronoun(start) {
            return self.unnamed(at, start, other);
        }
        if unknown > 0
            && let Some(subject) = self.of_verb_last(at, start, other, unknown)
        {
            return subject;
        }
        if unknown > 0 && (self.is_object_first(start, at, other) || self.is_topic_object(at)) {
            return self.carried(start, at);
        }
        if unknown > 0 {
            return self.behind_strangers(at, predicate, other);
        }
        self.unnamed(at, start, other)
    }

    /// Who is meant where *everyone* stands at the word at `at`.
    fn of_everyone(&self, at: usize, other: Option<usize>) -> Subject {
        // *All others (A, B)* are these.
        let spelt = |group: &Group| group.tokens.contains(&at);
        if let Some(place) = self.groups.iter().position(spelt) {
            return Subject::Group(place);
        }
        // *A and all others*: at least A does.
        match self.beside(at, 0) {
            Some(place) if Some(place) != other => Subject::Group(place),
            _ => Subject::Everyone,
        }
    }

    /// The subject of a clause whose verb has words of no known use before it.
    fn behind_strangers(&self, at: usize, predicate: &Predicate, other: Option<usize>) -> Subject {
        let start = self.clause_start(at);
        let first = self.tokens.get(start..at).and_then(|clause| clause.first());
        let apposition = self.context.definition && start == 0 && !predicate.actor.is_empty();
        match self.context.subject {
            Some(subject) if apposition => Subject::Derived(vec![subject]),
            // *After the start of all, A sends*; but *the train sends A* has its subject before.
            // Or *when an order is done calls A …*.
            _ if first.is_some_and(|first| first.is(Role::Preposition))
                || start
                    .checked_sub(1)
                    .is_some_and(|bound| self.tokens[bound].is(Role::Break)) =>
            {
                self.inverted(at, other)
            }
            _ => Subject::Unknown,
        }
    }

    /// *All communication goes through A*: whether a clause begins with a noun for what parts send each other, so that no part is its subject.
    fn is_about_traffic(&self, start: usize, at: usize) -> bool {
        let Some(clause) = self.tokens.get(start..at) else {
            return false;
        };
        let first = clause.iter().find(|token| !token.is(Role::Light));
        let lone = !clause
            .iter()
            .any(|token| token.is(Role::Pronoun) && !token.is(Role::Light));
        lone && self.lexicon.markers == Markers::Before
            && first.is_some_and(|first| first.roles.iter().any(|role| self.is_noun(*role)))
    }

    /// *Its data keeps A in B*: the subject of a clause that begins with such a noun, behind its verb, where what has a marker tells that the name without one acts.
    fn behind_traffic(&self, at: usize, other: Option<usize>) -> Subject {
        match other {
            Some(place) if matches!(self.groups[place].mark, Mark::Word(_)) => {
                self.inverted(at, other)
            }
            _ => Subject::Unknown,
        }
    }

    /// The names that *and* joins to the word at `at`.
    fn beside(&self, at: usize, start: usize) -> Option<usize> {
        let place = self.groups.iter().rposition(|group| {
            group.tokens.end <= at && group.tokens.start >= start && group.mark == Mark::None
        })?;
        let between = self.tokens.get(self.groups[place].tokens.end..at)?;
        let and = between.iter().any(|token| token.is(Role::And));
        let joined = between
            .iter()
            .all(|token| token.is(Role::And) || token.is(Role::Light) || token.kind == Kind::Comma);
        (and && joined).then_some(place)
    }

    /// The name without a marker nearest before the predicate in its clause.
    pub(super) fn named(&self, at: usize, start: usize, other: Option<usize>) -> Option<Subject> {
        let start = if self.lexicon.markers == Markers::After {
            self.hard_start(at)
        } else {
            start
        };
        let place = (0..self.groups.len()).rev().find(|place| {
            let group = &self.groups[*place];
            group.tokens.end <= at
                && group.tokens.start >= start
                && group.mark == Mark::None
                && (group.topic || self.lexicon.markers == Markers::Before)
                && Some(*place) != other
                && !self.is_described_by(group.tokens.end, at)
        })?;
        let place = self.acts_last(place, start, other).unwrap_or(place);
        // *Tells B by sending …*: who does the one does the other.
        if let Some((_, last)) = self.last.as_ref().filter(|_| self.acted == Some(place))
            && self.is_means(at)
        {
            return Some(Subject::Derived(last.clone()));
        }
        // *Watches containers, to report to B*: nor does what is no part.
        if self.idle[place] && self.is_infinitive(at) && !self.lexicon.unspaced {
            return Some(self.leading(at));
        }
        let group = &self.groups[place];
        if self.is_told(start, place) && self.is_infinitive(at) {
            return Some(Subject::Unknown);
        }
        if self.is_of_contact(place, at) {
            return Some(Subject::Unknown);
        }
        let far = self.unknown(group.tokens.end, at, super::frame::GAP) > 1;
        let spaced = self.lexicon.markers == Markers::Before;
        if group.genitive || far && spaced && !self.lexicon.unspaced {
            return Some(Subject::Unknown);
        }
        Some(Subject::Group(place))
    }

    /// *To start, uses A B*: the first of two names behind a verb that may have its subject there, where none that can act stands before it.
    fn before_object(&self, at: usize, start: usize, other: Option<usize>) -> Option<usize> {
        let place = other?.checked_sub(1).filter(|_| self.lexicon.inverts)?;
        let bare = |place: usize| {
            let group = &self.groups[place];
            group.mark == Mark::None && !group.genitive && !self.idle[place]
        };
        let light = |range: std::ops::Range<usize>| {
            let between = self.tokens.get(range);
            between.is_some_and(|between| between.iter().all(|token| token.is(Role::Light)))
        };
        let (own, object) = (&self.groups[place], &self.groups[other?]);
        let behind = own.tokens.start > at
            && bare(place)
            && object.mark == Mark::None
            && light(at + 1..own.tokens.start)
            && light(own.tokens.end..object.tokens.start);
        let before = (0..place).any(|place| {
            let tokens = &self.groups[place].tokens;
            tokens.start >= start && tokens.end <= at && bare(place)
        });
        (behind && !before).then_some(place)
    }

    /// *When A a Pod in B stored has*: where verbs stand last, the subject before an object that can be no end of a link.
    fn acts_last(&self, place: usize, start: usize, other: Option<usize>) -> Option<usize> {
        let before = place.checked_sub(1)?;
        let group = &self.groups[before];
        let subject = self.lexicon.verb_last
            && self.idle[place]
            && !self.idle[before]
            && group.mark == Mark::None
            && !group.genitive
            && group.tokens.start >= start
            && Some(before) != other;
        subject.then_some(before)
    }

    /// How many words of no known use stand between two tokens outside of prepositional phrases; a phrase may hold up to `budget` of them.
    pub(super) fn unknown(&self, start: usize, end: usize, budget: usize) -> usize {
        let mut unknown = 0;
        let mut left = None;
        let mut depth = 0_usize;
        let mut lets = false;
        for token in self.tokens.get(start..end).unwrap_or_default() {
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth = depth.saturating_sub(1),
                _ if depth > 0 => {}
                // *With Pod data* is one phrase where no blanks part words.
                Kind::Name(_) if self.lexicon.unspaced => left = left.map(|_| 1),
                Kind::Name(_) | Kind::Comma => left = None,
                // *After parsing*, in which the last sign says when.
                _ if self.says_when(token) => left = None,
                _ if token.is(Role::Preposition) || token.is(Role::Via) => left = Some(budget),
                _ if token.is(Role::Enabling) => lets = true,
                // *Lets you talk to A*: somebody who does it by means of what was named before.
                _ if lets && token.is(Role::Person) => {}
                Kind::Word if only_names(token) => match left {
                    Some(0) => {
                        left = None;
                        unknown += 1;
                    }
                    Some(words) => left = Some(words - 1),
                    None => unknown += 1,
                },
                _ => {}
            }
        }
        unknown
    }

    /// Whether a word ends in *after* or *when*, where no blanks part words.
    fn says_when(&self, token: &Token) -> bool {
        let (word, rest) = (
            self.folded.words(&token.range),
            self.folded.from(token.range.end),
        );
        let says = |end: &String| word.ends_with(end.as_str()) || rest.starts_with(end.as_str());
        token.is_plain() && self.lexicon.times.iter().any(says)
    }

    /// *What talks to it is A*, where the verb comes first: the name behind the pronoun that the verb ends in.
    fn cleft(&self, at: usize) -> Option<Subject> {
        if self.lexicon.markers == Markers::Before {
            return None;
        }
        let pronoun = (at + 1..self.tokens.len())
            .take_while(|place| self.tokens[*place].kind == Kind::Word)
            .find(|place| self.tokens[*place].is(Role::Relative) || self.is_topic_noun(*place))?;
        let place = self
            .groups
            .iter()
            .position(|group| group.tokens.start > pronoun)?;
        let group = &self.groups[place];
        let near = group.tokens.start <= pronoun + 2;
        // The copula behind it may begin as a particle does: *です*.
        let last = place + 1 == self.groups.len() && !matches!(group.mark, Mark::Via(_));
        (near && (last || group.mark == Mark::None)).then_some(Subject::Group(place))
    }

    /// *The component that does it is …*: whether a noun for parts stands there as what the sentence is about.
    fn is_topic_noun(&self, place: usize) -> bool {
        let behind = self.folded.from(self.tokens[place].range.end);
        let mut topics = self.lexicon.topics.iter();
        self.tokens[place].is(Role::Group) && topics.any(|topic| behind.starts_with(topic.as_str()))
    }

    /// *Other than A*, where words mark what stands before them.
    fn excepts(&self, at: usize) -> bool {
        self.tokens
            .get(self.hard_start(at)..at)
            .unwrap_or_default()
            .iter()
            .any(|token| token.is(Role::Except))
            && self.has(at, Role::Negation)
    }

    /// *Con A non parla nessuno*: whether the verb has *nobody* behind it, before any name.
    fn nobody_behind(&self, at: usize) -> bool {
        let behind = self.tokens.iter().skip(at + 1);
        behind
            .take_while(|token| token.kind == Kind::Word && !self.is_verb(token))
            .any(|token| token.is(Role::Nobody))
    }

    /// *Nobody, except A, …*: the sentence is about all, and no verb came yet.
    pub(super) fn nobody_but(&self, at: usize) -> bool {
        let before = self.tokens.get(..at).unwrap_or_default();
        let has = |role| before.iter().any(|token| token.is(role));
        has(Role::Nobody) && has(Role::Except) && !before.iter().any(|token| self.is_verb(token))
    }

    /// *Interaction with B*, at the start of what is said of A.
    fn noun_subject(&self, at: usize) -> Subject {
        let start = self.clause_start(at);
        let first = self.unknown(start, at, 1) == 0
            && !self.groups.iter().any(|group| group.tokens.end <= at);
        match self.context.subject {
            Some(subject) if first && start == 0 => Subject::Derived(vec![subject]),
            _ => Subject::Unknown,
        }
    }

    /// The subject after the verb, where the language puts it there when something else comes first.
    pub(super) fn inverted(&self, at: usize, other: Option<usize>) -> Subject {
        if !self.lexicon.inverts {
            return Subject::Unknown;
        }
        let next = (0..self.groups.len())
            .find(|place| self.groups[*place].tokens.start > at && Some(*place) != other);
        let Some(next) = next else {
            return Subject::Unknown;
        };
        let group = &self.groups[next];
        // *Access to B has A*: the object may stand between.
        let object = other.map_or(0..0, |other| {
            self.groups[other].start..self.groups[other].tokens.end
        });
        let between = (at + 1..group.tokens.start)
            .filter(|place| !object.contains(place))
            .filter_map(|place| self.tokens.get(place));
        // *Passes through A, and B …*: what a conjunction sets off from the object begins a clause.
        let set_off = |token: &Token| !object.is_empty() && token.is(Role::And);
        let plain = between.into_iter().all(|token| {
            let says_nothing = [Role::Light, Role::Exclusive, Role::ExclusiveAfter];
            says_nothing.iter().any(|role| token.is(*role)) && !set_off(token)
        });
        if group.mark == Mark::None && !group.genitive && plain {
            Subject::Group(next)
        } else {
            Subject::Unknown
        }
    }

    /// Where *the only one* may stand that the predicate at `at` speaks of: where particles mark, in its clause.
    fn sole_start(&self, at: usize) -> usize {
        match self.lexicon.markers {
            Markers::Before => 0,
            Markers::After => self.hard_start(at),
        }
    }

    /// *The only one that does it is A*, *A is the only one that does it*.
    fn sole_subject(&self, at: usize, other: Option<usize>) -> Option<Subject> {
        let start = self.sole_start(at);
        let sole = (0..at)
            .rev()
            .take_while(|place| self.tokens[*place].kind != Kind::Semicolon)
            .take_while(|place| *place >= start)
            .find(|place| self.tokens[*place].is(Role::Sole))?;
        let fits = |place: &usize| {
            let group = &self.groups[*place];
            let scene = self.lexicon.unspaced && self.is_scene(*place);
            Some(*place) != other && group.mark == Mark::None && !group.genitive && !scene
        };
        let all = 0..self.groups.len();
        let before = all
            .clone()
            .rev()
            .find(|place| self.groups[*place].tokens.end <= sole && fits(place));
        let after = all
            .clone()
            .find(|place| self.groups[*place].tokens.start > at && fits(place))
            .filter(|place| {
                let between = self.tokens.get(at..self.groups[*place].tokens.start);
                let mut between = between.unwrap_or_default().iter();
                between.all(|token| token.kind != Kind::Semicolon)
            });
        if let Some(place) = before.or(after) {
            return Some(Subject::Group(place));
        }
        let silent = self.unknown(0, sole, 1) == 0;
        let supplied = self
            .context
            .topic
            .or(self.context.subject)
            .filter(|_| silent);
        Some(supplied.map_or(Subject::Unknown, |who| Subject::Derived(vec![who])))
    }
}

/// Where a clause says *everyone*; *everything it needs* is not everyone.
fn everyone_in(clause: &[Token]) -> Option<usize> {
    let of_somebody = |at: usize| {
        let next = clause.get(at + 1);
        next.is_some_and(|next| next.is(Role::Pronoun) && !next.is(Role::Light))
    };
    let everyone = clause.iter().position(|token| token.is(Role::Everyone));
    everyone.filter(|at| !of_somebody(*at))
}

/// Whether a word only has uses in names, so that it may well be a subject.
pub(super) fn only_names(token: &Token) -> bool {
    // *For example* begins a sentence, too.
    let connects = |role: &Role| matches!(role, Role::Example | Role::ExampleAfter);
    let names = |role: &Role| {
        matches!(
            role,
            Role::Group
                | Role::Label
                | Role::Generic
                | Role::Abbreviation
                | Role::Face
                | Role::Content
                | Role::Kind
                | Role::Person
        )
    };
    token.roles.iter().all(|role| names(role) || connects(role))
        && (token.roles.is_empty() || token.roles.iter().any(names))
}
