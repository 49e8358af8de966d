//! What a finished layout is worth, in px: how good drafts of small graphs are compared after they have been routed.
//!
//! The terms are those that a reader notices: crossings first, then length, bends, the size in its frame, the author's order.

use super::graph::{Direction, Graph, Layout, NodeId, Shape};
use crate::geom::{Point, Rect, Size};

/// A crossing.
const CROSSING: f64 = 1000.0;
/// A bend.
const BEND: f64 = 22.0;
/// Two boxes against the author's order; and two groups, divided by the square of the number of siblings.
const ORDER: (f64, f64) = (14.0, 1400.0);
/// How much a wrong shape costs, in sides of the picture: where nobody chose a frame, and where somebody did.
const SHAPE: (f64, f64) = (2.0, 6.0);
/// A px by which what a frame holds lies left or right of the frame's middle, for the root of the number of its children.
const BALANCE: f64 = 0.8;
/// A px by which two boxes miss each other's middle, where a straight line joins them.
const MIDDLE: f64 = 0.35;
/// An edge against the direction that the author or the caller chose.
const AGAINST: f64 = 1200.0;
/// By which share the shape may differ from the wanted one.
const TOLERANCE: f64 = 0.125;

/// What comes around a layout in its frame: margins, and a legend below, px.
pub(super) const AROUND: Size = Size::new(40.0, 50.0);

/// The shape that is wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Want {
    /// Width / height.
    pub(super) shape: f64,
    /// Up to this side of the frame of the wanted shape, size and shape do not matter.
    pub(super) easy: f64,
}

/// Sums up layouts of one graph; the less the better.
#[derive(Debug)]
pub(super) struct Appraiser<'a> {
    graph: &'a Graph,
    want: Want,
    siblings: Vec<(u32, u32, f64)>,
    flows: Vec<(NodeId, NodeId, Direction)>,
    level: Vec<Line>,
    upright: Vec<Line>,
    loads: Vec<Load>,
}

/// What a frame holds: how many nodes, their area, and their area times their middle.
#[derive(Debug, Clone, Copy, Default)]
struct Load {
    count: f64,
    area: f64,
    moment: f64,
}

/// A straight piece of a route: its place across, its ends along, and its edge.
#[derive(Debug, Clone, Copy)]
struct Line {
    across: f64,
    from: f64,
    to: f64,
    edge: u32,
}

impl<'a> Appraiser<'a> {
    /// For layouts of `graph`; `direction` is that of groups without one of their own.
    pub(super) fn new(graph: &'a Graph, want: Want, direction: Option<Direction>) -> Self {
        Self {
            graph,
            want,
            siblings: siblings(graph),
            flows: flows(graph, direction),
            level: Vec::new(),
            upright: Vec::new(),
            loads: Vec::new(),
        }
    }

    /// The cost of `layout`.
    pub(super) fn cost(&mut self, layout: &Layout) -> f64 {
        bulk(self.graph, layout.size, &self.want)
            + self.order(layout)
            + self.flow(layout)
            + self.balance(layout)
            + self.lines(layout)
            + self.crossings(layout)
    }

    /// The edges that do not run in the direction which was chosen for them.
    fn flow(&self, layout: &Layout) -> f64 {
        let against = |(from, to, direction): &&(NodeId, NodeId, Direction)| {
            let (from, to) = (layout.boxes[from.index()], layout.boxes[to.index()]);
            match direction {
                Direction::Down => to.y0 < from.y1,
                Direction::Up => to.y1 > from.y0,
                Direction::Right => to.x0 < from.x1,
                Direction::Left => to.x1 > from.x0,
            }
        };
        self.flows.iter().filter(against).count() as f64 * AGAINST
    }

    /// How far what each frame holds lies from the middle between its sides. What stands outside of all frames may stand beside them.
    fn balance(&mut self, layout: &Layout) -> f64 {
        self.loads.clear();
        self.loads.resize(self.graph.nodes.len(), Load::default());
        for (node, place) in self.graph.nodes.iter().zip(&layout.boxes) {
            let Some(frame) = node.parent else { continue };
            let load = &mut self.loads[frame.index()];
            let area = place.area();
            load.count += 1.0;
            load.area += area;
            load.moment += area * place.center().x;
        }
        let loads = self.loads.iter().zip(&layout.boxes);
        let off = |(load, frame): (&Load, &Rect)| {
            (load.moment / load.area - frame.center().x).abs() * load.count.sqrt()
        };
        loads
            .filter(|(load, _)| load.area > 0.0)
            .map(off)
            .sum::<f64>()
            * BALANCE
    }

    fn order(&self, layout: &Layout) -> f64 {
        let late = |&&(a, b, _): &&(u32, u32, f64)| {
            let (a, b): (Rect, Rect) = (layout.boxes[a as usize], layout.boxes[b as usize]);
            b.y1 <= a.y0 || b.x1 <= a.x0 && b.y0 < a.y1
        };
        self.siblings.iter().filter(late).map(|pair| pair.2).sum()
    }

