//! Random compound graphs, and what must hold of every drawing of them.
//!
//! `LAYOUT_CASES` says how many graphs each property sees (200 without it; `.ci/run` asks for thousands, in release). A graph that fails is
//! shrunk and printed in the form of the files in `tests/layout/`, which are drawn again at every run.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::too_many_lines,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::case_sensitive_file_extension_comparisons,
    clippy::needless_update,
    clippy::uninlined_format_args,
    clippy::type_complexity,
    clippy::semicolon_if_nothing_returned,
    clippy::single_match_else,
    reason = "a test may fail, and reads its own cases"
)]

use k8sdiag::geom::{Point, Rect, Size};
use k8sdiag::layout::{self, Direction, Edge, Graph, Layout, Node, NodeId, Options, Shape, verify};
use k8sdiag::model::{Source, Sources};
use k8sdiag::{draw, draw_sources};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

/// How many graphs a property sees.
fn cases() -> u32 {
    let wished = std::env::var("LAYOUT_CASES").ok();
    wished.and_then(|cases| cases.parse().ok()).unwrap_or(200)
}

/// A graph with the options it is drawn with.
#[derive(Debug, Clone, PartialEq)]
struct Case {
    graph: Graph,
    options: Options,
}

impl Case {
    fn draw(&self) -> Layout {
        layout::run(&self.graph, &self.options, &mut ())
    }

    /// The form of the files in `tests/layout/`: a line a node (`box`, `group`, with its parent or `-`), an edge, and the options.
    fn written(&self) -> String {
        let mut text = String::new();
        for node in &self.graph.nodes {
            let parent = node
                .parent
                .map_or_else(|| "-".to_owned(), |parent| parent.0.to_string());
            let (kind, size, way) = match node.shape {
                Shape::Leaf(size) => ("box", size, None),
                Shape::Group { title, direction } => ("group", title, direction),
            };
            let _ = write!(text, "{kind} {parent} {} {}", size.width, size.height);
            if let Some(way) = way {
                let _ = write!(text, " way={}", name(way));
            }
            if let Some(class) = node.likeness {
                let _ = write!(text, " like={class}");
            }
            text.push('\n');
        }
        for edge in &self.graph.edges {
            let _ = write!(text, "edge {} {}", edge.from.0, edge.to.0);
            if let Some(label) = edge.label {
                let _ = write!(text, " label={}x{}", label.width, label.height);
            }
            if edge.weight != 1 {
                let _ = write!(text, " weight={}", edge.weight);
            }
            text.push('\n');
        }
        let way = self.options.direction.map_or("auto", name);
        let fit = self.options.fit.map_or_else(
            || "none".to_owned(),
            |fit| format!("{}x{}", fit.width, fit.height),
        );
        let _ = writeln!(text, "options way={way} fit={fit}");
        text
    }

    fn read(text: &str) -> Self {
        let mut case = Self {
            graph: Graph::default(),
            options: Options::default(),
        };
        let size = |text: &str| {
            let (width, height) = text.split_once('x').unwrap();
            Size::new(width.parse().unwrap(), height.parse().unwrap())
        };
        for line in text
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            let words: Vec<&str> = line.split(' ').collect();
            let field = |key: &str| {
                words
                    .iter()
                    .find_map(|word| word.strip_prefix(key)?.strip_prefix('='))
            };
            match words[0] {
                "box" | "group" => {
                    let size = Size::new(words[2].parse().unwrap(), words[3].parse().unwrap());
                    case.graph.nodes.push(Node {
                        parent: words[1].parse().ok().map(NodeId),
                        shape: if words[0] == "box" {
                            Shape::Leaf(size)
                        } else {
                            Shape::Group {
                                title: size,
                                direction: field("way").and_then(named),
                            }
                        },
                        likeness: field("like").map(|class| class.parse().unwrap()),
                    });
                }
                "edge" => case.graph.edges.push(Edge {
                    from: NodeId(words[1].parse().unwrap()),
                    to: NodeId(words[2].parse().unwrap()),
                    label: field("label").map(size),
                    style: Some(0),
                    weight: field("weight").map_or(1, |weight| weight.parse().unwrap()),
                }),
                _ => {
                    case.options.direction = field("way").and_then(named);
                    case.options.fit = field("fit").filter(|fit| *fit != "none").map(size);
                }
            }
        }
        case
    }
}

