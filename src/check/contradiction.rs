//! Rules that cannot both hold. Each pair is found once, at the later of the two.

use super::{and, at, name, same_words, within};
use crate::model::{Architecture, Code, Diagnostic, Knowledge, Rule, RuleKind};

/// Pairs that are compared: rules beyond that are too many to have been written by hand.
const MOST: usize = 2000;

/// Finds them.
pub(super) fn run(architecture: &Architecture, _: &Knowledge) -> Vec<Diagnostic> {
    let rules = architecture
        .rules
        .get(..MOST)
        .unwrap_or(&architecture.rules);
    let mut found = Vec::new();
    for (at, later) in rules.iter().enumerate() {
        for earlier in rules.iter().take(at) {
            let clash =
                clash(architecture, earlier, later).or_else(|| clash(architecture, later, earlier));
            if let Some(message) = clash
                && !same_words(&later.evidence, &earlier.evidence)
            {
                found.push(finding(earlier, later, message));
            }
        }
    }
    found
}

/// What cannot both hold, said in the order of the two rules.
fn clash(architecture: &Architecture, one: &Rule, other: &Rule) -> Option<String> {
    let subject = |rule: &Rule| name(architecture, rule.subject);
    let object = |rule: &Rule| name(architecture, rule.object);
    let overlap = |a: Option<_>, b: Option<_>| match (a, b) {
        (Some(a), Some(b)) => within(architecture, a, b) || within(architecture, b, a),
        _ => false,
    };
    let same_subject = one.subject.is_some() && one.subject == other.subject;
    let same_object = one.object.is_some() && one.object == other.object;
    match (one.kind, other.kind) {
        (RuleKind::OnlyFrom, RuleKind::Never) if same_subject && same_object => Some(format!(
            "only {} may have links to {}, and yet it must not",
            subject(one),
            object(one)
        )),
        (RuleKind::OnlyTo, RuleKind::Never) if same_subject && same_object => Some(format!(
            "{} may have links to {} alone, and yet it must not",
            subject(one),
            object(one)
        )),
        (RuleKind::OnlyFrom, RuleKind::OnlyFrom)
            if same_object
                && one.subject.is_some()
                && other.subject.is_some()
                && !overlap(one.subject, other.subject) =>
        {
            Some(format!(
                "only {} may have links to {}, and only {} may",
                subject(one),
                object(one),
                subject(other)
            ))
        }
        (RuleKind::OnlyTo, RuleKind::OnlyTo)
            if same_subject && !overlap(one.object, other.object) && other.object.is_some() =>
        {
            Some(format!(
                "{} may have links to {} alone, and to {} alone",
                subject(one),
                object(one),
                object(other)
            ))
        }
        (RuleKind::OnlyTo, RuleKind::OnlyFrom)
            if same_object
                && one.subject.is_some()
                && other.subject.is_some()
                && !overlap(one.subject, other.subject) =>
        {
            Some(format!(
                "{} may have links to {} alone, and only {} may have links to it",
                subject(one),
                object(one),
                subject(other)
            ))
        }
        _ => None,
    }
}

fn finding(earlier: &Rule, later: &Rule, message: String) -> Diagnostic {
    let finding = Diagnostic::new(Code::Contradiction, message);
    let finding = at(finding, &later.evidence, "this rule");
    let help = if earlier.kind == later.kind {
        "correct one of them; where both parts are meant, let one rule name a group that holds both"
    } else {
        "correct one of them"
    };
    and(finding, &earlier.evidence, "against this one").help(help)
}
