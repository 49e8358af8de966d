//! Parts that a sentence lists: *it consists of an agent, a collector and a query service*.

use super::Note;
use super::emphasis::is_doing;
use super::structure::Kind;
use crate::model::Evidence;
use crate::read::prose::{Folded, Kind as TokenKind, Lexicon, Markers, Role, Token, tokens};
use std::ops::Range;

/// Words that the name of a listed part may have.
const NAME: usize = 3;

/// Parts that a sentence must list to be a list.
const FEW: usize = 3;

impl Note<'_> {
    /// Introduces what sentences list as the parts of something, where at least half of it is known or called by nouns for parts.
    pub(super) fn enumerate(&mut self) {
        for at in 1..self.blocks.len() {
            if matches!(self.blocks[at].kind, Kind::Paragraph | Kind::Item(_)) && !self.leads[at] {
                for range in self.enumerated(at) {
                    self.enter_listed(at, range);
                }
            }
        }
    }

    /// Where in a block its sentences list parts.
    fn enumerated(&self, at: usize) -> Vec<Range<usize>> {
        let text = &self.blocks[at].text.text;
        // Most texts list nothing.
        if !text.contains([',', '，', '、']) {
            return Vec::new();
        }
        let folded = Folded::new(text);
        let mut verbs = self.lexicon.consists.iter();
        if !verbs.any(|verb| folded.text.contains(verb.as_str())) {
            return Vec::new();
        }
        let all = tokens(&folded, text, self.lexicon, &self.book);
        let ends = |token: &Token| matches!(token.kind, TokenKind::Stop | TokenKind::Question);
        let mut found = Vec::new();
        for sentence in all.split(ends) {
            let Some(list) = listed(sentence, self.lexicon) else {
                continue;
            };
            let chunks: Vec<&[Token]> = list
                .split(|token| token.kind == TokenKind::Comma || token.is(Role::And))
                .filter(|chunk| !chunk.is_empty())
                .collect();
            let names: Vec<Range<usize>> = chunks
                .iter()
                .filter_map(|chunk| self.listed_name(chunk, &folded, text))
                .collect();
            let parts = names.iter().filter(|name| {
                let name = text.get((*name).clone()).unwrap_or_default();
                self.book.known(name).is_some() || self.ends_in_kind(name)
            });
            let most = names.len() == chunks.len() && 2 * parts.count() >= names.len();
            if names.len() >= FEW && most {
                found.extend(names);
            }
        }
        found
    }

    /// The bytes of the name that an entry of a list is.
    fn listed_name(&self, chunk: &[Token], folded: &Folded, text: &str) -> Option<Range<usize>> {
        let chunk = if self.lexicon.markers == Markers::After {
            last_word(chunk, folded, text, self.lexicon)
        } else {
            chunk
        };
        // *D'un service, d'une base*: the marker may stand before each.
        let small = |token: &&Token| {
            token.name().is_none() && (token.is(Role::Light) || token.is(Role::Preposition))
        };
        let skipped = chunk.iter().take_while(small).count();
        // *Servicio de pedidos* is a name; *a store for orders* is a store.
        let of_noun = self.lexicon.code != self.book.lexicons[1].code
            && chunk.get(skipped).is_some_and(|first| first.is(Role::Kind));
        let goes_on = |token: &Token| {
            token.is(Role::Preposition) && !of_noun
                || token.is(Role::Relative) && !token.is(Role::Light)
                || token.kind == TokenKind::Open
        };
        let words: Vec<&Token> = chunk
            .iter()
            .skip(skipped)
            .take_while(|token| !goes_on(token))
            .collect();
        let (first, last) = (words.first()?, words.last()?);
        let named = words.iter().any(|word| word.name().is_some());
        let of_kind = last.is(Role::Kind);
        let plain = |word: &&&Token| {
            let harmless = |role: &Role| {
                matches!(
                    role,
                    Role::Kind
                        | Role::Group
                        | Role::Generic
                        | Role::Label
                        | Role::Content
                        | Role::Face
                ) || (of_kind || of_noun) && matches!(role, Role::Predicate(_))
                    || of_noun && matches!(role, Role::Preposition | Role::Light)
            };
            word.name().is_some() || word.kind == TokenKind::Word && word.roles.iter().all(harmless)
        };
        let object = words.iter().filter_map(|word| word.name()).any(|name| {
            self.book.is_object(name.entity) || self.book.entities[name.entity].is_group
        });
        let fits = words.len() <= NAME && words.iter().all(|word| plain(&word)) && !object;
        let range = folded.plain(&(first.range.start..last.range.end));
        let whole = !named || words.len() == 1;
        // *Three servers*: how many, and no name.
        let counted = self.lexicon.has_articles && skipped == 0 && words.len() > 1 && !named;
        let name = text.get(range.clone())?;
        let lettered = name.starts_with(char::is_alphabetic)
            // Where words take endings, the form of a list is not the one to call a part by.
            && (!self.lexicon.inflects || name.is_ascii() || named);
        (fits && whole && lettered && !counted).then_some(range)
    }

    fn enter_listed(&mut self, at: usize, range: Range<usize>) {
        let text = &self.blocks[at].text;
        let name = text.text.get(range.clone()).unwrap_or_default().to_owned();
        let span = self.sources.span(self.id, text.source_range(&range));
        if is_doing(&name) {
            return;
        }
        let known = self.book.known(&name).or_else(|| self.book.own(&name));
        let Some(entity) = known.filter(|known| !self.book.is_object(*known)) else {
            return;
        };
        let own = &mut self.book.entities[entity];
        own.introduced = true;
        own.live = true;
        own.place = own.place.min(span.start);
        own.label.get_or_insert_with(|| name.clone());
        own.evidence.push(Evidence::written(span, name.as_str()));
    }
}

