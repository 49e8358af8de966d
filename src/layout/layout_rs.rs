//! Placement by the layout-rs crate, a group at a time from the inside out: a group is one box to the group around it, and an edge
//! pulls at the children of the innermost group that holds both its ends.
//!
//! Of the crate's drawing only the positions are taken; frames are ours, and so are the routes, which every placement gets.
//!
//! The crate asserts on much, and its time grows with the third power of the boxes or worse. So it is asked only about groups of at most `MOST` boxes and
//! `EDGES` edges, after double edges and self-loops are taken out, and a panic of it becomes a `Refused`.

use super::graph::{Direction, Graph, NodeId, Shape};
use super::placed::Placed;
use super::{Options, Trace};
use crate::geom::{Point, Rect, Size, Vec2};
use crate::guard;
use ::layout::core::base::Orientation;
use ::layout::core::format::{ClipHandle, RenderBackend};
use ::layout::core::geometry::Point as Place;
use ::layout::core::style::StyleAttr;
use ::layout::std_shapes::shapes::{Arrow, Element, ShapeKind};
use ::layout::topo::layout::VisualGraph;
use std::collections::BTreeSet;
use std::fmt;

/// Boxes in one group: a hundred take the crate over a second.
const MOST: usize = 60;
/// Edges between the boxes of one group.
const EDGES: usize = 240;
/// The third powers of the boxes of all groups together: some seconds.
const WORK: usize = 2_000_000;

/// Between a frame and what it holds.
const PAD: f64 = 18.0;
/// Between the frame and its title's words.
const TITLE_INSET: Vec2 = Vec2::new(12.0, 8.0);
/// Between the words and what the group holds.
const TITLE_BELOW: f64 = 10.0;
/// The inside of a group that holds nothing.
const EMPTY: Size = Size::new(48.0, 16.0);
/// Between two boxes: room for the routes, which are ours.
const GAP: Size = Size::new(36.0, 44.0);

/// Why the crate was not asked, or gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// A group holds too many boxes.
    Boxes(usize),
    /// A group has too many edges inside.
    Edges(usize),
    /// All groups together take too long.
    Work,
    /// The crate panicked, or set boxes upon each other.
    Failed,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boxes(count) => write!(
                f,
                "the engine `layout-rs` takes at most {MOST} parts in one group, and one holds {count}"
            ),
            Self::Edges(count) => write!(
                f,
                "the engine `layout-rs` takes at most {EDGES} links in one group, and one has {count}"
            ),
            Self::Work => write!(f, "this is too large for the engine `layout-rs`"),
            Self::Failed => write!(f, "the engine `layout-rs` failed on this architecture"),
        }
    }
}

/// Places the nodes of `graph`.
///
/// # Errors
/// Where a group is too large for the crate, or the crate fails on it.
pub(super) fn place(
    graph: &Graph,
    options: &Options,
    trace: &mut dyn Trace,
) -> Result<Placed, Refused> {
    let groups = Groups::new(graph);
    groups.count()?;
    trace.phase("lift");
    let count = graph.nodes.len();
    let mut sizes = vec![Size::ZERO; count];
    // Where each node stands in its group, and at last in the whole.
    let mut corners = vec![Point::ZERO; count];
    let mut whole = Size::ZERO;
    // A group stands before everything that it holds, so backwards is inside out; the last is the whole.
    for node in (0..count).rev().map(Some).chain([None]) {
        let (title, direction) = match node.map(|node| graph.nodes[node].shape) {
            Some(Shape::Leaf(size)) => {
                sizes[node.unwrap_or_default()] = sane(size);
                continue;
            }
            Some(Shape::Group { title, direction }) => (sane(title), direction),
            None => (Size::ZERO, None),
        };
        let level = node.map_or(count, |node| node);
        let direction = direction.or(options.direction).unwrap_or_default();
        let inner = groups.arrange(level, direction, &sizes, &mut corners)?;
        let Some(node) = node else {
            whole = inner;
            continue;
        };
        let (shift, size) = framed(inner, title);
        for child in &groups.children[level] {
            corners[*child] += shift;
        }
        sizes[node] = size;
    }
    trace.phase("layout-rs");
    Ok(absolute(graph, &sizes, corners, whole))
}

/// Corners within groups become corners within the whole.
fn absolute(graph: &Graph, sizes: &[Size], mut corners: Vec<Point>, whole: Size) -> Placed {
    let mut placed = Placed {
        size: whole,
        ..Placed::default()
    };
    for (node, one) in graph.nodes.iter().enumerate() {
        if let Some(NodeId(parent)) = one.parent {
            let outer = corners[parent as usize].to_vec2();
            corners[node] += outer;
        }
        let words = match one.shape {
            Shape::Group { title, .. } => sane(title),
            Shape::Leaf(_) => Size::ZERO,
        };
        let has = words.width > 0.0 && words.height > 0.0;
        placed
            .boxes
            .push(Rect::from_origin_size(corners[node], sizes[node]));
        placed
            .titles
            .push(has.then(|| Rect::from_origin_size(corners[node] + TITLE_INSET, words)));
    }
    placed
}

