//! The one source of text widths: faces, measuring, wrapping, subsets.
//!
//! What is measured here is what is drawn: the SVG embeds a subset of the same faces.

mod about;
mod faces;
mod family;
mod measure;
mod prefer;
mod redraw;
mod shape;
mod subset;
mod wrap;

pub use about::{About, Reader};
pub use faces::{FALLBACK, FAMILY, Face, OWN, Weight};
pub use family::{Candidate, Family, File, Finder, Wanted, candidates, chosen};
pub use measure::Fonts;
#[cfg(test)]
pub(crate) use redraw::of_one;
pub use shape::{Glyph, leftward};
pub use subset::subset;
pub use wrap::{Line, wrap};
