//! The XML of diagrams.net: groups are containers, links are connected to their ends and run through their bends, icons move with their components.
//!
//! Labels are plain text there (`html=0`); tooltips are HTML, so their words are escaped as such before they are escaped as XML.

use super::number::{number, rounded};
use super::xml::Xml;
use super::{Settings, outline, svg};
use crate::geom::{Point, Rect, Route};
use crate::model::{Architecture, Arrow, PartId};
use crate::scene::{Ink, Item, Palette, Place, Scene, Shape, Stroke, Subject};
use base64::Engine;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Containers that lie deeper are children of the last one that may be: other programs follow nesting with their stack.
const DEEPEST: usize = 64;

/// Writes the file.
pub(super) fn draw(architecture: &Architecture, scene: &Scene, _: &Settings) -> Vec<u8> {
    let mut xml = Xml::document();
    let title = scene.title.as_str();
    let shows = outline::hidden(scene);
    xml.start("mxfile", &[("host", &"k8sdiag"), ("k8sdiag", &shows)]);
    xml.start("diagram", &[("id", &"k8sdiag"), ("name", &title)]);
    let (width, height) = (number(scene.size.width), number(scene.size.height));
    xml.start(
        "mxGraphModel",
        &[
            ("grid", &0),
            ("tooltips", &1),
            ("connect", &1),
            ("arrows", &1),
            ("fold", &1),
            ("page", &1),
            ("pageWidth", &width),
            ("pageHeight", &height),
            ("background", &scene.theme.palette.colour(Ink::Canvas)),
        ],
    );
    xml.start("root", &[]);
    xml.leaf("mxCell", &[("id", &0)]);
    xml.leaf("mxCell", &[("id", &1), ("parent", &0)]);
    let mut writer = Writer {
        xml,
        palette: &scene.theme.palette,
        places: BTreeMap::new(),
    };
    let (mut boxes, mut links) = (BTreeMap::new(), Vec::new());
    for item in &scene.items {
        match &item.subject {
            Subject::Component(part, _) | Subject::Group(part, _) => {
                boxes.insert(*part, item);
            }
            Subject::Link { .. } => links.push(item),
            Subject::Legend => {}
        }
    }
    for part in architecture.preorder() {
        if let Some(item) = boxes.get(&part) {
            writer.part(architecture, part, item);
        }
    }
    for item in links {
        writer.link(architecture, item);
    }
    if let Some(legend) = scene
        .items
        .iter()
        .find(|item| item.subject == Subject::Legend)
    {
        writer.legend(legend);
    }
    writer.xml.finish().into_bytes()
}

struct Writer<'a> {
    xml: Xml,
    palette: &'a Palette,
    /// Where each part is, and how deep.
    places: BTreeMap<PartId, (Rect, usize)>,
}

