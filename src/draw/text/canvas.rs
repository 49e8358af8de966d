//! Cells with lines in them: where two lines meet, the character that has the arms of both.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The arms of a cell, as bits.
const UP: u8 = 1;
const DOWN: u8 = 2;
const LEFT: u8 = 4;
const RIGHT: u8 = 8;
/// Only known links run here.
const DASHED: u8 = 16;
/// The cell lies in a component: nothing shines through.
const COVERED: u8 = 32;
/// The border of what stands out.
const DOUBLE: u8 = 64;

/// By arms: nothing, single arms, corners, tees, the cross.
const LINES: [char; 16] = [
    ' ', '│', '│', '│', '─', '┘', '┐', '┤', '─', '└', '┌', '├', '─', '┴', '┬', '┼',
];

/// The same on a double border; what meets it is single.
const DOUBLES: [char; 16] = [
    ' ', '║', '║', '║', '═', '╝', '╗', '╢', '═', '╚', '╔', '╟', '═', '╧', '╤', '╬',
];

/// The cells, row by row.
pub(super) struct Canvas {
    width: usize,
    arms: Vec<u8>,
    /// Words and heads, over the lines. An empty one is the second half of a wide character.
    over: BTreeMap<(usize, usize), String>,
    /// Where the heads are, by row and column.
    heads: BTreeSet<(usize, usize)>,
    /// The cells that the heads point at, and their arms towards the heads.
    tips: Vec<(usize, u8)>,
    ascii: bool,
}

impl Canvas {
    pub(super) fn new(width: usize, height: usize, ascii: bool) -> Self {
        Self {
            width,
            arms: vec![0; width * height],
            over: BTreeMap::new(),
            heads: BTreeSet::new(),
            tips: Vec::new(),
            ascii,
        }
    }

    fn add(&mut self, (x, y): (usize, usize), arms: u8, dashed: bool) {
        if x < self.width
            && let Some(cell) = self.arms.get_mut(y * self.width + x)
        {
            let alone = *cell & (UP | DOWN | LEFT | RIGHT) == 0;
            let both = *cell & DASHED != 0 && dashed;
            *cell = (*cell & !DASHED) | arms;
            if (alone || both) && dashed {
                *cell |= DASHED;
            }
        }
    }

    /// A rectangle; a solid one covers what is below.
    pub(super) fn frame(
        &mut self,
        (left, top): (usize, usize),
        (right, bottom): (usize, usize),
        solid: bool,
    ) {
        if solid {
            for y in top..=bottom {
                for x in left..=right {
                    if let Some(cell) = self.arms.get_mut(y * self.width + x) {
                        // On the border the arm of a line that ends here stays.
                        let border = x == left || x == right || y == top || y == bottom;
                        *cell = if border { *cell & !DASHED } else { COVERED };
                    }
                }
            }
        }
        let corners = [
            (left, top),
            (right, top),
            (right, bottom),
            (left, bottom),
            (left, top),
        ];
        for pair in corners.windows(2) {
            self.straight(pair[0], pair[1], false);
        }
    }

    /// Doubles the border of a rectangle that has been drawn.
    pub(super) fn double(&mut self, (left, top): (usize, usize), (right, bottom): (usize, usize)) {
        let level = (left..=right).flat_map(|x| [(x, top), (x, bottom)]);
        let upright = (top..=bottom).flat_map(|y| [(left, y), (right, y)]);
        for (x, y) in level.chain(upright) {
            if x < self.width
                && let Some(cell) = self.arms.get_mut(y * self.width + x)
            {
                *cell |= DOUBLE;
            }
        }
    }

    /// A line through the cells.
    pub(super) fn line(&mut self, cells: &[(usize, usize)], dashed: bool) {
        for pair in cells.windows(2) {
            self.straight(pair[0], pair[1], dashed);
        }
    }

    fn straight(&mut self, a: (usize, usize), b: (usize, usize), dashed: bool) {
        if a.1 == b.1 {
            let (from, to) = (a.0.min(b.0), a.0.max(b.0));
            for x in from..to {
                self.add((x, a.1), RIGHT, dashed);
                self.add((x + 1, a.1), LEFT, dashed);
            }
        } else {
            let (from, to) = (a.1.min(b.1), a.1.max(b.1));
            for y in from..to {
                self.add((a.0, y), DOWN, dashed);
                self.add((a.0, y + 1), UP, dashed);
            }
        }
    }

