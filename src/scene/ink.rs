//! The inks of parts and links in formats that another program draws, and what else these formats need of a picture.

use super::theme::Hue;
use super::{Ink, ground, icons};
use crate::model::{Architecture, Basis, Component, Link, Part, PartId};

/// What is inside of a part, and what is around it. Groups are as in our own picture; a component, which has no icon there, gets its icon's colours.
pub fn inks(architecture: &Architecture, id: PartId) -> (Ink, Ink) {
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

/// Of a link.
pub fn link_ink(link: &Link) -> Ink {
    match link.basis {
        Basis::Stated => Ink::Link,
        Basis::Known => Ink::Known,
    }
}
