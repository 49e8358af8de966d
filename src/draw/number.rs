//! Numbers on their way into an output: at most two decimals, no `-0`, no exponent, never NaN or infinite.

/// Writes `value`, rounded to hundredths, at the end of `text`.
pub fn push(text: &mut String, value: f64) {
    let hundredths = hundredths(value);
    if hundredths < 0 {
        text.push('-');
    }
    let part = hundredths.unsigned_abs() % 100;
    push_whole(text, hundredths.unsigned_abs() / 100);
    if part > 0 {
        text.push('.');
        text.push(digit(part / 10).into());
    }
    if part % 10 > 0 {
        text.push(digit(part).into());
    }
}

/// Writes a whole number. A picture is full of them, and `write!` takes three times as long.
pub fn push_whole(text: &mut String, number: u64) {
    let mut digits = [0; 20];
    let mut first = digits.len();
    let mut rest = number;
    for (at, place) in digits.iter_mut().enumerate().rev() {
        *place = digit(rest);
        first = at;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    let digits = digits.get(first..).unwrap_or_default();
    text.push_str(str::from_utf8(digits).unwrap_or_default());
}

/// The last digit of a number.
fn digit(number: u64) -> u8 {
    b'0' + (number % 10) as u8
}

/// `value` in hundredths, as it is written.
pub fn hundredths(value: f64) -> i64 {
    let value = if value.is_finite() { value } else { 0.0 };
    // Beyond this no drawing goes, and `as i64` is exact within.
    let hundredths = (value.clamp(-1e12, 1e12) * 100.0).round();
    #[expect(clippy::cast_possible_truncation, reason = "clamped above")]
    let hundredths = hundredths as i64;
    hundredths
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
