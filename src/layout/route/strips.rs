//! Pieces of axis-parallel lines, found by where they lie: for each axis a grid of cells that are long along it.

use super::{X, Y, grid};
use crate::geom::{Rect, Size};

/// Sides of a cell, along the lines in it and across them, px: lines are long, and lie side by side.
const CELL: [f64; 2] = [600.0, 24.0];
/// More cells than this along a side would cost more than they save.
const MOST_CELLS: u32 = 30_001;

/// Every piece is in all cells of its axis that it passes.
#[derive(Debug)]
pub(super) struct Strips {
    /// How many cells there are along each axis, for the lines along each.
    count: [[usize; 2]; 2],
    /// The pieces of each cell: `begun[cell]..begun[cell + 1]` of `pieces`.
    begun: [Vec<u32>; 2],
    pieces: [Vec<u32>; 2],
}

/// The cells that something along an axis is in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    run: usize,
    x: (usize, usize),
    y: (usize, usize),
}

impl Strips {
    /// The pieces of a drawing of that size, each with the axis that it runs along: they are numbered in their order.
    pub(super) fn new(size: Size, pieces: impl Iterator<Item = (Rect, usize)>) -> Self {
        let count = [X, Y].map(|run| {
            let along = |length: f64, axis: usize| {
                grid::count(length, CELL[usize::from(run != axis)], MOST_CELLS)
            };
            [along(size.width, X), along(size.height, Y)]
        });
        let mut strips = Self {
            count,
            begun: count.map(|count| vec![0; count[X] * count[Y] + 1]),
            pieces: [Vec::new(), Vec::new()],
        };
        let spots: Vec<Spot> = pieces.map(|(area, run)| strips.spot(area, run)).collect();
        strips.fill(&spots);
        strips
    }

    /// Puts every piece into its cells: first how many there are in each, then which.
    fn fill(&mut self, spots: &[Spot]) {
        for spot in spots {
            let begun = &mut self.begun[spot.run];
            spot.each(&self.count, |cell| begun[cell] += 1);
        }
        for run in [X, Y] {
            let mut sum = 0;
            for begun in &mut self.begun[run] {
                sum += *begun;
                *begun = sum;
            }
            self.pieces[run] = vec![0; sum as usize];
        }
        for (piece, spot) in spots.iter().enumerate().rev() {
            let piece = u32::try_from(piece).unwrap_or(u32::MAX);
            let (begun, pieces) = (&mut self.begun[spot.run], &mut self.pieces[spot.run]);
            spot.each(&self.count, |cell| {
                begun[cell] -= 1;
                pieces[begun[cell] as usize] = piece;
            });
        }
    }

    /// How many cells there are for the lines along an axis.
    pub(super) fn count(&self, run: usize) -> usize {
        self.count[run][X] * self.count[run][Y]
    }

    /// Where an area lies among the lines along an axis.
    pub(super) fn spot(&self, area: Rect, run: usize) -> Spot {
        let cell = |at: f64, axis: usize| {
            let side = CELL[usize::from(run != axis)];
            grid::cell(at, side, self.count[run][axis])
        };
        Spot {
            run,
            x: (cell(area.x0, X), cell(area.x1, X)),
            y: (cell(area.y0, Y), cell(area.y1, Y)),
        }
    }

    /// Visits the cells of a spot.
    pub(super) fn each(&self, spot: Spot, visit: impl FnMut(usize)) {
        spot.each(&self.count, visit);
    }

    /// The pieces along an axis that are in a cell.
    pub(super) fn pieces(&self, run: usize, cell: usize) -> &[u32] {
        let begun = &self.begun[run];
        &self.pieces[run][begun[cell] as usize..begun[cell + 1] as usize]
    }

    /// Visits the pieces along either axis that may be in an area, some of them twice.
    pub(super) fn near(&self, area: Rect, mut visit: impl FnMut(u32)) {
        for run in [X, Y] {
            self.each(self.spot(area, run), |cell| {
                for &piece in self.pieces(run, cell) {
                    visit(piece);
                }
            });
        }
    }
}

impl Spot {
    fn each(self, count: &[[usize; 2]; 2], mut visit: impl FnMut(usize)) {
        for row in self.y.0..=self.y.1 {
            for column in self.x.0..=self.x.1 {
                visit(row * count[self.run][X] + column);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_piece_that_touches_an_area() {
        let pieces: Vec<(Rect, usize)> = (0..400_u32)
            .map(|at| {
                let (x, y) = (f64::from(at * 37 % 1001), f64::from(at * 53 % 997));
                let long = f64::from(at * 71 % 1500);
                if at % 2 == 0 {
                    (Rect::new(x, y, x + long, y), X)
                } else {
                    (Rect::new(x, y, x, y + long), Y)
                }
            })
            .collect();
        let strips = Strips::new(Size::new(900.0, 1100.0), pieces.iter().copied());
        // Within the drawing, across its border, and far outside.
        for area in [
            Rect::new(200.0, 300.0, 260.0, 320.0),
            Rect::new(880.0, 0.0, 1300.0, 1200.0),
            Rect::new(5000.0, 5000.0, 5001.0, 5001.0),
        ] {
            let mut near = Vec::new();
            strips.near(area, |piece| near.push(piece));
            let touches = |piece: &Rect| {
                piece.x0 <= area.x1
                    && area.x0 <= piece.x1
                    && piece.y0 <= area.y1
                    && area.y0 <= piece.y1
            };
            for (at, (piece, _)) in (0_u32..).zip(&pieces) {
                assert!(!touches(piece) || near.contains(&at), "{at} at {area:?}");
            }
        }
        // A small area is not near to most.
        let mut near = 0;
        strips.near(Rect::new(200.0, 300.0, 260.0, 320.0), |_| near += 1);
        assert!(near < pieces.len() / 4, "{near}");
    }
}
