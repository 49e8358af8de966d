//! The state of placement: a size for every place, and where it stands within its parent; from pass to pass they get better.

use super::SMALL;
use super::bodies::Bodies;
use super::frame;
use super::grid;
use super::lift::{Tie, Ties};
use super::nest::{Nest, Role, id};
use super::problem::{End, Exit, Flow, Problem, Wire, distinct};
use super::pull::Pulls;
use super::search::{Effort, Found, Kept, Searcher};
use super::tree::NONE;
use crate::geom::{Point, Rect, Size, Vec2};
use crate::layout::Options;
use crate::layout::appraise::Want;
use crate::layout::graph::{Direction, Graph, Shape};

/// How much taller than wide routing makes a picture: its channels run along rows more often than not.
const GROWTH: f64 = 1.15;
/// How much the shape of the whole picture counts.
const STRICT: f64 = 3.0;
/// How much size counts in pictures of more than so many nodes: where one follows lines, fewer crossings are worth some room.
const HEFT: f64 = 0.7;
const FEW: usize = 20;
/// How much more crossings count in graphs that are not small.
const KNOT: f64 = 1.27;
/// How far up the corner of a node within a child is summed up exactly.
const CLIMB: u32 = 64;

/// How much more an edge between two replicas of one node pulls than others: they should stand level, with nothing between.
const TWINS: f64 = 2.0;

/// Among more siblings nobody looks for the ones in the way.
const WALLS: u32 = 24;

/// What a box costs that stands between the end of an edge and the side by which the edge leaves the group, in px of detour.
const IN_THE_WAY: f64 = 60.0;

/// The siblings around a group and its replicas.
#[derive(Debug, Default)]
struct Walls {
    list: Bodies,
    of: Vec<(u32, (u32, u32))>,
}

/// How many levels are told apart on the way in; what lies deeper is arranged at once.
const LEVELS: u32 = 16;

/// The shape (width / height) of a group that nobody wants otherwise.
const USUAL: f64 = 1.5;

/// Sizes and positions, one a place.
#[derive(Debug, Clone)]
pub(super) struct Stage<'a> {
    graph: &'a Graph,
    pub(super) nest: &'a Nest,
    ties: &'a Ties,
    direction: Option<Direction>,
    /// A side of the picture that is small enough.
    easy: f64,
    /// Outer sizes; for a replica that of its model.
    pub(super) size: Vec<Size>,
    /// Corners within the parent, kept at the model's places.
    pub(super) at: Vec<Vec2>,
    /// Wanted width / height.
    shape: Vec<f64>,
    /// Arrangements of the last pass.
    pub(super) kept: Vec<Option<Kept>>,
    /// Corners in the whole picture, from the last pass; empty before the first.
    pub(super) corner: Vec<Point>,
}

impl<'a> Stage<'a> {
    /// Boxes have their size, nothing has a place yet.
    pub(super) fn new(
        graph: &'a Graph,
        nest: &'a Nest,
        ties: &'a Ties,
        want: &Options,
        (whole, inner): (Want, f64),
    ) -> Self {
        let count = nest.tree.len();
        let mut size = vec![Size::ZERO; count];
        for place in 0..count {
            if nest.role[place] == Role::Leaf {
                let own = frame::leaf(graph, nest.node[place]);
                let slot = &mut size[nest.model[place] as usize];
                *slot = Size::new(slot.width.max(own.width), slot.height.max(own.height));
            }
        }
        let mut shape = vec![inner; count];
        shape[0] = whole.shape * GROWTH;
        Self {
            graph,
            nest,
            ties,
            direction: want.direction,
            easy: whole.easy,
            size,
            at: vec![Vec2::ZERO; count],
            shape,
            kept: vec![None; count],
            corner: Vec::new(),
        }
    }

    /// Arranges every group, inner ones first, then says where everything stands.
    pub(super) fn inside_out(&mut self, searcher: &mut Searcher, effort: Effort) {
        for place in (0..self.nest.tree.len()).rev() {
            if self.is_arranged(place) {
                self.arrange(place, searcher, effort);
            }
        }
        self.locate();
    }

    /// Arranges every group anew, outer ones first, each knowing where the ends outside it stand; then draws all with their new sizes.
    pub(super) fn outside_in(&mut self, searcher: &mut Searcher, effort: Effort) {
        let mut groups: Vec<u32> = (0..self.nest.tree.len())
            .filter(|&place| self.is_arranged(place))
            .map(id)
            .collect();
        let depth = &self.nest.tree.depth;
        let level = |place: u32| depth[place as usize].min(LEVELS);
        groups.sort_by_key(|&place| level(place));
        for level in groups.chunk_by(|&a, &b| level(a) == level(b)) {
            for &place in level {
                self.arrange(place as usize, searcher, effort);
                self.ask_for_shapes(place);
            }
            self.locate();
        }
        self.inside_out(searcher, Effort::default());
    }

    fn is_arranged(&self, place: usize) -> bool {
        self.nest.role[place] != Role::Leaf && self.nest.model[place] as usize == place
    }

