//! Boxes and routes come back from the layout and become the picture.

use super::measure::{
    BADGE, ICON, ICON_GAP, LABEL, LABEL_AIR, LABEL_LINE, Measured, NAME, NAME_LINE, PAD, STACK,
    TITLE, TITLE_LINE,
};
use super::theme::{Ink, Theme};
use super::words::shown;
use super::{Anchor, Item, Place, Scene, Shape, Stroke, Subject, icons, legend, route};
use crate::font::{Fonts, Weight};
use crate::geom::{BezPath, Point, Rect, Size, Vec2};
use crate::layout::Layout;
use crate::model::{Architecture, Arrow, Basis, Evidence, Link, Origin, Part, PartId};
use std::fmt::Write;

/// Around the whole picture, px.
const MARGIN: f64 = 20.0;
/// Of boxes and frames.
const ROUND: f64 = 6.0;
/// Links after these are counted in the description, not named.
const NAMED_LINKS: usize = 40;

/// Joins an architecture with its layout.
pub fn compose(
    architecture: &Architecture,
    measured: &Measured,
    layout: &Layout,
    theme: Theme,
    fonts: &mut Fonts,
) -> Scene {
    let shift = Vec2::new(MARGIN, MARGIN);
    let mut items = Vec::with_capacity(measured.parts.len() + measured.links.len() + 1);
    let mut depth = vec![0_usize; measured.parts.len()];
    for (at, node) in measured.graph.nodes.iter().enumerate() {
        depth[at] = node.parent.map_or(0, |parent| depth[parent.index()] + 1);
    }
    let nodes = || measured.parts.iter().enumerate();
    for (at, id) in nodes().filter(|(_, id)| architecture.part(**id).is_group()) {
        items.push(group(
            architecture,
            (*id, at, depth[at]),
            measured,
            layout,
            shift,
        ));
    }
    for at in 0..measured.links.len() {
        items.extend(link(architecture, at, measured, layout, shift));
    }
    for (at, id) in nodes().filter(|(_, id)| !architecture.part(**id).is_group()) {
        items.push(component(
            architecture,
            (*id, at),
            measured,
            layout.boxes[at] + shift,
        ));
    }
    let mut size = layout.size + Size::new(2.0 * MARGIN, 2.0 * MARGIN);
    let place = Point::new(MARGIN, layout.size.height + MARGIN + 14.0);
    if let Some((item, legend)) = legend::legend(architecture, fonts, place, layout.size.width) {
        items.push(item);
        size.height = place.y + legend.height + MARGIN - 6.0;
        size.width = size.width.max(legend.width + 2.0 * MARGIN);
    }
    Scene {
        size: Size::new(size.width.max(1.0).ceil(), size.height.max(1.0).ceil()),
        title: architecture.title.as_deref().map(shown),
        description: description(architecture),
        language: architecture.language.clone(),
        theme,
        items,
    }
}

fn group(
    architecture: &Architecture,
    (id, at, depth): (PartId, usize, usize),
    measured: &Measured,
    layout: &Layout,
    shift: Vec2,
) -> Item {
    let part = architecture.part(id);
    let fill = if depth % 2 == 0 {
        Ink::Frame
    } else {
        Ink::FrameOdd
    };
    let rect = layout.boxes[at] + shift;
    let mut shapes = vec![Shape::Rect {
        rect,
        radius: ROUND + 2.0,
        fill: Some(fill),
        stroke: Some(Stroke::solid(Ink::FrameLine, 1.0)),
    }];
    if let Some(title) = layout.titles[at] {
        let origin = title.origin() + shift;
        for (row, line) in measured.names[at].iter().enumerate() {
            shapes.push(Shape::Text {
                text: line.text.clone(),
                at: Point::new(origin.x, origin.y + TITLE_LINE * row as f64 + 13.0),
                anchor: Anchor::Start,
                weight: Weight::Bold,
                size: TITLE,
                ink: Ink::Title,
                width: line.width,
            });
        }
    }
    Item {
        subject: Subject::Group(id, part.id.clone()),
        place: Place::Box(rect),
        tooltip: tooltip(architecture, part),
        href: href(part),
        shapes,
    }
}

