//! Numbers on their way into an output: at most two decimals, no `-0`, no exponent, never NaN or infinite.

use std::fmt::Write;

/// Writes `value`, rounded to hundredths, at the end of `text`.
pub fn push(text: &mut String, value: f64) {
    let value = if value.is_finite() { value } else { 0.0 };
    // Beyond this no drawing goes, and `as i64` is exact within.
    let hundredths = (value.clamp(-1e12, 1e12) * 100.0).round();
    #[expect(clippy::cast_possible_truncation, reason = "clamped above")]
    let hundredths = hundredths as i64;
    if hundredths < 0 {
        text.push('-');
    }
    let whole = hundredths.unsigned_abs() / 100;
    let part = hundredths.unsigned_abs() % 100;
    let _ = match (part, part % 10) {
        (0, _) => write!(text, "{whole}"),
        (_, 0) => write!(text, "{whole}.{}", part / 10),
        _ => write!(text, "{whole}.{part:02}"),
    };
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
