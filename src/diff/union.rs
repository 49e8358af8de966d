//! Two architectures become one that can be drawn: the new one, with what is gone where it was, and a mark at each thing that is another.

use super::change::{Place, link_details, mark, part_details, turned};
use super::pair::Pairs;
use crate::model::{Architecture, Evidence, Mark, Origin, PartId, Rule};
use std::collections::{BTreeMap, BTreeSet};

/// A part of either.
#[derive(Debug, Clone, Copy)]
enum Of {
    New(PartId),
    Old(PartId),
}

/// Joins both.
pub(super) fn union(
    old: &Architecture,
    new: &Architecture,
    pairs: &Pairs,
    descriptions: bool,
) -> Architecture {
    let mut whole = Architecture::new();
    whole.title = new.title.clone().or_else(|| old.title.clone());
    whole.language = new.language.clone().or_else(|| old.language.clone());
    whole.direction = new.direction.or(old.direction);
    whole.theme = new.theme.clone().or_else(|| old.theme.clone());
    whole.files.clone_from(&new.files);
    let mut joiner = Joiner {
        old,
        new,
        pairs,
        whole,
        of_new: BTreeMap::new(),
        of_old: BTreeMap::new(),
    };
    joiner.parts(descriptions);
    joiner.links();
    joiner.rules();
    joiner.whole
}

struct Joiner<'a> {
    old: &'a Architecture,
    new: &'a Architecture,
    pairs: &'a Pairs,
    whole: Architecture,
    of_new: BTreeMap<PartId, PartId>,
    of_old: BTreeMap<PartId, PartId>,
}

