//! The best arrangement of one group that can be found for the effort: good beginnings, then local search, in both orientations.

use super::arrange::{Arrangement, Drawing};
use super::cost::Judge;
use super::p3_order::Layers;
use super::problem::{Flow, Problem};
use super::room::{GAP, ROW_GAP};
use super::{exchange, spread, start};
use crate::geom::{Point, Size, Vec2};
use crate::layout::graph::Direction;

/// Up to this many children the search evaluates whole drawings; larger groups keep their beginning.
const SEARCHED: usize = 24;

/// How often layers are ordered.
const SWEEPS: u32 = 8;

/// How many other places of a child are compared, and how many of them are worth a picture.
const ELSEWHERE: (usize, usize) = (8, 2);
/// Of so few children all are.
const FEW: usize = 4;
/// How many arrangements that differ by more are worth a picture.
const EXCHANGED: usize = 4;

/// Buffers that are used again from group to group.
#[derive(Debug, Clone, Default)]
pub(super) struct Searcher {
    drawing: Drawing,
    trial_drawing: Drawing,
    judge: Judge,
    trial: Arrangement,
    rest: Arrangement,
    slots: Vec<(f64, u32)>,
}

/// How much may be spent on one group; nothing: what an earlier pass found is drawn again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Effort {
    /// How many beginnings are improved.
    pub(super) starts: usize,
    /// How many positions are tried in earnest for each child.
    pub(super) slots: usize,
    /// How often each child is taken in hand at most.
    pub(super) rounds: usize,
    /// Whether boxes are also set in the plane for columns, and everything that is tried is drawn in both directions.
    pub(super) careful: bool,
}

/// An arrangement and its orientation, kept from pass to pass.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Kept {
    /// Rows are columns.
    pub(super) turned: bool,
    /// Long wires have lanes: the arrangement has dummies.
    pub(super) lanes: bool,
    /// The rows.
    pub(super) arrangement: Arrangement,
}

/// Corners of the children, and the extent of all.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Found {
    /// One a child.
    pub(super) at: Vec<Point>,
    /// The extent.
    pub(super) size: Size,
    /// What led there.
    pub(super) kept: Kept,
}

impl Searcher {
    /// Arranges the children of `problem`, along `direction` where there is one; `warm` is what an earlier pass found.
    pub(super) fn arrange(
        &mut self,
        problem: Problem,
        direction: Option<Direction>,
        warm: Option<&Kept>,
        effort: Effort,
    ) -> Found {
        let views = views(problem, direction);
        if let Some(kept) = warm.filter(|_| effort.starts == 0) {
            let view = views.iter().find(|view| view.turned == kept.turned);
            if let Some(view) = view {
                return self.finish(view, kept.clone());
            }
        }
        let best = if views[0].count() > SEARCHED {
            self.large(&views, warm)
        } else {
            self.small(&views, warm, effort)
        };
        best.map_or_else(Found::default, |(index, kept)| {
            self.finish(&views[index], kept)
        })
    }

