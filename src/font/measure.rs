//! Widths of words, as a browser sets them in the same faces.

use super::faces::{Face, Loaded, Weight};
use super::family::Family;
use std::fmt;
use unicode_width::UnicodeWidthChar;

/// Printable ASCII, which the table of advances covers.
const FIRST: u8 = b' ';
const COUNT: usize = 95;

/// The faces, and what they have measured so far.
pub struct Fonts {
    regular: Set,
    bold: Set,
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fonts").finish_non_exhaustive()
    }
}

impl Default for Fonts {
    fn default() -> Self {
        Self::with(&[])
    }
}

impl Fonts {
    /// Faces that have measured nothing yet. They are loaded when first asked.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same, and families for what they lack, the best first.
    pub fn with(others: &[Family]) -> Self {
        Self {
            regular: Set::new(Weight::Regular, others),
            bold: Set::new(Weight::Bold, others),
        }
    }

    /// Width of `text` at `size` px, in px.
    pub fn width(&mut self, text: &str, weight: Weight, size: f64) -> f64 {
        self.set(weight).ems(text) * size
    }

    /// The faces of one weight.
    pub(super) fn set(&mut self, weight: Weight) -> &mut Set {
        match weight {
            Weight::Regular => &mut self.regular,
            Weight::Bold => &mut self.bold,
        }
    }

    /// The characters of `text` for which no face has a glyph: a reader's own fonts must draw them. What takes no room is not missed.
    pub fn missing(&mut self, text: &str) -> Vec<char> {
        let mut missing: Vec<char> = text
            .chars()
            .filter(|character| !character.is_ascii() && character.width() != Some(0))
            .filter(|character| self.regular.rank(*character).is_none())
            .collect();
        missing.sort_unstable();
        missing.dedup();
        missing
    }
}

/// The faces of one weight, the first that has a character draws it.
pub(super) struct Set {
    wanted: Vec<Face>,
    /// The first of those that were wanted, as far as anybody asked.
    loaded: Vec<Option<Loaded>>,
    /// Advance of each ASCII character before each other, and at the end, in font units; 0 where not asked yet.
    /// In plain Latin text there is no more to shaping than such pairs, and labels of a large architecture share few of them.
    advances: Vec<u16>,
}

impl Set {
    fn new(weight: Weight, others: &[Family]) -> Self {
        let mut wanted = vec![Face::main(weight), Face::fallback(weight)];
        wanted.extend(others.iter().map(|family| family.face(weight)));
        Self {
            wanted,
            loaded: Vec::new(),
            advances: Vec::new(),
        }
    }

    /// The face of that rank, ready to shape.
    pub(super) fn face(&mut self, rank: usize) -> Option<(Face, &mut Loaded)> {
        while self.loaded.len() <= rank {
            let next = *self.wanted.get(self.loaded.len())?;
            self.loaded.push(Loaded::new(next));
        }
        let loaded = self.loaded.get_mut(rank)?.as_mut()?;
        Some((*self.wanted.get(rank)?, loaded))
    }

    fn main(&mut self) -> Option<&mut Loaded> {
        self.face(0).map(|(_, loaded)| loaded)
    }

    /// Which face draws the character: the first that has it.
    pub(super) fn rank(&mut self, character: char) -> Option<usize> {
        (0..self.wanted.len()).find(|rank| {
            self.face(*rank)
                .is_some_and(|(_, face)| face.covers(character))
        })
    }

    fn ems(&mut self, text: &str) -> f64 {
        let bytes = text.as_bytes();
        // Ligatures of the face begin with an f.
        let ligature = |pair: &[u8]| matches!(pair, [b'f', b'f' | b'i' | b'l']);
        let plain = bytes.iter().all(|byte| (FIRST..=b'~').contains(byte))
            && !bytes.windows(2).any(ligature);
        if plain {
            self.plain(text)
        } else {
            self.shaped(text)
        }
    }

    /// The sum of the advances, each of which includes the kerning with the next character.
    fn plain(&mut self, text: &str) -> f64 {
        let known = self.sum(text).or_else(|| {
            self.learn(text);
            self.sum(text)
        });
        match (known, self.main()) {
            (Some(units), Some(face)) => units as f64 / face.em(),
            (None, Some(face)) => face.advance(text),
            (_, None) => text.len() as f64 * 0.6,
        }
    }

