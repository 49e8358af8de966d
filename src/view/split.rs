//! What to do with a picture whose words nobody in the room can read: views of it that are smaller, as options to type.

use crate::model::{Architecture, Code, Diagnostic, PartId};

/// Up to so many components, words can be and have to be large.
const FEW: usize = 12;
/// Pixels of the smallest words of a few components at least, on a slide of 1920 × 1080.
const LARGE: f64 = 24.0;
/// The same for more components.
const READABLE: f64 = 14.0;
/// Groups that are proposed as pictures of their own.
const PIECES: usize = 3;

/// What to say where the smallest words of a picture of `architecture` are `pixels` high on a slide of 1920 × 1080; nothing where they can be read.
pub fn too_small(architecture: &Architecture, pixels: f64) -> Option<Diagnostic> {
    let components = leaves(architecture).count();
    let least = if components <= FEW { LARGE } else { READABLE };
    if pixels >= least {
        return None;
    }
    // Rounded down, so that the two figures never look the same.
    let pixels = pixels.floor();
    let message = format!(
        "the smallest words are {pixels:.0} pixels high on a slide of 1920 × 1080, and should have {least:.0}"
    );
    let told = Diagnostic::new(Code::SmallText, message);
    let proposals = proposals(architecture, components);
    Some(if proposals.is_empty() {
        told.help("draw fewer components on a slide")
    } else {
        told.help(format!("split it: {}", proposals.join(", or ")))
    })
}

fn leaves(architecture: &Architecture) -> impl Iterator<Item = PartId> {
    let parts = architecture.parts();
    parts.filter(|(_, part)| !part.is_group()).map(|(id, _)| id)
}

/// Smaller views: the groups one by one, all of them closed, or else the surroundings of the component with most links.
fn proposals(architecture: &Architecture, components: usize) -> Vec<String> {
    let held = held(architecture);
    let mut proposals = Vec::new();
    let pieces: Vec<String> = pieces(architecture, &held, components)
        .into_iter()
        .filter_map(|group| typed(architecture, group))
        .map(|name| format!("`--only {name}`"))
        .take(PIECES)
        .collect();
    if pieces.len() > 1 {
        proposals.push(format!("{} one by one", pieces.join(", ")));
    } else {
        proposals.extend(pieces);
    }
    if let Some((depth, left)) = overview(architecture, &held, components) {
        proposals.push(format!("`--depth {depth}` for an overview of {left}"));
    }
    if proposals.is_empty() {
        proposals.extend(surroundings(architecture, components));
    }
    proposals
}

/// How many components are in each part, itself included.
fn held(architecture: &Architecture) -> Vec<usize> {
    let mut held = vec![0_usize; architecture.part_count()];
    for id in architecture.preorder().into_iter().rev() {
        if !architecture.part(id).is_group() {
            held[id.index()] = 1;
        }
        if let Some(parent) = architecture.part(id).parent {
            held[parent.index()] += held[id.index()];
        }
    }
    held
}

/// The groups that make pictures of their own: the outermost ones, or where one holds nearly everything, those in it.
fn pieces(architecture: &Architecture, held: &[usize], components: usize) -> Vec<PartId> {
    let mut level = None;
    // Each round goes one group deeper, and there are only so many.
    for _ in 0..architecture.part_count() {
        let children = architecture.children(level).iter().copied();
        let groups: Vec<PartId> = children
            .filter(|id| architecture.part(*id).is_group() && held[id.index()] > 1)
            .collect();
        match groups[..] {
            [one] => level = Some(one),
            [] => {
                return level
                    .filter(|id| held[id.index()] < components)
                    .into_iter()
                    .collect();
            }
            _ => return groups,
        }
    }
    Vec::new()
}

/// The depth to which groups stay open so that few components are left, and how many these are.
fn overview(
    architecture: &Architecture,
    held: &[usize],
    components: usize,
) -> Option<(usize, usize)> {
    // How many groups lie around each part; what is drawn at a depth is what has at most as many around it.
    let mut around = vec![0_usize; held.len()];
    for id in architecture.preorder() {
        if let Some(parent) = architecture.part(id).parent {
            around[id.index()] = around[parent.index()] + 1;
        }
    }
    let deepest = around.iter().copied().max().unwrap_or_default();
    let mut left = vec![0_usize; deepest + 1];
    for (id, part) in architecture.parts() {
        let (at, full) = (around[id.index()], held[id.index()] > 0);
        if !part.is_group() {
            left[at..].iter_mut().for_each(|count| *count += 1);
        } else if full {
            // A closed group is one component at its own depth alone.
            left[at] += 1;
        }
    }
    let depths = left.iter().copied().enumerate();
    let smaller = depths.filter(|(_, left)| *left > 1 && *left < components);
    let few = |(_, left): &(usize, usize)| *left <= FEW;
    let all: Vec<(usize, usize)> = smaller.collect();
    let widest = all.iter().copied().rfind(few);
    widest.or_else(|| all.first().copied())
}

