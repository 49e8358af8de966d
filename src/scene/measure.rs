//! An architecture becomes boxes with sizes: what the layout needs to know, and what belongs to each box when it comes back.

use super::icons::{self, Glyph};
use super::words::shown;
use crate::font::{Fonts, Line, Weight, wrap};
use crate::geom::Size;
use crate::layout::{Direction, Edge, Graph, Node, NodeId, Shape};
use crate::model::{Architecture, Arrow, Basis, Body, Flow, Link, LinkId, Part, PartId};
use std::collections::{BTreeMap, BTreeSet};

/// Text of component names, px.
pub(super) const NAME: f64 = 13.0;
/// From one line of a name to the next.
pub(super) const NAME_LINE: f64 = 17.0;
/// Text of group titles.
pub(super) const TITLE: f64 = 12.5;
/// From one line of a title to the next.
pub(super) const TITLE_LINE: f64 = 17.0;
/// Text of labels.
pub(super) const LABEL: f64 = 12.0;
/// From one line of a label to the next; the face's own ascent and descent are 1.362 of its size.
pub(super) const LABEL_LINE: f64 = 16.5;
/// Air around the words of a label, so that no line touches them.
pub(super) const LABEL_AIR: Size = Size::new(3.0, 1.0);
/// Side of the tile behind an icon.
pub(super) const TILE: f64 = 24.0;
/// Between the border of a component and its tile.
pub(super) const INSET: f64 = 8.0;
/// Between the tile and the name.
pub(super) const TILE_GAP: f64 = 9.0;
/// Left and right of a name that has no icon, and right of one that has.
pub(super) const PAD: f64 = 12.0;
/// Side of the lock on what a rule guards.
pub(super) const LOCK: f64 = 13.0;
/// Between a name and what stands after it.
pub(super) const AFTER: f64 = 7.0;
/// How far the cards behind a stack stand out.
pub(super) const STACK: f64 = 3.5;
/// Diameter of the badge with a step's number.
pub(super) const BADGE: f64 = 16.0;

/// Names are wrapped when they are wider, px.
const NAME_LIMIT: f64 = 190.0;
const TITLE_LIMIT: f64 = 320.0;
const LABEL_LIMIT: f64 = 130.0;
/// A longer name ends in an ellipsis and stands whole in the tooltip.
const LINES: usize = 8;
/// The smallest component.
const SMALLEST: Size = Size::new(72.0, 40.0);
/// Above and below a name, together.
const ABOVE_BELOW: f64 = 20.0;
/// Of the measured width: room for a viewer that has none of our fonts and takes a wider one.
const SLACK: f64 = 1.03;
/// Neighbours that are nearly as wide as the widest become as wide: a column of equal boxes is calmer than a ragged one.
const NEARLY: f64 = 0.8;

/// An architecture, measured: the graph for the layout, and what belongs to its nodes and edges.
#[derive(Debug, Clone)]
pub struct Measured {
    /// For the layout.
    pub graph: Graph,
    /// The part of each node.
    pub(super) parts: Vec<PartId>,
    /// What each node shows.
    pub(super) cards: Vec<Card>,
    /// The link of each edge.
    pub(super) links: Vec<LinkId>,
    /// The lines of each edge's label.
    pub(super) labels: Vec<Vec<Line>>,
}

/// What a component or the title of a group shows.
#[derive(Debug, Clone, Default)]
pub(super) struct Card {
    /// The name.
    pub(super) lines: Vec<Line>,
    /// The icon.
    pub(super) glyph: Option<Glyph>,
    /// How many of it run, where that is said: `×3`.
    pub(super) count: Option<Line>,
    /// Whether a rule guards it.
    pub(super) guarded: bool,
}

impl Card {
    /// Width of the widest line of the name.
    pub(super) fn words(&self) -> f64 {
        widest(&self.lines)
    }

    /// Width of what stands after the name.
    pub(super) fn after(&self) -> f64 {
        let lock = if self.guarded { LOCK + AFTER } else { 0.0 };
        let count = self.count.as_ref().map_or(0.0, |line| line.width + AFTER);
        lock + count
    }

    /// From the left border to the name.
    pub(super) fn before(&self) -> f64 {
        if self.glyph.is_some() {
            INSET + TILE + TILE_GAP
        } else {
            PAD
        }
    }

    fn size(&self) -> Size {
        let width = self.before() + self.words() * SLACK + self.after() + PAD;
        let height = NAME_LINE * self.lines.len() as f64 + ABOVE_BELOW;
        Size::new(
            width.ceil().max(SMALLEST.width),
            height.max(SMALLEST.height),
        )
    }
}

