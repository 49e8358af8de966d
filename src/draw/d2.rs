//! D2: a container for each group, known links dashed.

use super::Settings;
use super::nest::{Step, link_words, steps};
use crate::model::{Architecture, Arrow, Basis, Flow, Link, LinkId, PartId};
use crate::scene::{Ink, Theme, href, inks, link_inks, name_ink, shown};
use std::fmt::Write;

/// What makes a line stand out.
const BROAD: &str = "; stroke-width: 4";

/// Writes the diagram.
pub(super) fn draw(architecture: &Architecture, theme: &Theme, _settings: &Settings) -> Vec<u8> {
    let mut text = String::new();
    if let Some(title) = &architecture.title {
        let label = quoted(title);
        let _ = writeln!(
            text,
            "title: {label} {{\n  near: top-center\n  shape: text\n  style.font-size: 22\n  style.bold: true\n}}"
        );
    }
    if let Some(flow) = architecture.direction {
        let _ = writeln!(text, "direction: {}", way(flow));
    }
    if links_into_itself(architecture) {
        text.push_str("vars: {d2-config: {layout-engine: elk}}\n");
    }
    let writer = Writer {
        architecture,
        theme,
    };
    for (depth, step) in steps(architecture) {
        let indent = "  ".repeat(depth);
        match step {
            Step::Open(id) => writer.part(&mut text, id, &indent, false),
            Step::Leaf(id) => writer.part(&mut text, id, &indent, true),
            Step::Close => {
                let _ = writeln!(text, "{indent}}}");
            }
        }
    }
    for (id, from, to, link) in architecture.links() {
        let (from, to) = (writer.path(from), writer.path(to));
        let _ = writeln!(
            text,
            "{from} {} {to}{}",
            arrow(link.arrow),
            writer.words(id, link)
        );
    }
    text.into_bytes()
}

struct Writer<'a> {
    architecture: &'a Architecture,
    theme: &'a Theme,
}

impl Writer<'_> {
    fn colour(&self, ink: Ink) -> String {
        format!("\"{}\"", self.theme.palette.colour(ink))
    }

    /// The keys of the groups around a part, and its own.
    fn path(&self, id: PartId) -> String {
        let mut keys: Vec<PartId> = std::iter::once(id)
            .chain(self.architecture.ancestors(id))
            .collect();
        keys.reverse();
        let keys: Vec<String> = keys.into_iter().map(|id| self.key(id)).collect();
        keys.join(".")
    }

    /// Keys have no case in D2, and `_` means the container around: an id that another differs from by case alone gets its number.
    fn key(&self, id: PartId) -> String {
        let part = self.architecture.part(id);
        let lower = part.id.to_lowercase();
        let mut siblings = self.architecture.children(part.parent).iter();
        let twin = siblings
            .any(|other| *other < id && self.architecture.part(*other).id.to_lowercase() == lower);
        let reserved = part.parent.is_none() && lower == "title";
        if twin || reserved || lower == "_" {
            return quoted(&format!("{} {}", part.id, id.index()));
        }
        quoted(&part.id)
    }

    fn part(&self, text: &mut String, id: PartId, indent: &str, closed: bool) {
        let part = self.architecture.part(id);
        let (fill, line) = inks(self.architecture, id);
        let broad = if line == Ink::Lit { BROAD } else { "" };
        let (fill, line) = (self.colour(fill), self.colour(line));
        let words = self.colour(name_ink(self.architecture, id));
        let (key, label) = (self.key(id), quoted(&part.label));
        let _ = writeln!(
            text,
            "{indent}{key}: {label} {{\n{indent}  style: {{fill: {fill}; stroke: {line}; font-color: {words}; border-radius: 6{broad}}}"
        );
        if let Some(component) = part.component() {
            if component.role.as_deref() == Some("store") {
                let _ = writeln!(text, "{indent}  shape: cylinder");
            }
            if component.instances > 1 {
                let _ = writeln!(text, "{indent}  style.multiple: true");
            }
            if component.external {
                let _ = writeln!(text, "{indent}  style.stroke-dash: 3");
            }
        } else if let crate::model::Body::Group(group) = &part.body
            && let Some(flow) = group.direction
        {
            let _ = writeln!(text, "{indent}  direction: {}", way(flow));
        }
        if let Some(page) = href(part) {
            let _ = writeln!(text, "{indent}  link: {}", quoted(&page));
        }
        if !part.description.is_empty() {
            let tooltip = quoted(&plain(&part.description.join(" ")));
            let _ = writeln!(text, "{indent}  tooltip: {tooltip}");
        }
        if closed {
            let _ = writeln!(text, "{indent}}}");
        }
    }

    /// What stands after a connection: its words, and its looks.
    fn words(&self, id: LinkId, link: &Link) -> String {
        let label = link_words(link).map_or(String::new(), |words| format!(" {}", quoted(&words)));
        let (line, words) = link_inks(self.architecture, id, link);
        let stroke = self.colour(line);
        let broad = if line == Ink::Lit { BROAD } else { "" };
        let quiet = match words {
            Ink::Label => String::new(),
            other => format!("; font-color: {}", self.colour(other)),
        };
        let dash = match link.basis {
            Basis::Stated => "",
            Basis::Known => "; stroke-dash: 4",
        };
        format!(":{label} {{style: {{stroke: {stroke}{dash}{broad}{quiet}}}}}")
    }
}

