//! The names of a sentence, coordinated ones together, each with the word that marks what it does.

use super::apposition::spelt_out;
use super::fold::Folded;
use super::lexicon::{Lexicon, Markers};
use super::mark::{is_of, particle, preposition, takes_directly};
use super::prepare::is_determiner;
use super::role::Role;
use super::token::{Kind, Token};
use std::ops::Range;

/// Words of a remark between names that are joined.
const ASIDE: usize = 2;

/// Names that do the same in a sentence: one, or several joined by *and*.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    /// The entities, in their order.
    pub entities: Vec<usize>,
    /// Its tokens, from the first name to the last.
    pub tokens: Range<usize>,
    pub mark: Mark,
    /// Whether something of it is meant, not itself.
    pub genitive: bool,
    /// First token of its noun phrase, its marker included.
    pub start: usize,
    /// Whether a particle says that it is the subject.
    pub topic: bool,
}

/// What marks a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Nothing: a subject, or an object without a preposition.
    None,
    /// A preposition or particle.
    Word(String),
    /// The way that something takes, by that word.
    Via(String),
}

/// All groups of a sentence, in order. `links` says which entities can be the end of a link.
pub(crate) fn groups(
    folded: &Folded,
    tokens: &[Token],
    lexicon: &Lexicon,
    links: &dyn Fn(usize) -> bool,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Some(mention) = token.name() else {
            continue;
        };
        if let Some(last) = groups.last_mut()
            && joins(folded, tokens, last, at, lexicon)
        {
            last.entities.push(mention.entity);
            last.tokens.end = at + 1;
            last.genitive = is_of(folded, tokens, at);
            if lexicon.markers == Markers::After {
                (last.mark, last.topic) = particle(folded, tokens, at, lexicon);
            }
            continue;
        }
        if let Some(last) = groups.last_mut()
            && links(mention.entity)
            && is_place(folded, tokens, last, at, lexicon)
        {
            last.entities.pop();
            last.entities.push(mention.entity);
            last.tokens.end = at + 1;
            if matches!(&last.mark, Mark::Word(mark) if lexicon.locatives.contains(mark)) {
                last.mark = Mark::None;
                last.tokens.start = at;
                last.start = at;
            }
            continue;
        }
        if let Some(last) = groups.last_mut()
            && is_neither(folded, tokens, last, at, lexicon)
        {
            last.entities.push(mention.entity);
            last.tokens.end = at + 1;
            continue;
        }
        // `the cluster API server`: the first name says which one the second is.
        if let Some(last) = groups.last_mut()
            && last.tokens == (at.saturating_sub(1)..at)
            && !last.genitive
            && !(lexicon.inverts
                && last.mark == Mark::None
                && follows_direct(tokens, last, lexicon))
            // *От A B получает*: what a marker and an ending set apart.
            && !(lexicon.inflects && last.mark != Mark::None && starts_clause(tokens, at))
        {
            last.entities = vec![mention.entity];
            last.tokens = at..at + 1;
            last.genitive = is_of(folded, tokens, at);
            if lexicon.markers == Markers::After {
                (last.mark, last.topic) = particle(folded, tokens, at, lexicon);
            }
            continue;
        }
        let (mark, start, topic) = match lexicon.markers {
            Markers::Before => {
                let (mark, start) = preposition(folded, tokens, at, lexicon);
                (mark, start, false)
            }
            Markers::After => {
                let (mark, topic) = particle(folded, tokens, at, lexicon);
                (mark, at, topic)
            }
        };
        groups.push(Group {
            entities: vec![mention.entity],
            tokens: at..at + 1,
            mark,
            genitive: is_of(folded, tokens, at),
            start,
            topic,
        });
    }
    spelt_out(folded, tokens, lexicon, &mut groups);
    groups
}

