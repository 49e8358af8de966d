//! The floor plan of each group: its children in rows, and so the channels between them.

use super::{X, Y};
use crate::geom::Rect;
use crate::layout::graph::{Graph, Shape};
use crate::layout::placed::Placed;

/// Boxes that overlap by less only touch, px.
const TOUCH: f64 = 0.01;

/// Names no group: the whole picture is its own.
pub(super) const NONE: u32 = u32::MAX;

/// All floor plans, with the rectangles that they are of. Nodes are those of the graph, then the whole picture, then blocks without a frame.
#[derive(Debug, Clone)]
pub(super) struct Floors {
    /// The group of each node; [`NONE`] for the whole.
    pub parent: Vec<u32>,
    /// How many groups are around each node.
    pub depth: Vec<u32>,
    /// Per axis, where each node begins.
    pub lo: [Vec<f64>; 2],
    /// Per axis, where it ends.
    pub hi: [Vec<f64>; 2],
    /// What a box must keep: its own size. `None` for groups.
    pub size: Vec<Option<[f64; 2]>>,
    /// Room of each group's title: width, and height from the frame down to the end of its words.
    pub title: Vec<Option<[f64; 2]>>,
    /// Distance of the words from the frame.
    pub inset: Vec<[f64; 2]>,
    /// Width that a group must have, so that its title has a place between the ways that cross its top.
    pub wide: Vec<f64>,
    /// The plan of each group (an empty one for a box).
    pub plans: Vec<Plan>,
    /// The row of each node in its group's plan, and its position there.
    pub seat: Vec<(u32, u32)>,
    /// Every node, groups before what they hold.
    pub order: Vec<u32>,
    /// The whole picture.
    pub whole: u32,
}

/// The children of a group, in rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    /// The axis that rows run along: [`X`] for rows, [`Y`] for columns.
    pub along: usize,
    /// Children, row by row.
    pub rows: Vec<Vec<u32>>,
}

impl Plan {
    /// The axis that rows are stacked along.
    pub(super) fn across(&self) -> usize {
        1 - self.along
    }
}

impl Floors {
    /// Plans of what placement has placed.
    pub(super) fn new(graph: &Graph, placed: &Placed) -> Self {
        let count = graph.nodes.len();
        let whole = u32::try_from(count).unwrap_or(NONE - 1);
        let column = |from: fn(&Rect) -> f64, last: f64| {
            placed
                .boxes
                .iter()
                .map(from)
                .chain([last])
                .collect::<Vec<f64>>()
        };
        let mut floors = Self {
            parent: graph
                .nodes
                .iter()
                .map(|node| node.parent.map_or(whole, |parent| parent.0))
                .chain([NONE])
                .collect(),
            depth: vec![0; count + 1],
            order: Vec::with_capacity(count + 1),
            lo: [column(|b| b.x0, 0.0), column(|b| b.y0, 0.0)],
            hi: [
                column(|b| b.x1, placed.size.width),
                column(|b| b.y1, placed.size.height),
            ],
            size: Vec::with_capacity(count + 1),
            title: vec![None; count + 1],
            inset: vec![[0.0; 2]; count + 1],
            wide: vec![0.0; count + 1],
            plans: vec![Plan::default(); count + 1],
            seat: vec![(0, 0); count + 1],
            whole,
        };
        let mut children = vec![Vec::new(); count + 1];
        for (at, node) in (0_u32..).zip(&graph.nodes) {
            children[floors.parent[at as usize] as usize].push(at);
            let frame = placed.boxes[at as usize];
            floors.size.push(match node.shape {
                Shape::Leaf(_) => Some([frame.width(), frame.height()]),
                Shape::Group { .. } => None,
            });
            if let Some(title) = placed.titles[at as usize] {
                floors.title[at as usize] = Some([title.width(), title.y1 - frame.y0]);
                floors.inset[at as usize] = [title.x0 - frame.x0, title.y0 - frame.y0];
            }
        }
        floors.size.push(None);
        let mut stack = vec![whole];
        while let Some(node) = stack.pop() {
            floors.order.push(node);
            if let Some(parent) = floors
                .parent
                .get(node as usize)
                .filter(|parent| **parent != NONE)
            {
                floors.depth[node as usize] = floors.depth[*parent as usize] + 1;
            }
            let own = std::mem::take(&mut children[node as usize]);
            floors.plan(node, &own, &mut children);
            stack.extend(floors.plans[node as usize].rows.iter().flatten());
        }
        floors
    }

