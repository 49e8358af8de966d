//! A scene becomes an SVG 1.1 document that stands alone: no script, no reference outside, no `foreignObject`.
//!
//! Elements are the svg crate's, which escapes attribute values and text. What it does not escape (comments, names, the content of `style`) is only
//! ever our own here: hex digits, class names, base64. Colours are plain attributes, because `var()` is black in some viewers; an adaptive theme
//! adds one media block with attribute selectors, which the others leave alone.

mod animation;
mod outline;

use super::Settings;
use super::number::{number, push};
use crate::font::{self, FALLBACK, FAMILY, Face, Fonts, Weight, subset};
use crate::geom::{BezPath, PathEl};
use crate::scene::{Anchor, Ink, Item, Palette, Scene, Shape, Stroke, Subject};
use ::svg::node::Value;
use ::svg::node::element::Element;
use ::svg::node::{Blob, Node, Text as Words};
use base64::Engine;
use std::collections::BTreeSet;
use std::fmt::Write;

/// How an SVG holds its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Text {
    /// In a subset of the font they were measured with, embedded.
    #[default]
    Font,
    /// In whatever fonts the viewer has.
    System,
    /// As outlines: the same everywhere, but nobody can select it.
    Paths,
}

/// Writes the document.
pub(super) fn draw(scene: &Scene, settings: &Settings) -> Vec<u8> {
    document(scene, settings, scene.theme.dark.as_ref(), false).into_bytes()
}

/// The document as a part of a page, which sets the colours by the classes `f-` and `s-` with the names of the inks.
#[cfg(feature = "html")]
pub(super) fn inline(scene: &Scene, settings: &Settings) -> String {
    document(scene, settings, None, true)
}

/// Some shapes as a document of their own.
#[cfg(feature = "drawio")]
pub(super) fn picture(palette: &Palette, shapes: &[&Shape], around: crate::geom::Rect) -> String {
    let mut writer = Writer {
        palette,
        adaptive: false,
        outlines: None,
    };
    let mut root = Element::new("svg");
    let (width, height) = (number(around.width()), number(around.height()));
    root.assign("xmlns", "http://www.w3.org/2000/svg");
    root.assign(
        "viewBox",
        format!(
            "{} {} {width} {height}",
            number(around.x0),
            number(around.y0)
        ),
    );
    root.assign("width", width);
    root.assign("height", height);
    root.assign(
        "font-family",
        format!("'{FAMILY}','{FALLBACK}',Verdana,sans-serif"),
    );
    for shape in shapes {
        root.append(writer.shape(shape));
    }
    root.to_string()
}

fn document(scene: &Scene, settings: &Settings, dark: Option<&Palette>, classes: bool) -> String {
    let mut writer = Writer {
        palette: &scene.theme.palette,
        adaptive: classes || dark.is_some(),
        outlines: (settings.text == Text::Paths).then(|| Fonts::with(settings.font)),
    };
    let mut body = String::new();
    let stages = animation::stages(scene, settings.animate);
    for (item, stage) in scene.items.iter().zip(stages) {
        let element = animation::staged(writer.item(item), stage);
        let _ = writeln!(body, "{element}");
    }
    let id = format!("k{:016x}", hash(&body));
    let mut document = String::with_capacity(body.len() + 20_000);
    let open = root(scene, &id).to_string();
    document.push_str(open.strip_suffix("/>").unwrap_or(&open));
    document.push_str(">\n");
    for (name, text) in [("title", &scene.title), ("desc", &scene.description)] {
        let element = with(Element::new(name), "id", format!("{id}-{name}"));
        let _ = writeln!(document, "{}", filled(element, text.as_str()));
    }
    let style = style(scene, settings, dark, &id);
    if !style.is_empty() {
        // The svg crate escapes text in every element but this one, whose content is all ours.
        let mut element = Element::new("style");
        element.append(Blob::new(style));
        let _ = writeln!(document, "{element}");
    }
    let background = with(
        with(Element::new("rect"), "width", number(scene.size.width)),
        "height",
        number(scene.size.height),
    );
    if !settings.transparent {
        let _ = writeln!(document, "{}", writer.fill(background, Some(Ink::Canvas)));
    }
    document.push_str(&body);
    document.push_str("</svg>\n");
    document
}

struct Writer<'a> {
    palette: &'a Palette,
    adaptive: bool,
    /// The faces, where words become outlines.
    outlines: Option<Fonts>,
}

/// The element around everything.
fn root(scene: &Scene, id: &str) -> Element {
    let (width, height) = (number(scene.size.width), number(scene.size.height));
    let mut root = Element::new("svg");
    root.assign("xmlns", "http://www.w3.org/2000/svg");
    root.assign("id", id);
    root.assign("viewBox", format!("0 0 {width} {height}"));
    root.assign("width", width);
    root.assign("height", height);
    root.assign("role", "img");
    root.assign("aria-labelledby", format!("{id}-title {id}-desc"));
    root.assign(
        "font-family",
        format!("'{id}-font','{FAMILY}','{FALLBACK}',Verdana,sans-serif"),
    );
    if let Some(language) = &scene.language {
        root.assign("lang", language.as_str());
    }
    root
}

