//! Everything drawn, found by where it lies: what a label must not meet.

use super::strips::Strips;
use super::ways::Ways;
use super::{X, Y, grid};
use crate::geom::Rect;
use crate::layout::graph::{Graph, Layout, Shape};
use crate::layout::verify::Index;

/// Side of a cell of the grid that finds labels, px.
const CELL: f64 = 160.0;
/// More cells than this along a side would cost more than they save.
const MOST_CELLS: u32 = 20_001;
/// A label that is further from its line than this is lost, px.
const CLOSE: f64 = 6.0;
/// Names no entry.
const NIL: u32 = u32::MAX;

/// The drawing without its labels, and the labels that are seated.
pub(super) struct Sheet {
    /// Boxes and words of titles.
    fixed: Vec<Rect>,
    fixed_index: Index,
    frames: Vec<Rect>,
    frame_index: Index,
    /// Pieces of lines, the way of each, and its number there.
    lines: Vec<(Rect, u32, u32)>,
    strips: Strips,
    /// Labels that are seated, and their ways: a grid of lists.
    seats: Vec<(Rect, usize, u32)>,
    heads: Vec<u32>,
    grid: [usize; 2],
}

/// A straight strip that a label is to be set in: along `run` from `lo` to `hi`, about `at`, and as thick as the label.
#[derive(Debug, Clone, Copy)]
pub(super) struct Strip {
    pub run: usize,
    pub lo: f64,
    pub hi: f64,
    pub at: f64,
    pub thick: f64,
}

impl Strip {
    /// The part of it about `middle`.
    pub(super) fn place(&self, middle: f64, long: f64) -> Rect {
        let part = Self {
            lo: middle - long / 2.0,
            hi: middle + long / 2.0,
            ..*self
        };
        part.area()
    }

    pub(super) fn area(&self) -> Rect {
        let (from, to) = (self.at - self.thick / 2.0, self.at + self.thick / 2.0);
        if self.run == X {
            Rect::new(self.lo, from, self.hi, to)
        } else {
            Rect::new(from, self.lo, to, self.hi)
        }
    }
}

/// Where a strip is blocked.
#[derive(Debug, Default)]
pub(super) struct Blocked {
    parts: Vec<(f64, f64)>,
}

impl Blocked {
    /// The middle of a free part of at least that length, within the bounds and nearest to the wish.
    pub(super) fn nearest(&self, bounds: (f64, f64), long: f64, wish: f64) -> Option<f64> {
        let mut best: Option<f64> = None;
        self.gaps(bounds, |lo, hi| {
            if hi - lo >= long {
                let at = wish.clamp(lo + long / 2.0, hi - long / 2.0);
                if best.is_none_or(|best| (at - wish).abs() < (best - wish).abs()) {
                    best = Some(at);
                }
            }
        });
        best
    }

    /// The longest free part; an empty one where there is none.
    pub(super) fn widest(&self, bounds: (f64, f64)) -> (f64, f64) {
        let mut best = (bounds.0, bounds.0);
        self.gaps(bounds, |lo, hi| {
            if hi - lo > best.1 - best.0 {
                best = (lo, hi);
            }
        });
        best
    }

    fn gaps(&self, (lo, hi): (f64, f64), mut found: impl FnMut(f64, f64)) {
        let mut free = lo;
        for (from, to) in &self.parts {
            if *from >= hi {
                break;
            }
            if *from > free {
                found(free, *from);
            }
            free = free.max(*to);
        }
        if free < hi {
            found(free, hi);
        }
    }
}

/// A label's own piece of line, which does not block it: its way, and the number of the piece there.
pub(super) type Own = (usize, usize);

