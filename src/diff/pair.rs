//! Which parts, links and rules of two architectures are the same.
//!
//! A part is the same where its id is, else its name, else one of its names; else a lone pair that stands in one group and has the same neighbours was renamed.
//! Links are the same between the same parts, the more alike the sooner.

use crate::model::{Architecture, Arrow, Link, LinkId, Name, Part, PartId, Rule};
use std::collections::{BTreeMap, BTreeSet};

/// Fewer common neighbours say nothing: every leaf of a star has the same one.
const NEIGHBOURS: usize = 2;

/// What of the old is what of the new.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// The new part of each old one.
    pub(super) new_part: BTreeMap<PartId, PartId>,
    /// The old part of each new one.
    pub(super) old_part: BTreeMap<PartId, PartId>,
    /// The old link of each new one.
    pub(super) old_link: BTreeMap<LinkId, LinkId>,
    /// Old links that are gone.
    pub(super) lost_links: Vec<LinkId>,
    /// The old rule of each new one, by their places.
    pub(super) old_rule: BTreeMap<usize, usize>,
    /// Old rules that are gone.
    pub(super) lost_rules: Vec<usize>,
}

impl Pairs {
    pub(super) fn of(old: &Architecture, new: &Architecture) -> Self {
        let mut pairs = Self::default();
        for (id, part) in old.parts() {
            if let Some(other) = new.find(&part.id) {
                pairs.join(id, other);
            }
        }
        pairs.by_name(old, new, |part| vec![Name::of(&part.label)]);
        pairs.by_name(old, new, every_name);
        pairs.renamed(old, new);
        pairs.links(old, new);
        pairs.rules(old, new);
        pairs
    }

    fn join(&mut self, old: PartId, new: PartId) {
        self.new_part.insert(old, new);
        self.old_part.insert(new, old);
    }

    fn by_name(
        &mut self,
        old: &Architecture,
        new: &Architecture,
        names: impl Fn(&Part) -> Vec<Name>,
    ) {
        let mut free: BTreeMap<Name, PartId> = BTreeMap::new();
        for (id, part) in new.parts() {
            if !self.old_part.contains_key(&id) {
                for name in names(part) {
                    free.entry(name).or_insert(id);
                }
            }
        }
        for (id, part) in old.parts() {
            if self.new_part.contains_key(&id) {
                continue;
            }
            let found = names(part).iter().find_map(|name| free.get(name).copied());
            if let Some(other) = found
                && new.part(other).is_group() == part.is_group()
                && !self.old_part.contains_key(&other)
            {
                self.join(id, other);
            }
        }
    }

    /// Joins lone parts with the same surroundings.
    fn renamed(&mut self, old: &Architecture, new: &Architecture) {
        let (old_ways, new_ways) = (ways(old), ways(new));
        let around = |whole: &Architecture,
                      ways: &[BTreeSet<(u8, PartId)>],
                      id: PartId,
                      known: &dyn Fn(PartId) -> Option<PartId>| {
            let part = whole.part(id);
            let mut all = BTreeSet::new();
            for child in whole.children(Some(id)) {
                all.insert((0, known(*child)?));
            }
            for (way, other) in ways.get(id.index())? {
                all.insert((*way, known(*other)?));
            }
            let parent = match part.parent {
                Some(parent) => Some(known(parent)?),
                None => None,
            };
            (all.len() >= NEIGHBOURS).then_some((part.is_group(), parent, all))
        };
        let mut free: BTreeMap<_, Vec<PartId>> = BTreeMap::new();
        for (id, _) in new
            .parts()
            .filter(|(id, _)| !self.old_part.contains_key(id))
        {
            let known = |other| self.old_part.contains_key(&other).then_some(other);
            if let Some(key) = around(new, &new_ways, id, &known) {
                free.entry(key).or_default().push(id);
            }
        }
        let mut lost: BTreeMap<_, Vec<PartId>> = BTreeMap::new();
        for (id, _) in old
            .parts()
            .filter(|(id, _)| !self.new_part.contains_key(id))
        {
            let known = |other| self.new_part.get(&other).copied();
            if let Some(key) = around(old, &old_ways, id, &known) {
                lost.entry(key).or_default().push(id);
            }
        }
        for (key, ids) in lost {
            if let ([id], Some([other])) = (&ids[..], free.get(&key).map(Vec::as_slice)) {
                self.join(*id, *other);
            }
        }
    }

