//! Many children that talk to each other without a common direction: set in the plane so that wires are short.
//!
//! Everyone moves to the middle of what he talks to, then all are spread again into rows of equal length, and so on: quadratic placement with
//! legalisation, as for standard cells (after Kleinhans et al. 1991, "GORDIAN"; Hill 2002, "Tetris"). Swaps of neighbours finish it.

use super::arrange::Arrangement;
use super::nest::id;
use super::problem::Problem;
use super::room::{GAP, ROW_GAP};
use super::tree::NONE;
use crate::geom::Point;

/// How often all move.
const MOVES: u32 = 40;
/// After how many moves that made nothing shorter that is over; and one more for so many children.
const IDLE: (u32, usize) = (3, 8);
/// How often swaps are tried for all.
const SWAPS: u32 = 20;
/// How many rows and places further they are looked for.
const AROUND: usize = 2;

/// Rows of about equal length that keep wires short, beginning from `from`.
pub(super) fn rows(problem: &Problem, from: &Arrangement) -> Arrangement {
    let mut plane = Plane::new(problem);
    plane.spread(from.order.clone(), &from.rows);
    let mut best = plane.cells.clone();
    let mut least = plane.length();
    let mut idle = 0;
    let patience = IDLE.0 + id(problem.count() / IDLE.1);
    for _ in 0..MOVES {
        plane.pull();
        plane.legalise();
        let length = plane.length();
        idle += 1;
        if length < least {
            (least, idle) = (length, 0);
            best.clone_from(&plane.cells);
        }
        if idle == patience {
            break;
        }
    }
    plane.cells = best;
    plane.settle();
    for _ in 0..SWAPS {
        if !plane.swap() {
            break;
        }
    }
    Arrangement {
        order: plane.cells.order,
        rows: plane.cells.rows,
    }
}

/// Children in rows.
#[derive(Debug, Clone, Default)]
struct Cells {
    order: Vec<u32>,
    rows: Vec<u32>,
}

/// What pulls a child, as far as it counts here.
#[derive(Debug, Clone, Copy)]
struct Tug {
    /// The point that it pulls to.
    to: u32,
    weight: f64,
}

/// Children as points.
#[derive(Debug)]
struct Plane {
    /// The length of each child along its row, with the gap after it.
    breadth: Vec<f64>,
    /// Where each child is, and behind them whatever pulls from outside, which never moves.
    at: Vec<Point>,
    wish: Vec<Point>,
    cells: Cells,
    /// What pulls child `c`: `tugs[first[c]..first[c + 1]]`.
    tugs: Vec<Tug>,
    first: Vec<usize>,
    /// Wanted length of a row.
    width: f64,
    /// Mean height of a row.
    pitch: f64,
}

impl Plane {
    fn new(problem: &Problem) -> Self {
        let count = problem.count();
        let (mut area, mut tall) = (0.0, 0.0);
        for size in &problem.size {
            area += (size.width + GAP) * (size.height + ROW_GAP);
            tall += size.height + ROW_GAP;
        }
        let width = (area * problem.shape).sqrt();
        let middle = Point::new(width, width / problem.shape).midpoint(Point::ZERO);
        let mut plane = Self {
            breadth: problem.size.iter().map(|size| size.width + GAP).collect(),
            at: vec![Point::ZERO; count],
            wish: Vec::new(),
            cells: Cells::default(),
            tugs: Vec::new(),
            first: vec![0],
            width,
            pitch: tall / count.max(1) as f64,
        };
        for child in 0..id(count) {
            for pull in problem.pulls.of(child).iter().filter(|pull| !pull.twin) {
                let to = if pull.other == NONE {
                    plane.at.push(middle + pull.to);
                    id(plane.at.len() - 1)
                } else {
                    pull.other
                };
                let weight = pull.weight;
                plane.tugs.push(Tug { to, weight });
            }
            plane.first.push(plane.tugs.len());
        }
        plane.wish.clone_from(&plane.at);
        plane
    }

    /// How many children there are.
    fn count(&self) -> usize {
        self.breadth.len()
    }

    fn breadth(&self, child: u32) -> f64 {
        self.breadth[child as usize]
    }

    /// What pulls a child.
    fn tugs_of(&self, child: u32) -> &[Tug] {
        let child = child as usize;
        &self.tugs[self.first[child]..self.first[child + 1]]
    }

    fn spread(&mut self, order: Vec<u32>, rows: &[u32]) {
        self.cells.order = order;
        self.cells.rows = rows.to_vec();
        self.settle();
    }

