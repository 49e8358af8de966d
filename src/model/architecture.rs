//! The compound graph over petgraph: parts are its nodes, links its edges, and every part may lie in a group.

use super::link::Link;
use super::mark::Marks;
use super::part::{Flow, Part};
use super::reading::Note;
use super::rule::Rule;
use indexmap::IndexMap;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;
use std::sync::Arc;

/// Names a part of one architecture. Ids count up in source order.
pub type PartId = NodeIndex<u32>;

/// Names a link of one architecture. Ids count up in source order.
pub type LinkId = EdgeIndex<u32>;

/// Components in nested groups, the links between them, and the rules that must hold.
///
/// Parts are never removed (a view makes a new architecture), so ids stay valid and source order is id order.
#[derive(Debug, Clone, Default)]
pub struct Architecture {
    /// What the whole is called.
    pub title: Option<String>,
    /// The language of its words, as a code (`da`).
    pub language: Option<String>,
    /// The main way of the links that its author chose.
    pub direction: Option<Flow>,
    /// The theme that its author chose.
    pub theme: Option<String>,
    /// What must hold of the links.
    pub rules: Vec<Rule>,
    /// The names of the sources, by [`SourceId`](super::SourceId): evidence speaks of them.
    pub files: Vec<Arc<str>>,
    /// Those of its sources that are prose, in their order.
    pub notes: Vec<Note>,
    /// What became of its parts since an older one, in the union of two.
    pub marks: Marks,
    graph: DiGraph<Part, Link, u32>,
    ids: IndexMap<Arc<str>, PartId>,
    children: Vec<Vec<PartId>>,
    roots: Vec<PartId>,
}

impl Architecture {
    /// An architecture without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part, after its siblings. Its parent must be in the architecture already.
    ///
    /// # Errors
    /// The part itself, where its id is taken or its parent is no group of this architecture.
    pub fn add_part(&mut self, part: Part) -> Result<PartId, Box<Part>> {
        let fits = part
            .parent
            .is_none_or(|parent| self.graph.node_weight(parent).is_some_and(Part::is_group));
        if !fits || self.ids.contains_key(&part.id) {
            return Err(Box::new(part));
        }
        let (key, parent) = (part.id.clone(), part.parent);
        let id = self.graph.add_node(part);
        self.ids.insert(key, id);
        self.children.push(Vec::new());
        match parent {
            Some(parent) => self.children[parent.index()].push(id),
            None => self.roots.push(id),
        }
        Ok(id)
    }

    /// Adds a link between two parts of this architecture.
    pub fn add_link(&mut self, from: PartId, to: PartId, link: Link) -> LinkId {
        self.graph.add_edge(from, to, link)
    }

    /// The same parts and rules with only the links that `keep` accepts.
    #[must_use]
    pub fn with_links(mut self, keep: impl Fn(&Link) -> bool) -> Self {
        if self.links().all(|(_, _, _, link)| keep(link)) {
            return self;
        }
        let links = self.links().filter(|(_, _, _, link)| keep(link));
        let kept: Vec<(LinkId, PartId, PartId, Link)> = links
            .map(|(old, from, to, link)| (old, from, to, link.clone()))
            .collect();
        self.graph.clear_edges();
        let marks = std::mem::take(&mut self.marks.links);
        for (old, from, to, link) in kept {
            let new = self.graph.add_edge(from, to, link);
            if let Some(mark) = marks.get(&old) {
                self.marks.links.insert(new, *mark);
            }
        }
        self
    }

    /// The graph itself, for petgraph's algorithms.
    pub fn graph(&self) -> &DiGraph<Part, Link, u32> {
        &self.graph
    }

    /// A part.
    ///
    /// # Panics
    /// Where the id is of another architecture.
    pub fn part(&self, id: PartId) -> &Part {
        &self.graph[id]
    }

    /// A part, to be changed in all but its id and its parent.
    ///
    /// # Panics
    /// Where the id is of another architecture.
    pub fn part_mut(&mut self, id: PartId) -> &mut Part {
        &mut self.graph[id]
    }

    /// The part with that id.
    pub fn find(&self, id: &str) -> Option<PartId> {
        self.ids.get(id).copied()
    }

    /// All parts, in source order.
    pub fn parts(&self) -> impl Iterator<Item = (PartId, &Part)> {
        self.graph.node_indices().map(|id| (id, &self.graph[id]))
    }

    /// How many parts there are, groups included.
    pub fn part_count(&self) -> usize {
        self.graph.node_count()
    }

    /// The parts directly in `group`, or those in no group, in source order.
    pub fn children(&self, group: Option<PartId>) -> &[PartId] {
        group.map_or(&self.roots, |group| &self.children[group.index()])
    }

    /// The groups around a part, from the inside out.
    pub fn ancestors(&self, id: PartId) -> impl Iterator<Item = PartId> {
        std::iter::successors(self.graph[id].parent, |group| self.graph[*group].parent)
    }

    /// Every part in pre-order: a group stands right before what it holds.
    pub fn preorder(&self) -> Vec<PartId> {
        let mut order = Vec::with_capacity(self.part_count());
        let mut stack: Vec<PartId> = self.roots.iter().rev().copied().collect();
        while let Some(id) = stack.pop() {
            order.push(id);
            stack.extend(self.children[id.index()].iter().rev());
        }
        order
    }

    /// All links with their ends, in source order.
    pub fn links(&self) -> impl Iterator<Item = (LinkId, PartId, PartId, &Link)> {
        self.graph
            .edge_references()
            .map(|edge| (edge.id(), edge.source(), edge.target(), edge.weight()))
    }

    /// A link and its ends.
    pub fn link(&self, id: LinkId) -> Option<(PartId, PartId, &Link)> {
        let (from, to) = self.graph.edge_endpoints(id)?;
        Some((from, to, &self.graph[id]))
    }

    /// How many links there are.
    pub fn link_count(&self) -> usize {
        self.graph.edge_count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Body, Component, Group};

    fn part(id: &str, parent: Option<PartId>, group: bool) -> Part {
        Part {
            id: id.into(),
            label: id.to_owned(),
            parent,
            aliases: Vec::new(),
            description: Vec::new(),
            href: None,
            evidence: Vec::new(),
            introduced: true,
            body: if group {
                Body::Group(Group::default())
            } else {
                Body::Component(Component::default())
            },
        }
    }

    #[test]
    fn parts_nest_in_source_order() {
        let mut architecture = Architecture::new();
        let outer = architecture.add_part(part("outer", None, true)).unwrap();
        let lone = architecture.add_part(part("lone", None, false)).unwrap();
        let inner = architecture
            .add_part(part("inner", Some(outer), true))
            .unwrap();
        let leaf = architecture
            .add_part(part("leaf", Some(inner), false))
            .unwrap();
        assert_eq!(architecture.preorder(), [outer, inner, leaf, lone]);
        assert_eq!(
            architecture.ancestors(leaf).collect::<Vec<_>>(),
            [inner, outer]
        );
        assert_eq!(architecture.children(None), [outer, lone]);
    }

    #[test]
    fn an_id_is_taken_once_and_a_component_holds_nothing() {
        let mut architecture = Architecture::new();
        let lone = architecture.add_part(part("lone", None, false)).unwrap();
        assert!(architecture.add_part(part("lone", None, true)).is_err());
        assert!(architecture.add_part(part("x", Some(lone), false)).is_err());
        assert_eq!(architecture.part_count(), 1);
    }
}
