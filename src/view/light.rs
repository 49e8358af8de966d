//! What a view highlights: named parts stand out with their links, what is around them stays as it is, the rest steps back.

use super::choose::{with_frames, within};
use super::find;
use crate::model::{Architecture, Code, Diagnostic, Light, Lights, PartId};

/// The lights of `shown`, a part of `whole`, in which `names` are highlighted. Linear in parts and links.
pub(super) fn lights(
    whole: &Architecture,
    shown: &Architecture,
    names: &[String],
    complaints: &mut Vec<Diagnostic>,
) -> Lights {
    let mut lit = Vec::new();
    for name in names {
        let Some(wanted) = find(whole, name, complaints) else {
            continue;
        };
        match stand_in(whole, shown, wanted) {
            Some(part) => lit.push(part),
            None => complaints.push(hidden(name)),
        }
    }
    if lit.is_empty() {
        return Lights::default();
    }
    let lit = within(shown, lit.into_iter());
    let plain = with_frames(shown, lit.clone());
    let mut lights = Lights::default();
    for (id, _) in shown.parts() {
        if lit[id.index()] {
            lights.parts.insert(id, Light::Lit);
        } else if !plain[id.index()] {
            lights.parts.insert(id, Light::Faded);
        }
    }
    for (id, from, to, _) in shown.links() {
        let light = if lit[from.index()] || lit[to.index()] {
            Light::Lit
        } else {
            Light::Faded
        };
        lights.links.insert(id, light);
    }
    lights
}

/// What stands for a part in what is shown: the part itself, or the group that is drawn as one component around it.
fn stand_in(whole: &Architecture, shown: &Architecture, part: PartId) -> Option<PartId> {
    let in_shown = |id: PartId| shown.find(&whole.part(id).id);
    let around = || {
        let groups = whole.ancestors(part).filter_map(in_shown);
        let mut closed = groups.filter(|group| !shown.part(*group).is_group());
        closed.next()
    };
    in_shown(part).or_else(around)
}

fn hidden(name: &str) -> Diagnostic {
    let message = format!("`{name}` shall stand out, and is not in this view");
    Diagnostic::new(Code::UnresolvedName, message)
        .help("take it into the view, or out of `--highlight`")
}
