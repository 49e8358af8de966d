//! What stands on the canvas, and the room that it asks for.

use super::axis::{Axis, Kind, Side};
use super::canvas::Canvas;
use crate::geom::{Point, Rect, Route};
use unicode_width::UnicodeWidthStr;

/// How far before its border a head stands, px: nearer than anything else.
const HEAD: f64 = 3.0;

/// In how many cells after a corner a title begins.
const TITLE: usize = 3;

/// Half the height of a line of words, px.
const HALF: f64 = 8.0;

/// Something on the canvas.
pub(super) enum Element {
    /// A group, with its title where it has one; and whether it stands out.
    Frame(Rect, Option<Words>, bool),
    /// A component: its words, and whether it stands out.
    Card(Rect, Vec<String>, bool),
    /// A link: where it has heads (at its target, at its source), and whether it is known.
    Way(Route, (bool, bool), bool),
    /// Words at the link with that number.
    Words(Words, usize),
}

/// Some lines of words.
pub(super) struct Words {
    /// What they say.
    pub(super) lines: Vec<String>,
    /// Their left and right end, px.
    pub(super) across: (f64, f64),
    /// The middles of the first and the last line, px.
    pub(super) down: (f64, f64),
    /// Where the upright line runs that they stand on, px.
    pub(super) on: Option<f64>,
}

impl Words {
    fn width(&self) -> usize {
        self.lines
            .iter()
            .map(|line| line.width())
            .max()
            .unwrap_or(0)
    }

    /// Puts them on the stretch of a way that runs through them from above.
    pub(super) fn set_on(&mut self, way: &Route) {
        let upright = way.segments().find(|(a, b)| {
            let beside = (a.x - b.x).abs() < 1.0 && self.across.0 < a.x && a.x < self.across.1;
            beside && a.y.min(b.y) < self.down.0 && self.down.1 < a.y.max(b.y)
        });
        self.on = upright.map(|(a, _)| a.x);
    }
}

/// The cells of all coordinates.
pub(super) fn axes(elements: &[Element]) -> (Axis, Axis) {
    let mut axes = (Axis::new(true), Axis::new(false));
    for (owner, element) in elements.iter().enumerate() {
        element.ask(owner, &mut axes);
    }
    axes.0.settle();
    axes.1.settle();
    axes
}

impl Element {
    fn ask(&self, owner: usize, axes: &mut (Axis, Axis)) {
        match self {
            Self::Frame(rect, title, _) => {
                sides(*rect, owner, Kind::Frame, axes);
                axes.0.keep(rect.x0, rect.x1, 2);
                axes.1.keep(rect.y0, rect.y1, 2);
                if let Some(title) = title {
                    // It stands in the upper border, between two blanks, and what crosses that passes it by.
                    let (left, right) = title.across;
                    let before = if left > rect.x0 { TITLE } else { 0 };
                    axes.0.keep(rect.x0, left, before);
                    axes.0.keep(left, right, title.width() + 1 + TITLE - before);
                    axes.0.keep(right, rect.x1, 1);
                    let rows = (rect.y0, title.down.1 + HALF);
                    pair(title.across, rows, owner, Kind::Words, &mut axes.0);
                }
            }
            Self::Card(rect, lines, _) => {
                sides(*rect, owner, Kind::Card, axes);
                let width = lines.iter().map(|line| line.width()).max().unwrap_or(0);
                axes.0.keep(rect.x0, rect.x1, width + 3);
                axes.1.keep(rect.y0, rect.y1, (lines.len() + 1).max(2));
            }
            Self::Way(route, heads, known) => way(route, *heads, *known, owner, axes),
            Self::Words(words, link) => {
                let (left, right) = words.across;
                let (first, last) = words.down;
                axes.0.keep(left, right, words.width());
                if let Some(on) = words.on {
                    axes.0.keep(left, on, words.width() / 2);
                    axes.0.keep(on, right, words.width().div_ceil(2));
                }
                axes.1
                    .keep(first, last, words.lines.len().saturating_sub(1));
                let rows = (first - HALF, last + HALF);
                pair(words.across, rows, *link, Kind::Words, &mut axes.0);
                pair(words.down, words.across, *link, Kind::Words, &mut axes.1);
            }
        }
    }

    /// Puts the title of a group in its upper border, when all lines are drawn: where none ends or crosses, if there is such a place.
    pub(super) fn entitle(&self, canvas: &mut Canvas, across: &Axis, down: &Axis) {
        let Self::Frame(rect, Some(title), _) = self else {
            return;
        };
        let (left, right) = (across.cell(rect.x0), across.cell(rect.x1));
        let row = down.cell(rect.y0);
        let wanted = across.cell(title.across.0).max(left + TITLE) - 1;
        let last = right.saturating_sub(title.width() + TITLE);
        let places = std::iter::once(wanted).chain(left + TITLE - 1..=last);
        let width = title.width() + 2;
        let free = places
            .into_iter()
            .find(|at| canvas.is_clear(*at..at + width, row));
        let words = format!(" {} ", title.lines.join(" "));
        canvas.words(free.unwrap_or(wanted), row, &words);
    }

