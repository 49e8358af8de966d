//! Finds the longest of many phrases that a text starts with at some place. Folding makes spellings equal that readers take for the same.

use super::han::simplified;
use std::borrow::Cow;

/// A phrase and what it stands for.
#[derive(Debug, Clone, PartialEq)]
struct Entry<T> {
    text: String,
    value: T,
    /// The longest other phrase that this one starts with.
    shorter: Option<u32>,
}

/// Phrases in folded spelling, sorted; each knows the longest other one that it starts with, so that one binary search finds them all.
/// A whole phrase is found without a search, by its hash.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrases<T> {
    entries: Vec<Entry<T>>,
    /// The first bytes of each phrase as a number: most comparisons of a search need no more.
    keys: Vec<u64>,
    /// The bytes of each phrase, up to 255.
    lengths: Vec<u8>,
    /// How many phrases start with a smaller byte, by the byte; and all.
    firsts: Vec<u32>,
    starts: Starts,
    whole: Whole,
}

/// The first eight bytes of a text as a number that sorts as they do.
fn key(text: &str) -> u64 {
    let bytes = text.as_bytes();
    if let Some(first) = bytes.first_chunk::<8>() {
        return u64::from_be_bytes(*first);
    }
    let mut first = [0; 8];
    for (to, from) in first.iter_mut().zip(bytes) {
        *to = *from;
    }
    u64::from_be_bytes(first)
}

/// Scatters the bits of a number over its upper half: Fibonacci hashing (Knuth 1998, *The Art of Computer Programming* 3, 6.4).
fn scatter(number: u64) -> usize {
    usize::try_from(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32).unwrap_or(0)
}

/// Where each phrase stands: a hash table with open addressing and linear probing, never more than half full.
#[derive(Debug, Clone, PartialEq, Default)]
struct Whole {
    /// The first of the entries of a phrase, plus one; nothing: nobody. A power of two of them.
    slots: Vec<u32>,
}

impl Whole {
    /// Room for so many phrases.
    fn new(phrases: usize) -> Self {
        Self {
            slots: vec![0; (2 * phrases).next_power_of_two()],
        }
    }

    /// The slots in which a text may stand, in their order: what it starts and ends with, and its length, make its hash.
    fn places(&self, text: &str, key: u64) -> impl Iterator<Item = usize> {
        let bytes = text.as_bytes();
        let end = bytes
            .last_chunk::<8>()
            .map_or(0, |end| u64::from_be_bytes(*end));
        let hash = scatter(key ^ end.rotate_left(25) ^ bytes.len() as u64);
        let mask = self.slots.len().wrapping_sub(1);
        (0..self.slots.len()).map(move |step| hash.wrapping_add(step) & mask)
    }

    /// The place of the phrase that `fits`, where a slot is taken; or the slot that is free for it.
    fn find(
        &self,
        text: &str,
        key: u64,
        fits: impl Fn(usize) -> bool,
    ) -> Result<usize, Option<usize>> {
        for place in self.places(text, key) {
            match self.slots[place].checked_sub(1) {
                None => return Err(Some(place)),
                Some(at) if fits(at as usize) => return Ok(at as usize),
                Some(_) => {}
            }
        }
        Err(None)
    }
}

/// How the phrases start: tells at most places of a text, without a search, that none is there.
#[derive(Debug, Clone, PartialEq, Default)]
struct Starts {
    /// One bit for the first bytes of each phrase; a power of two of words.
    bits: Vec<u64>,
    /// Which lengths of starts, up to [`LONGEST_START`] bytes, there are.
    lengths: [bool; LONGEST_START + 1],
}

/// Bytes of a phrase that its bit is made of.
const LONGEST_START: usize = 4;

impl Starts {
    /// Room for the starts of so many phrases.
    fn new(phrases: usize) -> Self {
        let words = (phrases / 4).next_power_of_two().clamp(1, 1024);
        Self {
            bits: vec![0; words],
            lengths: [false; LONGEST_START + 1],
        }
    }

    /// The word and bit of the first `length` bytes of a [`key`].
    fn place(&self, key: u64, length: usize) -> (usize, u64) {
        let start = key >> (u64::BITS as usize - 8 * length);
        let hash = scatter(start);
        let word = (hash / 64) & (self.bits.len().max(1) - 1);
        (word, 1 << (hash % 64))
    }

