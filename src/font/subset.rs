//! The glyphs that a picture needs, as a small font file of their own.

use super::faces::Face;
use read_fonts::collections::IntSet;
use read_fonts::types::{NameId, Tag};
use read_fonts::{FontRef, TableProvider};
use skera::{DEFAULT_DROP_TABLES, Plan, SubsetFlags, subset_font};
use std::collections::BTreeSet;

/// What a label is shaped with: composition and kerning. Everything else would only add bytes.
const FEATURES: [&[u8; 4]; 8] = [
    b"ccmp", b"liga", b"kern", b"mark", b"mkmk", b"init", b"medi", b"fina",
];

/// Tables that only hinting, variations and printing use.
const UNUSED: [&[u8; 4]; 7] = [
    b"cvt ", b"fpgm", b"prep", b"gasp", b"hdmx", b"VDMX", b"DSIG",
];

/// A TrueType font with the glyphs of `characters` alone, kerning included; `None` where the face has none of them.
pub fn subset(face: Face, characters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let font = FontRef::from_index(face.bytes, face.index).ok()?;
    if face.variable || font.glyf().is_err() {
        return super::redraw::redrawn(face, characters);
    }
    let unicodes: IntSet<u32> = characters
        .iter()
        .map(|character| u32::from(*character))
        .collect();
    let features: IntSet<Tag> = FEATURES.iter().map(|tag| Tag::new(tag)).collect();
    let unused = UNUSED.iter().map(|tag| Tag::new(tag));
    let drop: IntSet<Tag> = DEFAULT_DROP_TABLES.iter().copied().chain(unused).collect();
    let mut scripts = IntSet::<Tag>::empty();
    scripts.invert();
    let plan = Plan::new(
        &IntSet::empty(),
        &unicodes,
        &font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &drop,
        &scripts,
        &features,
        &[NameId::FAMILY_NAME, NameId::LICENSE_DESCRIPTION]
            .into_iter()
            .collect(),
        &[0x0409_u16].into_iter().collect(),
    );
    plan.unicode_to_old_glyph_mapping().next()?;
    subset_font(&font, &plan).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::Weight;

    #[test]
    fn a_subset_is_small_and_has_what_was_asked() {
        let letters: BTreeSet<char> = "kube-apiserver Ærø".chars().collect();
        let bytes = subset(Face::main(Weight::Regular), &letters).unwrap();
        assert!(bytes.len() < 12_000, "{}", bytes.len());
        let font = harfrust::Font::new(bytes, 0).unwrap();
        assert!(font.charmap().map_unicode('Æ').is_some());
        assert!(font.charmap().map_unicode('q').is_none());
    }

    #[test]
    fn a_face_without_the_characters_gives_nothing() {
        assert_eq!(subset(Face::main(Weight::Regular), &['控'].into()), None);
    }
}
