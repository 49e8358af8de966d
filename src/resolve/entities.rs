//! Claims that speak of the same part become one entity, that can be found by its id and by each of its names.

use super::at_evidence;
use crate::model::{
    Claim, Code, Diagnostic, Evidence, Name, PartClaim, PartKind, Reading, Ref, Statement, slug,
};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A part, before it has its place: what all claims about it say together.
#[derive(Debug, Clone)]
pub(super) struct Entity {
    /// The first claim, filled up by the later ones; its `id` is set for every entity once all are collected.
    pub claim: PartClaim,
    /// All that is said of it.
    pub descriptions: Vec<String>,
    /// Where all of it stands.
    pub evidence: Vec<Evidence>,
    /// The author does not want it.
    pub ignored: bool,
}

/// All entities, in the order of their first claims.
#[derive(Debug, Default)]
pub(super) struct Entities {
    pub list: Vec<Entity>,
    by_id: IndexMap<Arc<str>, usize>,
    /// Components before groups: a bare name in prose means the component.
    by_name: BTreeMap<Name, Vec<usize>>,
    /// Diagram files alone never ask for a name: then none is folded.
    named: bool,
    /// The languages in which each group is spoken of, where there are several.
    tongues: BTreeMap<Name, BTreeSet<String>>,
}

impl Entities {
    /// Joins the claims of all readings.
    pub(super) fn collect(readings: &[Reading], diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut all = Self {
            named: readings.iter().any(asks_for_names),
            tongues: tongues(readings),
            ..Self::default()
        };
        let statements = || readings.iter().flat_map(|reading| &reading.statements);
        for statement in statements() {
            if let Claim::Part(claim) = &statement.claim {
                all.introduce(claim, &statement.evidence, diagnostics);
            }
        }
        all.name_the_nameless();
        for statement in statements() {
            all.correct(statement, diagnostics);
        }
        all
    }

    /// The entity that a reference means.
    pub(super) fn find(&self, name: &Ref) -> Option<usize> {
        match name {
            Ref::Id { id, .. } => self.by_id.get(id).copied(),
            Ref::Name(name) => self
                .named(name)
                .first()
                .copied()
                .or_else(|| self.by_id.get(name).copied()),
        }
    }

    /// The entity that a reference means where a group is wanted.
    pub(super) fn find_group(&self, name: &Ref) -> Option<usize> {
        let is_group = |at: &&usize| self.list[**at].claim.kind == PartKind::Group;
        match name {
            Ref::Name(text) => self
                .named(text)
                .iter()
                .find(is_group)
                .copied()
                .or_else(|| self.find(name)),
            Ref::Id { .. } => self.find(name),
        }
    }

    /// Every id in the order of the alphabet, for suggestions.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        let mut ids: Vec<&str> = self.by_id.keys().map(|id| &**id).collect();
        ids.sort_unstable();
        ids.into_iter()
    }

    /// Every label, for suggestions.
    pub(super) fn labels(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|entity| entity.claim.label.as_str())
    }

    fn named(&self, name: &str) -> &[usize] {
        if self.by_name.is_empty() {
            return &[];
        }
        self.by_name.get(&Name::of(name)).map_or(&[], Vec::as_slice)
    }

    fn introduce(
        &mut self,
        claim: &PartClaim,
        evidence: &[Evidence],
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let Some(at) = self.same(claim) else {
            let at = self.list.len();
            self.list.push(Entity {
                claim: claim.clone(),
                descriptions: claim.description.iter().cloned().collect(),
                evidence: evidence.to_vec(),
                ignored: false,
            });
            self.index(at, claim);
            return;
        };
        let entity = &self.list[at];
        if let (Some(here), Some(there)) = (&entity.claim.parent, &claim.parent)
            && self.are_two(here, there)
        {
            let (here, there) = (here.text(), there.text());
            let message = format!(
                "`{}` is in `{here}` and in `{there}`: it stays in `{here}`",
                claim.label
            );
            let mut diagnostic =
                at_evidence(Diagnostic::new(Code::Contradiction, message), evidence);
            diagnostic.severity = crate::model::Severity::Warning;
            if let Some(first) = entity.evidence.iter().find_map(Evidence::span) {
                diagnostic = diagnostic.related(first, "first said here");
            }
            diagnostics.push(diagnostic);
        }
        self.list[at].take(claim, evidence);
        self.index(at, claim);
    }

    /// Whether two names of groups mean two groups: *Data* and *Daten* may be one, if no language has both.
    fn are_two(&self, one: &Ref, other: &Ref) -> bool {
        let (one, other) = (Name::of(one.text()), Name::of(other.text()));
        let apart = match (self.tongues.get(&one), self.tongues.get(&other)) {
            (Some(one), Some(other)) => one.is_disjoint(other),
            _ => false,
        };
        one != other && !apart
    }

    /// The entity that a claim speaks of again. One that has an id is never another that has a different one, whatever they are called.
    fn same(&self, claim: &PartClaim) -> Option<usize> {
        if let Some(at) = claim.id.as_ref().and_then(|id| self.by_id.get(id)) {
            return Some(*at).filter(|at| self.list[*at].claim.kind == claim.kind);
        }
        std::iter::once(&claim.label)
            .chain(&claim.aliases)
            .find_map(|name| {
                self.named(name).iter().copied().find(|at| {
                    let other = &self.list[*at].claim;
                    other.kind == claim.kind && (other.id.is_none() || claim.id.is_none())
                })
            })
    }

    fn index(&mut self, at: usize, claim: &PartClaim) {
        if let Some(id) = &claim.id {
            self.by_id.entry(id.clone()).or_insert(at);
        }
        if self.named {
            for name in std::iter::once(&claim.label).chain(&claim.aliases) {
                self.index_name(name, at);
            }
        }
    }

    fn index_name(&mut self, name: &str, at: usize) {
        let list = &self.list;
        let entities = self.by_name.entry(Name::of(name)).or_default();
        if !entities.contains(&at) {
            let first_group = entities
                .iter()
                .position(|other| list[*other].claim.kind == PartKind::Group);
            let place = match list[at].claim.kind {
                PartKind::Component => first_group.unwrap_or(entities.len()),
                PartKind::Group => entities.len(),
            };
            entities.insert(place, at);
        }
    }

    /// Gives every entity without an id one made from its label, that no other has.
    fn name_the_nameless(&mut self) {
        for at in 0..self.list.len() {
            if self.list[at].claim.id.is_some() {
                continue;
            }
            let slug = slug(&self.list[at].claim.label);
            let mut id: Arc<str> = slug.as_str().into();
            let mut number = 2_u32;
            while self.by_id.contains_key(&id) {
                id = format!("{slug}-{number}").into();
                number += 1;
            }
            self.by_id.insert(id.clone(), at);
            self.list[at].claim.id = Some(id);
        }
    }

    /// Applies what is said of entities from outside: aliases, memberships, the author's corrections.
    fn correct(&mut self, statement: &Statement, diagnostics: &mut Vec<Diagnostic>) {
        let mut missed = None;
        match &statement.claim {
            Claim::Alias { part, alias } => match self.find(part) {
                Some(at) => {
                    self.list[at].add_alias(alias);
                    self.index_name(alias, at);
                }
                None => missed = Some(part),
            },
            Claim::Member { part, group } => match self.find(part) {
                Some(at) => self.list[at].claim.parent = Some(group.clone()),
                None => missed = Some(part),
            },
            Claim::Ignore(part) => match self.find(part) {
                Some(at) => self.list[at].ignored = true,
                None => missed = Some(part),
            },
            Claim::Part(_) | Claim::Link(_) | Claim::Rule(_) | Claim::IgnoreLink { .. } => {}
        }
        if let Some(name) = missed {
            let message = format!(
                "this correction speaks of `{}`, which is nowhere else",
                name.text()
            );
            diagnostics.push(at_evidence(
                Diagnostic::new(Code::StaleCorrection, message),
                &statement.evidence,
            ));
        }
    }
}

