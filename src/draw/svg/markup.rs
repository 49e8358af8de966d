//! Elements as they are written, one after the other: what becomes of the items of a picture.
//!
//! The svg crate's own element keeps a hash map of owned words, which it sorts and escapes one by one: of writing a large picture, that was
//! most of the time. Here attributes are written at once, in the order of the alphabet, which is the crate's; a test compares the two.

use crate::draw::number;
use ::svg::node::Text as Words;
use std::io::Write;

/// Elements, each on a line of its own.
#[derive(Debug, Default)]
pub(super) struct Markup {
    text: Vec<u8>,
}

impl Markup {
    /// Makes room for so many bytes.
    pub(super) fn reserve(&mut self, bytes: usize) {
        self.text.reserve(bytes);
    }

    /// What was written.
    pub(super) fn into_text(self) -> String {
        // It is made of text and of digits.
        String::from_utf8(self.text).unwrap_or_default()
    }

    /// Begins an element. Its attributes come next, in the order of their names; then [`Self::empty`], [`Self::words`] or [`Self::holds`].
    pub(super) fn begin(&mut self, name: &'static str) {
        self.text.push(b'<');
        self.text.extend_from_slice(name.as_bytes());
    }

    /// An attribute of the element that was begun.
    pub(super) fn attribute(&mut self, name: &'static str, value: &str) {
        self.with(name, |text| escape(text, value, true));
    }

    /// The same, for lengths.
    pub(super) fn number(&mut self, name: &'static str, value: f64) {
        self.with(name, |text| number::write(text, value));
    }

    /// The same, for names of our own, which need no escaping.
    pub(super) fn own(&mut self, name: &'static str, value: &str) {
        self.with(name, |text| text.extend_from_slice(value.as_bytes()));
    }

    /// The same, for what is put together of numbers and names of our own.
    pub(super) fn with(&mut self, name: &'static str, value: impl FnOnce(&mut Vec<u8>)) {
        self.text.push(b' ');
        self.text.extend_from_slice(name.as_bytes());
        self.text.extend_from_slice(b"=\"");
        value(&mut self.text);
        self.text.push(b'"');
    }

    /// Ends the element that was begun, which holds nothing.
    pub(super) fn empty(&mut self) {
        self.text.extend_from_slice(b"/>\n");
    }

    /// Ends the element that was begun, which holds words.
    pub(super) fn words(&mut self, name: &'static str, words: &str) {
        self.text.push(b'>');
        escape(&mut self.text, words, false);
        self.end(name);
    }

    /// The element that was begun holds words in spans, with no space between them, until its [`Self::end`].
    pub(super) fn spans(&mut self) {
        self.text.push(b'>');
    }

    /// Ends the span that was begun, which holds words.
    pub(super) fn span(&mut self, words: &str) {
        self.text.push(b'>');
        escape(&mut self.text, words, false);
        self.text.extend_from_slice(b"</tspan>");
    }

    /// The element that was begun holds those that follow, until its [`Self::end`].
    pub(super) fn holds(&mut self) {
        self.text.extend_from_slice(b">\n");
    }

    /// Ends an element that held others.
    pub(super) fn end(&mut self, name: &'static str) {
        self.text.extend_from_slice(b"</");
        self.text.extend_from_slice(name.as_bytes());
        self.text.extend_from_slice(b">\n");
    }
}

/// The one way by which words get into an item: the svg crate escapes them, and `scene` has taken out what XML forbids.
fn escape(text: &mut Vec<u8>, words: &str, attribute: bool) {
    let marks = |byte| matches!(byte, b'&' | b'<' | b'>');
    let quotes = |byte| matches!(byte, b'"' | b'\'');
    // Without a way out of the loop, it is done for many bytes at once.
    let (marked, quoted) = words
        .bytes()
        .fold((false, false), |(marked, quoted), byte| {
            (marked | marks(byte), quoted | quotes(byte))
        });
    if attribute && quoted {
        let escaped = Words::new(words).to_string();
        text.extend_from_slice(
            escaped
                .replace('"', "&quot;")
                .replace('\'', "&apos;")
                .as_bytes(),
        );
    } else if marked {
        let _ = write!(text, "{}", Words::new(words));
    } else {
        text.extend_from_slice(words.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::svg::Node;
    use ::svg::node::element::Element;

    #[test]
    fn elements_are_written_as_the_svg_crate_writes_its_own() {
        for words in ["plain", "a & b", "<\"x\">", "it's", "\"", "", "på & >"] {
            let mut inner = Element::new("text");
            inner.assign("x", "-1.5");
            inner.append(Words::new(words));
            let mut empty = Element::new("rect");
            empty.assign("width", "3");
            let mut outer = Element::new("g");
            outer.assign("data-id", words);
            outer.assign("class", "component");
            outer.append(inner);
            outer.append(empty);
            let mut markup = Markup::default();
            markup.begin("g");
            markup.with("class", |text| text.extend_from_slice(b"component"));
            markup.attribute("data-id", words);
            markup.holds();
            markup.begin("text");
            markup.number("x", -1.5);
            markup.words("text", words);
            markup.begin("rect");
            markup.number("width", 3.0);
            markup.empty();
            markup.end("g");
            assert_eq!(markup.into_text(), format!("{outer}\n"));
        }
    }
}
