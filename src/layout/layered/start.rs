//! Arrangements to begin with: layers of the wires' direction, and rows in source order.

use super::arrange::{Arrangement, GAP, ROW_GAP};
use super::problem::{Flow, Problem};
use super::{p1_cycles, p2_rank, p3_order};

/// The layers of the directed graph, the same in both orientations.
pub(super) fn layers(problem: &Problem, sweeps: u32) -> Vec<Vec<u32>> {
    let edges: Vec<(u32, u32)> = problem
        .wires
        .iter()
        .filter(|wire| !wire.is_pin())
        .map(|wire| (wire.a.child, wire.b.child))
        .collect();
    let edges = p1_cycles::acyclic(problem.count(), &edges);
    let rank = p2_rank::assign(problem.count(), &edges);
    p3_order::order(&rank, &edges, sweeps)
}

/// What a search may begin with: layers, and where nobody chose a direction also their mirror images, and rows in source order.
pub(super) fn beginnings(problem: &Problem, layers: &[Vec<u32>]) -> Vec<Arrangement> {
    let forward = wrap(problem, layers);
    match problem.flow {
        Flow::Forward => vec![forward],
        Flow::Backward => vec![mirrored(&forward)],
        Flow::Free => {
            let backward = mirrored(&forward);
            let all: Vec<u32> = (0_u32..).take(problem.count()).collect();
            vec![
                reversed(&forward),
                reversed(&backward),
                backward,
                forward,
                wrap(problem, &[all]),
            ]
        }
    }
}

/// The same rows, last first.
fn mirrored(arrangement: &Arrangement) -> Arrangement {
    let mut result = Arrangement::default();
    let mut end = arrangement.order.len();
    for &length in arrangement.rows.iter().rev() {
        let start = end - length as usize;
        result.order.extend(&arrangement.order[start..end]);
        result.rows.push(length);
        end = start;
    }
    result
}

/// The same rows, each from its last child to its first.
fn reversed(arrangement: &Arrangement) -> Arrangement {
    let mut order = Vec::with_capacity(arrangement.order.len());
    let mut start = 0;
    for &length in &arrangement.rows {
        let end = start + length as usize;
        order.extend(arrangement.order[start..end].iter().rev());
        start = end;
    }
    Arrangement {
        order,
        rows: arrangement.rows.clone(),
    }
}

/// Rows no longer than what the area of all children gives in the wanted shape, with room to spare.
fn wrap(problem: &Problem, layers: &[Vec<u32>]) -> Arrangement {
    let (mut area, mut widest) = (0.0, 0.0_f64);
    for size in &problem.size {
        area += (size.width + GAP) * (size.height + ROW_GAP);
        widest = widest.max(size.width);
    }
    let limit = ((area * problem.shape).sqrt() * 1.15).max(widest);
    let mut result = Arrangement::default();
    for layer in layers {
        let total: f64 = layer
            .iter()
            .map(|&child| problem.size[child as usize].width + GAP)
            .sum();
        let rows = (total / limit).ceil().max(1.0);
        let share = total / rows;
        let (mut x, mut length) = (0.0, 0_u32);
        for &child in layer {
            let width = problem.size[child as usize].width + GAP;
            if length > 0 && x + width / 2.0 > share {
                result.rows.push(length);
                (x, length) = (x - share, 0);
            }
            x += width;
            length += 1;
            result.order.push(child);
        }
        if length > 0 {
            result.rows.push(length);
        }
    }
    result
}
