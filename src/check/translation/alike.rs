//! Which notes are translations of one another.

use super::Said;
use crate::model::{Architecture, Note, PartId};
use std::collections::{BTreeMap, BTreeSet};

/// Pairs of translations that are looked at.
const MOST: usize = 2000;

/// Parts that both notes must state.
const PARTS: usize = 3;

/// The pairs of notes that are translations of one another.
pub(super) fn translations<'a>(
    architecture: &Architecture,
    said: &'a [Said<'a>],
) -> Vec<(&'a Said<'a>, &'a Said<'a>)> {
    let mut notes_of: BTreeMap<PartId, Vec<usize>> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (at, note) in said.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for part in note.parts.keys() {
            let notes = notes_of.entry(*part).or_default();
            for other in &*notes {
                *shared.entry(*other).or_default() += 1;
            }
            notes.push(at);
        }
        for (other, shared) in shared {
            let Some(other) = said.get(other) else {
                continue;
            };
            if pairs.len() < MOST
                && note.note.language != other.note.language
                && share_parts(other, note, shared)
                && (names_say_so(architecture, other.note, note.note) || alike(other, note))
            {
                pairs.push((other, note));
            }
        }
    }
    pairs
}

/// Whether two notes speak of the same, for the most part.
fn share_parts(one: &Said<'_>, other: &Said<'_>, shared: usize) -> bool {
    let (one, other) = (one.parts.len(), other.parts.len());
    let most = |of: usize| 4 * shared >= 3 * of;
    one.min(other) >= PARTS && most(one.min(other)) && 2 * shared >= one.max(other)
}

/// Whether two files have one name but for the language: `note.da.md` and `note.md`, `en/note.md` and `fr/note.md`.
fn names_say_so(architecture: &Architecture, one: &Note, other: &Note) -> bool {
    let stem = |note: &Note| -> Option<(Vec<String>, bool)> {
        let file = architecture.files.get(note.source.index())?;
        let whole = file.to_lowercase();
        let pieces = whole.split(['/', '\\', '.', '-', '_']);
        let stem: Vec<String> = pieces
            .clone()
            .filter(|piece| *piece != &*note.language)
            .map(str::to_owned)
            .collect();
        let told = stem.len() < pieces.count();
        Some((stem, told))
    };
    match (stem(one), stem(other)) {
        (Some((one, told)), Some((other, also))) => one == other && (told || also),
        _ => false,
    }
}

/// Whether two notes are built alike: the parts in one order, the same blocks, and for the most part the same links and rules.
fn alike(one: &Said<'_>, other: &Said<'_>) -> bool {
    let order = |said: &Said<'_>, of: &Said<'_>| -> Vec<PartId> {
        let parts = said
            .parts
            .iter()
            .filter(|(id, _)| of.parts.contains_key(id));
        let mut parts: Vec<_> = parts.map(|(id, span)| (*span, *id)).collect();
        parts.sort_unstable();
        parts.into_iter().map(|(_, id)| id).collect()
    };
    let (here, there) = (order(one, other), order(other, one));
    most(&here, &there) && agree(one, other) && most(&one.note.shape, &other.note.shape)
}

/// Whether three quarters of the longer of two sequences stand in both, in one order.
fn most<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    let longer = one.len().max(other.len());
    if 4 * one.len().min(other.len()) < 3 * longer {
        return false;
    }
    // The longest common subsequence, a row at a time.
    let mut row = vec![0_usize; other.len() + 1];
    for item in one {
        let mut diagonal = 0;
        let mut left = 0;
        for (cell, against) in row.iter_mut().skip(1).zip(other) {
            let above = *cell;
            *cell = if item == against {
                diagonal + 1
            } else {
                above.max(left)
            };
            diagonal = above;
            left = *cell;
        }
    }
    4 * row.last().copied().unwrap_or_default() >= 3 * longer
}

/// Whether two notes agree in at least half of what they state of the parts that both speak of, or differ in a single thing.
fn agree(one: &Said<'_>, other: &Said<'_>) -> bool {
    let shared = |part: &PartId| one.parts.contains_key(part) && other.parts.contains_key(part);
    let claims = |said: &Said<'_>| {
        let links = said.links.iter();
        let links = links.map(|(from, to, _, _)| ("", Some(*from.min(to)), Some(*from.max(to))));
        let rules = said.rules.iter();
        let rules = rules.map(|(rule, _)| (rule.kind.name(), rule.subject, rule.object));
        links
            .chain(rules)
            .filter(|(_, from, to)| from.iter().chain(to).all(shared))
            .collect::<BTreeSet<_>>()
    };
    let (here, there) = (claims(one), claims(other));
    let both = here.intersection(&there).count();
    let all = here.len() + there.len() - both;
    2 * both >= all || all - both <= 1
}
