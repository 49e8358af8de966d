//! The best arrangement of one group that can be found for the effort: good beginnings, then local search, in both orientations.

use super::arrange::{Arrangement, Drawing};
use super::cost::Judge;
use super::problem::{Flow, Problem};
use super::start;
use crate::geom::{Point, Size};
use crate::layout::graph::Direction;

/// Up to this many children the search evaluates whole drawings; larger groups keep their beginning.
const SEARCHED: usize = 24;

/// Buffers, and how much may be spent.
#[derive(Debug, Clone, Default)]
pub(super) struct Searcher {
    drawing: Drawing,
    judge: Judge,
    trial: Arrangement,
    /// Evaluations that one group may cost, per child.
    effort: u32,
}

/// Corners of the children, and the extent of all.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Found {
    /// One a child.
    pub(super) at: Vec<Point>,
    /// The extent.
    pub(super) size: Size,
    /// What it costs.
    pub(super) cost: f64,
}

impl Searcher {
    /// A searcher that spends `effort` evaluations a child on every group.
    pub(super) fn new(effort: u32) -> Self {
        Self {
            effort,
            ..Self::default()
        }
    }

    /// Arranges the children of `problem`, along `direction` where there is one.
    pub(super) fn arrange(&mut self, problem: Problem, direction: Option<Direction>) -> Found {
        let mut views = Vec::new();
        match direction {
            None => {
                views.push(problem.turned());
                views.push(problem);
            }
            Some(Direction::Down) => views.push(with(problem, Flow::Forward)),
            Some(Direction::Up) => views.push(with(problem, Flow::Backward)),
            Some(Direction::Right) => views.push(with(problem.turned(), Flow::Forward)),
            Some(Direction::Left) => views.push(with(problem.turned(), Flow::Backward)),
        }
        let mut begun: Vec<(f64, usize, Arrangement)> = Vec::new();
        for (index, view) in views.iter().enumerate() {
            for arrangement in beginnings(view) {
                if begun
                    .iter()
                    .all(|other| other.1 != index || other.2 != arrangement)
                {
                    begun.push((self.cost(view, &arrangement), index, arrangement));
                }
            }
        }
        begun.sort_by(|a, b| a.0.total_cmp(&b.0));
        begun.truncate(3);
        let mut best: Option<(f64, usize, Arrangement)> = None;
        for (cost, index, arrangement) in begun {
            let view = &views[index];
            let (cost, arrangement) = if view.count() <= SEARCHED {
                self.improve(view, arrangement, cost)
            } else {
                (cost, arrangement)
            };
            if best.as_ref().is_none_or(|best| cost < best.0) {
                best = Some((cost, index, arrangement));
            }
        }
        best.map_or_else(Found::default, |(cost, index, arrangement)| {
            self.finish(&views[index], &arrangement, cost)
        })
    }

    fn cost(&mut self, problem: &Problem, arrangement: &Arrangement) -> f64 {
        self.drawing.draw(problem, arrangement, 2);
        self.judge.cost(problem, &self.drawing)
    }

    fn finish(&mut self, problem: &Problem, arrangement: &Arrangement, cost: f64) -> Found {
        self.drawing.draw(problem, arrangement, 5);
        let size = self.drawing.size;
        if problem.turned {
            Found {
                at: self
                    .drawing
                    .at
                    .iter()
                    .map(|at| Point::new(at.y, at.x))
                    .collect(),
                size: Size::new(size.height, size.width),
                cost,
            }
        } else {
            Found {
                at: self.drawing.at.clone(),
                size,
                cost,
            }
        }
    }

    /// Takes one child after the other and puts it where it costs least, until nothing gets better or the effort is spent.
    fn improve(
        &mut self,
        problem: &Problem,
        mut current: Arrangement,
        mut cost: f64,
    ) -> (f64, Arrangement) {
        let count = problem.count();
        let mut left = self.effort * u32::try_from(count).unwrap_or(0);
        let (mut child, mut idle) = (0, 0);
        while idle < count && left > 0 {
            let mut best = None;
            let rest = without(&current, child);
            let mut slot = 0;
            while left > 0 && insert(&rest, child, slot, &mut self.trial) {
                slot += 1;
                if self.trial == current {
                    continue;
                }
                left -= 1;
                let trial = std::mem::take(&mut self.trial);
                let value = self.cost(problem, &trial);
                if value < cost - 0.5 {
                    cost = value;
                    best = Some(trial.clone());
                }
                self.trial = trial;
            }
            idle += 1;
            if let Some(best) = best {
                current = best;
                idle = 0;
            }
            child = (child + 1) % u32::try_from(count).unwrap_or(1);
        }
        (cost, current)
    }
}

fn with(problem: Problem, flow: Flow) -> Problem {
    Problem { flow, ..problem }
}

fn beginnings(problem: &Problem) -> Vec<Arrangement> {
    let layers = start::layers(problem, 12);
    if problem.flow != Flow::Free {
        return vec![layers];
    }
    vec![start::mirrored(&layers), layers, start::reading(problem)]
}

/// The arrangement without one child.
fn without(arrangement: &Arrangement, child: u32) -> Arrangement {
    let mut result = Arrangement::default();
    let mut start = 0;
    for &length in &arrangement.rows {
        let end = start + length as usize;
        let before = result.order.len();
        let row = &arrangement.order[start..end];
        result
            .order
            .extend(row.iter().filter(|&&other| other != child));
        let kept = result.order.len() - before;
        if kept > 0 {
            result.rows.push(u32::try_from(kept).unwrap_or(0));
        }
        start = end;
    }
    result
}

/// Puts `child` at the `slot`-th of all positions: each place in each row, then a row of its own between rows. False behind the last.
fn insert(rest: &Arrangement, child: u32, slot: usize, into: &mut Arrangement) -> bool {
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
        return true;
    }
    let row = slot - inner;
    if row > rest.rows.len() {
        return false;
    }
    let position: u32 = rest.rows[..row].iter().sum();
    into.order.insert(position as usize, child);
    into.rows.insert(row, 1);
    true
}
