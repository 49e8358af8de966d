//! Directed wires to an acyclic set: depth-first in source order, the wires that close a cycle are turned round.

/// `edges` without cycles: pairs `(before, after)`; self-loops are dropped. Linear time, no recursion.
pub(super) fn acyclic(count: usize, edges: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let (first, to) = successors(count, edges);
    let mut state = vec![State::New; count];
    let mut stack: Vec<(u32, u32)> = Vec::new();
    let mut result = Vec::with_capacity(edges.len());
    let inner = {
        let mut inner = vec![false; count];
        for &(_, b) in edges {
            inner[b as usize] = true;
        }
        inner
    };
    let all = || (0_u32..).take(count);
    let sources_first = all()
        .filter(|&node| !inner[node as usize])
        .chain(all().filter(|&node| inner[node as usize]));
    for root in sources_first {
        if state[root as usize] != State::New {
            continue;
        }
        state[root as usize] = State::Open;
        stack.push((root, first[root as usize]));
        while let Some((node, next)) = stack.pop() {
            if next == first[node as usize + 1] {
                state[node as usize] = State::Done;
                continue;
            }
            stack.push((node, next + 1));
            let after = to[next as usize];
            match state[after as usize] {
                State::Open if after == node => {}
                State::Open => result.push((after, node)),
                State::Done => result.push((node, after)),
                State::New => {
                    result.push((node, after));
                    state[after as usize] = State::Open;
                    stack.push((after, first[after as usize]));
                }
            }
        }
    }
    result
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// Compressed adjacency: the targets of node `n` are `to[first[n]..first[n + 1]]`, in the order of the edges.
pub(super) fn successors(count: usize, edges: &[(u32, u32)]) -> (Vec<u32>, Vec<u32>) {
    let mut first = vec![0_u32; count + 2];
    for &(a, _) in edges {
        first[a as usize + 2] += 1;
    }
    for index in 2..first.len() {
        first[index] += first[index - 1];
    }
    let mut to = vec![0_u32; edges.len()];
    for &(a, b) in edges {
        let slot = &mut first[a as usize + 1];
        to[*slot as usize] = b;
        *slot += 1;
    }
    first.pop();
    (first, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cycle_is_cut_where_it_closes() {
        assert_eq!(
            acyclic(3, &[(0, 1), (1, 2), (2, 0)]),
            [(0, 1), (1, 2), (0, 2)]
        );
    }

    #[test]
    fn the_search_begins_at_a_source() {
        // 1 and 0 call each other, 2 calls 1: what 2 reaches first comes first.
        let edges = acyclic(3, &[(0, 1), (1, 0), (2, 1)]);
        assert_eq!(edges, [(2, 1), (1, 0), (1, 0)]);
    }

    #[test]
    fn loops_are_dropped() {
        assert_eq!(acyclic(1, &[(0, 0)]), []);
    }
}