const WAYS: [(Direction, &str); 4] = [
    (Direction::Down, "down"),
    (Direction::Right, "right"),
    (Direction::Up, "up"),
    (Direction::Left, "left"),
];

fn name(way: Direction) -> &'static str {
    WAYS.iter().find(|(own, _)| *own == way).unwrap().1
}

fn named(name: &str) -> Option<Direction> {
    WAYS.iter()
        .find(|(_, own)| *own == name)
        .map(|(way, _)| *way)
}

/// A node before its parent is known: which of the groups before it, whether it is a group, its size, and more.
type Seed = (u16, u8, u16, u16, u8);

/// The sizes of boxes and labels.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Sizes {
    /// As words and icons make them.
    Usual,
    /// From a dot to a wall.
    Odd,
}

fn nodes(most: usize, sizes: Sizes) -> impl Strategy<Value = Vec<Seed>> {
    let width = match sizes {
        Sizes::Usual => prop_oneof![6 => 72_u16..200, 1 => 200_u16..300].boxed(),
        Sizes::Odd => prop_oneof![3 => 20_u16..220, 1 => 1_u16..20, 1 => 220_u16..900].boxed(),
    };
    let height = match sizes {
        Sizes::Usual => (40_u16..90).boxed(),
        Sizes::Odd => (1_u16..300).boxed(),
    };
    prop::collection::vec(
        (any::<u16>(), any::<u8>(), width, height, any::<u8>()),
        0..=most,
    )
}

/// Edges: ends, label, and what sort of edge it is.
type EdgeSeed = (u16, u16, Option<(u16, u16)>, u8);

fn edges(most: usize, sizes: Sizes) -> impl Strategy<Value = Vec<EdgeSeed>> {
    let room = match sizes {
        Sizes::Usual => (24_u16..150, prop_oneof![4 => Just(17_u16), 1 => Just(31)]).boxed(),
        Sizes::Odd => (1_u16..500, 1_u16..120).boxed(),
    };
    let label = prop_oneof![1 => Just(None), 1 => room.prop_map(Some)];
    prop::collection::vec((any::<u16>(), any::<u16>(), label, any::<u8>()), 0..=most)
}

fn options() -> impl Strategy<Value = Options> {
    let fits = [
        None,
        Some(Size::new(16.0, 9.0)),
        Some(Size::new(4.0, 3.0)),
        Some(Size::new(1.0, 3.0)),
    ];
    (0..5_usize, 0..6_usize).prop_map(move |(way, fit)| Options {
        direction: WAYS.get(way).map(|(way, _)| *way),
        fit: fits.get(fit).copied().flatten(),
        ..Options::default()
    })
}

/// Graphs with all that a graph may have.
fn any_case(most: usize, sizes: Sizes) -> impl Strategy<Value = Case> {
    (nodes(most, sizes), edges(most * 3 / 2, sizes), options()).prop_map(
        |(nodes, edges, options)| Case {
            graph: graph(&nodes, &edges),
            options,
        },
    )
}

