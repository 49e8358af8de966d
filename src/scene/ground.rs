//! Groups become frames, and tell what colour lies under any point of the picture.

use super::icons::{self, Glyph};
use super::measure::{Measured, TITLE, TITLE_LINE};
use super::theme::{Hue, Ink};
use super::{Anchor, Item, Place, Shape, Stroke, Subject, told};
use crate::font::Weight;
use crate::geom::{Point, Rect, Size, Vec2};
use crate::layout::{Layout, Shape as Shaped};
use crate::model::{Architecture, PartId};
use std::collections::BTreeMap;

/// Of the corners of a frame.
const ROUND: f64 = 10.0;
/// How near to its border a point lies on the line of a frame.
const LINE: f64 = 2.0;

/// The frames of a picture, outer ones before inner ones.
pub(super) struct Ground {
    frames: Vec<Frame>,
    cells: Cells,
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
        let mut hues = vec![Hues::default(); nodes.len()];
        for (node, card) in nodes.iter().zip(&measured.cards) {
            if let (Some(parent), Shaped::Leaf(_)) = (node.parent, node.shape) {
                hues[parent.index()].count(card.glyph);
            }
        }
        let mut frames: Vec<Frame> = Vec::new();
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
            });
        }
        let cells = Cells::new(&frames, layout.size);
        Self { frames, cells }
    }

    /// What colour lies under `point`; `None` on the line of a frame.
    pub(super) fn under(&self, point: Point) -> Option<Ink> {
        let mut ink = Ink::Canvas;
        for frame in self.cells.around(point).map(|at| &self.frames[at]) {
            if frame.rect.inflate(LINE, LINE).contains(point) {
                if !frame.rect.inflate(-LINE, -LINE).contains(point) {
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

/// The frames in each cell of a grid, outer ones first: a label looks at the few frames around it.
struct Cells {
    /// Cells in a row, and in a column.
    count: usize,
    cell: Size,
    frames: Vec<Vec<usize>>,
}

impl Cells {
    /// As many cells as frames, more or less, over a picture of this size.
    fn new(frames: &[Frame], size: Size) -> Self {
        let count = frames.len().isqrt() + 1;
        let mut cells = Self {
            count,
            cell: size / count as f64,
            frames: vec![Vec::new(); count * count],
        };
        for (at, frame) in frames.iter().enumerate() {
            let area = frame.rect.inflate(LINE, LINE);
            let (left, top) = cells.place(area.origin());
            let (right, bottom) = cells.place(Point::new(area.x1, area.y1));
            for row in top..=bottom {
                for column in left..=right {
                    cells.frames[row * count + column].push(at);
                }
            }
        }
        cells
    }

    /// The frames in the cell of a point.
    fn around(&self, point: Point) -> impl Iterator<Item = usize> {
        let (column, row) = self.place(point);
        self.frames[row * self.count + column].iter().copied()
    }

    /// Column and row of a point; of what lies outside, those at the edge.
    fn place(&self, point: Point) -> (usize, usize) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "what is out of range is at the edge"
        )]
        let place = |at: f64, cell: f64| ((at / cell) as usize).min(self.count - 1);
        (
            place(point.x, self.cell.width),
            place(point.y, self.cell.height),
        )
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
