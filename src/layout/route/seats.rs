//! Seats: the final place of each label, where it meets nothing that is not its own.
//!
//! Every label has room reserved in a channel ([`labels`](super::labels)); here all lines are known exactly. A label that would
//! meet something takes the best free place along its own line: each piece of the line is swept for the gaps between what is near
//! it. Where there is none, it is told what would make room ([`lacks`](super::lacks)).

use super::Y;
use super::floor::Floors;
use super::guest::{self, BESIDE, Guest, SHOW};
use super::lacks::{self, Lack, Offer};
use super::sheet::{Blocked, Sheet, Strip};
use super::ways::Ways;
use crate::geom::Rect;
use crate::layout::graph::{Graph, Layout};

/// Between a label and what is not its own, px; less where there is no such place.
const AIRS: [f64; 3] = [4.0, 3.0, 1.1];
/// Between a label beside an upright line, whose words are some way off, and other lines: nearer ones would seem to be its own.
const AWAY: f64 = 5.0;
/// Labels of so many edges along one line are left as they are stacked.
const STACK: usize = 200;
/// How well the labels are seated.
#[derive(Debug, Clone, Default)]
pub(super) struct Seated {
    /// Labels without a seat, and labels without a roomy one.
    pub bad: (usize, usize),
    /// For each that is to get one its way, and what would make room for it, the least first.
    offers: Vec<(usize, Vec<Offer>)>,
}

impl Seated {
    /// Whether nothing is left to do.
    pub(super) fn done(&self) -> bool {
        self.offers.is_empty()
    }

    /// Whether fewer labels are without a good seat, or as many lack less.
    pub(super) fn better(&self, other: &Self) -> bool {
        let missing = |seated: &Self| -> f64 {
            let least = |offers: &Vec<Offer>| offers.first().map(|offer| offer.cost);
            seated
                .offers
                .iter()
                .map(|label| &label.1)
                .filter_map(least)
                .sum()
        };
        (self.bad, missing(self)) < (other.bad, missing(other))
    }

    /// The room to make: for each label so many of the offers, after leaving out so many.
    pub(super) fn choose(&self, (skip, take): (usize, usize), ways: &mut Ways) -> Vec<Lack> {
        let mut lacks = Vec::new();
        for (way, offers) in &self.offers {
            ways.list[*way].airy = true;
            let skip = skip % offers.len().max(1);
            for offer in offers.iter().skip(skip).take(take) {
                lacks.push(offer.lack);
                for way in &offer.rivals {
                    ways.list[*way as usize].bent = true;
                }
            }
        }
        lacks
    }
}

/// A place for a label, and how good it is; the least is the best.
#[derive(Debug, Clone, Copy)]
struct Seat {
    penalty: f64,
    place: Rect,
}

/// Seats every label of `layout`, near to the wished places it already holds. A label that found no seat stays where it was, or in
/// the middle of its line. `patient` tells to ask for room too where all places are narrow.
pub(super) fn find(
    graph: &Graph,
    floors: &Floors,
    ways: &Ways,
    layout: &mut Layout,
    patient: bool,
) -> Seated {
    let mut sheet = Sheet::new(graph, layout, ways);
    let mut guests = Vec::new();
    for (at, way) in ways.list.iter().enumerate() {
        for (edge, _) in &way.edges {
            if let Some(size) = graph.edges[*edge as usize].label {
                guests.push(Guest {
                    way: at,
                    edge: *edge,
                    size,
                    shared: way.edges.len() > 1,
                    pieces: Vec::new(),
                });
            }
        }
    }
    let mut late = Vec::new();
    for mut guest in guests {
        let wish = layout.labels[guest.edge as usize];
        let air = if guest.shared { AIRS[0] } else { AIRS[1] };
        match wish.filter(|wish| sheet.free(*wish, guest.way, guest.shared, air)) {
            Some(wish) => sheet.seat(wish, guest.way),
            // The stack at a line that so many edges share has its room; each label against each would take for ever.
            None if ways.list[guest.way].edges.len() > STACK => {
                guest.pieces = guest::pieces(layout, guest.edge);
                layout.labels[guest.edge as usize] = wish.or_else(|| Some(guest.middle()));
            }
            None => {
                guest.pieces = guest::pieces(layout, guest.edge);
                late.push(guest);
            }
        }
    }
    let mut seated = Seated::default();
    for guest in late {
        let roomy = AIRS[..2].iter().find_map(|air| best(&sheet, &guest, *air));
        let seat = roomy.or_else(|| best(&sheet, &guest, AIRS[2]));
        let wish = layout.labels[guest.edge as usize];
        seated.bad.0 += usize::from(seat.is_none());
        seated.bad.1 += usize::from(roomy.is_none());
        if roomy.is_none() && (seat.is_none() || patient) {
            let offers = lacks::offers((&sheet, AIRS[0]), floors, ways, &guest);
            seated.offers.push((guest.way, offers));
        }
        let place = seat
            .map(|seat| seat.place)
            .or(wish)
            .unwrap_or_else(|| guest.middle());
        sheet.seat(place, guest.way);
        layout.labels[guest.edge as usize] = Some(place);
    }
    seated
}

/// How far the middle of a label may be from the middle of its line, the best first, with what that costs.
fn offsets(guest: &Guest, run: usize) -> Vec<(f64, f64)> {
    let (_, thick) = guest.extent(run);
    let beside = thick / 2.0 + BESIDE[1 - run];
    let mut list = Vec::with_capacity(7);
    if !guest.shared {
        list.push((0.0, 0.0));
        if run == Y {
            let most = thick / 2.0 - 5.0;
            for part in [0.4, 0.75, 1.0] {
                list.extend([(most * part, 4.0 * part), (-most * part, 4.0 * part)]);
            }
        }
    }
    list.extend([(-beside, 7.0), (beside, 7.0)]);
    list
}

/// The best free place along the pieces of its line.
fn best(sheet: &Sheet, guest: &Guest, air: f64) -> Option<Seat> {
    let mut best: Option<Seat> = None;
    let mut blocked = Blocked::default();
    for (own, piece) in guest.pieces.iter().enumerate() {
        let (long, thick) = guest.extent(piece.run);
        let length = piece.hi - piece.lo;
        for (offset, cost) in offsets(guest, piece.run) {
            let on = offset.abs() < thick / 2.0;
            // Beside a line it may stand at its very end; upon it the line must show.
            let show = if on { SHOW } else { 2.0 };
            let fits = length >= long + 2.0 * show;
            if !fits && (on || length < 0.4 * long) {
                continue;
            }
            let (lo, hi) = if fits {
                (piece.lo + show, piece.hi - show)
            } else {
                let middle = f64::midpoint(piece.lo, piece.hi);
                (middle - long / 2.0, middle + long / 2.0)
            };
            let base = cost + if fits { 0.0 } else { 30.0 } - (length / 100.0).min(4.0);
            if best.is_some_and(|best| best.penalty <= base) {
                continue;
            }
            let strip = Strip {
                run: piece.run,
                lo,
                hi,
                at: piece.at + offset,
                thick,
            };
            let lines = if on || piece.run != Y { air } else { AWAY };
            sheet.blocked(&strip, (guest.way, own), (air, lines), &mut blocked);
            let wish = f64::midpoint(piece.lo, piece.hi);
            if let Some(at) = blocked.nearest((lo, hi), long, wish) {
                let penalty = base + (at - wish).abs() / 40.0;
                if best.is_none_or(|best| penalty < best.penalty) {
                    best = Some(Seat {
                        penalty,
                        place: strip.place(at, long),
                    });
                }
            }
        }
    }
    best
}
