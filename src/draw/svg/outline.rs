//! Path data of words, as short as it can be written: relative commands, no separator that a sign or a point makes needless.

use crate::draw::number::{hundredths, push_whole};
use crate::geom::{BezPath, PathEl, Point};

/// The data of `path`, moved by `shift`, to hundredths of a px. What is left out by rounding does not add up.
pub(super) fn data(path: &BezPath, shift: Point) -> String {
    let mut writer = Writer::default();
    let at = |point: Point| (hundredths(point.x + shift.x), hundredths(point.y + shift.y));
    let mut first = (0, 0);
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => {
                first = at(to);
                writer.command('m', &[first]);
            }
            PathEl::LineTo(to) => writer.line(at(to)),
            PathEl::QuadTo(a, to) => writer.command('q', &[at(a), at(to)]),
            PathEl::CurveTo(a, b, to) => writer.command('c', &[at(a), at(b), at(to)]),
            PathEl::ClosePath => {
                writer.text.push('z');
                writer.last = 'z';
                writer.pen = first;
            }
        }
    }
    writer.text
}

#[derive(Default)]
struct Writer {
    text: String,
    /// The command whose name need not be repeated.
    last: char,
    pen: (i64, i64),
    /// Whether the number that was written last has a point.
    pointed: bool,
}

impl Writer {
    fn line(&mut self, to: (i64, i64)) {
        let (x, y) = (to.0 - self.pen.0, to.1 - self.pen.1);
        match (x, y) {
            (_, 0) => {
                self.name('h');
                self.number(x);
            }
            (0, _) => {
                self.name('v');
                self.number(y);
            }
            _ => self.command('l', &[to]),
        }
        self.pen = to;
    }

    fn command(&mut self, name: char, points: &[(i64, i64)]) {
        self.name(name);
        for point in points {
            self.number(point.0 - self.pen.0);
            self.number(point.1 - self.pen.1);
        }
        self.pen = points.last().copied().unwrap_or(self.pen);
    }

    fn name(&mut self, name: char) {
        // After an `m`, further pairs of numbers are lines.
        if self.last != name || name == 'm' {
            self.text.push(name);
        }
        self.last = name;
    }

    fn number(&mut self, hundredths: i64) {
        let (whole, part) = (
            hundredths.unsigned_abs() / 100,
            hundredths.unsigned_abs() % 100,
        );
        let after_number = self.text.ends_with(|last: char| last.is_ascii_digit());
        let begins_with_point = whole == 0 && part > 0;
        if hundredths < 0 {
            self.text.push('-');
        } else if after_number && !(begins_with_point && self.pointed) {
            self.text.push(' ');
        }
        if !begins_with_point {
            push_whole(&mut self.text, whole);
        }
        self.pointed = part > 0;
        if part > 0 {
            let digits = format!("{part:02}");
            self.text.push('.');
            self.text.push_str(digits.trim_end_matches('0'));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_as_the_same_path() {
        let mut path = BezPath::new();
        path.move_to((1.0, 2.0));
        path.line_to((5.5, 2.0));
        path.line_to((5.5, 0.25));
        path.quad_to((6.0, 0.5), (5.75, -1.0));
        path.curve_to((1.0, 1.0), (2.0, 2.0), (3.03, 3.0));
        path.close_path();
        path.move_to((0.0, 0.0));
        path.line_to((-1.0, -2.0));
        let text = data(&path, Point::new(0.5, 0.0));
        assert_eq!(
            text,
            "m1.5 2h4.5v-1.75q.5.25.25-1.25c-4.75 2-3.75 3-2.72 4zm-1-2l-1-2"
        );
        let read = BezPath::from_svg(&text).unwrap();
        for (a, b) in read.elements().iter().zip(path.elements()) {
            if let (Some(a), Some(b)) = (a.end_point(), b.end_point()) {
                assert!(
                    (a - b - kurbo::Vec2::new(0.5, 0.0)).hypot() < 0.006,
                    "{a} {b}"
                );
            }
        }
    }
}
