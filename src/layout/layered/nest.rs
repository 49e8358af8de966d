//! A [`Graph`]'s nesting, with the groups that nobody wrote: replicas side by side, the unconnected in a grid, parts that no edge joins.
//!
//! These invented groups have no frame. They turn three special cases of every later phase into the usual one: a group whose
//! children are arranged. Replicas whose subtrees have the same form share one *model*: only the model is laid out, the others are stamped.

use super::replicas;
use super::tree::{NONE, Tree};
use crate::layout::graph::{Graph, Shape};

/// What a place is, for whoever arranges it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A box of fixed size.
    Leaf,
    /// A group that the author wrote, drawn with a frame.
    Frame,
    /// The whole, or the members of one connected part: no frame, free arrangement.
    Part,
    /// Replicas or unconnected siblings: no frame, rows in source order.
    Grid,
}

/// The tree that is laid out.
#[derive(Debug, Clone)]
pub(super) struct Nest {
    /// Places in pre-order.
    pub(super) tree: Tree,
    /// What stands at each place.
    pub(super) role: Vec<Role>,
    /// The graph's node at each place; [`NONE`] for the root and for invented groups.
    pub(super) node: Vec<u32>,
    /// The place of each of the graph's nodes.
    pub(super) place: Vec<u32>,
    /// The place that is laid out for this one: itself, unless it is (or lies in) a stamped replica.
    pub(super) model: Vec<u32>,
}

/// From how many children on the parts of a group are laid out one by one: below, the search for a good arrangement
/// sees all of them at once and does better.
const SPLIT: usize = 16;

impl Nest {
    /// The nesting of `graph`.
    pub(super) fn new(graph: &Graph) -> Self {
        let mut draft = Draft::of(graph);
        draft.gather_replicas(graph);
        let tree = draft.tree();
        draft.gather_unconnected(graph, &tree);
        draft.finish(graph)
    }

    /// Where the arrangement of `place` within its parent is kept: the same child of the parent's model.
    pub(super) fn twin(&self, place: u32) -> u32 {
        let up = self.tree.parent[place as usize];
        self.model[up as usize] + (place - up)
    }
}

/// The tree while groups are being added: the graph's nodes, then the root, then invented groups.
struct Draft {
    nodes: usize,
    parent: Vec<u32>,
    key: Vec<u32>,
    role: Vec<Role>,
}

impl Draft {
    fn of(graph: &Graph) -> Self {
        let nodes = graph.nodes.len();
        let root = id(nodes);
        let mut draft = Self {
            nodes,
            parent: Vec::with_capacity(nodes + 1),
            key: (0..).take(nodes).collect(),
            role: Vec::with_capacity(nodes + 1),
        };
        for node in &graph.nodes {
            draft.parent.push(node.parent.map_or(root, |up| up.0));
            draft.role.push(match node.shape {
                Shape::Leaf(_) => Role::Leaf,
                Shape::Group { .. } => Role::Frame,
            });
        }
        draft.parent.push(NONE);
        draft.key.push(0);
        draft.role.push(Role::Part);
        draft
    }

    /// A new group of `members`, which are siblings, at the place of the first of them.
    fn invent(&mut self, members: &[u32], role: Role) {
        let Some(&first) = members.first() else {
            return;
        };
        let group = id(self.parent.len());
        self.parent.push(self.parent[first as usize]);
        self.key.push(self.key[first as usize]);
        self.role.push(role);
        for &member in members {
            self.parent[member as usize] = group;
        }
    }

    /// Replicas become a grid.
    fn gather_replicas(&mut self, graph: &Graph) {
        for members in replicas::classes(graph, &self.parent, &self.tree()) {
            self.invent(&members, Role::Grid);
        }
    }

