//! `k8sdiag.yaml` becomes a list of diagrams: which inputs, which outputs, which options.

use super::words::{self, Words};
use crate::model::{Code, Diagnostic, Source, SourceId, Sources, nearest};
use crate::scene::{Inks, Theme};
use crate::yaml::{self, Caps, Node, Value};
use std::collections::BTreeMap;
use std::ops::Range;

/// Keys of the file, beside the options of `render`.
const TOP: &[&str] = &["diagrams", "discover", "own-themes"];
/// Keys of a theme.
const THEME: &[&str] = &["based-on", "inks", "dark-inks"];
/// Keys of a diagram, beside the options.
const DIAGRAM: &[&str] = &["input", "output", "merge", "views", "themes", "formats"];
/// Keys of an output, beside the options.
const OUTPUT: &[&str] = &["path"];
/// Keys of a view, beside the options.
const VIEW: &[&str] = &["name"];

/// Options that take several names: a list means the same as one text with commas.
const NAMES: &[&str] = &["around", "hide", "highlight", "only"];

/// What a configuration asks for.
#[derive(Debug, Default)]
pub(super) struct Config {
    /// Options of every diagram.
    pub(super) words: Words,
    /// The diagrams.
    pub(super) diagrams: Vec<Diagram>,
    /// Whether notes and pages are looked for too.
    pub(super) discover: bool,
    /// Themes that the configuration adds, by their names.
    pub(super) own_themes: BTreeMap<String, Theme>,
}

/// One entry of `diagrams`.
#[derive(Debug, Default)]
pub(super) struct Diagram {
    /// Patterns of its inputs, from the configuration's folder on.
    pub(super) inputs: Vec<String>,
    /// Patterns of its outputs, each with its own options.
    pub(super) outputs: Vec<(String, Words)>,
    /// Whether all inputs make one diagram.
    pub(super) merge: bool,
    /// Views by their names, each with its own options; none is one without a name.
    pub(super) views: Vec<(String, Words)>,
    /// Themes for `{theme}`.
    pub(super) themes: Vec<String>,
    /// Formats for `{format}`.
    pub(super) formats: Vec<String>,
    /// Its options.
    pub(super) words: Words,
    /// Where it stands.
    pub(super) bytes: Range<usize>,
}

/// Reads a configuration.
pub(super) fn read(name: &str, text: String) -> (Config, Sources, SourceId, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let id = sources.add(Source::new(name, text));
    let mut reader = Reader {
        sources: &sources,
        id,
        diagnostics: Vec::new(),
    };
    let mut config = Config::default();
    match yaml::tree(&sources, id, Caps::default()) {
        Ok(Some(node)) => reader.top(&node, &mut config),
        Ok(None) => config.discover = true,
        Err(diagnostic) => reader.diagnostics.push(*diagnostic),
    }
    let diagnostics = reader.diagnostics;
    (config, sources, id, diagnostics)
}