impl Writer<'_> {
    fn part(&mut self, architecture: &Architecture, part: PartId, item: &Item) {
        let Place::Box(rect) = item.place else { return };
        let group = architecture.part(part).is_group();
        // The innermost group around it that may hold it.
        let parent = architecture.ancestors(part).find_map(|group| {
            let (place, depth) = self.places.get(&group)?;
            (*depth < DEEPEST).then_some((group, place.origin(), *depth))
        });
        let (owner, origin, depth) = parent.map_or_else(
            || ("1".to_owned(), Point::ZERO, 0),
            |(group, origin, depth)| (id(group), origin, depth + 1),
        );
        self.places.insert(part, (rect, depth));
        let ink = if group { Ink::Title } else { Ink::Text };
        let mut style = self.outline(item);
        let _ = write!(style, "html=0;fontFamily=Noto Sans,Verdana,sans-serif;");
        if group {
            style.push_str("container=1;collapsible=1;recursiveResize=0;verticalAlign=top;");
        }
        self.words(&mut style, item, rect, ink);
        let local = rect - origin.to_vec2();
        self.begin(&id(part), &item.lines(ink).join("\n"), item);
        self.vertex(&style, &owner, local);
        self.xml.end();
        self.ornaments(part, item, rect, ink);
    }

    /// Everything of an item beside its outline and its name, as one picture that moves with it.
    fn ornaments(&mut self, part: PartId, item: &Item, rect: Rect, ink: Ink) {
        let shapes: Vec<&Shape> = item
            .shapes
            .iter()
            .skip(1)
            .filter(|shape| !matches!(shape, Shape::Text { ink: own, .. } if own.purpose() == ink))
            .collect();
        if shapes.is_empty() {
            return;
        }
        // Cards behind a stack stand out of the box.
        let around = rect.inflate(10.0, 10.0);
        let picture = svg::picture(self.palette, &shapes, around);
        let data = base64::engine::general_purpose::STANDARD.encode(picture);
        let style = format!(
            "shape=image;connectable=0;pointerEvents=0;editable=0;image=data:image/svg+xml,{data};"
        );
        let local = around - rect.origin().to_vec2();
        let name = format!("{}-icon", id(part));
        self.xml.start(
            "mxCell",
            &[
                ("id", &name),
                ("value", &""),
                ("style", &style),
                ("parent", &id(part)),
                ("vertex", &1),
            ],
        );
        self.geometry(local);
        self.xml.end();
    }

    fn link(&mut self, architecture: &Architecture, item: &Item) {
        let (Subject::Link { link, .. }, Place::Way(route, place)) = (&item.subject, &item.place)
        else {
            return;
        };
        let Some((from, to, about)) = architecture.link(*link) else {
            return;
        };
        let (Some(start), Some(end)) = (route.points.first(), route.points.last()) else {
            return;
        };
        let mut style = String::from(
            "edgeStyle=orthogonalEdgeStyle;rounded=1;arcSize=14;html=0;jettySize=auto;",
        );
        if let Some(stroke) = item.stroke() {
            self.stroke(&mut style, stroke);
        }
        let head = |has: bool| if has { "block" } else { "none" };
        let _ = write!(
            style,
            "endArrow={};endFill=1;endSize=5;startArrow={};startFill=1;startSize=5;",
            head(about.arrow != Arrow::None),
            head(about.arrow == Arrow::Both)
        );
        for (name, part, point) in [("exit", from, start), ("entry", to, end)] {
            if let Some((rect, _)) = self.places.get(&part) {
                let share = |at: f64, from: f64, length: f64| {
                    ((at - from) / length.max(1.0)).clamp(0.0, 1.0)
                };
                let _ = write!(
                    style,
                    "{name}X={};{name}Y={};{name}Dx=0;{name}Dy=0;{name}Perimeter=0;",
                    fine(share(point.x, rect.x0, rect.width())),
                    fine(share(point.y, rect.y0, rect.height()))
                );
            }
        }
        let _ = write!(
            style,
            "fontFamily=Noto Sans,Verdana,sans-serif;fontSize=11;fontColor={};labelBackgroundColor={};",
            self.palette.colour(item.ink_of(Ink::Label)),
            self.palette.colour(item.ground().unwrap_or(Ink::Canvas))
        );
        let words = item.lines(Ink::Label).join("\n");
        let step = about.step.map(|step| format!("{step}. "));
        let label = step.unwrap_or_default() + &words;
        self.begin(&format!("l{}", link.index()), &label, item);
        let (source, target) = (id(from), id(to));
        self.xml.start(
            "mxCell",
            &[
                ("style", &style),
                ("parent", &1),
                ("source", &source),
                ("target", &target),
                ("edge", &1),
            ],
        );
        self.way(route, *place);
        self.xml.end().end();
    }

    /// The bends of a link, and where along it its label stands.
    fn way(&mut self, route: &Route, label: Option<Rect>) {
        let (along, offset) =
            label.map_or((0.0, Point::ZERO), |label| beside(route, label.center()));
        self.xml.start(
            "mxGeometry",
            &[("x", &fine(along)), ("relative", &1), ("as", &"geometry")],
        );
        let bends = route.points.get(1..route.points.len().saturating_sub(1));
        self.xml.start("Array", &[("as", &"points")]);
        for point in bends.unwrap_or_default() {
            let (x, y) = (number(point.x), number(point.y));
            self.xml.leaf("mxPoint", &[("x", &x), ("y", &y)]);
        }
        self.xml.end();
        let (x, y) = (number(offset.x), number(offset.y));
        self.xml
            .leaf("mxPoint", &[("x", &x), ("y", &y), ("as", &"offset")]);
        self.xml.end();
    }

    fn legend(&mut self, item: &Item) {
        let shapes: Vec<&Shape> = item.shapes.iter().collect();
        let around = item.room().inflate(4.0, 4.0);
        let data = base64::engine::general_purpose::STANDARD.encode(svg::picture(
            self.palette,
            &shapes,
            around,
        ));
        let style = format!("shape=image;image=data:image/svg+xml,{data};");
        self.xml.start(
            "mxCell",
            &[
                ("id", &"legend"),
                ("value", &""),
                ("style", &style),
                ("parent", &1),
                ("vertex", &1),
            ],
        );
        self.geometry(around);
        self.xml.end();
    }

    /// Begins the object that names a cell and tells of it.
    fn begin(&mut self, id: &str, label: &str, item: &Item) {
        let tooltip = item.tooltip.as_deref().map(html).unwrap_or_default();
        let link = item.href.as_deref().unwrap_or_default();
        self.xml.start(
            "UserObject",
            &[
                ("id", &id),
                ("label", &label),
                ("tooltip", &tooltip),
                ("link", &link),
            ],
        );
    }

    fn vertex(&mut self, style: &str, parent: &str, rect: Rect) {
        self.xml.start(
            "mxCell",
            &[("style", &style), ("parent", &parent), ("vertex", &1)],
        );
        self.geometry(rect);
        self.xml.end();
    }

    fn geometry(&mut self, rect: Rect) {
        self.xml.leaf(
            "mxGeometry",
            &[
                ("x", &number(rect.x0)),
                ("y", &number(rect.y0)),
                ("width", &number(rect.width())),
                ("height", &number(rect.height())),
                ("as", &"geometry"),
            ],
        );
    }

    fn outline(&self, item: &Item) -> String {
        let Some(Shape::Rect {
            radius,
            fill,
            stroke,
            ..
        }) = item.shapes.first()
        else {
            return String::new();
        };
        let fill = fill.map_or("none", |ink| self.palette.colour(ink));
        let mut style = format!(
            "rounded=1;absoluteArcSize=1;arcSize={};fillColor={fill};",
            number(radius * 2.0)
        );
        if let Some(stroke) = stroke {
            self.stroke(&mut style, *stroke);
        }
        style
    }

    fn stroke(&self, style: &mut String, stroke: Stroke) {
        let _ = write!(
            style,
            "strokeColor={};strokeWidth={};",
            self.palette.colour(stroke.ink),
            number(stroke.width)
        );
        if let Some((dash, gap)) = stroke.dash {
            let _ = write!(
                style,
                "dashed=1;dashPattern={} {};",
                number(dash),
                number(gap)
            );
        }
    }

    /// How the name of an item stands in its box.
    fn words(&self, style: &mut String, item: &Item, rect: Rect, wanted: Ink) {
        let first = item.shapes.iter().find_map(|shape| match shape {
            Shape::Text {
                at,
                anchor,
                size,
                ink,
                ..
            } if ink.purpose() == wanted => Some((*at, *anchor, *size)),
            _ => None,
        });
        let Some((at, anchor, size)) = first else {
            return;
        };
        let bold = i32::from(wanted == Ink::Title);
        let _ = write!(
            style,
            "fontSize={};fontStyle={bold};fontColor={};spacing=0;",
            number(size),
            self.palette.colour(item.ink_of(wanted))
        );
        if anchor == crate::scene::Anchor::Start {
            let _ = write!(style, "align=left;spacingLeft={};", number(at.x - rect.x0));
        }
        if wanted == Ink::Title {
            let top = (at.y - rect.y0 - size).max(0.0);
            let _ = write!(style, "spacingTop={};", number(top));
        }
    }
}

