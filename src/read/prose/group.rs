//! The names of a sentence, coordinated ones together, each with the word that marks what it does.

use super::fold::Folded;
use super::lexicon::{DIRECT, Lexicon, Markers, Role};
use super::prepare::is_determiner;
use super::token::{Kind, Token};
use crate::model::LinkKind;
use std::ops::Range;

/// How many unknown words may stand between a marker and its name.
const REACH: usize = 4;

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

/// All groups of a sentence, in order.
pub(crate) fn groups(folded: &Folded, tokens: &[Token], lexicon: &Lexicon) -> Vec<Group> {
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
        // `the cluster API server`: the first name says which one the second is.
        if let Some(last) = groups.last_mut()
            && last.tokens == (at.saturating_sub(1)..at)
            && !last.genitive
            && !(lexicon.inverts
                && last.mark == Mark::None
                && follows_direct(tokens, last, lexicon))
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
    groups
}

/// Whether the name at `at` belongs to `group`: only joining words stand between, and what follows is no verb of its own.
fn joins(folded: &Folded, tokens: &[Token], group: &Group, at: usize, lexicon: &Lexicon) -> bool {
    let Some(between) = tokens.get(group.tokens.end..at) else {
        return false;
    };
    let mut joined = false;
    for (place, token) in (group.tokens.end..at).zip(between) {
        match token.kind {
            _ if is_companion(folded, tokens, place, at, lexicon) => return false,
            Kind::Comma => joined |= listed(tokens, at) || lexicon.markers == Markers::After,
            // *…, and both A and B*: a clause of its own.
            _ if joined && token.is(Role::Plural) && follows_predicate(tokens, group) => {
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
            _ if joined && token.is(Role::Preposition) && !token.is(Role::Via) => {
                let word = lexicon.base(folded.words(&token.range));
                if !matches!(&group.mark, Mark::Word(mark) if mark == word) {
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
            || opens_clause(tokens, group)
            || !(follows_predicate(tokens, group) && starts_clause(tokens, at)))
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
        next.roles.iter().any(|role| match role {
            Role::Predicate(row) => lexicon
                .predicates
                .get(usize::from(*row))
                .is_some_and(|predicate| predicate.object.iter().any(|marker| marker == word)),
            _ => false,
        })
    })
}

/// Whether the list that the name at `at` stands in ends with *and* and a name: then its commas join too.
fn listed(tokens: &[Token], at: usize) -> bool {
    let mut and = false;
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
            .any(|token| {
                token
                    .roles
                    .iter()
                    .any(|role| matches!(role, Role::Predicate(_)))
            })
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
        let is_verb = token
            .roles
            .iter()
            .any(|role| matches!(role, Role::Predicate(_)));
        if is_verb || token.roles.is_empty() {
            return true;
        }
        if !token.is(Role::Light) {
            return false;
        }
    }
    false
}

/// The preposition before the name at `at`, and the first token of the phrase.
fn preposition(folded: &Folded, tokens: &[Token], at: usize, lexicon: &Lexicon) -> (Mark, usize) {
    let mut unknown = 0;
    let mut behind_face = false;
    let mut place = at;
    let own_clause = starts_clause(tokens, at);
    while let Some(before) = place.checked_sub(1) {
        let token = &tokens[before];
        // *In the queue (A)*: what stands in brackets alone says which one is meant.
        if token.kind == Kind::Open
            && before + 1 == at
            && tokens
                .get(at + 1)
                .is_some_and(|next| next.kind == Kind::Close)
            && before
                .checked_sub(1)
                .is_some_and(|noun| tokens[noun].is_plain())
        {
            place = before;
            continue;
        }
        if token.kind != Kind::Word {
            break;
        }
        // *Collects from all sources, and A analyses it*: the marker is that of a clause before.
        if token.is(Role::And) && !token.is(Role::Preposition) && own_clause {
            break;
        }
        // *…, with which only the A talks*: the marker is the pronoun's.
        if token.is(Role::Relative)
            && token.is(Role::Light)
            && place < at
            && lexicon.commas
            && !is_determiner(tokens, before, lexicon)
        {
            break;
        }
        if token.is(Role::Via) {
            let word = lexicon.base(folded.words(&token.range));
            return (Mark::Via(word.to_owned()), before);
        }
        if token.is(Role::Preposition) {
            match face_before(folded, tokens, before, lexicon).filter(|_| !behind_face) {
                Some(Face::Marked(outer)) => {
                    behind_face = true;
                    place = outer;
                    continue;
                }
                Some(Face::Bare(outer)) => return (Mark::None, outer),
                None => {}
            }
            let word = lexicon.base(folded.words(&token.range));
            return (Mark::Word(word.to_owned()), before);
        }
        let stops = token.roles.iter().any(|role| {
            matches!(
                role,
                Role::Predicate(_)
                    | Role::Relative
                    | Role::Break
                    | Role::And
                    | Role::Enabling
                    | Role::Consists
            )
        });
        if stops && !token.is(Role::Light)
            || token
                .roles
                .iter()
                .any(|role| matches!(role, Role::Predicate(_)))
        {
            break;
        }
        if token.is_plain() {
            unknown += 1;
            if unknown > REACH {
                break;
            }
        }
        place = before;
    }
    (Mark::None, at)
}

/// A noun that stands for the part behind it.
enum Face {
    /// At this token, with a marker of its own before it.
    Marked(usize),
    /// At this token, as subject or object.
    Bare(usize),
}

/// *To the API of A*, *watches the events of A*, *the components of A*: the noun before the preposition at `at` that stands for the part behind it.
fn face_before(folded: &Folded, tokens: &[Token], at: usize, lexicon: &Lexicon) -> Option<Face> {
    let face = (0..at)
        .rev()
        .find(|place| !tokens[*place].is(Role::Light) || tokens[*place].is(Role::Face))?;
    let side = tokens[face].is(Role::Face);
    let members = tokens[face].is(Role::Group) && !side;
    if !side && !members && !tokens[face].is(Role::Content) {
        return None;
    }
    let mut words = 0;
    for token in tokens.get(..face)?.iter().rev() {
        if token.kind != Kind::Word {
            break;
        }
        if token.is(Role::Preposition) || token.is(Role::Via) {
            return (side || members).then_some(Face::Marked(face));
        }
        if takes_directly(token, lexicon) {
            // *Gets its jobs from A*: the marker is the verb's.
            let word = lexicon.base(folded.words(&tokens[at].range));
            return (!takes(token, word, lexicon)).then_some(Face::Bare(face));
        }
        if !token.is(Role::Light) {
            words += 1;
        }
        let verb = |role: &Role| matches!(role, Role::Predicate(_));
        if words > 2 || token.roles.iter().any(verb) {
            return None;
        }
    }
    (members && words == 0).then_some(Face::Bare(face))
}

/// Whether a word is a verb whose object has that marker.
fn takes(token: &Token, marker: &str, lexicon: &Lexicon) -> bool {
    token.roles.iter().any(|role| match role {
        Role::Predicate(row) => lexicon
            .predicates
            .get(usize::from(*row))
            .is_some_and(|row| row.object.iter().any(|object| object == marker)),
        _ => false,
    })
}

/// Whether a word is a verb of asking or calling whose object has no marker.
fn takes_directly(token: &Token, lexicon: &Lexicon) -> bool {
    token.roles.iter().any(|role| match role {
        Role::Predicate(row) => lexicon
            .predicates
            .get(usize::from(*row))
            .is_some_and(|row| {
                let asks = matches!(
                    row.kind,
                    LinkKind::Communicates
                        | LinkKind::Uses
                        | LinkKind::Reads
                        | LinkKind::Watches
                        | LinkKind::Scrapes
                        | LinkKind::Notifies
                        | LinkKind::Runs
                );
                asks && !row.noun && row.object.iter().any(|marker| marker == DIRECT)
            }),
        _ => false,
    })
}

/// Whether something of the name at `at` is meant, and not a side that it shows to others: *A's disk*, but *A's API*.
fn is_of(folded: &Folded, tokens: &[Token], at: usize) -> bool {
    let Some(mention) = tokens[at].name().filter(|mention| mention.genitive) else {
        return false;
    };
    let next = tokens
        .iter()
        .skip(at + 1)
        .find(|token| !token.is(Role::Light) || token.is(Role::Face));
    if next.is_some_and(|next| next.is(Role::Face)) {
        return false;
    }
    // A bare *s* is a plural too, unless an article of the genitive or something owned stands beside it.
    let range = &tokens[at].range;
    let ending = folded.words(&(range.start + mention.bare..range.end));
    let owned = tokens
        .get(at + 1)
        .is_some_and(|next| next.is_plain() || next.is(Role::Group) || next.name().is_some());
    let article = at.checked_sub(1).is_some_and(|before| {
        let before = &tokens[before];
        before.is(Role::Light) && folded.words(&before.range).ends_with("es")
    });
    ending != "s" || owned || article
}

/// The particle after the name at `at`, with a word or two of its noun phrase between; whether it marks the subject.
fn particle(folded: &Folded, tokens: &[Token], at: usize, lexicon: &Lexicon) -> (Mark, bool) {
    let end = tokens[at].range.end;
    let rest = folded.from(end);
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    let rest = rest.strip_prefix(['」', ')', '`', '"']).unwrap_or(rest);
    let only = lexicon
        .only_after
        .iter()
        .find_map(|only| rest.strip_prefix(only.as_str()));
    let rest = only.unwrap_or(rest);
    let starts = |words: &[String]| {
        words
            .iter()
            .find(|word| rest.starts_with(word.as_str()))
            .cloned()
    };
    if let Some(via) = starts(&lexicon.via) {
        return (Mark::Via(via), false);
    }
    let subject = starts(&lexicon.subject);
    let other = starts(&lexicon.particles);
    match (subject, other) {
        (Some(subject), Some(other)) if other.len() > subject.len() => (Mark::Word(other), false),
        (Some(_), _) => (Mark::None, true),
        // *Only* takes the place of the subject's particle.
        (None, None) => (Mark::None, only.is_some()),
        (None, Some(other)) => (Mark::Word(other), false),
    }
}
