//! `PlantUML`: a component diagram with a rectangle for each group, known links dashed.

use super::Settings;
use super::nest::{Step, link_words, steps, words};
use crate::model::{Architecture, Arrow, Basis, Flow, Link, PartId};
use crate::scene::{Ink, Theme, href, inks, link_inks, name_ink, shown};
use std::fmt::Write;

/// Words that mean something to `PlantUML`; a name must not be one of them.
const TAKEN: &[&str] = &[
    "actor",
    "agent",
    "as",
    "artifact",
    "boundary",
    "card",
    "circle",
    "cloud",
    "collections",
    "component",
    "control",
    "database",
    "end",
    "entity",
    "file",
    "folder",
    "frame",
    "hexagon",
    "interface",
    "label",
    "left",
    "note",
    "node",
    "package",
    "person",
    "queue",
    "rectangle",
    "right",
    "skinparam",
    "stack",
    "storage",
    "title",
    "top",
    "usecase",
];

/// Writes the diagram.
pub(super) fn draw(architecture: &Architecture, theme: &Theme, _settings: &Settings) -> Vec<u8> {
    let writer = Writer {
        architecture,
        theme,
        names: words(architecture, TAKEN),
    };
    let mut text = String::from("@startuml\n");
    if let Some(title) = &architecture.title {
        let _ = writeln!(text, "title {}", escaped(title));
    }
    if architecture
        .direction
        .is_some_and(|flow| matches!(flow, Flow::Right | Flow::Left))
    {
        text.push_str("left to right direction\n");
    }
    let _ = writeln!(
        text,
        "skinparam defaultFontName DejaVu Sans\nskinparam shadowing false\nskinparam roundCorner 8\nskinparam backgroundColor {}",
        theme.palette.colour(Ink::Canvas)
    );
    for (depth, step) in steps(architecture) {
        let indent = "  ".repeat(depth);
        let _ = match step {
            Step::Open(id) => writeln!(text, "{indent}rectangle {} {{", writer.part(id)),
            Step::Leaf(id) => writeln!(text, "{indent}{} {}", writer.shape(id), writer.part(id)),
            Step::Close => writeln!(text, "{indent}}}"),
        };
    }
    for (id, from, to, link) in architecture.links() {
        let (from, to) = (writer.name(from), writer.name(to));
        let (line, ink) = link_inks(architecture, id, link);
        let quiet = match ink {
            Ink::Label => String::new(),
            other => format!("<color:{}>", theme.palette.colour(other)),
        };
        let words = link_words(link).map_or(String::new(), |words| {
            format!(" : {quiet}{}", escaped(&words))
        });
        let _ = writeln!(text, "{from} {} {to}{words}", writer.arrow(link, line));
    }
    text.push_str("@enduml\n");
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

    fn shape(&self, id: PartId) -> &'static str {
        let component = self.architecture.part(id).component();
        match component.and_then(|component| component.role.as_deref()) {
            Some("store") => "database",
            _ if component.is_some_and(|component| component.instances > 1) => "collections",
            _ => "rectangle",
        }
    }

    /// `"label" as name [[page]] #fill;line:x;text:y`
    fn part(&self, id: PartId) -> String {
        let part = self.architecture.part(id);
        let (fill, line) = inks(self.architecture, id);
        let colour = |ink: Ink| self.theme.palette.colour(ink).trim_start_matches('#');
        let words = colour(name_ink(self.architecture, id));
        let broad = if line == Ink::Lit { ";line.bold" } else { "" };
        let (fill, line) = (colour(fill), colour(line));
        let dashed = part.component().is_some_and(|component| component.external);
        let dashed = if dashed { ";line.dashed" } else { "" };
        let page = href(part).filter(|page| !page.contains(['[', ']', '{', '}', ' ']));
        let page = page.map_or(String::new(), |page| format!(" [[{page}]]"));
        let count = part.component().map_or(1, |component| component.instances);
        let label = match count {
            1 => escaped(&part.label),
            count => escaped(&format!("{} ×{count}", part.label)),
        };
        format!(
            "\"{label}\" as {}{page} #{fill};line:{line}{dashed}{broad};text:{words}",
            self.name(id)
        )
    }

    fn arrow(&self, link: &Link, line: Ink) -> String {
        let colour = self.theme.palette.colour(line);
        let broad = if line == Ink::Lit { ",bold" } else { "" };
        let dashed = match link.basis {
            Basis::Stated => "",
            Basis::Known => ",dashed",
        };
        let (tail, head) = match link.arrow {
            Arrow::Forward => ("", ">"),
            Arrow::Both => ("<", ">"),
            Arrow::None => ("", ""),
        };
        format!("{tail}-[{colour}{dashed}{broad}]-{head}")
    }
}

/// Words of `PlantUML`, on one line. The one place where text is escaped: its markup (Creole, HTML, icons, variables, line breaks) is made of these characters,
/// and `<U+002A>` is the character itself wherever text is drawn.
fn escaped(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for letter in shown(text).chars() {
        match letter {
            '"' | '<' | '>' | '\\' | '*' | '_' | '~' | '[' | ']' | '{' | '}' | '|' | '=' | '#'
            | '$' | '%' | '&' | '@' | '!' | '\'' | '^' => {
                let _ = write!(words, "<U+{:04X}>", u32::from(letter));
            }
            '/' | '-' | '.' if words.ends_with(letter) => {
                let _ = write!(words, "<U+{:04X}>", u32::from(letter));
            }
            other => words.push(other),
        }
    }
    words
}
