//! The inks of parts and links in formats that another program draws, and what else these formats need of a picture.

use super::theme::Hue;
use super::{Ink, ground, icons};
use crate::model::{Architecture, Basis, Component, Light, Link, LinkId, Part, PartId};

/// What is inside of a part, and what is around it. Groups are as in our own picture; a component, which has no icon there, gets its icon's colours.
pub fn inks(architecture: &Architecture, id: PartId) -> (Ink, Ink) {
    let (fill, line) = plain(architecture, id);
    let group = architecture.part(id).is_group();
    match architecture.marks.lights.parts.get(&id) {
        None => (fill, line),
        Some(Light::Lit) => (fill, Ink::Lit),
        Some(Light::Faded) if group => (fill, Ink::QuietFrame),
        Some(Light::Faded) => (Ink::QuietTile, Ink::QuietLine),
    }
}

/// Of the name of a part.
pub fn name_ink(architecture: &Architecture, id: PartId) -> Ink {
    let faded = architecture.marks.lights.parts.get(&id) == Some(&Light::Faded);
    match (architecture.part(id).is_group(), faded) {
        (false, false) => Ink::Text,
        (false, true) => Ink::QuietText,
        (true, false) => Ink::Title,
        (true, true) => Ink::QuietTitle,
    }
}

fn plain(architecture: &Architecture, id: PartId) -> (Ink, Ink) {
    let part = architecture.part(id);
    match part.component() {
        Some(component) if component.external => (Ink::Canvas, Ink::Outside),
        Some(component) => icons::of(part, component).map_or((Ink::Box, Ink::BoxLine), |glyph| {
            (glyph.hue.tile(), glyph.hue.icon())
        }),
        None => {
            let plain = if architecture.ancestors(id).count().is_multiple_of(2) {
                Ink::Frame
            } else {
                Ink::FrameOdd
            };
            ground::hue(architecture, id)
                .and_then(Hue::frame)
                .unwrap_or((plain, Ink::FrameLine))
        }
    }
}

/// Whether a component would have another icon if what the built-in knowledge calls it were forgotten.
pub fn needs_known_name(part: &Part) -> bool {
    part.component().is_some_and(|component| {
        let forgotten = Component {
            known_as: None,
            ..component.clone()
        };
        icons::of(part, component) != icons::of(part, &forgotten)
    })
}

/// Of a link: its line, and its words.
pub fn link_inks(architecture: &Architecture, id: LinkId, link: &Link) -> (Ink, Ink) {
    let line = match link.basis {
        Basis::Stated => Ink::Link,
        Basis::Known => Ink::Known,
    };
    match architecture.marks.lights.links.get(&id) {
        None => (line, Ink::Label),
        Some(Light::Lit) => (Ink::Lit, Ink::Label),
        Some(Light::Faded) => (Ink::QuietLine, Ink::QuietLabel),
    }
}
