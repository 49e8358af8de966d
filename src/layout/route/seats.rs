//! Seats: the final place of each label, where it meets nothing that is not its own.
//!
//! Every label has room reserved in a channel ([`labels`](super::labels)); here all lines are known exactly. A label that would
//! meet something takes the best free place along its own line: each piece of the line is swept for the gaps between what is near
//! it. Where there is none, the narrowest lack of room becomes a [`Lack`], and the drawing is stretched there.

use super::floor::{Floors, NONE};
use super::sheet::{Blocked, Sheet, Strip};
use super::ways::Ways;
use super::{X, Y};
use crate::geom::{Point, Rect, Size};
use crate::layout::graph::{Graph, Layout};

/// Between a label and what is not its own, px; less where there is no such place.
const AIRS: [f64; 3] = [4.0, 3.0, 1.1];
/// Labels of so many edges along one line are left as they are stacked.
const STACK: usize = 200;
/// Up to this round, room is made for labels whose only places are narrow ones.
const PATIENCE: usize = 3;
/// Between a label and the ends of the piece of line that it stands on: what remains must show.
const SHOW: f64 = 11.0;
/// What it costs to make room where a box leaves none.
const RIGID: f64 = 1000.0;
/// Between a line and a label beside it, on the axis across: beside an upright line the air in the label comes to it.
pub(super) const BESIDE: [f64; 2] = [1.0, 2.0];

/// Room that a label lacks: an interval of a group, on an axis, and how long it should be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lack {
    pub group: u32,
    pub axis: usize,
    pub from: f64,
    pub to: f64,
    pub need: f64,
}

/// A straight piece of a way.
#[derive(Debug, Clone, Copy)]
struct Piece {
    run: usize,
    at: f64,
    lo: f64,
    hi: f64,
}

/// A place for a label, and how good it is; the least is the best.
#[derive(Debug, Clone, Copy)]
struct Seat {
    penalty: f64,
    place: Rect,
}

/// One label to be seated.
#[derive(Debug, Clone, Copy)]
struct Guest {
    way: usize,
    edge: u32,
    size: Size,
    /// Whether other edges are drawn along the same line: then it must stand beside it.
    shared: bool,
}

/// Seats every label of `layout`, near to the wished places it already holds. Gives what room is lacking; a label that found no
/// seat stays where it was, or in the middle of its line.
pub(super) fn find(
    graph: &Graph,
    floors: &Floors,
    ways: &mut Ways,
    layout: &mut Layout,
    round: usize,
) -> Vec<Lack> {
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
                });
            }
        }
    }
    let mut late = Vec::new();
    for guest in guests {
        let wish = layout.labels[guest.edge as usize];
        match wish.filter(|wish| sheet.free(*wish, guest.way, guest.shared, AIRS[1])) {
            Some(wish) => sheet.seat(wish),
            // The stack at a line that so many edges share has its room; each label against each would take for ever.
            None if ways.list[guest.way].edges.len() > STACK => {
                let place = wish.unwrap_or_else(|| middle(&pieces(layout, guest.edge), guest.size));
                layout.labels[guest.edge as usize] = Some(place);
            }
            None => late.push(guest),
        }
    }
    let (mut lacks, mut bent) = (Vec::new(), Vec::new());
    for guest in late {
        let pieces = pieces(layout, guest.edge);
        let roomy = AIRS[..2]
            .iter()
            .find_map(|air| best(&sheet, &guest, &pieces, *air));
        let seat = roomy.or_else(|| best(&sheet, &guest, &pieces, AIRS[2]));
        let wish = layout.labels[guest.edge as usize];
        if roomy.is_none() && (seat.is_none() || round < PATIENCE) {
            for (cost, lack) in lack(&sheet, floors, ways, (&guest, round), &pieces) {
                lacks.push(lack);
                if cost >= RIGID {
                    bent.extend(sheet.rivals(&pieces_area(&pieces, guest.size), guest.way));
                }
            }
        }
        let place = seat
            .map(|seat| seat.place)
            .or(wish)
            .unwrap_or_else(|| middle(&pieces, guest.size));
        sheet.seat(place);
        layout.labels[guest.edge as usize] = Some(place);
    }
    for way in bent {
        ways.list[way as usize].bent = true;
    }
    lacks
}

/// The areas beside the pieces of a line, as broad as the label on both sides.
fn pieces_area(pieces: &[Piece], size: Size) -> Vec<Rect> {
    let area = |piece: &Piece| {
        let (_, thick) = extent(size, piece.run);
        let strip = Strip {
            run: piece.run,
            lo: piece.lo,
            hi: piece.hi,
            at: piece.at,
            thick: 2.0 * thick,
        };
        strip.area()
    };
    pieces.iter().map(area).collect()
}

/// The straight pieces of a route.
fn pieces(layout: &Layout, edge: u32) -> Vec<Piece> {
    layout.routes[edge as usize]
        .segments()
        .map(|(a, b)| {
            if (a.y - b.y).abs() < (a.x - b.x).abs() {
                Piece {
                    run: X,
                    at: a.y,
                    lo: a.x.min(b.x),
                    hi: a.x.max(b.x),
                }
            } else {
                Piece {
                    run: Y,
                    at: a.x,
                    lo: a.y.min(b.y),
                    hi: a.y.max(b.y),
                }
            }
        })
        .collect()
}

