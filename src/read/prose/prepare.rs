//! What the words of a sentence are before its predicates are asked: verbs without their second part, nouns that look like verbs, the bounds of clauses.

use super::fold::Folded;
use super::group::Group;
use super::lexicon::{Lexicon, Markers, Predicate};
use super::role::Role;
use super::token::{Kind, Roles, Token};
use crate::model::phrases::is_alphanumeric;

/// The tokens without the uses whose second part is missing; `None` where none has one.
pub(super) fn completed(
    folded: &Folded,
    tokens: &[Token],
    lexicon: &Lexicon,
) -> Option<Vec<Token>> {
    let parted = |token: &Token| !token.rests.is_empty();
    if !tokens.iter().any(parted) {
        return None;
    }
    let end = tokens.last().map_or(0, |last| last.range.end);
    let mut whole = tokens.to_vec();
    for at in 0..whole.len() {
        if !parted(&whole[at]) {
            continue;
        }
        let stop = whole
            .iter()
            .skip(at + 1)
            .find(|token| matches!(token.kind, Kind::Semicolon | Kind::Stop))
            .map_or(end, |token| token.range.start);
        let words = folded.words(&(whole[at].range.end..stop)).to_owned();
        lighten(folded, &mut whole, at, stop);
        let token = &mut whole[at];
        let (mut roles, mut rests) = (Roles::new(), Vec::new());
        for (place, role) in token.roles.iter().enumerate() {
            let rest = token.rest(place);
            if rest.is_some_and(|rest| !holds(&words, rest, lexicon)) {
                continue;
            }
            rests.extend(rest.map(|rest| (roles.len(), rest.to_owned())));
            roles.push(*role);
        }
        (token.roles, token.rests) = (roles, rests);
    }
    Some(whole)
}

/// The second parts of the verb at `at` that are words of their own begin no clause: *hängt von A und B ab*.
fn lighten(folded: &Folded, tokens: &mut [Token], at: usize, stop: usize) {
    let rests = tokens[at].rests.clone();
    let rest = tokens.iter_mut().skip(at + 1);
    for token in rest.take_while(|token| token.range.start < stop) {
        let word = folded.words(&token.range);
        if token.is_unknown() && rests.iter().any(|(_, rest)| rest == word) {
            token.roles.push(Role::Light);
        }
    }
}

/// Whether `rest` stands in `words` as words of its own.
fn holds(words: &str, rest: &str, lexicon: &Lexicon) -> bool {
    words.match_indices(rest).any(|(place, _)| {
        let after = words
            .get(place + rest.len()..)
            .and_then(|rest| rest.chars().next());
        let before = words
            .get(..place)
            .and_then(|words| words.chars().next_back());
        lexicon.unspaced
            || !after.is_some_and(is_alphanumeric) && !before.is_some_and(is_alphanumeric)
    })
}

