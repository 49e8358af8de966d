//! DOT for Graphviz: groups are clusters, known links dashed, colours those of the theme. What is written here `read::dot` reads again.
//!
//! What Graphviz has no attribute for stands in attributes that begin with `k8sdiag_`; Graphviz keeps them and looks at none.

use super::Settings;
use super::nest::{Step, first_components, link_words, steps};
use crate::model::{
    Architecture, Arrow, Basis, Body, Link, LinkId, LinkKind, Origin, Part, PartId, Tier,
};
use crate::scene::{Ink, Theme, href, inks, link_inks, name_ink, needs_known_name, shown};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// Labels are broken after about so many columns.
const COLUMNS: usize = 24;
/// The title and what is said of a part, after about so many.
const TITLE: usize = 72;
/// Parts from which on Graphviz ranks all of them together, whatever cluster they are in.
const LARGE: usize = 40;
/// How broad the lines are of what stands out.
const LIT: &str = "2.4";
/// The faces that Graphviz shall look for.
const FONT: &str = "DejaVu Sans,Helvetica,Arial,sans-serif";

/// Writes the graph.
pub(super) fn draw(architecture: &Architecture, theme: &Theme, _settings: &Settings) -> Vec<u8> {
    let mut writer = Writer {
        architecture,
        theme,
        first: first_components(architecture),
        anchors: vec![None; architecture.part_count()],
        text: String::new(),
    };
    writer.head();
    for (depth, step) in steps(architecture) {
        let indent = "  ".repeat(depth + 1);
        match step {
            Step::Open(id) => writer.group(id, &indent),
            Step::Leaf(id) => writer.component(id, &indent),
            Step::Close => {
                let _ = writeln!(writer.text, "{indent}}}");
            }
        }
    }
    for (id, from, to, link) in architecture.links() {
        writer.link(id, (from, to), link);
    }
    writer.text.push_str("}\n");
    writer.text.into_bytes()
}

struct Writer<'a> {
    architecture: &'a Architecture,
    theme: &'a Theme,
    /// The first component in each group.
    first: Vec<Option<PartId>>,
    /// Names of the hidden nodes in groups that hold no component.
    anchors: Vec<Option<String>>,
    text: String,
}

/// The attributes of one thing.
#[derive(Default)]
struct Attributes(String);

impl Attributes {
    fn set(&mut self, name: &str, value: &str) -> &mut Self {
        let gap = if self.0.is_empty() { "" } else { ", " };
        let _ = write!(self.0, "{gap}{name}={}", quoted(value));
        self
    }

    /// Words that Graphviz draws, in lines of so many columns, each between two `pad`.
    fn label(&mut self, name: &str, words: &str, columns: usize, pad: &str) -> &mut Self {
        let gap = if self.0.is_empty() { "" } else { ", " };
        let _ = write!(self.0, "{gap}{name}={}", label(words, columns, pad));
        self
    }
}

