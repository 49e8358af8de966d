//! The lines of a source around spans, clean and short enough to be shown.
//!
//! Before: spans anywhere in a text whose lines may be a gigabyte long. After: a text of a few kilobytes, and the spans within it.

use super::clean::shown;
use crate::model::Span;
use std::ops::Range;

/// Bytes that are shown before and after a span on a long line.
const AROUND: usize = 160;
/// Bytes of a span that are shown.
const LONGEST: usize = 320;
/// Lines of a span that are shown; of one with more, only the first.
const LINES: usize = 4;
/// Bytes between the first and the last span of one window.
const APART: usize = 4096;

/// Lines of a source.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// The lines.
    pub text: String,
    /// The number of the first one.
    pub line: usize,
    /// Where the spans lie in `text`, in their order.
    pub ranges: Vec<Range<usize>>,
}

/// Whether one window can show both of two spans.
pub(super) fn together(one: &Span, other: &Span) -> bool {
    one.source == other.source && one.start.abs_diff(other.start) <= APART
}

/// The lines around `spans`, which lie near each other, in `text`.
pub(super) fn window(text: &str, spans: &[Span]) -> Window {
    let bytes: Vec<Range<usize>> = spans.iter().map(|span| clip(text, span)).collect();
    let first = bytes.iter().map(|range| range.start).min().unwrap_or(0);
    let last = bytes.iter().map(|range| range.end).max().unwrap_or(0);
    let line = spans
        .iter()
        .min_by_key(|span| span.start)
        .map_or(1, |span| span.line as usize);
    let ends = ['\n', '\r'];
    let from = text.floor_char_boundary(first.saturating_sub(AROUND));
    let (start, cut_left) = match text.get(from..first).and_then(|head| head.rfind(ends)) {
        Some(at) => (from + at + 1, false),
        None => (from, from > 0),
    };
    let to = text.ceil_char_boundary((last + AROUND).min(text.len()));
    let (end, cut_right) = match text.get(last..to).and_then(|tail| tail.find(ends)) {
        Some(at) => (last + at, false),
        None => (to, to < text.len()),
    };
    let mut out = Window {
        text: String::new(),
        line,
        ranges: vec![0..0; bytes.len()],
    };
    if cut_left {
        out.text.push('…');
    }
    let mut copied = start;
    let mut stops: Vec<usize> = bytes
        .iter()
        .flat_map(|range| [range.start, range.end])
        .collect();
    stops.push(end);
    stops.sort_unstable();
    for stop in stops {
        copy(text.get(copied..stop).unwrap_or_default(), &mut out.text);
        copied = copied.max(stop);
        for (from, to) in bytes.iter().zip(&mut out.ranges) {
            if from.start == stop {
                to.start = out.text.len();
            }
            if from.end == stop {
                to.end = out.text.len();
            }
        }
    }
    if cut_right {
        out.text.push('…');
    }
    out
}

/// The bytes of a span that are shown.
fn clip(text: &str, span: &Span) -> Range<usize> {
    let start = text.floor_char_boundary(span.start);
    let most = text.floor_char_boundary(span.end.min(start + LONGEST));
    let words = text.get(start..most).unwrap_or_default();
    let lines = text.get(start..span.end.min(text.len())).map_or(0, |all| {
        all.bytes()
            .filter(|byte| *byte == b'\n')
            .take(LINES)
            .count()
    });
    let shown = if lines + 1 > LINES || most < span.end {
        words.split(['\n', '\r']).next().unwrap_or_default()
    } else {
        words.trim_end()
    };
    start..start + shown.len()
}

/// Appends `part` with clean characters; every line ends in one line feed.
fn copy(part: &str, out: &mut String) {
    let mut characters = part.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek().is_none_or(|next| *next == '\n') => {}
            '\n' | '\r' => out.push('\n'),
            '\t' => out.push('\t'),
            other => out.push(shown(other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Source, Sources};

    fn shown_of(text: &str, words: &str) -> Window {
        let mut sources = Sources::default();
        let id = sources.add(Source::new("x", text));
        let at = text.find(words).unwrap();
        window(text, &[sources.span(id, at..at + words.len())])
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        let found = shown_of("one\r\ntwo three\r\nfour", "three");
        assert_eq!((found.text.as_str(), found.line), ("two three", 2));
        assert_eq!(found.ranges.first(), Some(&(4..9)));
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let text = format!("{}word{}", "å".repeat(9000), "b".repeat(9000));
        let found = shown_of(&text, "word");
        assert!(found.text.len() < 400 && found.text.starts_with('…') && found.text.ends_with('…'));
        assert_eq!(found.text.get(found.ranges[0].clone()), Some("word"));
    }

    #[test]
    fn escapes_are_seen_and_the_place_stays() {
        let found = shown_of("\u{1b}[1m\u{202e}bad", "bad");
        assert_eq!(found.text, "␛[1m\u{fffd}bad");
        assert_eq!(found.text.get(found.ranges[0].clone()), Some("bad"));
    }
}
