//! The only file that knows a YAML crate: text becomes typed values, or a tree in which every node knows its place.
//!
//! [`typed`] reads data whose shape serde describes (lexicons, themes, knowledge), through `serde_yaml`. [`tree`] reads what users write: every node and every
//! key keeps its bytes, so that a complaint can point at it. JSON is read as JSON ([`json`]), anything else by saphyr's events.
//! Both stop at [`Caps`] before memory is spent, because the crates below do not: nested flow maps take quadratic time in one, aliases of a long anchored text
//! unbounded memory in another.

use crate::model::{Code, Diagnostic, SourceId, Sources, Span};
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

mod json;

/// How much a text may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caps {
    /// Nested lists and maps.
    pub depth: usize,
    /// Bytes that aliases may repeat, all together.
    pub aliased: usize,
}

impl Default for Caps {
    fn default() -> Self {
        Self {
            depth: 100,
            aliased: 1 << 20,
        }
    }
}

/// A value, and the bytes of the text that it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'a> {
    /// The value.
    pub value: Value<'a>,
    /// Where it stands.
    pub bytes: Range<usize>,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Nothing, `null` or `~`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it was written.
    Number(Cow<'a, str>),
    /// Words.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Node<'a>>),
    /// A map, in the order of the text; duplicate keys are still in it.
    Map(Vec<(Key<'a>, Node<'a>)>),
}

/// A key of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Key<'a> {
    /// Its words.
    pub text: Cow<'a, str>,
    /// Where they stand.
    pub bytes: Range<usize>,
}

impl Value<'_> {
    /// What the node is, in the words of an error message.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "a truth value",
            Self::Number(_) => "a number",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
        }
    }
}

/// Reads data that ships with the program, or that [`tree`] has accepted.
///
/// # Errors
/// What the crate says, with its line where it knows one.
pub fn typed<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_yaml::from_str(text).map_err(|error| error.to_string())
}

/// Writes data whose shape serde describes.
pub fn written<T: Serialize>(value: &T) -> String {
    // Only maps whose keys are no text fail, and no type of ours has any.
    serde_yaml::to_string(value).unwrap_or_default()
}

/// Reads the first document of a source. `None` where it holds none.
///
/// # Errors
/// A diagnostic with the place where the grammar or a cap of `caps` is broken, or a second document begins.
pub fn tree(
    sources: &Sources,
    id: SourceId,
    caps: Caps,
) -> Result<Option<Node<'_>>, Box<Diagnostic>> {
    let text = sources.get(id).text();
    let body = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if body.starts_with(['{', '[']) {
        match json::tree(text, caps) {
            Ok(node) => return Ok(Some(node)),
            Err(cap @ Trouble::Cap(..)) => return Err(complain(sources, id, cap, 0)),
            Err(grammar) => {
                // Flow YAML begins like JSON. What is neither is told as JSON, unless it passed a cap.
                return Builder::new(text, caps)
                    .run()
                    .map_err(|trouble| match trouble {
                        Trouble::Cap(..) => complain(sources, id, trouble, 0),
                        Trouble::Grammar(..) => complain(sources, id, grammar, 0),
                    });
            }
        }
    }
    let tree = Builder::new(text, caps).run();
    tree.map_err(|trouble| complain(sources, id, trouble, 0))
}

/// The span of some bytes of a text that may itself be a stretch of a source (front matter): `base` is its first byte.
pub fn span(sources: &Sources, id: SourceId, base: usize, bytes: &Range<usize>) -> Span {
    sources.span(id, base + bytes.start..base + bytes.end)
}

/// Reads a stretch of a source, such as front matter. Byte ranges count from the start of the stretch.
///
/// # Errors
/// As [`tree`].
pub fn stretch(
    sources: &Sources,
    id: SourceId,
    bytes: Range<usize>,
    caps: Caps,
) -> Result<Option<Node<'_>>, Box<Diagnostic>> {
    let base = bytes.start;
    let text = sources.get(id).text().get(bytes).unwrap_or_default();
    let tree = Builder::new(text, caps).run();
    tree.map_err(|trouble| complain(sources, id, trouble, base))
}

