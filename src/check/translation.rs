//! A note and its translation that do not say the same: a component, link or rule that one of them states and the other lacks, and links that run the
//! other way.
//!
//! Notes of two authors about one system name the same components, and may differ as they like. So two notes count as translations only where their
//! file names say so, or where they are built alike as well. What a note may have said in a sentence that gave nothing, it does not lack.

mod alike;

use super::{name, within};
use crate::model::{
    Architecture, Arrow, Basis, Code, Company, Diagnostic, Evidence, Knowledge, Link, LinkKind,
    Note, PartId, Rule, SourceId, Span, Tier,
};
use std::collections::{BTreeMap, BTreeSet};

/// Finds them. What several translations lack is told once for each of them.
pub(super) fn run(architecture: &Architecture, _: &Knowledge) -> Vec<Diagnostic> {
    let said = said(architecture);
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for (one, other) in alike::translations(architecture, &said) {
        for (this, that) in [(one, other), (other, one)] {
            let pair = Pair {
                architecture,
                this,
                that,
            };
            let turned = this.note.source < that.note.source;
            let turned = if turned { pair.turned() } else { Vec::new() };
            for (what, finding) in turned.into_iter().chain(pair.lacks()) {
                if told.insert((what, that.note.source)) {
                    found.push(finding);
                }
            }
        }
    }
    found
}

/// What one note says.
struct Said<'a> {
    note: &'a Note,
    /// Where it first speaks of each part.
    parts: BTreeMap<PartId, Span>,
    links: Vec<Stated<'a>>,
    rules: Vec<(&'a Rule, Span)>,
}

/// A stated link with its ends, and where it is stated first.
type Stated<'a> = (PartId, PartId, &'a Link, Span);

/// What each note says, in the order of the notes.
fn said(architecture: &Architecture) -> Vec<Said<'_>> {
    let empty = |note| Said {
        note,
        parts: BTreeMap::new(),
        links: Vec::new(),
        rules: Vec::new(),
    };
    let notes = architecture.notes.iter();
    let mut said: BTreeMap<SourceId, Said<'_>> =
        notes.map(|note| (note.source, empty(note))).collect();
    if said.is_empty() {
        return Vec::new();
    }
    for (id, part) in architecture.parts() {
        for span in firsts(&part.evidence) {
            if let Some(note) = said.get_mut(&span.source) {
                note.parts.insert(id, span);
            }
        }
    }
    for (_, from, to, link) in architecture.links() {
        for span in firsts(&link.evidence) {
            if let Some(note) = said.get_mut(&span.source)
                && link.basis == Basis::Stated
            {
                note.links.push((from, to, link, span));
            }
        }
    }
    for rule in &architecture.rules {
        for span in firsts(&rule.evidence) {
            if let Some(note) = said.get_mut(&span.source) {
                note.rules.push((rule, span));
            }
        }
    }
    said.into_values().collect()
}

/// The first place in each source.
fn firsts(evidence: &[Evidence]) -> impl Iterator<Item = Span> {
    let mut firsts: BTreeMap<SourceId, Span> = BTreeMap::new();
    for span in evidence.iter().filter_map(Evidence::span) {
        let first = firsts.entry(span.source).or_insert(span);
        *first = span.min(*first);
    }
    firsts.into_values()
}

/// What a finding is about: the same of two notes is one finding.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum About {
    Part(PartId),
    /// The lesser end first.
    Link(PartId, PartId),
    Rule(&'static str, Option<PartId>, Option<PartId>),
}

/// A note, and another that translates it.
struct Pair<'a> {
    architecture: &'a Architecture,
    this: &'a Said<'a>,
    that: &'a Said<'a>,
}

