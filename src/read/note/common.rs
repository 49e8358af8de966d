//! Words that look like names: *Orders: stores the orders in A* names a part once, and something that is no part then.

use super::book::Book;
use crate::read::prose::{Folded, Kind, Role, Token};

/// Makes words of names that a text writes in lower case as the object of a verb, where they are the part's own, or stand as names beside it.
pub(super) fn uncover(
    tokens: &mut [Token],
    (folded, plain): (&Folded, &str),
    book: &Book<'_>,
    about: Option<usize>,
) {
    let written = |token: &Token| plain.get(folded.plain(&token.range)).unwrap_or_default();
    for at in 1..tokens.len() {
        let Some(mention) = tokens[at].name() else {
            continue;
        };
        let label = book.entities[mention.entity].label.as_deref();
        let own = mention.entity >= book.knowledge.parts.len()
            && label.is_some_and(is_capitalized)
            && written(&tokens[at]).starts_with(char::is_lowercase);
        if !own || !is_object(tokens, at) {
            continue;
        }
        let named = tokens.iter().any(|other| {
            other
                .name()
                .is_some_and(|other| other.entity == mention.entity)
                && written(other).starts_with(char::is_uppercase)
        });
        // Where another part stands before it, that one may well do something to it.
        let before = tokens[..at].iter().rev();
        let mut sentence = before.take_while(|token| token.kind != Kind::Stop);
        let own = about == Some(mention.entity) && sentence.all(|token| token.name().is_none());
        if named || own {
            tokens[at].kind = Kind::Word;
        }
    }
}

/// Whether a name is one word that only its first letter sets off from a common one.
fn is_capitalized(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
}

/// Whether something stands before the token at `at` in its clause that may have it as an object, and no verb behind it.
fn is_object(tokens: &[Token], at: usize) -> bool {
    let before = tokens.get(..at).unwrap_or_default().iter().rev();
    let mut clause = before.take_while(|token| token.kind == Kind::Word);
    let verb = |token: &Token| {
        let acts = |role: &Role| matches!(role, Role::Predicate(_));
        token.roles.iter().any(acts)
    };
    let acted = clause.any(|token| verb(token) || token.is_unknown());
    let mut behind = tokens.iter().skip(at + 1);
    let next = behind.find(|token| !token.is(Role::Light) || token.is(Role::Preposition));
    acted && !next.is_some_and(|next| verb(next) || next.is_unknown())
}
