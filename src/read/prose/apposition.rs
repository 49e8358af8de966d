//! Names that spell out a noun beside them: *all other components (A, B) talk to it*, *it calls three services: A, B and C*, *clients such as A*.

use super::fold::Folded;
use super::group::{Group, Mark};
use super::lexicon::{Lexicon, Markers};
use super::mark::preposition;
use super::role::Role;
use super::token::{Kind, Token};

/// Words such as *and so on* that may stand behind the names.
const MORE: usize = 3;

/// Makes groups that spell out the noun before them do what the noun does in its clause.
pub(super) fn spelt_out(
    folded: &Folded,
    tokens: &[Token],
    lexicon: &Lexicon,
    groups: &mut Vec<Group>,
) {
    for group in groups.iter_mut() {
        group.tokens.end = behind_examples(tokens, group.tokens.end, lexicon);
    }
    for place in (0..groups.len()).rev() {
        let spelt = spelt(folded, tokens, &groups[place]);
        let Some((noun, end)) = spelt.or_else(|| examples(folded, tokens, &groups[place])) else {
            continue;
        };
        if lexicon.markers == Markers::After {
            // The particle behind the bracket is that of the names already.
            groups[place].tokens = noun..end;
            continue;
        }
        let before = |at: usize| at.checked_sub(1).map(|at| &tokens[at]);
        let mut first = noun;
        while before(first).is_some_and(|word| word.name().is_some() || belongs(word)) {
            first -= 1;
        }
        // *The other control plane components*: a name only says of what they are.
        let named = (first..noun).find(|at| tokens[*at].name().is_some());
        let (mark, start) = preposition(folded, tokens, named.unwrap_or(noun), lexicon);
        // *Des clients comme A*: an article at the start, though it looks like a marker.
        let article = tokens[start].is(Role::Article) && start == 0;
        let group = &mut groups[place];
        group.mark = if article { Mark::None } else { mark };
        group.start = start.min(first);
        group.tokens = first..end;
        let inside = |other: &Group| first <= other.tokens.start && other.tokens.end <= noun;
        let kept = place - groups[..place].iter().filter(|other| inside(other)).count();
        groups.drain(kept..place);
    }
}

/// *A 等客户端*: where names end whose noun stands behind them, without a particle.
fn behind_examples(tokens: &[Token], end: usize, lexicon: &Lexicon) -> usize {
    let example = tokens
        .get(end)
        .is_some_and(|token| token.is(Role::ExampleAfter));
    if !example || lexicon.markers == Markers::After {
        return end;
    }
    let noun = tokens
        .get(end + 1)
        .filter(|noun| noun.is_plain() || noun.is(Role::Group));
    end + 1 + usize::from(noun.is_some())
}

/// The noun that a group spells out, and where it ends.
fn spelt(folded: &Folded, tokens: &[Token], group: &Group) -> Option<(usize, usize)> {
    let light = |at: &usize| tokens[*at].is(Role::Light) && !tokens[*at].is(Role::Preposition);
    let sign = (0..group.tokens.start).rev().find(|at| !light(at))?;
    let behind = tokens.get(group.tokens.end..).unwrap_or_default();
    let end = match tokens[sign].kind {
        Kind::Open => {
            let close = behind.iter().position(|token| token.kind == Kind::Close)?;
            let more = behind.get(..close)?.iter();
            let small = close <= MORE && more.clone().all(|token| token.name().is_none());
            small.then_some(group.tokens.end + close + 1)?
        }
        Kind::Semicolon if folded.words(&tokens[sign].range) == ":" => {
            let last = behind.first();
            last.is_none_or(|last| last.kind == Kind::Stop)
                .then_some(group.tokens.end)?
        }
        _ => return None,
    };
    let noun = (0..sign).rev().find(|at| !light(at))?;
    let word = &tokens[noun];
    let fits = group.entities.len() > 1 && word.kind == Kind::Word && word.is(Role::Group);
    fits.then_some((noun, end))
}

/// *Clients such as A and B*: the noun that a group gives examples of, and where it ends.
fn examples(folded: &Folded, tokens: &[Token], group: &Group) -> Option<(usize, usize)> {
    let article = |at: &usize| {
        let word = &tokens[*at];
        (word.is(Role::Article) || word.is(Role::Light) && !word.is(Role::Preposition))
            && !word.is(Role::Example)
    };
    let sign = (0..group.tokens.start).rev().find(|at| !article(at))?;
    if !tokens[sign].is(Role::Example) {
        return None;
    }
    // *Такие клиенты, как A, …*: commas may stand on both sides; *clients (like A)*: brackets must.
    let is = |at: usize, kind: Kind| tokens.get(at).is_some_and(|token| token.kind == kind);
    let bracketed = sign > 0 && is(sign - 1, Kind::Open);
    let set_off = bracketed || sign > 0 && is(sign - 1, Kind::Comma);
    let closed = if bracketed { Kind::Close } else { Kind::Comma };
    let closed = set_off && is(group.tokens.end, closed);
    if bracketed && !closed {
        return None;
    }
    let place = sign.checked_sub(1 + usize::from(set_off))?;
    let end = group.tokens.end + usize::from(closed);
    let word = &tokens[place];
    // *A looks like B*: what stands behind a name may be a verb.
    let before = (0..place).rev().find(|at| !tokens[*at].is(Role::Light));
    let behind_name = before.is_some_and(|at| tokens[at].name().is_some());
    // *From stores such as A*: what stands behind a marker or an article is no verb.
    let marked = place
        .checked_sub(1)
        .is_some_and(|at| tokens[at].is(Role::Preposition) || tokens[at].is(Role::Article));
    let everyone = bracketed && word.is(Role::Everyone);
    let noun = word.is(Role::Kind) || word.is(Role::Group) || everyone;
    let noun_like = noun || word.is_plain() && !behind_name || marked;
    // *Writes to B, which A reads*: where the word is a pronoun too, what gives examples begins its sentence.
    let acted =
        |token: &Token| matches!(token.kind, Kind::Name(_) | Kind::Comma) || token.is_predicate();
    let pronoun = tokens[sign].is(Role::Relative);
    if pronoun && (set_off || tokens[..place].iter().any(acted)) {
        return None;
    }
    // *On port 80 like A*.
    let letters = folded.words(&word.range).starts_with(char::is_alphabetic);
    (word.kind == Kind::Word && letters && noun_like).then_some((place, end))
}

/// Whether a word may stand in a noun phrase before its noun.
fn belongs(word: &Token) -> bool {
    let outside = |role: &Role| {
        matches!(
            role,
            Role::Predicate(_)
                | Role::Preposition
                | Role::Via
                | Role::And
                | Role::Break
                | Role::Relative
        )
    };
    word.kind == Kind::Word && !word.roles.iter().any(outside)
}
