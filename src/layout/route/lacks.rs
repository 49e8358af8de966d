//! Lacks: what would make room for a label that has no seat.

use super::floor::{Floors, NONE};
use super::guest::{BESIDE, Guest, Piece, SHOW};
use super::sheet::{Blocked, Sheet, Strip};
use super::ways::Ways;
use super::{X, Y};
use crate::geom::Rect;

/// What it costs to make room where a box leaves none.
const RIGID: f64 = 1000.0;
/// What it costs to make room beside a line where another lies across it: that one would have to turn off.
const CLOSED: f64 = 200.0;
/// Room that a label lacks: an interval of a group, on an axis, and how long it should be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lack {
    pub group: u32,
    pub axis: usize,
    pub from: f64,
    pub to: f64,
    pub need: f64,
}

/// A way to make room for a label.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    pub cost: f64,
    pub lack: Lack,
    /// The ways that must turn off before they come near, where a box leaves no room.
    pub rivals: Vec<u32>,
}

/// What would make room for the label, with `air` around it, somewhere along its line: the least first.
pub(super) fn offers(
    (sheet, air): (&Sheet, f64),
    floors: &Floors,
    ways: &Ways,
    guest: &Guest,
) -> Vec<Offer> {
    let mut offers = Offers {
        floors,
        ends: ways.list[guest.way].ends,
        list: Vec::new(),
    };
    let mut blocked = Blocked::default();
    for (own, piece) in guest.pieces.iter().enumerate() {
        let (long, thick) = guest.extent(piece.run);
        let sides: &[f64] = if guest.shared { &[-1.0, 1.0] } else { &[0.0] };
        for side in sides {
            let aside = thick / 2.0 + BESIDE[1 - piece.run];
            let show = if guest.shared { 2.0 } else { SHOW };
            let mut strip = Strip {
                run: piece.run,
                lo: piece.lo,
                hi: piece.hi,
                at: piece.at + side * aside,
                thick,
            };
            let tag = (guest.way, own);
            sheet.blocked(&strip, tag, (air, air), &mut blocked);
            let (from, to) = blocked.widest((piece.lo + show, piece.hi - show));
            let wide = (long + 2.0 * show - (piece.hi - piece.lo)).max(0.0);
            if from < to {
                offers.add((0.0, long + 2.0), &strip, piece.run, (from - 0.5, to + 0.5));
            } else if wide > 0.0 {
                let window = (piece.lo - 0.5, piece.hi + 0.5);
                offers.add((0.0, long + 2.0 * show + 2.0), &strip, piece.run, window);
            }
            // Across the line, about the middle of its piece, and at its ends, where others may have turned off.
            let middle = f64::midpoint(piece.lo, piece.hi);
            let ends = (piece.lo + show + long / 2.0, piece.hi - show - long / 2.0);
            let places = [middle, ends.0, ends.1];
            for place in &places[..if wide > 0.0 { 1 } else { 3 }] {
                (strip.lo, strip.hi) = (place - long / 2.0, place + long / 2.0);
                let ((from, to), closed) = sheet.across(&strip, piece.at, tag, 2.0 * thick);
                let beside = thick / 2.0 + aside + air + 2.0;
                let (window, need) = if *side < 0.0 {
                    ((from, piece.at), beside)
                } else if *side > 0.0 {
                    ((piece.at, to), beside)
                } else {
                    ((from, to), thick + 2.0 * air + 2.0)
                };
                let cost = 2.0 * wide + if closed { CLOSED } else { 0.0 };
                offers.add((cost, need), &strip, 1 - piece.run, window);
            }
        }
    }
    let mut offers = offers.list;
    offers.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    for offer in offers.iter_mut().filter(|offer| offer.cost >= RIGID) {
        offer.rivals = sheet.rivals(&beside(guest), guest.way);
    }
    offers
}

/// The offers for one label.
struct Offers<'a> {
    floors: &'a Floors,
    /// The ends of its way.
    ends: (u32, u32),
    list: Vec<Offer>,
}

impl Offers<'_> {
    /// Adds the offer to make a window along `axis`, in which the strip lies, as long as the label needs.
    fn add(&mut self, (cost, need): (f64, f64), strip: &Strip, axis: usize, window: (f64, f64)) {
        let missing = need - (window.1 - window.0);
        let ((mut from, mut to), mut rigid) = (window, 0.0);
        // Nothing stretches a box: beside it is where room can be made.
        for end in [self.ends.0, self.ends.1] {
            if self.floors.size[end as usize].is_none() {
                continue;
            }
            let lo = self.floors.lo[axis][end as usize];
            let hi = self.floors.hi[axis][end as usize];
            if lo <= from && to <= hi {
                rigid = RIGID;
            } else if lo <= from && from < hi {
                from = hi;
            } else if lo < to && to <= hi {
                to = lo;
            }
        }
        let lack = Lack {
            group: holder(self.floors, self.ends, strip.area()),
            axis,
            from,
            to,
            need: to - from + missing.max(4.0),
        };
        if self.list.iter().all(|offer| offer.lack != lack) {
            self.list.push(Offer {
                cost: missing + cost + rigid,
                lack,
                rivals: Vec::new(),
            });
        }
    }
}

/// The areas beside the pieces of its line, as broad as the label on both sides.
fn beside(guest: &Guest) -> Vec<Rect> {
    let area = |piece: &Piece| {
        let (_, thick) = guest.extent(piece.run);
        let strip = Strip {
            run: piece.run,
            lo: piece.lo,
            hi: piece.hi,
            at: piece.at,
            thick: 2.0 * thick,
        };
        strip.area()
    };
    guest.pieces.iter().map(area).collect()
}

/// The innermost group around an area, among those that hold an end of the way.
fn holder(floors: &Floors, ends: (u32, u32), area: Rect) -> u32 {
    let centre = area.center();
    let around = |node: u32| {
        let mut group = floors.parent[node as usize];
        while group != NONE && group != floors.whole {
            let at = group as usize;
            if floors.lo[X][at] <= centre.x
                && centre.x <= floors.hi[X][at]
                && floors.lo[Y][at] <= centre.y
                && centre.y <= floors.hi[Y][at]
            {
                return group;
            }
            group = floors.parent[at];
        }
        floors.whole
    };
    let (a, b) = (around(ends.0), around(ends.1));
    if floors.depth[a as usize] >= floors.depth[b as usize] {
        a
    } else {
        b
    }
}
