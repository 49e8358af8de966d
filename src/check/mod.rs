//! An architecture becomes findings: the table [`CHECKS`], and a file a check.
//!
//! A check sees the architecture alone, so it finds the same in a note, a diagram file and several of them together. What it says must be true and worth
//! its author's time: where a sentence can be meant in two ways, nothing is found.

mod against_knowledge;
mod contradiction;
mod never_introduced;
mod orphan;
mod rule_broken;
mod translation;

use crate::model::{Architecture, Code, Diagnostic, Evidence, Knowledge, LinkKind, Origin, PartId};

/// Something that can be wrong with an architecture.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// The code of its findings.
    pub code: Code,
    /// What it finds, in a few words.
    pub about: &'static str,
    /// Finds it.
    pub run: fn(&Architecture, &Knowledge) -> Vec<Diagnostic>,
}

/// Every check there is.
pub const CHECKS: &[Check] = &[
    Check {
        code: Code::RuleBroken,
        about: "a stated link that a rule of the author's forbids",
        run: rule_broken::run,
    },
    Check {
        code: Code::Contradiction,
        about: "two rules that cannot both hold",
        run: contradiction::run,
    },
    Check {
        code: Code::AgainstKnowledge,
        about: "a stated link that the documentation rules out",
        run: against_knowledge::run,
    },
    Check {
        code: Code::NeverIntroduced,
        about: "a component that is spoken of, and that nothing introduces or knows",
        run: never_introduced::run,
    },
    Check {
        code: Code::Orphan,
        about: "a component that nothing links",
        run: orphan::run,
    },
    Check {
        code: Code::TranslationsDiffer,
        about: "a part, link or rule that a note states, and its translation does not",
        run: translation::run,
    },
];

/// Runs every check; findings in the order of the inputs.
pub fn check(architecture: &Architecture, knowledge: &Knowledge) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = CHECKS
        .iter()
        .flat_map(|check| (check.run)(architecture, knowledge))
        .collect();
    found.sort_by_key(|finding| finding.span);
    found
}

/// Whether `part` is `whole`, or lies in it.
fn within(architecture: &Architecture, part: PartId, whole: PartId) -> bool {
    part == whole
        || architecture.part(whole).is_group()
            && architecture.ancestors(part).any(|group| group == whole)
}

/// The name of a part, as a message writes it.
fn name(architecture: &Architecture, part: Option<PartId>) -> String {
    match part {
        Some(part) => format!("`{}`", architecture.part(part).label),
        None => "any other".to_owned(),
    }
}

/// Points a finding at the words that it is about.
fn at(finding: Diagnostic, evidence: &[Evidence], label: &str) -> Diagnostic {
    if let Some(span) = evidence.iter().find_map(Evidence::span) {
        return finding.at(span).labelled(label);
    }
    match carried(evidence) {
        Some((file, line, column)) => {
            let message = format!("{} ({file}:{line}:{column})", finding.message);
            Diagnostic { message, ..finding }.in_file(file)
        }
        None => finding,
    }
}

/// Adds further words that a finding speaks of.
fn and(finding: Diagnostic, evidence: &[Evidence], label: &str) -> Diagnostic {
    if let Some(span) = evidence.iter().find_map(Evidence::span) {
        return finding.related(span, label);
    }
    match carried(evidence) {
        Some((file, line, column)) => {
            let message = format!("{}; {label} ({file}:{line}:{column})", finding.message);
            Diagnostic { message, ..finding }
        }
        None => finding,
    }
}

/// The first place that an earlier run saw.
fn carried(evidence: &[Evidence]) -> Option<(&str, u32, u32)> {
    evidence.iter().find_map(|evidence| match &evidence.origin {
        Origin::Carried { file, line, column } => Some((&**file, *line, *column)),
        Origin::Written(_) | Origin::Known { .. } => None,
    })
}

/// Whether data flows on a link of that kind; on others one part controls the other.
fn carries_data(kind: LinkKind) -> bool {
    match kind {
        LinkKind::Communicates
        | LinkKind::Connects
        | LinkKind::Uses
        | LinkKind::Reads
        | LinkKind::Watches
        | LinkKind::Sends
        | LinkKind::Writes
        | LinkKind::Notifies
        | LinkKind::Forwards => true,
        LinkKind::Scrapes
        | LinkKind::Instructs
        | LinkKind::Manages
        | LinkKind::Runs
        | LinkKind::Schedules
        | LinkKind::Monitors => false,
    }
}

/// Whether some of `evidence` stands in a text in which some of `other` stands.
fn same_source(evidence: &[Evidence], other: &[Evidence]) -> bool {
    let text = |evidence: &Evidence| match &evidence.origin {
        Origin::Written(span) => Some((Some(span.source), None)),
        Origin::Carried { file, .. } => Some((None, Some(file.clone()))),
        Origin::Known { .. } => None,
    };
    let texts: Vec<_> = other.iter().filter_map(text).collect();
    evidence
        .iter()
        .filter_map(text)
        .any(|text| texts.contains(&text))
}

/// Whether all of `evidence` lies in the words of `other`: then one sentence said both.
fn same_words(evidence: &[Evidence], other: &[Evidence]) -> bool {
    let inside = |one: &Evidence| match one.span() {
        Some(span) => other.iter().filter_map(Evidence::span).any(|other| {
            span.source == other.source && span.start < other.end && other.start < span.end
        }),
        None => other.iter().any(|other| other.origin == one.origin),
    };
    !evidence.is_empty() && evidence.iter().all(inside)
}

#[cfg(test)]
mod tests;
