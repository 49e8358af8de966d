//! Finds the longest of many phrases that a text starts with at some place. Folding makes spellings equal that readers take for the same.

use super::han::simplified;

/// A phrase and what it stands for.
#[derive(Debug, Clone, PartialEq)]
struct Entry<T> {
    text: String,
    value: T,
    /// The longest other phrase that this one starts with.
    shorter: Option<u32>,
}

/// Phrases in folded spelling, sorted; each knows the longest other one that it starts with, so that one binary search finds them all.
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

    /// The number of a start that is longer by a byte.
    fn mixed(start: u64, byte: u8) -> u64 {
        (start ^ u64::from(byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    /// The word and bit of the number of a start.
    fn place(&self, mixed: u64) -> (usize, u64) {
        let high = mixed >> 32;
        let word = usize::try_from(high / 64).unwrap_or(0) & (self.bits.len().max(1) - 1);
        (word, 1 << (high % 64))
    }

    fn add(&mut self, phrase: &str) {
        let bytes = phrase.as_bytes();
        let start = bytes.get(..LONGEST_START).unwrap_or(bytes);
        let mixed = start
            .iter()
            .fold(0, |mixed, byte| Self::mixed(mixed, *byte));
        let (word, bit) = self.place(mixed);
        if let Some(bits) = self.bits.get_mut(word) {
            *bits |= bit;
            self.lengths[start.len()] = true;
        }
    }

    /// Whether `text` may start with a phrase.
    fn may(&self, text: &str) -> bool {
        let mut mixed = 0;
        let mut starts = text.bytes().zip(&self.lengths[1..]);
        starts.any(|(byte, known)| {
            mixed = Self::mixed(mixed, byte);
            let (word, bit) = self.place(mixed);
            *known && self.bits.get(word).is_some_and(|bits| bits & bit != 0)
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
        }
    }
}

impl<T> Phrases<T> {
    /// The phrases, folded. The same phrase twice stays twice: both are found, in their order.
    pub fn new(phrases: impl IntoIterator<Item = (String, T)>) -> Self {
        let folded = |(text, value): (String, T)| (fold(&text), value);
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
        let keys = entries.iter().map(|entry| key(&entry.text)).collect();
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
        }
    }

    /// How many phrases sort before `text`, or with it where `with`.
    fn before(&self, text: &str, key: u64, with: bool) -> usize {
        let first = usize::from(text.bytes().next().unwrap_or_default());
        let bound = |at: usize| self.firsts.get(at).map_or(0, |bound| *bound as usize);
        let start = bound(first);
        let same = &self.keys[start..bound(first + 1)];
        let low = start + same.partition_point(|known| *known < key);
        let same = self.keys[low..].partition_point(|known| *known == key);
        let entries = &self.entries[low..low + same];
        low + entries.partition_point(|entry| match entry.text.as_str().cmp(text) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Equal => with,
            std::cmp::Ordering::Greater => false,
        })
    }

    /// Every phrase that `text` starts with, the longest first, each with its length in bytes.
    pub fn starting<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, &'a T)> {
        let key = key(text);
        let first = if self.starts.may(text) {
            self.before(text, key, true).checked_sub(1)
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
        let first = if self.starts.may(text) {
            self.before(text, key(text), false)
        } else {
            self.entries.len()
        };
        self.entries[first..]
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
pub fn is_alphanumeric(character: char) -> bool {
    match character {
        '\0'..='\u{7f}' => character.is_ascii_alphanumeric(),
        // Latin but for its two signs of arithmetic, Cyrillic but for its marks, the unified Han, kana, Hangul.
        '\u{d7}' | '\u{f7}' => false,
        '\u{c0}'..='\u{24f}'
        | '\u{400}'..='\u{481}'
        | '\u{48a}'..='\u{52f}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' => true,
        _ => character.is_alphanumeric(),
    }
}

/// What one ASCII character becomes when spellings are compared: [`fold_character`] without the detour over other scripts.
pub fn fold_ascii(character: char) -> char {
    match character {
        '-' | '_' | '/' | '\t' => ' ',
        '`' => '\'',
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

/// A phrase as it is compared: folded characters, single blanks.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut add = |character: char| {
        if !character.is_whitespace() {
            folded.push(character);
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    };
    for character in text.chars() {
        if character.is_ascii() {
            add(fold_ascii(character));
        } else {
            fold_character(character).for_each(&mut add);
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
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
        }
    }

    #[test]
    fn folding_takes_case_width_and_signs_away() {
        assert_eq!(fold("  Kube-API_Server "), "kube api server");
        assert_eq!(fold("ＡＰＩ　サーバー"), "api サーバー");
    }
}