/// The middle of the longest piece, for a label that has no place.
fn middle(pieces: &[Piece], size: Size) -> Rect {
    let longest = pieces
        .iter()
        .max_by(|a, b| (a.hi - a.lo).total_cmp(&(b.hi - b.lo)));
    let centre = longest.map_or(Point::ZERO, |piece| {
        let along = f64::midpoint(piece.lo, piece.hi);
        if piece.run == X {
            Point::new(along, piece.at)
        } else {
            Point::new(piece.at, along)
        }
    });
    Rect::from_center_size(centre, size)
}

/// The length of a label along an axis, and its thickness across it.
fn extent(size: Size, run: usize) -> (f64, f64) {
    if run == X {
        (size.width, size.height)
    } else {
        (size.height, size.width)
    }
}

/// How far the middle of a label may be from the middle of its line, the best first, with what that costs.
fn offsets(guest: &Guest, run: usize) -> Vec<(f64, f64)> {
    let (_, thick) = extent(guest.size, run);
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
fn best(sheet: &Sheet, guest: &Guest, pieces: &[Piece], air: f64) -> Option<Seat> {
    let mut best: Option<Seat> = None;
    let mut blocked = Blocked::default();
    for (own, piece) in pieces.iter().enumerate() {
        let (long, thick) = extent(guest.size, piece.run);
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
            sheet.blocked(&strip, (guest.way, own), air, &mut blocked);
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

/// The least that would make room for the label somewhere along its line.
fn lack(
    sheet: &Sheet,
    floors: &Floors,
    ways: &Ways,
    (guest, round): (&Guest, usize),
    pieces: &[Piece],
) -> Vec<(f64, Lack)> {
    let air = AIRS[0];
    let mut offers: Vec<(f64, Lack)> = Vec::new();
    let mut blocked = Blocked::default();
    let ends = ways.list[guest.way].ends;
    let mut offer = |cost: f64, strip: &Strip, axis: usize, (from, to): (f64, f64), need: f64| {
        let missing = need - (to - from);
        let (mut from, mut to, mut rigid) = (from, to, 0.0);
        // Nothing stretches a box: beside it is where room can be made.
        for end in [ends.0, ends.1] {
            if floors.size[end as usize].is_none() {
                continue;
            }
            let (lo, hi) = (floors.lo[axis][end as usize], floors.hi[axis][end as usize]);
            if lo <= from && to <= hi {
                rigid = RIGID;
            } else if lo <= from && from < hi {
                from = hi;
            } else if lo < to && to <= hi {
                to = lo;
            }
        }
        let lack = Lack {
            group: holder(floors, ends, strip.area()),
            axis,
            from,
            to,
            need: to - from + missing.max(4.0),
        };
        offers.push((missing + cost + rigid, lack));
    };
    for (own, piece) in pieces.iter().enumerate() {
        let (long, thick) = extent(guest.size, piece.run);
        let sides: &[f64] = if guest.shared { &[-1.0, 1.0] } else { &[0.0] };
        for side in sides {
            let on = *side == 0.0;
            let at = piece.at + side * (thick / 2.0 + BESIDE[1 - piece.run]);
            let show = if on { SHOW } else { 2.0 };
            let mut strip = Strip {
                run: piece.run,
                lo: piece.lo,
                hi: piece.hi,
                at,
                thick,
            };
            let tag = (guest.way, own);
            sheet.blocked(&strip, tag, air, &mut blocked);
            let (from, to) = blocked.widest((piece.lo + show, piece.hi - show));
            if from < to || piece.hi - piece.lo < long + 2.0 * show {
                let (from, to) = if from < to {
                    (from, to)
                } else {
                    (piece.lo, piece.hi)
                };
                offer(0.0, &strip, piece.run, (from - 0.5, to + 0.5), long + 2.0);
            }
            // Across the line, about the middle of its piece.
            let middle = f64::midpoint(piece.lo, piece.hi);
            (strip.lo, strip.hi) = (middle - long / 2.0, middle + long / 2.0);
            let (from, to) = sheet.across(&strip, piece.at, tag, 2.0 * thick);
            let wide = (piece.lo + long + 2.0 * show - piece.hi).max(0.0);
            let (window, need) = match *side {
                side if side < 0.0 => ((from, piece.at), thick + BESIDE[1 - piece.run] + air + 2.0),
                side if side > 0.0 => ((piece.at, to), thick + BESIDE[1 - piece.run] + air + 2.0),
                _ => ((from, to), thick + 2.0 * air + 2.0),
            };
            offer(2.0 * wide, &strip, 1 - piece.run, window, need);
        }
    }
    // What did not help the last time will not help the next: then another place gets room.
    offers.sort_by(|a, b| a.0.total_cmp(&b.0));
    let turn = round / 2 % offers.len().max(1);
    let many = 1 + round / 3;
    offers.into_iter().skip(turn).take(many).collect()
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
