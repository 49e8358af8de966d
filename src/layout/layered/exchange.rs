//! Arrangements further away than one child's move: of a few children all there are, of more those with two of them exchanged.

use super::arrange::Arrangement;

/// Of so few children all arrangements are looked at.
const FEW: u32 = 4;
/// Up to so many children all exchanges are.
const SOME: usize = 12;

/// Other arrangements of the same children, in a fixed order.
pub(super) fn others(kept: &Arrangement) -> Vec<Arrangement> {
    let count = u32::try_from(kept.order.len()).unwrap_or(u32::MAX);
    if count <= FEW {
        return all(count);
    }
    let mut others = Vec::new();
    if kept.order.len() > SOME {
        return others;
    }
    for right in 1..kept.order.len() {
        for left in 0..right {
            let mut other = kept.clone();
            other.order.swap(left, right);
            others.push(other);
        }
    }
    others
}

/// Every order of so many children, cut into rows in every way.
fn all(count: u32) -> Vec<Arrangement> {
    let mut orders = vec![Vec::new()];
    for child in 0..count {
        let longer = |order: Vec<u32>| {
            (0..=order.len()).map(move |at| {
                let mut order = order.clone();
                order.insert(at, child);
                order
            })
        };
        orders = orders.into_iter().flat_map(longer).collect();
    }
    let cuts = 0..1_u32 << count.saturating_sub(1);
    let rows = |cut: u32| {
        let mut rows = vec![1];
        for place in 0..count.saturating_sub(1) {
            if cut >> place & 1 == 1 {
                rows.push(1);
            } else if let Some(last) = rows.last_mut() {
                *last += 1;
            }
        }
        rows
    };
    let each = |order: Vec<u32>| {
        cuts.clone().map(move |cut| Arrangement {
            order: order.clone(),
            rows: rows(cut),
        })
    };
    orders.into_iter().flat_map(each).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn arrangement(order: &[u32], rows: &[u32]) -> Arrangement {
        Arrangement {
            order: order.to_vec(),
            rows: rows.to_vec(),
        }
    }

    #[test]
    fn of_three_children_every_arrangement_comes_once() {
        let others = others(&arrangement(&[2, 0, 1], &[1, 2]));
        assert_eq!(others.len(), 6 * 4);
        let different: BTreeSet<_> = others.iter().map(|a| (&a.order, &a.rows)).collect();
        assert_eq!(different.len(), others.len());
        for other in &others {
            assert_eq!(other.rows.iter().sum::<u32>(), 3);
            assert!((0..3).all(|child| other.order.contains(&child)));
        }
    }

    #[test]
    fn of_five_any_two_are_exchanged() {
        let kept = arrangement(&[0, 1, 2, 3, 4], &[2, 3]);
        let others = others(&kept);
        assert_eq!(others.len(), 10);
        assert!(others.contains(&arrangement(&[4, 1, 2, 3, 0], &[2, 3])));
        assert!(!others.contains(&kept));
    }

    #[test]
    fn of_many_none_are() {
        let order: Vec<u32> = (0..20).collect();
        assert_eq!(others(&arrangement(&order, &[20])), []);
    }
}
