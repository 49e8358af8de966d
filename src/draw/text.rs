//! The picture in box-drawing characters, for terminals and commit messages: `--ascii` takes the plainest.
//!
//! Each axis is compacted by itself: the coordinates of the picture keep their order, those that differ by a track's distance get different cells, and
//! what holds words gets as many cells as these need. So nothing that the layout kept apart comes together.

mod axis;
mod canvas;
mod element;

use super::Settings;
use crate::geom::{Point, Rect, Route};
use crate::model::{Architecture, Arrow, Basis, Light, LinkId, PartId};
use crate::scene::{Item, Place, Scene, Shape, Subject, shown};
use canvas::Canvas;
use element::{Element, Words, axes};
use indexmap::IndexMap;
use std::fmt::Write;
use std::sync::Arc;

/// A larger picture is no help in a terminal: its links are listed instead.
const CELLS: usize = 4_000_000;

/// A title that is so near to the left side of its box stands at the corner, px.
const CORNER: f64 = 20.0;

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
    for element in &elements {
        element.entitle(&mut canvas, &across, &down);
    }
    text.push_str(&canvas.written());
    legend(scene, settings, &mut text);
    text.into_bytes()
}

/// Everything that is drawn, the first at the bottom: frames, lines, boxes, words.
fn elements(architecture: &Architecture, scene: &Scene) -> Vec<Element> {
    let mut elements = Vec::new();
    let mut words = Vec::new();
    let lights = &architecture.marks.lights.parts;
    let lit = |part: &PartId| lights.get(part) == Some(&Light::Lit);
    let boxes = boxes(scene);
    for item in &scene.items {
        match (&item.subject, &item.place) {
            (Subject::Group(part, _), Place::Box(rect)) => {
                elements.push(Element::Frame(*rect, title(item, rect), lit(part)));
            }
            (Subject::Component(part, _), Place::Box(rect)) => {
                elements.push(Element::Card(*rect, texts(item), lit(part)));
            }
            (
                Subject::Link {
                    link,
                    known,
                    from,
                    to,
                    ..
                },
                Place::Way(route, _),
            ) => {
                let ends = [boxes.get(from), boxes.get(to)];
                let heads = heads(architecture, *link);
                if let Some(mut label) = lines(item) {
                    label.set_on(route);
                    words.push(Element::Words(label, elements.len()));
                }
                elements.push(Element::Way(snapped(route, ends), heads, *known));
            }
            _ => {}
        }
    }
    elements.append(&mut words);
    elements
}

/// The box of every part, by its id.
fn boxes(scene: &Scene) -> IndexMap<Arc<str>, Rect> {
    let boxes = scene
        .items
        .iter()
        .filter_map(|item| match (&item.subject, &item.place) {
            (Subject::Component(_, id) | Subject::Group(_, id), Place::Box(rect)) => {
                Some((id.clone(), *rect))
            }
            _ => None,
        });
    boxes.collect()
}

/// A way that ends at the boxes themselves: in the picture, a stack of cards lies around some.
fn snapped(route: &Route, [from, to]: [Option<&Rect>; 2]) -> Route {
    let mut route = route.clone();
    if let ([first, second, ..], Some(rect)) = (route.points.as_mut_slice(), from) {
        snap(first, *second, rect);
    }
    if let ([.., before, last], Some(rect)) = (route.points.as_mut_slice(), to) {
        snap(last, *before, rect);
    }
    route
}

fn snap(end: &mut Point, before: Point, rect: &Rect) {
    if (end.y - before.y).abs() < (end.x - before.x).abs() {
        end.x = if before.x < end.x {
            end.x.max(rect.x0)
        } else {
            end.x.min(rect.x1)
        };
    } else {
        end.y = if before.y < end.y {
            end.y.max(rect.y0)
        } else {
            end.y.min(rect.y1)
        };
    }
}

/// The lines of a component; what stands after a name, such as `×3`, goes on with its last line.
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

/// The title of a group, in one line: at the corner of its box, or where the picture has it because a link passes there.
fn title(item: &Item, rect: &Rect) -> Option<Words> {
    let mut words = lines(item)?;
    words.lines = vec![words.lines.join(" ")];
    if words.across.0 - rect.x0 < CORNER {
        words.across.0 = rect.x0;
    }
    Some(words)
}

/// The lines of an item, each with all that stands in it: the number of a step begins the first.
fn lines(item: &Item) -> Option<Words> {
    let mut words: Option<Words> = None;
    for shape in &item.shapes {
        let Shape::Text { text, size, at, .. } = shape else {
            continue;
        };
        let room = shape.room();
        // Lower-case letters have their middle about a third of the size above the baseline.
        let middle = at.y - size / 3.0;
        let Some(words) = &mut words else {
            words = Some(Words {
                lines: vec![text.clone()],
                across: (room.x0, room.x1),
                down: (middle, middle),
                on: None,
            });
            continue;
        };
        words.across = (words.across.0.min(room.x0), words.across.1.max(room.x1));
        match words.lines.last_mut() {
            Some(line) if middle < words.down.1 + axis::APART => {
                line.push(' ');
                line.push_str(text);
            }
            _ => {
                words.lines.push(text.clone());
                words.down.1 = middle;
            }
        }
    }
    words
}

fn heads(architecture: &Architecture, link: LinkId) -> (bool, bool) {
    let arrow = architecture.link(link).map(|(_, _, link)| link.arrow);
    match arrow {
        Some(Arrow::Forward) => (true, false),
        Some(Arrow::Both) => (true, true),
        Some(Arrow::None) | None => (false, false),
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