impl Sheet {
    pub(super) fn new(graph: &Graph, layout: &Layout, ways: &Ways) -> Self {
        let (mut fixed, mut frames) = (Vec::new(), Vec::new());
        for (node, place) in graph.nodes.iter().zip(&layout.boxes) {
            match node.shape {
                Shape::Leaf(_) => fixed.push(*place),
                Shape::Group { .. } => frames.push(*place),
            }
        }
        fixed.extend(layout.titles.iter().flatten());
        frames.push(layout.size.to_rect());
        let mut lines = Vec::new();
        for (owner, way) in (0_u32..).zip(&ways.list) {
            let Some((edge, _)) = way.edges.first() else {
                continue;
            };
            let route = &layout.routes[*edge as usize];
            for (piece, (a, b)) in (0_u32..).zip(route.segments()) {
                lines.push((Rect::from_points(a, b), owner, piece));
            }
        }
        let run = |line: &Rect| if line.height() > line.width() { Y } else { X };
        let pieces = lines.iter().map(|(line, ..)| (*line, run(line)));
        let sides = [layout.size.width, layout.size.height];
        let grid = sides.map(|length| grid::count(length, CELL, MOST_CELLS));
        Self {
            fixed_index: Index::new(&fixed),
            frame_index: Index::new(&frames),
            strips: Strips::new(layout.size, pieces),
            fixed,
            frames,
            lines,
            seats: Vec::new(),
            heads: vec![NIL; grid[X] * grid[Y]],
            grid,
        }
    }

    /// Whether a label may stand there. Labels of one way may touch: they are stacked like lines of a text.
    pub(super) fn free(&self, place: Rect, way: usize, shared: bool, air: f64) -> bool {
        let area = place.inflate(air, air);
        let mut found = Vec::new();
        self.fixed_index.touching(area, &mut found);
        if found.iter().any(|at| meet(area, self.fixed[*at as usize])) {
            return false;
        }
        let (mut near, mut hit) = (false, false);
        self.lines_in(place.inflate(CLOSE, CLOSE), |line, owner, _| {
            let line = line.inflate(0.1, 0.1);
            if owner as usize == way {
                near = true;
                hit |= shared && meet(place, line);
            } else {
                hit |= meet(area, line);
            }
        });
        if hit || !near {
            return false;
        }
        self.frame_index.touching(area, &mut found);
        let cut = |at: &u32| {
            let frame = self.frames[*at as usize];
            meet(place, frame) && !(frame.contains_rect(place))
        };
        !found.iter().any(cut)
            && !self
                .near(area)
                .any(|(seat, by)| meet(if by == way { place } else { area }, seat))
    }

    /// Where a label that stands in the strip would meet something, with so much air to it, and to lines: in order.
    pub(super) fn blocked(
        &self,
        strip: &Strip,
        own: Own,
        (air, lines): (f64, f64),
        blocked: &mut Blocked,
    ) {
        blocked.parts.clear();
        let area = |air: f64| strip.area().inflate(air, air);
        let mut block = |rect: Rect, air: f64| {
            let (lo, hi) = side(rect, strip.run);
            blocked.parts.push((lo - air, hi + air));
        };
        self.around(strip, area(air), |rect| block(rect, air));
        self.along(own, area(lines), |rect| block(rect, lines));
        blocked.parts.sort_by(|a, b| a.0.total_cmp(&b.0));
    }

    /// How much is free across the strip around `line`, up to `reach` on both sides, and whether something lies across all of it.
    pub(super) fn across(
        &self,
        strip: &Strip,
        line: f64,
        own: Own,
        reach: f64,
    ) -> ((f64, f64), bool) {
        let wide = Strip {
            at: line,
            thick: 2.0 * reach,
            ..*strip
        };
        let (mut from, mut to) = (line - reach, line + reach);
        let mut closed = false;
        let mut meet = |rect: Rect| {
            let (lo, hi) = side(rect, 1 - strip.run);
            if lo <= line - reach && line + reach <= hi {
                closed = true;
            } else if hi <= line {
                from = from.max(hi);
            } else if lo >= line {
                to = to.min(lo);
            } else if lo > from && line - lo < hi - line {
                from = from.max(lo);
            } else if hi < to {
                to = to.min(hi);
            }
        };
        self.around(&wide, wide.area(), &mut meet);
        self.along(own, wide.area(), &mut meet);
        ((from, to), closed)
    }

