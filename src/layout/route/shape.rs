//! The other shapes of routes: straight lines from end to end, and curves.
//!
//! Both start from the orthogonal drawing, which is without fault, and change one route at a time: a shorter or a smoother line
//! is kept only where it meets no more than the one before. So what was right stays right, and where there is no room for a
//! straight line or a curve, the corners remain.

use super::field::Field;
use crate::geom::{Point, Rect, Route, Vec2};
use crate::layout::graph::{Graph, Layout};

/// What a curve keeps of a straight line at an end, so that an arrowhead points along it, px.
const STEM: f64 = 12.0;
/// The longest that a corner may take of a piece of line.
const LARGEST: f64 = 90.0;
/// Parts of its wished size that a curve is tried in.
const PARTS: [f64; 4] = [1.0, 0.6, 0.35, 0.2];
/// Straight pieces that a curve is drawn with.
const STEPS: usize = 8;
/// The parts of a line at which a label is tried, the best first.
const PLACES: [f64; 9] = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];

/// Replaces corners by curves.
pub(super) fn curve(graph: &Graph, layout: &mut Layout) {
    let mut field = Field::new(graph, layout);
    for edge in 0..layout.routes.len() {
        let corners = layout.routes[edge].points.clone();
        let count = corners.len();
        let twins = field.twins(edge);
        if count < 3 || !single(layout, &twins) {
            continue;
        }
        // How much each corner may take of the piece before it and after it.
        let mut pieces: Vec<Vec<Point>> = Vec::with_capacity(count);
        for at in 1..count - 1 {
            let (before, corner, after) = (corners[at - 1], corners[at], corners[at + 1]);
            let room = |other: Point, last: bool| {
                let length = (other - corner).hypot();
                let most = if last { length - STEM } else { length / 2.0 };
                most.min(LARGEST)
            };
            let (to, from) = (room(before, at == 1), room(after, at + 2 == count));
            let smooth = PARTS.iter().find_map(|part| {
                let bend = bend((before, corner, after), (to * part, from * part))?;
                let old = [bend[0], corner, bend[STEPS]];
                field
                    .no_worse(graph, layout, edge, (&old, &bend))
                    .then_some(bend)
            });
            pieces.push(smooth.unwrap_or_else(|| vec![corner]));
        }
        let mut points = vec![corners[0]];
        points.extend(pieces.into_iter().flatten());
        points.push(corners[count - 1]);
        points.dedup_by(|a, b| (*a - *b).hypot() < 0.05);
        if layout.labels[edge].is_none_or(|label| touches(&points, label)) {
            let route = Route::new(points);
            replace(layout, &mut field, &twins, &route);
        }
    }
}

/// Whether edges that share a line may change it together: if at most one of them has a label.
fn single(layout: &Layout, twins: &[usize]) -> bool {
    let labels = twins.iter().filter(|edge| layout.labels[**edge].is_some());
    twins.len() == 1 || twins.len() > 1 && labels.count() == 0
}

/// Gives all edges that share a line a new one.
fn replace(layout: &mut Layout, field: &mut Field, twins: &[usize], route: &Route) {
    let start = twins
        .first()
        .and_then(|first| layout.routes[*first].points.first().copied());
    for edge in twins {
        let same = layout.routes[*edge].points.first().copied() == start;
        layout.routes[*edge] = if same {
            route.clone()
        } else {
            route.reversed()
        };
        field.insert(layout, *edge);
    }
}

/// A corner as a parabola that begins and ends that far from it; `None` where that is next to nothing.
fn bend(
    (before, corner, after): (Point, Point, Point),
    (to, from): (f64, f64),
) -> Option<Vec<Point>> {
    if to < 4.0 || from < 4.0 {
        return None;
    }
    let start = corner + unit(before - corner) * to;
    let end = corner + unit(after - corner) * from;
    let at = |step: usize| {
        let t = step as f64 / STEPS as f64;
        start.lerp(corner, t).lerp(corner.lerp(end, t), t)
    };
    Some((0..=STEPS).map(at).collect())
}

fn unit(vector: Vec2) -> Vec2 {
    let length = vector.hypot();
    if length > 0.0 {
        vector / length
    } else {
        vector
    }
}

