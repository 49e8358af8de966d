//! What a finished layout is worth, in px: how good drafts of small graphs are compared after they have been routed.
//!
//! The terms are those that a reader notices: crossings first, then length, bends, the size in its frame, the author's order.

use super::graph::{Graph, Layout, NodeId, Shape};
use crate::geom::{Point, Rect};

/// A crossing.
const CROSSING: f64 = 600.0;
/// A bend.
const BEND: f64 = 22.0;
/// Two boxes against the author's order; and two groups, divided by the square of the number of siblings.
const ORDER: (f64, f64) = (14.0, 1400.0);
/// How much a wrong shape costs, in sides of the picture: where nobody chose a frame, and where somebody did.
const SHAPE: (f64, f64) = (2.0, 6.0);
/// By which share the shape may differ from the wanted one.
const TOLERANCE: f64 = 0.125;

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
    level: Vec<Line>,
    upright: Vec<Line>,
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
    pub(super) fn new(graph: &'a Graph, want: Want) -> Self {
        Self {
            graph,
            want,
            siblings: siblings(graph),
            level: Vec::new(),
            upright: Vec::new(),
        }
    }

    /// The cost of `layout`.
    pub(super) fn cost(&mut self, layout: &Layout) -> f64 {
        self.bulk(layout) + self.order(layout) + self.lines(layout) + self.crossings(layout)
    }

    /// The side of the frame of the wanted shape that the picture fills, and its own area.
    fn bulk(&self, layout: &Layout) -> f64 {
        let (w, h) = (layout.size.width + 40.0, layout.size.height + 50.0);
        let root = self.want.shape.sqrt();
        let fitted = (w / root).max(h * root);
        let own = (w * h).sqrt();
        let boxes = self.graph.nodes.len() as f64;
        let heft = 0.6 * boxes.sqrt() + 0.05 * self.graph.edges.len() as f64;
        let off = w / h / self.want.shape;
        let amiss = (off.max(1.0 / off) - 1.0 - TOLERANCE).max(0.0);
        let amiss = if fitted > self.want.easy {
            amiss * own
        } else {
            0.0
        };
        let easy = self.want.easy;
        let price = if easy > 0.0 { SHAPE.0 } else { SHAPE.1 };
        heft * (0.7 * fitted.max(easy) + 0.3 * own.max(0.6 * easy) + price * amiss)
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

fn line(across: f64, a: f64, b: f64, edge: u32) -> Line {
    Line {
        across,
        from: a.min(b),
        to: a.max(b),
        edge,
    }
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
        let mut appraiser = Appraiser::new(&graph, want);
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
    fn lines_that_keep_apart_cost_none() {
        let apart: [&[(f64, f64)]; 2] = [
            &[(10.0, 20.0), (10.0, 100.0)],
            &[(110.0, 20.0), (110.0, 100.0)],
        ];
        assert!(cost([(0, 2), (1, 3)], apart).abs() < 1e-9);
    }
}
