//! The order within layers: barycentre sweeps (Sugiyama, Tagawa, Toda 1981) over the properly layered graph, crossings counted
//! with a Fenwick tree (Barth, Mutzel, Jünger 2004); the best order of all sweeps is kept.

use super::nest::id;

/// How many layers one edge may span with a dummy in each: beyond that it does not shape the order.
const SPAN: u32 = 24;

/// The nodes of each layer, in order; source order where nothing better decides.
pub(super) fn order(rank: &[u32], edges: &[(u32, u32)], sweeps: u32) -> Vec<Vec<u32>> {
    let mut proper = Proper::new(rank, edges);
    let mut best = proper.layers.clone();
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
            best.clone_from(&proper.layers);
            idle = 0;
        }
    }
    for layer in &mut best {
        layer.retain(|&node| (node as usize) < rank.len());
    }
    best
}

/// A graph whose edges join neighbouring layers: long edges run through dummies, numbered behind the nodes.
struct Proper {
    layers: Vec<Vec<u32>>,
    position: Vec<u32>,
    above: Vec<Vec<u32>>,
    below: Vec<Vec<u32>>,
    wish: Vec<f64>,
}

impl Proper {
    fn new(rank: &[u32], edges: &[(u32, u32)]) -> Self {
        let height = rank.iter().max().map_or(0, |&top| top as usize + 1);
        let mut proper = Self {
            layers: vec![Vec::new(); height],
            position: Vec::new(),
            above: vec![Vec::new(); rank.len()],
            below: vec![Vec::new(); rank.len()],
            wish: Vec::new(),
        };
        for (node, &layer) in (0_u32..).zip(rank) {
            proper.layers[layer as usize].push(node);
        }
        for &(a, b) in edges {
            let (low, high) = (rank[a as usize], rank[b as usize]);
            if low >= high || high - low > SPAN {
                continue;
            }
            let mut last = a;
            for layer in low + 1..high {
                let dummy = id(proper.above.len());
                proper.above.push(vec![last]);
                proper.below.push(Vec::new());
                proper.below[last as usize].push(dummy);
                proper.layers[layer as usize].push(dummy);
                last = dummy;
            }
            proper.below[last as usize].push(b);
            proper.above[b as usize].push(last);
        }
        proper.position = vec![0; proper.above.len()];
        proper.wish = vec![0.0; proper.above.len()];
        for layer in 0..height {
            proper.number(layer);
        }
        proper
    }

    fn number(&mut self, layer: usize) {
        for (position, &node) in (0_u32..).zip(&self.layers[layer]) {
            self.position[node as usize] = position;
        }
    }

    fn sweep(&mut self, down: bool) {
        let height = self.layers.len();
        for step in 1..height {
            let layer = if down { step } else { height - 1 - step };
            for &node in &self.layers[layer] {
                let near = if down {
                    &self.above[node as usize]
                } else {
                    &self.below[node as usize]
                };
                let sum: f64 = near
                    .iter()
                    .map(|&other| f64::from(self.position[other as usize]))
                    .sum();
                self.wish[node as usize] = if near.is_empty() {
                    f64::from(self.position[node as usize])
                } else {
                    sum / near.len() as f64
                };
            }
            let wish = &self.wish;
            self.layers[layer].sort_by(|&a, &b| wish[a as usize].total_cmp(&wish[b as usize]));
            self.number(layer);
        }
    }

    fn crossings(&self) -> u64 {
        let mut sum = 0;
        let mut tree: Vec<u32> = Vec::new();
        let mut ends: Vec<u32> = Vec::new();
        for pair in self.layers.windows(2) {
            tree.clear();
            tree.resize(pair[1].len() + 1, 0);
            let mut seen = 0_u32;
            for &node in &pair[0] {
                ends.clear();
                ends.extend(
                    self.below[node as usize]
                        .iter()
                        .map(|&to| self.position[to as usize]),
                );
                for &end in &ends {
                    sum += u64::from(seen - prefix(&tree, end + 1));
                }
                for &end in &ends {
                    add(&mut tree, end);
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

    #[test]
    fn source_order_stays_where_nothing_crosses() {
        assert_eq!(
            order(&[0, 1, 1], &[(0, 2), (0, 1)], 8),
            [vec![0], vec![1, 2]]
        );
    }

    #[test]
    fn two_crossing_edges_are_untangled() {
        assert_eq!(
            order(&[0, 0, 1, 1], &[(0, 3), (1, 2)], 8),
            [vec![0, 1], vec![3, 2]]
        );
    }

    #[test]
    fn a_long_edge_keeps_its_lane() {
        // 0 -> 2 passes layer 1, where it must not cross 1 -> 3.
        let layers = order(&[0, 0, 2, 2, 1], &[(0, 3), (1, 4), (4, 2)], 8);
        let proper = [vec![0, 1], vec![4], vec![3, 2]];
        assert_eq!(layers, proper);
    }
}
