//! Trials on a [`Stage`]: other arrangements of one group, drawn, and taken back where they are no better.

use super::problem::Problem;
use super::search::{Effort, Kept, Searcher};
use super::stage::Stage;
use crate::geom::{Point, Size, Vec2};

/// The part of a [`Stage`] that trials change.
#[derive(Debug)]
pub(super) struct Saved {
    size: Vec<Size>,
    at: Vec<Vec2>,
    kept: Vec<Option<Kept>>,
    corner: Vec<Point>,
}

impl Stage<'_> {
    /// The groups whose arrangement can be changed, outer ones first.
    pub(super) fn arranged(&self) -> Vec<u32> {
        let all = (0_u32..).zip(&self.kept);
        let mut groups: Vec<u32> = all
            .filter(|(_, kept)| kept.is_some())
            .map(|(place, _)| place)
            .collect();
        groups.sort_by_key(|&place| self.nest.tree.depth[place as usize]);
        groups
    }

    /// How a group is arranged.
    pub(super) fn kept(&self, group: u32) -> Option<&Kept> {
        self.kept[group as usize].as_ref()
    }

    /// Arranges a group otherwise from the next drawing on.
    pub(super) fn keep(&mut self, group: u32, kept: Kept) {
        self.kept[group as usize] = Some(kept);
    }

    /// Draws all groups as they are arranged.
    pub(super) fn redraw(&mut self, searcher: &mut Searcher) {
        self.inside_out(searcher, Effort::default());
    }

    /// Other arrangements of a group, in which only `child` stands elsewhere: the likeliest.
    pub(super) fn other_places(
        &self,
        searcher: &mut Searcher,
        group: u32,
        child: u32,
    ) -> Vec<Kept> {
        let Some(kept) = self.kept(group).filter(|kept| !kept.lanes) else {
            return Vec::new();
        };
        let direction = self.direction_of(group as usize);
        searcher.other_places(self.problem_of(group), direction, kept, child)
    }

    /// Other arrangements of a group, in which more than one child may stand elsewhere: the likeliest.
    pub(super) fn exchanged(&self, searcher: &mut Searcher, group: u32) -> Vec<Kept> {
        let Some(kept) = self.kept(group).filter(|kept| !kept.lanes) else {
            return Vec::new();
        };
        let direction = self.direction_of(group as usize);
        searcher.exchanged(self.problem_of(group), direction, kept)
    }

    /// Another arrangement of a group, searched for anew where everything around it stands now.
    pub(super) fn search(
        &self,
        searcher: &mut Searcher,
        group: u32,
        (heft, knot): (f64, f64),
    ) -> Kept {
        let mut problem = self.problem_of(group);
        (problem.heft, problem.knot) = (heft * self.heft(), knot * self.knot());
        let effort = Effort {
            starts: 3,
            slots: 3,
            rounds: 2,
            careful: true,
        };
        let direction = self.direction_of(group as usize);
        searcher.arrange(problem, direction, None, effort).kept
    }

    /// A group as it stands now.
    fn problem_of(&self, group: u32) -> Problem {
        let children: Vec<u32> = self.nest.tree.children_of(group).collect();
        let sizes: Vec<Size> = children.iter().map(|&child| self.size_of(child)).collect();
        self.problem(group, &children, sizes)
    }

    /// What a trial may change.
    pub(super) fn save(&self) -> Saved {
        Saved {
            size: self.size.clone(),
            at: self.at.clone(),
            kept: self.kept.clone(),
            corner: self.corner.clone(),
        }
    }

    /// Takes a trial back.
    pub(super) fn restore(&mut self, saved: Saved) {
        self.size = saved.size;
        self.at = saved.at;
        self.kept = saved.kept;
        self.corner = saved.corner;
    }
}
