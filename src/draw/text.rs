//! The picture in box-drawing characters, for terminals and commit messages: `--ascii` takes the plainest.
//!
//! Each axis is compacted by itself: the coordinates of the picture keep their order, those that differ by a track's distance get different cells, and
//! what holds words gets as many cells as these need. So nothing that the layout kept apart comes together.

mod axis;
mod canvas;

use super::Settings;
use crate::geom::{Point, Rect, Route};
use crate::model::{Architecture, Arrow, Basis, Light, LinkId, PartId};
use crate::scene::{Anchor, Item, Place, Scene, Shape, Subject, shown};
use axis::Axis;
use canvas::Canvas;
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// A larger picture is no help in a terminal: its links are listed instead.
const CELLS: usize = 4_000_000;

/// Writes the picture.
pub(super) fn draw(architecture: &Architecture, scene: &Scene, settings: &Settings) -> Vec<u8> {
    let mut text = String::new();
    if architecture.title.is_some() {
        let _ = writeln!(text, "{}\n", scene.title);
    }
    let elements = elements(architecture, scene);
    if elements.is_empty() {
        let _ = writeln!(text, "{}", scene.description);
        return text.into_bytes();
    }
    let (across, down) = axes(&elements);
    if across.cells().saturating_mul(down.cells()) > CELLS {
        list(architecture, &mut text);
        return text.into_bytes();
    }
    let mut canvas = Canvas::new(across.cells(), down.cells(), settings.ascii);
    for element in &elements {
        element.paint(&mut canvas, &across, &down);
    }
    text.push_str(&canvas.written());
    legend(scene, settings, &mut text);
    text.into_bytes()
}

/// Something on the canvas.
enum Element {
    /// A component or group: its place, its words, whether these stand in its upper border, and whether it stands out.
    Box(Rect, Vec<String>, bool, bool),
    /// A link: where it has heads (at its target, at its source), and whether it is known.
    Way(Route, (bool, bool), bool),
    /// Words at a link: their left and right end, their height, and the ends of the link.
    Words(String, [f64; 3], Vec<Point>),
}

/// Everything that is drawn, the first at the bottom: frames, lines, boxes, words.
fn elements(architecture: &Architecture, scene: &Scene) -> Vec<Element> {
    let mut elements = Vec::new();
    let mut words = Vec::new();
    let lights = &architecture.marks.lights.parts;
    let lit = |part: &PartId| lights.get(part) == Some(&Light::Lit);
    for item in &scene.items {
        match (&item.subject, &item.place) {
            (Subject::Group(part, _), Place::Box(rect)) => {
                let title = vec![texts(item).join(" ")];
                elements.push(Element::Box(*rect, title, true, lit(part)));
            }
            (Subject::Component(part, _), Place::Box(rect)) => {
                elements.push(Element::Box(*rect, texts(item), false, lit(part)));
            }
            (Subject::Link { link, known, .. }, Place::Way(route, _)) => {
                let heads = heads(architecture, *link);
                elements.push(Element::Way(route.clone(), heads, *known));
                let ends = [route.points.first(), route.points.last()];
                let ends: Vec<Point> = ends.into_iter().flatten().copied().collect();
                let shapes = item.shapes.iter();
                words.extend(shapes.filter_map(|shape| at_link(shape, &ends)));
            }
            _ => {}
        }
    }
    elements.append(&mut words);
    elements
}

/// The lines of an item; what stands after a name, such as `×3`, goes on with its last line.
fn texts(item: &Item) -> Vec<String> {
    let mut lines: Vec<(String, f64)> = Vec::new();
    for shape in &item.shapes {
        let Shape::Text { text, size, .. } = shape else {
            continue;
        };
        match lines.last_mut() {
            Some((line, larger)) if *size < *larger => {
                line.push(' ');
                line.push_str(text);
            }
            _ => lines.push((text.clone(), *size)),
        }
    }
    lines.into_iter().map(|(line, _)| line).collect()
}

fn at_link(shape: &Shape, ends: &[Point]) -> Option<Element> {
    let Shape::Text {
        text,
        at,
        anchor,
        size,
        width,
        ..
    } = shape
    else {
        return None;
    };
    let left = match anchor {
        Anchor::Start => at.x,
        Anchor::Middle => at.x - width / 2.0,
    };
    // Lower-case letters have their middle about a third of the size above the baseline.
    let place = [left, left + width, at.y - size / 3.0];
    Some(Element::Words(text.clone(), place, ends.to_vec()))
}

fn heads(architecture: &Architecture, link: LinkId) -> (bool, bool) {
    let arrow = architecture.link(link).map(|(_, _, link)| link.arrow);
    match arrow {
        Some(Arrow::Forward) => (true, false),
        Some(Arrow::Both) => (true, true),
        Some(Arrow::None) | None => (false, false),
    }
}