/// Whether a link runs between a group and itself or something in it, which D2's usual engine refuses to lay out.
fn links_into_itself(architecture: &Architecture) -> bool {
    let holds = |group: PartId, part: PartId| {
        architecture.part(group).is_group()
            && (group == part || architecture.ancestors(part).any(|around| around == group))
    };
    let mut links = architecture.links();
    links.any(|(_, from, to, _)| holds(from, to) || holds(to, from))
}

/// Words where D2 takes Markdown: what could begin any is written as the number of its character.
fn plain(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii_punctuation() && !matches!(letter, '.' | ',' | '\'' | '(' | ')') {
            let _ = write!(words, "&#{};", u32::from(letter));
        } else {
            words.push(letter);
        }
    }
    words
}

fn way(flow: Flow) -> &'static str {
    flow.name()
}

fn arrow(arrow: Arrow) -> &'static str {
    match arrow {
        Arrow::Forward => "->",
        Arrow::Both => "<->",
        Arrow::None => "--",
    }
}

/// A string of D2. The one place where text is escaped: `$` begins a variable even between quotes.
fn quoted(text: &str) -> String {
    let mut string = String::with_capacity(text.len() + 2);
    string.push('"');
    for letter in shown(text).chars() {
        if matches!(letter, '"' | '\\' | '$') {
            string.push('\\');
        }
        string.push(letter);
    }
    string.push('"');
    string
}

#[cfg(test)]
mod tests {
    use crate::draw::Settings;
    use crate::draw::tests::{HOSTILE, SHOP, drawn, has, lit};

    fn diagram(text: &str) -> String {
        String::from_utf8(drawn("d2", text, &Settings::default())).unwrap()
    }

    #[test]
    fn hostile_words_stay_words_on_their_line() {
        let diagram = diagram(HOSTILE);
        has(&diagram, "title: \"</x> \\\"q\\\" # %d \\$v\" {");
        has(&diagram, "\"graph\": \"a b <b>\" {");
        has(&diagram, "\"1st\": \"控制 خادم\" {");
        has(&diagram, "\"_ 8\": \"\\\"__##\\\\{x} -- \\$a->b\" {");
        has(
            &diagram,
            "tooltip: \"&#42;&#42;bold&#42;&#42; &#91;x&#93;(y)\"",
        );
        has(&diagram, "link: \"https://e.org/a?b=\\\"c\\\"&d=<e>;f\"");
        assert!(!diagram.contains("javascript"));
        // Braces close, whatever is in the words.
        let bare: Vec<&str> = diagram.split('"').step_by(2).collect();
        let bare = bare.concat();
        assert_eq!(
            bare.matches('{').count(),
            bare.matches('}').count(),
            "{bare}"
        );
    }

    #[test]
    fn keys_that_differ_by_case_alone_stay_apart_and_groups_nest() {
        let diagram = diagram(HOSTILE);
        has(&diagram, "\"A b\": ");
        has(&diagram, "\"a B 7\": ");
        has(
            &diagram,
            "\"outer\".\"inner\".\"graph\" -> \"outer\".\"inner\".\"end\": \"1. say \\\"hi\\\" | -->\"",
        );
    }

    #[test]
    fn links_show_heads_and_basis() {
        let diagram = diagram(HOSTILE);
        has(&diagram, "\"outer\".\"inner\".\"end\" <-> \"style\":");
        has(&diagram, "\"style\" -- \"1st\":");
        for line in [
            "\"1st\" -> \"A b\":",
            "\"A b\" <-> \"a B 7\":",
            "\"a B 7\" -- \"_ 8\":",
        ] {
            let dashed = diagram.lines().find(|own| own.starts_with(line)).unwrap();
            assert!(dashed.contains("stroke-dash: 4"), "{dashed}");
        }
        assert_eq!(diagram.matches("stroke-dash: 4").count(), 3);
    }

    #[test]
    fn a_link_from_a_group_into_itself_asks_for_the_engine_that_can_draw_it() {
        assert!(diagram(HOSTILE).contains("layout-engine: elk"));
        assert!(!diagram(SHOP).contains("layout-engine"));
        assert!(
            diagram("groups: [{id: g, components: [a]}]\nlinks: [{from: g, to: g}]\n")
                .contains("elk")
        );
        assert!(!diagram("components: [a]\nlinks: [{from: a, to: a}]\n").contains("elk"));
    }

    #[test]
    fn what_stands_out_has_a_broad_line() {
        let text = String::from_utf8(lit("d2", HOSTILE, "1st")).unwrap();
        assert_eq!(text.matches("stroke-width: 4").count(), 3, "{text}");
        assert!(!diagram(HOSTILE).contains("stroke-width"));
    }
}