    /// Puts it on the canvas, without the title of a group.
    pub(super) fn paint(&self, canvas: &mut Canvas, across: &Axis, down: &Axis) {
        let corners = |rect: &Rect| {
            let first = (across.cell(rect.x0), down.cell(rect.y0));
            (first, (across.cell(rect.x1), down.cell(rect.y1)))
        };
        match self {
            Self::Frame(rect, _, lit) => {
                let (first, last) = corners(rect);
                canvas.frame(first, last, false);
                if *lit {
                    canvas.double(first, last);
                }
            }
            Self::Card(rect, lines, lit) => {
                let ((left, top), (right, bottom)) = corners(rect);
                canvas.frame((left, top), (right, bottom), true);
                if *lit {
                    canvas.double((left, top), (right, bottom));
                }
                let room = (bottom - top).saturating_sub(1);
                let first = top + 1 + room.saturating_sub(lines.len()) / 2;
                for (row, line) in lines.iter().enumerate() {
                    let free = (right - left).saturating_sub(1 + line.width());
                    canvas.words(left + 1 + free / 2, first + row, line);
                }
            }
            Self::Way(route, (head, tail), known) => {
                let cell = |point: &Point| (across.cell(point.x), down.cell(point.y));
                let cells: Vec<(usize, usize)> = route.points.iter().map(cell).collect();
                canvas.line(&cells, *known);
                if let [.., before, end] = cells.as_slice()
                    && *head
                {
                    canvas.head(*before, *end, *known);
                }
                if let [start, after, ..] = cells.as_slice()
                    && *tail
                {
                    canvas.head(*after, *start, *known);
                }
            }
            Self::Words(words, _) => {
                let (left, right) = match words.on.map(|on| across.cell(on)) {
                    Some(on) => (
                        on.saturating_sub(words.width() / 2),
                        on + words.width().div_ceil(2),
                    ),
                    None => (across.cell(words.across.0), across.cell(words.across.1)),
                };
                let (top, bottom) = (down.cell(words.down.0), down.cell(words.down.1));
                let first = top + (bottom - top).saturating_sub(words.lines.len() - 1) / 2;
                for (row, line) in words.lines.iter().enumerate() {
                    let free = (right - left).saturating_sub(line.width());
                    canvas.words(left + free / 2, first + row, line);
                }
            }
        }
    }
}

/// The four sides of a box.
fn sides(rect: Rect, owner: usize, kind: Kind, (across, down): &mut (Axis, Axis)) {
    let (level, upright) = ((rect.x0, rect.x1), (rect.y0, rect.y1));
    pair(level, upright, owner, kind, across);
    pair(upright, level, owner, kind, down);
}

/// The side where something begins, and the one where it ends.
fn pair((from, to): (f64, f64), span: (f64, f64), owner: usize, kind: Kind, axis: &mut Axis) {
    for (at, last) in [(from, false), (to, true)] {
        axis.side(Side {
            at,
            span,
            owner,
            kind,
            last,
        });
    }
}

/// Every stretch of a link is a side for what runs beside it, and every head for what crosses the link.
fn way(
    route: &Route,
    (head, tail): (bool, bool),
    known: bool,
    owner: usize,
    (across, down): &mut (Axis, Axis),
) {
    let side = |at, from: f64, to: f64, kind| Side {
        at,
        span: (from.min(to), from.max(to)),
        owner,
        kind,
        last: false,
    };
    let stretches = route.points.len().saturating_sub(1);
    for (number, (a, b)) in route.segments().enumerate() {
        let level = (a.y - b.y).abs() < (a.x - b.x).abs();
        let (along, beside) = if level {
            (&mut *across, &mut *down)
        } else {
            (&mut *down, &mut *across)
        };
        let turned = |point: Point| {
            if level {
                (point.x, point.y)
            } else {
                (point.y, point.x)
            }
        };
        let ((from, at), (to, other)) = (turned(a), turned(b));
        beside.side(side(at, from, to, Kind::Line));
        beside.keep(at, other, 0);
        let heads = [number == 0 && tail, number + 1 == stretches && head];
        let outer = number == 0 || number + 1 == stretches;
        // A known link shows a piece of its dashes.
        let cells = heads.iter().filter(|head| **head).count() + usize::from(outer && known);
        along.keep(from.min(to), from.max(to), cells + 1);
        for (is, (tip, rest)) in heads.into_iter().zip([(from, to), (to, from)]) {
            if is {
                let before = tip + (rest - tip).signum() * HEAD.min((rest - tip).abs() / 2.0);
                along.keep(tip.min(before), tip.max(before), 1);
                along.side(side(before, at, at, Kind::Head));
            }
        }
    }
}
