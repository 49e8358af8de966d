//! What the prose taught about the terms that nobody knew: those that it links are components, and so are their neighbours in a list; then the groups that hold them.

use super::emphasis::is_identifier;
use super::structure::Kind;
use super::term::How;
use super::{Meaning, Note};
use crate::read::prose::{Folded, Token, tokens};
use std::collections::{BTreeMap, BTreeSet};

impl Note<'_> {
    /// Introduces what the prose links where a block is about it.
    pub(super) fn settle(&mut self) {
        let linked: BTreeSet<usize> = self
            .links
            .iter()
            .flat_map(|(link, ..)| [link.from, link.to])
            .collect();
        if linked.is_empty() {
            return;
        }
        for at in 1..self.blocks.len() {
            if self.meanings[at] == Meaning::None
                && let Some(entity) = self.begins_with_own(at).filter(|own| linked.contains(own))
            {
                self.meanings[at] = Meaning::Part(entity);
            }
            if let Some(entity) = self.unsettled(at).filter(|own| linked.contains(own)) {
                self.introduce_at(at, entity);
            }
        }
        for at in self.neighbours(&linked) {
            if let Some(entity) = self.unsettled(at) {
                self.introduce_at(at, entity);
            }
        }
        self.wholes_hold(&linked);
        self.group();
    }

    /// The entity of the note's own that a paragraph's sentence begins with.
    fn begins_with_own(&self, at: usize) -> Option<usize> {
        let term = self.terms[at].as_ref()?;
        if self.blocks[at].kind != Kind::Paragraph || !term.is_of_sentence() {
            return None;
        }
        let name = self.blocks[at].text.text.get(term.range.clone())?;
        self.book.own_named(name)
    }

    /// The entity that the block at `at` is about, where it is no part of the picture yet.
    fn unsettled(&self, at: usize) -> Option<usize> {
        let Meaning::Part(entity) = self.meanings[at] else {
            return None;
        };
        let own = &self.book.entities[entity];
        let open = !own.introduced && !own.is_group && !self.book.is_object(entity);
        (open && !self.leads[at]).then_some(entity)
    }

    /// The entries of lists of which the prose links at least half; or a quarter, where they speak of each other.
    fn neighbours(&self, linked: &BTreeSet<usize>) -> Vec<usize> {
        let mut lists: BTreeMap<(usize, usize, bool), (Vec<usize>, usize)> = BTreeMap::new();
        for at in 1..self.blocks.len() {
            let (block, Some(term)) = (&self.blocks[at], &self.terms[at]) else {
                continue;
            };
            let Meaning::Part(entity) = self.meanings[at] else {
                continue;
            };
            let section = matches!(block.kind, Kind::Section(_));
            // *- **Consumer** reads …* is an entry; a paragraph that begins so is a sentence.
            let sentence = term.is_of_sentence() && !matches!(block.kind, Kind::Item(_));
            // *1. Scheduler*, and what it does set in below.
            let holds = self
                .blocks
                .get(at + 1)
                .is_some_and(|next| next.parent == at);
            let set_off = term.how != How::Bare || holds && matches!(block.kind, Kind::Item(_));
            let entry = section || set_off && term.how != How::Heading && !sentence;
            if entry && !self.leads[at] && !self.book.entities[entity].is_group {
                let list = lists
                    .entry((block.parent, block.list, section))
                    .or_default();
                list.0.push(at);
                list.1 += usize::from(linked.contains(&entity));
            }
        }
        let all = lists.into_iter().filter(|((_, _, section), (all, hit))| {
            let few = hit * 4 >= all.len() && !section && self.speak_of_each_other(all);
            *hit >= 2 && (hit * 2 >= all.len() || few)
        });
        all.flat_map(|((_, _, section), (blocks, _))| {
            blocks
                .into_iter()
                .filter(move |at| !section || self.is_named_as_part(*at))
        })
        .collect()
    }

    /// Whether at least half of the entries of a list speak of another one: so the parts of a system are described.
    fn speak_of_each_other(&self, entries: &[usize]) -> bool {
        let about = |at: &usize| match self.meanings[*at] {
            Meaning::Part(entity) => Some(entity),
            _ => None,
        };
        let all: BTreeSet<usize> = entries.iter().filter_map(about).collect();
        let speaks = |at: &&usize| {
            let text = &self.blocks[**at].text.text;
            let tokens = tokens(&Folded::new(text), text, self.lexicon, &self.book);
            let mut named = tokens.iter().filter_map(Token::name);
            named.any(|name| Some(name.entity) != about(at) && all.contains(&name.entity))
        };
        2 * entries.iter().filter(speaks).count() >= entries.len()
    }

    /// Whether a heading is written as names of parts are.
    fn is_named_as_part(&self, at: usize) -> bool {
        if let Meaning::Part(entity) = self.meanings[at]
            && self.spoken.contains(&entity)
        {
            return true;
        }
        let term = self.terms[at].as_ref();
        let name = term.and_then(|term| self.blocks[at].text.text.get(term.range.clone()));
        name.is_some_and(|name| {
            is_identifier(name) || name.split_whitespace().count() <= 3 && self.says_kind(name)
        })
    }

    /// A system whose heading holds parts of the note's own, and that the prose never links, is their group.
    fn wholes_hold(&mut self, linked: &BTreeSet<usize>) {
        let title = self.title_block();
        let mut held = vec![0_usize; self.blocks.len()];
        for at in 1..self.blocks.len() {
            if let Meaning::Part(entity) = self.meanings[at]
                && self.book.entities[entity].introduced
                && !self.is_known(entity)
            {
                let parent = self.blocks[at].parent;
                held[parent] += 1;
                if self.leads[parent] {
                    held[self.blocks[parent].parent] += 1;
                }
            }
        }
        for (at, parts) in held.iter().enumerate().skip(1) {
            let Meaning::Part(entity) = self.meanings[at] else {
                continue;
            };
            let open = self
                .book
                .knowledge
                .parts
                .get(entity)
                .is_some_and(|part| !part.joins && !part.is_group);
            let heading = matches!(self.blocks[at].kind, Kind::Section(_));
            if *parts < 2 || !open || !heading || linked.contains(&entity) || title == Some(at) {
                continue;
            }
            let Some(term) = &self.terms[at] else {
                continue;
            };
            let name = self.blocks[at].text.text.get(term.range.clone());
            let Some(group) = name
                .map(str::to_owned)
                .and_then(|name| self.book.own(&name))
            else {
                continue;
            };
            self.meanings[at] = Meaning::Part(group);
            let known = &mut self.book.entities[entity];
            known.live = false;
            known.introduced = false;
            known.evidence.clear();
        }
    }

    /// Known parts that the prose under a group's heading speaks of are in that group where the field agrees.
    pub(super) fn place_heard(&mut self) {
        let title = self.title_block();
        let mut homes: BTreeMap<usize, (usize, BTreeSet<usize>)> = BTreeMap::new();
        for (entity, block) in std::mem::take(&mut self.heard) {
            let part = &self.book.entities[entity];
            if !part.live || part.is_group || part.parent.is_some() {
                continue;
            }
            let Some((holder, group)) = self.heading_group(block) else {
                continue;
            };
            let parts = &self.book.knowledge.parts;
            let home = parts.get(entity).and_then(|part| part.group.as_ref());
            if home.is_some()
                && home == parts.get(group).map(|group| &group.id)
                && Some(holder) != title
            {
                homes
                    .entry(group)
                    .or_insert((holder, BTreeSet::new()))
                    .1
                    .insert(entity);
            }
        }
        for (group, (holder, parts)) in homes {
            if !self.book.entities[group].live {
                if parts.len() < 2 {
                    continue;
                }
                self.make_group(holder, group);
            }
            for part in parts {
                self.book.entities[part].parent = Some(group);
            }
        }
    }

    /// The group whose heading a block stands under, and the block of that heading.
    fn heading_group(&self, block: usize) -> Option<(usize, usize)> {
        let mut at = block;
        while at != 0 {
            if let Meaning::Part(entity) = self.meanings[at]
                && self.book.entities[entity].is_group
                && self.can_head(at)
            {
                return Some((at, entity));
            }
            at = self.blocks[at].parent;
        }
        None
    }
}
