//! Statements of all inputs become one architecture.
//!
//! Before: readings, each with statements in the order of its text. After: every part once, under all its names, in a tree of groups;
//! every link and rule between parts that exist; a diagnostic for each name that leads nowhere and each pair of statements that cannot both hold.

mod entities;
pub mod knowledge;
mod notes;
mod place;

use crate::model::{
    Architecture, Claim, Code, Diagnostic, Evidence, LazyKnowledge, Link, LinkClaim, PartId,
    Reading, Ref, Rule, RuleClaim, Sources, Statement, nearest,
};
use entities::Entities;
use std::collections::BTreeMap;

/// After that many names that lead nowhere no more suggestions are made: each compares the name with every other.
const SUGGESTIONS: usize = 20;

/// An architecture, and what there was to complain of on the way to it.
#[derive(Debug, Clone, Default)]
pub struct Resolved {
    /// What all inputs say together.
    pub architecture: Architecture,
    /// Of the readings and of their resolution, in the order of the inputs.
    pub diagnostics: Vec<Diagnostic>,
}

/// Joins what `readings` say into one architecture.
///
/// The first statement wins where two differ; the others stay as evidence. `knowledge` adds known links where a reading is prose.
pub fn resolve(sources: &Sources, readings: &[Reading], knowledge: &LazyKnowledge) -> Resolved {
    let mut diagnostics: Vec<Diagnostic> = readings
        .iter()
        .flat_map(|reading| reading.diagnostics.iter().cloned())
        .collect();
    let entities = Entities::collect(readings, &mut diagnostics);
    let mut architecture = whole(sources, readings);
    let parts = place::place(&entities, &mut architecture, &mut diagnostics);
    let mut joiner = Joiner {
        entities: &entities,
        parts: &parts,
        architecture,
        diagnostics,
        missing: 0,
    };
    joiner.links(readings);
    joiner.rules(readings);
    joiner.architecture.notes = notes::notes(sources, readings, &entities, &parts);
    if readings.iter().any(|reading| reading.prose) {
        knowledge::add_known(&mut joiner.architecture, knowledge);
    }
    let mut diagnostics = joiner.diagnostics;
    diagnostics.extend(
        readings
            .iter()
            .filter(|reading| says_nothing(reading))
            .map(|reading| nothing_found(sources, reading)),
    );
    Resolved {
        architecture: joiner.architecture,
        diagnostics,
    }
}

/// Whether a source was read to its end, and names no part.
fn says_nothing(reading: &Reading) -> bool {
    let is_part = |statement: &Statement| matches!(statement.claim, Claim::Part(_));
    reading.diagnostics.is_empty() && !reading.statements.iter().any(is_part)
}

fn nothing_found(sources: &Sources, reading: &Reading) -> Diagnostic {
    let name = sources.get(reading.source).name();
    let (what, help) = if reading.prose {
        (
            "components",
            "introduce each in a list item that begins with its name, `- **kubelet:** ...`, under a heading such as `## Components`",
        )
    } else {
        ("groups and components", "list them under `components:`")
    };
    Diagnostic::new(
        Code::NothingFound,
        format!("no {what} were found in `{name}`"),
    )
    .in_file(name.clone())
    .help(help)
}

/// An architecture without parts, with what the readings say of the whole: the first that says something decides.
fn whole(sources: &Sources, readings: &[Reading]) -> Architecture {
    let mut architecture = Architecture::new();
    architecture.title = readings.iter().find_map(|reading| reading.title.clone());
    architecture.language = readings.iter().find_map(|reading| reading.language.clone());
    architecture.direction = readings
        .iter()
        .find_map(|reading| reading.settings.direction);
    architecture.theme = readings
        .iter()
        .find_map(|reading| reading.settings.theme.clone());
    architecture.files = sources
        .iter()
        .map(|(_, source)| source.name().clone())
        .collect();
    architecture
}

/// Turns claims about named parts into links and rules between parts.
struct Joiner<'a> {
    entities: &'a Entities,
    /// The part of each entity; `None` where the author's corrections took it out.
    parts: &'a [Option<PartId>],
    architecture: Architecture,
    diagnostics: Vec<Diagnostic>,
    missing: usize,
}

/// What an end of a link or rule leads to.
enum End {
    Part(PartId),
    /// The author does not want it.
    Ignored,
    Nowhere,
}

