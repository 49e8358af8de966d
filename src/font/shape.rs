//! Words become glyphs in their places, for formats that draw them themselves: paths, pixels, PDF.
//!
//! Runs of one direction stand in the order in which they are seen (UAX #9), and within each the first face that has a character draws it.

use super::faces::{Face, Weight};
use super::measure::{Fonts, unknown};
use crate::geom::{Affine, BezPath, Point, Vec2};
use harfrust::Direction;
use std::ops::Range;
use unicode_bidi::{BidiInfo, Level};

/// Whether a line of words runs from right to left, as its first letter with a direction tells.
pub fn leftward(text: &str) -> bool {
    unicode_bidi::get_base_direction(text) == unicode_bidi::Direction::Rtl
}

/// A glyph in its place. Lengths are in ems, `y` grows downwards.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// The face that has it.
    pub face: Face,
    /// Its number there; 0 is the box that stands for a character that no face has.
    pub id: u32,
    /// Where its origin is, from the start of the line.
    pub at: Point,
    /// Where the pen stood before it: `at` without what marks and the like are moved by.
    pub pen: f64,
    /// How far the next one stands.
    pub advance: f64,
    /// The bytes of the text that it shows.
    pub text: Range<usize>,
}

impl Fonts {
    /// The glyphs of one line of words, from left to right, and the width of all, in ems.
    pub fn shape(&mut self, text: &str, weight: Weight) -> (Vec<Glyph>, f64) {
        let mut glyphs = Vec::new();
        let mut pen = 0.0;
        let plain = text.bytes().all(|byte| byte.is_ascii());
        if plain {
            self.run((0, text), (weight, Level::ltr()), &mut pen, &mut glyphs);
            return (glyphs, pen);
        }
        let bidi = BidiInfo::new(text, None);
        for paragraph in &bidi.paragraphs {
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let level = levels.get(run.start).copied().unwrap_or(Level::ltr());
                let words = text.get(run.clone()).unwrap_or_default();
                self.run((run.start, words), (weight, level), &mut pen, &mut glyphs);
            }
        }
        (glyphs, pen)
    }

    /// The outline of a line of words that begins at `start`, at `size` px; with its width.
    pub fn outline(&mut self, text: &str, weight: Weight, size: f64) -> (BezPath, f64) {
        let (glyphs, width) = self.shape(text, weight);
        let mut path = BezPath::new();
        for glyph in glyphs {
            let scale = size / self.em(weight, glyph.face);
            let place = Affine::translate(glyph.at.to_vec2() * size)
                * Affine::scale_non_uniform(scale, -scale);
            path.extend(place * self.glyph(weight, &glyph));
        }
        (path, width * size)
    }

    /// Appends the glyphs of `text`, which runs one way and begins at byte `start` of the line.
    fn run(
        &mut self,
        (start, text): (usize, &str),
        (weight, level): (Weight, Level),
        pen: &mut f64,
        glyphs: &mut Vec<Glyph>,
    ) {
        let set = self.set(weight);
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((piece, rank, after)) = set.run(rest) {
            pieces.push((start + text.len() - rest.len(), piece, rank));
            rest = after;
        }
        let direction = if level.is_rtl() {
            pieces.reverse();
            Direction::RightToLeft
        } else {
            Direction::LeftToRight
        };
        for (start, piece, rank) in pieces {
            let Some((face, loaded)) = set.face(rank.unwrap_or(0)) else {
                continue;
            };
            if rank.is_none() {
                boxes(piece, start, face, pen, glyphs);
                continue;
            }
            let em = loaded.em();
            let first = glyphs.len();
            loaded.shape(piece, Some(direction), |glyph| {
                let offset = Vec2::new(f64::from(glyph.offset.0), -f64::from(glyph.offset.1)) / em;
                let advance = f64::from(glyph.advance) / em;
                let cluster = start + glyph.cluster;
                glyphs.push(Glyph {
                    face,
                    id: glyph.id,
                    at: Point::new(*pen, 0.0) + offset,
                    pen: *pen,
                    advance,
                    text: cluster..cluster,
                });
                *pen += advance;
            });
            let end = start + piece.len();
            close(glyphs.get_mut(first..).unwrap_or_default(), end);
        }
    }

    fn em(&mut self, weight: Weight, face: Face) -> f64 {
        self.loaded(weight, face).map_or(1000.0, |face| face.em())
    }

    fn glyph(&mut self, weight: Weight, glyph: &Glyph) -> BezPath {
        self.loaded(weight, glyph.face)
            .map(|face| face.outline(glyph.id))
            .unwrap_or_default()
    }

    fn loaded(&mut self, weight: Weight, face: Face) -> Option<&mut super::faces::Loaded> {
        let set = self.set(weight);
        let mut rank = 0;
        while set.face(rank)?.0 != face {
            rank += 1;
        }
        set.face(rank).map(|(_, loaded)| loaded)
    }
}

