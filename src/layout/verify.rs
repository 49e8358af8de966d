//! Counts what is wrong with a [`Layout`], and how good it is otherwise.
//!
//! A fault is something that misleads a reader: a box on a box, a line through a box, a label that belongs to nobody. The counters
//! use the same definitions and tolerances as the measure that `measure/browser.mjs` takes of a finished drawing in a real browser,
//! and `measure/peers.py` checks that both see the same. What only a layout knows is counted here as well: order and likeness.
//!
//! Near-linear where there is little to find; a drawing full of faults takes longer.

mod index;
mod kin;
mod likeness;
mod overlap;
mod segment;

use super::{Graph, Layout, NodeId, Shape};
use crate::geom::{Point, Rect};
pub(super) use index::Index;
pub(super) use kin::Kin;
pub(super) use segment::Segment;
use segment::{gap, holds, meet};

/// What touches by this much does not overlap yet, in px.
const TOUCH: f64 = 1.5;
/// A line this close to a foreign box grazes it, in px.
const GRAZE: f64 = 4.0;
/// A line that ends further than this from its box is loose, in px.
const LOOSE: f64 = 14.0;
/// A label further than this from its own line is lost, in px.
const STRAY: f64 = 12.0;

/// The counters. The first ten are faults; [`Measure::faults`] adds them up.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Measure {
    /// Numbers that are not finite, sizes below zero, edges without a route, columns of a wrong length, and what lies outside the canvas.
    pub broken: usize,
    /// Pairs of boxes that overlap; boxes not inside each of their groups or inside a foreign one; groups that overlap.
    pub node_node: usize,
    /// Groups that are not inside each of their groups.
    pub group_out: usize,
    /// Pairs of an edge and a box that is not its end, with the route inside the box.
    pub edge_node: usize,
    /// Pairs of an edge and a group that holds neither end, with the route inside the group.
    pub edge_group: usize,
    /// Pairs of an edge and a title, with the route through the words.
    pub edge_title: usize,
    /// Labels that overlap a box, a title, another label, or the route of another edge.
    pub label_hit: usize,
    /// Labels more than 12 px from their own route, or nearer to another one.
    pub label_stray: usize,
    /// Ends of routes more than 14 px from the node that they belong to.
    pub loose: usize,
    /// How many px of routes without a common end lie on top of each other. More than three are one fault.
    pub shared: f64,
    /// Labels that the frame of a group cuts: ugly, not wrong.
    pub label_border: usize,
    /// Pairs of an edge and a box that is not its end, with the route within 4 px of the box, but not inside.
    pub graze: usize,
    /// Proper crossings of two routes, those within 2 px of a common end apart.
    pub crossings: usize,
    /// Right angles that a route turns by, on average.
    pub turns: f64,
    /// Length of a route, on average, in mean sides of a box.
    pub length: f64,
    /// Share of the canvas that is boxes.
    pub density: f64,
    /// Width of the canvas / its height.
    pub aspect: f64,
    /// Share of the sibling pairs that stand in the author's order.
    pub order: f64,
    /// Replicas that are laid out otherwise than the first of their kind.
    pub unequal: usize,
    /// Replicas that stand level with none of the others.
    pub unaligned: usize,
}

impl Measure {
    /// The sum of all faults. A drawing that is handed out has none.
    pub fn faults(&self) -> usize {
        self.broken
            + self.node_node
            + self.group_out
            + self.edge_node
            + self.edge_group
            + self.edge_title
            + self.label_hit
            + self.label_stray
            + self.loose
            + usize::from(self.shared > 3.0)
    }
}

/// Measures `layout`, a drawing of `graph`.
pub fn measure(graph: &Graph, layout: &Layout) -> Measure {
    let broken = broken(graph, layout);
    if broken > 0 {
        return Measure {
            broken,
            ..Measure::default()
        };
    }
    let kin = Kin::new(graph);
    let sheet = Sheet::new(graph, layout, &kin);
    let mut m = Measure {
        broken: sheet.outside(),
        ..Measure::default()
    };
    overlap::count(&sheet, &mut m);
    sheet.routes(&mut m);
    sheet.pairs_of_routes(&mut m);
    sheet.labels(&mut m);
    sheet.shape(&mut m);
    m.order = likeness::order(graph, layout);
    (m.unequal, m.unaligned) = likeness::replicas(graph, layout, &kin);
    m
}

