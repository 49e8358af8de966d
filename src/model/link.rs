//! The edges of the architecture.

use super::statement::Evidence;

macro_rules! words {
    ($(#[$outer:meta])* $type:ident { $($(#[$doc:meta])* $variant:ident = $name:literal,)* }) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($(#[$doc])* $variant,)* }

        impl $type {
            /// Every one there is, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its name in files.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The one of that name.
            pub fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}
pub(super) use words;

words! {
    /// What a link is: a communication, or one part's control of another.
    LinkKind {
        /// They talk.
        Communicates = "communicates",
        /// One connects to the other.
        Connects = "connects",
        /// One uses the other.
        Uses = "uses",
        /// One asks the other for data.
        Reads = "reads",
        /// One follows the changes of the other.
        Watches = "watches",
        /// One collects the other's measurements.
        Scrapes = "scrapes",
        /// One gives the other something.
        Sends = "sends",
        /// One stores something in the other.
        Writes = "writes",
        /// One tells the other that something happened.
        Notifies = "notifies",
        /// One passes on to the other what it got.
        Forwards = "forwards",
        /// One tells the other what to do.
        Instructs = "instructs",
        /// One looks after the other.
        Manages = "manages",
        /// One runs the other.
        Runs = "runs",
        /// One decides where the other runs.
        Schedules = "schedules",
        /// One keeps an eye on the other.
        Monitors = "monitors",
    }
}

words! {
    /// Where a link has its heads.
    Arrow {
        /// At its target.
        Forward = "forward",
        /// At both ends.
        Both = "both",
        /// Nowhere.
        None = "none",
    }
}

words! {
    /// Who says that there is a link.
    Basis {
        /// The input states it.
        Stated = "stated",
        /// The built-in knowledge adds it.
        Known = "known",
    }
}

/// How sure a reading is of a link. Diagram files are always [`Tier::Plain`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Both ends stand in one clause, with a predicate and its marker.
    Plain = 1,
    /// One end comes from the structure, a pronoun or a coordination.
    Derived = 2,
    /// Noun phrases and enabling verbs: listed by `explain`, not drawn unless asked for.
    Weak = 3,
}

/// A communication between two parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
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
    /// Where it was read.
    pub evidence: Vec<Evidence>,
}

impl Default for Link {
    fn default() -> Self {
        Self {
            kind: LinkKind::Communicates,
            label: None,
            arrow: Arrow::Forward,
            basis: Basis::Stated,
            step: None,
            tier: Tier::Plain,
            evidence: Vec::new(),
        }
    }
}