fn graph(seeds: &[Seed], edges: &[EdgeSeed]) -> Graph {
    let mut graph = Graph::default();
    let mut groups: Vec<u32> = Vec::new();
    for (at, &(parent, kind, width, height, more)) in seeds.iter().enumerate() {
        // A third lies in no group, the rest in any of the groups so far: chains of groups come about.
        let parent = usize::from(parent);
        let place = parent % (groups.len() * 3 / 2 + 1);
        let is_group = kind % 4 == 0;
        let (width, height) = (f64::from(width), f64::from(height));
        let title = if more % 3 == 0 {
            Size::ZERO
        } else {
            Size::new(width, 20.0)
        };
        graph.nodes.push(Node {
            parent: groups.get(place).copied().map(NodeId),
            shape: if is_group {
                Shape::Group {
                    title,
                    direction: WAYS.get(usize::from(more % 16)).map(|(way, _)| *way),
                }
            } else {
                Shape::Leaf(Size::new(width, height))
            },
            likeness: (more % 8 == 7).then_some(u32::from(more % 5)),
        });
        if is_group {
            groups.push(u32::try_from(at).unwrap());
        }
    }
    let count = graph.nodes.len();
    if count == 0 {
        return graph;
    }
    for &(from, to, label, kind) in edges {
        let end = |at: u16| NodeId(u32::try_from(usize::from(at) % count).unwrap());
        let edge = match (kind % 8, graph.edges.last()) {
            // Parallel to the last one, or back.
            (0, Some(last)) => (last.from, last.to),
            (1, Some(last)) => (last.to, last.from),
            (2, _) => (end(from), end(from)),
            _ => (end(from), end(to)),
        };
        if without(&graph, edge) {
            continue;
        }
        let label = label.filter(|_| !told_without("labels"));
        graph.edges.push(Edge {
            from: edge.0,
            to: edge.1,
            label: label.map(|(width, height)| Size::new(f64::from(width), f64::from(height))),
            style: (kind % 5 != 4).then_some(u32::from(kind % 2)),
            weight: u8::from(kind % 16 != 15),
        });
    }
    graph
}

/// Whether `LAYOUT_WITHOUT` names a sort of edge: for looking behind a fault that is known.
fn told_without(sort: &str) -> bool {
    let told = std::env::var("LAYOUT_WITHOUT").unwrap_or_default();
    told.split(',').any(|own| own == sort)
}

/// Whether an edge is to be left out.
fn without(graph: &Graph, (from, to): (NodeId, NodeId)) -> bool {
    let is_group = |node: NodeId| matches!(graph.nodes[node.index()].shape, Shape::Group { .. });
    let holds = |outer: NodeId, inner: NodeId| {
        let mut around =
            std::iter::successors(Some(inner), |node| graph.nodes[node.index()].parent);
        around.any(|node| node == outer)
    };
    let same =
        |edge: &Edge| (edge.from, edge.to) == (from, to) || (edge.from, edge.to) == (to, from);
    (from == to && told_without("loops"))
        || (from == to && is_group(from) && told_without("group-loops"))
        || (from != to && (holds(from, to) || holds(to, from)) && told_without("own-group"))
        || ((is_group(from) || is_group(to)) && told_without("group-ends"))
        || (graph.edges.iter().any(same) && told_without("parallel"))
}

/// Holds `property` against random cases, and prints the smallest that breaks it.
fn hold(most: usize, sizes: Sizes, property: impl Fn(&Case) -> Result<(), String>) {
    let config = Config {
        cases: cases(),
        max_shrink_iters: 4000,
        failure_persistence: None,
        ..Config::default()
    };
    // `LAYOUT_SEED` walks through other graphs; without it every run sees the same ones.
    let seed = std::env::var("LAYOUT_SEED")
        .ok()
        .and_then(|seed| seed.parse::<u8>().ok())
        .unwrap_or(7);
    let mut runner = TestRunner::new_with_rng(
        config,
        TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]),
    );
    let outcome = runner.run(&any_case(most, sizes), |case| {
        property(&case).map_err(TestCaseError::fail)
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(reason, case)) => panic!("{reason}\n{}", case.written()),
        Err(TestError::Abort(reason)) => panic!("{reason}"),
    }
}

fn faults(case: &Case) -> Result<(), String> {
    let measure = verify::measure(&case.graph, &case.draw());
    if measure.faults() == 0 {
        Ok(())
    } else {
        Err(format!("{measure:?}"))
    }
}

