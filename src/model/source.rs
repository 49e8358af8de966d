//! Where a thing was written: texts with a name, and spans in them that know their line and column.

use std::ops::Range;
use std::sync::Arc;

/// How far apart the marks of a long line stand, in bytes: a column is counted from the nearest one, so that finding places in a line of a gigabyte stays linear.
const MARK_EVERY: usize = 256;

/// Index of a [`Source`] in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

impl SourceId {
    /// The position in a column that holds one entry a source.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One input text, under the name by which the user knows it.
#[derive(Debug, Clone)]
pub struct Source {
    name: Arc<str>,
    text: Arc<str>,
    marks: Vec<Mark>,
}

/// A byte position whose line and column are known.
#[derive(Debug, Clone, Copy)]
struct Mark {
    offset: usize,
    line: u32,
    column: u32,
}

impl Source {
    /// A text with its name: a path as the user gave it, or a word in angle brackets such as `<stdin>`.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        Self {
            name: name.into(),
            marks: marks(&text),
            text,
        }
    }

    /// The name by which the user knows the text.
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column (both from 1, the column in characters) of a byte position; positions past the end count as the end.
    pub fn place(&self, offset: usize) -> (u32, u32) {
        let offset = self.text.floor_char_boundary(offset);
        let next = self.marks.partition_point(|mark| mark.offset <= offset);
        let Some(mark) = next.checked_sub(1).and_then(|at| self.marks.get(at)) else {
            return (1, 1);
        };
        let between = self.text.get(mark.offset..offset).unwrap_or_default();
        let columns = u32::try_from(between.chars().count()).unwrap_or(u32::MAX);
        (mark.line, mark.column.saturating_add(columns))
    }
}

/// A mark at each line's start, and more within long lines.
fn marks(text: &str) -> Vec<Mark> {
    let mut mark = Mark {
        offset: 0,
        line: 1,
        column: 1,
    };
    let mut marks = vec![mark];
    let mut rest = text;
    while !rest.is_empty() {
        let (line, after) = rest.split_at(line_end(rest));
        let mut within = line;
        while within.len() > MARK_EVERY {
            let (piece, more) = within.split_at(within.ceil_char_boundary(MARK_EVERY));
            let columns = u32::try_from(piece.chars().count()).unwrap_or(u32::MAX);
            mark.offset += piece.len();
            mark.column = mark.column.saturating_add(columns);
            marks.push(mark);
            within = more;
        }
        mark = Mark {
            offset: mark.offset + within.len(),
            line: mark.line.saturating_add(1),
            column: 1,
        };
        if line.ends_with(['\n', '\r']) {
            marks.push(mark);
        }
        rest = after;
    }
    marks
}

/// One past the end of the first line of `text`, which ends in `\n`, `\r\n` or `\r`.
fn line_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let ends = |byte: &u8| matches!(byte, b'\n' | b'\r');
    match bytes.iter().position(ends) {
        Some(at) if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') => at + 2,
        Some(at) => at + 1,
        None => bytes.len(),
    }
}

/// All the texts of one run.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    list: Vec<Source>,
}

impl Sources {
    /// Adds a text, and says how spans will name it.
    pub fn add(&mut self, source: Source) -> SourceId {
        let id = SourceId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.list.push(source);
        id
    }

    /// The text of an id that these sources gave out.
    ///
    /// # Panics
    /// Where the id is of other sources.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.list[id.index()]
    }

    /// All texts, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        (0_u32..).map(SourceId).zip(&self.list)
    }

    /// The place of `bytes` in the text of `id`.
    pub fn span(&self, id: SourceId, bytes: Range<usize>) -> Span {
        let (line, column) = self.get(id).place(bytes.start);
        Span {
            source: id,
            start: bytes.start,
            end: bytes.end,
            line,
            column,
        }
    }
}

/// A stretch of a source. Keeps line and column, so that the text itself may be let go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text it lies in.
    pub source: SourceId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Line of the first byte, from 1.
    pub line: u32,
    /// Column of the first byte, from 1, in characters.
    pub column: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_characters_and_all_line_ends_count() {
        let source = Source::new("x", "på\r\nén\rto\nfire");
        assert_eq!(source.place(0), (1, 1));
        assert_eq!(source.place("på".len()), (1, 3));
        assert_eq!(source.place("på\r\né".len()), (2, 2));
        assert_eq!(source.place("på\r\nén\rto".len()), (3, 3));
        assert_eq!(source.place(1000), (4, 5));
    }

    #[test]
    fn a_long_line_has_marks_within() {
        let source = Source::new("x", "ø".repeat(5000));
        assert_eq!(source.place(2 * 4321), (1, 4322));
    }
}
