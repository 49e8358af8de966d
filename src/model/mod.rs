//! What the words of the product mean: sources, statements, parts, links, rules, the architecture. Knows std and petgraph; no format, no pixel, no file.

mod architecture;
mod diagnostic;
mod han;
mod knowledge;
mod link;
mod mark;
mod name;
mod part;
pub mod phrases;
mod reading;
mod rule;
mod source;
mod statement;

pub use architecture::{Architecture, LinkId, PartId};
pub use diagnostic::{Code, Diagnostic, Label, Severity};
pub use knowledge::{Knowledge, KnownLink, KnownName, KnownPart, KnownRule, LazyKnowledge};
pub use link::{Arrow, Basis, Link, LinkKind, Tier};
pub use mark::{Light, Lights, Mark, Marks};
pub use name::{Name, nearest, slug};
pub use part::{Body, Component, Flow, Group, Part};
pub use reading::{Company, Note, Reading, Settings, Unread};
pub use rule::{Rule, RuleKind};
pub use source::{Source, SourceId, Sources, Span};
pub use statement::{
    Claim, Evidence, LinkClaim, Origin, PartClaim, PartKind, Ref, RuleClaim, Statement,
};
