//! An architecture as text formats write it: parts in pre-order, with the beginning and the end of every group.

use crate::model::{Architecture, Link, PartId};

/// One step through the nesting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A group begins.
    Open(PartId),
    /// A component stands here.
    Leaf(PartId),
    /// The innermost group ends.
    Close,
}

/// Every part once, in source order, with its depth.
pub(super) fn steps(architecture: &Architecture) -> Vec<(usize, Step)> {
    let mut steps = Vec::with_capacity(2 * architecture.part_count());
    let mut stack: Vec<Option<PartId>> = reversed(architecture, None);
    let mut depth = 0_usize;
    while let Some(next) = stack.pop() {
        match next {
            None => {
                depth = depth.saturating_sub(1);
                steps.push((depth, Step::Close));
            }
            Some(id) if architecture.part(id).is_group() => {
                steps.push((depth, Step::Open(id)));
                depth += 1;
                stack.push(None);
                stack.append(&mut reversed(architecture, Some(id)));
            }
            Some(id) => steps.push((depth, Step::Leaf(id))),
        }
    }
    steps
}

fn reversed(architecture: &Architecture, group: Option<PartId>) -> Vec<Option<PartId>> {
    let children = architecture.children(group).iter().rev();
    children.copied().map(Some).collect()
}

/// The first component in each group, by the group's id; `None` where a group holds none, and for components.
pub(super) fn first_components(architecture: &Architecture) -> Vec<Option<PartId>> {
    let mut first = vec![None; architecture.part_count()];
    let mut order = architecture.preorder();
    order.reverse();
    // Children stand before their group in the reversed order, and earlier children after later ones.
    for id in order {
        let part = architecture.part(id);
        let own = if part.is_group() {
            first[id.index()]
        } else {
            Some(id)
        };
        if let (Some(parent), Some(own)) = (part.parent, own) {
            first[parent.index()] = Some(own);
        }
    }
    first
}

/// Names for parts in a format whose names are words of letters and digits: `kube-apiserver` becomes `kube_apiserver`.
pub(super) fn words(architecture: &Architecture, taken: &[&str]) -> Vec<String> {
    let mut used: std::collections::BTreeSet<String> =
        taken.iter().map(|word| (*word).to_owned()).collect();
    let mut names = Vec::with_capacity(architecture.part_count());
    for (_, part) in architecture.parts() {
        let mut name: String = part
            .id
            .chars()
            .map(|letter| {
                if letter.is_ascii_alphanumeric() {
                    letter
                } else {
                    '_'
                }
            })
            .take(60)
            .collect();
        if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
            name.insert_str(0, "n_");
        }
        let wish = name.clone();
        let mut number = 2_u32;
        // Keywords have no case in some of the formats.
        while !used.insert(name.to_ascii_lowercase()) {
            name = format!("{wish}_{number}");
            number += 1;
        }
        names.push(name);
    }
    names
}

/// The words at a link, with its step before them.
pub(super) fn link_words(link: &Link) -> Option<String> {
    match (link.step, &link.label) {
        (Some(step), Some(words)) => Some(format!("{step}. {words}")),
        (Some(step), None) => Some(format!("{step}.")),
        (None, words) => words.clone(),
    }
}
