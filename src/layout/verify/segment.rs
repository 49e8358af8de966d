//! Straight pieces of routes against boxes and against each other. Exact for any slope, not for orthogonal routes alone.

use crate::geom::{Point, Rect};

/// One straight piece of the route of an edge.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout) struct Segment {
    /// Where it begins.
    pub(in crate::layout) a: Point,
    /// Where it ends.
    pub(in crate::layout) b: Point,
    /// The edge that it belongs to.
    pub(in crate::layout) edge: u32,
}

impl Segment {
    /// Its bounds.
    pub(super) fn bounds(&self) -> Rect {
        Rect::from_points(self.a, self.b)
    }

    /// Its length in px.
    pub(in crate::layout) fn length(&self) -> f64 {
        (self.b - self.a).hypot2().sqrt()
    }

    /// Whether it enters the open rectangle `area` (Liang and Barsky 1984). An empty rectangle cannot be entered.
    pub(in crate::layout) fn cuts(&self, area: Rect) -> bool {
        if !real(area) {
            return false;
        }
        let d = self.b - self.a;
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for (p, q) in [
            (-d.x, self.a.x - area.x0),
            (d.x, area.x1 - self.a.x),
            (-d.y, self.a.y - area.y0),
            (d.y, area.y1 - self.a.y),
        ] {
            if p == 0.0 {
                if q <= 0.0 {
                    return false;
                }
                continue;
            }
            if p < 0.0 {
                enter = enter.max(q / p);
            } else {
                leave = leave.min(q / p);
            }
            if enter >= leave {
                return false;
            }
        }
        true
    }

    /// Where it properly crosses `other`: neither may end on the other.
    pub(in crate::layout) fn crossing(&self, other: &Self) -> Option<Point> {
        let side = |s: &Self, p: Point| (s.b - s.a).cross(p - s.a);
        let (a, b) = (side(self, other.a), side(self, other.b));
        let (c, d) = (side(other, self.a), side(other, self.b));
        (a * b < 0.0 && c * d < 0.0).then(|| other.a + (other.b - other.a) * (a / (a - b)))
    }

    /// How many px of it and of `other` lie on top of each other: at most 1.5 px apart, and for more than 3 px.
    pub(super) fn shared(&self, other: &Self) -> f64 {
        let length = self.length();
        if length < 3.0 || other.length() < 3.0 {
            return 0.0;
        }
        let along = (self.b - self.a) / length;
        let off = |p: Point| along.cross(p - self.a).abs();
        if off(other.a) > 1.5 || off(other.b) > 1.5 {
            return 0.0;
        }
        let (p, q) = (along.dot(other.a - self.a), along.dot(other.b - self.a));
        let shared = length.min(p.max(q)) - p.min(q).max(0.0);
        if shared > 3.0 { shared } else { 0.0 }
    }

    /// Distance in px to a rectangle, zero where they meet.
    pub(super) fn distance(&self, area: Rect) -> f64 {
        if self.cuts(area) {
            return 0.0;
        }
        let d = self.b - self.a;
        let square = d.hypot2();
        let corners = [
            Point::new(area.x0, area.y0),
            Point::new(area.x1, area.y0),
            Point::new(area.x0, area.y1),
            Point::new(area.x1, area.y1),
        ];
        corners
            .into_iter()
            .map(|corner| {
                let t = if square > 0.0 {
                    ((corner - self.a).dot(d) / square).clamp(0.0, 1.0)
                } else {
                    0.0
                };
                (corner - self.a - d * t).hypot2().sqrt()
            })
            .fold(gap(area, self.a).min(gap(area, self.b)), f64::min)
    }

    /// The direction as a number from 0 to 4 that grows with the angle and is whole for the axes. It stands for the angle in
    /// right angles, and needs no arc tangent, which differs between platforms.
    pub(super) fn heading(&self) -> f64 {
        let d = self.b - self.a;
        let slope = d.y / (d.x.abs() + d.y.abs());
        match (d.x < 0.0, d.y < 0.0) {
            (true, _) => 2.0 - slope,
            (false, false) => slope,
            (false, true) => 4.0 + slope,
        }
    }
}

