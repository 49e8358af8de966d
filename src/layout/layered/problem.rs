//! One group as its own small problem: sizes of its children, wires between them, pulls to the outside.
//!
//! A problem can be *turned*: x and y change places. Every later phase sets rows one below the other; columns side by side are
//! the rows of the turned problem.

use super::bodies::Bodies;
use super::lift::Tie;
use super::pull::Pulls;
use super::tree::NONE;
use crate::geom::{Size, Vec2};

/// One end of a wire: a box within a child, or a point outside the group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct End {
    /// The child; [`NONE`] outside the group.
    pub(super) child: u32,
    /// The place of the node that the edge ends at: wires with a place in common may touch.
    pub(super) place: u32,
    /// The centre of that node, from the child's corner; for an end outside, from the centre of this group.
    pub(super) at: Vec2,
    /// Half of that node's size.
    pub(super) half: Vec2,
    /// What stands between the node and each side of the child that holds it.
    pub(super) exit: Exit,
}

/// What a straight way out of a group costs by each of its sides: the boxes within the group that stand in the way.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Exit {
    /// To the left and to the right.
    pub(super) x: [f64; 2],
    /// Upwards and downwards.
    pub(super) y: [f64; 2],
}

impl Exit {
    fn turned(self) -> Self {
        Self {
            x: self.y,
            y: self.x,
        }
    }
}

/// An edge within the group, or from a child of it to the outside: then `b` is outside, or in a replica of the group, where it
/// moves with the group's own arrangement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Wire {
    /// The end where the edge starts (for an end outside: the inner end).
    pub(super) a: End,
    /// The other end.
    pub(super) b: End,
    /// How much it pulls.
    pub(super) weight: f64,
    /// The room for its label.
    pub(super) label: Size,
    /// Which blocks of the [`Problem::walls`] stand around the group that a pin leaves.
    pub(super) walls: (u32, u32),
    /// Which of the group's replicas it belongs to: wires of different ones never meet.
    pub(super) copy: u32,
    /// Whether it leaves the group.
    pub(super) pin: bool,
}

impl Wire {
    /// Whether the wire leaves the group.
    pub(super) fn is_pin(&self) -> bool {
        self.pin
    }

    /// Whether it leaves the group for a replica of it.
    pub(super) fn is_twin(&self) -> bool {
        self.pin && self.b.child != NONE
    }
}

/// The way that wires should run, as rows are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// Nobody said: forwards where it costs nothing.
    Free,
    /// The author said: forwards.
    Forward,
    /// The author said: backwards (up, or left).
    Backward,
}

/// What a group's arrangement is chosen by.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    /// Outer size of each child.
    pub(super) size: Vec<Size>,
    /// Whether a child is a group.
    pub(super) group: Vec<bool>,
    /// Edges, pins last.
    pub(super) wires: Vec<Wire>,
    /// How many of them are no pins.
    pub(super) inner: usize,
    /// Siblings of the group (of each of its replicas), from its centre: a pin that runs into one must go around it.
    pub(super) walls: Bodies,
    /// The same wires, as each child feels them.
    pub(super) pulls: Pulls,
    /// The weight of all wires.
    pub(super) pull: f64,
    /// How many replicas of the group the wires are of.
    pub(super) copies: f64,
    /// How much size counts.
    pub(super) heft: f64,
    /// How much crossings count.
    pub(super) knot: f64,
    /// How much it matters that the shape is the wanted one.
    pub(super) strict: f64,
    /// Wanted width / height.
    pub(super) shape: f64,
    /// Up to this side of the frame of the wanted shape, size and shape do not matter.
    pub(super) easy: f64,
    /// Which way the wires run.
    pub(super) flow: Flow,
    /// From this child on they are lanes for long wires, not boxes.
    pub(super) lanes: u32,
    /// Whether x and y have changed places.
    pub(super) turned: bool,
}

