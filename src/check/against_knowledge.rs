//! Stated links that the documentation rules out: *kube-scheduler writes to etcd*, where only kube-apiserver does.
//!
//! Only links on which data flows count: a kubelet may run etcd as a static Pod, and monitor it.

use super::{at, carries_data, name};
use crate::model::{
    Architecture, Basis, Code, Diagnostic, Knowledge, KnownRule, PartId, RuleKind, Tier,
};

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
        let broken = |rule: &&KnownRule| {
            let (subject, object) = (*rule.subject == *subject, *rule.object == *object);
            match rule.kind {
                RuleKind::Never => subject && object,
                RuleKind::OnlyFrom => object && !subject,
                RuleKind::OnlyTo => subject && !object,
            }
        };
        let Some(rule) = knowledge.rules.iter().find(broken) else {
            continue;
        };
        // An author who rules on this himself knows what he says.
        if architecture.rules.iter().any(|own| own.object == Some(to)) {
            continue;
        }
        let (from, to) = (name(architecture, Some(from)), name(architecture, Some(to)));
        let known = match rule.kind {
            RuleKind::Never => format!("{from} is known to have no link to {to}"),
            RuleKind::OnlyFrom => {
                format!(
                    "{from} is known to have no link to {to}, as only `{}` has",
                    rule.subject
                )
            }
            RuleKind::OnlyTo => {
                format!(
                    "{from} is known to have no link to {to}, but only to `{}`",
                    rule.object
                )
            }
        };
        let through = rule.through.as_ref();
        let through = through.map(|through| format!(": it goes through `{through}`"));
        let message = known + &through.unwrap_or_default();
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
