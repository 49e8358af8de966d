//! What a placement promises before any edge is routed: how the passes of larger graphs are compared.

use super::line::{Crossings, Line};
use crate::layout::appraise::{Want, bulk};
use crate::layout::graph::Graph;
use crate::layout::placed::Placed;

/// A crossing of straight lines; routed ones cross less often.
const CROSSING: f64 = 700.0;
/// A px of length: routes are longer than the shortest way.
const LENGTH: f64 = 1.5;

/// What the finished picture of `placed` will cost, about, in px; only differences count.
pub(super) fn outlook(graph: &Graph, placed: &Placed, want: &Want) -> f64 {
    let mut lines = Vec::with_capacity(graph.edges.len());
    let mut length = 0.0;
    for edge in &graph.edges {
        let [from, to] = [edge.from, edge.to].map(|end| placed.boxes[end.index()]);
        let apart = to.center() - from.center();
        length += (apart.x.abs() - f64::midpoint(from.width(), to.width())).max(0.0)
            + (apart.y.abs() - f64::midpoint(from.height(), to.height())).max(0.0);
        lines.push(Line::new([from.center(), to.center()], 0));
    }
    let crossings = Crossings::default().count(lines.into_iter(), f64::INFINITY);
    LENGTH * length + CROSSING * crossings + bulk(graph, placed.size, want)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::{Rect, Size};
    use crate::layout::graph::{Edge, Node, NodeId, Shape};

    #[test]
    fn a_crossing_and_a_detour_make_it_worse() {
        let size = Size::new(20.0, 20.0);
        let node = Node {
            parent: None,
            shape: Shape::Leaf(size),
            likeness: None,
        };
        let edge = |(from, to)| Edge {
            from: NodeId(from),
            to: NodeId(to),
            label: None,
            style: None,
            weight: 1,
        };
        let graph = Graph {
            nodes: vec![node; 4],
            edges: [(0, 3), (1, 2)].map(edge).to_vec(),
        };
        let cost = |corners: [(f64, f64); 4]| {
            let placed = Placed {
                boxes: corners.map(|at| Rect::from_origin_size(at, size)).to_vec(),
                titles: vec![None; 4],
                size: Size::new(200.0, 120.0),
            };
            let want = Want {
                shape: 1.7,
                easy: 0.0,
            };
            outlook(&graph, &placed, &want)
        };
        let crossed = cost([(0.0, 0.0), (100.0, 0.0), (0.0, 100.0), (100.0, 100.0)]);
        let parted = cost([(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]);
        let longer = cost([(0.0, 0.0), (100.0, 0.0), (180.0, 100.0), (0.0, 100.0)]);
        assert!(crossed > parted + CROSSING);
        assert!(longer > parted);
    }
}
