//! What a view highlights is drawn in a broad line of its own colour, and what it does not, in greys that can still be read.
//!
//! Only inks and widths change: the picture keeps its geometry, so that slides with and without a highlight lie on each other.

use super::marks::highlighted;
use super::theme::Ink;
use super::{Item, Scene, Shape, Stroke, Subject};
use crate::model::{Architecture, Light};

/// How much broader the lines are of what stands out.
const BROADER: f64 = 1.9;

/// Gives the items of a picture their light. Without a highlight the picture stays as it is.
pub(super) fn light(scene: &mut Scene, architecture: &Architecture) {
    let lights = &architecture.marks.lights;
    if lights.parts.is_empty() {
        return;
    }
    let mut names = Vec::new();
    for item in &mut scene.items {
        let light = match &item.subject {
            Subject::Component(id, _) | Subject::Group(id, _) => lights.parts.get(id),
            Subject::Link { link, .. } => lights.links.get(link),
            Subject::Legend => None,
        };
        match light {
            Some(Light::Lit) => {
                if !matches!(item.subject, Subject::Link { .. }) {
                    names.push(item.name().to_owned());
                }
                lit(item);
            }
            Some(Light::Faded) => faded(item),
            None => {}
        }
    }
    let word = highlighted(scene.language.as_deref());
    scene.description = format!("{word}: {}. {}", names.join(", "), scene.description);
}

/// The line around a component or group, or along a link, is broad and coloured.
fn lit(item: &mut Item) {
    let link = matches!(item.subject, Subject::Link { .. });
    let broad = |stroke: &mut Stroke| {
        stroke.ink = Ink::Lit;
        stroke.width *= BROADER;
    };
    for (at, shape) in item.shapes.iter_mut().enumerate() {
        match shape {
            Shape::Rect { stroke, .. } if at == 0 && !link => {
                stroke.iter_mut().for_each(broad);
            }
            Shape::Path { fill, stroke, .. } if link => {
                stroke.iter_mut().for_each(broad);
                // Heads; the number of a step keeps its disc.
                if matches!(fill, Some(Ink::Link | Ink::Known)) {
                    *fill = Some(Ink::Lit);
                }
            }
            _ => {}
        }
    }
}

/// Every line, icon and word is grey.
fn faded(item: &mut Item) {
    let group = matches!(item.subject, Subject::Group(..));
    let line = if group {
        Ink::QuietFrame
    } else {
        Ink::QuietLine
    };
    for shape in &mut item.shapes {
        match shape {
            Shape::Rect { fill, stroke, .. } | Shape::Path { fill, stroke, .. } => {
                *fill = fill.map(ground);
                if let Some(stroke) = stroke {
                    stroke.ink = line;
                }
            }
            Shape::Text { ink, .. } => *ink = words(*ink),
        }
    }
}

/// What lies behind something that steps back: grounds of groups stay, tiles and heads turn grey.
fn ground(ink: Ink) -> Ink {
    match ink {
        Ink::ControlTile | Ink::StoreTile | Ink::NodeTile | Ink::EdgeTile | Ink::OutsideTile => {
            Ink::QuietTile
        }
        Ink::Link | Ink::Known => Ink::QuietLine,
        Ink::Badge => Ink::QuietBadge,
        other => other,
    }
}

fn words(ink: Ink) -> Ink {
    match ink {
        Ink::Text => Ink::QuietText,
        Ink::Title => Ink::QuietTitle,
        Ink::Label => Ink::QuietLabel,
        Ink::Muted => Ink::QuietMuted,
        other => other,
    }
}
