//! All legs with their exact places, found by where they lie, while they move.

use super::channel::{neighbours, zone};
use super::floor::Floors;
use super::ports;
use super::ways::{Home, Ways};
use super::{X, Y, grid};
use crate::geom::Rect;
use crate::layout::verify::Index;

/// Sides of a cell, along the lines in it and across them, px: lines are long, and lie side by side.
const CELL: [f64; 2] = [600.0, 24.0];
/// More cells than this along a side would cost more than they save.
const MOST_CELLS: u32 = 30_001;
/// Names no entry.
const NIL: u32 = u32::MAX;
/// From a line to boxes and words that are not its own.
pub(super) const CLEAR: f64 = 5.0;

/// A grid of lists for each axis that legs run along: each is in every cell that it passes, and stays there when it moves away.
pub(super) struct Lines {
    heads: [Vec<u32>; 2],
    entries: Vec<(u32, u32)>,
    grid: [[usize; 2]; 2],
    obstacles: Index,
    fixed: Vec<Rect>,
    /// The box, or nothing for words.
    owners: Vec<u32>,
}

impl Lines {
    /// Every leg where it is now.
    pub(super) fn new(floors: &Floors, ways: &Ways) -> Self {
        let (mut fixed, mut owners) = (Vec::new(), Vec::new());
        for &node in &floors.order {
            let at = node as usize;
            let (x, y) = (floors.lo[X][at], floors.lo[Y][at]);
            if floors.size[at].is_some() {
                fixed.push(Rect::new(x, y, floors.hi[X][at], floors.hi[Y][at]));
                owners.push(node);
            } else if let Some([width, height]) = floors.title[at] {
                let x = x + floors.inset[at][0];
                fixed.push(Rect::new(x, y, x + width, y + height));
                owners.push(NIL);
            }
        }
        let whole = floors.whole as usize;
        let cells = |run: usize, axis: usize| {
            let side = CELL[usize::from(run != axis)];
            grid::count(floors.hi[axis][whole], side, MOST_CELLS)
        };
        let grid = [X, Y].map(|run| [cells(run, X), cells(run, Y)]);
        let mut lines = Self {
            heads: grid.map(|grid| vec![NIL; grid[X] * grid[Y]]),
            entries: Vec::with_capacity(ways.legs.len() * 2),
            grid,
            obstacles: Index::new(&fixed),
            fixed,
            owners,
        };
        for leg in 0..ways.legs.len() {
            lines.insert(floors, ways, leg);
        }
        lines
    }

    /// Tells where a leg is (now).
    pub(super) fn insert(&mut self, floors: &Floors, ways: &Ways, leg: usize) {
        let run = ways.legs[leg].run;
        let [x, y] = self.cells(line(floors, ways, leg), run);
        let leg = u32::try_from(leg).unwrap_or(NIL);
        for row in y.0..=y.1 {
            for column in x.0..=x.1 {
                let cell = row * self.grid[run][X] + column;
                let entry = u32::try_from(self.entries.len()).unwrap_or(NIL);
                self.entries.push((leg, self.heads[run][cell]));
                self.heads[run][cell] = entry;
            }
        }
    }

    /// Legs along an axis that may be in an area; in order, each once.
    pub(super) fn near(&self, area: Rect, run: usize, found: &mut Vec<usize>) {
        found.clear();
        let [x, y] = self.cells(area, run);
        for row in y.0..=y.1 {
            for column in x.0..=x.1 {
                let mut next = self.heads[run][row * self.grid[run][X] + column];
                while let Some((leg, after)) = self.entries.get(next as usize) {
                    found.push(*leg as usize);
                    next = *after;
                }
            }
        }
        found.sort_unstable();
        found.dedup();
    }

    fn cells(&self, area: Rect, run: usize) -> [(usize, usize); 2] {
        let cell = |at: f64, axis: usize| {
            let side = CELL[usize::from(run != axis)];
            grid::cell(at, side, self.grid[run][axis])
        };
        [
            (cell(area.x0, X), cell(area.x1, X)),
            (cell(area.y0, Y), cell(area.y1, Y)),
        ]
    }

