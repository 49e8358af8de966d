//! Boxes and lines: a [`Graph`] in, a [`Layout`] out. Knows nothing of Kubernetes, notes or colours.

pub mod graph;
pub mod layered;
pub mod placed;

pub use graph::{Direction, Edge, EdgeId, Graph, Layout, Node, NodeId, Shape};
pub use placed::Placed;

use crate::geom::{Point, Rect, Route, Size};

/// Which engine lays a graph out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Engine {
    /// Our own: layered, for compound graphs.
    #[default]
    Layered,
    /// The layout-rs crate's, a group at a time.
    LayoutRs,
}

/// What the caller wants of the drawing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Options {
    /// The engine.
    pub engine: Engine,
    /// The main way of the edges; `None` lets the engine choose.
    pub direction: Option<Direction>,
    /// The frame that the picture should fill: its text is to be as large as possible there. Only the ratio counts.
    pub fit: Option<Size>,
    /// Whether fans from or to one node share a trunk.
    pub bundle: bool,
}

/// Is told what came out of each phase, in order.
pub trait Trace {
    /// `phase` has just ended.
    fn phase(&mut self, phase: &'static str);
}

impl Trace for () {
    fn phase(&mut self, _phase: &'static str) {}
}

/// Lays `graph` out.
///
/// Always returns a full [`Layout`]: one entry a node and an edge. The same graph and options give the same layout.
pub fn run(graph: &Graph, options: &Options, trace: &mut dyn Trace) -> Layout {
    let _ = options;
    let layout = stack(graph);
    trace.phase("stack");
    layout
}

/// Everything in one column: what stands here until the layered engine does.
fn stack(graph: &Graph) -> Layout {
    const GAP: f64 = 24.0;
    let count = graph.nodes.len();
    let mut layout = Layout {
        boxes: vec![Rect::ZERO; count],
        titles: vec![None; count],
        ..Layout::default()
    };
    let mut depth = vec![0_u32; count];
    let (mut y, mut right) = (0.0_f64, 0.0_f64);
    for (index, node) in graph.nodes.iter().enumerate() {
        depth[index] = node.parent.map_or(0, |parent| depth[parent.index()] + 1);
        let x = f64::from(depth[index]) * GAP;
        let size = match node.shape {
            Shape::Leaf(size) => size,
            Shape::Group { title, .. } => {
                layout.titles[index] = Some(Rect::from_origin_size((x + 8.0, y + 4.0), title));
                Size::new(title.width + 2.0 * GAP, title.height + 8.0)
            }
        };
        layout.boxes[index] = Rect::from_origin_size((x, y), size);
        y += size.height + GAP;
        right = right.max(x + size.width);
    }
    for index in (0..count).rev() {
        let frame = layout.boxes[index].inflate(GAP / 2.0, GAP / 2.0);
        right = right.max(frame.x1);
        if let Some(parent) = graph.nodes[index].parent {
            let outer = layout.boxes[parent.index()];
            layout.boxes[parent.index()] = Rect::new(
                outer.x0,
                outer.y0,
                outer.x1.max(frame.x1),
                outer.y1.max(frame.y1),
            );
        }
    }
    for edge in &graph.edges {
        let from = layout.boxes[edge.from.index()];
        let to = layout.boxes[edge.to.index()];
        right += GAP / 2.0;
        layout.routes.push(Route::new(vec![
            Point::new(from.x1, from.center().y),
            Point::new(right, from.center().y),
            Point::new(right, to.center().y),
            Point::new(to.x1, to.center().y),
        ]));
        layout.labels.push(edge.label.map(|size| {
            Rect::from_origin_size(
                (right + 2.0, f64::midpoint(from.center().y, to.center().y)),
                size,
            )
        }));
        right += edge.label.map_or(0.0, |size| size.width);
    }
    layout.size = Size::new(right + GAP, y + GAP);
    layout
}