impl Problem {
    /// How many children there are.
    pub(super) fn count(&self) -> usize {
        self.size.len()
    }

    /// Works out what follows from the wires.
    pub(super) fn index(&mut self) {
        self.inner = self.wires.partition_point(|wire| !wire.is_pin());
        self.pull = self.wires.iter().map(|wire| wire.weight).sum();
        self.pulls = Pulls::new(self.count(), &self.wires);
    }

    /// The same problem with x and y exchanged.
    pub(super) fn turned(&self) -> Self {
        let flip = |v: Vec2| Vec2::new(v.y, v.x);
        let end = |end: End| End {
            at: flip(end.at),
            half: flip(end.half),
            exit: end.exit.turned(),
            ..end
        };
        Self {
            size: self
                .size
                .iter()
                .map(|size| Size::new(size.height, size.width))
                .collect(),
            wires: self
                .wires
                .iter()
                .map(|wire| Wire {
                    a: end(wire.a),
                    b: end(wire.b),
                    ..*wire
                })
                .collect(),
            pulls: self.pulls.turned(),
            walls: self.walls.turned(),
            group: self.group.clone(),
            shape: 1.0 / self.shape,
            turned: !self.turned,
            ..*self
        }
    }

    /// The room that a label takes along a row, and from row to row.
    pub(super) fn label_room(&self, wire: &Wire) -> (f64, f64) {
        if wire.label.width <= 0.0 {
            return (0.0, 0.0);
        }
        let level = wire.label.width + 24.0;
        let upright = wire.label.height + 16.0;
        if self.turned {
            (upright, level)
        } else {
            (level, upright)
        }
    }
}

/// Ties of one pair of nodes count once, a little heavier: `ties` without repetitions, each with the number of edges it stands for.
pub(super) fn distinct(ties: &[Tie]) -> Vec<(Tie, u32)> {
    let mut order: Vec<&Tie> = ties.iter().collect();
    let key = |tie: &Tie| {
        (
            tie.from.min(tie.to),
            tie.from.max(tie.to),
            tie.a,
            tie.b == NONE,
        )
    };
    order.sort_by_key(|tie| (key(tie), tie.edge));
    let mut kept: Vec<(Tie, u32)> = order
        .chunk_by(|x, y| {
            let (x, y) = (key(x), key(y));
            (x.0, x.1, x.3) == (y.0, y.1, y.3)
        })
        .filter_map(|same| Some((**same.first()?, u32::try_from(same.len()).unwrap_or(1))))
        .collect();
    kept.sort_by_key(|(tie, _)| (tie.b == NONE, tie.edge));
    kept
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Equal boxes, wired from middle to middle.
    pub(in super::super) fn boxes(count: usize, wires: &[(u32, u32)]) -> Problem {
        let size = Size::new(100.0, 40.0);
        let end = |child| End {
            child,
            place: child,
            at: size.to_vec2() / 2.0,
            half: size.to_vec2() / 2.0,
            exit: Exit::default(),
        };
        let wire = |&(a, b): &(u32, u32)| Wire {
            a: end(a),
            b: end(b),
            weight: 1.0,
            label: Size::ZERO,
            walls: (0, 0),
            copy: 0,
            pin: false,
        };
        let mut problem = Problem {
            inner: 0,
            size: vec![size; count],
            group: vec![false; count],
            wires: wires.iter().map(wire).collect(),
            walls: Bodies::default(),
            pulls: Pulls::default(),
            pull: 0.0,
            copies: 1.0,
            strict: 0.0,
            knot: 1.0,
            heft: 1.0,
            shape: 1.7,
            easy: 0.0,
            flow: Flow::Free,
            lanes: NONE,
            turned: false,
        };
        problem.index();
        problem
    }

    #[test]
    fn turned_twice_is_unturned() {
        let problem = boxes(2, &[(0, 1)]);
        let twice = problem.turned().turned();
        assert_eq!((twice.size, twice.wires), (problem.size, problem.wires));
    }
}
