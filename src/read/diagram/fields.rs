//! The entries of one map of a diagram file, checked against the keys that may stand there.

use super::Reader;
use crate::model::{Code, Diagnostic, Ref, nearest};
use crate::yaml::{Node, Value};
use std::borrow::Cow;

/// The entries of a map.
pub(super) struct Fields<'n, 'a> {
    entries: Vec<(&'static str, &'n Node<'a>)>,
    node: &'n Node<'a>,
    what: &'static str,
}

impl<'n, 'a> Fields<'n, 'a> {
    /// The entries of `node`, with a complaint for every key that is not one of `keys`, or stands there twice. `None` where it is no map.
    pub(super) fn of(
        reader: &mut Reader<'_>,
        node: &'n Node<'a>,
        keys: &'static [&'static str],
        what: &'static str,
    ) -> Option<Self> {
        let Value::Map(map) = &node.value else {
            let message = format!(
                "expected a map of keys for {what}, found {}",
                node.value.kind()
            );
            reader.complain(Code::BadValue, message, &node.bytes, None);
            return None;
        };
        let mut entries: Vec<(&'static str, &Node<'a>)> = Vec::with_capacity(map.len());
        for (key, value) in map {
            let Some(known) = keys.iter().find(|known| **known == key.text) else {
                let help = match nearest(&key.text, keys.iter().copied()) {
                    // `{text: one, two}`: the comma has ended the text, and `two` stands there as a key without a value.
                    None if value.value == Value::Null && !entries.is_empty() => {
                        "a comma inside `{ }` ends a value: put the value before it in quotes"
                            .to_owned()
                    }
                    Some(close) => format!("did you mean `{close}`?"),
                    None => format!("the keys here are {}", keys.join(", ")),
                };
                reader.complain(
                    Code::UnknownKey,
                    format!("unknown key `{}`", key.text),
                    &key.bytes,
                    Some(help),
                );
                continue;
            };
            if entries.iter().any(|(other, _)| other == known) {
                reader.complain(
                    Code::UnknownKey,
                    format!("the key `{known}` stands here twice"),
                    &key.bytes,
                    None,
                );
                continue;
            }
            entries.push((known, value));
        }
        Some(Self {
            entries,
            node,
            what,
        })
    }

    /// The value of a key, unless it is null.
    pub(super) fn node(&self, key: &str) -> Option<&'n Node<'a>> {
        self.entries
            .iter()
            .find(|(known, node)| *known == key && node.value != Value::Null)
            .map(|(_, node)| *node)
    }

    /// Words; a number or truth value counts as its own spelling.
    pub(super) fn text(&self, reader: &mut Reader<'_>, key: &str) -> Option<String> {
        self.words(reader, key).map(Cow::into_owned)
    }

    fn words(&self, reader: &mut Reader<'_>, key: &str) -> Option<Cow<'n, str>> {
        let node = self.node(key)?;
        let text = words(node);
        if text.is_none() {
            wrong(reader, key, node, "text");
        }
        text
    }

    /// A list of words, or words alone.
    pub(super) fn texts(&self, reader: &mut Reader<'_>, key: &str) -> Vec<String> {
        match self.node(key) {
            Some(Node {
                value: Value::List(items),
                ..
            }) => {
                let mut texts = Vec::with_capacity(items.len());
                for item in items {
                    match words(item) {
                        Some(text) => texts.push(text.into_owned()),
                        None => wrong(reader, key, item, "text"),
                    }
                }
                texts
            }
            Some(_) => self.text(reader, key).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// `true` or `false`.
    pub(super) fn truth(&self, reader: &mut Reader<'_>, key: &str) -> Option<bool> {
        let node = self.node(key)?;
        if let Value::Bool(value) = node.value {
            return Some(value);
        }
        wrong(reader, key, node, "`true` or `false`");
        None
    }

    /// A whole number from 0.
    pub(super) fn count(&self, reader: &mut Reader<'_>, key: &str) -> Option<u32> {
        let node = self.node(key)?;
        if let Value::Number(number) = &node.value
            && let Ok(count) = number.parse()
        {
            return Some(count);
        }
        wrong(reader, key, node, "a whole number");
        None
    }

    /// One of a few words.
    pub(super) fn word<T>(
        &self,
        reader: &mut Reader<'_>,
        key: &str,
        words: impl IntoIterator<Item = &'static str>,
        named: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(reader, key)?;
        let found = named(&text);
        if found.is_none() {
            let words: Vec<_> = words.into_iter().collect();
            let help = match nearest(&text, words.iter().copied()) {
                Some(close) => format!("did you mean `{close}`?"),
                None => format!("it is one of {}", words.join(", ")),
            };
            let bytes = self.node(key).map_or(0..0, |node| node.bytes.clone());
            reader.complain(
                Code::BadValue,
                format!("`{text}` is no {key}"),
                &bytes,
                Some(help),
            );
        }
        found
    }

    /// The id of a part.
    pub(super) fn reference(&self, reader: &mut Reader<'_>, key: &str) -> Option<Ref> {
        let id = self.words(reader, key)?;
        let span = self
            .node(key)
            .map(|node| reader.sources.span(reader.id, node.bytes.clone()));
        Some(Ref::Id {
            id: id.into(),
            span,
        })
    }

    /// The id of a part, which must be there.
    pub(super) fn required(&self, reader: &mut Reader<'_>, key: &str) -> Option<Ref> {
        if self.node(key).is_none() {
            reader.complain(
                Code::MissingKey,
                format!("{} needs `{key}`", self.what),
                &self.node.bytes,
                None,
            );
        }
        self.reference(reader, key)
    }
}

fn wrong(reader: &mut Reader<'_>, key: &str, node: &Node<'_>, wanted: &str) {
    let message = format!("`{key}` is {wanted}, not {}", node.value.kind());
    let span = reader.sources.span(reader.id, node.bytes.clone());
    reader
        .reading
        .diagnostics
        .push(Diagnostic::new(Code::BadValue, message).at(span));
}

/// The words of a scalar.
fn words<'n>(node: &'n Node<'_>) -> Option<Cow<'n, str>> {
    match &node.value {
        Value::Text(text) | Value::Number(text) => Some(Cow::Borrowed(text)),
        Value::Bool(value) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
        Value::Null | Value::List(_) | Value::Map(_) => None,
    }
}