/// Where the inside of a frame begins, and the frame's size.
fn framed(inner: Size, title: Size) -> (Vec2, Size) {
    let inner = if inner == Size::ZERO { EMPTY } else { inner };
    let top = if title.height > 0.0 {
        TITLE_INSET.y + title.height + TITLE_BELOW
    } else {
        PAD
    };
    let width = (inner.width + 2.0 * PAD).max(title.width + 2.0 * TITLE_INSET.x);
    let shift = Vec2::new((width - inner.width) / 2.0, top);
    (shift, Size::new(width, top + inner.height + PAD))
}

/// The children of each group and of the whole (the last), and the edges between children.
struct Groups {
    children: Vec<Vec<usize>>,
    edges: Vec<BTreeSet<(usize, usize)>>,
}

impl Groups {
    fn new(graph: &Graph) -> Self {
        let count = graph.nodes.len();
        let level = |node: usize| graph.nodes[node].parent.map_or(count, NodeId::index);
        let mut groups = Self {
            children: vec![Vec::new(); count + 1],
            edges: vec![BTreeSet::new(); count + 1],
        };
        let mut depth = vec![0_usize; count];
        for node in 0..count {
            groups.children[level(node)].push(node);
            depth[node] = graph.nodes[node]
                .parent
                .map_or(0, |up| depth[up.index()] + 1);
        }
        for edge in &graph.edges {
            let (mut from, mut to) = (edge.from.index(), edge.to.index());
            while depth[from] > depth[to] {
                from = level(from);
            }
            while depth[to] > depth[from] {
                to = level(to);
            }
            while from != to && level(from) != level(to) {
                (from, to) = (level(from), level(to));
            }
            // An edge between a group and what it holds, or from a box to itself, pulls at nothing.
            if from != to && !groups.edges[level(from)].contains(&(to, from)) {
                groups.edges[level(from)].insert((from, to));
            }
        }
        groups
    }

    /// Whether the crate may be asked.
    fn count(&self) -> Result<(), Refused> {
        let mut work = 0;
        for (children, edges) in self.children.iter().zip(&self.edges) {
            if children.len() > MOST {
                return Err(Refused::Boxes(children.len()));
            }
            if edges.len() > EDGES {
                return Err(Refused::Edges(edges.len()));
            }
            work += children.len().pow(3);
        }
        if work > WORK {
            return Err(Refused::Work);
        }
        Ok(())
    }

    /// Gives the children of a group their corners, from `(0, 0)` on; returns the room that they take.
    fn arrange(
        &self,
        level: usize,
        direction: Direction,
        sizes: &[Size],
        corners: &mut [Point],
    ) -> Result<Size, Refused> {
        let children = &self.children[level];
        let across = matches!(direction, Direction::Right | Direction::Left);
        if children.is_empty() {
            return Ok(Size::ZERO);
        }
        let position = |node: usize| children.iter().position(|child| *child == node);
        let edges: Vec<(usize, usize)> = self.edges[level]
            .iter()
            .filter_map(|(from, to)| Some((position(*from)?, position(*to)?)))
            .collect();
        let boxes: Vec<Size> = children.iter().map(|child| sizes[*child] + GAP).collect();
        let centres = guard::caught(|| centres(&boxes, &edges, across)).ok_or(Refused::Failed)?;
        let (mut low, mut high) = (
            Point::new(f64::MAX, f64::MAX),
            Point::new(f64::MIN, f64::MIN),
        );
        let turned = |point: Point| match direction {
            Direction::Down | Direction::Right => point,
            Direction::Up => Point::new(point.x, -point.y),
            Direction::Left => Point::new(-point.x, point.y),
        };
        for (child, centre) in children.iter().zip(centres) {
            let corner = turned(centre) - sizes[*child].to_vec2() / 2.0;
            let corner = Point::new(corner.x.round(), corner.y.round());
            corners[*child] = corner;
            let end = corner + sizes[*child].to_vec2();
            low = Point::new(low.x.min(corner.x), low.y.min(corner.y));
            high = Point::new(high.x.max(end.x), high.y.max(end.y));
        }
        for child in children {
            corners[*child] -= low.to_vec2();
        }
        let size = Size::new(high.x - low.x, high.y - low.y);
        // The crate is trusted with nothing: boxes that touch, or lie nowhere, are no placement.
        let rects: Vec<Rect> = children
            .iter()
            .map(|child| Rect::from_origin_size(corners[*child], sizes[*child]))
            .collect();
        let touch = rects.iter().enumerate().any(|(at, one)| {
            let overlaps = |other: &Rect| one.intersect(*other).area() > 0.0;
            rects.iter().skip(at + 1).any(overlaps)
        });
        let finite = size.width.is_finite() && size.height.is_finite();
        if touch || !finite {
            return Err(Refused::Failed);
        }
        Ok(size)
    }
}

