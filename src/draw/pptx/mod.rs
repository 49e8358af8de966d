//! A deck of native shapes: one shape a component with its own text, connectors glued to the shapes, groups grouped, evidence in the speaker notes.
//!
//! The XML is `PresentationML` (ECMA-376, part 1), as little of it as `PowerPoint` opens without a word. Lengths are EMU: 914,400 an inch.

mod colour;
mod connector;
mod deck;
mod notes;
mod shape;
mod slide;
mod words;

use super::Settings;
use crate::geom::Size;
use crate::model::Architecture;
use crate::scene::Scene;

/// Writes the deck.
pub(super) fn draw(architecture: &Architecture, scene: &Scene, settings: &Settings) -> Vec<u8> {
    let slides = if settings.steps && scene.steps.len() > 1 {
        let mut shown = slide::Shown::base(scene);
        let steps = scene.steps.iter().map(|step| {
            shown.add(step);
            slide::slide(architecture, scene, &shown)
        });
        steps.collect()
    } else {
        vec![slide::slide(
            architecture,
            scene,
            &slide::Shown::everything(scene),
        )]
    };
    deck::pack(scene, &slides)
}

/// What a picture fills of a slide, under the title, in hundredths of an inch.
pub(super) const ROOM: Size = Size::new(1227.0, 630.0);

/// Of a slide, in EMU: 16:9.
const SLIDE: (i64, i64) = (12_192_000, 6_858_000);

/// A whole number of EMU.
fn emu(length: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "clamped to what fits")]
    let whole = length.clamp(-5e7, 5e7).round() as i64;
    whole
}
