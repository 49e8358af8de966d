//! The nodes of the architecture: components and groups.

use super::architecture::PartId;
use super::statement::Evidence;
use std::sync::Arc;

/// A component or a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Unique within the architecture; stable as long as the name is.
    pub id: Arc<str>,
    /// The name as it is drawn.
    pub label: String,
    /// The group that holds it.
    pub parent: Option<PartId>,
    /// Other names in the inputs.
    pub aliases: Vec<String>,
    /// What is said of it: one text a statement.
    pub description: Vec<String>,
    /// A page about it: http, https, mailto or relative.
    pub href: Option<String>,
    /// Where it was read.
    pub evidence: Vec<Evidence>,
    /// Whether an input introduces it; otherwise inputs only speak of it.
    pub introduced: bool,
    /// What only a component or only a group has.
    pub body: Body,
}

impl Part {
    /// Whether it is a group.
    pub fn is_group(&self) -> bool {
        matches!(self.body, Body::Group(_))
    }

    /// What it has as a component.
    pub fn component(&self) -> Option<&Component> {
        match &self.body {
            Body::Component(component) => Some(component),
            Body::Group(_) => None,
        }
    }
}

/// What only one kind of part has.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// A part with a name.
    Component(Component),
    /// A box that holds components and groups.
    Group(Group),
}

/// What a component has beyond a part.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// What sort of thing it is, in one word (`store`, `proxy`, `agent`, `api`); chooses the icon.
    pub role: Option<String>,
    /// Whether it lies outside of the system.
    pub external: bool,
    /// How many of it run; more than one draws a stack.
    pub instances: u32,
    /// What the built-in knowledge calls it, where it knows it (`kube-apiserver`).
    pub known_as: Option<Arc<str>>,
}

impl Default for Component {
    fn default() -> Self {
        Self {
            role: None,
            external: false,
            instances: 1,
            known_as: None,
        }
    }
}

/// What a group has beyond a part.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Group {
    /// The way its links run, where the author chose one.
    pub direction: Option<Flow>,
}

/// The main way of the links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flow {
    /// From top to bottom.
    Down,
    /// From left to right.
    Right,
    /// From bottom to top.
    Up,
    /// From right to left.
    Left,
}

impl Flow {
    /// Every way, and its name in files and options.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Down, "down"),
        (Self::Right, "right"),
        (Self::Up, "up"),
        (Self::Left, "left"),
    ];

    /// The way of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find_map(|(flow, known)| (known == name).then_some(flow))
    }

    /// Its name in files and options.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}
