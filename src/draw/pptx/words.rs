//! Text bodies: the words of a shape, with their size, weight and colour.

use super::colour::colour;
use crate::draw::xml::Xml;
use crate::font::Weight;
use crate::scene::{Ink, Palette};

/// How words stand in their box.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// In hundredths of a point.
    pub(super) size: i64,
    pub(super) weight: Weight,
    pub(super) ink: Ink,
    /// In the middle, or from the left.
    pub(super) centred: bool,
    /// From the top, or in the middle.
    pub(super) top: bool,
    /// Left, top, right, bottom, in EMU.
    pub(super) insets: [i64; 4],
    /// Whether they may be broken to fit.
    pub(super) wrap: bool,
}

/// Writes a `p:txBody` with `lines`: one paragraph, each line after a break of its own.
pub(super) fn body(xml: &mut Xml, palette: &Palette, style: Style, lines: &[&str]) {
    let [left, top, right, bottom] = style.insets;
    xml.start("p:txBody", &[]);
    xml.start(
        "a:bodyPr",
        &[
            ("wrap", &if style.wrap { "square" } else { "none" }),
            ("lIns", &left),
            ("tIns", &top),
            ("rIns", &right),
            ("bIns", &bottom),
            ("rtlCol", &0),
            ("anchor", &if style.top { "t" } else { "ctr" }),
        ],
    );
    xml.raw(if style.wrap {
        "<a:normAutofit/>"
    } else {
        "<a:noAutofit/>"
    });
    xml.end().raw("<a:lstStyle/>").start("a:p", &[]);
    xml.leaf(
        "a:pPr",
        &[("algn", &if style.centred { "ctr" } else { "l" })],
    );
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            xml.start("a:br", &[]);
            properties(xml, palette, style, "a:rPr");
            xml.end();
        }
        if !line.is_empty() {
            xml.start("a:r", &[]);
            properties(xml, palette, style, "a:rPr");
            xml.start("a:t", &[]).words(line).end();
            xml.end();
        }
    }
    properties(xml, palette, style, "a:endParaRPr");
    xml.end().end();
}

fn properties(xml: &mut Xml, palette: &Palette, style: Style, name: &'static str) {
    let bold = i32::from(style.weight == Weight::Bold);
    xml.start(name, &[("sz", &style.size), ("b", &bold), ("dirty", &0)]);
    xml.start("a:solidFill", &[]);
    colour(xml, palette, style.ink, false);
    xml.end().end();
}