    /// The arrangements in which only `child` stands elsewhere that cost least.
    pub(super) fn other_places(
        &mut self,
        problem: Problem,
        direction: Option<Direction>,
        kept: &Kept,
        child: u32,
    ) -> Vec<Kept> {
        let views = views(problem, direction);
        let Some(view) = views.iter().find(|view| view.turned == kept.turned) else {
            return Vec::new();
        };
        self.drawing.draw(view, &kept.arrangement, 2);
        without(&kept.arrangement, child, &mut self.rest);
        self.likely(view, child);
        let mut found: Vec<(f64, Arrangement)> = Vec::new();
        for index in 0..self.slots.len().min(ELSEWHERE.0) {
            let mut trial = Arrangement::default();
            insert(&self.rest, child, self.slots[index].1 as usize, &mut trial);
            if trial == kept.arrangement {
                continue;
            }
            self.trial_drawing.draw(view, &trial, 2);
            let cost = self.judge.cost(view, &self.trial_drawing, f64::INFINITY);
            found.push((cost, trial));
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        found.truncate(if view.count() <= FEW {
            ELSEWHERE.0
        } else {
            ELSEWHERE.1
        });
        let kept = |(_, arrangement)| Kept {
            turned: view.turned,
            lanes: false,
            arrangement,
        };
        found.into_iter().map(kept).collect()
    }

    /// Those of the arrangements that [`exchange`] offers which cost least, in each orientation.
    pub(super) fn exchanged(
        &mut self,
        problem: Problem,
        direction: Option<Direction>,
        kept: &Kept,
    ) -> Vec<Kept> {
        let views = views(problem, direction);
        let mut found: Vec<(f64, Kept)> = Vec::new();
        for arrangement in exchange::others(&kept.arrangement) {
            for view in &views {
                self.trial_drawing.draw(view, &arrangement, 2);
                let limit = if found.len() < EXCHANGED {
                    f64::INFINITY
                } else {
                    found.last().map_or(f64::INFINITY, |worst| worst.0)
                };
                let cost = self.judge.cost(view, &self.trial_drawing, limit);
                if cost >= limit {
                    continue;
                }
                let other = Kept {
                    turned: view.turned,
                    lanes: false,
                    arrangement: arrangement.clone(),
                };
                if other == *kept {
                    continue;
                }
                let place = found.partition_point(|known| known.0 <= cost);
                found.insert(place, (cost, other));
                found.truncate(EXCHANGED);
            }
        }
        found.into_iter().map(|(_, kept)| kept).collect()
    }

    /// Improves the best of many beginnings.
    fn small(
        &mut self,
        views: &[Problem],
        warm: Option<&Kept>,
        effort: Effort,
    ) -> Option<(usize, Kept)> {
        let fresh = warm.is_none() || effort.starts > 1;
        let layers = fresh.then(|| start::layers(&views[0], SWEEPS));
        let mut begun: Vec<(f64, usize, Arrangement)> = Vec::new();
        for (index, view) in views.iter().enumerate() {
            let kept = warm.filter(|kept| kept.turned == view.turned);
            let mut begins = Vec::new();
            if let Some(layers) = &layers {
                begins = start::beginnings(view, layers);
                let plane = view.flow == Flow::Free && (effort.careful || !view.turned);
                if let (true, Some(rows)) = (plane, begins.last()) {
                    begins.push(spread::rows(view, rows));
                }
            }
            let all = kept
                .map(|kept| kept.arrangement.clone())
                .into_iter()
                .chain(begins);
            for arrangement in all {
                let new =
                    |other: &(f64, usize, Arrangement)| other.1 != index || other.2 != arrangement;
                if begun.iter().all(new) {
                    self.trial_drawing.draw(view, &arrangement, 2);
                    let limit = worst_of_best(&begun, effort.starts);
                    let cost = self.judge.cost(view, &self.trial_drawing, limit);
                    begun.push((cost, index, arrangement));
                }
            }
        }
        begun.sort_by(|a, b| a.0.total_cmp(&b.0));
        begun.truncate(effort.starts);
        let mut best: Option<(f64, usize, Arrangement)> = None;
        for (cost, index, arrangement) in begun {
            let (cost, arrangement) = self.improve(&views[index], arrangement, cost, effort);
            if best.as_ref().is_none_or(|best| cost < best.0) {
                best = Some((cost, index, arrangement));
            }
        }
        best.map(|(_, index, arrangement)| {
            let kept = Kept {
                turned: views[index].turned,
                lanes: false,
                arrangement,
            };
            (index, kept)
        })
    }

    /// Layers with lanes, layers wrapped, or set in the plane: whatever costs least.
    fn large(&mut self, views: &[Problem], warm: Option<&Kept>) -> Option<(usize, Kept)> {
        let layers = start::layers(&views[0], SWEEPS);
        let mut best: Option<(f64, usize, Kept)> = None;
        for (index, view) in views.iter().enumerate() {
            let kept = |lanes, arrangement| Kept {
                turned: view.turned,
                lanes,
                arrangement,
            };
            let mut tried = vec![kept(true, start::lanes(&layers, view.flow))];
            if view.flow == Flow::Free {
                let rows = start::beginnings(view, &layers).pop().unwrap_or_default();
                let from = warm
                    .filter(|warm| warm.turned == view.turned && !warm.lanes)
                    .map_or(rows, |warm| warm.arrangement.clone());
                tried.push(kept(false, spread::rows(view, &from)));
            }
            for kept in tried {
                self.draw(view, &kept, Some(&layers), 3);
                let cost = self.judge.rough(view, &self.drawing);
                if best.as_ref().is_none_or(|best| cost < best.0) {
                    best = Some((cost, index, kept));
                }
            }
        }
        best.map(|(_, index, kept)| (index, kept))
    }

    /// Draws what was kept; the `layers` are those of the problem, where they are known.
    fn draw(&mut self, problem: &Problem, kept: &Kept, layers: Option<&Layers>, sweeps: u32) {
        if kept.lanes {
            let problem = match layers {
                Some(layers) => start::with_lanes(problem, layers),
                None => start::with_lanes(problem, &start::layers(problem, SWEEPS)),
            };
            self.drawing.draw(&problem, &kept.arrangement, sweeps);
        } else {
            self.drawing.draw(problem, &kept.arrangement, sweeps);
        }
    }

    fn finish(&mut self, problem: &Problem, kept: Kept) -> Found {
        self.draw(problem, &kept, None, if kept.lanes { 9 } else { 5 });
        let (at, size) = (&self.drawing.at[..problem.count()], self.drawing.size);
        if problem.turned {
            Found {
                at: at.iter().map(|at| Point::new(at.y, at.x)).collect(),
                size: Size::new(size.height, size.width),
                kept,
            }
        } else {
            Found {
                at: at.to_vec(),
                size,
                kept,
            }
        }
    }

    /// Takes one child after the other and puts it where it costs least, until nothing gets better or the effort is spent.
    fn improve(
        &mut self,
        problem: &Problem,
        mut current: Arrangement,
        mut cost: f64,
        effort: Effort,
    ) -> (f64, Arrangement) {
        let count = problem.count();
        let mut best = Arrangement::default();
        let mut idle = 0;
        self.drawing.draw(problem, &current, 2);
        let sweeps = if effort.careful { 2 } else { 1 };
        for turn in 0..effort.rounds * count {
            if idle == count {
                break;
            }
            let child = u32::try_from(turn % count).unwrap_or(0);
            idle += 1;
            without(&current, child, &mut self.rest);
            self.likely(problem, child);
            let mut better = false;
            for index in 0..effort.slots.min(self.slots.len()) {
                let slot = self.slots[index].1 as usize;
                insert(&self.rest, child, slot, &mut self.trial);
                if self.trial == current {
                    continue;
                }
                self.trial_drawing.draw(problem, &self.trial, sweeps);
                let value = self.judge.cost(problem, &self.trial_drawing, cost);
                if value < cost - 0.5 {
                    cost = value;
                    best.clone_from(&self.trial);
                    std::mem::swap(&mut self.drawing, &mut self.trial_drawing);
                    better = true;
                }
            }
            if better {
                std::mem::swap(&mut current, &mut best);
                idle = 0;
            }
        }
        (cost, current)
    }

    /// All positions for `child` among the rest, the likeliest first: judged by the length of its wires alone, everything else staying.
    fn likely(&mut self, problem: &Problem, child: u32) {
        let drawing = &self.drawing;
        let half = problem.size[child as usize].to_vec2() / 2.0;
        let mut pulls = Targets::default();
        for pull in problem.pulls.of(child) {
            if pull.twin && pull.other == child {
                continue;
            }
            let to = drawing.place(pull.other) + pull.to - (pull.own - half);
            pulls.push(to, pull.weight);
        }
        let heft = (problem.count() as f64).sqrt();
        let own = problem.size[child as usize];
        self.slots.clear();
        let wanted = pulls.middle();
        let mut slot = 0;
        let mut start = 0;
        let mut edge = 0.0_f64;
        for &length in &self.rest.rows {
            let end = start + length as usize;
            let row = &self.rest.order[start..end];
            let (mut left, mut top, mut bottom) = (f64::NEG_INFINITY, f64::INFINITY, edge);
            let mut wide = own.width;
            for &other in row {
                let (at, size) = (drawing.at[other as usize], problem.size[other as usize]);
                wide += size.width + GAP;
                top = top.min(at.y);
                bottom = bottom.max(at.y + size.height);
            }
            let growth =
                (wide - drawing.size.width).max(0.0) + (own.height - (bottom - top)).max(0.0);
            for &other in row {
                let (at, size) = (drawing.at[other as usize], problem.size[other as usize]);
                let x = wanted.map_or(at.x, |wanted| wanted.x.clamp(left, at.x));
                let value = pulls.length(Point::new(x, f64::midpoint(top, bottom)));
                self.slots.push((value + growth * heft, slot));
                slot += 1;
                left = at.x + size.width;
            }
            let x = wanted.map_or(left, |wanted| wanted.x.max(left));
            let value = pulls.length(Point::new(x, f64::midpoint(top, bottom)));
            self.slots.push((value + growth * heft, slot));
            slot += 1;
            start = end;
            edge = bottom;
        }
        start = 0;
        edge = -40.0;
        for row in 0..=self.rest.rows.len() {
            let y = edge + 20.0;
            let x = wanted.map_or(0.0, |wanted| wanted.x);
            let value = pulls.length(Point::new(x, y)) + (own.height + ROW_GAP) * heft;
            self.slots.push((value, slot));
            slot += 1;
            if let Some(&length) = self.rest.rows.get(row) {
                let end = start + length as usize;
                for &other in &self.rest.order[start..end] {
                    let below = drawing.at[other as usize].y + problem.size[other as usize].height;
                    edge = edge.max(below);
                }
                start = end;
            }
        }
        self.slots.sort_by(|a, b| a.0.total_cmp(&b.0));
    }
}

/// Where the wires of one child pull it.
#[derive(Debug, Default)]
struct Targets {
    list: Vec<(Point, f64)>,
    sum: Vec2,
    weight: f64,
}

impl Targets {
    fn push(&mut self, to: Point, weight: f64) {
        self.list.push((to, weight));
        self.sum += to.to_vec2() * weight;
        self.weight += weight;
    }

