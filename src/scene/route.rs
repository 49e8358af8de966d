//! Routes become paths with round corners, and their ends become arrowheads that touch the boxes.

use crate::geom::{BezPath, ParamCurve, Point, QuadBez, Rect, Route, Size, Vec2};

/// Of a corner, px; less where a stretch is short.
const RADIUS: f64 = 7.0;
/// Length of an arrowhead.
const HEAD: f64 = 8.0;
/// Half of its width.
const HALF: f64 = 3.6;
/// Half the length of the gap in a line that another one crosses.
const GAP: f64 = 4.5;
/// Half the width of such a gap: a little more than a line.
const GAP_HALF: f64 = 1.2;
/// A gap nearer to a corner or an end than this would look like a broken line.
const NEAR: f64 = 14.0;
/// What lies nearer together than this lies on one line.
const EXACT: f64 = 1e-6;
/// Of more links nobody can tell crossings apart, and gaps only cost.
const LINKS: usize = 1500;
/// How far a line reaches into its arrowhead, so that no gap shows.
const INTO: f64 = 1.5;

/// Chords of a corner of a line that shares a stretch with others: nobody sees that they are none of a curve.
const CHORDS: u32 = 6;

/// The line along `route`, with round corners, that leaves room for heads at its ends.
///
/// Viewers make chords of a curve, each in its own way. A line that is `joined` with others has them already: on the stretch that they
/// share, all are exactly one.
pub(super) fn line(route: &Route, (start, end): (bool, bool), joined: bool) -> BezPath {
    let mut points = route.points.clone();
    if start {
        shorten(&mut points);
    }
    if end {
        points.reverse();
        shorten(&mut points);
        points.reverse();
    }
    // A corner takes two elements.
    let mut path = BezPath::with_capacity(2 * points.len());
    let Some(first) = points.first() else {
        return path;
    };
    path.move_to(*first);
    for window in points.windows(3) {
        let (before, corner, after) = (window[0], window[1], window[2]);
        let (to, from) = (before - corner, after - corner);
        let radius = RADIUS.min(length(to) / 2.0).min(length(from) / 2.0);
        if radius < 0.5 {
            path.line_to(corner);
        } else {
            path.line_to(corner + unit(to) * radius);
            let last = corner + unit(from) * radius;
            if joined {
                let curve = QuadBez::new(corner + unit(to) * radius, corner, last);
                for step in 1..CHORDS {
                    path.line_to(curve.eval(f64::from(step) / f64::from(CHORDS)));
                }
                path.line_to(last);
            } else {
                path.quad_to(corner, last);
            }
        }
    }
    if let Some(last) = points.last() {
        path.line_to(*last);
    }
    path
}

/// The head at the end of `route`; `None` where there is no direction to point in.
pub(super) fn head(route: &Route) -> Option<BezPath> {
    let (before, tip) = match route.points.as_slice() {
        [.., before, tip] => (*before, *tip),
        _ => return None,
    };
    let along = unit(tip - before);
    if along == Vec2::ZERO {
        return None;
    }
    let size = HEAD.min(length(tip - before)) / HEAD;
    let base = tip - along * (HEAD * size);
    let side = Vec2::new(-along.y, along.x) * (HALF * size);
    let mut path = BezPath::new();
    path.move_to(tip);
    path.line_to(base + side);
    path.line_to(base - side);
    path.close_path();
    Some(path)
}

/// Takes the room of a head off the first stretch, never more than all but a pixel of it.
fn shorten(points: &mut [Point]) {
    if let [first, second, ..] = points {
        let along = *second - *first;
        let by = (HEAD - INTO).min(length(along) - 1.0).max(0.0);
        *first += unit(along) * by;
    }
}

