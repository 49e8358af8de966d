//! Sentences that say what a group is made of: *a cluster consists of a control plane and worker nodes*.

use super::Note;
use crate::model::Evidence;
use crate::read::prose::{Kind, Role, Token};

impl Note<'_> {
    /// Notes what a sentence says about what a group holds. `about` is the part that the sentence stands under.
    pub(super) fn compose(
        &mut self,
        own: &[Token],
        about: Option<usize>,
        evidence: &dyn Fn(&Token) -> Evidence,
    ) {
        let Some(verb) = own.iter().position(|token| token.is(Role::Consists)) else {
            return;
        };
        if own
            .iter()
            .any(|token| token.is(Role::Negation) || token.kind == Kind::Question)
        {
            return;
        }
        let is_group = |entity: usize| self.book.entities[entity].is_group;
        let before = own.get(..verb).unwrap_or_default();
        let named = before.iter().rev().find_map(Token::name);
        let whole = match named {
            Some(mention) => Some(mention.entity),
            None => about.filter(|_| {
                before
                    .iter()
                    .all(|token| token.is(Role::Light) || token.is(Role::Pronoun))
            }),
        };
        let Some(whole) = whole.filter(|whole| is_group(*whole)) else {
            return;
        };
        let mut members = Vec::new();
        for (at, token) in own.iter().enumerate().skip(verb + 1) {
            if let Some(mention) = token.name()
                && mention.entity != whole
                && !mention.genitive
                && starts_conjunct(own, verb, at)
                && !self.book.is_object(mention.entity)
            {
                members.push(mention.entity);
            }
        }
        if members.is_empty() {
            return;
        }
        if let Some(token) = before.iter().rev().find(|token| token.name().is_some()) {
            let found = evidence(token);
            let place = found.span().map_or(usize::MAX, |span| span.start);
            let entity = &mut self.book.entities[whole];
            entity.label.get_or_insert_with(|| found.words.to_string());
            entity.place = entity.place.min(place);
            entity.evidence.insert(0, found);
        }
        self.members
            .extend(members.into_iter().map(|member| (member, whole)));
    }

    /// Puts parts into the groups that the prose says hold them.
    pub(super) fn place_members(&mut self) {
        // What holds groups comes last, so that a group is alive before its own group asks.
        let mut members = std::mem::take(&mut self.members);
        members.sort_by_key(|(member, _)| self.book.entities[*member].is_group);
        for (member, whole) in members {
            let part = &self.book.entities[member];
            if !part.live || part.parent.is_some() || self.within(whole, member) {
                continue;
            }
            self.book.entities[member].parent = Some(whole);
            let group = &mut self.book.entities[whole];
            group.live = true;
            group.introduced = true;
        }
    }
}

/// Whether the name at `at` is one of the things listed after the verb: right behind it, or behind a comma or *and*.
fn starts_conjunct(own: &[Token], verb: usize, at: usize) -> bool {
    let mut unknown = 0;
    for place in (verb..at).rev() {
        let token = &own[place];
        if place == verb || token.kind == Kind::Comma || token.kind == Kind::Semicolon {
            return true;
        }
        if token.is(Role::And) {
            return true;
        }
        if token.kind != Kind::Word
            || token.is(Role::Preposition)
            || token.is(Role::Relative) && !token.is(Role::Light)
        {
            return false;
        }
        if token.is_plain() {
            unknown += 1;
            if unknown > 2 {
                return false;
            }
        } else if !token.is(Role::Light) && !token.is(Role::Generic) && !token.is(Role::Group) {
            return false;
        }
    }
    false
}
