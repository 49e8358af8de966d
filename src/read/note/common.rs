//! Words that look like names: *Orders: stores the orders in A* names a part once, and something that is no part then.

use super::book::Book;
use crate::model::phrases::fold;
use crate::read::prose::{Folded, Kind, Lexicon, Mention, Role, Token};

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

/// *The client* under *Docker client*: makes the last word of the name that a text stands under, behind an article, that name.
pub(super) fn shorten(
    tokens: &mut [Token],
    (folded, plain): (&Folded, &str),
    book: &Book<'_>,
    about: Option<usize>,
) {
    let Some(entity) = about.filter(|about| !book.entities[*about].is_group) else {
        return;
    };
    let label = book.entities[entity].label.as_deref().unwrap_or_default();
    let Some((_, last)) = label.rsplit_once(' ') else {
        return;
    };
    let last = fold(last);
    for at in 1..tokens.len() {
        let (token, before) = (&tokens[at], &tokens[at - 1]);
        let article = before.is(Role::Light)
            && !before.is(Role::Preposition)
            && !before.is(Role::Pronoun)
            && before.kind == Kind::Word;
        let noun = |next: &Token| next.is_unknown() || next.is(Role::Kind) || next.name().is_some();
        let named = token.kind == Kind::Word && folded.words(&token.range) == last;
        // *The client-side cache*.
        let joined = plain
            .get(folded.plain(&token.range).end..)
            .is_some_and(|rest| rest.starts_with('-'));
        if article && named && !joined && !tokens.get(at + 1).is_some_and(noun) {
            let bare = token.range.len();
            call(&mut tokens[at], entity, bare);
        }
    }
}

/// *Controllers watch A* under *Controller Manager*: makes what runs within the part that a text is about, where it acts, that part.
pub(super) fn act_for(
    tokens: &mut [Token],
    folded: &Folded,
    (book, lexicon): (&Book<'_>, &Lexicon),
    about: Option<usize>,
) {
    let Some(entity) = about.filter(|about| !book.within(*about).is_empty()) else {
        return;
    };
    for at in 0..tokens.len() {
        let token = &tokens[at];
        let length = match token.kind {
            Kind::Word => token.range.len(),
            Kind::Name(mention) if book.is_object(mention.entity) => mention.bare,
            _ => continue,
        };
        let bare = token.range.start..token.range.start + length;
        let words = folded.words(&bare);
        let within = book.within(entity).iter().any(|word| word == words);
        let noun = |next: &Token| {
            let particle = || {
                lexicon
                    .subject
                    .iter()
                    .any(|own| own == folded.words(&next.range))
            };
            let other = next.is_unknown() || next.name().is_some() || next.is(Role::Example);
            other && !next.is_predicate() && !particle()
        };
        let noun = tokens.get(at + 1).is_some_and(noun);
        if within && !noun && begins_clause(tokens, at) {
            call(&mut tokens[at], entity, length);
        }
    }
}

/// Makes a token the name of an entity, which takes its first `bare` bytes.
fn call(token: &mut Token, entity: usize, bare: usize) {
    token.roles.clear();
    token.kind = Kind::Name(Mention {
        entity,
        genitive: false,
        bare,
    });
}

/// Whether nothing but articles and their like stands before the token at `at` in its clause.
fn begins_clause(tokens: &[Token], at: usize) -> bool {
    let mut before = tokens.get(..at).unwrap_or_default().iter().rev();
    let heavy = |token: &&Token| {
        token.kind != Kind::Word || !token.is(Role::Light) || token.is(Role::Preposition)
    };
    before.find(heavy).is_none_or(|bound| {
        bound.kind != Kind::Word && bound.name().is_none() || bound.is(Role::Break)
    })
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
    let acted = clause.any(|token| token.is_predicate() || token.is_unknown());
    let mut behind = tokens.iter().skip(at + 1);
    let next = behind.find(|token| !token.is(Role::Light) || token.is(Role::Preposition));
    acted && !next.is_some_and(|next| next.is_predicate() || next.is_unknown())
}
