//! How two architectures differ, one change at a time: what, in which way, and where it was read.

use super::pair::Pairs;
use crate::model::{
    Architecture, Arrow, Body, Evidence, Link, LinkId, Mark, Origin, Part, PartId, Rule, RuleKind,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What sort of thing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The title of the whole.
    Title,
    /// A group.
    Group,
    /// A component.
    Component,
    /// A link.
    Link,
    /// A rule.
    Rule,
}

impl What {
    /// Its name, for people and for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Group => "group",
            Self::Component => "component",
            Self::Link => "link",
            Self::Rule => "rule",
        }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// In which way.
    pub mark: Mark,
    /// What sort of thing.
    pub what: What,
    /// Its name, in pieces: every second one, from the first on, is a word of ours (and may be empty), the others are names that users wrote.
    pub name: Vec<String>,
    /// The ids in the name, in its order; `*` for every other part.
    pub ids: Vec<Arc<str>>,
    /// What exactly is another, where it is changed or moved.
    pub details: Vec<Detail>,
    /// Where the old one was read.
    pub old: Option<Place>,
    /// Where the new one was read.
    pub new: Option<Place>,
}

/// A property that is another. Both values are what users wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The property.
    pub property: &'static str,
    /// What it was.
    pub old: Option<String>,
    /// What it is.
    pub new: Option<String>,
}

/// Where something was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, or the page of the documentation.
    pub file: Arc<str>,
    /// From 1; `None` of a page.
    pub line: Option<u32>,
    /// The words, on one line.
    pub words: Arc<str>,
}

impl Place {
    /// The first place of some evidence of an architecture.
    pub fn of(whole: &Architecture, evidence: &[Evidence]) -> Option<Self> {
        let evidence = evidence.first()?;
        let words = evidence.words.clone();
        let (file, line) = match &evidence.origin {
            Origin::Written(span) => (
                whole.files.get(span.source.index())?.clone(),
                Some(span.line),
            ),
            Origin::Carried { file, line, .. } => (file.clone(), Some(*line)),
            Origin::Known { page } => (page.clone(), None),
        };
        Some(Self { file, line, words })
    }
}

/// Tells all changes.
pub(super) fn changes(
    old: &Architecture,
    new: &Architecture,
    pairs: &Pairs,
    descriptions: bool,
) -> Vec<Change> {
    let mut teller = Teller {
        old,
        new,
        pairs,
        changes: Vec::new(),
    };
    teller.title();
    for groups in [true, false] {
        teller.parts(groups, descriptions);
    }
    teller.links();
    teller.rules();
    teller.changes
}

/// How a part of both is another; empty where it is not. A move is told as the property `group`.
pub(super) fn part_details(
    (old, old_id): (&Architecture, PartId),
    (new, new_id): (&Architecture, PartId),
    pairs: &Pairs,
    descriptions: bool,
) -> Vec<Detail> {
    let (before, after) = (old.part(old_id), new.part(new_id));
    let mut details = Vec::new();
    let mut tell = |property, old: Option<String>, new: Option<String>| {
        if old != new {
            details.push(Detail { property, old, new });
        }
    };
    let label = |part: &Part| Some(part.label.clone());
    tell("name", label(before), label(after));
    let sort = |part: &Part| {
        Some(
            if part.is_group() {
                "group"
            } else {
                "component"
            }
            .to_owned(),
        )
    };
    tell("sort", sort(before), sort(after));
    if before.parent.map(|parent| pairs.new_part.get(&parent)) != after.parent.as_ref().map(Some) {
        let holder = |whole: &Architecture, part: &Part| {
            part.parent.map(|parent| whole.part(parent).label.clone())
        };
        // Two groups may have one name, and are two still.
        let (old, new) = (holder(old, before), holder(new, after));
        details.push(Detail {
            property: GROUP,
            old,
            new,
        });
    }
    let mut tell = |property, old: Option<String>, new: Option<String>| {
        if old != new {
            details.push(Detail { property, old, new });
        }
    };
    if let (Body::Component(before), Body::Component(after)) = (&before.body, &after.body) {
        tell("kind", before.role.clone(), after.role.clone());
        let yes = |external: bool| external.then(|| "yes".to_owned());
        tell("external", yes(before.external), yes(after.external));
        let count = |instances: u32| Some(instances.to_string());
        tell("instances", count(before.instances), count(after.instances));
    }
    tell("address", before.href.clone(), after.href.clone());
    if descriptions {
        let said = |part: &Part| {
            let text = part.description.join(" ");
            (!text.is_empty()).then_some(text)
        };
        tell("description", said(before), said(after));
    }
    details
}

