//! All legs with their exact places, found by where they lie, while they move.

use super::channel::{Channels, neighbours, zone};
use super::floor::Floors;
use super::ports;
use super::strips::Strips;
use super::trunks::ALONE;
use super::ways::{Home, Ways};
use super::{X, Y};
use crate::geom::{Rect, Size};
use crate::layout::verify::Index;

/// Names no entry.
const NIL: u32 = u32::MAX;
/// How far from a line one looks first for what stops it, px.
const STRIP: f64 = 24.0;
/// From a line to boxes and words that are not its own.
const CLEAR: f64 = 5.0;

/// Each leg is in every cell that it passes, and stays there when it moves away.
pub(super) struct Lines {
    /// The legs that were in each cell at first.
    strips: Strips,
    /// Those that came later: the first of `later` for each cell, and for each of these the next.
    heads: [Vec<u32>; 2],
    later: Vec<(u32, u32)>,
    /// Where each leg may be, other lines apart.
    rooms: Vec<(f64, f64)>,
    obstacles: Index,
    fixed: Vec<Rect>,
    /// The box, or nothing for words.
    owners: Vec<u32>,
    scratch: Scratch,
}

/// What queries use again and again.
#[derive(Default)]
struct Scratch {
    found: Vec<u32>,
    touched: Vec<u32>,
    /// The last query that found each leg.
    seen: Vec<u32>,
    query: u32,
}

impl Lines {
    /// Every leg where it is now.
    pub(super) fn new(floors: &Floors, ways: &Ways, channels: &Channels) -> Self {
        let (mut fixed, mut owners) = (Vec::new(), Vec::new());
        for &node in &floors.order {
            let at = node as usize;
            let (x, y) = (floors.lo[X][at], floors.lo[Y][at]);
            if floors.size[at].is_some() {
                fixed.push(Rect::new(x, y, floors.hi[X][at], floors.hi[Y][at]));
                owners.push(node);
            } else if let Some([width, height]) = floors.title[at] {
                let x = x + floors.inset[at][0];
                fixed.push(Rect::new(x, y, x + width, y + height));
                owners.push(NIL);
            }
        }
        let whole = floors.whole as usize;
        let size = Size::new(floors.hi[X][whole], floors.hi[Y][whole]);
        let legs = 0..ways.legs.len();
        let strips = Strips::new(
            size,
            legs.map(|leg| (line(floors, ways, leg), ways.legs[leg].run)),
        );
        Self {
            heads: [X, Y].map(|run| vec![NIL; strips.count(run)]),
            strips,
            later: Vec::new(),
            rooms: rooms(floors, ways, channels),
            obstacles: Index::new(&fixed),
            fixed,
            owners,
            scratch: Scratch {
                seen: vec![0; ways.legs.len()],
                ..Scratch::default()
            },
        }
    }

    /// Tells where a leg is now.
    pub(super) fn insert(&mut self, floors: &Floors, ways: &Ways, leg: usize) {
        let run = ways.legs[leg].run;
        let spot = self.strips.spot(line(floors, ways, leg), run);
        let leg = u32::try_from(leg).unwrap_or(NIL);
        let (heads, later) = (&mut self.heads[run], &mut self.later);
        self.strips.each(spot, |cell| {
            let entry = u32::try_from(later.len()).unwrap_or(NIL);
            later.push((leg, heads[cell]));
            heads[cell] = entry;
        });
    }

    /// Legs along an axis that may be in an area, each once.
    pub(super) fn near(&mut self, area: Rect, run: usize) -> &[u32] {
        let spot = self.strips.spot(area, run);
        let Scratch {
            found, seen, query, ..
        } = &mut self.scratch;
        found.clear();
        *query += 1;
        let mut add = |leg: u32| {
            let seen = &mut seen[leg as usize];
            if *seen != *query {
                *seen = *query;
                found.push(leg);
            }
        };
        self.strips.each(spot, |cell| {
            for &leg in self.strips.pieces(run, cell) {
                add(leg);
            }
            let mut next = self.heads[run][cell];
            while let Some(&(leg, after)) = self.later.get(next as usize) {
                add(leg);
                next = after;
            }
        });
        &self.scratch.found
    }

    /// Where a chain of legs may be, other lines apart.
    pub(super) fn room(&self, chain: Chain) -> (f64, f64) {
        chain
            .legs()
            .map(|leg| self.rooms[leg])
            .fold((f64::NEG_INFINITY, f64::INFINITY), |(lo, hi), room| {
                (lo.max(room.0), hi.min(room.1))
            })
    }

    /// How far a chain of legs may move, within what is wanted and within its room, with at least `apart` to every line beside
    /// it; nothing where there is no such place.
    pub(super) fn freedom(
        &mut self,
        (floors, ways): (&Floors, &Ways),
        chain: Chain,
        (mut lo, mut hi): (f64, f64),
        apart: f64,
    ) -> Option<(f64, f64)> {
        for leg in chain.legs() {
            let at = ways.legs[leg].at;
            // From the leg outwards: most often something near is in the way, and nothing beyond it need be looked at.
            let (mut seen, mut step) = (at, STRIP);
            while lo <= hi && seen < hi + apart {
                let next = (seen + step).min(hi + apart);
                for place in self.beside((floors, ways), leg, (seen, next), apart) {
                    if place >= at {
                        hi = hi.min((place - apart).max(at));
                    }
                }
                (seen, step) = (next, step * 2.0);
            }
            (seen, step) = (at, STRIP);
            while lo <= hi && seen > lo - apart {
                let next = (seen - step).max(lo - apart);
                for place in self.beside((floors, ways), leg, (next, seen), apart) {
                    if place <= at {
                        lo = lo.max((place + apart).min(at));
                    }
                }
                (seen, step) = (next, step * 2.0);
            }
        }
        (lo <= hi).then_some((lo, hi))
    }

