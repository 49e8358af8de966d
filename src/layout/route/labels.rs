//! Labels get their room: beside the ends of their ways in the channel where these meet, or on a track of their own.

use super::channel::{Channel, Channels, Spot, neighbours, zone};
use super::floor::Floors;
use super::guest::BESIDE;
use super::trunks::ALONE;
use super::ways::{Home, Way, Ways};
use super::{TRACK, Y};

/// Between a label and what is not its own.
const AIR: f64 = 4.0;

/// Finds a spot for every label whose channel has its coordinates on `axis`, and reserves the room there.
pub(super) fn reserve(channels: &mut Channels, ways: &mut Ways, floors: &Floors, axis: usize) {
    let mut spots = vec![None; ways.list.len()];
    for (index, channel) in channels
        .list
        .iter_mut()
        .enumerate()
        .filter(|(_, channel)| channel.axis == axis)
    {
        let mut room = Room::new(floors, channel);
        for at in 0..channel.legs.len() {
            let leg = channel.legs[at];
            let owner = ways.owner[leg] as usize;
            let way = &ways.list[owner];
            let Some(size) = way.label.filter(|_| way.top == leg) else {
                continue;
            };
            let (long, thick) = if axis == Y {
                (size.width, size.height)
            } else {
                (size.height, size.width)
            };
            let ends = neighbours(way, leg);
            // On a line that several edges share, a label would hide the others: it stands beside the line; of two on a level
            // line, one stands above and one below.
            let shared = way.edges.len() > if axis == Y { 1 } else { 2 };
            let spot = room
                .beside(
                    channel,
                    (at, own_ends(ways, way, leg)),
                    (long, thick),
                    shared,
                )
                .map(|(side, row, end, offset)| Spot {
                    channel: index,
                    row: Some((side, row)),
                    leg: ends[end],
                    offset,
                });
            spots[owner] = spot.or_else(|| {
                if shared || ways.trunk[leg] != ALONE {
                    return None;
                }
                let offset = room.upon(channel, at, (long, thick))?;
                Some(Spot {
                    channel: index,
                    row: None,
                    leg: None,
                    offset,
                })
            });
        }
    }
    for (own, found) in channels.labels.iter_mut().zip(spots) {
        *own = own.or(found);
    }
}

/// Which ends of a leg are the way's own: of a leg that is part of a trunk only the branch.
fn own_ends(ways: &Ways, way: &Way, leg: usize) -> [bool; 2] {
    if ways.trunk[leg] == ALONE {
        return [true; 2];
    }
    let first = ways.trunk[way.first] != ALONE;
    [!first, first]
}

/// What stands in the way of labels in a channel.
struct Room {
    /// Where ways leave the tracks, before them and after them, in order, with the position of the leg in the channel.
    ends: [Vec<(f64, usize)>; 2],
    /// What labels take up in each row before the tracks and after them.
    rows: [Vec<Vec<(f64, f64)>>; 2],
    /// Where the group begins and ends along the channel.
    bounds: (f64, f64),
}

impl Room {
    fn new(floors: &Floors, channel: &Channel) -> Self {
        let mut ends = [Vec::new(), Vec::new()];
        for (at, net) in channel.nets.iter().enumerate() {
            for (place, after) in net.ends {
                if let Some(after) = after {
                    ends[usize::from(after)].push((place, at));
                }
            }
        }
        for side in &mut ends {
            side.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
        let (group, bounds) = match channel.home {
            Home::Main(group, _) => (group, None),
            Home::Cross(group, row, _) => {
                let before = zone(floors, Home::Main(group, row)).map(|(lo, _)| lo);
                let after = zone(floors, Home::Main(group, row + 1)).map(|(_, hi)| hi);
                (group, before.zip(after))
            }
            Home::Stub(node, _) => (node, None),
        };
        let run = 1 - channel.axis;
        let bounds = bounds.unwrap_or((
            floors.lo[run][group as usize],
            floors.hi[run][group as usize],
        ));
        Self {
            ends,
            rows: [Vec::new(), Vec::new()],
            bounds,
        }
    }

    /// A place in the rows beside the tracks, over an end of the leg: side, row, which end, and offset from it.
    fn beside(
        &mut self,
        channel: &mut Channel,
        (at, own): (usize, [bool; 2]),
        (long, thick): (f64, f64),
        shared: bool,
    ) -> Option<(usize, usize, usize, f64)> {
        let mut best: Option<(f64, usize, usize, f64, f64)> = None;
        for (end, (place, after)) in channel.nets[at].ends.iter().enumerate() {
            let Some(side) = after.map(usize::from).filter(|_| own[end]) else {
                continue;
            };
            let others = || {
                self.ends[side]
                    .iter()
                    .filter(|(other, leg)| *leg != at || (*other - place).abs() > 0.5)
            };
            let before = others()
                .map(|(other, _)| *other)
                .filter(|other| other <= place)
                .fold(self.bounds.0, f64::max);
            let behind = others()
                .map(|(other, _)| *other)
                .filter(|other| other > place)
                .fold(self.bounds.1, f64::min);
            // Beside its own line it stands nearer than to others.
            let own_air = AIR - BESIDE[1 - channel.axis];
            let (after_it, before_it) = ((place - own_air, behind), (before, place + own_air));
            let windows = if shared {
                [Some(after_it), Some(before_it)]
            } else {
                [Some((before, behind)), None]
            };
            for (from, to) in windows.into_iter().flatten() {
                let slack = to - from - long - 2.0 * AIR;
                if slack >= 0.0 && best.is_none_or(|best| slack > best.0 + 0.5) {
                    let middle = place.clamp(from + AIR + long / 2.0, to - AIR - long / 2.0);
                    best = Some((slack, side, end, middle, middle - place));
                }
            }
        }
        let (_, side, end, middle, offset) = best?;
        let (lo, hi) = (middle - long / 2.0, middle + long / 2.0);
        let free = |row: &Vec<(f64, f64)>| {
            row.iter()
                .all(|(from, to)| hi + AIR <= *from || *to + AIR <= lo)
        };
        let row = self.rows[side]
            .iter()
            .position(free)
            .unwrap_or(self.rows[side].len());
        if row == self.rows[side].len() {
            self.rows[side].push(Vec::new());
            channel.rooms[side].push(0.0);
        }
        self.rows[side][row].push((lo, hi));
        channel.rooms[side][row] = channel.rooms[side][row].max(thick);
        Some((side, row, end, offset))
    }

    /// A place on the leg itself, where nothing crosses it; its track becomes as wide as the label.
    fn upon(&mut self, channel: &mut Channel, at: usize, (long, thick): (f64, f64)) -> Option<f64> {
        let slot = channel.slots.get(at).copied().flatten()? as usize;
        let (lo, hi) = (channel.nets[at].lo(), channel.nets[at].hi());
        let mut stops: Vec<f64> = self
            .ends
            .iter()
            .flatten()
            .map(|(place, _)| *place)
            .filter(|place| (lo..=hi).contains(place))
            .collect();
        stops.extend([lo, hi]);
        stops.sort_by(f64::total_cmp);
        let widest = stops
            .windows(2)
            .map(|pair| (pair[1] - pair[0], f64::midpoint(pair[0], pair[1])))
            .max_by(|a, b| a.0.total_cmp(&b.0))?;
        if widest.0 < long + 2.0 * AIR {
            return None;
        }
        let pitch = channel.pitch.get_mut(slot)?;
        *pitch = pitch.max(thick + TRACK);
        Some(widest.1)
    }
}