/// The embedded faces, and the colours for a dark page.
fn style(scene: &Scene, settings: &Settings, dark: Option<&Palette>, id: &str) -> String {
    let mut style = String::new();
    if settings.text == Text::Font {
        for weight in [Weight::Regular, Weight::Bold] {
            let letters = letters(scene, weight);
            for face in [Face::main(weight), Face::fallback(weight)] {
                face_rule(&mut style, face, &letters, id);
            }
            if let Some(own) = settings.font {
                own_rule(&mut style, own, weight, &letters, id);
            }
        }
    }
    if let Some(dark) = dark {
        let (fills, strokes) = inks(scene);
        style.push_str("@media (prefers-color-scheme:dark){");
        for (inks, class, property) in [(fills, 'f', "fill"), (strokes, 's', "stroke")] {
            for ink in inks {
                let (name, colour) = (ink.name(), dark.colour(ink));
                let _ = write!(
                    style,
                    "#{id} [class~=\"{class}-{name}\"]{{{property}:{colour}}}"
                );
            }
        }
        style.push('}');
    }
    if settings.animate {
        style.push_str(&animation::style(scene, id));
    }
    style
}

/// What is filled and what is drawn along in the picture.
fn inks(scene: &Scene) -> (BTreeSet<Ink>, BTreeSet<Ink>) {
    let mut fills = BTreeSet::from([Ink::Canvas]);
    let mut strokes = BTreeSet::new();
    for shape in scene.items.iter().flat_map(|item| &item.shapes) {
        match shape {
            Shape::Rect { fill, stroke, .. } | Shape::Path { fill, stroke, .. } => {
                fills.extend(*fill);
                strokes.extend(stroke.map(|stroke| stroke.ink));
            }
            Shape::Text { ink, .. } => {
                fills.insert(*ink);
            }
        }
    }
    (fills, strokes)
}

impl Writer<'_> {
    fn item(&mut self, item: &Item) -> Element {
        let mut group = Element::new("g");
        match &item.subject {
            Subject::Component(_, id) => {
                group.assign("class", "component");
                group.assign("data-id", &**id);
            }
            Subject::Group(_, id) => {
                group.assign("class", "group");
                group.assign("data-id", &**id);
            }
            Subject::Link {
                from, to, known, ..
            } => {
                group.assign("class", if *known { "link known" } else { "link" });
                group.assign("data-from", &**from);
                group.assign("data-to", &**to);
            }
            Subject::Legend => group.assign("class", "legend"),
        }
        if let Some(tooltip) = &item.tooltip {
            group.append(filled(Element::new("title"), tooltip.as_str()));
        }
        match &item.href {
            Some(href) => {
                let mut anchor = Element::new("a");
                anchor.assign("href", href.as_str());
                item.shapes
                    .iter()
                    .for_each(|shape| anchor.append(self.shape(shape)));
                group.append(anchor);
            }
            None => item
                .shapes
                .iter()
                .for_each(|shape| group.append(self.shape(shape))),
        }
        group
    }

    fn shape(&mut self, shape: &Shape) -> Element {
        match shape {
            Shape::Rect {
                rect,
                radius,
                fill,
                stroke,
            } => {
                let mut element = Element::new("rect");
                for (name, value) in [
                    ("x", rect.x0),
                    ("y", rect.y0),
                    ("width", rect.width()),
                    ("height", rect.height()),
                    ("rx", *radius),
                ] {
                    element.assign(name, number(value));
                }
                self.stroke(self.fill(element, *fill), *stroke)
            }
            Shape::Path { data, fill, stroke } => {
                let element = with(Element::new("path"), "d", path(data));
                self.stroke(self.fill(element, *fill), *stroke)
            }
            Shape::Text {
                text,
                at,
                anchor,
                weight,
                size,
                ink,
                ..
            } => {
                if let Some(fonts) = &mut self.outlines {
                    let (words, width) = fonts.outline(text, *weight, *size);
                    let left = at.x
                        - if *anchor == Anchor::Middle {
                            width / 2.0
                        } else {
                            0.0
                        };
                    let data = outline::data(&words, crate::geom::Point::new(left, at.y));
                    let element = with(Element::new("path"), "d", data);
                    return self.fill(element, Some(*ink));
                }
                let mut element = Element::new("text");
                element.assign("x", number(at.x));
                element.assign("y", number(at.y));
                element.assign("font-size", number(*size));
                if *anchor == Anchor::Middle {
                    element.assign("text-anchor", "middle");
                }
                if *weight == Weight::Bold {
                    element.assign("font-weight", weight.number());
                }
                if font::leftward(text) {
                    element.assign("unicode-bidi", "plaintext");
                }
                filled(self.fill(element, Some(*ink)), text.as_str())
            }
        }
    }

    fn fill(&self, mut element: Element, fill: Option<Ink>) -> Element {
        element.assign("fill", fill.map_or("none", |ink| self.palette.colour(ink)));
        if let (true, Some(ink)) = (self.adaptive, fill) {
            add_class(&mut element, &format!("f-{}", ink.name()));
        }
        element
    }

    fn stroke(&self, mut element: Element, stroke: Option<Stroke>) -> Element {
        let Some(stroke) = stroke else { return element };
        element.assign("stroke", self.palette.colour(stroke.ink));
        element.assign("stroke-width", number(stroke.width));
        if let Some((dash, gap)) = stroke.dash {
            element.assign(
                "stroke-dasharray",
                format!("{} {}", number(dash), number(gap)),
            );
        }
        if element.get_name() == "path" {
            element.assign("stroke-linecap", "round");
            element.assign("stroke-linejoin", "round");
        }
        if self.adaptive {
            add_class(&mut element, &format!("s-{}", stroke.ink.name()));
        }
        element
    }
}

