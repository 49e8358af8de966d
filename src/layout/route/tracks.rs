//! The tracks of one channel: legs that overlap along it lie side by side, in an order with few crossings.
//!
//! Of two legs, each order costs the ends that must cross the other leg (Sander 2004). Legs that do not overlap share a track.

/// A leg, as its channel sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Net {
    /// Where along the channel it begins and ends, and whether it goes on to the side after the tracks there; `None`: it goes nowhere.
    pub ends: [(f64, Option<bool>); 2],
}

impl Net {
    pub(super) fn lo(&self) -> f64 {
        self.ends[0].0.min(self.ends[1].0)
    }

    pub(super) fn hi(&self) -> f64 {
        self.ends[0].0.max(self.ends[1].0)
    }

    /// Whether it needs no track: it goes straight on.
    pub(super) fn straight(&self) -> bool {
        (self.ends[0].0 - self.ends[1].0).abs() < 0.5 && self.ends[0].1 != self.ends[1].1
    }
}

/// Two ends nearer than this to each other would lie upon each other if their legs were in the wrong order.
const NEAR: f64 = 6.0;
/// What such an order costs, in crossings.
const UPON: i64 = 1000;
/// Rounds of improvement.
const ROUNDS: usize = 24;
/// Beyond so many legs only those that lie near are compared.
const MANY: usize = 400;
/// How near.
const FEW: usize = 12;

/// The track of each leg, counted from the side before; `None` for a leg that needs none. `leads` names for each leg the first that is
/// one line with it: such legs have one track.
pub(super) fn assign(nets: &[Net], leads: &[usize]) -> Vec<Option<u32>> {
    let mut lines: Vec<Line> = (0..nets.len()).map(|net| Line::new(nets, net)).collect();
    for (net, &lead) in leads.iter().enumerate() {
        if lead != net {
            let own = lines[net];
            lines[lead].add(&own);
            // One after the other, from the first on.
            lines[net].next = lines[lead].next.replace(net);
        }
    }
    let mut order: Vec<usize> = (0..nets.len())
        .filter(|&net| leads[net] == net && lines[net].turns)
        .collect();
    // Legs that come from before and go on before first, those that only pass in the middle.
    order.sort_by(|&a, &b| {
        let key = |net: usize| (lines[net].lean, lines[net].lo, lines[net].hi);
        key(a)
            .partial_cmp(&key(b))
            .unwrap_or(std::cmp::Ordering::Equal)
            .then(a.cmp(&b))
    });
    if order.len() > 1 {
        improve(nets, (leads, &lines), &mut order);
    }
    let mut slots = pack(&lines, &order);
    for (net, &lead) in leads.iter().enumerate() {
        slots[net] = slots[lead];
    }
    slots
}

/// What is drawn as one line: a leg, or several.
#[derive(Debug, Clone, Copy)]
struct Line {
    lo: f64,
    hi: f64,
    /// How many of its ends go on after the tracks, less those before.
    lean: i32,
    /// Whether it needs a track.
    turns: bool,
    next: Option<usize>,
}

impl Line {
    fn new(nets: &[Net], net: usize) -> Self {
        let net = &nets[net];
        let lean = |end: &(f64, Option<bool>)| match end.1 {
            Some(true) => 1,
            Some(false) => -1,
            None => 0,
        };
        Self {
            lo: net.lo(),
            hi: net.hi(),
            lean: net.ends.iter().map(lean).sum(),
            turns: !net.straight(),
            next: None,
        }
    }

    fn add(&mut self, other: &Self) {
        self.lo = self.lo.min(other.lo);
        self.hi = self.hi.max(other.hi);
        self.lean += other.lean;
        self.turns |= other.turns;
    }
}

/// Moves each line to where it costs least among those that are ordered, until nothing gains.
fn improve(nets: &[Net], (leads, lines): (&[usize], &[Line]), order: &mut Vec<usize>) {
    if order.len() > MANY {
        let of = |lead: usize| std::iter::successors(Some(lead), |&net| lines[net].next);
        let gain = |one: usize, two: usize| {
            of(one)
                .flat_map(|one| of(two).map(move |two| gain(nets, one, two)))
                .sum()
        };
        return sift(order, FEW, gain);
    }
    // What each line gains by letting another go before it is asked for over and over. Only legs that overlap gain anything: they are
    // looked for from left to right.
    let count = nets.len();
    let mut gains = vec![0_i64; count * count];
    let mut legs: Vec<(f64, f64, usize)> = (0..count)
        .filter(|&net| lines[leads[net]].turns)
        .map(|net| (nets[net].lo(), nets[net].hi() + NEAR, net))
        .collect();
    legs.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (at, &(_, reach, one)) in legs.iter().enumerate() {
        for &(_, _, two) in legs[at + 1..].iter().take_while(|leg| leg.0 <= reach) {
            let gain = gain(nets, one, two);
            let (one, two) = (leads[one], leads[two]);
            gains[one * count + two] += gain;
            gains[two * count + one] -= gain;
        }
    }
    sift(order, count, |one, two| gains[one * count + two]);
}