/// Measures what `architecture` shows.
pub fn measure(architecture: &Architecture, fonts: &mut Fonts) -> Measured {
    let parts = architecture.preorder();
    let mut node_of = vec![NodeId(0); parts.len()];
    for (at, part) in (0_u32..).zip(&parts) {
        node_of[part.index()] = NodeId(at);
    }
    let mut measured = Measured {
        graph: Graph::default(),
        cards: Vec::with_capacity(parts.len()),
        links: Vec::with_capacity(architecture.link_count()),
        labels: Vec::with_capacity(architecture.link_count()),
        parts,
    };
    let mut classes = BTreeMap::new();
    let guarded: BTreeSet<PartId> = architecture
        .rules
        .iter()
        .filter_map(super::legend::guarded)
        .collect();
    for at in 0..measured.parts.len() {
        let part = architecture.part(measured.parts[at]);
        let likeness = likeness(part, &mut classes);
        let (shape, card) = shape(part, guarded.contains(&measured.parts[at]), fonts);
        let parent = part.parent.map(|parent| node_of[parent.index()]);
        measured.graph.nodes.push(Node {
            parent,
            shape,
            likeness,
        });
        measured.cards.push(card);
    }
    even(&mut measured.graph);
    for at in 0..measured.parts.len() {
        let component = architecture.part(measured.parts[at]).component();
        if let (Shape::Leaf(size), true) = (
            &mut measured.graph.nodes[at].shape,
            component.is_some_and(|component| component.instances > 1),
        ) {
            *size += Size::new(2.0 * STACK, 2.0 * STACK);
        }
    }
    for (id, from, to, link) in architecture.links() {
        let lines = match &link.label {
            Some(label) => wrap(
                fonts,
                &shown(label),
                (Weight::Regular, LABEL),
                LABEL_LIMIT,
                LINES,
            ),
            None => Vec::new(),
        };
        let label = label_size(&lines, link.step.is_some());
        let (from, to) = (node_of[from.index()], node_of[to.index()]);
        measured.graph.edges.push(Edge {
            from,
            to,
            label,
            style: style(link),
            weight: 1,
        });
        measured.links.push(id);
        measured.labels.push(lines);
    }
    measured
}

/// Which links look alike enough to share a stretch of line: not those with two heads, which would seem to belong to all.
fn style(link: &Link) -> Option<u32> {
    match (link.arrow, link.basis) {
        (Arrow::Both, _) => None,
        (Arrow::None, Basis::Known) => Some(0),
        (Arrow::None, _) => Some(1),
        (_, Basis::Known) => Some(2),
        (_, _) => Some(3),
    }
}

fn widest(lines: &[Line]) -> f64 {
    lines
        .iter()
        .fold(0.0, |width: f64, line| width.max(line.width))
}

fn shape(part: &Part, guarded: bool, fonts: &mut Fonts) -> (Shape, Card) {
    let label = shown(&part.label);
    match &part.body {
        Body::Group(group) => {
            let lines = wrap(fonts, &label, (Weight::Bold, TITLE), TITLE_LIMIT, LINES);
            let height = TITLE_LINE * lines.len() as f64;
            let title = Size::new((widest(&lines) * SLACK).ceil(), height);
            let direction = group.direction.map(direction);
            let card = Card {
                lines,
                ..Card::default()
            };
            (Shape::Group { title, direction }, card)
        }
        Body::Component(component) => {
            let lines = wrap(fonts, &label, (Weight::Regular, NAME), NAME_LIMIT, LINES);
            let count = (component.instances > 1).then(|| {
                let text = format!("×{}", component.instances);
                let width = fonts.width(&text, Weight::Regular, LABEL);
                Line { text, width }
            });
            let card = Card {
                lines,
                glyph: icons::of(part, component),
                count,
                guarded,
            };
            (Shape::Leaf(card.size()), card)
        }
    }
}

/// Makes siblings that are nearly equally wide equally wide.
fn even(graph: &mut Graph) {
    let mut rows: BTreeMap<Option<NodeId>, Vec<usize>> = BTreeMap::new();
    for (at, node) in graph.nodes.iter().enumerate() {
        if matches!(node.shape, Shape::Leaf(_)) {
            rows.entry(node.parent).or_default().push(at);
        }
    }
    let width = |graph: &Graph, at: usize| match graph.nodes[at].shape {
        Shape::Leaf(size) => size.width,
        Shape::Group { .. } => 0.0,
    };
    for row in rows.values_mut() {
        row.sort_by(|a, b| width(graph, *b).total_cmp(&width(graph, *a)));
        let mut most = 0.0;
        for at in row.iter() {
            if let Shape::Leaf(size) = &mut graph.nodes[*at].shape {
                if size.width < most * NEARLY {
                    most = size.width;
                }
                most = f64::max(most, size.width);
                size.width = most;
            }
        }
    }
}