fn with(mut element: Element, name: &str, value: impl Into<Value>) -> Element {
    element.assign(name, value);
    element
}

/// The one way by which words get into the document: the svg crate escapes them, and `scene` has taken out what XML forbids.
fn filled(mut element: Element, text: impl Into<String>) -> Element {
    element.append(Words::new(text));
    element
}

fn add_class(element: &mut Element, class: &str) {
    let class = match element.get_attributes().get("class") {
        Some(other) => format!("{other} {class}"),
        None => class.to_owned(),
    };
    element.assign("class", class);
}

/// Path data with the shortest commands: `H` and `V` for straight ways.
fn path(data: &BezPath) -> String {
    let mut text = String::new();
    let mut last = crate::geom::Point::ZERO;
    let points = |text: &mut String, command: char, points: &[crate::geom::Point]| {
        text.push(command);
        for (at, point) in points.iter().enumerate() {
            if at > 0 {
                text.push(' ');
            }
            push(text, point.x);
            text.push(' ');
            push(text, point.y);
        }
    };
    for element in data.elements() {
        match *element {
            PathEl::MoveTo(to) => points(&mut text, 'M', &[to]),
            PathEl::LineTo(to) if number(to.y) == number(last.y) => {
                text.push('H');
                push(&mut text, to.x);
            }
            PathEl::LineTo(to) if number(to.x) == number(last.x) => {
                text.push('V');
                push(&mut text, to.y);
            }
            PathEl::LineTo(to) => points(&mut text, 'L', &[to]),
            PathEl::QuadTo(a, to) => points(&mut text, 'Q', &[a, to]),
            PathEl::CurveTo(a, b, to) => points(&mut text, 'C', &[a, b, to]),
            PathEl::ClosePath => text.push('Z'),
        }
        last = element.end_point().unwrap_or(last);
    }
    text
}

/// Every character that is drawn in a weight.
fn letters(scene: &Scene, weight: Weight) -> BTreeSet<char> {
    let shapes = scene.items.iter().flat_map(|item| &item.shapes);
    let texts = shapes.filter_map(|shape| match shape {
        Shape::Text {
            text, weight: own, ..
        } if *own == weight => Some(text),
        _ => None,
    });
    texts.flat_map(|text| text.chars()).collect()
}

/// A `@font-face` rule with the glyphs of `letters`; the fallback's only where the main face lacks them.
fn face_rule(style: &mut String, face: Face, letters: &BTreeSet<char>, id: &str) {
    let main = face.family == FAMILY;
    let wanted = if main {
        letters.clone()
    } else {
        Face::main(face.weight).lacks(letters)
    };
    embed(style, (face, face.weight), &wanted, !main, id);
}

/// The same for the user's own face: what both others lack.
fn own_rule(style: &mut String, own: Face, weight: Weight, letters: &BTreeSet<char>, id: &str) {
    let lacking = Face::main(weight).lacks(letters);
    let wanted = Face::fallback(weight).lacks(&lacking);
    embed(style, (own, weight), &wanted, true, id);
}

fn embed(
    style: &mut String,
    (face, weight): (Face, Weight),
    wanted: &BTreeSet<char>,
    limited: bool,
    id: &str,
) {
    if wanted.is_empty() {
        return;
    }
    let Some(bytes) = subset(face, wanted) else {
        return;
    };
    let data = base64::engine::general_purpose::STANDARD.encode(bytes);
    let range = if limited {
        unicode_range(wanted)
    } else {
        String::new()
    };
    let _ = write!(
        style,
        "@font-face{{font-family:'{id}-font';font-weight:{};{range}src:url(data:font/ttf;base64,{data})}}",
        weight.number()
    );
}

/// Limits a face to its characters, so that the two faces of one family do not hide each other.
fn unicode_range(letters: &BTreeSet<char>) -> String {
    let points: Vec<String> = letters
        .iter()
        .map(|letter| format!("U+{:X}", u32::from(*letter)))
        .collect();
    format!("unicode-range:{};", points.join(","))
}

/// FNV-1a, 64 bits: names this document's ids, so that two inlined pictures do not share any.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
