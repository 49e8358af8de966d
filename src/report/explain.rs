//! An architecture with the words that each of its parts was read from, and the sentences that gave nothing.

use super::clean::{clean_json, clean_lines};
use super::json::Place;
use crate::model::{
    Architecture, Arrow, Basis, Evidence, Link, Origin, Part, PartId, Reading, Rule, RuleKind,
    SourceId, Sources, Tier, Unread,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What was read, and from which words.
#[derive(Debug, Serialize)]
pub struct Explanation<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    groups: Vec<PartRow<'a>>,
    components: Vec<PartRow<'a>>,
    links: Vec<LinkRow<'a>>,
    rules: Vec<RuleRow<'a>>,
    unread: Vec<UnreadRow<'a>>,
}

/// A correction that its author may want, as a comment that says nothing until he takes its question mark away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The source.
    pub source: SourceId,
    /// The byte before which it goes.
    pub offset: usize,
    /// What goes there.
    pub text: String,
}

#[derive(Debug, Serialize)]
struct PartRow<'a> {
    id: &'a str,
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    aliases: &'a [String],
    introduced: bool,
    evidence: Vec<EvidenceRow<'a>>,
}

#[derive(Debug, Serialize)]
struct LinkRow<'a> {
    from: &'a str,
    to: &'a str,
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    direction: &'a str,
    basis: &'a str,
    confidence: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<u32>,
    evidence: Vec<EvidenceRow<'a>>,
}

#[derive(Debug, Serialize)]
struct RuleRow<'a> {
    kind: &'a str,
    subject: Option<&'a str>,
    object: Option<&'a str>,
    evidence: Vec<EvidenceRow<'a>>,
}

#[derive(Debug, Serialize)]
struct UnreadRow<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
    why: &'a str,
    names: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    correction: Option<String>,
}

#[derive(Debug, Serialize)]
struct EvidenceRow<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'a str>,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<&'a str>,
}

impl<'a> Explanation<'a> {
    /// Explains `architecture`, which was made of `readings`.
    pub fn new(
        architecture: &'a Architecture,
        readings: &'a [Reading],
        sources: &'a Sources,
    ) -> Self {
        let told = Told::new(architecture, sources);
        let parts = |groups: bool| {
            let own = architecture
                .parts()
                .filter(move |(_, part)| part.is_group() == groups);
            own.map(|(_, part)| told.part(part)).collect()
        };
        Self {
            title: architecture.title.as_deref(),
            groups: parts(true),
            components: parts(false),
            links: architecture
                .links()
                .map(|(_, from, to, link)| told.link(from, to, link))
                .collect(),
            rules: architecture
                .rules
                .iter()
                .map(|rule| told.rule(rule))
                .collect(),
            unread: open(readings, sources)
                .filter(|unread| told.named(unread).len() > 1)
                .map(|unread| told.unread(unread))
                .collect(),
        }
    }

    /// One JSON object.
    pub fn json(&self) -> String {
        let mut text = clean_json(&serde_json::to_string_pretty(self).unwrap_or_default());
        text.push('\n');
        text
    }

    /// Text for people.
    pub fn human(&self) -> String {
        let mut out = String::new();
        let mut section = |title: &str, entries: Vec<String>| {
            if !entries.is_empty() {
                let gap = if out.is_empty() { "" } else { "\n" };
                let _ = writeln!(out, "{gap}{title} ({})", entries.len());
                out.extend(entries);
            }
        };
        section("components", self.components.iter().map(part).collect());
        section("groups", self.groups.iter().map(part).collect());
        section("links", self.links.iter().map(link).collect());
        section("rules", self.rules.iter().map(rule).collect());
        section(
            "sentences that name two components, and gave no link",
            self.unread.iter().map(unread).collect(),
        );
        if out.is_empty() {
            out.push_str("nothing was found in this input\n");
        }
        clean_lines(&out)
    }

    /// The corrections that could follow the sentences that gave nothing.
    pub fn proposals(
        architecture: &Architecture,
        readings: &[Reading],
        sources: &Sources,
    ) -> Vec<Proposal> {
        let told = Told::new(architecture, sources);
        open(readings, sources)
            .filter_map(|unread| {
                Some(Proposal {
                    source: unread.span.source,
                    offset: unread.span.end,
                    text: format!(" <!-- k8sdiag?: {} -->", told.correction(unread)?),
                })
            })
            .collect()
    }
}

