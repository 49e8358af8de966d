//! The subgraphs of a flowchart are groups.

use super::super::Note;
use super::{Chart, ChartNode};

impl Note<'_> {
    /// Notes the groups of a chart and how they nest, one a subgraph; `all`: every node is drawn, whoever knows its name.
    pub(super) fn chart_groups(
        &mut self,
        at: usize,
        chart: &Chart,
        all: bool,
    ) -> Vec<Option<usize>> {
        let groups: Vec<Option<usize>> = chart
            .subgraphs
            .iter()
            .enumerate()
            .map(|(number, graph)| {
                // A subgraph of which nothing is drawn is no group.
                let linked = chart
                    .edges
                    .iter()
                    .any(|edge| edge.from == graph.id || edge.to == graph.id);
                if !all && !linked && !self.holds_named(chart, number) {
                    return None;
                }
                let group = self.entity_named(&graph.title)?;
                self.enter(at, group, &graph.title, &graph.bytes);
                self.book.entities[group].is_group = true;
                Some(group)
            })
            .collect();
        for (number, graph) in chart.subgraphs.iter().enumerate() {
            if let (Some(Some(group)), Some(Some(outer))) = (
                groups.get(number),
                graph.outer.and_then(|outer| groups.get(outer)),
            ) && !self.within(*outer, *group)
            {
                self.book.entities[*group].parent.get_or_insert(*outer);
            }
        }
        groups
    }

    /// Whether a node with a known name lies in a subgraph, however deep.
    fn holds_named(&self, chart: &Chart, number: usize) -> bool {
        let within = |node: &&ChartNode| {
            let outer = |at: &usize| chart.subgraphs.get(*at).and_then(|graph| graph.outer);
            std::iter::successors(node.subgraph, outer).any(|at| at == number)
        };
        let mut nodes = chart.nodes.values().filter(within);
        nodes.any(|node| self.node_named(node).is_some())
    }
}