/// The cells of all coordinates.
fn axes(elements: &[Element]) -> (Axis, Axis) {
    let (mut across, mut down) = (Axis::default(), Axis::default());
    for element in elements {
        match element {
            Element::Box(rect, lines, border, _) => {
                let width = lines.iter().map(|line| line.width()).max().unwrap_or(0);
                across.keep(rect.x0, rect.x1, width + if *border { 5 } else { 3 });
                let rows = if *border { 2 } else { lines.len() + 1 };
                down.keep(rect.y0, rect.y1, rows.max(2));
            }
            Element::Way(route, heads, known) => {
                // A known link shows a piece of its dashes.
                way(route, *heads, usize::from(*known), (&mut across, &mut down));
            }
            Element::Words(text, [left, right, middle], ends) => {
                across.keep(*left, *right, text.width());
                down.keep(*middle, *middle, 0);
                // Words may lie on their own line, but not on its head.
                for end in ends {
                    if (*left..=*right).contains(&end.x) {
                        down.keep(end.y.min(*middle), end.y.max(*middle), 2);
                    } else if (end.y - middle).abs() < axis::APART {
                        let (from, to) = if end.x < *left {
                            (end.x, *left)
                        } else {
                            (*right, end.x)
                        };
                        across.keep(from, to, 2);
                    }
                }
            }
        }
    }
    across.settle();
    down.settle();
    (across, down)
}

/// A head stands before the border that it points at, so the first and last stretch need a cell more.
fn way(
    route: &Route,
    (head, tail): (bool, bool),
    more: usize,
    (across, down): (&mut Axis, &mut Axis),
) {
    let last = route.points.len().saturating_sub(2);
    for (at, (a, b)) in route.segments().enumerate() {
        let heads = usize::from(at == 0 && tail) + usize::from(at == last && head);
        let ends = usize::from(at == 0 || at == last);
        let cells = heads + ends * (1 + more);
        for (axis, from, to) in [(&mut *across, a.x, b.x), (&mut *down, a.y, b.y)] {
            let apart = (from - to).abs() >= axis::APART;
            axis.keep(
                from.min(to),
                from.max(to),
                if apart { cells.max(1) } else { 0 },
            );
        }
    }
}

impl Element {
    fn paint(&self, canvas: &mut Canvas, across: &Axis, down: &Axis) {
        match self {
            Self::Box(rect, lines, border, lit) => {
                let (left, right) = (across.cell(rect.x0), across.cell(rect.x1));
                let (top, bottom) = (down.cell(rect.y0), down.cell(rect.y1));
                canvas.frame((left, top), (right, bottom), !*border);
                if *lit {
                    canvas.double((left, top), (right, bottom));
                }
                let room = (bottom - top).saturating_sub(1);
                let first = top + 1 + room.saturating_sub(lines.len()) / 2;
                for (row, line) in lines.iter().enumerate() {
                    if *border {
                        if !line.is_empty() {
                            canvas.words(left + 2, top, &format!(" {line} "));
                        }
                    } else {
                        let free = (right - left).saturating_sub(1 + line.width());
                        canvas.words(left + 1 + free / 2, first + row, line);
                    }
                }
            }
            Self::Way(route, (head, tail), known) => {
                let cell = |point: &Point| (across.cell(point.x), down.cell(point.y));
                let cells: Vec<(usize, usize)> = route.points.iter().map(cell).collect();
                canvas.line(&cells, *known);
                if let [.., before, end] = cells.as_slice()
                    && *head
                {
                    canvas.head(*before, *end, *known);
                }
                if let [start, after, ..] = cells.as_slice()
                    && *tail
                {
                    canvas.head(*after, *start, *known);
                }
            }
            Self::Words(text, [left, right, middle], _) => {
                let (left, right) = (across.cell(*left), across.cell(*right));
                let free = (right - left).saturating_sub(text.width());
                canvas.words(left + free / 2, down.cell(*middle), text);
            }
        }
    }
}

/// What lines mean, and which rules hold.
fn legend(scene: &Scene, settings: &Settings, text: &mut String) {
    let items = scene.items.iter();
    for item in items.filter(|item| item.subject == Subject::Legend) {
        let mut sample = None;
        text.push('\n');
        for shape in &item.shapes {
            match shape {
                // Signs are no lines.
                Shape::Path { data, stroke, .. } if data.control_box().height() < 1.0 => {
                    sample = stroke.map(|stroke| stroke.dash.is_some());
                }
                Shape::Path { .. } | Shape::Rect { .. } => {}
                Shape::Text { text: words, .. } => {
                    let sample = match (sample.take(), settings.ascii) {
                        (Some(true), false) => "┄┄ ",
                        (Some(true), true) => ".. ",
                        (Some(false), false) => "── ",
                        (Some(false), true) => "-- ",
                        (None, _) => "   ",
                    };
                    let _ = writeln!(text, "{sample}{words}");
                }
            }
        }
    }
}

/// Every link in words.
fn list(architecture: &Architecture, text: &mut String) {
    for (_, from, to, link) in architecture.links() {
        let arrow = match (link.arrow, link.basis) {
            (Arrow::Forward, Basis::Stated) => "->",
            (Arrow::Both, Basis::Stated) => "<->",
            (Arrow::None, Basis::Stated) => "--",
            (Arrow::Forward, Basis::Known) => "..>",
            (Arrow::Both, Basis::Known) => "<..>",
            (Arrow::None, Basis::Known) => "..",
        };
        let (from, to) = (architecture.part(from), architecture.part(to));
        let words = super::nest::link_words(link);
        let words = words.map_or(String::new(), |words| format!(": {}", shown(&words)));
        let _ = writeln!(
            text,
            "{} {arrow} {}{words}",
            shown(&from.label),
            shown(&to.label)
        );
    }
}

#[cfg(test)]
mod tests;
