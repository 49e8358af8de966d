//! The faces that ship with the program: Noto Sans in two weights, and `DejaVu` Sans for the scripts that it lacks; the user or the machine may add others.

use super::about::{is_variable, weighted};
use crate::geom::BezPath;
use harfrust::{
    Buffer, Direction, Font, GlyphId, ShapeOptions, ShapePlan, ShapePlanKey, ShaperFont, shape,
};
use read_fonts::model::glyph::outline::{DrawMemory, DrawOptions, PathElement};
use std::collections::BTreeSet;
use std::fmt;

/// The family that text is drawn in.
pub const FAMILY: &str = "Noto Sans";

/// The family of characters that [`FAMILY`] lacks.
pub const FALLBACK: &str = "DejaVu Sans";

/// What a face is called that does not ship with the program.
pub const OWN: &str = "own";

/// How heavy text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// 400
    Regular,
    /// 700
    Bold,
}

impl Weight {
    /// As CSS and SVG count it.
    pub fn number(self) -> u32 {
        match self {
            Self::Regular => 400,
            Self::Bold => 700,
        }
    }
}

/// A face and its bytes.
#[derive(Clone, Copy)]
pub struct Face {
    /// Its family.
    pub family: &'static str,
    /// Its weight.
    pub weight: Weight,
    /// The whole font file.
    pub bytes: &'static [u8],
    /// Which face of the file it is.
    pub index: u32,
    /// Whether its weight has to be set, as it can be drawn in any.
    pub variable: bool,
}

impl fmt::Debug for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Face({} {:?} {})", self.family, self.weight, self.index)
    }
}

/// Bytes that are the same in one process lie at the same place: the largest fonts are too long to be compared for each glyph.
impl PartialEq for Face {
    fn eq(&self, other: &Self) -> bool {
        self.weight == other.weight
            && self.index == other.index
            && std::ptr::eq(self.bytes, other.bytes)
    }
}

impl Eq for Face {}

impl Face {
    /// The face that text is drawn in.
    pub fn main(weight: Weight) -> Self {
        let bytes = match weight {
            Weight::Regular => notosans::REGULAR_TTF,
            Weight::Bold => notosans::BOLD_TTF,
        };
        Self {
            family: FAMILY,
            weight,
            bytes,
            index: 0,
            variable: false,
        }
    }

    /// A face for characters that both others lack, of a font file that is read once a process and needed until its end.
    pub(super) fn own(bytes: &'static [u8], index: u32, weight: Weight) -> Option<Self> {
        let font = Font::new(bytes, index)?;
        Some(Self {
            family: OWN,
            weight,
            bytes,
            index,
            variable: is_variable(&font),
        })
    }

    /// The face for characters that the main one lacks.
    pub fn fallback(weight: Weight) -> Self {
        let bytes = match weight {
            Weight::Regular => dejavu::sans::regular(),
            Weight::Bold => dejavu::sans::bold(),
        };
        Self {
            family: FALLBACK,
            weight,
            bytes,
            index: 0,
            variable: false,
        }
    }
}

impl Face {
    /// Those of `letters` for which it has no glyph.
    pub fn lacks(self, letters: &BTreeSet<char>) -> BTreeSet<char> {
        match Loaded::new(self) {
            Some(face) => letters
                .iter()
                .copied()
                .filter(|letter| !face.covers(*letter))
                .collect(),
            None => letters.clone(),
        }
    }
}

/// A face that is ready to shape.
pub(super) struct Loaded {
    font: Font,
    buffer: Option<Buffer>,
    /// How to shape each script and direction that was met: to find out takes longer than to shape a word.
    plans: Vec<ShapePlan>,
}

impl Loaded {
    /// `None` where the bytes are no font, which a test excludes.
    pub(super) fn new(face: Face) -> Option<Self> {
        let mut font = Font::new(face.bytes, face.index)?;
        if face.variable {
            font = weighted(font, face.weight.number());
        }
        Some(Self {
            font,
            buffer: Some(Buffer::new()),
            plans: Vec::new(),
        })
    }