/// For each way, what it covers of the lines that it crosses and that are drawn before it: so one sees which line goes on straight.
pub(super) fn gaps(ways: &[Route]) -> Vec<Vec<Rect>> {
    let mut gaps = vec![Vec::new(); ways.len()];
    if ways.len() > LINKS {
        return gaps;
    }
    let (mut flat, mut steep) = (Vec::new(), Vec::new());
    for (way, route) in ways.iter().enumerate() {
        for (a, b) in route.segments() {
            let along = b - a;
            if along.y.abs() < EXACT {
                flat.push((a.y, a.x.min(b.x), a.x.max(b.x), way));
            } else if along.x.abs() < EXACT {
                steep.push((a.x, a.y.min(b.y), a.y.max(b.y), way));
            }
        }
    }
    flat.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (x, top, bottom, way) in steep {
        let first = flat.partition_point(|line| line.0 <= top);
        let crossed = flat[first..].iter().take_while(|line| line.0 < bottom);
        for &(y, left, right, other) in crossed {
            if other == way || x <= left || x >= right {
                continue;
            }
            // The later of the two is drawn above; the gap is in the earlier one, along it.
            let (along, room) = if other < way {
                (Size::new(GAP, GAP_HALF), (x - left).min(right - x))
            } else {
                (Size::new(GAP_HALF, GAP), (y - top).min(bottom - y))
            };
            if room > NEAR {
                gaps[way.max(other)].push(Rect::from_center_size((x, y), along * 2.0));
            }
        }
    }
    gaps
}

fn length(vector: Vec2) -> f64 {
    (vector.x * vector.x + vector.y * vector.y).sqrt()
}

fn unit(vector: Vec2) -> Vec2 {
    let length = length(vector);
    if length > 0.0 {
        vector / length
    } else {
        Vec2::ZERO
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::PathEl;

    fn route(points: &[(f64, f64)]) -> Route {
        Route::new(points.iter().map(|point| Point::from(*point)).collect())
    }

    #[test]
    fn a_head_touches_the_end_and_the_line_stops_within_it() {
        let route = route(&[(0.0, 0.0), (0.0, 50.0)]);
        let head = head(&route).unwrap();
        assert_eq!(head.elements()[0], PathEl::MoveTo(Point::new(0.0, 50.0)));
        let line = line(&route, (false, true), false);
        assert_eq!(
            line.elements().last(),
            Some(&PathEl::LineTo(Point::new(0.0, 43.5)))
        );
    }

    #[test]
    fn a_joined_line_turns_on_chords_that_lie_on_the_curve() {
        let route = route(&[(0.0, 0.0), (0.0, 50.0), (50.0, 50.0)]);
        let (round, chords) = (
            line(&route, (false, false), false),
            line(&route, (false, false), true),
        );
        assert!(
            chords
                .elements()
                .iter()
                .all(|el| !matches!(el, PathEl::QuadTo(..)))
        );
        let (curve, flat) = (crate::geom::length(&round), crate::geom::length(&chords));
        assert!((curve - flat).abs() < 0.1, "{curve} {flat}");
    }

    #[test]
    fn corners_are_round_and_no_rounder_than_there_is_room() {
        let wide = line(
            &route(&[(0.0, 0.0), (0.0, 50.0), (50.0, 50.0)]),
            (false, false),
            false,
        );
        assert_eq!(wide.elements()[1], PathEl::LineTo(Point::new(0.0, 43.0)));
        let tight = line(
            &route(&[(0.0, 0.0), (0.0, 50.0), (4.0, 50.0), (4.0, 90.0)]),
            (false, false),
            false,
        );
        assert_eq!(tight.elements()[1], PathEl::LineTo(Point::new(0.0, 48.0)));
    }

    #[test]
    fn the_line_above_leaves_a_gap_in_the_one_below() {
        let level = route(&[(0.0, 20.0), (40.0, 20.0)]);
        let upright = route(&[(20.0, 0.0), (20.0, 40.0)]);
        let both = gaps(&[level.clone(), upright.clone()]);
        assert_eq!(both[0], []);
        assert_eq!(both[1], [Rect::new(15.5, 18.8, 24.5, 21.2)]);
        let turned = gaps(&[upright, level]);
        assert_eq!(turned[1], [Rect::new(18.8, 15.5, 21.2, 24.5)]);
        // Near a corner there is none, and a line that only ends there does not cross.
        let corner = route(&[(8.0, 40.0), (8.0, 20.0), (60.0, 20.0)]);
        let beside = route(&[(20.0, 0.0), (20.0, 40.0)]);
        assert_eq!(gaps(&[corner.clone(), beside])[1], []);
        let ends = route(&[(40.0, 0.0), (40.0, 20.0)]);
        assert_eq!(gaps(&[corner, ends])[1], []);
    }

    #[test]
    fn a_route_without_length_has_no_head() {
        assert_eq!(head(&route(&[(1.0, 1.0), (1.0, 1.0)])), None);
        assert_eq!(head(&Route::default()), None);
    }
}
