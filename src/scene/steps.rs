//! The order in which a picture may be shown piece by piece: the numbered flow of its links, else group by group.

use super::words::shown;
use super::{Item, Scene, Subject};
use crate::model::{Architecture, PartId};
use std::collections::BTreeMap;

/// With more groups than this, only the outer ones are steps of their own.
const GROUPS: usize = 12;
/// So many may be, where else there would be one step.
const MOST: usize = 50;

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

impl Scene {
    /// What the picture shows after each step, everything in its place; nothing where there are not two steps.
    pub fn stages(&self) -> Vec<Self> {
        if self.steps.len() < 2 {
            return Vec::new();
        }
        let mut shown = vec![true; self.items.len()];
        for &item in self.steps.iter().flat_map(|step| &step.items) {
            shown[item] = false;
        }
        let stage = |step: &Step| {
            for &item in &step.items {
                shown[item] = true;
            }
            let items = self.items.iter().zip(&shown);
            Self {
                title: format!("{}: {}", self.title, step.title),
                items: items
                    .filter(|(_, shown)| **shown)
                    .map(|(item, _)| item.clone())
                    .collect(),
                steps: Vec::new(),
                description: step.title.clone(),
                language: self.language.clone(),
                theme: self.theme.clone(),
                ..*self
            }
        };
        self.steps.iter().map(stage).collect()
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

/// The groups of the deepest level that has not too many, and those around them that hold components themselves.
fn outer(
    architecture: &Architecture,
    order: &[PartId],
    holds: impl Fn(PartId) -> bool,
) -> Vec<PartId> {
    let mut depth = vec![0; order.len()];
    for part in order {
        if let Some(parent) = architecture.ancestors(*part).next() {
            depth[part.index()] = depth[parent.index()] + 1;
        }
    }
    let level = |level: usize| -> Vec<PartId> {
        let parts = order.iter().copied();
        let on = |part: &PartId| {
            let depth = depth[part.index()];
            depth == level || depth < level && holds(*part)
        };
        parts
            .filter(|part| architecture.part(*part).is_group() && on(part))
            .collect()
    };
    let mut chosen = level(0);
    for deeper in 1..GROUPS {
        let next = level(deeper);
        let most = if chosen.len() > 1 { GROUPS } else { MOST };
        if next.len() > most {
            break;
        }
        if next.len() > chosen.len() {
            chosen = next;
        }
    }
    chosen
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
        chosen = outer(architecture, &order, holds);
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

#[cfg(test)]
mod tests {
    use super::super::{Item, Place, Subject};
    use super::steps;
    use crate::draw::format;
    use crate::model::{Source, Sources};
    use crate::{Options, draw_sources};
    use std::fmt::Write;

    #[test]
    fn each_stage_of_a_picture_shows_one_step_more_in_the_same_place() {
        let yaml = "title: Night\ncomponents: [a, b]\nlinks: [{from: a, to: b, step: 1, label: first}, {from: b, to: a, step: 2, label: second}]\n";
        let mut sources = Sources::default();
        sources.add(Source::new("a.yaml", yaml));
        let mut options = Options::default();
        options.settings.steps = true;
        let drawing = draw_sources(&sources, &options, &mut ());
        let texts = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let stages: Vec<String> = drawing.stages.iter().map(|stage| texts(stage)).collect();
        let shown = |label: &str| -> Vec<bool> {
            let label = format!(">{label}<");
            stages.iter().map(|stage| stage.contains(&label)).collect()
        };
        assert_eq!(shown("first"), [true, true]);
        assert_eq!(shown("second"), [false, true]);
        let size = |svg: &str| {
            svg.split_once("viewBox=")
                .unwrap()
                .1
                .chars()
                .take(30)
                .collect::<String>()
        };
        assert_eq!(size(&stages[0]), size(&texts(&drawing.bytes)));
        assert!(
            stages[0].contains("Night: 1. a → b: first"),
            "{}",
            stages[0]
        );
    }

    #[test]
    fn a_picture_without_steps_has_no_stages() {
        let mut sources = Sources::default();
        sources.add(Source::new("a.yaml", "components: [a, b]\n"));
        let mut options = Options::default();
        options.settings.steps = true;
        assert!(draw_sources(&sources, &options, &mut ()).stages.is_empty());
    }

    /// A cluster of teams, each with some namespaces of one component.
    fn slides(teams: usize, namespaces: usize) -> usize {
        let mut yaml = "groups:\n- id: cluster\n  groups:\n".to_owned();
        for team in 0..teams {
            let _ = writeln!(yaml, "  - id: t{team}\n    groups:");
            for space in 0..namespaces {
                let _ = writeln!(
                    yaml,
                    "    - {{id: t{team}n{space}, components: [c{team}-{space}]}}"
                );
            }
        }
        let mut sources = Sources::default();
        sources.add(Source::new("a.yaml", yaml));
        let options = Options {
            format: format("dot").unwrap(),
            ..Options::default()
        };
        let architecture = draw_sources(&sources, &options, &mut ()).architecture;
        let item = |(part, about): (_, &crate::model::Part)| Item {
            subject: if about.is_group() {
                Subject::Group(part, about.id.clone())
            } else {
                Subject::Component(part, about.id.clone())
            },
            place: Place::Beside,
            tooltip: None,
            href: None,
            shapes: Vec::new(),
        };
        let items: Vec<Item> = architecture.parts().map(item).collect();
        let steps = steps(&architecture, &items);
        // Every part is in one of them.
        let shown: usize = steps.iter().map(|step| step.items.len()).sum();
        assert_eq!(shown, items.len());
        steps.len()
    }

    #[test]
    fn many_groups_in_one_are_shown_level_by_level() {
        assert_eq!(slides(3, 3), 9);
        assert_eq!(slides(5, 4), 5);
        assert_eq!(slides(20, 2), 20);
        assert_eq!(slides(60, 2), 1);
    }
}
