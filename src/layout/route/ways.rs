//! Topology: which channels each edge passes, and on which side of which box it begins and ends.
//!
//! A way is a chain of legs, by turns along one axis and the other. Edges between the same two nodes share one way: they are drawn as
//! one line with a label for each.

use super::find::Finder;
use super::floor::{Floors, NONE};
use super::trunks::ALONE;
use crate::geom::Size;
use crate::layout::graph::Graph;
use std::collections::BTreeMap;

/// A side of a rectangle: the axis that one leaves along, and whether towards higher coordinates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Side {
    pub axis: usize,
    pub far: bool,
}

/// Where a leg's coordinate is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Home {
    /// On a side of a node.
    Stub(u32, Side),
    /// In the channel of a group before its row of that number.
    Main(u32, u32),
    /// In a row of a group, before the child of that position.
    Cross(u32, u32, u32),
}

/// A straight piece of a way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Leg {
    /// The axis it runs along; its coordinate is on the other.
    pub run: usize,
    pub home: Home,
    /// Its coordinate on the axis that it does not run along.
    pub at: f64,
}

/// A way from one node to another.
#[derive(Debug, Clone)]
pub(super) struct Way {
    /// Its ends.
    pub ends: (u32, u32),
    /// Its legs: a range of [`Ways::legs`].
    pub first: usize,
    pub last: usize,
    /// The leg within the lowest group that holds both ends, where its label stands.
    pub top: usize,
    /// The edges that are drawn along it, and whether each runs the other way.
    pub edges: Vec<(u32, bool)>,
    /// Whether it must not go straight from a port that it shares a side with: labels beside it need the room.
    pub bent: bool,
    /// Whether its neighbours at a side stand back from its port: its label found no seat between them.
    pub airy: bool,
    /// Whether it ends from within at the near side of a frame, not at the far one.
    pub near: bool,
    /// Room for all their labels, one above the other.
    pub label: Option<Size>,
}

impl Way {
    /// Where a leg meets the node that the way ends at: the side it is on, or from within, the side of its frame.
    pub(super) fn border(&self, floors: &Floors, leg: &Leg, node: u32) -> f64 {
        let near = match leg.home {
            Home::Stub(own, side) if own == node => !side.far,
            _ => self.near,
        };
        let side = if near { &floors.lo } else { &floors.hi };
        side[leg.run][node as usize]
    }
}

/// All ways.
#[derive(Debug, Clone)]
pub(super) struct Ways {
    pub list: Vec<Way>,
    pub legs: Vec<Leg>,
    /// The way of each leg.
    pub owner: Vec<u32>,
    /// The trunk that each leg is a part of, or [`ALONE`](super::trunks::ALONE).
    pub trunk: Vec<u32>,
    /// Legs that cross the top of a group, where its title stands.
    pub tops: Vec<(u32, usize)>,
}

impl Ways {
    pub(super) fn new(graph: &Graph, floors: &Floors) -> Self {
        let mut ways = Self {
            list: Vec::new(),
            legs: Vec::new(),
            owner: Vec::new(),
            trunk: Vec::new(),
            tops: Vec::new(),
        };
        let mut pairs: BTreeMap<(u32, u32), usize> = BTreeMap::new();
        for (at, edge) in (0_u32..).zip(&graph.edges) {
            let (from, to) = (edge.from.0, edge.to.0);
            let key = (from.min(to), from.max(to));
            let next = ways.list.len();
            // Where both ends are frames, nothing would show that two lines upon each other belong together.
            let boxes = [from, to]
                .iter()
                .any(|end| floors.size[*end as usize].is_some());
            let way = if boxes {
                *pairs.entry(key).or_insert(next)
            } else {
                next
            };
            if way == next {
                ways.list.push(Way {
                    ends: (from, to),
                    first: 0,
                    last: 0,
                    top: 0,
                    edges: Vec::new(),
                    label: None,
                    bent: false,
                    airy: false,
                    near: false,
                });
            }
            let way = &mut ways.list[way];
            way.edges.push((at, way.ends != (from, to)));
            if let Some(label) = edge.label {
                let own = way.label.unwrap_or(Size::ZERO);
                way.label = Some(Size::new(
                    own.width.max(label.width),
                    own.height + label.height,
                ));
            }
        }
        // Ways from a box to a frame around it are free to take the side that the others leave.
        let inner: Vec<bool> = ways
            .list
            .iter()
            .map(|way| floors.holds(way.ends.0, way.ends.1) || floors.holds(way.ends.1, way.ends.0))
            .collect();
        for late in [false, true] {
            let taken = if late { ways.taken() } else { Vec::new() };
            for at in (0..ways.list.len()).filter(|at| inner[*at] == late) {
                ways.find(graph, floors, at, &taken);
            }
        }
        ways.trunk = vec![ALONE; ways.legs.len()];
        ways
    }

    /// Whether two legs are one line.
    pub(super) fn together(&self, a: usize, b: usize) -> bool {
        self.trunk[a] != ALONE && self.trunk[a] == self.trunk[b]
    }

    /// The legs of a way.
    pub(super) fn of(&self, way: &Way) -> &[Leg] {
        &self.legs[way.first..way.last]
    }

    /// Finds the legs of one way. `taken` are the sides that stubs are on already, in order.
    fn find(&mut self, graph: &Graph, floors: &Floors, at: usize, taken: &[(u32, Side)]) {
        let mut finder = Finder {
            floors,
            graph,
            taken,
            near: false,
            legs: Vec::new(),
            tops: Vec::new(),
        };
        let (from, to) = self.list[at].ends;
        let (legs, top) = finder.find(from, to);
        let first = self.legs.len();
        self.tops
            .extend(finder.tops.iter().map(|(group, leg)| (*group, first + leg)));
        let owner = u32::try_from(at).unwrap_or(NONE);
        self.owner.extend(legs.iter().map(|_| owner));
        self.legs.extend(legs);
        let way = &mut self.list[at];
        (way.first, way.last) = (first, self.legs.len());
        (way.top, way.near) = (first + top, finder.near);
    }

    /// The sides that stubs are on, in order.
    fn taken(&self) -> Vec<(u32, Side)> {
        let stub = |leg: &Leg| match leg.home {
            Home::Stub(node, side) => Some((node, side)),
            Home::Main(..) | Home::Cross(..) => None,
        };
        let mut taken: Vec<(u32, Side)> = self.legs.iter().filter_map(stub).collect();
        taken.sort_unstable();
        taken
    }
}
