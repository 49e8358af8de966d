//! A scene becomes an SVG 1.1 document that stands alone: no script, no reference outside, no `foreignObject`.
//!
//! The document, its head and its style are elements of the svg crate, which escapes attribute values and text; what lies between is written by
//! [`markup`], in the same form, and escaped by the crate too. What it does not escape (comments, names, the content of `style`) is only
//! ever our own here: hex digits, class names, base64. Colours are plain attributes, because `var()` is black in some viewers; an adaptive theme
//! adds one media block with attribute selectors, which the others leave alone.

mod animation;
mod item;
mod markup;
mod outline;

use super::Settings;
use super::number::number;
use crate::font::{FALLBACK, FAMILY, Face, Family, Fonts, Weight, subset};
use crate::scene::{Ink, Palette, Scene, Shape};
use ::svg::node::element::Element;
use ::svg::node::{Blob, Node, Text as Words};
use base64::Engine;
use markup::Markup;
use std::collections::BTreeSet;
use std::fmt::Write;

/// How a document ends.
const END: &str = "</svg>";

/// More bytes than most shapes take, and than most heads: a buffer that need not grow is touched once.
const USUAL: usize = 256;
const HEAD: usize = 32 << 10;

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
    let mut writer = Writer::new(palette);
    for shape in shapes {
        writer.shape(shape);
    }
    let mut body = writer.markup.into_text();
    // The crate ends a node's line itself.
    if body.pop().is_some() {
        root.append(Blob::new(body));
    }
    root.to_string()
}

fn document(scene: &Scene, settings: &Settings, dark: Option<&Palette>, classes: bool) -> String {
    let mut writer = Writer {
        adaptive: classes || dark.is_some(),
        outlines: (settings.text == Text::Paths).then(|| Fonts::with(&settings.fonts)),
        ..Writer::new(&scene.theme.palette)
    };
    let shapes: usize = scene.items.iter().map(|item| item.shapes.len()).sum();
    writer.markup.reserve(shapes * USUAL + HEAD);
    let stages = animation::stages(scene, settings.animate);
    for (item, stage) in scene.items.iter().zip(stages) {
        writer.item(item, stage);
    }
    let adaptive = writer.adaptive;
    let mut document = writer.markup.into_text();
    let id = format!("k{:016x}", hash(&document));
    let mut root = root(scene, &id);
    for (name, text) in [("title", &scene.title), ("desc", &scene.description)] {
        let mut element = Element::new(name);
        element.assign("id", format!("{id}-{name}"));
        element.append(Words::new(text.as_str()));
        root.append(element);
    }
    let style = style(scene, settings, dark, &id);
    if !style.is_empty() {
        // The svg crate escapes text in every element but this one, whose content is all ours.
        let mut element = Element::new("style");
        element.append(Blob::new(style));
        root.append(element);
    }
    if !settings.transparent {
        let mut ground = Element::new("rect");
        ground.assign("width", number(scene.size.width));
        ground.assign("height", number(scene.size.height));
        ground.assign("fill", scene.theme.palette.colour(Ink::Canvas));
        if adaptive {
            ground.assign("class", format!("f-{}", Ink::Canvas.name()));
        }
        root.append(ground);
    }
    // The items go before its end, in place: a large picture is not twice in memory.
    let head = root.to_string();
    document.insert_str(0, head.strip_suffix(END).unwrap_or(&head));
    document.push_str(END);
    document.push('\n');
    document
}

/// Writes what is in a scene.
struct Writer<'a> {
    palette: &'a Palette,
    adaptive: bool,
    /// The faces, where words become outlines.
    outlines: Option<Fonts>,
    markup: Markup,
}

impl<'a> Writer<'a> {
    fn new(palette: &'a Palette) -> Self {
        Self {
            palette,
            adaptive: false,
            outlines: None,
            markup: Markup::default(),
        }
    }
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
            other_rules(&mut style, &settings.fonts, weight, &letters, id);
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

/// The same for the families that do not ship: each what all before it lack.
fn other_rules(
    style: &mut String,
    others: &[Family],
    weight: Weight,
    letters: &BTreeSet<char>,
    id: &str,
) {
    if others.is_empty() {
        return;
    }
    let lacking = Face::main(weight).lacks(letters);
    let mut wanted = Face::fallback(weight).lacks(&lacking);
    for family in others {
        let face = family.face(weight);
        let rest = face.lacks(&wanted);
        wanted.retain(|letter| !rest.contains(letter));
        embed(style, (face, weight), &wanted, true, id);
        wanted = rest;
    }
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