    /// Where lines of other ways run that lie beside a leg, between two places.
    fn beside<'a>(
        &'a mut self,
        (floors, ways): (&'a Floors, &'a Ways),
        leg: usize,
        (first, last): (f64, f64),
        apart: f64,
    ) -> impl Iterator<Item = f64> + use<'a> {
        let (run, owner) = (ways.legs[leg].run, ways.owner[leg]);
        let (from, to) = span(floors, ways, leg);
        let area = if run == Y {
            Rect::new(first, from, last, to)
        } else {
            Rect::new(from, first, to, last)
        };
        let near = self.near(area, run).iter().map(|&other| other as usize);
        near.filter_map(move |other| {
            let at = ways.legs[other].at;
            if ways.owner[other] == owner || at < first || last < at {
                return None;
            }
            let (a, b) = span(floors, ways, other);
            (from - apart <= b && a <= to + apart).then_some(at)
        })
    }

    /// Whether a leg is far enough from all that is not its own.
    pub(super) fn alone(&mut self, floors: &Floors, ways: &Ways, leg: usize, apart: f64) -> bool {
        let place = line(floors, ways, leg);
        let ends = ways.list[ways.owner[leg] as usize].ends;
        self.obstacles
            .touching(place.inflate(CLEAR, CLEAR), &mut self.scratch.touched);
        let hits = |at: &u32| {
            let owner = self.owners[*at as usize];
            let area = self.fixed[*at as usize].inflate(CLEAR, CLEAR);
            owner != ends.0
                && owner != ends.1
                && place.x0 < area.x1
                && area.x0 < place.x1
                && place.y0 < area.y1
                && area.y0 < place.y1
        };
        if self.scratch.touched.iter().any(hits) {
            return false;
        }
        !self
            .near(place.inflate(apart, apart), ways.legs[leg].run)
            .iter()
            .any(|&other| upon(floors, ways, (leg, other as usize), apart))
    }
}

/// Where each leg may be, other lines apart: on its side of a box, or in its channel.
fn rooms(floors: &Floors, ways: &Ways, channels: &Channels) -> Vec<(f64, f64)> {
    let mut rooms: Vec<(f64, f64)> = ways
        .legs
        .iter()
        .map(|leg| match leg.home {
            Home::Stub(node, _) => ports::range(floors, node, 1 - leg.run),
            Home::Main(..) | Home::Cross(..) => (leg.at, leg.at),
        })
        .collect();
    for channel in &channels.list {
        if let Some((lo, hi)) = zone(floors, channel.home) {
            for &leg in &channel.legs {
                rooms[leg] = (lo + CLEAR, hi - CLEAR);
            }
        }
    }
    // What is drawn as one line stays so.
    for (leg, room) in rooms.iter_mut().enumerate() {
        if ways.trunk[leg] != ALONE {
            *room = (ways.legs[leg].at, ways.legs[leg].at);
        }
    }
    rooms
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
pub(super) fn span(floors: &Floors, ways: &Ways, leg: usize) -> (f64, f64) {
    let way = &ways.list[ways.owner[leg] as usize];
    let [before, after] = neighbours(way, leg);
    let own = &ways.legs[leg];
    let a = before.map_or_else(
        || way.border(floors, own, way.ends.0),
        |leg| ways.legs[leg].at,
    );
    let b = after.map_or_else(
        || way.border(floors, own, way.ends.1),
        |leg| ways.legs[leg].at,
    );
    (a.min(b), a.max(b))
}

/// Whether two legs of different ways lie upon each other, or nearer than that.
pub(super) fn upon(floors: &Floors, ways: &Ways, (a, b): (usize, usize), near: f64) -> bool {
    let (one, two) = (&ways.legs[a], &ways.legs[b]);
    let same = ways.owner[a] == ways.owner[b] || ways.together(a, b);
    if same || one.run != two.run || (one.at - two.at).abs() >= near {
        return false;
    }
    let (from, to) = (span(floors, ways, a), span(floors, ways, b));
    from.1.min(to.1) - from.0.max(to.0) > 1.0
}

/// Every other leg of a way from one to another: they lie on one line, or should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chain {
    pub(super) first: usize,
    pub(super) last: usize,
}

impl Chain {
    /// A leg and all that go straight on from it.
    pub(super) fn of(ways: &Ways, leg: usize) -> Self {
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
        Self { first, last }
    }

    pub(super) fn legs(self) -> impl Iterator<Item = usize> {
        (self.first..=self.last).step_by(2)
    }

    /// How many legs there are.
    pub(super) fn count(self) -> usize {
        (self.last - self.first) / 2 + 1
    }
}