fn component(
    architecture: &Architecture,
    (id, at): (PartId, usize),
    measured: &Measured,
    outer: Rect,
) -> Item {
    let part = architecture.part(id);
    let body = part.component().cloned().unwrap_or_default();
    let stack = if body.instances > 1 { 2.0 * STACK } else { 0.0 };
    let front = Rect::new(outer.x0, outer.y0 + stack, outer.x1 - stack, outer.y1);
    let (fill, stroke) = if body.external {
        (
            Ink::Canvas,
            Stroke {
                ink: Ink::Outside,
                width: 1.2,
                dash: Some((3.0, 3.0)),
            },
        )
    } else {
        (Ink::Box, Stroke::solid(Ink::BoxLine, 1.2))
    };
    let mut shapes = vec![Shape::Rect {
        rect: front,
        radius: ROUND,
        fill: Some(fill),
        stroke: Some(stroke),
    }];
    if stack > 0.0 {
        shapes.extend(
            [1.0, 2.0].map(|card| behind(front + Vec2::new(card * STACK, -card * STACK), stroke)),
        );
    }
    let lines = &measured.names[at];
    let glyph = measured.glyphs[at];
    let words = lines
        .iter()
        .fold(0.0, |width: f64, line| width.max(line.width));
    let icon = if glyph.is_some() {
        ICON + ICON_GAP
    } else {
        0.0
    };
    let left = front.center().x - f64::midpoint(words, icon);
    if let Some(glyph) = glyph {
        let place = Rect::from_origin_size(
            (
                left.max(front.x0 + PAD / 2.0),
                front.center().y - ICON / 2.0,
            ),
            Size::new(ICON, ICON),
        );
        let stroke = Some(Stroke::solid(
            if body.external {
                Ink::Outside
            } else {
                glyph.ink
            },
            1.3,
        ));
        shapes.push(Shape::Path {
            data: glyph.path(place),
            fill: None,
            stroke,
        });
    }
    let top = front.center().y - NAME_LINE * lines.len() as f64 / 2.0;
    for (row, line) in lines.iter().enumerate() {
        shapes.push(Shape::Text {
            text: line.text.clone(),
            at: Point::new(
                left + icon + words / 2.0,
                top + NAME_LINE * row as f64 + 13.0,
            ),
            anchor: Anchor::Middle,
            weight: Weight::Regular,
            size: NAME,
            ink: Ink::Text,
            width: line.width,
        });
    }
    Item {
        subject: Subject::Component(id, part.id.clone()),
        place: Place::Box(front),
        tooltip: tooltip(architecture, part),
        href: href(part),
        shapes,
    }
}

/// What is seen of a card behind another: its upper and its right edge.
fn behind(card: Rect, stroke: Stroke) -> Shape {
    let mut data = BezPath::new();
    data.move_to((card.x0, card.y0 + STACK - 0.6));
    data.line_to((card.x0, card.y0 + ROUND));
    data.quad_to((card.x0, card.y0), (card.x0 + ROUND, card.y0));
    data.line_to((card.x1 - ROUND, card.y0));
    data.quad_to((card.x1, card.y0), (card.x1, card.y0 + ROUND));
    data.line_to((card.x1, card.y1 - ROUND));
    data.quad_to((card.x1, card.y1), (card.x1 - STACK + 0.6, card.y1));
    Shape::Path {
        data,
        fill: None,
        stroke: Some(stroke),
    }
}

fn link(
    architecture: &Architecture,
    at: usize,
    measured: &Measured,
    layout: &Layout,
    shift: Vec2,
) -> Option<Item> {
    let id = measured.links[at];
    let (from, to, link) = architecture.link(id)?;
    let mut way = layout.routes[at].clone();
    way.points.iter_mut().for_each(|point| *point += shift);
    let known = link.basis == Basis::Known;
    let stroke = if known {
        legend::known()
    } else {
        legend::stated()
    };
    let heads = (link.arrow == Arrow::Both, link.arrow != Arrow::None);
    let data = route::line(&way, heads);
    let mut shapes = vec![Shape::Path {
        data,
        fill: None,
        stroke: Some(stroke),
    }];
    let tips = [
        heads.1.then(|| way.clone()),
        heads.0.then(|| way.reversed()),
    ];
    for head in tips
        .into_iter()
        .flatten()
        .filter_map(|way| route::head(&way))
    {
        shapes.push(Shape::Path {
            data: head,
            fill: Some(stroke.ink),
            stroke: None,
        });
    }
    if let Some(place) = layout.labels[at] {
        label(link, place + shift, measured, at, &mut shapes);
    }
    let (from, to) = (architecture.part(from), architecture.part(to));
    let words = format!("{} → {}", shown(&from.label), shown(&to.label));
    Some(Item {
        subject: Subject::Link {
            link: id,
            from: from.id.clone(),
            to: to.id.clone(),
            known,
        },
        place: Place::Way(way, layout.labels[at].map(|place| place + shift)),
        tooltip: Some(told(architecture, words, &link.evidence)),
        href: None,
        shapes,
    })
}

