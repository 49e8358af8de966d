//! Placement: where every box and frame of a compound graph stands, before any edge is routed.
//!
//! Every edge is lifted to the lowest common ancestor of its ends, so that each group is a small problem of its own (after
//! Sander 1996, "Layout of compound directed graphs"): first all groups from the inside out, then again, now knowing where the
//! ends outside a group lie. A group's children are set in rows or columns; what an arrangement is worth is measured on its
//! coordinates ([`cost`]), and the best of several good beginnings is improved by local search ([`search`]).

mod align;
mod arrange;
mod cost;
mod frame;
mod grid;
mod lift;
mod nest;
mod p1_cycles;
mod p2_rank;
mod p3_order;
mod problem;
mod room;
mod score;
mod search;
mod spread;
mod stage;
mod start;
mod tree;
mod way;

use super::graph::Graph;
use super::placed::Placed;
use super::{Options, Trace};
use crate::geom::{Rect, Size};
use lift::Ties;
use nest::Nest;
use score::Score;
use search::{Effort, Searcher};
use stage::Stage;

/// The shape (width / height) of a picture whose frame nobody chose.
const SHAPE: f64 = 1.7;
/// Up to this many nodes the best of all passes is taken, not the last.
const SCORED: usize = 500;

/// Places the nodes of `graph`.
pub fn place(graph: &Graph, options: &Options, trace: &mut dyn Trace) -> Placed {
    let nest = Nest::new(graph);
    trace.phase("nest");
    let ties = Ties::new(graph, &nest);
    trace.phase("lift");
    let shape = options
        .fit
        .map_or(SHAPE, |fit| fit.width / fit.height)
        .clamp(0.05, 20.0);
    let mut searcher = Searcher::default();
    let nodes = graph.nodes.len();
    let mut score = (nodes <= SCORED).then(|| Score::new(graph, &nest, shape));
    let mut best: Option<(f64, Placed)> = None;
    for &seed in seeds(nodes) {
        let mut stage = Stage::new(graph, &nest, &ties, options, (shape, seed));
        for (phase, effort) in efforts(nodes) {
            if stage.corner.is_empty() {
                stage.inside_out(&mut searcher, effort);
            } else {
                stage.outside_in(&mut searcher, effort);
            }
            let cost = score.as_mut().map_or(0.0, |score| score.of(&stage, &nest));
            if best.as_ref().is_none_or(|best| cost <= best.0) {
                best = Some((cost, placed(graph, &nest, &stage)));
            }
            trace.phase(phase);
        }
    }
    best.map_or_else(Placed::default, |best| best.1)
}

/// The shapes that groups are first drawn in: small graphs are laid out several times over, and the best is kept.
fn seeds(nodes: usize) -> &'static [f64] {
    match nodes {
        0..=60 => &[1.7, 0.7, 3.5],
        61..=200 => &[1.7],
        _ => &[1.7],
    }
}

/// The passes, and what each may spend on a group.
fn efforts(nodes: usize) -> [(&'static str, Effort); 3] {
    let effort = |starts, slots, rounds| Effort {
        starts,
        slots,
        rounds,
    };
    let [first, second, third] = if nodes <= 60 {
        [effort(3, 6, 8), effort(3, 6, 8), effort(2, 6, 8)]
    } else if nodes <= 500 {
        [effort(1, 3, 1), effort(2, 3, 2), effort(1, 3, 1)]
    } else {
        [effort(1, 3, 1), effort(2, 3, 1), effort(1, 3, 1)]
    };
    [
        ("inside out", first),
        ("refine", second),
        ("refine again", third),
    ]
}

/// What the stage knows, as columns of the graph.
fn placed(graph: &Graph, nest: &Nest, stage: &Stage) -> Placed {
    let count = graph.nodes.len();
    let mut placed = Placed {
        boxes: vec![Rect::ZERO; count],
        titles: vec![None; count],
        size: stage.size.first().copied().unwrap_or(Size::ZERO),
    };
    for (node, &place) in nest.place.iter().enumerate() {
        let place = place as usize;
        let corner = stage.corner[place];
        let slot = stage.size[nest.model[place] as usize];
        placed.boxes[node] = if nest.role[place] == nest::Role::Leaf {
            let own = frame::leaf(graph, nest.node[place]);
            Rect::from_origin_size(corner + (slot - own).to_vec2() / 2.0, own)
        } else {
            Rect::from_origin_size(corner, slot)
        };
        placed.titles[node] = frame::words(graph, nest, place, corner);
    }
    placed
}
