//! The picture or the architecture becomes bytes: the table [`FORMATS`] and a file an entry.

mod dot;
mod file;
mod json;
mod nest;
pub mod number;
mod svg;
mod yaml;

pub use svg::Text;

use crate::model::Architecture;
use crate::scene::{Scene, Theme};

/// A format that can be written.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its name, for `--format`.
    pub name: &'static str,
    /// File endings that mean it, in lower case.
    pub endings: &'static [&'static str],
    /// What it is good for, in a few words.
    pub about: &'static str,
    /// Whether it is not text: a terminal must not get it.
    pub binary: bool,
    /// Writes it.
    pub draw: Draw,
}

/// What a format is made of.
#[derive(Debug, Clone, Copy)]
pub enum Draw {
    /// Of the picture alone.
    Scene(fn(&Scene, &Settings) -> Vec<u8>),
    /// Of the architecture alone, in the colours of a theme: another program lays it out.
    Architecture(fn(&Architecture, &Theme, &Settings) -> Vec<u8>),
    /// Of the architecture with the places of its parts.
    Both(fn(&Architecture, &Scene, &Settings) -> Vec<u8>),
}

/// What the user may set for a format.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// How an SVG holds its words.
    pub text: Text,
}

/// Every format that can be written.
pub const FORMATS: &[Format] = &[
    Format {
        name: "svg",
        endings: &["svg"],
        about: "a picture that stands alone: for docs and slides",
        binary: false,
        draw: Draw::Scene(svg::draw),
    },
    Format {
        name: "json",
        endings: &["json"],
        about: "the architecture with evidence and geometry: for programs, and to be read again",
        binary: false,
        draw: Draw::Both(json::draw),
    },
    Format {
        name: "yaml",
        endings: &["yaml", "yml"],
        about: "the architecture as a diagram file: to go on by hand",
        binary: false,
        draw: Draw::Architecture(yaml::draw),
    },
    Format {
        name: "dot",
        endings: &["dot", "gv"],
        about: "for Graphviz, which lays it out itself",
        binary: false,
        draw: Draw::Architecture(dot::draw),
    },
];

/// The format of that name, or with that file ending.
pub fn format(name: &str) -> Option<&'static Format> {
    let name = name.to_ascii_lowercase();
    FORMATS
        .iter()
        .find(|format| format.name == name || format.endings.contains(&name.as_str()))
}

/// Writes a picture, or the architecture that it shows.
pub fn draw(
    format: &Format,
    scene: &Scene,
    architecture: &Architecture,
    settings: &Settings,
) -> Vec<u8> {
    match format.draw {
        Draw::Scene(draw) => draw(scene, settings),
        Draw::Architecture(draw) => draw(architecture, &scene.theme, settings),
        Draw::Both(draw) => draw(architecture, scene, settings),
    }
}
