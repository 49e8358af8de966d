//! DOT text becomes tokens that know their bytes, after the lexical rules of <https://graphviz.org/doc/info/lang.html>.
//!
//! Our own, because the crate's lexer knows no places, and refuses letters outside of ASCII, HTML strings, `#` lines and `.5`.

use crate::model::Code;
use std::borrow::Cow;
use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A bare name or a number.
    Bare,
    /// One or more strings in quotes, joined by `+`.
    Quoted,
    /// A string in angle brackets.
    Html,
    Graph,
    Digraph,
    Node,
    Edge,
    Subgraph,
    Strict,
    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    Equal,
    Comma,
    Semicolon,
    Colon,
    /// `->`
    Arrow,
    /// `--`
    Line,
}

/// A token, and its first and one past its last byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    start: u32,
    end: u32,
}

impl Token {
    /// Where it stands.
    pub(super) fn bytes(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether it may stand where the grammar says `ID`.
    pub(super) fn is_id(self) -> bool {
        matches!(self.kind, Kind::Bare | Kind::Quoted | Kind::Html)
    }

    /// What it stands for: strings without their quotes, and without the backslash before a quote. Other escapes mean
    /// different things in names and labels, and stay.
    pub(super) fn value<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let raw = text.get(self.bytes()).unwrap_or_default();
        match self.kind {
            Kind::Quoted => unquoted(raw),
            Kind::Html => Cow::Borrowed(
                raw.strip_prefix('<')
                    .and_then(|raw| raw.strip_suffix('>'))
                    .unwrap_or(raw),
            ),
            _ => Cow::Borrowed(raw),
        }
    }
}

/// The contents of strings that are joined by `+`.
fn unquoted(raw: &str) -> Cow<'_, str> {
    let inner = raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"'));
    if let Some(inner) = inner
        && !inner.contains(['"', '\\'])
    {
        return Cow::Borrowed(inner);
    }
    let mut value = String::with_capacity(raw.len());
    let mut within = false;
    let mut letters = raw.chars().peekable();
    while let Some(letter) = letters.next() {
        match (within, letter) {
            (_, '"') => within = !within,
            (true, '\\') => match letters.next() {
                Some('"') => value.push('"'),
                // A backslash at the end of a line joins it with the next.
                Some('\n') | None => {}
                Some('\r') => {
                    letters.next_if_eq(&'\n');
                }
                Some(other) => value.extend(['\\', other]),
            },
            (true, letter) => value.push(letter),
            // Between two strings: white space, comments and the `+`.
            (false, _) => {}
        }
    }
    Cow::Owned(value)
}

/// What is wrong with a text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) bytes: Range<usize>,
    pub(super) help: Option<String>,
}

impl Wrong {
    /// Something against the grammar.
    pub(super) fn new(message: impl Into<String>, bytes: Range<usize>) -> Self {
        Self {
            code: Code::Syntax,
            message: message.into(),
            bytes,
            help: None,
        }
    }

    pub(super) fn code(mut self, code: Code) -> Self {
        self.code = code;
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Gives the tokens of a text, one after the other; ends after the first error.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    failed: bool,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let at = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Self {
            text,
            at,
            failed: false,
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Goes over white space and comments.
    fn skip(&mut self) -> Result<(), Wrong> {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start().len();
            if blank > 0 {
                self.at += blank;
            } else if rest.starts_with("//") || (rest.starts_with('#') && self.at_line_start()) {
                self.at += rest.find(['\n', '\r']).unwrap_or(rest.len());
            } else if let Some(comment) = rest.strip_prefix("/*") {
                let Some(end) = comment.find("*/") else {
                    let bytes = self.at..self.at + 2;
                    return Err(
                        Wrong::new("this comment has no end", bytes).help("close it with `*/`")
                    );
                };
                self.at += end + 4;
            } else {
                return Ok(());
            }
        }
    }

    /// Graphviz takes a line that begins with `#` for the output of a preprocessor; we let white space stand before it.
    fn at_line_start(&self) -> bool {
        let before = self.text.get(..self.at).unwrap_or_default();
        let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
        line.trim_start_matches('\u{feff}').trim().is_empty()
    }

    fn token(&mut self) -> Result<Option<Token>, Wrong> {
        self.skip()?;
        let start = self.at;
        let rest = self.rest();
        let mut letters = rest.chars();
        let Some(first) = letters.next() else {
            return Ok(None);
        };
        let second = letters.next();
        let (kind, length) = match (first, second) {
            ('{', _) => (Kind::OpenBrace, 1),
            ('}', _) => (Kind::CloseBrace, 1),
            ('[', _) => (Kind::OpenBracket, 1),
            (']', _) => (Kind::CloseBracket, 1),
            ('=', _) => (Kind::Equal, 1),
            (',', _) => (Kind::Comma, 1),
            (';', _) => (Kind::Semicolon, 1),
            (':', _) => (Kind::Colon, 1),
            ('-', Some('>')) => (Kind::Arrow, 2),
            ('-', Some('-')) => (Kind::Line, 2),
            ('"', _) => (Kind::Quoted, self.quoted()?),
            ('<', _) => (Kind::Html, html(rest, start)?),
            ('0'..='9' | '.' | '-', _) => (Kind::Bare, number(rest, start)?),
            (letter, _) if is_letter(letter) => {
                let length = rest
                    .find(|letter: char| !is_letter(letter) && !letter.is_ascii_digit())
                    .unwrap_or(rest.len());
                (keyword(rest.get(..length).unwrap_or_default()), length)
            }
            (letter, _) => {
                let bytes = start..start + letter.len_utf8();
                let message = format!("`{letter}` has no meaning here");
                return Err(Wrong::new(message, bytes)
                    .help("put a name with such characters between quotes"));
            }
        };
        self.at = start + length;
        Ok(Some(Token {
            kind,
            start: offset(start),
            end: offset(self.at),
        }))
    }

    /// The length of a string and of those that are joined to it.
    fn quoted(&mut self) -> Result<usize, Wrong> {
        let begin = self.at;
        loop {
            let start = self.at;
            let bytes = self.text.as_bytes();
            let mut at = start + 1;
            while bytes.get(at).is_some_and(|byte| *byte != b'"') {
                at += if bytes.get(at) == Some(&b'\\') { 2 } else { 1 };
            }
            if at >= bytes.len() {
                return Err(Wrong::new("this string has no end", start..start + 1)
                    .help("close it with `\"`"));
            }
            let end = at + 1;
            self.at = end;
            self.skip()?;
            if !self.rest().starts_with('+') {
                return Ok(end - begin);
            }
            self.at += 1;
            self.skip()?;
            if !self.rest().starts_with('"') {
                return Err(Wrong::new(
                    "`+` joins two strings in quotes",
                    self.at..self.at + 1,
                ));
            }
        }
    }
}

impl Iterator for Lexer<'_> {
    type Item = Result<Token, Wrong>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let token = self.token().transpose();
        self.failed = matches!(token, Some(Err(_)));
        token
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Whether a bare name may begin with it.
fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphabetic()
        || letter == '_'
        || (!letter.is_ascii() && !letter.is_whitespace() && !letter.is_control())
}

