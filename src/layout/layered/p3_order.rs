//! The order within layers: barycentre sweeps (Sugiyama, Tagawa, Toda 1981) over the properly layered graph, crossings counted
//! with a Fenwick tree (Barth, Mutzel, Jünger 2004); the best order of all sweeps is kept.

use super::nest::id;
use super::p1_cycles::successors;

/// How many layers one edge may span with a dummy in each: beyond that it does not shape the order.
const SPAN: u32 = 24;

/// Layers in order, with the dummies that long edges run through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Layers {
    /// Nodes and dummies (numbered behind the nodes), layer by layer.
    pub(super) order: Vec<u32>,
    /// Where each layer starts in `order`, and where the last one ends.
    pub(super) start: Vec<u32>,
    /// The edges, cut at their dummies: pairs in neighbouring layers, the upper first.
    pub(super) short: Vec<(u32, u32)>,
}

impl Layers {
    /// The layers, one after the other.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &[u32]> + '_ {
        self.start
            .windows(2)
            .map(|range| &self.order[range[0] as usize..range[1] as usize])
    }
}

/// Orders the nodes of each layer; source order where nothing better decides.
pub(super) fn order(rank: &[u32], edges: &[(u32, u32)], sweeps: u32) -> Layers {
    let (mut proper, short) = Proper::new(rank, edges);
    let mut best = proper.order.clone();
    let mut least = proper.crossings();
    let mut idle = 0;
    for sweep in 0..sweeps {
        if least == 0 || idle == 4 {
            break;
        }
        proper.sweep(sweep % 2 == 0);
        let count = proper.crossings();
        idle += 1;
        if count < least {
            least = count;
            best.clone_from(&proper.order);
            idle = 0;
        }
    }
    Layers {
        order: best,
        start: proper.start,
        short,
    }
}

/// A graph whose edges join neighbouring layers: long edges run through dummies, numbered behind the nodes.
struct Proper {
    /// Nodes and dummies, layer by layer.
    order: Vec<u32>,
    /// Where each layer starts in `order`.
    start: Vec<u32>,
    position: Vec<u32>,
    above: (Vec<u32>, Vec<u32>),
    below: (Vec<u32>, Vec<u32>),
    wish: Vec<f64>,
    tree: Vec<u32>,
}

impl Proper {
    fn new(rank: &[u32], edges: &[(u32, u32)]) -> (Self, Vec<(u32, u32)>) {
        let mut layer = rank.to_vec();
        let mut short = Vec::with_capacity(edges.len());
        for &(a, b) in edges {
            let (low, high) = (rank[a as usize], rank[b as usize]);
            if low >= high || high - low > SPAN {
                continue;
            }
            let mut last = a;
            for between in low + 1..high {
                let dummy = id(layer.len());
                layer.push(between);
                short.push((last, dummy));
                last = dummy;
            }
            short.push((last, b));
        }
        let count = layer.len();
        let height = rank.iter().max().map_or(0, |&top| top as usize + 1);
        let placed: Vec<(u32, u32)> = (0..).zip(&layer).map(|(node, &at)| (at, node)).collect();
        let (start, order) = successors(height, &placed);
        let upwards: Vec<(u32, u32)> = short.iter().map(|&(a, b)| (b, a)).collect();
        let mut proper = Self {
            order,
            start,
            position: vec![0; count],
            above: successors(count, &upwards),
            below: successors(count, &short),
            wish: vec![0.0; count],
            tree: Vec::new(),
        };
        for layer in 0..height {
            proper.number(layer);
        }
        (proper, short)
    }

    fn range(&self, layer: usize) -> std::ops::Range<usize> {
        self.start[layer] as usize..self.start[layer + 1] as usize
    }

    fn number(&mut self, layer: usize) {
        for (position, &node) in (0_u32..).zip(&self.order[self.range(layer)]) {
            self.position[node as usize] = position;
        }
    }

    fn sweep(&mut self, down: bool) {
        let height = self.start.len() - 1;
        for step in 1..height {
            let layer = if down { step } else { height - 1 - step };
            let range = self.range(layer);
            let (first, to) = if down { &self.above } else { &self.below };
            for &node in &self.order[range.clone()] {
                let node = node as usize;
                let near = &to[first[node] as usize..first[node + 1] as usize];
                let sum: u32 = near
                    .iter()
                    .map(|&other| self.position[other as usize])
                    .sum();
                self.wish[node] = if near.is_empty() {
                    f64::from(self.position[node])
                } else {
                    f64::from(sum) / near.len() as f64
                };
            }
            let wish = &self.wish;
            self.order[range].sort_by(|&a, &b| wish[a as usize].total_cmp(&wish[b as usize]));
            self.number(layer);
        }
    }

    fn crossings(&mut self) -> u64 {
        let mut sum = 0;
        let (first, to) = &self.below;
        for layer in 1..self.start.len() - 1 {
            self.tree.clear();
            self.tree.resize(self.range(layer).len() + 1, 0);
            let upper = self.start[layer - 1] as usize..self.start[layer] as usize;
            let mut seen = 0_u32;
            for &node in &self.order[upper] {
                let node = node as usize;
                let ends = &to[first[node] as usize..first[node + 1] as usize];
                for &end in ends {
                    let end = self.position[end as usize];
                    sum += u64::from(seen - prefix(&self.tree, end + 1));
                }
                for &end in ends {
                    add(&mut self.tree, self.position[end as usize]);
                    seen += 1;
                }
            }
        }
        sum
    }
}

fn add(tree: &mut [u32], position: u32) {
    let mut index = position as usize + 1;
    while index < tree.len() {
        tree[index] += 1;
        index += index & index.wrapping_neg();
    }
}

fn prefix(tree: &[u32], length: u32) -> u32 {
    let mut index = length as usize;
    let mut sum = 0;
    while index > 0 {
        sum += tree[index];
        index -= index & index.wrapping_neg();
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layers(rank: &[u32], edges: &[(u32, u32)]) -> Vec<Vec<u32>> {
        order(rank, edges, 8).iter().map(<[u32]>::to_vec).collect()
    }

    #[test]
    fn source_order_stays_where_nothing_crosses() {
        assert_eq!(layers(&[0, 1, 1], &[(0, 2), (0, 1)]), [vec![0], vec![1, 2]]);
    }

    #[test]
    fn two_crossing_edges_are_untangled() {
        let untangled = [vec![0, 1], vec![3, 2]];
        assert_eq!(layers(&[0, 0, 1, 1], &[(0, 3), (1, 2)]), untangled);
    }

    #[test]
    fn a_long_edge_has_a_lane_in_every_layer_between() {
        // 0 -> 3 passes layer 1 through the dummy 5, where it must not cross 1 -> 4 -> 2.
        let found = layers(&[0, 0, 2, 2, 1], &[(0, 3), (1, 4), (4, 2)]);
        assert_eq!(found, [vec![0, 1], vec![5, 4], vec![3, 2]]);
    }
}
