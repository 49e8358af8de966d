//! A page of vectors and text: the scene drawn with krilla, its fonts as subsets, its links to be followed, its words to be selected and searched.
//!
//! The words of a component are one line each, in the glyphs that the layout measured. Nothing in the file tells when or where it was written.

use super::Settings;
use super::uri::encoded;
use crate::font::{Face, Fonts, Glyph};
use crate::geom::{self, BezPath, PathEl, Rect};
use crate::scene::{Anchor, Ink, Palette, Place, Scene, Shape};
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect as Area, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{ContentTag, Identifier, Tag, TagGroup, TagTree};
use krilla::text::{Font, GlyphId, KrillaGlyph, Tag as Axis};
use krilla::{Document, SerializeSettings};

/// Points of a pixel.
const POINT: f64 = 0.75;
/// Points of a side at most: what PDF viewers take.
const SIDE: f64 = 14_400.0;

/// Draws the page.
pub(super) fn draw(scene: &Scene, settings: &Settings) -> Vec<u8> {
    super::guarded(|| written(scene, settings))
}

fn written(scene: &Scene, settings: &Settings) -> Option<Vec<u8>> {
    let longest = scene.size.width.max(scene.size.height).max(1.0);
    let scale = POINT.min(SIDE / longest);
    let (width, height) = (scene.size.width * scale, scene.size.height * scale);
    let mut document = Document::new_with(SerializeSettings::default());
    document.set_metadata(metadata(scene));
    let drawn = PageSettings::from_wh(narrow(width), narrow(height)).map(|page| {
        let mut page = document.start_page_with(page);
        for item in &scene.items {
            if let (Place::Box(rect), Some(href)) = (&item.place, &item.href)
                && let Some(area) = area(*rect, scale)
            {
                let action = Action::Link(LinkAction::new(encoded(href)));
                let link = LinkAnnotation::new(area, Target::Action(action));
                page.add_annotation(Annotation::new_link(link, item.tooltip.clone()));
            }
        }
        let picture = {
            let mut painter = Painter {
                surface: page.surface(),
                palette: &scene.theme.palette,
                fonts: Fonts::with(&settings.fonts),
                faces: Vec::new(),
            };
            painter.paint(scene, settings, scale)
        };
        page.finish();
        picture
    });
    if let Some(picture) = drawn {
        let mut figure = TagGroup::new(Tag::Figure(Some(scene.description.clone())));
        figure.push(picture);
        let mut tree = TagTree::new().with_lang(scene.language.clone());
        tree.push(figure);
        document.set_tag_tree(tree);
    }
    let file = document.finish().ok()?;
    Some(with_comment(file, &super::outline::hidden(scene)))
}

/// The file with words in comments before its last line but two, where no offset is moved. Lines are short, as old readers want them.
fn with_comment(mut file: Vec<u8>, words: &str) -> Vec<u8> {
    let mark = b"startxref";
    let Some(at) = file.windows(mark.len()).rposition(|window| window == mark) else {
        return file;
    };
    let tail = file.split_off(at);
    for line in words.as_bytes().chunks(200) {
        file.push(b'%');
        file.extend(line);
        file.push(b'\n');
    }
    file.extend(tail);
    file
}

fn metadata(scene: &Scene) -> Metadata {
    let mut metadata = Metadata::new()
        .title(scene.title.clone())
        .description(scene.description.clone())
        .creator("k8sdiag".to_owned());
    if let Some(language) = &scene.language {
        metadata = metadata.language(language.clone());
    }
    metadata
}

struct Painter<'a> {
    surface: Surface<'a>,
    palette: &'a Palette,
    fonts: Fonts,
    /// The faces that words have used so far.
    faces: Vec<(Face, Option<Font>)>,
}

