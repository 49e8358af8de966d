//! The simplest route between two boxes, as the arrangement of a group is judged by: straight where they face each other, else with one
//! bend; and what stands in its way.

use super::arrange::Drawing;
use super::nest::id;
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
        let count = |way: [Line; 2]| bodies.hit(wire, to, way);
        let blocks = match self.form {
            Form::Upright(low, high) => somewhere(low, high, |x| {
                count([line(Point::new(x, from.y), Point::new(x, to.y)); 2])
            }),
            Form::Level(low, high) => somewhere(low, high, |y| {
                count([line(Point::new(from.x, y), Point::new(to.x, y)); 2])
            }),
            Form::Bent => {
                let corner = Point::new(to.x, from.y);
                let first = count([line(from, corner), line(corner, to)]);
                if first == 0 {
                    return 0.0;
                }
                let corner = Point::new(from.x, to.y);
                first.min(count([line(from, corner), line(corner, to)]))
            }
        };
        let group = problem.group[wire.a.child as usize];
        f64::from(blocks) * if group { BLOCKED.1 } else { BLOCKED.0 }
    }
}

/// An axis-parallel line as a thin rectangle: left, top, right, bottom.
type Line = [f32; 4];

fn line(a: Point, b: Point) -> Line {
    sides(Rect::from_points(a, b))
}

fn sides(rect: Rect) -> Line {
    let (low, high) = (flat(rect.origin()), flat(Point::new(rect.x1, rect.y1)));
    [low[0], low[1], high[0], high[1]]
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "what stands in the way is an estimate, and half the size is twice as fast"
)]
pub(super) fn flat(point: Point) -> [f32; 2] {
    [point.x as f32, point.y as f32]
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

/// The children of a drawing, and the walls around it, in columns: a line is tested against all of them at once.
#[derive(Debug, Clone, Default)]
pub(super) struct Bodies {
    children: [Vec<f32>; 4],
    walls: [Vec<f32>; 4],
    middle: [f32; 2],
}

impl Bodies {
    /// Takes over what is drawn.
    pub(super) fn set(&mut self, problem: &Problem, drawing: &Drawing) {
        self.middle = flat((drawing.size / 2.0).to_vec2().to_point());
        let children = drawing.at.iter().zip(&problem.size);
        columns(
            &mut self.children,
            children.map(|(&at, &size)| sides(Rect::from_origin_size(at, size))),
        );
        columns(
            &mut self.walls,
            problem.walls.iter().map(|&wall| sides(wall)),
        );
    }

    /// How many children stand on a way of one or two lines, and for a pin how many siblings of the group, where the other end is not.
    fn hit(&self, wire: &Wire, end: Point, way: [Line; 2]) -> u32 {
        // Its own ends are always among them.
        let own = if wire.is_pin() || wire.b.child == wire.a.child {
            1
        } else {
            2
        };
        let count = hits(&self.children, 0..self.children[0].len(), way).saturating_sub(own);
        if !wire.is_pin() {
            return count;
        }
        let [x, y] = self.middle;
        let outside = way.map(|line| [line[0] - x, line[1] - y, line[2] - x, line[3] - y]);
        let range = wire.walls.0 as usize..wire.walls.1 as usize;
        let around = hits(&self.walls, range.clone(), outside);
        if around == 0 {
            return count;
        }
        let end = flat(end);
        let end = [end[0] - x, end[1] - y];
        let holding = range.filter(|&wall| {
            let body = [0, 1, 2, 3].map(|side| self.walls[side][wall]);
            let holds =
                body[0] <= end[0] && end[0] <= body[2] && body[1] <= end[1] && end[1] <= body[3];
            holds && outside.iter().any(|line| touch(*line, body))
        });
        count + around - id(holding.count())
    }
}

fn columns(into: &mut [Vec<f32>; 4], from: impl Iterator<Item = Line>) {
    for column in into.iter_mut() {
        column.clear();
    }
    for body in from {
        for (column, side) in into.iter_mut().zip(body) {
            column.push(side);
        }
    }
}

fn touch(line: Line, body: Line) -> bool {
    line[0] < body[2] && line[2] > body[0] && line[1] < body[3] && line[3] > body[1]
}

/// How many of the bodies touch one of two lines; without a branch, so that several are tested at a time.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "a branch for each comparison would keep them from being made several at a time"
)]
fn hits(bodies: &[Vec<f32>; 4], range: std::ops::Range<usize>, [one, two]: [Line; 2]) -> u32 {
    let [left, top, right, bottom] = bodies;
    let columns = left[range.clone()]
        .iter()
        .zip(&top[range.clone()])
        .zip(right[range.clone()].iter().zip(&bottom[range]));
    let mut count = 0;
    for ((&left, &top), (&right, &bottom)) in columns {
        let on = |line: Line| {
            (line[0] < right) & (line[2] > left) & (line[1] < bottom) & (line[3] > top)
        };
        count += u32::from(on(one) | on(two));
    }
    count
}
