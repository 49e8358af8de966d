//! Layers for an acyclic graph: longest path from the sources, then every node is pulled down to its nearest successor where
//! this shortens more edges than it lengthens.

use super::p1_cycles::successors;

/// The layer of each node: `rank[a] < rank[b]` for every `(a, b)` of `edges`, which are acyclic. Linear time.
pub(super) fn assign(count: usize, edges: &[(u32, u32)]) -> Vec<u32> {
    let (first, to) = successors(count, edges);
    let mut waiting = vec![0_u32; count];
    for &b in &to {
        waiting[b as usize] += 1;
    }
    let degree_in = waiting.clone();
    let mut rank = vec![0_u32; count];
    let mut order: Vec<u32> = (0_u32..)
        .take(count)
        .filter(|&node| waiting[node as usize] == 0)
        .collect();
    let mut next = 0;
    while let Some(&node) = order.get(next) {
        next += 1;
        for &after in targets(&first, &to, node) {
            rank[after as usize] = rank[after as usize].max(rank[node as usize] + 1);
            waiting[after as usize] -= 1;
            if waiting[after as usize] == 0 {
                order.push(after);
            }
        }
    }
    for &node in order.iter().rev() {
        let after = targets(&first, &to, node);
        let nearest = after.iter().map(|&after| rank[after as usize]).min();
        if let Some(nearest) = nearest
            && after.len() > degree_in[node as usize] as usize
        {
            rank[node as usize] = nearest - 1;
        }
    }
    rank
}

fn targets<'a>(first: &[u32], to: &'a [u32], node: u32) -> &'a [u32] {
    &to[first[node as usize] as usize..first[node as usize + 1] as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_path_decides() {
        assert_eq!(assign(3, &[(0, 1), (1, 2), (0, 2)]), [0, 1, 2]);
    }

    #[test]
    fn a_source_stands_just_before_what_it_calls() {
        assert_eq!(assign(4, &[(0, 1), (1, 2), (3, 2)]), [0, 1, 2, 1]);
    }
}