/// Whether the name at `at` belongs to `group`: only joining words stand between, and what follows is no verb of its own.
fn joins(folded: &Folded, tokens: &[Token], group: &Group, at: usize, lexicon: &Lexicon) -> bool {
    let Some(between) = tokens.get(group.tokens.end..at) else {
        return false;
    };
    let mut joined = false;
    let mut aside = 0..0;
    for (place, token) in (group.tokens.end..at).zip(between) {
        if aside.contains(&place) {
            continue;
        }
        match token.kind {
            // *A (above) and B*.
            Kind::Open if !joined => match end_of_aside(tokens, place) {
                Some(end) if end < at => aside = place..end,
                _ => return false,
            },
            _ if is_companion(folded, tokens, place, at, lexicon) => return false,
            // *They lie in A, and B reads them*.
            Kind::Comma
                if group.mark != Mark::None
                    && group.entities.len() == 1
                    && lexicon.markers == Markers::Before
                    && tokens.get(place + 1).is_some_and(|next| next.is(Role::And))
                    && starts_clause(tokens, at) =>
            {
                return false;
            }
            Kind::Comma => joined |= listed(tokens, at) || lexicon.markers == Markers::After,
            // *…, and both A and B*: a clause of its own.
            _ if joined && token.is(Role::Plural) && follows_predicate(tokens, group) => {
                return false;
            }
            // *A, che B legge*: a pronoun behind its comma.
            _ if token.is(Role::And)
                && token.is(Role::Relative)
                && tokens[place - 1].kind == Kind::Comma =>
            {
                return false;
            }
            _ if token.is(Role::And) => joined = true,
            // *Neither A nor B*.
            _ if token.is(Role::Nor) && is_denied(tokens, group) => joined = true,
            // *A and the archive and B*: one that is no name.
            _ if joined
                && token.is_plain()
                && tokens.get(place + 1).is_some_and(|next| next.is(Role::And)) => {}
            // *To A and to B*.
            _ if joined && token.is(Role::Preposition) => {
                let word = lexicon.base(folded.words(&token.range));
                if !matches!(&group.mark, Mark::Word(mark) | Mark::Via(mark) if mark == word) {
                    return false;
                }
            }
            _ if token.is(Role::Light)
                && joined
                && (!token.is(Role::Relative) || is_determiner(tokens, place, lexicon)) => {}
            _ => return false,
        }
    }
    joined
        && (lexicon.markers == Markers::After
            || is_between(group, lexicon)
            || opens_clause(tokens, group)
            || !(follows_predicate(tokens, group) && starts_clause(tokens, at)))
}

/// Where a remark of a word or two in brackets ends.
fn end_of_aside(tokens: &[Token], open: usize) -> Option<usize> {
    let inside = tokens.iter().skip(open + 1);
    let says = |token: &Token| token.kind != Kind::Word || token.is_predicate();
    let words = inside.take_while(|token| !says(token)).count();
    let close = open + 1 + words;
    let closed = tokens.get(close).map(|token| token.kind) == Some(Kind::Close);
    (closed && (1..=ASIDE).contains(&words)).then_some(close + 1)
}

/// *Between A and*: whether the marker of a group is one of two.
fn is_between(group: &Group, lexicon: &Lexicon) -> bool {
    let Mark::Word(word) = &group.mark else {
        return false;
    };
    let mut rows = lexicon.predicates.iter();
    group.entities.len() == 1 && rows.any(|row| row.between.contains(word))
}

/// *节点上的 A*: whether a group only says where the name at `at` is.
fn is_place(
    folded: &Folded,
    tokens: &[Token],
    group: &Group,
    at: usize,
    lexicon: &Lexicon,
) -> bool {
    let between = tokens[group.tokens.end - 1].range.end..tokens[at].range.start;
    let words = folded.words(&between).trim();
    lexicon.places.iter().any(|place| place == words)
}

/// *A も B も*: whether the same particle of denial follows a group and the name at `at` right behind it.
fn is_neither(
    folded: &Folded,
    tokens: &[Token],
    group: &Group,
    at: usize,
    lexicon: &Lexicon,
) -> bool {
    if lexicon.markers == Markers::Before {
        return false;
    }
    let nor = |end: usize| {
        let mention = tokens[end].name()?;
        let behind = folded.from(tokens[end].range.start + mention.bare);
        let behind = behind.trim_start();
        lexicon
            .nor
            .iter()
            .find(|nor| behind.starts_with(nor.as_str()))
    };
    let near = tokens
        .get(group.tokens.end..at)
        .is_some_and(|between| between.iter().all(|token| token.is(Role::Nor)));
    near && nor(group.tokens.end - 1).is_some_and(|first| nor(at) == Some(first))
}