    /// Points from cells: rows centred, at equal distance.
    fn settle(&mut self) {
        let mut start = 0;
        for (row, &length) in (0_u32..).zip(&self.cells.rows) {
            let end = start + length as usize;
            let total: f64 = self.cells.order[start..end]
                .iter()
                .map(|&child| self.breadth(child))
                .sum();
            let mut x = (self.width - total) / 2.0;
            for index in start..end {
                let child = self.cells.order[index];
                let breadth = self.breadth(child);
                self.at[child as usize] =
                    Point::new(x + breadth / 2.0, (f64::from(row) + 0.5) * self.pitch);
                x += breadth;
            }
            start = end;
        }
    }

    /// The mean of what a child talks to.
    fn pull(&mut self) {
        for child in 0..self.count() {
            let (mut sum, mut weight) = (self.at[child].to_vec2() * 0.5, 0.5);
            for tug in self.tugs_of(id(child)) {
                sum += self.at[tug.to as usize].to_vec2() * tug.weight;
                weight += tug.weight;
            }
            self.wish[child] = (sum / weight).to_point();
        }
        std::mem::swap(&mut self.at, &mut self.wish);
    }

    /// Rows again: by height, then along; ties by the order before.
    fn legalise(&mut self) {
        let at = &self.at;
        let order = &mut self.cells.order;
        order.sort_by(|&a, &b| at[a as usize].y.total_cmp(&at[b as usize].y));
        let total: f64 = self.breadth.iter().sum();
        let rows = (total / self.width).round().max(1.0);
        let share = total / rows;
        self.cells.rows.clear();
        let (mut x, mut start) = (0.0, 0);
        for index in 0..order.len() {
            let breadth = self.breadth[order[index] as usize];
            if index > start && x + breadth / 2.0 > share {
                self.cells.rows.push(id(index - start));
                order[start..index].sort_by(|&a, &b| at[a as usize].x.total_cmp(&at[b as usize].x));
                x -= share;
                start = index;
            }
            x += breadth;
        }
        if start < order.len() {
            self.cells.rows.push(id(order.len() - start));
            order[start..].sort_by(|&a, &b| at[a as usize].x.total_cmp(&at[b as usize].x));
        }
        self.settle();
    }

    /// The length of the wires of one child if it stood at `here`, not counting those to `but`.
    fn reach(&self, child: u32, here: Point, but: u32) -> f64 {
        let tugs = self.tugs_of(child).iter().filter(|tug| tug.to != but);
        tugs.map(|tug| {
            let away = self.at[tug.to as usize] - here;
            (away.x.abs() + away.y.abs()) * tug.weight
        })
        .sum()
    }

    fn length(&self) -> f64 {
        (0..id(self.count()))
            .map(|child| self.reach(child, self.at[child as usize], child))
            .sum()
    }

    /// Tries to exchange every child with whoever stands about where it would like to be; whether anything got shorter.
    fn swap(&mut self) -> bool {
        let rows = self.cells.rows.len();
        let mut first = vec![0_usize; rows + 1];
        for row in 0..rows {
            first[row + 1] = first[row] + self.cells.rows[row] as usize;
        }
        let mut slot = vec![0_usize; self.count()];
        for (index, &child) in self.cells.order.iter().enumerate() {
            slot[child as usize] = index;
        }
        let mut better = false;
        self.pull();
        std::mem::swap(&mut self.at, &mut self.wish);
        for child in 0..id(self.count()) {
            let wish = self.wish[child as usize];
            let row = self.row_at(wish.y, rows);
            let mut best: Option<(f64, usize)> = None;
            for row in row.saturating_sub(AROUND)..(row + AROUND + 1).min(rows) {
                let range = first[row]..first[row + 1];
                let near = self.cells.order[range.clone()]
                    .partition_point(|&other| self.at[other as usize].x < wish.x)
                    + range.start;
                let from = near.saturating_sub(1 + AROUND).max(range.start);
                for index in from..(near + 1 + AROUND).min(range.end) {
                    let gain = self.gain(child, self.cells.order[index]);
                    if gain > 1.0 && best.is_none_or(|best| gain > best.0) {
                        best = Some((gain, index));
                    }
                }
            }
            if let Some((_, index)) = best {
                let other = self.cells.order[index];
                self.at.swap(child as usize, other as usize);
                self.cells.order.swap(slot[child as usize], index);
                slot.swap(child as usize, other as usize);
                better = true;
            }
        }
        better
    }

    /// How much shorter wires get when two children exchange their places.
    fn gain(&self, child: u32, other: u32) -> f64 {
        if child == other {
            return 0.0;
        }
        let (here, there) = (self.at[child as usize], self.at[other as usize]);
        let before = self.reach(child, here, other) + self.reach(other, there, child);
        let after = self.reach(child, there, other) + self.reach(other, here, child);
        before - after
    }

    /// The row whose middle is nearest to `y`.
    fn row_at(&self, y: f64, rows: usize) -> usize {
        let mut low = 0;
        let mut high = rows - 1;
        while low < high {
            let middle = usize::midpoint(low, high);
            if (f64::from(id(middle)) + 1.0) * self.pitch < y {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}
