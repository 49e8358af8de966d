//! Lines that came to lie upon each other are moved apart, and lines that could be straight are made so.
//!
//! Tracks and ports are chosen one axis after the other, so two lines that end at facing boxes can meet at the same place from
//! both sides, and no order of tracks keeps them apart. Here all is known exactly: one of the two moves aside, with all legs
//! that go straight on from it, as far as its port or its channel lets it (nudging: Wybrow, Marriott, Stuckey 2009, "Orthogonal
//! connector routing").

use super::channel::Channels;
use super::floor::Floors;
use super::lines::{Chain, Lines, line, span, upon};
use super::ways::Ways;
use super::{TRACK, ports};

/// Legs nearer than this are one line, px.
const LEVEL: f64 = 0.05;
/// Lines nearer than this lie upon each other, px.
const UPON: f64 = 2.5;
/// So far a line that is moved stays from all others.
const APART: f64 = 3.5;
/// So far a line that could be anywhere stays from all others.
const AMPLE: f64 = 16.0;
/// So much more than it must a line stays from a box that it passes, where it can.
const AIR: f64 = 11.0;
/// So long is the last stretch of a line that turns, where there is room: a round corner and an arrowhead.
const HEAD: f64 = 16.0;
/// How far a line may move aside, the best first.
const STEPS: [f64; 6] = [9.0, 7.0, 12.0, 5.0, 4.0, 15.0];
/// Pairs that are moved apart at most.
const TRIALS: usize = 5000;
/// Rounds of moving.
const ROUNDS: usize = 3;

/// All nudging of a round.
pub(super) fn run(floors: &Floors, ways: &mut Ways, channels: &Channels) {
    let mut lines = Lines::new(floors, ways, channels);
    straighten(floors, ways, &mut lines);
    centre(floors, ways, &mut lines);
    apart(floors, ways, &mut lines);
    heads(floors, ways, &mut lines);
}

/// Makes two legs with a short piece between them one straight line, where both have the freedom.
pub(super) fn straighten(floors: &Floors, ways: &mut Ways, lines: &mut Lines) {
    let mut jogs: Vec<(f64, usize)> = Vec::new();
    for way in ways.list.iter().filter(|way| !way.bent) {
        for leg in way.first + 1..way.last.saturating_sub(1) {
            let jog = (ways.legs[leg - 1].at - ways.legs[leg + 1].at).abs();
            if jog > LEVEL {
                jogs.push((jog, leg));
            }
        }
    }
    jogs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    // What is in the way the first time may have moved away after it.
    jogs.retain(|&(_, leg)| join(floors, ways, leg, lines) == Join::Blocked);
    for (_, leg) in jogs {
        join(floors, ways, leg, lines);
    }
}

/// Moves lines apart that lie upon each other.
fn apart(floors: &Floors, ways: &mut Ways, lines: &mut Lines) {
    // Where very much lies upon each other, trying on would take for ever.
    let mut trials = TRIALS;
    let mut found = Vec::new();
    for _ in 0..ROUNDS {
        let mut moved = false;
        for leg in 0..ways.legs.len() {
            let place = line(floors, ways, leg).inflate(UPON, UPON);
            let later = lines.near(place, ways.legs[leg].run);
            let later = later.iter().map(|&other| other as usize);
            found.clear();
            found.extend(later.filter(|&other| other > leg));
            for &other in &found {
                if trials == 0 || !upon(floors, ways, (leg, other), UPON) {
                    continue;
                }
                trials -= 1;
                moved |= [(leg, other), (other, leg)]
                    .into_iter()
                    .any(|pair| aside(floors, ways, pair, lines));
            }
        }
        if !moved {
            break;
        }
    }
}

/// Moves a leg, and those that go straight on from it, to the nearest place where it is alone: to the side of the other leg that it
/// comes from, if it can, for then the two need not cross.
fn aside(
    floors: &Floors,
    ways: &mut Ways,
    (leg, other): (usize, usize),
    lines: &mut Lines,
) -> bool {
    let at = ways.legs[leg].at;
    let chain = Chain::of(ways, leg);
    let (lo, hi) = lines.room(chain);
    let side = if origin(ways, chain) < origin(ways, Chain::of(ways, other)) {
        -1.0
    } else {
        1.0
    };
    STEPS.iter().any(|step| {
        [side * step, -side * step].iter().any(|step| {
            (lo..=hi).contains(&(at + step)) && shift(floors, ways, (chain, at + step), lines)
        })
    })
}

/// Where a way runs before and after a chain of its legs, on the axis of their coordinate: the middle.
fn origin(ways: &Ways, chain: Chain) -> f64 {
    let way = &ways.list[ways.owner[chain.first] as usize];
    let before = chain.first.checked_sub(2).filter(|at| *at >= way.first);
    let after = Some(chain.last + 2).filter(|at| *at < way.last);
    let own = ways.legs[chain.first].at;
    let place = |leg: Option<usize>| leg.map_or(own, |leg| ways.legs[leg].at);
    f64::midpoint(place(before), place(after))
}

