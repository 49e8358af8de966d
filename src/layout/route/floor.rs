//! The floor plan of each group: its children in rows, and so the channels between them.

use super::{X, Y};
use crate::layout::graph::{Graph, Shape};
use crate::layout::placed::Placed;

/// Names no group: the whole picture is its own.
pub(super) const NONE: u32 = u32::MAX;

/// All floor plans, with the rectangles that they are of. Nodes are those of the graph; one more, the last, is the whole picture.
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
        let mut floors = Self {
            parent: graph
                .nodes
                .iter()
                .map(|node| node.parent.map_or(whole, |parent| parent.0))
                .chain([NONE])
                .collect(),
            depth: vec![1; count + 1],
            lo: [
                placed.boxes.iter().map(|b| b.x0).chain([0.0]).collect(),
                placed.boxes.iter().map(|b| b.y0).chain([0.0]).collect(),
            ],
            hi: [
                placed
                    .boxes
                    .iter()
                    .map(|b| b.x1)
                    .chain([placed.size.width])
                    .collect(),
                placed
                    .boxes
                    .iter()
                    .map(|b| b.y1)
                    .chain([placed.size.height])
                    .collect(),
            ],
            size: Vec::with_capacity(count + 1),
            title: vec![None; count + 1],
            inset: vec![[0.0; 2]; count + 1],
            wide: vec![0.0; count + 1],
            plans: vec![Plan::default(); count + 1],
            seat: vec![(0, 0); count + 1],
        };
        if let Some(depth) = floors.depth.last_mut() {
            *depth = 0;
        }
        let mut children = vec![Vec::new(); count + 1];
        for (at, node) in (0_u32..).zip(&graph.nodes) {
            let parent = floors.parent[at as usize] as usize;
            floors.depth[at as usize] = floors.depth[parent] + 1;
            children[parent].push(at);
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
        for (group, children) in children.into_iter().enumerate() {
            floors.plan(group, children);
        }
        floors
    }

    /// The whole picture's index.
    pub(super) fn whole(&self) -> u32 {
        u32::try_from(self.parent.len() - 1).unwrap_or(NONE)
    }

    /// The middle of a node along an axis.
    pub(super) fn middle(&self, node: u32, axis: usize) -> f64 {
        f64::midpoint(self.lo[axis][node as usize], self.hi[axis][node as usize])
    }

    fn plan(&mut self, group: usize, children: Vec<u32>) {
        if children.is_empty() {
            return;
        }
        let plan = self.rows(&children, X).or_else(|| self.rows(&children, Y));
        let plan = plan.unwrap_or_else(|| Plan {
            along: X,
            rows: children.into_iter().map(|child| vec![child]).collect(),
        });
        for (row, members) in (0_u32..).zip(&plan.rows) {
            for (position, child) in (0_u32..).zip(members) {
                self.seat[*child as usize] = (row, position);
            }
        }
        self.plans[group] = plan;
    }

    /// Children in rows along an axis: those that overlap across it are of one row. `None` where two of a row overlap along it too.
    fn rows(&self, children: &[u32], along: usize) -> Option<Plan> {
        let across = 1 - along;
        let from = |axis: usize| move |child: &u32| (self.lo[axis][*child as usize], *child);
        let mut sorted = children.to_vec();
        sorted.sort_by(|a, b| {
            from(across)(a)
                .partial_cmp(&from(across)(b))
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        let mut rows: Vec<Vec<u32>> = Vec::new();
        let mut end = f64::NEG_INFINITY;
        for child in sorted {
            let (lo, hi) = (
                self.lo[across][child as usize],
                self.hi[across][child as usize],
            );
            match rows.last_mut() {
                Some(row) if lo < end - 0.01 => row.push(child),
                _ => rows.push(vec![child]),
            }
            end = end.max(hi);
        }
        for row in &mut rows {
            row.sort_by(|a, b| {
                from(along)(a)
                    .partial_cmp(&from(along)(b))
                    .unwrap_or(std::cmp::Ordering::Equal)
            });
            let apart = row.windows(2).all(|pair| {
                self.hi[along][pair[0] as usize] <= self.lo[along][pair[1] as usize] + 0.01
            });
            if !apart {
                return None;
            }
        }
        Some(Plan { along, rows })
    }
}
