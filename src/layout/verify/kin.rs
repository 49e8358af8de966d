//! Who holds whom, answered in constant time.

use crate::layout::Graph;

/// Who holds whom: nodes numbered so that everything in a group follows it without a gap.
#[derive(Debug)]
pub(in crate::layout) struct Kin {
    /// The number of each node.
    pub(super) enter: Vec<u32>,
    /// How many nodes the node and all it holds are.
    count: Vec<u32>,
    /// The node of each number.
    node: Vec<u32>,
}

impl Kin {
    pub(in crate::layout) fn new(graph: &Graph) -> Self {
        let nodes = graph.nodes.len();
        let mut count = vec![1_u32; nodes];
        for at in (0..nodes).rev() {
            if let Some(parent) = graph.nodes[at].parent {
                count[parent.index()] += count[at];
            }
        }
        let (mut enter, mut node) = (vec![0; nodes], vec![0; nodes]);
        let (mut next, mut roots) = (vec![0; nodes], 0);
        for (at, id) in (0..nodes).zip(0_u32..) {
            let slot = match graph.nodes[at].parent {
                Some(parent) => &mut next[parent.index()],
                None => &mut roots,
            };
            enter[at] = *slot;
            *slot += count[at];
            next[at] = enter[at] + 1;
            node[enter[at] as usize] = id;
        }
        Self { enter, count, node }
    }

    /// Whether `group` holds `node`, directly or not.
    pub(in crate::layout) fn holds(&self, group: u32, node: u32) -> bool {
        let (group, node) = (group as usize, node as usize);
        let first = self.enter[group];
        (first + 1..first + self.count[group]).contains(&self.enter[node])
    }

    /// `node` and all it holds, groups before what they hold, in source order.
    pub(super) fn subtree(&self, node: u32) -> &[u32] {
        let first = self.enter[node as usize] as usize;
        &self.node[first..first + self.count[node as usize] as usize]
    }
}
