//! Stated links that the documentation rules out: *kube-scheduler writes to etcd*, where only kube-apiserver does.
//!
//! Only links on which data flows count: a kubelet may run etcd as a static Pod, and monitor it.

use super::{at, carries_data, name};
use crate::model::{Architecture, Basis, Code, Diagnostic, Knowledge, PartId, RuleKind, Tier};

/// Finds them.
pub(super) fn run(architecture: &Architecture, knowledge: &Knowledge) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (_, from, to, link) in architecture.links() {
        let counts =
            link.basis == Basis::Stated && link.tier != Tier::Weak && carries_data(link.kind);
        if !counts {
            continue;
        }
        let (subject, object) = (known(architecture, from), known(architecture, to));
        let rule = knowledge.rules.iter().find(|rule| {
            rule.kind == RuleKind::Never && *rule.subject == *subject && *rule.object == *object
        });
        let Some(rule) = rule else { continue };
        // An author who rules on this himself knows what he says.
        if architecture.rules.iter().any(|own| own.object == Some(to)) {
            continue;
        }
        let (from, to) = (name(architecture, Some(from)), name(architecture, Some(to)));
        let message = match &rule.through {
            Some(through) => {
                format!("{from} has no link to {to} in Kubernetes: it goes through `{through}`")
            }
            None => format!("{from} has no link to {to} in Kubernetes"),
        };
        let finding = Diagnostic::new(Code::AgainstKnowledge, message);
        found.push(
            at(finding, &link.evidence, "the link is stated here")
                .help(format!("the documentation says so: {}", rule.page)),
        );
    }
    found
}

/// What the knowledge calls a component.
fn known(architecture: &Architecture, id: PartId) -> &str {
    let part = architecture.part(id);
    match part.component() {
        Some(component) => component.known_as.as_deref().unwrap_or(&part.id),
        None => "",
    }
}