fn id(part: PartId) -> String {
    format!("p{}", part.index())
}

/// A share, to a ten-thousandth.
fn fine(share: f64) -> f64 {
    rounded(share * 100.0) / 100.0
}

/// Words as HTML shows them.
fn html(words: &str) -> String {
    let mut text = String::new();
    for character in words.chars() {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '\n' => text.push_str("<br>"),
            other => text.push(other),
        }
    }
    text
}

/// The point of a route that is nearest to `point`: how far along it is, from -1 to 1, and how `point` lies from there.
fn beside(route: &Route, point: Point) -> (f64, Point) {
    let whole = route.length().max(1e-9);
    let mut best = (f64::INFINITY, 0.0, Point::ZERO);
    let mut gone = 0.0;
    for (a, b) in route.segments() {
        let nearest = Point::new(
            point.x.clamp(a.x.min(b.x), a.x.max(b.x)),
            point.y.clamp(a.y.min(b.y), a.y.max(b.y)),
        );
        let off = point - nearest;
        let distance = off.x * off.x + off.y * off.y;
        if distance < best.0 {
            let here = gone + (nearest.x - a.x).abs() + (nearest.y - a.y).abs();
            best = (distance, here / whole * 2.0 - 1.0, off.to_point());
        }
        gone += (b.x - a.x).abs() + (b.y - a.y).abs();
    }
    (best.1, best.2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::tests::{SHOP, drawn};

    #[test]
    fn groups_hold_their_components_and_links_their_ends() {
        let text = String::from_utf8(drawn("drawio", SHOP, &Settings::default())).unwrap();
        let cell = |label: &str| {
            let from = text.find(&format!("label=\"{label}\"")).unwrap();
            let before = text.get(..from).unwrap();
            let id = before
                .rsplit("id=\"")
                .next()
                .unwrap()
                .split('"')
                .next()
                .unwrap();
            let parent = text.get(from..).unwrap().split("parent=\"").nth(1).unwrap();
            (id.to_owned(), parent.split('"').next().unwrap().to_owned())
        };
        let (till, parent) = cell("till");
        assert_eq!(cell("Counter").0, parent);
        let ledger = cell("ledger").0;
        assert!(text.contains(&format!("source=\"{till}\" target=\"{ledger}\" edge=\"1\"")));
        assert!(!text.contains("<b>"));
    }

    #[test]
    fn a_label_is_found_along_its_link() {
        let route = Route::new(vec![
            Point::new(0., 0.),
            Point::new(10., 0.),
            Point::new(10., 30.),
        ]);
        let (along, off) = beside(&route, Point::new(13., 20.));
        assert!((along - 0.5).abs() < 1e-9);
        assert_eq!(off, Point::new(3., 0.));
    }

    #[test]
    fn tooltips_are_text_even_as_html() {
        assert_eq!(html("<script>&\n"), "&lt;script&gt;&amp;<br>");
    }
}
