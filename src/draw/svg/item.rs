//! Items of a scene become elements.

use super::{Writer, outline};
use crate::draw::number::{hundredths, write};
use crate::font::{self, Weight};
use crate::geom::{BezPath, PathEl, Point};
use crate::scene::{Anchor, Ink, Item, Shape, Stroke, Subject};

impl Writer<'_> {
    /// Writes an item, with the class of its step in an animation.
    pub(super) fn item(&mut self, item: &Item, stage: Option<usize>) {
        let class = match &item.subject {
            Subject::Component(..) => "component",
            Subject::Group(..) => "group",
            Subject::Link { known: true, .. } => "link known",
            Subject::Link { known: false, .. } => "link",
            Subject::Legend => "legend",
        };
        self.markup.begin("g");
        self.markup.with("class", |text| {
            text.extend_from_slice(class.as_bytes());
            if let Some(stage) = stage {
                text.extend_from_slice(b" step step-");
                write(text, (stage + 1) as f64);
            }
        });
        match &item.subject {
            Subject::Component(_, id) | Subject::Group(_, id) => {
                self.markup.attribute("data-id", id);
            }
            Subject::Link { from, to, .. } => {
                self.markup.attribute("data-from", from);
                self.markup.attribute("data-to", to);
            }
            Subject::Legend => {}
        }
        self.markup.holds();
        if let Some(tooltip) = &item.tooltip {
            self.markup.begin("title");
            self.markup.words("title", tooltip);
        }
        if let Some(href) = &item.href {
            self.markup.begin("a");
            self.markup.attribute("href", href);
            self.markup.holds();
        }
        let mut shapes = item.shapes.iter().peekable();
        while let Some(shape) = shapes.next() {
            let is_number = matches!(
                shape,
                Shape::Text {
                    ink: Ink::BadgeText,
                    ..
                }
            );
            let words = shapes.next_if(|next| {
                is_number && self.outlines.is_none() && matches!(next, Shape::Text { .. })
            });
            match words {
                Some(words) => self.numbered(shape, words),
                None => self.shape(shape),
            }
        }
        if item.href.is_some() {
            self.markup.end("a");
        }
        self.markup.end("g");
    }

    /// Writes a shape.
    pub(super) fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect {
                rect,
                radius,
                fill,
                stroke,
            } => {
                self.markup.begin("rect");
                self.inks(*fill, *stroke);
                self.fill(*fill);
                self.markup.number("height", rect.height());
                self.markup.number("rx", *radius);
                self.stroke(*stroke, false);
                self.markup.number("width", rect.width());
                self.markup.number("x", rect.x0);
                self.markup.number("y", rect.y0);
                self.markup.empty();
            }
            Shape::Path { data, fill, stroke } => {
                self.markup.begin("path");
                self.inks(*fill, *stroke);
                self.markup.with("d", |text| path(text, data));
                self.fill(*fill);
                self.stroke(*stroke, true);
                self.markup.empty();
            }
            Shape::Text { .. } => self.line(shape),
        }
    }

    /// Writes a line of words: as such, or as outlines.
    fn line(&mut self, shape: &Shape) {
        let Shape::Text {
            text,
            at,
            anchor,
            weight,
            size,
            ink,
            ..
        } = shape
        else {
            return;
        };
        if let Some(fonts) = &mut self.outlines {
            let (words, width) = fonts.outline(text, *weight, *size);
            let left = match anchor {
                Anchor::Start => at.x,
                Anchor::Middle => at.x - width / 2.0,
            };
            let data = outline::data(&words, Point::new(left, at.y));
            self.markup.begin("path");
            self.inks(Some(*ink), None);
            self.markup.own("d", &data);
            self.fill(Some(*ink));
            self.markup.empty();
            return;
        }
        self.markup.begin("text");
        self.words(shape);
        self.markup.words("text", text);
    }

    /// A number and the words that it numbers, as one text: they are read, found and copied together.
    fn numbered(&mut self, number: &Shape, words: &Shape) {
        self.markup.begin("text");
        self.words(words);
        self.markup.spans();
        for shape in [number, words] {
            if let Shape::Text { text, .. } = shape {
                self.markup.begin("tspan");
                self.words(shape);
                self.markup.span(text);
            }
        }
        self.markup.end("text");
    }

    /// The attributes of a line of words.
    fn words(&mut self, shape: &Shape) {
        let Shape::Text {
            text,
            at,
            anchor,
            weight,
            size,
            ink,
            ..
        } = shape
        else {
            return;
        };
        self.inks(Some(*ink), None);
        self.fill(Some(*ink));
        self.markup.number("font-size", *size);
        if *weight == Weight::Bold {
            self.markup
                .number("font-weight", f64::from(weight.number()));
        }
        if *anchor == Anchor::Middle {
            self.markup.own("text-anchor", "middle");
        }
        if font::leftward(text) {
            self.markup.own("unicode-bidi", "plaintext");
        }
        self.markup.number("x", at.x);
        self.markup.number("y", at.y);
    }

    /// The classes by which a page, or a theme that adapts itself, gives a shape its colours.
    fn inks(&mut self, fill: Option<Ink>, stroke: Option<Stroke>) {
        if !self.adaptive || fill.is_none() && stroke.is_none() {
            return;
        }
        self.markup.with("class", |text| {
            if let Some(ink) = fill {
                text.extend_from_slice(b"f-");
                text.extend_from_slice(ink.name().as_bytes());
            }
            if let Some(stroke) = stroke {
                let space = if fill.is_some() { " " } else { "" };
                text.extend_from_slice(space.as_bytes());
                text.extend_from_slice(b"s-");
                text.extend_from_slice(stroke.ink.name().as_bytes());
            }
        });
    }

    fn fill(&mut self, fill: Option<Ink>) {
        let colour = fill.map_or("none", |ink| self.palette.colour(ink));
        self.markup.own("fill", colour);
    }

    fn stroke(&mut self, stroke: Option<Stroke>, round: bool) {
        let Some(stroke) = stroke else { return };
        let colour = self.palette.colour(stroke.ink);
        self.markup.own("stroke", colour);
        if let Some((dash, gap)) = stroke.dash {
            self.markup.with("stroke-dasharray", |text| {
                write(text, dash);
                text.push(b' ');
                write(text, gap);
            });
            if stroke.phase > 0.0 {
                self.markup.number("stroke-dashoffset", stroke.phase);
            }
        }
        if round {
            self.markup.own("stroke-linecap", "round");
            self.markup.own("stroke-linejoin", "round");
        }
        self.markup.number("stroke-width", stroke.width);
    }
}

/// Writes path data with the shortest commands: `H` and `V` for straight ways.
fn path(text: &mut Vec<u8>, data: &BezPath) {
    let mut last = Point::ZERO;
    let level = |a: f64, b: f64| hundredths(a) == hundredths(b);
    for element in data.elements() {
        match *element {
            PathEl::MoveTo(to) => points(text, b'M', &[to]),
            PathEl::LineTo(to) if level(to.y, last.y) => {
                text.push(b'H');
                write(text, to.x);
            }
            PathEl::LineTo(to) if level(to.x, last.x) => {
                text.push(b'V');
                write(text, to.y);
            }
            PathEl::LineTo(to) => points(text, b'L', &[to]),
            PathEl::QuadTo(a, to) => points(text, b'Q', &[a, to]),
            PathEl::CurveTo(a, b, to) => points(text, b'C', &[a, b, to]),
            PathEl::ClosePath => text.push(b'Z'),
        }
        last = element.end_point().unwrap_or(last);
    }
}

/// Writes a command and its points.
fn points(text: &mut Vec<u8>, command: u8, points: &[Point]) {
    let mut before = command;
    for point in points {
        text.push(before);
        write(text, point.x);
        text.push(b' ');
        write(text, point.y);
        before = b' ';
    }
}
