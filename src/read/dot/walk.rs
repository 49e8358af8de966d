//! The syntax tree of layout-rs becomes nodes, clusters and edges, with the attributes that hold for each.
//!
//! Scopes are Graphviz's: defaults count for what is created after them within their braces; a node lies in the innermost cluster that
//! mentions it; a cluster that is opened twice is one. A label is not inherited from the graph around, as Graphviz would: nobody means that.

use super::prepare::{ATTRIBUTES, Prepared};
use super::token::Wrong;
use crate::model::Code;
use crate::read::limits::Limits;
use ::layout::gv::parser::ast;
use indexmap::{IndexMap, IndexSet};
use std::ops::Range;

/// Stands for `true`, where an attribute has no value.
const TRUE: usize = usize::MAX;

/// The attributes of one thing: names of [`ATTRIBUTES`], and the tokens of their values.
#[derive(Debug, Clone, Default)]
pub(super) struct Attributes(Vec<(&'static str, usize)>);

impl Attributes {
    fn set(&mut self, list: &ast::AttributeList) {
        for (name, value) in list.iter() {
            let Some(known) = ATTRIBUTES.iter().find(|known| *known == name) else {
                continue;
            };
            let value = number(value, 't').unwrap_or(TRUE);
            match self.0.iter_mut().find(|(other, _)| other == known) {
                Some((_, old)) => *old = value,
                None => self.0.push((known, value)),
            }
        }
    }

    fn merged(&self, more: &Self) -> Self {
        let mut all = self.clone();
        for (name, value) in &more.0 {
            match all.0.iter_mut().find(|(other, _)| other == name) {
                Some((_, old)) => *old = *value,
                None => all.0.push((name, *value)),
            }
        }
        all
    }

    /// The token of an attribute's value.
    pub(super) fn token(&self, name: &str) -> Option<usize> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found
            .map(|(_, token)| *token)
            .filter(|token| *token != TRUE)
    }

    /// The value of an attribute, without its quotes; `None` where it is not set, or empty.
    pub(super) fn value(&self, name: &str, prepared: &Prepared, text: &str) -> Option<String> {
        let (_, token) = self.0.iter().find(|(known, _)| *known == name)?;
        if *token == TRUE {
            return Some("true".to_owned());
        }
        let value = prepared.tokens.get(*token)?.value(text).into_owned();
        (!value.is_empty()).then_some(value)
    }
}

/// A node.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) attributes: Attributes,
    /// The token of its first mention.
    pub(super) first: usize,
    /// The token of the statement that is about it alone.
    pub(super) own: Option<usize>,
    /// The innermost cluster around it.
    pub(super) cluster: Option<usize>,
}

/// A cluster.
#[derive(Debug)]
pub(super) struct Cluster {
    pub(super) attributes: Attributes,
    /// Where it is first opened.
    pub(super) bytes: Range<usize>,
    pub(super) parent: Option<usize>,
}

/// An edge between two nodes, by their positions.
#[derive(Debug)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Position in [`Drawn::sets`].
    pub(super) set: usize,
    pub(super) bytes: Range<usize>,
}

/// What a graph draws.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// By name.
    pub(super) nodes: IndexMap<String, Node>,
    /// By name; those without one have their number, after a space.
    pub(super) clusters: IndexMap<String, Cluster>,
    pub(super) edges: Vec<Edge>,
    /// Attributes of edges.
    pub(super) sets: Vec<Attributes>,
    /// Attributes of the graph.
    pub(super) graph: Attributes,
    /// What there is to complain of.
    pub(super) wrongs: Vec<Wrong>,
}

impl Drawn {
    /// Whether the cluster `inner` is `outer` or lies in it.
    pub(super) fn within(&self, inner: usize, outer: usize) -> bool {
        let up = |at: &usize| self.clusters.get_index(*at).and_then(|(_, one)| one.parent);
        std::iter::successors(Some(inner), up).any(|at| at == outer)
    }
}

/// Goes through the tree, with a stack of scopes.
pub(super) fn walk(tree: &ast::Graph, prepared: &Prepared, text: &str, limits: &Limits) -> Drawn {
    let mut walker = Walker {
        prepared,
        text,
        limits,
        drawn: Drawn::default(),
        members: vec![IndexSet::new(); prepared.subgraphs.len()],
        joined: Vec::new(),
        pairs: IndexMap::new(),
        tries: 0,
        full: false,
    };
    let mut stack = vec![Scope {
        list: tree.list.list.iter(),
        node: Attributes::default(),
        edge: Attributes::default(),
        cluster: None,
        joined: false,
        root: true,
    }];
    while let Some(scope) = stack.last_mut() {
        let Some(statement) = scope.list.next().filter(|_| !walker.full) else {
            if scope.joined {
                walker.joined.pop();
            }
            stack.pop();
            continue;
        };
        match statement {
            ast::Stmt::Attribute(defaults) => match defaults.target {
                ast::AttrStmtTarget::Node => scope.node.set(&defaults.list),
                ast::AttrStmtTarget::Edge => scope.edge.set(&defaults.list),
                ast::AttrStmtTarget::Graph => walker.of_graph(scope, &defaults.list),
            },
            ast::Stmt::Node(node) => walker.node_statement(node, scope),
            ast::Stmt::Edge(edge) => walker.edge_statement(edge, scope),
            ast::Stmt::SubGraph(graph) => {
                let inner = walker.enter(graph, scope);
                stack.push(inner);
            }
        }
    }
    walker.drawn
}

