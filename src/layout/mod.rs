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

/// How often a picture is drawn for the frame that was chosen; and a large one.
const AIMS: (usize, usize) = (4, 2);
/// Graphs with more nodes than this are large.
const AIMED: usize = 2000;
/// By which factor its shape may miss that of the frame.
const ASKEW: f64 = 1.15;
/// What a fault costs where finished pictures are compared, in px.
const FAULT: f64 = 5000.0;

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
    match options.engine {
        Engine::Layered => (layered(graph, options, trace), None),
        Engine::LayoutRs => match layout_rs::place(graph, options, trace) {
            Ok(placed) => (route::run(graph, &placed, options, trace), None),
            Err(refused) => (layered(graph, options, trace), Some(refused)),
        },
    }
}

/// Our own engine. Routing widens what placement has shaped: where the picture has not the shape of the frame that the caller chose, it
/// is drawn again, aimed to the other side, half as far for it overshoots easily, and then between the two.
fn layered(graph: &Graph, options: &Options, trace: &mut dyn Trace) -> Layout {
    let Some(fit) = options.fit else {
        return shaped(graph, options, SHAPE, trace);
    };
    let shape = (fit.width / fit.height).clamp(0.05, 20.0);
    let mut aim = shape;
    let mut best: Option<(f64, Layout)> = None;
    let aims = if graph.nodes.len() > AIMED {
        AIMS.1
    } else {
        AIMS.0
    };
    // Aims that were too narrow, and too wide: a better one lies between.
    let (mut narrow, mut wide) = (0.0_f64, f64::INFINITY);
    for _ in 0..aims {
        let layout = shaped(graph, options, aim, trace);
        let Size { width, height } = layout.size + appraise::AROUND;
        let off = (shape * height / width).clamp(0.2, 5.0);
        let askew = off.max(1.0 / off);
        let scale = (shape / width).min(1.0 / height);
        if best.as_ref().is_none_or(|best| scale / askew > best.0) {
            best = Some((scale / askew, layout));
        }
        if askew < ASKEW {
            break;
        }
        if off > 1.0 {
            narrow = narrow.max(aim);
        } else {
            wide = wide.min(aim);
        }
        aim = if narrow > 0.0 && wide.is_finite() {
            (narrow * wide).sqrt()
        } else {
            (aim * off.sqrt()).clamp(0.05, 20.0)
        };
    }
    best.map_or_else(Layout::default, |best| best.1)
}

/// A layout aimed at a shape (width / height). The routes of small graphs are looked at: of several placements the one is taken that is
/// worth most when its labels have their room.
fn shaped(graph: &Graph, options: &Options, shape: f64, trace: &mut dyn Trace) -> Layout {
    let want = appraise::Want {
        shape,
        easy: if options.fit.is_some() { 0.0 } else { EASY },
    };
    let mut appraiser = appraise::Appraiser::new(graph, want, options.direction);
    let mut judge = |placed: &Placed| appraiser.cost(&route::draft(graph, placed, options));
    let places = layered::place(graph, options, want, &mut judge, trace);
    let single = places.len() < 2;
    let mut best: Option<(f64, Layout)> = None;
    for (worth, placed) in places {
        // Room for labels makes no picture better.
        if best.as_ref().is_some_and(|best| best.0 <= worth) {
            break;
        }
        let layout = route::run(graph, &placed, options, trace);
        if single {
            return layout;
        }
        let faults = verify::measure(graph, &layout).faults();
        let cost = appraiser.cost(&layout) + faults as f64 * FAULT;
        if best.as_ref().is_none_or(|best| cost < best.0) {
            best = Some((cost, layout));
        }
    }
    best.map_or_else(Layout::default, |best| best.1)
}
