//! Which notes are translations of one another.

use super::Said;
use crate::model::{Architecture, Note, PartId};
use std::collections::{BTreeMap, BTreeSet};

/// Pairs of translations that are looked at.
const MOST: usize = 2000;

/// How many other notes are read beside a note, to see whether they are built alike.
const NEAREST: usize = 16;

/// Parts that both notes must state.
const PARTS: usize = 3;

/// A note, and what is compared of it again and again.
struct Side<'a> {
    said: &'a Said<'a>,
    /// The pieces of its file name without the language, and whether that was one of them.
    stem: Option<(Vec<String>, bool)>,
    /// Its parts, in the order in which it speaks of them.
    order: Vec<PartId>,
}

/// The pairs of notes that are translations of one another.
///
/// Each note is held against the few before it that are nearest to it, so the time is linear in notes of which not very many share parts.
pub(super) fn translations<'a>(
    architecture: &Architecture,
    said: &'a [Said<'a>],
) -> Vec<(&'a Said<'a>, &'a Said<'a>)> {
    let side = |said| Side {
        said,
        stem: stem(architecture, said.note),
        order: order(said),
    };
    let sides: Vec<Side> = said.iter().map(side).collect();
    let mut notes_of: BTreeMap<PartId, Vec<usize>> = BTreeMap::new();
    let mut shared = vec![0_usize; sides.len()];
    let mut pairs = Vec::new();
    for (at, note) in sides.iter().enumerate() {
        let mut near = Vec::new();
        for part in note.said.parts.keys() {
            let notes = notes_of.entry(*part).or_default();
            for &other in &*notes {
                if shared[other] == 0 {
                    near.push(other);
                }
                shared[other] += 1;
            }
            notes.push(at);
        }
        near.sort_unstable();
        let mut candidates: Vec<(usize, usize)> = Vec::new();
        for other in near {
            let shared = std::mem::take(&mut shared[other]);
            let (one, two) = (sides[other].said, note.said);
            if one.note.language != two.note.language && share_parts(one, two, shared) {
                candidates.push((one.parts.len() + two.parts.len() - 2 * shared, other));
            }
        }
        candidates.sort_unstable();
        let (named, others): (Vec<_>, Vec<_>) = candidates
            .into_iter()
            .partition(|(_, other)| names_say_so(&sides[*other], note));
        let others = others.into_iter().take(NEAREST);
        let others = others.filter(|(_, other)| alike(&sides[*other], note));
        let mut found: Vec<usize> = named.into_iter().chain(others).map(|pair| pair.1).collect();
        found.sort_unstable();
        pairs.extend(
            found
                .into_iter()
                .map(|other| (sides[other].said, note.said)),
        );
    }
    pairs.truncate(MOST);
    pairs
}

/// Whether two notes speak of the same, for the most part.
fn share_parts(one: &Said<'_>, other: &Said<'_>, shared: usize) -> bool {
    let (one, other) = (one.parts.len(), other.parts.len());
    let most = |of: usize| 4 * shared >= 3 * of;
    one.min(other) >= PARTS && most(one.min(other)) && 2 * shared >= one.max(other)
}

/// The name of a note's file without its language: `note.da.md` and `note.md` have one, `en/note.md` and `fr/note.md` too.
fn stem(architecture: &Architecture, note: &Note) -> Option<(Vec<String>, bool)> {
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
}

/// Whether two files have one name but for the language.
fn names_say_so(one: &Side<'_>, other: &Side<'_>) -> bool {
    match (&one.stem, &other.stem) {
        (Some((one, told)), Some((other, also))) => (*told || *also) && one == other,
        _ => false,
    }
}

/// The parts that a note speaks of, in its order.
fn order(said: &Said<'_>) -> Vec<PartId> {
    let mut parts: Vec<_> = said.parts.iter().map(|(id, span)| (*span, *id)).collect();
    parts.sort_unstable();
    parts.into_iter().map(|(_, id)| id).collect()
}

/// Whether two notes are built alike: the parts in one order, the same blocks, and for the most part the same links and rules.
fn alike(one: &Side<'_>, other: &Side<'_>) -> bool {
    let order = |side: &Side<'_>, of: &Side<'_>| -> Vec<PartId> {
        let known = |id: &PartId| of.said.parts.contains_key(id);
        side.order.iter().copied().filter(known).collect()
    };
    let (here, there) = (order(one, other), order(other, one));
    let (one, other) = (one.said, other.said);
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
