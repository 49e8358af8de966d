//! Items become shapes: a component with its text, a frame with its title, icons and other small things.

use super::colour::colour;
use super::emu;
use super::words::{Style, body};
use crate::draw::xml::Xml;
use crate::font::Weight;
use crate::geom::{self, Point, Rect, Size};
use crate::scene::{Anchor, Ink, Item, MARGIN, Palette, Shape, Stroke};

/// The face of the deck is narrower than the one that was measured: its letters may be so much larger.
const LARGER: f64 = 1.08;

/// Where the picture lies on the slide.
#[derive(Debug, Clone, Copy)]
pub(super) struct Map {
    /// EMU of a pixel.
    scale: f64,
    left: f64,
    top: f64,
}

impl Map {
    /// A picture of `size` px in the middle of `room` (EMU), with pixels of at most `largest` EMU. Its own margin may lie outside: the slide has one.
    pub(super) fn fit(size: Size, room: Rect, largest: f64) -> Self {
        // Words at the bottom stand in half of that margin.
        let drawn = Rect::new(
            MARGIN,
            MARGIN,
            size.width - MARGIN,
            size.height - MARGIN / 2.0,
        );
        let scale = (room.width() / drawn.width().max(1.0))
            .min(room.height() / drawn.height().max(1.0))
            .min(largest);
        Self {
            scale,
            left: room.center().x - drawn.center().x * scale,
            top: room.center().y - drawn.center().y * scale,
        }
    }

    /// A picture at the corner of the slide.
    #[cfg(test)]
    pub(super) fn plain(scale: f64) -> Self {
        Self {
            scale,
            left: 0.0,
            top: 0.0,
        }
    }

    pub(super) fn x(&self, x: f64) -> i64 {
        emu(self.left + x * self.scale)
    }

    pub(super) fn y(&self, y: f64) -> i64 {
        emu(self.top + y * self.scale)
    }

    /// A length.
    pub(super) fn long(&self, length: f64) -> i64 {
        emu(length * self.scale)
    }

    /// EMU of a pixel of text.
    pub(super) fn text(&self) -> f64 {
        self.scale * LARGER
    }

    /// Text of `size` px, in hundredths of a point.
    fn points(&self, size: f64) -> i64 {
        emu(size * self.text() / 127.0).clamp(100, 400_000)
    }
}

/// What all shapes of a slide are written with.
pub(super) struct Pen<'a> {
    pub(super) xml: Xml,
    pub(super) map: Map,
    pub(super) palette: &'a Palette,
    /// Ids that were given out.
    pub(super) ids: u32,
}

/// What a shape is called, and what is said of it to those who do not see it.
#[derive(Clone, Copy)]
pub(super) struct Naming<'a> {
    pub(super) name: &'a str,
    pub(super) told: Option<&'a str>,
    /// The relation of the page that it leads to.
    pub(super) page: Option<&'a str>,
}

impl<'a> Naming<'a> {
    /// Something that only decorates.
    pub(super) fn ornament(name: &'a str) -> Self {
        Self {
            name,
            told: None,
            page: None,
        }
    }
}