/// The sentences that gave nothing, and behind which the author has not said anything about it.
fn open<'a>(readings: &'a [Reading], sources: &'a Sources) -> impl Iterator<Item = &'a Unread> {
    readings
        .iter()
        .flat_map(|reading| &reading.unread)
        .filter(|unread| {
            let text = sources.get(unread.span.source).text();
            let after = text.get(unread.span.end..).unwrap_or_default();
            // The end of the sentence may stand outside of its span, and marks of emphasis with it.
            let after =
                after.trim_start_matches(|c: char| c.is_whitespace() || ".!?;:*_。`".contains(c));
            !after.starts_with("<!-- k8sdiag")
        })
}

/// What rows are made from.
struct Told<'a> {
    architecture: &'a Architecture,
    sources: &'a Sources,
    /// Components under each of their names.
    names: BTreeMap<&'a str, PartId>,
    /// What links already, in both directions.
    linked: BTreeSet<(PartId, PartId)>,
}

impl<'a> Told<'a> {
    fn new(architecture: &'a Architecture, sources: &'a Sources) -> Self {
        let mut names = BTreeMap::new();
        for (id, part) in architecture.parts() {
            let own = std::iter::once(&part.label).chain(&part.aliases);
            for name in own.filter(|_| !part.is_group()) {
                names.entry(name.as_str()).or_insert(id);
            }
        }
        let linked = architecture
            .links()
            .filter(|(.., link)| link.basis == Basis::Stated)
            .flat_map(|(_, from, to, _)| [(from, to), (to, from)])
            .collect();
        Self {
            architecture,
            sources,
            names,
            linked,
        }
    }

    /// The components that a sentence names, each once.
    fn named(&self, unread: &'a Unread) -> Vec<PartId> {
        let mut found = Vec::new();
        for name in &unread.names {
            if let Some(id) = self.names.get(name.as_str())
                && !found.contains(id)
            {
                found.push(*id);
            }
        }
        found
    }

    /// `A -> B`: the first two components of a sentence that no input links, in its order. None where the sentence says that there is no link.
    fn correction(&self, unread: &Unread) -> Option<String> {
        let named: Vec<PartId> = unread
            .names
            .iter()
            .filter_map(|name| self.names.get(name.as_str()).copied())
            .collect();
        if unread.why.contains("denies") {
            return None;
        }
        let label = |id: &PartId| self.architecture.part(*id).label.as_str();
        let fits = |id: &&PartId| {
            let marks = ["--", "->", ": ", " :", "→", "<", ">", "\n", "\r"];
            !marks.iter().any(|mark| label(id).contains(mark))
        };
        let fitting: Vec<&PartId> = named.iter().filter(fits).collect();
        fitting.iter().enumerate().find_map(|(at, from)| {
            let open = |to: &&&PartId| **to != *from && !self.linked.contains(&(**from, ***to));
            let to = fitting.iter().skip(at + 1).find(open)?;
            Some(format!("{} -> {}", label(from), label(to)))
        })
    }

