//! Themes: which colour each ink of a picture has. A theme is a file in `themes/`, and no other place holds a colour.

macro_rules! inks {
    ($($(#[$doc:meta])* $ink:ident = $name:literal,)*) => {
        /// What a shape is painted with, by its purpose. Serialised names are those of the theme files and of the SVG's classes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Ink { $($(#[$doc])* $ink,)* }

        impl Ink {
            /// Every ink there is.
            pub const ALL: &[Self] = &[$(Self::$ink,)*];

            /// Its name in theme files.
            pub fn name(self) -> &'static str {
                match self { $(Self::$ink => $name,)* }
            }
        }
    };
}

inks! {
    /// Behind everything.
    Canvas = "canvas",
    /// Groups at an even depth.
    Frame = "frame",
    /// Groups at an odd depth.
    FrameOdd = "frame-odd",
    /// Around groups.
    FrameLine = "frame-line",
    /// Names of groups.
    Title = "title",
    /// Components.
    Box = "box",
    /// Around components.
    BoxLine = "box-line",
    /// Names of components.
    Text = "text",
    /// Second lines and the legend.
    Muted = "muted",
    /// Stated links.
    Link = "link",
    /// Known links.
    Known = "known",
    /// Words at links.
    Label = "label",
    /// Icons of what controls.
    Control = "control",
    /// Behind them.
    ControlTile = "control-tile",
    /// Groups of what controls.
    ControlFrame = "control-frame",
    /// Around these groups.
    ControlLine = "control-line",
    /// Icons of what stores.
    Store = "store",
    /// Behind them.
    StoreTile = "store-tile",
    /// Groups of what stores.
    StoreFrame = "store-frame",
    /// Around these groups.
    StoreLine = "store-line",
    /// Icons of what runs on nodes.
    Node = "node",
    /// Behind them.
    NodeTile = "node-tile",
    /// Groups of what runs on nodes.
    NodeFrame = "node-frame",
    /// Around these groups.
    NodeLine = "node-line",
    /// Icons of what lets traffic in.
    Edge = "edge",
    /// Behind them.
    EdgeTile = "edge-tile",
    /// Groups of what lets traffic in.
    EdgeFrame = "edge-frame",
    /// Around these groups.
    EdgeLine = "edge-line",
    /// What lies outside of the system.
    Outside = "outside",
    /// Behind the icons of what lies outside.
    OutsideTile = "outside-tile",
    /// Behind the numbers of steps.
    Badge = "badge",
    /// Numbers of steps.
    BadgeText = "badge-text",
    /// What is new since an older architecture.
    Added = "added",
    /// What is gone.
    Removed = "removed",
    /// What is another.
    Changed = "changed",
    /// What is elsewhere.
    Moved = "moved",
    /// Lines around and along what stands out.
    Lit = "lit",
    /// Names of components that step back.
    QuietText = "quiet-text",
    /// Names of groups that step back.
    QuietTitle = "quiet-title",
    /// Words at links that step back.
    QuietLabel = "quiet-label",
    /// Second lines of what steps back.
    QuietMuted = "quiet-muted",
    /// Behind the numbers of steps that step back.
    QuietBadge = "quiet-badge",
    /// Lines and icons of what steps back.
    QuietLine = "quiet-line",
    /// Around groups that step back.
    QuietFrame = "quiet-frame",
    /// Behind icons of what steps back.
    QuietTile = "quiet-tile",
}

impl Ink {
    /// What it is for, whether or not it steps back.
    #[must_use]
    pub fn purpose(self) -> Self {
        match self {
            Self::QuietText => Self::Text,
            Self::QuietTitle => Self::Title,
            Self::QuietLabel => Self::Label,
            Self::QuietMuted => Self::Muted,
            Self::QuietBadge => Self::Badge,
            other => other,
        }
    }

    /// The ink that is taken in a theme without this one: those of a diff and of a highlight may be left out.
    pub(super) fn else_as(self) -> Option<Self> {
        match self {
            Self::Added => Some(Self::Node),
            Self::Removed => Some(Self::Store),
            Self::Changed => Some(Self::Edge),
            Self::Moved => Some(Self::Control),
            Self::Lit => Some(Self::Badge),
            Self::QuietText => Some(Self::Muted),
            Self::QuietTitle | Self::QuietLabel | Self::QuietMuted | Self::QuietBadge => {
                Some(Self::QuietText)
            }
            Self::QuietLine => Some(Self::Known),
            Self::QuietFrame => Some(Self::FrameLine),
            Self::QuietTile => Some(Self::FrameOdd),
            _ => None,
        }
    }
}

/// What a component is about. Colour only repeats what the icon and the words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hue {
    Control,
    Store,
    Node,
    Edge,
    Outside,
}

impl Hue {
    /// Of its icon.
    pub(super) fn icon(self) -> Ink {
        match self {
            Self::Control => Ink::Control,
            Self::Store => Ink::Store,
            Self::Node => Ink::Node,
            Self::Edge => Ink::Edge,
            Self::Outside => Ink::Outside,
        }
    }

    /// Behind its icon.
    pub(super) fn tile(self) -> Ink {
        match self {
            Self::Control => Ink::ControlTile,
            Self::Store => Ink::StoreTile,
            Self::Node => Ink::NodeTile,
            Self::Edge => Ink::EdgeTile,
            Self::Outside => Ink::OutsideTile,
        }
    }

    /// Fill and line of a group that is about it; what lies outside has no colour of its own.
    pub(super) fn frame(self) -> Option<(Ink, Ink)> {
        match self {
            Self::Control => Some((Ink::ControlFrame, Ink::ControlLine)),
            Self::Store => Some((Ink::StoreFrame, Ink::StoreLine)),
            Self::Node => Some((Ink::NodeFrame, Ink::NodeLine)),
            Self::Edge => Some((Ink::EdgeFrame, Ink::EdgeLine)),
            Self::Outside => None,
        }
    }
}

