//! Coordinates of one axis become cells: as few as keep the order, give every stretch its room and every side its air.

/// Coordinates that differ by less may share a cell, px: less than tracks are apart, more than edges of boxes that were meant to be level.
pub(super) const APART: f64 = 6.0;

/// Coordinates that differ by less are the same one: lines on a trunk.
const SAME: f64 = 0.5;

/// What has a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Frame,
    Card,
    Line,
    Head,
    Words,
}

/// A stretch that runs across the axis, where something begins or ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Side {
    /// Where it is on the axis.
    pub(super) at: f64,
    /// From where to where it runs on the other one.
    pub(super) span: (f64, f64),
    /// Whose it is: sides of one owner know each other.
    pub(super) owner: usize,
    /// What it is.
    pub(super) kind: Kind,
    /// Whether its owner ends here, and does not begin.
    pub(super) last: bool,
}

impl Side {
    fn meets(&self, other: &Self) -> bool {
        let spans = self.span.0 < other.span.1 + APART && other.span.0 < self.span.1 + APART;
        let strangers = self.owner != other.owner;
        // Words may lie on their own line, but not on its head.
        let covered = matches!(
            (self.kind, other.kind),
            (Kind::Head, Kind::Words) | (Kind::Words, Kind::Head)
        );
        spans && (strangers || covered) && other.at - self.at >= SAME
    }
}

/// The coordinates of a picture, from left to right or from top to bottom.
#[derive(Debug)]
pub(super) struct Axis {
    /// Cells that are twice as high as wide: side by side, things need a blank between them.
    narrow: bool,
    stretches: Vec<(f64, f64, usize)>,
    sides: Vec<Side>,
    /// Sorted coordinates.
    places: Vec<f64>,
    /// The cell of each.
    cells: Vec<usize>,
}

impl Axis {
    /// An empty axis; on a `narrow` one, things that lie side by side get a blank between them.
    pub(super) fn new(narrow: bool) -> Self {
        Self {
            narrow,
            stretches: Vec::new(),
            sides: Vec::new(),
            places: Vec::new(),
            cells: Vec::new(),
        }
    }

    /// There are the coordinates `from` and `to`, at least `cells` apart.
    pub(super) fn keep(&mut self, from: f64, to: f64, cells: usize) {
        self.stretches.push((from, to, cells));
    }

    /// There is a side, which others that run beside it must not touch.
    pub(super) fn side(&mut self, side: Side) {
        self.sides.push(side);
    }

    /// Gives every coordinate its cell: each the first that all constraints allow.
    pub(super) fn settle(&mut self) {
        let ends = self.stretches.iter().flat_map(|(from, to, _)| [*from, *to]);
        self.places = ends.chain(self.sides.iter().map(|side| side.at)).collect();
        self.places.sort_by(f64::total_cmp);
        self.places.dedup();
        let mut incoming: Vec<Vec<(usize, usize)>> = vec![Vec::new(); self.places.len()];
        for (from, to, cells) in &self.stretches {
            let (from, to) = (self.index(*from), self.index(*to));
            if from < to {
                incoming[to].push((from, *cells));
            }
        }
        self.sides.sort_by(|a, b| a.at.total_cmp(&b.at));
        self.cells = Vec::with_capacity(self.places.len());
        let (mut apart, mut seen) = (0, 0);
        for (at, place) in self.places.iter().enumerate() {
            let mut cell = at.checked_sub(1).map_or(0, |before| self.cells[before]);
            while self.places[apart] + APART <= *place {
                apart += 1;
            }
            if apart > 0 {
                cell = cell.max(self.cells[apart - 1] + 1);
            }
            for (from, cells) in &incoming[at] {
                cell = cell.max(self.cells[*from] + cells);
            }
            let before = seen;
            while self.sides.get(seen).is_some_and(|side| side.at <= *place) {
                seen += 1;
            }
            for side in &self.sides[before..seen] {
                cell = cell.max(self.beside(side, &self.sides[..before], cell));
            }
            self.cells.push(cell);
        }
    }

    /// The first cell from `cell` on in which a side touches none of those before it.
    fn beside(&self, side: &Side, before: &[Side], cell: usize) -> usize {
        let mut first = cell;
        for other in before.iter().rev() {
            let taken = self.cell(other.at);
            if taken + WIDEST <= cell {
                break;
            }
            if other.meets(side) {
                first = first.max(taken + self.gap(other, side));
            }
        }
        first
    }

    /// How many cells a side lies behind one that it runs beside.
    fn gap(&self, first: &Side, second: &Side) -> usize {
        use Kind::{Card, Frame, Head, Words};
        match (first.kind, second.kind) {
            // Within words nothing else is looked for.
            (Words, _) if !first.last => 0,
            (_, Words) if second.last => 0,
            _ if !self.narrow => 1,
            // The end of words is the cell behind them.
            (Words, _) | (Head, Card | Frame) | (Card | Frame, Head) => 1,
            // One box lies in the other.
            (Frame | Card, Frame | Card) if !first.last || second.last => 1,
            _ => WIDEST,
        }
    }

    fn index(&self, place: f64) -> usize {
        self.places.partition_point(|other| *other < place)
    }

    /// The cell of a coordinate that was kept.
    pub(super) fn cell(&self, place: f64) -> usize {
        self.cells.get(self.index(place)).copied().unwrap_or(0)
    }

    /// How many cells there are.
    pub(super) fn cells(&self) -> usize {
        self.cells.last().map_or(0, |last| last + 1)
    }
}

/// The largest gap that two sides need.
const WIDEST: usize = 2;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_room_are_kept_and_nothing_more() {
        let mut axis = Axis::new(false);
        axis.keep(0.0, 100.0, 8);
        axis.keep(2.0, 98.0, 3);
        axis.keep(50.0, 60.0, 0);
        axis.keep(110.0, 1000.0, 1);
        axis.settle();
        let cells = [0.0, 2.0, 50.0, 60.0, 98.0, 100.0, 110.0, 1000.0].map(|at| axis.cell(at));
        assert_eq!(cells, [0, 0, 1, 2, 3, 8, 9, 10]);
        assert_eq!(axis.cells(), 11);
    }

    #[test]
    fn what_runs_side_by_side_is_kept_apart_however_near() {
        let side = |at, span, owner, kind| Side {
            at,
            span,
            owner,
            kind,
            last: false,
        };
        let cells = |narrow, lower: (f64, f64)| {
            let mut axis = Axis::new(narrow);
            axis.side(side(10.0, (0.0, 50.0), 0, Kind::Line));
            axis.side(side(13.0, lower, 1, Kind::Card));
            axis.settle();
            axis.cell(13.0) - axis.cell(10.0)
        };
        assert_eq!(cells(true, (20.0, 60.0)), 2, "a blank between");
        assert_eq!(cells(false, (20.0, 60.0)), 1);
        assert_eq!(cells(true, (80.0, 90.0)), 0, "they do not meet");
    }
}