/// Keywords may be written in any case.
fn keyword(word: &str) -> Kind {
    const KEYWORDS: [(&str, Kind); 6] = [
        ("graph", Kind::Graph),
        ("digraph", Kind::Digraph),
        ("node", Kind::Node),
        ("edge", Kind::Edge),
        ("subgraph", Kind::Subgraph),
        ("strict", Kind::Strict),
    ];
    KEYWORDS
        .iter()
        .find(|(known, _)| word.eq_ignore_ascii_case(known))
        .map_or(Kind::Bare, |(_, kind)| *kind)
}

/// The length of a number: `-.5`, `12`, `1.`.
fn number(rest: &str, start: usize) -> Result<usize, Wrong> {
    let bytes = rest.as_bytes();
    let sign = usize::from(rest.starts_with('-'));
    let mut at = sign;
    let (mut digits, mut points) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'.' if points == 0 => points += 1,
            _ => break,
        }
        at += 1;
    }
    if digits == 0 {
        let message = "expected a number, `->` or `--`";
        return Err(Wrong::new(message, start..start + 1));
    }
    Ok(at)
}

/// The length of a string in angle brackets, which nest.
fn html(rest: &str, start: usize) -> Result<usize, Wrong> {
    let mut open = 0_usize;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'<' => open += 1,
            b'>' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Ok(at + 1);
        }
    }
    Err(Wrong::new("this HTML label has no end", start..start + 1)
        .help("every `<` in it needs its `>`; write `&lt;` for the character"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<String> {
        Lexer::new(text)
            .map(|token| token.unwrap().value(text).into_owned())
            .collect()
    }

    #[test]
    fn names_numbers_and_strings_are_what_graphviz_takes_them_for() {
        assert_eq!(
            values("a_1 é größe -.5 1. 007"),
            ["a_1", "é", "größe", "-.5", "1.", "007"]
        );
        assert_eq!(
            values(
                r#""a \"b\" \n" "x" + "y" "l\
r""#
            ),
            [r#"a "b" \n"#, "xy", "lr"]
        );
        assert_eq!(values("< <b>x</b> & y > a"), [" <b>x</b> & y ", "a"]);
    }

    #[test]
    fn comments_of_all_kinds_are_no_tokens() {
        let text =
            "\u{feff}# one\na // two\tstill two\n/* three\n * */ b\n  # four\nc\r# five\r\nd";
        assert_eq!(values(text), ["a", "b", "c", "d"]);
    }

    #[test]
    fn keywords_have_no_case_and_quoted_ones_are_names() {
        let kinds: Vec<Kind> = Lexer::new("DiGraph STRICT \"node\" subGraph")
            .map(|token| token.unwrap().kind)
            .collect();
        assert_eq!(
            kinds,
            [Kind::Digraph, Kind::Strict, Kind::Quoted, Kind::Subgraph]
        );
    }

    #[test]
    fn what_is_never_closed_is_told_where_it_was_opened() {
        for (text, at) in [
            ("a \"b", 2),
            ("a /* b", 2),
            ("a <b <c>", 2),
            ("a -b", 2),
            ("a @", 2),
            ("\"a\" + b", 6),
            ("\"a\\", 0),
        ] {
            let last = Lexer::new(text).last().unwrap();
            assert_eq!(last.unwrap_err().bytes.start, at, "{text}");
        }
    }
}