impl Writer<'_> {
    fn colour(&self, ink: Ink) -> &str {
        self.theme.palette.colour(ink)
    }

    fn head(&mut self) {
        let architecture = self.architecture;
        let mut graph = Attributes::default();
        if let Some(title) = &architecture.title {
            graph.label("label", title, TITLE, "").set("labelloc", "t");
            graph.set("fontsize", "16");
        }
        if let Some(flow) = architecture.direction {
            let directions = ["TB", "LR", "BT", "RL"];
            graph.set("rankdir", directions[flow as usize]);
        }
        graph.set("compound", "true");
        if architecture.part_count() > LARGE {
            // Graphviz's older way of ranking fails where many clusters hang together.
            graph.set("newrank", "true");
        }
        graph
            .set("fontname", FONT)
            .set("fontcolor", self.colour(Ink::Title));
        graph
            .set("bgcolor", self.colour(Ink::Canvas))
            .set("pad", "0.2");
        graph.set("nodesep", "0.35").set("ranksep", "0.55");
        if let Some(language) = &architecture.language {
            graph.set("k8sdiag_language", language);
        }
        if let Some(theme) = &architecture.theme {
            graph.set("k8sdiag_theme", theme);
        }
        if !architecture.rules.is_empty() {
            graph.set("k8sdiag_rules", &self.rules());
        }
        let mut node = Attributes::default();
        node.set("shape", "box").set("style", "rounded,filled");
        node.set("fontname", FONT).set("fontsize", "12");
        node.set("fontcolor", self.colour(Ink::Text));
        node.set("margin", "0.16,0.09").set("height", "0.45");
        let mut edge = Attributes::default();
        edge.set("fontname", FONT).set("fontsize", "10");
        edge.set("fontcolor", self.colour(Ink::Label));
        edge.set("color", self.colour(Ink::Link))
            .set("arrowsize", "0.7");
        let name = architecture.title.as_deref().unwrap_or("architecture");
        let name = quoted(name);
        let (graph, node, edge) = (graph.0, node.0, edge.0);
        let _ = write!(
            self.text,
            "digraph {name} {{\n  graph [{graph}];\n  node [{node}];\n  edge [{edge}];\n"
        );
    }

    /// Every rule as a list of its kind and its ends.
    fn rules(&self) -> String {
        let end = |part: Option<PartId>| part.map_or("*", |id| &*self.architecture.part(id).id);
        let rules: Vec<[&str; 3]> = self
            .architecture
            .rules
            .iter()
            .map(|rule| [rule.kind.name(), end(rule.subject), end(rule.object)])
            .collect();
        // Lists of strings can always be written.
        serde_json::to_string(&rules).unwrap_or_default()
    }

    fn cluster(&self, id: PartId) -> String {
        format!("cluster_{}", self.architecture.part(id).id)
    }

    fn group(&mut self, id: PartId, indent: &str) {
        let part = self.architecture.part(id);
        let (fill, line) = inks(self.architecture, id);
        let mut graph = Attributes::default();
        graph
            .label("label", &part.label, COLUMNS, "")
            .set("labelloc", "t")
            .set("labeljust", "l");
        graph
            .set("style", "rounded,filled")
            .set("fontsize", "12")
            .set("margin", "12");
        graph
            .set("fillcolor", self.colour(fill))
            .set("color", self.colour(line));
        self.light(id, line, &mut graph);
        if let Body::Group(group) = &part.body
            && let Some(direction) = group.direction
        {
            graph.set("k8sdiag_direction", direction.name());
        }
        self.shared(id, &mut graph);
        let name = quoted(&self.cluster(id));
        let graph = graph.0;
        let _ = writeln!(
            self.text,
            "{indent}subgraph {name} {{\n{indent}  graph [{graph}];"
        );
        if self.first[id.index()].is_none() {
            // Graphviz draws no cluster without a node.
            let mut anchor = format!("{} (inside)", part.id);
            while self.architecture.find(&anchor).is_some() {
                anchor.push('\'');
            }
            let node = quoted(&anchor);
            let _ = writeln!(
                self.text,
                "{indent}  {node} [style=invis, shape=point, width=0.6, height=0.1];"
            );
            self.anchors[id.index()] = Some(anchor);
        }
    }

    fn component(&mut self, id: PartId, indent: &str) {
        let part = self.architecture.part(id);
        let (fill, line) = inks(self.architecture, id);
        let mut node = Attributes::default();
        if let Some(component) = part.component() {
            let count = component.instances;
            if count == 1 {
                node.label("label", &part.label, COLUMNS, "");
            } else {
                node.label("label", &format!("{} ×{count}", part.label), COLUMNS, "");
                node.set("k8sdiag_instances", &count.to_string());
            }
            if component.external {
                node.set("style", "rounded,filled,dashed")
                    .set("k8sdiag_external", "true");
            }
            if let Some(role) = &component.role {
                node.set("k8sdiag_kind", role);
            }
            let known = component.known_as.as_deref();
            if let Some(name) = known.filter(|_| needs_known_name(part)) {
                node.set("k8sdiag_known_as", name);
            }
        }
        node.set("fillcolor", self.colour(fill))
            .set("color", self.colour(line));
        self.light(id, line, &mut node);
        self.shared(id, &mut node);
        let (name, node) = (quoted(&part.id), node.0);
        let _ = writeln!(self.text, "{indent}{name} [{node}];");
    }

    /// How a part stands out, or steps back.
    fn light(&self, id: PartId, line: Ink, attributes: &mut Attributes) {
        if line == Ink::Lit {
            attributes.set("penwidth", LIT);
        }
        let words = name_ink(self.architecture, id);
        if words.purpose() != words {
            attributes.set("fontcolor", self.colour(words));
        }
    }

    /// What components and groups have in common.
    fn shared(&self, id: PartId, attributes: &mut Attributes) {
        let part = self.architecture.part(id);
        if let Some(page) = href(part) {
            attributes.set("URL", &page);
        }
        if !part.description.is_empty() {
            attributes.label("tooltip", &part.description.join(" "), TITLE, "");
        } else if part.is_group() {
            // Else Graphviz would hand on the description of the group around.
            attributes.label("tooltip", &part.label, TITLE, "");
        }
        if !part.aliases.is_empty() {
            let aliases = serde_json::to_string(&part.aliases).unwrap_or_default();
            attributes.set("k8sdiag_aliases", &aliases);
        }
        if !part.introduced {
            attributes.set("k8sdiag_introduced", "false");
        }
    }

    fn link(&mut self, id: LinkId, (from, to): (PartId, PartId), link: &Link) {
        let (line, ink) = link_inks(self.architecture, id, link);
        let mut edge = Attributes::default();
        if let Some(words) = link_words(link) {
            // A space on both sides keeps the words off the line.
            edge.label("label", &words, COLUMNS, " ");
        }
        match link.arrow {
            Arrow::Forward => {}
            Arrow::Both => {
                edge.set("dir", "both");
                if self.peers(from, to) {
                    edge.set("constraint", "false");
                }
            }
            Arrow::None => _ = edge.set("dir", "none"),
        }
        if link.basis == Basis::Known {
            edge.set("style", "dashed").set("class", "known");
            let page = link.evidence.iter().find_map(|one| match &one.origin {
                Origin::Known { page } => Some(page),
                _ => None,
            });
            if let Some(page) = page.filter(|page| page.starts_with("https://")) {
                edge.set("URL", page);
            }
        }
        if line != Ink::Link {
            edge.set("color", self.colour(line));
        }
        if line == Ink::Lit {
            edge.set("penwidth", LIT);
        }
        if ink != Ink::Label {
            edge.set("fontcolor", self.colour(ink));
        }
        if link.kind != LinkKind::Communicates {
            edge.set("k8sdiag_kind", link.kind.name());
        }
        if let Some(step) = link.step {
            edge.set("k8sdiag_step", &step.to_string());
        }
        if link.tier != Tier::Plain {
            edge.set("k8sdiag_tier", &(link.tier as u8).to_string());
        }
        let ends = [
            (from, to, "ltail", "k8sdiag_ltail"),
            (to, from, "lhead", "k8sdiag_lhead"),
        ];
        for (own, other, clip, mark) in ends {
            if self.architecture.part(own).is_group() {
                // Graphviz cannot end an edge at a cluster that holds its other end, too.
                let inside = own == other || self.architecture.ancestors(other).any(|up| up == own);
                let name = if inside { mark } else { clip };
                edge.set(name, &self.cluster(own));
            }
        }
        let (from, to, edge) = (quoted(self.node(from)), quoted(self.node(to)), edge.0);
        let _ = if edge.is_empty() {
            writeln!(self.text, "  {from} -> {to};")
        } else {
            writeln!(self.text, "  {from} -> {to} [{edge}];")
        };
    }

    /// Whether two parts are of one sort and side by side: members of a cluster stand on one level.
    fn peers(&self, a: PartId, b: PartId) -> bool {
        let [a, b] = [a, b].map(|id| self.architecture.part(id));
        let role = |part: &Part| {
            part.component()
                .and_then(|component| component.role.clone())
        };
        a.parent == b.parent && role(a).is_some() && role(a) == role(b)
    }

    /// The node that stands for a part at the end of an edge.
    fn node(&self, id: PartId) -> &str {
        let first = self.first[id.index()].unwrap_or(id);
        let anchor = self.anchors[id.index()].as_deref();
        anchor.unwrap_or_else(|| &self.architecture.part(first).id)
    }
}

