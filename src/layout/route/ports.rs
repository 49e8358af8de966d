//! Ports: where on the side of a box a way begins or ends. Each as near as can be to where the way goes, and all apart.

use super::X;
use super::channel::{is_on, neighbours};
use super::floor::Floors;
use super::ways::{Home, Side, Ways};

/// Between two ports of one side, px, where there is room.
const APART: f64 = 14.0;
/// Between the label of a way and the ports beside the way's own, where it found no seat elsewhere.
const AIR: f64 = 6.0;
/// From a port to the corner of its box.
const CORNER: f64 = 7.0;

/// A leg that begins or ends at a side of a node: these, its trunk, and itself.
type Stub = (u32, Side, u32, usize);

/// A port on its side: where it would like to be, and where the way goes (to order those that would like the same).
struct Port<'a> {
    /// The legs that begin or end there: more than one for a trunk.
    stubs: &'a [Stub],
    wish: f64,
    goal: f64,
    /// Whether the way turns back beside its own box, before it (-1) or after it (1).
    turn: i8,
    /// From it to the ports beside it.
    air: f64,
}

impl Port<'_> {
    /// Ways that turn back lie within each other: of these, the outer one begins nearer to the middle.
    fn order(&self) -> f64 {
        if self.turn == 0 {
            self.goal
        } else {
            -self.goal
        }
    }

    fn legs(&self) -> impl Iterator<Item = usize> {
        self.stubs.iter().map(|stub| stub.3)
    }
}

/// Places every port with a coordinate on `axis`.
pub(super) fn settle(floors: &Floors, ways: &mut Ways, axis: usize) {
    let mut stubs: Vec<Stub> = Vec::new();
    for (at, leg) in ways.legs.iter().enumerate() {
        if let (true, Home::Stub(node, side)) = (is_on(leg, axis), leg.home) {
            stubs.push((node, side, ways.trunk[at], at));
        }
    }
    stubs.sort_unstable();
    let mut alone = vec![false; ways.legs.len()];
    let mut ports: Vec<Port> = Vec::new();
    for side in stubs.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let range = range(floors, side[0].0, axis);
        let together = side.chunk_by(|a, b| ways.together(a.3, b.3));
        ports.clear();
        ports.extend(together.map(|stubs| shared(floors, ways, stubs, (axis, range))));
        if let [port] = ports.as_slice() {
            for leg in port.legs() {
                ways.legs[leg].at = port.wish.clamp(range.0, range.1.max(range.0));
                alone[leg] = port.stubs.len() == 1;
            }
            continue;
        }
        ports.sort_by(|a, b| {
            a.turn
                .cmp(&b.turn)
                .then(a.order().total_cmp(&b.order()))
                .then_with(|| a.legs().cmp(b.legs()))
        });
        let wishes: Vec<(f64, f64)> = ports.iter().map(|port| (port.wish, port.air)).collect();
        for (port, place) in ports.iter().zip(spread(&wishes, range)) {
            for leg in port.legs() {
                ways.legs[leg].at = place;
            }
        }
    }
    straighten(floors, ways, axis, &alone);
}

/// Where ports may be on a side.
pub(super) fn range(floors: &Floors, node: u32, axis: usize) -> (f64, f64) {
    let (lo, hi) = (
        floors.lo[axis][node as usize],
        floors.hi[axis][node as usize],
    );
    let corner = CORNER.min((hi - lo) / 4.0);
    let (lo, hi) = (lo + corner, hi - corner);
    (lo, hi)
}

/// The port of one leg, or of all legs of a trunk: where one of its ways can go straight on, else in the middle; among its neighbours
/// where most of its ways go.
fn shared<'a>(
    floors: &Floors,
    ways: &Ways,
    stubs: &'a [Stub],
    (axis, range): (usize, (f64, f64)),
) -> Port<'a> {
    if let [stub] = stubs {
        return wish(floors, ways, std::array::from_ref(stub), (axis, range));
    }
    let mut ports: Vec<Port> = stubs
        .iter()
        .map(|stub| wish(floors, ways, std::array::from_ref(stub), (axis, range)))
        .collect();
    ports.sort_by(|a, b| a.goal.total_cmp(&b.goal));
    let middle = ports.len() / 2;
    let mut port = ports.swap_remove(middle);
    port.air = ports.iter().map(|port| port.air).fold(port.air, f64::max);
    let straight = |port: &&Port| (port.wish - port.goal).abs() < 0.5;
    let all = || std::iter::once(&port).chain(&ports);
    port.wish = all()
        .find(straight)
        .map_or(f64::midpoint(range.0, range.1), |port| port.wish);
    if ports.iter().any(|other| other.turn != port.turn) {
        port.turn = 0;
    }
    port.stubs = stubs;
    port
}

