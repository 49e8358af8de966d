//! The order in which a picture may be shown piece by piece: the numbered flow of its links, else group by group.

use super::words::shown;
use super::{Item, Subject};
use crate::model::{Architecture, PartId};
use std::collections::BTreeMap;

/// With more groups than this, only the outermost ones are steps of their own.
const GROUPS: usize = 12;

/// What one step adds to a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What it tells, in one line.
    pub title: String,
    /// The items that it adds, as indices of [`Scene::items`](super::Scene::items). What no step adds is there from the start.
    pub items: Vec<usize>,
}

/// The steps of a picture; none where nothing in it has an order.
pub(super) fn steps(architecture: &Architecture, items: &[Item]) -> Vec<Step> {
    let flow = flow(architecture, items);
    if flow.is_empty() {
        groups(architecture, items)
    } else {
        flow
    }
}

/// A step for each number that links have.
fn flow(architecture: &Architecture, items: &[Item]) -> Vec<Step> {
    let mut steps: BTreeMap<u32, Step> = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        let Subject::Link { link, .. } = item.subject else {
            continue;
        };
        let Some((from, to, link)) = architecture.link(link) else {
            continue;
        };
        let Some(number) = link.step else { continue };
        let name = |part: PartId| shown(&architecture.part(part).label);
        let mut told = format!("{} → {}", name(from), name(to));
        if let Some(label) = &link.label {
            told.push_str(": ");
            told.push_str(&shown(label));
        }
        let step = steps.entry(number).or_insert_with(|| Step {
            title: number.to_string(),
            items: Vec::new(),
        });
        step.title
            .push_str(if step.items.is_empty() { ". " } else { "; " });
        step.title.push_str(&told);
        step.items.push(at);
    }
    steps.into_values().collect()
}

/// A step for each group that holds components, with what lies in it; a link comes with the later of its ends.
fn groups(architecture: &Architecture, items: &[Item]) -> Vec<Step> {
    let order = architecture.preorder();
    let holds = |group: PartId| {
        let mut children = architecture.children(Some(group)).iter();
        children.any(|child| !architecture.part(*child).is_group())
    };
    let mut chosen: Vec<PartId> = order
        .iter()
        .copied()
        .filter(|part| architecture.part(*part).is_group() && holds(*part))
        .collect();
    if chosen.len() > GROUPS {
        let roots = architecture.children(None).iter().copied();
        chosen = roots
            .filter(|part| architecture.part(*part).is_group())
            .collect();
    }
    let mut step_of: Vec<Option<usize>> = vec![None; order.len()];
    for (step, group) in chosen.iter().enumerate() {
        step_of[group.index()] = Some(step);
    }
    // When each part appears: with the innermost chosen group around it. A frame comes with the first part in it.
    let mut when: Vec<Option<usize>> = vec![None; order.len()];
    for part in order {
        let mut around = std::iter::once(part).chain(architecture.ancestors(part));
        let own = around.find_map(|group| step_of[group.index()]);
        let Some(step) = own else { continue };
        let around = std::iter::once(part).chain(architecture.ancestors(part));
        for part in around {
            let first = when[part.index()].unwrap_or(step);
            when[part.index()] = Some(step.min(first));
        }
    }
    let mut steps: Vec<Step> = chosen
        .iter()
        .map(|group| Step {
            title: shown(&architecture.part(*group).label),
            items: Vec::new(),
        })
        .collect();
    for (at, item) in items.iter().enumerate() {
        let step = match item.subject {
            Subject::Component(part, _) | Subject::Group(part, _) => when[part.index()],
            Subject::Link { link, .. } => architecture
                .link(link)
                .and_then(|(from, to, _)| when[from.index()].max(when[to.index()])),
            Subject::Legend => None,
        };
        if let Some(step) = step.and_then(|step| steps.get_mut(step)) {
            step.items.push(at);
        }
    }
    steps.retain(|step| !step.items.is_empty());
    steps
}