/// Moves lines that go straight from box to box to the middle of what these have in common, where nothing is in the way.
fn centre(floors: &Floors, ways: &mut Ways, lines: &mut Lines) {
    for at in 0..ways.list.len() {
        let way = &ways.list[at];
        if way.first == way.last {
            continue;
        }
        let chain = Chain::of(ways, way.first);
        let axis = 1 - ways.legs[way.first].run;
        if chain.last + 1 != way.last {
            continue;
        }
        let (a, b) = (
            ports::range(floors, way.ends.0, axis),
            ports::range(floors, way.ends.1, axis),
        );
        let (lo, hi) = (a.0.max(b.0), a.1.min(b.1));
        if lo > hi {
            continue;
        }
        // In the middle of the smaller box, else in the middle of what they share.
        let smaller = if a.1 - a.0 < b.1 - b.0 { a } else { b };
        let middle = f64::midpoint(smaller.0, smaller.1);
        let wish = if (lo..=hi).contains(&middle) {
            middle
        } else {
            f64::midpoint(lo, hi)
        };
        let room = lines.room(chain);
        let wanted = (lo.max(room.0), hi.min(room.1));
        let Some((from, to)) = lines.freedom((floors, ways), chain, wanted, AMPLE) else {
            continue;
        };
        // A line that passes beside a box, because it cannot be in the middle, leaves it air.
        let between = f64::midpoint(from, to);
        let place = if wish > room.1 {
            to.min((room.1 - AIR).max(between))
        } else if wish < room.0 {
            from.max((room.0 + AIR).min(between))
        } else {
            wish.clamp(from, to)
        };
        if (place - ways.legs[chain.first].at).abs() > LEVEL {
            shift(floors, ways, (chain, place), lines);
        }
    }
}

/// Moves lines away that turn so near to the box where they end that an arrowhead has no room.
fn heads(floors: &Floors, ways: &mut Ways, lines: &mut Lines) {
    for at in 0..ways.list.len() {
        let (first, last) = (ways.list[at].first, ways.list[at].last);
        if last < first + 3 {
            continue;
        }
        let chain = Chain::of(ways, last - 2);
        let place = ways.legs[last - 2].at;
        let Some(wish) = away(floors, ways, chain) else {
            continue;
        };
        let room = lines.room(chain);
        let wanted = (place.min(wish).max(room.0), place.max(wish).min(room.1));
        let Some((lo, hi)) = lines.freedom((floors, ways), chain, wanted, TRACK) else {
            continue;
        };
        let goal = wish.clamp(lo, hi);
        if (goal - place).abs() > LEVEL {
            shift(floors, ways, (chain, goal), lines);
        }
    }
}

/// Where the legs before the last one of a way should be for its head; nothing where they are there. A line that does not turn back at
/// them keeps as much of the stretch before.
fn away(floors: &Floors, ways: &Ways, chain: Chain) -> Option<f64> {
    let place = ways.legs[chain.first].at;
    let far = |leg: usize| {
        let (lo, hi) = span(floors, ways, leg);
        if place - lo < hi - place { hi } else { lo }
    };
    let border = far(chain.last + 1);
    if (place - border).abs() >= HEAD - LEVEL {
        return None;
    }
    let side = (place - border).signum();
    let way = &ways.list[ways.owner[chain.first] as usize];
    let before = chain.first.checked_sub(1).filter(|&leg| leg >= way.first);
    let left = before.map_or(f64::INFINITY, |leg| (far(leg) - border) * side);
    let ahead = if left > 0.0 {
        (left - HEAD).max(left / 2.0)
    } else {
        HEAD
    };
    let wish = border + side * HEAD.min(ahead);
    ((wish - place) * side > LEVEL).then_some(wish)
}

/// What came of joining two legs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    /// They are one line, or can never be.
    Done,
    /// Something is in the way.
    Blocked,
}

/// Joins the legs before and after a leg, if they can be at one place.
fn join(floors: &Floors, ways: &mut Ways, leg: usize, lines: &mut Lines) -> Join {
    let (before, after) = (ways.legs[leg - 1].at, ways.legs[leg + 1].at);
    if (before - after).abs() < LEVEL {
        return Join::Done;
    }
    // What turns back cannot go straight on.
    let (from, to) = (span(floors, ways, leg - 1), span(floors, ways, leg + 1));
    if from.0.max(to.0) + LEVEL < from.1.min(to.1) {
        return Join::Done;
    }
    let (one, two) = (Chain::of(ways, leg - 1), Chain::of(ways, leg + 1));
    let both = Chain {
        first: one.first,
        last: two.last,
    };
    let (lo, hi) = lines.room(both);
    let wanted = (before.min(after).max(lo), before.max(after).min(hi));
    if wanted.0 > wanted.1 {
        return Join::Done;
    }
    let Some((lo, hi)) = lines.freedom((floors, ways), both, wanted, TRACK) else {
        return Join::Blocked;
    };
    // The longer one stays where it is, if it can.
    let wish = match one.count().cmp(&two.count()) {
        std::cmp::Ordering::Less => after,
        std::cmp::Ordering::Greater => before,
        std::cmp::Ordering::Equal => f64::midpoint(before, after),
    };
    if shift(floors, ways, (both, wish.clamp(lo, hi)), lines) {
        Join::Done
    } else {
        Join::Blocked
    }
}

/// Moves a chain of legs, unless it or its neighbours then meet something.
fn shift(
    floors: &Floors,
    ways: &mut Ways,
    (chain, place): (Chain, f64),
    lines: &mut Lines,
) -> bool {
    let old: Vec<f64> = chain.legs().map(|leg| ways.legs[leg].at).collect();
    for leg in chain.legs() {
        ways.legs[leg].at = place;
    }
    let way = &ways.list[ways.owner[chain.first] as usize];
    let touched = chain.first.saturating_sub(1).max(way.first)..(chain.last + 2).min(way.last);
    let free = touched
        .clone()
        .all(|leg| lines.alone(floors, ways, leg, APART));
    if free {
        for leg in touched {
            lines.insert(floors, ways, leg);
        }
    } else {
        for (leg, at) in chain.legs().zip(old) {
            ways.legs[leg].at = at;
        }
    }
    free
}