/// As [`hold`] of no fault, but a share of the graphs may have one: what the engine cannot do yet. The share may only be lowered.
fn hold_but_for(allowed: f64, most: usize, sizes: Sizes) {
    if allowed == 0.0 {
        return hold(most, sizes, faults);
    }
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]),
    );
    let strategy = any_case(most, sizes);
    let faulty = (0..cases())
        .filter(|_| faults(&strategy.new_tree(&mut runner).unwrap().current()).is_err())
        .count();
    let share = faulty as f64 / f64::from(cases());
    println!("{:.1} % of the graphs have a fault", share * 100.0);
    assert!(
        share <= allowed,
        "{:.1} % of the graphs have a fault, {:.1} % had",
        share * 100.0,
        allowed * 100.0
    );
}

#[test]
fn small_graphs_have_no_fault() {
    hold_but_for(0.08, 8, Sizes::Usual);
}

#[test]
fn graphs_have_no_fault() {
    hold_but_for(0.18, 40, Sizes::Usual);
}

#[test]
fn graphs_of_odd_sizes_have_no_fault() {
    hold_but_for(0.19, 15, Sizes::Odd);
}

#[test]
fn graphs_that_failed_once_have_no_fault() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/layout");
    let mut wrong = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let case = Case::read(&fs::read_to_string(&path).unwrap());
        assert_eq!(Case::read(&case.written()), case, "{}", path.display());
        if let Err(measure) = faults(&case) {
            let _ = writeln!(wrong, "{}: {measure}", path.display());
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Everything that `verify` counts is counted by it; this is the plain truth of boxes, said again in few lines.
#[test]
fn boxes_are_nested_and_disjoint_and_nothing_is_lost() {
    hold(25, Sizes::Odd, |case| {
        let Case { graph, .. } = case;
        let drawn = case.draw();
        let counts = [
            drawn.boxes.len(),
            drawn.titles.len(),
            drawn.routes.len(),
            drawn.labels.len(),
        ];
        let (nodes, edges) = (graph.nodes.len(), graph.edges.len());
        if counts != [nodes, nodes, edges, edges] {
            return Err(format!(
                "columns of {counts:?} for {nodes} nodes and {edges} edges"
            ));
        }
        let inside = |outer: Rect, inner: Rect| {
            outer.inflate(0.01, 0.01).contains(inner.origin())
                && outer
                    .inflate(0.01, 0.01)
                    .contains(Point::new(inner.x1, inner.y1))
        };
        for (at, node) in graph.nodes.iter().enumerate() {
            if let Shape::Leaf(size) = node.shape {
                let got = drawn.boxes[at].size();
                if (got.width - size.width).abs() > 0.01 || (got.height - size.height).abs() > 0.01
                {
                    return Err(format!("box {at} has size {got:?}"));
                }
            }
            if let Some(parent) = node.parent
                && !inside(drawn.boxes[parent.index()], drawn.boxes[at])
            {
                return Err(format!("{at} is not inside {parent:?}"));
            }
            for other in 0..at {
                let common = drawn.boxes[at].intersect(drawn.boxes[other]);
                let siblings = graph.nodes[other].parent == node.parent;
                if siblings && common.width() > 0.01 && common.height() > 0.01 {
                    return Err(format!("siblings {other} and {at} overlap"));
                }
            }
        }
        for (at, edge) in graph.edges.iter().enumerate() {
            let route = &drawn.routes[at].points;
            let ends = [(edge.from, route.first()), (edge.to, route.last())];
            for (node, end) in ends {
                let Some(&end) = end else {
                    return Err(format!("edge {at} has no route"));
                };
                let frame = drawn.boxes[node.index()];
                if !frame.inflate(0.5, 0.5).contains(end) || frame.inflate(-0.5, -0.5).contains(end)
                {
                    return Err(format!(
                        "edge {at} ends at {end:?}, not on the border of {node:?}"
                    ));
                }
            }
            let oblique = route.windows(2).any(|pair| {
                (pair[0].x - pair[1].x).abs() > 0.01 && (pair[0].y - pair[1].y).abs() > 0.01
            });
            if oblique {
                return Err(format!("edge {at} has an oblique piece"));
            }
            let size = drawn.labels[at].map(|place| place.size());
            let fits = match (edge.label, size) {
                (Some(wanted), Some(got)) => {
                    (wanted.width - got.width).abs() < 0.01
                        && (wanted.height - got.height).abs() < 0.01
                }
                // A label that is lost is a fault that `verify` counts.
                (_, None) => true,
                (None, Some(_)) => false,
            };
            if !fits {
                return Err(format!("the label of edge {at} has {size:?}"));
            }
        }
        Ok(())
    });
}

#[test]
fn the_same_graph_is_drawn_the_same() {
    hold(25, Sizes::Odd, |case| {
        if case.draw() == case.draw() {
            Ok(())
        } else {
            Err("two drawings of one graph".to_owned())
        }
    });
}

/// How far the boxes of a graph move, on average, when one box with one edge is added; as a share of the drawing's diagonal.
fn moved(case: &Case, at: u16) -> Option<f64> {
    let count = u16::try_from(case.graph.nodes.len())
        .ok()
        .filter(|count| *count > 1)?;
    let old = case.draw();
    let mut more = case.clone();
    let friend = NodeId(u32::from(at % count));
    let parent = more.graph.nodes[friend.index()].parent;
    let added = NodeId(u32::from(count));
    more.graph.nodes.push(Node {
        parent,
        shape: Shape::Leaf(Size::new(100.0, 40.0)),
        likeness: None,
    });
    more.graph.edges.push(Edge {
        from: friend,
        to: added,
        label: None,
        style: Some(0),
        weight: 1,
    });
    let new = more.draw();
    let pairs = old.boxes.iter().zip(&new.boxes);
    let way: f64 = pairs
        .map(|(old, new)| (new.center() - old.center()).hypot2().sqrt())
        .sum();
    let diagonal = old.size.to_vec2().hypot2().sqrt();
    Some(way / f64::from(count) / diagonal.max(1.0))
}

#[test]
fn one_more_box_moves_the_rest_little() {
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[3; 32]));
    let strategy = (any_case(30, Sizes::Usual), any::<u16>());
    let mut shares = Vec::new();
    for _ in 0..cases() / 2 {
        let (case, at) = strategy.new_tree(&mut runner).unwrap().current();
        shares.extend(moved(&case, at));
    }
    shares.sort_by(f64::total_cmp);
    let mean = shares.iter().sum::<f64>() / shares.len() as f64;
    let median = shares[shares.len() / 2];
    println!(
        "one more box: mean displacement {:.1} % of the diagonal, median {:.1} %",
        mean * 100.0,
        median * 100.0
    );
    assert!(
        mean < MOVES,
        "boxes move by {:.1} % of the diagonal on average",
        mean * 100.0
    );
}

