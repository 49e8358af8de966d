//! Arrangements to begin with: layers of the wires' direction, and rows in source order.

use super::arrange::Arrangement;
use super::nest::id;
use super::p3_order::{self, Layers};
use super::problem::{End, Exit, Flow, Problem, Wire};
use super::room::{GAP, ROW_GAP};
use super::{p1_cycles, p2_rank};
use crate::geom::Size;

/// The layers of the directed graph, the same in both orientations.
pub(super) fn layers(problem: &Problem, sweeps: u32) -> Layers {
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
pub(super) fn beginnings(problem: &Problem, layers: &Layers) -> Vec<Arrangement> {
    let forward = wrap(problem, layers.iter());
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
                wrap(problem, std::iter::once(all.as_slice())),
            ]
        }
    }
}

/// The layers as they are, with a lane of its own for every long wire in every row that it passes: an arrangement of [`with_lanes`].
pub(super) fn lanes(layers: &Layers, flow: Flow) -> Arrangement {
    let forward = Arrangement {
        order: layers.order.clone(),
        rows: layers
            .iter()
            .map(|layer| id(layer.len()))
            .filter(|&length| length > 0)
            .collect(),
    };
    if flow == Flow::Backward {
        mirrored(&forward)
    } else {
        forward
    }
}

/// The problem in which dummies are children without size, and wires are cut at them.
///
/// What runs through dummies pulls harder (Gansner et al. 1993, section 4.2): a long wire is to be straight before a short one is.
pub(super) fn with_lanes(problem: &Problem, layers: &Layers) -> Problem {
    let real = problem.count();
    let mut result = problem.clone();
    let dummies = layers.order.len() - real;
    result.lanes = id(real);
    result.size.resize(real + dummies, Size::ZERO);
    result.group.resize(real + dummies, false);
    let end = |child: u32, size: Size| End {
        child,
        place: child,
        at: size.to_vec2() / 2.0,
        half: size.to_vec2() / 2.0,
        exit: Exit::default(),
    };
    let pieces = layers.short.iter().map(|&(a, b)| {
        let through = [a, b]
            .into_iter()
            .filter(|&end| end as usize >= real)
            .count();
        Wire {
            a: end(a, result.size[a as usize]),
            b: end(b, result.size[b as usize]),
            weight: [1.0, 2.0, 8.0][through],
            label: Size::ZERO,
            walls: (0, 0),
            copy: 0,
            pin: false,
        }
    });
    let pins = problem.wires.iter().filter(|wire| wire.is_pin()).copied();
    result.wires = pieces.chain(pins).collect();
    result.index();
    result
}

/// The same rows, last first.
pub(super) fn mirrored(arrangement: &Arrangement) -> Arrangement {
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
pub(super) fn reversed(arrangement: &Arrangement) -> Arrangement {
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
fn wrap<'a>(problem: &Problem, layers: impl Iterator<Item = &'a [u32]>) -> Arrangement {
    let real = |child: &&u32| (**child as usize) < problem.count();
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
            .filter(real)
            .map(|&child| problem.size[child as usize].width + GAP)
            .sum();
        let rows = (total / limit).ceil().max(1.0);
        let share = total / rows;
        let (mut x, mut length) = (0.0, 0_u32);
        for &child in layer.iter().filter(real) {
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
