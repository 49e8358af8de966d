//! Fenced Mermaid flowcharts: `A[API server] --> B[(etcd)]` is read as its author drew it; sequence diagrams likewise.

mod groups;
mod sequence;

use super::Note;
use super::introduce::add_alias;
use super::structure::Kind;
use crate::model::{Arrow, Evidence, LinkKind, Tier};
use crate::read::prose::{FoundLink, Said};
use std::collections::BTreeMap;
use std::ops::Range;

/// Words that a node of an architecture may have; longer ones are remarks of a mind map.
const NAME: usize = 4;

/// A flowchart, as written.
#[derive(Debug, Default, PartialEq)]
struct Chart {
    /// Label, its bytes, and the innermost subgraph, by node id.
    nodes: BTreeMap<String, ChartNode>,
    /// The ids in the order of the text.
    order: Vec<String>,
    edges: Vec<Edge>,
    subgraphs: Vec<Subgraph>,
}

#[derive(Debug, PartialEq)]
struct Subgraph {
    id: String,
    title: String,
    /// Where the title stands.
    bytes: Range<usize>,
    /// The subgraph around it.
    outer: Option<usize>,
}

#[derive(Debug, Clone, PartialEq)]
struct ChartNode {
    label: String,
    /// The further lines of the label.
    also: Vec<String>,
    bytes: Range<usize>,
    subgraph: Option<usize>,
}

#[derive(Debug, PartialEq)]
struct Edge {
    from: String,
    to: String,
    label: Option<String>,
    arrow: Arrow,
    bytes: Range<usize>,
}

impl Note<'_> {
    /// Reads every flowchart of the note.
    pub(super) fn read_charts(&mut self) {
        let charts: Vec<(usize, Chart)> = (0..self.blocks.len())
            .filter(|at| {
                matches!(&self.blocks[*at].kind, Kind::Code(language) if language == "mermaid")
            })
            .filter_map(|at| Some((at, parse(&self.blocks[at].text.text)?)))
            .collect();
        let known: Vec<usize> = charts
            .iter()
            .map(|(_, chart)| self.known_nodes(chart))
            .collect();
        let speaks = known.iter().any(|count| *count > 0)
            || (0..self.book.knowledge.parts.len()).any(|part| self.book.entities[part].live);
        for ((at, chart), known) in charts.iter().zip(known) {
            let short = chart
                .nodes
                .values()
                .all(|node| node.label.split_whitespace().count() <= NAME);
            // A chart of strangers in a note about known parts, or around one of them, is a mind map; but one with groups is none.
            let all = short
                && if known == 0 {
                    !speaks
                } else {
                    known * 2 >= chart.order.len() || chart.subgraphs.len() > 1
                };
            self.read_chart(*at, chart, all);
        }
    }

    /// How many nodes of a chart have names that the note or the knowledge has.
    fn known_nodes(&self, chart: &Chart) -> usize {
        let known = |id: &&String| {
            chart
                .nodes
                .get(*id)
                .is_some_and(|node| self.node_named(node).is_some())
        };
        chart.order.iter().filter(known).count()
    }

    /// Reads a chart; `all`: with the nodes that nobody knows.
    fn read_chart(&mut self, at: usize, chart: &Chart, all: bool) {
        let groups = self.chart_groups(at, chart, all);
        let mut parts: BTreeMap<&str, usize> = BTreeMap::new();
        for (graph, group) in chart.subgraphs.iter().zip(&groups) {
            parts.extend(group.map(|group| (graph.id.as_str(), group)));
        }
        for id in &chart.order {
            // *Legend:* says what the chart shows, and shows nothing.
            let Some(node) = chart
                .nodes
                .get(id)
                .filter(|node| !node.label.ends_with(':'))
            else {
                continue;
            };
            let entity = match self.node_named(node) {
                Some(entity) => Some(entity),
                None if all => self.entity_named(&node.label),
                None => None,
            };
            let Some(entity) = entity.filter(|entity| {
                !self.book.is_object(*entity) && !self.book.entities[*entity].is_group
            }) else {
                continue;
            };
            let label = match self.named(&node.label) {
                Some(_) => &node.label,
                None => node
                    .also
                    .iter()
                    .find(|also| self.named(also) == Some(entity))
                    .unwrap_or(&node.label),
            };
            self.enter(at, entity, label, &node.bytes);
            let group = node
                .subgraph
                .and_then(|subgraph| groups.get(subgraph).copied().flatten());
            if let Some(group) = group {
                self.book.entities[entity].parent.get_or_insert(group);
            }
            parts.insert(id.as_str(), entity);
        }
        for edge in &chart.edges {
            let (Some(from), Some(to)) =
                (parts.get(edge.from.as_str()), parts.get(edge.to.as_str()))
            else {
                continue;
            };
            let link = FoundLink {
                from: *from,
                to: *to,
                kind: LinkKind::Communicates,
                arrow: edge.arrow,
                tier: Tier::Plain,
                label: None,
                said: Said::Plain,
            };
            let evidence = self.code_evidence(at, &edge.bytes);
            if from != to {
                self.links.push((link, None, edge.label.clone(), evidence));
            }
        }
    }

    /// The entity that a line of a node's label names.
    fn node_named(&self, node: &ChartNode) -> Option<usize> {
        let mut lines = std::iter::once(&node.label).chain(&node.also);
        // *Pod 1* is a Pod, which is no part.
        let scenery = || {
            let kind = node
                .label
                .trim_end_matches(|sign: char| sign.is_ascii_digit() || sign == ' ');
            self.named(kind).filter(|kind| self.book.is_object(*kind))
        };
        lines.find_map(|line| self.named(line)).or_else(scenery)
    }

    /// The entity of that name, if the note or the knowledge has one.
    fn named(&self, name: &str) -> Option<usize> {
        let known = self.book.known(name);
        known
            .or_else(|| self.book.own_named(name))
            .or_else(|| self.book.numbered(name))
    }

    /// The entity of that name, made where there is none.
    pub(super) fn entity_named(&mut self, name: &str) -> Option<usize> {
        self.named(name).or_else(|| self.book.own(name))
    }

    /// Notes that a chart draws an entity.
    fn enter(&mut self, at: usize, entity: usize, label: &str, bytes: &Range<usize>) {
        let evidence = self.code_evidence(at, bytes);
        let place = evidence.span().map_or(usize::MAX, |span| span.start);
        let own = &mut self.book.entities[entity];
        own.introduced = true;
        own.live = true;
        own.place = own.place.min(place);
        own.evidence.push(evidence);
        match &own.label {
            None => own.label = Some(label.to_owned()),
            Some(known) if known != label => add_alias(&mut own.aliases, label),
            Some(_) => {}
        }
    }

    fn code_evidence(&self, at: usize, bytes: &Range<usize>) -> Evidence {
        let text = &self.blocks[at].text;
        let words = text.text.get(bytes.clone()).unwrap_or_default().trim();
        Evidence::written(self.sources.span(self.id, text.source_range(bytes)), words)
    }
}