/// The share of the diagonal by which boxes may move on average. Graphs without structure are the worst case.
const MOVES: f64 = 0.25;

/// A diagram file of random links, with one word for each of its components.
fn diagram(words: &[&str], links: &[(usize, usize)]) -> String {
    let mut text = "components:\n".to_owned();
    for (at, word) in words.iter().enumerate() {
        let _ = writeln!(text, "- {{id: c{at}, label: {word}}}");
    }
    text.push_str("links:\n");
    for (from, to) in links {
        let _ = writeln!(text, "- {{from: c{from}, to: c{to}}}");
    }
    text
}

/// A diagram's JSON.
fn drawn(text: &str, fit: Option<Size>) -> serde_json::Value {
    let mut sources = Sources::default();
    sources.add(Source::new("a.yaml", text));
    let mut options = k8sdiag::Options {
        format: draw::format("json").unwrap(),
        ..k8sdiag::Options::default()
    };
    options.layout.fit = fit;
    let drawing = draw_sources(&sources, &options, &mut ());
    serde_json::from_slice(&drawing.bytes).unwrap()
}

/// Where the parts of a diagram lie: its JSON without words.
fn geometry(text: &str) -> Vec<String> {
    let json = drawn(text, None);
    let parts = ["components", "links"]
        .into_iter()
        .flat_map(|key| json[key].as_array().unwrap());
    parts.map(|part| part["geometry"].to_string()).collect()
}