/// The property that a move is told as.
pub(super) const GROUP: &str = "group";

/// The mark of a part with these details.
pub(super) fn mark(details: &[Detail]) -> Option<Mark> {
    match details {
        [] => None,
        [only] if only.property == GROUP => Some(Mark::Moved),
        _ => Some(Mark::Changed),
    }
}

/// How a link of both is another. A step's number counts only where the order of steps is another: `turned` says so.
pub(super) fn link_details(before: &Link, after: &Link, turned: bool) -> Vec<Detail> {
    let mut details = Vec::new();
    let mut tell = |property, old: Option<String>, new: Option<String>| {
        if old != new {
            details.push(Detail { property, old, new });
        }
    };
    let word = |word: &str| Some(word.to_owned());
    tell("label", before.label.clone(), after.label.clone());
    tell("kind", word(before.kind.name()), word(after.kind.name()));
    tell("arrow", word(before.arrow.name()), word(after.arrow.name()));
    tell("basis", word(before.basis.name()), word(after.basis.name()));
    let step = |link: &Link| link.step.map(|step| step.to_string());
    if turned || before.step.is_some() != after.step.is_some() {
        tell("step", step(before), step(after));
    }
    details
}

/// The new links whose step has another place among the steps of both.
pub(super) fn turned(
    old: &Architecture,
    new: &Architecture,
    pairs: &Pairs,
) -> BTreeMap<LinkId, bool> {
    let mut steps: Vec<(u32, u32, LinkId)> = pairs
        .old_link
        .iter()
        .filter_map(|(id, other)| {
            let (_, _, after) = new.link(*id)?;
            let (_, _, before) = old.link(*other)?;
            Some((before.step?, after.step?, *id))
        })
        .collect();
    steps.sort_unstable();
    let mut sorted: Vec<u32> = steps.iter().map(|(_, after, _)| *after).collect();
    sorted.sort_unstable();
    steps
        .iter()
        .zip(sorted)
        .map(|((_, after, id), sorted)| (*id, *after != sorted))
        .collect()
}

struct Teller<'a> {
    old: &'a Architecture,
    new: &'a Architecture,
    pairs: &'a Pairs,
    changes: Vec<Change>,
}