/// The words of a link, and before them the number of its step.
fn label(link: &Link, place: Rect, measured: &Measured, at: usize, shapes: &mut Vec<Shape>) {
    let lines = &measured.labels[at];
    let mut left = place.x0 + LABEL_AIR.width;
    if let Some(step) = link.step {
        let centre = Point::new(left + BADGE / 2.0, place.center().y);
        let mut data = BezPath::new();
        icons::circle(&mut data, centre, BADGE / 2.0 - 0.5);
        shapes.push(Shape::Path {
            data,
            fill: Some(Ink::Badge),
            stroke: None,
        });
        shapes.push(Shape::Text {
            text: step.to_string(),
            at: Point::new(centre.x, centre.y + 3.6),
            anchor: Anchor::Middle,
            weight: Weight::Bold,
            size: 10.0,
            ink: Ink::BadgeText,
            width: BADGE,
        });
        left += BADGE + 4.0;
    }
    let top = place.center().y - LABEL_LINE * lines.len() as f64 / 2.0;
    let middle = f64::midpoint(left, place.x1 - LABEL_AIR.width);
    for (row, line) in lines.iter().enumerate() {
        shapes.push(Shape::Text {
            text: line.text.clone(),
            at: Point::new(middle, top + LABEL_LINE * row as f64 + 11.4),
            anchor: Anchor::Middle,
            weight: Weight::Regular,
            size: LABEL,
            ink: Ink::Label,
            width: line.width,
        });
    }
}

/// The whole name, what is said of it, and where.
fn tooltip(architecture: &Architecture, part: &Part) -> Option<String> {
    let mut words = shown(&part.label);
    for text in &part.description {
        let _ = write!(words, "\n{}", shown(text));
    }
    Some(told(architecture, words, &part.evidence))
}

/// `words`, with the places of the evidence after them.
fn told(architecture: &Architecture, mut words: String, evidence: &[Evidence]) -> String {
    for evidence in evidence.iter().take(5) {
        let quoted = shown(&evidence.words);
        let _ = match &evidence.origin {
            Origin::Written(span) => {
                let file = architecture
                    .files
                    .get(span.source.index())
                    .map_or("", |file| &**file);
                write!(words, "\n{}:{}: {quoted}", shown(file), span.line)
            }
            Origin::Carried { file, line, .. } => {
                write!(words, "\n{}:{line}: {quoted}", shown(file))
            }
            Origin::Known { page } => write!(words, "\n{}", shown(page)),
        };
    }
    words
}

/// The address of a part, if it is one that may be followed.
fn href(part: &Part) -> Option<String> {
    let address = part.href.as_deref()?.trim();
    let scheme = address
        .split(['/', '?', '#'])
        .next()
        .and_then(|head| head.split_once(':'))
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    let allowed =
        scheme.is_none_or(|scheme| matches!(scheme.as_str(), "http" | "https" | "mailto"));
    let clean = !address.is_empty()
        && !address
            .chars()
            .any(|character| character.is_control() || character.is_whitespace());
    (allowed && clean && !address.starts_with("//")).then(|| address.to_owned())
}

/// What the picture shows, in words.
fn description(architecture: &Architecture) -> String {
    let groups = architecture
        .parts()
        .filter(|(_, part)| part.is_group())
        .count();
    let components = architecture.part_count() - groups;
    let mut words = format!(
        "{}, {}",
        count(components, "component"),
        count(architecture.link_count(), "link")
    );
    if groups > 0 {
        let _ = write!(words, ", {}", count(groups, "group"));
    }
    words.push('.');
    for (_, from, to, link) in architecture.links().take(NAMED_LINKS) {
        let (from, to) = (architecture.part(from), architecture.part(to));
        let _ = write!(words, " {} to {}", shown(&from.label), shown(&to.label));
        if let Some(label) = &link.label {
            let _ = write!(words, " ({})", shown(label));
        }
        words.push('.');
    }
    if architecture.link_count() > NAMED_LINKS {
        let _ = write!(
            words,
            " And {} more.",
            count(architecture.link_count() - NAMED_LINKS, "link")
        );
    }
    words
}

fn count(number: usize, what: &str) -> String {
    if number == 1 {
        format!("1 {what}")
    } else {
        format!("{number} {what}s")
    }
}
