//! What a drawing of one group costs: length, bends, boxes in the way, crossings, size and shape, the author's order.
//!
//! All in px of edge length, so that the terms can be weighed against each other: a bend or a crossing is worth a detour.

use super::arrange::Drawing;
use super::bodies::Bodies;
use super::line::{Crossings, Line};
use super::problem::{Flow, Problem, Wire};
use super::way::Way;
use crate::geom::{Point, Rect};

/// A crossing.
const CROSSING: f64 = 110.0;
/// Two boxes against the author's order; and two groups, divided by the square of the number of siblings.
const ORDER: (f64, f64) = (14.0, 1400.0);
/// A wire between two boxes that runs level, and one that runs backwards, where nobody chose a direction.
const LEVEL: f64 = 20.0;
const BACKWARDS: f64 = 35.0;
/// By which share the shape of the whole may differ from the wanted one.
const TOLERANCE: f64 = 0.125;
/// A wire against the direction that the author chose.
const AGAINST: f64 = 400.0;

/// In a large group of boxes the flow is what one reads: how much less its size counts, and how much more its flow.
const PLAIN: (f64, f64) = (0.4, 8.0);
/// How many lines of a large drawing are tested for crossings.
const SAMPLE: usize = 300;
/// How many pairs of a line and a box are tested in a large drawing.
const BLOCK_TESTS: usize = 500_000;

/// Sums up a drawing.
#[derive(Debug, Clone, Default)]
pub(super) struct Judge {
    ways: Vec<Way>,
    bodies: Bodies,
    lines: Vec<Line>,
    crossings: Crossings,
}

impl Judge {
    /// The part of the cost that is known as soon as a drawing has rows: the extent, the author's order, the flow.
    pub(super) fn known(problem: &Problem, drawing: &Drawing) -> f64 {
        let wires = problem.wires.iter();
        let flow: f64 = wires.map(|wire| against(problem, drawing, wire)).sum();
        bulk(problem, drawing) + order(problem, drawing) + flow
    }

    /// The cost of `drawing`, of which some is `known`, or infinity as soon as it is seen to be at least `limit`: what is quick to
    /// tell comes first.
    pub(super) fn cost(
        &mut self,
        problem: &Problem,
        drawing: &Drawing,
        (known, limit): (f64, f64),
    ) -> f64 {
        let mut cost = known;
        self.ways.clear();
        for wire in &problem.wires {
            let way = Way::new(wire, drawing.end(&wire.a), drawing.end(&wire.b));
            cost += way.cost * wire.weight;
            self.ways.push(way);
        }
        if cost >= limit {
            return f64::INFINITY;
        }
        let lines = self.ways.iter().zip(&problem.wires);
        let lines = lines.map(|(way, wire)| straight(way.from, way.to, wire));
        let crossing = CROSSING * problem.knot / problem.copies;
        cost += self.crossings.count(lines, (limit - cost) / crossing) * crossing;
        if cost >= limit {
            return f64::INFINITY;
        }
        self.stand(problem, drawing);
        for (way, wire) in self.ways.iter().zip(&problem.wires) {
            cost += way.obstacles(problem, (drawing, &self.bodies), wire) * wire.weight;
            if cost >= limit {
                return f64::INFINITY;
            }
        }
        cost
    }

    /// Takes over where the children stand.
    fn stand(&mut self, problem: &Problem, drawing: &Drawing) {
        let children = drawing.at.iter().zip(&problem.size);
        self.bodies.clear();
        self.bodies
            .extend(children.map(|(&at, &size)| Rect::from_origin_size(at, size)));
    }

    /// The cost of a large drawing; crossings, and what stands in the way, by a sample.
    pub(super) fn rough(&mut self, problem: &Problem, drawing: &Drawing) -> f64 {
        let groups = problem.group.iter().filter(|&&group| group).count();
        let plain = groups * 2 < problem.count();
        let (heft, flow) = if plain { PLAIN } else { (1.0, 1.0) };
        let mut cost = bulk(problem, drawing) * heft;
        let stride = problem.wires.len() / SAMPLE + 1;
        self.stand(problem, drawing);
        let long =
            problem.wires.len() / (BLOCK_TESTS / problem.count().max(1)).clamp(1, SAMPLE) + 1;
        self.lines.clear();
        for (index, wire) in problem.wires.iter().enumerate() {
            let (from, to) = (drawing.end(&wire.a), drawing.end(&wire.b));
            let length = (to.x - from.x).abs() + (to.y - from.y).abs();
            cost += length * wire.weight + against(problem, drawing, wire) * flow;
            if index % long == 0 {
                let way = Way::new(wire, from, to);
                let extra =
                    way.cost + way.obstacles(problem, (drawing, &self.bodies), wire) - length;
                cost += extra * wire.weight * long as f64;
            }
            if index % stride == 0 {
                self.lines.push(straight(from, to, wire));
            }
        }
        let scale = (stride * stride) as f64;
        let lines = self.lines.iter().copied();
        cost + self.crossings.count(lines, f64::INFINITY) * scale * CROSSING
    }
}

/// A wire as a straight line.
fn straight(from: Point, to: Point, wire: &Wire) -> Line {
    Line::new([from, to], wire.copy)
}

/// The cost of the extent: the side of the frame of the wanted shape that it fills, and its own area.
fn bulk(problem: &Problem, drawing: &Drawing) -> f64 {
    let (w, h) = (drawing.size.width + 40.0, drawing.size.height + 50.0);
    let root = problem.shape.sqrt();
    let fitted = (w / root).max(h * root);
    let own = (w * h).sqrt();
    let groups = problem.group.iter().filter(|&&group| group).count();
    let heft = (0.8 * (problem.count() as f64).sqrt() + 0.1 * problem.pull)
        * (1.0 + groups as f64 / problem.count().max(1) as f64);
    let off = w / h / problem.shape;
    let amiss = (off.max(1.0 / off) - 1.0 - TOLERANCE).max(0.0);
    let amiss = if fitted > problem.easy {
        amiss * own * problem.strict
    } else {
        0.0
    };
    problem.heft
        * heft
        * (0.7 * fitted.max(problem.easy) + 0.3 * own.max(0.6 * problem.easy) + amiss)
}

/// The cost of leaving the author's order.
fn order(problem: &Problem, drawing: &Drawing) -> f64 {
    let mut cost = 0.0;
    for child in 1..problem.count() {
        let before = child - 1;
        let (row, earlier) = (drawing.row[child], drawing.row[before]);
        let late =
            row < earlier || row == earlier && drawing.column[child] < drawing.column[before];
        if late {
            let groups = problem.group[child] && problem.group[before];
            let few = (problem.count() * problem.count()) as f64;
            cost += if groups {
                ORDER.0 + ORDER.1 / few
            } else {
                ORDER.0
            };
        }
    }
    cost
}

/// The cost of running against the flow.
fn against(problem: &Problem, drawing: &Drawing, wire: &Wire) -> f64 {
    if wire.is_pin() {
        return 0.0;
    }
    let (a, b) = (wire.a.child as usize, wire.b.child as usize);
    let (from, to) = (drawing.row[a], drawing.row[b]);
    match problem.flow {
        Flow::Forward if to <= from => AGAINST,
        Flow::Backward if to >= from => AGAINST,
        Flow::Free if problem.group[a] || problem.group[b] || to > from => 0.0,
        Flow::Free if to < from => BACKWARDS,
        Flow::Free if drawing.column[b] < drawing.column[a] => LEVEL + BACKWARDS,
        Flow::Free => LEVEL,
        _ => 0.0,
    }
}