/// Reads a flowchart or sequence diagram; `None` where it is another kind of diagram.
fn parse(text: &str) -> Option<Chart> {
    let mut chart = Chart::default();
    let mut open: Vec<usize> = Vec::new();
    let mut begun = false;
    let mut offset = 0;
    for line in text.split_inclusive(['\n', ';']) {
        let start = offset + (line.len() - line.trim_start().len());
        offset += line.len();
        let line = line.trim().trim_end_matches(';').trim_end();
        let word = line.split_whitespace().next().unwrap_or_default();
        match word {
            "" => {}
            _ if line.starts_with("%%") => {}
            "graph" | "flowchart" => begun = true,
            "sequenceDiagram" if !begun => return Some(sequence::parse(text)),
            _ if !begun => return None,
            "subgraph" => {
                let rest = line.get("subgraph".len()..).unwrap_or_default();
                let (title, at) = title(rest);
                let from = start + "subgraph".len() + at;
                chart.subgraphs.push(Subgraph {
                    id: rest.split('[').next().unwrap_or(rest).trim().to_owned(),
                    title: title.to_owned(),
                    bytes: from..from + title.len(),
                    outer: open.last().copied(),
                });
                open.push(chart.subgraphs.len() - 1);
            }
            "end" => {
                open.pop();
            }
            "style" | "class" | "classDef" | "click" | "linkStyle" | "direction" | "accTitle:"
            | "accDescr:" => {}
            _ => statement(&mut chart, line, start, open.last().copied()),
        }
    }
    // An edge may lead to a subgraph, before or behind its lines.
    for graph in &chart.subgraphs {
        chart.nodes.remove(&graph.id);
        chart.order.retain(|id| *id != graph.id);
    }
    begun.then_some(chart)
}

/// The title of a subgraph (`id [Title]`, `"Title"`, `Title`) and where it starts.
fn title(rest: &str) -> (&str, usize) {
    let inner = match rest.find('[') {
        Some(open) => rest.get(open + 1..).map_or((rest, 0), |inner| {
            (inner.split(']').next().unwrap_or(inner), open + 1)
        }),
        None => (rest, 0),
    };
    let trimmed = inner.0.trim_start_matches([' ', '"', '\'']);
    let at = inner.1 + (inner.0.len() - trimmed.len());
    (trimmed.trim_end_matches([' ', '"', '\'']), at)
}