    /// Length and bends; collects the lines.
    fn lines(&mut self, layout: &Layout) -> f64 {
        self.level.clear();
        self.upright.clear();
        let mut cost = 0.0;
        for (edge, route) in (0_u32..).zip(&layout.routes) {
            cost += route.length() + BEND * route.bends() as f64;
            if let [a, b] = route.points[..] {
                cost += MIDDLE * self.missed(layout, edge, (a.x - b.x).abs() < 1e-6);
            }
            for (a, b) in route.segments() {
                if (a.y - b.y).abs() < 1e-6 {
                    self.level.push(line(a.y, a.x, b.x, edge));
                } else {
                    self.upright.push(line(a.x, a.y, b.y, edge));
                }
            }
        }
        cost
    }

    /// By how much the ends of a straight line, upright or level, miss each other's middle.
    fn missed(&self, layout: &Layout, edge: u32, upright: bool) -> f64 {
        let edge = &self.graph.edges[edge as usize];
        let [from, to] = [edge.from, edge.to].map(|end| layout.boxes[end.index()].center());
        if upright {
            (from.x - to.x).abs()
        } else {
            (from.y - to.y).abs()
        }
    }

    /// Crossings, by a sweep over the level lines.
    fn crossings(&mut self, layout: &Layout) -> f64 {
        let by_place = |a: &Line, b: &Line| {
            a.across
                .total_cmp(&b.across)
                .then(a.from.total_cmp(&b.from))
        };
        self.upright.sort_by(by_place);
        self.level.sort_by(by_place);
        let mut count = 0_u32;
        for one in &self.level {
            let after = self.upright.partition_point(|line| line.across <= one.from);
            for two in self.upright[after..]
                .iter()
                .take_while(|line| line.across < one.to)
            {
                let meet = two.from < one.across && one.across < two.to && one.edge != two.edge;
                if meet && !self.joined(layout, (one, two), Point::new(two.across, one.across)) {
                    count += 1;
                }
            }
        }
        f64::from(count) * CROSSING
    }

    /// Whether two lines meet at a box that both end at.
    fn joined(&self, layout: &Layout, (one, two): (&Line, &Line), at: Point) -> bool {
        let ends = |line: &Line| {
            let edge = &self.graph.edges[line.edge as usize];
            [edge.from, edge.to]
        };
        let theirs = ends(two);
        ends(one)
            .iter()
            .filter(|end| theirs.contains(end))
            .any(|end| layout.boxes[end.index()].inflate(2.0, 2.0).contains(at))
    }
}

/// The side of the frame of the wanted shape that the picture fills, and its own area, in px.
pub(super) fn bulk(graph: &Graph, size: Size, want: &Want) -> f64 {
    let (w, h) = (size + AROUND).into();
    let root = want.shape.sqrt();
    let fitted = (w / root).max(h * root);
    let own = (w * h).sqrt();
    let boxes = graph.nodes.len() as f64;
    let heft = 0.6 * boxes.sqrt() + 0.05 * graph.edges.len() as f64;
    let off = w / h / want.shape;
    let amiss = (off.max(1.0 / off) - 1.0 - TOLERANCE).max(0.0);
    let amiss = if fitted > want.easy { amiss * own } else { 0.0 };
    let easy = want.easy;
    let price = if easy > 0.0 { SHAPE.0 } else { SHAPE.1 };
    heft * (0.7 * fitted.max(easy) + 0.3 * own.max(0.6 * easy) + price * amiss)
}

fn line(across: f64, a: f64, b: f64, edge: u32) -> Line {
    Line {
        across,
        from: a.min(b),
        to: a.max(b),
        edge,
    }
}

/// Each edge for which a direction was chosen, between the children of the innermost group that holds both of its ends.
fn flows(graph: &Graph, direction: Option<Direction>) -> Vec<(NodeId, NodeId, Direction)> {
    let parent = |node: NodeId| graph.nodes[node.index()].parent;
    let mut depth = vec![0_u32; graph.nodes.len()];
    for (at, node) in graph.nodes.iter().enumerate() {
        depth[at] = node.parent.map_or(0, |parent| depth[parent.index()] + 1);
    }
    let flow = |edge: &super::graph::Edge| {
        let (mut from, mut to) = (edge.from, edge.to);
        while from != to && parent(from) != parent(to) {
            if depth[from.index()] >= depth[to.index()] {
                from = parent(from)?;
            } else {
                to = parent(to)?;
            }
        }
        let own = match parent(from).map(|group| graph.nodes[group.index()].shape) {
            Some(Shape::Group { direction, .. }) => direction,
            _ => None,
        };
        let direction = own.or(direction).filter(|_| from != to)?;
        Some((from, to, direction))
    };
    graph.edges.iter().filter_map(flow).collect()
}

