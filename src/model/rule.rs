//! Sentences about links that must hold.

use super::architecture::PartId;
use super::link::words;
use super::statement::Evidence;

words! {
    /// What a rule demands.
    RuleKind {
        /// Only the subject may have a link to the object.
        OnlyFrom = "only-from",
        /// The subject may have links to the object alone.
        OnlyTo = "only-to",
        /// The subject must have no link to the object.
        Never = "never",
    }
}

/// A sentence about links that must hold: *only kube-apiserver may talk to etcd*.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// What it demands.
    pub kind: RuleKind,
    /// Who acts; `None`: every other part.
    pub subject: Option<PartId>,
    /// Who is acted upon; `None`: every other part.
    pub object: Option<PartId>,
    /// Where it was read.
    pub evidence: Vec<Evidence>,
}
