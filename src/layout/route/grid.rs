//! Cells of equal size over a drawing: how many there are along a side, and which one a place is in.

/// How many cells of side `size` cover `length`; at least one, at most `most`.
pub(super) fn count(length: f64, size: f64, most: u32) -> usize {
    whole((length / size).clamp(0.0, f64::from(most.saturating_sub(1)))) + 1
}

/// The cell that `at` lies in; what lies outside is in the first or last of `count` cells.
pub(super) fn cell(at: f64, size: f64, count: usize) -> usize {
    whole((at / size).clamp(0.0, f64::from(u32::MAX))).min(count.saturating_sub(1))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "both callers have clamped it to 32 bits; not a number becomes zero"
)]
fn whole(value: f64) -> usize {
    value as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_a_cell() {
        let cells = count(100.0, 30.0, 10);
        assert_eq!(cells, 4);
        assert_eq!(cell(-5.0, 30.0, cells), 0);
        assert_eq!(cell(65.0, 30.0, cells), 2);
        assert_eq!(cell(1e300, 30.0, cells), 3);
        assert_eq!(cell(f64::NAN, 30.0, cells), 0);
        assert_eq!(count(1e9, 30.0, 10), 10);
    }
}