/// The tokens without the verbs that are nouns where they stand: *a request*, *sends alerts*. `None` where there is none.
pub(super) fn without_nouns(
    folded: &Folded,
    tokens: &[Token],
    lexicon: &Lexicon,
) -> Option<Vec<Token>> {
    let verb = |role: &Role| match role {
        Role::Predicate(row) => lexicon
            .predicates
            .get(usize::from(*row))
            .is_some_and(|predicate| !predicate.noun),
        _ => false,
    };
    let mut sure: Option<Vec<Token>> = None;
    // Whether the word before is an article, or a verb that is one; whether the clause has its verb.
    let (mut noun_next, mut verb_before) = (false, false);
    // Whether nothing but articles came yet in the clause.
    let mut first = true;
    // Whether the word stands in an object behind its article: *issues a new read request*.
    let mut phrase = false;
    // Whether any verb came yet in the sentence: *stores A in B and orders in C*.
    let mut acted = false;
    for (at, token) in tokens.iter().enumerate() {
        let is_verb = token.kind == Kind::Word && token.roles.iter().any(verb);
        // *Requests from A are read by B*.
        let of_agent = is_verb && first && is_of_agent(folded, tokens, at, lexicon);
        // *All communication goes …*: the verb comes yet.
        let is_verb = is_verb && !(first && is_followed(tokens, at, lexicon));
        first = (first && token.kind == Kind::Word && token.is(Role::Light))
            || token.kind != Kind::Word && token.name().is_none();
        let second = acted && at > 0 && tokens[at - 1].is(Role::And) && is_placed(tokens, at);
        let object = (verb_before || second) && !takes_next(folded, tokens, at, lexicon);
        let certain = lexicon.has_articles && (noun_next || phrase);
        let object = object && (lexicon.has_articles || second);
        // *To start uses A …*: a verb whose subject stands behind it.
        let of_article = phrase || at > 0 && tokens[at - 1].is(Role::Article);
        let acts = lexicon.inverts && !of_article && !object && is_before_name(tokens, at);
        let noun = is_verb && (certain || object) && !token.is(Role::Light) && !acts;
        let noun = noun || of_agent || is_verb && (has_examples(tokens, at) || opens(tokens, at));
        if noun {
            let tokens = sure.get_or_insert_with(|| tokens.to_vec());
            if let Some(token) = tokens.get_mut(at) {
                token.roles.retain(|role| !verb(role));
                token.rests.clear();
            }
        }
        // *These commands*, behind a verb.
        let article = token.is(Role::Article)
            || verb_before && token.is(Role::Pronoun) && token.is(Role::Light);
        noun_next = article || is_verb && !noun && !token.is(Role::Light);
        let ends = token.kind != Kind::Word && token.name().is_none()
            || [Role::And, Role::Break, Role::Relative]
                .iter()
                .any(|role| token.is(*role));
        acted |= is_verb && !noun;
        let article = verb_before && article;
        phrase =
            !ends && !token.is(Role::Preposition) && token.name().is_none() && (phrase || article);
        verb_before = !ends && (verb_before || is_verb && !noun);
    }
    sure
}

/// *From stores such as A*: whether examples follow the word at `at`, behind a marker or an article.
fn has_examples(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let marked = before.is_some_and(|word| word.is(Role::Preposition) || word.is(Role::Article));
    let next = tokens.get(at + 1);
    marked && next.is_some_and(|next| next.is(Role::Example) && !next.is(Role::Light))
}

/// Whether nothing but articles stands between the word at `at` and a name.
fn is_before_name(tokens: &[Token], at: usize) -> bool {
    let mut behind = tokens.iter().skip(at + 1);
    behind
        .find(|token| !token.is(Role::Light) || token.is(Role::Preposition))
        .is_some_and(|token| token.name().is_some())
}

/// Whether a marker and a name follow the word at `at`.
fn is_placed(tokens: &[Token], at: usize) -> bool {
    let mut behind = tokens.iter().skip(at + 1);
    behind.next().is_some_and(|next| next.is(Role::Preposition))
        && behind
            .find(|token| !token.is(Role::Light))
            .is_some_and(|token| token.name().is_some())
}

/// Whether what follows the word at `at` is something that it may have as a verb: *alerts to*, after a verb, is a noun, because one alerts somebody.
fn takes_next(folded: &Folded, tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let infinitive = at
        .checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|before| before.is(Role::Preposition));
    let Some(next) = tokens.get(at + 1).filter(|next| next.is(Role::Preposition)) else {
        return true;
    };
    let word = lexicon.base(folded.words(&next.range));
    infinitive
        || next.is(Role::Via)
        || tokens[at].roles.iter().any(|role| match role {
            Role::Predicate(row) => {
                lexicon
                    .predicates
                    .get(usize::from(*row))
                    .is_some_and(|predicate| {
                        let marks = [&predicate.object, &predicate.actor, &predicate.between];
                        marks
                            .iter()
                            .any(|list| list.iter().any(|marker| marker == word))
                    })
            }
            _ => false,
        })
}

/// *推送到配置的 A*: the tokens without the verbs that only describe what follows them, where a word behind a verb says so. `None` where there is none.
pub(super) fn without_attributes(
    folded: &Folded,
    tokens: &[Token],
    lexicon: &Lexicon,
) -> Option<Vec<Token>> {
    let verb = |token: &Token| token.predicates(lexicon).any(|row| !row.noun);
    let of = |token: &Token| lexicon.begins_of(folded.from(token.range.end));
    if !lexicon.unspaced || lexicon.markers == Markers::After {
        return None;
    }
    let mut sure: Option<Vec<Token>> = None;
    // Whether a name stands in the clause since its last verb: *与 A 通信的* says with whom.
    let mut named = false;
    for (at, token) in tokens.iter().enumerate() {
        if token.kind == Kind::Word && verb(token) {
            if !named && of(token) {
                let tokens = sure.get_or_insert_with(|| tokens.to_vec());
                if let Some(token) = tokens.get_mut(at) {
                    token.is_no_verb();
                }
            }
            named = false;
        } else {
            let goes_on = token.kind == Kind::Word && !token.is(Role::And);
            named = token.name().is_some() || named && goes_on;
        }
    }
    sure
}

