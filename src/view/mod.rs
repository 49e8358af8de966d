//! Which part of an architecture is shown: an architecture becomes a smaller one.
//!
//! [`choose`] says what becomes of each part (it is kept, it goes into a collapsed group, it is left out), [`rebuild`] makes the
//! architecture in which that has happened, [`light`] what stands out in it.

mod choose;
mod light;
mod rebuild;
mod split;

pub use split::too_small;

use crate::model::{Architecture, Basis, Code, Diagnostic, Name, PartId, Tier, nearest};

/// What is shown. A value, not a mode: two views of one architecture never influence each other.
///
/// Parts are named by id, label or alias, in any spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Whether links are shown that the built-in knowledge adds.
    pub known: bool,
    /// The least sure links that are shown.
    pub tier: Tier,
    /// Only these, and what they hold; empty: all.
    pub only: Vec<String>,
    /// Only these, and what is at most so many links away; empty: all.
    pub around: Vec<(String, u32)>,
    /// Not these, nor what they hold.
    pub hide: Vec<String>,
    /// Groups with so many groups around them are drawn as one component; `None`: no group is.
    pub depth: Option<u32>,
    /// These stand out, with what they hold and their links, and the rest steps back; empty: nothing does.
    pub highlight: Vec<String>,
}

impl Default for View {
    fn default() -> Self {
        Self {
            known: true,
            tier: Tier::Derived,
            only: Vec::new(),
            around: Vec::new(),
            hide: Vec::new(),
            depth: None,
            highlight: Vec::new(),
        }
    }
}

/// What becomes of a part in a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It is shown.
    Kept,
    /// It is a group that is shown as one component.
    Collapsed,
    /// It is inside that collapsed group, which takes its links.
    Within(PartId),
    /// It is not shown.
    Left,
}

/// The part of `architecture` that `view` shows, and a complaint for each name in the view that nothing has.
///
/// Linear in parts and links, for each name in `around` again.
pub fn select(architecture: Architecture, view: &View) -> (Architecture, Vec<Diagnostic>) {
    let mut complaints = Vec::new();
    let shown = architecture
        .with_links(|link| (view.known || link.basis == Basis::Stated) && link.tier <= view.tier);
    let fates = choose::fates(&shown, view, &mut complaints);
    let all = fates.iter().all(|fate| *fate == Fate::Kept);
    let smaller = (!all).then(|| rebuild::rebuild(&shown, &fates));
    let drawn = smaller.as_ref().unwrap_or(&shown);
    let lights = light::lights(&shown, drawn, &view.highlight, &mut complaints);
    let mut drawn = smaller.unwrap_or(shown);
    drawn.marks.lights = lights;
    (drawn, complaints)
}

