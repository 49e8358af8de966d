//! Trunks: ways from or to one node that take the same channels run as one line until they part.
//!
//! Three and more that all would bend become a bus with branches, as of hyperedges (Sander 2004): one port, one track. Only what is drawn
//! alike and runs the same way is joined, so that nobody reads a link into it that is not there; a way that can go straight does.

use super::floor::Floors;
use super::ports;
use super::ways::{Home, Leg, Way, Ways};
use crate::layout::graph::Graph;
use std::collections::BTreeMap;

/// A leg that runs alone.
pub(super) const ALONE: u32 = u32::MAX;
/// Fewer ways are as clear side by side.
const FEWEST: usize = 3;

/// Where a way leaves or reaches a node: the node, the side, and the channel beyond it.
type Stem = (u32, Home, Home);

/// A way at one of its ends.
#[derive(Debug, Clone, Copy)]
struct Branch {
    way: u32,
    /// Whether it must bend there: else it could run straight from side to side.
    bends: bool,
    /// How it is drawn, and whether it begins here; nothing where it must have a line of its own.
    look: Option<(u32, bool)>,
    /// Where it goes to, along the side.
    goal: f64,
}

/// Finds the trunks: fills [`Ways::trunk`].
pub(super) fn find(graph: &Graph, floors: &Floors, ways: &mut Ways) {
    let mut stems: BTreeMap<Stem, Vec<Branch>> = BTreeMap::new();
    for (at, way) in (0_u32..).zip(&ways.list) {
        for first in [true, false] {
            if let Some(stem) = stem(floors, ways, way, first) {
                let (other, stub) = if first {
                    (way.ends.1, way.first)
                } else {
                    (way.ends.0, way.last - 1)
                };
                let along = 1 - ways.legs[stub].run;
                stems.entry(stem).or_default().push(Branch {
                    way: at,
                    bends: !can_be_straight(floors, way, ways),
                    look: look(graph, way).map(|style| (style, first)),
                    goal: floors.middle(other, along),
                });
            }
        }
    }
    let mut fans: Vec<Vec<Branch>> = stems.into_values().flat_map(fans).collect();
    // Large ones first: no way is part of two, or everything at one end would seem to talk to everything at the other.
    fans.sort_by_key(|fan| std::cmp::Reverse(fan.len()));
    let mut taken = vec![false; ways.list.len()];
    let mut count = 0;
    for mut fan in fans {
        fan.retain(|branch| !taken[branch.way as usize]);
        let Some((_, first)) = fan.first().and_then(|branch| branch.look) else {
            continue;
        };
        // Some may be in another one by now.
        if fan.iter().filter(|branch| branch.bends).count() < FEWEST {
            continue;
        }
        let fan: Vec<u32> = fan.into_iter().map(|branch| branch.way).collect();
        for &way in &fan {
            taken[way as usize] = true;
        }
        join(ways, fan, first, &mut count);
    }
}

/// The branches of one stem that can be joined: enough that are alike and bend, and what goes straight between them; but none where
/// something between them must stay alone, for it would cross the trunk.
fn fans(mut stem: Vec<Branch>) -> Vec<Vec<Branch>> {
    if stem.len() < FEWEST {
        return Vec::new();
    }
    stem.sort_by(|a, b| a.look.cmp(&b.look).then(a.goal.total_cmp(&b.goal)));
    let fan = |alike: &[Branch]| {
        let bent = || alike.iter().filter(|branch| branch.bends);
        let (first, last) = (bent().next()?, bent().next_back()?);
        let between = |other: &&Branch| (first.goal..=last.goal).contains(&other.goal);
        let alone = |other: &Branch| other.look != first.look && between(&other);
        let joined = first.look.is_some() && bent().count() >= FEWEST && !stem.iter().any(alone);
        joined.then(|| alike.iter().filter(between).copied().collect())
    };
    stem.chunk_by(|a, b| a.look == b.look)
        .filter_map(fan)
        .collect()
}

/// How a way is drawn, if it may share a stretch with others.
fn look(graph: &Graph, way: &Way) -> Option<u32> {
    match way.edges.as_slice() {
        [(edge, _)] if !way.bent => graph.edges[*edge as usize].style,
        _ => None,
    }
}

/// What a way can share with others at one of its ends; nothing where that is a frame.
fn stem(floors: &Floors, ways: &Ways, way: &Way, first: bool) -> Option<Stem> {
    let legs = ways.of(way);
    if way.ends.0 == way.ends.1 || legs.len() < 3 {
        return None;
    }
    let at = |nth: usize| legs[if first { nth } else { legs.len() - 1 - nth }].home;
    let (Home::Stub(node, _), next) = (at(0), at(1)) else {
        return None;
    };
    let own = if first { way.ends.0 } else { way.ends.1 };
    floors.size[own as usize]?;
    (own == node && !matches!(next, Home::Stub(..))).then_some((node, at(0), next))
}

/// Whether a way can run straight from side to side.
fn can_be_straight(floors: &Floors, way: &Way, ways: &Ways) -> bool {
    let legs = ways.of(way);
    let ([first, .., last], 3) = (legs, legs.len()) else {
        return false;
    };
    let range = |leg: &Leg| match leg.home {
        Home::Stub(node, _) => ports::range(floors, node, 1 - leg.run),
        Home::Main(..) | Home::Cross(..) => (leg.at, leg.at),
    };
    let (a, b) = (range(first), range(last));
    first.home != last.home && a.0.max(b.0) <= a.1.min(b.1)
}

/// Joins the legs of a fan as far as they take the same channels, then the legs of each part that goes on together.
fn join(ways: &mut Ways, fan: Vec<u32>, first: bool, count: &mut u32) {
    let mut parts = vec![(0_usize, fan)];
    while let Some((depth, part)) = parts.pop() {
        let mut on: BTreeMap<Home, Vec<u32>> = BTreeMap::new();
        for &at in &part {
            let way = &ways.list[at as usize];
            let leg = if first {
                way.first + depth
            } else {
                way.last - 1 - depth
            };
            ways.trunk[leg] = *count;
            let next = if first { leg + 1 } else { leg.wrapping_sub(1) };
            if (way.first..way.last).contains(&next) {
                on.entry(ways.legs[next].home).or_default().push(at);
            }
        }
        *count += 1;
        parts.extend(
            on.into_values()
                .filter(|on| on.len() > 1)
                .map(|on| (depth + 1, on)),
        );
    }
}
