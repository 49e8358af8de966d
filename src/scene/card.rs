//! A component becomes a card: its box, the tile with its icon, its name, and what stands after the name.

use super::icons::{Glyph, LOCK as LOCK_SIGN, Outlines};
use super::measure::{
    AFTER, Card, INSET, LABEL, LOCK, Measured, NAME, NAME_LINE, PAD, STACK, TILE, TILE_GAP,
};
use super::theme::{Hue, Ink};
use super::{Anchor, Item, Place, Shape, Stroke, Subject, told};
use crate::font::{Line, Weight};
use crate::geom::{BezPath, Point, Rect, Size, Vec2};
use crate::model::{Architecture, PartId};

/// Of the corners of a card.
const ROUND: f64 = 7.0;
/// Of the corners of a tile.
const TILE_ROUND: f64 = 5.0;
/// Side of an icon on its tile.
const ICON: f64 = 17.0;

/// The component of node `at`, within `outer`.
pub(super) fn card(
    architecture: &Architecture,
    (id, at): (PartId, usize),
    measured: &Measured,
    outer: Rect,
    icons: &mut Outlines,
) -> Item {
    let part = architecture.part(id);
    let component = part.component();
    let stacked = component.is_some_and(|component| component.instances > 1);
    let external = component.is_some_and(|component| component.external);
    let stack = if stacked { 2.0 * STACK } else { 0.0 };
    let front = Rect::new(outer.x0, outer.y0 + stack, outer.x1 - stack, outer.y1);
    let (fill, stroke) = if external {
        let dashed = Stroke {
            ink: Ink::Outside,
            width: 1.2,
            dash: Some((4.0, 3.0)),
            phase: 0.0,
        };
        (Ink::Canvas, dashed)
    } else {
        (Ink::Box, Stroke::solid(Ink::BoxLine, 1.1))
    };
    // Most have a box, a tile, its icon, and their words.
    let mut shapes = Vec::with_capacity(3 + measured.cards[at].lines.len());
    shapes.push(Shape::Rect {
        rect: front,
        radius: ROUND,
        fill: Some(fill),
        stroke: Some(stroke),
    });
    if stacked {
        shapes.extend(
            [1.0, 2.0].map(|card| behind(front + Vec2::new(card * STACK, -card * STACK), stroke)),
        );
    }
    content(&measured.cards[at], (front, external), icons, &mut shapes);
    Item {
        subject: Subject::Component(id, part.id.clone()),
        place: Place::Box(front),
        tooltip: Some(told::of_part(architecture, part)),
        href: told::href(part),
        shapes,
    }
}

/// Icon, name, count and lock, beginning at the left; a lone name stands in the middle.
fn content(
    card: &Card,
    (front, external): (Rect, bool),
    icons: &mut Outlines,
    shapes: &mut Vec<Shape>,
) {
    let middle = front.center();
    let mut left = front.x0 + INSET;
    let alone = card.glyph.is_none() && card.after() == 0.0;
    if let Some(glyph) = card.glyph {
        let hue = if external { Hue::Outside } else { glyph.hue };
        let tile = Rect::from_origin_size((left, middle.y - TILE / 2.0), Size::new(TILE, TILE));
        shapes.push(Shape::Rect {
            rect: tile,
            radius: TILE_ROUND,
            fill: Some(hue.tile()),
            stroke: None,
        });
        shapes.push(Shape::Path {
            data: icons.path(glyph, Rect::from_center_size(tile.center(), (ICON, ICON))),
            fill: None,
            stroke: Some(Stroke::solid(hue.icon(), 1.3)),
        });
        left += TILE + TILE_GAP;
    } else {
        left = front.x0 + PAD;
    }
    let top = middle.y - NAME_LINE * card.lines.len() as f64 / 2.0;
    for (row, line) in card.lines.iter().enumerate() {
        let y = top + NAME_LINE * row as f64 + 13.2;
        shapes.push(if alone {
            text(
                line,
                (Point::new(middle.x, y), Anchor::Middle),
                NAME,
                Ink::Text,
            )
        } else {
            text(line, (Point::new(left, y), Anchor::Start), NAME, Ink::Text)
        });
    }
    // What stands after the name keeps to the right border, where a wider font cannot reach it.
    let mut right = front.x1 - PAD;
    if card.guarded {
        let place = Rect::new(
            right - LOCK,
            middle.y - LOCK / 2.0,
            right,
            middle.y + LOCK / 2.0,
        );
        shapes.push(sign(LOCK_SIGN, place));
        right -= LOCK + AFTER;
    }
    if let Some(count) = &card.count {
        let at = Point::new(right - count.width, middle.y + LABEL * 0.36);
        shapes.push(text(count, (at, Anchor::Start), LABEL, Ink::Muted));
    }
}

/// The sign of a rule.
pub(super) fn sign(glyph: Glyph, place: Rect) -> Shape {
    Shape::Path {
        data: glyph.path(place),
        fill: None,
        stroke: Some(Stroke::solid(Ink::Muted, 1.2)),
    }
}

fn text(line: &Line, (at, anchor): (Point, Anchor), size: f64, ink: Ink) -> Shape {
    Shape::Text {
        text: line.text.clone(),
        at,
        anchor,
        weight: Weight::Regular,
        size,
        ink,
        width: line.width,
    }
}

/// What is seen of a card behind another: its upper and its right edge.
fn behind(card: Rect, stroke: Stroke) -> Shape {
    let mut data = BezPath::new();
    data.move_to((card.x0, card.y0 + STACK - 0.6));
    data.quad_to((card.x0 + 0.4, card.y0), (card.x0 + ROUND, card.y0));
    data.line_to((card.x1 - ROUND, card.y0));
    data.quad_to((card.x1, card.y0), (card.x1, card.y0 + ROUND));
    data.line_to((card.x1, card.y1 - ROUND));
    data.quad_to((card.x1, card.y1 - 0.4), (card.x1 - STACK + 0.6, card.y1));
    Shape::Path {
        data,
        fill: None,
        stroke: Some(stroke),
    }
}
