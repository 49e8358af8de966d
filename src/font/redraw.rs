//! The glyphs of a font with cubic outlines (CFF), or of a variable one in its weight, drawn again as a small TrueType font: the subsetter drops the first
//! without a word, and browsers give the second the wrong weight.
//!
//! Each character becomes one glyph, unshaped. That is right for ideographs, kana, syllables and signs, which stand alone; of all others nothing is taken.

use super::faces::{Face, Loaded};
use crate::geom::{BezPath, CubicBez, ParamCurve, PathEl, Point};
use read_fonts::model::Font;
use std::collections::BTreeSet;
use write_fonts::FontBuilder;
use write_fonts::tables::cmap::Cmap;
use write_fonts::tables::glyf::{Bbox, Contour, GlyfLocaBuilder, Glyph, SimpleGlyph};
use write_fonts::tables::head::Head;
use write_fonts::tables::hhea::Hhea;
use write_fonts::tables::hmtx::{Hmtx, LongMetric};
use write_fonts::tables::loca::LocaFormat;
use write_fonts::tables::maxp::Maxp;
use write_fonts::tables::name::{Name, NameRecord};
use write_fonts::tables::os2::Os2;
use write_fonts::tables::post::Post;
use write_fonts::types::{FWord, GlyphId, NameId, UfWord, Version16Dot16};

/// How far a curve may run beside the drawn one, in font units: half a unit is lost by rounding anyway.
const OFF: f64 = 0.4;
/// Glyphs of a font: one more is the box.
const MOST: usize = 60_000;

/// A font with the outlines of those of `characters` that need no shaping; `None` where there is none of them.
pub(super) fn redrawn(face: Face, characters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let mut loaded = Loaded::new(face)?;
    let mut font = Redrawn::default();
    // The first glyph is the box of what a font lacks.
    font.glyph(&loaded.outline(0), 0.5 * loaded.em())?;
    let alone = characters.iter().copied().filter(|c| stands_alone(*c));
    let alone: Vec<char> = alone.filter(|c| loaded.covers(*c)).take(MOST).collect();
    for character in alone {
        let mut set = None;
        let em = loaded.em();
        loaded.shape(character.encode_utf8(&mut [0; 4]), None, |glyph| {
            set.get_or_insert((glyph.id, f64::from(glyph.advance)));
        });
        let (id, advance) = set?;
        let path = if id == 0 {
            BezPath::new()
        } else {
            loaded.outline(id)
        };
        let number = font.glyph(&path, advance.clamp(0.0, 4.0 * em))?;
        font.letters.push((character, GlyphId::new(number)));
    }
    if font.letters.is_empty() {
        return None;
    }
    font.written(face, loaded.em())
}