/// What keeps a layout from being measured at all.
fn broken(graph: &Graph, layout: &Layout) -> usize {
    let (nodes, edges) = (graph.nodes.len(), graph.edges.len());
    let columns = [
        (layout.boxes.len(), nodes),
        (layout.titles.len(), nodes),
        (layout.routes.len(), edges),
        (layout.labels.len(), edges),
    ];
    let columns = columns.iter().filter(|(is, should)| is != should).count();
    let labels = layout.labels.iter().zip(&graph.edges);
    let labels = labels
        .filter(|(label, edge)| label.is_some() != edge.label.is_some())
        .count();
    let rectangles = layout.boxes.iter();
    let rectangles = rectangles
        .chain(layout.titles.iter().flatten())
        .chain(layout.labels.iter().flatten())
        .filter(|r| !(r.is_finite() && r.width() >= 0.0 && r.height() >= 0.0))
        .count();
    let finite = |p: &Point| p.x.is_finite() && p.y.is_finite();
    let routes = layout.routes.iter();
    let routes = routes
        .filter(|route| route.points.len() < 2 || !route.points.iter().all(finite))
        .count();
    let size = layout.size;
    let size = size.is_finite() && size.width >= 0.0 && size.height >= 0.0;
    columns + labels + rectangles + routes + usize::from(!size)
}

/// The drawing, with everything on it found by where it lies.
struct Sheet<'a> {
    graph: &'a Graph,
    layout: &'a Layout,
    kin: &'a Kin,
    /// Nodes that are boxes, and those that are groups.
    leaves: Vec<u32>,
    groups: Vec<u32>,
    /// Words of titles, less the tolerance.
    titles: Vec<Rect>,
    segments: Vec<Segment>,
    leaf_index: Index,
    group_index: Index,
    title_index: Index,
    segment_index: Index,
}

impl<'a> Sheet<'a> {
    fn new(graph: &'a Graph, layout: &'a Layout, kin: &'a Kin) -> Self {
        let is_leaf = |at: &u32| matches!(graph.nodes[*at as usize].shape, Shape::Leaf(_));
        let ids = (0..).take(graph.nodes.len());
        let (leaves, groups): (Vec<u32>, Vec<u32>) = ids.partition(is_leaf);
        let titles = layout.titles.iter().flatten();
        let titles: Vec<Rect> = titles.map(|r| r.inflate(-TOUCH, -TOUCH)).collect();
        let segments: Vec<Segment> = (0..)
            .zip(&layout.routes)
            .flat_map(|(edge, route)| route.segments().map(move |(a, b)| Segment { a, b, edge }))
            .filter(|segment| segment.length() > 1e-6)
            .collect();
        let boxes = |nodes: &[u32]| -> Vec<Rect> {
            let boxes = nodes.iter().map(|&at| layout.boxes[at as usize]);
            boxes.collect()
        };
        let bounds: Vec<Rect> = segments.iter().map(Segment::bounds).collect();
        Self {
            leaf_index: Index::new(&boxes(&leaves)),
            group_index: Index::new(&boxes(&groups)),
            title_index: Index::new(&titles),
            segment_index: Index::new(&bounds),
            graph,
            layout,
            kin,
            leaves,
            groups,
            titles,
            segments,
        }
    }

    fn place(&self, node: u32) -> Rect {
        self.layout.boxes[node as usize]
    }

    fn ends(&self, edge: u32) -> [u32; 2] {
        let edge = &self.graph.edges[edge as usize];
        [edge.from.0, edge.to.0]
    }

    /// How many boxes, titles, labels and routes leave the canvas.
    fn outside(&self) -> usize {
        let canvas = Rect::from_origin_size(Point::ZERO, self.layout.size).inflate(TOUCH, TOUCH);
        let rectangles = self.layout.boxes.iter();
        let rectangles = rectangles
            .chain(self.layout.titles.iter().flatten())
            .chain(self.layout.labels.iter().flatten());
        let out = rectangles.filter(|&&r| !holds(canvas, r)).count();
        let routes = self.layout.routes.iter();
        out + routes
            .filter(|route| route.points.iter().any(|&p| !canvas.contains(p)))
            .count()
    }

    /// Each route against boxes, groups and titles, and at its ends.
    fn routes(&self, m: &mut Measure) {
        let mut found = Vec::new();
        let (mut boxes, mut near, mut frames, mut words) = (vec![], vec![], vec![], vec![]);
        let mut turned = 0.0;
        for route in self.segments.chunk_by(|a, b| a.edge == b.edge) {
            let ends = self.ends(route[0].edge);
            for list in [&mut boxes, &mut near, &mut frames, &mut words] {
                list.clear();
            }
            for segment in route {
                let bounds = segment.bounds();
                self.leaf_index
                    .touching(bounds.inflate(5.0, 5.0), &mut found);
                for &at in &found {
                    let node = self.leaves[at as usize];
                    let place = self.place(node);
                    if ends.contains(&node) {
                    } else if segment.cuts(place.inflate(-TOUCH, -TOUCH)) {
                        boxes.push(at);
                    } else if segment.cuts(place.inflate(GRAZE, GRAZE)) {
                        near.push(at);
                    }
                }
                self.group_index.touching(bounds, &mut found);
                frames.extend(found.iter().filter(|&&at| {
                    let group = self.groups[at as usize];
                    !ends.iter().any(|&end| self.kin.holds(group, end))
                        && segment.cuts(self.place(group).inflate(-TOUCH, -TOUCH))
                }));
                self.title_index.touching(bounds, &mut found);
                words.extend(
                    found
                        .iter()
                        .filter(|&&at| segment.cuts(self.titles[at as usize])),
                );
            }
            for list in [&mut boxes, &mut near, &mut frames, &mut words] {
                list.sort_unstable();
                list.dedup();
            }
            m.edge_node += boxes.len();
            m.edge_group += frames.len();
            m.edge_title += words.len();
            m.graze += near.iter().filter(|at| !boxes.contains(at)).count();
            turned += turning(route);
        }
        for (route, edge) in self.layout.routes.iter().zip(&self.graph.edges) {
            let ends = [
                (edge.from, route.points.first()),
                (edge.to, route.points.last()),
            ];
            let loose = |(node, end): &(NodeId, Option<&Point>)| {
                end.is_some_and(|&end| gap(self.place(node.0), end) > LOOSE)
            };
            m.loose += ends.iter().filter(|end| loose(end)).count();
        }
        m.turns = turned / self.graph.edges.len().max(1) as f64;
    }

