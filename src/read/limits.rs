//! What is counted before memory is spent.

use crate::yaml::Caps;

/// How much an input may ask for. Each has an option of the command line, which the error names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one input.
    pub bytes: usize,
    /// Nesting of lists, maps and groups.
    pub depth: usize,
    /// Bytes that YAML aliases may repeat.
    pub aliased: usize,
    /// Components and groups.
    pub parts: usize,
    /// Links.
    pub links: usize,
    /// Characters of one label.
    pub label: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            depth: 100,
            aliased: 1 << 20,
            parts: 250_000,
            links: 1_000_000,
            label: 10_000,
        }
    }
}

impl Limits {
    /// Those that hold for YAML and JSON.
    pub fn yaml(&self) -> Caps {
        Caps {
            depth: self.depth,
            aliased: self.aliased,
        }
    }
}
