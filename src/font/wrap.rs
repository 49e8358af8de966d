//! Words become lines that fit, broken where Unicode lets them (UAX #14), and balanced so that no line is left short.

use super::faces::Weight;
use super::measure::Fonts;
use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation;

/// A line and its width.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its words, without blanks at its ends.
    pub text: String,
    /// In px.
    pub width: f64,
}

/// Wraps `text` at `size` px into lines of at most `limit` px, as few and as even as can be; at most `most` lines, the last then ends in an ellipsis.
///
/// A word that is wider than a line is broken between user-perceived characters (UAX #29), so nothing spills.
pub fn wrap(
    fonts: &mut Fonts,
    text: &str,
    (weight, size): (Weight, f64),
    limit: f64,
    most: usize,
) -> Vec<Line> {
    let whole = fonts.width(text, weight, size);
    let mut wrapper = Wrapper {
        fonts,
        weight,
        size,
    };
    if whole <= limit && !text.contains('\n') {
        return vec![Line {
            text: text.trim().to_owned(),
            width: whole,
        }];
    }
    let pieces = wrapper.pieces(text, limit);
    let mut lines = wrapper.fill(&pieces, limit);
    let count = lines.len();
    // The narrowest limit with as few lines: seven halvings are exact to a percent.
    let (mut low, mut high) = (whole / count as f64, limit);
    for _ in 0..7 {
        let middle = f64::midpoint(low, high);
        let tried = wrapper.fill(&pieces, middle);
        let fits = tried.len() <= count && tried.iter().all(|line| line.width <= limit);
        if fits {
            (lines, high) = (tried, middle);
        } else {
            low = middle;
        }
    }
    wrapper.cut(lines, limit, most.max(1))
}

struct Wrapper<'a> {
    fonts: &'a mut Fonts,
    weight: Weight,
    size: f64,
}

/// A stretch that is not broken, with its width with and without the blanks at its end.
struct Piece {
    text: String,
    full: f64,
    bare: f64,
    /// A new line must begin after it.
    ends: bool,
}

impl Wrapper<'_> {
    fn width(&mut self, text: &str) -> f64 {
        self.fonts.width(text, self.weight, self.size)
    }

    fn pieces(&mut self, text: &str, limit: f64) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut start = 0;
        for (end, opportunity) in linebreaks(text) {
            let piece = text.get(start..end).unwrap_or_default();
            start = end;
            let ends = opportunity == unicode_linebreak::BreakOpportunity::Mandatory;
            if self.width(piece.trim_end()) <= limit {
                pieces.push(self.piece(piece, ends));
            } else {
                self.chop(piece, limit, &mut pieces);
            }
        }
        pieces
    }

    fn piece(&mut self, text: &str, ends: bool) -> Piece {
        let text = text.trim_end_matches(['\n', '\r']).to_owned();
        Piece {
            full: self.width(&text),
            bare: self.width(text.trim_end()),
            text,
            ends,
        }
    }

    /// Breaks a word that is too wide between its characters.
    fn chop(&mut self, word: &str, limit: f64, pieces: &mut Vec<Piece>) {
        let mut part = String::new();
        for grapheme in word.graphemes(true) {
            let next = format!("{part}{grapheme}");
            if !part.is_empty() && self.width(next.trim_end()) > limit {
                pieces.push(self.piece(&part, false));
                grapheme.clone_into(&mut part);
            } else {
                part = next;
            }
        }
        pieces.push(self.piece(&part, false));
    }

    fn fill(&mut self, pieces: &[Piece], limit: f64) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        let (mut text, mut width) = (String::new(), 0.0);
        for piece in pieces {
            if !text.is_empty() && width + piece.bare > limit {
                lines.push(self.line(&text));
                (text, width) = (String::new(), 0.0);
            }
            text.push_str(&piece.text);
            width += piece.full;
            if piece.ends {
                lines.push(self.line(&text));
                (text, width) = (String::new(), 0.0);
            }
        }
        if !text.trim().is_empty() {
            lines.push(self.line(&text));
        }
        lines.retain(|line| !line.text.is_empty());
        lines
    }

    fn line(&mut self, text: &str) -> Line {
        let text = text.trim().to_owned();
        Line {
            width: self.width(&text),
            text,
        }
    }

    /// Leaves out what comes after the last line that is allowed.
    fn cut(&mut self, mut lines: Vec<Line>, limit: f64, most: usize) -> Vec<Line> {
        if lines.len() <= most {
            return lines;
        }
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            let mut kept: Vec<&str> = last.text.graphemes(true).collect();
            let mut text = format!("{}…", kept.concat());
            while self.width(&text) > limit && kept.pop().is_some() {
                text = format!("{}…", kept.concat().trim_end());
            }
            *last = Line {
                width: self.width(&text),
                text,
            };
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, limit: f64, most: usize) -> Vec<String> {
        let mut fonts = Fonts::new();
        let lines = wrap(&mut fonts, text, (Weight::Regular, 13.0), limit, most);
        assert!(
            lines.iter().all(|line| line.width <= limit + 1e-6),
            "{lines:?}"
        );
        lines.into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn what_fits_stays_on_one_line() {
        assert_eq!(lines("kube-apiserver", 200.0, 4), ["kube-apiserver"]);
    }

    #[test]
    fn lines_are_even() {
        assert_eq!(
            lines("one two three four five six", 110.0, 4),
            ["one two three", "four five six"]
        );
    }

    #[test]
    fn a_word_without_blanks_is_broken_and_nothing_is_lost() {
        let name = "a".repeat(100);
        assert_eq!(lines(&name, 100.0, 40).concat(), name);
        assert_eq!(
            lines("控制平面组件和工作节点组件", 60.0, 9).concat(),
            "控制平面组件和工作节点组件"
        );
    }

    #[test]
    fn too_many_lines_end_in_an_ellipsis() {
        let cut = lines(&"word ".repeat(50), 100.0, 2);
        assert_eq!(cut.len(), 2);
        assert!(cut[1].ends_with('…'));
    }

    #[test]
    fn a_new_line_in_the_text_is_one_in_the_picture() {
        assert_eq!(lines("a\nb", 100.0, 4), ["a", "b"]);
    }
}
