//! What became of a part, link or rule since an older architecture, and what a view draws the eye to.

use super::architecture::{LinkId, PartId};
use super::link::words;
use std::collections::BTreeMap;

words! {
    /// What became of something.
    Mark {
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It is another than it was.
        Changed = "changed",
        /// It is in another group.
        Moved = "moved",
    }
}

/// The marks of one architecture. What has none is as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Of components and groups.
    pub parts: BTreeMap<PartId, Mark>,
    /// Of links.
    pub links: BTreeMap<LinkId, Mark>,
    /// Of rules, by their place in [`Architecture::rules`](super::Architecture::rules).
    pub rules: BTreeMap<usize, Mark>,
    /// What stands out and what steps back; empty where a view highlights nothing.
    pub lights: Lights,
}

/// How much light a view gives to something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Light {
    /// It stands out.
    Lit,
    /// It steps back, and can still be read.
    Faded,
}

/// The lights of one architecture. What has none is drawn as ever: the groups around what is lit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lights {
    /// Of components and groups.
    pub parts: BTreeMap<PartId, Light>,
    /// Of links.
    pub links: BTreeMap<LinkId, Light>,
}

impl Marks {
    /// Every mark, one a marked thing.
    pub fn all(&self) -> impl Iterator<Item = Mark> {
        let parts = self.parts.values().chain(self.links.values());
        parts.chain(self.rules.values()).copied()
    }
}
