//! *B handles requests from A*, *B acts on what A sends*: who asks acts, whatever the other does with it.

use super::frame::{Clauses, Found, FoundLink, Said};
use super::group::Mark;
use super::lexicon::Markers;
use super::role::Role;
use super::subject::only_names;
use super::token::{Kind, Token, phrase_end};
use crate::model::phrases::Phrases;
use crate::model::{Arrow, LinkKind, Tier};

/// Words that may say how what was asked for came: *that are coming*.
const PLAIN: usize = 2;
/// Tokens from a name within which what comes from it is named.
const NEAR: usize = 6;

/// What somebody asks for, or sends, as a part of what somebody else does with it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Given {
    /// The noun for it.
    noun: usize,
    /// Who it comes from.
    giver: usize,
    /// Whether it is a demand, and not just something that is sent.
    demand: bool,
}

impl Clauses<'_> {
    /// All that the sentence speaks of so.
    pub(super) fn all_given(&self) -> Vec<Given> {
        let mut found = Vec::new();
        let mut from = 0;
        for (place, group) in self.groups.iter().enumerate() {
            if self.idle[place] {
                continue;
            }
            let near = group.start.saturating_sub(NEAR).max(from);
            from = (group.tokens.end + NEAR).min(self.tokens.len());
            found.extend((near..from).filter_map(|at| self.given_at(at)));
        }
        found
    }

    /// Whether a group is who something comes from: no other verb has it.
    pub(super) fn is_giver(&self, group: usize) -> bool {
        self.given.iter().any(|given| given.giver == group)
    }

    /// The link of what the noun at `at` stands for.
    pub(super) fn demanded(&mut self, at: usize, found: &mut Found) {
        let given = self.given.iter().find(|given| given.noun == at);
        let Some(given) = given.cloned() else {
            return;
        };
        if self.is_denied(at) || self.taken_back(at) || self.enabled(at) || self.is_sent_on(&given)
        {
            return;
        }
        let takers = self.takers(&given).unwrap_or_default();
        if takers.is_empty() {
            return;
        }
        for from in &self.groups[given.giver].entities {
            for to in &takers {
                let known = |link: &FoundLink| link.from == *from && link.to == *to;
                if found.links.iter().any(known) {
                    continue;
                }
                found.links.push(FoundLink {
                    from: *from,
                    to: *to,
                    kind: if given.demand {
                        LinkKind::Communicates
                    } else {
                        LinkKind::Sends
                    },
                    arrow: Arrow::Forward,
                    tier: Tier::Plain,
                    label: Some(self.tokens[at].range.clone()),
                    said: Said::Plain,
                });
            }
        }
        // *… and stores them in C*.
        self.last = Some((at, takers));
    }

    /// Whether what is done with it is denied: where verbs stand last, behind it.
    fn is_denied(&self, noun: usize) -> bool {
        let behind = self.tokens.get(noun..self.hard_end(noun));
        let no = |token: &Token| token.is(Role::Negation);
        let last = self.lexicon.markers == Markers::After;
        self.denied(noun) || last && behind.is_some_and(|behind| behind.iter().any(no))
    }

    fn given_at(&self, noun: usize) -> Option<Given> {
        let token = &self.tokens[noun];
        if token.kind != Kind::Word || token.is(Role::Light) {
            return None;
        }
        let demand = self.begins(token, &self.lexicon.demands);
        if !demand && !only_names(token) && !self.is_traffic(noun) {
            return None;
        }
        let giver = self.giver_behind(noun, demand);
        let giver = giver.or_else(|| self.giver_before(noun, demand));
        let giver = giver.filter(|giver| !self.idle[*giver])?;
        Some(Given {
            noun,
            giver,
            demand,
        })
    }

    /// *Requests (that come) from A*, *requests (that are) sent by A*, *requests that A sends*.
    fn giver_behind(&self, noun: usize, demand: bool) -> Option<usize> {
        if self.lexicon.markers == Markers::After {
            return None;
        }
        let next = |group: &usize| self.groups[*group].tokens.start > noun;
        let giver = (0..self.groups.len()).find(next)?;
        let group = &self.groups[giver];
        let words = self.tokens.get(noun + 1..group.tokens.start)?;
        let sent = words.iter().any(|token| self.is_sent(token));
        let sends = self.sends_behind(giver);
        let relative = words.iter().any(|token| token.is(Role::Relative));
        let fits = match &group.mark {
            Mark::Word(word) | Mark::Via(word) => {
                let by = self.lexicon.agents.contains(word);
                let from = demand && self.comes_from(word) && !self.is_of(word);
                by && sends || sent && (by || self.comes_from(word)) || from
            }
            // *Запросы, отправленные A*.
            Mark::None => {
                let last = words.iter().rev().find(|token| !token.is(Role::Light));
                let cased = self.lexicon.inflects && last.is_some_and(|last| self.is_sent(last));
                (relative || words.is_empty() && !self.lexicon.unspaced) && sends || cased
            }
        };
        (fits && self.is_thin(words, demand)).then_some(giver)
    }

    /// *… that A sends*, and no more: whether nobody else is named as who gets it.
    fn sends_behind(&self, giver: usize) -> bool {
        let end = self.groups[giver].tokens.end;
        let behind = self.tokens.get(end..).unwrap_or_default();
        let verb = behind.iter().position(|token| !token.is(Role::Light));
        let Some(verb) = verb.filter(|verb| self.is_sent(&behind[*verb])) else {
            return false;
        };
        let next = self.groups.get(giver + 1);
        !next.is_some_and(|next| {
            let between = self.tokens.get(end + verb + 1..next.tokens.start);
            let marked =
                matches!(&next.mark, Mark::Word(word) if !self.lexicon.agents.contains(word));
            marked
                && between
                    .is_some_and(|between| between.iter().all(|token| token.kind == Kind::Word))
        })
    }

    /// *Vom A gesendete Anfragen*, *A からのリクエスト*, *A 发送的请求*.
    fn giver_before(&self, noun: usize, demand: bool) -> Option<usize> {
        let particles = self.lexicon.markers == Markers::After;
        let unspaced = self.lexicon.unspaced || particles;
        let giver = self
            .groups
            .iter()
            .rposition(|group| group.tokens.end <= noun)?;
        let group = &self.groups[giver];
        let words = self.tokens.get(group.tokens.end..noun)?;
        let sent = words.iter().any(|token| self.is_sent(token));
        let last = self.tokens.get(group.tokens.end.checked_sub(1)?)?;
        let behind = self.folded.from(last.range.end).trim_start();
        let of = self.lexicon.begins_of(behind);
        let fits = match &group.mark {
            Mark::Word(word) | Mark::Via(word) => {
                let by = self.lexicon.agents.contains(word);
                let from = self.comes_from(word);
                let joined = unspaced && (of || self.lexicon.joins_noun(word));
                // *A の要求* may be one to A.
                let told = demand && from && joined && !self.is_of(word);
                sent && (by || from) || told
            }
            Mark::None => unspaced && sent,
        };
        let mut others = self.groups.iter().take(giver);
        let taken = others.any(|other| other.mark == Mark::None) || self.context.subject.is_some();
        (fits && taken && self.is_thin(words, demand)).then_some(giver)
    }

    /// Whether nothing but how something came stands between it and who it came from.
    fn is_thin(&self, words: &[Token], demand: bool) -> bool {
        let mut plain = 0;
        // Without blanks, endings are words of their own.
        let spaced = self.lexicon.markers == Markers::Before && !self.lexicon.unspaced;
        let most = if demand || !spaced { PLAIN } else { 0 };
        words.iter().all(|token| {
            let sent = self.is_sent(token);
            plain += usize::from(token.is_plain() && !sent);
            let says = [
                Role::Light,
                Role::Relative,
                Role::Preposition,
                Role::Everyone,
            ];
            let fits = sent || token.is_plain() || says.iter().any(|role| token.is(*role));
            let joins = token.is(Role::And) || token.is(Role::Negation);
            (token.kind == Kind::Word && fits || token.kind == Kind::Comma) && !joins
        }) && plain <= most
    }

    /// Whether a word marks who something comes from.
    fn comes_from(&self, word: &String) -> bool {
        let mut rows = self.lexicon.predicates.iter();
        rows.any(|row| row.noun && row.kind == LinkKind::Communicates && row.actor.contains(word))
    }

    /// Whether it marks whose something is as well.
    fn is_of(&self, word: &str) -> bool {
        self.lexicon.possessives.iter().any(|of| of.trim() == word)
    }

    /// Whether a word says that something is sent, or comes.
    fn is_sent(&self, token: &Token) -> bool {
        token.kind == Kind::Word && self.begins(token, &self.lexicon.sent)
    }

    /// Whether a word is, or begins, one of the phrases.
    fn begins(&self, token: &Token, phrases: &Phrases<bool>) -> bool {
        let start = token.range.start;
        let mut known = phrases.starting(self.folded.from(start));
        known.any(|(length, stem)| phrase_end(self.folded, start + length, *stem).is_some())
    }

    /// Whether the word at a place is a noun for what parts send each other.
    fn is_traffic(&self, at: usize) -> bool {
        let mut rows = self.tokens[at].predicates(self.lexicon);
        rows.any(|row| row.noun && !row.reserves)
    }

    /// *Sends commands from A to B*: whether a verb before it says that its subject sends it.
    fn is_sent_on(&self, given: &Given) -> bool {
        if self.lexicon.markers == Markers::After {
            return false;
        }
        let end = given.noun.min(self.groups[given.giver].start);
        let before = self.clause_start(end)..end;
        let mut before = before.map(|at| &self.tokens[at]);
        before.any(|token| self.is_verb(token) && self.is_sent(token))
    }

    /// Who does something with it.
    fn takers(&self, given: &Given) -> Option<Vec<usize>> {
        let giver = &self.groups[given.giver];
        let start = match self.lexicon.markers {
            Markers::Before => self.clause_start(given.noun.min(giver.start)),
            Markers::After => self.hard_start(given.noun.min(giver.tokens.start)),
        };
        let end = given.noun.min(giver.start);
        let particles = self.lexicon.markers == Markers::After;
        let acts = |from: usize, to: usize| {
            let words = self.tokens.get(from..to).unwrap_or_default();
            let verb = |token: &Token| token.is_plain() || token.is_predicate();
            particles || words.iter().any(verb)
        };
        let mut before = self.groups.iter().enumerate().filter(|(place, group)| {
            let within = group.tokens.start >= start && group.tokens.end <= end;
            // *Creates Pods …*: what is done to scenery has its verb before it.
            let object = self.idle[*place] && acts(start, group.tokens.start);
            within && *place != given.giver && !object
        });
        if let Some((place, group)) = before.next() {
            let subject = group.mark == Mark::None && (group.topic || !particles);
            let fits = subject && !group.genitive && !self.idle[place];
            return (fits && acts(group.tokens.end, end)).then(|| group.entities.clone());
        }
        if !acts(start, end) {
            return None;
        }
        if let Some((_, last)) = self.last.as_ref().filter(|_| start > 0) {
            return Some(last.clone());
        }
        let first = self.tokens.get(start)?;
        if first.is(Role::Pronoun) {
            return self.spoken_about().map(|who| vec![who]);
        }
        let said = first.kind == Kind::Word && !first.is(Role::Person) && !first.is(Role::Article);
        let dropped = self.context.definition || self.lexicon.drops || self.is_verb(first);
        let who = self
            .context
            .subject
            .filter(|_| said && dropped && start == 0);
        who.map(|who| vec![who])
    }
}