    fn links(&mut self, old: &Architecture, new: &Architecture) {
        let mut between: BTreeMap<(PartId, PartId), Vec<(LinkId, &Link)>> = BTreeMap::new();
        for (id, from, to, link) in old.links() {
            match (self.new_part.get(&from), self.new_part.get(&to)) {
                (Some(from), Some(to)) => between
                    .entry(ends(*from, *to, link))
                    .or_default()
                    .push((id, link)),
                _ => self.lost_links.push(id),
            }
        }
        let mut free: Vec<(LinkId, (PartId, PartId), &Link)> = new
            .links()
            .map(|(id, from, to, link)| (id, ends(from, to, link), link))
            .collect();
        // The most alike first, so that an unchanged link is never told as another one's change.
        let same: [fn(&Link, &Link) -> bool; 3] = [
            |a, b| (a.kind, &a.label, a.arrow, a.step) == (b.kind, &b.label, b.arrow, b.step),
            |a, b| (a.kind, &a.label) == (b.kind, &b.label) || a.step.is_some() && a.step == b.step,
            |_, _| true,
        ];
        for same in same {
            free.retain(|(id, ends, link)| {
                let Some(olds) = between.get_mut(ends) else {
                    return true;
                };
                let Some(at) = olds.iter().position(|(_, other)| same(other, link)) else {
                    return true;
                };
                self.old_link.insert(*id, olds.remove(at).0);
                false
            });
        }
        self.lost_links
            .extend(between.into_values().flatten().map(|(id, _)| id));
        self.lost_links.sort_unstable();
    }

    fn rules(&mut self, old: &Architecture, new: &Architecture) {
        /// The ends of an old rule, as the new architecture names them.
        type Ends = (Option<PartId>, Option<PartId>);
        let ends: Vec<Option<Ends>> = old
            .rules
            .iter()
            .map(|rule| {
                let known = |end: Option<PartId>| match end {
                    Some(part) => self.new_part.get(&part).copied().map(Some),
                    None => Some(None),
                };
                Some((known(rule.subject)?, known(rule.object)?))
            })
            .collect();
        let mut taken = vec![false; old.rules.len()];
        let same: [fn(&Rule, &Rule, Ends) -> bool; 3] = [
            |a, b, ends| a.kind == b.kind && (a.subject, a.object) == ends,
            |a, _, ends| (a.subject, a.object) == ends,
            |a, b, ends| a.kind == b.kind && (a.object == ends.1 || a.subject == ends.0),
        ];
        for same in same {
            for (at, rule) in new.rules.iter().enumerate() {
                if self.old_rule.contains_key(&at) {
                    continue;
                }
                let found = old.rules.iter().enumerate().position(|(old_at, other)| {
                    !taken[old_at] && ends[old_at].is_some_and(|ends| same(rule, other, ends))
                });
                if let Some(old_at) = found {
                    taken[old_at] = true;
                    self.old_rule.insert(at, old_at);
                }
            }
        }
        self.lost_rules = (0..old.rules.len()).filter(|at| !taken[*at]).collect();
    }
}

/// The neighbours of each part: 1 where a link goes to them, 2 where one comes from them.
fn ways(whole: &Architecture) -> Vec<BTreeSet<(u8, PartId)>> {
    let mut ways = vec![BTreeSet::new(); whole.part_count()];
    for (_, from, to, _) in whole.links() {
        for (part, way, other) in [(from, 1, to), (to, 2, from)] {
            if let Some(own) = ways.get_mut(part.index()) {
                own.insert((way, other));
            }
        }
    }
    ways
}

/// The ends of a link, in one order where it has no direction.
fn ends(from: PartId, to: PartId, link: &Link) -> (PartId, PartId) {
    if link.arrow == Arrow::Forward {
        (from, to)
    } else {
        (from.min(to), from.max(to))
    }
}

fn every_name(part: &Part) -> Vec<Name> {
    let known = part
        .component()
        .and_then(|component| component.known_as.as_deref());
    let names = part.aliases.iter().map(String::as_str);
    std::iter::once(part.label.as_str())
        .chain([&*part.id])
        .chain(names)
        .chain(known)
        .map(Name::of)
        .collect()
}
