//! What is known of a domain before any note is read: its components under all their names, and the links that its documentation states.

use super::link::LinkKind;
use super::phrases::Phrases;
use super::rule::RuleKind;
use std::sync::{Arc, LazyLock, OnceLock};

/// Parts and links that are known, of all domains at once. The data stands in YAML files; `resolve::knowledge` reads them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Knowledge {
    /// Known components and groups.
    pub parts: Vec<KnownPart>,
    /// Known links between them.
    pub links: Vec<KnownLink>,
    /// Links that there are not.
    pub rules: Vec<KnownRule>,
    names: OnceLock<Phrases<KnownName>>,
}

/// Knowledge that is read when somebody first asks: who draws a diagram file never does.
pub type LazyKnowledge = LazyLock<Knowledge, Box<dyn FnOnce() -> Knowledge + Send>>;

/// One spelling of a known part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownName {
    /// Index into [`Knowledge::parts`].
    pub part: usize,
    /// Whether the spelling is a common word too.
    pub common: bool,
}

/// A part that is known under its names.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownPart {
    /// Canonical id (`kube-apiserver`).
    pub id: Arc<str>,
    /// The field it belongs to (`kubernetes`).
    pub domain: Arc<str>,
    /// Whether it is a group (`control-plane`).
    pub is_group: bool,
    /// Every spelling beyond the id, in every language.
    pub aliases: Vec<String>,
    /// Spellings that are common words too (`scheduler`): they count only where the note introduces them, or is of this domain.
    pub common: Vec<String>,
    /// What runs within it and acts for it (`controllers`): in what a note says about the part, the part.
    pub within: Vec<String>,
    /// What sort of thing it is, in one word; chooses the icon.
    pub role: Option<String>,
    /// The group that it belongs to.
    pub group: Option<Arc<str>>,
    /// Whether it lies outside of the system.
    pub external: bool,
    /// The known part that it is an example of: *containerd* is a container runtime.
    pub is_a: Option<Arc<str>>,
    /// Whether a note that only mentions it has it as a component (`etcd`), or only one that introduces it (`Pod`). Such a component has
    /// no parts of its own: what a note sets out under it is about it.
    pub joins: bool,
}

/// A link that the documentation states.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownLink {
    /// Id of the known part that acts.
    pub from: Arc<str>,
    /// Id of the known part that is acted upon.
    pub to: Arc<str>,
    /// What it is.
    pub kind: LinkKind,
    /// Address of the page that says so.
    pub page: Arc<str>,
}

/// A rule that the documentation states. Only stated links are held against it, and it is never drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownRule {
    /// What it demands.
    pub kind: RuleKind,
    /// Id of the known part that acts.
    pub subject: Arc<str>,
    /// Id of the known part that is acted upon.
    pub object: Arc<str>,
    /// Id of the known part that stands between them.
    pub through: Option<Arc<str>>,
    /// Address of the page that says so.
    pub page: Arc<str>,
}

impl Knowledge {
    /// What is known.
    pub fn new(parts: Vec<KnownPart>, links: Vec<KnownLink>) -> Self {
        Self {
            parts,
            links,
            rules: Vec::new(),
            names: OnceLock::new(),
        }
    }

    /// The same, for those who ask late.
    pub fn ready(self) -> LazyKnowledge {
        LazyLock::new(Box::new(|| self))
    }

    /// The same with rules.
    #[must_use]
    pub fn with_rules(mut self, rules: Vec<KnownRule>) -> Self {
        self.rules = rules;
        self
    }

    /// Every spelling of every part, made once: parts must not change after the first note was read.
    pub fn names(&self) -> &Phrases<KnownName> {
        self.names.get_or_init(|| {
            let spellings = self.parts.iter().enumerate().flat_map(|(at, part)| {
                let name = move |common| KnownName { part: at, common };
                let id = Some(&*part.id).filter(|id| !part.common.iter().any(|word| word == id));
                let own = id
                    .into_iter()
                    .chain(part.aliases.iter().map(String::as_str));
                let common = part.common.iter().map(String::as_str);
                own.map(move |text| (text, name(false)))
                    .chain(common.map(move |text| (text, name(true))))
            });
            let mut all: Vec<(String, KnownName)> = Vec::new();
            for (text, name) in spellings {
                let joined: String = text
                    .chars()
                    .filter(|character| !matches!(character, ' ' | '-' | '_'))
                    .collect();
                // `ControllerManager`, `kubeapiserver`: the same name written as one word.
                if joined != text && joined.is_ascii() {
                    all.push((joined, name));
                }
                all.push((text.to_owned(), name));
            }
            Phrases::new(all)
        })
    }

    /// The known part of that id.
    pub fn part(&self, id: &str) -> Option<&KnownPart> {
        self.parts.iter().find(|part| &*part.id == id)
    }
}