/// The diagnostic of a trouble in a stretch that begins at the byte `base`.
fn complain(sources: &Sources, id: SourceId, trouble: Trouble, base: usize) -> Box<Diagnostic> {
    let (code, message, at, help) = match trouble {
        Trouble::Grammar(message, at) => (Code::Syntax, message, at, None),
        Trouble::Cap(message, at, help) => (Code::Limit, message, at, Some(help)),
    };
    let at = base + at;
    let text = sources.get(id).text();
    let at = text.floor_char_boundary(at);
    let end = text
        .get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or(at, |next| at + next.len_utf8());
    let mut diagnostic = Diagnostic::new(code, message).at(sources.span(id, at..end));
    let grammar =
        "look for a bracket, a quotation mark or an indentation that is wrong before this place";
    let help = help.or_else(|| (code == Code::Syntax).then_some(grammar));
    diagnostic.help = help.map(str::to_owned);
    Box::new(diagnostic)
}

/// What the parser complains of, as one says it who never wrote a parser.
fn in_our_words(told: &str) -> &str {
    /// Parts of the parser's messages, and what we say.
    const WORDS: &[(&str, &str)] = &[
        (
            "flow sequence",
            "a list in brackets ends without `]`, or lacks a comma",
        ),
        (
            "flow mapping",
            "a map in braces ends without `}`, or lacks a comma",
        ),
        (
            "quoted scalar",
            "a quotation mark is opened and never closed",
        ),
        (
            "mapping values are not allowed",
            "a second `: ` stands on this line: put the text in quotation marks",
        ),
        (
            "unknown anchor",
            "`*` names an alias that nothing defines: put the text in quotation marks",
        ),
        (
            "block collection",
            "the entries of this list do not line up: each begins with `- `, as far in as the first",
        ),
        (
            "block mapping",
            "this line does not line up with the keys before it",
        ),
        ("key must be a string", "a key must be text"),
        (
            "unexpected character",
            "no text can begin with this character: put it in quotation marks",
        ),
        (
            "unprintable character",
            "this character cannot be shown, and YAML forbids it",
        ),
        (
            "tag",
            "`!` begins a tag, and this one is not understood: put the text in quotation marks",
        ),
        (
            "directive",
            "`%` at the start of a line begins a directive: put the text in quotation marks",
        ),
        (
            "cannot start any token",
            "no text can begin with this character: put it in quotation marks",
        ),
        (
            "simple key",
            "a key needs a colon behind it, on the same line",
        ),
        (
            "block scalar",
            "the text behind `|` or `>` is not indented as its first line is",
        ),
        ("tab", "a tab stands where only blanks may indent"),
    ];
    WORDS
        .iter()
        .find(|(part, _)| told.contains(part))
        .map_or(told, |(_, ours)| ours)
}

/// Why a text could not be read, and at which byte; for a cap, what to do about it.
#[derive(Debug)]
enum Trouble {
    Grammar(String, usize),
    Cap(String, usize, &'static str),
}

fn too_deep(caps: Caps, at: usize) -> Trouble {
    Trouble::Cap(
        format!("lists and maps are nested more than {} deep", caps.depth),
        at,
        "raise it with `--max-depth N`",
    )
}

/// Builds the tree from events, with a stack of what is still open.
struct Builder<'a> {
    text: &'a str,
    caps: Caps,
    lines: Vec<usize>,
    open: Vec<Open<'a>>,
    anchors: BTreeMap<usize, Node<'a>>,
    aliased: usize,
    root: Option<Node<'a>>,
}

