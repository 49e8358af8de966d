//! Routing of pictures whose boxes are placed by hand: what one sees of its phases.

use super::*;
use crate::geom::{Point, Rect, Size};
use crate::layout::graph::{Edge, Node, NodeId, Shape};
use crate::layout::verify;

/// A box (x, y, width, height) for each entry, in a picture around all.
struct Picture {
    graph: Graph,
    placed: Placed,
}

impl Picture {
    fn of(boxes: &[(f64, f64, f64, f64)]) -> Self {
        let rect = |&(x, y, width, height): &(f64, f64, f64, f64)| {
            Rect::from_origin_size((x, y), (width, height))
        };
        let boxes: Vec<Rect> = boxes.iter().map(rect).collect();
        let whole = boxes
            .iter()
            .copied()
            .reduce(|a, b| a.union(b))
            .unwrap_or_default();
        let node = |place: &Rect| Node {
            parent: None,
            shape: Shape::Leaf(place.size()),
            likeness: None,
        };
        Self {
            graph: Graph {
                nodes: boxes.iter().map(node).collect(),
                edges: Vec::new(),
            },
            placed: Placed {
                titles: vec![None; boxes.len()],
                size: Size::new(whole.x1, whole.y1),
                boxes,
            },
        }
    }

    fn edge(mut self, from: u32, to: u32, style: Option<u32>, label: Option<f64>) -> Self {
        self.graph.edges.push(Edge {
            from: NodeId(from),
            to: NodeId(to),
            label: label.map(|width| Size::new(width, 14.0)),
            style,
            weight: 1,
        });
        self
    }

    /// The layout, which has no fault.
    fn run(&self, bundle: bool) -> Layout {
        let options = Options {
            bundle,
            ..Options::default()
        };
        let layout = run(&self.graph, &self.placed, &options, &mut ());
        let measure = verify::measure(&self.graph, &layout);
        assert_eq!((measure.faults(), measure.graze), (0, 0), "{measure:?}");
        layout
    }
}

/// A hub above four others, none of them right below it.
fn fan() -> Picture {
    Picture::of(&[
        (400.0, 0.0, 100.0, 40.0),
        (0.0, 120.0, 100.0, 40.0),
        (150.0, 120.0, 100.0, 40.0),
        (650.0, 120.0, 100.0, 40.0),
        (800.0, 120.0, 100.0, 40.0),
    ])
}

/// How many different places the routes begin at.
fn starts(layout: &Layout) -> usize {
    let mut starts: Vec<Point> = layout.routes.iter().map(|route| route.points[0]).collect();
    starts.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    starts.dedup();
    starts.len()
}

#[test]
fn a_fan_has_one_trunk_and_each_link_its_own_end() {
    let picture = (1..=4).fold(fan(), |picture, to| picture.edge(0, to, Some(0), None));
    let joined = picture.run(true);
    assert_eq!(starts(&joined), 1);
    let levels: Vec<f64> = joined
        .routes
        .iter()
        .map(|route| route.points[1].y)
        .collect();
    assert!(levels.iter().all(|level| (level - levels[0]).abs() < 1e-9));
    for (route, to) in joined.routes.iter().zip(1..) {
        let end = route.points[route.points.len() - 1];
        let place = joined.boxes[to];
        assert!(place.inflate(0.1, 0.1).contains(end), "{end:?} {place:?}");
    }
    assert_eq!(starts(&picture.run(false)), 4);
}

#[test]
fn links_that_look_different_or_run_the_other_way_share_nothing() {
    let styles = [Some(0), Some(1), Some(0), None];
    let mixed = (1..=4).zip(styles).fold(fan(), |picture, (to, style)| {
        picture.edge(0, to, style, None)
    });
    assert_eq!(starts(&mixed.run(true)), 4);
    let both = fan()
        .edge(0, 1, Some(0), None)
        .edge(2, 0, Some(0), None)
        .edge(0, 3, Some(0), None)
        .edge(0, 4, Some(0), None)
        .run(true);
    let begin = |edge: usize| both.routes[edge].points[0];
    assert!(begin(0) != begin(2) && begin(2) != begin(3) && begin(3) != begin(0));
}

#[test]
fn labels_of_a_trunk_stand_on_the_branches() {
    let picture = (1..=4).fold(fan(), |picture, to| {
        picture.edge(0, to, Some(0), Some(40.0))
    });
    let layout = picture.run(true);
    assert_eq!(starts(&layout), 1);
    let trunk = layout.routes[0].points[1].y;
    for label in layout.labels.iter().flatten() {
        assert!(label.y0 > trunk, "{label:?} is on the trunk at {trunk}");
    }
}

#[test]
fn boxes_that_face_each_other_are_joined_by_a_straight_line() {
    let picture =
        Picture::of(&[(0.0, 0.0, 100.0, 40.0), (60.0, 100.0, 100.0, 40.0)]).edge(0, 1, None, None);
    assert_eq!(picture.run(true).routes[0].points.len(), 2);
}

#[test]
fn the_room_that_labels_need_is_made() {
    // Three labels side by side, each wider than the way from one line to the next.
    let picture = (1..=3).fold(
        Picture::of(&[
            (0.0, 0.0, 60.0, 40.0),
            (0.0, 60.0, 20.0, 20.0),
            (24.0, 60.0, 20.0, 20.0),
            (48.0, 60.0, 20.0, 20.0),
        ]),
        |picture, to| picture.edge(0, to, None, Some(70.0)),
    );
    let layout = picture.run(true);
    assert_eq!(layout.labels.iter().flatten().count(), 3);
    assert!(layout.size.height > 80.0 + 14.0);
}

#[test]
fn lines_that_cross_a_row_keep_off_its_boxes() {
    // The middle row stands between the ends.
    let picture = Picture::of(&[
        (100.0, 0.0, 80.0, 30.0),
        (0.0, 80.0, 130.0, 30.0),
        (140.0, 80.0, 130.0, 30.0),
        (100.0, 160.0, 80.0, 30.0),
    ])
    .edge(0, 3, None, None)
    .edge(3, 0, None, None)
    .edge(1, 2, None, None);
    picture.run(true);
}

#[test]
fn very_many_links_between_two_boxes_all_keep_their_labels() {
    let boxes = Picture::of(&[(0.0, 0.0, 100.0, 40.0), (0.0, 200.0, 100.0, 40.0)]);
    let picture = (0..3000).fold(boxes, |picture, _| picture.edge(0, 1, None, Some(40.0)));
    let layout = run(
        &picture.graph,
        &picture.placed,
        &Options::default(),
        &mut (),
    );
    assert!(layout.labels.iter().all(Option::is_some));
}

/// A line with a label from a box to the one up left of it, which has a neighbour.
#[test]
fn a_line_that_turns_leaves_room_for_an_arrowhead_before_a_box() {
    let layout = Picture::of(&[
        (0.0, 0.0, 145.0, 40.0),
        (173.0, 0.0, 145.0, 40.0),
        (134.0, 87.0, 145.0, 40.0),
    ])
    .edge(0, 1, None, None)
    .edge(1, 2, None, None)
    .edge(2, 0, None, Some(30.0))
    .run(true);
    let points = &layout.routes[2].points;
    let [_, .., turn, tip] = points[..] else {
        panic!("{points:?} does not turn");
    };
    let length = (tip - turn).hypot();
    assert!(length >= 16.0 - 0.1, "{length} px of {points:?}");
}