struct Reader<'a> {
    sources: &'a Sources,
    id: SourceId,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn complain(&mut self, code: Code, message: String, bytes: &Range<usize>) -> &mut Diagnostic {
        let span = self.sources.span(self.id, bytes.clone());
        self.diagnostics
            .push(Diagnostic::new(code, message).at(span));
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }

    fn top(&mut self, node: &Node<'_>, config: &mut Config) {
        let mut listed = false;
        let mut sound = true;
        let mut discover = None;
        for (key, value) in self.entries(node, "the configuration") {
            match &*key.0 {
                "diagrams" => {
                    listed = true;
                    let Value::List(items) = &value.value else {
                        self.wrong("diagrams", "a list of diagrams", value);
                        continue;
                    };
                    let all = items.iter().filter_map(|item| self.diagram(item));
                    config.diagrams = all.collect();
                }
                "discover" => discover = self.truth("discover", value),
                "own-themes" => {
                    let before = self.diagnostics.len();
                    for (key, value) in self.entries(value, "`own-themes`") {
                        let theme = self.own_theme(&key.0, value);
                        config.own_themes.extend(theme.map(|theme| (key.0, theme)));
                    }
                    sound &= self.diagnostics.len() == before;
                }
                _ => {
                    let before = self.diagnostics.len();
                    self.option(&key, value, &mut config.words, TOP);
                    sound &= self.diagnostics.len() == before;
                }
            }
        }
        config.discover = discover.unwrap_or(!listed);
        // What holds for every picture is not understood: none is drawn, or each would come out as nobody wants it.
        if !sound {
            config.discover = false;
            config.diagrams.clear();
        }
    }

    fn diagram(&mut self, node: &Node<'_>) -> Option<Diagram> {
        let before = self.diagnostics.len();
        let mut diagram = Diagram {
            bytes: node.bytes.clone(),
            ..Diagram::default()
        };
        let entries = self.entries(node, "a diagram");
        if !matches!(node.value, Value::Map(_)) {
            return None;
        }
        for (key, value) in entries {
            match &*key.0 {
                "input" | "inputs" => diagram.inputs = self.texts("input", value),
                "output" | "outputs" => diagram.outputs = self.outputs(value),
                "themes" => diagram.themes = self.texts("themes", value),
                "formats" => diagram.formats = self.texts("formats", value),
                "merge" => diagram.merge = self.truth("merge", value).unwrap_or_default(),
                "views" => {
                    let Value::List(items) = &value.value else {
                        self.wrong("views", "a list of views", value);
                        continue;
                    };
                    for item in items {
                        let view = self.named("name", item, VIEW, "a view");
                        diagram.views.extend(view);
                    }
                }
                _ => self.option(&key, value, &mut diagram.words, DIAGRAM),
            }
        }
        for (key, missing) in [
            ("input", diagram.inputs.is_empty()),
            ("output", diagram.outputs.is_empty()),
        ] {
            if missing {
                let message = format!("this diagram has no `{key}`");
                self.complain(Code::MissingKey, message, &node.bytes).help = Some(
                    "write `{input: \"notes/*.md\", output: \"images/{stem}.svg\"}`".to_owned(),
                );
                return None;
            }
        }
        (self.diagnostics.len() == before).then_some(diagram)
    }

    /// A theme: the one that it is based on, and the inks in which it differs.
    fn own_theme(&mut self, name: &str, node: &Node<'_>) -> Option<Theme> {
        let before = self.diagnostics.len();
        let mut base = "light".to_owned();
        let (mut inks, mut dark_inks) = (Inks::new(), Inks::new());
        for (key, value) in self.entries(node, "a theme") {
            match &*key.0 {
                "based-on" => base = self.texts("based-on", value).pop().unwrap_or(base),
                "inks" => inks = self.inks(value),
                "dark-inks" => dark_inks = self.inks(value),
                _ => {
                    let message = format!("there is no key `{}` here", key.0);
                    let near = nearest(&key.0, THEME.iter().copied());
                    self.complain(Code::UnknownKey, message, &key.1).help = Some(match near {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("the keys are {}", THEME.join(", ")),
                    });
                }
            }
        }
        if self.diagnostics.len() > before {
            return None;
        }
        if Theme::named(name).is_some() || name == "both" {
            let message = format!("`{name}` is the name of a theme that ships");
            self.complain(Code::BadValue, message, &node.bytes);
            return None;
        }
        match Theme::based_on(&base, &inks, &dark_inks) {
            Ok(theme) => Some(Theme {
                name: name.to_owned(),
                ..theme
            }),
            Err(message) => {
                self.complain(Code::BadValue, message, &node.bytes);
                None
            }
        }
    }

    fn inks(&mut self, node: &Node<'_>) -> Inks {
        let mut inks = Inks::new();
        for (key, value) in self.entries(node, "`inks`") {
            if let Some(colour) = self.texts(&key.0, value).pop() {
                inks.insert(key.0, colour);
            }
        }
        inks
    }

    fn outputs(&mut self, node: &Node<'_>) -> Vec<(String, Words)> {
        let items: Vec<&Node<'_>> = match &node.value {
            Value::List(items) => items.iter().collect(),
            _ => vec![node],
        };
        let mut outputs = Vec::new();
        for item in items {
            match &item.value {
                Value::Text(path) => outputs.push((path.to_string(), Words::new())),
                _ => outputs.extend(self.named("path", item, OUTPUT, "an output")),
            }
        }
        outputs
    }

    /// A map with one key that names it, and options.
    fn named(
        &mut self,
        key: &'static str,
        node: &Node<'_>,
        keys: &[&'static str],
        what: &str,
    ) -> Option<(String, Words)> {
        let mut name = None;
        let mut words = Words::new();
        for (own, value) in self.entries(node, what) {
            if own.0 == key {
                name = self.texts(key, value).pop();
            } else {
                self.option(&own, value, &mut words, keys);
            }
        }
        if name.is_none() {
            let message = format!("{what} has no `{key}`");
            self.complain(Code::MissingKey, message, &node.bytes);
        }
        Some((name?, words))
    }

    fn option(
        &mut self,
        key: &(String, Range<usize>),
        value: &Node<'_>,
        words: &mut Words,
        keys: &[&'static str],
    ) {
        match words::allowed(&key.0) {
            Ok(name) => {
                let many = NAMES.contains(&name.as_str());
                let text = scalar(value).or_else(|| listed(value).filter(|_| many));
                if let Some(text) = text {
                    words.insert(name, text);
                } else {
                    let wanted = if many {
                        "a name or a list of names"
                    } else {
                        "one value"
                    };
                    self.wrong(&key.0, wanted, value);
                }
            }
            Err((_, near)) => {
                let near = nearest(&key.0, keys.iter().copied()).or(near);
                let message = format!("there is no key `{}` here", key.0);
                let complaint = self.complain(Code::UnknownKey, message, &key.1);
                complaint.help = Some(match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!(
                        "the keys are {}, and the drawing options of `render`",
                        keys.join(", ")
                    ),
                });
            }
        }
    }

    fn entries<'n, 'a>(
        &mut self,
        node: &'n Node<'a>,
        what: &str,
    ) -> Vec<((String, Range<usize>), &'n Node<'a>)> {
        let Value::Map(entries) = &node.value else {
            let message = format!("{what} holds {}, where a map is wanted", node.value.kind());
            self.complain(Code::BadValue, message, &node.bytes);
            return Vec::new();
        };
        let pairs = entries.iter();
        pairs
            .map(|(key, value)| ((key.text.to_string(), key.bytes.clone()), value))
            .collect()
    }

    fn texts(&mut self, key: &str, node: &Node<'_>) -> Vec<String> {
        let texts = match &node.value {
            Value::List(items) => items.iter().map(scalar).collect::<Option<Vec<_>>>(),
            _ => scalar(node).map(|text| vec![text]),
        };
        texts.unwrap_or_else(|| {
            self.wrong(key, "text or a list of texts", node);
            Vec::new()
        })
    }

    fn truth(&mut self, key: &str, node: &Node<'_>) -> Option<bool> {
        if let Value::Bool(truth) = node.value {
            return Some(truth);
        }
        self.wrong(key, "`true` or `false`", node);
        None
    }

    fn wrong(&mut self, key: &str, wanted: &str, node: &Node<'_>) {
        let message = format!(
            "`{key}` holds {}, where {wanted} is wanted",
            node.value.kind()
        );
        self.complain(Code::BadValue, message, &node.bytes);
    }
}

