//! A finished drawing in which routes change one by one: what a new line would meet.

use super::grid;
use crate::geom::{Point, Rect};
use crate::layout::graph::{Graph, Layout, Shape};
use crate::layout::verify::{Index, Kin, Segment};

/// Side of a cell of the grid that finds lines, px.
const CELL: f64 = 96.0;
/// More cells than this along a side would cost more than they save.
const MOST_CELLS: u32 = 30_001;
/// Names no entry.
const NIL: u32 = u32::MAX;
/// From a line to a box, px.
const CLEAR: f64 = 5.0;
/// From a line to words.
const AIR: f64 = 2.5;
/// A short piece nearer than this to a line lies upon it.
const UPON: f64 = 1.8;
/// From a line to another that runs along it.
const APART: f64 = 3.0;

/// Boxes, frames, words and lines, found by where they lie.
pub(super) struct Field {
    kin: Kin,
    boxes: Vec<u32>,
    box_index: Index,
    frames: Vec<u32>,
    frame_index: Index,
    titles: Vec<Rect>,
    title_index: Index,
    /// Lines and labels, where each was first and where it is now: a grid of lists.
    heads: Vec<u32>,
    entries: Vec<(u32, u32)>,
    grid: [usize; 2],
    /// The first edge that is drawn along the same line as each.
    twin: Vec<usize>,
    /// The same as pairs of the first edge and another, in order.
    pairs: Vec<(usize, usize)>,
}

impl Field {
    pub(super) fn new(graph: &Graph, layout: &Layout) -> Self {
        let leaf = |at: &u32| matches!(graph.nodes[*at as usize].shape, Shape::Leaf(_));
        let (boxes, frames): (Vec<u32>, Vec<u32>) = (0..).take(graph.nodes.len()).partition(leaf);
        let places = |nodes: &[u32]| -> Vec<Rect> {
            let places = nodes.iter().map(|at| layout.boxes[*at as usize]);
            places.collect()
        };
        let titles: Vec<Rect> = layout.titles.iter().flatten().copied().collect();
        let sides = [layout.size.width, layout.size.height];
        let grid = sides.map(|length| grid::count(length, CELL, MOST_CELLS));
        let twin = twins(graph, layout);
        let mut field = Self {
            kin: Kin::new(graph),
            box_index: Index::new(&places(&boxes)),
            frame_index: Index::new(&places(&frames)),
            title_index: Index::new(&titles),
            boxes,
            frames,
            titles,
            heads: vec![NIL; grid[0] * grid[1]],
            entries: Vec::new(),
            grid,
            pairs: twin.iter().copied().zip(0..).collect(),
            twin,
        };
        field.pairs.sort_unstable();
        for edge in 0..layout.routes.len() {
            field.insert(layout, edge);
        }
        field
    }

    /// All edges that are drawn along the line of an edge, if this is the first of them.
    pub(super) fn twins(&self, edge: usize) -> Vec<usize> {
        if self.twin[edge] != edge {
            return Vec::new();
        }
        let first = self.pairs.partition_point(|pair| pair.0 < edge);
        let own = self.pairs[first..].iter().take_while(|pair| pair.0 == edge);
        own.map(|pair| pair.1).collect()
    }

    /// Tells where an edge and its label are (now).
    pub(super) fn insert(&mut self, layout: &Layout, edge: usize) {
        let mut places: Vec<Rect> = layout.labels[edge].into_iter().collect();
        for (a, b) in layout.routes[edge].segments() {
            // A slanted line is found by its parts.
            let parts = if (a.x - b.x).abs() < 0.1 || (a.y - b.y).abs() < 0.1 {
                1
            } else {
                grid::count((b - a).hypot(), CELL, MOST_CELLS)
            };
            let at = |part: usize| a.lerp(b, part as f64 / parts as f64);
            places.extend((0..parts).map(|part| Rect::from_points(at(part), at(part + 1))));
        }
        let edge = u32::try_from(edge).unwrap_or(NIL);
        for place in places {
            for cell in self.cells(place) {
                let next = self.heads[cell];
                if self
                    .entries
                    .get(next as usize)
                    .is_some_and(|last| last.0 == edge)
                {
                    continue;
                }
                self.heads[cell] = u32::try_from(self.entries.len()).unwrap_or(NIL);
                self.entries.push((edge, next));
            }
        }
    }

    /// The other edges that may be in an area, in order.
    fn near(&self, area: Rect, edge: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for cell in self.cells(area) {
            let mut next = self.heads[cell];
            while let Some((other, after)) = self.entries.get(next as usize) {
                found.push(*other as usize);
                next = *after;
            }
        }
        found.sort_unstable();
        found.dedup();
        let twin = self.twin[edge];
        found.retain(|other| self.twin[*other] != twin);
        found
    }

    fn cells(&self, area: Rect) -> impl Iterator<Item = usize> + use<> {
        let grid = self.grid;
        let cell = move |at: f64, axis: usize| grid::cell(at, CELL, grid[axis]);
        let (x0, x1) = (cell(area.x0, 0), cell(area.x1, 0));
        let (y0, y1) = (cell(area.y0, 1), cell(area.y1, 1));
        (y0..=y1).flat_map(move |y| (x0..=x1).map(move |x| y * grid[0] + x))
    }

    /// Whether a new line in the place of an old part of a route meets no box, no words, no foreign frame, lies upon no other
    /// line, and crosses no more lines than the old one.
    pub(super) fn no_worse(
        &self,
        graph: &Graph,
        layout: &Layout,
        edge: usize,
        (old, new): (&[Point], &[Point]),
    ) -> bool {
        new.windows(2)
            .all(|pair| self.free(graph, layout, edge, (pair[0], pair[1])))
            && self.crossings(layout, edge, new) <= self.crossings(layout, edge, old)
    }