impl Entity {
    /// Fills what is still open with what another claim says.
    fn take(&mut self, claim: &PartClaim, evidence: &[Evidence]) {
        let own = &mut self.claim;
        own.id = own.id.take().or_else(|| claim.id.clone());
        own.parent = own.parent.take().or_else(|| claim.parent.clone());
        own.href = own.href.take().or_else(|| claim.href.clone());
        own.role = own.role.take().or_else(|| claim.role.clone());
        own.external = own.external.or(claim.external);
        own.instances = own.instances.or(claim.instances);
        own.known_as = own.known_as.take().or_else(|| claim.known_as.clone());
        own.direction = own.direction.or(claim.direction);
        own.order = own.order.or(claim.order);
        own.introduced |= claim.introduced;
        for name in std::iter::once(&claim.label).chain(&claim.aliases) {
            self.add_alias(name);
        }
        if let Some(text) = &claim.description
            && !self.descriptions.contains(text)
        {
            self.descriptions.push(text.clone());
        }
        self.evidence.extend(evidence.iter().cloned());
    }

    fn add_alias(&mut self, name: &str) {
        if self.claim.label != name && !self.claim.aliases.iter().any(|alias| alias == name) {
            self.claim.aliases.push(name.to_owned());
        }
    }
}

/// The languages in which each group is spoken of; nothing where all notes are in one.
fn tongues(readings: &[Reading]) -> BTreeMap<Name, BTreeSet<String>> {
    let mut tongues: BTreeMap<Name, BTreeSet<String>> = BTreeMap::new();
    let language = |reading: &Reading| reading.language.clone().filter(|_| reading.prose);
    let all: BTreeSet<String> = readings.iter().filter_map(language).collect();
    if all.len() < 2 {
        return tongues;
    }
    for reading in readings {
        let Some(language) = language(reading) else {
            continue;
        };
        for statement in &reading.statements {
            if let Claim::Part(claim) = &statement.claim
                && claim.kind == PartKind::Group
            {
                for name in std::iter::once(&claim.label).chain(&claim.aliases) {
                    let own = tongues.entry(Name::of(name)).or_default();
                    own.insert(language.clone());
                }
            }
        }
    }
    tongues
}

/// Whether a reading finds parts by their names: prose does, diagram files go by ids.
fn asks_for_names(reading: &Reading) -> bool {
    let by_name = |name: &Ref| matches!(name, Ref::Name(_));
    reading.prose
        || reading
            .statements
            .iter()
            .any(|statement| match &statement.claim {
                Claim::Part(claim) => {
                    claim.id.is_none() || claim.parent.as_ref().is_some_and(by_name)
                }
                Claim::Link(claim) => by_name(&claim.from) || by_name(&claim.to),
                Claim::Member { part, group } => by_name(part) || by_name(group),
                Claim::Alias { .. } | Claim::Ignore(_) | Claim::IgnoreLink { .. } => true,
                Claim::Rule(claim) => [&claim.subject, &claim.object]
                    .into_iter()
                    .flatten()
                    .any(by_name),
            })
}
