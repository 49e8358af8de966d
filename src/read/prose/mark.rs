//! The word that marks a name: a preposition before it, a particle behind it, or none.

use super::fold::Folded;
use super::group::{Mark, starts_clause};
use super::lexicon::{DIRECT, Lexicon, Predicate};
use super::prepare::{ends_in_verb, is_determiner};
use super::role::Role;
use super::subject::only_names;
use super::token::{Kind, Token};
use crate::model::LinkKind;

/// How many unknown words may stand between a marker and its name.
const REACH: usize = 4;

/// The preposition before the name at `at`, and the first token of the phrase.
pub(super) fn preposition(
    folded: &Folded,
    tokens: &[Token],
    at: usize,
    lexicon: &Lexicon,
) -> (Mark, usize) {
    let mut unknown = 0;
    let mut behind_face = false;
    let mut place = at;
    let own_clause = starts_clause(tokens, at);
    // *During a step the A …*: a noun before an article ends the phrase that a marker began.
    let mut article = false;
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
        // *After A called it, …*: the marker begins a clause of its own.
        if token.is(Role::Break) && token.is(Role::Preposition) && own_clause {
            break;
        }
        // *…, with which only the A talks*: the marker is the pronoun's.
        if token.is(Role::Relative)
            && token.is(Role::Light)
            && (place < at || ends_in_verb(tokens, at))
            && lexicon.commas
            && !is_determiner(tokens, before, lexicon)
        {
            break;
        }
        // *Som A leser*: the pronoun may look like a marker.
        let pronoun = token.is(Role::Relative) && token.is(Role::Preposition);
        if pronoun && place == at && ends_in_verb(tokens, at) {
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
        // *With it only A talks*: the pronoun is what the marker before it marks.
        let marked = before.checked_sub(1).is_some_and(|marker| {
            tokens[marker].is(Role::Preposition) || tokens[marker].is(Role::Via)
        });
        let pronoun = token.is(Role::Pronoun) && !token.is(Role::Light) && lexicon.inverts;
        if ends_phrase(token) || pronoun && marked {
            break;
        }
        let noun = token.is_plain() || only_names(token);
        if noun && article && own_clause {
            break;
        }
        article |= token.is(Role::Article) || token.is(Role::Light) && token.is(Role::Relative);
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

/// Whether no marker before a word is that of a name behind it.
fn ends_phrase(token: &Token) -> bool {
    let is = |wanted: fn(&Role) -> bool| token.roles.iter().any(wanted);
    let clause = is(|role| {
        matches!(
            role,
            Role::Relative | Role::Break | Role::And | Role::Enabling | Role::Consists
        )
    });
    // *By nobody but A* has the marker before *but*.
    token.is_predicate() || clause && !token.is(Role::Light) && !token.is(Role::Except)
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
    for (place, token) in tokens.get(..face)?.iter().enumerate().rev() {
        if token.kind != Kind::Word {
            break;
        }
        if token.is(Role::Preposition) || token.is(Role::Via) {
            // *Listens to the events of A*: the marker is that of the verb.
            let word = lexicon.base(folded.words(&token.range));
            let verb = tokens.get(..place)?.iter().rev();
            let verb = verb.clone().find(|token| !token.is(Role::Light));
            let asks = verb.is_some_and(|verb| takes_to_watch(verb, word, lexicon));
            // *Started by events of A*.
            let acts = lexicon.agents.iter().any(|agent| agent == word);
            return (side || members || asks || acts).then_some(Face::Marked(face));
        }
        if takes_directly(token, lexicon) {
            // *Gets its jobs from A*: the marker is the verb's.
            let word = lexicon.base(folded.words(&tokens[at].range));
            return (!takes(token, word, lexicon)).then_some(Face::Bare(face));
        }
        if !token.is(Role::Light) {
            words += 1;
        }
        if words > 2 || token.is_predicate() {
            return None;
        }
    }
    (members && words == 0).then_some(Face::Bare(face))
}

/// Whether a word is a verb of watching whose object has that marker.
fn takes_to_watch(token: &Token, marker: &str, lexicon: &Lexicon) -> bool {
    let watches = |row: &&Predicate| matches!(row.kind, LinkKind::Watches | LinkKind::Reads);
    let mut rows = token.predicates(lexicon).filter(watches);
    rows.any(|row| row.object.iter().any(|object| object == marker))
}

/// Whether a word is a verb whose object has that marker.
fn takes(token: &Token, marker: &str, lexicon: &Lexicon) -> bool {
    let mut rows = token.predicates(lexicon);
    rows.any(|row| row.object.iter().any(|object| object == marker))
}

/// Whether a word is a verb of asking or calling whose object has no marker.
pub(super) fn takes_directly(token: &Token, lexicon: &Lexicon) -> bool {
    token.predicates(lexicon).any(|row| {
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
    })
}

/// Whether something of the name at `at` is meant, and not a side that it shows to others: *A's disk*, but *A's API*.
pub(super) fn is_of(folded: &Folded, tokens: &[Token], at: usize) -> bool {
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

/// *A の API を呼び出す*: what stands behind the side that a part shows, whose particle is the part's.
fn behind_face<'t>(rest: &'t str, lexicon: &Lexicon) -> Option<&'t str> {
    let mut possessives = lexicon.possessives.iter();
    let side = possessives.find_map(|of| rest.strip_prefix(of.as_str()))?;
    let side = side.trim_start();
    let mut faces = lexicon
        .phrases
        .starting(side)
        .filter(|(_, entry)| matches!(entry.role, Role::Face | Role::Content));
    let (length, _) = faces.next()?;
    side.get(length..).map(str::trim_start)
}

/// *A などのクライアントは*: what stands behind the noun that the name at `at` is an example of, whose particle is the name's.
fn behind_examples<'t>(
    folded: &'t Folded,
    tokens: &[Token],
    at: usize,
    lexicon: &Lexicon,
) -> Option<&'t str> {
    let end = tokens[at].range.end;
    let rest = folded.from(end);
    let gap = rest.len() - rest.trim_start().len();
    let mut phrases = lexicon.examples_after.iter();
    let phrase = phrases.find(|phrase| rest.trim_start().starts_with(phrase.as_str()))?;
    let behind = end + gap + phrase.len();
    let mut words = tokens.iter().skip(at + 1);
    let noun = words.find(|word| word.range.end > behind)?;
    let word = folded.words(&(noun.range.start.max(behind)..noun.range.end));
    let all = || lexicon.subject.iter().chain(&lexicon.particles);
    // What nobody knows is one word with its particle.
    let own =
        all().filter(|particle| word.ends_with(particle.as_str()) && word.len() > particle.len());
    let own = own.map(String::len).max().unwrap_or(0);
    (noun.kind == Kind::Word).then(|| folded.from(noun.range.end - own))
}

/// The particle after the name at `at`, with a word or two of its noun phrase between; whether it marks the subject.
pub(super) fn particle(
    folded: &Folded,
    tokens: &[Token],
    at: usize,
    lexicon: &Lexicon,
) -> (Mark, bool) {
    let end = tokens[at].range.end;
    let rest = folded.from(end);
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    let rest = rest.strip_prefix(['」', ')', '`', '"']).unwrap_or(rest);
    let rest = behind_face(rest, lexicon).unwrap_or(rest);
    let examples = behind_examples(folded, tokens, at, lexicon);
    let rest = examples.unwrap_or(rest);
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
    if let Some(contrast) = starts(&lexicon.contrast) {
        return (Mark::Word(contrast), false);
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
