//! Cells in rows and columns: replicas side by side, and what nothing is linked to.

use super::room::{GAP, ROW_GAP};
use super::search::Found;
use crate::geom::{Point, Size};

/// How many replicas stand in one row before they are wrapped.
const ROW: usize = 5;

/// Cells in source order, as wide as the widest of their column, in about the wanted `shape` (width / height).
///
/// `gap` is the room between two cells of a row. `side_by_side` keeps a few in one row, whatever the shape.
pub(super) fn arrange(sizes: &[Size], shape: f64, gap: f64, side_by_side: bool) -> Found {
    let count = sizes.len();
    if side_by_side && count <= ROW {
        return cells(sizes, count, gap);
    }
    let most = (1..count)
        .find(|&columns| (columns * columns) as f64 > 16.0 * shape.max(1.0) * count as f64)
        .unwrap_or(count);
    let mut best = cells(sizes, count.min(1), gap);
    let mut least = f64::INFINITY;
    for columns in 1..=most {
        let rows = count.div_ceil(columns);
        let holes = rows * columns - count;
        if holes >= columns {
            continue;
        }
        let found = cells(sizes, columns, gap);
        let root = shape.sqrt();
        let side = (found.size.width / root).max(found.size.height * root);
        let cost = side * (1.0 + 0.3 * holes as f64 / count as f64);
        if cost < least {
            (best, least) = (found, cost);
        }
    }
    best
}

fn cells(sizes: &[Size], columns: usize, gap: f64) -> Found {
    let columns = columns.max(1);
    let mut width = vec![0.0_f64; columns];
    let mut height = vec![0.0_f64; sizes.len().div_ceil(columns)];
    for (index, size) in sizes.iter().enumerate() {
        let (column, row) = (index % columns, index / columns);
        width[column] = width[column].max(size.width);
        height[row] = height[row].max(size.height);
    }
    let x = starts(&width, gap);
    let y = starts(&height, ROW_GAP.min(gap));
    let at = sizes
        .iter()
        .enumerate()
        .map(|(index, size)| {
            let column = index % columns;
            Point::new(
                x[column] + (width[column] - size.width) / 2.0,
                y[index / columns],
            )
        })
        .collect();
    let extent = |sizes: &[f64], starts: &[f64]| {
        sizes.last().copied().unwrap_or(0.0) + starts.last().copied().unwrap_or(0.0)
    };
    Found {
        at,
        size: Size::new(extent(&width, &x), extent(&height, &y)),
        ..Found::default()
    }
}

fn starts(sizes: &[f64], gap: f64) -> Vec<f64> {
    sizes
        .iter()
        .scan(0.0, |next, size| {
            let here = *next;
            *next += size + gap;
            Some(here)
        })
        .collect()
}

/// The usual gap.
pub(super) const CELL_GAP: f64 = GAP;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_replicas_stand_side_by_side() {
        let found = arrange(&[Size::new(400.0, 200.0); 3], 1.0, CELL_GAP, true);
        assert!(found.at.iter().all(|at| at.y == 0.0));
        assert!(found.at[0].x < found.at[1].x && found.at[1].x < found.at[2].x);
    }

    #[test]
    fn many_unconnected_boxes_fill_a_slide() {
        let found = arrange(&[Size::new(100.0, 40.0); 40], 1.7, CELL_GAP, false);
        let shape = found.size.width / found.size.height;
        assert!((1.1..2.4).contains(&shape), "{shape}");
    }

    #[test]
    fn nothing_takes_no_room() {
        assert_eq!(arrange(&[], 1.7, CELL_GAP, false).size, Size::ZERO);
    }
}
