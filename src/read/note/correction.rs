//! The author's own word: `k8sdiag:` in the front matter, fenced `k8sdiag` blocks, and `<!-- k8sdiag: a -> b : label -->`.
//!
//! All three add parts, links and rules, name aliases, or take away what was read wrongly; what the author says goes before what the prose says.

use crate::model::{Arrow, Code, Diagnostic, Flow, LinkKind, Reading, RuleKind, Span};
use crate::yaml::{Node, Value};
use std::ops::Range;

/// What the author corrects or adds.
#[derive(Debug, Default)]
pub(super) struct Corrections {
    pub parts: Vec<PartNote>,
    pub aliases: Vec<(String, String)>,
    pub links: Vec<LinkNote>,
    pub rules: Vec<RuleNote>,
    pub ignored: Vec<(String, Range<usize>)>,
    pub ignored_links: Vec<(String, String, Range<usize>)>,
}

/// A link of the author's: ends, label, kind, heads, and where it stands.
type LinkNote = (
    String,
    String,
    Option<String>,
    LinkKind,
    Arrow,
    Range<usize>,
);

/// A rule of the author's: kind, subject, object, and where it stands.
type RuleNote = (RuleKind, Option<String>, Option<String>, Range<usize>);

/// A part that the author names.
#[derive(Debug, Default)]
pub(super) struct PartNote {
    pub name: String,
    pub is_group: bool,
    pub holder: Option<String>,
    pub aliases: Vec<String>,
    pub description: Option<String>,
    pub bytes: Range<usize>,
}

/// Reads corrections out of YAML whose first byte is byte `base` of the source.
struct Reader<'r> {
    base: usize,
    found: &'r mut Corrections,
    reading: &'r mut Reading,
    span: &'r dyn Fn(Range<usize>) -> Span,
}

impl Corrections {
    /// Takes in the value of a `k8sdiag` key or block.
    pub(super) fn take(
        &mut self,
        node: &Node<'_>,
        base: usize,
        reading: &mut Reading,
        span: &dyn Fn(Range<usize>) -> Span,
    ) {
        let mut reader = Reader {
            base,
            found: self,
            reading,
            span,
        };
        reader.top(node);
    }
}

