//! Boxes that may stand in the way of a line, in blocks of four: a line is tested against a whole block at once.

use crate::geom::{Point, Rect};

/// How many boxes a block holds.
const LANES: usize = 4;

/// An axis-parallel line as a thin rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Line {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

impl Line {
    /// The line from `a` to `b`.
    pub(super) fn new(a: Point, b: Point) -> Self {
        let rect = Rect::from_points(a, b);
        let ([left, top], [right, bottom]) =
            (flat(rect.origin()), flat(Point::new(rect.x1, rect.y1)));
        Self {
            left,
            top,
            right,
            bottom,
        }
    }

    /// The same line as seen from `origin`.
    pub(super) fn from(self, [x, y]: [f32; 2]) -> Self {
        Self {
            left: self.left - x,
            top: self.top - y,
            right: self.right - x,
            bottom: self.bottom - y,
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "what stands in the way is an estimate, and half the size is twice as fast"
)]
pub(super) fn flat(point: Point) -> [f32; 2] {
    [point.x as f32, point.y as f32]
}

/// Four boxes; where there are fewer, the others lie where no line is.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Block {
    left: [f32; LANES],
    top: [f32; LANES],
    right: [f32; LANES],
    bottom: [f32; LANES],
}

/// No box at all.
const NOWHERE: Block = Block {
    left: [f32::INFINITY; LANES],
    top: [f32::INFINITY; LANES],
    right: [f32::NEG_INFINITY; LANES],
    bottom: [f32::NEG_INFINITY; LANES],
};

#[expect(
    clippy::needless_bitwise_bool,
    reason = "a branch for each comparison would keep them from being made four at a time"
)]
impl Block {
    fn touches(&self, line: Line, lane: usize) -> bool {
        (line.left < self.right[lane])
            & (line.right > self.left[lane])
            & (line.top < self.bottom[lane])
            & (line.bottom > self.top[lane])
    }

    fn holds(&self, [x, y]: [f32; 2], lane: usize) -> bool {
        (self.left[lane] <= x)
            & (x <= self.right[lane])
            & (self.top[lane] <= y)
            & (y <= self.bottom[lane])
    }
}

/// Any number of boxes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Bodies {
    blocks: Vec<Block>,
}

impl Bodies {
    /// Removes all of them.
    pub(super) fn clear(&mut self) {
        self.blocks.clear();
    }

    /// How many blocks there are.
    pub(super) fn len(&self) -> usize {
        self.blocks.len()
    }

    /// Adds boxes, in blocks of their own.
    pub(super) fn extend(&mut self, boxes: impl Iterator<Item = Rect>) {
        for (index, body) in boxes.enumerate() {
            let at = index % LANES;
            if at == 0 {
                self.blocks.push(NOWHERE);
            }
            if let Some(block) = self.blocks.last_mut() {
                [block.left[at], block.top[at]] = flat(body.origin());
                [block.right[at], block.bottom[at]] = flat(Point::new(body.x1, body.y1));
            }
        }
    }

    /// The same boxes with x and y exchanged.
    pub(super) fn turned(&self) -> Self {
        let turned = |block: &Block| Block {
            left: block.top,
            top: block.left,
            right: block.bottom,
            bottom: block.right,
        };
        Self {
            blocks: self.blocks.iter().map(turned).collect(),
        }
    }

    /// How many boxes a line touches.
    pub(super) fn hit(&self, line: Line) -> u32 {
        let mut count = [0; LANES];
        for block in &self.blocks {
            for (lane, count) in count.iter_mut().enumerate() {
                *count += u32::from(block.touches(line, lane));
            }
        }
        count.iter().sum()
    }

    /// How many boxes one of two lines touches.
    pub(super) fn hit_by_either(&self, one: Line, two: Line) -> u32 {
        let mut count = [0; LANES];
        for block in &self.blocks {
            for (lane, count) in count.iter_mut().enumerate() {
                *count += u32::from(block.touches(one, lane) | block.touches(two, lane));
            }
        }
        count.iter().sum()
    }

    /// How many of the boxes in some of the blocks one of two lines touches, without those that hold `end`.
    pub(super) fn hit_but_at(
        &self,
        blocks: std::ops::Range<usize>,
        (one, two): (Line, Line),
        end: [f32; 2],
    ) -> u32 {
        let mut count = [0; LANES];
        for block in &self.blocks[blocks] {
            for (lane, count) in count.iter_mut().enumerate() {
                let touches = block.touches(one, lane) | block.touches(two, lane);
                *count += u32::from(touches & !block.holds(end, lane));
            }
        }
        count.iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Five boxes in a row, 10 wide, 20 apart: one more than a block holds.
    fn row() -> Bodies {
        let mut bodies = Bodies::default();
        bodies.extend((0..5).map(|at| {
            let x = f64::from(at) * 20.0;
            Rect::new(x, 0.0, x + 10.0, 10.0)
        }));
        bodies
    }

    fn line(x0: f64, y0: f64, x1: f64, y1: f64) -> Line {
        Line::new(Point::new(x0, y0), Point::new(x1, y1))
    }

    #[test]
    fn a_line_touches_what_it_runs_through_and_nothing_beside() {
        assert_eq!(row().hit(line(25.0, 5.0, 100.0, 5.0)), 4);
        assert_eq!(row().hit(line(0.0, 12.0, 100.0, 12.0)), 0);
        assert_eq!(row().turned().hit(line(5.0, 25.0, 5.0, 100.0)), 4);
    }

    #[test]
    fn a_box_at_a_bend_counts_once() {
        let (one, two) = (line(-5.0, 5.0, 45.0, 5.0), line(45.0, 5.0, 45.0, 50.0));
        assert_eq!(row().hit_by_either(one, two), 3);
    }

    #[test]
    fn the_box_that_holds_the_end_is_in_nobodys_way() {
        let one = line(-5.0, 5.0, 45.0, 5.0);
        assert_eq!(row().hit_but_at(0..2, (one, one), [45.0, 5.0]), 2);
        assert_eq!(row().hit_but_at(1..2, (one, one), [45.0, 5.0]), 0);
    }
}
