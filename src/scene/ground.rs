//! Groups become frames, and tell what colour lies under any point of the picture.

use super::icons;
use super::measure::{Measured, TITLE, TITLE_LINE};
use super::theme::{Hue, Ink};
use super::{Anchor, Item, Place, Shape, Stroke, Subject, told};
use crate::font::Weight;
use crate::geom::{Point, Rect, Vec2};
use crate::layout::Layout;
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
        let mut frames = Vec::new();
        for (node, id) in measured.parts.iter().enumerate() {
            depth[node] = nodes[node]
                .parent
                .map_or(0, |parent| depth[parent.index()] + 1);
            if !architecture.part(*id).is_group() {
                continue;
            }
            let plain = if depth[node].is_multiple_of(2) {
                Ink::Frame
            } else {
                Ink::FrameOdd
            };
            let (fill, line) = hue(architecture, *id)
                .and_then(Hue::frame)
                .unwrap_or((plain, Ink::FrameLine));
            frames.push(Frame {
                id: *id,
                node,
                rect: layout.boxes[node] + shift,
                fill,
                line,
            });
        }
        Self { frames }
    }

    /// What colour lies under `point`; `None` on the line of a frame.
    pub(super) fn under(&self, point: Point) -> Option<Ink> {
        let mut ink = Ink::Canvas;
        for frame in &self.frames {
            if frame.rect.inflate(2.0, 2.0).contains(point) {
                if !frame.rect.inflate(-2.0, -2.0).contains(point) {
                    return None;
                }
                ink = frame.fill;
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
    let mut count = 0;
    let mut hues: BTreeMap<Hue, usize> = BTreeMap::new();
    for child in architecture.children(Some(group)) {
        let part = architecture.part(*child);
        if let Some(component) = part.component() {
            count += 1;
            if let Some(glyph) = icons::of(part, component) {
                *hues.entry(glyph.hue).or_default() += 1;
            }
        }
    }
    hues.into_iter()
        .find(|(_, of)| count >= 2 && 3 * of >= 2 * count)
        .map(|(hue, _)| hue)
}
