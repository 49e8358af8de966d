//! What placement hands to routing: a rectangle for every node, and no edge drawn yet.

use crate::geom::{Rect, Size};

/// Where the boxes and frames of a [`Graph`](super::Graph) stand, before the edges are routed.
///
/// Frames lie around what they hold, with padding and with the title's room above; siblings do not touch. The gaps are an
/// estimate of what must pass there: routing may widen them, keeping the relative order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Placed {
    /// One a node: its box, or its frame.
    pub boxes: Vec<Rect>,
    /// One a node: the place of a group's title words; `None` for a box and for a group without a title.
    pub titles: Vec<Option<Rect>>,
    /// Size of the whole: every rectangle lies within `(0, 0)` and this.
    pub size: Size,
}
