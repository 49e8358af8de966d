//! XML that is written by hand: names and fixed pieces can only be our own (they are literals), and every value is escaped here and nowhere else.

use std::fmt::{Display, Write};

/// A document that grows.
pub(super) struct Xml {
    text: String,
    open: Vec<&'static str>,
}

/// An attribute: its name and its value.
pub(super) type Attribute<'a> = (&'static str, &'a dyn Display);

impl Xml {
    /// A document that has its declaration.
    pub(super) fn document() -> Self {
        let mut xml = Self::fragment();
        xml.text
            .push_str("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        xml
    }

    /// A piece of a document.
    pub(super) fn fragment() -> Self {
        Self {
            text: String::new(),
            open: Vec::new(),
        }
    }

    /// Begins an element that [`Self::end`] ends.
    pub(super) fn start(&mut self, name: &'static str, attributes: &[Attribute<'_>]) -> &mut Self {
        self.tag(name, attributes);
        self.text.push('>');
        self.open.push(name);
        self
    }

    /// Ends the element that began last.
    pub(super) fn end(&mut self) -> &mut Self {
        if let Some(name) = self.open.pop() {
            let _ = write!(self.text, "</{name}>");
        }
        self
    }

    /// An element without content.
    pub(super) fn leaf(&mut self, name: &'static str, attributes: &[Attribute<'_>]) -> &mut Self {
        self.tag(name, attributes);
        self.text.push_str("/>");
        self
    }

    /// Words.
    #[cfg(any(test, feature = "pptx"))]
    pub(super) fn words(&mut self, words: &str) -> &mut Self {
        escape(&mut self.text, words);
        self
    }

    /// A fixed piece of our own.
    #[cfg(any(test, feature = "pptx"))]
    pub(super) fn raw(&mut self, piece: &'static str) -> &mut Self {
        self.text.push_str(piece);
        self
    }

    /// The whole, with everything ended that is still open.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.end();
        }
        self.text
    }

    fn tag(&mut self, name: &'static str, attributes: &[Attribute<'_>]) {
        let _ = write!(self.text, "<{name}");
        for (name, value) in attributes {
            let _ = write!(self.text, " {name}=\"");
            escape(&mut self.text, &value.to_string());
            self.text.push('"');
        }
    }
}

/// Appends `words` as XML may hold them, in text and in attributes: line breaks too stay what they are.
fn escape(text: &mut String, words: &str) {
    for character in words.chars() {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\n' => text.push_str("&#10;"),
            '\t' => text.push_str("&#9;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => text.push('\u{fffd}'),
            other => text.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        let mut xml = Xml::fragment();
        xml.start("a", &[("b", &"\"><c x='1'>\u{0}\n")])
            .words("]]></a><!--&amp;\u{fffe}");
        assert_eq!(
            xml.finish(),
            "<a b=\"&quot;&gt;&lt;c x='1'&gt;\u{fffd}&#10;\">]]&gt;&lt;/a&gt;&lt;!--&amp;amp;\u{fffd}</a>"
        );
    }
}
