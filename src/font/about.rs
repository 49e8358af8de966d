//! What a font file holds, learnt from a few of its tables: a folder of large fonts is looked through without reading them whole.

use read_fonts::model::attribute::Style;
use read_fonts::model::{Blob, Font};
use read_fonts::types::{NameId, Tag};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Faces of one file that are looked at: the largest collections have some ten.
const FACES: u32 = 64;
/// Tables of a face.
const TABLES: usize = 128;
/// Bytes of a table that is looked at: the names, the letters, the style.
const TABLE: u32 = 8 << 20;
/// The axis of a variable font that says how heavy it is.
const WEIGHT: Tag = Tag::new(b"wght");

/// Gives so many bytes of a file from a place on.
pub type Reader = Arc<dyn Fn(u64, usize) -> Option<Vec<u8>> + Send + Sync>;

/// A face of a font file.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    /// Its family, in English where it has an English name.
    pub family: String,
    /// Which face of the file it is.
    pub index: u32,
    /// How heavy it is, as CSS counts.
    pub weight: u32,
    /// How far it is from an upright face of normal width.
    pub odd: u32,
    /// Whether it can be drawn in any weight.
    pub variable: bool,
    /// Those of the wanted characters that it has.
    pub has: BTreeSet<char>,
}

impl About {
    /// The faces of a file with outlines and any of `letters`, in the file's order.
    pub fn of_file(read: &Reader, letters: &BTreeSet<char>) -> Vec<Self> {
        let starts = starts(read).unwrap_or_default();
        let faces = starts.into_iter().zip(0..).filter_map(|(start, index)| {
            let tables = tables(read, start)?;
            let read = read.clone();
            let table = move |tag: Tag| -> Option<Blob> {
                let (_, at, length) = tables.iter().find(|(own, ..)| *own == tag)?;
                let length = usize::try_from((*length).min(TABLE)).ok()?;
                Some(read(u64::from(*at), length)?.into())
            };
            let table: Arc<dyn Fn(Tag) -> Option<Blob> + Send + Sync> = Arc::new(table);
            Self::of(&Font::new(table, 0)?, index, letters)
        });
        faces.collect()
    }

    /// The same of a file that is in memory.
    pub fn of_bytes(bytes: &'static [u8], letters: &BTreeSet<char>) -> Vec<Self> {
        let faces = (0..FACES).map_while(|index| Some((Font::new(bytes, index)?, index)));
        faces
            .filter_map(|(font, index)| Self::of(&font, index, letters))
            .collect()
    }

    fn of(font: &Font, index: u32, letters: &BTreeSet<char>) -> Option<Self> {
        let charmap = font.charmap();
        let has = |letter: &char| {
            let glyph = charmap.map_unicode(*letter);
            glyph.is_some_and(|glyph| glyph.to_u32() != 0)
        };
        let has: BTreeSet<char> = letters.iter().copied().filter(has).collect();
        if has.is_empty() {
            return None;
        }
        let names = font.names();
        let named = |id| {
            let name = names.get(id)?.english_or_first()?;
            let name: String = name.name().chars().take(100).collect();
            (!name.is_empty()).then_some(name)
        };
        let family = named(NameId::TYPOGRAPHIC_FAMILY_NAME).or_else(|| named(NameId::FAMILY_NAME));
        let style = font.default_attributes();
        let slanted = u32::from(style.style != Style::Normal) * 1000;
        Some(Self {
            family: family?,
            index,
            weight: whole(style.weight.value()),
            odd: slanted + whole(style.width.percentage()).abs_diff(100),
            variable: is_variable(font),
            has,
        })
    }
}

/// Whether a font can be drawn in any weight.
pub(super) fn is_variable(font: &Font) -> bool {
    font.axes().get_by_tag(WEIGHT).is_some()
}

/// The font in a weight, where it is variable.
pub(super) fn weighted(font: Font, weight: u32) -> Font {
    if is_variable(&font) {
        let wanted = [(WEIGHT, weight as f32)];
        font.instance_builder().variations(wanted).build()
    } else {
        font
    }
}

/// Where the faces of a file begin; `None` where it is no font file.
fn starts(read: &Reader) -> Option<Vec<u64>> {
    let head = read(0, 12)?;
    match head.get(..4)? {
        b"ttcf" => {
            let count = number(&head, 8)?.min(FACES);
            let table = read(12, usize::try_from(count).ok()? * 4)?;
            let starts = (0..count as usize).map(|at| Some(u64::from(number(&table, at * 4)?)));
            starts.collect()
        }
        [0, 1, 0, 0] | b"OTTO" | b"true" => Some(vec![0]),
        _ => None,
    }
}

/// The tables of the face that begins at `start`: name, place, length. `None` where it has no outlines.
fn tables(read: &Reader, start: u64) -> Option<Vec<(Tag, u32, u32)>> {
    let head = read(start, 12)?;
    let count = u16::from_be_bytes(head.get(4..6)?.try_into().ok()?);
    let count = usize::from(count).min(TABLES);
    let records = read(start + 12, count * 16)?;
    let tables: Option<Vec<_>> = records
        .chunks_exact(16)
        .map(|record| {
            let tag = Tag::new(record.first_chunk()?);
            Some((tag, number(record, 8)?, number(record, 12)?))
        })
        .collect();
    let outlines = [b"glyf", b"CFF ", b"CFF2"].map(Tag::new);
    tables.filter(|tables| tables.iter().any(|(tag, ..)| outlines.contains(tag)))
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(bytes.try_into().ok()?))
}

fn whole(value: f32) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to what fits"
    )]
    let whole = value.round().clamp(0.0, 10_000.0) as u32;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::{Face, Weight};

    fn reader(bytes: Vec<u8>) -> Reader {
        Arc::new(move |at, length| {
            let start = usize::try_from(at).ok()?;
            let end = start.checked_add(length)?.min(bytes.len());
            Some(bytes.get(start..end)?.to_vec())
        })
    }

    #[test]
    fn a_face_is_told_from_its_tables_alone() {
        let bytes = Face::main(Weight::Bold).bytes;
        let letters = BTreeSet::from(['a', 'Ж', '控']);
        let told = About::of_file(&reader(bytes.to_vec()), &letters);
        assert_eq!(told, About::of_bytes(bytes, &letters));
        let [face] = &told[..] else {
            panic!("{told:?}");
        };
        assert_eq!((&*face.family, face.weight), ("Noto Sans", 700));
        assert_eq!((face.odd, face.variable), (0, false));
        assert_eq!(face.has, BTreeSet::from(['a', 'Ж']));
    }

    #[test]
    fn what_is_no_font_or_a_piece_of_one_holds_no_face() {
        let letters = BTreeSet::from(['a']);
        let font = Face::main(Weight::Regular).bytes;
        let mut liar = font[..4096].to_vec();
        liar[4..6].copy_from_slice(&[255, 255]);
        for bytes in [
            Vec::new(),
            b"no font".to_vec(),
            b"ttcf\0\0\0\0\xff\xff\xff\xff".to_vec(),
            font[..300].to_vec(),
            liar,
        ] {
            assert_eq!(About::of_file(&reader(bytes), &letters), []);
        }
    }
}
