//! Who acts: the subject of a predicate, named in its clause, carried on from the clause before, or supplied by what the sentence stands under.

use super::frame::Clauses;
use super::group::{Group, Mark};
use super::lexicon::{Markers, Predicate, Role};
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
        let clause = self.tokens.get(start..at).unwrap_or_default();
        if let Some(everyone) = clause.iter().position(|token| token.is(Role::Everyone)) {
            // *A and all others*: at least A does.
            return match self.beside(start + everyone, 0) {
                Some(place) if Some(place) != other => Subject::Group(place),
                _ => Subject::Everyone,
            };
        }
        if let Some(named) = self.named(at, start, other) {
            return named;
        }
        let unknown = match self.lexicon.markers {
            Markers::Before => self.unknown(start, at, 1),
            Markers::After => {
                let clause = self.strangers.get(self.hard_start(at)..at);
                usize::from(clause.unwrap_or_default().contains(&true))
            }
        };
        if self.lexicon.markers == Markers::After && self.excepts(at) {
            return Subject::Everyone;
        }
        if clause.iter().any(|token| token.is(Role::Nobody)) {
            return Subject::Everyone;
        }
        if let Some(subject) = self.pronoun_subject(at, start) {
            return subject;
        }
        if let Some(subject) = self.pronoun_behind(at) {
            return subject;
        }
        // *…, and with B talks A*: with its object before it, the verb has its subject behind it.
        let object_first = self.lexicon.markers == Markers::Before
            && other.is_some_and(|other| (start..at).contains(&self.groups[other].tokens.start));
        if object_first && let Subject::Group(behind) = self.inverted(at, other) {
            return Subject::Group(behind);
        }
        if self.is_about_traffic(start, at) {
            return Subject::Unknown;
        }
        if unknown > 0 {
            let apposition = self.context.definition && start == 0 && !predicate.actor.is_empty();
            return match self.context.subject {
                Some(subject) if apposition => Subject::Derived(vec![subject]),
                // *After the start of all, A sends*; but *the train sends A* has its subject before.
                // Or *when an order is done calls A …*.
                _ if clause
                    .first()
                    .is_some_and(|first| first.is(Role::Preposition))
                    || start
                        .checked_sub(1)
                        .is_some_and(|bound| self.tokens[bound].is(Role::Break)) =>
                {
                    self.inverted(at, other)
                }
                _ => Subject::Unknown,
            };
        }
        let pronoun = clause.iter().any(|token| {
            token.is(Role::Pronoun) && !(token.is(Role::Light) && token.is(Role::Relative))
        });
        if pronoun && (start == 0 || self.lexicon.markers == Markers::After) {
            let who = self.context.topic.or(self.context.subject);
            return who.map_or(Subject::Unknown, |who| Subject::Derived(vec![who]));
        }
        // What the sentence stands under is no subject where it is the object.
        let is_object =
            |who: &[usize]| other.is_some_and(|other| self.groups[other].entities == who);
        match self.carried(start, at) {
            Subject::Unknown => self.inverted(at, other),
            Subject::Derived(who) if is_object(&who) => self.inverted(at, other),
            carried => carried,
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
        })?;
        let group = &self.groups[place];
        let far = self.unknown(group.tokens.end, at, super::frame::GAP) > 1;
        let spaced = self.lexicon.markers == Markers::Before;
        if group.genitive || far && spaced && !self.lexicon.unspaced {
            return Some(Subject::Unknown);
        }
        Some(Subject::Group(place))
    }

    /// How many words of no known use stand between two tokens outside of prepositional phrases; a phrase may hold up to `budget` of them.
    pub(super) fn unknown(&self, start: usize, end: usize, budget: usize) -> usize {
        let mut unknown = 0;
        let mut left = None;
        let mut depth = 0_usize;
        for token in self.tokens.get(start..end).unwrap_or_default() {
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth = depth.saturating_sub(1),
                _ if depth > 0 => {}
                // *With Pod data* is one phrase where no blanks part words.
                Kind::Name(_) if self.lexicon.unspaced => left = left.map(|_| 1),
                Kind::Name(_) | Kind::Comma => left = None,
                _ if token.is(Role::Preposition) || token.is(Role::Via) => left = Some(budget),
                Kind::Word if token.roles.is_empty() || only_names(token) => match left {
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

    /// The subject of a clause that has none of its own.
    fn carried(&self, start: usize, at: usize) -> Subject {
        let derived =
            |who: Option<usize>| who.map_or(Subject::Unknown, |who| Subject::Derived(vec![who]));
        let Some(bound) = start.checked_sub(1) else {
            let dropped = self.context.topic.filter(|_| self.lexicon.drops);
            return derived(self.context.subject.or(dropped));
        };
        let token = &self.tokens[bound];
        if token.is(Role::Relative) || token.kind == Kind::Open {
            return self.antecedent(bound);
        }
        // *A opens it (from its port) and sends …*: behind an aside the clause before goes on.
        if token.kind == Kind::Close
            && self.lexicon.markers == Markers::After
            && let Some(open) = (0..bound)
                .rev()
                .find(|place| self.tokens[*place].kind == Kind::Open)
            && let Some(subject) = self.named(open, self.clause_start(open), None)
        {
            return subject;
        }
        if self.nobody_but(at) {
            return Subject::Everyone;
        }
        if let Some(relative) = self.open_relative(bound) {
            return self.antecedent(relative);
        }
        if let Some((acted, last)) = &self.last {
            // *…, and B draws it, asking for …*: who began a clause since then, with a verb that nobody knows.
            let since = (0..self.groups.len()).rev().find(|place| {
                let group = &self.groups[*place];
                let begins = self.clause_start(group.start);
                let first = self
                    .tokens
                    .get(begins..group.tokens.start)
                    .unwrap_or_default();
                group.tokens.end <= bound
                    && begins > *acted
                    && group.mark == Mark::None
                    && !group.genitive
                    && first.iter().all(|token| token.is(Role::Light))
                    && self
                        .tokens
                        .get(group.tokens.end)
                        .is_some_and(|next| next.kind == Kind::Word && !next.is(Role::And))
            });
            return since.map_or_else(|| Subject::Derived(last.clone()), Subject::Group);
        }
        self.leading(bound)
    }

    /// *What talks to it is A*, where the verb comes first: the name behind the pronoun that the verb ends in.
    fn cleft(&self, at: usize) -> Option<Subject> {
        if self.lexicon.markers == Markers::Before {
            return None;
        }
        let pronoun = (at + 1..self.tokens.len())
            .take_while(|place| self.tokens[*place].kind == Kind::Word)
            .find(|place| self.tokens[*place].is(Role::Relative))?;
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

    /// *Other than A*, where words mark what stands before them.
    fn excepts(&self, at: usize) -> bool {
        self.tokens
            .get(self.hard_start(at)..at)
            .unwrap_or_default()
            .iter()
            .any(|token| token.is(Role::Except))
            && self.has(at, Role::Negation)
    }

    /// *B, which parses and writes*: the pronoun whose clause goes on at `bound`, where no other verb acted since.
    fn open_relative(&self, bound: usize) -> Option<usize> {
        if !self.tokens[bound].is(Role::And) && self.tokens[bound].kind != Kind::Comma {
            return None;
        }
        let acted = self.last.as_ref().map_or(0, |(at, _)| *at);
        let relative = (acted..bound)
            .rev()
            .take_while(|place| !matches!(self.tokens[*place].kind, Kind::Semicolon | Kind::Stop))
            .find(|place| self.bounds[*place] && self.tokens[*place].is(Role::Relative))?;
        let before = relative.checked_sub(1)?;
        let of_name = self.tokens[before].kind == Kind::Comma
            && self
                .groups
                .iter()
                .enumerate()
                .any(|(at, group)| group.tokens.end == before && !self.idle[at]);
        of_name.then_some(relative)
    }

    /// *Nobody, except A, …*: the sentence is about all, and no verb came yet.
    fn nobody_but(&self, at: usize) -> bool {
        let before = self.tokens.get(..at).unwrap_or_default();
        let has = |role| before.iter().any(|token| token.is(role));
        has(Role::Nobody) && has(Role::Except) && !before.iter().any(|token| self.is_verb(token))
    }

    /// Who a relative clause is about: the name right before it, or the subject that the sentence describes.
    fn antecedent(&self, bound: usize) -> Subject {
        let before = (0..bound).rev().find(|place| {
            let token = &self.tokens[*place];
            !matches!(token.kind, Kind::Comma | Kind::Open) && !token.is(Role::Relative)
        });
        let Some(before) = before else {
            return self.leading(bound);
        };
        if let Some(place) = self
            .groups
            .iter()
            .position(|group| group.tokens.contains(&before))
            // *A is a Service that …*: where the name is no part of the picture, it says what the subject is.
            .filter(|place| !self.idle[*place] || *place == 0)
        {
            return Subject::Group(place);
        }
        let described = !self
            .tokens
            .get(..bound)
            .unwrap_or_default()
            .iter()
            .any(|token| self.is_verb(token));
        if described {
            self.leading(bound)
        } else {
            Subject::Unknown
        }
    }

    /// The subject that the sentence starts with.
    fn leading(&self, bound: usize) -> Subject {
        let supplied = self.context.subject.map(|who| Subject::Derived(vec![who]));
        let verb = (0..bound)
            .find(|place| self.is_verb(&self.tokens[*place]))
            .unwrap_or(bound);
        // *Database: A or B; used by C*: what is listed says what the subject is.
        let apposed = self.tokens[bound].kind == Kind::Semicolon
            || self.lexicon.unspaced && self.tokens[bound].kind == Kind::Comma;
        if verb == bound && self.context.definition && apposed && self.context.subject.is_some() {
            return supplied.unwrap_or(Subject::Unknown);
        }
        let first = (0..self.groups.len()).find(|place| {
            let group = &self.groups[*place];
            // *For the start of containers*, where a particle behind the name says so.
            let of = self
                .tokens
                .get(group.tokens.end)
                .is_some_and(|next| self.folded.words(&next.range).ends_with(['的', 'の']))
                && (self.idle[*place] || place + 1 < self.groups.len());
            group.mark == Mark::None && group.tokens.end <= verb && !group.genitive && !of
        });
        if let Some(place) = first {
            let group: &Group = &self.groups[place];
            let near = self.unknown(0, group.tokens.start, 2) == 0;
            return if near {
                Subject::Derived(group.entities.clone())
            } else {
                Subject::Unknown
            };
        }
        let silent =
            self.context.definition || self.unknown(0, self.first_bound().min(verb), 1) == 0;
        let pronoun = self
            .tokens
            .get(..verb)
            .unwrap_or_default()
            .iter()
            .any(|token| token.is(Role::Pronoun) && !token.is(Role::Light));
        match supplied {
            _ if pronoun && self.context.topic.is_some() => self
                .context
                .topic
                .map_or(Subject::Unknown, |who| Subject::Derived(vec![who])),
            Some(supplied) if silent => supplied,
            _ => Subject::Unknown,
        }
    }

    fn first_bound(&self) -> usize {
        self.bounds
            .iter()
            .position(|bound| *bound)
            .unwrap_or(self.bounds.len())
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
        let plain = between.into_iter().all(|token| {
            token.is(Role::Light) || token.is(Role::Exclusive) || token.is(Role::ExclusiveAfter)
        });
        if group.mark == Mark::None && !group.genitive && plain {
            Subject::Group(next)
        } else {
            Subject::Unknown
        }
    }

    /// *The only one that does it is A*, *A is the only one that does it*.
    fn sole_subject(&self, at: usize, other: Option<usize>) -> Option<Subject> {
        let sole = (0..at)
            .rev()
            .take_while(|place| self.tokens[*place].kind != Kind::Semicolon)
            .find(|place| self.tokens[*place].is(Role::Sole))?;
        let fits = |place: &usize| {
            let group = &self.groups[*place];
            Some(*place) != other && group.mark == Mark::None && !group.genitive
        };
        let all = 0..self.groups.len();
        let before = all
            .clone()
            .rev()
            .find(|place| self.groups[*place].tokens.end <= sole && fits(place));
        let after = all
            .clone()
            .find(|place| self.groups[*place].tokens.start > at && fits(place));
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

/// Whether a word only has uses in names, so that it may well be a subject.
pub(super) fn only_names(token: &Token) -> bool {
    token.roles.iter().all(|role| {
        matches!(
            role,
            Role::Group
                | Role::Label
                | Role::Generic
                | Role::Abbreviation
                | Role::Face
                | Role::Content
                | Role::Kind
        )
    })
}
