//! The forms that a name takes where every word takes endings: those of them that a note has.

use crate::model::phrases::is_alphanumeric;
use std::ops::Range;

/// Words of a name that are inflected.
const BENT: usize = 2;

/// Letters that a word must have to take endings.
const LONG: usize = 4;

/// The words of a text.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    text: String,
    /// Where they stand, in their alphabetical order, each once.
    places: Vec<Range<usize>>,
}

impl Words {
    /// The words of a folded text.
    pub(super) fn of(text: &str) -> Self {
        let mut places = Vec::new();
        let mut start = None;
        for (at, character) in text.char_indices() {
            if is_alphanumeric(character) {
                start = start.or(Some(at));
            } else if let Some(start) = start.take() {
                places.push(start..at);
            }
        }
        places.extend(start.map(|start| start..text.len()));
        let word = |place: &Range<usize>| text.get(place.clone()).unwrap_or_default();
        places.sort_unstable_by_key(word);
        places.dedup_by_key(|place| word(place));
        Self {
            text: text.to_owned(),
            places,
        }
    }

    /// Whether one of them starts with `start`.
    fn any(&self, start: &str) -> bool {
        let word = |place: &Range<usize>| self.text.get(place.clone()).unwrap_or_default();
        let first = self.places.partition_point(|place| word(place) < start);
        self.places
            .get(first)
            .is_some_and(|place| word(place).starts_with(start))
    }
}

/// The other forms of a folded name, in which its last letters give way to each of the `endings`: those whose bent words stand in `text`.
pub(super) fn inflected(name: &str, endings: &[String], text: &Words) -> Vec<String> {
    let mut forms = vec![String::new()];
    for (place, word) in name.split(' ').enumerate() {
        let mut bent = vec![word.to_owned()];
        // Abbreviations and foreign names in Latin letters keep their form, but for what is hung on their end.
        if place < BENT && word.chars().count() >= LONG && word.chars().all(char::is_alphabetic) {
            let stem = stem(word);
            let other = endings.iter().map(|ending| format!("{stem}{ending}"));
            bent.extend(other.filter(|form| text.any(form)));
        }
        let join = |start: &String| {
            let blank = if start.is_empty() { "" } else { " " };
            bent.iter()
                .map(|word| format!("{start}{blank}{word}"))
                .collect::<Vec<_>>()
        };
        forms = forms.iter().flat_map(join).collect();
    }
    forms.retain(|form| form != name);
    forms
}

/// A word without the vowel that gives way to endings.
fn stem(word: &str) -> &str {
    word.strip_suffix(|last| "aeiouyąęóаеиоуыэюяіїєьй".contains(last))
        .unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_those_that_the_text_has() {
        let endings = ["а", "у", "ами"].map(str::to_owned);
        let text = Words::of("клиент спрашивает службу заказов, служба знает брокерами");
        assert_eq!(inflected("служба", &endings, &text), ["службу"]);
        assert_eq!(
            inflected("брокер", &endings, &text),
            ["брокера", "брокерами"]
        );
        assert_eq!(
            inflected("служба заказов", &endings, &text),
            ["службу заказов"]
        );
        assert!(inflected("api", &endings, &text).is_empty());
    }
}