    /// The head of a line that ends at the border `end`: one cell before it.
    pub(super) fn head(&mut self, before: (usize, usize), end: (usize, usize), known: bool) {
        if before == end {
            return;
        }
        let (x, y) = end;
        let (place, arm, signs) = if before.0 == x && before.1 < y {
            ((x, y - 1), UP, ['▼', '▽', 'v'])
        } else if before.0 == x {
            ((x, y + 1), DOWN, ['▲', '△', '^'])
        } else if before.0 < x {
            ((x - 1, y), LEFT, ['▶', '▷', '>'])
        } else {
            ((x + 1, y), RIGHT, ['◀', '◁', '<'])
        };
        if x < self.width {
            self.tips.push((y * self.width + x, arm));
        }
        let sign = match (self.ascii, known) {
            (false, false) => signs[0],
            (false, true) => signs[1],
            (true, _) => signs[2],
        };
        self.heads.insert((place.1, place.0));
        self.over.insert((place.1, place.0), sign.to_string());
    }

    /// Whether in these cells of a row no line crosses or ends, not even with a head above.
    pub(super) fn is_clear(&self, mut columns: Range<usize>, y: usize) -> bool {
        columns.all(|x| {
            let arms = self.arms.get(y * self.width + x).copied().unwrap_or(0);
            let above = y
                .checked_sub(1)
                .is_some_and(|y| self.heads.contains(&(y, x)));
            arms & (UP | DOWN) == 0 && !above && !self.over.contains_key(&(y, x))
        })
    }

    /// Words, over everything.
    pub(super) fn words(&mut self, x: usize, y: usize, words: &str) {
        let mut at = x;
        for grapheme in words.graphemes(true) {
            let width = grapheme.width();
            if width == 0 {
                continue;
            }
            self.over.insert((y, at), grapheme.to_owned());
            for half in 1..width {
                self.over.insert((y, at + half), String::new());
            }
            at += width;
        }
    }

    /// All rows, without blanks at their ends.
    pub(super) fn written(mut self) -> String {
        // No border is touched where a head points at it, not by another link that runs there either.
        for (cell, arm) in &self.tips {
            if let Some(cell) = self.arms.get_mut(*cell) {
                *cell &= !arm;
            }
        }
        let mut text = String::with_capacity(self.arms.len() + self.arms.len() / 2);
        for (y, row) in self.arms.chunks(self.width.max(1)).enumerate() {
            let start = text.len();
            for (x, arms) in row.iter().enumerate() {
                match self.over.get(&(y, x)) {
                    Some(over) => text.push_str(over),
                    None => text.push(self.sign(*arms)),
                }
            }
            let end = text.trim_end_matches(' ').len().max(start);
            text.truncate(end);
            text.push('\n');
        }
        text
    }

    fn sign(&self, arms: u8) -> char {
        let lines = usize::from(arms & (UP | DOWN | LEFT | RIGHT));
        let dashed = arms & DASHED != 0;
        let level = LINES[lines] == '─';
        let upright = LINES[lines] == '│';
        if arms & DOUBLE != 0 && lines != 0 {
            return match self.ascii {
                false => DOUBLES[lines],
                true if level => '=',
                true => '#',
            };
        }
        match (self.ascii, dashed) {
            (false, true) if level => '┄',
            (false, true) if upright => '┆',
            (false, _) => LINES[lines],
            (true, true) if level => '.',
            (true, true) if upright => ':',
            (true, _) if level => '-',
            (true, _) if upright => '|',
            (true, _) if lines == 0 => ' ',
            (true, _) => '+',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_join_and_heads_stand_before_borders() {
        let mut canvas = Canvas::new(9, 7, false);
        canvas.line(&[(2, 2), (2, 4), (6, 4), (6, 5)], true);
        canvas.line(&[(0, 3), (8, 3)], false);
        canvas.frame((0, 0), (4, 2), true);
        canvas.words(1, 1, "控a");
        canvas.head((2, 4), (2, 2), false);
        let drawn = "┌───┐\n│控a│\n└───┘\n──▲──────\n  └┄┄┄┐\n      ┆\n\n";
        assert_eq!(canvas.written(), drawn);
    }
}