impl Reader<'_> {
    fn bytes(&self, node: &Node<'_>) -> Range<usize> {
        self.base + node.bytes.start..self.base + node.bytes.end
    }

    fn complain(&mut self, code: Code, message: String, bytes: Range<usize>, help: &str) {
        let span = (self.span)(bytes);
        let diagnostic = Diagnostic::new(code, message).at(span);
        let diagnostic = if help.is_empty() {
            diagnostic
        } else {
            diagnostic.help(help)
        };
        self.reading.diagnostics.push(diagnostic);
    }

    fn top(&mut self, node: &Node<'_>) {
        // A bare `k8sdiag:` or `k8sdiag: true` asks `build` for a picture, and corrects nothing.
        if matches!(node.value, Value::Null | Value::Bool(true)) {
            return;
        }
        let Value::Map(entries) = &node.value else {
            let bytes = self.bytes(node);
            let message = format!(
                "`k8sdiag` holds {}, where a map is wanted",
                node.value.kind()
            );
            return self.complain(Code::BadValue, message, bytes, "");
        };
        for (key, value) in entries {
            match &*key.text {
                "components" => self.each(value, |reader, node| reader.part(node, false)),
                "groups" => self.each(value, |reader, node| reader.part(node, true)),
                "links" => self.each(value, Self::link),
                "rules" => self.each(value, Self::rule),
                "ignore" => self.each(value, Self::ignore),
                "aliases" => self.aliases(value),
                "direction" => {
                    self.reading.settings.direction =
                        text(value).and_then(|word| Flow::named(&word));
                }
                "theme" => self.reading.settings.theme = text(value),
                "title" => self.reading.title = text(value),
                key if super::ELSEWHERE.contains(&key) => {}
                other => {
                    let bytes = self.base + key.bytes.start..self.base + key.bytes.end;
                    let known = [
                        "components",
                        "groups",
                        "links",
                        "rules",
                        "aliases",
                        "ignore",
                        "direction",
                        "theme",
                        "title",
                        "lang",
                    ];
                    let help = crate::model::nearest(other, known)
                        .map(|near| format!("did you mean `{near}`?"));
                    let message = format!("`k8sdiag` has no key `{other}`");
                    self.complain(Code::UnknownKey, message, bytes, help.as_deref().unwrap_or("the keys are components, groups, links, rules, aliases, ignore, direction, theme, title and lang"));
                }
            }
        }
    }

    fn each(&mut self, node: &Node<'_>, mut one: impl FnMut(&mut Self, &Node<'_>)) {
        match &node.value {
            Value::List(list) => {
                for node in list {
                    one(self, node);
                }
            }
            Value::Null => {}
            _ => one(self, node),
        }
    }

    fn part(&mut self, node: &Node<'_>, is_group: bool) {
        let mut part = PartNote {
            is_group,
            bytes: self.bytes(node),
            ..PartNote::default()
        };
        match &node.value {
            Value::Text(name) => part.name = name.to_string(),
            Value::Map(_) => {
                let get = |key: &str| field(node, key).and_then(text);
                part.name = get("label").or_else(|| get("id")).unwrap_or_default();
                part.holder = get("group").or_else(|| get("parent"));
                part.description = get("description");
                part.aliases = field(node, "aliases").map(texts).unwrap_or_default();
                part.aliases.extend(get("id").filter(|id| *id != part.name));
            }
            _ => {}
        }
        if part.name.is_empty() {
            let bytes = part.bytes.clone();
            return self.complain(
                Code::MissingKey,
                "this part has no `label`".to_owned(),
                bytes,
                "write `label: NAME`, or the name alone",
            );
        }
        self.found.parts.push(part);
    }

    fn link(&mut self, node: &Node<'_>) {
        let bytes = self.bytes(node);
        let parsed = match &node.value {
            Value::Text(line) => arrow(line)
                .map(|(from, to, label, arrow)| (from, to, label, LinkKind::Communicates, arrow)),
            // YAML takes `A -> B : label` for a key and its value.
            Value::Map(entries) if entries.len() == 1 => {
                entries.first().and_then(|(key, value)| {
                    let (from, to, _, arrow) = arrow(&key.text)?;
                    Some((from, to, text(value), LinkKind::Communicates, arrow))
                })
            }
            Value::Map(_) => {
                let get = |key: &str| field(node, key).and_then(text);
                let kind = get("kind")
                    .and_then(|kind| LinkKind::named(&kind))
                    .unwrap_or(LinkKind::Communicates);
                let arrow = get("direction")
                    .or_else(|| get("arrow"))
                    .and_then(|arrow| Arrow::named(&arrow))
                    .unwrap_or(Arrow::Forward);
                get("from")
                    .zip(get("to"))
                    .map(|(from, to)| (from, to, get("label"), kind, arrow))
            }
            _ => None,
        };
        match parsed {
            Some((from, to, label, kind, arrow)) => {
                self.found.links.push((from, to, label, kind, arrow, bytes));
            }
            None => self.complain(
                Code::BadValue,
                "this is no link".to_owned(),
                bytes,
                "write `A -> B : label`, or `{from: A, to: B}`",
            ),
        }
    }

    fn rule(&mut self, node: &Node<'_>) {
        let bytes = self.bytes(node);
        let get = |key: &str| field(node, key).and_then(text);
        let end = |key: &str| get(key).filter(|name| name != "*");
        match get("kind").and_then(|kind| RuleKind::named(&kind)) {
            Some(kind) => {
                let rule = (kind, end("subject"), end("object"), bytes);
                self.found.rules.push(rule);
            }
            None => self.complain(Code::BadValue, "this is no rule".to_owned(), bytes, "write `{kind: only-from, subject: A, object: B}`; the kinds are only-from, only-to and never"),
        }
    }

    fn ignore(&mut self, node: &Node<'_>) {
        let bytes = self.bytes(node);
        match text(node) {
            Some(words) => self.found.ignore(&words, bytes),
            None => self.complain(
                Code::BadValue,
                "this is no name".to_owned(),
                bytes,
                "write the name of a part, or `A -> B`",
            ),
        }
    }

    fn aliases(&mut self, node: &Node<'_>) {
        let Value::Map(entries) = &node.value else {
            let bytes = self.bytes(node);
            return self.complain(
                Code::BadValue,
                "`aliases` is a map of names".to_owned(),
                bytes,
                "write `NAME: [OTHER, ...]`",
            );
        };
        for (key, value) in entries {
            for alias in texts(value) {
                self.found.aliases.push((key.text.to_string(), alias));
            }
        }
    }
}

impl Corrections {
    fn ignore(&mut self, words: &str, bytes: Range<usize>) {
        match arrow(words) {
            Some((from, to, ..)) => self.ignored_links.push((from, to, bytes)),
            None => self.ignored.push((words.trim().to_owned(), bytes)),
        }
    }

    /// Reads a comment: `k8sdiag: a -> b : label`, `k8sdiag: ignore a`. `None` where it says only `ignore`, or is none of ours.
    pub(super) fn comment(&mut self, text: &str, at: usize) {
        let Some(words) = directive(text) else { return };
        let start = text.find(words).unwrap_or(0);
        let bytes = at + start..at + start + words.len();
        match words.strip_prefix("ignore") {
            Some(rest) if rest.starts_with(' ') => self.ignore(rest, bytes),
            Some("") => {}
            _ => {
                if let Some((from, to, label, arrow)) = arrow(words) {
                    self.links
                        .push((from, to, label, LinkKind::Communicates, arrow, bytes));
                }
            }
        }
    }
}