/// The colours of one theme, as `#rrggbb`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Palette {
    pub(super) colours: Vec<String>,
}

impl Palette {
    /// The colour of an ink.
    pub fn colour(&self, ink: Ink) -> &str {
        self.colours
            .get(ink as usize)
            .map_or("#000000", String::as_str)
    }

    /// The same as red, green and blue.
    pub fn rgb(&self, ink: Ink) -> [u8; 3] {
        let digits = self.colour(ink).trim_start_matches('#');
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).unwrap_or(0).to_be_bytes();
        [red, green, blue]
    }
}

/// A theme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Theme {
    /// Its name, for `--theme`.
    pub name: String,
    /// What it is, in a few words.
    pub about: String,
    /// Its colours; in an adaptive theme, those for a light page.
    pub palette: Palette,
    /// The colours for a dark page, in a theme that follows its reader's setting.
    pub dark: Option<Palette>,
}

/// Every theme that ships: its name and its file. `auto` is `light` on a light page and `dark` on a dark one.
pub const THEMES: &[(&str, &str)] = &[
    ("light", include_str!("themes/light.yaml")),
    ("dark", include_str!("themes/dark.yaml")),
    ("print", include_str!("themes/print.yaml")),
    ("contrast", include_str!("themes/contrast.yaml")),
];

/// The name of the theme that follows its reader's setting.
pub const AUTO: &str = "auto";

impl Theme {
    /// The names of all themes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        THEMES.iter().map(|(name, _)| *name).chain([AUTO])
    }

    /// The theme of that name that ships.
    pub fn named(name: &str) -> Option<Self> {
        if name == AUTO {
            let light = Self::named("light")?;
            let dark = Self::named("dark")?;
            let about = "follows the reader's own setting".to_owned();
            return Some(Self {
                name: AUTO.to_owned(),
                about,
                palette: light.palette,
                dark: Some(dark.palette),
            });
        }
        let (_, text) = THEMES.iter().find(|(known, _)| *known == name)?;
        Self::read(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2.2), with a polynomial that follows the sRGB curve to half a percent: no `powf`, whose last digit differs between platforms.
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = u8::from_str_radix(colour.get(at..at + 2).unwrap(), 16).unwrap();
            let x = f64::from(value) / 255.0;
            x * (x * (x * 0.305_306_011 + 0.682_171_111) + 0.012_522_878)
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_theme_can_be_read_by_everybody() {
        let grounds = [
            Ink::Canvas,
            Ink::Frame,
            Ink::FrameOdd,
            Ink::ControlFrame,
            Ink::StoreFrame,
            Ink::NodeFrame,
            Ink::EdgeFrame,
        ];
        let words = [
            (Ink::Text, &[Ink::Box, Ink::Canvas][..]),
            (Ink::Title, &grounds),
            (Ink::Label, &grounds),
            (Ink::Muted, &[Ink::Canvas, Ink::Box]),
            (Ink::BadgeText, &[Ink::Badge, Ink::QuietBadge]),
            (Ink::QuietText, &[Ink::Box, Ink::Canvas]),
            (Ink::QuietTitle, &grounds),
            (Ink::QuietLabel, &grounds),
            (Ink::QuietMuted, &[Ink::Box, Ink::Canvas]),
        ];
        let lines = [
            (Ink::Link, &grounds[..]),
            (Ink::Known, &grounds),
            (Ink::BoxLine, &[Ink::Box, Ink::Canvas]),
            (Ink::Control, &[Ink::ControlTile, Ink::Box]),
            (Ink::Store, &[Ink::StoreTile, Ink::Box]),
            (Ink::Node, &[Ink::NodeTile, Ink::Box]),
            (Ink::Edge, &[Ink::EdgeTile, Ink::Box]),
            (Ink::Outside, &[Ink::OutsideTile, Ink::Canvas]),
            (Ink::Added, &grounds),
            (Ink::Removed, &grounds),
            (Ink::Changed, &grounds),
            (Ink::Moved, &grounds),
            (Ink::Lit, &grounds),
            (Ink::QuietLine, &grounds),
            (Ink::QuietLine, &[Ink::QuietTile, Ink::Box]),
            (
                Ink::BadgeText,
                &[Ink::Added, Ink::Removed, Ink::Changed, Ink::Moved],
            ),
        ];
        for (name, text) in THEMES {
            let theme = Theme::read(text).unwrap();
            let (of_words, of_lines) = if *name == "contrast" {
                (7.0, 4.5)
            } else {
                (4.5, 3.0)
            };
            for (pairs, least) in [(&words[..], of_words), (&lines[..], of_lines)] {
                for (ink, grounds) in pairs {
                    for ground in *grounds {
                        let ratio =
                            contrast(theme.palette.colour(*ink), theme.palette.colour(*ground));
                        assert!(
                            ratio >= least,
                            "{name}: {} on {} is {ratio:.2}",
                            ink.name(),
                            ground.name()
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn the_theme_for_paper_has_no_colour() {
        let theme = Theme::named("print").unwrap();
        for ink in Ink::ALL {
            let [red, green, blue] = theme.palette.rgb(*ink);
            assert!(red == green && green == blue, "{}", ink.name());
        }
    }

    #[test]
    fn names_and_files_agree() {
        for (name, text) in THEMES {
            assert_eq!(Theme::read(text).unwrap().name, *name);
        }
        assert!(Theme::named(AUTO).unwrap().dark.is_some());
    }
}
