//! One drawing without a fault, and drawings that differ from it by exactly one.

use super::*;
use crate::geom::{Route, Size};
use crate::layout::{Edge, Node};

const G: usize = 0;
const H: usize = 1;
const A: usize = 2;
const B: usize = 3;
const C: usize = 4;
const E: usize = 5;
const AB: usize = 0;
const AC: usize = 1;
const BE: usize = 2;

fn graph() -> Graph {
    let leaf = |parent: Option<u32>| Node {
        parent: parent.map(NodeId),
        shape: Shape::Leaf(Size::new(80.0, 40.0)),
        likeness: None,
    };
    let group = Node {
        parent: None,
        shape: Shape::Group {
            title: Size::new(40.0, 14.0),
            direction: None,
        },
        likeness: None,
    };
    let edge = |from: usize, to: usize, label: Option<Size>| Edge {
        from: NodeId(u32::try_from(from).unwrap()),
        to: NodeId(u32::try_from(to).unwrap()),
        label,
        style: Some(0),
        weight: 1,
    };
    Graph {
        nodes: vec![
            group.clone(),
            group,
            leaf(Some(0)),
            leaf(Some(0)),
            leaf(Some(1)),
            leaf(None),
        ],
        edges: vec![
            edge(A, B, Some(Size::new(20.0, 12.0))),
            edge(A, C, None),
            edge(B, E, None),
        ],
    }
}

fn route(points: &[(f64, f64)]) -> Route {
    Route::new(points.iter().map(|&p| p.into()).collect())
}

fn at(x: f64, y: f64, width: f64, height: f64) -> Rect {
    Rect::new(x, y, x + width, y + height)
}

fn drawing() -> Layout {
    let leaf = |x, y| at(x, y, 80.0, 40.0);
    let mut titles = vec![None; 6];
    titles[G] = Some(at(16.0, 12.0, 40.0, 14.0));
    titles[H] = Some(at(336.0, 12.0, 40.0, 14.0));
    Layout {
        size: Size::new(500.0, 360.0),
        boxes: vec![
            at(10.0, 10.0, 300.0, 220.0),
            at(330.0, 10.0, 120.0, 220.0),
            leaf(100.0, 40.0),
            leaf(100.0, 180.0),
            leaf(350.0, 40.0),
            leaf(350.0, 280.0),
        ],
        titles,
        routes: vec![
            route(&[(140.0, 80.0), (140.0, 180.0)]),
            route(&[(180.0, 60.0), (350.0, 60.0)]),
            route(&[(140.0, 220.0), (140.0, 300.0), (350.0, 300.0)]),
        ],
        labels: vec![Some(at(146.0, 110.0, 20.0, 12.0)), None, None],
    }
}

/// The fault counters of the good drawing after `change`, without those that every drawing has.
fn after(change: impl FnOnce(&mut Graph, &mut Layout)) -> Measure {
    let (mut graph, mut layout) = (graph(), drawing());
    change(&mut graph, &mut layout);
    let m = measure(&graph, &layout);
    Measure {
        shared: m.shared.round(),
        turns: 0.0,
        length: 0.0,
        density: 0.0,
        aspect: 0.0,
        order: 0.0,
        ..m
    }
}

fn faults(set: impl FnOnce(&mut Measure)) -> Measure {
    let mut m = Measure::default();
    set(&mut m);
    m
}

#[test]
fn a_good_drawing_has_no_fault() {
    assert_eq!(after(|_, _| {}), Measure::default());
}

#[test]
fn averages_are_in_their_units() {
    let m = measure(&graph(), &drawing());
    let near = |a: f64, b: f64| assert!((a - b).abs() < 0.001, "{a} is not {b}");
    near(m.turns, 1.0 / 3.0);
    near(
        m.length,
        (100.0 + 170.0 + 80.0 + 210.0) / 3.0 / 3200.0_f64.sqrt(),
    );
    near(m.density, 4.0 * 3200.0 / 180_000.0);
    near(m.aspect, 500.0 / 360.0);
    near(m.order, 1.0);
}

#[test]
fn a_number_that_is_none_is_broken() {
    let m = after(|_, d| d.boxes[A].x0 = f64::NAN);
    assert_eq!(m.broken, 1);
    let m = after(|_, d| d.routes[BE].points[1].y = f64::INFINITY);
    assert_eq!(m.broken, 1);
    let m = after(|_, d| d.size = Size::new(-1.0, 5.0));
    assert_eq!(m.broken, 1);
}

#[test]
fn an_edge_without_route_or_label_is_broken() {
    assert_eq!(after(|_, d| d.routes[AC].points.clear()).broken, 1);
    assert_eq!(after(|_, d| d.labels[AB] = None).broken, 1);
    assert_eq!(after(|_, d| d.titles.truncate(5)).broken, 1);
}