impl Teller<'_> {
    fn title(&mut self) {
        if self.old.title == self.new.title {
            return;
        }
        let (old, new) = (self.old.title.clone(), self.new.title.clone());
        self.changes.push(Change {
            mark: Mark::Changed,
            what: What::Title,
            name: Vec::new(),
            ids: Vec::new(),
            details: vec![Detail {
                property: "words",
                old,
                new,
            }],
            old: None,
            new: None,
        });
    }

    fn parts(&mut self, groups: bool, descriptions: bool) {
        let what = if groups { What::Group } else { What::Component };
        for (whole, of_new) in [(self.new, true), (self.old, false)] {
            for id in whole.preorder() {
                let part = whole.part(id);
                if part.is_group() != groups {
                    continue;
                }
                let place = Place::of(whole, &part.evidence);
                let known = if of_new {
                    self.pairs.old_part.get(&id)
                } else {
                    self.pairs.new_part.get(&id)
                };
                let (mark, details, old, new) = match (known, of_new) {
                    (None, true) => (Mark::Added, Vec::new(), None, place),
                    (None, false) => (Mark::Removed, Vec::new(), place, None),
                    (Some(_), false) => continue,
                    (Some(other), true) => {
                        let both = ((self.old, *other), (self.new, id));
                        let details = part_details(both.0, both.1, self.pairs, descriptions);
                        let Some(mark) = mark(&details) else { continue };
                        let old = Place::of(self.old, &self.old.part(*other).evidence);
                        (mark, details, old, place)
                    }
                };
                self.changes.push(Change {
                    mark,
                    what,
                    name: vec![String::new(), part.label.clone()],
                    ids: vec![part.id.clone()],
                    details,
                    old,
                    new,
                });
            }
        }
    }

    fn links(&mut self) {
        let turned = turned(self.old, self.new, self.pairs);
        for (id, from, to, link) in self.new.links() {
            let before = self
                .pairs
                .old_link
                .get(&id)
                .and_then(|old| self.old.link(*old));
            let (mark, details) = match before {
                None => (Mark::Added, Vec::new()),
                Some((_, _, before)) => {
                    let turned = turned.get(&id).copied().unwrap_or_default();
                    (Mark::Changed, link_details(before, link, turned))
                }
            };
            if mark == Mark::Changed && details.is_empty() {
                continue;
            }
            let old = before.and_then(|(_, _, link)| Place::of(self.old, &link.evidence));
            let new = Place::of(self.new, &link.evidence);
            self.link(mark, self.new, (from, to, link), (details, old, new));
        }
        for id in &self.pairs.lost_links {
            if let Some((from, to, link)) = self.old.link(*id) {
                let old = Place::of(self.old, &link.evidence);
                self.link(
                    Mark::Removed,
                    self.old,
                    (from, to, link),
                    (Vec::new(), old, None),
                );
            }
        }
    }

    fn link(
        &mut self,
        mark: Mark,
        whole: &Architecture,
        (from, to, link): (PartId, PartId, &Link),
        (details, old, new): (Vec<Detail>, Option<Place>, Option<Place>),
    ) {
        let (from, to) = (whole.part(from), whole.part(to));
        let arrow = match link.arrow {
            Arrow::Forward => " → ",
            Arrow::Both => " ↔ ",
            Arrow::None => " – ",
        };
        self.changes.push(Change {
            mark,
            what: What::Link,
            name: vec![
                String::new(),
                from.label.clone(),
                arrow.to_owned(),
                to.label.clone(),
            ],
            ids: vec![from.id.clone(), to.id.clone()],
            details,
            old,
            new,
        });
    }

    fn rules(&mut self) {
        for (at, rule) in self.new.rules.iter().enumerate() {
            let before = self
                .pairs
                .old_rule
                .get(&at)
                .and_then(|at| self.old.rules.get(*at));
            let new = Place::of(self.new, &rule.evidence);
            match before {
                None => self.rule(Mark::Added, self.new, rule, (Vec::new(), None, new)),
                Some(before) => {
                    let details = rule_details((self.old, before), (self.new, rule));
                    if !details.is_empty() {
                        let old = Place::of(self.old, &before.evidence);
                        self.rule(Mark::Changed, self.new, rule, (details, old, new));
                    }
                }
            }
        }
        for at in &self.pairs.lost_rules {
            if let Some(rule) = self.old.rules.get(*at) {
                let old = Place::of(self.old, &rule.evidence);
                self.rule(Mark::Removed, self.old, rule, (Vec::new(), old, None));
            }
        }
    }

    fn rule(
        &mut self,
        mark: Mark,
        whole: &Architecture,
        rule: &Rule,
        (details, old, new): (Vec<Detail>, Option<Place>, Option<Place>),
    ) {
        let id =
            |end: Option<PartId>| end.map_or_else(|| "*".into(), |end| whole.part(end).id.clone());
        self.changes.push(Change {
            mark,
            what: What::Rule,
            name: phrase(whole, rule),
            ids: vec![id(rule.subject), id(rule.object)],
            details,
            old,
            new,
        });
    }
}

/// A rule in words.
fn phrase(whole: &Architecture, rule: &Rule) -> Vec<String> {
    let (before, between) = match rule.kind {
        RuleKind::OnlyFrom => ("only ", " may talk to "),
        RuleKind::OnlyTo => ("", " may talk only to "),
        RuleKind::Never => ("", " must not talk to "),
    };
    vec![
        before.to_owned(),
        end(whole, rule.subject),
        between.to_owned(),
        end(whole, rule.object),
    ]
}

fn end(whole: &Architecture, end: Option<PartId>) -> String {
    end.map_or_else(|| "others".to_owned(), |end| whole.part(end).label.clone())
}

fn rule_details(
    (old, before): (&Architecture, &Rule),
    (new, after): (&Architecture, &Rule),
) -> Vec<Detail> {
    let mut details = Vec::new();
    let mut tell = |property, old: String, new: String| {
        if old != new {
            let (old, new) = (Some(old), Some(new));
            details.push(Detail { property, old, new });
        }
    };
    let kind = |rule: &Rule| rule.kind.name().to_owned();
    tell("kind", kind(before), kind(after));
    // A renamed part is told as such: the rule is the old one.
    let id = |whole: &Architecture, end: Option<PartId>| end.map(|end| whole.part(end).id.clone());
    if id(old, before.subject) != id(new, after.subject) {
        tell("subject", end(old, before.subject), end(new, after.subject));
    }
    if id(old, before.object) != id(new, after.object) {
        tell("object", end(old, before.object), end(new, after.object));
    }
    details
}
