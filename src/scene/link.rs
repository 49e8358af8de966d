//! A link becomes a line with heads and words, and leaves a gap in the lines that it crosses.

use super::ground::Ground;
use super::measure::{BADGE, LABEL, LABEL_AIR, LABEL_LINE, Measured};
use super::theme::Ink;
use super::words::{show, shown};
use super::{Anchor, Item, Place, Shape, Subject, icons, legend, route, told};
use crate::font::Weight;
use crate::geom::{BezPath, Point, Rect, Route, Vec2, length};
use crate::layout::Layout;
use crate::model::{Architecture, Arrow, Basis, Link};

/// Of the corners of the patch behind words.
const ROUND: f64 = 3.0;

/// The links, those that knowledge adds at the bottom.
pub(super) fn links(
    architecture: &Architecture,
    measured: &Measured,
    layout: &Layout,
    shift: Vec2,
    ground: &Ground,
) -> Vec<Item> {
    let known = |at: &usize| {
        architecture
            .link(measured.links[*at])
            .is_some_and(|(_, _, link)| link.basis == Basis::Known)
    };
    let mut order: Vec<usize> = (0..measured.links.len()).collect();
    order.sort_by_key(|at| !known(at));
    let ways: Vec<Route> = order
        .iter()
        .map(|at| {
            Route::new(
                layout.routes[*at]
                    .points
                    .iter()
                    .map(|p| *p + shift)
                    .collect(),
            )
        })
        .collect();
    let gaps = route::gaps(&ways);
    let starts = met(ways.iter().filter_map(|way| way.points.first()));
    let ends = met(ways.iter().filter_map(|way| way.points.last()));
    let tips = |way: &Route| [way.points.first().copied(), way.points.last().copied()];
    let both: Vec<Point> = ways.iter().flat_map(tips).flatten().collect();
    let both = met(both.iter());
    let mut items = Vec::with_capacity(order.len());
    for ((at, way), gaps) in order.into_iter().zip(ways).zip(gaps) {
        let patches = gaps.into_iter().filter_map(|rect| {
            Some(Shape::Rect {
                rect,
                radius: 0.0,
                fill: Some(ground.under(rect.center())?),
                stroke: None,
            })
        });
        let mut shapes: Vec<Shape> = patches.collect();
        let Some((from, to, link)) = architecture.link(measured.links[at]) else {
            continue;
        };
        let is_in = |points: &[(i64, i64)], point: Option<&Point>| {
            point.is_some_and(|point| points.binary_search(&key(*point)).is_ok())
        };
        let joined = (
            is_in(&starts, way.points.first()),
            is_in(&ends, way.points.last()),
        );
        let shared = tips(&way).iter().any(|tip| is_in(&both, tip.as_ref()));
        line(link, &way, (joined, shared), &mut shapes);
        let place = layout.labels[at].map(|place| place + shift);
        if let Some(place) = place {
            let under = ground.under(place.center()).unwrap_or(Ink::Canvas);
            words(link, &measured.labels[at], place, &mut shapes, under);
        }
        let (from, to) = (architecture.part(from), architecture.part(to));
        let mut said = shown(&from.label);
        said.push_str(" → ");
        show(&mut said, &to.label);
        if let Some(label) = &link.label {
            said.push_str(": ");
            show(&mut said, label);
        }
        items.push(Item {
            subject: Subject::Link {
                link: measured.links[at],
                from: from.id.clone(),
                to: to.id.clone(),
                known: link.basis == Basis::Known,
            },
            place: Place::Way(way, place),
            tooltip: Some(told::with_places(architecture, said, &link.evidence)),
            href: None,
            shapes,
        });
    }
    items
}

/// The points in which more than one line begins, or ends: in order.
fn met<'a>(points: impl Iterator<Item = &'a Point>) -> Vec<(i64, i64)> {
    let mut points: Vec<(i64, i64)> = points.map(|point| key(*point)).collect();
    points.sort_unstable();
    let met = points.chunk_by(|a, b| a == b).filter(|same| same.len() > 1);
    met.filter_map(|same| same.first().copied()).collect()
}

/// A point in hundredths of a px.
#[expect(
    clippy::cast_possible_truncation,
    reason = "places are far smaller than 64 bits"
)]
fn key(point: Point) -> (i64, i64) {
    (
        (point.x * 100.0).round() as i64,
        (point.y * 100.0).round() as i64,
    )
}

/// `joined` tells whether others begin in its first point and end in its last: there the dashes begin, so that on the stretch that they share
/// they are one line. `shared` tells whether others begin or end in one of the two.
fn line(link: &Link, way: &Route, (joined, shared): ((bool, bool), bool), shapes: &mut Vec<Shape>) {
    let mut stroke = if link.basis == Basis::Known {
        legend::known()
    } else {
        legend::stated()
    };
    let heads = (link.arrow == Arrow::Both, link.arrow != Arrow::None);
    let data = route::line(way, heads, shared);
    if let ((false, true), Some((dash, gap))) = (joined, stroke.dash) {
        let period = dash + gap;
        stroke.phase = period - length(&data).rem_euclid(period);
    }
    shapes.push(Shape::Path {
        data,
        fill: None,
        stroke: Some(stroke),
    });
    let tips = [
        heads.1.then(|| route::head(way)),
        heads.0.then(|| route::head(&way.reversed())),
    ];
    for data in tips.into_iter().flatten().flatten() {
        shapes.push(Shape::Path {
            data,
            fill: Some(stroke.ink),
            stroke: None,
        });
    }
}

/// The words of a link, and before them the number of its step, on a patch of the ground.
fn words(
    link: &Link,
    lines: &[crate::font::Line],
    place: Rect,
    shapes: &mut Vec<Shape>,
    under: Ink,
) {
    shapes.push(Shape::Rect {
        rect: place,
        radius: ROUND,
        fill: Some(under),
        stroke: None,
    });
    let mut left = place.x0 + LABEL_AIR.width;
    let top = place.center().y - LABEL_LINE * lines.len() as f64 / 2.0;
    if let Some(step) = link.step {
        let first = if lines.is_empty() {
            place.center().y
        } else {
            top + LABEL_LINE / 2.0
        };
        let centre = Point::new(left + BADGE / 2.0, first);
        let mut data = BezPath::new();
        icons::circle(&mut data, centre, BADGE / 2.0 - 0.5);
        shapes.push(Shape::Path {
            data,
            fill: Some(Ink::Badge),
            stroke: None,
        });
        shapes.push(Shape::Text {
            text: step.to_string(),
            at: Point::new(centre.x, centre.y + 3.9),
            anchor: Anchor::Middle,
            weight: Weight::Bold,
            size: LABEL,
            ink: Ink::BadgeText,
            width: BADGE,
        });
        left += BADGE + 4.0;
    }
    let middle = f64::midpoint(left, place.x1 - LABEL_AIR.width);
    for (row, line) in lines.iter().enumerate() {
        shapes.push(Shape::Text {
            text: line.text.clone(),
            at: Point::new(middle, top + LABEL_LINE * row as f64 + 12.5),
            anchor: Anchor::Middle,
            weight: Weight::Regular,
            size: LABEL,
            ink: Ink::Label,
            width: line.width,
        });
    }
}