impl Painter<'_> {
    fn paint(&mut self, scene: &Scene, settings: &Settings, scale: f64) -> Identifier {
        let picture = self.surface.start_tagged(ContentTag::Other);
        let scale = narrow(scale);
        self.surface
            .push_transform(&Transform::from_scale(scale, scale));
        if !settings.transparent {
            let whole = Rect::from_origin_size((0.0, 0.0), scene.size);
            self.path(&geom::rounded(whole, 0.0), Some(Ink::Canvas), None);
        }
        for shape in scene.items.iter().flat_map(|item| &item.shapes) {
            match shape {
                Shape::Rect {
                    rect,
                    radius,
                    fill,
                    stroke,
                } => self.path(&geom::rounded(*rect, *radius), *fill, *stroke),
                Shape::Path { data, fill, stroke } => self.path(data, *fill, *stroke),
                Shape::Text { .. } => self.words(shape),
            }
        }
        self.surface.pop();
        self.surface.end_tagged();
        picture
    }

    fn path(&mut self, data: &BezPath, fill: Option<Ink>, stroke: Option<crate::scene::Stroke>) {
        let Some(path) = path(data) else { return };
        let fill = fill.map(|ink| self.fill(ink));
        let stroke = stroke.map(|stroke| Stroke {
            paint: self.colour(stroke.ink).into(),
            width: narrow(stroke.width),
            miter_limit: 4.0,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            opacity: NormalizedF32::ONE,
            dash: stroke.dash.map(|(dash, gap)| StrokeDash {
                array: vec![narrow(dash), narrow(gap)],
                offset: narrow(stroke.phase),
            }),
        });
        if fill.is_some() || stroke.is_some() {
            self.surface.set_fill(fill);
            self.surface.set_stroke(stroke);
            self.surface.draw_path(&path);
        }
    }

    /// A line of words, each stretch of one face by itself.
    fn words(&mut self, shape: &Shape) {
        let Shape::Text {
            text,
            at,
            anchor,
            weight,
            size,
            ink,
            ..
        } = shape
        else {
            return;
        };
        let (glyphs, width) = self.fonts.shape(text, *weight);
        let left = match anchor {
            Anchor::Start => at.x,
            Anchor::Middle => at.x - width * size / 2.0,
        };
        let fill = self.fill(*ink);
        self.surface.set_fill(Some(fill));
        self.surface.set_stroke(None);
        for run in glyphs.chunk_by(|a, b| a.face == b.face) {
            let Some((font, first)) = run.first().and_then(|glyph| {
                let font = self.font(glyph.face)?;
                Some((font, run_start(run)))
            }) else {
                continue;
            };
            let start = Point::from_xy(narrow(left + first * size), narrow(at.y));
            let glyphs = placed(run, first);
            self.surface
                .draw_glyphs(start, &glyphs, font, text, narrow(*size), false);
        }
    }

    fn font(&mut self, face: Face) -> Option<Font> {
        if let Some((_, font)) = self.faces.iter().find(|(known, _)| *known == face) {
            return font.clone();
        }
        let weight = [(Axis::new(b"wght"), face.weight.number() as f32)];
        let set: &[_] = if face.variable { &weight } else { &[] };
        let font = Font::new_variable(face.bytes.into(), face.index, set);
        self.faces.push((face, font.clone()));
        font
    }

    fn fill(&self, ink: Ink) -> Fill {
        Fill {
            paint: self.colour(ink).into(),
            opacity: NormalizedF32::ONE,
            rule: FillRule::NonZero,
        }
    }

    fn colour(&self, ink: Ink) -> rgb::Color {
        let [red, green, blue] = self.palette.rgb(ink);
        rgb::Color::new(red, green, blue)
    }
}

/// Where the pen stands before the first glyph of a run.
fn run_start(run: &[Glyph]) -> f64 {
    run.first().map_or(0.0, |glyph| glyph.pen)
}

/// The glyphs of a run as krilla takes them: each from where the pen stands.
fn placed(run: &[Glyph], first: f64) -> Vec<KrillaGlyph> {
    let mut pen = first;
    run.iter()
        .map(|glyph| {
            let placed = KrillaGlyph::new(
                GlyphId::new(glyph.id),
                narrow(glyph.advance),
                narrow(glyph.at.x - pen),
                narrow(-glyph.at.y),
                0.0,
                glyph.text.clone(),
                None,
            );
            pen += glyph.advance;
            placed
        })
        .collect()
}

fn path(data: &BezPath) -> Option<Path> {
    let mut path = PathBuilder::new();
    for element in data.elements() {
        match *element {
            PathEl::MoveTo(to) => path.move_to(narrow(to.x), narrow(to.y)),
            PathEl::LineTo(to) => path.line_to(narrow(to.x), narrow(to.y)),
            PathEl::QuadTo(a, to) => {
                path.quad_to(narrow(a.x), narrow(a.y), narrow(to.x), narrow(to.y));
            }
            PathEl::CurveTo(a, b, to) => path.cubic_to(
                narrow(a.x),
                narrow(a.y),
                narrow(b.x),
                narrow(b.y),
                narrow(to.x),
                narrow(to.y),
            ),
            PathEl::ClosePath => path.close(),
        }
    }
    path.finish()
}

fn area(rect: Rect, scale: f64) -> Option<Area> {
    Area::from_ltrb(
        narrow(rect.x0 * scale),
        narrow(rect.y0 * scale),
        narrow(rect.x1 * scale),
        narrow(rect.y1 * scale),
    )
}

/// PDF's numbers are single precision, and never NaN or infinite.
#[expect(clippy::cast_possible_truncation, reason = "clamped to what fits")]
fn narrow(value: f64) -> f32 {
    (if value.is_finite() {
        value.clamp(-1e7, 1e7)
    } else {
        0.0
    }) as f32
}

#[cfg(test)]
mod tests {
    use crate::draw::Settings;
    use crate::draw::tests::{SHOP, drawn};

    fn holds(bytes: &[u8], text: &str) -> bool {
        bytes
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    }

    #[test]
    fn the_page_has_title_language_fonts_and_links_and_no_date() {
        let page = drawn("pdf", SHOP, &Settings::default());
        assert!(page.starts_with(b"%PDF-"));
        for text in [
            "Shop <&>",
            "/Lang(da)",
            "NotoSans",
            "/Figure",
            "(https://example.org/a?b&c)",
        ] {
            assert!(holds(&page, text), "no {text}");
        }
        assert!(!holds(&page, "CreationDate"));
        assert!(page.len() < 60_000, "fonts are not subsets: {}", page.len());
    }

    #[test]
    fn a_picture_larger_than_any_paper_is_scaled_to_it() {
        let wide = "x".repeat(60);
        let parts: Vec<String> = (0..400)
            .map(|n| format!("  - {{id: c{n}, label: {wide}{n}}}\n"))
            .collect();
        let links: Vec<String> = (1..400)
            .map(|n| format!("  - {{from: c{}, to: c{n}}}\n", n - 1))
            .collect();
        let note = format!("components:\n{}links:\n{}", parts.concat(), links.concat());
        let page = drawn("pdf", &note, &Settings::default());
        assert!(page.starts_with(b"%PDF-"));
    }
}
