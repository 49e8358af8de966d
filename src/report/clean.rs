//! The one place where what an input or a file name holds is made harmless before it is printed.
//!
//! Before: any text. After: no control character, no escape, nothing that turns the direction of what stands around it; what stood there can still be seen.

use std::borrow::Cow;
use std::fmt::Write;

/// `text` on one line, with a visible sign for each character that would do something to a terminal. Every character stays one character, so columns stay true.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().any(|character| shown(character) != character) {
        text.chars().map(shown).collect()
    } else {
        Cow::Borrowed(text)
    }
}

/// `text` of several lines, each of them clean.
pub fn clean_lines(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\n' => '\n',
            other => shown(other),
        })
        .collect()
}

/// A JSON text in which such characters stand as escapes: what a program reads out of it is what the input holds.
pub(super) fn clean_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        if character != '\n' && shown(character) != character {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(character);
        }
    }
    out
}

/// The sign that is printed for a character.
pub(super) fn shown(character: char) -> char {
    match character {
        '\t' => ' ',
        '\u{0}'..='\u{1f}' => {
            char::from_u32(0x2400 + u32::from(character)).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        '\u{7f}' => '␡',
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => char::REPLACEMENT_CHARACTER,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_do_something_is_seen_instead() {
        assert_eq!(clean("a\u{1b}[31mb\u{202e}c\r\n"), "a␛[31mb\u{fffd}c␍␊");
        assert_eq!(clean("på dansk 漢字 👩‍💻"), "på dansk 漢字 👩‍💻");
        assert_eq!(clean_lines("a\nb\u{9b}"), "a\nb\u{fffd}");
    }

    #[test]
    fn json_keeps_what_the_input_holds() {
        let json = clean_json("\"a\u{202e}\u{e0041}\"");
        assert_eq!(json, "\"a\\u202e\\udb40\\udc41\"");
        let back: String = serde_json::from_str(&json).unwrap();
        assert_eq!(back, "a\u{202e}\u{e0041}");
    }
}
