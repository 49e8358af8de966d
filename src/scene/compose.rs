//! Boxes and routes come back from the layout and become the picture.

use super::ground::Ground;
use super::icons::Outlines;
use super::measure::Measured;
use super::phrasebook::Phrasebook;
use super::theme::Theme;
use super::words::shown;
use super::{Scene, card, legend, lights, link, marks, steps, told};
use crate::font::Fonts;
use crate::geom::{Point, Size, Vec2};
use crate::layout::Layout;
use crate::model::Architecture;

/// Around the whole picture, px.
pub const MARGIN: f64 = 12.0;
/// Between the picture and its legend.
const ABOVE_LEGEND: f64 = 10.0;

/// Joins an architecture with its layout.
pub fn compose(
    architecture: &Architecture,
    measured: &Measured,
    layout: &Layout,
    theme: Theme,
    fonts: &mut Fonts,
) -> Scene {
    let book = Phrasebook::of(architecture.language.as_deref());
    let shift = Vec2::new(MARGIN, MARGIN);
    let ground = Ground::new(architecture, measured, layout, shift);
    let mut items = ground.items(architecture, measured, layout, shift);
    items.extend(link::links(architecture, measured, layout, shift, &ground));
    let mut icons = Outlines::default();
    for (at, id) in measured.parts.iter().enumerate() {
        if !architecture.part(*id).is_group() {
            let place = layout.boxes[at] + shift;
            items.push(card::card(
                architecture,
                (*id, at),
                measured,
                place,
                &mut icons,
            ));
        }
    }
    let mut size = layout.size + Size::new(2.0 * MARGIN, 2.0 * MARGIN);
    let place = Point::new(MARGIN, layout.size.height + MARGIN + ABOVE_LEGEND);
    if let Some((item, legend)) =
        legend::legend(architecture, &book, fonts, (place, layout.size.width))
    {
        items.push(item);
        size.height = place.y + legend.height + MARGIN - 6.0;
        size.width = size.width.max(legend.width + 2.0 * MARGIN);
    }
    let mut scene = Scene {
        size: Size::new(size.width.max(1.0).ceil(), size.height.max(1.0).ceil()),
        title: shown(architecture.title.as_deref().unwrap_or(&book.untitled)),
        description: told::description(architecture, &book),
        language: architecture.language.as_deref().map(shown),
        theme,
        steps: steps::steps(architecture, &items),
        items,
    };
    lights::light(&mut scene, architecture);
    marks::mark(&mut scene, architecture, fonts);
    scene
}
