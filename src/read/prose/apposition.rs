//! Names that spell out a noun before them: *all other components (A, B) talk to it*, *it calls three services: A, B and C*.

use super::fold::Folded;
use super::group::Group;
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
    for place in (0..groups.len()).rev() {
        let Some((noun, end)) = spelt(folded, tokens, &groups[place]) else {
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
        let group = &mut groups[place];
        group.mark = mark;
        group.start = start.min(first);
        group.tokens = first..end;
        let inside = |other: &Group| first <= other.tokens.start && other.tokens.end <= noun;
        let kept = place - groups[..place].iter().filter(|other| inside(other)).count();
        groups.drain(kept..place);
    }
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