    fn add(&mut self, phrase: &str) {
        let length = phrase.len().min(LONGEST_START);
        let (word, bit) = self.place(key(phrase), length);
        if let Some(bits) = self.bits.get_mut(word) {
            *bits |= bit;
            self.lengths[length] = true;
        }
    }

    /// Whether a text of that [`key`] may start with a phrase.
    #[inline]
    fn may(&self, key: u64) -> bool {
        (1..=LONGEST_START).any(|length| {
            let (word, bit) = self.place(key, length);
            self.lengths[length] && self.bits.get(word).is_some_and(|bits| bits & bit != 0)
        })
    }
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            keys: Vec::new(),
            lengths: Vec::new(),
            firsts: Vec::new(),
            starts: Starts::default(),
            whole: Whole::default(),
        }
    }
}

impl<T> Phrases<T> {
    /// The phrases, folded. The same phrase twice stays twice: both are found, in their order.
    pub fn new(phrases: impl IntoIterator<Item = (String, T)>) -> Self {
        let folded = |(text, value): (String, T)| (fold(&text).into_owned(), value);
        Self::of_folded(phrases.into_iter().map(folded))
    }

    /// The same, of phrases that are folded already.
    pub fn of_folded(phrases: impl IntoIterator<Item = (String, T)>) -> Self {
        let mut entries: Vec<Entry<T>> = phrases
            .into_iter()
            .filter(|(text, _)| !text.is_empty())
            .map(|(text, value)| Entry {
                text,
                value,
                shorter: None,
            })
            .collect();
        entries.sort_by(|a, b| a.text.cmp(&b.text));
        let mut open: Vec<usize> = Vec::new();
        for at in 0..entries.len() {
            while let Some(last) = open.last()
                && !entries[at].text.starts_with(entries[*last].text.as_str())
            {
                open.pop();
            }
            entries[at].shorter = open.last().and_then(|last| u32::try_from(*last).ok());
            open.push(at);
        }
        let mut starts = Starts::new(entries.len());
        for entry in &entries {
            starts.add(&entry.text);
        }
        let keys: Vec<u64> = entries.iter().map(|entry| key(&entry.text)).collect();
        let mut whole = Whole::new(entries.len());
        for (number, (entry, key)) in (1..).zip(entries.iter().zip(&keys)) {
            let known = |at: usize| entries[at].text == entry.text;
            if let Err(Some(free)) = whole.find(&entry.text, *key, known) {
                whole.slots[free] = number;
            }
        }
        let length = |entry: &Entry<T>| u8::try_from(entry.text.len()).unwrap_or(u8::MAX);
        let lengths = entries.iter().map(length).collect();
        let mut firsts = vec![0; 257];
        for byte in entries.iter().filter_map(|entry| entry.text.bytes().next()) {
            firsts[usize::from(byte) + 1] += 1;
        }
        for byte in 1..firsts.len() {
            firsts[byte] += firsts[byte - 1];
        }
        Self {
            entries,
            keys,
            lengths,
            firsts,
            starts,
            whole,
        }
    }

    /// How many phrases do not sort behind `text`.
    fn up_to(&self, text: &str, key: u64) -> usize {
        let first = usize::from(text.bytes().next().unwrap_or_default());
        let bound = |at: usize| self.firsts.get(at).map_or(0, |bound| *bound as usize);
        let keys = &self.keys[bound(first)..bound(first + 1)];
        let high = keys.partition_point(|known| *known <= key);
        let low = match high.checked_sub(1).and_then(|last| keys.get(last)) {
            Some(last) if *last == key => keys[..high].partition_point(|known| *known < key),
            _ => high,
        };
        let same = &self.entries[bound(first) + low..bound(first) + high];
        bound(first) + low + same.partition_point(|entry| entry.text.as_str() <= text)
    }

