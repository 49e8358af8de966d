//! The subject of a clause that has none of its own: carried on from the clause before, or that of the relative pronoun.

use super::frame::Clauses;
use super::group::{Group, Mark, starts_clause};
use super::lexicon::Markers;
use super::prepare::acts_instead;
use super::role::Role;
use super::subject::{Subject, only_names};
use super::token::{Kind, Token};
use std::ops::Range;

/// Words that an object before its verb and that verb may have together, at the start of a sentence.
const FRONTED: usize = 3;

impl Clauses<'_> {
    /// The subject of a clause that has none of its own.
    pub(super) fn carried(&self, start: usize, at: usize) -> Subject {
        let derived =
            |who: Option<usize>| who.map_or(Subject::Unknown, |who| Subject::Derived(vec![who]));
        if let Some(main) = self.main_subject(start, at) {
            return Subject::Group(main);
        }
        let Some(bound) = start.checked_sub(1) else {
            // *To see it, …*: nobody is told of.
            if self.is_infinitive(at) && !self.context.definition {
                return Subject::Unknown;
            }
            let dropped = self.context.topic.filter(|_| self.lexicon.drops);
            return derived(self.context.subject.or(dropped));
        };
        let token = &self.tokens[bound];
        // *If using A*: that nobody is named says nothing of who is meant.
        if bound == 0 && token.is(Role::Break) && at == 1 {
            return Subject::Unknown;
        }
        if token.kind == Kind::Open && self.is_apposed(bound) {
            return derived(self.context.subject);
        }
        let relative = token.is(Role::Relative) && !acts_instead(self.tokens, bound, self.lexicon);
        if relative || token.kind == Kind::Open {
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
        let acted = self.last.as_ref().map(|(acted, _)| *acted);
        if let Some(since) = self.began_since(acted, bound) {
            return Subject::Group(since);
        }
        if let Some((_, last)) = &self.last {
            return Subject::Derived(last.clone());
        }
        if let Some(agent) = self.agent_before(bound) {
            return Subject::Group(agent);
        }
        self.leading(bound)
    }

    /// *Before calling A, B reads …*, *by calling A, B knows …*: who acts in the clause that follows, where the first one says only when.
    fn main_subject(&self, start: usize, at: usize) -> Option<usize> {
        let opened = self.tokens.first()?;
        let light = |range: Range<usize>| {
            let tokens = self.tokens.get(range);
            tokens.is_some_and(|tokens| tokens.iter().all(|token| token.is(Role::Light)))
        };
        let end = self.clause_end(at);
        let when = start <= 1 && opened.is(Role::Preposition);
        let when = when && (opened.is(Role::Break) || self.is_means(at));
        let set_off = self.tokens.get(end).map(|token| token.kind) == Some(Kind::Comma);
        let behind = |group: &Group| group.tokens.start > end;
        let place = self.groups.iter().position(behind)?;
        let group = &self.groups[place];
        let acts = group.mark == Mark::None
            && !group.genitive
            && !self.idle[place]
            && light(end + 1..group.tokens.start)
            && starts_clause(self.tokens, group.tokens.end - 1);
        (when && set_off && acts && light(1..at)).then_some(place)
    }

    /// *Requests are checked by A and stored in B*: who does what stands before the *and* at `bound`, with a verb that nobody knows.
    fn agent_before(&self, bound: usize) -> Option<usize> {
        let start = self.hard_start(bound);
        let acts = |place: &usize| {
            let group = &self.groups[*place];
            let between = self.tokens.get(group.tokens.end..bound);
            let words = between.unwrap_or_default().iter();
            let unknown = words.filter(|token| token.is_plain()).count();
            let within = group.tokens.start >= start && group.tokens.end <= bound;
            self.is_agent(group) && within && unknown <= 1
        };
        let token = &self.tokens[bound];
        let joins = token.kind == Kind::Word && token.is(Role::And);
        (0..self.groups.len()).rev().find(acts).filter(|_| joins)
    }

    /// *…, and B draws it, asking for …*: who began a clause since the verb at `acted`, before the bound, with a verb that nobody knows.
    fn began_since(&self, acted: Option<usize>, bound: usize) -> Option<usize> {
        // Before any verb acted, a term's definition goes on about the term; and what begins a clause within one is not its subject.
        let particles = self.lexicon.markers == Markers::After;
        if acted.is_none()
            && (self.context.definition && self.context.subject.is_some()
                || particles && self.tokens[bound].kind != Kind::Comma)
        {
            return None;
        }
        (0..self.groups.len()).rev().find(|place| {
            let group = &self.groups[*place];
            let begins = self.clause_start(group.start);
            let before = self.tokens.get(begins..group.tokens.start);
            let mut before = before.unwrap_or_default().iter();
            let fronted = acted.is_none() && begins == 0 && self.is_fronted(*place);
            let opens = begins.checked_sub(1).is_none_or(|bound| {
                let opened = &self.tokens[bound];
                let first = bound == 0 && opened.is(Role::Break);
                !opened.is(Role::Relative)
                    && (acted.is_some() || first || opened.kind != Kind::Word)
            });
            group.tokens.end <= bound
                && opens
                && (acted.is_some() || !self.idle[*place])
                && (begins > acted.unwrap_or(0) || fronted)
                && group.mark == Mark::None
                && !group.genitive
                && (before.all(|token| token.is(Role::Light))
                    || self.is_inverted(begins, *place)
                    || fronted)
                && self
                    .tokens
                    .get(group.tokens.end)
                    .is_some_and(|next| next.kind == Kind::Word && !next.is(Role::And))
        })
    }

    /// *When it comes, chooses A …*, *when it comes chooses A …*: whether the group follows a verb that nobody knows, behind a clause that came first.
    fn is_inverted(&self, begins: usize, place: usize) -> bool {
        let Some(bound) = begins.checked_sub(1).filter(|_| self.lexicon.inverts) else {
            return false;
        };
        let before = self.tokens.get(begins..self.groups[place].start);
        let mut before = before
            .unwrap_or_default()
            .iter()
            .rev()
            .skip_while(|token| token.is(Role::Light));
        let verb = |token: &Token| token.is_plain() || self.is_verb(token);
        before.next().is_some_and(verb)
            && if self.tokens[bound].kind == Kind::Comma {
                before.next().is_none()
            } else {
                bound == 0 && self.tokens[0].is(Role::Break) && before.next().is_some_and(verb)
            }
    }

    /// *Requests takes A …*: whether the sentence begins with an object that is no name, a verb, and then the group.
    fn is_fronted(&self, place: usize) -> bool {
        let before = self.tokens.get(..self.groups[place].start);
        let before = before.unwrap_or_default();
        let mut words = before.iter().filter(|token| !token.is(Role::Light));
        self.lexicon.inverts
            && words
                .clone()
                .next_back()
                .is_some_and(|last| self.is_verb(last))
            && words.clone().count() <= FRONTED
            && words.all(|token| token.kind == Kind::Word && !token.is(Role::Preposition))
    }

    /// *A: prices reads from B*, where the subject may be left out: whether one word before the verb at `at` is its object, for none stands behind it.
    pub(super) fn is_object_first(&self, start: usize, at: usize, other: Option<usize>) -> bool {
        let Some(target) = other.map(|other| &self.groups[other]) else {
            return false;
        };
        let (Some(before), Some(behind)) = (
            self.tokens.get(start..at),
            self.tokens.get(at + 1..target.start),
        ) else {
            return false;
        };
        let mut words = before.iter().filter(|token| !token.is(Role::Light));
        let one = words.next().is_some_and(Token::is_plain) && words.next().is_none();
        // Where no blanks part words, the verb may end in the marker: *存放在*.
        let verb = self.folded.words(&self.tokens[at].range);
        let placed = self
            .lexicon
            .placing
            .iter()
            .any(|end| verb.ends_with(end.as_str()));
        self.lexicon.drops
            && (self.lexicon.inverts || self.lexicon.unspaced)
            && self.lexicon.markers == Markers::Before
            && self.context.subject.is_some()
            && (placed || matches!(target.mark, Mark::Word(_) | Mark::Via(_)))
            && one
            && behind.iter().all(|token| token.is(Role::Light))
    }

    /// *A: pictures gets from B*, where particles mark: whether the one word that is the topic of the clause is the object of the verb at
    /// `at`, for no other one is.
    pub(super) fn is_topic_object(&self, at: usize) -> bool {
        let start = self.hard_start(at);
        let marked = |place: usize, particles: &[String]| {
            let range = &self.tokens[place].range;
            let (word, rest) = (self.folded.words(range), self.folded.from(range.end));
            let has = |particle: &String| {
                rest.starts_with(particle.as_str()) || word.ends_with(particle.as_str())
            };
            particles.iter().any(has)
        };
        let mut strangers = (start..at).filter(|place| self.strangers[*place]);
        let topic = strangers
            .next()
            .is_some_and(|place| marked(place, &self.lexicon.topics));
        let object =
            |place: usize| self.tokens[place].is_plain() && marked(place, &self.lexicon.objects);
        self.context.subject.is_some()
            && topic
            && strangers.next().is_none()
            && !(start..at).any(object)
    }

    /// *B, which parses and writes*: the pronoun whose clause goes on at `bound`, where no other verb acted since.
    pub(super) fn open_relative(&self, bound: usize) -> Option<usize> {
        if !self.tokens[bound].is(Role::And) && self.tokens[bound].kind != Kind::Comma {
            return None;
        }
        let acted = self.last.as_ref().map_or(0, |(at, _)| *at);
        let relative = (acted..bound)
            .rev()
            .take_while(|place| !matches!(self.tokens[*place].kind, Kind::Semicolon | Kind::Stop))
            .find(|place| self.bounds[*place] && self.tokens[*place].is(Role::Relative))?;
        let before = relative.checked_sub(1)?;
        let of_name = self.tokens[before].kind == Kind::Comma && self.ends_in_name(before);
        (of_name && !self.has_own_subject(relative)).then_some(relative)
    }

    /// Whether a name stands right before a token, or before the second part of its verb: *ruft A auf, das …*.
    fn ends_in_name(&self, end: usize) -> bool {
        let named = |end: usize| {
            let mut groups = self.groups.iter().enumerate();
            groups.any(|(at, group)| group.tokens.end == end && !self.idle[at])
        };
        let part = end.checked_sub(1).filter(|_| self.lexicon.verb_last);
        named(end) || part.is_some_and(|part| self.is_second_part(part) && named(part))
    }

    /// Whether a word may be the part of a verb that comes last in its clause.
    pub(super) fn is_second_part(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let last = self
            .tokens
            .get(at + 1)
            .is_none_or(|next| next.kind == Kind::Comma);
        last && token.kind == Kind::Word && (token.is(Role::Preposition) || token.is(Role::Light))
    }

    /// Who a relative clause is about: the name right before it, or the subject that the sentence describes.
    pub(super) fn antecedent(&self, bound: usize) -> Subject {
        let before = (0..bound).rev().find(|place| {
            let token = &self.tokens[*place];
            let second = self.lexicon.verb_last && self.is_second_part(*place);
            !matches!(token.kind, Kind::Comma | Kind::Open) && !token.is(Role::Relative) && !second
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
        // *Returns the objects (read from A)*: what stands in brackets is about the noun before them.
        if self.tokens[bound].kind == Kind::Open && only_names(&self.tokens[before]) {
            return Subject::Unknown;
        }
        // *Shows the data that reads from A*, where pronouns are left out: data does nothing itself.
        let content = self.tokens[before].is(Role::Content);
        if self.lexicon.drops && self.lexicon.markers == Markers::Before && content {
            return match &self.last {
                Some((_, last)) => Subject::Derived(last.clone()),
                None => self.leading(bound),
            };
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

    /// *A: the agent of every node (talks to B)*: whether a bracket goes on about the term that a noun without a verb describes.
    fn is_apposed(&self, bound: usize) -> bool {
        let before = self.tokens.get(..bound).unwrap_or_default();
        // *A: B (reads from C)*.
        let named = |group: &Group| group.mark == Mark::None && group.tokens.start == 0;
        self.context.definition
            && self.context.subject.is_some()
            && !before.iter().any(|token| self.is_verb(token))
            && !self.groups.iter().any(named)
    }

    /// Whether a text ends with a particle between a part and something of it, where no blanks part words.
    fn ends_possessive(&self, text: &str) -> bool {
        let mut possessives = self.lexicon.possessives.iter();
        self.lexicon.unspaced && possessives.any(|of| text.ends_with(of.as_str()))
    }

    /// The subject that the sentence starts with.
    pub(super) fn leading(&self, bound: usize) -> Subject {
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
                .is_some_and(|next| self.ends_possessive(self.folded.words(&next.range)))
                && (self.idle[*place] || place + 1 < self.groups.len());
            let aside = self.clause_start(group.start).checked_sub(1);
            let aside = aside.is_some_and(|bound| self.tokens[bound].is(Role::Relative));
            group.mark == Mark::None && group.tokens.end <= verb && !group.genitive && !of && !aside
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
        if let Some(latter) = self.latter() {
            return Subject::Derived(vec![latter]);
        }
        match supplied {
            _ if pronoun && self.context.topic.is_some() => self
                .spoken_about()
                .map_or(Subject::Unknown, |who| Subject::Derived(vec![who])),
            Some(supplied) if silent => supplied,
            // *If not, connects to A*, where a subject that is a pronoun is left out.
            None if silent && self.lexicon.drops && self.supposes_before(bound) => self
                .context
                .topic
                .map_or(Subject::Unknown, |who| Subject::Derived(vec![who])),
            _ => Subject::Unknown,
        }
    }

    /// Whether what stands before a bound denies or supposes something, or says nothing.
    fn supposes_before(&self, bound: usize) -> bool {
        let before = self.tokens.get(..bound).unwrap_or_default();
        let supposes = |token: &Token| token.is(Role::Condition) || token.is(Role::Negation);
        let names = |token: &Token| token.kind == Kind::Word && only_names(token);
        before.iter().any(supposes) || !before.iter().any(names)
    }

    pub(super) fn first_bound(&self) -> usize {
        self.bounds
            .iter()
            .position(|bound| *bound)
            .unwrap_or(self.bounds.len())
    }

    /// *A, der Aufträge aus B liest*: where verbs stand last, what stands before one in a relative clause is its object.
    pub(super) fn of_verb_last(
        &self,
        at: usize,
        start: usize,
        other: Option<usize>,
        unknown: usize,
    ) -> Option<Subject> {
        let bound = start.checked_sub(1)?;
        let marked = other.is_some_and(|other| matches!(self.groups[other].mark, Mark::Word(_)));
        let open = self.open_relative(bound).filter(|_| marked && unknown <= 2);
        if let Some(relative) = open.filter(|_| self.lexicon.verb_last) {
            return Some(self.antecedent(relative));
        }
        let opens = self.tokens[bound].is(Role::Relative) && bound > 0;
        let of_name = opens && self.tokens[bound - 1].kind == Kind::Comma;
        let last = self
            .tokens
            .get(at + 1)
            .is_none_or(|next| next.kind != Kind::Word);
        (self.lexicon.verb_last && marked && of_name && last && unknown <= 2)
            .then(|| self.antecedent(bound))
    }
}
