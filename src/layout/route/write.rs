//! What was decided becomes a layout: rectangles, routes, label places.

use super::channel::{Channels, Spot, zone};
use super::floor::Floors;
use super::ways::{Way, Ways};
use super::{X, Y};
use crate::geom::{Point, Rect, Route, Size};
use crate::layout::graph::{Graph, Layout};

/// Joins everything.
pub(super) fn layout(graph: &Graph, floors: &Floors, ways: &Ways, channels: &Channels) -> Layout {
    let count = graph.nodes.len();
    let rect = |node: usize| {
        Rect::new(
            floors.lo[X][node],
            floors.lo[Y][node],
            floors.hi[X][node],
            floors.hi[Y][node],
        )
    };
    let title = |node: usize| {
        let room = floors.title[node]?;
        let inset = floors.inset[node];
        let origin = Point::new(floors.lo[X][node] + inset[0], floors.lo[Y][node] + inset[1]);
        Some(Rect::from_origin_size(
            origin,
            Size::new(room[0], room[1] - inset[1]),
        ))
    };
    let mut layout = Layout {
        size: Size::new(floors.hi[X][count], floors.hi[Y][count]),
        boxes: (0..count).map(rect).collect(),
        titles: (0..count).map(title).collect(),
        routes: vec![Route::default(); graph.edges.len()],
        labels: vec![None; graph.edges.len()],
    };
    for (way, spot) in ways.list.iter().zip(&channels.labels) {
        let route = route(floors, ways, way);
        for (edge, reversed) in &way.edges {
            layout.routes[*edge as usize] = if *reversed {
                route.reversed()
            } else {
                route.clone()
            };
        }
        if let (Some(spot), Some(size)) = (spot, way.label) {
            let Some(middle) = middle(floors, ways, channels, way, spot) else {
                continue;
            };
            let mut top = middle.y - size.height / 2.0;
            for (edge, _) in &way.edges {
                if let Some(own) = graph.edges[*edge as usize].label {
                    // Of labels one above the other, each stands at its line.
                    let aside = (size.width - own.width) / 2.0;
                    let aside = if way.edges.len() > 1 && channels.list[spot.channel].axis == Y {
                        -aside * spot.offset.signum()
                    } else {
                        0.0
                    };
                    layout.labels[*edge as usize] = Some(Rect::from_origin_size(
                        (middle.x - own.width / 2.0 + aside, top),
                        own,
                    ));
                    top += own.height;
                }
            }
        }
    }
    layout
}

/// The corners of a way, without those where nothing turns.
fn route(floors: &Floors, ways: &Ways, way: &Way) -> Route {
    let legs = ways.of(way);
    let (Some(first), Some(last)) = (legs.first(), legs.last()) else {
        return Route::default();
    };
    let point = |run: usize, along: f64, at: f64| {
        if run == X {
            Point::new(along, at)
        } else {
            Point::new(at, along)
        }
    };
    let mut points = vec![point(
        first.run,
        way.border(floors, first, way.ends.0),
        first.at,
    )];
    points.extend(
        legs.windows(2)
            .map(|pair| point(pair[0].run, pair[1].at, pair[0].at)),
    );
    points.push(point(
        last.run,
        way.border(floors, last, way.ends.1),
        last.at,
    ));
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    for mut point in points {
        let near = |a: f64, b: f64| (a - b).abs() < 0.05;
        if let Some(end) = kept.last()
            && near(end.x, point.x)
            && near(end.y, point.y)
        {
            continue;
        }
        if let [.., a, b] = kept.as_slice()
            && (near(a.x, b.x) && near(b.x, point.x) || near(a.y, b.y) && near(b.y, point.y))
        {
            kept.pop();
        }
        // What is left out may lie a little aside: the pieces stay exactly level or upright.
        if let Some(end) = kept.last() {
            if near(end.x, point.x) {
                point.x = end.x;
            } else if near(end.y, point.y) {
                point.y = end.y;
            }
        }
        kept.push(point);
    }
    Route::new(kept)
}

/// The middle of a label.
fn middle(
    floors: &Floors,
    ways: &Ways,
    channels: &Channels,
    way: &Way,
    spot: &Spot,
) -> Option<Point> {
    let channel = &channels.list[spot.channel];
    let across = match spot.row {
        Some(row) => {
            let (lo, hi) = channel.strip(zone(floors, channel.home)?, row);
            f64::midpoint(lo, hi)
        }
        None => ways.legs[way.top].at,
    };
    let along = spot.leg.map_or(0.0, |leg| ways.legs[leg].at) + spot.offset;
    Some(if channel.axis == Y {
        Point::new(along, across)
    } else {
        Point::new(across, along)
    })
}