/// A list or map whose end has not come yet.
struct Open<'a> {
    node: Node<'a>,
    anchor: usize,
    /// The key whose value comes next, in a map.
    key: Option<Key<'a>>,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, caps: Caps) -> Self {
        let starts = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            caps,
            lines: std::iter::once(0).chain(starts).collect(),
            open: Vec::new(),
            anchors: BTreeMap::new(),
            aliased: 0,
            root: None,
        }
    }

    fn run(mut self) -> Result<Option<Node<'a>>, Trouble> {
        let mut documents = 0;
        for event in Parser::new_from_str(self.text) {
            let (event, span) = event.map_err(|error| {
                let at = self.offset(error.marker().line(), error.marker().col());
                // The scanner reads ahead, and has a cap of its own on flow nesting.
                if error.info().contains("recursion limit") {
                    return too_deep(self.caps, at);
                }
                Trouble::Grammar(in_our_words(error.info()).to_owned(), at)
            })?;
            let start = self.offset(span.start.line(), span.start.col());
            let end = self.offset(span.end.line(), span.end.col());
            match event {
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        let message =
                            "a second document begins here: one file holds one".to_owned();
                        return Err(Trouble::Grammar(message, start));
                    }
                }
                Event::Scalar(text, style, anchor, tag) => {
                    let value = scalar(text, style, tag.as_deref());
                    self.close(
                        Node {
                            value,
                            bytes: start..end,
                        },
                        anchor,
                    )?;
                }
                Event::SequenceStart(anchor, _) => {
                    self.begin(Value::List(Vec::new()), start, anchor)?;
                }
                Event::MappingStart(anchor, _) => {
                    self.begin(Value::Map(Vec::new()), start, anchor)?;
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    if let Some(mut open) = self.open.pop() {
                        open.node.bytes.end = end.max(open.node.bytes.start);
                        self.close(open.node, open.anchor)?;
                    }
                }
                Event::Alias(anchor) => self.alias(anchor, start)?,
                Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            }
        }
        Ok(self.root)
    }

    /// The byte of a line (from 1) and a column (from 0, in characters).
    fn offset(&self, line: usize, column: usize) -> usize {
        let Some(start) = self.lines.get(line.saturating_sub(1)).copied() else {
            return self.text.len();
        };
        let rest = self.text.get(start..).unwrap_or_default();
        let ascii = rest.as_bytes().get(..column).is_some_and(<[u8]>::is_ascii);
        if ascii {
            return start + column;
        }
        start
            + rest
                .char_indices()
                .nth(column)
                .map_or(rest.len(), |(at, _)| at)
    }

    fn begin(&mut self, value: Value<'a>, start: usize, anchor: usize) -> Result<(), Trouble> {
        if self.open.len() >= self.caps.depth {
            return Err(too_deep(self.caps, start));
        }
        self.open.push(Open {
            node: Node {
                value,
                bytes: start..start,
            },
            anchor,
            key: None,
        });
        Ok(())
    }

    fn alias(&mut self, anchor: usize, start: usize) -> Result<(), Trouble> {
        let Some(node) = self.anchors.get(&anchor) else {
            return Err(Trouble::Grammar(
                "this alias stands within what it repeats".to_owned(),
                start,
            ));
        };
        self.aliased += weight(node);
        if self.aliased > self.caps.aliased {
            let message = format!("aliases repeat more than {} bytes", self.caps.aliased);
            return Err(Trouble::Cap(
                message,
                start,
                "write out what the aliases repeat",
            ));
        }
        let node = Node {
            bytes: start..start,
            ..node.clone()
        };
        self.close(node, 0)
    }

    /// Puts a finished node where it belongs.
    fn close(&mut self, node: Node<'a>, anchor: usize) -> Result<(), Trouble> {
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match (&mut open.node.value, open.key.take()) {
            (Value::Map(entries), Some(key)) => entries.push((key, node)),
            (Value::Map(_), None) => {
                let at = node.bytes.start;
                let text = match node.value {
                    Value::Text(text) | Value::Number(text) => text,
                    Value::Bool(value) => Cow::Borrowed(if value { "true" } else { "false" }),
                    Value::Null => Cow::Borrowed("null"),
                    Value::List(_) | Value::Map(_) => {
                        return Err(Trouble::Grammar(
                            "a list or map cannot be a key".to_owned(),
                            at,
                        ));
                    }
                };
                open.key = Some(Key {
                    text,
                    bytes: node.bytes,
                });
            }
            (Value::List(items), _) => items.push(node),
            _ => {}
        }
        Ok(())
    }
}

/// About how many bytes a copy of the node takes.
fn weight(node: &Node<'_>) -> usize {
    let mut sum = 0;
    let mut stack = vec![node];
    while let Some(node) = stack.pop() {
        sum += 64;
        match &node.value {
            Value::Null | Value::Bool(_) => {}
            Value::Number(text) | Value::Text(text) => sum += text.len(),
            Value::List(items) => stack.extend(items),
            Value::Map(entries) => {
                sum += entries.iter().map(|(key, _)| key.text.len()).sum::<usize>();
                stack.extend(entries.iter().map(|(_, node)| node));
            }
        }
    }
    sum
}

/// What a scalar is by YAML 1.2's core schema: only a plain one can be anything but text.
fn scalar<'a>(text: Cow<'a, str>, style: ScalarStyle, tag: Option<&Tag>) -> Value<'a> {
    let says_text = tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
    if style != ScalarStyle::Plain || says_text {
        return Value::Text(text);
    }
    match &*text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        plain if is_number(plain) => Value::Number(text),
        _ => Value::Text(text),
    }
}

/// Whether a plain scalar is a finite decimal number.
fn is_number(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '+' | '.'))
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E'))
        && text.parse::<f64>().is_ok_and(f64::is_finite)
}

#[cfg(test)]
mod tests;