    /// Whether it has a glyph for the character.
    pub(super) fn covers(&self, character: char) -> bool {
        self.font
            .charmap()
            .map_unicode(character)
            .is_some_and(|glyph| glyph.to_u32() != 0)
    }

    /// Whether it has an outline for the character, or nothing to draw.
    pub(super) fn draws(&self, character: char) -> bool {
        let glyph = self.font.charmap().map_unicode(character);
        glyph.is_some_and(|glyph| {
            let glyph = glyph.to_u32();
            glyph != 0 && (character.is_whitespace() || !self.outline(glyph).is_empty())
        })
    }

    /// The advance of `text` in parts of an em, as a browser sets it: shaped, with kerning and ligatures.
    pub(super) fn advance(&mut self, text: &str) -> f64 {
        let mut units = 0_i64;
        self.shape(text, None, |glyph| units += i64::from(glyph.advance));
        units as f64 / self.em()
    }

    /// Font units of an em.
    pub(super) fn em(&self) -> f64 {
        f64::from(self.font.units_per_em().max(1))
    }

    /// Gives the glyphs of `text` from left to right; the text's own direction counts where none is given.
    pub(super) fn shape(
        &mut self,
        text: &str,
        direction: Option<Direction>,
        mut each: impl FnMut(Set),
    ) {
        let mut buffer = self.buffer.take().unwrap_or_default();
        buffer.clear();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        if let Some(direction) = direction {
            buffer.set_direction(direction);
        }
        let options = ShapeOptions::new().plan(plan(&self.font, &mut self.plans, &buffer));
        if shape(&ShaperFont::new(&self.font), &mut buffer, options).is_ok() {
            let glyphs = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
            for (info, position) in glyphs {
                each(Set {
                    id: info.glyph_id,
                    cluster: info.cluster as usize,
                    advance: position.x_advance,
                    offset: (position.x_offset, position.y_offset),
                });
            }
        }
        self.buffer = Some(buffer);
    }

    /// The outline of a glyph in font units, `y` growing upwards.
    pub(super) fn outline(&self, glyph: u32) -> BezPath {
        let mut elements: Vec<PathElement> = Vec::new();
        let mut path = BezPath::new();
        let outlines = self.font.outline_glyphs();
        let drawn = outlines.get(GlyphId::new(glyph)).is_some_and(|outline| {
            outline
                .draw(&DrawOptions::new(), DrawMemory::Scratch, &mut elements)
                .is_ok()
        });
        if !drawn {
            return path;
        }
        let at = |x: f32, y: f32| (f64::from(x), f64::from(y));
        for element in elements {
            match element {
                PathElement::MoveTo { x, y } => path.move_to(at(x, y)),
                PathElement::LineTo { x, y } => path.line_to(at(x, y)),
                PathElement::QuadTo { cx0, cy0, x, y } => path.quad_to(at(cx0, cy0), at(x, y)),
                PathElement::CurveTo {
                    cx0,
                    cy0,
                    cx1,
                    cy1,
                    x,
                    y,
                } => path.curve_to(at(cx0, cy0), at(cx1, cy1), at(x, y)),
                PathElement::Close => path.close_path(),
            }
        }
        path
    }
}

/// How to shape what is in `buffer`: one of `plans`, or a new one.
fn plan<'p>(font: &Font, plans: &'p mut Vec<ShapePlan>, buffer: &Buffer) -> Option<&'p ShapePlan> {
    let (script, direction) = (buffer.script(), buffer.direction());
    let wanted = ShapePlanKey::new(font, script, direction);
    let known = plans.iter().position(|plan| wanted.matches(plan));
    let at = known.unwrap_or(plans.len());
    if known.is_none() {
        plans.push(ShapePlan::new(font, direction, script, None, &[]));
    }
    plans.get(at)
}

/// A glyph as the shaper set it, in font units.
pub(super) struct Set {
    /// Its number in the face.
    pub(super) id: u32,
    /// Byte of the text where what it shows begins.
    pub(super) cluster: usize,
    /// How far the next one stands.
    pub(super) advance: i32,
    /// How far it stands from where it would, `y` growing upwards.
    pub(super) offset: (i32, i32),
}