/// What is one link away from the component with most links.
fn surroundings(architecture: &Architecture, components: usize) -> Option<String> {
    let near = |id: PartId| {
        let mut near: Vec<PartId> = architecture.graph().neighbors_undirected(id).collect();
        near.push(id);
        near.sort_unstable();
        near.dedup();
        near.len()
    };
    let counted = leaves(architecture).map(|id| (near(id), id));
    let fitting = counted.filter(|(count, _)| *count > 1 && *count < components);
    // Of several the first.
    let (_, hub) = fitting.reduce(|best, one| if one.0 > best.0 { one } else { best })?;
    typed(architecture, hub).map(|name| format!("`--around {name}:1`"))
}

/// The id of a part as one types it in a shell; `None` where it has characters that would need more than quotes.
fn typed(architecture: &Architecture, id: PartId) -> Option<String> {
    let id = &*architecture.part(id).id;
    if id.starts_with('-') {
        return None;
    }
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let quoted = |letter: char| plain(letter) || matches!(letter, ' ' | '/' | '(' | ')' | '&');
    if id.chars().all(plain) {
        Some(id.to_owned())
    } else if id.chars().all(quoted) {
        Some(format!("'{id}'"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Body, Component, Group, Link, Part};
    use crate::view::{View, select};

    /// So many components in each of these groups; those of `""` stand outside.
    fn city(groups: &[(&str, usize)]) -> Architecture {
        let mut city = Architecture::new();
        let mut add = |id: String, parent: Option<PartId>, body: Body| {
            let part = Part {
                label: id.to_uppercase(),
                id: id.into(),
                parent,
                aliases: Vec::new(),
                description: Vec::new(),
                href: None,
                evidence: Vec::new(),
                introduced: true,
                body,
            };
            city.add_part(part).unwrap()
        };
        for (name, count) in groups {
            let group = (!name.is_empty())
                .then(|| add((*name).to_owned(), None, Body::Group(Group::default())));
            for at in 0..*count {
                let body = Body::Component(Component::default());
                add(format!("c{name}{at}"), group, body);
            }
        }
        city
    }

    fn help(architecture: &Architecture) -> String {
        too_small(architecture, 9.0).unwrap().help.unwrap()
    }

    fn drawn(architecture: &Architecture, view: &View) -> usize {
        let (shown, complaints) = select(architecture.clone(), view);
        assert_eq!(complaints, []);
        leaves(&shown).count()
    }

    #[test]
    fn few_components_must_be_larger_than_many() {
        let few = city(&[("", 12)]);
        assert!(too_small(&few, 24.0).is_none());
        let told = too_small(&few, 22.0).unwrap();
        assert!(
            told.message.contains("22 pixels") && told.message.contains("24"),
            "{}",
            told.message
        );
        let many = city(&[("", 13)]);
        assert!(too_small(&many, 14.0).is_none());
        assert!(too_small(&many, 13.0).is_some());
    }

    #[test]
    fn groups_are_proposed_one_by_one_and_closed() {
        let city = city(&[("north", 8), ("south", 9), ("", 1)]);
        let help = help(&city);
        assert_eq!(
            help,
            "split it: `--only north`, `--only south` one by one, or `--depth 0` for an overview of 3"
        );
        // What is proposed is what comes out.
        let only = |name: &str| View {
            only: vec![name.to_owned()],
            ..View::default()
        };
        assert_eq!(drawn(&city, &only("north")), 8);
        assert_eq!(drawn(&city, &only("south")), 9);
        let depth = View {
            depth: Some(0),
            ..View::default()
        };
        assert_eq!(drawn(&city, &depth), 3);
    }

    #[test]
    fn one_group_around_everything_is_looked_into() {
        let mut town = city(&[("all", 1)]);
        let all = town.find("all").unwrap();
        for group in ["east", "west side"] {
            let whole = city(&[(group, 7)]);
            for (_, part) in whole.parts() {
                let parent = part.parent.map(|_| town.find(group).unwrap()).or(Some(all));
                town.add_part(Part {
                    parent,
                    ..part.clone()
                })
                .unwrap();
            }
        }
        let help = help(&town);
        assert!(
            help.contains("`--only east`, `--only 'west side'`"),
            "{help}"
        );
        assert!(help.contains("`--depth 1` for an overview of 3"), "{help}");
        let depth = View {
            depth: Some(1),
            ..View::default()
        };
        assert_eq!(drawn(&town, &depth), 3);
    }

    #[test]
    fn without_groups_the_busiest_component_and_its_neighbours_are_proposed() {
        let mut city = city(&[("", 20)]);
        assert!(help(&city).contains("fewer components"));
        let hub = city.find("c3").unwrap();
        for other in ["c5", "c7", "c9"] {
            let other = city.find(other).unwrap();
            city.add_link(other, hub, Link::default());
        }
        assert_eq!(help(&city), "split it: `--around c3:1`");
        let view = View {
            around: vec![("c3".to_owned(), 1)],
            ..View::default()
        };
        assert_eq!(drawn(&city, &view), 4);
    }
}
