//! What the fault counters cannot see: whether siblings keep the author's order, and whether replicas look alike.

use super::kin::Kin;
use crate::geom::Rect;
use crate::layout::{Graph, Layout};
use std::collections::BTreeMap;

/// Two coordinates this close are the same, in px.
const SAME: f64 = 1.5;

/// The share of sibling pairs that stand in the author's order, read in rows or in columns, whichever suits a group better.
/// 1 where there is no pair.
pub(super) fn order(graph: &Graph, layout: &Layout) -> f64 {
    let mut families: BTreeMap<Option<u32>, Vec<u32>> = BTreeMap::new();
    for (at, node) in (0..).zip(&graph.nodes) {
        let parent = node.parent.map(|parent| parent.0);
        families.entry(parent).or_default().push(at);
    }
    let (mut pairs, mut wrong) = (0_u64, 0_u64);
    for family in families.into_values() {
        let count = family.len() as u64;
        pairs += count * (count - 1) / 2;
        let turned = |r: Rect| Rect::new(r.y0, r.x0, r.y1, r.x1);
        let rows = read(&family, |at| layout.boxes[at as usize]);
        let columns = read(&family, |at| turned(layout.boxes[at as usize]));
        wrong += inversions(rows).min(inversions(columns));
    }
    if pairs == 0 {
        1.0
    } else {
        1.0 - wrong as f64 / pairs as f64
    }
}

/// `family` as one reads it: row by row, and each row from its left end. A box belongs to a row whose first box is not yet past
/// its middle there.
fn read(family: &[u32], place: impl Fn(u32) -> Rect) -> Vec<u32> {
    let mut order = family.to_vec();
    order.sort_by(|&a, &b| place(a).y0.total_cmp(&place(b).y0));
    let mut start = 0;
    while start < order.len() {
        let middle = place(order[start]).center().y;
        let row = order[start..]
            .iter()
            .take_while(|&&at| place(at).y0 <= middle)
            .count()
            .max(1);
        order[start..start + row].sort_by(|&a, &b| place(a).x0.total_cmp(&place(b).x0));
        start += row;
    }
    order
}

/// How many pairs of `list` stand in falling order: a merge sort that counts.
fn inversions(mut list: Vec<u32>) -> u64 {
    let mut spare = list.clone();
    let (mut count, mut width) = (0, 1);
    while width < list.len() {
        for start in (0..list.len()).step_by(2 * width) {
            let middle = (start + width).min(list.len());
            let end = (middle + width).min(list.len());
            let (mut left, mut right) = (start, middle);
            for slot in &mut spare[start..end] {
                let take_right = left == middle || (right < end && list[right] < list[left]);
                let from = if take_right { &mut right } else { &mut left };
                *slot = list[*from];
                *from += 1;
                if take_right {
                    count += (middle - left) as u64;
                }
            }
        }
        std::mem::swap(&mut list, &mut spare);
        width *= 2;
    }
    count
}

/// Replicas (siblings of one likeness and of equal structure) that are laid out otherwise inside than the first of their kind, and
/// replicas that stand level with none of the others, neither in a row nor in a column.
pub(super) fn replicas(graph: &Graph, layout: &Layout, kin: &Kin) -> (usize, usize) {
    let mut classes: BTreeMap<(Option<u32>, u32), Vec<u32>> = BTreeMap::new();
    for (at, node) in (0..).zip(&graph.nodes) {
        if let Some(class) = node.likeness {
            let parent = node.parent.map(|parent| parent.0);
            classes.entry((parent, class)).or_default().push(at);
        }
    }
    let (mut unequal, mut unaligned) = (0, 0);
    for class in classes.into_values() {
        let first = class[0];
        let alike: Vec<u32> = class
            .into_iter()
            .filter(|&other| same_structure(graph, kin, first, other))
            .collect();
        unequal += alike
            .iter()
            .filter(|&&other| !same_layout(layout, kin, first, other))
            .count();
        if alike.len() > 1 {
            unaligned += alone(alike.iter().map(|&at| layout.boxes[at as usize]));
        }
    }
    (unequal, unaligned)
}

/// How many boxes begin level with no other, from above and from the left.
fn alone(boxes: impl Iterator<Item = Rect> + Clone) -> usize {
    let sorted = |edge: fn(&Rect) -> f64| {
        let mut list: Vec<f64> = boxes.clone().map(|r| edge(&r)).collect();
        list.sort_by(f64::total_cmp);
        list
    };
    let (xs, ys) = (sorted(|r| r.x0), sorted(|r| r.y0));
    let level = |list: &[f64], value: f64| {
        let from = list.partition_point(|&v| v < value - SAME);
        list[from..]
            .iter()
            .take_while(|&&v| v <= value + SAME)
            .nth(1)
            .is_some()
    };
    boxes
        .filter(|r| !level(&xs, r.x0) && !level(&ys, r.y0))
        .count()
}

fn same_structure(graph: &Graph, kin: &Kin, a: u32, b: u32) -> bool {
    let (first, second) = (kin.subtree(a), kin.subtree(b));
    let depth_of_parent = |root: u32, node: u32| {
        graph.nodes[node as usize]
            .parent
            .filter(|_| node != root)
            .map(|parent| kin.enter[parent.index()] - kin.enter[root as usize])
    };
    first.len() == second.len()
        && first.iter().zip(second).all(|(&p, &q)| {
            graph.nodes[p as usize].shape == graph.nodes[q as usize].shape
                && depth_of_parent(a, p) == depth_of_parent(b, q)
        })
}

fn same_layout(layout: &Layout, kin: &Kin, a: u32, b: u32) -> bool {
    let place = |node: u32| layout.boxes[node as usize];
    let by = place(b).origin() - place(a).origin();
    kin.subtree(a).iter().zip(kin.subtree(b)).all(|(&p, &q)| {
        let (p, q) = (place(p) + by, place(q));
        [p.x0 - q.x0, p.y0 - q.y0, p.x1 - q.x1, p.y1 - q.y1]
            .into_iter()
            .all(|off| off.abs() <= SAME)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inversions_are_counted() {
        assert_eq!(inversions(vec![]), 0);
        assert_eq!(inversions(vec![1, 2, 3, 4, 5]), 0);
        assert_eq!(inversions(vec![5, 4, 3, 2, 1]), 10);
        assert_eq!(inversions(vec![2, 0, 1, 4, 3]), 3);
    }

    #[test]
    fn a_box_of_no_row_and_no_column_is_alone() {
        let at = |x, y| Rect::new(x, y, x + 10.0, y + 10.0);
        let count = |list: &[Rect]| alone(list.iter().copied());
        assert_eq!(count(&[at(0.0, 0.0), at(20.0, 0.0), at(0.0, 20.0)]), 0);
        assert_eq!(count(&[at(0.0, 0.0), at(20.0, 20.0), at(40.0, 40.0)]), 3);
        assert_eq!(count(&[at(0.0, 0.0), at(20.0, 1.0), at(40.0, 9.0)]), 1);
    }
}
