//! Edges as straight lines between the middles of their ends: how often they cross. A line is tested against a block of others at once.

use super::bodies::flat;
use crate::geom::Point;

/// How many lines a block holds.
const LANES: usize = 4;

/// An edge as a straight line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Line {
    from: [f32; 2],
    to: [f32; 2],
    copy: u32,
}

impl Line {
    /// An edge between two points, the middles of its ends; it belongs to one of several replicas (`copy`).
    pub(super) fn new([from, to]: [Point; 2], copy: u32) -> Self {
        Self {
            from: flat(from),
            to: flat(to),
            copy,
        }
    }
}

/// Four lines; where there are fewer, the others are points, which nothing crosses.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Block {
    from_x: [f32; LANES],
    from_y: [f32; LANES],
    to_x: [f32; LANES],
    to_y: [f32; LANES],
    copy: [u32; LANES],
}

#[expect(
    clippy::needless_bitwise_bool,
    reason = "a branch for each comparison would keep them from being made several at a time"
)]
impl Block {
    fn set(&mut self, lane: usize, line: Line) {
        ([self.from_x[lane], self.from_y[lane]], self.copy[lane]) = (line.from, line.copy);
        [self.to_x[lane], self.to_y[lane]] = line.to;
    }

    /// Adds 1 to those of the lines in `met` that `line` crosses properly.
    ///
    /// Lines with a common end have the same point there, for which one of the products below is exactly zero: they never cross.
    fn meet(&self, line: Line, met: &mut [u32; LANES]) {
        let [x, y] = line.from;
        let (dx, dy) = (line.to[0] - x, line.to[1] - y);
        for (lane, met) in met.iter_mut().enumerate() {
            // On which side of the one the ends of the other lie; then the other way round.
            let (rx, ry) = (self.from_x[lane] - x, self.from_y[lane] - y);
            let (sx, sy) = (self.to_x[lane] - x, self.to_y[lane] - y);
            let sides = (dx * ry - dy * rx) * (dx * sy - dy * sx);
            let (ox, oy) = (sx - rx, sy - ry);
            let back = (oy * rx - ox * ry) * (ox * (dy - ry) - oy * (dx - rx));
            *met += u32::from((sides < 0.0) & (back < 0.0) & (self.copy[lane] == line.copy));
        }
    }
}

/// Counts crossings; its buffer is used again.
#[derive(Debug, Clone, Default)]
pub(super) struct Crossings {
    blocks: Vec<Block>,
}

impl Crossings {
    /// How often `lines` cross; counting ends at `limit`.
    pub(super) fn count(&mut self, lines: impl Iterator<Item = Line>, limit: f64) -> f64 {
        self.blocks.clear();
        let mut count = 0;
        for (index, line) in lines.enumerate() {
            let mut met = [0; LANES];
            for block in &self.blocks {
                block.meet(line, &mut met);
            }
            count += met.iter().sum::<u32>();
            if f64::from(count) >= limit {
                break;
            }
            if index % LANES == 0 {
                self.blocks.push(Block::default());
            }
            if let Some(block) = self.blocks.last_mut() {
                block.set(index % LANES, line);
            }
        }
        f64::from(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How often lines between points of a grid, ten apart, cross; the last number is the replica.
    fn crossings(lines: &[[(u32, u32, u32); 2]]) -> f64 {
        let point = |(x, y, _)| Point::new(f64::from(x) * 10.0, f64::from(y) * 10.0);
        let line = |ends: &[(u32, u32, u32); 2]| Line::new(ends.map(point), ends[0].2);
        Crossings::default().count(lines.iter().map(line), f64::INFINITY)
    }

    #[test]
    fn all_that_cross_are_counted_in_whichever_block_they_are() {
        let mut fence: Vec<_> = (1..10).map(|x| [(x, 0, 0), (x, 2, 0)]).collect();
        fence.push([(0, 1, 0), (10, 1, 0)]);
        assert!((crossings(&fence) - 9.0).abs() < 1e-9);
        fence.rotate_right(1);
        assert!((crossings(&fence) - 9.0).abs() < 1e-9);
    }

    #[test]
    fn lines_with_a_common_end_and_lines_that_only_touch_do_not_cross() {
        let (a, b, c, d) = ((0, 0, 0), (3, 2, 0), (7, 0, 0), (3, 5, 0));
        assert!(crossings(&[[a, b], [a, c], [b, c], [b, a], [c, a], [b, d]]) < 1e-9);
        let on_one_line = [[(0, 0, 0), (4, 0, 0)], [(2, 0, 0), (6, 0, 0)]];
        assert!(crossings(&on_one_line) < 1e-9);
    }

    #[test]
    fn replicas_do_not_meet() {
        let cross = |copy| [[(0, 0, 0), (2, 2, 0)], [(0, 2, copy), (2, 0, copy)]];
        assert!((crossings(&cross(0)) - 1.0).abs() < 1e-9);
        assert!(crossings(&cross(1)) < 1e-9);
    }
}
