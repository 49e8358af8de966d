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
    if part > 0 {
        digits.pair(part);
        if part % 10 == 0 {
            digits.end -= 1;
        }
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

/// The signs of a number, written from the last one to the first, two digits at a time. A picture is full of numbers, and `write!` takes
/// three times as long for each.
struct Digits {
    signs: [u8; LONGEST],
    /// What was written: `signs[start..end]`.
    start: usize,
    end: usize,
}

/// Signs of the longest number.
const LONGEST: usize = 24;

/// The two digits of every number below a hundred.
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[b'0'; 2]; 100];
    let mut at = 0_u8;
    while at < 100 {
        pairs[at as usize] = [b'0' + at / 10, b'0' + at % 10];
        at += 1;
    }
    pairs
};

impl Default for Digits {
    fn default() -> Self {
        Self {
            signs: [0; LONGEST],
            start: LONGEST,
            end: LONGEST,
        }
    }
}

impl Digits {
    fn put(&mut self, sign: u8) {
        self.start -= 1;
        self.signs[self.start] = sign;
    }

    /// The last two digits of a number.
    fn pair(&mut self, number: u64) {
        let [ten, one] = PAIRS[(number % 100) as usize];
        self.put(one);
        self.put(ten);
    }

    fn whole(&mut self, mut number: u64) {
        while number > 99 {
            self.pair(number);
            number /= 100;
        }
        self.pair(number);
        if number < 10 {
            self.start += 1;
        }
    }

    fn signs(&self) -> &[u8] {
        &self.signs[self.start..self.end]
    }

    fn text(&self) -> &str {
        str::from_utf8(self.signs()).unwrap_or_default()
    }
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
