//! Edges, lifted: one between any two nodes is a *tie* of two children of their lowest common ancestor, and a *pin* of one child
//! in each group between its ends and that ancestor, a pull to the outside.
//!
//! Ties of stamped replicas are kept with their model, so that a model is laid out for all of its copies at once.

use super::nest::{Nest, id};
use super::tree::NONE;
use crate::layout::graph::Graph;

/// How many groups outwards an edge may pull: keeps the work linear in deep nestings, where such a pull says little.
const REACH: usize = 12;

/// An edge as one group sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tie {
    /// The child (its place, perhaps in a replica of the group) that is or holds `from`.
    pub(super) a: u32,
    /// The child that is or holds `to`; [`NONE`] for a pin.
    pub(super) b: u32,
    /// The place of the end within child `a`.
    pub(super) from: u32,
    /// The place of the other end.
    pub(super) to: u32,
    /// The edge.
    pub(super) edge: u32,
    /// Whether the edge's own direction is the other way round (pins only: they start at the inner end).
    pub(super) back: bool,
}

/// All ties and pins, by the group (a model) that sees them.
#[derive(Debug, Clone, Default)]
pub(super) struct Ties {
    start: Vec<u32>,
    list: Vec<Tie>,
}

impl Ties {
    /// Lifts every edge that may shape the layout.
    pub(super) fn new(graph: &Graph, nest: &Nest) -> Self {
        let mut seen: Vec<(u32, Tie)> = Vec::with_capacity(graph.edges.len() * 3);
        for (index, edge) in graph.edges.iter().enumerate() {
            let from = nest.place[edge.from.index()];
            let to = nest.place[edge.to.index()];
            if edge.weight == 0 {
                continue;
            }
            let tree = &nest.tree;
            let (Some(a), Some(b)) = (tree.branch(from, to), tree.branch(to, from)) else {
                continue;
            };
            let tie = Tie {
                a,
                b,
                from,
                to,
                edge: id(index),
                back: false,
            };
            let group = tree.parent[a as usize];
            seen.push((nest.model[group as usize], tie));
            let mirrored = Tie {
                from: to,
                to: from,
                back: true,
                ..tie
            };
            pin(nest, a, tie, &mut seen);
            pin(nest, b, mirrored, &mut seen);
        }
        let mut start = vec![0_u32; nest.tree.len() + 1];
        for &(group, _) in &seen {
            start[group as usize + 1] += 1;
        }
        for index in 1..start.len() {
            start[index] += start[index - 1];
        }
        seen.sort_by_key(|&(group, tie)| (group, tie.b == NONE, tie.edge));
        Self {
            start,
            list: seen.into_iter().map(|(_, tie)| tie).collect(),
        }
    }

    /// The ties and pins of one group, ties first.
    pub(super) fn of(&self, group: u32) -> &[Tie] {
        let group = group as usize;
        &self.list[self.start[group] as usize..self.start[group + 1] as usize]
    }
}

/// The pins of an edge in the groups from its inner end up to `top`.
fn pin(nest: &Nest, top: u32, tie: Tie, seen: &mut Vec<(u32, Tie)>) {
    let mut child = tie.from;
    for _ in 0..REACH {
        if child == top {
            return;
        }
        let group = nest.tree.parent[child as usize];
        let seen_here = Tie {
            a: child,
            b: NONE,
            ..tie
        };
        seen.push((nest.model[group as usize], seen_here));
        child = group;
    }
}
