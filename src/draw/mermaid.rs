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

/// What begins Markdown, HTML or an entity, or ends a string.
const HOSTILE: &str = "\"<>&#`;\\*_~[]{}|";

/// Writes the flowchart.
pub(super) fn draw(architecture: &Architecture, theme: &Theme, _settings: &Settings) -> Vec<u8> {
    let writer = Writer {
        architecture,
        theme,
        names: words(architecture, TAKEN),
    };
    let mut text = String::new();
    if let Some(title) = &architecture.title {
        // Front matter is YAML: a JSON string is one of its strings. Mermaid drops tags from a title, and knows no escape there: these look the same.
        let title = shown(title).replace('<', "＜").replace('>', "＞");
        let title = serde_json::to_string(&title).unwrap_or_default();
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
///
/// Before it parses, Mermaid takes the last `;` off each line with `style`, a `:` and a `#` after each other: where numbers stand, colons are numbers too.
fn quoted(text: &str) -> String {
    let hostile = |letter: char| HOSTILE.contains(letter);
    let text = shown(text);
    let numbers = text.contains(hostile);
    let mut string = String::with_capacity(text.len() + 2);
    string.push('"');
    for letter in text.chars() {
        if hostile(letter) || (numbers && letter == ':') {
            let _ = write!(string, "#{};", u32::from(letter));
        } else {
            string.push(letter);
        }
    }
    string.push('"');
    string
}

#[cfg(test)]
mod tests {
    use crate::draw::Settings;
    use crate::draw::tests::{HOSTILE, drawn, lit};

    fn flow(text: &str) -> String {
        String::from_utf8(drawn("mermaid", text, &Settings::default())).unwrap()
    }

    fn has(flow: &str, line: &str) {
        let found = flow.lines().any(|own| own.trim() == line);
        assert!(found, "no `{line}` in\n{flow}");
    }

    #[test]
    fn hostile_words_stay_words_on_their_line() {
        let flow = flow(HOSTILE);
        has(&flow, "title: \"＜/x＞ \\\"q\\\" # %d $v\"");
        has(&flow, "end_2[\"end\"]");
        has(&flow, "graph_2[\"a b #60;b#62;\"]");
        has(&flow, "style_2[(\"style fill#58;#35;f00\")]");
        has(&flow, "n_1st[\"控制 خادم ×3\"]");
        has(
            &flow,
            "n__[\"#34;#95;#95;#35;#35;#92;#123;x#125; -- $a-#62;b\"]",
        );
        has(
            &flow,
            "graph_2 -->|\"1. say #34;hi#34; #124; --#62;\"| end_2",
        );
        // One line for each part, end, link and style: no line break comes through.
        let known = [
            "---",
            "title:",
            "flowchart",
            "subgraph",
            "end",
            "classDef",
            "class ",
            "linkStyle",
            "click",
        ];
        for line in flow.lines().map(str::trim) {
            let part = line.contains("[\"") || line.contains("[(\"");
            let link = ["-->", "<-->", "---", "-.->", "<-.->", "-.-"]
                .iter()
                .any(|arrow| line.contains(&format!(" {arrow}")));
            assert!(
                part || link || known.iter().any(|word| line.starts_with(word)),
                "{line}"
            );
        }
    }

    #[test]
    fn groups_nest_and_links_show_heads_and_basis() {
        let flow = flow(HOSTILE);
        let place = |word: &str| flow.find(word).unwrap();
        assert!(place("subgraph outer[") < place("subgraph inner["));
        assert!(place("subgraph inner[") < place("end_2[\"end\"]"));
        for line in [
            "end_2 <--> style_2",
            "style_2 --- n_1st",
            "n_1st -.-> A_b",
            "A_b <-.-> a_B_2",
            "a_B_2 -.- n__",
            "outer -->|\"to its own child\"| inner",
        ] {
            has(&flow, line);
        }
        assert!(flow.contains("linkStyle 3,4,5 stroke:#"));
    }

    #[test]
    fn an_address_is_quoted_and_cannot_end_its_quotes() {
        let flow = flow(HOSTILE);
        has(
            &flow,
            "click style_2 href \"https://e.org/a?b=%22c%22&d=%3Ce%3E%3Bf\"",
        );
        assert!(!flow.contains("javascript"));
    }

    #[test]
    fn what_stands_out_has_a_broad_line() {
        let text = String::from_utf8(lit("mermaid", HOSTILE, "1st")).unwrap();
        let class = text
            .lines()
            .find(|line| line.contains("classDef") && line.contains("stroke-width:3px"));
        let name = class.unwrap().split_whitespace().nth(1).unwrap();
        has(&text, &format!("class n_1st {name}"));
        assert!(text.contains("linkStyle 2,3 stroke:#"), "{text}");
    }
}
