//! A stretch of plain text with the place of each byte in its source, and the folded form in which phrases are looked up.

use crate::model::phrases::{fold_ascii, is_alphanumeric, push_folded, split_ascii};
use std::ops::Range;

/// Plain text cut out of marked-up text, and where each stretch of it came from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plain {
    /// The words without their markup.
    pub text: String,
    /// Byte of the text and byte of the source at which each verbatim stretch starts, in order.
    stretches: Vec<(usize, usize)>,
}

impl Plain {
    /// Adds words that stand at byte `at` of the source.
    pub(crate) fn push(&mut self, words: &str, at: usize) {
        self.stretches.push((self.text.len(), at));
        self.text.push_str(words);
    }

    /// The byte of the source that byte `offset` of the text came from.
    pub(crate) fn source(&self, offset: usize) -> usize {
        let next = self
            .stretches
            .partition_point(|(start, _)| *start <= offset);
        next.checked_sub(1)
            .and_then(|at| self.stretches.get(at))
            .map_or(0, |(start, at)| at + (offset - start))
    }

    /// The bytes of the source that the bytes `range` of the text came from.
    pub(crate) fn source_range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.source(range.start);
        let end = range
            .end
            .checked_sub(1)
            .map_or(start, |last| self.source(last) + 1);
        start..end.max(start)
    }

    /// The part of the text within `range`, on its own.
    pub(crate) fn slice(&self, range: Range<usize>) -> Self {
        let mut part = Self::default();
        let Some(words) = self.text.get(range.clone()) else {
            return part;
        };
        part.stretches.push((0, self.source(range.start)));
        for (start, at) in &self.stretches {
            if *start > range.start && *start < range.end {
                part.stretches.push((start - range.start, *at));
            }
        }
        words.clone_into(&mut part.text);
        part
    }
}

/// Folded text, and the byte of the plain text that each of its bytes came from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Folded {
    /// Lower case, narrow, one kind of blank and of quote.
    pub text: String,
    /// Empty where all characters kept their places, as nearly always.
    places: Vec<u32>,
}

impl Folded {
    /// Folds `plain`, character by character: blanks stay as many as they are.
    pub(crate) fn new(plain: &str) -> Self {
        let mut text = Vec::with_capacity(plain.len());
        let mut places: Vec<u32> = Vec::new();
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let mut rest = plain;
        while !rest.is_empty() {
            let (ascii, other) = split_ascii(rest);
            text.extend(ascii.iter().map(|byte| fold_ascii(*byte)));
            let at = plain.len() - other.len();
            if !places.is_empty() {
                places.extend((at - ascii.len()..at).map(place));
            }
            let mut characters = other.chars();
            let before = text.len();
            if let Some(character) = characters.next() {
                push_folded(&mut text, character);
            }
            rest = characters.as_str();
            if places.is_empty() && text.len() + rest.len() != plain.len() {
                // What stands before this character kept its places.
                places.extend((0..before).map(place));
                if places.is_empty() {
                    places.push(place(at));
                }
            }
            if !places.is_empty() {
                places.resize(text.len(), place(at));
            }
        }
        if !places.is_empty() {
            places.push(place(plain.len()));
        }
        let text = String::from_utf8(text).unwrap_or_default();
        Self { text, places }
    }

    /// A text in folded spelling, of which nothing else is known.
    pub(crate) fn of_folded(text: String) -> Self {
        let places = Vec::new();
        Self { text, places }
    }

    /// The bytes of the plain text that folded bytes came from.
    pub(crate) fn plain(&self, range: &Range<usize>) -> Range<usize> {
        self.place(range.start)..self.place(range.end)
    }

    fn place(&self, at: usize) -> usize {
        if self.places.is_empty() {
            return at.min(self.text.len());
        }
        let place = self.places.get(at).or_else(|| self.places.last());
        place.map_or(0, |place| *place as usize)
    }

    /// The text from `at` on.
    pub(crate) fn from(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or_default()
    }

    /// The text within `range`.
    pub(crate) fn words(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// Where words start, or may start: at every letter or digit, but for those behind one of ASCII, unless their script sets no blanks.
    pub(crate) fn starts(&self) -> impl Iterator<Item = usize> {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        let mut joined = false;
        std::iter::from_fn(move || {
            while let Some(byte) = bytes.get(at) {
                let start = at;
                let behind = std::mem::replace(&mut joined, byte.is_ascii_alphanumeric());
                if joined {
                    let word = bytes[at..].iter();
                    at += word.take_while(|byte| byte.is_ascii_alphanumeric()).count();
                    return Some(start);
                }
                if byte.is_ascii() {
                    at += 1;
                    continue;
                }
                let letter = self.at(at)?;
                at += letter.len_utf8();
                if is_alphanumeric(letter) && (!behind || is_unspaced(letter)) {
                    return Some(start);
                }
            }
            None
        })
    }

    /// The character before byte `at`.
    pub(crate) fn before(&self, at: usize) -> Option<char> {
        self.text
            .get(..at)
            .and_then(|text| text.chars().next_back())
    }

    /// The character at byte `at`.
    pub(crate) fn at(&self, at: usize) -> Option<char> {
        self.from(at).chars().next()
    }
}

/// Whether a character belongs to a script that sets no blanks between words.
pub(crate) fn is_unspaced(character: char) -> bool {
    matches!(character,
        '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{1100}'..='\u{11ff}')
}

/// Whether a word may start at a place: what stands before it is no letter of the same word.
pub(crate) fn starts_word(before: Option<char>, first: Option<char>) -> bool {
    let joined = |character: char| is_alphanumeric(character) && !is_unspaced(character);
    !(before.is_some_and(joined) && first.is_some_and(joined))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_survive_folding_and_markup() {
        let mut plain = Plain::default();
        plain.push("Én ", 4);
        plain.push("API-Server", 20);
        let folded = Folded::new(&plain.text);
        assert_eq!(folded.text, "én api server");
        let at = folded.text.find("server").unwrap();
        let range = folded.plain(&(at..at + 6));
        assert_eq!(plain.text.get(range.clone()), Some("Server"));
        assert_eq!(plain.source_range(&range), 24..30);
        assert_eq!(plain.slice(4..14).source(0), 20);
        // A letter that takes more bytes in lower case, and one that takes fewer.
        for text in ["İX etcd", "\u{212a}X etcd", "etcd \u{212a}"] {
            let folded = Folded::new(text);
            let at = folded.text.find("etcd").unwrap();
            assert_eq!(text.get(folded.plain(&(at..at + 4))), Some("etcd"));
        }
    }
}
