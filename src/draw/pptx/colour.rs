//! Inks become colours of the deck's theme, so that another theme recolours the picture; what no theme colour comes near stays itself.

use crate::draw::xml::Xml;
use crate::scene::{Ink, Palette};

/// The slots of a theme that a picture fills: the name in the theme, the name in a slide, the ink.
pub(super) const SLOTS: [(&str, &str, Ink); 12] = [
    ("a:dk1", "tx1", Ink::Text),
    ("a:lt1", "bg1", Ink::Canvas),
    ("a:dk2", "tx2", Ink::Title),
    ("a:lt2", "bg2", Ink::Frame),
    ("a:accent1", "accent1", Ink::Control),
    ("a:accent2", "accent2", Ink::Store),
    ("a:accent3", "accent3", Ink::Node),
    ("a:accent4", "accent4", Ink::Edge),
    ("a:accent5", "accent5", Ink::Outside),
    ("a:accent6", "accent6", Ink::Link),
    ("a:hlink", "hlink", Ink::Badge),
    ("a:folHlink", "folHlink", Ink::Known),
];

/// A tint may differ from the ink by so much in a channel.
const NEAR: u8 = 16;

/// Writes the colour of `ink`; where it is `clear`, nothing is seen of it.
pub(super) fn colour(xml: &mut Xml, palette: &Palette, ink: Ink, clear: bool) {
    let wanted = palette.rgb(ink);
    let (slot, base) = slot(ink);
    let base = palette.rgb(base);
    let tint = if base == wanted {
        Some((100_000, 0))
    } else {
        tint(base, wanted)
    };
    match tint {
        Some((part, more)) => {
            xml.start("a:schemeClr", &[("val", &slot)]);
            if part != 100_000 {
                xml.leaf("a:lumMod", &[("val", &part)]);
            }
            if more > 0 {
                xml.leaf("a:lumOff", &[("val", &more)]);
            }
        }
        None => {
            xml.start("a:srgbClr", &[("val", &hex(wanted))]);
        }
    }
    if clear {
        xml.leaf("a:alpha", &[("val", &0)]);
    }
    xml.end();
}

/// `RRGGBB`.
pub(super) fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("{red:02X}{green:02X}{blue:02X}")
}

/// The slot that an ink belongs to, and the ink that fills it.
fn slot(ink: Ink) -> (&'static str, Ink) {
    let base = match ink {
        Ink::Canvas | Ink::Box | Ink::BadgeText => Ink::Canvas,
        Ink::Frame | Ink::FrameOdd => Ink::Frame,
        Ink::Text => Ink::Text,
        Ink::Title
        | Ink::Muted
        | Ink::Label
        | Ink::QuietText
        | Ink::QuietTitle
        | Ink::QuietLabel
        | Ink::QuietMuted
        | Ink::QuietBadge => Ink::Title,
        Ink::Link
        | Ink::Known
        | Ink::FrameLine
        | Ink::BoxLine
        | Ink::QuietLine
        | Ink::QuietFrame
        | Ink::QuietTile => Ink::Link,
        Ink::Control
        | Ink::ControlTile
        | Ink::ControlFrame
        | Ink::ControlLine
        | Ink::Badge
        | Ink::Moved
        | Ink::Lit => Ink::Control,
        Ink::Store | Ink::StoreTile | Ink::StoreFrame | Ink::StoreLine | Ink::Removed => Ink::Store,
        Ink::Node | Ink::NodeTile | Ink::NodeFrame | Ink::NodeLine | Ink::Added => Ink::Node,
        Ink::Edge | Ink::EdgeTile | Ink::EdgeFrame | Ink::EdgeLine | Ink::Changed => Ink::Edge,
        Ink::Outside | Ink::OutsideTile => Ink::Outside,
    };
    let name = SLOTS.iter().find(|(_, _, ink)| *ink == base);
    (name.map_or("tx1", |(_, name, _)| name), base)
}

/// `lumMod` and `lumOff`, in thousandths of a percent, that turn `base` nearly into `wanted`, if any do.
fn tint(base: [u8; 3], wanted: [u8; 3]) -> Option<(i64, i64)> {
    let (hue, light) = (Hsl::of(base), Hsl::of(wanted).light);
    let (part, more) = if light >= hue.light && hue.light < 0.999 {
        let part = (1.0 - light) / (1.0 - hue.light);
        (part, 1.0 - part)
    } else if hue.light > 0.001 {
        (light / hue.light, 0.0)
    } else {
        return None;
    };
    let reached = Hsl {
        light: hue.light * part + more,
        ..hue
    };
    let near = reached
        .rgb()
        .iter()
        .zip(wanted)
        .all(|(a, b)| a.abs_diff(b) <= NEAR);
    near.then(|| (super::emu(part * 100_000.0), super::emu(more * 100_000.0)))
}

/// Hue (0 to 6), saturation and lightness.
#[derive(Clone, Copy)]
struct Hsl {
    hue: f64,
    saturation: f64,
    light: f64,
}

impl Hsl {
    fn of(rgb: [u8; 3]) -> Self {
        let [red, green, blue] = rgb.map(|channel| f64::from(channel) / 255.0);
        let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
        let (light, chroma) = (f64::midpoint(most, least), most - least);
        if chroma <= 0.0 {
            return Self {
                hue: 0.0,
                saturation: 0.0,
                light,
            };
        }
        let hue = if most <= red {
            (green - blue) / chroma
        } else if most <= green {
            (blue - red) / chroma + 2.0
        } else {
            (red - green) / chroma + 4.0
        };
        Self {
            hue: if hue < 0.0 { hue + 6.0 } else { hue },
            saturation: chroma / (1.0 - (2.0 * light - 1.0).abs()).max(1e-9),
            light,
        }
    }

    fn rgb(self) -> [u8; 3] {
        let chroma = (1.0 - (2.0 * self.light - 1.0).abs()) * self.saturation;
        let least = self.light - chroma / 2.0;
        // How far each primary is from the hue, in sixths of the circle.
        [0.0, 2.0, 4.0].map(|primary| {
            let apart = (self.hue - primary).abs();
            let apart = apart.min(6.0 - apart);
            let share = (2.0 - apart).clamp(0.0, 1.0);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "clamped to a channel"
            )]
            let channel = ((least + chroma * share) * 255.0).round().clamp(0.0, 255.0) as u8;
            channel
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Theme;

    #[test]
    fn colours_go_there_and_back() {
        for rgb in [
            [36, 89, 196],
            [161, 74, 6],
            [255, 255, 255],
            [0, 0, 0],
            [122, 63, 176],
        ] {
            assert_eq!(Hsl::of(rgb).rgb(), rgb);
        }
    }

    #[test]
    fn most_inks_follow_the_theme_of_the_deck() {
        let theme = Theme::named("light").unwrap();
        let written: Vec<String> = Ink::ALL
            .iter()
            .map(|ink| {
                let mut xml = Xml::fragment();
                colour(&mut xml, &theme.palette, *ink, false);
                xml.finish()
            })
            .collect();
        let own = written.iter().filter(|xml| xml.contains("srgbClr")).count();
        assert!(own <= 4, "{own} of {}: {written:?}", written.len());
        assert!(written[Ink::Text as usize].contains("\"tx1\""));
    }
}