/// The centres of boxes, as the crate sets them. May panic.
fn centres(boxes: &[Size], edges: &[(usize, usize)], across: bool) -> Vec<Point> {
    let orientation = if across {
        Orientation::LeftToRight
    } else {
        Orientation::TopToBottom
    };
    let mut graph = VisualGraph::new(orientation);
    let style = StyleAttr::simple();
    let handles: Vec<_> = boxes
        .iter()
        .map(|size| {
            let shape = ShapeKind::new_box("");
            let size = Place::new(size.width, size.height);
            graph.add_node(Element::create(shape, style.clone(), orientation, size))
        })
        .collect();
    for (from, to) in edges {
        graph.add_edge(Arrow::simple(""), handles[*from], handles[*to]);
    }
    graph.do_it(false, false, false, &mut Nothing);
    handles
        .iter()
        .map(|handle| {
            let (low, high) = graph.pos(*handle).bbox(false);
            Point::new(low.x.midpoint(high.x), low.y.midpoint(high.y))
        })
        .collect()
}

fn sane(size: Size) -> Size {
    let side = |side: f64| {
        if side.is_finite() {
            side.clamp(0.0, 1e6)
        } else {
            0.0
        }
    };
    Size::new(side(size.width), side(size.height))
}

/// Draws nothing: only the positions are wanted.
struct Nothing;

impl RenderBackend for Nothing {
    fn draw_rect(
        &mut self,
        _: Place,
        _: Place,
        _: &StyleAttr,
        _: Option<String>,
        _: Option<ClipHandle>,
    ) {
    }

    fn draw_line(&mut self, _: Place, _: Place, _: &StyleAttr, _: Option<String>) {}

    fn draw_circle(&mut self, _: Place, _: Place, _: &StyleAttr, _: Option<String>) {}

    fn draw_text(&mut self, _: Place, _: &str, _: &StyleAttr) {}

    fn draw_arrow(
        &mut self,
        _: &[(Place, Place)],
        _: bool,
        _: (bool, bool),
        _: &StyleAttr,
        _: Option<String>,
        _: &str,
    ) {
    }

    fn create_clip(&mut self, _: Place, _: Place, _: usize) -> ClipHandle {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Edge, Engine, Node};

    fn node(parent: Option<u32>, group: bool) -> Node {
        Node {
            parent: parent.map(NodeId),
            shape: if group {
                Shape::Group {
                    title: Size::new(80.0, 16.0),
                    direction: None,
                }
            } else {
                Shape::Leaf(Size::new(90.0, 40.0))
            },
            likeness: None,
        }
    }

    fn edge(from: u32, to: u32) -> Edge {
        Edge {
            from: NodeId(from),
            to: NodeId(to),
            label: None,
            style: Some(0),
            weight: 1,
        }
    }

    fn options() -> Options {
        Options {
            engine: Engine::LayoutRs,
            ..Options::default()
        }
    }

    #[test]
    fn groups_hold_their_own_and_edges_point_down() {
        let graph = Graph {
            nodes: vec![
                node(None, true),
                node(Some(0), false),
                node(Some(0), false),
                node(None, true),
                node(Some(3), false),
                node(Some(3), true),
                node(None, false),
            ],
            edges: vec![
                edge(1, 2),
                edge(2, 4),
                edge(0, 3),
                edge(4, 4),
                edge(3, 4),
                edge(2, 1),
            ],
        };
        let placed = place(&graph, &options(), &mut ()).unwrap();
        let boxes = &placed.boxes;
        for (at, node) in graph.nodes.iter().enumerate() {
            if let Some(parent) = node.parent {
                assert!(boxes[parent.index()].contains_rect(boxes[at]), "{at}");
            }
        }
        assert!(boxes[1].y1 < boxes[2].y0);
        assert!(boxes[0].y1 < boxes[3].y0);
        let whole = Rect::from_origin_size(Point::ZERO, placed.size);
        assert!(boxes.iter().all(|one| whole.contains_rect(*one)));
    }

    #[test]
    fn what_the_crate_panics_on_never_reaches_it_or_is_caught() {
        let empty = place(&Graph::default(), &options(), &mut ()).unwrap();
        assert_eq!(empty.boxes, []);
        let flat = Graph {
            nodes: vec![
                Node {
                    shape: Shape::Leaf(Size::ZERO),
                    ..node(None, false)
                };
                3
            ],
            edges: (0..3000).map(|_| edge(0, 0)).collect(),
        };
        assert!(place(&flat, &options(), &mut ()).is_ok());
    }

    #[test]
    fn what_is_too_large_is_refused_and_drawn_by_our_own() {
        let many = Graph {
            nodes: vec![node(None, false); MOST + 1],
            edges: Vec::new(),
        };
        let (layout, refused) = crate::layout::attempt(&many, &options(), &mut ());
        assert_eq!(refused, Some(Refused::Boxes(MOST + 1)));
        assert_eq!(layout.boxes.len(), MOST + 1);
        let mut graph = Graph {
            nodes: vec![node(None, false); 40],
            edges: Vec::new(),
        };
        graph.edges = (0..40)
            .flat_map(|a| (0..a).map(move |b| edge(a, b)))
            .collect();
        let refused = place(&graph, &options(), &mut ()).unwrap_err();
        assert_eq!(refused, Refused::Edges(780));
    }
}