    /// Whether a node lies within a group, at any depth.
    pub(super) fn holds(&self, group: u32, mut node: u32) -> bool {
        if group == node {
            return false;
        }
        while node != NONE && self.depth[node as usize] > self.depth[group as usize] {
            node = self.parent[node as usize];
        }
        node == group
    }

    /// The middle of a node along an axis.
    pub(super) fn middle(&self, node: u32, axis: usize) -> f64 {
        f64::midpoint(self.lo[axis][node as usize], self.hi[axis][node as usize])
    }

    /// Cuts the children of a group into rows. Those of a row that no cut parts become a block of their own, with a plan of its own.
    fn plan(&mut self, group: u32, own: &[u32], children: &mut Vec<Vec<u32>>) {
        if own.is_empty() {
            return;
        }
        let cut = |along: usize| -> Vec<Vec<Vec<u32>>> {
            self.parts(own, 1 - along)
                .into_iter()
                .map(|row| self.parts(&row, along))
                .collect()
        };
        let blocks =
            |rows: &Vec<Vec<Vec<u32>>>| rows.iter().flatten().filter(|part| part.len() > 1).count();
        let whole =
            |rows: &Vec<Vec<Vec<u32>>>| own.len() > 1 && rows.len() == 1 && rows[0].len() == 1;
        let (across, down) = (cut(X), cut(Y));
        let (along, mut rows) =
            if blocks(&across) <= blocks(&down) && !whole(&across) || whole(&down) {
                (X, across)
            } else {
                (Y, down)
            };
        if whole(&rows) {
            // No straight cut parts them: each in a row of its own. Placement does not do this.
            rows = own.iter().map(|child| vec![vec![*child]]).collect();
        }
        let mut plan = Plan {
            along,
            rows: Vec::with_capacity(rows.len()),
        };
        for (row, parts) in (0_u32..).zip(rows) {
            let mut members = Vec::with_capacity(parts.len());
            for (position, part) in (0_u32..).zip(parts) {
                let member = match part.as_slice() {
                    [alone] => *alone,
                    _ => self.block(group, part, children),
                };
                self.seat[member as usize] = (row, position);
                members.push(member);
            }
            plan.rows.push(members);
        }
        self.plans[group as usize] = plan;
    }

    /// A group without a frame, around some children of a group.
    fn block(&mut self, group: u32, members: Vec<u32>, children: &mut Vec<Vec<u32>>) -> u32 {
        let block = u32::try_from(self.parent.len()).unwrap_or(NONE);
        for axis in [X, Y] {
            let ends = |of: &[f64], join: fn(f64, f64) -> f64| {
                members
                    .iter()
                    .map(|child| of[*child as usize])
                    .reduce(join)
                    .unwrap_or(0.0)
            };
            let (lo, hi) = (
                ends(&self.lo[axis], f64::min),
                ends(&self.hi[axis], f64::max),
            );
            self.lo[axis].push(lo);
            self.hi[axis].push(hi);
        }
        for child in &members {
            self.parent[*child as usize] = block;
        }
        self.parent.push(group);
        self.depth.push(0);
        self.size.push(None);
        self.title.push(None);
        self.inset.push([0.0; 2]);
        self.wide.push(0.0);
        self.plans.push(Plan::default());
        self.seat.push((0, 0));
        children.push(members);
        block
    }

    /// The parts between the straight cuts across an axis, in order.
    fn parts(&self, nodes: &[u32], axis: usize) -> Vec<Vec<u32>> {
        let (lo, hi) = (&self.lo[axis], &self.hi[axis]);
        let mut sorted = nodes.to_vec();
        sorted.sort_by(|a, b| lo[*a as usize].total_cmp(&lo[*b as usize]).then(a.cmp(b)));
        let mut parts: Vec<Vec<u32>> = Vec::new();
        let mut end = f64::NEG_INFINITY;
        for node in sorted {
            match parts.last_mut() {
                Some(part) if lo[node as usize] < end - TOUCH => part.push(node),
                _ => parts.push(vec![node]),
            }
            end = end.max(hi[node as usize]);
        }
        parts
    }
}
