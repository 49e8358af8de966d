//! Groups become frames, and tell what colour lies under any point of the picture.

use super::icons::{self, Glyph};
use super::measure::{Measured, TITLE, TITLE_LINE};
use super::theme::{Hue, Ink};
use super::{Anchor, Item, Place, Shape, Stroke, Subject, told};
use crate::font::Weight;
use crate::geom::{Point, Rect, Vec2};
use crate::layout::{Layout, Shape as Shaped};
use crate::model::{Architecture, PartId};
use std::collections::BTreeMap;

/// Of the corners of a frame.
const ROUND: f64 = 10.0;

/// The frames of a picture, outer ones before inner ones.
pub(super) struct Ground {
    frames: Vec<Frame>,
}

struct Frame {
    id: PartId,
    node: usize,
    rect: Rect,
    fill: Ink,
    line: Ink,
    /// The frames after it up to here lie within it.
    end: usize,
}

impl Ground {
    pub(super) fn new(
        architecture: &Architecture,
        measured: &Measured,
        layout: &Layout,
        shift: Vec2,
    ) -> Self {
        let nodes = &measured.graph.nodes;
        let mut depth = vec![0_usize; nodes.len()];
        let mut hues = vec![Hues::default(); nodes.len()];
        for (node, card) in nodes.iter().zip(&measured.cards) {
            if let (Some(parent), Shaped::Leaf(_)) = (node.parent, node.shape) {
                hues[parent.index()].count(card.glyph);
            }
        }
        let mut frames: Vec<Frame> = Vec::new();
        // The frames that are still open, each with its depth.
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (node, id) in measured.parts.iter().enumerate() {
            depth[node] = nodes[node]
                .parent
                .map_or(0, |parent| depth[parent.index()] + 1);
            if !architecture.part(*id).is_group() {
                continue;
            }
            while let Some((frame, _)) = open.pop_if(|(_, around)| *around >= depth[node]) {
                frames[frame].end = frames.len();
            }
            open.push((frames.len(), depth[node]));
            let plain = if depth[node].is_multiple_of(2) {
                Ink::Frame
            } else {
                Ink::FrameOdd
            };
            let (fill, line) = hues[node]
                .most()
                .and_then(Hue::frame)
                .unwrap_or((plain, Ink::FrameLine));
            frames.push(Frame {
                id: *id,
                node,
                rect: layout.boxes[node] + shift,
                fill,
                line,
                end: usize::MAX,
            });
        }
        Self { frames }
    }

    /// What colour lies under `point`; `None` on the line of a frame.
    pub(super) fn under(&self, point: Point) -> Option<Ink> {
        let mut ink = Ink::Canvas;
        let mut at = 0;
        while let Some(frame) = self.frames.get(at) {
            if frame.rect.inflate(2.0, 2.0).contains(point) {
                if !frame.rect.inflate(-2.0, -2.0).contains(point) {
                    return None;
                }
                ink = frame.fill;
                at += 1;
            } else {
                at = frame.end;
            }
        }
        Some(ink)
    }

    /// The frames with their titles, outer ones first.
    pub(super) fn items(
        &self,
        architecture: &Architecture,
        measured: &Measured,
        layout: &Layout,
        shift: Vec2,
    ) -> Vec<Item> {
        let item = |frame: &Frame| {
            let part = architecture.part(frame.id);
            let mut shapes = vec![Shape::Rect {
                rect: frame.rect,
                radius: ROUND,
                fill: Some(frame.fill),
                stroke: Some(Stroke::solid(frame.line, 1.0)),
            }];
            let origin = layout.titles[frame.node].map(|title| title.origin() + shift);
            let lines = measured.cards[frame.node].lines.iter().enumerate();
            for (row, line) in lines {
                let Some(origin) = origin else { break };
                shapes.push(Shape::Text {
                    text: line.text.clone(),
                    at: Point::new(origin.x, origin.y + TITLE_LINE * row as f64 + 13.0),
                    anchor: Anchor::Start,
                    weight: Weight::Bold,
                    size: TITLE,
                    ink: Ink::Title,
                    width: line.width,
                });
            }
            Item {
                subject: Subject::Group(frame.id, part.id.clone()),
                place: Place::Box(frame.rect),
                tooltip: Some(told::of_part(architecture, part)),
                href: told::href(part),
                shapes,
            }
        };
        self.frames.iter().map(item).collect()
    }
}

/// What a group is about: what at least two thirds of the components in it are about, if there are two or more.
pub(super) fn hue(architecture: &Architecture, group: PartId) -> Option<Hue> {
    let mut hues = Hues::default();
    for child in architecture.children(Some(group)) {
        let part = architecture.part(*child);
        if let Some(component) = part.component() {
            hues.count(icons::of(part, component));
        }
    }
    hues.most()
}

/// What the components of a group are about.
#[derive(Clone, Default)]
struct Hues {
    all: usize,
    of: BTreeMap<Hue, usize>,
}

impl Hues {
    fn count(&mut self, glyph: Option<Glyph>) {
        self.all += 1;
        if let Some(glyph) = glyph {
            *self.of.entry(glyph.hue).or_default() += 1;
        }
    }

    /// What most are about.
    fn most(&self) -> Option<Hue> {
        let most = |of: usize| self.all >= 2 && 3 * of >= 2 * self.all;
        self.of
            .iter()
            .find(|(_, of)| most(**of))
            .map(|(hue, _)| *hue)
    }
}