/// One line of nodes and edges: `A & B -->|label| C --> D`.
fn statement(chart: &mut Chart, line: &str, offset: usize, subgraph: Option<usize>) {
    let mut at = 0;
    let mut before: Vec<String> = Vec::new();
    let mut edge: Option<(Arrow, bool, Option<String>)> = None;
    loop {
        let mut now = Vec::new();
        loop {
            let Some((id, end)) = node(chart, line, at, offset, subgraph) else {
                return;
            };
            now.push(id);
            at = end;
            let rest = line.get(at..).unwrap_or_default();
            let Some(more) = rest.trim_start().strip_prefix('&') else {
                break;
            };
            at = line.len() - more.len();
        }
        if let Some((arrow, backward, label)) = edge.take() {
            for from in &before {
                for to in &now {
                    let (from, to) = if backward { (to, from) } else { (from, to) };
                    chart.edges.push(Edge {
                        from: from.clone(),
                        to: to.clone(),
                        label: label.clone(),
                        arrow,
                        bytes: offset..offset + line.len(),
                    });
                }
            }
        }
        let Some((found, end)) = link(line, at) else {
            return;
        };
        edge = Some(found);
        at = end;
        before = now;
    }
}

/// The node at a place: its id, and where it ends.
fn node(
    chart: &mut Chart,
    line: &str,
    at: usize,
    offset: usize,
    subgraph: Option<usize>,
) -> Option<(String, usize)> {
    let rest = line.get(at..)?;
    let start = at + (rest.len() - rest.trim_start().len());
    let rest = line.get(start..)?;
    let length = rest
        .char_indices()
        .find(|(at, character)| {
            let joins = matches!(character, '_' | '.' | '-')
                && rest
                    .get(at + 1..)
                    .and_then(|rest| rest.chars().next())
                    .is_some_and(char::is_alphanumeric)
                && !rest.get(..*at).is_some_and(|before| before.ends_with('-'));
            !(character.is_alphanumeric() || joins)
        })
        .map_or(rest.len(), |(at, _)| at);
    if length == 0 {
        return None;
    }
    let id = rest.get(..length)?.to_owned();
    let mut end = start + length;
    let shape = rest.get(length..)?;
    let mut label = (vec![id.clone()], start..end);
    let named = shape.starts_with(['[', '(', '{', '>']);
    if named {
        let opening = shape.len()
            - shape
                .trim_start_matches(['[', '(', '{', '>', '/', '\\'])
                .len();
        let inner = shape.get(opening..)?;
        let (text, close) = if let Some(quoted) = inner.strip_prefix('"') {
            (quoted.split('"').next()?, 1 + quoted.find('"')? + 1)
        } else {
            let stop = inner.find([']', ')', '}'])?;
            (inner.get(..stop)?, stop)
        };
        let words = text.trim().trim_end_matches(['/', '\\']);
        let from = end + opening + inner.find(words).unwrap_or(0);
        label = (lines(words), from..from + words.len());
        let after = inner.get(close..)?;
        let closing = after.len() - after.trim_start_matches([']', ')', '}', '/', '\\']).len();
        end += opening + close + closing;
    }
    // `:::class` paints, and says nothing.
    if let Some(class) = line.get(end..)?.strip_prefix(":::") {
        let name = class.len()
            - class
                .trim_start_matches(|character: char| {
                    character.is_alphanumeric() || character == '_'
                })
                .len();
        end += 3 + name;
    }
    let entry = chart.nodes.get_mut(&id);
    match entry {
        Some(known) if named => {
            let mut lines = label.0.into_iter();
            known.label = lines.next().unwrap_or_default();
            known.also = lines.collect();
            known.bytes = offset + label.1.start..offset + label.1.end;
        }
        Some(_) => {}
        None => {
            chart.order.push(id.clone());
            let mut lines = label.0.into_iter();
            chart.nodes.insert(
                id.clone(),
                ChartNode {
                    label: lines.next().unwrap_or_default(),
                    also: lines.collect(),
                    bytes: offset + label.1.start..offset + label.1.end,
                    subgraph,
                },
            );
        }
    }
    Some((id, end))
}

