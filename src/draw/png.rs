//! The SVG of our own writer, painted: words as outlines, so that no font of the machine can change a pixel.
//!
//! Painting is resvg's, in software and without threads: the same bytes on every machine.

use super::svg::{self, Text};
use super::{Settings, outline};
use crate::scene::Scene;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Pixels of a picture at most: 200 MB of memory, and as much again while it is written. What would be larger is painted smaller.
const MOST: f64 = 5e7;
/// Pixels of a side at most: beyond this, few programs open a picture.
const SIDE: f64 = 32_000.0;
/// Pixels for one unit of the picture, where nobody says: sharp on the screens of today.
const SCALE: f64 = 2.0;

/// Bytes of the signature and the header.
const HEAD: usize = 33;

/// Paints the picture.
pub(super) fn draw(scene: &Scene, settings: &Settings) -> Vec<u8> {
    let outlined = Settings {
        text: Text::Paths,
        animate: false,
        ..settings.clone()
    };
    let document = svg::draw(scene, &outlined);
    super::guarded(|| painted(&document, scene, settings))
}

fn painted(document: &[u8], scene: &Scene, settings: &Settings) -> Option<Vec<u8>> {
    let tree = Tree::from_data(document, &Options::default()).ok()?;
    let scale = scale(scene, settings);
    let (width, height) = (
        side(scene.size.width, scale),
        side(scene.size.height, scale),
    );
    let mut pixels = Pixmap::new(width, height)?;
    let transform = Transform::from_scale(
        width as f32 / tree.size().width(),
        height as f32 / tree.size().height(),
    );
    resvg::render(&tree, transform, &mut pixels.as_mut());
    let picture = pixels.encode_png().ok()?;
    with_chunk(&picture, &outline::hidden(scene))
}

/// The picture with words in a chunk of its own: `tEXt` (PNG, third edition, 11.3.3.2) behind the header, which is always as long.
fn with_chunk(picture: &[u8], words: &str) -> Option<Vec<u8>> {
    let (head, rest) = picture.split_at_checked(HEAD)?;
    let mut data = b"tEXtk8sdiag\0".to_vec();
    data.extend(words.bytes());
    let length = u32::try_from(data.len() - 4).ok()?;
    let mut whole = Vec::with_capacity(picture.len() + data.len() + 8);
    whole.extend(head);
    whole.extend(length.to_be_bytes());
    whole.extend(&data);
    whole.extend(checksum(&data).to_be_bytes());
    whole.extend(rest);
    Some(whole)
}

/// CRC-32 as PNG has it (annex D).
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (if sum & 1 == 1 { 0xedb8_8320 } else { 0 })
        })
    })
}

/// How many pixels a unit of the picture becomes.
fn scale(scene: &Scene, settings: &Settings) -> f64 {
    let (width, height) = (scene.size.width.max(1.0), scene.size.height.max(1.0));
    let wanted = match settings.width {
        Some(pixels) => f64::from(pixels) / width,
        None => settings.scale.unwrap_or(SCALE),
    };
    wanted
        .min(SIDE / width.max(height))
        .min((MOST / (width * height)).sqrt())
}

fn side(length: f64, scale: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to what fits"
    )]
    let pixels = (length * scale).round().clamp(1.0, SIDE) as u32;
    pixels
}

#[cfg(test)]
mod tests {
    use crate::draw::Settings;
    use crate::draw::tests::{SHOP, drawn};
    use resvg::tiny_skia::Pixmap;

    fn painted(text: &str, settings: &Settings) -> Pixmap {
        Pixmap::decode_png(&drawn("png", text, settings)).unwrap()
    }

    #[test]
    fn the_picture_has_the_size_that_was_asked_and_holds_words() {
        let settings = Settings {
            width: Some(640),
            ..Settings::default()
        };
        let picture = painted(SHOP, &settings);
        assert_eq!(picture.width(), 640);
        let dark = |pixel: &&resvg::tiny_skia::PremultipliedColorU8| pixel.red() < 60;
        let inked = picture.pixels().iter().filter(dark).count();
        assert!(inked > 200, "no words: {inked} dark pixels");
        let corner = picture.pixel(0, 0).unwrap();
        assert_eq!((corner.red(), corner.alpha()), (255, 255));
    }

    #[test]
    fn a_transparent_picture_shows_the_page_behind_it() {
        let settings = Settings {
            transparent: true,
            scale: Some(1.0),
            ..Settings::default()
        };
        let picture = painted(SHOP, &settings);
        assert_eq!(picture.pixel(0, 0).unwrap().alpha(), 0);
    }

    #[test]
    fn a_chunk_has_the_checksum_of_the_standard() {
        assert_eq!(super::checksum(b"123456789"), 0xcbf4_3926);
        assert_eq!(super::checksum(b"IEND"), 0xae42_6082);
    }

    #[test]
    fn a_huge_scale_is_no_huge_picture() {
        let settings = Settings {
            scale: Some(40.0),
            ..Settings::default()
        };
        let picture = painted("components: [{id: till}]\n", &settings);
        assert!(picture.width() <= 32_000 && picture.width() * picture.height() <= 51_000_000);
    }
}