/// The part that `name` names: by its id, else by its label, else by another of its names.
fn find(
    architecture: &Architecture,
    name: &str,
    complaints: &mut Vec<Diagnostic>,
) -> Option<PartId> {
    let wanted = Name::of(name);
    let labelled = |(_, part): &(PartId, &crate::model::Part)| Name::of(&part.label) == wanted;
    let also = |(_, part): &(PartId, &crate::model::Part)| {
        part.aliases.iter().any(|alias| Name::of(alias) == wanted)
    };
    let found = architecture
        .find(name)
        .or_else(|| architecture.parts().find(labelled).map(|(id, _)| id))
        .or_else(|| architecture.parts().find(also).map(|(id, _)| id));
    if found.is_none() {
        let message = format!("no component or group is called `{name}`");
        let complaint = Diagnostic::new(Code::UnresolvedName, message);
        let names = architecture
            .parts()
            .flat_map(|(_, part)| [&*part.id, &part.label]);
        complaints.push(match nearest(name, names) {
            Some(near) => complaint.help(format!("did you mean `{near}`?")),
            None => complaint.help("`k8sdiag explain` lists all names"),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Body, Component, Group, Light, Link, Part};

    /// `web → api → db → disk`; api and db are in `inner`, which is in `outer`, which holds `cache` too.
    fn shop() -> Architecture {
        let mut shop = Architecture::new();
        let rows = [
            ("outer", None, true),
            ("inner", Some("outer"), true),
            ("web", None, false),
            ("api", Some("inner"), false),
            ("db", Some("inner"), false),
            ("cache", Some("outer"), false),
            ("disk", None, false),
        ];
        for (id, parent, group) in rows {
            let body = if group {
                Body::Group(Group::default())
            } else {
                Body::Component(Component::default())
            };
            let part = Part {
                id: id.into(),
                label: id.to_uppercase(),
                parent: parent.and_then(|parent| shop.find(parent)),
                aliases: vec![format!("the {id}")],
                description: Vec::new(),
                href: None,
                evidence: Vec::new(),
                introduced: true,
                body,
            };
            shop.add_part(part).unwrap();
        }
        for (from, to) in [
            ("web", "api"),
            ("api", "db"),
            ("db", "disk"),
            ("web", "cache"),
        ] {
            let ends = (shop.find(from).unwrap(), shop.find(to).unwrap());
            shop.add_link(ends.0, ends.1, Link::default());
        }
        shop
    }

    fn drawn(view: &View) -> String {
        let (shown, complaints) = select(shop(), view);
        assert_eq!(complaints, []);
        let mut words: Vec<String> = shown
            .preorder()
            .iter()
            .map(|id| {
                let around = shown.ancestors(*id).count();
                format!("{}{}", "-".repeat(around), shown.part(*id).id)
            })
            .collect();
        let name = |id| shown.part(id).id.clone();
        words.extend(
            shown
                .links()
                .map(|(_, from, to, _)| format!("{}>{}", name(from), name(to))),
        );
        words.join(" ")
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn only_a_group_is_shown_in_its_frames() {
        let only = names(&["Inner"]);
        let view = View {
            only,
            ..View::default()
        };
        assert_eq!(drawn(&view), "outer -inner --api --db api>db");
    }

    #[test]
    fn around_a_component_stand_its_neighbours() {
        let around = vec![("the api".to_owned(), 1)];
        let view = View {
            around,
            ..View::default()
        };
        assert_eq!(drawn(&view), "outer -inner --api --db web web>api api>db");
    }

    #[test]
    fn what_is_hidden_takes_its_links_along() {
        let hide = names(&["inner", "disk"]);
        let view = View {
            hide,
            ..View::default()
        };
        assert_eq!(drawn(&view), "outer -cache web web>cache");
    }

    #[test]
    fn a_collapsed_group_takes_the_links_of_what_it_holds() {
        let depth = |depth| View {
            depth: Some(depth),
            ..View::default()
        };
        assert_eq!(
            drawn(&depth(1)),
            "outer -inner -cache web disk web>inner inner>disk web>cache"
        );
        assert_eq!(drawn(&depth(0)), "outer web disk web>outer outer>disk");
        assert_eq!(drawn(&depth(9)), drawn(&View::default()));
    }

    /// Every part and link that has a light, in capitals where it stands out.
    fn lights(view: &View) -> String {
        let (shown, complaints) = select(shop(), view);
        assert_eq!(complaints, []);
        let said = |light: Option<&Light>, words: String| match light {
            Some(Light::Lit) => Some(words.to_uppercase()),
            Some(Light::Faded) => Some(words),
            None => None,
        };
        let lights = &shown.marks.lights;
        let name = |id| &*shown.part(id).id;
        let parts = shown.parts();
        let parts = parts.filter_map(|(id, part)| said(lights.parts.get(&id), part.id.to_string()));
        let links = shown.links().filter_map(|(id, from, to, _)| {
            said(
                lights.links.get(&id),
                format!("{}>{}", name(from), name(to)),
            )
        });
        parts.chain(links).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_highlighted_stands_out_with_its_links_and_the_rest_steps_back() {
        let mut view = View::default();
        assert_eq!(lights(&view), "");
        view.highlight = names(&["the DB"]);
        // The groups around it stay as they are.
        let one = "web api DB cache disk web>api API>DB DB>DISK web>cache";
        assert_eq!(lights(&view), one);
        view.highlight = names(&["inner", "disk"]);
        let group = "INNER web API DB cache DISK WEB>API API>DB DB>DISK web>cache";
        assert_eq!(lights(&view), group);
    }

    #[test]
    fn a_closed_group_stands_out_for_what_it_holds_and_what_is_hidden_is_complained_of() {
        let mut view = View {
            highlight: names(&["api"]),
            depth: Some(1),
            ..View::default()
        };
        assert_eq!(
            lights(&view),
            "INNER cache web disk WEB>INNER INNER>DISK web>cache"
        );
        view.depth = None;
        view.hide = names(&["api"]);
        let (shown, complaints) = select(shop(), &view);
        assert_eq!(shown.marks.lights, crate::model::Lights::default());
        assert_eq!(complaints.len(), 1);
        assert!(complaints[0].message.contains("`api`"));
        view.highlight = names(&["cahce"]);
        let (_, complaints) = select(shop(), &view);
        assert_eq!(complaints[0].help.as_deref(), Some("did you mean `cache`?"));
    }

    #[test]
    fn a_name_that_nothing_has_is_complained_of() {
        let hide = names(&["cahce"]);
        let (_, complaints) = select(
            shop(),
            &View {
                hide,
                ..View::default()
            },
        );
        assert_eq!(complaints.len(), 1);
        assert_eq!(complaints[0].help.as_deref(), Some("did you mean `cache`?"));
    }
}