/// Neighbours in the author's order, and what it costs to swap them.
fn siblings(graph: &Graph) -> Vec<(u32, u32, f64)> {
    let root = graph.nodes.len();
    let up = |at: usize| graph.nodes[at].parent.map_or(root, NodeId::index);
    let mut count = vec![0.0_f64; root + 1];
    let mut last = vec![None; root + 1];
    let mut pairs = Vec::new();
    for (at, node) in (0_u32..).zip(&graph.nodes) {
        let parent = up(at as usize);
        count[parent] += 1.0;
        let group = matches!(node.shape, Shape::Group { .. });
        if let Some((before, other)) = last[parent].replace((at, group)) {
            pairs.push((before, at, if group && other { 1.0 } else { 0.0 }));
        }
    }
    for (_, at, price) in &mut pairs {
        let few = count[up(*at as usize)].powi(2);
        *price = ORDER.0 + *price * ORDER.1 / few;
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::{Route, Size};
    use crate::layout::{Edge, Node};

    /// Four boxes at the corners of a square, and two edges along `ends`, drawn through `routes`.
    fn cost(ends: [(u32, u32); 2], routes: [&[(f64, f64)]; 2]) -> f64 {
        let size = Size::new(20.0, 20.0);
        let corners = [(0.0, 0.0), (100.0, 0.0), (0.0, 100.0), (100.0, 100.0)];
        let node = Node {
            parent: None,
            shape: Shape::Leaf(size),
            likeness: None,
        };
        let edge = |(from, to)| Edge {
            from: NodeId(from),
            to: NodeId(to),
            label: None,
            style: Some(0),
            weight: 1,
        };
        let graph = Graph {
            nodes: vec![node; 4],
            edges: ends.into_iter().map(edge).collect(),
        };
        let route =
            |points: &[(f64, f64)]| Route::new(points.iter().copied().map(Point::from).collect());
        let layout = Layout {
            size: Size::new(120.0, 120.0),
            boxes: corners
                .iter()
                .map(|&at| Rect::from_origin_size(at, size))
                .collect(),
            titles: vec![None; 4],
            routes: routes.into_iter().map(route).collect(),
            labels: vec![None; 2],
        };
        let want = Want {
            shape: 1.0,
            easy: 0.0,
        };
        let mut appraiser = Appraiser::new(&graph, want, None);
        appraiser.lines(&layout);
        appraiser.crossings(&layout)
    }

    const ACROSS: [&[(f64, f64)]; 2] = [
        &[(10.0, 20.0), (10.0, 60.0), (110.0, 60.0), (110.0, 100.0)],
        &[
            (110.0, 20.0),
            (110.0, 50.0),
            (60.0, 50.0),
            (60.0, 110.0),
            (20.0, 110.0),
        ],
    ];

    #[test]
    fn lines_that_cross_cost_a_crossing() {
        assert!((cost([(0, 3), (1, 2)], ACROSS) - CROSSING).abs() < 1e-9);
    }

    #[test]
    fn an_edge_against_the_chosen_direction_costs() {
        let node = |parent, shape| Node {
            parent,
            shape,
            likeness: None,
        };
        let leaf = Shape::Leaf(Size::new(20.0, 20.0));
        let group = Shape::Group {
            title: Size::ZERO,
            direction: Some(Direction::Right),
        };
        let edge = |from, to| Edge {
            from: NodeId(from),
            to: NodeId(to),
            label: None,
            style: Some(0),
            weight: 1,
        };
        let graph = Graph {
            nodes: vec![
                node(None, group),
                node(Some(NodeId(0)), leaf),
                node(Some(NodeId(0)), leaf),
                node(None, leaf),
            ],
            edges: vec![edge(1, 2), edge(2, 3)],
        };
        let boxes = [
            (0.0, 0.0, 100.0, 40.0),
            (10.0, 10.0, 30.0, 30.0),
            (60.0, 10.0, 80.0, 30.0),
            (40.0, 90.0, 60.0, 110.0),
        ];
        let layout = Layout {
            boxes: boxes
                .map(|(x0, y0, x1, y1)| Rect::new(x0, y0, x1, y1))
                .to_vec(),
            ..Layout::default()
        };
        let want = Want {
            shape: 1.0,
            easy: 0.0,
        };
        let cost = |direction| Appraiser::new(&graph, want, direction).flow(&layout);
        // The group has a direction of its own; what leaves it follows the whole.
        assert!(cost(None).abs() < 1e-9);
        assert!(cost(Some(Direction::Down)).abs() < 1e-9);
        assert!((cost(Some(Direction::Up)) - AGAINST).abs() < 1e-9);
    }

    #[test]
    fn lines_that_keep_apart_cost_none() {
        let apart: [&[(f64, f64)]; 2] = [
            &[(10.0, 20.0), (10.0, 100.0)],
            &[(110.0, 20.0), (110.0, 100.0)],
        ];
        assert!(cost([(0, 2), (1, 3)], apart).abs() < 1e-9);
    }
}
