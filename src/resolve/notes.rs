//! What is kept of each note beside its claims, so that a note and its translation can be held against each other.

use super::entities::Entities;
use crate::model::{Company, Note, PartId, Reading, Ref, Sources};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Blocks of a note that count for its shape.
const MOST: usize = 1000;

/// Notes in one language, whichever it is, have no translation among them: then nothing is kept.
pub(super) fn notes(
    sources: &Sources,
    readings: &[Reading],
    entities: &Entities,
    parts: &[Option<PartId>],
) -> Vec<Note> {
    let language = |reading: &Reading| reading.language.clone().filter(|_| reading.prose);
    let mut languages = readings.iter().filter_map(language);
    let first = languages.next();
    if languages.all(|other| Some(&other) == first.as_ref()) {
        return Vec::new();
    }
    let find = |name: &str| {
        let entity = entities.find(&Ref::Name(Arc::from(name)))?;
        parts.get(entity).copied().flatten()
    };
    let note = |reading: &Reading| {
        let language = language(reading)?;
        // A note names few parts, and many times.
        let mut found: BTreeMap<&str, Option<PartId>> = BTreeMap::new();
        let mut company = Vec::with_capacity(reading.company.len());
        for Company { parts, silent } in &reading.company {
            let part = |name| *found.entry(name).or_insert_with(|| find(name));
            company.push(Company {
                parts: parts.iter().map(String::as_str).filter_map(part).collect(),
                silent: *silent,
            });
        }
        Some(Note {
            source: reading.source,
            language: language.into(),
            shape: shape(sources.get(reading.source).text()),
            company,
        })
    };
    readings.iter().filter_map(note).collect()
}

/// The kind of each block: `1` to `6` a heading, `-` a list item, `|` a row of a table, `p` a paragraph.
fn shape(text: &str) -> Vec<u8> {
    let mut shape = Vec::new();
    let mut open = false;
    for line in body(text).lines() {
        let line = line.trim_start();
        let kind = match line.as_bytes() {
            [] => None,
            [b'#', ..] => {
                let level = line.bytes().take_while(|byte| *byte == b'#').count();
                u8::try_from(level).ok().map(|level| b'0' + level.min(6))
            }
            [b'-' | b'*' | b'+', b' ' | b'\t', ..] => Some(b'-'),
            [b'0'..=b'9', rest @ ..] if numbered(rest) => Some(b'-'),
            [b'|', ..] => Some(b'|'),
            // Words that go on within a paragraph or a list item; each language breaks its lines elsewhere.
            _ if open => continue,
            _ => Some(b'p'),
        };
        open = kind.is_some_and(|kind| matches!(kind, b'-' | b'p'));
        shape.extend(kind);
        if shape.len() >= MOST {
            break;
        }
    }
    shape
}

/// Whether a line that began with a digit is an item of a numbered list.
fn numbered(rest: &[u8]) -> bool {
    let more = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    matches!(rest.get(more..), Some([b'.' | b')', b' ', ..]))
}

/// The text after its front matter.
fn body(text: &str) -> &str {
    text.strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .map_or(text, |(_, body)| body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_is_that_of_the_blocks_and_not_of_the_lines() {
        let note = "---\nlang: da\n---\n## A\nwords\nand more\n\nwords\n- one\n  goes on\n- two\n10. three\n3 parts\n\n| a |\n";
        assert_eq!(shape(note), b"2pp---|");
        assert_eq!(shape(""), b"");
    }
}