/// Whether a character looks the same whatever stands beside it: ideographs, kana, whole syllables of Hangul, signs and pictures.
fn stands_alone(character: char) -> bool {
    matches!(character, '\u{2010}'..='\u{2bff}' | '\u{2e80}'..='\u{3029}' | '\u{3030}'..='\u{3098}' | '\u{309b}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}'
        | '\u{1f000}'..='\u{1faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The tables of a font in the making.
#[derive(Default)]
struct Redrawn {
    glyphs: GlyfLocaBuilder,
    metrics: Vec<LongMetric>,
    letters: Vec<(char, GlyphId)>,
    bounds: Option<Bbox>,
    points: usize,
    contours: usize,
}

impl Redrawn {
    /// Adds a glyph, and gives its number.
    fn glyph(&mut self, path: &BezPath, advance: f64) -> Option<u32> {
        let (glyph, left) = if path.is_empty() {
            (Glyph::Empty, 0)
        } else {
            let glyph = SimpleGlyph::from_bezpath(&quadratic(path)).ok()?;
            let bounds = glyph.bbox;
            self.bounds = Some(self.bounds.map_or(bounds, |known| known.union(bounds)));
            let points = glyph.contours.iter().map(Contour::len).sum();
            self.points = self.points.max(points);
            self.contours = self.contours.max(glyph.contours.len());
            (Glyph::Simple(glyph), bounds.x_min)
        };
        let number = u32::try_from(self.metrics.len()).ok()?;
        self.glyphs.add_glyph(&glyph).ok()?;
        self.metrics.push(LongMetric::new(whole(advance), left));
        Some(number)
    }

    fn written(self, face: Face, em: f64) -> Option<Vec<u8>> {
        let count = u16::try_from(self.metrics.len()).ok()?;
        let bounds = self.bounds.unwrap_or_default();
        let widest = self.metrics.iter().map(|metric| metric.advance).max();
        let (glyf, loca, format) = self.glyphs.build();
        let head = Head {
            units_per_em: whole(em),
            x_min: bounds.x_min,
            y_min: bounds.y_min,
            x_max: bounds.x_max,
            y_max: bounds.y_max,
            index_to_loc_format: i16::from(format == LocaFormat::Long),
            ..Head::default()
        };
        let hhea = Hhea {
            ascender: FWord::new(bounds.y_max),
            descender: FWord::new(bounds.y_min),
            advance_width_max: UfWord::new(widest.unwrap_or_default()),
            x_max_extent: FWord::new(bounds.x_max),
            number_of_h_metrics: count,
            ..Hhea::default()
        };
        let maxp = Maxp {
            max_points: u16::try_from(self.points).ok(),
            max_contours: u16::try_from(self.contours).ok(),
            max_composite_points: Some(0),
            max_composite_contours: Some(0),
            max_zones: Some(2),
            max_twilight_points: Some(0),
            max_storage: Some(0),
            max_function_defs: Some(0),
            max_instruction_defs: Some(0),
            max_stack_elements: Some(0),
            max_size_of_instructions: Some(0),
            max_component_elements: Some(0),
            max_component_depth: Some(0),
            ..Maxp::new(count)
        };
        let os2 = Os2 {
            us_weight_class: u16::try_from(face.weight.number()).ok()?,
            ..Os2::default()
        };
        let post = Post {
            version: Version16Dot16::VERSION_3_0,
            ..Post::default()
        };
        let cmap = Cmap::from_mappings(self.letters).ok()?;
        let name = names(face);
        let mut font = FontBuilder::new();
        font.add_table(&head).ok()?;
        font.add_table(&hhea).ok()?;
        font.add_table(&maxp).ok()?;
        font.add_table(&os2).ok()?;
        font.add_table(&post).ok()?;
        font.add_table(&cmap).ok()?;
        font.add_table(&name).ok()?;
        font.add_table(&Hmtx::new(self.metrics, Vec::new())).ok()?;
        font.add_table(&glyf).ok()?;
        font.add_table(&loca).ok()?;
        Some(font.build())
    }
}

/// What the font is called, and under which licence it is given: browsers refuse one without a name.
fn names(face: Face) -> Name {
    let font = Font::new(face.bytes, face.index);
    let records = [NameId::FAMILY_NAME, NameId::LICENSE_DESCRIPTION]
        .into_iter()
        .filter_map(|id| {
            let name = font.as_ref()?.names().get(id)?.english_or_first()?.name();
            let text: String = name.chars().take(1000).collect();
            // Windows, Unicode, English.
            Some(NameRecord::new(3, 1, 0x0409, id, text.into()))
        });
    Name::new(records.collect())
}

/// The path with each cubic curve as a few quadratic ones.
fn quadratic(path: &BezPath) -> BezPath {
    let mut quadratic = BezPath::new();
    let mut pen = Point::ZERO;
    for element in path.elements() {
        if let PathEl::CurveTo(a, b, end) = *element {
            pieces(CubicBez::new(pen, a, b, end), &mut quadratic);
        } else {
            quadratic.push(*element);
        }
        pen = element.end_point().unwrap_or(pen);
    }
    quadratic
}

/// Appends a cubic curve in as many pieces as it needs: the error of `n` is that of one by `n` cubed.
fn pieces(curve: CubicBez, path: &mut BezPath) {
    let bend = (curve.p3 - curve.p0) - 3.0 * (curve.p2 - curve.p1);
    let limit = 432.0 * OFF * OFF;
    let fits = |n: &u32| bend.hypot2() <= limit * f64::from(n * n * n) * f64::from(n * n * n);
    let count = (1..12).find(fits).unwrap_or(12);
    for at in 0..count {
        let (from, to) = (f64::from(at), f64::from(at + 1));
        let piece = curve.subsegment(from / f64::from(count)..to / f64::from(count));
        let control = (3.0 * (piece.p1.to_vec2() + piece.p2.to_vec2())
            - piece.p0.to_vec2()
            - piece.p3.to_vec2())
            / 4.0;
        path.quad_to(control.to_point(), piece.p3);
    }
}

/// A length of the font as its tables hold it.
fn whole(length: f64) -> u16 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to what fits"
    )]
    let whole = length.round().clamp(0.0, f64::from(u16::MAX)) as u16;
    whole
}

