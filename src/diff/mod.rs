//! Two architectures become the list of what changed between them, and their union with marks.
//!
//! In order: [`pair`] says which parts and links of both are the same, [`change`] tells how they differ, [`union`] joins both into one architecture that can be drawn.
//! Descriptions are prose and are reworded all the time: they count only where the caller asks.

mod change;
mod pair;
mod show;
mod union;

pub use change::{Change, Detail, Place, What};
pub use show::{json, markdown, text};

use crate::model::{Architecture, Mark};
use pair::Pairs;

/// What changed between two architectures.
#[derive(Debug, Clone, Default)]
pub struct Diff {
    /// What is added, removed, changed or moved: the title, groups, components, links, rules, each in the order of the union.
    pub changes: Vec<Change>,
    /// Both in one: the new one, with what is gone where it was, and [marks](Architecture::marks).
    pub union: Architecture,
}

impl Diff {
    /// How many changes are of a kind.
    pub fn count(&self, mark: Mark) -> usize {
        self.changes
            .iter()
            .filter(|change| change.mark == mark)
            .count()
    }
}

/// Compares two architectures. `descriptions`: whether other words about the same part are a change.
pub fn compare(old: &Architecture, new: &Architecture, descriptions: bool) -> Diff {
    let pairs = Pairs::of(old, new);
    let changes = change::changes(old, new, &pairs, descriptions);
    let union = union::union(old, new, &pairs, descriptions);
    Diff { changes, union }
}

#[cfg(test)]
mod tests;
