//! The architecture in which each part has met its fate.

use super::Fate;
use crate::model::{Architecture, Arrow, Basis, Body, Component, Link, Part, PartId, Rule};
use std::collections::BTreeMap;

/// Makes the smaller architecture. Ids of parts stay the same words; links between the same two shown parts that a collapsed group
/// has brought together become one.
pub(super) fn rebuild(architecture: &Architecture, fates: &[Fate]) -> Architecture {
    let mut shown = Architecture::new();
    shown.title.clone_from(&architecture.title);
    shown.language.clone_from(&architecture.language);
    shown.direction = architecture.direction;
    shown.theme.clone_from(&architecture.theme);
    shown.files.clone_from(&architecture.files);
    let places = parts(architecture, fates, &mut shown);
    let place = |id: PartId| match fates[id.index()] {
        Fate::Within(group) => places[group.index()],
        _ => places[id.index()],
    };
    let moved = |id: PartId| matches!(fates[id.index()], Fate::Within(_));
    let mut merged: BTreeMap<(PartId, PartId, Basis), usize> = BTreeMap::new();
    let mut links: Vec<(PartId, PartId, Link)> = Vec::new();
    for (_, from, to, link) in architecture.links() {
        let (Some(new_from), Some(new_to)) = (place(from), place(to)) else {
            continue;
        };
        let brought = moved(from) || moved(to);
        if brought && new_from == new_to {
            continue;
        }
        let next = links.len();
        let at = if brought {
            *merged.entry((new_from, new_to, link.basis)).or_insert(next)
        } else {
            next
        };
        match links.get_mut(at) {
            Some((_, _, first)) => join(first, link),
            None => links.push((new_from, new_to, link.clone())),
        }
    }
    for (from, to, link) in links {
        shown.add_link(from, to, link);
    }
    for rule in &architecture.rules {
        shown.rules.extend(kept(rule, &|id| places[id.index()]));
    }
    shown
}

/// Adds what is shown to `shown`; gives the new place of each part.
fn parts(
    architecture: &Architecture,
    fates: &[Fate],
    shown: &mut Architecture,
) -> Vec<Option<PartId>> {
    let mut places: Vec<Option<PartId>> = vec![None; fates.len()];
    for id in architecture.preorder() {
        let part = architecture.part(id);
        let body = match fates[id.index()] {
            Fate::Kept => part.body.clone(),
            Fate::Collapsed => Body::Component(Component {
                role: Some("group".to_owned()),
                ..Component::default()
            }),
            Fate::Within(_) | Fate::Left => continue,
        };
        let parent = part.parent.and_then(|parent| places[parent.index()]);
        let part = Part {
            parent,
            body,
            ..part.clone()
        };
        places[id.index()] = shown.add_part(part).ok();
    }
    places
}

/// One link says what two said: their common label, the heads and evidence of both.
fn join(first: &mut Link, other: &Link) {
    if first.label != other.label {
        first.label = None;
    }
    if first.kind != other.kind {
        first.kind = crate::model::LinkKind::Communicates;
    }
    if other.arrow == Arrow::Both {
        first.arrow = Arrow::Both;
    }
    first.step = first.step.min(other.step);
    first.tier = first.tier.min(other.tier);
    first.evidence.extend(other.evidence.iter().cloned());
}

/// The rule between the new places of its ends; `None` where one is not shown by itself.
fn kept(rule: &Rule, place: &dyn Fn(PartId) -> Option<PartId>) -> Option<Rule> {
    let end = |end: Option<PartId>| match end {
        Some(id) => place(id).map(Some),
        None => Some(None),
    };
    Some(Rule {
        kind: rule.kind,
        subject: end(rule.subject)?,
        object: end(rule.object)?,
        evidence: rule.evidence.clone(),
    })
}
