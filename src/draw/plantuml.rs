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

#[cfg(test)]
mod tests {
    use crate::draw::Settings;
    use crate::draw::tests::{HOSTILE, drawn, has, lit};

    fn diagram(text: &str) -> String {
        String::from_utf8(drawn("plantuml", text, &Settings::default())).unwrap()
    }

    #[test]
    fn hostile_words_stay_words_on_their_line() {
        let diagram = diagram(HOSTILE);
        has(
            &diagram,
            "title <U+003C>/x<U+003E> <U+0022>q<U+0022> <U+0023> <U+0025>d <U+0024>v",
        );
        has(&diagram, "rectangle \"end\" as end_2 #");
        has(&diagram, "rectangle \"a b <U+003C>b<U+003E>\" as graph #");
        has(&diagram, "collections \"控制 خادم ×3\" as n_1st #");
        has(
            &diagram,
            "rectangle \"<U+0022><U+005F><U+005F><U+0023><U+0023><U+005C><U+007B>x<U+007D> -<U+002D> <U+0024>a-<U+003E>b\" as n__ #",
        );
        has(
            &diagram,
            "graph -[#475569]-> end_2 : 1. say <U+0022>hi<U+0022> <U+007C> -<U+002D><U+003E>",
        );
        assert_eq!(diagram.matches("@enduml").count(), 1);
        assert!(!diagram.contains("javascript"));
    }

    #[test]
    fn groups_nest_and_links_show_heads_and_basis() {
        let diagram = diagram(HOSTILE);
        let place = |word: &str| diagram.find(word).unwrap();
        assert!(place("as outer #") < place("  rectangle \"inner\""));
        assert!(place("  rectangle \"inner\"") < place("    rectangle \"end\""));
        for line in [
            "end_2 <-[#475569]-> style",
            "style -[#475569]- n_1st",
            "n_1st -[#64748b,dashed]-> A_b",
            "A_b <-[#64748b,dashed]-> a_B_2",
            "a_B_2 -[#64748b,dashed]- n__",
        ] {
            has(&diagram, line);
        }
        let line = |word: &str| diagram.lines().find(|line| line.contains(word)).unwrap();
        assert!(
            line("as A_b").contains(";line.dashed;"),
            "what lies outside is dashed"
        );
        assert!(
            line("as style").starts_with("database "),
            "what stores is a database"
        );
    }

    #[test]
    fn what_stands_out_is_bold_and_the_words_of_the_rest_are_grey() {
        let text = String::from_utf8(lit("plantuml", HOSTILE, "1st")).unwrap();
        assert_eq!(text.matches(";line.bold").count(), 1, "{text}");
        assert_eq!(text.matches(",bold]").count(), 2, "{text}");
        assert!(text.contains(" : <color:#"), "{text}");
    }
}
