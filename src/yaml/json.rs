//! JSON text becomes the same tree, in one walk over its bytes: who needs places cannot have them of `serde_json`, which tells what is wrong with a text.

use super::{Caps, Key, Node, Open, Trouble, Value, too_deep};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Reads the one value of a JSON text.
pub(super) fn tree(text: &str, caps: Caps) -> Result<Node<'_>, Trouble> {
    let body = text.trim_start_matches('\u{feff}');
    let mut walk = Walk {
        text,
        at: text.len() - body.len(),
        caps,
        open: Vec::new(),
    };
    walk.value().map_err(|trouble| {
        let read: Result<&RawValue, _> = serde_json::from_str(body);
        read.map_or_else(|error| grammar(text, &error), |_| trouble)
    })
}

/// A walk over a text, with a stack of the lists and maps that are still open.
struct Walk<'a> {
    text: &'a str,
    at: usize,
    caps: Caps,
    open: Vec<Open<'a>>,
}

impl<'a> Walk<'a> {
    /// Reads the value that the text is, without recursion on its depth.
    fn value(&mut self) -> Result<Node<'a>, Trouble> {
        loop {
            self.blanks();
            let start = self.at;
            if self.open.len() >= self.caps.depth {
                return Err(too_deep(self.caps, start));
            }
            let (value, end) = match self.peek() {
                Some(b'{') => (Value::Map(Vec::new()), Some(b'}')),
                Some(b'[') => (Value::List(Vec::new()), Some(b']')),
                _ => (self.scalar()?, None),
            };
            let mut node = Node {
                value,
                bytes: start..self.at,
            };
            if let Some(end) = end {
                self.at += 1;
                self.blanks();
                if self.peek() != Some(end) {
                    self.begin(node)?;
                    continue;
                }
                self.at += 1;
                node.bytes.end = self.at;
            }
            if let Some(whole) = self.close(node)? {
                return Ok(whole);
            }
        }
    }

    /// Opens a list or a map that holds something.
    fn begin(&mut self, node: Node<'a>) -> Result<(), Trouble> {
        let key = match node.value {
            Value::Map(_) => Some(self.key()?),
            _ => None,
        };
        self.open.push(Open {
            node,
            anchor: 0,
            key,
        });
        Ok(())
    }

    /// Puts a value where it belongs, and ends what ends after it; gives the value that the text is, at its end.
    fn close(&mut self, mut node: Node<'a>) -> Result<Option<Node<'a>>, Trouble> {
        loop {
            self.blanks();
            let next = self.peek();
            let Some(mut open) = self.open.pop() else {
                return match next {
                    None => Ok(Some(node)),
                    Some(_) => Err(self.trouble()),
                };
            };
            let end = match (&mut open.node.value, open.key.take()) {
                (Value::Map(entries), Some(key)) => {
                    entries.push((key, node));
                    b'}'
                }
                (Value::List(items), _) => {
                    items.push(node);
                    b']'
                }
                _ => return Err(self.trouble()),
            };
            if next == Some(b',') {
                self.at += 1;
                self.blanks();
                self.begin(open.node)?;
                return Ok(None);
            }
            if next != Some(end) {
                return Err(self.trouble());
            }
            self.at += 1;
            node = open.node;
            node.bytes.end = self.at;
        }
    }

    /// Reads a key and the colon after it.
    fn key(&mut self) -> Result<Key<'a>, Trouble> {
        let start = self.at;
        let text = self.words()?;
        let bytes = start..self.at;
        self.blanks();
        self.expect(b':')?;
        Ok(Key { text, bytes })
    }

    fn scalar(&mut self) -> Result<Value<'a>, Trouble> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if rest.first() == Some(&b'"') {
            return Ok(Value::Text(self.words()?));
        }
        let named = [
            ("null", Value::Null),
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
        ];
        for (name, value) in named {
            if rest.starts_with(name.as_bytes()) {
                self.at += name.len();
                return Ok(value);
            }
        }
        self.number()
    }

    /// Reads a number: digits without a zero before them, a fraction, an exponent.
    fn number(&mut self) -> Result<Value<'a>, Trouble> {
        let start = self.at;
        self.skip(b"-");
        if !self.skip(b"0") {
            self.digits()?;
        }
        if self.skip(b".") {
            self.digits()?;
        }
        if self.skip(b"eE") {
            self.skip(b"+-");
            self.digits()?;
        }
        let number = self.text.get(start..self.at).unwrap_or_default();
        Ok(Value::Number(Cow::Borrowed(number)))
    }

    /// Steps over one byte, if it is one of these.
    fn skip(&mut self, any: &[u8]) -> bool {
        let found = self.peek().is_some_and(|byte| any.contains(&byte));
        self.at += usize::from(found);
        found
    }

    fn digits(&mut self) -> Result<(), Trouble> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == start {
            return Err(self.trouble());
        }
        Ok(())
    }

    /// Reads a string; borrowed where it has no escapes.
    fn words(&mut self) -> Result<Cow<'a, str>, Trouble> {
        let start = self.at;
        self.expect(b'"')?;
        let mut escaped = false;
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let plain = |byte: &u8| !matches!(byte, b'"' | b'\\' | 0..0x20);
            let length = rest.iter().take_while(|byte| plain(byte)).count();
            self.at += length;
            match rest.get(length) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.at += 2;
                }
                _ => return Err(self.trouble()),
            }
        }
        self.at += 1;
        if escaped {
            let literal = self.text.get(start..self.at).unwrap_or_default();
            let words: Result<String, _> = serde_json::from_str(literal);
            return words
                .map(Cow::Owned)
                .map_err(|error| Trouble::Grammar(reason(&error), start));
        }
        let words = self.text.get(start + 1..self.at - 1).unwrap_or_default();
        Ok(Cow::Borrowed(words))
    }

    fn blanks(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn expect(&mut self, byte: u8) -> Result<(), Trouble> {
        if self.peek() != Some(byte) {
            return Err(self.trouble());
        }
        self.at += 1;
        Ok(())
    }

    /// What is told where `serde_json` finds nothing wrong.
    fn trouble(&self) -> Trouble {
        Trouble::Grammar("this is no JSON".to_owned(), self.at)
    }
}

fn grammar(text: &str, error: &serde_json::Error) -> Trouble {
    let line_start = match error.line() {
        0 | 1 => 0,
        line => text
            .match_indices('\n')
            .nth(line - 2)
            .map_or(text.len(), |(at, _)| at + 1),
    };
    Trouble::Grammar(reason(error), line_start + error.column().saturating_sub(1))
}

/// What is wrong, without the place.
fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let reason = message.split(" at line ").next();
    reason.unwrap_or(&message).to_owned()
}
