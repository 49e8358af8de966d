//! The picture ends where what is drawn ends: room at its edges that nothing came to need is cut off.

use crate::geom::{Rect, Size, Vec2};
use crate::layout::graph::Layout;

/// Moves everything to the origin, and gives `layout` the size of what it holds.
pub(super) fn crop(layout: &mut Layout) {
    let rects = || {
        let words = layout.titles.iter().chain(&layout.labels).flatten();
        layout.boxes.iter().chain(words).copied()
    };
    let points = layout.routes.iter().flat_map(|route| &route.points);
    let all = rects()
        .chain(points.map(|point| Rect::from_points(*point, *point)))
        .reduce(|a, b| a.union(b));
    let Some(all) = all else {
        return;
    };
    layout.size = Size::new(all.width(), all.height());
    let shift = -all.origin().to_vec2();
    if shift == Vec2::ZERO {
        return;
    }
    let words = layout.titles.iter_mut().chain(&mut layout.labels).flatten();
    for place in layout.boxes.iter_mut().chain(words) {
        *place = *place + shift;
    }
    for point in layout.routes.iter_mut().flat_map(|route| &mut route.points) {
        *point += shift;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::{Point, Route};

    #[test]
    fn nothing_is_left_at_the_edges_and_all_moves_together() {
        let rect = Rect::new(30.0, 20.0, 90.0, 50.0);
        let mut layout = Layout {
            size: Size::new(200.0, 100.0),
            boxes: vec![rect],
            titles: vec![None],
            routes: vec![Route::new(vec![
                Point::new(60.0, 50.0),
                Point::new(60.0, 70.0),
            ])],
            labels: vec![Some(Rect::new(10.0, 40.0, 28.0, 54.0))],
        };
        crop(&mut layout);
        assert_eq!(layout.size, Size::new(80.0, 50.0));
        assert_eq!(layout.boxes[0], Rect::new(20.0, 0.0, 80.0, 30.0));
        assert_eq!(layout.routes[0].points[1], Point::new(50.0, 50.0));
        assert_eq!(layout.labels[0], Some(Rect::new(0.0, 20.0, 18.0, 34.0)));
    }
}
