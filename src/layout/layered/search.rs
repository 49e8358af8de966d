//! The best arrangement of one group that can be found for the effort: good beginnings, then local search, in both orientations.

use super::arrange::{Arrangement, Drawing};
use super::cost::Judge;
use super::p3_order::Layers;
use super::problem::{Flow, Problem};
use super::slots::Slots;
use super::{exchange, spread, start};
use crate::geom::{Point, Size};
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

/// By how much an arrangement must cost less than the one that is there.
const WORTH: f64 = 0.5;

/// Buffers that are used again from group to group.
#[derive(Debug, Clone, Default)]
pub(super) struct Searcher {
    drawing: Drawing,
    slots: Slots,
    trial: Arrangement,
    trials: Trials,
}

/// Draws what is tried, and judges it.
#[derive(Debug, Clone, Default)]
struct Trials {
    drawing: Drawing,
    judge: Judge,
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

impl Trials {
    /// Draws an arrangement and says what it costs; where that is `limit` at least, infinity, and the drawing is unfinished.
    fn cost(
        &mut self,
        problem: &Problem,
        arrangement: &Arrangement,
        sweeps: u32,
        limit: f64,
    ) -> f64 {
        let drawing = &mut self.drawing;
        drawing.begin(problem, arrangement);
        let known = Judge::known(problem, drawing);
        if known >= limit {
            return f64::INFINITY;
        }
        drawing.settle(problem, arrangement, sweeps);
        self.judge.cost(problem, drawing, (known, limit))
    }
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
        let drawn = (&kept.arrangement, &self.drawing);
        self.slots.find(view, drawn, child, ELSEWHERE.0);
        let mut found: Vec<(f64, Arrangement)> = Vec::new();
        for index in 0..self.slots.count() {
            let mut trial = Arrangement::default();
            self.slots.put(child, index, &mut trial);
            if trial == kept.arrangement {
                continue;
            }
            let cost = self.trials.cost(view, &trial, 2, f64::INFINITY);
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
                let limit = if found.len() < EXCHANGED {
                    f64::INFINITY
                } else {
                    found.last().map_or(f64::INFINITY, |worst| worst.0)
                };
                let cost = self.trials.cost(view, &arrangement, 2, limit);
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
                    let limit = worst_of_best(&begun, effort.starts);
                    let cost = self.trials.cost(view, &arrangement, 2, limit);
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
                let cost = self.trials.judge.rough(view, &self.drawing);
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
            let drawn = (&current, &self.drawing);
            self.slots.find(problem, drawn, child, effort.slots);
            let mut better = false;
            for index in 0..self.slots.count() {
                self.slots.put(child, index, &mut self.trial);
                if self.trial == current {
                    continue;
                }
                let limit = cost - WORTH;
                let value = self.trials.cost(problem, &self.trial, sweeps, limit);
                if value < limit {
                    cost = value;
                    best.clone_from(&self.trial);
                    std::mem::swap(&mut self.drawing, &mut self.trials.drawing);
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
