//! What the whole picture costs, so that the best of several passes can be kept: one flat problem of all boxes and all edges,
//! judged as a group's is.

use super::arrange::Drawing;
use super::cost::Judge;
use super::nest::{Nest, Role, id};
use super::problem::{End, Exit, Flow, Problem, Wire};
use super::stage::Stage;
use super::tree::NONE;
use crate::geom::{Size, Vec2};
use crate::layout::graph::Graph;

/// The picture as one problem and its drawing, made once and then moved from pass to pass.
#[derive(Debug)]
pub(super) struct Score {
    problem: Problem,
    drawing: Drawing,
    places: Vec<u32>,
    judge: Judge,
}

impl Score {
    /// Collects boxes and edges.
    pub(super) fn new(graph: &Graph, nest: &Nest, shape: f64) -> Self {
        let mut places = Vec::new();
        let mut index = vec![NONE; nest.tree.len()];
        for (place, &role) in nest.role.iter().enumerate() {
            if role == Role::Leaf {
                index[place] = id(places.len());
                places.push(id(place));
            }
        }
        let wires = graph
            .edges
            .iter()
            .filter(|edge| edge.weight > 0)
            .filter_map(|edge| {
                let (a, b) = (nest.place[edge.from.index()], nest.place[edge.to.index()]);
                nest.tree.branch(a, b)?;
                nest.tree.branch(b, a)?;
                let end = |place: u32| End {
                    child: index[place as usize],
                    place,
                    at: Vec2::ZERO,
                    half: Vec2::ZERO,
                    exit: Exit::default(),
                };
                let (a, b) = if index[a as usize] == NONE {
                    (b, a)
                } else {
                    (a, b)
                };
                (index[a as usize] != NONE).then(|| Wire {
                    a: end(a),
                    b: end(b),
                    weight: 1.0,
                    label: Size::ZERO,
                    walls: (0, 0),
                    copy: 0,
                    pin: index[b.max(0) as usize] == NONE,
                })
            })
            .collect();
        let problem = Problem {
            size: vec![Size::ZERO; places.len()],
            group: vec![false; places.len()],
            wires,
            walls: Vec::new(),
            first: Vec::new(),
            touch: Vec::new(),
            pull: 0.0,
            copies: 1.0,
            shape,
            easy: 0.0,
            flow: Flow::Free,
            lanes: NONE,
            turned: false,
        };
        Self {
            drawing: Drawing::default(),
            judge: Judge::default(),
            problem,
            places,
        }
    }

    /// The cost of what the stage holds now.
    pub(super) fn of(&mut self, stage: &Stage, nest: &Nest) -> f64 {
        let size = |place: u32| stage.size[nest.model[place as usize] as usize];
        let whole = size(0);
        self.drawing.size = whole;
        self.drawing.row.resize(self.places.len(), 0);
        self.drawing.column.resize(self.places.len(), 0);
        self.drawing.at.clear();
        for (slot, &place) in self.problem.size.iter_mut().zip(&self.places) {
            *slot = size(place);
            self.drawing.at.push(stage.corner[place as usize]);
        }
        for wire in &mut self.problem.wires {
            for end in [&mut wire.a, &mut wire.b] {
                let half = size(end.place).to_vec2() / 2.0;
                if end.child == NONE {
                    let corner = stage.corner[end.place as usize].to_vec2();
                    end.at = corner + half - whole.to_vec2() / 2.0;
                } else {
                    (end.at, end.half) = (half, half);
                }
            }
        }
        self.problem.index();
        self.judge.cost(&self.problem, &self.drawing, f64::INFINITY)
    }
}