    fn middle(&self) -> Option<Point> {
        (self.weight > 0.0).then(|| (self.sum / self.weight).to_point())
    }

    fn length(&self, from: Point) -> f64 {
        self.list
            .iter()
            .map(|&(to, weight)| ((to.x - from.x).abs() + (to.y - from.y).abs()) * weight)
            .sum()
    }
}

/// What the last of the `count` best beginnings so far costs: another one that costs as much is not wanted.
fn worst_of_best(begun: &[(f64, usize, Arrangement)], count: usize) -> f64 {
    let mut costs: Vec<f64> = begun.iter().map(|&(cost, ..)| cost).collect();
    costs.sort_by(f64::total_cmp);
    let last = count.checked_sub(1).and_then(|last| costs.get(last));
    last.copied().unwrap_or(f64::INFINITY)
}

/// The problem in each orientation that `direction` allows.
fn views(problem: Problem, direction: Option<Direction>) -> Vec<Problem> {
    match direction {
        None => vec![problem.turned(), problem],
        Some(Direction::Down) => vec![with(problem, Flow::Forward)],
        Some(Direction::Up) => vec![with(problem, Flow::Backward)],
        Some(Direction::Right) => vec![with(problem.turned(), Flow::Forward)],
        Some(Direction::Left) => vec![with(problem.turned(), Flow::Backward)],
    }
}

fn with(problem: Problem, flow: Flow) -> Problem {
    Problem { flow, ..problem }
}

/// The arrangement without one child.
fn without(arrangement: &Arrangement, child: u32, into: &mut Arrangement) {
    into.order.clear();
    into.rows.clear();
    let mut start = 0;
    for &length in &arrangement.rows {
        let end = start + length as usize;
        let before = into.order.len();
        let row = &arrangement.order[start..end];
        into.order
            .extend(row.iter().filter(|&&other| other != child));
        let kept = into.order.len() - before;
        if kept > 0 {
            into.rows.push(u32::try_from(kept).unwrap_or(0));
        }
        start = end;
    }
}

/// Puts `child` at the `slot`-th of all positions: each place in each row, then a row of its own between rows.
fn insert(rest: &Arrangement, child: u32, slot: usize, into: &mut Arrangement) {
    into.order.clone_from(&rest.order);
    into.rows.clone_from(&rest.rows);
    let inner = rest.order.len() + rest.rows.len();
    if slot < inner {
        let (mut row, mut position, mut left) = (0, 0, slot);
        while left > rest.rows[row] as usize {
            left -= rest.rows[row] as usize + 1;
            position += rest.rows[row] as usize;
            row += 1;
        }
        into.order.insert(position + left, child);
        into.rows[row] += 1;
        return;
    }
    let row = slot - inner;
    let position: u32 = rest.rows[..row].iter().sum();
    into.order.insert(position as usize, child);
    into.rows.insert(row, 1);
}