#[test]
fn what_leaves_the_canvas_is_broken() {
    let m = after(|_, d| d.size.width = 440.0);
    assert_eq!(m, faults(|m| m.broken = 1), "the frame of H");
}

#[test]
fn two_boxes_overlap() {
    let m = after(|_, d| {
        d.boxes[B] = at(140.0, 60.0, 80.0, 40.0);
        d.routes[AB] = route(&[(120.0, 80.0), (120.0, 90.0), (140.0, 90.0)]);
        d.labels[AB] = Some(at(100.0, 92.0, 20.0, 12.0));
        d.routes[AC] = route(&[(180.0, 45.0), (350.0, 45.0)]);
        d.routes[BE] = route(&[(180.0, 100.0), (180.0, 300.0), (350.0, 300.0)]);
    });
    assert_eq!(m, faults(|m| m.node_node = 1));
}

#[test]
fn a_box_outside_its_group_and_in_another() {
    let m = after(|_, d| {
        d.boxes[C] = at(200.0, 40.0, 80.0, 40.0);
        d.routes[AC] = route(&[(180.0, 60.0), (200.0, 60.0)]);
    });
    assert_eq!(m, faults(|m| m.node_node = 2));
}

#[test]
fn groups_overlap() {
    let m = after(|_, d| d.boxes[H] = at(300.0, 10.0, 150.0, 220.0));
    assert_eq!(m, faults(|m| m.node_node = 1));
}

#[test]
fn a_group_outside_its_group() {
    let m = after(|g, d| {
        let mut inner = g.nodes[G].clone();
        inner.parent = Some(NodeId(0));
        g.nodes.push(inner);
        d.boxes.push(at(20.0, 240.0, 60.0, 40.0));
        d.titles.push(None);
    });
    assert_eq!(m, faults(|m| m.group_out = 1));
}

#[test]
fn through_a_box() {
    let m = after(|_, d| {
        d.routes[BE] = route(&[
            (180.0, 200.0),
            (200.0, 200.0),
            (200.0, 60.0),
            (390.0, 60.0),
            (390.0, 280.0),
        ]);
    });
    let expected = faults(|m| {
        m.edge_node = 1;
        m.edge_group = 1;
        m.shared = 150.0;
    });
    assert_eq!(m, expected);
}

#[test]
fn through_a_group_alone() {
    let m = after(|_, d| {
        d.routes[BE] = route(&[
            (140.0, 220.0),
            (140.0, 225.0),
            (340.0, 225.0),
            (340.0, 300.0),
            (350.0, 300.0),
        ]);
    });
    assert_eq!(m, faults(|m| m.edge_group = 1));
}

#[test]
fn a_link_to_a_group_may_enter_the_groups_around_it() {
    let m = after(|g, d| {
        let mut inner = g.nodes[G].clone();
        inner.parent = Some(NodeId(1));
        g.nodes.push(inner);
        d.boxes.push(at(350.0, 120.0, 60.0, 60.0));
        d.titles.push(None);
        g.edges[BE].from = NodeId(6);
        d.routes[BE] = route(&[(380.0, 180.0), (380.0, 280.0)]);
    });
    assert_eq!(m, Measure::default());
}

#[test]
fn through_a_title() {
    let m = after(|_, d| {
        d.routes[BE] = route(&[
            (100.0, 200.0),
            (20.0, 200.0),
            (20.0, 10.0),
            (20.0, 300.0),
            (350.0, 300.0),
        ]);
    });
    assert_eq!(m, faults(|m| m.edge_title = 1));
}

#[test]
fn a_label_on_a_box() {
    let m = after(|_, d| d.labels[AB] = Some(at(146.0, 182.0, 20.0, 12.0)));
    assert_eq!(m, faults(|m| m.label_hit = 1));
}

#[test]
fn a_label_on_a_title_and_one_on_a_line() {
    let m = after(|_, d| {
        d.titles[G] = Some(at(146.0, 108.0, 40.0, 14.0));
    });
    assert_eq!(m, faults(|m| m.label_hit = 1));
    let m = after(|_, d| {
        d.routes[AC] = route(&[
            (180.0, 60.0),
            (190.0, 60.0),
            (190.0, 116.0),
            (150.0, 116.0),
            (150.0, 100.0),
            (320.0, 100.0),
            (320.0, 60.0),
            (350.0, 60.0),
        ]);
    });
    assert_eq!((m.label_hit, m.label_stray), (1, 1));
}

#[test]
fn two_labels_on_each_other() {
    let m = after(|g, d| {
        g.edges.push(g.edges[AB]);
        d.routes.push(route(&[(174.0, 80.0), (174.0, 180.0)]));
        d.labels.push(Some(at(148.0, 112.0, 20.0, 12.0)));
    });
    assert_eq!(m, faults(|m| m.label_hit = 2));
}