/// Whether a line passes within a few px of a label.
fn touches(points: &[Point], label: Rect) -> bool {
    let area = label.inflate(2.2, 2.2);
    points
        .windows(2)
        .any(|pair| super::field::cuts(pair[0], pair[1], area))
}

/// Replaces corners by straight lines, where these are free.
pub(super) fn pull(graph: &Graph, layout: &mut Layout) {
    let mut field = Field::new(graph, layout);
    for edge in 0..layout.routes.len() {
        let old = layout.routes[edge].points.clone();
        let twins = field.twins(edge);
        if old.len() < 3 || !single(layout, &twins) {
            continue;
        }
        let mut kept = vec![old[0]];
        let mut at = 0;
        while at + 1 < old.len() {
            let next = (at + 2..old.len())
                .rev()
                .find(|next| {
                    let line = [old[at], old[*next]];
                    field.no_worse(graph, layout, edge, (&old[at..=*next], &line))
                })
                .unwrap_or(at + 1);
            kept.push(old[next]);
            at = next;
        }
        if kept.len() == old.len() {
            continue;
        }
        let route = Route::new(kept);
        if let Some(label) = layout.labels[edge] {
            let Some(place) = seat(layout, &field, (edge, &route), label) else {
                continue;
            };
            layout.labels[edge] = Some(place);
        }
        replace(layout, &mut field, &twins, &route);
    }
}

/// A place for the label of an edge whose line has changed.
fn seat(
    layout: &Layout,
    field: &Field,
    (edge, route): (usize, &Route),
    label: Rect,
) -> Option<Rect> {
    let longest = route
        .segments()
        .max_by(|a, b| (a.1 - a.0).hypot().total_cmp(&(b.1 - b.0).hypot()))?;
    PLACES
        .iter()
        .map(|part| Rect::from_center_size(longest.0.lerp(longest.1, *part), label.size()))
        .find(|place| field.seats(layout, edge, *place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Size;
    use crate::layout::graph::{Edge, Node, NodeId, Shape};

    /// Two boxes one below the other and aside, with one line, and perhaps a box between them.
    fn drawing(between: bool) -> (Graph, Layout) {
        let mut boxes = vec![
            Rect::new(0.0, 0.0, 80.0, 40.0),
            Rect::new(200.0, 200.0, 280.0, 240.0),
        ];
        if between {
            boxes.push(Rect::new(100.0, 60.0, 180.0, 110.0));
        }
        let node = |place: &Rect| Node {
            parent: None,
            shape: Shape::Leaf(place.size()),
            likeness: None,
        };
        let graph = Graph {
            nodes: boxes.iter().map(node).collect(),
            edges: vec![Edge {
                from: NodeId(0),
                to: NodeId(1),
                label: None,
                style: Some(0),
                weight: 1,
            }],
        };
        let corners = [(40.0, 40.0), (40.0, 150.0), (240.0, 150.0), (240.0, 200.0)];
        let layout = Layout {
            size: Size::new(300.0, 240.0),
            titles: vec![None; boxes.len()],
            boxes,
            routes: vec![Route::new(corners.map(Point::from).to_vec())],
            labels: vec![None],
        };
        (graph, layout)
    }

    #[test]
    fn a_free_way_is_straight_and_a_box_keeps_its_corners() {
        let (graph, mut layout) = drawing(false);
        pull(&graph, &mut layout);
        assert_eq!(layout.routes[0].points.len(), 2);
        let (graph, mut layout) = drawing(true);
        pull(&graph, &mut layout);
        assert!(layout.routes[0].points.len() > 2);
        assert_eq!(crate::layout::verify::measure(&graph, &layout).edge_node, 0);
    }

    #[test]
    fn a_curve_keeps_its_ends_upright_and_its_distance() {
        let (graph, mut layout) = drawing(true);
        curve(&graph, &mut layout);
        let points = &layout.routes[0].points;
        assert!(points.len() > 10);
        assert!((points[0].x - points[1].x).abs() < 1e-9);
        let measure = crate::layout::verify::measure(&graph, &layout);
        assert_eq!((measure.edge_node, measure.graze), (0, 0));
    }
}