impl Joiner<'_> {
    /// Adds the links; in prose, one that is said twice is one link with more evidence, because authors repeat themselves.
    fn links(&mut self, readings: &[Reading]) {
        let ignored = self.ignored_links(readings);
        let mut used = vec![false; ignored.len()];
        let mut links: Vec<(PartId, PartId, Link)> = Vec::new();
        let mut said = BTreeMap::new();
        for reading in readings {
            for statement in &reading.statements {
                let Claim::Link(claim) = &statement.claim else {
                    continue;
                };
                let from = self.end(&claim.from, &statement.evidence);
                let to = self.end(&claim.to, &statement.evidence);
                let (End::Part(from), End::Part(to)) = (from, to) else {
                    continue;
                };
                if let Some(at) = ignored
                    .iter()
                    .position(|pair| (pair.0, pair.1) == (from, to))
                {
                    used[at] = true;
                    continue;
                }
                let next = links.len();
                let at = if reading.prose {
                    let key = (from, to, claim.kind, claim.arrow, claim.basis, claim.step);
                    *said.entry(key).or_insert(next)
                } else {
                    next
                };
                match links.get_mut(at) {
                    Some((_, _, link)) => {
                        link.evidence.extend(statement.evidence.iter().cloned());
                        link.tier = link.tier.min(claim.tier);
                        link.label = link.label.take().or_else(|| claim.label.clone());
                    }
                    None => links.push((from, to, stated(claim, &statement.evidence))),
                }
            }
        }
        for (from, to, link) in links {
            self.architecture.add_link(from, to, link);
        }
        for ((_, _, evidence), used) in ignored.iter().zip(used) {
            if !used {
                self.diagnostics.push(at_evidence(
                    Diagnostic::new(
                        Code::StaleCorrection,
                        "this correction removes a link that is not there",
                    )
                    .help("delete the correction, or name both ends as `explain` does"),
                    evidence,
                ));
            }
        }
    }

    /// The pairs between which the author wants no link, with the evidence of the correction.
    fn ignored_links(&mut self, readings: &[Reading]) -> Vec<(PartId, PartId, Vec<Evidence>)> {
        let mut ignored = Vec::new();
        for statement in readings.iter().flat_map(|reading| &reading.statements) {
            let Claim::IgnoreLink { from, to } = &statement.claim else {
                continue;
            };
            let ends = (
                self.end(from, &statement.evidence),
                self.end(to, &statement.evidence),
            );
            if let (End::Part(from), End::Part(to)) = ends {
                ignored.push((from, to, statement.evidence.clone()));
            }
        }
        ignored
    }

    /// Adds the rules; the same rule twice is one with more evidence.
    fn rules(&mut self, readings: &[Reading]) {
        for statement in readings.iter().flat_map(|reading| &reading.statements) {
            let Claim::Rule(claim) = &statement.claim else {
                continue;
            };
            let Some((subject, object)) = self.rule_ends(claim, &statement.evidence) else {
                continue;
            };
            let same = |rule: &&mut Rule| {
                (rule.kind, rule.subject, rule.object) == (claim.kind, subject, object)
            };
            match self.architecture.rules.iter_mut().find(same) {
                Some(rule) => rule.evidence.extend(statement.evidence.iter().cloned()),
                None => self.architecture.rules.push(Rule {
                    kind: claim.kind,
                    subject,
                    object,
                    evidence: statement.evidence.clone(),
                }),
            }
        }
    }

    fn rule_ends(
        &mut self,
        claim: &RuleClaim,
        evidence: &[Evidence],
    ) -> Option<(Option<PartId>, Option<PartId>)> {
        let mut ends = [None, None];
        for (end, name) in ends.iter_mut().zip([&claim.subject, &claim.object]) {
            if let Some(name) = name {
                let End::Part(part) = self.end(name, evidence) else {
                    return None;
                };
                *end = Some(part);
            }
        }
        Some(ends.into())
    }

    /// The part that `name` leads to; complains where there is none.
    fn end(&mut self, name: &Ref, evidence: &[Evidence]) -> End {
        if let Some(at) = self.entities.find(name) {
            return self.parts[at].map_or(End::Ignored, End::Part);
        }
        self.missing += 1;
        let suggest = self.missing <= SUGGESTIONS;
        self.diagnostics
            .push(nowhere(self.entities, name, evidence, suggest));
        End::Nowhere
    }
}

fn stated(claim: &LinkClaim, evidence: &[Evidence]) -> Link {
    Link {
        kind: claim.kind,
        label: claim.label.clone(),
        arrow: claim.arrow,
        basis: claim.basis,
        step: claim.step,
        tier: claim.tier,
        evidence: evidence.to_vec(),
    }
}

/// The complaint that `name` leads nowhere.
fn nowhere(entities: &Entities, name: &Ref, evidence: &[Evidence], suggest: bool) -> Diagnostic {
    let what = match name {
        Ref::Id { .. } => "no component or group has the id",
        Ref::Name(_) => "nothing is called",
    };
    let mut diagnostic = Diagnostic::new(Code::UnresolvedName, format!("{what} `{}`", name.text()));
    let names = match name {
        Ref::Id { .. } => entities.ids().collect::<Vec<_>>(),
        Ref::Name(_) => entities.labels().collect(),
    };
    let close = if suggest {
        nearest(name.text(), names)
    } else {
        None
    };
    diagnostic.help = close.map(|close| format!("did you mean `{close}`?"));
    match name {
        Ref::Id {
            span: Some(span), ..
        } => diagnostic.at(*span),
        _ => at_evidence(diagnostic, evidence),
    }
}

/// Points `diagnostic` at the first of `evidence` that stands in a source of this run.
fn at_evidence(diagnostic: Diagnostic, evidence: &[Evidence]) -> Diagnostic {
    match evidence.iter().find_map(Evidence::span) {
        Some(span) => diagnostic.at(span),
        None => diagnostic,
    }
}

#[cfg(test)]
mod tests;