    /// Siblings without any edge become a grid; in a group of many children every connected part becomes a group.
    fn gather_unconnected(&mut self, graph: &Graph, tree: &Tree) {
        let count = tree.len();
        let mut leaving = vec![0_i64; count];
        let mut union = Union::new(count);
        for edge in graph.edges.iter().filter(|edge| edge.weight > 0) {
            let (a, b) = (tree.place[edge.from.index()], tree.place[edge.to.index()]);
            if let (Some(from), Some(to)) = (tree.branch(a, b), tree.branch(b, a)) {
                leaving[a as usize] += 1;
                leaving[b as usize] += 1;
                leaving[tree.parent[from as usize] as usize] -= 2;
                union.join(from, to);
            }
        }
        for place in (1..count).rev() {
            leaving[tree.parent[place] as usize] += leaving[place];
        }
        let (mut alone, mut joined) = (Vec::new(), Vec::new());
        for place in 0..id(count) {
            let group = tree.id[place as usize];
            let children = tree.children[place as usize] as usize;
            if children < 2 || self.role[group as usize] == Role::Grid {
                continue;
            }
            alone.clear();
            joined.clear();
            for child in tree.children_of(place) {
                if leaving[child as usize] == 0 {
                    alone.push(tree.id[child as usize]);
                } else {
                    joined.push((union.find(child), tree.id[child as usize]));
                }
            }
            if alone.len() > 1 {
                self.invent(&alone, Role::Grid);
            }
            if joined.len() > SPLIT {
                joined.sort_unstable();
                self.split(&joined);
            }
        }
    }

    /// A group for each connected part of `joined`, where there are several.
    fn split(&mut self, joined: &[(u32, u32)]) {
        for part in joined.chunk_by(|a, b| a.0 == b.0) {
            if part.len() > 1 && part.len() < joined.len() {
                let members: Vec<u32> = part.iter().map(|entry| entry.1).collect();
                self.invent(&members, Role::Part);
            }
        }
    }

    fn tree(&self) -> Tree {
        Tree::new(&self.parent, &self.key)
    }

    fn finish(self, graph: &Graph) -> Nest {
        let tree = self.tree();
        let role: Vec<Role> = tree.id.iter().map(|&id| self.role[id as usize]).collect();
        let node = tree
            .id
            .iter()
            .map(|&id| if (id as usize) < self.nodes { id } else { NONE })
            .collect();
        let place = tree.place.iter().copied().take(self.nodes).collect();
        let model = models(graph, &tree, &role, self.nodes);
        Nest {
            tree,
            role,
            node,
            place,
            model,
        }
    }
}

/// For each place the one that is laid out for it: in a grid of replicas the first whose subtree has the same form.
fn models(graph: &Graph, tree: &Tree, role: &[Role], nodes: usize) -> Vec<u32> {
    let mut model: Vec<u32> = (0..).take(tree.len()).collect();
    let likeness = |place: u32| {
        let id = tree.id[place as usize] as usize;
        if id < nodes {
            graph.nodes[id].likeness
        } else {
            None
        }
    };
    for grid in 0..id(tree.len()) {
        if role[grid as usize] != Role::Grid {
            continue;
        }
        let mut first = NONE;
        for child in tree.children_of(grid) {
            if likeness(child).is_none() {
                break;
            }
            if first == NONE {
                first = child;
            } else if same_form(tree, role, first, child) {
                let length = tree.end[child as usize] - child;
                for step in 0..length {
                    model[(child + step) as usize] = first + step;
                }
            }
        }
    }
    for place in 0..model.len() {
        model[place] = model[model[place] as usize];
    }
    model
}

/// Whether two subtrees nest alike.
fn same_form(tree: &Tree, role: &[Role], a: u32, b: u32) -> bool {
    let (from, to) = (a as usize, b as usize);
    let length = (tree.end[from] - a) as usize;
    length == (tree.end[to] - b) as usize
        && tree.ordinal[from + 1..from + length] == tree.ordinal[to + 1..to + length]
        && tree.children[from..from + length] == tree.children[to..to + length]
        && role[from..from + length] == role[to..to + length]
}

/// Which places are joined by edges (Tarjan's union-find, the smaller place leads).
struct Union {
    lead: Vec<u32>,
}

impl Union {
    fn new(count: usize) -> Self {
        Self {
            lead: (0..).take(count).collect(),
        }
    }

    fn find(&mut self, mut place: u32) -> u32 {
        while self.lead[place as usize] != place {
            let up = self.lead[place as usize];
            self.lead[place as usize] = self.lead[up as usize];
            place = self.lead[place as usize];
        }
        place
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        self.lead[a.max(b) as usize] = a.min(b);
    }
}

/// An index as a column entry. Graphs beyond four thousand million nodes do not fit into [`NodeId`](crate::layout::NodeId) in the first place.
pub(super) fn id(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(NONE)
}
