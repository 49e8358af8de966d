//! What a graph draws becomes statements about components, groups and links.
//!
//! `style=invis` hides what only steers a layout: such nodes and edges are left out, except that an edge may run through a hidden node to the
//! cluster that its `lhead` or `ltail` names. What our own writer adds for the way back is read again: `class=known` on a link, and attributes that
//! begin with `k8sdiag_`.

use super::label::{self, Names};
use super::prepare::Prepared;
use super::token::{Kind, Wrong};
use super::walk::{Attributes, Drawn, Edge, Node};
use crate::model::{
    Arrow, Basis, Claim, Code, Diagnostic, Evidence, Flow, LinkClaim, LinkKind, Origin, PartClaim,
    PartKind, Reading, Ref, RuleClaim, RuleKind, Sources, Statement, Tier,
};
use crate::read::limits::Limits;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// Words of evidence are cut after so many characters.
const WORDS: usize = 100;

/// Attributes that hold words for which an architecture has no place.
const LOST: [(&str, &str); 4] = [
    ("headlabel", "the words at the head of an edge"),
    ("taillabel", "the words at the tail of an edge"),
    ("xlabel", "the words beside a node or edge"),
    ("image", "the image of a node"),
];

/// Writes the statements into `reading`.
pub(super) fn claims(
    sources: &Sources,
    reading: &mut Reading,
    prepared: &Prepared,
    drawn: &Drawn,
    limits: &Limits,
) {
    let text = sources.get(reading.source).text();
    let mut writer = Writer {
        sources,
        reading,
        prepared,
        drawn,
        text,
        limits,
        graph: prepared
            .name
            .and_then(|name| prepared.tokens.get(name))
            .map(|name| name.value(text).into_owned())
            .unwrap_or_default(),
        ids: Vec::new(),
        lost: BTreeSet::new(),
    };
    writer.ids = writer.cluster_ids();
    writer.whole();
    writer.parts();
    for edge in &drawn.edges {
        writer.edge(edge);
    }
    writer.rules();
}

struct Writer<'a> {
    sources: &'a Sources,
    reading: &'a mut Reading,
    prepared: &'a Prepared,
    drawn: &'a Drawn,
    text: &'a str,
    limits: &'a Limits,
    /// The name of the graph.
    graph: String,
    /// The ids of the clusters.
    ids: Vec<Arc<str>>,
    /// Attributes that were complained of.
    lost: BTreeSet<&'static str>,
}

