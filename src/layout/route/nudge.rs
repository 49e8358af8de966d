//! Lines that came to lie upon each other are moved apart, and lines that could be straight are made so.
//!
//! Tracks and ports are chosen one axis after the other, so two lines that end at facing boxes can meet at the same place from
//! both sides, and no order of tracks keeps them apart. Here all is known exactly: one of the two moves aside, with all legs
//! that go straight on from it, as far as its port or its channel lets it (nudging: Wybrow, Marriott, Stuckey 2009, "Orthogonal
//! connector routing").

use super::floor::Floors;
use super::lines::{CLEAR, Lines, chain, line, span, upon};
use super::ways::{Home, Ways};
use super::{TRACK, ports};

/// Lines nearer than this lie upon each other, px.
const UPON: f64 = 2.5;
/// So far a line that is moved stays from all others.
const APART: f64 = 3.5;
/// So far a line that could be anywhere stays from all others.
const AMPLE: f64 = 16.0;
/// How far a line may move aside.
const STEPS: [f64; 12] = [
    5.0, -5.0, 4.0, -4.0, 7.0, -7.0, 9.0, -9.0, 12.0, -12.0, 15.0, -15.0,
];
/// Pairs that are moved apart at most.
const TRIALS: usize = 5000;
/// Rounds of moving.
const ROUNDS: usize = 3;

/// Moves lines apart that lie upon each other.
pub(super) fn apart(floors: &Floors, ways: &mut Ways) {
    let mut lines = Lines::new(floors, ways);
    // Where very much lies upon each other, trying on would take for ever.
    let mut trials = TRIALS;
    for _ in 0..ROUNDS {
        let mut moved = false;
        let mut found = Vec::new();
        for leg in 0..ways.legs.len() {
            let place = line(floors, ways, leg).inflate(UPON, UPON);
            lines.near(place, ways.legs[leg].run, &mut found);
            for other in found.iter().filter(|other| **other > leg) {
                if trials == 0 || !upon(floors, ways, (leg, *other), UPON) {
                    continue;
                }
                trials -= 1;
                moved |= [leg, *other]
                    .into_iter()
                    .any(|own| aside(floors, ways, own, &mut lines));
            }
        }
        if !moved {
            break;
        }
    }
}

/// Moves a leg, and those that go straight on from it, to the nearest place where it is alone.
fn aside(floors: &Floors, ways: &mut Ways, leg: usize, lines: &mut Lines) -> bool {
    let at = ways.legs[leg].at;
    let chain = chain(ways, leg);
    let axis = 1 - ways.legs[leg].run;
    let (mut lo, mut hi) = (f64::NEG_INFINITY, f64::INFINITY);
    for leg in &chain {
        let (from, to) = match ways.legs[*leg].home {
            Home::Stub(node, _) => ports::range(floors, node, axis),
            home => super::channel::zone(floors, home)
                .map_or((at, at), |(lo, hi)| (lo + CLEAR, hi - CLEAR)),
        };
        (lo, hi) = (lo.max(from), hi.min(to));
    }
    STEPS.iter().any(|step| {
        (lo..=hi).contains(&(at + step))
            && shift(floors, ways, &[(&chain, at + step)], lines, APART)
    })
}

/// Makes two legs with a short piece between them one straight line, where both have the freedom.
pub(super) fn straighten(floors: &Floors, ways: &mut Ways) {
    let mut lines = Lines::new(floors, ways);
    let mut jogs: Vec<(f64, usize)> = Vec::new();
    for way in ways.list.iter().filter(|way| !way.bent) {
        for leg in way.first + 1..way.last.saturating_sub(1) {
            let jog = (ways.legs[leg - 1].at - ways.legs[leg + 1].at).abs();
            if jog > 0.05 {
                jogs.push((jog, leg));
            }
        }
    }
    jogs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    for _ in 0..2 {
        for (_, leg) in &jogs {
            join(floors, ways, *leg, &mut lines);
        }
    }
}

/// Moves lines that go straight from box to box to the middle of what these have in common, where nothing is in the way.
pub(super) fn centre(floors: &Floors, ways: &mut Ways) {
    let mut lines = Lines::new(floors, ways);
    for at in 0..ways.list.len() {
        let way = &ways.list[at];
        if way.first == way.last {
            continue;
        }
        let chain = chain(ways, way.first);
        let axis = 1 - ways.legs[way.first].run;
        if chain.last() != Some(&(way.last - 1)) {
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
        let Some((from, to)) = lines.freedom((floors, ways), &chain, (lo, hi), AMPLE) else {
            continue;
        };
        let place = wish.clamp(from, to);
        if (place - ways.legs[chain[0]].at).abs() > 0.05 {
            shift(floors, ways, &[(&chain, place)], &mut lines, APART);
        }
    }
}

/// Joins the legs before and after a leg, if they can be at one place.
fn join(floors: &Floors, ways: &mut Ways, leg: usize, lines: &mut Lines) -> bool {
    let (before, after) = (ways.legs[leg - 1].at, ways.legs[leg + 1].at);
    if (before - after).abs() < 0.05 {
        return false;
    }
    // What turns back cannot go straight on.
    let (from, to) = (span(floors, ways, leg - 1), span(floors, ways, leg + 1));
    if from.0.max(to.0) + 0.05 < from.1.min(to.1) {
        return false;
    }
    let (one, two) = (chain(ways, leg - 1), chain(ways, leg + 1));
    let both: Vec<usize> = one.iter().chain(&two).copied().collect();
    let wanted = (before.min(after), before.max(after));
    let Some((lo, hi)) = lines.freedom((floors, ways), &both, wanted, TRACK) else {
        return false;
    };
    // The longer one stays where it is, if it can.
    let wish = match one.len().cmp(&two.len()) {
        std::cmp::Ordering::Less => after,
        std::cmp::Ordering::Greater => before,
        std::cmp::Ordering::Equal => f64::midpoint(before, after),
    };
    let place = wish.clamp(lo, hi);
    shift(floors, ways, &[(&one, place), (&two, place)], lines, APART)
}

/// Moves chains of legs, unless these or their neighbours then meet something.
fn shift(
    floors: &Floors,
    ways: &mut Ways,
    moves: &[(&Vec<usize>, f64)],
    lines: &mut Lines,
    apart: f64,
) -> bool {
    let mut old = Vec::new();
    for (chain, place) in moves {
        for leg in *chain {
            old.push((*leg, ways.legs[*leg].at));
            ways.legs[*leg].at = *place;
        }
    }
    let way = &ways.list[ways.owner[old[0].0] as usize];
    let first = old.iter().map(|leg| leg.0).min().unwrap_or(0);
    let last = old.iter().map(|leg| leg.0).max().unwrap_or(0);
    let touched = first.saturating_sub(1).max(way.first)..(last + 2).min(way.last);
    if touched
        .clone()
        .all(|leg| lines.alone(floors, ways, leg, apart))
    {
        for leg in touched {
            lines.insert(floors, ways, leg);
        }
        return true;
    }
    for (leg, at) in old {
        ways.legs[leg].at = at;
    }
    false
}