/// The lines of a label without pictures before them: a name, and often what it is.
fn lines(label: &str) -> Vec<String> {
    let label = label.replace("<br/>", "\n").replace("<br />", "\n");
    let label = label.replace("<br>", "\n").replace("\\n", "\n");
    let picture = |sign: char| !sign.is_ascii() && !sign.is_alphanumeric() || sign.is_whitespace();
    let lines = label
        .lines()
        .map(|line| line.trim_start_matches(picture).trim_end());
    lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The label of an edge, on one line.
fn one_line(label: &str) -> String {
    lines(label.trim().trim_matches('"')).join(" ")
}

/// Heads of an edge, whether it points backwards, and its label.
type Stroke = (Arrow, bool, Option<String>);

/// The edge at a place: its heads, whether it points backwards, its label; and where it ends.
fn link(line: &str, at: usize) -> Option<(Stroke, usize)> {
    let rest = line.get(at..)?;
    let start = at + (rest.len() - rest.trim_start().len());
    let rest = line.get(start..)?;
    let is_line = |character: char| matches!(character, '-' | '=' | '.' | '<' | '>' | '~');
    let first = rest.len() - rest.trim_start_matches(is_line).len();
    let drawn = rest.get(..first)?;
    if drawn.len() < 2 {
        return None;
    }
    let mut end = start + first;
    let mut label = None;
    let mut head = drawn.ends_with('>');
    let after = line.get(end..)?;
    if let Some(piped) = after.trim_start().strip_prefix('|') {
        let close = piped.find('|')?;
        label = piped.get(..close).map(one_line);
        end = line.len() - piped.len() + close + 1;
    } else if matches!(drawn, "--" | "==" | "-.") {
        // `A -- label --> B`, `A--label-->B`: two signs alone are no line.
        let open = ["-->", "==>", ".->", "---", "==="]
            .iter()
            .filter_map(|mark| after.find(mark).map(|at| (at, *mark)))
            .min();
        if let Some((place, mark)) = open.filter(|(place, _)| *place > 0)
            && let Some(text) = after.get(..place)
            && !text.contains(['[', '(', '{'])
        {
            label = Some(one_line(text));
            head = mark.ends_with('>');
            end += place + mark.len();
        }
    }
    // `--o` and `--x` are heads of another shape, where a blank follows.
    let tail = line.get(end..)?;
    if tail.starts_with("o ") || tail.starts_with("x ") {
        head = true;
        end += 1;
    }
    let back = drawn.starts_with('<');
    let (arrow, backward) = match (back, head) {
        (true, true) => (Arrow::Both, false),
        (false, true) => (Arrow::Forward, false),
        (true, false) => (Arrow::Forward, true),
        (false, false) => (Arrow::None, false),
    };
    let label = label.filter(|label| !label.is_empty());
    Some(((arrow, backward, label), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(text: &str) -> Vec<(String, String, Option<String>, Arrow)> {
        let chart = parse(text).unwrap();
        let label = |id: &String| chart.nodes[id].label.clone();
        chart
            .edges
            .iter()
            .map(|edge| {
                (
                    label(&edge.from),
                    label(&edge.to),
                    edge.label.clone(),
                    edge.arrow,
                )
            })
            .collect()
    }

    #[test]
    fn nodes_edges_and_labels_are_read() {
        let found = edges(
            "flowchart TD\nA[API server] -->|writes| B[(etcd)]\nA <--> C{{\"kube let\"}}; D & E -- asks --> A\nF --- G:::red --> H\nI--calls-->J -.may.-> K==must==>L",
        );
        let plain = |a: &str, b: &str, label: Option<&str>, arrow| {
            (a.to_owned(), b.to_owned(), label.map(str::to_owned), arrow)
        };
        assert_eq!(
            found,
            [
                plain("API server", "etcd", Some("writes"), Arrow::Forward),
                plain("API server", "kube let", None, Arrow::Both),
                plain("D", "API server", Some("asks"), Arrow::Forward),
                plain("E", "API server", Some("asks"), Arrow::Forward),
                plain("F", "G", None, Arrow::None),
                plain("G", "H", None, Arrow::Forward),
                plain("I", "J", Some("calls"), Arrow::Forward),
                plain("J", "K", Some("may"), Arrow::Forward),
                plain("K", "L", Some("must"), Arrow::Forward),
            ]
        );
        assert!(parse("pie\n\"A\" : 3").is_none());
    }

    #[test]
    fn labels_are_words() {
        let found =
            edges("graph LR\nA[📱 Web<br/>nginx] -->|\"✅ asks<br/>often\"| B[.NET core]\n");
        let label = Some("asks often".to_owned());
        assert_eq!(
            found,
            [(
                "Web".to_owned(),
                ".NET core".to_owned(),
                label,
                Arrow::Forward
            )]
        );
    }

    #[test]
    fn an_edge_leads_to_a_subgraph() {
        let chart =
            parse("graph LR\ncp --> w\nsubgraph cp [Control Plane]\nA\nend\nsubgraph w\nB\nend\n")
                .unwrap();
        assert_eq!(chart.order, ["A", "B"]);
        assert_eq!(
            (chart.edges[0].from.as_str(), chart.edges[0].to.as_str()),
            ("cp", "w")
        );
    }

    #[test]
    fn subgraphs_hold_what_is_first_named_in_them() {
        let chart =
            parse("graph LR\nsubgraph cp [Control Plane]\nA --> B\nend\nA --> C\n").unwrap();
        assert_eq!(chart.subgraphs[0].title, "Control Plane");
        assert_eq!(chart.nodes["A"].subgraph, Some(0));
        assert_eq!(chart.nodes["C"].subgraph, None);
    }
}