impl Pen<'_> {
    /// A number that no other shape has.
    pub(super) fn id(&mut self) -> u32 {
        self.ids += 1;
        self.ids
    }

    /// The part of a shape that names it.
    pub(super) fn naming(&mut self, id: u32, naming: Naming<'_>) {
        let mut attributes: Vec<crate::draw::xml::Attribute<'_>> =
            vec![("id", &id), ("name", &naming.name)];
        if let Some(told) = &naming.told {
            attributes.push(("descr", told));
        }
        self.xml.start("p:cNvPr", &attributes);
        if let Some(page) = &naming.page {
            self.xml.leaf("a:hlinkClick", &[("r:id", page)]);
        }
        if naming.told.is_none() {
            self.xml.raw("<a:extLst><a:ext uri=\"{C183D7F6-B498-43B3-948B-1728B52AA6E4}\"><adec:decorative xmlns:adec=\"http://schemas.microsoft.com/office/drawing/2017/decorative\" val=\"1\"/></a:ext></a:extLst>");
        }
        self.xml.end();
    }

    /// Begins a group whose inside is measured as its outside.
    pub(super) fn open(&mut self, naming: Naming<'_>, around: Rect) {
        let id = self.id();
        self.xml.start("p:grpSp", &[]).start("p:nvGrpSpPr", &[]);
        self.naming(id, naming);
        self.xml.raw("<p:cNvGrpSpPr/><p:nvPr/>").end();
        let (x, y) = (self.map.x(around.x0), self.map.y(around.y0));
        let (width, height) = (
            self.map.long(around.width()),
            self.map.long(around.height()),
        );
        self.xml.start("p:grpSpPr", &[]).start("a:xfrm", &[]);
        self.xml.leaf("a:off", &[("x", &x), ("y", &y)]);
        self.xml.leaf("a:ext", &[("cx", &width), ("cy", &height)]);
        self.xml.leaf("a:chOff", &[("x", &x), ("y", &y)]);
        self.xml.leaf("a:chExt", &[("cx", &width), ("cy", &height)]);
        self.xml.end().end();
    }

    /// Ends it.
    pub(super) fn close(&mut self) {
        self.xml.end();
    }

    /// A box with its words, of number `id`: a component or a frame.
    pub(super) fn boxed(
        &mut self,
        (id, naming): (u32, Naming<'_>),
        (item, ink): (&Item, Ink),
        lines: &[&str],
        sites: &[Point],
    ) {
        let Some(Shape::Rect {
            rect,
            radius,
            fill,
            stroke,
        }) = item.shapes.first()
        else {
            return;
        };
        self.xml.start("p:sp", &[]).start("p:nvSpPr", &[]);
        self.naming(id, naming);
        self.xml.raw("<p:cNvSpPr/><p:nvPr/>").end();
        self.xml.start("p:spPr", &[]);
        self.place(*rect);
        self.connectable(*rect, *radius, sites);
        self.fill(*fill);
        self.line(*stroke, (false, false));
        self.xml.end();
        let style = self.style(item, *rect, ink);
        body(&mut self.xml, self.palette, style, lines);
        self.xml.end();
    }

    /// Everything of an item that is not its outline and not its words in `ink`.
    pub(super) fn ornaments(&mut self, item: &Item, ink: Ink) {
        for shape in item.shapes.iter().skip(1) {
            match shape {
                Shape::Text { ink: own, .. } if own.purpose() == ink => {}
                _ => self.shape(shape),
            }
        }
    }

    /// A shape by itself.
    pub(super) fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect {
                rect,
                radius,
                fill,
                stroke,
            } => {
                self.begin("tile", *rect);
                self.round(*rect, *radius);
                self.fill(*fill);
                self.line(*stroke, (false, false));
                self.xml.end().end();
            }
            Shape::Path { data, fill, stroke } => {
                let around = geom::bounds(data);
                self.begin("drawing", around);
                self.free(data, around);
                self.fill(*fill);
                self.line(*stroke, (false, false));
                self.xml.end().end();
            }
            Shape::Text { text, .. } => self.words(&[shape], &[text], None, text),
        }
    }

    /// Words in a box of their own, over `ground`.
    pub(super) fn words(
        &mut self,
        shapes: &[&Shape],
        lines: &[&str],
        ground: Option<Ink>,
        name: &str,
    ) {
        let Some(Shape::Text {
            anchor,
            weight,
            size,
            ink,
            ..
        }) = shapes.first()
        else {
            return;
        };
        let around = shapes
            .iter()
            .map(|shape| shape.room())
            .reduce(|a, b| a.union(b))
            .unwrap_or_default();
        let id = self.id();
        self.xml.start("p:sp", &[]).start("p:nvSpPr", &[]);
        let told = Some(name);
        self.naming(
            id,
            Naming {
                name,
                told,
                page: None,
            },
        );
        self.xml.raw("<p:cNvSpPr txBox=\"1\"/><p:nvPr/>").end();
        self.xml.start("p:spPr", &[]);
        self.place(around);
        self.xml
            .raw("<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>");
        self.fill(ground);
        self.xml.raw("<a:ln><a:noFill/></a:ln>").end();
        let style = Style {
            size: self.map.points(*size),
            weight: *weight,
            ink: *ink,
            centred: *anchor == Anchor::Middle,
            top: false,
            insets: [0; 4],
            wrap: false,
        };
        body(&mut self.xml, self.palette, style, lines);
        self.xml.end();
    }

    /// A disc with a number.
    pub(super) fn badge(&mut self, (around, ground): (Rect, Ink), number: &Shape) {
        let Shape::Text {
            text,
            size,
            weight,
            ink,
            ..
        } = number
        else {
            return;
        };
        let id = self.id();
        self.xml.start("p:sp", &[]).start("p:nvSpPr", &[]);
        let naming = Naming {
            name: text,
            told: Some(text),
            page: None,
        };
        self.naming(id, naming);
        self.xml.raw("<p:cNvSpPr/><p:nvPr/>").end();
        self.xml.start("p:spPr", &[]);
        // As much larger as the digits in it.
        let more = (LARGER - 1.0) / 2.0;
        self.place(around.inflate(around.width() * more, around.height() * more));
        self.xml
            .raw("<a:prstGeom prst=\"ellipse\"><a:avLst/></a:prstGeom>");
        self.fill(Some(ground));
        self.xml.raw("<a:ln><a:noFill/></a:ln>").end();
        let style = Style {
            size: self.map.points(*size),
            weight: *weight,
            ink: *ink,
            centred: true,
            top: false,
            insets: [0; 4],
            wrap: false,
        };
        body(&mut self.xml, self.palette, style, &[text]);
        self.xml.end();
    }

    fn begin(&mut self, name: &str, around: Rect) {
        let id = self.id();
        self.xml.start("p:sp", &[]).start("p:nvSpPr", &[]);
        self.naming(id, Naming::ornament(name));
        self.xml.raw("<p:cNvSpPr/><p:nvPr/>").end();
        self.xml.start("p:spPr", &[]);
        self.place(around);
    }

    fn fill(&mut self, ink: Option<Ink>) {
        match ink {
            Some(ink) => {
                self.xml.start("a:solidFill", &[]);
                colour(&mut self.xml, self.palette, ink, false);
                self.xml.end();
            }
            None => {
                self.xml.raw("<a:noFill/>");
            }
        }
    }

    /// A line, with heads at its start and its end.
    pub(super) fn line(&mut self, stroke: Option<Stroke>, heads: (bool, bool)) {
        let Some(stroke) = stroke else {
            self.xml.raw("<a:ln><a:noFill/></a:ln>");
            return;
        };
        self.begin_line(stroke);
        self.fill(Some(stroke.ink));
        self.end_line(stroke, heads);
    }

    /// The same line for programs that paint a line's gradient. Others take the second of its three colours, which here is
    /// transparent and as long as nothing, and so do not show the line at all.
    pub(super) fn line_of_gradient(&mut self, stroke: Option<Stroke>, heads: (bool, bool)) {
        let Some(stroke) = stroke else { return };
        self.begin_line(stroke);
        self.xml.raw("<a:gradFill>").start("a:gsLst", &[]);
        for (at, clear) in [(0, false), (0, true), (100_000, false)] {
            self.xml.start("a:gs", &[("pos", &at)]);
            colour(&mut self.xml, self.palette, stroke.ink, clear);
            self.xml.end();
        }
        self.xml.end();
        self.xml.raw("<a:lin ang=\"0\" scaled=\"0\"/></a:gradFill>");
        self.end_line(stroke, heads);
    }

    fn begin_line(&mut self, stroke: Stroke) {
        let width = self.map.long(stroke.width).max(1588);
        self.xml.start("a:ln", &[("w", &width), ("cap", &"rnd")]);
    }

    fn end_line(&mut self, stroke: Stroke, heads: (bool, bool)) {
        if stroke.dash.is_some() {
            self.xml.raw("<a:prstDash val=\"dash\"/>");
        }
        self.xml.raw("<a:round/>");
        if heads.0 {
            self.xml
                .raw("<a:headEnd type=\"triangle\" w=\"med\" len=\"med\"/>");
        }
        if heads.1 {
            self.xml
                .raw("<a:tailEnd type=\"triangle\" w=\"med\" len=\"med\"/>");
        }
        self.xml.end();
    }

    /// How the words of `item` in `ink` stand in its box.
    fn style(&self, item: &Item, rect: Rect, ink: Ink) -> Style {
        let mut texts = item.shapes.iter().filter_map(|shape| match shape {
            Shape::Text {
                at,
                anchor,
                weight,
                size,
                ink: own,
                ..
            } if own.purpose() == ink => Some((*at, *anchor, *weight, *size)),
            _ => None,
        });
        let first = texts.next();
        let (at, anchor, weight, size) =
            first.unwrap_or((rect.origin(), Anchor::Start, Weight::Regular, 12.0));
        let centred = anchor == Anchor::Middle;
        let title = ink == Ink::Title;
        // Other fonts are narrower or wider: the words may use the box up to its other ornaments.
        let after = item.shapes.iter().skip(1).filter_map(|shape| match shape {
            Shape::Text { ink: own, .. } if own.purpose() == ink => None,
            other => Some(other.room()),
        });
        let right = after
            .filter(|room| room.x0 > at.x && room.x1 <= rect.x1)
            .fold(rect.x1, |right, room| right.min(room.x0));
        let left = if centred { 4.0 } else { at.x - rect.x0 - 1.0 };
        Style {
            size: self.map.points(size),
            weight,
            ink: item.ink_of(ink),
            centred,
            top: title,
            insets: [
                self.map.long(left),
                self.map.long(if title {
                    (at.y - rect.y0 - size * 1.05).max(0.0)
                } else {
                    0.0
                }),
                self.map
                    .long(rect.x1 - right + if centred { 4.0 } else { 1.0 }),
                0,
            ],
            wrap: true,
        }
    }
}