    fn id(&self, id: PartId) -> &'a str {
        &self.architecture.part(id).id
    }

    fn part(&self, part: &'a Part) -> PartRow<'a> {
        PartRow {
            id: &part.id,
            label: &part.label,
            group: part.parent.map(|group| self.id(group)),
            aliases: &part.aliases,
            introduced: part.introduced,
            evidence: self.evidence(&part.evidence),
        }
    }

    fn link(&self, from: PartId, to: PartId, link: &'a Link) -> LinkRow<'a> {
        LinkRow {
            from: self.id(from),
            to: self.id(to),
            kind: link.kind.name(),
            label: link.label.as_deref(),
            direction: link.arrow.name(),
            basis: link.basis.name(),
            confidence: match link.tier {
                Tier::Plain => "plain",
                Tier::Derived => "derived",
                Tier::Weak => "weak",
            },
            step: link.step,
            evidence: self.evidence(&link.evidence),
        }
    }

    fn rule(&self, rule: &'a Rule) -> RuleRow<'a> {
        RuleRow {
            kind: rule.kind.name(),
            subject: rule.subject.map(|part| self.id(part)),
            object: rule.object.map(|part| self.id(part)),
            evidence: self.evidence(&rule.evidence),
        }
    }

    fn unread(&self, unread: &'a Unread) -> UnreadRow<'a> {
        UnreadRow {
            place: Place::of(&unread.span, self.sources),
            text: &unread.words,
            why: &unread.why,
            names: self
                .named(unread)
                .into_iter()
                .map(|id| self.architecture.part(id).label.as_str())
                .collect(),
            correction: self
                .correction(unread)
                .map(|words| format!("<!-- k8sdiag: {words} -->")),
        }
    }

    fn evidence(&self, evidence: &'a [Evidence]) -> Vec<EvidenceRow<'a>> {
        evidence
            .iter()
            .map(|evidence| {
                let (place, page) = match &evidence.origin {
                    Origin::Written(span) => (Place::of(span, self.sources), None),
                    Origin::Carried { file, line, column } => {
                        let place = Place {
                            file: Some(file),
                            line: Some(*line),
                            column: Some(*column),
                            ..Place::default()
                        };
                        (place, None)
                    }
                    Origin::Known { page } => (Place::default(), Some(&**page)),
                };
                EvidenceRow {
                    place,
                    page,
                    text: &evidence.words,
                    pattern: evidence.pattern.as_deref(),
                }
            })
            .collect()
    }
}

fn part(row: &PartRow<'_>) -> String {
    let mut text = format!("  {}", one_line(row.label));
    if let Some(group) = row.group {
        let _ = write!(text, ", in {group}");
    }
    if !row.introduced {
        text.push_str(", spoken of but not introduced");
    }
    text.push('\n');
    if !row.aliases.is_empty() {
        let _ = writeln!(text, "      also called {}", row.aliases.join(", "));
    }
    text + &evidence(&row.evidence)
}

fn link(row: &LinkRow<'_>) -> String {
    let arrow = match Arrow::named(row.direction) {
        Some(Arrow::Both) => "↔",
        Some(Arrow::None) => "—",
        Some(Arrow::Forward) | None => "→",
    };
    let mut text = format!("  {} {arrow} {}: {}", row.from, row.to, row.kind);
    if let Some(label) = row.label {
        let _ = write!(text, " “{}”", one_line(label));
    }
    if row.basis == Basis::Known.name() {
        text.push_str(", not stated but known");
    } else if row.confidence != "plain" {
        let _ = write!(text, ", {}", row.confidence);
    }
    text.push('\n');
    text + &evidence(&row.evidence)
}

fn rule(row: &RuleRow<'_>) -> String {
    let kind = RuleKind::named(row.kind).unwrap_or(RuleKind::Never);
    format!(
        "  {}\n{}",
        rule_words(kind, row.subject, row.object),
        evidence(&row.evidence)
    )
}

/// A rule as a sentence.
fn rule_words(kind: RuleKind, subject: Option<&str>, object: Option<&str>) -> String {
    let everyone = subject.is_none();
    let subject = subject.unwrap_or("any other part");
    let object = object.unwrap_or("any other part");
    match kind {
        RuleKind::OnlyTo if everyone => format!("all links go to {object}"),
        RuleKind::OnlyFrom => format!("only {subject} may have links to {object}"),
        RuleKind::OnlyTo => format!("{subject} may have links to {object} alone"),
        RuleKind::Never => format!("{subject} must not have links to {object}"),
    }
}

fn unread(row: &UnreadRow<'_>) -> String {
    let mut text = format!(
        "  {}  {}\n      names {}: {}\n",
        place(&row.place),
        quoted(row.text),
        row.names.join(", "),
        row.why
    );
    if let Some(correction) = &row.correction {
        let _ = writeln!(
            text,
            "      if that is a link, write after the sentence: {correction}"
        );
    }
    text
}

fn evidence(rows: &[EvidenceRow<'_>]) -> String {
    let mut seen = BTreeSet::new();
    rows.iter()
        .filter(|row| seen.insert((row.place.file, row.place.line, row.place.column, row.page)))
        .map(|row| {
            let (place, words) = match row.page {
                Some(page) => (page.to_owned(), String::new()),
                None => (place(&row.place), quoted(row.text)),
            };
            let pattern = row
                .pattern
                .map(|pattern| format!("  by {pattern}"))
                .unwrap_or_default();
            format!("      {place}  {words}{pattern}")
                .trim_end()
                .to_owned()
                + "\n"
        })
        .collect()
}

fn place(place: &Place<'_>) -> String {
    let file = one_line(place.file.unwrap_or_default());
    match (place.line, place.column) {
        (Some(line), Some(column)) => format!("{file}:{line}:{column}"),
        _ => file,
    }
}

/// Words in quotation marks; of very many, the first.
fn quoted(words: &str) -> String {
    const MOST: usize = 160;
    let mut shown: String = one_line(words).chars().take(MOST).collect();
    if words.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    format!("“{shown}”")
}

fn one_line(words: &str) -> String {
    words.replace(['\n', '\r'], " ")
}
