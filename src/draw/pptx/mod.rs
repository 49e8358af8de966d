//! A deck of native shapes: one shape a component with its own text, connectors glued to the shapes, groups grouped, evidence in the speaker notes.
//!
//! The XML is `PresentationML` (ECMA-376, part 1), as little of it as `PowerPoint` opens without a word. Lengths are EMU: 914,400 an inch.

mod colour;
mod connector;
mod deck;
mod geometry;
mod notes;
mod shape;
mod slide;
mod words;

use super::Settings;
use crate::geom::Size;
use crate::model::Architecture;
use crate::scene::Scene;

pub(in crate::draw) use slide::pixels;

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

#[cfg(test)]
mod tests {
    use super::shape::Map;
    use crate::draw::{FORMATS, format};
    use crate::geom::{Rect, Size};
    use crate::model::{Code, Source, Sources};
    use crate::scene::MARGIN;
    use crate::{Options, draw_sources};

    fn told(components: usize) -> Option<String> {
        let row = |n: usize| format!("  - {{id: a{n}, group: g{}}}\n", n % 2);
        let rows: Vec<String> = (0..components).map(row).collect();
        let text = format!(
            "groups: [{{id: g0, label: North}}, {{id: g1, label: South}}]\ncomponents:\n{}",
            rows.concat()
        );
        let mut sources = Sources::default();
        sources.add(Source::new("a.yaml", text));
        let options = Options {
            format: format("pptx").unwrap_or(&FORMATS[0]),
            ..Options::default()
        };
        let drawing = draw_sources(&sources, &options, &mut ());
        let mut told = drawing.diagnostics.into_iter();
        let told = told.find(|told| told.code == Code::SmallText)?;
        told.help
    }

    #[test]
    fn what_is_drawn_reaches_the_margins_of_the_slide_and_the_margin_of_the_picture_does_not_count()
    {
        let room = Rect::new(500.0, 500.0, 10_500.0, 9000.0);
        let map = Map::fit(Size::new(1000.0 + 2.0 * MARGIN, 300.0), room, 1e9);
        assert_eq!((map.x(MARGIN), map.x(1000.0 + MARGIN)), (500, 10_500));
        let map = Map::fit(Size::new(300.0, 850.0 + 1.5 * MARGIN), room, 1e9);
        assert_eq!((map.y(MARGIN), map.y(850.0 + MARGIN)), (500, 9000));
    }

    #[test]
    fn sixteen_to_nine_is_the_slide_itself() {
        let deck = |fit| {
            let mut sources = Sources::default();
            let text = include_str!("../../../diagrams/cluster-components.yaml");
            sources.add(Source::new("a.yaml", text));
            let options = Options {
                format: format("pptx").unwrap_or(&FORMATS[0]),
                layout: crate::layout::Options {
                    fit,
                    ..crate::layout::Options::default()
                },
                ..Options::default()
            };
            draw_sources(&sources, &options, &mut ()).bytes
        };
        let plain = deck(None);
        assert!(deck(Some(Size::new(16.0, 9.0))) == plain);
        assert!(deck(Some(Size::new(1.0, 1.0))) != plain);
    }

    #[test]
    fn who_cannot_be_read_in_the_last_row_is_told_how_to_split() {
        assert_eq!(told(6), None);
        let help = told(400).unwrap();
        assert!(help.contains("`--only g0`, `--only g1`"), "{help}");
    }
}
