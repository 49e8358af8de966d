//! What a drawing of one group costs: length, bends, boxes in the way, crossings, size and shape, the author's order.
//!
//! All in px of edge length, so that the terms can be weighed against each other: a bend is worth a detour of [`BEND`].

use super::arrange::Drawing;
use super::problem::{Flow, Problem, Wire};
use crate::geom::{Point, Rect, Vec2};

/// A bend.
const BEND: f64 = 22.0;
/// A box that stands where the wire would run; a group, which has channels around it.
const BLOCKED: (f64, f64) = (150.0, 50.0);
/// A crossing.
const CROSSING: f64 = 110.0;
/// Two boxes against the author's order; and two groups, divided by the square of the number of siblings.
const ORDER: (f64, f64) = (14.0, 1400.0);
/// A wire between two boxes that runs level, and one that runs backwards, where nobody chose a direction.
const LEVEL: f64 = 20.0;
const BACKWARDS: f64 = 35.0;
/// A wire against the direction that the author chose.
const AGAINST: f64 = 400.0;
/// How far the nodes of a wire must overlap for a straight line between them.
const FACING: f64 = 14.0;

/// In a large group of boxes the flow is what one reads: how much less its size counts, and how much more its flow.
const PLAIN: (f64, f64) = (0.4, 8.0);
/// How many lines of a large drawing are tested for crossings.
const SAMPLE: usize = 300;
/// How many pairs of a line and a box are tested in a large drawing.
const BLOCK_TESTS: usize = 500_000;

/// Sums up a drawing.
#[derive(Debug, Clone, Default)]
pub(super) struct Judge {
    lines: Vec<Line>,
}

impl Judge {
    /// The cost of `drawing`, or infinity as soon as it is seen to be at least `limit`.
    pub(super) fn cost(&mut self, problem: &Problem, drawing: &Drawing, limit: f64) -> f64 {
        let mut cost = bulk(problem, drawing) + order(problem, drawing);
        self.lines.clear();
        for wire in &problem.wires {
            if cost >= limit {
                return f64::INFINITY;
            }
            let (from, to) = (drawing.end(&wire.a), drawing.end(&wire.b));
            let ends = (wire.a.place, wire.b.place);
            self.lines.push(Line::new(from, to, ends));
            let way = route(problem, drawing, wire, from, to);
            cost += way * wire.weight + against(problem, drawing, wire);
        }
        if cost >= limit {
            return f64::INFINITY;
        }
        cost + self.crossings((limit - cost) / CROSSING) * CROSSING
    }

    /// The cost of a large drawing; crossings, and what stands in the way, by a sample.
    pub(super) fn rough(&mut self, problem: &Problem, drawing: &Drawing) -> f64 {
        let groups = problem.group.iter().filter(|&&group| group).count();
        let plain = groups * 2 < problem.count();
        let (heft, flow) = if plain { PLAIN } else { (1.0, 1.0) };
        let mut cost = bulk(problem, drawing) * heft;
        let stride = problem.wires.len() / SAMPLE + 1;
        let long =
            problem.wires.len() / (BLOCK_TESTS / problem.count().max(1)).clamp(1, SAMPLE) + 1;
        self.lines.clear();
        for (index, wire) in problem.wires.iter().enumerate() {
            let (from, to) = (drawing.end(&wire.a), drawing.end(&wire.b));
            let length = (to.x - from.x).abs() + (to.y - from.y).abs();
            cost += length * wire.weight + against(problem, drawing, wire) * flow;
            if index % long == 0 {
                let extra = route(problem, drawing, wire, from, to) - length;
                cost += extra * wire.weight * long as f64;
            }
            if index % stride == 0 {
                let ends = (wire.a.place, wire.b.place);
                self.lines.push(Line::new(from, to, ends));
            }
        }
        let scale = (stride * stride) as f64;
        cost + self.crossings(f64::INFINITY) * scale * CROSSING
    }

    /// Crossings of straight lines between the ends; counting ends at `limit`.
    fn crossings(&self, limit: f64) -> f64 {
        let mut count = 0_u32;
        for (index, one) in self.lines.iter().enumerate() {
            if f64::from(count) >= limit {
                break;
            }
            for two in &self.lines[..index] {
                count += u32::from(one.meets(two));
            }
        }
        f64::from(count)
    }
}

/// A wire as a straight line, with the box around it.
#[derive(Debug, Clone, Copy)]
struct Line {
    from: Point,
    to: Point,
    body: Rect,
    ends: (u32, u32),
}