/// Characters that no face has: each is the main face's box, as wide as such characters are.
fn boxes(text: &str, start: usize, face: Face, pen: &mut f64, glyphs: &mut Vec<Glyph>) {
    for (at, character) in text.char_indices() {
        let advance = unknown(character);
        // What takes no room, as the selector of a variant, shows nothing where nobody knows it.
        if advance <= 0.0 {
            continue;
        }
        let begin = start + at;
        glyphs.push(Glyph {
            face,
            id: 0,
            at: Point::new(*pen, 0.0),
            pen: *pen,
            advance,
            text: begin..begin + character.len_utf8(),
        });
        *pen += advance;
    }
}

/// Ends the text of each glyph where that of the next cluster begins, or at `end`.
fn close(glyphs: &mut [Glyph], end: usize) {
    let mut starts: Vec<usize> = glyphs.iter().map(|glyph| glyph.text.start).collect();
    starts.sort_unstable();
    starts.dedup();
    for glyph in glyphs {
        let next = starts.partition_point(|start| *start <= glyph.text.start);
        glyph.text.end = starts.get(next).copied().unwrap_or(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Rect;
    use kurbo::Shape;

    fn letters(text: &str) -> Vec<String> {
        let (glyphs, _) = Fonts::new().shape(text, Weight::Regular);
        glyphs
            .iter()
            .map(|glyph| text.get(glyph.text.clone()).unwrap().to_owned())
            .collect()
    }

    #[test]
    fn glyphs_stand_where_measuring_says() {
        let mut fonts = Fonts::new();
        for text in [
            "kube-apiserver",
            "AVATAR",
            "Größe",
            "Планировщик",
            "خادم",
            "控制 a",
        ] {
            let (glyphs, width) = fonts.shape(text, Weight::Regular);
            let measured = fonts.width(text, Weight::Regular, 1.0);
            assert!(
                (width - measured).abs() < 1e-6,
                "{text}: {width} {measured}"
            );
            let last = glyphs.last().unwrap();
            assert!((last.at.x + last.advance - width).abs() < 0.05, "{text}");
        }
    }

    #[test]
    fn every_letter_is_shown_once_and_right_to_left_runs_are_turned() {
        assert_eq!(letters("api"), ["a", "p", "i"]);
        assert_eq!(letters("אבג"), ["ג", "ב", "א"]);
        assert_eq!(letters("api אב"), ["a", "p", "i", " ", "ב", "א"]);
        let turned = letters("אב api");
        assert_eq!(turned, ["a", "p", "i", " ", "ב", "א"]);
    }

    #[test]
    fn outlines_have_ink_above_the_baseline() {
        let (path, width) = Fonts::new().outline("etcd", Weight::Bold, 13.0);
        let ink: Rect = path.bounding_box();
        assert!(ink.y0 < -8.0 && ink.y1 < 1.0, "{ink}");
        assert!(ink.x0 > -1.0 && ink.x1 < width + 1.0, "{ink}");
        // A character that no face has is a box, not nothing.
        assert!(
            Fonts::new()
                .outline("控", Weight::Regular, 10.0)
                .0
                .elements()
                .len()
                > 4
        );
    }
}