/// The room of a label: its words, and before them the badge of its step.
fn label_size(lines: &[Line], step: bool) -> Option<Size> {
    let badge = match (step, lines.is_empty()) {
        (false, true) => return None,
        (false, false) => 0.0,
        (true, true) => BADGE,
        (true, false) => BADGE + 4.0,
    };
    let words = if lines.is_empty() {
        0.0
    } else {
        widest(lines) * SLACK
    };
    let height = (LABEL_LINE * lines.len() as f64).max(if step { BADGE } else { 0.0 });
    Some(Size::new(
        (words + badge + 2.0 * LABEL_AIR.width).ceil(),
        height + 2.0 * LABEL_AIR.height,
    ))
}

/// The class of parts that are replicas of each other: same kind, same role, same name but for the number at its end.
fn likeness(
    part: &Part,
    classes: &mut BTreeMap<(bool, Option<String>, String), u32>,
) -> Option<u32> {
    let stem = part.label.trim_end_matches(|last: char| {
        last.is_numeric() || matches!(last, '-' | '_' | ' ' | '.' | '#')
    });
    if stem.is_empty() {
        return None;
    }
    let role = part
        .component()
        .and_then(|component| component.role.clone());
    let next = u32::try_from(classes.len()).unwrap_or(u32::MAX);
    Some(
        *classes
            .entry((part.is_group(), role, stem.to_lowercase()))
            .or_insert(next),
    )
}

/// The layout's word for the way that an author chose.
pub fn direction(flow: Flow) -> Direction {
    match flow {
        Flow::Down => Direction::Down,
        Flow::Right => Direction::Right,
        Flow::Up => Direction::Up,
        Flow::Left => Direction::Left,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Component;

    fn architecture(parts: &[(&str, u32)], links: &[(usize, usize, &str)]) -> Architecture {
        let mut architecture = Architecture::new();
        let ids: Vec<PartId> = parts
            .iter()
            .map(|(label, instances)| {
                let body = Body::Component(Component {
                    instances: *instances,
                    ..Component::default()
                });
                let part = Part {
                    id: format!("id-{label}").into(),
                    label: (*label).to_owned(),
                    parent: None,
                    aliases: Vec::new(),
                    description: Vec::new(),
                    href: None,
                    evidence: Vec::new(),
                    introduced: true,
                    body,
                };
                architecture.add_part(part).unwrap()
            })
            .collect();
        for (from, to, label) in links {
            let label = Some((*label).to_owned()).filter(|label| !label.is_empty());
            architecture.add_link(
                ids[*from],
                ids[*to],
                Link {
                    label,
                    ..Link::default()
                },
            );
        }
        architecture
    }

    fn size(node: &Node) -> Size {
        match node.shape {
            Shape::Leaf(size) => size,
            Shape::Group { title, .. } => title,
        }
    }

    #[test]
    fn a_longer_name_makes_a_wider_box_until_it_wraps() {
        let long = "a name that nobody can draw in one line of a box in a diagram";
        let measured = measure(
            &architecture(&[("a", 1), ("kube-controller-manager", 1), (long, 1)], &[]),
            &mut Fonts::new(),
        );
        let sizes: Vec<Size> = measured.graph.nodes.iter().map(size).collect();
        assert!(sizes[0].width < sizes[1].width);
        assert!((sizes[0].height - sizes[1].height).abs() < 1e-9);
        assert!(sizes[2].height > sizes[1].height && sizes[2].width < 260.0);
    }

    #[test]
    fn numbered_names_are_alike_and_a_stack_takes_room() {
        let measured = measure(
            &architecture(
                &[("worker-1", 1), ("worker-2", 1), ("etcd", 3), ("7", 1)],
                &[],
            ),
            &mut Fonts::new(),
        );
        let nodes = &measured.graph.nodes;
        assert_eq!(nodes[0].likeness, nodes[1].likeness);
        assert_ne!(nodes[0].likeness, nodes[2].likeness);
        assert_eq!(nodes[3].likeness, None);
        assert!(size(&nodes[2]).height > size(&nodes[0]).height);
    }

    #[test]
    fn neighbours_of_nearly_one_width_get_one_width() {
        let measured = measure(
            &architecture(
                &[("kube-apiserver", 1), ("kube-scheduler", 1), ("b", 1)],
                &[],
            ),
            &mut Fonts::new(),
        );
        let sizes: Vec<Size> = measured.graph.nodes.iter().map(size).collect();
        assert!((sizes[0].width - sizes[1].width).abs() < 1e-9);
        assert!(sizes[2].width < sizes[0].width);
    }

    #[test]
    fn a_link_without_words_asks_for_no_room() {
        let measured = measure(
            &architecture(&[("a", 1), ("b", 1)], &[(0, 1, ""), (0, 1, "reads")]),
            &mut Fonts::new(),
        );
        assert_eq!(measured.graph.edges[0].label, None);
        assert!(
            measured.graph.edges[1]
                .label
                .is_some_and(|label| label.width > 25.0)
        );
    }
}