/// Whether a rectangle has an inside.
pub(super) fn real(area: Rect) -> bool {
    area.width() > 0.0 && area.height() > 0.0
}

/// Whether two open rectangles overlap.
pub(super) fn meet(a: Rect, b: Rect) -> bool {
    real(a) && real(b) && a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1
}

/// Whether `outer` holds `inner`, borders included.
pub(super) fn holds(outer: Rect, inner: Rect) -> bool {
    inner.x0 >= outer.x0 && inner.y0 >= outer.y0 && inner.x1 <= outer.x1 && inner.y1 <= outer.y1
}

/// Distance of a point to a rectangle, zero inside.
pub(super) fn gap(area: Rect, p: Point) -> f64 {
    let x = (area.x0 - p.x).max(p.x - area.x1).max(0.0);
    let y = (area.y0 - p.y).max(p.y - area.y1).max(0.0);
    (x * x + y * y).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(a: (f64, f64), b: (f64, f64)) -> Segment {
        Segment {
            a: a.into(),
            b: b.into(),
            edge: 0,
        }
    }

    #[test]
    fn a_border_is_not_inside() {
        let area = Rect::new(0.0, 0.0, 10.0, 10.0);
        assert!(!segment((0.0, -5.0), (0.0, 15.0)).cuts(area));
        assert!(segment((0.1, -5.0), (0.1, 15.0)).cuts(area));
        assert!(segment((-5.0, 4.0), (4.0, -2.0)).cuts(area));
        assert!(!segment((-5.0, 4.0), (2.0, -4.0)).cuts(area));
        assert!(!segment((-5.0, 4.0), (50.0, 4.0)).cuts(Rect::new(0.0, 0.0, 0.0, 9.0)));
    }

    #[test]
    fn only_a_proper_crossing_counts() {
        let across = segment((0.0, 5.0), (10.0, 5.0));
        let crossed = across.crossing(&segment((4.0, 0.0), (4.0, 10.0)));
        assert_eq!(crossed, Some(Point::new(4.0, 5.0)));
        assert_eq!(across.crossing(&segment((4.0, 5.0), (4.0, 10.0))), None);
        assert_eq!(across.crossing(&segment((2.0, 5.0), (9.0, 5.0))), None);
    }

    #[test]
    fn sharing_needs_closeness_and_length() {
        let across = segment((0.0, 5.0), (10.0, 5.0));
        let px = |other| across.shared(&other);
        assert!((px(segment((4.0, 6.0), (20.0, 6.0))) - 6.0).abs() < 1e-9);
        assert!(px(segment((4.0, 7.0), (20.0, 7.0))) == 0.0);
        assert!(px(segment((8.0, 5.0), (20.0, 5.0))) == 0.0);
    }

    #[test]
    fn distance_is_to_the_nearest_place() {
        let area = Rect::new(10.0, 10.0, 20.0, 20.0);
        let px = |a, b| segment(a, b).distance(area);
        assert!((px((0.0, 0.0), (0.0, 30.0)) - 10.0).abs() < 1e-9);
        assert!((px((7.0, 6.0), (7.0, 0.0)) - 5.0).abs() < 1e-9);
        assert!(px((0.0, 0.0), (15.0, 15.0)) == 0.0);
    }

    #[test]
    fn headings_are_right_angles() {
        let heading = |x, y| segment((0.0, 0.0), (x, y)).heading();
        let axes = [(5.0, 0.0), (0.0, 5.0), (-5.0, 0.0), (0.0, -5.0)];
        for ((x, y), expected) in axes.into_iter().zip([0.0, 1.0, 2.0, 3.0]) {
            assert!((heading(x, y) - expected).abs() < 1e-9);
        }
        assert!((heading(3.0, 3.0) - 0.5).abs() < 1e-9);
    }
}