/// The port of one leg: where its way can go straight on, or turn least.
fn wish<'a>(
    floors: &Floors,
    ways: &Ways,
    stub: &'a [Stub; 1],
    (axis, range): (usize, (f64, f64)),
) -> Port<'a> {
    let leg = stub[0].3;
    let way = &ways.list[ways.owner[leg] as usize];
    let [before, after] = neighbours(way, leg);
    let next = if leg == way.first {
        after.map(|next| (next, neighbours(way, next)[1]))
    } else {
        before.map(|next| (next, neighbours(way, next)[0]))
    };
    let node = match ways.legs[leg].home {
        Home::Stub(node, _) => node,
        Home::Main(..) | Home::Cross(..) => way.ends.0,
    };
    let middle = f64::midpoint(range.0, range.1);
    let (wish, goal) = match next {
        Some((_, Some(beyond))) => match ways.legs[beyond].home {
            Home::Stub(other, _) => {
                let (lo, hi) = self::range(floors, other, axis);
                let (from, to) = (lo.max(range.0), hi.min(range.1));
                let theirs = f64::midpoint(lo, hi);
                if from <= to && !way.bent {
                    // Both could be at one place: in the middle of the smaller.
                    let smaller = if hi - lo < range.1 - range.0 {
                        theirs
                    } else {
                        middle
                    };
                    let place = smaller.clamp(from, to);
                    (place, place)
                } else {
                    (middle, theirs)
                }
            }
            Home::Main(..) | Home::Cross(..) => {
                let track = ways.legs[beyond].at;
                (
                    if (range.0..=range.1).contains(&track) {
                        track
                    } else {
                        middle
                    },
                    track,
                )
            }
        },
        _ => (middle, floors.middle(node, axis)),
    };
    let turn =
        match next {
            Some((next, Some(beyond))) if turns_back(ways, (leg, next, beyond)) => {
                if goal < middle { -1 } else { 1 }
            }
            _ => 0,
        };
    let label = way.label.filter(|_| way.airy);
    let air = label.map_or(APART, |label| {
        let thick = if axis == X { label.width } else { label.height };
        APART.max(thick / 2.0 + AIR)
    });
    Port {
        stubs: stub,
        wish,
        goal,
        turn,
        air,
    }
}

/// Whether a way that leaves its box by a leg comes back, two legs later, to where it came from.
fn turns_back(ways: &Ways, (leg, next, beyond): (usize, usize, usize)) -> bool {
    let Home::Stub(_, side) = ways.legs[leg].home else {
        return false;
    };
    if let Home::Stub(_, other) = ways.legs[beyond].home {
        return other == side;
    }
    let way = &ways.list[ways.owner[leg] as usize];
    let [before, after] = neighbours(way, beyond);
    let far = if beyond > leg { after } else { before };
    far.is_some_and(|far| (ways.legs[far].at > ways.legs[next].at) != side.far)
}

/// Places in the order of the wishes, within the range, and together as near to the wishes as can be (pool adjacent violators). Two
/// neighbours are as far from each other as the one of them wants that wants more, all nearer where the range is too short.
fn spread(wishes: &[(f64, f64)], (lo, hi): (f64, f64)) -> Vec<f64> {
    let mut shift = vec![0.0; wishes.len()];
    for at in 1..wishes.len() {
        shift[at] = shift[at - 1] + wishes[at - 1].1.max(wishes[at].1);
    }
    let total = shift.last().copied().unwrap_or(0.0);
    if total > hi - lo {
        // The range is kept; where some want more air than others, they give way first.
        let least = APART * wishes.len().saturating_sub(1) as f64;
        let part = ((hi - lo - least) / (total - least)).clamp(0.0, 1.0);
        let scale = ((hi - lo) / least).min(1.0);
        for (at, shift) in shift.iter_mut().enumerate() {
            let plain = APART * at as f64;
            *shift = (plain + (*shift - plain) * part) * scale;
        }
    }
    // Without the distances, what remains is to keep a sequence from falling.
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for ((wish, _), shift) in wishes.iter().zip(&shift) {
        pools.push((wish - shift, 1));
        while let [.., (a, m), (b, n)] = pools.as_slice() {
            if a <= b {
                break;
            }
            let joined = ((a * *m as f64 + b * *n as f64) / (m + n) as f64, m + n);
            pools.truncate(pools.len() - 2);
            pools.push(joined);
        }
    }
    let most = (hi - shift.last().copied().unwrap_or(0.0)).max(lo);
    let flat = pools
        .into_iter()
        .flat_map(|(place, count)| std::iter::repeat_n(place, count));
    flat.zip(shift)
        .map(|(place, shift)| place.clamp(lo, most) + shift)
        .collect()
}

/// A port that is alone on its side follows the other end of its way, so that the way goes straight.
fn straighten(floors: &Floors, ways: &mut Ways, axis: usize, alone: &[bool]) {
    for at in 0..ways.list.len() {
        let way = &ways.list[at];
        if way.bent {
            continue;
        }
        for middle in way.first + 1..way.last.saturating_sub(1) {
            let (a, b) = (middle - 1, middle + 1);
            if !is_on(&ways.legs[a], axis) {
                continue;
            }
            for (own, other) in [(a, b), (b, a)] {
                if let (true, Home::Stub(node, _)) = (alone[own], ways.legs[own].home) {
                    let (lo, hi) = range(floors, node, axis);
                    let goal = ways.legs[other].at;
                    if (lo..=hi).contains(&goal) {
                        ways.legs[own].at = goal;
                        break;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_keep_apart_and_near_to_their_wishes() {
        assert_eq!(
            spread(&[(50.0, APART); 3], (0.0, 100.0)),
            [36.0, 50.0, 64.0]
        );
        let apart = [(0.0, APART), (90.0, APART)];
        assert_eq!(spread(&apart, (0.0, 100.0)), [0.0, 90.0]);
    }

    #[test]
    fn the_neighbours_of_a_port_that_wants_air_stand_back() {
        let wishes = [(50.0, APART), (50.0, 30.0), (50.0, APART)];
        assert_eq!(spread(&wishes, (0.0, 100.0)), [20.0, 50.0, 80.0]);
        // In a side too short for it they have what is there, and no less than others.
        assert_eq!(spread(&wishes, (30.0, 70.0)), [30.0, 50.0, 70.0]);
    }

    #[test]
    fn many_ports_share_a_short_side() {
        let places = spread(&[(5.0, APART); 5], (0.0, 20.0));
        assert_eq!(places, [0.0, 5.0, 10.0, 15.0, 20.0]);
    }
}