impl Joiner<'_> {
    fn parts(&mut self, descriptions: bool) {
        let mut stack: Vec<(Of, Option<PartId>)> = Vec::new();
        let roots = self.merged(self.new.children(None), self.old.children(None));
        stack.extend(roots.into_iter().rev().map(|part| (part, None)));
        while let Some((part, parent)) = stack.pop() {
            let Some((id, inner)) = self.part(part, parent, descriptions) else {
                continue;
            };
            // A group that became a component holds nothing any more.
            let holder = if self.whole.part(id).is_group() {
                Some(id)
            } else {
                parent
            };
            stack.extend(inner.into_iter().rev().map(|part| (part, holder)));
        }
    }

    /// Adds a part, and says what stands in it.
    fn part(
        &mut self,
        part: Of,
        parent: Option<PartId>,
        descriptions: bool,
    ) -> Option<(PartId, Vec<Of>)> {
        let (new, old) = match part {
            Of::New(new) => (Some(new), self.pairs.old_part.get(&new).copied()),
            Of::Old(old) => (None, Some(old)),
        };
        let mut own = match (new, old) {
            (Some(new), _) => self.new.part(new).clone(),
            (None, Some(old)) => {
                let mut part = self.old.part(old).clone();
                part.evidence = carried(self.old, &part.evidence);
                part
            }
            (None, None) => return None,
        };
        own.parent = parent;
        let id = self.whole.add_part(own).ok()?;
        let mark = match (new, old) {
            (Some(new), Some(old)) => mark(&part_details(
                (self.old, old),
                (self.new, new),
                self.pairs,
                descriptions,
            )),
            (Some(_), None) => Some(Mark::Added),
            (None, _) => Some(Mark::Removed),
        };
        if let Some(mark) = mark {
            self.whole.marks.parts.insert(id, mark);
        }
        if let Some(new) = new {
            self.of_new.insert(new, id);
        }
        if let Some(old) = old {
            self.of_old.insert(old, id);
        }
        let news = new.map_or(&[][..], |new| self.new.children(Some(new)));
        let olds = old.map_or(&[][..], |old| self.old.children(Some(old)));
        Some((id, self.merged(news, olds)))
    }

    /// The new children in their order, with the old ones that are gone behind the one that they stood behind.
    fn merged(&self, news: &[PartId], olds: &[PartId]) -> Vec<Of> {
        let mut behind: BTreeMap<Option<PartId>, Vec<PartId>> = BTreeMap::new();
        let mut last = None;
        let here: BTreeSet<PartId> = news.iter().copied().collect();
        for old in olds {
            match self.pairs.new_part.get(old) {
                Some(new) if here.contains(new) => last = Some(*new),
                Some(_) => {}
                None => behind.entry(last).or_default().push(*old),
            }
        }
        let mut all = Vec::with_capacity(news.len() + olds.len());
        let mut take = |at: Option<PartId>, all: &mut Vec<Of>| {
            all.extend(
                behind
                    .remove(&at)
                    .unwrap_or_default()
                    .into_iter()
                    .map(Of::Old),
            );
        };
        take(None, &mut all);
        for new in news {
            all.push(Of::New(*new));
            take(Some(*new), &mut all);
        }
        all
    }

    fn links(&mut self) {
        let turned = turned(self.old, self.new, self.pairs);
        for (id, from, to, link) in self.new.links() {
            let (Some(from), Some(to)) = (self.of_new.get(&from), self.of_new.get(&to)) else {
                continue;
            };
            let before = self
                .pairs
                .old_link
                .get(&id)
                .and_then(|old| self.old.link(*old));
            let mark = match before {
                None => Some(Mark::Added),
                Some((_, _, before)) => {
                    let turned = turned.get(&id).copied().unwrap_or_default();
                    (!link_details(before, link, turned).is_empty()).then_some(Mark::Changed)
                }
            };
            let id = self.whole.add_link(*from, *to, link.clone());
            if let Some(mark) = mark {
                self.whole.marks.links.insert(id, mark);
            }
        }
        for id in &self.pairs.lost_links {
            let Some((from, to, link)) = self.old.link(*id) else {
                continue;
            };
            if let (Some(from), Some(to)) = (self.of_old.get(&from), self.of_old.get(&to)) {
                let mut link = link.clone();
                link.evidence = carried(self.old, &link.evidence);
                let id = self.whole.add_link(*from, *to, link);
                self.whole.marks.links.insert(id, Mark::Removed);
            }
        }
    }

    fn rules(&mut self) {
        let mut rules = Vec::new();
        let end = |of: &BTreeMap<PartId, PartId>, end: Option<PartId>| match end {
            Some(part) => of.get(&part).copied().map(Some),
            None => Some(None),
        };
        for (at, rule) in self.new.rules.iter().enumerate() {
            let ends = (
                end(&self.of_new, rule.subject),
                end(&self.of_new, rule.object),
            );
            let (Some(subject), Some(object)) = ends else {
                continue;
            };
            let old = self
                .pairs
                .old_rule
                .get(&at)
                .and_then(|at| self.old.rules.get(*at));
            let same = old.map(|old| {
                old.kind == rule.kind
                    && end(&self.of_old, old.subject) == Some(subject)
                    && end(&self.of_old, old.object) == Some(object)
            });
            let mark = match same {
                None => Some(Mark::Added),
                Some(false) => Some(Mark::Changed),
                Some(true) => None,
            };
            if let Some(mark) = mark {
                self.whole.marks.rules.insert(rules.len(), mark);
            }
            rules.push(Rule {
                subject,
                object,
                ..rule.clone()
            });
        }
        for rule in self
            .pairs
            .lost_rules
            .iter()
            .filter_map(|at| self.old.rules.get(*at))
        {
            let ends = (
                end(&self.of_old, rule.subject),
                end(&self.of_old, rule.object),
            );
            if let (Some(subject), Some(object)) = ends {
                self.whole.marks.rules.insert(rules.len(), Mark::Removed);
                rules.push(Rule {
                    subject,
                    object,
                    evidence: carried(self.old, &rule.evidence),
                    ..rule.clone()
                });
            }
        }
        self.whole.rules = rules;
    }
}

/// Evidence of the old sources: the union knows the new ones alone.
fn carried(old: &Architecture, evidence: &[Evidence]) -> Vec<Evidence> {
    evidence
        .iter()
        .map(|one| {
            let mut one = one.clone();
            if let Origin::Written(span) = &one.origin
                && let Some(place) = Place::of(old, std::slice::from_ref(&one))
            {
                one.origin = Origin::Carried {
                    file: place.file,
                    line: span.line,
                    column: span.column,
                };
            }
            one
        })
        .collect()
}
