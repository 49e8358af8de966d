//! Titles stand at the top of their groups, as far to the start as the ways that cross the top let them.

use super::X;
use super::floor::Floors;
use super::ways::Ways;

/// Between the words and a way beside them, px.
const AIR: f64 = 6.0;

/// Moves every title to the first free place in its frame. A frame without one is to be wider: then true, and the width it needs stands in [`Floors::wide`].
pub(super) fn place(floors: &mut Floors, ways: &Ways) -> bool {
    let mut tops: Vec<(u32, f64)> = ways
        .tops
        .iter()
        .map(|(group, leg)| (*group, ways.legs[*leg].at))
        .collect();
    tops.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut narrow = false;
    for group in tops.chunk_by(|a, b| a.0 == b.0) {
        let node = group[0].0 as usize;
        let Some([width, _]) = floors.title[node] else {
            continue;
        };
        let (lo, hi) = (floors.lo[X][node], floors.hi[X][node]);
        let first = floors.inset[node][1].max(8.0);
        let mut start = lo + first;
        for (_, at) in group {
            if start + width + AIR > *at && *at > start - AIR {
                start = at + AIR;
            }
        }
        floors.inset[node][0] = start - lo;
        if start + width + AIR > hi {
            floors.wide[node] = start - lo + width + first;
            narrow = true;
        }
    }
    narrow
}
