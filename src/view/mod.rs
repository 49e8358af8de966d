//! Which part of an architecture is shown: an architecture becomes a smaller one.

use crate::model::{Architecture, Basis, Tier};

/// What is shown. A value, not a mode: two views of one architecture never influence each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Whether links are shown that the built-in knowledge adds.
    pub known: bool,
    /// The least sure links that are shown.
    pub tier: Tier,
}

impl Default for View {
    fn default() -> Self {
        Self {
            known: true,
            tier: Tier::Derived,
        }
    }
}

/// The part of `architecture` that `view` shows. Parts keep their ids and their order.
pub fn select(architecture: &Architecture, view: &View) -> Architecture {
    architecture
        .with_links(|link| (view.known || link.basis == Basis::Stated) && link.tier <= view.tier)
}