/// A value that is no list, map or nothing, as text.
pub(super) fn scalar(node: &Node<'_>) -> Option<String> {
    match &node.value {
        Value::Text(text) | Value::Number(text) => Some(text.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::List(_) | Value::Map(_) => None,
    }
}

/// A list of such values, with commas between.
fn listed(node: &Node<'_>) -> Option<String> {
    let Value::List(items) = &node.value else {
        return None;
    };
    let texts: Option<Vec<String>> = items.iter().map(scalar).collect();
    texts.map(|texts| texts.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Ink;

    fn told(text: &str) -> (Config, Vec<String>) {
        let (config, _, _, diagnostics) = read("k8sdiag.yaml", text.to_owned());
        let told = diagnostics.into_iter().map(|one| {
            let place = one.span.map_or((0, 0), |span| (span.line, span.column));
            format!(
                "{}:{} {} {}",
                place.0,
                place.1,
                one.message,
                one.help.unwrap_or_default()
            )
        });
        (config, told.collect())
    }

    #[test]
    fn a_configuration_is_read() {
        let (config, told) = told(
            "theme: auto\ndiagrams:\n  - input: [\"notes/*.md\", x.yaml]\n    output:\n      - \"a/{stem}.svg\"\n      - {path: \"a/{stem}.json\", theme: dark}\n    fit: 16:9\n    views: [{name: plain, links: stated}]\n  - {input: y.md, output: y.svg, merge: true}\n",
        );
        assert_eq!(told, Vec::<String>::new());
        assert!(!config.discover);
        let [first, second] = &config.diagrams[..] else {
            panic!()
        };
        assert_eq!(first.inputs, ["notes/*.md", "x.yaml"]);
        assert_eq!(first.outputs[1].1["theme"], "dark");
        assert_eq!(first.words["fit"], "16:9");
        assert_eq!(first.views[0].1["links"], "stated");
        assert!(second.merge);
        assert_eq!(config.words["theme"], "auto");
    }

    #[test]
    fn without_diagrams_they_are_looked_for() {
        assert!(told("theme: dark\n").0.discover);
        assert!(told("").0.discover);
        assert!(!told("diagrams: []\n").0.discover);
    }

    #[test]
    fn names_may_stand_in_a_list() {
        let (config, told) = told(
            "highlight: [etcd, kube proxy]\ndiagrams:\n  - {input: x.md, output: x.svg, only: [a], theme: [dark]}\n",
        );
        assert_eq!(config.words["highlight"], "etcd,kube proxy");
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("`theme` holds a list"), "{}", told[0]);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let (_, told) = told(
            "diagrams:\n  - {input: x.md}\n  - {input: x.md, output: x.svg, fitt: 1}\n  - 7\nlive: true\n",
        );
        assert_eq!(told.len(), 4, "{told:?}");
        assert!(told[0].contains("no `output`"), "{}", told[0]);
        assert!(
            told[1].starts_with("3:") && told[1].contains("`fit`"),
            "{}",
            told[1]
        );
        assert!(told[2].contains("a number"), "{}", told[2]);
        assert!(told[3].contains("live"), "{}", told[3]);
        let (config, told) = self::told("diagrmas: []\n");
        assert!(
            told[0].starts_with("1:1") && told[0].contains("`diagrams`"),
            "{}",
            told[0]
        );
        assert!(!config.discover, "a misspelt file draws nothing");
    }

    #[test]
    fn a_configuration_has_themes_of_its_own() {
        let (config, complaints) = told(
            "own-themes:\n  house: {based-on: dark, inks: {link: \"#ff0000\"}}\n  plain: {}\ntheme: house\n",
        );
        assert!(complaints.is_empty(), "{complaints:?}");
        let house = &config.own_themes["house"];
        assert_eq!(house.palette.colour(Ink::Link), "#ff0000");
        let dark = Theme::named("dark").unwrap();
        assert_eq!(
            house.palette.colour(Ink::Text),
            dark.palette.colour(Ink::Text)
        );
        for (text, place, words) in [
            (
                "own-themes:\n  house: {inks: {lnik: \"#ff0000\"}}\n",
                "2:10",
                "did you mean `link`?",
            ),
            (
                "own-themes:\n  house: {inks: {link: red}}\n",
                "2:10",
                "`red` is no colour",
            ),
            (
                "own-themes:\n  house: {base: dark}\n",
                "2:11",
                "no key `base`",
            ),
            ("own-themes:\n  dark: {}\n", "2:9", "a theme that ships"),
        ] {
            let (config, complaints) = told(text);
            assert!(
                complaints[0].contains(place) && complaints[0].contains(words),
                "{complaints:?}"
            );
            assert!(config.own_themes.is_empty() && !config.discover);
        }
    }
}
