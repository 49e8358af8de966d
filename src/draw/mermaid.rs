//! Mermaid: a flowchart with a subgraph for each group, known links dotted. Read by Mermaid 10 and later.

use super::Settings;
use super::nest::{Step, steps, words};
use crate::model::{Architecture, Arrow, Basis, Link, PartId};
use crate::scene::{Ink, Theme, href, inks, link_inks, name_ink, shown};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Words that mean something to Mermaid; a name must not be one of them.
const TAKEN: &[&str] = &[
    "end",
    "graph",
    "flowchart",
    "subgraph",
    "style",
    "linkstyle",
    "classdef",
    "class",
    "click",
    "default",
    "direction",
    "call",
    "href",
    "interpolate",
    "tb",
    "td",
    "bt",
    "lr",
    "rl",
    "x",
    "o",
    "acctitle",
    "accdescr",
    "note",
    "title",
];

/// Writes the flowchart.
pub(super) fn draw(architecture: &Architecture, theme: &Theme, _settings: &Settings) -> Vec<u8> {
    let writer = Writer {
        architecture,
        theme,
        names: words(architecture, TAKEN),
    };
    let mut text = String::new();
    if let Some(title) = &architecture.title {
        // Front matter is YAML: a JSON string is one of its strings.
        let title = serde_json::to_string(&shown(title)).unwrap_or_default();
        let _ = writeln!(text, "---\ntitle: {title}\n---");
    }
    let directions = ["TB", "LR", "BT", "RL"];
    let flow = architecture.direction.map_or(0, |flow| flow as usize);
    let _ = writeln!(text, "flowchart {}", directions[flow]);
    for (depth, step) in steps(architecture) {
        let indent = "  ".repeat(depth + 1);
        let _ = match step {
            Step::Open(id) => {
                let label = quoted(&architecture.part(id).label);
                writeln!(text, "{indent}subgraph {}[{label}]", writer.name(id))
            }
            Step::Leaf(id) => writeln!(text, "{indent}{}", writer.component(id)),
            Step::Close => writeln!(text, "{indent}end"),
        };
    }
    for (_, from, to, link) in architecture.links() {
        let (from, to) = (writer.name(from), writer.name(to));
        let _ = writeln!(text, "  {from} {} {to}", arrow(link));
    }
    for (id, part) in architecture.parts() {
        if let Some(page) = href(part) {
            let _ = writeln!(text, "  click {} href {}", writer.name(id), address(&page));
        }
    }
    writer.styles(&mut text);
    text.into_bytes()
}

struct Writer<'a> {
    architecture: &'a Architecture,
    theme: &'a Theme,
    names: Vec<String>,
}

impl Writer<'_> {
    fn name(&self, id: PartId) -> &str {
        self.names.get(id.index()).map_or("", String::as_str)
    }

    fn colour(&self, ink: Ink) -> &str {
        self.theme.palette.colour(ink)
    }

    /// A component; what stores is a cylinder.
    fn component(&self, id: PartId) -> String {
        let part = self.architecture.part(id);
        let component = part.component();
        let store = component.is_some_and(|one| one.role.as_deref() == Some("store"));
        let count = component.map_or(1, |one| one.instances);
        let label = if count == 1 {
            quoted(&part.label)
        } else {
            quoted(&format!("{} ×{count}", part.label))
        };
        let (open, close) = if store { ("[(", ")]") } else { ("[", "]") };
        format!("{}{open}{label}{close}", self.name(id))
    }

    /// Colours: one class for all parts that are alike, and one line for all links that are.
    fn styles(&self, text: &mut String) {
        let mut classes: BTreeMap<(Ink, Ink, Ink), Vec<&str>> = BTreeMap::new();
        for (id, _) in self.architecture.parts() {
            let (fill, line) = inks(self.architecture, id);
            let key = (fill, line, name_ink(self.architecture, id));
            classes.entry(key).or_default().push(self.name(id));
        }
        for (number, ((fill, line, words), names)) in classes.iter().enumerate() {
            let (fill, stroke) = (self.colour(*fill), self.colour(*line));
            let (words, broad, names) = (self.colour(*words), broad(*line), names.join(","));
            let _ = writeln!(
                text,
                "  classDef c{number} fill:{fill},stroke:{stroke}{broad},color:{words}\n  class {names} c{number}"
            );
        }
        let mut lines: BTreeMap<(Ink, Ink), Vec<String>> = BTreeMap::new();
        for (number, (id, _, _, link)) in self.architecture.links().enumerate() {
            let key = link_inks(self.architecture, id, link);
            lines.entry(key).or_default().push(number.to_string());
        }
        // Mermaid's own style is for stated links that neither stand out nor step back.
        lines.remove(&(Ink::Link, Ink::Label));
        for ((line, words), numbers) in lines {
            let (stroke, broad, numbers) = (self.colour(line), broad(line), numbers.join(","));
            let quiet = match words {
                Ink::Label => String::new(),
                other => format!(",color:{}", self.colour(other)),
            };
            let _ = writeln!(text, "  linkStyle {numbers} stroke:{stroke}{broad}{quiet}");
        }
    }
}

/// What makes a line stand out.
fn broad(line: Ink) -> &'static str {
    match line {
        Ink::Lit => ",stroke-width:3px",
        _ => "",
    }
}

/// An arrow, with its words: `-- "x" -->`, dotted where the link is known.
fn arrow(link: &Link) -> String {
    let line = match (link.arrow, link.basis) {
        (Arrow::Forward, Basis::Stated) => "-->",
        (Arrow::Both, Basis::Stated) => "<-->",
        (Arrow::None, Basis::Stated) => "---",
        (Arrow::Forward, Basis::Known) => "-.->",
        (Arrow::Both, Basis::Known) => "<-.->",
        (Arrow::None, Basis::Known) => "-.-",
    };
    let words = super::nest::link_words(link);
    words.map_or_else(
        || line.to_owned(),
        |words| format!("{line}|{}|", quoted(&words)),
    )
}

/// An address between quotes: what would end it, or be taken for an entity, is percent-encoded.
fn address(page: &str) -> String {
    let mut string = String::from("\"");
    for letter in page.chars() {
        if matches!(letter, '"' | '<' | '>' | '`' | ';' | '{' | '}' | '|') {
            let _ = write!(string, "%{:02X}", u32::from(letter));
        } else {
            string.push(letter);
        }
    }
    string.push('"');
    string
}

/// A string of Mermaid. The one place where text is escaped: Mermaid takes Markdown, HTML and entities in strings, so all that could begin one is written as
/// the number of its character.
fn quoted(text: &str) -> String {
    let mut string = String::with_capacity(text.len() + 2);
    string.push('"');
    for letter in shown(text).chars() {
        match letter {
            '"' | '<' | '>' | '&' | '#' | '`' | ';' | '\\' | '*' | '_' | '~' | '[' | ']' | '{'
            | '}' | '|' => {
                let _ = write!(string, "#{};", u32::from(letter));
            }
            other => string.push(other),
        }
    }
    string.push('"');
    string
}
