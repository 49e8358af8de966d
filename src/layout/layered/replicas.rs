//! Which siblings are replicas: those of one likeness, unless the links between them are no pattern. *Service 1* to *Service 9* that call
//! each other this way and that are numbered, and not alike.

use super::nest::id;
use super::tree::{NONE, Tree};
use crate::layout::graph::Graph;
use std::collections::BTreeSet;

/// Between so few members all links are a pattern.
const FEW: usize = 3;
/// Of more members no better arrangement is searched for than the one that numbers suggest.
const MANY: usize = 24;

/// The members of each class of replicas, in source order; `parents` holds the parent of each node.
pub(super) fn classes(graph: &Graph, parents: &[u32], tree: &Tree) -> Vec<Vec<u32>> {
    let mut alike: Vec<(u32, u32, u32)> = graph
        .nodes
        .iter()
        .enumerate()
        .filter_map(|(index, node)| Some((parents[index], node.likeness?, id(index))))
        .collect();
    alike.sort_unstable();
    let mut classes: Vec<Vec<u32>> = alike
        .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
        .filter(|class| class.len() > 1)
        .map(|class| class.iter().map(|entry| entry.2).collect())
        .collect();
    if classes.iter().any(|class| class.len() > FEW) {
        let mut links = links(graph, tree, &classes).into_iter();
        classes.retain(|class| {
            links
                .next()
                .is_none_or(|links| is_pattern(class.len(), &links))
        });
    }
    classes
}

/// Which members of each class are linked to each other, by their positions in it, the earlier one first.
fn links(graph: &Graph, tree: &Tree, classes: &[Vec<u32>]) -> Vec<BTreeSet<(usize, usize)>> {
    let mut position = vec![(NONE, 0); graph.nodes.len()];
    for (class, members) in (0_u32..).zip(classes) {
        for (at, &member) in members.iter().enumerate() {
            position[member as usize] = (class, at);
        }
    }
    let mut links = vec![BTreeSet::new(); classes.len()];
    for edge in &graph.edges {
        let (a, b) = (tree.place[edge.from.index()], tree.place[edge.to.index()]);
        let (Some(from), Some(to)) = (tree.branch(a, b), tree.branch(b, a)) else {
            continue;
        };
        let [from, to] = [from, to].map(|place| position.get(tree.id[place as usize] as usize));
        if let (Some(&(class, one)), Some(&(other, two))) = (from, to)
            && class == other
            && let Some(links) = links.get_mut(class as usize)
        {
            links.insert((one.min(two), one.max(two)));
        }
    }
    links
}

/// Whether links join neighbours, in a chain or a ring, or all with all, or one with the others.
fn is_pattern(count: usize, links: &BTreeSet<(usize, usize)>) -> bool {
    let next = |&(one, two): &(usize, usize)| one + 1 == two || (one, two) == (0, count - 1);
    let hub = links.first().is_none_or(|&(one, two)| {
        let all_at = |hub: usize| links.iter().all(|&(a, b)| a == hub || b == hub);
        all_at(one) || all_at(two)
    });
    count <= FEW
        || count > MANY
        || hub
        || links.iter().all(next)
        || links.len() == count * (count - 1) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_pattern_of_five(links: &[(usize, usize)]) -> bool {
        is_pattern(5, &links.iter().copied().collect())
    }

    #[test]
    fn chains_rings_stars_and_all_with_all_are_patterns() {
        assert!(is_pattern_of_five(&[]));
        assert!(is_pattern_of_five(&[(0, 1), (1, 2), (2, 3), (3, 4)]));
        assert!(is_pattern_of_five(&[
            (0, 1),
            (1, 2),
            (2, 3),
            (3, 4),
            (0, 4)
        ]));
        assert!(is_pattern_of_five(&[(0, 2), (1, 2), (2, 3), (2, 4)]));
        let all: Vec<_> = (0..5)
            .flat_map(|two| (0..two).map(move |one| (one, two)))
            .collect();
        assert!(is_pattern_of_five(&all));
    }

    #[test]
    fn links_this_way_and_that_are_none() {
        assert!(!is_pattern_of_five(&[(0, 1), (0, 2), (1, 3), (2, 4)]));
        assert!(!is_pattern_of_five(&[(0, 2), (1, 3)]));
    }
}
