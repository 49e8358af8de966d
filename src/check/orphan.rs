//! Components that nothing links: drawn, they stand alone.
//!
//! A link to or from a group stands for all that the group holds, and a rule speaks of its parts as well as a link does.

use super::{at, name};
use crate::model::{Architecture, Code, Diagnostic, Knowledge, PartId, Tier};

/// Finds them. In an architecture without any link, that is said once: its author describes parts, not traffic.
pub(super) fn run(architecture: &Architecture, _: &Knowledge) -> Vec<Diagnostic> {
    let mut linked = vec![false; architecture.part_count()];
    let mut mark = |part: PartId| {
        if let Some(linked) = linked.get_mut(part.index()) {
            *linked = true;
        }
    };
    let mut links = 0;
    for (_, from, to, link) in architecture.links() {
        if link.tier != Tier::Weak {
            mark(from);
            mark(to);
            links += 1;
        }
    }
    for rule in &architecture.rules {
        rule.subject
            .into_iter()
            .chain(rule.object)
            .for_each(&mut mark);
    }
    let mut orphans = Vec::new();
    for id in architecture.preorder() {
        let part = architecture.part(id);
        let of_group = part
            .parent
            .and_then(|group| linked.get(group.index()))
            .is_some_and(|linked| *linked);
        if let Some(linked) = linked.get_mut(id.index()) {
            *linked |= of_group;
            if !*linked && !part.is_group() {
                orphans.push(id);
            }
        }
    }
    orphans.sort_unstable();
    match &orphans[..] {
        [first, _, ..] if links == 0 => {
            let message = format!("none of the {} components has a link", orphans.len());
            vec![about(architecture, *first, message)]
        }
        _ => orphans
            .into_iter()
            .map(|id| {
                let message = format!("nothing links {}", name(architecture, Some(id)));
                about(architecture, id, message)
            })
            .collect(),
    }
}

fn about(architecture: &Architecture, id: PartId, message: String) -> Diagnostic {
    let finding = Diagnostic::new(Code::Orphan, message);
    at(finding, &architecture.part(id).evidence, "introduced here").help(
        "say what it talks to; of a note, `k8sdiag explain` shows the sentences that gave no link",
    )
}