/// What it saves that leg `two` lies before leg `one`, and not after it.
fn gain(nets: &[Net], one: usize, two: usize) -> i64 {
    cost(nets, two, one) - cost(nets, one, two)
}

/// Sifting: `gain` is what it saves that its second leg lies before its first; legs further apart than `reach` are not compared.
fn sift(order: &mut Vec<usize>, reach: usize, gain: impl Fn(usize, usize) -> i64) {
    for _ in 0..ROUNDS {
        let mut gained = false;
        for at in 0..order.len() {
            let net = order[at];
            let (mut best, mut least, mut sum) = (at, 0_i64, 0_i64);
            for (to, &other) in order.iter().enumerate().skip(at + 1).take(reach) {
                sum += gain(net, other);
                if sum < least {
                    (best, least) = (to, sum);
                }
            }
            sum = 0;
            for to in (at.saturating_sub(reach)..at).rev() {
                sum -= gain(net, order[to]);
                if sum < least {
                    (best, least) = (to, sum);
                }
            }
            if best != at {
                let net = order.remove(at);
                order.insert(best, net);
                gained = true;
            }
        }
        if !gained {
            break;
        }
    }
}

/// What it costs that leg `a` lies before leg `b`.
fn cost(nets: &[Net], a: usize, b: usize) -> i64 {
    let (a, b) = (&nets[a], &nets[b]);
    if a.hi() + NEAR < b.lo() || b.hi() + NEAR < a.lo() {
        return 0;
    }
    let mut sum = 0;
    for (at, after) in a.ends {
        if after == Some(true) && at > b.lo() && at < b.hi() {
            sum += 1;
        }
        for (other, other_after) in b.ends {
            if after == Some(true) && other_after == Some(false) && (at - other).abs() < NEAR {
                sum += UPON;
            }
        }
    }
    for (at, after) in b.ends {
        if after == Some(false) && at > a.lo() && at < a.hi() {
            sum += 1;
        }
    }
    sum
}

/// The lowest track for each that keeps the order among those that overlap.
fn pack(lines: &[Line], order: &[usize]) -> Vec<Option<u32>> {
    let mut slots = vec![None; lines.len()];
    let mut tracks: Vec<Vec<(f64, f64)>> = Vec::new();
    for net in order {
        let (lo, hi) = (lines[*net].lo - NEAR, lines[*net].hi + NEAR);
        let blocked =
            |track: &Vec<(f64, f64)>| track.iter().any(|(from, to)| lo < *to && *from < hi);
        let slot = tracks.iter().rposition(blocked).map_or(0, |last| last + 1);
        if slot == tracks.len() {
            tracks.push(Vec::new());
        }
        tracks[slot].push((lo + NEAR, hi - NEAR));
        slots[*net] = u32::try_from(slot).ok();
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::*;

    fn net(from: (f64, bool), to: (f64, bool)) -> Net {
        Net {
            ends: [(from.0, Some(from.1)), (to.0, Some(to.1))],
        }
    }

    fn alone(count: usize) -> Vec<usize> {
        (0..count).collect()
    }

    #[test]
    fn legs_of_a_trunk_have_one_track_and_others_keep_clear_of_all_of_them() {
        let nets = [
            net((50.0, false), (100.0, true)),
            net((50.0, false), (200.0, true)),
            net((50.0, false), (0.0, true)),
            net((20.0, false), (180.0, false)),
        ];
        let slots = assign(&nets, &[0, 0, 0, 3]);
        assert_eq!((slots[0], slots[1]), (slots[2], slots[2]));
        assert_ne!(slots[0], slots[3]);
    }

    #[test]
    fn legs_that_do_not_overlap_share_a_track() {
        let nets = [
            net((0.0, false), (50.0, true)),
            net((100.0, false), (150.0, true)),
            net((20.0, false), (70.0, true)),
        ];
        let slots = assign(&nets, &alone(nets.len()));
        assert_ne!(slots[0], slots[2]);
        assert_eq!(slots.iter().flatten().max(), Some(&1));
    }

    #[test]
    fn nested_turns_do_not_cross() {
        // Both come from before and go back there: the inner one must lie nearer to it.
        let nets = [
            net((0.0, false), (100.0, false)),
            net((30.0, false), (60.0, false)),
        ];
        let slots = assign(&nets, &alone(nets.len()));
        assert!(slots[1] < slots[0]);
    }

    #[test]
    fn two_ends_at_one_place_do_not_lie_upon_each_other() {
        // One goes on after the tracks at 50, the other comes from before at 50: the first must lie after.
        let nets = [
            net((0.0, false), (50.0, true)),
            net((50.0, false), (100.0, true)),
        ];
        let slots = assign(&nets, &alone(nets.len()));
        assert!(slots[0] > slots[1], "{slots:?}");
    }

    #[test]
    fn a_straight_leg_needs_no_track() {
        assert_eq!(assign(&[net((10.0, false), (10.2, true))], &[0]), [None]);
    }
}