    /// Every phrase that `text` starts with, the longest first, each with its length in bytes.
    pub fn starting<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, &'a T)> {
        let key = key(text);
        let first = if self.starts.may(key) {
            self.up_to(text, key).checked_sub(1)
        } else {
            None
        };
        std::iter::successors(first, |at| self.entries[*at].shorter.map(|at| at as usize))
            .filter(move |at| self.begins(*at, text, key))
            .map(|at| &self.entries[at])
            .map(|entry| (entry.text.len(), &entry.value))
    }

    /// Whether `text` starts with the phrase at a place; the keys alone tell where it is short.
    fn begins(&self, at: usize, text: &str, key: u64) -> bool {
        let length = usize::from(self.lengths[at]);
        if length > size_of::<u64>() {
            return text.starts_with(self.entries[at].text.as_str());
        }
        let other = (key ^ self.keys[at]) >> (u64::BITS as usize - 8 * length);
        text.len() >= length && other == 0
    }

    /// What exactly this phrase stands for.
    pub fn exact(&self, text: &str) -> impl Iterator<Item = &T> {
        let first = self
            .whole
            .find(text, key(text), |at| self.entries[at].text == text);
        self.entries[first.unwrap_or(self.entries.len())..]
            .iter()
            .take_while(move |entry| entry.text == text)
            .map(|entry| &entry.value)
    }

    /// Every phrase that begins with this byte, in their order.
    pub fn beginning(&self, first: u8) -> impl Iterator<Item = (&str, &T)> {
        let byte = |entry: &Entry<T>| entry.text.bytes().next();
        let start = self
            .entries
            .partition_point(|entry| byte(entry) < Some(first));
        self.entries[start..]
            .iter()
            .take_while(move |entry| byte(entry) == Some(first))
            .map(|entry| (entry.text.as_str(), &entry.value))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Whether a character is a letter or digit: [`char::is_alphanumeric`], quick for the scripts that most notes are written in.
#[inline]
pub fn is_alphanumeric(character: char) -> bool {
    if character.is_ascii() {
        character.is_ascii_alphanumeric()
    } else {
        is_common_letter(character) || !is_common_sign(character) && character.is_alphanumeric()
    }
}

/// Likewise [`char::is_alphabetic`].
pub fn is_alphabetic(character: char) -> bool {
    if character.is_ascii() {
        character.is_ascii_alphabetic()
    } else {
        is_common_letter(character) || !is_common_sign(character) && character.is_alphabetic()
    }
}

/// Latin but for its two signs of arithmetic, Cyrillic but for its marks, kana, the unified Han, Hangul.
fn is_common_letter(character: char) -> bool {
    matches!(character,
        '\u{c0}'..='\u{d6}'
        | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{24f}'
        | '\u{400}'..='\u{481}'
        | '\u{48a}'..='\u{52f}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}')
}

/// The general punctuation, that of Chinese and Japanese, and the first full-width signs.
fn is_common_sign(character: char) -> bool {
    matches!(character, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3004}' | '\u{ff01}'..='\u{ff0f}')
}

/// What one ASCII byte becomes when spellings are compared: as [`fold_character`] has it.
pub fn fold_ascii(byte: u8) -> u8 {
    match byte {
        b'-' | b'_' | b'/' | b'\t' => b' ',
        b'`' => b'\'',
        other => other.to_ascii_lowercase(),
    }
}

/// What one character becomes when spellings are compared: lower case, narrow, simplified, one kind of blank and of quote.
pub fn fold_character(character: char) -> impl Iterator<Item = char> {
    let plain = match character {
        '-' | '_' | '\u{2010}' | '\u{2011}' | '/' | '\t' | '\u{a0}' | '\u{3000}' => ' ',
        '\u{2018}' | '\u{2019}' | '\u{02bc}' | '`' | '\u{b4}' => '\'',
        // The full-width forms of the ASCII signs stand in their order.
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character)
        }
        other => simplified(other),
    };
    plain.to_lowercase()
}

/// Adds to `folded` what a character becomes.
#[inline]
pub fn push_folded(folded: &mut Vec<u8>, character: char) {
    let mut bytes = [0; 4];
    let mut push = |character: char| {
        folded.extend_from_slice(character.encode_utf8(&mut bytes).as_bytes());
    };
    match character {
        // Small letters of Latin and Cyrillic, kana and Hangul stay what they are.
        'à'..='ÿ' | 'а'..='я' | '\u{3041}'..='\u{30ff}' | '\u{ac00}'..='\u{d7a3}' => {
            push(character);
        }
        '\u{4e00}'..='\u{9fff}' => push(simplified(character)),
        other => fold_character(other).for_each(push),
    }
}

