//! The one source of text widths: faces, measuring, wrapping, subsets.
//!
//! What is measured here is what is drawn: the SVG embeds a subset of the same faces.

mod faces;
mod measure;
mod subset;
mod wrap;

pub use faces::{FALLBACK, FAMILY, Face, Weight};
pub use measure::Fonts;
pub use subset::subset;
pub use wrap::{Line, wrap};