/// A font that has one character, drawn as the box of what a font lacks.
#[cfg(test)]
pub(crate) fn of_one(character: char) -> Option<Vec<u8>> {
    let face = Face::fallback(super::Weight::Regular);
    let loaded = Loaded::new(face)?;
    let mut font = Redrawn::default();
    for _ in 0..2 {
        font.glyph(&loaded.outline(0), loaded.em())?;
    }
    font.letters.push((character, GlyphId::new(1)));
    font.written(face, loaded.em())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::Weight;
    use crate::geom::Rect;
    use kurbo::Shape;

    #[test]
    fn a_font_that_was_drawn_again_has_the_same_outlines_and_widths() {
        let face = Face::fallback(Weight::Regular);
        let letters = BTreeSet::from(['☸', '→', 'a', '控']);
        let bytes = redrawn(face, &letters).unwrap();
        let again = Face::own(bytes.leak(), 0, Weight::Regular).unwrap();
        // Browsers refuse a font without one of these.
        let font = read_fonts::FontRef::new(again.bytes).unwrap();
        for table in [
            b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"OS/2", b"post",
        ] {
            let tag = read_fonts::types::Tag::new(table);
            assert!(font.table_data(tag).is_some(), "{tag}");
        }
        // A letter may join its neighbour, and of what the font lacks there is nothing.
        assert_eq!(again.lacks(&letters), BTreeSet::from(['a', '控']));
        let (mut old, mut new) = (Loaded::new(face).unwrap(), Loaded::new(again).unwrap());
        for letter in ["☸", "→"] {
            assert!((old.advance(letter) - new.advance(letter)).abs() < 1e-3);
            let ink = |face: &mut Loaded| -> Rect {
                let mut path = BezPath::new();
                let mut ids = Vec::new();
                face.shape(letter, None, |glyph| ids.push(glyph.id));
                for id in ids {
                    path.extend(face.outline(id));
                }
                path.bounding_box()
            };
            let (a, b) = (ink(&mut old), ink(&mut new));
            assert!(
                (a.x0 - b.x0).abs() < 2.0 && (a.y1 - b.y1).abs() < 2.0,
                "{a} {b}"
            );
        }
    }

    #[test]
    fn a_cubic_curve_stays_where_it_is() {
        let mut path = BezPath::new();
        path.move_to((0.0, 0.0));
        path.curve_to((0.0, 400.0), (300.0, 700.0), (900.0, 500.0));
        path.close_path();
        let redrawn = quadratic(&path);
        assert!(redrawn.elements().len() > 3);
        assert!((path.area() - redrawn.area()).abs() < 300.0);
        let bounds = (path.bounding_box(), redrawn.bounding_box());
        assert!((bounds.0.y1 - bounds.1.y1).abs() < 1.0, "{bounds:?}");
    }
}
