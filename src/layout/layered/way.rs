//! The simplest route between two boxes, as the arrangement of a group is judged by: straight where they face each other, else with one
//! bend; and what stands in its way.

use super::arrange::Drawing;
use super::problem::{Problem, Wire};
use crate::geom::{Point, Rect, Vec2};

/// A bend.
const BEND: f64 = 22.0;
/// A box that stands where the wire would run; a group, which has channels around it.
const BLOCKED: (f64, f64) = (150.0, 50.0);
/// How far the nodes of a wire must overlap for a straight line between them.
const FACING: f64 = 14.0;

/// The form of a route.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Form {
    /// A vertical line, anywhere between two x.
    Upright(f64, f64),
    /// A horizontal line, anywhere between two y.
    Level(f64, f64),
    /// Along one axis, then along the other, whichever first.
    Bent,
}

/// A route between the centres of two ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Way {
    /// The centre of the first end.
    pub(super) from: Point,
    /// The centre of the other.
    pub(super) to: Point,
    /// Length and bends, in px.
    pub(super) cost: f64,
    form: Form,
}

impl Way {
    /// The route of `wire` between its ends at `from` and `to`.
    pub(super) fn new(wire: &Wire, from: Point, to: Point) -> Self {
        let (a, b) = (wire.a.half, wire.b.half);
        let apart = Vec2::new((to.x - from.x).abs(), (to.y - from.y).abs());
        let small = |p: f64, q: f64| if q > 0.0 { 2.0 * p.min(q) } else { p };
        let facing = |p: f64, q: f64, apart: f64| p + q - apart >= FACING.min(small(p, q));
        let (form, cost) = if facing(a.x, b.x, apart.x) {
            let low = (from.x - a.x).max(to.x - b.x);
            let high = (from.x + a.x).min(to.x + b.x);
            (Form::Upright(low, high), (apart.y - a.y - b.y).max(0.0))
        } else if facing(a.y, b.y, apart.y) {
            let low = (from.y - a.y).max(to.y - b.y);
            let high = (from.y + a.y).min(to.y + b.y);
            (Form::Level(low, high), (apart.x - a.x - b.x).max(0.0))
        } else {
            let saved = (a.x + b.y).min(a.y + b.x);
            (Form::Bent, apart.x + apart.y - saved + BEND)
        };
        Self {
            from,
            to,
            cost,
            form,
        }
    }

    /// What stands in the way, in px of detour.
    pub(super) fn obstacles(&self, problem: &Problem, drawing: &Drawing, wire: &Wire) -> f64 {
        let (from, to) = (self.from, self.to);
        let count = |way: &[Rect]| count(problem, drawing, wire, way);
        let blocks = match self.form {
            Form::Upright(low, high) => somewhere(low, high, |x| {
                count(&[line(Point::new(x, from.y), Point::new(x, to.y))])
            }),
            Form::Level(low, high) => somewhere(low, high, |y| {
                count(&[line(Point::new(from.x, y), Point::new(to.x, y))])
            }),
            Form::Bent => {
                let corner = Point::new(to.x, from.y);
                let first = count(&[line(from, corner), line(corner, to)]);
                if first == 0 {
                    return 0.0;
                }
                let corner = Point::new(from.x, to.y);
                first.min(count(&[line(from, corner), line(corner, to)]))
            }
        };
        let group = problem.group[wire.a.child as usize];
        f64::from(blocks) * if group { BLOCKED.1 } else { BLOCKED.0 }
    }
}

/// An axis-parallel line as a thin rectangle.
fn line(a: Point, b: Point) -> Rect {
    Rect::from_points(a, b)
}

/// The least that stands in the way of a straight line somewhere between `low` and `high`.
fn somewhere(low: f64, high: f64, blocks: impl Fn(f64) -> u32) -> u32 {
    let middle = blocks(f64::midpoint(low, high));
    if middle == 0 {
        return 0;
    }
    let edge = ((high - low) / 4.0).min(8.0);
    middle.min(blocks(low + edge)).min(blocks(high - edge))
}

/// How many children stand on a way, and for a pin how many siblings of the group, where the other end is not.
fn count(problem: &Problem, drawing: &Drawing, wire: &Wire, way: &[Rect]) -> u32 {
    let hit = |body: Rect| {
        way.iter().any(|line| {
            line.x0 < body.x1 && line.x1 > body.x0 && line.y0 < body.y1 && line.y1 > body.y0
        })
    };
    let mut count = 0_u32;
    for (child, (&at, &size)) in (0_u32..).zip(drawing.at.iter().zip(&problem.size)) {
        if hit(Rect::from_origin_size(at, size)) && child != wire.a.child && child != wire.b.child {
            count += 1;
        }
    }
    if wire.is_pin() {
        let middle = drawing.size.to_vec2() / 2.0;
        let (start, end) = wire.walls;
        for &wall in &problem.walls[start as usize..end as usize] {
            if hit(wall + middle) && !wall.contains(wire.b.at.to_point()) {
                count += 1;
            }
        }
    }
    count
}
