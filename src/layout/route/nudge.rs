//! Lines that came to lie upon each other are moved apart.
//!
//! Tracks and ports are chosen one axis after the other, so two lines that end at facing boxes can meet at the same place from
//! both sides, and no order of tracks keeps them apart. Here all is known exactly: one of the two moves aside, with all legs
//! that go straight on from it, as far as its port or its channel lets it (nudging: Wybrow, Marriott, Stuckey 2009, "Orthogonal
//! connector routing").

use super::channel::{neighbours, zone};
use super::floor::Floors;
use super::ports;
use super::ways::{Home, Ways};
use super::{X, Y};
use crate::geom::Rect;
use crate::layout::verify::Index;

/// Lines nearer than this lie upon each other, px.
const UPON: f64 = 2.5;
/// So far a line that is moved stays from all others.
const APART: f64 = 3.5;
/// And from boxes and words.
const CLEAR: f64 = 5.0;
/// How far a line may move.
const STEPS: [f64; 12] = [
    5.0, -5.0, 4.0, -4.0, 7.0, -7.0, 9.0, -9.0, 12.0, -12.0, 15.0, -15.0,
];
/// Rounds of moving.
const ROUNDS: usize = 3;

/// Moves lines apart that lie upon each other.
pub(super) fn apart(floors: &Floors, ways: &mut Ways) {
    let mut fixed: Vec<Rect> = Vec::new();
    let mut owners: Vec<u32> = Vec::new();
    for &node in &floors.order {
        let at = node as usize;
        let (x, y) = (floors.lo[X][at], floors.lo[Y][at]);
        if floors.size[at].is_some() {
            fixed.push(Rect::new(x, y, floors.hi[X][at], floors.hi[Y][at]));
            owners.push(node);
        } else if let Some([width, height]) = floors.title[at] {
            let x = x + floors.inset[at][0];
            fixed.push(Rect::new(x, y, x + width, y + height));
            owners.push(u32::MAX);
        }
    }
    let obstacles = Obstacles {
        index: Index::new(&fixed),
        fixed,
        owners,
    };
    for _ in 0..ROUNDS {
        if !round(floors, ways, &obstacles) {
            break;
        }
    }
}

/// Boxes and words.
struct Obstacles {
    index: Index,
    fixed: Vec<Rect>,
    /// The box, or nothing for words.
    owners: Vec<u32>,
}

fn round(floors: &Floors, ways: &mut Ways, obstacles: &Obstacles) -> bool {
    let bounds: Vec<Rect> = (0..ways.legs.len())
        .map(|leg| line(floors, ways, leg))
        .collect();
    let index = Index::new(&bounds);
    let mut found = Vec::new();
    let mut moved = false;
    for leg in 0..ways.legs.len() {
        index.touching(bounds[leg].inflate(UPON, UPON), &mut found);
        let others: Vec<usize> = found.iter().map(|other| *other as usize).collect();
        for other in others {
            if other <= leg || !upon(floors, ways, (leg, other), UPON) {
                continue;
            }
            for own in [leg, other] {
                if aside(floors, ways, own, obstacles, &index) {
                    moved = true;
                    break;
                }
            }
        }
    }
    moved
}

/// A leg as a rectangle without breadth.
pub(super) fn line(floors: &Floors, ways: &Ways, leg: usize) -> Rect {
    let (lo, hi) = span(floors, ways, leg);
    let own = &ways.legs[leg];
    if own.run == X {
        Rect::new(lo, own.at, hi, own.at)
    } else {
        Rect::new(own.at, lo, own.at, hi)
    }
}

/// Where a leg begins and ends.
fn span(floors: &Floors, ways: &Ways, leg: usize) -> (f64, f64) {
    let way = &ways.list[ways.owner[leg] as usize];
    let own = &ways.legs[leg];
    let border = |node: u32| match own.home {
        Home::Stub(at, side) if at == node && !side.far => floors.lo[own.run][node as usize],
        _ => floors.hi[own.run][node as usize],
    };
    let [before, after] = neighbours(way, leg);
    let a = before.map_or_else(|| border(way.ends.0), |leg| ways.legs[leg].at);
    let b = after.map_or_else(|| border(way.ends.1), |leg| ways.legs[leg].at);
    (a.min(b), a.max(b))
}

/// Whether two legs of different ways lie upon each other.
fn upon(floors: &Floors, ways: &Ways, (a, b): (usize, usize), near: f64) -> bool {
    let (one, two) = (&ways.legs[a], &ways.legs[b]);
    if one.run != two.run || ways.owner[a] == ways.owner[b] || (one.at - two.at).abs() >= near {
        return false;
    }
    let (from, to) = (span(floors, ways, a), span(floors, ways, b));
    from.1.min(to.1) - from.0.max(to.0) > 1.0
}

/// Moves a leg, and those that go straight on from it, to the nearest place where it is alone.
fn aside(
    floors: &Floors,
    ways: &mut Ways,
    leg: usize,
    obstacles: &Obstacles,
    index: &Index,
) -> bool {
    let way = &ways.list[ways.owner[leg] as usize];
    let at = ways.legs[leg].at;
    let same = |leg: usize| (ways.legs[leg].at - at).abs() < 0.05;
    let (mut first, mut last) = (leg, leg);
    while first >= way.first + 2 && same(first - 2) {
        first -= 2;
    }
    while last + 2 < way.last && same(last + 2) {
        last += 2;
    }
    let chain: Vec<usize> = (first..=last).step_by(2).collect();
    let axis = 1 - ways.legs[leg].run;
    let (mut lo, mut hi) = (f64::NEG_INFINITY, f64::INFINITY);
    for leg in &chain {
        let (from, to) = match ways.legs[*leg].home {
            Home::Stub(node, _) => ports::range(floors, node, axis),
            home => zone(floors, home).map_or((at, at), |(lo, hi)| (lo + CLEAR, hi - CLEAR)),
        };
        (lo, hi) = (lo.max(from), hi.min(to));
    }
    for step in STEPS {
        if !(lo..=hi).contains(&(at + step)) {
            continue;
        }
        for leg in &chain {
            ways.legs[*leg].at = at + step;
        }
        if chain
            .iter()
            .all(|leg| alone(floors, ways, *leg, obstacles, index))
        {
            return true;
        }
    }
    for leg in &chain {
        ways.legs[*leg].at = at;
    }
    false
}

/// Whether a leg is far enough from all that is not its own.
fn alone(floors: &Floors, ways: &Ways, leg: usize, obstacles: &Obstacles, index: &Index) -> bool {
    let place = line(floors, ways, leg);
    let ends = ways.list[ways.owner[leg] as usize].ends;
    let mut found = Vec::new();
    obstacles
        .index
        .touching(place.inflate(CLEAR, CLEAR), &mut found);
    let hits = |at: &u32| {
        let owner = obstacles.owners[*at as usize];
        let area = obstacles.fixed[*at as usize].inflate(CLEAR, CLEAR);
        owner != ends.0
            && owner != ends.1
            && place.x0 < area.x1
            && area.x0 < place.x1
            && place.y0 < area.y1
            && area.y0 < place.y1
    };
    // Both may have moved since the index was made.
    let reach = APART + 2.0 * 15.0;
    if found.iter().any(hits) {
        return false;
    }
    index.touching(place.inflate(reach, reach), &mut found);
    !found
        .iter()
        .any(|other| upon(floors, ways, (leg, *other as usize), APART))
}
