//! Channels: the strips between rows, and between the neighbours of a row, with the legs that run in them.

use super::floor::Floors;
use super::tracks::{self, Net};
use super::trunks::ALONE;
use super::ways::{Home, Leg, Way, Ways};
use super::{CLEAR, TRACK, Y};
use std::collections::BTreeMap;

/// Air between a box and the labels beside it: an arrowhead must show.
pub(super) const HEADROOM: f64 = 11.0;
/// Between the labels and the tracks, where the corners of lines must show; and where there are no tracks.
const BELOW_LABELS: (f64, f64) = (9.0, 5.0);

/// Between a box and the track of its trunk.
const STEM: f64 = 18.0;

/// A channel that is used.
#[derive(Debug, Clone)]
pub(super) struct Channel {
    pub home: Home,
    /// The axis of its legs' coordinates: it runs along the other.
    pub axis: usize,
    /// Its legs.
    pub legs: Vec<usize>,
    /// What the tracks need to know of each leg.
    pub nets: Vec<Net>,
    /// For each leg the first that is one line with it, by its position here.
    pub leads: Vec<usize>,
    /// Between the tracks and the sides where there are no labels: the stem of a trunk is seen, with its arrowhead.
    pub clear: f64,
    /// The track of each leg; `None` for one that has no length.
    pub slots: Vec<Option<u32>>,
    /// How wide each track is.
    pub pitch: Vec<f64>,
    /// Thickness of the label rows before the tracks and after them.
    pub rooms: [Vec<f64>; 2],
}

/// All channels that are used, and the place of each label in one of them.
#[derive(Debug, Clone)]
pub(super) struct Channels {
    pub list: Vec<Channel>,
    /// One a way: where its label stands.
    pub labels: Vec<Option<Spot>>,
}

/// Where a label stands: in a channel, relative to a leg.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    pub channel: usize,
    /// Which of the label rows before (0) or after (1) the tracks; `None`: on the leg's own track.
    pub row: Option<(usize, usize)>,
    /// The leg whose coordinate says where along the channel; a label on a track has a fixed place.
    pub leg: Option<usize>,
    /// Middle of the label along the channel, relative to the leg; absolute without one.
    pub offset: f64,
}

impl Channels {
    pub(super) fn new(ways: &Ways) -> Self {
        let mut homes: Vec<(Home, usize)> = ways
            .legs
            .iter()
            .enumerate()
            .filter(|(_, leg)| !matches!(leg.home, Home::Stub(..)))
            .map(|(at, leg)| (leg.home, at))
            .collect();
        homes.sort_unstable();
        let mut list: Vec<Channel> = Vec::new();
        let mut leads: BTreeMap<u32, usize> = BTreeMap::new();
        for (home, leg) in homes {
            if list.last().is_none_or(|last| last.home != home) {
                list.push(Channel {
                    home,
                    axis: 1 - ways.legs[leg].run,
                    legs: Vec::new(),
                    nets: Vec::new(),
                    leads: Vec::new(),
                    clear: CLEAR,
                    slots: Vec::new(),
                    pitch: Vec::new(),
                    rooms: [Vec::new(), Vec::new()],
                });
            }
            if let Some(last) = list.last_mut() {
                let own = last.legs.len();
                let lead = match ways.trunk[leg] {
                    ALONE => own,
                    trunk => *leads.entry(trunk).or_insert(own),
                };
                last.legs.push(leg);
                last.leads.push(lead);
                if lead != own {
                    last.clear = STEM;
                }
            }
        }
        Self {
            list,
            labels: vec![None; ways.list.len()],
        }
    }

    /// Forgets tracks and labels.
    pub(super) fn clear(&mut self) {
        for room in self.list.iter_mut().flat_map(|channel| &mut channel.rooms) {
            room.clear();
        }
        self.labels.fill(None);
    }