    /// How far chains of legs may move, within what is wanted, with at least `apart` to every line beside them; nothing where
    /// there is no such place.
    pub(super) fn freedom(
        &self,
        (floors, ways): (&Floors, &Ways),
        legs: &[usize],
        wanted: (f64, f64),
        apart: f64,
    ) -> Option<(f64, f64)> {
        let (mut lo, mut hi) = wanted;
        for leg in legs {
            let (from, to) = room(floors, ways, *leg);
            (lo, hi) = (lo.max(from), hi.min(to));
        }
        let mut found = Vec::new();
        for &leg in legs {
            if lo > hi {
                return None;
            }
            let own = &ways.legs[leg];
            let (first, last) = (lo.min(own.at) - apart, hi.max(own.at) + apart);
            let (from, to) = span(floors, ways, leg);
            let area = if own.run == Y {
                Rect::new(first, from, last, to)
            } else {
                Rect::new(from, first, to, last)
            };
            self.near(area, own.run, &mut found);
            for &other in &found {
                let theirs = &ways.legs[other];
                if ways.owner[other] == ways.owner[leg] {
                    continue;
                }
                let (a, b) = span(floors, ways, other);
                if b < from - apart || to + apart < a {
                    continue;
                }
                if theirs.at <= own.at {
                    lo = lo.max((theirs.at + apart).min(own.at));
                }
                if theirs.at >= own.at {
                    hi = hi.min((theirs.at - apart).max(own.at));
                }
            }
        }
        (lo <= hi).then_some((lo, hi))
    }

    /// Whether a leg is far enough from all that is not its own.
    pub(super) fn alone(&self, floors: &Floors, ways: &Ways, leg: usize, apart: f64) -> bool {
        let place = line(floors, ways, leg);
        let ends = ways.list[ways.owner[leg] as usize].ends;
        let mut touched = Vec::new();
        self.obstacles
            .touching(place.inflate(CLEAR, CLEAR), &mut touched);
        let hits = |at: &u32| {
            let owner = self.owners[*at as usize];
            let area = self.fixed[*at as usize].inflate(CLEAR, CLEAR);
            owner != ends.0
                && owner != ends.1
                && place.x0 < area.x1
                && area.x0 < place.x1
                && place.y0 < area.y1
                && area.y0 < place.y1
        };
        if touched.iter().any(hits) {
            return false;
        }
        let mut found = Vec::new();
        self.near(place.inflate(apart, apart), ways.legs[leg].run, &mut found);
        !found
            .iter()
            .any(|other| upon(floors, ways, (leg, *other), apart))
    }
}

/// Where a leg may be, other lines apart.
fn room(floors: &Floors, ways: &Ways, leg: usize) -> (f64, f64) {
    let own = &ways.legs[leg];
    match own.home {
        Home::Stub(node, _) => ports::range(floors, node, 1 - own.run),
        home => zone(floors, home).map_or((own.at, own.at), |(lo, hi)| (lo + 7.0, hi - 7.0)),
    }
}

/// A leg as a rectangle without breadth.
pub(super) fn line(floors: &Floors, ways: &Ways, leg: usize) -> Rect {
    let (lo, hi) = span(floors, ways, leg);
    let own = &ways.legs[leg];
    if own.run == X {
        Rect::new(lo, own.at, hi, own.at)
    } else {
        Rect::new(own.at, lo, own.at, hi)
    }
}

/// Where a leg begins and ends.
pub(super) fn span(floors: &Floors, ways: &Ways, leg: usize) -> (f64, f64) {
    let way = &ways.list[ways.owner[leg] as usize];
    let [before, after] = neighbours(way, leg);
    let own = &ways.legs[leg];
    let a = before.map_or_else(
        || way.border(floors, own, way.ends.0),
        |leg| ways.legs[leg].at,
    );
    let b = after.map_or_else(
        || way.border(floors, own, way.ends.1),
        |leg| ways.legs[leg].at,
    );
    (a.min(b), a.max(b))
}

/// Whether two legs of different ways lie upon each other, or nearer than that.
pub(super) fn upon(floors: &Floors, ways: &Ways, (a, b): (usize, usize), near: f64) -> bool {
    let (one, two) = (&ways.legs[a], &ways.legs[b]);
    if one.run != two.run || ways.owner[a] == ways.owner[b] || (one.at - two.at).abs() >= near {
        return false;
    }
    let (from, to) = (span(floors, ways, a), span(floors, ways, b));
    from.1.min(to.1) - from.0.max(to.0) > 1.0
}

/// A leg and all that go straight on from it.
pub(super) fn chain(ways: &Ways, leg: usize) -> Vec<usize> {
    let way = &ways.list[ways.owner[leg] as usize];
    let at = ways.legs[leg].at;
    let same = |leg: usize| (ways.legs[leg].at - at).abs() < 0.05;
    let (mut first, mut last) = (leg, leg);
    while first >= way.first + 2 && same(first - 2) {
        first -= 2;
    }
    while last + 2 < way.last && same(last + 2) {
        last += 2;
    }
    (first..=last).step_by(2).collect()
}