    fn arrange(&mut self, place: usize, searcher: &mut Searcher, effort: Effort) {
        let group = u32::try_from(place).unwrap_or(NONE);
        let children: Vec<u32> = self.nest.tree.children_of(group).collect();
        let sizes: Vec<Size> = children.iter().map(|&child| self.size_of(child)).collect();
        let found = match (self.nest.role[place], sizes.as_slice()) {
            (_, []) => Found::default(),
            (_, [only]) => Found {
                at: vec![Point::ZERO],
                size: *only,
                ..Found::default()
            },
            (Role::Grid, _) => {
                let ties = self.ties.of(group);
                let (gap, joined) = self.between(ties);
                let alike = joined || children.iter().any(|&child| self.is_replica(child));
                grid::arrange(&sizes, self.shape[place], gap, alike)
            }
            _ => {
                let problem = self.problem(group, &children, sizes);
                let direction = self.direction_of(place);
                searcher.arrange(problem, direction, self.kept[place].as_ref(), effort)
            }
        };
        if !found.kept.arrangement.order.is_empty() {
            self.kept[place] = Some(found.kept);
        }
        let (inset, outer) = frame::around(self.graph, self.nest, place, found.size);
        self.size[place] = outer;
        for (child, at) in children.into_iter().zip(found.at) {
            self.at[child as usize] = at.to_vec2() + inset;
        }
    }

    /// The gap that the labels of edges between replicas need, and whether there are such edges.
    fn between(&self, ties: &[Tie]) -> (f64, bool) {
        let mut gap = grid::CELL_GAP;
        let inner = ties.iter().filter(|tie| tie.b != NONE);
        for tie in inner.clone() {
            if let Some(label) = self.graph.edges[tie.edge as usize].label {
                gap = gap.max(label.width + 20.0);
            }
        }
        (gap, inner.count() > 0)
    }

    fn is_replica(&self, place: u32) -> bool {
        let node = self.nest.node[place as usize];
        node != NONE && self.graph.nodes[node as usize].likeness.is_some()
    }

    /// What the author wants of a group's links, or of all.
    pub(super) fn direction_of(&self, place: usize) -> Option<Direction> {
        let node = self.nest.node[place];
        let own = if node == NONE {
            None
        } else {
            match self.graph.nodes[node as usize].shape {
                Shape::Group { direction, .. } => direction,
                Shape::Leaf(_) => None,
            }
        };
        own.or(self.direction)
    }

    pub(super) fn size_of(&self, place: u32) -> Size {
        self.size[self.nest.model[place as usize] as usize]
    }

    fn at_of(&self, place: u32) -> Vec2 {
        self.at[self.nest.twin(place) as usize]
    }

    pub(super) fn problem(&self, group: u32, children: &[u32], size: Vec<Size>) -> Problem {
        let ties = self.ties.of(group);
        let inner = ties.partition_point(|tie| tie.b != NONE);
        let known = if self.corner.is_empty() {
            inner
        } else {
            ties.len()
        };
        let replicas = ties
            .iter()
            .filter(|tie| self.nest.tree.parent[tie.a as usize] != group);
        let copies = 1.0 + (replicas.count() as f64 / ties.len().max(1) as f64).round();
        let mut walls = Walls::default();
        let mut wires = Vec::with_capacity(known);
        for (tie, times) in distinct(&ties[..known]) {
            let mut wire = self.wire(&tie, f64::from(times.min(4)).sqrt() / copies);
            if wire.is_pin() {
                wire.walls = self.walls(self.nest.tree.parent[tie.a as usize], &mut walls);
            }
            wires.push(wire);
        }
        let mut problem = Problem {
            size,
            group: children
                .iter()
                .map(|&child| self.nest.role[child as usize] != Role::Leaf)
                .collect(),
            wires,
            inner: 0,
            walls: walls.list,
            pulls: Pulls::default(),
            pull: 0.0,
            copies,
            heft: self.heft(),
            knot: self.knot(),
            strict: if self.is_whole(group) { STRICT } else { 0.0 },
            shape: self.shape[group as usize],
            easy: if self.is_whole(group) { self.easy } else { 0.0 },
            flow: Flow::Free,
            lanes: NONE,
            turned: false,
        };
        problem.index();
        problem
    }

    /// How much size counts.
    pub(super) fn heft(&self) -> f64 {
        if self.graph.nodes.len() > FEW {
            HEFT
        } else {
            1.0
        }
    }

    /// How much crossings count.
    pub(super) fn knot(&self) -> f64 {
        if self.graph.nodes.len() > SMALL {
            KNOT
        } else {
            1.0
        }
    }

    /// Whether a group is the picture, or all that there is in it.
    fn is_whole(&self, group: u32) -> bool {
        let mut here = group;
        while here > 0 {
            let up = self.nest.tree.parent[here as usize];
            if self.nest.tree.children[up as usize] > 1 {
                return false;
            }
            here = up;
        }
        true
    }

