//! The one source of text widths: faces, measuring, wrapping, subsets.
//!
//! What is measured here is what is drawn: the SVG embeds a subset of the same faces.

mod faces;
mod measure;
mod shape;
mod subset;
mod wrap;

pub use faces::{FALLBACK, FAMILY, Face, OWN, Weight};
pub use measure::Fonts;
pub use shape::{Glyph, leftward};
pub use subset::subset;
pub use wrap::{Line, wrap};
