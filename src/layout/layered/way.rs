//! The simplest route between two boxes, as the arrangement of a group is judged by: straight where they face each other, else with one
//! bend; and what stands in its way.

use super::arrange::Drawing;
use super::bodies::{Bodies, Line, flat};
use super::problem::{Problem, Wire};
use crate::geom::{Point, Vec2};
use std::ops::Range;

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
        let ahead = to - from;
        let apart = Vec2::new(ahead.x.abs(), ahead.y.abs());
        let leave = |exit: [f64; 2], ahead: f64| exit[usize::from(ahead > 0.0)];
        let small = |p: f64, q: f64| if q > 0.0 { 2.0 * p.min(q) } else { p };
        let facing = |p: f64, q: f64, apart: f64| p + q - apart >= FACING.min(small(p, q));
        let (form, cost) = if facing(a.x, b.x, apart.x) {
            let low = (from.x - a.x).max(to.x - b.x);
            let high = (from.x + a.x).min(to.x + b.x);
            let out = leave(wire.a.exit.y, ahead.y) + leave(wire.b.exit.y, -ahead.y);
            (
                Form::Upright(low, high),
                (apart.y - a.y - b.y).max(0.0) + out,
            )
        } else if facing(a.y, b.y, apart.y) {
            let low = (from.y - a.y).max(to.y - b.y);
            let high = (from.y + a.y).min(to.y + b.y);
            let out = leave(wire.a.exit.x, ahead.x) + leave(wire.b.exit.x, -ahead.x);
            (Form::Level(low, high), (apart.x - a.x - b.x).max(0.0) + out)
        } else {
            // Level first, then upright; or the other way round.
            let level = leave(wire.a.exit.x, ahead.x) + leave(wire.b.exit.y, -ahead.y) - a.x - b.y;
            let upright =
                leave(wire.a.exit.y, ahead.y) + leave(wire.b.exit.x, -ahead.x) - a.y - b.x;
            (Form::Bent, apart.x + apart.y + level.min(upright) + BEND)
        };
        Self {
            from,
            to,
            cost,
            form,
        }
    }

    /// Whether nothing can stand in the way: it runs straight from one row to the next, or to the neighbour in its own.
    fn is_free(&self, drawing: &Drawing, wire: &Wire) -> bool {
        if wire.is_pin() {
            return false;
        }
        let (a, b) = (wire.a.child as usize, wire.b.child as usize);
        match self.form {
            Form::Upright(..) => drawing.row[a].abs_diff(drawing.row[b]) == 1,
            Form::Level(..) => {
                drawing.row[a] == drawing.row[b]
                    && drawing.column[a].abs_diff(drawing.column[b]) == 1
            }
            Form::Bent => false,
        }
    }

    /// What stands in the way, in px of detour.
    pub(super) fn obstacles(
        &self,
        problem: &Problem,
        (drawing, bodies): (&Drawing, &Bodies),
        wire: &Wire,
    ) -> f64 {
        if self.is_free(drawing, wire) {
            return 0.0;
        }
        let (from, to) = (self.from, self.to);
        let around = Around::new(problem, (drawing, bodies), wire, to);
        let bent = |corner| around.bent(Line::new(from, corner), Line::new(corner, to));
        let blocks = match self.form {
            Form::Upright(low, high) => somewhere(low, high, |x| {
                around.straight(Line::new(Point::new(x, from.y), Point::new(x, to.y)))
            }),
            Form::Level(low, high) => somewhere(low, high, |y| {
                around.straight(Line::new(Point::new(from.x, y), Point::new(to.x, y)))
            }),
            Form::Bent => match bent(Point::new(to.x, from.y)) {
                0 => 0,
                first => first.min(bent(Point::new(from.x, to.y))),
            },
        };
        let group = problem.group[wire.a.child as usize];
        f64::from(blocks) * if group { BLOCKED.1 } else { BLOCKED.0 }
    }
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

/// What stands around a wire: the children of its group, and for a pin the siblings of the group.
#[derive(Debug)]
struct Around<'a> {
    children: &'a Bodies,
    /// How many of the children hold the wire's ends: they are always hit.
    own: u32,
    walls: &'a Bodies,
    beyond: Range<usize>,
    middle: [f32; 2],
    end: [f32; 2],
}

impl<'a> Around<'a> {
    fn new(
        problem: &'a Problem,
        (drawing, children): (&Drawing, &'a Bodies),
        wire: &Wire,
        to: Point,
    ) -> Self {
        let pin = wire.is_pin();
        let middle = flat((drawing.size / 2.0).to_vec2().to_point());
        let end = flat(to);
        Self {
            children,
            own: if pin || wire.b.child == wire.a.child {
                1
            } else {
                2
            },
            walls: &problem.walls,
            beyond: wire.walls.0 as usize..wire.walls.1 as usize,
            middle,
            end: [end[0] - middle[0], end[1] - middle[1]],
        }
    }

    fn straight(&self, line: Line) -> u32 {
        let within = self.children.hit(line).saturating_sub(self.own);
        within + self.outside(line, line)
    }

    fn bent(&self, one: Line, two: Line) -> u32 {
        let within = self.children.hit_by_either(one, two);
        within.saturating_sub(self.own) + self.outside(one, two)
    }

    fn outside(&self, one: Line, two: Line) -> u32 {
        if self.beyond.is_empty() {
            return 0;
        }
        let lines = (one.from(self.middle), two.from(self.middle));
        self.walls.hit_but_at(self.beyond.clone(), lines, self.end)
    }
}