    /// The advance of the text in font units, if those of all its pairs are known.
    fn sum(&self, text: &str) -> Option<u64> {
        let known = |at: usize| self.advances.get(at).filter(|&&advance| advance > 0);
        pairs(text).try_fold(0, |sum, at| Some(sum + u64::from(*known(at)?)))
    }

    /// Shapes a text, and remembers the advances in it.
    fn learn(&mut self, text: &str) {
        let mut found = Vec::new();
        if let Some(face) = self.main() {
            face.shape(text, None, |glyph| found.push(glyph.advance));
        }
        self.advances.resize(COUNT * (COUNT + 1), 0);
        // One glyph a character: no two of them have become one.
        if found.len() == text.len() {
            for (at, advance) in pairs(text).zip(found) {
                self.advances[at] = u16::try_from(advance).unwrap_or(0);
            }
        }
    }

    /// Each run in the first face that has its characters; what none has is as wide as such characters are.
    fn shaped(&mut self, text: &str) -> f64 {
        let mut sum = 0.0;
        let mut rest = text;
        while let Some((run, rank, after)) = self.run(rest) {
            sum += match rank.and_then(|rank| self.face(rank)) {
                Some((_, face)) => face.advance(run),
                None => run.chars().map(unknown).sum(),
            };
            rest = after;
        }
        sum
    }

    /// The longest beginning of `text` that one face draws (or that none does), which it is, and what follows.
    pub(super) fn run<'t>(&mut self, text: &'t str) -> Option<(&'t str, Option<usize>, &'t str)> {
        let rank = self.rank(text.chars().next()?);
        let end = text
            .char_indices()
            .find(|(_, character)| self.rank(*character) != rank)
            .map_or(text.len(), |(at, _)| at);
        let (run, after) = text.split_at(end);
        Some((run, rank, after))
    }
}

/// About how wide a character is that no face has: an em for ideographs, emoji and their like.
pub(super) fn unknown(character: char) -> f64 {
    match character.width() {
        Some(0) => 0.0,
        Some(2) => 1.05,
        _ => 0.65,
    }
}

/// Where the advance of each character of a text before the next one stands in the table; behind the last, nothing follows.
fn pairs(text: &str) -> impl Iterator<Item = usize> {
    let place = |byte: u8| usize::from(byte - FIRST);
    let next = text.bytes().skip(1).map(place).chain([COUNT]);
    text.bytes()
        .map(place)
        .zip(next)
        .map(|(at, next)| at * (COUNT + 1) + next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_add_up_to_what_shaping_gives() {
        let mut fonts = Fonts::new();
        for text in [
            "kube-apiserver",
            "AVATAR To Ty",
            "etcd (raft)",
            "reads & writes",
            "Worker Node 1",
        ] {
            let whole = Loaded::new(Face::main(Weight::Regular))
                .unwrap()
                .advance(text);
            assert!(
                (fonts.width(text, Weight::Regular, 1.0) - whole).abs() < 1e-9,
                "{text}"
            );
        }
    }

    #[test]
    fn kerning_counts_and_bold_is_wider() {
        let mut fonts = Fonts::new();
        let apart =
            fonts.width("A", Weight::Regular, 13.0) + fonts.width("V", Weight::Regular, 13.0);
        assert!(fonts.width("AV", Weight::Regular, 13.0) < apart);
        assert!(
            fonts.width("etcd", Weight::Bold, 13.0) > fonts.width("etcd", Weight::Regular, 13.0)
        );
    }

    #[test]
    fn every_script_has_a_width() {
        let mut fonts = Fonts::new();
        for text in [
            "Größe",
            "Планировщик",
            "Đăng nhập",
            "خادم",
            "控制平面",
            "🙂",
            "컨트롤",
        ] {
            let width = fonts.width(text, Weight::Regular, 10.0);
            let letters = text.chars().count() as f64;
            assert!(
                width > 3.0 * letters && width < 12.0 * letters,
                "{text}: {width}"
            );
        }
        assert_eq!(fonts.missing("etcd 控 Ж"), ['控']);
    }
}
