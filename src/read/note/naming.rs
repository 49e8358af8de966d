//! Further names of what a note introduces: the singular of a plural, and the known part behind `PostgreSQL database`.

use super::{Meaning, Note};
use crate::model::phrases::fold;
use crate::read::prose::Role;
use std::collections::{BTreeMap, BTreeSet};

impl Note<'_> {
    /// Gives what the note introduces its further names.
    pub(super) fn name_again(&mut self) {
        self.sorts();
        self.singulars();
    }

    /// A `PostgreSQL database` is `PostgreSQL`, where nothing else in the note is called after it.
    fn sorts(&mut self) {
        let mut found: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        let mut meant: BTreeSet<usize> = BTreeSet::new();
        for at in 1..self.blocks.len() {
            let Meaning::Part(entity) = self.meanings[at] else {
                continue;
            };
            meant.insert(entity);
            if let Some(known) = self.sort_of(entity) {
                found.entry(known).or_default().insert(entity);
            }
        }
        for (known, own) in found {
            let mut own = own.into_iter();
            let (Some(entity), None) = (own.next(), own.next()) else {
                continue;
            };
            if meant.contains(&known) {
                continue;
            }
            if let Some(label) = self.book.entities[entity].label.clone() {
                self.book.rename(&label, known);
            }
            for meaning in &mut self.meanings {
                if *meaning == Meaning::Part(entity) {
                    *meaning = Meaning::Part(known);
                }
            }
        }
    }

    /// The known part whose name is that of an entity of the note's own but for a noun for its role.
    pub(super) fn sort_of(&self, entity: usize) -> Option<usize> {
        if self.is_known(entity) {
            return None;
        }
        let name = fold(self.book.entities[entity].label.as_deref()?);
        let nouns = self.book.lexicons.iter().flat_map(|lexicon| &lexicon.sorts);
        let mut fits = nouns.flat_map(|(role, nouns)| nouns.iter().map(move |noun| (role, noun)));
        fits.find_map(|(role, noun)| {
            let known = self.book.known(without(&name, noun)?)?;
            let part = self.book.knowledge.parts.get(known)?;
            let same = part.role.as_deref() == Some(role.as_str());
            (same && !part.is_group && !part.joins).then_some(known)
        })
    }

    /// *Producers*: each of them is a *producer*.
    fn singulars(&mut self) {
        let first = self.book.knowledge.parts.len();
        for entity in first..self.book.entities.len() {
            let Some(name) = self.book.entities[entity].label.as_deref().map(fold) else {
                continue;
            };
            let (before, last) = match name.rsplit_once(' ') {
                Some((before, last)) => (Some(before), last),
                None => (None, &*name),
            };
            let singular = self.book.lexicons.iter().find_map(|lexicon| {
                let endings = lexicon.suffixes.iter();
                let mut stems = endings.filter_map(|ending| last.strip_suffix(ending.as_str()));
                stems.find(|stem| {
                    let mut uses = lexicon.phrases.exact(stem);
                    uses.any(|entry| entry.role == Role::Kind)
                })
            });
            if let Some(singular) = singular {
                let name = match before {
                    Some(before) => format!("{before} {singular}"),
                    None => singular.to_owned(),
                };
                self.book.name(&name, entity);
            }
        }
    }
}

/// A folded name without the noun at its end, or at its start: `PostgreSQL database`, `base de données PostgreSQL`, `PostgreSQL数据库`.
fn without<'n>(name: &'n str, noun: &str) -> Option<&'n str> {
    let spaced = noun.is_ascii() || name.contains(' ');
    let cut = |rest: &'n str, bare: &'n str| (bare.len() < rest.len() || !spaced).then_some(bare);
    let behind = || {
        let rest = name.strip_suffix(noun)?;
        cut(rest, rest.trim_end())
    };
    let before = || {
        let rest = name.strip_prefix(noun)?;
        cut(rest, rest.trim_start())
    };
    behind().or_else(before).filter(|bare| !bare.is_empty())
}