/// Whether *neither* stands before a group.
fn is_denied(tokens: &[Token], group: &Group) -> bool {
    let before = tokens.get(..group.start).unwrap_or_default();
    before
        .iter()
        .rev()
        .take_while(|token| token.kind == Kind::Word)
        .any(|token| token.is(Role::Negation))
}

/// Whether the word at `place` says with whom something is done, and joins nothing: *A 与 B 通信*.
fn is_companion(
    folded: &Folded,
    tokens: &[Token],
    place: usize,
    name: usize,
    lexicon: &Lexicon,
) -> bool {
    let token = &tokens[place];
    if !(token.is(Role::And) && token.is(Role::Preposition)) || lexicon.markers == Markers::After {
        return false;
    }
    let word = lexicon.base(folded.words(&token.range));
    let next = tokens
        .iter()
        .skip(name + 1)
        .find(|token| !token.is(Role::Light));
    next.is_some_and(|next| {
        let mut rows = next.predicates(lexicon);
        rows.any(|row| row.object.iter().any(|marker| marker == word))
    })
}

/// Whether the list that the name at `at` stands in ends with *and* and a name, or ends what is said: then its commas join too.
fn listed(tokens: &[Token], at: usize) -> bool {
    let mut and = false;
    if ends_sentence(tokens, at) {
        return true;
    }
    for token in tokens.iter().skip(at + 1) {
        match token.kind {
            Kind::Name(_) if and => return true,
            Kind::Comma | Kind::Name(_) => {}
            _ if token.is(Role::And) => and = true,
            _ if token.is(Role::Light) => {}
            _ => return false,
        }
    }
    // The name at `at` is itself the last one, after a comma and an `and`.
    tokens
        .get(at.saturating_sub(3)..at)
        .is_some_and(|before| before.iter().any(|token| token.is(Role::And)))
}

/// *It talks to A, B.*: whether nothing but names and commas stands from `at` to the end of a sentence or bracket.
fn ends_sentence(tokens: &[Token], at: usize) -> bool {
    let mut after = tokens.iter().skip(at + 1);
    let end = after.find(|token| token.kind != Kind::Comma && token.name().is_none());
    end.is_none_or(|end| {
        matches!(end.kind, Kind::Stop | Kind::Question | Kind::Close) || end.is(Role::ExampleAfter)
    })
}

/// *…, and both A and B*: whether the names begin a clause of their own.
fn opens_clause(tokens: &[Token], group: &Group) -> bool {
    let mut before = (0..group.start)
        .rev()
        .skip_while(|place| tokens[*place].is(Role::Light) && !tokens[*place].is(Role::And));
    before.next().is_some_and(|place| {
        tokens[place].is(Role::And)
            && place.checked_sub(1).is_some_and(|place| {
                tokens[place].kind == Kind::Comma || tokens[place].is(Role::And)
            })
    })
}

/// *Then calls A B*: whether the verb right before the name takes an object without a marker.
fn follows_direct(tokens: &[Token], group: &Group, lexicon: &Lexicon) -> bool {
    (0..group.start)
        .rev()
        .find(|place| !tokens[*place].is(Role::Light))
        .is_some_and(|place| takes_directly(&tokens[place], lexicon))
}

fn follows_predicate(tokens: &[Token], group: &Group) -> bool {
    tokens.get(..group.start).is_some_and(|before| {
        before
            .iter()
            .rev()
            .take_while(|token| !matches!(token.kind, Kind::Semicolon | Kind::Stop))
            .any(Token::is_predicate)
    })
}

/// Whether a verb follows the name at `at`, so that the name is the subject of a clause of its own.
pub(super) fn starts_clause(tokens: &[Token], at: usize) -> bool {
    for token in tokens.iter().skip(at + 1) {
        match token.kind {
            Kind::Word => {}
            Kind::Name(_) => return true,
            _ => return false,
        }
        if token.is(Role::And) {
            return false;
        }
        if token.is_predicate() || token.is_unknown() {
            return true;
        }
        // *A writes it, and B reads it there*: where objects stand before their verb.
        let object = token.is(Role::Pronoun) || token.is(Role::There);
        if !token.is(Role::Light) && !object {
            return false;
        }
    }
    false
}