#[test]
fn renaming_at_equal_width_moves_nothing() {
    // Four letters of one width in most fonts, the one that is drawn included.
    let old = [
        "bdpq", "dbqp", "pqbd", "qpdb", "bbdd", "ddbb", "ppqq", "qqpp",
    ];
    let new = [
        "qpdb", "ppqq", "bdpq", "dbqp", "qqpp", "bbdd", "ddbb", "pqbd",
    ];
    let links = [
        (0, 1),
        (1, 2),
        (2, 0),
        (3, 4),
        (4, 5),
        (0, 5),
        (6, 7),
        (7, 1),
    ];
    let (before, after) = (
        geometry(&diagram(&old, &links)),
        geometry(&diagram(&new, &links)),
    );
    assert!(before.iter().all(|part| part != "null"), "{before:?}");
    assert_eq!(before, after);
}

#[test]
fn numbers_make_no_replicas_of_what_is_linked_this_way_and_that() {
    let links = [
        (0, 1),
        (1, 2),
        (2, 0),
        (3, 4),
        (4, 5),
        (0, 5),
        (6, 7),
        (7, 1),
    ];
    let alike: Vec<String> = (0..8).map(|at| format!("bdpq {at}")).collect();
    let stems = [
        "bdpq", "dbqp", "pqbd", "qpdb", "bbdd", "ddbb", "ppqq", "qqpp",
    ];
    let other: Vec<String> = stems
        .iter()
        .zip(0..)
        .map(|(stem, at): (_, u32)| format!("{stem} {at}"))
        .collect();
    let placed = |names: &[String]| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        geometry(&diagram(&names, &links))
    };
    assert_eq!(placed(&alike), placed(&other));
}

/// Width and height of a diagram's picture.
fn sides(text: &str, fit: Option<Size>) -> (f64, f64) {
    let json = drawn(text, fit);
    let side = |key: &str| json["geometry"][key].as_f64().unwrap();
    (side("width"), side("height"))
}

#[test]
fn labels_at_the_ends_of_groups_take_their_room_and_no_more() {
    let text = "
components:
- {id: api, group: plane}
- {id: agent, group: node}
- {id: proxy, group: node}
- {id: tool}
groups:
- {id: plane}
- {id: node}
links:
- {from: node, to: api, label: connect}
- {from: plane, to: api, label: communicate}
- {from: api, to: agent, label: connections}
- {from: api, to: node, label: connections}
- {from: api, to: agent, label: transmits}
- {from: api, to: node, label: transmits}
- {from: proxy, to: api}
- {from: tool, to: api}
";
    let bare: String = text
        .lines()
        .map(|line| match line.split_once(", label") {
            Some((start, _)) => format!("{start}}}\n"),
            None => format!("{line}\n"),
        })
        .collect();
    let area = |text: &str| {
        let (width, height) = sides(text, None);
        width * height
    };
    let (with, without) = (area(text), area(&bare));
    assert!(with < 4.5 * without, "{with} against {without}");
}

#[test]
fn the_frame_that_was_chosen_is_filled() {
    for count in [8, 20, 50] {
        let words: Vec<String> = (0..count).map(|at| format!("service {at}")).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let links: Vec<(usize, usize)> = (1..count)
            .flat_map(|at| [(at, (at * 7) % at.min(9)), (at, at / 2)])
            .collect();
        let text = diagram(&words, &links);
        for (fit, shape) in [((16.0, 9.0), 16.0 / 9.0), ((4.0, 3.0), 4.0 / 3.0)] {
            let wide = sides(&text, Some(fit.into()));
            let off = wide.0 / wide.1 / shape;
            assert!((0.7..1.4).contains(&off), "{count} for {fit:?}: {wide:?}");
        }
    }
}
