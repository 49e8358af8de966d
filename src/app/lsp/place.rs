//! Places as editors count them: lines from 0, and in a line the units of UTF-16.

use serde_json::{Value, json};
use std::ops::Range;

/// The byte of a position. What lies beyond a line is its end, beyond the text the text's.
pub(super) fn offset(text: &str, position: &Value) -> usize {
    let number = |key: &str| {
        let number = position
            .get(key)
            .and_then(Value::as_u64)
            .unwrap_or_default();
        usize::try_from(number).unwrap_or(usize::MAX)
    };
    let (line, character) = (number("line"), number("character"));
    let mut start = 0;
    for (at, words) in text.split_inclusive('\n').enumerate() {
        if at == line {
            let mut units = 0;
            for (byte, letter) in words.char_indices() {
                if units >= character || matches!(letter, '\n' | '\r') {
                    return start + byte;
                }
                units += letter.len_utf16();
            }
            return start + words.len();
        }
        start += words.len();
    }
    text.len()
}

/// The range of some bytes.
pub(super) fn range(text: &str, bytes: &Range<usize>) -> Value {
    json!({"start": position(text, bytes.start), "end": position(text, bytes.end.max(bytes.start))})
}

fn position(text: &str, offset: usize) -> Value {
    let offset = text.floor_char_boundary(offset);
    let before = text.get(..offset).unwrap_or_default();
    let line = before.matches('\n').count();
    let own = before.rsplit('\n').next().unwrap_or_default();
    let units: usize = own.chars().map(char::len_utf16).sum();
    json!({"line": line, "character": units})
}

/// The name of a document: the last part of its address, without percent codes.
pub(super) fn name(uri: &str) -> String {
    let last = uri.rsplit('/').next().unwrap_or(uri);
    let mut bytes = Vec::with_capacity(last.len());
    let mut rest = last.as_bytes();
    while let [first, after @ ..] = rest {
        let code = match after {
            [high, low, ..] if *first == b'%' => {
                let digit = |byte: u8| char::from(byte).to_digit(16);
                digit(*high)
                    .zip(digit(*low))
                    .and_then(|(high, low)| u8::try_from(16 * high + low).ok())
            }
            _ => None,
        };
        bytes.push(code.unwrap_or(*first));
        rest = after
            .get(if code.is_some() { 2 } else { 0 }..)
            .unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_as_utf_16_does() {
        let text = "a🙂b\r\nø x\n";
        for (line, character, byte) in [
            (0, 0, 0),
            (0, 3, 5),
            (0, 99, 6),
            (1, 2, 11),
            (9, 0, text.len()),
        ] {
            let position = json!({"line": line, "character": character});
            assert_eq!(offset(text, &position), byte, "{line}:{character}");
        }
        assert_eq!(
            range(text, &(5..11)),
            json!({"start": {"line": 0, "character": 3}, "end": {"line": 1, "character": 2}})
        );
    }

    #[test]
    fn a_name_is_read_out_of_an_address() {
        assert_eq!(name("file:///a/b%20c.md"), "b c.md");
        assert_eq!(name("untitled:x%"), "untitled:x%");
    }
}
