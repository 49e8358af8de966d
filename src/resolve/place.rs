//! Entities get their places: each under its group, groups before what they hold, siblings in their order.

use super::entities::{Entities, Entity};
use super::{at_evidence, nowhere};
use crate::model::{
    Architecture, Body, Code, Component, Diagnostic, Evidence, Group, Part, PartId, PartKind, Ref,
};
use std::sync::Arc;

/// Adds the parts to `architecture`, in pre-order. Returns the part of each entity; `None` where the author ignores it.
pub(super) fn place(
    entities: &Entities,
    architecture: &mut Architecture,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Option<PartId>> {
    let parents = parents(entities, diagnostics);
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); entities.list.len()];
    let mut roots = Vec::new();
    for (at, entity) in entities.list.iter().enumerate() {
        if !entity.ignored {
            match parents[at] {
                Some(parent) => children[parent].push(at),
                None => roots.push(at),
            }
        }
    }
    for siblings in children.iter_mut().chain([&mut roots]) {
        siblings.sort_by_key(|at| entities.list[*at].claim.order.unwrap_or(u32::MAX));
    }
    let mut parts = vec![None; entities.list.len()];
    let mut stack = roots;
    stack.reverse();
    while let Some(at) = stack.pop() {
        let parent = parents[at].and_then(|parent| parts[parent]);
        match architecture.add_part(part(&entities.list[at], parent)) {
            Ok(id) => parts[at] = Some(id),
            Err(part) => diagnostics.push(Diagnostic::new(
                Code::Internal,
                format!("`{}` could not be placed: please report this", part.id),
            )),
        }
        stack.extend(children[at].iter().rev());
    }
    parts
}

/// The group of each entity, over ignored groups and without cycles.
fn parents(entities: &Entities, diagnostics: &mut Vec<Diagnostic>) -> Vec<Option<usize>> {
    let mut parents: Vec<Option<usize>> = vec![None; entities.list.len()];
    for (at, entity) in entities.list.iter().enumerate() {
        let Some(name) = &entity.claim.parent else {
            continue;
        };
        match entities.find_group(name) {
            None => diagnostics.push(nowhere(entities, name, &entity.evidence, true)),
            Some(group) if entities.list[group].claim.kind == PartKind::Component => {
                let message = format!(
                    "`{}` is a component, and only a group can hold others",
                    name.text()
                );
                diagnostics.push(at_evidence(
                    Diagnostic::new(Code::BadValue, message),
                    &entity.evidence,
                ));
            }
            Some(group) => parents[at] = Some(group),
        }
    }
    cut_cycles(&entities.list, &mut parents, diagnostics);
    for at in 0..parents.len() {
        let mut group = parents[at];
        while let Some(ignored) = group.filter(|group| entities.list[*group].ignored) {
            group = parents[ignored];
        }
        parents[at] = group;
    }
    parents
}

/// Takes the parent off one entity of each cycle.
fn cut_cycles(list: &[Entity], parents: &mut [Option<usize>], diagnostics: &mut Vec<Diagnostic>) {
    /// No walk has been here.
    const NEW: usize = usize::MAX;
    let mut seen = vec![NEW; parents.len()];
    for start in 0..parents.len() {
        let mut at = start;
        while seen[at] == NEW {
            seen[at] = start;
            let Some(parent) = parents[at] else { break };
            if seen[parent] == start {
                let message = format!("the group `{}` is within itself", list[parent].claim.label);
                let mut diagnostic = Diagnostic::new(Code::ParentCycle, message)
                    .help("one of them must be the outermost: take its `parent` away");
                let said = match &list[at].claim.parent {
                    Some(Ref::Id { span, .. }) => *span,
                    _ => None,
                };
                if let Some(inner) =
                    said.or_else(|| list[at].evidence.iter().find_map(Evidence::span))
                {
                    diagnostic = diagnostic
                        .at(inner)
                        .labelled(format!("in `{}`", list[parent].claim.label));
                }
                diagnostics.push(diagnostic);
                parents[at] = None;
                break;
            }
            at = parent;
        }
    }
}

fn part(entity: &Entity, parent: Option<PartId>) -> Part {
    let claim = &entity.claim;
    let body = match claim.kind {
        PartKind::Group => Body::Group(Group {
            direction: claim.direction,
        }),
        PartKind::Component => Body::Component(Component {
            role: claim.role.clone(),
            external: claim.external.unwrap_or(false),
            instances: claim.instances.unwrap_or(1),
            known_as: claim.known_as.clone(),
        }),
    };
    Part {
        id: claim
            .id
            .clone()
            .unwrap_or_else(|| Arc::from(claim.label.as_str())),
        label: claim.label.clone(),
        parent,
        aliases: claim.aliases.clone(),
        description: entity.descriptions.clone(),
        href: claim.href.clone(),
        evidence: entity.evidence.clone(),
        introduced: claim.introduced,
        body,
    }
}
