//! The room between boxes: an estimate of the tracks and labels that must pass there, so that routing has little to widen.

use super::arrange::Arrangement;
use super::problem::Problem;
use super::tree::NONE;

/// Between two boxes of a row.
pub(super) const GAP: f64 = 24.0;
/// Between two rows.
pub(super) const ROW_GAP: f64 = 30.0;
/// Between two long wires that pass a row.
const LANE_GAP: f64 = 8.0;
/// One more track.
const TRACK: f64 = 10.0;
/// A channel without tracks.
const CLEAR: f64 = 18.0;
/// How many of the wires that leave a row for the next need a track between them; the others run straight, or share.
const TURNING: f64 = 0.5;
/// A wire counts in this many rows that it passes at most.
const PASSED: u32 = 32;

/// What is known about the channels of an arrangement.
#[derive(Debug, Clone, Default)]
pub(super) struct Room {
    /// Behind each child, in the order of the arrangement.
    pub(super) behind: Vec<f64>,
    /// Below each row.
    pub(super) below: Vec<f64>,
    first: Vec<u32>,
    turning: Vec<f64>,
    passing: Vec<f64>,
}

impl Room {
    /// Estimates the gaps of `arrangement`, in which each child has the given row and column.
    pub(super) fn reserve(
        &mut self,
        problem: &Problem,
        arrangement: &Arrangement,
        (row, column): (&[u32], &[u32]),
    ) {
        self.reset(problem, arrangement);
        for wire in &problem.wires[..problem.inner] {
            let (a, b) = (wire.a.child as usize, wire.b.child as usize);
            let (from, to) = (row[a].min(row[b]), row[a].max(row[b]));
            let steps = column[a].abs_diff(column[b]);
            let (along, across) = problem.label_room(wire);
            if from == to && steps == 1 {
                let slot = self.first[from as usize] + column[a].min(column[b]);
                let gap = &mut self.behind[slot as usize];
                *gap = gap.max(along);
                continue;
            }
            self.turning[from as usize] += TURNING;
            if from == to {
                continue;
            }
            let gap = &mut self.below[from as usize];
            *gap = gap.max(across);
            if to > from + 1 {
                self.turning[to as usize - 1] += TURNING;
                for between in (from + 1..to).take(PASSED as usize) {
                    self.passing[between as usize] += 1.0;
                }
            }
        }
        self.leave(problem, arrangement, row);
        for (gap, &tracks) in self.below.iter_mut().zip(&self.turning) {
            *gap = gap.max(CLEAR + TRACK * tracks);
        }
        if problem.lanes == NONE {
            self.widen(arrangement);
        }
    }

    /// Wires that leave the group turn beside their row, on the side where they go, and pass the rows beyond.
    fn leave(&mut self, problem: &Problem, arrangement: &Arrangement, row: &[u32]) {
        let last = arrangement.rows.len().saturating_sub(1);
        let share = TURNING / problem.copies;
        for wire in &problem.wires[problem.inner..] {
            let own = row[wire.a.child as usize] as usize;
            let down = wire.b.at.y > 0.0;
            if down && own < last {
                self.turning[own] += share;
            } else if !down && own > 0 {
                self.turning[own - 1] += share;
            }
            if wire.b.at.y.abs() > wire.b.at.x.abs() {
                let beyond = if down { own + 1..last + 1 } else { 0..own };
                for passed in beyond.take(PASSED as usize) {
                    self.passing[passed] += 1.0 / problem.copies;
                }
            }
        }
    }

    /// The usual gaps.
    fn reset(&mut self, problem: &Problem, arrangement: &Arrangement) {
        let rows = arrangement.rows.len();
        for column in [&mut self.below, &mut self.turning, &mut self.passing] {
            column.clear();
            column.resize(rows, 0.0);
        }
        self.below.fill(ROW_GAP);
        self.first.clear();
        let mut start = 0;
        for &length in &arrangement.rows {
            self.first.push(start);
            start += length;
        }
        self.behind.clear();
        let lane = |child: u32| child >= problem.lanes;
        let gaps = arrangement
            .order
            .windows(2)
            .map(|pair| match (lane(pair[0]), lane(pair[1])) {
                (false, false) => GAP,
                (true, true) => LANE_GAP,
                _ => GAP / 2.0,
            });
        self.behind.extend(gaps);
        self.behind.push(0.0);
    }

    /// Wires that pass a row share its gaps, and the room at its ends.
    fn widen(&mut self, arrangement: &Arrangement) {
        for (row, &length) in arrangement.rows.iter().enumerate() {
            let tracks = self.passing[row] / f64::from(length + 1);
            let start = self.first[row] as usize;
            for gap in &mut self.behind[start..start + length as usize] {
                *gap = gap.max(CLEAR + TRACK * tracks);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::layered::problem::tests::boxes;

    fn room(count: usize, wires: &[(u32, u32)], rows: &[&[u32]]) -> Room {
        let arrangement = Arrangement {
            order: rows.concat(),
            rows: rows
                .iter()
                .map(|row| u32::try_from(row.len()).unwrap())
                .collect(),
        };
        let (mut row, mut column) = (vec![0; count], vec![0; count]);
        for (at, members) in (0..).zip(rows) {
            for (slot, &child) in (0..).zip(*members) {
                (row[child as usize], column[child as usize]) = (at, slot);
            }
        }
        let mut room = Room::default();
        room.reserve(&boxes(count, wires), &arrangement, (&row, &column));
        room
    }

    #[test]
    fn one_wire_fits_into_the_usual_gap() {
        let room = room(2, &[(0, 1)], &[&[0], &[1]]);
        assert_eq!(room.below, [ROW_GAP, ROW_GAP]);
    }

    #[test]
    fn many_wires_need_a_wider_channel() {
        let room = room(2, &[(0, 1); 12], &[&[0], &[1]]);
        assert!(room.below[0] > ROW_GAP);
    }

    #[test]
    fn wires_that_pass_a_row_need_room_in_it() {
        let room = room(4, &[(0, 3); 6], &[&[0], &[1, 2], &[3]]);
        assert!(room.behind[1] > GAP);
    }
}
