//! The JSON of Excalidraw: boxes with bound labels, arrows bound to their ends, everything grouped as it nests.
//!
//! Escaping is serde's alone. The numbers that Excalidraw draws at random (seeds, versions) are counted here instead.

use super::Settings;
use super::number::rounded;
use crate::geom::{Point, Rect};
use crate::model::{Architecture, Arrow, PartId};
use crate::scene::{Anchor, Ink, Item, Palette, Place, Scene, Shape, Stroke, Subject};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Excalidraw's number for a plain sans serif.
const FONT: u32 = 2;
/// From a line to the next, in parts of the size.
const LINE: f64 = 1.25;

/// Writes the file.
pub(super) fn draw(architecture: &Architecture, scene: &Scene, _: &Settings) -> Vec<u8> {
    let mut writer = Writer {
        architecture,
        palette: &scene.theme.palette,
        elements: Vec::new(),
        outlines: BTreeMap::new(),
    };
    let parts = scene.items.iter().filter_map(|item| match &item.subject {
        Subject::Component(part, _) | Subject::Group(part, _) => Some((*part, item)),
        _ => None,
    });
    for (part, item) in parts {
        writer.part(part, item);
    }
    for item in &scene.items {
        match &item.subject {
            Subject::Link { .. } => writer.link(item),
            Subject::Legend => item.shapes.iter().for_each(|shape| writer.loose(shape)),
            _ => {}
        }
    }
    let file = json!({
        "type": "excalidraw",
        "version": 2,
        "source": "k8sdiag",
        "k8sdiag": super::outline::hidden(scene),
        "elements": writer.elements,
        "appState": { "viewBackgroundColor": scene.theme.palette.colour(Ink::Canvas), "gridSize": null },
        "files": {},
    });
    file.to_string().into_bytes()
}

struct Writer<'a> {
    architecture: &'a Architecture,
    palette: &'a Palette,
    elements: Vec<Value>,
    /// The element of each part, and where it is.
    outlines: BTreeMap<PartId, (usize, Rect)>,
}

