//! Rectangles, found by where they lie: a packed R-tree, built once and never changed.
//!
//! Sort-tile-recursive packing (Leutenegger, Lopez, Edgington 1997, "STR: a simple and efficient algorithm for R-tree packing"):
//! `O(n log n)` to build, and a query costs what it finds. A uniform grid would need a cell size, and drawings hold frames that
//! are thousands of times as large as the labels in them.

use crate::geom::{Point, Rect};

/// Children of an inner node.
const FAN: usize = 16;

/// A set of rectangles that answers which of them touch a given one.
#[derive(Debug)]
pub(in crate::layout) struct Index {
    /// The position, in the list that was given, of each entry of the lowest level.
    order: Vec<u32>,
    /// Bounds: of the items themselves, of runs of [`FAN`] items, of runs of runs.
    levels: Vec<Vec<Rect>>,
}

impl Index {
    /// An index of items with these bounds.
    pub(in crate::layout) fn new(bounds: &[Rect]) -> Self {
        let mut items: Vec<(Point, u32)> = bounds
            .iter()
            .zip(0..)
            .map(|(item, at)| (item.center(), at))
            .collect();
        items.sort_by(|a, b| a.0.x.total_cmp(&b.0.x));
        let leaves = items.len().div_ceil(FAN);
        let slice = (leaves.isqrt() + 1) * FAN;
        for part in items.chunks_mut(slice) {
            part.sort_by(|a, b| a.0.y.total_cmp(&b.0.y));
        }
        let order: Vec<u32> = items.iter().map(|(_, at)| *at).collect();
        let mut levels = vec![
            order
                .iter()
                .map(|at| bounds[*at as usize])
                .collect::<Vec<_>>(),
        ];
        while let Some(last) = levels.last()
            && last.len() > FAN
        {
            let next = last.chunks(FAN).filter_map(union).collect();
            levels.push(next);
        }
        Self { order, levels }
    }

    /// Puts into `found` the positions of all items that touch `area` (a shared border is enough), in a fixed order.
    pub(in crate::layout) fn touching(&self, area: Rect, found: &mut Vec<u32>) {
        found.clear();
        // Level by level from the top, which is one run: `found` holds the runs whose bounds touch the area, then what lies in them.
        found.push(0);
        for (level, all) in self.levels.iter().enumerate().rev() {
            let runs = found.len();
            for at in 0..runs {
                let first = found[at] as usize * FAN;
                let bounds = &all[first..all.len().min(first + FAN)];
                for (at, own) in (first..).zip(bounds) {
                    if touch(own, &area) {
                        found.push(if level == 0 {
                            self.order[at]
                        } else {
                            u32::try_from(at).unwrap_or(u32::MAX)
                        });
                    }
                }
            }
            found.drain(..runs);
        }
    }
}

fn union(run: &[Rect]) -> Option<Rect> {
    run.iter().copied().reduce(|a, b| a.union(b))
}

fn touch(a: &Rect, b: &Rect) -> bool {
    a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_a_plain_search_finds() {
        let items: Vec<Rect> = (0..700_u32)
            .map(|i| {
                let (x, y) = (f64::from(i * 37 % 101), f64::from(i * 53 % 97));
                let (w, h) = (f64::from(i % 13), f64::from(i % 7));
                Rect::new(x, y, x + w, y + h)
            })
            .collect();
        let index = Index::new(&items);
        let mut found = Vec::new();
        for area in [
            Rect::new(10.0, 10.0, 20.0, 15.0),
            Rect::new(50.0, 0.0, 50.0, 200.0),
            Rect::new(-5.0, -5.0, -1.0, -1.0),
        ] {
            index.touching(area, &mut found);
            found.sort_unstable();
            let plain: Vec<u32> = (0..700)
                .filter(|&i| touch(&items[i as usize], &area))
                .collect();
            assert_eq!(found, plain);
        }
    }

    #[test]
    fn holds_nothing_gladly() {
        let mut found = vec![1];
        Index::new(&[]).touching(Rect::new(0.0, 0.0, 9.0, 9.0), &mut found);
        assert!(found.is_empty());
    }
}