/// What holds within one pair of braces.
struct Scope<'t> {
    list: std::slice::Iter<'t, ast::Stmt>,
    node: Attributes,
    edge: Attributes,
    cluster: Option<usize>,
    /// Whether its nodes are the ends of an edge.
    joined: bool,
    root: bool,
}

struct Walker<'a> {
    prepared: &'a Prepared,
    text: &'a str,
    limits: &'a Limits,
    drawn: Drawn,
    /// The nodes of each subgraph that is an end of edges.
    members: Vec<IndexSet<usize>>,
    /// Those of them that are open.
    joined: Vec<usize>,
    /// The edge between two nodes, in a strict graph.
    pairs: IndexMap<(usize, usize), usize>,
    /// Pairs of ends so far.
    tries: usize,
    /// Whether a limit was passed.
    full: bool,
}

impl Walker<'_> {
    fn name(&self, token: usize) -> String {
        let token = self.prepared.tokens.get(token);
        let name = token
            .map(|token| token.value(self.text))
            .unwrap_or_default();
        // Our own writer doubles a backslash, because Graphviz cannot write one at the end of a name.
        name.replace("\\\\", "\\")
    }

    fn of_graph(&mut self, scope: &Scope<'_>, list: &ast::AttributeList) {
        if scope.root {
            self.drawn.graph.set(list);
        } else if let Some(at) = scope.cluster
            && let Some((_, cluster)) = self.drawn.clusters.get_index_mut(at)
        {
            cluster.attributes.set(list);
        }
    }

    /// The scope of a subgraph.
    fn enter<'t>(&mut self, graph: &'t ast::Graph, outer: &Scope<'t>) -> Scope<'t> {
        let number = number(&graph.name, 'g').unwrap_or_default();
        let subgraph = self.prepared.subgraphs.get(number);
        let name = subgraph
            .and_then(|one| one.name)
            .map(|name| self.name(name));
        let named = name
            .as_deref()
            .is_some_and(|name| name.starts_with("cluster"));
        let mut cluster = outer.cluster;
        if named || self.says_cluster(graph) {
            let bytes = subgraph.map_or(0..0, |one| one.bytes.clone());
            let key = name.unwrap_or_else(|| format!(" {number}"));
            if self.drawn.clusters.len() + self.drawn.nodes.len() >= self.limits.parts {
                self.too_many(
                    bytes.clone(),
                    "nodes and clusters",
                    self.limits.parts,
                    "parts",
                );
            }
            let parent = outer.cluster;
            let entry = self.drawn.clusters.entry(key);
            cluster = Some(entry.index());
            entry.or_insert(Cluster {
                attributes: Attributes::default(),
                bytes,
                parent,
            });
        }
        let joined = subgraph.is_some_and(|one| one.joined);
        if joined {
            self.joined.push(number);
        }
        Scope {
            list: graph.list.list.iter(),
            node: outer.node.clone(),
            edge: outer.edge.clone(),
            cluster,
            joined,
            root: false,
        }
    }

    /// Whether a subgraph that is not called one is a cluster: `cluster=true`.
    fn says_cluster(&self, graph: &ast::Graph) -> bool {
        let says = |list: &ast::AttributeList| {
            let mut attributes = Attributes::default();
            attributes.set(list);
            let value = attributes.value("cluster", self.prepared, self.text);
            value.is_some_and(|value| value.eq_ignore_ascii_case("true") || value == "1")
        };
        graph.list.list.iter().any(|statement| match statement {
            ast::Stmt::Attribute(one) => {
                matches!(one.target, ast::AttrStmtTarget::Graph) && says(&one.list)
            }
            _ => false,
        })
    }

    /// The node of a name, created where it is new.
    fn node(&mut self, token: usize, scope: &Scope<'_>) -> usize {
        let name = self.name(token);
        let bytes = || self.prepared.statement(token);
        let known = self.drawn.nodes.get_index_of(&name);
        let at = known.unwrap_or(self.drawn.nodes.len());
        if known.is_none() {
            if self.drawn.clusters.len() + at >= self.limits.parts {
                self.too_many(bytes(), "nodes and clusters", self.limits.parts, "parts");
            }
            let node = Node {
                attributes: scope.node.clone(),
                first: token,
                own: None,
                cluster: scope.cluster,
            };
            self.drawn.nodes.insert(name, node);
        } else if let Some(cluster) = scope.cluster {
            self.join(at, cluster, token);
        }
        for number in &self.joined {
            self.members[*number].insert(at);
        }
        at
    }

    /// Puts a node that exists into a cluster that mentions it.
    fn join(&mut self, at: usize, cluster: usize, token: usize) {
        let Some((name, node)) = self.drawn.nodes.get_index(at) else {
            return;
        };
        let free = match node.cluster {
            None => true,
            Some(old) if self.drawn.within(old, cluster) => return,
            Some(old) => self.drawn.within(cluster, old),
        };
        if free {
            if let Some((_, node)) = self.drawn.nodes.get_index_mut(at) {
                node.cluster = Some(cluster);
            }
            return;
        }
        let message = format!("`{name}` is in two clusters: it stays in the first");
        let bytes = self
            .prepared
            .tokens
            .get(token)
            .map_or(0..0, |one| one.bytes());
        self.drawn
            .wrongs
            .push(Wrong::new(message, bytes).code(Code::NotUnderstood));
    }

    fn node_statement(&mut self, node: &ast::NodeStmt, scope: &Scope<'_>) {
        let Some(token) = number(&node.id.name, 't') else {
            return;
        };
        let at = self.node(token, scope);
        if let Some((_, known)) = self.drawn.nodes.get_index_mut(at) {
            known.attributes.set(&node.list);
            known.own.get_or_insert(token);
        }
    }

    fn edge_statement(&mut self, edge: &ast::EdgeStmt, scope: &Scope<'_>) {
        let mut own = scope.edge.clone();
        own.set(&edge.list);
        let set = self.drawn.sets.len();
        self.drawn.sets.push(own);
        let mut from = self.ends(&edge.from, scope);
        let whole = from.0.map(|first| self.prepared.statement(first));
        for (to, _) in &edge.to {
            let to = self.ends(to, scope);
            let bytes = self.stretch(&from, &to, edge.to.len() == 1, whole.as_ref());
            for start in &from.1 {
                for end in &to.1 {
                    // Counted where a strict graph has the edge already, too: that costs time as well.
                    self.tries += 1;
                    if self.tries > self.limits.links {
                        self.too_many(bytes, "edges", self.limits.links, "links");
                        return;
                    }
                    self.edge(*start, *end, set, bytes.clone());
                }
            }
            from = to;
        }
    }

    /// The bytes of one step of an edge statement: all of it, where it has no other step.
    fn stretch(
        &self,
        from: &Ends,
        to: &Ends,
        only: bool,
        whole: Option<&Range<usize>>,
    ) -> Range<usize> {
        let token = |ends: &Ends| Some(self.prepared.tokens.get(ends.0?)?.bytes());
        let (start, end) = (token(from), token(to));
        match (whole, &start, &end) {
            (Some(whole), ..) if only => whole.clone(),
            (_, Some(start), Some(end)) => start.start..end.end,
            (_, Some(one), None) | (_, None, Some(one)) => one.clone(),
            (Some(whole), None, None) => whole.clone(),
            (None, None, None) => 0..0,
        }
    }

    fn edge(&mut self, from: usize, to: usize, set: usize, bytes: Range<usize>) {
        if self.prepared.strict {
            let turned = !self.prepared.directed && from > to;
            let pair = if turned { (to, from) } else { (from, to) };
            let next = self.drawn.edges.len();
            let known = *self.pairs.entry(pair).or_insert(next);
            if let Some(edge) = self.drawn.edges.get_mut(known) {
                // Graphviz gives the one edge the attributes of all.
                let both = self.drawn.sets[edge.set].merged(&self.drawn.sets[set]);
                edge.set = self.drawn.sets.len();
                self.drawn.sets.push(both);
                return;
            }
        }
        self.drawn.edges.push(Edge {
            from,
            to,
            set,
            bytes,
        });
    }

    /// The nodes at one end of an edge.
    fn ends(&mut self, end: &ast::NodeId, scope: &Scope<'_>) -> Ends {
        if let Some(number) = number(&end.name, 'g') {
            let members = self.members.get(number);
            let nodes = members.map(|nodes| nodes.iter().copied().collect());
            return Ends(None, nodes.unwrap_or_default());
        }
        let token = number(&end.name, 't').unwrap_or_default();
        Ends(Some(token), vec![self.node(token, scope)])
    }

    fn too_many(&mut self, bytes: Range<usize>, what: &str, most: usize, option: &str) {
        if !self.full {
            let wrong = Wrong::new(format!("more than {most} {what}"), bytes).code(Code::Limit);
            let help = format!("raise it with `--max-{option} N`");
            self.drawn.wrongs.push(wrong.help(help));
        }
        self.full = true;
    }
}

/// One end of an edge: its token, where it is a node, and its nodes.
struct Ends(Option<usize>, Vec<usize>);

/// The number after a letter: `t12`.
fn number(name: &str, letter: char) -> Option<usize> {
    name.strip_prefix(letter)?.parse().ok()
}
