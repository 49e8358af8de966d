//! The one language that all inputs speak: what an input says, one statement at a time, with its evidence.

use super::link::{Arrow, Basis, LinkKind, Tier};
use super::part::Flow;
use super::rule::RuleKind;
use super::source::Span;
use std::sync::Arc;

/// Where something was read, and in which words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Who says so, and where.
    pub origin: Origin,
    /// The words themselves, on one line.
    pub words: Arc<str>,
    /// The pattern of the reader that understood them (`da:kommuniker`), where one did.
    pub pattern: Option<Arc<str>>,
}

/// Who says so, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// It stands in a source of this run.
    Written(Span),
    /// It stood in a source of an earlier run; a file of ours carried it here.
    Carried {
        /// The source's name.
        file: Arc<str>,
        /// From 1.
        line: u32,
        /// From 1, in characters.
        column: u32,
    },
    /// The built-in knowledge says so.
    Known {
        /// Address of the page of the documentation that says so.
        page: Arc<str>,
    },
}

impl Evidence {
    /// Evidence in a source of this run.
    pub fn written(span: Span, words: impl Into<Arc<str>>) -> Self {
        Self {
            origin: Origin::Written(span),
            words: words.into(),
            pattern: None,
        }
    }

    /// Where it stands, if it stands in a source of this run.
    pub fn span(&self) -> Option<Span> {
        match self.origin {
            Origin::Written(span) => Some(span),
            Origin::Carried { .. } | Origin::Known { .. } => None,
        }
    }
}

/// A part as an input names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ref {
    /// By its id, to the letter: diagram files and DOT.
    Id {
        /// The id.
        id: Arc<str>,
        /// Where it is used, so that a dangling one can be shown.
        span: Option<Span>,
    },
    /// By one of its names, in any spelling: prose.
    Name(Arc<str>),
}

impl Ref {
    /// The id or name as it was written.
    pub fn text(&self) -> &str {
        match self {
            Self::Id { id: text, .. } | Self::Name(text) => text,
        }
    }
}

/// What an input says, with the words that say it.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// What is said.
    pub claim: Claim,
    /// Where, and in which words.
    pub evidence: Vec<Evidence>,
}

/// What an input may say.
#[derive(Debug, Clone, PartialEq)]
pub enum Claim {
    /// There is such a part.
    Part(PartClaim),
    /// A part is in a group.
    Member {
        /// The part.
        part: Ref,
        /// The group.
        group: Ref,
    },
    /// A part has another name.
    Alias {
        /// The part.
        part: Ref,
        /// The other name.
        alias: String,
    },
    /// Two parts communicate.
    Link(LinkClaim),
    /// Something must hold of the links.
    Rule(RuleClaim),
    /// The author's correction: no such part.
    Ignore(Ref),
    /// The author's correction: no such link.
    IgnoreLink {
        /// Its source.
        from: Ref,
        /// Its target.
        to: Ref,
    },
}

/// Component or group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartKind {
    /// A part with a name.
    Component,
    /// A box that holds components and groups.
    Group,
}

/// A part that an input introduces. What the input does not say stays `None` or empty.
#[derive(Debug, Clone, PartialEq)]
pub struct PartClaim {
    /// Component or group.
    pub kind: PartKind,
    /// Its id, where the input gives one.
    pub id: Option<Arc<str>>,
    /// The name as it is drawn.
    pub label: String,
    /// The group that holds it.
    pub parent: Option<Ref>,
    /// Other names.
    pub aliases: Vec<String>,
    /// What is said of it.
    pub description: Option<String>,
    /// A page about it.
    pub href: Option<String>,
    /// What sort of thing a component is.
    pub role: Option<String>,
    /// Whether a component lies outside of the system.
    pub external: Option<bool>,
    /// How many of a component run.
    pub instances: Option<u32>,
    /// What the built-in knowledge calls a component, where a file of ours says so.
    pub known_as: Option<Arc<str>>,
    /// The way a group's links run.
    pub direction: Option<Flow>,
    /// Whether the input introduces it, or only speaks of it as known.
    pub introduced: bool,
    /// Its position among its siblings, where the input gives one; siblings without follow in the order of their statements.
    pub order: Option<u32>,
}

impl PartClaim {
    /// A claim of which only kind and name are known.
    pub fn new(kind: PartKind, label: impl Into<String>) -> Self {
        Self {
            kind,
            id: None,
            label: label.into(),
            parent: None,
            aliases: Vec::new(),
            description: None,
            href: None,
            role: None,
            external: None,
            instances: None,
            known_as: None,
            direction: None,
            introduced: true,
            order: None,
        }
    }
}

/// A link that an input states.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkClaim {
    /// Who acts.
    pub from: Ref,
    /// Who is acted upon.
    pub to: Ref,
    /// What it is.
    pub kind: LinkKind,
    /// The words that are drawn at it.
    pub label: Option<String>,
    /// Where it has its heads.
    pub arrow: Arrow,
    /// Who says so.
    pub basis: Basis,
    /// Its place in a numbered flow, from 1.
    pub step: Option<u32>,
    /// How sure the reading is.
    pub tier: Tier,
}

impl LinkClaim {
    /// A plain stated communication.
    pub fn new(from: Ref, to: Ref) -> Self {
        Self {
            from,
            to,
            kind: LinkKind::Communicates,
            label: None,
            arrow: Arrow::Forward,
            basis: Basis::Stated,
            step: None,
            tier: Tier::Plain,
        }
    }
}

/// A rule that an input states. `None` stands for every other part.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleClaim {
    /// What it demands.
    pub kind: RuleKind,
    /// Who acts.
    pub subject: Option<Ref>,
    /// Who is acted upon.
    pub object: Option<Ref>,
}
