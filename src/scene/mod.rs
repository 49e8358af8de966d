//! The picture, finished: every shape absolute, every colour named, nothing left to decide for a format.
//!
//! [`measure()`] turns an architecture into boxes with sizes for the layout; [`compose()`] joins what came back with the words, icons and colours.

mod card;
mod compose;
mod ground;
mod icons;
mod ink;
mod legend;
mod lights;
mod link;
mod marks;
mod measure;
mod missing;
mod phrasebook;
mod route;
mod steps;
mod theme;
mod theme_file;
mod told;
mod words;

pub use compose::{MARGIN, compose};
pub use ink::{inks, link_inks, name_ink, needs_known_name};
pub use measure::{Measured, direction, measure};
pub use missing::{found, lacking, missing};
pub use steps::Step;
pub use theme::{AUTO, Ink, Palette, THEMES, Theme};
pub use theme_file::Inks;
pub use told::{Said, href, places};
pub use words::shown;

use crate::font::Weight;
use crate::geom::{self, BezPath, Point, Rect, Route, Size};
use crate::model::{LinkId, PartId};
use std::sync::Arc;

/// A finished picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Of the whole, in px, margins included.
    pub size: Size,
    /// What it is called.
    pub title: String,
    /// What it shows, in a few sentences, for those who do not see it.
    pub description: String,
    /// The language of its words, as a code.
    pub language: Option<String>,
    /// Its colours.
    pub theme: Theme,
    /// What is drawn, the first at the bottom.
    pub items: Vec<Item>,
    /// The order in which it may be shown piece by piece.
    pub steps: Vec<Step>,
}

/// Some shapes that belong together: a component, a group, a link, an entry of the legend.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What it stands for.
    pub subject: Subject,
    /// Where it is, for formats that have boxes and connectors of their own.
    pub place: Place,
    /// What is said of it when it is pointed at: its description and its evidence.
    pub tooltip: Option<String>,
    /// A page about it; only http, https, mailto and relative addresses.
    pub href: Option<String>,
    /// Its shapes, the first at the bottom. The first of a component or group is its outline, the first of a link its route.
    pub shapes: Vec<Shape>,
}

/// Where an item is, in px.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// A component or group.
    Box(Rect),
    /// A link, with the room of its label.
    Way(Route, Option<Rect>),
    /// The legend.
    Beside,
}

/// What an item stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// A component.
    Component(PartId, Arc<str>),
    /// A group.
    Group(PartId, Arc<str>),
    /// A link, and the ids of its ends.
    Link {
        /// The link.
        link: LinkId,
        /// Id of its source.
        from: Arc<str>,
        /// Id of its target.
        to: Arc<str>,
        /// Whether built-in knowledge added it.
        known: bool,
    },
    /// The legend.
    Legend,
}

/// Something to paint.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A rectangle.
    Rect {
        /// Where.
        rect: Rect,
        /// Of its corners, in px.
        radius: f64,
        /// Inside.
        fill: Option<Ink>,
        /// Around.
        stroke: Option<Stroke>,
    },
    /// Lines and curves.
    Path {
        /// Absolute.
        data: BezPath,
        /// Inside.
        fill: Option<Ink>,
        /// Along.
        stroke: Option<Stroke>,
    },
    /// One line of words.
    Text {
        /// The words.
        text: String,
        /// Where the baseline begins (or has its middle).
        at: Point,
        /// What `at` is of the line.
        anchor: Anchor,
        /// How heavy.
        weight: Weight,
        /// In px.
        size: f64,
        /// Colour.
        ink: Ink,
        /// As measured, in px.
        width: f64,
    },
}

impl Shape {
    /// The room that it takes, without the width of its lines.
    pub fn room(&self) -> Rect {
        match self {
            Self::Rect { rect, .. } => *rect,
            Self::Path { data, .. } => geom::bounds(data),
            Self::Text {
                at,
                anchor,
                size,
                width,
                ..
            } => {
                let left = match anchor {
                    Anchor::Start => at.x,
                    Anchor::Middle => at.x - width / 2.0,
                };
                Rect::new(left, at.y - size, left + width, at.y + size * 0.3)
            }
        }
    }
}

impl Item {
    /// Its name, whole: the first line of what is said of it.
    pub fn name(&self) -> &str {
        let told = self.tooltip.as_deref().unwrap_or_default();
        told.lines().next().unwrap_or_default()
    }

    /// The room of all its shapes.
    pub fn room(&self) -> Rect {
        let rooms = self.shapes.iter().map(Shape::room);
        rooms.reduce(|a, b| a.union(b)).unwrap_or_default()
    }

    /// Its words for a purpose, line by line: [`Ink::Text`] names a component, [`Ink::Title`] a group, [`Ink::Label`] stands at a link.
    pub fn lines(&self, wanted: Ink) -> Vec<&str> {
        let shapes = self.shapes.iter();
        shapes
            .filter_map(|shape| match shape {
                Shape::Text { text, ink, .. } if ink.purpose() == wanted => Some(text.as_str()),
                _ => None,
            })
            .collect()
    }

    /// The ink of its words for a purpose, which tells whether they step back.
    pub fn ink_of(&self, purpose: Ink) -> Ink {
        let found = self.shapes.iter().find_map(|shape| match shape {
            Shape::Text { ink, .. } if ink.purpose() == purpose => Some(*ink),
            _ => None,
        });
        found.unwrap_or(purpose)
    }

    /// How the line of a link is drawn.
    pub fn stroke(&self) -> Option<Stroke> {
        self.shapes.iter().find_map(|shape| match shape {
            Shape::Path { stroke, .. } => *stroke,
            _ => None,
        })
    }

    /// What lies behind the words of a link.
    pub fn ground(&self) -> Option<Ink> {
        self.shapes.iter().rev().find_map(|shape| match shape {
            Shape::Rect { fill, .. } => *fill,
            _ => None,
        })
    }
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub ink: Ink,
    /// In px.
    pub width: f64,
    /// Lengths of a dash and of the gap after it, in px.
    pub dash: Option<(f64, f64)>,
    /// How far into its dash or gap the line begins, in px.
    pub phase: f64,
}

impl Stroke {
    /// An unbroken line.
    pub fn solid(ink: Ink, width: f64) -> Self {
        Self {
            ink,
            width,
            dash: None,
            phase: 0.0,
        }
    }
}

/// Which point of a line of text is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
}