    /// Routes against each other.
    fn pairs_of_routes(&self, m: &mut Measure) {
        let mut found = Vec::new();
        let is_leaf =
            |node: &&u32| matches!(self.graph.nodes[**node as usize].shape, Shape::Leaf(_));
        for (at, segment) in self.segments.iter().enumerate() {
            let area = segment.bounds().inflate(TOUCH, TOUCH);
            self.segment_index.touching(area, &mut found);
            for &other in found.iter().filter(|&&other| other as usize > at) {
                let other = &self.segments[other as usize];
                if other.edge == segment.edge {
                    continue;
                }
                let theirs = self.ends(other.edge);
                let ours = self.ends(segment.edge);
                let mut common = ours
                    .iter()
                    .filter(is_leaf)
                    .filter(|end| theirs.contains(end));
                let crossing = segment.crossing(other);
                m.crossings += usize::from(crossing.is_some_and(|p| {
                    let mut common = common.clone();
                    !common.any(|&end| gap(self.place(end), p) < 2.0)
                }));
                if common.next().is_none() {
                    m.shared += segment.shared(other);
                }
            }
        }
    }

    /// Labels against everything.
    fn labels(&self, m: &mut Measure) {
        let labels: Vec<(u32, Rect)> = (0..)
            .zip(&self.layout.labels)
            .filter_map(|(edge, label)| label.map(|label| (edge, label)))
            .collect();
        let places: Vec<Rect> = labels.iter().map(|&(_, place)| place).collect();
        let index = Index::new(&places);
        let (mut found, mut lines) = (Vec::new(), Vec::new());
        for (at, &(edge, place)) in labels.iter().enumerate() {
            let words = place.inflate(-TOUCH, -TOUCH);
            let reach = STRAY + 1.0;
            self.segment_index
                .touching(place.inflate(reach, reach), &mut lines);
            let lines = lines.iter().map(|&line| &self.segments[line as usize]);
            let mut hit = |index: &Index, test: &dyn Fn(usize) -> bool| {
                index.touching(words, &mut found);
                found.iter().any(|&item| test(item as usize))
            };
            let on_label =
                |other: usize| other != at && meet(words, places[other].inflate(-TOUCH, -TOUCH));
            let on_something = hit(&self.leaf_index, &|leaf| {
                meet(words, self.place(self.leaves[leaf]))
            }) || hit(&self.title_index, &|title| {
                meet(words, self.titles[title])
            }) || hit(&index, &on_label)
                || lines
                    .clone()
                    .any(|line| line.edge != edge && line.cuts(words));
            m.label_hit += usize::from(on_something);
            m.label_border += usize::from(hit(&self.group_index, &|group| {
                let frame = self.place(self.groups[group]);
                meet(words, frame) && !holds(frame, words)
            }));
            let (mut own, mut foreign) = (f64::INFINITY, f64::INFINITY);
            for line in lines {
                let nearest = if line.edge == edge {
                    &mut own
                } else {
                    &mut foreign
                };
                *nearest = nearest.min(line.distance(place));
            }
            m.label_stray += usize::from(own > STRAY || foreign + 1.0 < own);
        }
    }

    /// Length, density, aspect.
    fn shape(&self, m: &mut Measure) {
        let area: f64 = self
            .leaves
            .iter()
            .map(|&leaf| self.place(leaf).area())
            .sum();
        let side = (area / self.leaves.len().max(1) as f64).sqrt();
        let side = if side > 0.0 { side } else { 1.0 };
        let length: f64 = self.segments.iter().map(Segment::length).sum();
        m.length = length / side / self.graph.edges.len().max(1) as f64;
        let size = self.layout.size;
        if size.area() > 0.0 {
            m.density = area / size.area();
            m.aspect = size.width / size.height;
        }
    }
}

/// By how many right angles a route turns.
fn turning(route: &[Segment]) -> f64 {
    route
        .windows(2)
        .map(|pair| {
            let turn = (pair[1].heading() - pair[0].heading()).abs();
            turn.min(4.0 - turn)
        })
        .sum()
}

#[cfg(test)]
mod tests;