impl Writer<'_> {
    fn part(&mut self, part: PartId, item: &Item) {
        let (
            Place::Box(rect),
            Some(Shape::Rect {
                radius,
                fill,
                stroke,
                ..
            }),
        ) = (&item.place, item.shapes.first())
        else {
            return;
        };
        let group = self.architecture.part(part).is_group();
        let groups = self.groups(part, group);
        let mut outline = self.element("rectangle", *rect, &groups);
        self.paint(&mut outline, *fill, *stroke);
        set(
            &mut outline,
            "roundness",
            json!({ "type": 3, "value": rounded(*radius) }),
        );
        set(&mut outline, "link", json!(item.href));
        let at = self.push(outline);
        self.outlines.insert(part, (at, *rect));
        let ink = if group { Ink::Title } else { Ink::Text };
        let lines = item.lines(ink);
        let words = item
            .shapes
            .iter()
            .filter(|shape| matches!(shape, Shape::Text { ink: own, .. } if own.purpose() == ink));
        let words: Vec<&Shape> = words.collect();
        if group {
            self.words(&words, &lines.join("\n"), None, &groups);
        } else {
            let count = item.lines(Ink::Muted).concat();
            let label = format!("{} {count}", lines.join("\n"));
            self.words(&words, label.trim_end(), Some((at, *rect)), &groups);
        }
    }

    /// The groups that a part belongs to, from the inside out; a group belongs to its own.
    fn groups(&self, part: PartId, group: bool) -> Vec<String> {
        let own = group.then_some(part).into_iter();
        own.chain(self.architecture.ancestors(part))
            .map(|group| format!("g{}", group.index()))
            .collect()
    }

    fn link(&mut self, item: &Item) {
        let (Subject::Link { link, .. }, Place::Way(route, label)) = (&item.subject, &item.place)
        else {
            return;
        };
        let Some((from, to, about)) = self.architecture.link(*link) else {
            return;
        };
        let Some(start) = route.points.first() else {
            return;
        };
        let corner = |pick: fn(f64, f64) -> f64| {
            let points = route.points.iter();
            points.fold(*start, |at, point| {
                Point::new(pick(at.x, point.x), pick(at.y, point.y))
            })
        };
        let (least, most) = (corner(f64::min), corner(f64::max));
        let around = Rect::from_origin_size(*start, (most - least).to_size());
        let mut arrow = self.element("arrow", around, &[]);
        self.paint(&mut arrow, None, item.stroke());
        let points: Vec<[f64; 2]> = route
            .points
            .iter()
            .map(|point| [rounded(point.x - start.x), rounded(point.y - start.y)])
            .collect();
        set(&mut arrow, "points", json!(points));
        let head = |has: bool| if has { json!("triangle") } else { Value::Null };
        set(
            &mut arrow,
            "startArrowhead",
            head(about.arrow == Arrow::Both),
        );
        set(&mut arrow, "endArrowhead", head(about.arrow != Arrow::None));
        set(&mut arrow, "elbowed", json!(false));
        set(&mut arrow, "lastCommittedPoint", Value::Null);
        let id = self.next();
        for (name, part, end) in [
            ("startBinding", from, route.points.first()),
            ("endBinding", to, route.points.last()),
        ] {
            let bound = self.bind(part, end, &id);
            set(&mut arrow, name, bound);
        }
        let at = self.push(arrow);
        let step = about.step.map(|step| format!("{step}. "));
        let words = step.unwrap_or_default() + &item.lines(Ink::Label).join("\n");
        if let (Some(place), false) = (label, words.is_empty()) {
            let shapes = item.shapes.iter().filter(|shape| {
                let wanted = [Ink::Label, Ink::BadgeText];
                matches!(shape, Shape::Text { ink, .. } if wanted.contains(&ink.purpose()))
            });
            let shapes: Vec<&Shape> = shapes.rev().collect();
            self.words(&shapes, &words, Some((at, *place)), &[]);
        }
    }

    /// Ties an arrow to a part.
    fn bind(&mut self, part: PartId, end: Option<&Point>, arrow: &str) -> Value {
        let (Some((at, rect)), Some(end)) = (self.outlines.get(&part), end) else {
            return Value::Null;
        };
        let share = |at: f64, from: f64, length: f64| rounded((at - from) / length.max(1.0));
        let fixed = [
            share(end.x, rect.x0, rect.width()),
            share(end.y, rect.y0, rect.height()),
        ];
        let at = *at;
        self.hold(at, arrow, "arrow");
        json!({ "elementId": name(at), "focus": 0, "gap": 1, "fixedPoint": fixed })
    }

    /// Tells an element what is bound to it.
    fn hold(&mut self, at: usize, id: &str, kind: &str) {
        if let Some(Value::Array(bound)) = self
            .elements
            .get_mut(at)
            .and_then(|element| element.get_mut("boundElements"))
        {
            bound.push(json!({ "id": id, "type": kind }));
        }
    }

    /// Words, bound to an element within a rectangle, or by themselves.
    fn words(
        &mut self,
        shapes: &[&Shape],
        text: &str,
        holder: Option<(usize, Rect)>,
        groups: &[String],
    ) {
        let Some(Shape::Text {
            size, ink, anchor, ..
        }) = shapes.first()
        else {
            return;
        };
        let room = shapes
            .iter()
            .map(|shape| shape.room())
            .reduce(|a, b| a.union(b));
        let room = room.unwrap_or_default();
        let rows = text.lines().count().max(1) as f64;
        let (width, height) = (room.width(), rows * size * LINE);
        let middle = holder.map_or(room.center(), |(_, rect)| rect.center());
        let left = if holder.is_some() {
            middle.x - width / 2.0
        } else {
            room.x0
        };
        let place = Rect::from_origin_size((left, middle.y - height / 2.0), (width, height));
        let mut words = self.element("text", place, groups);
        let centred = holder.is_some() || *anchor == Anchor::Middle;
        set(&mut words, "strokeColor", json!(self.palette.colour(*ink)));
        set(&mut words, "text", json!(text));
        set(&mut words, "originalText", json!(text));
        set(&mut words, "fontSize", json!(rounded(*size)));
        set(&mut words, "fontFamily", json!(FONT));
        set(&mut words, "lineHeight", json!(LINE));
        set(&mut words, "autoResize", json!(true));
        set(
            &mut words,
            "textAlign",
            json!(if centred { "center" } else { "left" }),
        );
        set(&mut words, "verticalAlign", json!("middle"));
        let id = self.next();
        let container = holder.map(|(at, _)| {
            self.hold(at, &id, "text");
            name(at)
        });
        set(&mut words, "containerId", json!(container));
        self.push(words);
    }

    /// A line or words of the legend.
    fn loose(&mut self, shape: &Shape) {
        match shape {
            Shape::Text { text, .. } => self.words(&[shape], text, None, &[]),
            Shape::Path { stroke, .. } if shape.room().height() < 1.0 => {
                let room = shape.room();
                let mut line = self.element("line", room, &[]);
                self.paint(&mut line, None, *stroke);
                set(
                    &mut line,
                    "points",
                    json!([[0, 0], [rounded(room.width()), 0]]),
                );
                self.push(line);
            }
            Shape::Path { .. } | Shape::Rect { .. } => {}
        }
    }

    /// What every element has.
    fn element(&self, kind: &str, rect: Rect, groups: &[String]) -> Map<String, Value> {
        let number = self.elements.len() + 1;
        let element = json!({
            "id": self.next(),
            "type": kind,
            "x": rounded(rect.x0),
            "y": rounded(rect.y0),
            "width": rounded(rect.width()),
            "height": rounded(rect.height()),
            "angle": 0,
            "strokeColor": "transparent",
            "backgroundColor": "transparent",
            "fillStyle": "solid",
            "strokeWidth": 1,
            "strokeStyle": "solid",
            "roughness": 0,
            "opacity": 100,
            "groupIds": groups,
            "frameId": null,
            "roundness": null,
            "seed": number,
            "version": 1,
            "versionNonce": number,
            "isDeleted": false,
            "boundElements": [],
            "updated": 1,
            "link": null,
            "locked": false,
        });
        match element {
            Value::Object(element) => element,
            _ => Map::new(),
        }
    }

    fn paint(&self, element: &mut Map<String, Value>, fill: Option<Ink>, stroke: Option<Stroke>) {
        if let Some(ink) = fill {
            set(element, "backgroundColor", json!(self.palette.colour(ink)));
        }
        if let Some(stroke) = stroke {
            set(
                element,
                "strokeColor",
                json!(self.palette.colour(stroke.ink)),
            );
            set(element, "strokeWidth", json!(rounded(stroke.width)));
            let dashed = if stroke.dash.is_some() {
                "dashed"
            } else {
                "solid"
            };
            set(element, "strokeStyle", json!(dashed));
        }
    }

    /// The id of the element that is written next.
    fn next(&self) -> String {
        name(self.elements.len())
    }

    fn push(&mut self, element: Map<String, Value>) -> usize {
        self.elements.push(Value::Object(element));
        self.elements.len() - 1
    }
}

