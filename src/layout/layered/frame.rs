//! Frames: the room around what a group holds, and the place of its title.

use super::nest::{Nest, Role};
use super::tree::NONE;
use crate::geom::{Point, Rect, Size, Vec2};
use crate::layout::graph::{Graph, Shape};

/// Between a frame and what it holds.
const PAD: f64 = 15.0;
/// Between the frame and its title's words.
const TITLE_INSET: Vec2 = Vec2::new(12.0, 8.0);
/// Between the words and what the group holds.
const TITLE_BELOW: f64 = 8.0;
/// The inside of a group that holds nothing.
const EMPTY: Size = Size::new(48.0, 16.0);

/// The size of a box; groups have none of their own.
pub(super) fn leaf(graph: &Graph, node: u32) -> Size {
    match graph.nodes.get(node as usize).map(|node| node.shape) {
        Some(Shape::Leaf(size)) => sane(size),
        _ => Size::ZERO,
    }
}

/// A size that arithmetic can be done with, whatever the caller measured.
fn sane(size: Size) -> Size {
    let side = |side: f64| {
        if side.is_finite() {
            side.clamp(0.0, 1e6)
        } else {
            0.0
        }
    };
    Size::new(side(size.width), side(size.height))
}

fn title(graph: &Graph, nest: &Nest, place: usize) -> Size {
    let node = nest.node[place];
    match graph.nodes.get(node as usize).map(|node| node.shape) {
        Some(Shape::Group { title, .. }) if node != NONE => sane(title),
        _ => Size::ZERO,
    }
}

/// Where the inside of a group begins, and its outer size, when the inside takes `inner`.
pub(super) fn around(graph: &Graph, nest: &Nest, place: usize, inner: Size) -> (Vec2, Size) {
    if nest.role[place] != Role::Frame {
        return (Vec2::ZERO, inner);
    }
    let inner = if inner == Size::ZERO { EMPTY } else { inner };
    let words = title(graph, nest, place);
    let top = if words.height > 0.0 {
        TITLE_INSET.y + words.height + TITLE_BELOW
    } else {
        PAD
    };
    let outer = Size::new(
        (inner.width + 2.0 * PAD).max(words.width + 2.0 * TITLE_INSET.x),
        top + inner.height + PAD,
    );
    let left = (outer.width - inner.width) / 2.0;
    (Vec2::new(left, top), outer)
}

/// The place of the title's words in a frame that begins at `corner`.
pub(super) fn words(graph: &Graph, nest: &Nest, place: usize, corner: Point) -> Option<Rect> {
    let words = title(graph, nest, place);
    let has = nest.role[place] == Role::Frame && words.width > 0.0 && words.height > 0.0;
    has.then(|| Rect::from_origin_size(corner + TITLE_INSET, words))
}
