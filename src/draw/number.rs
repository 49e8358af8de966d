//! Numbers on their way into an output: at most two decimals, no `-0`, no exponent, never NaN or infinite.

/// Writes `value`, rounded to hundredths, at the end of `text`.
pub fn push(text: &mut String, value: f64) {
    text.push_str(digits(value).text());
}

/// The same, where the text is kept as bytes.
pub fn write(text: &mut Vec<u8>, value: f64) {
    text.extend_from_slice(digits(value).signs());
}

/// The signs of `value`, rounded to hundredths.
fn digits(value: f64) -> Digits {
    let hundredths = hundredths(value);
    let (whole, part) = (
        hundredths.unsigned_abs() / 100,
        hundredths.unsigned_abs() % 100,
    );
    let mut digits = Digits::default();
    if part % 10 > 0 {
        digits.put(digit(part));
    }
    if part > 0 {
        digits.put(digit(part / 10));
        digits.put(b'.');
    }
    digits.whole(whole);
    if hundredths < 0 {
        digits.put(b'-');
    }
    digits
}

/// Writes a whole number at the end of `text`.
pub fn push_whole(text: &mut String, number: u64) {
    let mut digits = Digits::default();
    digits.whole(number);
    text.push_str(digits.text());
}

/// The signs of a number, the last one first. A picture is full of numbers, and `write!` takes three times as long for each.
#[derive(Default)]
struct Digits {
    signs: [u8; 24],
    count: usize,
}

impl Digits {
    fn put(&mut self, sign: u8) {
        self.count += 1;
        let at = self.signs.len() - self.count;
        self.signs[at] = sign;
    }

    fn whole(&mut self, mut number: u64) {
        while number > 9 {
            self.put(digit(number));
            number /= 10;
        }
        self.put(digit(number));
    }

    fn signs(&self) -> &[u8] {
        &self.signs[self.signs.len() - self.count..]
    }

    fn text(&self) -> &str {
        str::from_utf8(self.signs()).unwrap_or_default()
    }
}

/// The last digit of a number.
fn digit(number: u64) -> u8 {
    b'0' + (number % 10) as u8
}

/// `value` in hundredths, as it is written.
pub fn hundredths(value: f64) -> i64 {
    let value = if value.is_finite() { value } else { 0.0 };
    // Beyond this no drawing goes, and all that follows is exact within.
    let hundredths = value.clamp(-1e12, 1e12) * 100.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "rounded here: `round` is a call into the system's library"
    )]
    let whole = hundredths as i64;
    let rest = hundredths - whole as f64;
    whole + i64::from(rest >= 0.5) - i64::from(rest <= -0.5)
}

/// `value`, rounded to hundredths.
pub fn number(value: f64) -> String {
    let mut text = String::new();
    push(&mut text, value);
    text
}

/// `value` as a number of at most two decimals, finite and never `-0`.
pub fn rounded(value: f64) -> f64 {
    let value = if value.is_finite() { value } else { 0.0 };
    (value.clamp(-1e12, 1e12) * 100.0).round() / 100.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_plain() {
        let cases = [
            (0.0, "0"),
            (-0.001, "0"),
            (0.1 + 0.2, "0.3"),
            (100.0, "100"),
            (-1002.5, "-1002.5"),
            (0.05, "0.05"),
            (-0.125, "-0.13"),
            (0.004_999, "0"),
            (-1e15, "-1000000000000"),
            (12.345, "12.35"),
            (-7.05, "-7.05"),
            (1e9, "1000000000"),
            (f64::NAN, "0"),
            (f64::INFINITY, "0"),
        ];
        for (value, text) in cases {
            assert_eq!(number(value), text, "{value}");
        }
    }
}
