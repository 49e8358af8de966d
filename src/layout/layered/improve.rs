//! The last search, over the whole picture: small changes to the arrangement of one group at a time, each judged by what the finished,
//! routed layout is worth. What the cheaper judgement of a group alone cannot see is decided here.

use super::search::{Kept, Searcher};
use super::stage::Stage;

/// Up to how many children a group is taken apart child by child.
const TAKEN: usize = 24;

/// Changes what `stage` holds for the better, with at most `budget` trials; gives what `cost` says of the state that is left.
pub(super) fn improve(
    stage: &mut Stage,
    searcher: &mut Searcher,
    budget: usize,
    cost: &mut dyn FnMut(&Stage) -> f64,
) -> f64 {
    let groups = stage.arranged();
    let mut search = Search {
        least: cost(stage),
        left: budget,
        taken: 0,
        tried: Vec::new(),
        cost,
    };
    // After how many changes each search was made last: it finds the same until there is another.
    let mut made = vec![usize::MAX; MANNERS.len() * groups.len()];
    loop {
        let before = search.taken;
        let mut made = made.iter_mut();
        for &manner in &MANNERS {
            for (&group, made) in groups.iter().zip(&mut made) {
                if *made != search.taken {
                    *made = search.taken;
                    search.anew(stage, searcher, group, manner);
                }
            }
        }
        if search.taken == before {
            for &group in &groups {
                search.shift(stage, searcher, group);
            }
        }
        if search.taken == before {
            for &group in &groups {
                search.exchange(stage, searcher, group);
            }
        }
        if search.taken == before || search.left == 0 {
            return search.least;
        }
    }
}

/// How much size and crossings count in searches for one group.
const MANNERS: [(f64, f64); 6] = [
    (1.0, 1.0),
    (0.4, 1.0),
    (0.4, 3.0),
    (1.0, 3.0),
    (0.15, 2.0),
    (0.15, 5.0),
];

struct Search<'a> {
    least: f64,
    left: usize,
    /// How many changes were for the better.
    taken: usize,
    /// What was tried in vain since the last change: different searches find the same.
    tried: Vec<(u32, Kept)>,
    cost: &'a mut dyn FnMut(&Stage) -> f64,
}

impl Search<'_> {
    /// Takes `kept` for `group` if the picture is better with it; if not, everything is as it was.
    fn try_it(&mut self, stage: &mut Stage, searcher: &mut Searcher, group: u32, kept: Kept) {
        let known = |(other, tried): &(u32, Kept)| *other == group && *tried == kept;
        if self.left == 0 || self.tried.iter().any(known) {
            return;
        }
        self.left -= 1;
        let before = stage.save();
        stage.keep(group, kept.clone());
        stage.redraw(searcher);
        let cost = (self.cost)(stage);
        if cost < self.least - 0.5 {
            self.least = cost;
            self.taken += 1;
            self.tried.clear();
        } else {
            stage.restore(before);
            self.tried.push((group, kept));
        }
    }

    /// Tries what a new search for a group finds.
    fn anew(&mut self, stage: &mut Stage, searcher: &mut Searcher, group: u32, manner: (f64, f64)) {
        let count = stage
            .kept(group)
            .map_or(0, |kept| kept.arrangement.order.len());
        if !(3..=TAKEN).contains(&count) || self.left == 0 {
            return;
        }
        let kept = stage.search(searcher, group, manner);
        if stage.kept(group) != Some(&kept) {
            self.try_it(stage, searcher, group, kept);
        }
    }

    /// Tries for each child of a group the place that seems best.
    fn shift(&mut self, stage: &mut Stage, searcher: &mut Searcher, group: u32) {
        let count = stage
            .kept(group)
            .map_or(0, |kept| kept.arrangement.order.len());
        if count > TAKEN {
            return;
        }
        for child in (0_u32..).take(count) {
            if self.left == 0 {
                break;
            }
            for kept in stage.other_places(searcher, group, child) {
                self.try_it(stage, searcher, group, kept);
            }
        }
    }

    /// Tries the arrangements of a group that are further away.
    fn exchange(&mut self, stage: &mut Stage, searcher: &mut Searcher, group: u32) {
        if self.left > 0 {
            for kept in stage.exchanged(searcher, group) {
                self.try_it(stage, searcher, group, kept);
            }
        }
    }
}