/// Where particles mark, what stands before the last word of an entry belongs to the sentence; what a hyphen joins to it, or nothing parts from it, is of the word.
fn last_word<'t>(
    chunk: &'t [Token],
    folded: &Folded,
    text: &str,
    lexicon: &Lexicon,
) -> &'t [Token] {
    let joined = |at: usize| {
        let before = &chunk[at - 1];
        let between = folded.plain(&(before.range.end..chunk[at].range.start));
        let word = folded.words(&before.range);
        let mut particles = lexicon.subject.iter();
        match text.get(between) {
            Some("-") => true,
            // *Cluster Manager*, in capitals.
            Some(" ") => [before, &chunk[at]].into_iter().all(|word| {
                let word = text.get(folded.plain(&word.range)).unwrap_or_default();
                word.starts_with(|first: char| first.is_ascii_uppercase())
            }),
            Some("") => {
                before.is_plain() && !particles.any(|particle| word.ends_with(particle.as_str()))
            }
            _ => false,
        }
    };
    let mut start = chunk.len().saturating_sub(1);
    while start > 0 && joined(start) {
        start -= 1;
    }
    chunk.get(start..).unwrap_or_default()
}

/// The tokens of a sentence that list what something is made of.
fn listed<'t>(sentence: &'t [Token], lexicon: &Lexicon) -> Option<&'t [Token]> {
    if sentence.iter().any(|token| token.is(Role::Negation)) {
        return None;
    }
    let verb = sentence.iter().position(|token| token.is(Role::Consists))?;
    if lexicon.markers == Markers::After {
        return sentence.get(..verb);
    }
    let rest = sentence.get(verb + 1..)?;
    // *… of four components: …*
    let colon = rest
        .iter()
        .position(|token| token.kind == TokenKind::Semicolon);
    let rest = rest.get(colon.map_or(0, |colon| colon + 1)..)?;
    // *由 … 组成*: the verb has a second part behind the list.
    let end = rest.iter().position(|token| token.is(Role::Consists));
    rest.get(..end.unwrap_or(rest.len()))
}