pub(super) fn bounds(tokens: &[Token], groups: &[Group], lexicon: &Lexicon) -> Vec<bool> {
    let mut bounds: Vec<bool> = tokens
        .iter()
        .enumerate()
        .map(|(at, token)| match token.kind {
            Kind::Word if is_determiner(tokens, at, lexicon) => false,
            // *Both talk to it* joins nothing.
            Kind::Word
                if token.is(Role::Plural)
                    && tokens
                        .iter()
                        .skip(at + 1)
                        .find(|next| !next.is(Role::Light))
                        .is_none_or(|next| next.name().is_none()) =>
            {
                false
            }
            // *A 与 B 通信*: a word that marks and joins; where it joins names, they are a group.
            Kind::Word if token.is(Role::And) && token.is(Role::Preposition) => false,
            Kind::Word if acts_instead(tokens, at, lexicon) => true,
            Kind::Word => [Role::And, Role::Break, Role::Relative]
                .into_iter()
                .any(|role| token.is(role)),
            Kind::Name(_) => false,
            Kind::Arrow(_)
            | Kind::Comma
            | Kind::Semicolon
            | Kind::Open
            | Kind::Close
            | Kind::Stop
            | Kind::Question => true,
        })
        .collect();
    // *Which then uses A*: within the clause that the pronoun began.
    let mut opened = false;
    for (token, bound) in tokens.iter().zip(&mut bounds) {
        if opened && token.is(Role::Break) {
            *bound = false;
        }
        if *bound || !token.is(Role::Light) {
            opened = *bound && token.is(Role::Relative);
        }
    }
    for group in groups {
        if let Some(inside) = bounds.get_mut(group.tokens.clone()) {
            inside.fill(false);
        }
        // *As for A, …* goes on behind its comma.
        let topic = group.topic && lexicon.markers == Markers::After;
        let next = group.tokens.end..(group.tokens.end + 2).min(bounds.len());
        for place in next.filter(|_| topic) {
            bounds[place] &= !matches!(tokens[place].kind, Kind::Comma | Kind::Close);
        }
    }
    bounds
}

/// *Does not run it but calls A*: whether the word at `at` sets what is done against what is not.
pub(super) fn acts_instead(tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let verb = |token: &Token| token.predicates(lexicon).any(|row| !row.noun);
    let before = tokens.get(..at).unwrap_or_default().iter().rev();
    let mut clause = before.take_while(|token| !matches!(token.kind, Kind::Semicolon | Kind::Stop));
    let mut behind = tokens.iter().skip(at + 1);
    let adverb = |token: &&Token| token.is(Role::Light) && !token.is(Role::Preposition);
    // *Without calling* is said in the same words, but for the verb right behind.
    let next = if tokens[at].is(Role::Without) {
        behind.next()
    } else {
        behind.find(|token| !adverb(token))
    };
    tokens[at].is(Role::Contrast)
        && next.is_some_and(verb)
        && clause.any(|token| token.is(Role::Negation))
}

/// *Requests from A are read by B*, *communication with A goes …*: whether the word at `at` may be a noun, and who acts or a verb stands behind a name
/// with a marker.
fn is_of_agent(folded: &Folded, tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let noun = tokens[at].predicates(lexicon).any(|row| row.noun);
    let mut behind = tokens.iter().skip(at + 1);
    let marked = behind.next().is_some_and(|next| next.is(Role::Preposition));
    let named = behind.find(|token| !token.is(Role::Light));
    noun && marked
        && named.is_some_and(|token| token.name().is_some())
        && behind
            .take_while(|token| token.kind == Kind::Word && !token.is(Role::And))
            .any(|token| {
                let word = folded.words(&token.range);
                let sure = |row: &Predicate| !row.noun;
                let acts = token.predicates(lexicon).any(sure);
                let acts = acts && token.predicates(lexicon).all(sure);
                acts || lexicon.agents.iter().any(|agent| agent == word)
            })
}