/// A string of DOT. The one place where text is escaped.
///
/// Backslashes are doubled, though Graphviz keeps both in names: a name could not end in one otherwise. `read::dot` takes them back.
fn quoted(text: &str) -> String {
    let mut string = String::with_capacity(text.len() + 2);
    string.push('"');
    for letter in shown(text).chars() {
        if matches!(letter, '"' | '\\') {
            string.push('\\');
        }
        string.push(letter);
    }
    string.push('"');
    string
}

/// A string that Graphviz draws, in lines of about so many columns: it takes entities there, and `\n` between lines.
fn label(text: &str, most: usize, pad: &str) -> String {
    let text = shown(text).replace('&', "&amp;");
    let mut string = String::with_capacity(text.len() + 2);
    string.push('"');
    string.push_str(pad);
    let mut columns = 0;
    for word in text.split(' ') {
        let width = word.width();
        if columns > 0 && columns + 1 + width > most {
            string.push_str(pad);
            string.push_str("\\n");
            string.push_str(pad);
            columns = 0;
        } else if columns > 0 {
            string.push(' ');
            columns += 1;
        }
        columns += width;
        let word = quoted(word);
        string.push_str(
            word.get(1..word.len().saturating_sub(1))
                .unwrap_or_default(),
        );
    }
    string.push_str(pad);
    string.push('"');
    string
}

