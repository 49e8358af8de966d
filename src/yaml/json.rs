//! JSON text becomes the same tree: `serde_json` finds the values, and their addresses within the text are their places.

use super::{Caps, Key, Node, Trouble, Value, too_deep};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// Reads the one value of a JSON text.
pub(super) fn tree(text: &str, caps: Caps) -> Result<Node<'_>, Trouble> {
    let body = text.trim_start_matches('\u{feff}');
    let raw: &RawValue = serde_json::from_str(body).map_err(|error| grammar(text, &error))?;
    node(text, raw, caps, 0)
}

/// One level; `depth` is capped before it grows.
fn node<'a>(
    text: &'a str,
    raw: &'a RawValue,
    caps: Caps,
    depth: usize,
) -> Result<Node<'a>, Trouble> {
    let bytes = place(text, raw.get());
    if depth >= caps.depth {
        return Err(too_deep(caps, bytes.start));
    }
    let inner = raw.get();
    let value = match inner.as_bytes().first() {
        Some(b'"') => Value::Text(words(inner).map_err(|error| grammar(text, &error))?),
        Some(b'[') => {
            let items: Vec<&RawValue> =
                serde_json::from_str(inner).map_err(|error| grammar(text, &error))?;
            let items: Result<_, _> = items
                .into_iter()
                .map(|item| node(text, item, caps, depth + 1))
                .collect();
            Value::List(items?)
        }
        Some(b'{') => {
            let Entries(entries) =
                serde_json::from_str(inner).map_err(|error| grammar(text, &error))?;
            let mut map = Vec::with_capacity(entries.len());
            for (key, item) in entries {
                let item = node(text, item, caps, depth + 1)?;
                let bytes = key_place(text, item.bytes.start);
                map.push((Key { text: key, bytes }, item));
            }
            Value::Map(map)
        }
        Some(b't') => Value::Bool(true),
        Some(b'f') => Value::Bool(false),
        Some(b'n') => Value::Null,
        _ => Value::Number(Cow::Borrowed(inner)),
    };
    Ok(Node { value, bytes })
}

/// The string that a JSON string literal stands for; borrowed where it has no escapes.
fn words(literal: &str) -> Result<Cow<'_, str>, serde_json::Error> {
    if literal.contains('\\') {
        serde_json::from_str::<String>(literal).map(Cow::Owned)
    } else {
        Ok(Cow::Borrowed(literal.trim_matches('"')))
    }
}

/// Where `part`, a slice of `text`, stands in it.
fn place(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    start..start + part.len()
}

/// The key literal that stands before the value that begins at `value`.
fn key_place(text: &str, value: usize) -> Range<usize> {
    let bytes = text.as_bytes().get(..value).unwrap_or_default();
    let end = bytes
        .iter()
        .rposition(|byte| *byte == b'"')
        .map_or(value, |at| at + 1);
    let inside = bytes.get(..end.saturating_sub(1)).unwrap_or_default();
    let mut start = inside.len();
    while let Some(at) = inside
        .get(..start)
        .and_then(|head| head.iter().rposition(|byte| *byte == b'"'))
    {
        start = at;
        let escapes = inside.get(..at).map_or(0, |head| {
            head.iter().rev().take_while(|byte| **byte == b'\\').count()
        });
        if escapes % 2 == 0 {
            break;
        }
    }
    start..end
}

fn grammar(text: &str, error: &serde_json::Error) -> Trouble {
    let line_start = match error.line() {
        0 | 1 => 0,
        line => text
            .match_indices('\n')
            .nth(line - 2)
            .map_or(text.len(), |(at, _)| at + 1),
    };
    let message = error.to_string();
    let message = message
        .split(" at line ")
        .next()
        .unwrap_or(&message)
        .to_owned();
    Trouble::Grammar(message, line_start + error.column().saturating_sub(1))
}

/// The entries of an object, in order, with duplicates.
struct Entries<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some((Word(key), value)) = map.next_entry::<Word<'de>, &'de RawValue>()? {
                    entries.push((key, value));
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

/// A key, borrowed where it has no escapes: serde's own `Cow` is always owned.
struct Word<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Word<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Borrow;
        impl<'de> Visitor<'de> for Borrow {
            type Value = Word<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Word(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Word(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Borrow)
    }
}
