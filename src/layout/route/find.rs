//! Finds the legs of one way: out of the groups that hold only one of its ends, through the channels between, and in again.

use super::floor::{Floors, NONE};
use super::ways::{Home, Leg, Side};
use super::{X, Y};
use crate::layout::graph::{Graph, Shape};

/// So much nearer to one side of a row than to the other, in px, makes a way go around there.
const NEARER: f64 = 30.0;

pub(super) struct Finder<'a> {
    pub(super) floors: &'a Floors,
    pub(super) graph: &'a Graph,
    pub(super) taken: &'a [(u32, Side)],
    pub(super) near: bool,
    pub(super) legs: Vec<Leg>,
    pub(super) tops: Vec<(u32, usize)>,
}

impl Finder<'_> {
    /// The legs from one node to another, and which of them lies in the group that holds both.
    pub(super) fn find(&mut self, from: u32, to: u32) -> (Vec<Leg>, usize) {
        if from == to {
            return self.itself(from);
        }
        let (a, b) = self.split(from, to);
        match (a, b) {
            (Some(a), Some(b)) => self.between(from, a, to, b),
            // One end is a group around the other: the way ends at the inner side of its frame.
            (Some(a), None) => self.outwards(from, a, to),
            (None, Some(b)) => {
                let (mut legs, top) = self.outwards(to, b, from);
                legs.reverse();
                let top = legs.len() - 1 - top;
                (legs, top)
            }
            (None, None) => (Vec::new(), 0),
        }
    }

    /// The children of the lowest common group that hold each end; `None` for an end that is that group.
    fn split(&self, mut from: u32, mut to: u32) -> (Option<u32>, Option<u32>) {
        let depth = |node: u32| self.floors.depth[node as usize];
        let up = |node: u32| self.floors.parent[node as usize];
        let (mut a, mut b) = (None, None);
        while depth(from) > depth(to) {
            a = Some(from);
            from = up(from);
        }
        while depth(to) > depth(from) {
            b = Some(to);
            to = up(to);
        }
        while from != to {
            (a, b) = (Some(from), Some(to));
            (from, to) = (up(from), up(to));
        }
        (a, b)
    }

    /// A loop at the far side of a node, in the channel beside it.
    fn itself(&mut self, node: u32) -> (Vec<Leg>, usize) {
        let group = self.floors.parent[node as usize];
        let along = self.floors.plans[group as usize].along;
        let (row, position) = self.floors.seat[node as usize];
        let side = Side {
            axis: along,
            far: true,
        };
        self.stub(node, side);
        self.push(Home::Cross(group, row, position + 1), 1 - along);
        self.stub(node, side);
        (std::mem::take(&mut self.legs), 1)
    }

    fn outwards(&mut self, from: u32, a: u32, to: u32) -> (Vec<Leg>, usize) {
        let plan = &self.floors.plans[to as usize];
        let (row, position) = self.floors.seat[a as usize];
        let last = plan
            .rows
            .get(row as usize)
            .is_some_and(|row| position as usize + 1 == row.len());
        // The bottom and the sides are free of titles.
        let side = |axis, far| Side { axis, far };
        let mut sides = vec![side(Y, true)];
        if plan.along == X && last {
            sides.insert(0, side(X, true));
        }
        if plan.along == X && position == 0 {
            sides.push(side(X, false));
        }
        let above = self.floors.parent[to as usize];
        let crowd = |side: &Side| {
            let own = self.path(from, above, *side);
            own.first().map_or(0, |stub| {
                let first = self.taken.partition_point(|taken| taken < stub);
                self.taken.partition_point(|taken| taken <= stub) - first
            })
        };
        let side = sides.into_iter().min_by_key(crowd).unwrap_or(side(Y, true));
        self.near = !side.far;
        self.climb(from, self.floors.parent[to as usize], side);
        let top = self.legs.len().saturating_sub(1);
        (std::mem::take(&mut self.legs), top)
    }

    /// From one child of a group to another.
    fn between(&mut self, from: u32, a: u32, to: u32, b: u32) -> (Vec<Leg>, usize) {
        let group = self.floors.parent[a as usize];
        let plan = &self.floors.plans[group as usize];
        let (along, across) = (plan.along, plan.across());
        let (row_a, at_a) = self.floors.seat[a as usize];
        let (row_b, at_b) = self.floors.seat[b as usize];
        if row_a == row_b && at_a.abs_diff(at_b) == 1 {
            let far = at_b > at_a;
            self.climb(from, group, Side { axis: along, far });
            let top = self.legs.len();
            self.push(Home::Cross(group, row_a, at_a.max(at_b)), across);
            self.descend(
                to,
                group,
                Side {
                    axis: along,
                    far: !far,
                },
            );
            return (std::mem::take(&mut self.legs), top);
        }
        if row_a == row_b {
            let far = self.around(
                (from, a),
                (to, b),
                row_a as usize * 2 + 1 >= plan.rows.len(),
            );
            let side = Side { axis: across, far };
            self.climb(from, group, side);
            let top = self.legs.len();
            self.push(Home::Main(group, row_a + u32::from(far)), along);
            self.descend(to, group, side);
            return (std::mem::take(&mut self.legs), top);
        }
        let far = row_b > row_a;
        self.climb(from, group, Side { axis: across, far });
        let start = self.legs.len();
        let goal = self.floors.middle(to, along);
        let rows: Vec<u32> = if far {
            (row_a + 1..row_b).collect()
        } else {
            (row_b + 1..row_a).rev().collect()
        };
        let mut place = self.floors.middle(from, along);
        for row in rows {
            self.push(Home::Main(group, row + u32::from(!far)), along);
            place = self.pass(group, row, place, goal);
        }
        self.push(Home::Main(group, row_b + u32::from(!far)), along);
        let end = self.legs.len() - 1;
        self.descend(
            to,
            group,
            Side {
                axis: across,
                far: !far,
            },
        );
        // The label stands at the end where fewer turn.
        let top = if end > start { end } else { start };
        (std::mem::take(&mut self.legs), top)
    }

    /// On which side of their row a way goes around what stands between its ends: where these lie nearer to that side of their
    /// boxes in the row, else where the row is nearer to the edge of its group (`usual`).
    fn around(&self, (from, a): (u32, u32), (to, b): (u32, u32), usual: bool) -> bool {
        let axis = self.floors.plans[self.floors.parent[a as usize] as usize].across();
        let (lo, hi) = (&self.floors.lo[axis], &self.floors.hi[axis]);
        let before = |end: u32, child: u32| lo[end as usize] - lo[child as usize];
        let after = |end: u32, child: u32| hi[child as usize] - hi[end as usize];
        let near = before(from, a) + before(to, b);
        let far = after(from, a) + after(to, b);
        if (near - far).abs() < NEARER {
            return usual;
        }
        far < near
    }

    /// Through a row, by the gap that makes the way shortest; gives its place along the row.
    fn pass(&mut self, group: u32, row: u32, from: f64, goal: f64) -> f64 {
        let plan = &self.floors.plans[group as usize];
        let along = plan.along;
        let members = &plan.rows[row as usize];
        let gap = |position: usize| {
            let before = position
                .checked_sub(1)
                .map_or(self.floors.lo[along][group as usize], |at| {
                    self.floors.hi[along][members[at] as usize]
                });
            let after = members
                .get(position)
                .map_or(self.floors.hi[along][group as usize], |child| {
                    self.floors.lo[along][*child as usize]
                });
            (before, after)
        };
        let cost = |position: usize| {
            let (lo, hi) = gap(position);
            let there = from.clamp(lo.min(hi), hi.max(lo));
            (there - from).abs() + (goal - there).abs()
        };
        // Gaps away from the stretch between start and goal only get worse: look around both.
        let near = members.partition_point(|child| self.floors.middle(*child, along) < from);
        let other = members.partition_point(|child| self.floors.middle(*child, along) < goal);
        let (low, high) = (near.min(other), near.max(other));
        let best = (low..=high.min(members.len()))
            .min_by(|a, b| cost(*a).total_cmp(&cost(*b)))
            .unwrap_or(low);
        self.push(
            Home::Cross(group, row, u32::try_from(best).unwrap_or(0)),
            1 - along,
        );
        let (lo, hi) = gap(best);
        f64::midpoint(lo, hi)
    }

    /// From a node out through the given side of the child of `group` that holds it.
    fn climb(&mut self, node: u32, group: u32, side: Side) {
        let path = self.path(node, group, side);
        for (at, (child, side)) in path.iter().enumerate() {
            if at == 0 {
                self.stub(*child, *side);
            } else {
                self.leave(path[at - 1].0, *child, *side, path[at - 1].1);
                if side.axis == Y && !side.far {
                    self.tops.push((*child, self.legs.len() - 1));
                }
            }
        }
    }

    /// The mirror image of [`Self::climb`].
    fn descend(&mut self, node: u32, group: u32, side: Side) {
        let before = std::mem::take(&mut self.legs);
        let known = self.tops.len();
        self.climb(node, group, side);
        let after = std::mem::replace(&mut self.legs, before);
        let end = self.legs.len() + after.len();
        for (_, leg) in self.tops.iter_mut().skip(known) {
            *leg = end - 1 - *leg;
        }
        self.legs.extend(after.into_iter().rev());
    }

    /// The nodes from `node` up to below `group`, each with the side that the way leaves it by; decided from the outside in.
    fn path(&self, node: u32, group: u32, side: Side) -> Vec<(u32, Side)> {
        let mut nodes = Vec::new();
        let mut at = node;
        while at != group && at != NONE {
            nodes.push(at);
            at = self.floors.parent[at as usize];
        }
        let mut path = Vec::with_capacity(nodes.len());
        let mut side = side;
        for (index, child) in nodes.iter().enumerate().rev() {
            path.push((*child, side));
            if let Some(inner) = index.checked_sub(1).map(|inner| nodes[inner]) {
                side = self.inner_side(*child, inner, side);
            }
        }
        path.reverse();
        path
    }

    /// By which side the child leaves when its group is left by `side`.
    fn inner_side(&self, group: u32, child: u32, side: Side) -> Side {
        let plan = &self.floors.plans[group as usize];
        let (row, position) = self.floors.seat[child as usize];
        if side.axis == plan.across() {
            return side;
        }
        let length = plan.rows[row as usize].len();
        let at_edge = if side.far {
            position as usize + 1 == length
        } else {
            position == 0
        };
        if at_edge {
            return side;
        }
        // Along the channel before or after its row, whichever is nearer to the edge of the group.
        Side {
            axis: plan.across(),
            far: row as usize * 2 + 1 >= plan.rows.len(),
        }
    }

    /// From a child, which was left by `inner`, on and out of its group by `side`.
    fn leave(&mut self, child: u32, group: u32, side: Side, inner: Side) {
        let plan = &self.floors.plans[group as usize];
        let (row, _) = self.floors.seat[child as usize];
        if inner != side {
            self.push(Home::Main(group, row + u32::from(inner.far)), plan.along);
            return;
        }
        if side.axis == plan.along {
            return;
        }
        let goal = self.floors.middle(child, plan.along);
        let rows: Vec<u32> = if side.far {
            (row + 1..u32::try_from(plan.rows.len()).unwrap_or(0)).collect()
        } else {
            (0..row).rev().collect()
        };
        let along = plan.along;
        let mut place = goal;
        for row in rows {
            self.push(Home::Main(group, row + u32::from(!side.far)), along);
            place = self.pass(group, row, place, goal);
        }
    }

    fn stub(&mut self, node: u32, side: Side) {
        debug_assert!(matches!(
            self.graph.nodes.get(node as usize).map(|node| node.shape),
            Some(Shape::Leaf(_) | Shape::Group { .. })
        ));
        self.push(Home::Stub(node, side), side.axis);
    }

    fn push(&mut self, home: Home, run: usize) {
        let at = match home {
            Home::Stub(node, side) => self.floors.middle(node, 1 - side.axis),
            Home::Main(..) | Home::Cross(..) => super::channel::zone(self.floors, home)
                .map_or(0.0, |(lo, hi)| f64::midpoint(lo, hi)),
        };
        debug_assert!(run == X || run == Y);
        self.legs.push(Leg { run, home, at });
    }
}