#[cfg(test)]
mod tests {
    use crate::draw::Settings;
    use crate::draw::tests::{HOSTILE, drawn, lit};

    fn graph(text: &str) -> String {
        String::from_utf8(drawn("dot", text, &Settings::default())).unwrap()
    }

    fn line<'a>(graph: &'a str, start: &str) -> &'a str {
        let found = graph.lines().find(|own| own.trim().starts_with(start));
        found.unwrap_or_else(|| panic!("no `{start}` in\n{graph}"))
    }

    #[test]
    fn hostile_words_stay_words_on_their_line() {
        let graph = graph(HOSTILE);
        line(&graph, "digraph \"</x> \\\"q\\\" # %d $v\" {");
        line(&graph, "\"end\" [label=\"end\"");
        line(&graph, "\"graph\" [label=\"a b <b>\"");
        line(&graph, "\"1st\" [label=\"控制 خادم ×3\"");
        line(&graph, "\"_\" [label=\"\\\"__##\\\\{x} -- $a->b\"");
        line(
            &graph,
            "\"graph\" -> \"end\" [label=\" 1. say \\\"hi\\\" | --> \"",
        );
        assert!(!graph.contains("javascript"));
        // Brackets and braces close, whatever is in the words.
        let bare = graph.replace("\\\\", "").replace("\\\"", "");
        let bare: String = bare.split('"').step_by(2).collect();
        for (open, close) in [('{', '}'), ('[', ']')] {
            assert_eq!(
                bare.matches(open).count(),
                bare.matches(close).count(),
                "{bare}"
            );
        }
    }

    #[test]
    fn groups_are_clusters_and_links_show_heads_and_basis() {
        let graph = graph(HOSTILE);
        let place = |word: &str| graph.find(word).unwrap();
        assert!(place("subgraph \"cluster_outer\"") < place("  subgraph \"cluster_inner\""));
        assert!(place("  subgraph \"cluster_inner\"") < place("\"end\" ["));
        assert!(line(&graph, "\"end\" -> \"style\"").contains("dir=\"both\""));
        assert!(line(&graph, "\"style\" -> \"1st\"").contains("dir=\"none\""));
        for known in [
            "\"1st\" -> \"A b\"",
            "\"A b\" -> \"a B\"",
            "\"a B\" -> \"_\"",
        ] {
            assert!(line(&graph, known).contains("style=\"dashed\""), "{known}");
        }
        assert_eq!(graph.matches("style=\"dashed\"").count(), 3);
        assert!(
            line(&graph, "\"A b\" [").contains("rounded,filled,dashed"),
            "what lies outside is dashed"
        );
    }

    #[test]
    fn what_stands_out_has_a_broad_line_and_the_rest_grey_words() {
        let text = String::from_utf8(lit("dot", HOSTILE, "1st")).unwrap();
        assert_eq!(text.matches("penwidth=\"2.4\"").count(), 3, "{text}");
        assert!(line(&text, "\"1st\" [").contains("penwidth"));
        assert!(!line(&text, "\"1st\" [").contains("fontcolor"));
        assert!(line(&text, "\"graph\" [").contains("fontcolor"));
    }

    #[test]
    fn many_parts_are_ranked_together() {
        let parts: Vec<String> = (0..41).map(|n| format!("c{n}")).collect();
        let many = format!("components: [{}]\n", parts.join(", "));
        assert!(graph(&many).contains("newrank=\"true\""));
        assert!(!graph(HOSTILE).contains("newrank"));
    }
}