    /// Orders the legs of every channel with coordinates on `axis`, and gives them tracks.
    pub(super) fn assign(&mut self, floors: &Floors, ways: &Ways, axis: usize) {
        for channel in self.list.iter_mut().filter(|channel| channel.axis == axis) {
            let middle = zone(floors, channel.home).map_or(0.0, |(lo, hi)| f64::midpoint(lo, hi));
            channel.nets.clear();
            let legs = channel.legs.iter();
            channel
                .nets
                .extend(legs.map(|leg| net(floors, ways, *leg, middle)));
            channel.slots = tracks::assign(&channel.nets, &channel.leads);
            let count = channel
                .slots
                .iter()
                .flatten()
                .max()
                .map_or(0, |last| *last as usize + 1);
            channel.pitch.clear();
            channel.pitch.resize(count, TRACK);
        }
    }

    /// Gives every leg with a coordinate on `axis` its place.
    pub(super) fn settle(&self, floors: &Floors, ways: &mut Ways, axis: usize) {
        for channel in self.list.iter().filter(|channel| channel.axis == axis) {
            let Some((lo, hi)) = zone(floors, channel.home) else {
                continue;
            };
            let places = channel.places(lo, hi);
            for (leg, slot) in channel.legs.iter().zip(&channel.slots) {
                ways.legs[*leg].at = slot
                    .and_then(|slot| places.get(slot as usize).copied())
                    .unwrap_or(f64::midpoint(lo, hi));
            }
        }
    }
}

impl Channel {
    /// How wide it must be.
    pub(super) fn need(&self) -> f64 {
        let labels: f64 = [0, 1].into_iter().map(|side| self.room(side)).sum();
        if labels == 0.0 && self.pitch.is_empty() {
            return 0.0;
        }
        let clear: f64 = [0, 1]
            .into_iter()
            .map(|side| {
                if self.rooms[side].is_empty() {
                    self.clear
                } else {
                    0.0
                }
            })
            .sum();
        let tracks: f64 = if self.pitch.is_empty() {
            0.0
        } else {
            self.pitch.iter().sum::<f64>() - TRACK
        };
        tracks.max(0.0) + labels + clear
    }

    /// Room of the label rows on one side, with the air around them.
    fn room(&self, side: usize) -> f64 {
        if self.rooms[side].is_empty() {
            0.0
        } else {
            let below = if self.pitch.is_empty() {
                BELOW_LABELS.1
            } else {
                BELOW_LABELS.0
            };
            HEADROOM + self.rooms[side].iter().sum::<f64>() + below
        }
    }

    /// The coordinate of each track between `lo` and `hi`, in the middle of what the labels leave; nearer together than wished where it is too narrow.
    fn places(&self, lo: f64, hi: f64) -> Vec<f64> {
        let edge = |side: usize| {
            if self.rooms[side].is_empty() {
                self.clear
            } else {
                self.room(side)
            }
        };
        let (from, to) = (lo + edge(0), hi - edge(1));
        let total: f64 = self.pitch.iter().sum();
        let span = total
            - self.pitch.first().copied().unwrap_or(0.0) / 2.0
            - self.pitch.last().copied().unwrap_or(0.0) / 2.0;
        let scale = if span > 0.0 {
            ((to - from) / span).clamp(0.0, 1.0)
        } else {
            1.0
        };
        let mut at = f64::midpoint(from, to) - span * scale / 2.0;
        let mut places = Vec::with_capacity(self.pitch.len());
        let mut last: Option<f64> = None;
        for pitch in &self.pitch {
            if let Some(last) = last {
                at += f64::midpoint(last, *pitch) * scale;
            }
            places.push(at);
            last = Some(*pitch);
        }
        places
    }

    /// The strip of one of its label rows, across the channel.
    pub(super) fn strip(&self, (lo, hi): (f64, f64), (side, row): (usize, usize)) -> (f64, f64) {
        let before: f64 = self.rooms[side].iter().take(row).sum();
        let thick = self.rooms[side].get(row).copied().unwrap_or(0.0);
        if side == 0 {
            let start = lo + HEADROOM + before;
            (start, start + thick)
        } else {
            let end = hi - HEADROOM - before;
            (end - thick, end)
        }
    }
}

