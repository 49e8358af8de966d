//! What an engine is given, and what it gives back: boxes with sizes and nesting, edges, label sizes; rectangles, routes, label places.
//!
//! Nothing here knows of components, notes or colours: a random generator can make a [`Graph`], and a picture needs no note.

use crate::geom::{Rect, Route, Size};

/// Index of a node in [`Graph::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// Index of an edge in [`Graph::edges`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeId(pub u32);

impl NodeId {
    /// The position in a column that holds one entry a node.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl EdgeId {
    /// The position in a column that holds one entry an edge.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A compound graph, ready to be laid out.
///
/// The order of the nodes is the order that the author wrote: siblings keep it where nothing better decides.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Graph {
    /// Boxes and groups. A group stands before everything that it holds.
    pub nodes: Vec<Node>,
    /// Directed edges between any two nodes, at any levels; self-loops and parallel edges are allowed.
    pub edges: Vec<Edge>,
}

/// A box or a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The group that holds it; always an earlier node, and a group.
    pub parent: Option<NodeId>,
    /// A box of fixed size, or a frame around others.
    pub shape: Shape,
    /// Siblings of one class are replicas of each other (`worker-1`, `worker-2`): laid out alike, side by side, in order.
    /// `None`: it is like nothing else.
    pub likeness: Option<u32>,
}

/// What a node looks like to the engine.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape {
    /// A box that is drawn with exactly this outer size.
    Leaf(Size),
    /// A frame, as large as what it holds (a small empty frame where it holds nothing).
    Group {
        /// Room for the words at the top of the frame; zero where it has no title.
        title: Size,
        /// The way its links run, where the author chose one.
        direction: Option<Direction>,
    },
}

/// A directed edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// Where it starts: a box or a group.
    pub from: NodeId,
    /// Where it ends: a box or a group.
    pub to: NodeId,
    /// Outer size of its label, with the air around the words.
    pub label: Option<Size>,
    /// Edges of one style look alike: those with a common end may share a stretch. `None`: it never shares one.
    pub style: Option<u32>,
    /// How much it pulls its ends together: 1 for a usual edge, 0 for one that must not shape the layout (it is still routed).
    pub weight: u8,
}

/// The main way of the edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// From top to bottom.
    #[default]
    Down,
    /// From left to right.
    Right,
    /// From bottom to top.
    Up,
    /// From right to left.
    Left,
}

/// A finished drawing of a [`Graph`]: one column for each of its parts, all within `(0, 0)` and `size`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    /// Size of the whole, margins not included.
    pub size: Size,
    /// One a node: its box, or its frame.
    pub boxes: Vec<Rect>,
    /// One a node: the place of a group's title words; `None` for a box and for a group without a title.
    pub titles: Vec<Option<Rect>>,
    /// One an edge, from the border of its source to the border of its target. Edges with a common end may share a stretch.
    pub routes: Vec<Route>,
    /// One an edge: the place of its label, of exactly the size that the edge asked for.
    pub labels: Vec<Option<Rect>>,
}
