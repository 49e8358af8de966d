//! Words and addresses become text that a page may hold: they cannot end what they stand in, nor begin anything else.

use std::fmt::Write;

/// Letters of a picture's words.
const LETTERS: usize = 150;

/// Whether an author's words may stand before the name of a file in an address: a path, a web address, or a tag of the site's template, and nothing that ends an attribute or a link.
pub(super) fn is_link(text: &str) -> bool {
    let plain = |letter: char| letter.is_alphanumeric() || "-._~/:%+@{} ".contains(letter);
    let scheme = text.split(['/', '{']).next().unwrap_or_default();
    let known = !scheme.contains(':') || matches!(scheme, "https:" | "http:");
    text.ends_with('/') && text.chars().all(plain) && known
}

/// Words on one line, not too many, without what turns or breaks text.
pub(super) fn one_line(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = words.chars().take(LETTERS).map(|letter| match letter {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        letter if letter.is_control() => '\u{fffd}',
        letter => letter,
    });
    shown.collect()
}

/// Words that mean nothing to Markdown, nor to a template language that reads the page before it does: a backslash stands before each sign that could.
///
/// No character references: goldmark escapes them a second time in the words of a picture.
pub(super) fn as_markdown(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        // Two hyphens could end a comment around it, a brace and a percent or number sign begin a template's tag.
        let means = "\\`*_<>[]{}!|$&".contains(letter)
            || letter == '-' && out.ends_with('-')
            || matches!(letter, '%' | '#') && out.ends_with('{');
        if means {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// The same in an attribute in quotes, within Markdown.
pub(super) fn as_attribute(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        if "&<>\"'`{}".contains(letter) || letter == '-' && out.ends_with('-') {
            let _ = write!(out, "&#{};", u32::from(letter));
        } else {
            out.push(letter);
        }
    }
    out
}

/// A path as an address: what could end it, or mean something, is a percent code.
pub(super) fn address(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            b'-' if !out.ends_with('-') => out.push('-'),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}