/// The bytes of the ASCII that a text starts with, and the rest of it.
pub fn split_ascii(text: &str) -> (&[u8], &str) {
    let ascii = text.bytes().take_while(u8::is_ascii).count();
    let (start, rest) = text.split_at(ascii);
    (start.as_bytes(), rest)
}

/// A phrase as it is compared: folded characters, single blanks. Most are already.
pub fn fold(text: &str) -> Cow<'_, str> {
    if is_folded(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(folded(text))
    }
}

/// Whether a text is seen to be in folded spelling at a glance: ASCII, and nothing of it to change.
fn is_folded(text: &str) -> bool {
    let mut before = b' ';
    for byte in text.bytes() {
        let whole =
            byte.is_ascii_lowercase() || (0x21..0x7f).contains(&byte) && fold_ascii(byte) == byte;
        if !(whole || byte == b' ' && before != b' ') {
            return false;
        }
        before = byte;
    }
    before != b' ' || text.is_empty()
}

fn folded(text: &str) -> String {
    let mut folded = Vec::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (ascii, other) = split_ascii(rest);
        for byte in ascii {
            match fold_ascii(*byte) {
                b' ' | b'\n'..=b'\r' => blank(&mut folded),
                letter => folded.push(letter),
            }
        }
        let mut characters = other.chars();
        match characters.next() {
            Some(character) if is_blank(character) => blank(&mut folded),
            Some(character) => push_folded(&mut folded, character),
            None => {}
        }
        rest = characters.as_str();
    }
    if folded.ends_with(b" ") {
        folded.pop();
    }
    String::from_utf8(folded).unwrap_or_default()
}

/// Whether a character counts as a blank between words.
fn is_blank(character: char) -> bool {
    !is_common_letter(character) && fold_character(character).all(char::is_whitespace)
}

/// Adds a blank where there is something before it, and no blank yet.
fn blank(folded: &mut Vec<u8>) {
    if folded.last().is_some_and(|last| *last != b' ') {
        folded.push(b' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_phrases_at_a_place_are_found_longest_first() {
        let phrases = Phrases::new(
            ["api", "api server", "api surface", "etcd", "api server pod"]
                .map(|text| (text.to_owned(), text)),
        );
        let found: Vec<_> = phrases.starting("api server's door").collect();
        assert_eq!(found, [(10, &"api server"), (3, &"api")]);
        assert!(phrases.starting("ap").next().is_none());
        assert_eq!(phrases.exact("etcd").count(), 1);
        assert_eq!(phrases.exact("etc").count(), 0);
    }

    #[test]
    fn quick_letters_are_letters() {
        for character in '\0'..=char::MAX {
            let known = character.is_alphanumeric();
            assert_eq!(is_alphanumeric(character), known, "{character:?}");
            let known = character.is_alphabetic();
            assert_eq!(is_alphabetic(character), known, "{character:?}");
        }
    }

    #[test]
    fn quick_characters_fold_as_all_do() {
        for character in '\0'..=char::MAX {
            let mut quick = Vec::new();
            push_folded(&mut quick, character);
            let all: String = fold_character(character).collect();
            assert_eq!(quick, all.as_bytes(), "{character:?}");
        }
    }

    #[test]
    fn ascii_folds_as_all_characters_do() {
        for byte in 0..128 {
            let folded: String = fold_character(char::from(byte)).collect();
            assert_eq!(folded, char::from(fold_ascii(byte)).to_string(), "{byte}");
        }
    }

    #[test]
    fn folding_takes_case_width_and_signs_away() {
        assert_eq!(fold("  Kube-API_Server "), "kube api server");
        assert_eq!(fold("ＡＰＩ　サーバー"), "api サーバー");
        assert_eq!(fold("\u{3000}É - \u{a0}\n  Å-ß\u{2003}"), "é å ß");
        for text in [
            "", " ", "a", "a b", "a  b", " a", "a ", "a\tb", "a\nb", "a/b", "`a`", "A", "a.b!",
        ] {
            assert_eq!(fold(text), folded(text), "{text:?}");
        }
    }
}