impl Line {
    fn new(from: Point, to: Point, ends: (u32, u32)) -> Self {
        Self {
            from,
            to,
            body: Rect::from_points(from, to),
            ends,
        }
    }

    /// Whether two lines cross properly; those with a common end never do.
    fn meets(&self, other: &Self) -> bool {
        let (a, b) = (&self.body, &other.body);
        let near = a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
        if !near {
            return false;
        }
        let ((u, v), (s, t)) = (self.ends, other.ends);
        u != s && u != t && v != s && v != t && cross((self.from, self.to), (other.from, other.to))
    }
}

/// Whether two segments cross properly.
fn cross(one: (Point, Point), two: (Point, Point)) -> bool {
    let side = |(a, b): (Point, Point), p: Point| (b - a).cross(p - a);
    side(one, two.0) * side(one, two.1) < 0.0 && side(two, one.0) * side(two, one.1) < 0.0
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
    heft * (0.7 * fitted.max(problem.easy) + 0.3 * own.max(0.6 * problem.easy))
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

/// Length, bends and obstacles of the best simple route between two ends: straight where they face each other, else with one bend.
fn route(problem: &Problem, drawing: &Drawing, wire: &Wire, from: Point, to: Point) -> f64 {
    let (a, b) = (wire.a.half, wire.b.half);
    let blocked = if problem.group[wire.a.child as usize] {
        BLOCKED.1
    } else {
        BLOCKED.0
    };
    let apart = Vec2::new((to.x - from.x).abs(), (to.y - from.y).abs());
    let facing = |reach: f64, apart: f64, small: f64| reach - apart >= FACING.min(small);
    let small = |p: f64, q: f64| if q > 0.0 { 2.0 * p.min(q) } else { p };
    if facing(a.x + b.x, apart.x, small(a.x, b.x)) {
        let low = (from.x - a.x).max(to.x - b.x);
        let high = (from.x + a.x).min(to.x + b.x);
        let block = straight(low, high, |x| {
            let way = [(Point::new(x, from.y), Point::new(x, to.y))];
            blocks(problem, drawing, wire, &way)
        });
        return (apart.y - a.y - b.y).max(0.0) + block * blocked;
    }
    if facing(a.y + b.y, apart.y, small(a.y, b.y)) {
        let low = (from.y - a.y).max(to.y - b.y);
        let high = (from.y + a.y).min(to.y + b.y);
        let block = straight(low, high, |y| {
            let way = [(Point::new(from.x, y), Point::new(to.x, y))];
            blocks(problem, drawing, wire, &way)
        });
        return (apart.x - a.x - b.x).max(0.0) + block * blocked;
    }
    let corner = Point::new(to.x, from.y);
    let level_first = blocks(problem, drawing, wire, &[(from, corner), (corner, to)]);
    let block = if level_first > 0.0 {
        let corner = Point::new(from.x, to.y);
        level_first.min(blocks(
            problem,
            drawing,
            wire,
            &[(from, corner), (corner, to)],
        ))
    } else {
        0.0
    };
    let saved = (a.x + b.y).min(a.y + b.x);
    apart.x + apart.y - saved + BEND + block * blocked
}

/// The least that stands in the way of a straight line somewhere between `low` and `high`.
fn straight(low: f64, high: f64, blocks: impl Fn(f64) -> f64) -> f64 {
    let middle = blocks(f64::midpoint(low, high));
    if middle == 0.0 {
        return 0.0;
    }
    let edge = ((high - low) / 4.0).min(8.0);
    middle.min(blocks(low + edge)).min(blocks(high - edge))
}

/// How many children stand on a way, and for a pin how many siblings of the group, where the other end is not.
fn blocks(problem: &Problem, drawing: &Drawing, wire: &Wire, way: &[(Point, Point)]) -> f64 {
    let hit = |body: Rect| {
        way.iter().any(|&(p, q)| {
            p.x.min(q.x) < body.x1
                && p.x.max(q.x) > body.x0
                && p.y.min(q.y) < body.y1
                && p.y.max(q.y) > body.y0
        })
    };
    let mut count = 0_u32;
    for (child, (&at, &size)) in (0_u32..).zip(drawing.at.iter().zip(&problem.size)) {
        if child != wire.a.child && child != wire.b.child {
            count += u32::from(hit(Rect::from_origin_size(at, size)));
        }
    }
    if wire.is_pin() {
        let middle = drawing.size.to_vec2() / 2.0;
        let (start, end) = wire.walls;
        for &wall in &problem.walls[start as usize..end as usize] {
            if !wall.contains(wire.b.at.to_point()) {
                count += u32::from(hit(wall + middle));
            }
        }
    }
    f64::from(count)
}
