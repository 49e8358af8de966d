//! Routes become connectors: `PowerPoint`'s own elbow with its adjustments where it has one of that many bends, else a free line. Both are glued.
//!
//! An elbow is described in a box of its own, which is turned and mirrored into place: there it begins at the top left, runs right, and ends at the bottom right.

use super::shape::Map;
use crate::draw::xml::Xml;
use crate::geom::{Point, Route};

/// Names of the elbows by their bends.
const ELBOWS: [&str; 5] = [
    "straightConnector1",
    "bentConnector2",
    "bentConnector3",
    "bentConnector4",
    "bentConnector5",
];
/// An adjustment is a part of a side: on a shorter one it cannot be told, EMU.
const SHORT: i64 = 3000;

/// Where and how a connector runs, in EMU.
#[derive(Debug, PartialEq)]
pub(super) struct Run {
    /// Left, top, width, height of its box before it is turned.
    bounds: [i64; 4],
    /// A quarter turn to the right.
    turned: bool,
    flip_across: bool,
    flip_down: bool,
    way: Way,
}

#[derive(Debug, PartialEq)]
enum Way {
    /// An elbow, with its adjustments in thousandths of a percent.
    Elbow(&'static str, Vec<i64>),
    /// A line through points of the box.
    Free(Vec<(i64, i64)>),
}

impl Run {
    /// How a connector follows `route`; `None` where there is nothing to follow.
    pub(super) fn along(route: &Route, map: &Map) -> Option<Self> {
        let points = points(route, map);
        if points.len() < 2 {
            return None;
        }
        Some(Self::elbow(&points).unwrap_or_else(|| Self::free(&points)))
    }

    /// An elbow through exactly these points, if there is one.
    fn elbow(points: &[(i64, i64)]) -> Option<Self> {
        let (start, end) = (*points.first()?, *points.last()?);
        let name = *ELBOWS.get(points.len() - 2)?;
        let level = points.get(1)?.1 == start.1;
        let straight = points
            .windows(2)
            .all(|pair| pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1);
        if points.len() == 2 {
            let (x, y) = (start.0.min(end.0), start.1.min(end.1));
            return Some(Self {
                bounds: [x, y, (end.0 - start.0).abs(), (end.1 - start.1).abs()],
                turned: false,
                flip_across: end.0 < start.0,
                flip_down: end.1 < start.1,
                way: Way::Elbow(name, Vec::new()),
            });
        }
        if !straight {
            return None;
        }
        // Turned by a quarter to the right, the box's way right is the slide's way down, and its way down is the slide's way left.
        let local = |point: (i64, i64)| {
            let (x, y) = (point.0 - start.0, point.1 - start.1);
            if level { (x, y) } else { (y, -x) }
        };
        let (across, down) = local(end);
        let (width, height) = (across.abs(), down.abs());
        let mut adjustments = Vec::new();
        for (at, point) in points.iter().enumerate().take(points.len() - 2).skip(1) {
            let (x, y) = local(*point);
            let (part, whole, sign) = if at % 2 == 1 {
                (x, width, across.signum())
            } else {
                (y, height, down.signum())
            };
            if whole < SHORT {
                return None;
            }
            adjustments.push(part * sign * 100_000 / whole);
        }
        let middle = (start.0 + end.0, start.1 + end.1);
        Some(Self {
            bounds: [
                (middle.0 - width) / 2,
                (middle.1 - height) / 2,
                width,
                height,
            ],
            turned: !level,
            flip_across: across < 0,
            flip_down: down < 0,
            way: Way::Elbow(name, adjustments),
        })
    }

    fn free(points: &[(i64, i64)]) -> Self {
        let least = |values: &mut dyn Iterator<Item = i64>| values.min().unwrap_or(0);
        let left = least(&mut points.iter().map(|point| point.0));
        let top = least(&mut points.iter().map(|point| point.1));
        let right = -least(&mut points.iter().map(|point| -point.0));
        let bottom = -least(&mut points.iter().map(|point| -point.1));
        Self {
            bounds: [left, top, right - left, bottom - top],
            turned: false,
            flip_across: false,
            flip_down: false,
            way: Way::Free(points.iter().map(|(x, y)| (x - left, y - top)).collect()),
        }
    }

    /// Whether it has bends.
    pub(super) fn bends(&self) -> bool {
        !matches!(&self.way, Way::Elbow(name, _) if *name == ELBOWS[0])
    }

    /// The same line as a drawing through the same points.
    pub(super) fn drawing(route: &Route, map: &Map) -> Self {
        Self::free(&points(route, map))
    }

