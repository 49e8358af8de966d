//! Geometry in user units (px): `x` grows to the right, `y` grows downwards.
//!
//! Points, sizes and rectangles are kurbo's; what is our own is the [`Route`], an orthogonal polyline.

pub use kurbo::{Affine, BezPath, CubicBez, ParamCurve, PathEl, Point, QuadBez, Rect, Size, Vec2};

/// The polyline that a link is drawn along, from the border of its source to the border of its target.
///
/// Consecutive points differ, and in an orthogonal layout they share `x` or `y`. A route has at least two points, or none
/// where a link could not be drawn at all.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Route {
    /// The ends and the bends between them, in px.
    pub points: Vec<Point>,
}

impl Route {
    /// A route through `points`, as they are.
    pub fn new(points: Vec<Point>) -> Self {
        Self { points }
    }

    /// The straight pieces, in the order of travel.
    pub fn segments(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        self.points.windows(2).map(|pair| (pair[0], pair[1]))
    }

    /// Length in px, measured along axes (exact for an orthogonal route).
    pub fn length(&self) -> f64 {
        self.segments()
            .map(|(a, b)| (b.x - a.x).abs() + (b.y - a.y).abs())
            .sum()
    }

    /// How many points are neither the first nor the last.
    pub fn bends(&self) -> usize {
        self.points.len().saturating_sub(2)
    }

    /// The same way, travelled from its end to its start.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self {
            points: self.points.iter().rev().copied().collect(),
        }
    }
}

/// The smallest rectangle around a path.
pub fn bounds(path: &BezPath) -> Rect {
    kurbo::Shape::bounding_box(path)
}

/// How long a path is.
pub fn length(path: &BezPath) -> f64 {
    kurbo::Shape::perimeter(path, 0.01)
}

/// The outline of a rectangle with round corners. Each corner is one cubic (no arc: arcs need trigonometry, whose last digit differs between platforms).
pub fn rounded(rect: Rect, radius: f64) -> BezPath {
    /// How far the handles of a cubic stand from the corner's ends, in parts of the radius.
    const HANDLE: f64 = 0.552_284_75;
    let radius = radius
        .min(rect.width() / 2.0)
        .min(rect.height() / 2.0)
        .max(0.0);
    let bend = radius * (1.0 - HANDLE);
    let mut path = BezPath::new();
    path.move_to((rect.x0 + radius, rect.y0));
    let sides = [
        ((rect.x1, rect.y0), (-1.0, 0.0), (0.0, 1.0)),
        ((rect.x1, rect.y1), (0.0, -1.0), (-1.0, 0.0)),
        ((rect.x0, rect.y1), (1.0, 0.0), (0.0, -1.0)),
        ((rect.x0, rect.y0), (0.0, 1.0), (1.0, 0.0)),
    ];
    for (corner, before, after) in sides {
        let (corner, before, after) = (Point::from(corner), Vec2::from(before), Vec2::from(after));
        path.line_to(corner + before * radius);
        if radius > 0.0 {
            path.curve_to(
                corner + before * bend,
                corner + after * bend,
                corner + after * radius,
            );
        }
    }
    path.close_path();
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_knows_its_length_and_bends() {
        let route = Route::new(vec![
            Point::new(0.0, 0.0),
            Point::new(0.0, 10.0),
            Point::new(5.0, 10.0),
        ]);
        assert!((route.length() - 15.0).abs() < f64::EPSILON);
        assert_eq!(route.bends(), 1);
        assert_eq!(route.reversed().points[0], Point::new(5.0, 10.0));
    }
}