    /// The other ways with lines in the areas.
    pub(super) fn rivals(&self, areas: &[Rect], way: usize) -> Vec<u32> {
        let mut rivals = Vec::new();
        for area in areas {
            self.lines_in(*area, |_, owner, _| {
                if owner as usize != way {
                    rivals.push(owner);
                }
            });
        }
        rivals
    }

    /// Visits the pieces of lines that touch an area, with the way of each and its number there; some of them twice.
    fn lines_in(&self, area: Rect, mut visit: impl FnMut(Rect, u32, u32)) {
        self.strips.near(area, |at| {
            let (line, owner, number) = self.lines[at as usize];
            if touch(line, area) {
                visit(line, owner, number);
            }
        });
    }

    /// Tells of all lines but its own that block a part of an area.
    fn along(&self, (way, piece): Own, area: Rect, mut tell: impl FnMut(Rect)) {
        self.lines_in(area, |line, owner, number| {
            if (owner as usize, number as usize) != (way, piece) {
                tell(line);
            }
        });
    }

    /// Tells of everything but lines that blocks a part of the strip.
    fn around(&self, strip: &Strip, area: Rect, mut tell: impl FnMut(Rect)) {
        let mut found = Vec::new();
        self.fixed_index.touching(area, &mut found);
        for at in &found {
            tell(self.fixed[*at as usize]);
        }
        self.frame_index.touching(area, &mut found);
        let (from, to) = side(strip.area(), 1 - strip.run);
        for at in &found {
            let frame = self.frames[*at as usize];
            let (lo, hi) = side(frame, 1 - strip.run);
            if lo <= from && to <= hi {
                let (lo, hi) = side(frame, strip.run);
                for border in [lo, hi] {
                    tell(thin(strip, border));
                }
            } else {
                tell(frame);
            }
        }
        for (seat, _) in self.near(area).filter(|(seat, _)| meet(*seat, area)) {
            tell(seat);
        }
    }

    /// Remembers a seated label.
    pub(super) fn seat(&mut self, place: Rect, way: usize) {
        for cell in self.cells(place) {
            let entry = u32::try_from(self.seats.len()).unwrap_or(NIL);
            self.seats.push((place, way, self.heads[cell]));
            self.heads[cell] = entry;
        }
    }

    /// Seated labels in the cells that an area touches, with their ways; some twice.
    fn near(&self, area: Rect) -> impl Iterator<Item = (Rect, usize)> + '_ {
        self.cells(area).into_iter().flat_map(move |cell| {
            let mut next = self.heads[cell];
            std::iter::from_fn(move || {
                let (place, way, after) = *self.seats.get(next as usize)?;
                next = after;
                Some((place, way))
            })
        })
    }

    fn cells(&self, area: Rect) -> Vec<usize> {
        let cell = |at: f64, axis: usize| grid::cell(at, CELL, self.grid[axis]);
        let (x0, x1) = (cell(area.x0, X), cell(area.x1, X));
        let (y0, y1) = (cell(area.y0, Y), cell(area.y1, Y));
        (y0..=y1)
            .flat_map(|y| (x0..=x1).map(move |x| (y, x)))
            .map(|(y, x)| y * self.grid[X] + x)
            .collect()
    }
}

/// A border as a rectangle across the strip.
fn thin(strip: &Strip, at: f64) -> Rect {
    let part = Strip {
        lo: at,
        hi: at,
        ..*strip
    };
    part.area()
}

/// Where a rectangle begins and ends along an axis.
fn side(rect: Rect, axis: usize) -> (f64, f64) {
    if axis == X {
        (rect.x0, rect.x1)
    } else {
        (rect.y0, rect.y1)
    }
}

/// Whether two rectangles have at least a border in common.
fn touch(a: Rect, b: Rect) -> bool {
    a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1
}

/// Whether two rectangles overlap.
fn meet(a: Rect, b: Rect) -> bool {
    a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1
}