#[test]
fn a_label_far_off() {
    let m = after(|_, d| d.labels[AB] = Some(at(220.0, 140.0, 20.0, 12.0)));
    assert_eq!(m, faults(|m| m.label_stray = 1));
}

#[test]
fn a_label_nearer_to_another_line() {
    let m = after(|_, d| {
        d.labels[AB] = Some(at(151.0, 110.0, 20.0, 12.0));
        d.routes[AC] = route(&[
            (180.0, 60.0),
            (200.0, 60.0),
            (200.0, 90.0),
            (174.0, 90.0),
            (174.0, 150.0),
            (320.0, 150.0),
            (320.0, 60.0),
            (350.0, 60.0),
        ]);
    });
    assert_eq!(m, faults(|m| m.label_stray = 1));
}

#[test]
fn a_label_on_a_frame() {
    let m = after(|g, d| {
        g.edges[AC].label = Some(Size::new(20.0, 12.0));
        d.labels[AC] = Some(at(300.0, 46.0, 20.0, 12.0));
    });
    assert_eq!(m, faults(|m| m.label_border = 1));
}

#[test]
fn a_loose_end() {
    let m = after(|_, d| d.routes[BE] = route(&[(140.0, 220.0), (140.0, 300.0), (300.0, 300.0)]));
    assert_eq!(m, faults(|m| m.loose = 1));
}

#[test]
fn one_crossing() {
    let m = after(|_, d| {
        d.routes[AC] = route(&[
            (100.0, 60.0),
            (60.0, 60.0),
            (60.0, 140.0),
            (320.0, 140.0),
            (320.0, 60.0),
            (350.0, 60.0),
        ]);
    });
    assert_eq!(m, faults(|m| m.crossings = 1));
}

#[test]
fn a_crossing_at_a_common_end_is_none() {
    let m = after(|_, d| {
        d.routes[AC] = route(&[
            (139.0, 80.0),
            (139.0, 81.0),
            (141.0, 81.0),
            (141.0, 90.0),
            (320.0, 90.0),
            (320.0, 60.0),
            (350.0, 60.0),
        ]);
    });
    assert_eq!((m.crossings, m.faults()), (0, 0));
}

#[test]
fn close_to_a_box() {
    let m = after(|_, d| {
        d.routes[BE] = route(&[
            (180.0, 200.0),
            (184.0, 200.0),
            (184.0, 83.0),
            (90.0, 83.0),
            (90.0, 300.0),
            (350.0, 300.0),
        ]);
    });
    let expected = faults(|m| {
        m.crossings = 1;
        m.graze = 1;
    });
    assert_eq!(m, expected);
}

#[test]
fn siblings_out_of_order() {
    let (graph, mut layout) = (graph(), drawing());
    layout.boxes.swap(A, B);
    // Pairs: G-H, G-E, H-E, and A-B, which alone is wrong.
    assert!((measure(&graph, &layout).order - 0.75).abs() < 1e-9);
}

fn with_replicas() -> (Graph, Layout) {
    let (mut graph, mut layout) = (graph(), drawing());
    graph.nodes[G].likeness = Some(7);
    graph.nodes[H].likeness = Some(7);
    graph.nodes[B].parent = Some(NodeId(1));
    layout.boxes[H] = at(330.0, 10.0, 300.0, 220.0);
    layout.boxes[A] = at(100.0, 40.0, 80.0, 40.0);
    graph.nodes.remove(B);
    layout.boxes.remove(B);
    layout.titles.remove(B);
    layout.boxes[A + 1] = at(420.0, 40.0, 80.0, 40.0);
    layout.size.width = 640.0;
    graph.edges.clear();
    layout.routes.clear();
    layout.labels.clear();
    (graph, layout)
}

#[test]
fn replicas_that_look_alike() {
    let (graph, layout) = with_replicas();
    let m = measure(&graph, &layout);
    assert_eq!((m.faults(), m.unequal, m.unaligned), (0, 0, 0));
}

#[test]
fn replicas_that_do_not() {
    let (graph, mut layout) = with_replicas();
    layout.boxes[A] = at(100.0, 60.0, 80.0, 40.0);
    let m = measure(&graph, &layout);
    assert_eq!((m.unequal, m.unaligned), (1, 0));
    layout.boxes[H] = at(330.0, 30.0, 300.0, 220.0);
    layout.boxes[A + 1] = at(420.0, 80.0, 80.0, 40.0);
    let m = measure(&graph, &layout);
    assert_eq!((m.unequal, m.unaligned), (0, 2));
}

#[test]
fn a_drawing_of_nothing() {
    let m = measure(&Graph::default(), &Layout::default());
    assert_eq!(m.faults(), 0);
    assert!((m.order - 1.0).abs() < 1e-9);
}