impl Writer<'_> {
    fn value(&self, attributes: &Attributes, name: &str) -> Option<String> {
        attributes.value(name, self.prepared, self.text)
    }

    /// The value of an attribute that is no label: our own writer doubles backslashes everywhere.
    fn plain(&self, attributes: &Attributes, name: &str) -> Option<String> {
        let value = self.value(attributes, name)?;
        Some(value.replace("\\\\", "\\"))
    }

    fn says(&self, attributes: &Attributes, name: &str) -> bool {
        let value = self.value(attributes, name);
        value.is_some_and(|value| {
            matches!(value.to_ascii_lowercase().as_str(), "true" | "yes" | "1")
        })
    }

    /// Whether `style` or `class` has a word.
    fn has(&self, attributes: &Attributes, name: &str, word: &str) -> bool {
        let value = self.value(attributes, name);
        value.is_some_and(|value| value.split([',', ' ']).any(|part| part == word))
    }

    fn visible(&self, attributes: &Attributes) -> bool {
        !self.has(attributes, "style", "invis") && !self.has(attributes, "style", "invisible")
    }

    /// The ids of the clusters: their names without the `cluster` that Graphviz asks for, where nothing else is called so.
    fn cluster_ids(&self) -> Vec<Arc<str>> {
        fn short(name: &str) -> &str {
            let rest = name.strip_prefix("cluster").unwrap_or(name);
            let rest = rest.strip_prefix(['_', '-', '.']).unwrap_or(rest).trim();
            if rest.is_empty() { name.trim() } else { rest }
        }
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for name in self.drawn.clusters.keys() {
            *count.entry(short(name)).or_default() += 1;
        }
        let mut taken: BTreeSet<Arc<str>> = BTreeSet::new();
        let mut ids = Vec::with_capacity(self.drawn.clusters.len());
        for name in self.drawn.clusters.keys() {
            let short = short(name);
            let alone = count.get(short) == Some(&1);
            let anonymous = name.starts_with(' ');
            let wish = match (anonymous, alone) {
                (true, _) => format!("group-{}", name.trim()),
                (false, true) if !self.drawn.nodes.contains_key(short) => short.to_owned(),
                (false, _) => name.clone(),
            };
            let mut id = wish.clone();
            let mut number = 2_u32;
            while taken.contains(id.as_str()) || self.drawn.nodes.contains_key(&id) {
                id = format!("{wish}-{number}");
                number += 1;
            }
            let id: Arc<str> = id.into();
            taken.insert(id.clone());
            ids.push(id);
        }
        ids
    }

    /// What the graph says of itself.
    fn whole(&mut self) {
        let attributes = &self.drawn.graph;
        self.reading.title = self
            .words(attributes, "label", "")
            .filter(|title| !title.is_empty());
        self.reading.language = self.plain(attributes, "k8sdiag_language");
        self.reading.settings.theme = self.plain(attributes, "k8sdiag_theme");
        self.reading.settings.direction = match self.value(attributes, "rankdir").as_deref() {
            Some("TB") => Some(Flow::Down),
            Some("LR") => Some(Flow::Right),
            Some("BT") => Some(Flow::Up),
            Some("RL") => Some(Flow::Left),
            _ => None,
        };
        let visible = |node: &Node| self.visible(&node.attributes);
        if self.drawn.clusters.is_empty() && !self.drawn.nodes.values().any(visible) {
            let name = self.sources.get(self.reading.source).name().clone();
            self.reading.diagnostics.push(
                Diagnostic::new(Code::NothingFound, "there is no node in this graph").in_file(name),
            );
        }
    }

    /// The words of a label; `None` where there is no such attribute.
    fn words(&self, attributes: &Attributes, name: &str, node: &str) -> Option<String> {
        let raw = self.value(attributes, name)?;
        let token = attributes
            .token(name)
            .and_then(|at| self.prepared.tokens.get(at));
        if token.is_some_and(|token| token.kind == Kind::Html) {
            return Some(label::html(&raw));
        }
        let shape = self.value(attributes, "shape");
        let record = matches!(shape.as_deref(), Some("record" | "Mrecord"));
        let names = Names {
            node,
            graph: &self.graph,
        };
        Some(label::escaped(&raw, names, record))
    }

    /// Groups and components, in the order of their first mention.
    fn parts(&mut self) {
        let clusters = self.drawn.clusters.values().enumerate();
        let mut order: Vec<(usize, bool, usize)> = clusters
            .map(|(at, cluster)| (cluster.bytes.start, false, at))
            .collect();
        for (at, node) in self.drawn.nodes.values().enumerate() {
            if self.visible(&node.attributes) {
                let start = self.prepared.statement(node.first).start;
                order.push((start, true, at));
            }
        }
        order.sort_unstable();
        for (_, is_node, at) in order {
            if is_node {
                self.component(at);
            } else {
                self.group(at);
            }
        }
    }

    fn parent(&self, cluster: Option<usize>) -> Option<Ref> {
        let id = self.ids.get(cluster?)?.clone();
        Some(Ref::Id { id, span: None })
    }

    fn group(&mut self, at: usize) {
        let Some((name, cluster)) = self.drawn.clusters.get_index(at) else {
            return;
        };
        let id = self.ids[at].clone();
        let attributes = &cluster.attributes;
        let words = self.words(attributes, "label", name);
        let label = words.filter(|words| !words.is_empty());
        let label = self.short(label.unwrap_or_else(|| id.to_string()), &cluster.bytes);
        let mut claim = PartClaim::new(PartKind::Group, label);
        claim.parent = self.parent(cluster.parent);
        let direction = self.value(attributes, "k8sdiag_direction");
        claim.direction = direction.and_then(|name| Flow::named(&name));
        self.part(claim, id, attributes, cluster.bytes.clone());
    }

    fn component(&mut self, at: usize) {
        let Some((name, node)) = self.drawn.nodes.get_index(at) else {
            return;
        };
        let attributes = &node.attributes;
        let bytes = self.prepared.statement(node.own.unwrap_or(node.first));
        let words = self.words(attributes, "label", name);
        let label = words.filter(|words| !words.is_empty());
        let label = self.short(label.unwrap_or_else(|| label::one_line(name)), &bytes);
        let mut claim = PartClaim::new(PartKind::Component, label);
        claim.parent = self.parent(node.cluster);
        // A cylinder means a store, wherever boxes and arrows are drawn.
        let cylinder =
            || (self.value(attributes, "shape")? == "cylinder").then(|| "store".to_owned());
        claim.role = self.plain(attributes, "k8sdiag_kind").or_else(cylinder);
        claim.known_as = self.plain(attributes, "k8sdiag_known_as").map(Arc::from);
        claim.external = self.says(attributes, "k8sdiag_external").then_some(true);
        let instances = self.value(attributes, "k8sdiag_instances");
        claim.instances = instances.and_then(|count| count.parse().ok());
        if let Some(count) = claim.instances
            && let Some(name) = claim.label.strip_suffix(&format!(" ×{count}"))
        {
            claim.label.truncate(name.len());
        }
        self.part(claim, Arc::from(name.as_str()), attributes, bytes);
    }

    /// What components and groups have in common.
    fn part(
        &mut self,
        mut claim: PartClaim,
        id: Arc<str>,
        attributes: &Attributes,
        bytes: Range<usize>,
    ) {
        claim.id = Some(id);
        let page = || self.plain(attributes, "href");
        claim.href = self.plain(attributes, "URL").or_else(page);
        claim.description = self
            .words(attributes, "tooltip", &claim.label)
            .filter(|words| !words.is_empty() && *words != claim.label);
        let aliases = self.plain(attributes, "k8sdiag_aliases");
        let aliases = aliases.and_then(|list| crate::yaml::typed(&list).ok());
        claim.aliases = aliases.unwrap_or_default();
        let introduced = self.value(attributes, "k8sdiag_introduced");
        claim.introduced = introduced.as_deref() != Some("false");
        self.lost(attributes, &bytes);
        let evidence = self.here(&bytes);
        self.reading.statements.push(Statement {
            claim: Claim::Part(claim),
            evidence,
        });
    }

    fn edge(&mut self, edge: &Edge) {
        let attributes = &self.drawn.sets[edge.set];
        if !self.visible(attributes) {
            return;
        }
        let head = self.end(edge, edge.to, "lhead", "k8sdiag_lhead");
        let tail = self.end(edge, edge.from, "ltail", "k8sdiag_ltail");
        let (Some(mut to), Some(mut from)) = (head, tail) else {
            return;
        };
        let arrow = match (self.arrow(attributes), self.prepared.directed) {
            ((false, true), _) => {
                std::mem::swap(&mut from, &mut to);
                Arrow::Forward
            }
            ((true, true), _) => Arrow::Both,
            ((true, false), _) => Arrow::Forward,
            ((false, false), _) => Arrow::None,
        };
        let mut claim = LinkClaim::new(from, to);
        claim.arrow = arrow;
        let label = self
            .words(attributes, "label", "")
            .or_else(|| self.words(attributes, "xlabel", ""));
        claim.label = label
            .filter(|words| !words.is_empty())
            .map(|words| self.short(words, &edge.bytes));
        let kind = self.plain(attributes, "k8sdiag_kind");
        claim.kind = kind
            .and_then(|kind| LinkKind::named(&kind))
            .unwrap_or(claim.kind);
        let step = self.value(attributes, "k8sdiag_step");
        claim.step = step.and_then(|step| step.parse().ok());
        claim.tier = match self.value(attributes, "k8sdiag_tier").as_deref() {
            Some("2") => Tier::Derived,
            Some("3") => Tier::Weak,
            _ => Tier::Plain,
        };
        if let (Some(step), Some(words)) = (claim.step, &claim.label)
            && let Some(words) = words.strip_prefix(&format!("{step}."))
        {
            claim.label = Some(words.trim_start().to_owned()).filter(|words| !words.is_empty());
        }
        let mut evidence = self.here(&edge.bytes);
        if self.has(attributes, "class", "known") {
            claim.basis = Basis::Known;
            let page = self.plain(attributes, "URL");
            if let (Some(page), Some(one)) = (page, evidence.first_mut()) {
                one.origin = Origin::Known { page: page.into() };
            }
        }
        self.lost(attributes, &edge.bytes);
        self.reading.statements.push(Statement {
            claim: Claim::Link(claim),
            evidence,
        });
    }

    /// Whether an edge has heads, at its target and at its source.
    fn arrow(&self, attributes: &Attributes) -> (bool, bool) {
        let (mut head, mut tail) = match self.value(attributes, "dir").as_deref() {
            Some("forward") => (true, false),
            Some("back") => (false, true),
            Some("both") => (true, true),
            Some("none") => (false, false),
            _ => (self.prepared.directed, false),
        };
        head &= self.value(attributes, "arrowhead").as_deref() != Some("none");
        tail &= self.value(attributes, "arrowtail").as_deref() != Some("none");
        (head, tail)
    }

    /// What an edge ends at: the cluster that it names and that holds its node, else the node.
    fn end(&mut self, edge: &Edge, node: usize, name: &str, own: &str) -> Option<Ref> {
        let attributes = &self.drawn.sets[edge.set];
        let (id, end) = self.drawn.nodes.get_index(node)?;
        let compound = self.says(&self.drawn.graph, "compound");
        let cluster = self
            .plain(attributes, name)
            .filter(|_| compound)
            .or_else(|| self.plain(attributes, own));
        if let Some(wanted) = cluster {
            let at = self.drawn.clusters.get_index_of(&wanted);
            let holds = at.filter(|at| end.cluster.is_some_and(|own| self.drawn.within(own, *at)));
            if let Some(id) = holds.and_then(|at| self.ids.get(at)) {
                let id = id.clone();
                return Some(Ref::Id { id, span: None });
            }
            let message =
                format!("`{wanted}` is no cluster around `{id}`: the edge ends at the node");
            self.complain(message, &edge.bytes);
        }
        if !self.visible(&end.attributes) {
            let message = format!("this edge is left out: its end `{id}` is invisible");
            self.complain(message, &edge.bytes);
            return None;
        }
        let id = Arc::from(id.as_str());
        Some(Ref::Id { id, span: None })
    }

    /// Rules that our own writer put into the graph: lists of a kind, a subject and an object.
    fn rules(&mut self) {
        let Some(list) = self.plain(&self.drawn.graph, "k8sdiag_rules") else {
            return;
        };
        let token = self.drawn.graph.token("k8sdiag_rules");
        let bytes = token
            .and_then(|token| self.prepared.tokens.get(token))
            .map_or(0..0, |token| token.bytes());
        let rules: Result<Vec<(String, String, String)>, _> = crate::yaml::typed(&list);
        let end = |id: &str| {
            (id != "*").then(|| Ref::Id {
                id: id.into(),
                span: None,
            })
        };
        for (kind, subject, object) in rules.unwrap_or_default() {
            let Some(kind) = RuleKind::named(&kind) else {
                self.complain(format!("`{kind}` is no kind of rule"), &bytes);
                continue;
            };
            let claim = Claim::Rule(RuleClaim {
                kind,
                subject: end(&subject),
                object: end(&object),
            });
            let evidence = self.here(&bytes);
            self.reading.statements.push(Statement { claim, evidence });
        }
    }

    /// Tells, once for each attribute, that its words are left out.
    fn lost(&mut self, attributes: &Attributes, bytes: &Range<usize>) {
        for (name, what) in LOST {
            let drawn_as_label = name == "xlabel" && attributes.token("label").is_none();
            if attributes.token(name).is_none() || drawn_as_label || self.lost.contains(name) {
                continue;
            }
            if self
                .words(attributes, name, "")
                .is_none_or(|words| words.is_empty())
            {
                continue;
            }
            self.lost.insert(name);
            self.complain(format!("`{name}` is not read: {what} are left out"), bytes);
        }
    }

    /// A label that is not longer than the limit.
    fn short(&mut self, label: String, bytes: &Range<usize>) -> String {
        if label.len() <= self.limits.label || label.chars().count() <= self.limits.label {
            return label;
        }
        let message = format!("a label of more than {} characters", self.limits.label);
        let wrong = Wrong::new(message, bytes.clone()).code(Code::Limit);
        let told = super::told(self.sources, self.reading.source, wrong);
        self.reading.diagnostics.push(told);
        label.chars().take(self.limits.label).collect()
    }

    fn complain(&mut self, message: String, bytes: &Range<usize>) {
        let wrong = Wrong::new(message, bytes.clone()).code(Code::NotUnderstood);
        let told = super::told(self.sources, self.reading.source, wrong);
        self.reading.diagnostics.push(told);
    }

    /// Evidence of what stands in some bytes.
    fn here(&self, bytes: &Range<usize>) -> Vec<Evidence> {
        let source = self.reading.source;
        let text = self.text.get(bytes.clone()).unwrap_or_default();
        let mut start: String = text.chars().take(4 * WORDS).collect();
        start = label::one_line(&start);
        let mut words: String = start.chars().take(WORDS).collect();
        if words.len() < start.len() || 4 * WORDS < text.chars().count() {
            words.push('…');
        }
        vec![Evidence::written(
            self.sources.span(source, bytes.clone()),
            words,
        )]
    }
}
