//! Nesting as a tree in pre-order: what a node holds is a range of places, so that every question about nesting is arithmetic.

/// No node, no place.
pub(super) const NONE: u32 = u32::MAX;

/// A rooted, ordered tree. A *place* is a position in pre-order; place 0 is the root.
#[derive(Debug, Clone, Default)]
pub(super) struct Tree {
    /// Which of the nodes given to [`Tree::new`] stands at a place.
    pub(super) id: Vec<u32>,
    /// Where each of these nodes stands.
    pub(super) place: Vec<u32>,
    /// The place of the parent; the root is its own parent.
    pub(super) parent: Vec<u32>,
    /// The place behind the last descendant.
    pub(super) end: Vec<u32>,
    /// How many children a place has.
    pub(super) children: Vec<u32>,
    /// Which of its parent's children a place is.
    pub(super) ordinal: Vec<u32>,
    /// Steps to the root.
    pub(super) depth: Vec<u32>,
    /// An ancestor some steps up, so that any ancestor is found in logarithmic time (Myers 1983, "An applicative
    /// random-access stack").
    jump: Vec<u32>,
}

impl Tree {
    /// The tree in which `parent[id]` holds `id` (the one node whose parent is [`NONE`] is the root), siblings by `key`, then by id.
    pub(super) fn new(parent: &[u32], key: &[u32]) -> Self {
        let count = parent.len();
        let mut order: Vec<u32> = (0..).take(count).collect();
        order.sort_by_key(|&id| key[id as usize]);
        let mut start = vec![0_u32; count + 2];
        for &up in parent.iter().filter(|&&up| up != NONE) {
            start[up as usize + 2] += 1;
        }
        for index in 2..start.len() {
            start[index] += start[index - 1];
        }
        let mut held = vec![0_u32; count];
        let mut stack = Vec::new();
        for &id in &order {
            let up = parent[id as usize];
            if up == NONE {
                stack.push((id, 0, 0));
            } else {
                held[start[up as usize + 1] as usize] = id;
                start[up as usize + 1] += 1;
            }
        }
        let mut tree = Self {
            place: vec![NONE; count],
            ..Self::default()
        };
        while let Some((id, up, ordinal)) = stack.pop() {
            tree.push(id, up, ordinal);
            let here = tree.place[id as usize];
            let children = start[id as usize] as usize..start[id as usize + 1] as usize;
            for (ordinal, &child) in held[children].iter().enumerate().rev() {
                stack.push((child, here, u32::try_from(ordinal).unwrap_or(NONE)));
            }
        }
        for here in (1..tree.id.len()).rev() {
            let up = tree.parent[here] as usize;
            tree.end[up] = tree.end[up].max(tree.end[here]);
            tree.children[up] += 1;
        }
        tree
    }

    fn push(&mut self, id: u32, up: u32, ordinal: u32) {
        let here = u32::try_from(self.id.len()).unwrap_or(NONE);
        self.place[id as usize] = here;
        let (depth, jump) = if here == 0 {
            (0, 0)
        } else {
            let far = self.jump[up as usize];
            let farther = self.jump[far as usize];
            let level = |place: u32| self.depth[place as usize];
            let even = level(up) - level(far) == level(far) - level(farther);
            (level(up) + 1, if even { farther } else { up })
        };
        self.id.push(id);
        self.parent.push(up);
        self.end.push(here + 1);
        self.children.push(0);
        self.ordinal.push(ordinal);
        self.depth.push(depth);
        self.jump.push(jump);
    }

    /// How many places there are.
    pub(super) fn len(&self) -> usize {
        self.id.len()
    }

    /// Whether `inner` is `outer` or stands within it.
    pub(super) fn holds(&self, outer: u32, inner: u32) -> bool {
        outer <= inner && inner < self.end[outer as usize]
    }

    /// The outermost of `from` and its ancestors that does not hold `other`: the child of their lowest common ancestor
    /// on the side of `from`. `None` where `from` itself holds `other`.
    pub(super) fn branch(&self, from: u32, other: u32) -> Option<u32> {
        if self.holds(from, other) {
            return None;
        }
        let mut here = from;
        loop {
            let far = self.jump[here as usize];
            let up = self.parent[here as usize];
            if !self.holds(far, other) {
                here = far;
            } else if self.holds(up, other) {
                return Some(here);
            } else {
                here = up;
            }
        }
    }

    /// The children of a place, in order.
    pub(super) fn children_of(&self, place: u32) -> impl Iterator<Item = u32> + '_ {
        let end = self.end[place as usize];
        let mut next = place + 1;
        std::iter::from_fn(move || {
            let here = next;
            (here < end).then(|| {
                next = self.end[here as usize];
                here
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// root 0 holds 1 (holds 2, 3) and 4.
    fn small() -> Tree {
        Tree::new(&[NONE, 0, 1, 1, 0], &[0, 1, 2, 3, 4])
    }

    #[test]
    fn a_subtree_is_a_range() {
        let tree = small();
        assert_eq!(tree.end, [5, 4, 3, 4, 5]);
        assert_eq!(tree.children_of(0).collect::<Vec<_>>(), [1, 4]);
        assert_eq!(tree.ordinal, [0, 0, 0, 1, 1]);
    }

    #[test]
    fn siblings_stand_in_the_order_of_their_keys() {
        let tree = Tree::new(&[NONE, 0, 0], &[0, 9, 5]);
        assert_eq!(tree.id, [0, 2, 1]);
    }

    #[test]
    fn a_branch_is_the_child_of_the_common_ancestor() {
        let tree = small();
        assert_eq!(tree.branch(2, 4), Some(1));
        assert_eq!(tree.branch(4, 2), Some(4));
        assert_eq!(tree.branch(2, 3), Some(2));
        assert_eq!(tree.branch(1, 3), None);
    }

    #[test]
    fn a_deep_chain_is_climbed_in_few_steps() {
        let count = 100_001_u32;
        let mut parent: Vec<u32> = (0..count).map(|id| id.wrapping_sub(1)).collect();
        parent.push(0);
        let key: Vec<u32> = (0..=count).collect();
        let tree = Tree::new(&parent, &key);
        for _ in 0..10_000 {
            assert_eq!(tree.branch(count - 1, count), Some(1));
        }
    }
}
