//! Boxes and lines: a [`Graph`] in, a [`Layout`] out. Knows nothing of Kubernetes, notes or colours.

mod appraise;
pub mod graph;
pub mod layered;
mod layout_rs;
pub mod placed;
mod route;
pub mod verify;

pub use graph::{Direction, Edge, EdgeId, Graph, Layout, Node, NodeId, Shape};
pub use layout_rs::Refused;
pub use placed::Placed;

use crate::geom::Size;

/// Which engine lays a graph out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Engine {
    /// Our own: layered, for compound graphs.
    #[default]
    Layered,
    /// The layout-rs crate's, a group at a time.
    LayoutRs,
}

/// How the lines of edges run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Routes {
    /// Along the two axes, with right angles.
    #[default]
    Orthogonal,
    /// Like orthogonal ones, but with curves where there is room for them.
    Curved,
    /// Straight from end to end where nothing is in the way, else around it.
    Straight,
}

/// What the caller wants of the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// The engine.
    pub engine: Engine,
    /// The main way of the edges; `None` lets the engine choose.
    pub direction: Option<Direction>,
    /// The frame that the picture should fill: its text is to be as large as possible there. Only the ratio counts.
    pub fit: Option<Size>,
    /// How the lines run.
    pub routes: Routes,
    /// Edges of one style with a common end share a stretch where that is clearer.
    pub bundle: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            engine: Engine::default(),
            direction: None,
            fit: None,
            routes: Routes::default(),
            bundle: true,
        }
    }
}

/// Is told what came out of each phase, in order.
pub trait Trace {
    /// `phase` has just ended.
    fn phase(&mut self, phase: &'static str);
}

impl Trace for () {
    fn phase(&mut self, _phase: &'static str) {}
}

/// The shape (width / height) of a picture whose frame nobody chose.
const SHAPE: f64 = 1.7;
/// A picture whose frame of the wanted shape has this side is small enough, in px, when nobody chose a frame.
const EASY: f64 = 620.0;

/// Lays `graph` out.
///
/// Always returns a full [`Layout`]: one entry a node and an edge. The same graph and options give the same layout.
pub fn run(graph: &Graph, options: &Options, trace: &mut dyn Trace) -> Layout {
    attempt(graph, options, trace).0
}

/// Lays `graph` out, and says why the wanted engine could not: our own has taken its place then.
pub fn attempt(
    graph: &Graph,
    options: &Options,
    trace: &mut dyn Trace,
) -> (Layout, Option<Refused>) {
    let (placed, refused) = match options.engine {
        Engine::Layered => (place(graph, options, trace), None),
        Engine::LayoutRs => match layout_rs::place(graph, options, trace) {
            Ok(placed) => (placed, None),
            Err(refused) => (place(graph, options, trace), Some(refused)),
        },
    };
    (route::run(graph, &placed, options, trace), refused)
}

/// Placement by our own engine, which looks at the routes of small graphs.
fn place(graph: &Graph, options: &Options, trace: &mut dyn Trace) -> Placed {
    let shape = options.fit.map_or(SHAPE, |fit| fit.width / fit.height);
    let want = appraise::Want {
        shape: shape.clamp(0.05, 20.0),
        easy: if options.fit.is_some() { 0.0 } else { EASY },
    };
    let mut appraiser = appraise::Appraiser::new(graph, want, options.direction);
    let mut judge = |placed: &Placed| appraiser.cost(&route::draft(graph, placed, options));
    layered::place(graph, options, want, &mut judge, trace)
}
