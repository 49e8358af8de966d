//! A label to be seated, and the line that it belongs to.

use super::{X, Y};
use crate::geom::{Point, Rect, Size};
use crate::layout::graph::Layout;

/// Between a label and the ends of the piece of line that it stands on: what remains must show.
pub(super) const SHOW: f64 = 11.0;
/// Between a line and a label beside it, on the axis across: beside an upright line the air in the label comes to it.
pub(super) const BESIDE: [f64; 2] = [1.0, 2.0];

/// A straight piece of a way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub run: usize,
    pub at: f64,
    pub lo: f64,
    pub hi: f64,
}

/// One label to be seated.
#[derive(Debug, Clone)]
pub(super) struct Guest {
    pub way: usize,
    pub edge: u32,
    pub size: Size,
    /// Whether other edges are drawn along the same line: then it must stand beside it.
    pub shared: bool,
    /// The straight pieces of its line.
    pub pieces: Vec<Piece>,
}

impl Guest {
    /// The length of the label along an axis, and its thickness across it.
    pub(super) fn extent(&self, run: usize) -> (f64, f64) {
        if run == X {
            (self.size.width, self.size.height)
        } else {
            (self.size.height, self.size.width)
        }
    }

    /// The middle of the longest piece, for a label that has no place.
    pub(super) fn middle(&self) -> Rect {
        let longest = self
            .pieces
            .iter()
            .max_by(|a, b| (a.hi - a.lo).total_cmp(&(b.hi - b.lo)));
        let centre = longest.map_or(Point::ZERO, |piece| {
            let along = f64::midpoint(piece.lo, piece.hi);
            if piece.run == X {
                Point::new(along, piece.at)
            } else {
                Point::new(piece.at, along)
            }
        });
        Rect::from_center_size(centre, self.size)
    }
}

/// The straight pieces of a route.
pub(super) fn pieces(layout: &Layout, edge: u32) -> Vec<Piece> {
    layout.routes[edge as usize]
        .segments()
        .map(|(a, b)| {
            if (a.y - b.y).abs() < (a.x - b.x).abs() {
                Piece {
                    run: X,
                    at: a.y,
                    lo: a.x.min(b.x),
                    hi: a.x.max(b.x),
                }
            } else {
                Piece {
                    run: Y,
                    at: a.x,
                    lo: a.y.min(b.y),
                    hi: a.y.max(b.y),
                }
            }
        })
        .collect()
}
