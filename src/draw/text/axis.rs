//! Coordinates of one axis become cells: as few as keep the order and give every stretch its room.

/// Coordinates that differ by less may share a cell, px: less than tracks are apart, more than edges of boxes that were meant to be level.
pub(super) const APART: f64 = 6.0;

/// The coordinates of a picture, from left to right or from top to bottom.
#[derive(Debug, Default)]
pub(super) struct Axis {
    stretches: Vec<(f64, f64, usize)>,
    /// Sorted coordinates.
    places: Vec<f64>,
    /// The cell of each.
    cells: Vec<usize>,
}

impl Axis {
    /// There are the coordinates `from` and `to`, at least `cells` apart.
    pub(super) fn keep(&mut self, from: f64, to: f64, cells: usize) {
        self.stretches.push((from, to, cells));
    }

    /// Gives every coordinate its cell: each the first that all constraints allow.
    pub(super) fn settle(&mut self) {
        let ends = self.stretches.iter().flat_map(|(from, to, _)| [*from, *to]);
        self.places = ends.collect();
        self.places.sort_by(f64::total_cmp);
        self.places.dedup();
        let mut incoming: Vec<Vec<(usize, usize)>> = vec![Vec::new(); self.places.len()];
        for (from, to, cells) in &self.stretches {
            let (from, to) = (self.index(*from), self.index(*to));
            if from < to {
                incoming[to].push((from, *cells));
            }
        }
        self.cells = Vec::with_capacity(self.places.len());
        let mut apart = 0;
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
            self.cells.push(cell);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_room_are_kept_and_nothing_more() {
        let mut axis = Axis::default();
        axis.keep(0.0, 100.0, 8);
        axis.keep(2.0, 98.0, 3);
        axis.keep(50.0, 60.0, 0);
        axis.keep(110.0, 1000.0, 1);
        axis.settle();
        let cells = [0.0, 2.0, 50.0, 60.0, 98.0, 100.0, 110.0, 1000.0].map(|at| axis.cell(at));
        assert_eq!(cells, [0, 0, 1, 2, 3, 8, 9, 10]);
        assert_eq!(axis.cells(), 11);
    }
}
