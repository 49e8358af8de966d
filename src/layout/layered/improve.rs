//! The last search, over the whole picture: small changes to the arrangement of one group at a time, each judged by what the finished,
//! routed layout is worth. What the cheaper judgement of a group alone cannot see is decided here.

use super::arrange::Arrangement;
use super::search::{Kept, Searcher};
use super::stage::Stage;
use super::start::{mirrored, reversed};

/// Up to how many children a group is taken apart child by child.
const TAKEN: usize = 24;

/// Changes what `stage` holds for the better, with at most `budget` trials; `cost` is what a state of the stage is worth.
pub(super) fn improve(
    stage: &mut Stage,
    searcher: &mut Searcher,
    budget: usize,
    cost: &mut dyn FnMut(&Stage) -> f64,
) {
    let groups = stage.arranged();
    let mut search = Search {
        least: cost(stage),
        left: budget,
        cost,
    };
    let mut better = true;
    while better && search.left > 0 {
        better = false;
        for &group in &groups {
            better |= search.turn(stage, searcher, group);
        }
        for &heft in if crate::knob(15,2.0) as usize > 0 {&[1.0, 0.4][..]} else {&[]} {
            for &group in &groups {
                let count = stage.kept(group).map_or(0, |kept| kept.arrangement.order.len());
                if count > TAKEN || count < 3 {
                    continue;
                }
                let kept = stage.search(searcher, group, heft);
                better |= search.try_it(stage, searcher, group, kept);
            }
        }
        for &group in &groups {
            better |= search.shift(stage, searcher, group);
        }
    }
}

struct Search<'a> {
    least: f64,
    left: usize,
    cost: &'a mut dyn FnMut(&Stage) -> f64,
}

impl Search<'_> {
    /// Whether the picture is better with `kept` in `group`; if not, everything is as it was.
    fn try_it(&mut self, stage: &mut Stage, searcher: &mut Searcher, group: u32, kept: Kept) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let before = stage.save();
        stage.keep(group, kept);
        stage.redraw(searcher);
        let cost = (self.cost)(stage);
        if cost < self.least - 0.5 {
            self.least = cost;
            return true;
        }
        stage.restore(before);
        false
    }

    /// Tries the mirror images of a group, and its rows as columns.
    fn turn(&mut self, stage: &mut Stage, searcher: &mut Searcher, group: u32) -> bool {
        let free = stage.is_free(group);
        let mut better = false;
        for form in 0..4 {
            let Some(kept) = stage.kept(group) else {
                break;
            };
            let Some(kept) = formed(kept, form, free) else {
                continue;
            };
            better |= self.try_it(stage, searcher, group, kept);
        }
        better
    }

    /// Tries for each child of a group the place that seems best.
    fn shift(&mut self, stage: &mut Stage, searcher: &mut Searcher, group: u32) -> bool {
        let mut better = false;
        let count = stage.kept(group).map_or(0, |kept| kept.arrangement.order.len());
        if count > TAKEN {
            return false;
        }
        for child in (0_u32..).take(count) {
            if self.left == 0 {
                break;
            }
            for kept in stage.other_places(searcher, group, child) {
                better |= self.try_it(stage, searcher, group, kept);
            }
        }
        better
    }
}

/// Another form of an arrangement: mirrored, or turned where nobody chose a direction.
fn formed(kept: &Kept, form: usize, free: bool) -> Option<Kept> {
    if kept.lanes {
        return None;
    }
    let rows = &kept.arrangement.rows;
    let several = rows.len() > 1;
    let wide = rows.iter().any(|&row| row > 1);
    let with = |arrangement: Arrangement, turned: bool| {
        Some(Kept {
            turned,
            lanes: false,
            arrangement,
        })
    };
    match form {
        0 if wide => with(reversed(&kept.arrangement), kept.turned),
        1 if free && several => with(mirrored(&kept.arrangement), kept.turned),
        2 if free && several && wide => {
            with(mirrored(&reversed(&kept.arrangement)), kept.turned)
        }
        3 if free => with(kept.arrangement.clone(), !kept.turned),
        _ => None,
    }
}