    /// Whether a piece of line meets nothing fixed, and lies upon no other line.
    fn free(&self, graph: &Graph, layout: &Layout, edge: usize, (a, b): (Point, Point)) -> bool {
        let own = &graph.edges[edge];
        let ends = [own.from.0, own.to.0];
        let bounds = Rect::from_points(a, b);
        let mut found = Vec::new();
        self.box_index
            .touching(bounds.inflate(CLEAR, CLEAR), &mut found);
        for at in &found {
            let node = self.boxes[*at as usize];
            // The line may touch the boxes that it joins, but not run through them.
            let room = if ends.contains(&node) { -1.0 } else { CLEAR };
            if cuts(a, b, layout.boxes[node as usize].inflate(room, room)) {
                return false;
            }
        }
        self.title_index
            .touching(bounds.inflate(AIR, AIR), &mut found);
        if found
            .iter()
            .any(|at| cuts(a, b, self.titles[*at as usize].inflate(AIR, AIR)))
        {
            return false;
        }
        self.frame_index.touching(bounds, &mut found);
        for at in &found {
            let group = self.frames[*at as usize];
            let place = layout.boxes[group as usize];
            let around = ends.iter().any(|end| self.kin.holds(group, *end));
            // A line to a frame from without stays without; one that lies within stays within.
            let fits = if ends.contains(&group) {
                around || !cuts(a, b, place.inflate(-1.0, -1.0))
            } else {
                around || !cuts(a, b, place.inflate(AIR, AIR))
            };
            if !fits {
                return false;
            }
        }
        let piece = segment(a, b, edge);
        self.near(bounds.inflate(8.0, 8.0), edge)
            .iter()
            .all(|other| {
                layout.labels[*other].is_none_or(|label| !cuts(a, b, label.inflate(AIR, AIR)))
                    && layout.routes[*other].segments().all(|(c, d)| {
                        let theirs = segment(c, d, *other);
                        // As the counter has it: either may be the shorter one.
                        along(&piece, &theirs, APART) <= 0.0 && along(&theirs, &piece, UPON) <= 2.0
                    })
            })
    }

    /// How often a line crosses the other routes.
    fn crossings(&self, layout: &Layout, edge: usize, line: &[Point]) -> usize {
        let mut sum = 0;
        for pair in line.windows(2) {
            let piece = segment(pair[0], pair[1], edge);
            for other in self.near(Rect::from_points(pair[0], pair[1]), edge) {
                sum += layout.routes[other]
                    .segments()
                    .filter(|(c, d)| piece.crossing(&segment(*c, *d, other)).is_some())
                    .count();
            }
        }
        sum
    }

    /// Whether the label of an edge may stand there.
    pub(super) fn seats(&self, layout: &Layout, edge: usize, place: Rect) -> bool {
        let area = place.inflate(AIR, AIR);
        let mut found = Vec::new();
        self.box_index.touching(area, &mut found);
        if !found.is_empty() {
            return false;
        }
        self.title_index.touching(area, &mut found);
        if !found.is_empty() {
            return false;
        }
        self.frame_index.touching(area, &mut found);
        let whole = |at: &u32| {
            let frame = layout.boxes[self.frames[*at as usize] as usize];
            frame.contains_rect(area)
        };
        found.iter().all(whole)
            && layout.size.to_rect().contains_rect(place)
            && self.near(area, edge).iter().all(|other| {
                layout.labels[*other].is_none_or(|label| label.intersect(area).area() <= 0.0)
                    && !layout.routes[*other]
                        .segments()
                        .any(|(a, b)| cuts(a, b, area))
            })
    }
}

/// For each edge, the first that is drawn along the same line.
fn twins(graph: &Graph, layout: &Layout) -> Vec<usize> {
    let mut order: Vec<usize> = (0..graph.edges.len()).collect();
    let key = |at: usize| {
        let edge = &graph.edges[at];
        (edge.from.min(edge.to), edge.from.max(edge.to))
    };
    order.sort_by_key(|at| (key(*at), *at));
    let mut twin: Vec<usize> = (0..graph.edges.len()).collect();
    for same in order.chunk_by(|a, b| key(*a) == key(*b)) {
        let route = &layout.routes[same[0]];
        for other in same.iter().skip(1) {
            let theirs = &layout.routes[*other];
            if theirs == route || *theirs == route.reversed() {
                twin[*other] = same[0];
            }
        }
    }
    twin
}

/// How many px of one piece lie along another.
fn along(one: &Segment, two: &Segment, apart: f64) -> f64 {
    let length = one.length();
    if length < 0.5 || two.length() < 0.5 {
        return 0.0;
    }
    let way = (one.b - one.a) / length;
    let off = |p: Point| way.cross(p - one.a).abs();
    if off(two.a) > apart || off(two.b) > apart {
        return 0.0;
    }
    let (p, q) = (way.dot(two.a - one.a), way.dot(two.b - one.a));
    length.min(p.max(q)) - p.min(q).max(0.0)
}

fn segment(a: Point, b: Point, edge: usize) -> Segment {
    Segment {
        a,
        b,
        edge: u32::try_from(edge).unwrap_or(NIL),
    }
}

/// Whether a piece of line enters an area.
pub(super) fn cuts(a: Point, b: Point, area: Rect) -> bool {
    segment(a, b, 0).cuts(area)
}