/// Where a channel begins and ends, on the axis of its legs' coordinates.
pub(super) fn zone(floors: &Floors, home: Home) -> Option<(f64, f64)> {
    match home {
        Home::Stub(..) => None,
        Home::Main(group, row) => {
            let plan = &floors.plans[group as usize];
            let (axis, row) = (plan.across(), row as usize);
            let top = if axis == Y {
                floors.title[group as usize].map_or(0.0, |title| title[1])
            } else {
                0.0
            };
            let before = match row.checked_sub(1).and_then(|row| plan.rows.get(row)) {
                Some(row) => row
                    .iter()
                    .map(|child| floors.hi[axis][*child as usize])
                    .fold(f64::NEG_INFINITY, f64::max),
                None => floors.lo[axis][group as usize] + top,
            };
            let after = match plan.rows.get(row) {
                Some(row) => row
                    .iter()
                    .map(|child| floors.lo[axis][*child as usize])
                    .fold(f64::INFINITY, f64::min),
                None => floors.hi[axis][group as usize],
            };
            Some((before, after))
        }
        Home::Cross(group, row, position) => {
            let plan = &floors.plans[group as usize];
            let (axis, position) = (plan.along, position as usize);
            let members = plan.rows.get(row as usize)?;
            let top = if axis == Y {
                floors.title[group as usize].map_or(0.0, |title| title[1])
            } else {
                0.0
            };
            let before = match position.checked_sub(1).and_then(|at| members.get(at)) {
                Some(child) => floors.hi[axis][*child as usize],
                None => floors.lo[axis][group as usize] + top,
            };
            let after = members
                .get(position)
                .map_or(floors.hi[axis][group as usize], |child| {
                    floors.lo[axis][*child as usize]
                });
            Some((before, after))
        }
    }
}

/// What the tracks need to know of a leg: how far it runs, and to which side it goes on at its ends.
fn net(floors: &Floors, ways: &Ways, leg: usize, middle: f64) -> Net {
    let way = &ways.list[ways.owner[leg] as usize];
    let axis = 1 - ways.legs[leg].run;
    let end = |next: Option<usize>, beyond: Option<usize>, node: u32| match next {
        Some(next) => {
            let there = match (
                beyond.map(|beyond| &ways.legs[beyond]),
                &ways.legs[next].home,
            ) {
                (_, Home::Stub(node, side)) if beyond.is_none() => {
                    // A stub's box lies on the other side than it points to.
                    if side.far {
                        floors.lo[axis][*node as usize].min(middle - 1.0)
                    } else {
                        floors.hi[axis][*node as usize].max(middle + 1.0)
                    }
                }
                (Some(leg), _) => leg.at,
                (None, _) => floors.middle(node, axis),
            };
            (ways.legs[next].at, Some(there >= middle))
        }
        // The way ends here, at the frame of a group around it.
        None if way.near => (floors.lo[1 - axis][node as usize], None),
        None => (floors.hi[1 - axis][node as usize], None),
    };
    let inside = |at: usize| (way.first..way.last).contains(&at).then_some(at);
    let back = |by: usize| leg.checked_sub(by).and_then(inside);
    let start = end(back(1), back(2), way.ends.0);
    let stop = end(inside(leg + 1), inside(leg + 2), way.ends.1);
    Net {
        ends: [start, stop],
    }
}

/// The leg before and the leg after a leg of a way.
pub(super) fn neighbours(way: &Way, leg: usize) -> [Option<usize>; 2] {
    let inside = |at: usize| (way.first..way.last).contains(&at).then_some(at);
    [leg.checked_sub(1).and_then(inside), inside(leg + 1)]
}

/// Whether the coordinate of a leg is on `axis`.
pub(super) fn is_on(leg: &Leg, axis: usize) -> bool {
    leg.run != axis
}