impl Pair<'_> {
    /// What this note states, and that one lacks. A sentence that is a rule is told once, as a rule.
    fn lacks(&self) -> Vec<(About, Diagnostic)> {
        let mut found = self.parts();
        let rules = self.rules();
        let told = |span: &Span| rules.iter().any(|(_, finding)| finding.span == Some(*span));
        for (from, to, link, span) in &self.this.links {
            let ends = [Some(*from), Some(*to)];
            let stated = |(a, b, ..): &Stated<'_>| {
                self.is(ends, [Some(*a), Some(*b)]) || self.is(ends, [Some(*b), Some(*a)])
            };
            let ruled = |rule: &&Rule| self.is(ends, [rule.subject, rule.object]);
            if link.tier == Tier::Weak
                || told(span)
                || !self.comparable(ends, true)
                || self.that.links.iter().any(stated)
                || self.that.rules.iter().any(|(rule, _)| ruled(rule))
            {
                continue;
            }
            let message = format!(
                "{} has a link to {}, and the translation `{}` states none",
                name(self.architecture, Some(*from)),
                name(self.architecture, Some(*to)),
                self.file()
            );
            let about = About::Link(*from.min(to), *from.max(to));
            let finding = self.finding(message, *span, "the link is stated here", ends);
            found.push((about, finding));
        }
        found.extend(rules);
        found
    }

    /// The rules that this note states, and that one does not.
    fn rules(&self) -> Vec<(About, Diagnostic)> {
        let mut found = Vec::new();
        for (rule, span) in &self.this.rules {
            let ends = [rule.subject, rule.object];
            let stated = |(other, _): &(&Rule, Span)| {
                rule.kind == other.kind && self.is(ends, [other.subject, other.object])
            };
            if !self.comparable(ends, false) || self.that.rules.iter().any(stated) {
                continue;
            }
            let message = format!(
                "{}, and the translation `{}` does not say so",
                self.words(rule),
                self.file()
            );
            let about = About::Rule(rule.kind.name(), rule.subject, rule.object);
            let finding = self.finding(message, *span, "the rule is stated here", ends);
            found.push((about, finding));
        }
        found
    }

    /// The components that this note introduces, and that one does not speak of.
    ///
    /// What has another name in each language may be the same: only where that note has none of its own that could be it, it lacks the component.
    fn parts(&self) -> Vec<(About, Diagnostic)> {
        let known = |id: PartId| {
            let component = self.architecture.part(id).component();
            component.is_some_and(|component| component.known_as.is_some())
        };
        let alone = |here: &Said<'_>, there: &Said<'_>| -> Vec<PartId> {
            let parts = here.parts.keys().copied();
            parts.filter(|id| !there.parts.contains_key(id)).collect()
        };
        let others = alone(self.that, self.this);
        let strangers = others.iter().any(|id| !known(*id));
        alone(self.this, self.that)
            .into_iter()
            .filter_map(|id| {
                let part = self.architecture.part(id);
                let its_own = others.is_empty() || known(id) && !strangers;
                if part.is_group() || !part.introduced || !its_own {
                    return None;
                }
                let message = format!(
                    "{} is a component here, and the translation `{}` does not speak of it",
                    name(self.architecture, Some(id)),
                    self.file()
                );
                let span = *self.this.parts.get(&id)?;
                let finding = self.finding(message, span, "introduced here", [None, None]);
                Some((About::Part(id), finding))
            })
            .collect()
    }

    /// The links that run the other way in that note.
    fn turned(&self) -> Vec<(About, Diagnostic)> {
        let both_ways = |said: &Said<'_>, from: PartId, to: PartId| {
            let forth = |link: &&Stated<'_>| (link.0, link.1) == (from, to);
            let back = |link: &&Stated<'_>| (link.0, link.1) == (to, from);
            let between = || said.links.iter().filter(|link| forth(link) || back(link));
            between().any(|link| link.2.arrow != Arrow::Forward)
                || between().any(|link| forth(&link)) && between().any(|link| back(&link))
        };
        let mut found = Vec::new();
        for (from, to, link, span) in &self.this.links {
            // *A reads from B* and *B sends to A* are the same in other words.
            let turned = self.that.links.iter().find(|(a, b, other, _)| {
                (a, b) == (to, from)
                    && other.tier != Tier::Weak
                    && pulls(link.kind) == pulls(other.kind)
            });
            let Some((_, _, _, there)) = turned else {
                continue;
            };
            if link.tier == Tier::Weak
                || self
                    .that
                    .links
                    .iter()
                    .any(|(a, b, ..)| (a, b) == (from, to))
                || both_ways(self.this, *from, *to)
                || both_ways(self.that, *from, *to)
            {
                continue;
            }
            let message = format!(
                "{} has a link to {}, and in the translation `{}` it runs the other way",
                name(self.architecture, Some(*from)),
                name(self.architecture, Some(*to)),
                self.file()
            );
            let finding = Diagnostic::new(Code::TranslationsDiffer, message)
                .at(*span)
                .labelled("this way")
                .related(*there, "and here the other way")
                .help(HELP);
            found.push((About::Link(*from.min(to), *from.max(to)), finding));
        }
        found
    }

    /// Whether both notes speak of both ends, and that one has no sentence about them that may say it: `any` sentence, or one that gave nothing.
    fn comparable(&self, ends: [Option<PartId>; 2], any: bool) -> bool {
        let shared =
            |end: &PartId| self.this.parts.contains_key(end) && self.that.parts.contains_key(end);
        let unsure = |company: &Company<PartId>| {
            let speaks_of = |end| company.parts.contains(end);
            (company.silent || any) && ends.iter().flatten().all(speaks_of)
        };
        ends.iter().flatten().all(shared) && !self.that.note.company.iter().any(unsure)
    }

    /// Whether two ends are one part, or one of them holds the other.
    fn same(&self, one: Option<PartId>, other: Option<PartId>) -> bool {
        match (one, other) {
            (Some(one), Some(other)) => {
                within(self.architecture, one, other) || within(self.architecture, other, one)
            }
            (one, other) => one == other,
        }
    }

    /// Whether two pairs of ends are the same.
    fn is(&self, one: [Option<PartId>; 2], other: [Option<PartId>; 2]) -> bool {
        one.into_iter()
            .zip(other)
            .all(|(one, other)| self.same(one, other))
    }

    fn words(&self, rule: &Rule) -> String {
        use crate::model::RuleKind::{Never, OnlyFrom, OnlyTo};
        let subject = match rule.subject {
            Some(_) => name(self.architecture, rule.subject),
            None => "every part".to_owned(),
        };
        let object = match rule.object {
            Some(_) => name(self.architecture, rule.object),
            None => "any other".to_owned(),
        };
        match rule.kind {
            OnlyFrom => format!("only {subject} may have links to {object}"),
            OnlyTo => format!("{subject} may have links to {object} alone"),
            Never => format!("{subject} must have no link to {object}"),
        }
    }

    /// The name of that note's file.
    fn file(&self) -> &str {
        let file = self.architecture.files.get(self.that.note.source.index());
        file.map_or("", |file| file)
    }

    /// A finding about words of this note, and the place in that one where their translation would stand.
    fn finding(
        &self,
        message: String,
        span: Span,
        label: &str,
        ends: [Option<PartId>; 2],
    ) -> Diagnostic {
        let finding = Diagnostic::new(Code::TranslationsDiffer, message)
            .at(span)
            .labelled(label)
            .help(HELP);
        let named = |id: &PartId| ends.contains(&Some(*id)) || ends == [None, None];
        // The nearest part before the words, of those that both notes speak of.
        let near = self
            .this
            .parts
            .iter()
            .filter(|(id, _)| named(id))
            .filter_map(|(id, here)| Some((*here, *self.that.parts.get(id)?)))
            .max_by_key(|(here, _)| (here.start <= span.start, here.start));
        match near {
            Some((_, there)) => finding.related(there, "and not here"),
            None => finding,
        }
    }
}

/// What can be done about a difference.
const HELP: &str = "say the same in both, or allow `translations-differ` where they are to differ";

/// Whether the one who acts gets something: then it may as well be said that the other gives it.
fn pulls(kind: LinkKind) -> bool {
    matches!(
        kind,
        LinkKind::Reads | LinkKind::Watches | LinkKind::Scrapes | LinkKind::Uses
    )
}

#[cfg(test)]
mod tests;