/// Whether the word at `at` is a noun for what parts send each other, right before a verb.
fn is_followed(tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let is = |token: &Token, noun: bool| {
        token.roles.iter().any(|role| match role {
            Role::Predicate(row) => lexicon
                .predicates
                .get(usize::from(*row))
                .is_some_and(|row| row.noun == noun),
            _ => false,
        })
    };
    is(&tokens[at], true)
        && tokens
            .iter()
            .skip(at + 1)
            .find(|next| !next.is(Role::Light))
            .is_some_and(|next| is(next, false) && !is(next, true))
}

/// *…, når A starter*: whether a word that may begin a clause does, at the start or behind a comma.
fn opens(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| tokens[before].kind);
    tokens[at].is(Role::Condition) && before.is_none_or(|before| before == Kind::Comma)
}

/// Whether a word that may be a relative pronoun is the article of the name behind it: *an den API-Server*.
pub(super) fn is_determiner(tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let is = |place: Option<usize>, wanted: fn(&Token) -> bool| {
        place
            .and_then(|place| tokens.get(place))
            .is_some_and(wanted)
    };
    tokens
        .get(at)
        .is_some_and(|token| token.is(Role::Relative) && token.is(Role::Light))
        && (lexicon.commas || is(Some(at + 1), |next| next.name().is_some()))
        && !(is(at.checked_sub(2), |before| before.kind == Kind::Comma)
            && is(at.checked_sub(1), |before| before.is(Role::Preposition))
            && (is(Some(at + 1), |next| {
                next.is(Role::Exclusive) || next.is(Role::Light) && next.is(Role::Relative)
            }) || lexicon.verb_last && ends_in_verb(tokens, at + 1)))
        && (!is(at.checked_sub(1), |before| before.kind == Kind::Comma) || goes_on(tokens, at + 1))
        && !(is(at.checked_sub(1), is_noun) && ends_in_verb(tokens, at + 1))
}

/// Whether a word is a noun for a part, or for what one tells.
fn is_noun(token: &Token) -> bool {
    let nouns = [Role::Content, Role::Kind, Role::Face, Role::Group];
    token.kind == Kind::Word && nouns.iter().any(|role| token.is(*role))
}

/// *B, from which A reads*, *the B that A writes to*: whether a clause is a name and the verb that ends it.
pub(super) fn ends_in_verb(tokens: &[Token], start: usize) -> bool {
    behind_verb(tokens, start).is_some_and(|rest| {
        let end = rest.iter().find(|token| !token.is(Role::Preposition));
        end.is_none_or(|end| end.kind != Kind::Word && end.name().is_none())
    })
}

/// *A, der B und der C sprechen mit D*: whether a list of names has a verb behind it that does not end its clause.
fn goes_on(tokens: &[Token], start: usize) -> bool {
    let listed = tokens.get(start + 1).is_some_and(|next| next.is(Role::And));
    let behind = behind_verb(tokens, start);
    let next = behind.and_then(<[Token]>::first);
    listed && next.is_some_and(|next| next.kind == Kind::Word || next.name().is_some())
}

/// What stands behind the verb that follows a name at `start`, or several.
fn behind_verb(tokens: &[Token], start: usize) -> Option<&[Token]> {
    let joins = |token: &&Token| {
        let light = token.is(Role::Light) && !token.is(Role::Preposition);
        let others = token.is(Role::Group) || token.is(Role::Everyone);
        token.name().is_some() || token.is(Role::And) || light || others
    };
    let rest = tokens.get(start..)?;
    let named = rest.first().is_some_and(|first| first.name().is_some());
    let place = rest.iter().take_while(joins).count();
    let (behind, found) = (rest.get(place + 1..), rest.get(place));
    behind.filter(|_| named && found.is_some_and(Token::is_predicate))
}

/// Where particles mark: whether a token is a subject that is no name.
pub(super) fn strangers(folded: &Folded, tokens: &[Token], lexicon: &Lexicon) -> Vec<bool> {
    let marked = |token: &Token| {
        let unknown = token.is_plain();
        let (word, rest) = (folded.words(&token.range), folded.from(token.range.end));
        unknown
            && lexicon.subject.iter().any(|particle| {
                rest.starts_with(particle.as_str()) || word.ends_with(particle.as_str())
            })
    };
    match lexicon.markers {
        Markers::After => tokens.iter().map(marked).collect(),
        Markers::Before => vec![false; tokens.len()],
    }
}
