//! Edges as straight lines between the middles of their ends: how often they cross.

use super::bodies::flat;
use crate::geom::Point;

/// How often `lines` cross; counting ends at `limit`.
pub(super) fn crossings(lines: &[Line], limit: f64) -> f64 {
    let mut count = 0_u32;
    for (index, one) in lines.iter().enumerate() {
        if f64::from(count) >= limit {
            break;
        }
        for two in &lines[..index] {
            count += u32::from(one.meets(two));
        }
    }
    f64::from(count)
}

/// How often many `lines` cross, by a sweep from left to right; they are sorted on the way.
pub(super) fn swept(lines: &mut [Line]) -> f64 {
    lines.sort_by(|a, b| a.low[0].total_cmp(&b.low[0]));
    let mut count = 0_u32;
    for (index, one) in lines.iter().enumerate() {
        for two in &lines[index + 1..] {
            if two.low[0] >= one.high[0] {
                break;
            }
            count += u32::from(one.meets(two));
        }
    }
    f64::from(count)
}

/// An edge as a straight line, with the box around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    from: [f32; 2],
    to: [f32; 2],
    low: [f32; 2],
    high: [f32; 2],
    ends: (u32, u32),
    copy: u32,
}

impl Line {
    /// An edge between two points: they are the middles of the `ends`, and it belongs to one of several replicas (`copy`).
    pub(super) fn new([from, to]: [Point; 2], ends: [u32; 2], copy: u32) -> Self {
        let (from, to) = (flat(from), flat(to));
        Self {
            from,
            to,
            low: [from[0].min(to[0]), from[1].min(to[1])],
            high: [from[0].max(to[0]), from[1].max(to[1])],
            ends: (ends[0], ends[1]),
            copy,
        }
    }

    /// Whether two lines cross properly; those with a common end never do.
    #[expect(
        clippy::needless_bitwise_bool,
        reason = "four comparisons at once are quicker than a branch for each"
    )]
    fn meets(&self, other: &Self) -> bool {
        let near = (self.low[0] < other.high[0])
            & (other.low[0] < self.high[0])
            & (self.low[1] < other.high[1])
            & (other.low[1] < self.high[1]);
        near && self.copy == other.copy
            && self.ends.0 != other.ends.0
            && self.ends.0 != other.ends.1
            && self.ends.1 != other.ends.0
            && self.ends.1 != other.ends.1
            && self.parts(other)
            && other.parts(self)
    }

    /// Whether the ends of the other lie on different sides of the line through this one.
    fn parts(&self, other: &Self) -> bool {
        let along = [self.to[0] - self.from[0], self.to[1] - self.from[1]];
        let side =
            |p: [f32; 2]| along[0] * (p[1] - self.from[1]) - along[1] * (p[0] - self.from[0]);
        side(other.from) * side(other.to) < 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines between points of a grid, ten apart; points are nodes.
    fn lines(ends: &[[(u32, u32); 2]]) -> Vec<Line> {
        let point = |(x, y): (u32, u32)| Point::new(f64::from(x) * 10.0, f64::from(y) * 10.0);
        let node = |(x, y): (u32, u32)| x * 100 + y;
        let line =
            |&[a, b]: &[(u32, u32); 2]| Line::new([point(a), point(b)], [node(a), node(b)], 0);
        ends.iter().map(line).collect()
    }

    #[test]
    fn both_ways_of_counting_agree() {
        let mut lines = lines(&[
            [(0, 0), (2, 2)],
            [(0, 2), (2, 0)],
            [(0, 1), (3, 1)],
            [(3, 1), (3, 3)],
            [(2, 2), (4, 2)],
        ]);
        // Three that cross each other in one place, and two beyond.
        assert!((crossings(&lines, f64::INFINITY) - 4.0).abs() < 1e-9);
        assert!((swept(&mut lines) - 4.0).abs() < 1e-9);
    }

    #[test]
    fn lines_with_a_common_end_do_not_cross() {
        let lines = lines(&[[(0, 0), (2, 2)], [(0, 0), (2, 0)], [(2, 2), (2, 0)]]);
        assert!(crossings(&lines, f64::INFINITY) < 1e-9);
    }
}
