//! The positions that one child of a group could have, while the others stay: each place in each row, and a row of its own between rows.

use super::arrange::{Arrangement, Drawing};
use super::problem::Problem;
use super::room::{GAP, ROW_GAP};
use crate::geom::{Point, Vec2};

/// The positions of one child; buffers are used again.
#[derive(Debug, Clone, Default)]
pub(super) struct Slots {
    rest: Arrangement,
    likely: Likely,
}

/// The likeliest of the positions so far.
#[derive(Debug, Clone, Default)]
struct Likely {
    /// What each may cost, and its number, the likeliest first.
    list: Vec<(f64, u32)>,
    /// How many there may be.
    most: usize,
}

impl Likely {
    /// Takes a position in, where it is among the likeliest so far.
    fn offer(&mut self, cost: f64, slot: u32) {
        if self.list.len() == self.most {
            if self.list.last().is_none_or(|last| last.0 <= cost) {
                return;
            }
            self.list.pop();
        }
        let at = self.list.partition_point(|known| known.0 <= cost);
        self.list.insert(at, (cost, slot));
    }
}

impl Slots {
    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.likely.list.len()
    }

    /// Puts `child` at the `index`-th likeliest of its positions.
    pub(super) fn put(&self, child: u32, index: usize, into: &mut Arrangement) {
        insert(&self.rest, child, self.likely.list[index].1 as usize, into);
    }

    /// Takes `child` out of `arrangement`, which is drawn, and finds the `most` likeliest of its positions among the rest: judged by the
    /// length of its wires alone, everything else staying.
    pub(super) fn find(
        &mut self,
        problem: &Problem,
        (arrangement, drawing): (&Arrangement, &Drawing),
        child: u32,
        most: usize,
    ) {
        without(arrangement, child, &mut self.rest);
        let half = problem.size[child as usize].to_vec2() / 2.0;
        let mut pulls = Targets::default();
        for pull in problem.pulls.of(child) {
            if pull.twin && pull.other == child {
                continue;
            }
            let to = drawing.place(pull.other) + pull.to - (pull.own - half);
            pulls.push(to, pull.weight);
        }
        let heft = (problem.count() as f64).sqrt();
        let own = problem.size[child as usize];
        self.likely.list.clear();
        self.likely.most = most;
        let wanted = pulls.middle();
        let mut slot = 0;
        let mut start = 0;
        let mut edge = 0.0_f64;
        for &length in &self.rest.rows {
            let end = start + length as usize;
            let row = &self.rest.order[start..end];
            let (mut left, mut top, mut bottom) = (f64::NEG_INFINITY, f64::INFINITY, edge);
            let mut wide = own.width;
            for &other in row {
                let (at, size) = (drawing.at[other as usize], problem.size[other as usize]);
                wide += size.width + GAP;
                top = top.min(at.y);
                bottom = bottom.max(at.y + size.height);
            }
            let growth =
                (wide - drawing.size.width).max(0.0) + (own.height - (bottom - top)).max(0.0);
            for &other in row {
                let (at, size) = (drawing.at[other as usize], problem.size[other as usize]);
                let x = wanted.map_or(at.x, |wanted| wanted.x.clamp(left, at.x));
                let value = pulls.length(Point::new(x, f64::midpoint(top, bottom)));
                self.likely.offer(value + growth * heft, slot);
                slot += 1;
                left = at.x + size.width;
            }
            let x = wanted.map_or(left, |wanted| wanted.x.max(left));
            let value = pulls.length(Point::new(x, f64::midpoint(top, bottom)));
            self.likely.offer(value + growth * heft, slot);
            slot += 1;
            start = end;
            edge = bottom;
        }
        start = 0;
        edge = -40.0;
        for row in 0..=self.rest.rows.len() {
            let y = edge + 20.0;
            let x = wanted.map_or(0.0, |wanted| wanted.x);
            let value = pulls.length(Point::new(x, y)) + (own.height + ROW_GAP) * heft;
            self.likely.offer(value, slot);
            slot += 1;
            if let Some(&length) = self.rest.rows.get(row) {
                let end = start + length as usize;
                for &other in &self.rest.order[start..end] {
                    let below = drawing.at[other as usize].y + problem.size[other as usize].height;
                    edge = edge.max(below);
                }
                start = end;
            }
        }
    }
}

/// Where the wires of one child pull it.
#[derive(Debug, Default)]
struct Targets {
    list: Vec<(Point, f64)>,
    sum: Vec2,
    weight: f64,
}

impl Targets {
    fn push(&mut self, to: Point, weight: f64) {
        self.list.push((to, weight));
        self.sum += to.to_vec2() * weight;
        self.weight += weight;
    }

    fn middle(&self) -> Option<Point> {
        (self.weight > 0.0).then(|| (self.sum / self.weight).to_point())
    }

    fn length(&self, from: Point) -> f64 {
        self.list
            .iter()
            .map(|&(to, weight)| ((to.x - from.x).abs() + (to.y - from.y).abs()) * weight)
            .sum()
    }
}

/// The arrangement without one child.
fn without(arrangement: &Arrangement, child: u32, into: &mut Arrangement) {
    into.order.clear();
    into.rows.clear();
    let mut start = 0;
    for &length in &arrangement.rows {
        let end = start + length as usize;
        let before = into.order.len();
        let row = &arrangement.order[start..end];
        into.order
            .extend(row.iter().filter(|&&other| other != child));
        let kept = into.order.len() - before;
        if kept > 0 {
            into.rows.push(u32::try_from(kept).unwrap_or(0));
        }
        start = end;
    }
}

/// Puts `child` at the `slot`-th of all positions: each place in each row, then a row of its own between rows.
fn insert(rest: &Arrangement, child: u32, slot: usize, into: &mut Arrangement) {
    into.order.clone_from(&rest.order);
    into.rows.clone_from(&rest.rows);
    let inner = rest.order.len() + rest.rows.len();
    if slot < inner {
        let (mut row, mut position, mut left) = (0, 0, slot);
        while left > rest.rows[row] as usize {
            left -= rest.rows[row] as usize + 1;
            position += rest.rows[row] as usize;
            row += 1;
        }
        into.order.insert(position + left, child);
        into.rows[row] += 1;
        return;
    }
    let row = slot - inner;
    let position: u32 = rest.rows[..row].iter().sum();
    into.order.insert(position as usize, child);
    into.rows.insert(row, 1);
}
