//! Placement: where every box and frame of a compound graph stands, before any edge is routed.
//!
//! Every edge is lifted to the lowest common ancestor of its ends, so that each group is a small problem of its own (after
//! Sander 1996, "Layout of compound directed graphs"): first all groups from the inside out, then again, now knowing where the
//! ends outside a group lie. A group's children are set in rows or columns; what an arrangement is worth is measured on its
//! coordinates ([`cost`]), and the best of several good beginnings is improved by local search ([`search`]).

mod align;
mod arrange;
mod bodies;
mod cost;
mod exchange;
mod frame;
mod grid;
mod improve;
mod lift;
mod line;
mod nest;
mod outlook;
mod p1_cycles;
mod p2_rank;
mod p3_order;
mod problem;
mod pull;
mod replicas;
mod room;
mod search;
mod slots;
mod spread;
mod stage;
mod start;
mod tree;
mod trial;
mod way;

use super::appraise::Want;
use super::graph::Graph;
use super::placed::Placed;
use super::{Options, Trace};
use crate::geom::{Rect, Size};
use lift::Ties;
use nest::Nest;
use search::{Effort, Searcher};
use stage::Stage;

/// Up to this many nodes a graph is placed with care; in larger ones effort counts, and crossings count more.
const SMALL: usize = 60;
/// Up to this many nodes every pass is judged, and the best is taken, not the last; larger graphs do without the third, which as often
/// makes them worse, and search only once they know where the outside lies.
const JUDGED: usize = 500;

/// Up to this many nodes more than one beginning is improved: in larger graphs the second one saves two crossings in a hundred.
const VAST: usize = 4000;

/// How many finished pictures of a small graph may be looked at from each beginning: this, divided by the square of its nodes and edges.
const TRIALS: usize = 300_000;
/// And at most so many: of the smallest graphs, which have more beginnings, and of others.
const MOST_TRIALS: (usize, usize) = (66, 99);
/// Up to how many nodes a graph is one of the smallest.
const SMALLEST: usize = 20;
/// Up to how many nodes a graph is small enough for trials, and for routing what is judged; of larger ones the [`outlook`] is judged.
const TRIED: usize = 105;

/// Places the nodes of `graph`: the best placement first, then others that a small graph was begun with, each with what it costs.
///
/// `judge` says what a finished picture of the given places costs: small graphs are improved by it.
pub(super) fn place(
    graph: &Graph,
    options: &Options,
    want: Want,
    judge: &mut dyn FnMut(&Placed) -> f64,
    trace: &mut dyn Trace,
) -> Vec<(f64, Placed)> {
    let nest = Nest::new(graph);
    trace.phase("nest");
    let ties = Ties::new(graph, &nest);
    trace.phase("lift");
    let mut searcher = Searcher::default();
    let nodes = graph.nodes.len();
    let mut cost = |stage: &Stage| {
        let placed = placed(graph, &nest, stage);
        if nodes <= TRIED {
            judge(&placed)
        } else {
            outlook::outlook(graph, &placed, &want)
        }
    };
    let (first, rest) = trials(graph);
    let mut stages: Vec<(f64, Stage)> = Vec::new();
    for &inner in starts(nodes) {
        let mut stage = Stage::new(graph, &nest, &ties, options, (want, inner));
        let mut worth = pass(&mut stage, &mut searcher, nodes, &mut cost, trace);
        if first > 0 {
            worth = improve::improve(&mut stage, &mut searcher, first, &mut cost);
            trace.phase("improve");
        }
        stages.push((worth, stage));
    }
    stages.sort_by(|a, b| a.0.total_cmp(&b.0));
    if let Some((worth, stage)) = stages.first_mut().filter(|_| rest > 0) {
        *worth = improve::improve(stage, &mut searcher, rest, &mut cost);
        trace.phase("improve");
    }
    let placed = |(worth, stage): &(f64, Stage)| (*worth, placed(graph, &nest, stage));
    stages.iter().map(placed).collect()
}

/// The shapes (width / height) that groups are first drawn in: what grows from each is another picture.
fn starts(nodes: usize) -> &'static [f64] {
    match nodes {
        0..=SMALLEST => &[1.7, 0.7, 3.5],
        _ if nodes <= TRIED => &[1.7, 0.7],
        _ => &[1.7],
    }
}

/// Arranges all groups several times over, each time knowing more; of small graphs the best state is kept, and its cost given.
fn pass<'a>(
    stage: &mut Stage<'a>,
    searcher: &mut Searcher,
    nodes: usize,
    cost: &mut dyn FnMut(&Stage) -> f64,
    trace: &mut dyn Trace,
) -> f64 {
    let mut best: Option<(f64, Stage<'a>)> = None;
    for (phase, effort) in efforts(nodes) {
        if stage.corner.is_empty() {
            stage.inside_out(searcher, effort);
        } else {
            stage.outside_in(searcher, effort);
        }
        if nodes <= JUDGED {
            let cost = cost(stage);
            if best.as_ref().is_none_or(|best| cost <= best.0) {
                best = Some((cost, stage.clone()));
            }
        }
        trace.phase(phase);
    }
    best.map_or(0.0, |(cost, best)| {
        *stage = best;
        cost
    })
}

/// How many finished pictures of a graph may be looked at from each beginning, and from the best of them.
fn trials(graph: &Graph) -> (usize, usize) {
    let most = match graph.nodes.len() {
        0..=SMALLEST => MOST_TRIALS.0,
        nodes if nodes <= TRIED => MOST_TRIALS.1,
        _ => return (0, 0),
    };
    let parts = graph.nodes.len() + graph.edges.len();
    let each = (TRIALS / (parts * parts).max(1)).min(most);
    let all = each * starts(graph.nodes.len()).len();
    (each * 3 / 5, all * 2 / 5)
}

/// The passes, and what each may spend on a group.
fn efforts(nodes: usize) -> impl Iterator<Item = (&'static str, Effort)> {
    let effort = |starts, slots, rounds| Effort {
        starts,
        slots,
        rounds,
        careful: nodes <= SMALL,
    };
    let passes = match nodes {
        0..=SMALL => vec![effort(1, 3, 2), effort(2, 4, 3), effort(1, 3, 3)],
        _ if nodes <= JUDGED => vec![effort(1, 3, 1), effort(2, 3, 1), effort(1, 2, 1)],
        _ if nodes <= VAST => vec![effort(1, 0, 0), effort(2, 1, 1)],
        _ => vec![effort(1, 0, 0), effort(1, 1, 1)],
    };
    ["inside out", "refine", "refine again"]
        .into_iter()
        .zip(passes)
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
