//! The keys of the diagram file, once: the reader checks against them, and the JSON Schema is made of them.

/// Keys of the file.
pub const TOP: &[&str] = &[
    "schema",
    "title",
    "description",
    "language",
    "direction",
    "theme",
    "groups",
    "components",
    "links",
    "rules",
    "geometry",
];

/// Keys of a group.
pub const GROUP: &[&str] = &[
    "id",
    "label",
    "parent",
    "description",
    "href",
    "aliases",
    "direction",
    "groups",
    "components",
    "order",
    "introduced",
    "evidence",
    "geometry",
];

/// Keys of a component.
pub const COMPONENT: &[&str] = &[
    "id",
    "label",
    "group",
    "kind",
    "description",
    "href",
    "aliases",
    "external",
    "instances",
    "known_as",
    "order",
    "introduced",
    "evidence",
    "geometry",
];

/// Keys of a link.
pub const LINK: &[&str] = &[
    "from",
    "to",
    "kind",
    "label",
    "direction",
    "arrow",
    "basis",
    "step",
    "tier",
    "evidence",
    "geometry",
];

/// Keys of a rule.
pub const RULE: &[&str] = &["kind", "subject", "object", "evidence"];

/// Keys of a piece of evidence.
pub const EVIDENCE: &[&str] = &["file", "line", "column", "text", "page", "pattern"];

/// The main ways of links.
pub const FLOWS: [&str; 4] = ["down", "right", "up", "left"];
