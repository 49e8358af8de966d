//! What becomes of each part in a view.

use super::{Fate, View, find};
use crate::model::{Architecture, Diagnostic, PartId};
use std::collections::VecDeque;

/// One fate a part. Groups around what is kept are kept, as its frames.
pub(super) fn fates(
    architecture: &Architecture,
    view: &View,
    complaints: &mut Vec<Diagnostic>,
) -> Vec<Fate> {
    let count = architecture.part_count();
    let mut kept = vec![true; count];
    if !view.only.is_empty() {
        let wanted = view
            .only
            .iter()
            .filter_map(|name| find(architecture, name, complaints));
        intersect(
            &mut kept,
            &with_frames(architecture, within(architecture, wanted)),
        );
    }
    if !view.around.is_empty() {
        let mut near = vec![false; count];
        for (name, hops) in &view.around {
            if let Some(start) = find(architecture, name, complaints) {
                reach(architecture, start, *hops, &mut near);
            }
        }
        intersect(&mut kept, &with_frames(architecture, near));
    }
    let hidden = view
        .hide
        .iter()
        .filter_map(|name| find(architecture, name, complaints));
    let hidden = within(architecture, hidden);
    let mut fates = vec![Fate::Left; count];
    for id in architecture.preorder() {
        let at = id.index();
        let parent = architecture.part(id).parent;
        fates[at] = match parent.map(|parent| (parent, fates[parent.index()])) {
            _ if !kept[at] || hidden[at] => Fate::Left,
            Some((parent, Fate::Collapsed)) => Fate::Within(parent),
            Some((_, Fate::Within(group))) => Fate::Within(group),
            _ if collapses(architecture, id, view.depth) => Fate::Collapsed,
            _ => Fate::Kept,
        };
    }
    fates
}

/// Whether the group is too deep to be opened.
fn collapses(architecture: &Architecture, id: PartId, depth: Option<u32>) -> bool {
    let deep =
        |depth: u32| architecture.ancestors(id).take(depth as usize).count() >= depth as usize;
    architecture.part(id).is_group()
        && !architecture.children(Some(id)).is_empty()
        && depth.is_some_and(deep)
}

fn intersect(kept: &mut [bool], others: &[bool]) {
    kept.iter_mut()
        .zip(others)
        .for_each(|(kept, other)| *kept &= other);
}

/// The parts and all that they hold.
pub(super) fn within(
    architecture: &Architecture,
    parts: impl Iterator<Item = PartId>,
) -> Vec<bool> {
    let mut inside = vec![false; architecture.part_count()];
    parts.for_each(|part| inside[part.index()] = true);
    for id in architecture.preorder() {
        let parent = architecture.part(id).parent;
        inside[id.index()] |= parent.is_some_and(|parent| inside[parent.index()]);
    }
    inside
}

/// The parts and the groups around them.
pub(super) fn with_frames(architecture: &Architecture, mut parts: Vec<bool>) -> Vec<bool> {
    for id in architecture.preorder().into_iter().rev() {
        if let (true, Some(parent)) = (parts[id.index()], architecture.part(id).parent) {
            parts[parent.index()] = true;
        }
    }
    parts
}

/// Marks what is at most `hops` links from `start`, whichever way they point. A group is where any part of it is.
fn reach(architecture: &Architecture, start: PartId, hops: u32, near: &mut [bool]) {
    let mut distance = vec![u32::MAX; architecture.part_count()];
    let mut queue = VecDeque::new();
    let inside = within(architecture, std::iter::once(start));
    for (id, _) in architecture.parts().filter(|(id, _)| inside[id.index()]) {
        distance[id.index()] = 0;
        queue.push_back(id);
    }
    while let Some(id) = queue.pop_front() {
        near[id.index()] = true;
        let next = distance[id.index()].saturating_add(1);
        if next > hops {
            continue;
        }
        for other in architecture.graph().neighbors_undirected(id) {
            if distance[other.index()] == u32::MAX {
                distance[other.index()] = next;
                queue.push_back(other);
            }
        }
    }
}
