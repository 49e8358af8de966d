//! Channels that are too narrow are widened: each group is stretched where it must be, boxes keep their size, and what was aligned stays aligned.
//!
//! A stretch is a monotone map of one axis: it adds room at a few places and moves everything behind them. The least room that gives
//! every interval its length is found from left to right: what an interval still lacks is added at its very end, where the intervals
//! that overlap it and end later gain most by it.

use super::channel::{Channels, zone};
use super::floor::Floors;
use super::lacks::Lack;
use super::ways::Home;
use super::{X, Y};

/// Keeps what touches apart in the map.
const SLIVER: f64 = 0.001;
/// Beside the words of a title.
const MARGIN: f64 = 10.0;
/// Beyond the ends of a group, so that the strips there can grow too.
const BEYOND: f64 = 1.0;

/// Stretches every group along `axis` as its channels need.
pub(super) fn widen(floors: &mut Floors, channels: &Channels, lacks: &[Lack], axis: usize) {
    let count = floors.parent.len();
    let mut children = vec![Vec::new(); count];
    for (node, parent) in (0_u32..).zip(&floors.parent) {
        if let Some(children) = children.get_mut(*parent as usize) {
            children.push(node);
        }
    }
    let mut needs = vec![Vec::new(); count];
    for channel in channels.list.iter().filter(|channel| channel.axis == axis) {
        let (Home::Main(group, _) | Home::Cross(group, ..)) = channel.home else {
            continue;
        };
        if let Some((lo, hi)) = zone(floors, channel.home) {
            needs[group as usize].push((lo, hi, channel.need()));
        }
    }
    for lack in lacks.iter().filter(|lack| lack.axis == axis) {
        needs[lack.group as usize].push((lack.from, lack.to, lack.need));
    }
    let mut length: Vec<f64> = (0..count)
        .map(|node| floors.hi[axis][node] - floors.lo[axis][node])
        .collect();
    // Middle of each node, from the start of its group.
    let mut middle = vec![0.0; count];
    for group in floors
        .order
        .iter()
        .rev()
        .map(|group| *group as usize)
        .filter(|group| floors.size[*group].is_none())
    {
        stretch(
            floors,
            axis,
            group,
            (&children[group], &needs[group]),
            (&mut length, &mut middle),
        );
    }
    let whole = floors.whole as usize;
    floors.lo[axis][whole] = 0.0;
    floors.hi[axis][whole] = length[whole];
    for node in floors
        .order
        .iter()
        .map(|node| *node as usize)
        .filter(|node| *node != whole)
    {
        let start =
            floors.lo[axis][floors.parent[node] as usize] + middle[node] - length[node] / 2.0;
        floors.lo[axis][node] = start;
        floors.hi[axis][node] = start + length[node];
    }
}

/// Finds the new length of one group, and the middles of its children in it.
fn stretch(
    floors: &Floors,
    axis: usize,
    group: usize,
    (children, needs): (&[u32], &[(f64, f64, f64)]),
    (length, middle): (&mut [f64], &mut [f64]),
) {
    let (lo, hi) = (floors.lo[axis][group], floors.hi[axis][group]);
    let mut intervals: Vec<(f64, f64, f64)> = Vec::with_capacity(children.len() + needs.len() + 1);
    for child in children {
        let child = *child as usize;
        intervals.push((
            floors.lo[axis][child] + SLIVER,
            floors.hi[axis][child] - SLIVER,
            length[child] - 2.0 * SLIVER,
        ));
    }
    let top = if axis == Y {
        floors.title[group].map_or(0.0, |title| title[1])
    } else {
        0.0
    };
    for (from, to, need) in needs {
        let (mut from, mut to, mut need) = (*from, *to, *need);
        if from <= lo + top + SLIVER {
            (from, need) = (lo - BEYOND, need + top + BEYOND);
        }
        if to >= hi - SLIVER {
            (to, need) = (hi + BEYOND, need + BEYOND);
        }
        intervals.push((from, to, need));
    }
    if let (X, Some(title)) = (axis, floors.title[group]) {
        let words = title[0] + 2.0 * MARGIN;
        intervals.push((
            lo - BEYOND,
            hi + BEYOND,
            words.max(floors.wide[group]) + 2.0 * BEYOND,
        ));
    }
    let map = Map::new(intervals);
    length[group] = (map.at(hi + BEYOND) - map.at(lo - BEYOND) - 2.0 * BEYOND).max(0.0);
    let origin = map.at(lo - BEYOND) + BEYOND;
    for child in children {
        let child = *child as usize;
        middle[child] = map.at(f64::midpoint(
            floors.lo[axis][child],
            floors.hi[axis][child],
        )) - origin;
        let ends = (
            map.at(floors.lo[axis][child] + SLIVER),
            map.at(floors.hi[axis][child] - SLIVER),
        );
        let half = length[child] / 2.0 - SLIVER;
        middle[child] = middle[child].clamp(
            ends.0 - origin + half,
            (ends.1 - origin - half).max(ends.0 - origin + half),
        );
    }
}

/// Where room was added: places in order, and all the room up to each.
struct Map {
    places: Vec<(f64, f64)>,
}

impl Map {
    /// The least room that makes each interval (from, to) at least as long as it needs.
    fn new(mut intervals: Vec<(f64, f64, f64)>) -> Self {
        intervals.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.total_cmp(&b.0)));
        let mut map = Self { places: Vec::new() };
        for (from, to, need) in intervals {
            let total = map.places.last().map_or(0.0, |last| last.1);
            let has = to - from + total - map.room(from);
            if need > has + 1e-9 {
                map.places.push((to, total + need - has));
            }
        }
        map
    }

    /// All room that was added at or before a place.
    fn room(&self, place: f64) -> f64 {
        let after = self.places.partition_point(|(at, _)| *at <= place);
        after.checked_sub(1).map_or(0.0, |at| self.places[at].1)
    }

    fn at(&self, place: f64) -> f64 {
        place + self.room(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_that_overlap_share_the_room() {
        let map = Map::new(vec![(0.0, 10.0, 30.0), (5.0, 15.0, 30.0)]);
        assert!((map.at(10.0) - map.at(0.0) - 30.0).abs() < 1e-9);
        assert!((map.at(15.0) - map.at(5.0) - 30.0).abs() < 1e-9);
        assert!((map.at(15.0) - 35.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_wide_enough_stays() {
        assert!((Map::new(vec![(0.0, 10.0, 10.0)]).at(20.0) - 20.0).abs() < 1e-9);
    }
}