/// What a comment of ours says; `None` for other comments.
pub(super) fn directive(text: &str) -> Option<&str> {
    let inner = text.trim().strip_prefix("<!--")?;
    let inner = inner.split("-->").next().unwrap_or(inner);
    let inner = match inner.rfind("->") {
        // `a -->` ends the comment, `a -> b` does not.
        _ if text.trim().ends_with("-->") => {
            text.trim().strip_prefix("<!--")?.strip_suffix("-->")?
        }
        _ => inner,
    };
    inner.trim().strip_prefix("k8sdiag:").map(str::trim)
}

/// `A -> B : label`.
fn arrow(line: &str) -> Option<(String, String, Option<String>, Arrow)> {
    let (mark, arrow) = [
        ("<->", Arrow::Both),
        ("->", Arrow::Forward),
        ("→", Arrow::Forward),
    ]
    .into_iter()
    .find(|(mark, _)| line.contains(mark))?;
    let (from, rest) = line.split_once(mark)?;
    let (to, label) = match rest.split_once(" :").or_else(|| rest.split_once(": ")) {
        Some((to, label)) => (to, Some(label.trim().to_owned())),
        None => (rest, None),
    };
    let (from, to) = (from.trim(), to.trim());
    (!from.is_empty() && !to.is_empty()).then(|| (from.to_owned(), to.to_owned(), label, arrow))
}

fn field<'n, 'a>(node: &'n Node<'a>, key: &str) -> Option<&'n Node<'a>> {
    let Value::Map(entries) = &node.value else {
        return None;
    };
    entries
        .iter()
        .find(|(known, _)| known.text == key)
        .map(|(_, node)| node)
}

fn text(node: &Node<'_>) -> Option<String> {
    match &node.value {
        Value::Text(text) | Value::Number(text) => Some(text.to_string()),
        _ => None,
    }
}

fn texts(node: &Node<'_>) -> Vec<String> {
    match &node.value {
        Value::List(list) => list.iter().filter_map(text).collect(),
        _ => text(node).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Basis, Source, Sources};
    use crate::read::{Limits, note};
    use crate::resolve::{knowledge::builtin, resolve};

    fn drawn(text: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
        let mut sources = Sources::default();
        let id = sources.add(Source::new("note.md", text));
        let reading = note::read(&sources, id, builtin(), &Limits::default());
        let resolved = resolve(&sources, &[reading], builtin());
        let made = &resolved.architecture;
        let parts = made.parts().map(|(_, part)| part.label.clone()).collect();
        let links = made
            .links()
            .filter(|(.., link)| link.basis == Basis::Stated)
            .map(|(_, from, to, _)| format!("{} > {}", made.part(from).label, made.part(to).label))
            .collect();
        let complaints = resolved
            .diagnostics
            .iter()
            .map(|found| found.message.clone())
            .collect();
        (parts, links, complaints)
    }

    #[test]
    fn the_front_matter_adds_names_and_takes_away() {
        let text = "---\nk8sdiag:\n  aliases: {etcd: [the big store]}\n  components:\n    - {label: Vault, group: Safe}\n  links: [Vault -> etcd : keys]\n  ignore: [kubelet]\n---\nThe kubelet reads from the big store.\n";
        let (parts, links, complaints) = drawn(text);
        assert_eq!(parts, ["Safe", "Vault", "etcd"]);
        assert_eq!(links, ["Vault > etcd"]);
        assert!(complaints.is_empty(), "{complaints:?}");
    }

    #[test]
    fn fences_and_comments_say_the_same() {
        let text = "The kubelet talks to etcd.\n<!-- k8sdiag: ignore kubelet -> etcd -->\n<!-- k8sdiag: kubelet -> kube-apiserver : asks -->\n\n```k8sdiag\nlinks:\n  - {from: kube-apiserver, to: etcd, kind: writes}\n```\n";
        let (_, links, complaints) = drawn(text);
        assert_eq!(links, ["kubelet > kube-apiserver", "kube-apiserver > etcd"]);
        assert!(complaints.is_empty(), "{complaints:?}");
    }

    #[test]
    fn a_wrong_key_and_a_stale_correction_are_told() {
        let text =
            "---\nk8sdiag:\n  linkz: []\n  ignore: [nobody]\n---\nThe kubelet talks to etcd.\n";
        let (.., complaints) = drawn(text);
        assert_eq!(complaints.len(), 2, "{complaints:?}");
        assert!(complaints[0].contains("linkz"));
    }
}
