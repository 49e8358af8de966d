//! The faces that ship with the program: Noto Sans in two weights, and `DejaVu` Sans for the scripts that it lacks.

use harfrust::{Buffer, Font, ShapeOptions, ShaperFont, shape};
use std::collections::BTreeSet;

/// The family that text is drawn in.
pub const FAMILY: &str = "Noto Sans";

/// The family of characters that [`FAMILY`] lacks.
pub const FALLBACK: &str = "DejaVu Sans";

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Face {
    /// Its family.
    pub family: &'static str,
    /// Its weight.
    pub weight: Weight,
    /// The whole font file.
    pub bytes: &'static [u8],
}

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
        }
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
}

impl Loaded {
    /// `None` where the bytes are no font, which a test excludes.
    pub(super) fn new(face: Face) -> Option<Self> {
        let font = Font::new(face.bytes, 0)?;
        Some(Self {
            font,
            buffer: Some(Buffer::new()),
        })
    }

    /// Whether it has a glyph for the character.
    pub(super) fn covers(&self, character: char) -> bool {
        self.font
            .charmap()
            .map_unicode(character)
            .is_some_and(|glyph| glyph.to_u32() != 0)
    }

    /// The advance of `text` in parts of an em, as a browser sets it: shaped, with kerning and ligatures.
    pub(super) fn advance(&mut self, text: &str) -> f64 {
        let mut buffer = self.buffer.take().unwrap_or_default();
        buffer.clear();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaper = ShaperFont::new(&self.font);
        let units = match shape(&shaper, &mut buffer, ShapeOptions::new()) {
            Ok(()) => buffer
                .glyph_positions()
                .iter()
                .map(|glyph| i64::from(glyph.x_advance))
                .sum(),
            Err(_) => 0_i64,
        };
        self.buffer = Some(buffer);
        units as f64 / f64::from(self.font.units_per_em().max(1))
    }
}