fn name(at: usize) -> String {
    format!("e{at}")
}

fn set(element: &mut Map<String, Value>, key: &str, value: Value) {
    element.insert(key.to_owned(), value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::tests::{SHOP, drawn};

    #[test]
    fn arrows_and_boxes_know_each_other() {
        let file: Value =
            serde_json::from_slice(&drawn("excalidraw", SHOP, &Settings::default())).unwrap();
        let elements = file["elements"].as_array().unwrap();
        let find = |id: &Value| {
            elements
                .iter()
                .find(|element| element["id"] == *id)
                .unwrap()
        };
        let arrow = elements
            .iter()
            .find(|element| element["type"] == "arrow")
            .unwrap();
        for (end, label) in [("startBinding", "till"), ("endBinding", "ledger")] {
            let outline = find(&arrow[end]["elementId"]);
            let bound = outline["boundElements"].as_array().unwrap();
            assert!(bound.iter().any(|bound| bound["id"] == arrow["id"]));
            let text = bound.iter().find(|bound| bound["type"] == "text").unwrap();
            let text = find(&text["id"]);
            assert_eq!(
                (&text["text"], &text["containerId"]),
                (&json!(label), &outline["id"])
            );
            assert_eq!(
                outline["groupIds"].as_array().unwrap().len(),
                text["groupIds"].as_array().unwrap().len()
            );
        }
    }
}