    /// The siblings of a group, from its centre; each group's are collected once.
    fn walls(&self, group: u32, walls: &mut Walls) -> (u32, u32) {
        if let Some(known) = walls.of.iter().find(|known| known.0 == group) {
            return known.1;
        }
        let start = id(walls.list.len());
        let up = self.nest.tree.parent[group as usize];
        let middle = self.centre(group).to_vec2();
        if self.nest.tree.children[up as usize] <= WALLS {
            let siblings = self.nest.tree.children_of(up);
            let others = siblings.filter(|&other| other != group).map(|other| {
                let corner = self.corner[other as usize] - middle;
                Rect::from_origin_size(corner, self.size_of(other))
            });
            walls.list.extend(others);
        }
        let range = (start, id(walls.list.len()));
        walls.of.push((group, range));
        range
    }

    fn wire(&self, tie: &Tie, times: f64) -> Wire {
        let edge = &self.graph.edges[tie.edge as usize];
        let model = &self.nest.model;
        let twins = if model[tie.from as usize] == model[tie.to as usize] {
            TWINS
        } else {
            1.0
        };
        let group = self.nest.tree.parent[tie.a as usize];
        let b = if tie.b != NONE {
            self.end(tie.b, tie.to)
        } else if let Some(end) = self.twin_end(group, tie.to) {
            end
        } else {
            End {
                child: NONE,
                place: tie.to,
                at: self.centre(tie.to) - self.centre(group),
                half: Vec2::ZERO,
                exit: Exit::default(),
            }
        };
        Wire {
            a: self.end(tie.a, tie.from),
            b,
            weight: f64::from(edge.weight.min(16)) * times * twins,
            label: edge.label.unwrap_or_default(),
            walls: (0, 0),
            copy: group,
            pin: tie.b == NONE,
        }
    }

    /// An end in a replica of `group`: it moves with the group's own arrangement, as far away as the replica stands.
    fn twin_end(&self, group: u32, node: u32) -> Option<End> {
        let nest = self.nest;
        let (mut child, mut other) = (node, nest.tree.parent[node as usize]);
        for _ in 0..CLIMB {
            if other == 0 {
                return None;
            }
            if nest.model[other as usize] == nest.model[group as usize] {
                let away = self.centre(other) - self.centre(group);
                let end = self.end(child, node);
                return Some(End {
                    at: end.at + away,
                    ..end
                });
            }
            child = other;
            other = nest.tree.parent[other as usize];
        }
        None
    }

    fn end(&self, child: u32, node: u32) -> End {
        let half = self.size_of(node).to_vec2() / 2.0;
        let (mut at, mut here) = (half, node);
        let mut exit = Exit::default();
        for _ in 0..CLIMB {
            if here == child {
                break;
            }
            at += self.at_of(here);
            self.block(here, at, &mut exit);
            here = self.nest.tree.parent[here as usize];
        }
        End {
            child: self.nest.tree.ordinal[child as usize],
            place: node,
            at,
            half,
            exit,
        }
    }

    /// Adds the siblings of `here` that stand between the point `at` in its group and the sides of the group.
    fn block(&self, here: u32, at: Vec2, exit: &mut Exit) {
        let up = self.nest.tree.parent[here as usize];
        if self.nest.tree.children[up as usize] > WALLS {
            return;
        }
        for other in self
            .nest
            .tree
            .children_of(up)
            .filter(|&other| other != here)
        {
            let corner = self.at_of(other);
            let body = Rect::from_origin_size(corner.to_point(), self.size_of(other));
            if body.y0 < at.y && at.y < body.y1 {
                exit.x[usize::from(body.x0 > at.x)] += IN_THE_WAY;
            }
            if body.x0 < at.x && at.x < body.x1 {
                exit.y[usize::from(body.y0 > at.y)] += IN_THE_WAY;
            }
        }
    }

    /// The middle of a place in the whole picture, as of the last pass.
    fn centre(&self, place: u32) -> Point {
        let half = self.size_of(place).to_vec2() / 2.0;
        self.corner
            .get(place as usize)
            .map_or(Point::ZERO, |&corner| corner + half)
    }

    /// Corners in the whole picture.
    fn locate(&mut self) {
        let mut corner = vec![Point::ZERO; self.nest.tree.len()];
        for place in 1..self.nest.tree.len() {
            let here = u32::try_from(place).unwrap_or(NONE);
            let up = self.nest.tree.parent[place] as usize;
            corner[place] = corner[up] + self.at_of(here);
        }
        self.corner = corner;
    }

    /// Hands the wanted shape of a group down: where it came out too wide, its children are asked to be slimmer.
    fn ask_for_shapes(&mut self, group: u32) {
        let shape = |size: Size| size.width.max(1.0) / size.height.max(1.0);
        let outer = self.size[group as usize];
        let amiss = self.shape[group as usize] / shape(outer);
        for child in self.nest.tree.children_of(group) {
            let child = child as usize;
            if self.nest.role[child] == Role::Leaf || self.nest.model[child] as usize != child {
                continue;
            }
            let inner = self.size[child];
            let part = (inner.width / outer.width.max(1.0))
                .max(inner.height / outer.height.max(1.0))
                .min(1.0);
            let wanted = part * shape(inner) * amiss + (1.0 - part) * USUAL;
            self.shape[child] = wanted.clamp(0.5, 3.5);
        }
    }
}
