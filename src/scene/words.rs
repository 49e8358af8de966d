//! Text as it may stand in a picture: characters that no document may hold, or that would turn the text around, become visible.

/// `text` without control characters and bidirectional overrides: each is shown as its picture or as `�`.
///
/// XML 1.0 forbids most of C0, surrogates, U+FFFE and U+FFFF; Unicode TR 36 tells what overrides can do to a reader.
pub fn shown(text: &str) -> String {
    let mut words = String::new();
    show(&mut words, text);
    words
}

/// The same at the end of `words`.
pub(super) fn show(words: &mut String, text: &str) {
    // Without a way out of the loop, it looks at many bytes at once.
    let odd = |byte| !(b' '..=b'~').contains(&byte);
    if !text.bytes().fold(false, |any, byte| any | odd(byte)) {
        words.push_str(text);
        return;
    }
    words.extend(text.chars().map(|character| match character {
        '\n' | '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fffe}'
        | '\u{ffff}' => '\u{fffd}',
        other => other,
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_or_breaks_text_is_shown() {
        assert_eq!(shown("a\u{202e}b\u{0}c\u{1b}[0m"), "a\u{fffd}b␀c␛[0m");
        assert_eq!(shown("Größe 控制 🙂"), "Größe 控制 🙂");
    }
}
