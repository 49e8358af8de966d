//! What was found becomes statements: only what is drawn, groups and parts in the order of the note.

use super::Note;
use crate::model::phrases::fold;
use crate::model::{
    Basis, Claim, LinkClaim, PartClaim, PartKind, Ref, RuleClaim, RuleKind, Statement,
};
use crate::read::prose::{Folded, FoundRule, tokens};
use std::collections::{BTreeMap, BTreeSet};

impl Note<'_> {
    /// Decides what is drawn, and states it.
    pub(super) fn claims(&mut self) -> Vec<Statement> {
        self.stand_in();
        self.drop_wholes();
        self.join_ends();
        self.place_heard();
        self.place_in_title();
        self.place_members();
        let mut order: Vec<usize> = (0..self.book.entities.len())
            .filter(|entity| self.book.entities[*entity].live && !self.book.is_object(*entity))
            .collect();
        order.sort_by_key(|entity| (self.book.entities[*entity].place, *entity));
        let mut statements: Vec<Statement> =
            order.iter().map(|entity| self.part(*entity)).collect();
        for (link, step, label, evidence) in &self.links {
            // *The kubelet starts it on the node*: a sentence about a part and its own group says where it is.
            let at_home = link.label.is_some() && self.within(link.from, link.to);
            if self.is_drawn(link.from) && self.is_drawn(link.to) && !at_home {
                statements.push(Statement {
                    claim: Claim::Link(LinkClaim {
                        from: self.name(link.from),
                        to: self.name(link.to),
                        kind: link.kind,
                        label: label.clone(),
                        arrow: link.arrow,
                        basis: Basis::Stated,
                        step: *step,
                        tier: link.tier,
                    }),
                    evidence: vec![evidence.clone()],
                });
            }
        }
        for (rule, evidence) in &self.rules {
            if let Some(claim) = self.rule(rule) {
                statements.push(Statement {
                    claim: Claim::Rule(claim),
                    evidence: vec![evidence.clone()],
                });
            }
        }
        statements
    }

    fn is_drawn(&self, entity: usize) -> bool {
        self.book.entities[entity].live && !self.book.is_object(entity)
    }

    /// *containerd, the container runtime*: what is only spoken of is the one example of it that the note introduces.
    fn stand_in(&mut self) {
        let parts = &self.book.knowledge.parts;
        let mut examples: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, part) in parts.iter().enumerate() {
            let of = part.is_a.as_ref();
            let of = of.and_then(|of| parts.iter().position(|part| part.id == *of));
            if let Some(of) = of.filter(|_| self.book.entities[at].introduced) {
                examples.entry(of).or_default().push(at);
            }
        }
        for (kind, examples) in examples {
            let ([example], false) = (&examples[..], self.book.entities[kind].introduced) else {
                continue;
            };
            if !self.is_described_as(*example, kind) {
                continue;
            }
            for (link, ..) in &mut self.links {
                for end in [&mut link.from, &mut link.to] {
                    if *end == kind {
                        *end = *example;
                    }
                }
            }
            self.links.retain(|(link, ..)| link.from != link.to);
            self.book.entities[kind].live = false;
        }
    }

    /// Whether what is said of an entity speaks of a known part.
    fn is_described_as(&self, entity: usize, part: usize) -> bool {
        let Some(said) = &self.book.entities[entity].description else {
            return false;
        };
        tokens(&Folded::new(said), said, self.lexicon, &self.book)
            .iter()
            .any(|token| token.name().is_some_and(|name| name.entity == part))
    }

    /// Where a note speaks of *Kafka brokers*, bare *Kafka* is the whole system, and no end of a link.
    fn drop_wholes(&mut self) {
        let mut names: Vec<(String, usize)> = Vec::new();
        for (at, entity) in self.book.entities.iter().enumerate() {
            if let Some(label) = &entity.label {
                let aliases = entity.aliases.iter().chain([label]);
                names.extend(aliases.map(|name| (fold(name).into_owned(), at)));
            }
        }
        names.sort();
        let is_whole = |at: usize| {
            let entity = &self.book.entities[at];
            let open = self
                .book
                .knowledge
                .parts
                .get(at)
                .is_some_and(|part| !part.joins);
            let own = entity.aliases.iter().chain(&entity.label);
            open && !entity.introduced
                && own.map(|name| format!("{} ", fold(name))).any(|start| {
                    let first = names.partition_point(|(name, _)| *name < start);
                    names
                        .get(first..)
                        .unwrap_or_default()
                        .iter()
                        .take_while(|(name, _)| name.starts_with(&start))
                        .filter(|(_, other)| *other != at && !self.book.is_object(*other))
                        .map(|(_, other)| if self.is_known(*other) { 2 } else { 1 })
                        .sum::<usize>()
                        // One part of the note's own that is called after it makes no whole of it.
                        >= 2
                })
        };
        let wholes: BTreeSet<usize> = (0..self.book.knowledge.parts.len())
            .filter(|at| is_whole(*at))
            .collect();
        self.links
            .retain(|(link, ..)| !wholes.contains(&link.from) && !wholes.contains(&link.to));
    }

    /// Components become part of the picture by their links; a group does so only by what it holds.
    fn join_ends(&mut self) {
        for (link, ..) in &self.links {
            for end in [link.from, link.to] {
                let entity = &mut self.book.entities[end];
                if !entity.is_group {
                    entity.live = true;
                }
            }
        }
        self.fill_ends();
        let named: Vec<usize> = self
            .rules
            .iter()
            .flat_map(|(rule, _)| [rule.subject, rule.object])
            .flatten()
            .collect();
        for end in named {
            let object = self.book.is_object(end);
            let known = self.is_known(end);
            let entity = &mut self.book.entities[end];
            entity.live |= known && !entity.is_group && !object;
        }
    }

    /// A known group that the prose links holds those of the note's loose parts that are known to be its own.
    fn fill_ends(&mut self) {
        let ends: Vec<usize> = self
            .links
            .iter()
            .flat_map(|(link, ..)| [link.from, link.to])
            .collect();
        for end in ends {
            if !self.book.entities[end].is_group || self.book.entities[end].live {
                continue;
            }
            let Some(id) = self
                .book
                .knowledge
                .parts
                .get(end)
                .map(|part| part.id.clone())
            else {
                continue;
            };
            for at in 0..self.book.knowledge.parts.len() {
                let own = self.book.knowledge.parts[at].group.as_ref() == Some(&id);
                let part = &mut self.book.entities[at];
                if own && part.live && !part.is_group && part.parent.is_none() {
                    part.parent = Some(end);
                    self.book.entities[end].live = true;
                }
            }
        }
    }

    /// A note about one group, whose title names it and no other, has its ungrouped parts in that group where the field agrees.
    fn place_in_title(&mut self) {
        let Some((group, name, place)) = self.titled_group() else {
            return;
        };
        let loose: Vec<usize> = (0..self.book.entities.len())
            .filter(|at| {
                let entity = &self.book.entities[*at];
                entity.live && entity.introduced && !entity.is_group && entity.parent.is_none()
            })
            .collect();
        let belongs = |at: usize| {
            self.book
                .knowledge
                .parts
                .get(at)
                .and_then(|part| part.group.clone())
                .is_some_and(|home| {
                    self.book
                        .knowledge
                        .parts
                        .get(group)
                        .is_some_and(|group| group.id == home)
                })
        };
        let own: Vec<usize> = loose.iter().copied().filter(|at| belongs(*at)).collect();
        if own.len() < 2 || own.len() * 2 < loose.len() {
            return;
        }
        for at in own {
            self.book.entities[at].parent = Some(group);
        }
        let entity = &mut self.book.entities[group];
        entity.live = true;
        entity.introduced = true;
        entity.place = place;
        entity.label.get_or_insert(name);
    }

    /// The one group that the title of the note names, the words for it, and where the note begins.
    fn titled_group(&self) -> Option<(usize, String, usize)> {
        let head = self.title.clone();
        let first = self
            .title_block()
            .map(|block| self.blocks[block].text.text.clone());
        for title in head.into_iter().chain(first) {
            let folded = Folded::new(&title);
            let named: Vec<(usize, String)> = tokens(&folded, &title, self.lexicon, &self.book)
                .iter()
                .filter_map(|token| Some((token.name()?.entity, folded.plain(&token.range))))
                .filter(|(entity, _)| self.book.entities[*entity].is_group)
                .map(|(entity, range)| (entity, title.get(range).unwrap_or_default().to_owned()))
                .collect();
            if let [(group, name)] = &named[..] {
                return Some((*group, name.clone(), 0));
            }
        }
        None
    }

    fn rule(&self, rule: &FoundRule) -> Option<RuleClaim> {
        let drawn = |end: Option<usize>| end.is_none_or(|end| self.is_drawn(end));
        let linked =
            rule.kind != RuleKind::Never || rule.subject.is_some() && rule.object.is_some();
        (drawn(rule.subject) && drawn(rule.object) && linked).then(|| RuleClaim {
            kind: rule.kind,
            subject: rule.subject.map(|end| self.name(end)),
            object: rule.object.map(|end| self.name(end)),
        })
    }

    fn part(&self, at: usize) -> Statement {
        let entity = &self.book.entities[at];
        let known = self.book.knowledge.parts.get(at);
        let kind = if entity.is_group {
            PartKind::Group
        } else {
            PartKind::Component
        };
        let label = entity
            .label
            .clone()
            .or_else(|| known.map(|known| known.id.to_string()))
            .unwrap_or_default();
        let mut claim = PartClaim::new(kind, label);
        claim.id = known.map(|known| known.id.clone());
        claim.parent = entity
            .parent
            .filter(|parent| self.is_drawn(*parent))
            .map(|parent| self.name(parent));
        claim.aliases = entity
            .aliases
            .iter()
            .filter(|alias| **alias != claim.label)
            .cloned()
            .collect();
        claim.description.clone_from(&entity.description);
        claim.role = known
            .and_then(|known| known.role.clone())
            .filter(|_| !entity.is_group);
        claim.external = known.filter(|known| known.external).map(|_| true);
        claim.introduced = entity.introduced;
        Statement {
            claim: Claim::Part(claim),
            evidence: entity.evidence.clone(),
        }
    }

    pub(super) fn name(&self, at: usize) -> Ref {
        if let Some(known) = self.book.knowledge.parts.get(at) {
            Ref::Id {
                id: known.id.clone(),
                span: None,
            }
        } else {
            let label = self.book.entities[at].label.clone().unwrap_or_default();
            Ref::Name(label.into())
        }
    }
}
