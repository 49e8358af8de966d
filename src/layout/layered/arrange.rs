//! An arrangement, children in rows, and the coordinates that follow from it.

use super::align::{Pool, Wish};
use super::problem::{End, Problem};
use super::room::Room;
use super::tree::NONE;
use crate::geom::{Point, Size};

/// Children in rows, row by row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Arrangement {
    /// Children, in reading order.
    pub(super) order: Vec<u32>,
    /// How many of them each row takes; no row is empty.
    pub(super) rows: Vec<u32>,
}

/// An arrangement with coordinates, in the orientation of its problem; buffers are used again.
#[derive(Debug, Clone, Default)]
pub(super) struct Drawing {
    /// The corner of each child.
    pub(super) at: Vec<Point>,
    /// Extent of all of them.
    pub(super) size: Size,
    /// The row of each child.
    pub(super) row: Vec<u32>,
    /// Its position in the row.
    pub(super) column: Vec<u32>,
    tops: Vec<(f64, f64)>,
    room: Room,
    offsets: Vec<f64>,
    wishes: Vec<Wish>,
    settled: Vec<f64>,
    pool: Pool,
}

impl Drawing {
    /// Computes coordinates: rows at the height of their highest child, children above and below what they talk to.
    pub(super) fn draw(&mut self, problem: &Problem, arrangement: &Arrangement, sweeps: u32) {
        self.begin(problem, arrangement);
        self.settle(problem, arrangement, sweeps);
    }

    /// Rows, their heights and the extent, which stay as they are; the children of each row stand around its middle.
    pub(super) fn begin(&mut self, problem: &Problem, arrangement: &Arrangement) {
        let count = problem.count();
        self.at.clear();
        self.at.resize(count, Point::ZERO);
        self.row.resize(count, 0);
        self.column.resize(count, 0);
        let mut start = 0;
        for (row, &length) in (0_u32..).zip(&arrangement.rows) {
            let end = start + length as usize;
            for (column, &child) in (0_u32..).zip(&arrangement.order[start..end]) {
                self.row[child as usize] = row;
                self.column[child as usize] = column;
            }
            start = end;
        }
        self.room
            .reserve(problem, arrangement, (&self.row, &self.column));
        self.stack(problem, arrangement);
    }

    /// Moves children within their rows, row after row, down and up in turn.
    pub(super) fn settle(&mut self, problem: &Problem, arrangement: &Arrangement, sweeps: u32) {
        let rows = arrangement.rows.len();
        for sweep in 0..sweeps {
            let mut start = if sweep % 2 == 0 {
                0
            } else {
                arrangement.order.len()
            };
            for step in 0..rows {
                let row = if sweep % 2 == 0 {
                    step
                } else {
                    rows - 1 - step
                };
                let length = arrangement.rows[row] as usize;
                if sweep % 2 == 1 {
                    start -= length;
                }
                self.settle_row(problem, &arrangement.order[start..start + length], start);
                if sweep % 2 == 0 {
                    start += length;
                }
            }
        }
        self.level(problem, arrangement);
    }

    /// Heights of rows, the extent, and each row packed around the middle.
    fn stack(&mut self, problem: &Problem, arrangement: &Arrangement) {
        self.offsets.clear();
        self.tops.clear();
        let (mut start, mut y, mut wide) = (0, 0.0, 0.0_f64);
        for (row, &length) in arrangement.rows.iter().enumerate() {
            let end = start + length as usize;
            let (mut x, mut high, mut gap) = (0.0, 0.0_f64, 0.0);
            for (slot, &child) in (start..end).zip(&arrangement.order[start..end]) {
                let size = problem.size[child as usize];
                x += gap;
                self.offsets.push(x);
                x += size.width;
                high = high.max(size.height);
                gap = self.room.behind[slot];
            }
            wide = wide.max(x);
            self.tops.push((y, high));
            y += high + self.room.below[row];
            start = end;
        }
        let high = self.tops.last().map_or(0.0, |&(top, high)| top + high);
        self.size = Size::new(wide, high);
        start = 0;
        for (row, &length) in arrangement.rows.iter().enumerate() {
            let end = start + length as usize;
            let (top, high) = self.tops[row];
            let packed = arrangement.order[start..end].last().map_or(0.0, |&last| {
                self.offsets[end - 1] + problem.size[last as usize].width
            });
            for (slot, &child) in (start..end).zip(&arrangement.order[start..end]) {
                let x = self.offsets[slot] + (wide - packed) / 2.0;
                let y = top + (high - problem.size[child as usize].height) / 2.0;
                self.at[child as usize] = Point::new(x, y);
            }
            start = end;
        }
    }

    /// Where an end is now.
    pub(super) fn end(&self, end: &End) -> Point {
        self.place(end.child) + end.at
    }

    /// What the ends in a child are counted from: its corner; outside of the group, the middle of all.
    pub(super) fn place(&self, child: u32) -> Point {
        if child == NONE {
            Point::new(self.size.width / 2.0, self.size.height / 2.0)
        } else {
            self.at[child as usize]
        }
    }

    /// Moves the children of one row towards what they talk to in other rows and outside.
    fn settle_row(&mut self, problem: &Problem, row: &[u32], start: usize) {
        self.wishes.clear();
        let mut wanted = false;
        for (slot, &child) in (start..).zip(row) {
            let (mut sum, mut weight) = (0.0, 0.0);
            let own = self.row[child as usize];
            for pull in problem.pulls.of(child) {
                if pull.twin {
                } else if pull.other == NONE {
                    let to = (self.size.width / 2.0 + pull.to.x).clamp(0.0, self.size.width);
                    sum += (to - pull.own.x) * pull.weight * 0.5;
                    weight += pull.weight * 0.5;
                } else if self.row[pull.other as usize] != own {
                    let to = self.at[pull.other as usize].x + pull.to.x;
                    sum += (to - pull.own.x) * pull.weight;
                    weight += pull.weight;
                }
            }
            wanted |= weight > 0.0;
            let here = self.at[child as usize].x;
            self.wishes.push(Wish {
                at: (sum + here * 0.01) / (weight + 0.01),
                weight: weight + 0.01,
                offset: self.offsets[slot],
            });
        }
        if !wanted {
            return;
        }
        let packed = row
            .last()
            .zip(self.wishes.last())
            .map_or(0.0, |(&last, wish)| {
                wish.offset + problem.size[last as usize].width
            });
        let room = self.size.width - packed;
        self.pool.settle(&self.wishes, room, &mut self.settled);
        for (&child, &x) in row.iter().zip(&self.settled) {
            self.at[child as usize].x = x;
        }
    }

    /// Moves children that are lower than their row to the level of what they talk to within it, or outside at its sides.
    fn level(&mut self, problem: &Problem, arrangement: &Arrangement) {
        for &child in &arrangement.order {
            let (top, high) = self.tops[self.row[child as usize] as usize];
            let slack = high - problem.size[child as usize].height;
            if slack < 1.0 {
                continue;
            }
            let (mut sum, mut weight) = (0.0, 0.0);
            for pull in problem.pulls.of(child) {
                let level = pull.other != NONE
                    && !pull.twin
                    && self.row[pull.other as usize] == self.row[child as usize];
                if level {
                    let to = self.at[pull.other as usize].y + pull.to.y;
                    sum += (to - pull.own.y) * pull.weight;
                    weight += pull.weight;
                }
            }
            if weight > 0.0 {
                self.at[child as usize].y = (sum / weight).clamp(top, top + slack);
            }
        }
    }
}
