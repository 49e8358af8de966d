//! Where in a sentence a predicate looks: the bounds of its clause, the marked names before and behind it, the way that it takes.

use super::frame::Clauses;
use super::group::{Group, Mark, starts_clause};
use super::lexicon::{DIRECT, Markers, Predicate};
use super::role::Role;
use super::token::{Kind, Token};

impl Clauses<'_> {
    /// The group with one of these markers that belongs to the predicate at `at`.
    pub(super) fn marked(&self, at: usize, markers: &[String]) -> Option<usize> {
        self.marked_by_word(at, markers).or_else(|| {
            let direct = self.lexicon.markers == Markers::Before
                && markers.iter().any(|marker| marker == DIRECT);
            direct
                .then(|| self.direct(at).or_else(|| self.object_before(at)))
                .flatten()
        })
    }

    /// Likewise, where a word stands for the marker.
    pub(super) fn marked_by_word(&self, at: usize, markers: &[String]) -> Option<usize> {
        let fits = |place: &usize| match &self.groups[*place].mark {
            _ if self.idle[*place] => false,
            // *Read by way of A*, where that is how a language names who acts.
            Mark::Word(word) | Mark::Via(word) => markers.iter().any(|marker| marker == word),
            Mark::None => false,
        };
        if self.lexicon.markers == Markers::After {
            return self
                .groups_before(at)
                .find(|group| fits(group) && !self.lexicon.subject.is_empty())
                .filter(|group| !self.is_of_verb_before(at, *group, markers));
        }
        let after = || self.groups_after(at).find(|group| fits(group));
        let start = self.clause_start(at);
        let before = || {
            self.groups_before(at)
                .find(|group| self.groups[*group].start >= start && fits(group))
                .filter(|group| self.lexicon.unspaced || !self.is_taken(start, at, *group))
        };
        // Where no blanks part words, the marked name comes before its verb.
        if self.lexicon.unspaced || self.ends_infinitive(at, start) {
            before().or_else(after)
        } else {
            after().or_else(before)
        }
    }

    /// *Asks A which are not assigned*: whether a verb before the group in its clause has it.
    fn is_taken(&self, start: usize, at: usize, group: usize) -> bool {
        let group = &self.groups[group];
        let before = self.tokens.get(start..group.start);
        let mut before = before.unwrap_or_default().iter();
        // *Uses TLS to with A talk*: where verbs stand last, one that does not take the marker leaves it to the one behind.
        let last = self.lexicon.verb_last && self.clause_end(at) == at + 1;
        let takes = |token: &Token| {
            self.rows(token).any(|row| match &group.mark {
                Mark::Word(word) | Mark::Via(word) => row.object.contains(word),
                Mark::None => true,
            })
        };
        before.any(|token| self.is_verb(token) && (!last || takes(token)))
    }

    /// *A を購読し、在庫 API を呼び出す*: where particles mark, whether another verb has the group, and the one at `at` an object that is no name.
    fn is_of_verb_before(&self, at: usize, group: usize, markers: &[String]) -> bool {
        let start = self.groups[group].tokens.end;
        let Some(between) = self.tokens.get(start..at) else {
            return false;
        };
        // *A に使われる API を*: a passive between them has it.
        let passive = |token: &Token| {
            let mut rows = self.rows(token);
            rows.any(|row| matches!(&self.groups[group].mark, Mark::Word(word) if row.actor.contains(word)))
        };
        if between.iter().any(passive) {
            return true;
        }
        let verb = between
            .iter()
            .position(|token| self.rows(token).next().is_some());
        let behind = verb.and_then(|verb| between.get(verb + 1..));
        behind.unwrap_or_default().iter().any(|token| {
            let word = self.folded.words(&token.range);
            let rest = self.folded.from(token.range.end);
            let marked = |marker: &String| {
                rest.starts_with(marker.as_str())
                    || word.len() > marker.len() && word.ends_with(marker.as_str())
            };
            token.is_plain() && markers.iter().any(marked)
        })
    }

    /// The unmarked name right after the predicate.
    pub(super) fn direct(&self, at: usize) -> Option<usize> {
        let mut next = self
            .groups
            .iter()
            .position(|group| group.tokens.start > at)?;
        let mut start = at + 1;
        // *Steers by way of CRI A*: the way may stand between.
        let way = &self.groups[next];
        if self.idle[next] && matches!(way.mark, Mark::Via(_)) && way.start == start {
            start = way.tokens.end;
            next += 1;
        }
        let group = self.groups.get(next)?;
        let between = self.tokens.get(start..group.start)?;
        let unknown = between.iter().filter(|token| token.is_plain()).count();
        let plain = between.iter().all(|token| {
            token.kind == Kind::Word
                && !token
                    .roles
                    .iter()
                    .any(|role| matches!(role, Role::Relative | Role::Break | Role::Predicate(_)))
                || token.is(Role::Light)
        });
        // *Reads it A*, where a subject that is a pronoun is left out: the pronoun is the object.
        if self.lexicon.drops
            && between
                .iter()
                .any(|token| token.is(Role::Pronoun) && !token.is(Role::Light))
        {
            return None;
        }
        let joined = between.iter().any(|token| token.is(Role::And));
        let own_clause = unknown > 0 && joined && starts_clause(self.tokens, group.tokens.end - 1);
        // *不检查 A 的证书*: something of A is meant, unless it is a side of it.
        let behind = self
            .folded
            .from(self.tokens[group.tokens.end - 1].range.end)
            .trim_start();
        let of = self.lexicon.unspaced
            && self.lexicon.begins_of(behind)
            && !self
                .tokens
                .iter()
                .skip(group.tokens.end)
                .find(|token| !token.is(Role::Light) || token.is(Role::Group))
                .is_some_and(|token| {
                    [Role::Face, Role::Content, Role::Group]
                        .iter()
                        .any(|role| token.is(*role))
                });
        let itself =
            !of && group.mark == Mark::None && !group.genitive && !self.idle[next] && !own_clause;
        // *Then calls A B*: the subject stands between.
        let second = self.groups.get(next + 1).filter(|second| {
            let between = self.tokens.get(group.tokens.end..second.tokens.start);
            self.lexicon.inverts
                && between.is_some_and(|between| between.iter().all(|token| token.is(Role::Light)))
                && second.mark == Mark::None
                && !self.idle[next + 1]
        });
        let object = if second.is_some() { next + 1 } else { next };
        (itself && plain && unknown <= 2).then_some(object)
    }

    /// *A kann B abfragen*: where verbs stand last, the last of two unmarked names before one at the end of its clause.
    fn object_before(&self, at: usize) -> Option<usize> {
        let start = self.clause_start(at);
        let end = self.clause_end(at);
        let mut after = self.groups_after(at);
        if !self.lexicon.verb_last || after.any(|place| self.groups[place].start < end) {
            return None;
        }
        let unmarked = |place: &usize| {
            let group = &self.groups[*place];
            group.mark == Mark::None && !group.genitive
        };
        let mut before = self.groups_before(at).filter(unmarked);
        let object = before.next()?;
        let group = &self.groups[object];
        let between = self.tokens.get(group.tokens.end..at)?;
        let near = between.iter().filter(|token| token.is_plain()).count() <= 2
            && between
                .iter()
                .all(|token| token.kind == Kind::Word && !self.is_verb(token));
        let apart = before
            .next()
            .is_some_and(|subject| self.groups[subject].tokens.start >= start);
        (near && apart && !self.idle[object]).then_some(object)
    }

    /// The way that the predicate takes; `actor` is none.
    pub(super) fn via(&self, at: usize, actor: Option<usize>) -> Option<usize> {
        let is_via = |group: &usize| {
            // *Via CRI*: what is no part is no way.
            matches!(self.groups[*group].mark, Mark::Via(_))
                && Some(*group) != actor
                && !self.idle[*group]
        };
        let start = self.clause_start(at);
        if self.lexicon.markers == Markers::After {
            return self.groups_before(at).find(is_via);
        }
        let of_this = |group: &usize| is_via(group) && !self.is_of_next_clause(at, *group);
        self.groups_after(at).find(of_this).or_else(|| {
            let own = |group: &usize| {
                let group = &self.groups[*group];
                let between = self.tokens.get(group.tokens.end..at).unwrap_or_default();
                // *通过 A 调用 B 启动 C*: the way of the first verb.
                let other = || between.iter().any(|token| self.is_verb(token));
                group.start >= start && !(self.lexicon.unspaced && other())
            };
            self.groups_before(at)
                .find(|group| is_via(group) && own(group))
        })
    }

    /// *A asks B, C by way of D starts it*: whether a name of its own begins the clause in which the way stands.
    fn is_of_next_clause(&self, at: usize, via: usize) -> bool {
        let begins = |group: &Group| {
            let start = group.start;
            let before = self.tokens.get(..start).unwrap_or_default().iter().rev();
            let sign = before
                .take_while(|token| !token.is(Role::And))
                .find(|token| !token.is(Role::Light));
            group.mark == Mark::None
                && (at..self.groups[via].start).contains(&start)
                && sign.is_some_and(|sign| matches!(sign.kind, Kind::Comma | Kind::Semicolon))
        };
        self.groups.iter().any(begins)
    }

    /// *Reports to A, and by way of B starts*: whether the way behind a conjunction belongs to the verb behind it.
    pub(super) fn is_of_next_verb(&self, at: usize, via: usize) -> bool {
        let group = &self.groups[via];
        let between = self.tokens.get(at + 1..group.start).unwrap_or_default();
        let and = between.iter().rposition(|token| token.is(Role::And));
        // *Gets it from A and pays via B*: a verb that nobody knows.
        let own = and.is_some_and(|and| {
            let named = between[..and].iter().any(|token| token.name().is_some());
            named && between[and + 1..].iter().any(Token::is_plain)
        });
        own || and.is_some()
            && self
                .tokens
                .iter()
                .skip(group.tokens.end)
                .take_while(|token| !matches!(token.kind, Kind::Semicolon | Kind::Stop))
                .any(|token| self.is_verb(token))
    }

    /// The groups after a predicate, up to the next predicate or clause.
    pub(super) fn groups_after(&self, at: usize) -> impl Iterator<Item = usize> {
        let end = self.reach(at);
        (0..self.groups.len()).filter(move |group| {
            let tokens = &self.groups[*group].tokens;
            tokens.start > at && tokens.start < end
        })
    }

    /// The groups before a predicate in its clause, the nearest first.
    pub(super) fn groups_before(&self, at: usize) -> impl Iterator<Item = usize> {
        let start = if self.lexicon.markers == Markers::After {
            self.hard_start(at)
        } else {
            self.clause_start(at)
        };
        (0..self.groups.len()).rev().filter(move |group| {
            let tokens = &self.groups[*group].tokens;
            tokens.end <= at && tokens.start >= start
        })
    }

    /// How far a predicate looks for its objects.
    pub(super) fn reach(&self, at: usize) -> usize {
        for (place, token) in self.tokens.iter().enumerate().skip(at + 1) {
            let ends = match token.kind {
                Kind::Stop | Kind::Semicolon | Kind::Question => true,
                Kind::Word => {
                    token.is(Role::Relative) && !token.is(Role::Light) && !self.limits_next(place)
                        || token.is(Role::Break) && !token.is(Role::Preposition)
                        || token.is(Role::Contrast) && !token.is(Role::And)
                        || self.is_verb(token) && !token.is(Role::Preposition)
                }
                Kind::Comma => self.new_verb(place),
                _ => false,
            };
            if ends || token.is(Role::And) && self.bounds[place] && self.new_verb(place) {
                return place;
            }
        }
        self.tokens.len()
    }

    /// *Is not reached but by A*: whether the pronoun at `place` is the second part of *only*, before a marker.
    fn limits_next(&self, place: usize) -> bool {
        let start = self.clause_start(place);
        let only = self.tokens.get(start..place).unwrap_or_default();
        only.iter().any(|token| token.is(Role::Exclusive))
            && self
                .tokens
                .get(place + 1)
                .is_some_and(|next| next.is(Role::Preposition))
    }

    /// Whether a verb that nobody knows seems to follow a comma or conjunction: *delivers the spec and binds the Pod to the node*.
    pub(super) fn new_verb(&self, place: usize) -> bool {
        let mut after = self
            .tokens
            .iter()
            .skip(place + 1)
            .skip_while(|token| token.is(Role::And) || token.kind == Kind::Comma);
        let Some(first) = after.next() else {
            return false;
        };
        if !first.is_unknown() || self.lexicon.unspaced {
            return false;
        }
        // A noun is followed by its preposition or by nothing, a verb by what it does something to.
        after.next().is_some_and(|next| {
            next.is(Role::Light) && !next.is(Role::Preposition) || next.name().is_some()
        })
    }

    pub(super) fn is_verb(&self, token: &Token) -> bool {
        let acts = token.is(Role::Enabling) || self.rows(token).next().is_some();
        acts && !token.roles.iter().any(|role| self.is_noun(*role))
    }

    /// The rows of a verb.
    pub(super) fn rows<'t>(&'t self, token: &'t Token) -> impl Iterator<Item = &'t Predicate> {
        token.predicates(self.lexicon).filter(|row| !row.noun)
    }

    /// Whether a role is that of a predicate said as a noun.
    pub(super) fn is_noun(&self, role: Role) -> bool {
        let Role::Predicate(row) = role else {
            return false;
        };
        let predicate = self.lexicon.predicates.get(usize::from(row));
        predicate.is_some_and(|predicate| predicate.noun)
    }

    /// First token of the clause that the token at `at` stands in.
    pub(super) fn clause_start(&self, at: usize) -> usize {
        (0..at)
            .rev()
            .find(|place| self.bounds[*place])
            .map_or(0, |place| place + 1)
    }

    /// One past the last token of the clause that the token at `at` stands in.
    pub(super) fn clause_end(&self, at: usize) -> usize {
        (at + 1..self.tokens.len())
            .find(|place| self.bounds[*place])
            .unwrap_or(self.tokens.len())
    }

    /// First token after the last comma, semicolon or conjunction that starts a clause with its own verb.
    pub(super) fn hard_start(&self, at: usize) -> usize {
        (0..at)
            .rev()
            .find(|place| {
                let token = &self.tokens[*place];
                self.bounds[*place] && !(token.kind == Kind::Word && token.is(Role::And))
            })
            .map_or(0, |place| place + 1)
    }

    /// Whether a word of that role stands in the clause around `at`.
    pub(super) fn has(&self, at: usize, role: Role) -> bool {
        let (start, end) = if self.lexicon.markers == Markers::After {
            (self.hard_start(at), self.hard_end(at))
        } else {
            (self.clause_start(at), self.clause_end(at))
        };
        self.tokens
            .get(start..end)
            .is_some_and(|clause| clause.iter().any(|token| token.is(role)))
    }

    /// Whether the clause denies what its predicate at `at` says.
    pub(super) fn denied(&self, at: usize) -> bool {
        let no = match self.lexicon.markers {
            Markers::Before => self.has_no(at),
            Markers::After => self.ends_in_no(at),
        };
        no || self
            .tokens
            .get(self.clause_start(at)..at)
            .unwrap_or_default()
            .iter()
            .rev()
            .take_while(|token| token.name().is_none())
            .any(|token| token.is(Role::Without))
    }

    /// Whether the clause takes back what its predicate at `at` says, or only supposes it.
    pub(super) fn taken_back(&self, at: usize) -> bool {
        let before = self.tokens.get(self.clause_start(at)..at);
        let mut phrase = before
            .unwrap_or_default()
            .iter()
            .rev()
            .take_while(|token| token.name().is_none());
        self.has(at, Role::Veto) || phrase.any(|token| token.is(Role::Instead))
    }

    /// Whether *not* stands in the clause around the verb at `at`: behind a name it belongs to what follows, unless the language puts it there.
    fn has_no(&self, at: usize) -> bool {
        let (start, end) = (self.clause_start(at), self.clause_end(at));
        // *Connections from A to B are forbidden*: what is said of a noun comes after its names.
        let mut roles = self.tokens[at].roles.iter();
        let late = self.lexicon.negates_late || roles.any(|role| self.is_noun(*role));
        let named = (at..end).find(|place| self.tokens[*place].name().is_some());
        let end = named.filter(|_| !late).unwrap_or(end);
        let clause = self.tokens.get(start..end).unwrap_or_default();
        clause.iter().any(|token| token.is(Role::Negation))
    }

    /// Where words mark what stands before them: whether the verb at `at` ends in *not*, before another verb or name comes.
    fn ends_in_no(&self, at: usize) -> bool {
        self.ends_in(at, &[Role::Negation, Role::Without])
    }

    /// *A를 이용하지 않고*: whether the verb at `at` says how something is done, and not that it must not be.
    pub(super) fn is_left_out(&self, at: usize) -> bool {
        self.lexicon.markers == Markers::After && self.ends_in(at, &[Role::Without])
    }

    /// Whether a word of one of these uses ends the verb at `at`.
    fn ends_in(&self, at: usize, wanted: &[Role]) -> bool {
        // A word that denies may begin the next clause, too: *없으면*.
        let end = self.hard_end(at);
        let ends = self
            .tokens
            .get(end)
            .is_some_and(|end| end.kind == Kind::Word);
        let rest = self
            .tokens
            .get(at..end + usize::from(ends))
            .unwrap_or_default();
        let mut unknown = 0;
        for (place, token) in rest.iter().enumerate() {
            if wanted.iter().any(|role| token.is(*role)) {
                return true;
            }
            unknown += usize::from(place > 0 && token.is_plain());
            if token.name().is_some() || unknown > 1 {
                return false;
            }
        }
        false
    }

    /// One past the last token before the next comma, semicolon or word that starts a clause; *and* joins.
    pub(super) fn hard_end(&self, at: usize) -> usize {
        (at + 1..self.tokens.len())
            .find(|place| {
                let token = &self.tokens[*place];
                self.bounds[*place] && !(token.kind == Kind::Word && token.is(Role::And))
            })
            .unwrap_or(self.tokens.len())
    }

    /// Whether somebody enables what the predicate at `at` says.
    pub(super) fn enabled(&self, at: usize) -> bool {
        let end = match self.lexicon.markers {
            Markers::After => self.hard_end(at),
            Markers::Before => at,
        };
        let start = self.hard_start(at);
        (start..end)
            .any(|place| self.tokens[place].is(Role::Enabling) && !self.lets_somebody(place, at))
    }

    /// *Lets you talk to A*, *permite hablar con A*: whether nobody but a person, or nobody, stands between the word at `place` and the verb.
    fn lets_somebody(&self, place: usize, at: usize) -> bool {
        let between = self.tokens.get(place + 1..at).unwrap_or_default();
        let nobody = |token: &Token| {
            token.kind == Kind::Word
                && (token.is(Role::Person) || token.is(Role::Light) || token.is(Role::Preposition))
        };
        let mut rows = self.tokens[at].predicates(self.lexicon);
        // *Enables talk between A and B*.
        let joined = self.groups_after(at).next();
        let one = joined.is_none_or(|group| self.groups[group].entities.len() == 1);
        place < at && one && rows.all(|row| !row.noun) && between.iter().all(nobody)
    }
}
