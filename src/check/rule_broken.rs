//! Links that a rule of the author's forbids.
//!
//! A group in a rule stands for all that it holds. A link to a group that holds what the rule speaks of breaks it only if the rule names the group:
//! nobody says which of its parts is meant. Links within a group are no concern of a rule about the group.

use super::{and, at, carries_data, name, same_source, same_words, within};
use crate::model::{
    Architecture, Arrow, Basis, Code, Diagnostic, Knowledge, Link, PartId, Rule, RuleKind, Tier,
};

/// Finds them.
pub(super) fn run(architecture: &Architecture, _: &Knowledge) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if architecture.rules.is_empty() {
        return found;
    }
    for (_, from, to, link) in architecture.links() {
        if link.basis != Basis::Stated || link.tier == Tier::Weak {
            continue;
        }
        for rule in &architecture.rules {
            let mut ways = vec![(from, to)];
            if link.arrow != Arrow::Forward {
                ways.push((to, from));
            }
            // A sentence that gave both the rule and the link means them to agree.
            let broken = ways
                .into_iter()
                .find(|way| forbids(architecture, rule, *way));
            // *All talk to A alone* is about talk, not about whom one runs; and *all* are those of its own text, not of other systems.
            let everyone = rule.kind == RuleKind::OnlyTo && rule.subject.is_none();
            let meant =
                !everyone || carries_data(link.kind) && same_source(&link.evidence, &rule.evidence);
            if let Some(way) = broken
                && meant
                && !same_words(&link.evidence, &rule.evidence)
            {
                found.push(finding(architecture, rule, way, link));
            }
        }
    }
    found
}

/// Whether a rule forbids a link from one part to another.
fn forbids(architecture: &Architecture, rule: &Rule, (from, to): (PartId, PartId)) -> bool {
    let is = |part: PartId, whole: Option<PartId>| {
        whole.is_some_and(|whole| within(architecture, part, whole))
    };
    let may_be = |part: PartId, whole: Option<PartId>| {
        is(part, whole) || whole.is_some_and(|whole| within(architecture, whole, part))
    };
    match rule.kind {
        RuleKind::OnlyFrom => {
            is(to, rule.object) && !is(from, rule.object) && !permitted(architecture, rule, from)
        }
        RuleKind::OnlyTo => {
            let acts = match rule.subject {
                Some(_) => is(from, rule.subject) && !is(to, rule.subject),
                None => !outside(architecture, from) && !may_be(from, rule.object),
            };
            acts && !may_be(to, rule.object) && !also(architecture, rule, to)
        }
        RuleKind::Never => match (rule.subject, rule.object) {
            (Some(_), Some(_)) => is(from, rule.subject) && is(to, rule.object),
            (None, Some(_)) => is(to, rule.object) && !is(from, rule.object),
            (Some(_), None) => is(from, rule.subject) && !is(to, rule.subject),
            (None, None) => false,
        },
    }
}

/// Whether some rule about the same object lets `from` act: *only A and B* may be two rules, and rules that clash are a contradiction, not a broken rule.
fn permitted(architecture: &Architecture, rule: &Rule, from: PartId) -> bool {
    architecture
        .rules
        .iter()
        .filter(|other| other.kind == rule.kind && other.object == rule.object)
        .any(|other| {
            other.subject.is_none_or(|subject| {
                within(architecture, from, subject) || within(architecture, subject, from)
            })
        })
}

/// Whether some rule about the same subject lets it act on `to`.
fn also(architecture: &Architecture, rule: &Rule, to: PartId) -> bool {
    architecture
        .rules
        .iter()
        .filter(|other| other.kind == rule.kind && other.subject == rule.subject)
        .any(|other| {
            other.object.is_none_or(|object| {
                within(architecture, to, object) || within(architecture, object, to)
            })
        })
}

fn outside(architecture: &Architecture, part: PartId) -> bool {
    architecture
        .part(part)
        .component()
        .is_some_and(|component| component.external)
}

fn finding(
    architecture: &Architecture,
    rule: &Rule,
    (from, to): (PartId, PartId),
    link: &Link,
) -> Diagnostic {
    let (from, to) = (name(architecture, Some(from)), name(architecture, Some(to)));
    let subject = name(architecture, rule.subject);
    let object = name(architecture, rule.object);
    let (message, told) = match rule.kind {
        RuleKind::OnlyFrom => (
            format!("{from} has a link to {to}, and only {subject} may"),
            format!("the rule: only {subject} may have links to {object}"),
        ),
        RuleKind::OnlyTo if rule.subject.is_none() => (
            format!("{from} has a link to {to}, and all links must go to {object}"),
            format!("the rule: all links go to {object}"),
        ),
        RuleKind::OnlyTo => (
            format!("{from} has a link to {to}, and {subject} may have links to {object} alone"),
            format!("the rule: {subject} may have links to {object} alone"),
        ),
        RuleKind::Never => (
            format!("{from} has a link to {to}, which must not be"),
            format!("the rule: no links from {subject} to {object}"),
        ),
    };
    let finding = Diagnostic::new(Code::RuleBroken, message);
    let finding = at(finding, &link.evidence, "the link is stated here");
    and(finding, &rule.evidence, &told)
        .help("one of the two is wrong: correct the link or the rule")
}