    /// Writes place and geometry.
    pub(super) fn write(&self, xml: &mut Xml) {
        let [x, y, width, height] = self.bounds;
        let turn = if self.turned { 5_400_000 } else { 0 };
        let (across, down) = (i32::from(self.flip_across), i32::from(self.flip_down));
        xml.start(
            "a:xfrm",
            &[("rot", &turn), ("flipH", &across), ("flipV", &down)],
        );
        xml.leaf("a:off", &[("x", &x), ("y", &y)]);
        xml.leaf("a:ext", &[("cx", &width), ("cy", &height)]).end();
        match &self.way {
            Way::Elbow(name, adjustments) => {
                xml.start("a:prstGeom", &[("prst", name)]);
                xml.start("a:avLst", &[]);
                for (at, value) in adjustments.iter().enumerate() {
                    let (name, formula) = (format!("adj{}", at + 1), format!("val {value}"));
                    xml.leaf("a:gd", &[("name", &name), ("fmla", &formula)]);
                }
                xml.end().end();
            }
            Way::Free(points) => {
                xml.start("a:custGeom", &[]);
                xml.raw("<a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>");
                xml.raw("<a:rect l=\"0\" t=\"0\" r=\"r\" b=\"b\"/>");
                xml.start("a:pathLst", &[]);
                xml.start(
                    "a:path",
                    &[("w", &width), ("h", &height), ("fill", &"none")],
                );
                for (at, (x, y)) in points.iter().enumerate() {
                    xml.start(if at == 0 { "a:moveTo" } else { "a:lnTo" }, &[]);
                    xml.leaf("a:pt", &[("x", x), ("y", y)]).end();
                }
                xml.end().end().end();
            }
        }
    }
}

/// The ends and the bends of a route, each once.
fn points(route: &Route, map: &Map) -> Vec<(i64, i64)> {
    let mut points: Vec<(i64, i64)> = Vec::new();
    for point in &route.points {
        let next = (map.x(point.x), map.y(point.y));
        if points.last() == Some(&next) {
            continue;
        }
        // A point in the middle of a straight stretch is no bend.
        if let [.., a, b] = points.as_slice()
            && (a.0 == b.0 && b.0 == next.0 || a.1 == b.1 && b.1 == next.1)
        {
            points.pop();
        }
        points.push(next);
    }
    points
}

/// Which side of a box a route begins or ends at, as the number of its connection site: top, left, bottom, right.
pub(super) fn side(rect: crate::geom::Rect, point: Point) -> usize {
    let sides = [
        (point.y - rect.y0).abs(),
        (point.x - rect.x0).abs(),
        (point.y - rect.y1).abs(),
        (point.x - rect.x1).abs(),
    ];
    let nearest = (0..4).min_by(|a, b| sides[*a].total_cmp(&sides[*b]));
    nearest.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(points: &[(f64, f64)]) -> Run {
        let route = Route::new(points.iter().map(|point| Point::from(*point)).collect());
        Run::along(&route, &Map::plain(10_000.0)).unwrap()
    }

    /// The points that a viewer draws for an elbow: the inverse of what this file does, from the standard's presets.
    fn drawn(run: &Run) -> Vec<(i64, i64)> {
        let [x, y, width, height] = run.bounds;
        let Way::Elbow(_, adjustments) = &run.way else {
            panic!("a free line");
        };
        let part = |at: usize, of: i64| adjustments[at] * of / 100_000;
        let local = match adjustments.len() {
            0 => vec![(0, 0), (width, 0), (width, height)],
            1 => vec![
                (0, 0),
                (part(0, width), 0),
                (part(0, width), height),
                (width, height),
            ],
            2 => vec![
                (0, 0),
                (part(0, width), 0),
                (part(0, width), part(1, height)),
                (width, part(1, height)),
                (width, height),
            ],
            _ => vec![
                (0, 0),
                (part(0, width), 0),
                (part(0, width), part(1, height)),
                (part(2, width), part(1, height)),
                (part(2, width), height),
                (width, height),
            ],
        };
        let (middle_x, middle_y) = (x + width / 2, y + height / 2);
        local
            .into_iter()
            .map(|(u, v)| {
                let u = if run.flip_across { width - u } else { u } - width / 2;
                let v = if run.flip_down { height - v } else { v } - height / 2;
                if run.turned {
                    (middle_x - v, middle_y + u)
                } else {
                    (middle_x + u, middle_y + v)
                }
            })
            .collect()
    }

    #[test]
    fn an_elbow_is_drawn_where_the_route_runs() {
        let routes: [&[(f64, f64)]; 8] = [
            &[(0., 0.), (50., 0.), (50., 40.)],
            &[(0., 0.), (0., 50.), (-40., 50.)],
            &[(100., 100.), (60., 100.), (60., 40.), (20., 40.)],
            &[(100., 100.), (100., 60.), (40., 60.), (40., 10.)],
            &[(0., 0.), (0., 20.), (70., 20.), (70., -30.)],
            &[(0., 0.), (-20., 0.), (-20., 60.), (30., 60.), (30., 90.)],
            &[
                (10., 0.),
                (10., 30.),
                (80., 30.),
                (80., 90.),
                (40., 90.),
                (40., 120.),
            ],
            &[
                (0., 0.),
                (30., 0.),
                (30., -50.),
                (-60., -50.),
                (-60., 20.),
                (-90., 20.),
            ],
        ];
        for route in routes {
            let wanted: Vec<(i64, i64)> = route
                .iter()
                .map(|(x, y)| {
                    (
                        super::super::emu(x * 10_000.0),
                        super::super::emu(y * 10_000.0),
                    )
                })
                .collect();
            let drawn = drawn(&run(route));
            assert_eq!(drawn.len(), wanted.len());
            for (a, b) in drawn.iter().zip(&wanted) {
                assert!(
                    (a.0 - b.0).abs() < 50 && (a.1 - b.1).abs() < 50,
                    "{wanted:?}: {drawn:?}"
                );
            }
        }
    }

    #[test]
    fn what_no_elbow_can_follow_is_a_free_line() {
        let spiral = [
            (0., 0.),
            (9., 0.),
            (9., 9.),
            (3., 9.),
            (3., 3.),
            (6., 3.),
            (6., 6.),
        ];
        assert!(matches!(run(&spiral).way, Way::Free(points) if points.len() == 7));
        // Ends exactly above each other: a share of no width cannot be told.
        let bracket = [(0., 0.), (20., 0.), (20., 50.), (0., 50.)];
        assert!(matches!(run(&bracket).way, Way::Free(_)));
        // A point on a straight stretch is no bend.
        assert!(matches!(
            run(&[(0., 0.), (5., 0.), (9., 0.)]).way,
            Way::Elbow("straightConnector1", _)
        ));
    }
}
