//! The picture or the architecture becomes bytes: the table [`FORMATS`] and a file an entry.

mod d2;
mod dot;
#[cfg(feature = "drawio")]
mod drawio;
#[cfg(feature = "excalidraw")]
mod excalidraw;
mod file;
#[cfg(feature = "html")]
mod html;
mod json;
mod mermaid;
mod nest;
pub mod number;
mod outline;
#[cfg(feature = "pdf")]
mod pdf;
mod plantuml;
#[cfg(feature = "png")]
mod png;
#[cfg(feature = "pptx")]
mod pptx;
mod svg;
mod text;
#[cfg(any(feature = "pdf", feature = "pptx"))]
mod uri;
#[cfg(any(feature = "drawio", feature = "pptx"))]
mod xml;
mod yaml;

pub use outline::{Boxed, Outline, found};
pub use svg::Text;

use crate::font::{Family, File, Finder};
use crate::geom::Size;
use crate::model::Architecture;
use crate::scene::{Scene, Shape, Theme};

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

impl Format {
    /// Whether words are drawn in our fonts alone, so that what these lack is not seen.
    pub fn outlines(&self, settings: &Settings) -> bool {
        let picture = matches!(self.draw, Draw::Scene(_));
        picture && (self.binary || settings.text == Text::Paths)
    }
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
    /// The same, where lines run level and upright alone.
    Cells(fn(&Architecture, &Scene, &Settings) -> Vec<u8>),
    /// The same as both, in a frame of these proportions where the user names no other.
    Framed(fn(&Architecture, &Scene, &Settings) -> Vec<u8>, Size),
}

impl Draw {
    /// The frame that a picture should fill.
    pub fn frame(&self) -> Option<Size> {
        match self {
            Self::Framed(_, frame) => Some(*frame),
            _ => None,
        }
    }
}

/// What the user may set for a format.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of its own on the command line"
)]
pub struct Settings {
    /// How an SVG holds its words.
    pub text: Text,
    /// Font files for characters that the faces that ship lack.
    pub files: Vec<File>,
    /// Who looks for more of them, where words are drawn as outlines.
    pub finder: Option<Finder>,
    /// What both came to for this picture, the best family first.
    pub fonts: Vec<Family>,
    /// Whether the page behind a picture shows through.
    pub transparent: bool,
    /// Whether an SVG lights its steps up one after the other.
    pub animate: bool,
    /// Whether a deck has a slide for each step, and a picture others beside it.
    pub steps: bool,
    /// Pixels for one unit of a painted picture.
    pub scale: Option<f64>,
    /// Width of a painted picture in pixels, instead.
    pub width: Option<u32>,
    /// Whether a picture of characters keeps to ASCII.
    pub ascii: bool,
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
    #[cfg(feature = "png")]
    Format {
        name: "png",
        endings: &["png"],
        about: "pixels: for chats, tickets and everything that takes no SVG",
        binary: true,
        draw: Draw::Scene(png::draw),
    },
    #[cfg(feature = "pdf")]
    Format {
        name: "pdf",
        endings: &["pdf"],
        about: "one page of vectors and text: for print and LaTeX",
        binary: true,
        draw: Draw::Scene(pdf::draw),
    },
    #[cfg(feature = "pptx")]
    Format {
        name: "pptx",
        endings: &["pptx"],
        about: "a slide of native shapes and glued connectors: for PowerPoint, Keynote, Impress",
        binary: true,
        draw: Draw::Framed(pptx::draw, pptx::ROOM),
    },
    #[cfg(feature = "html")]
    Format {
        name: "html",
        endings: &["html", "htm"],
        about: "one page to explore: pan, zoom, search, evidence, steps",
        binary: false,
        draw: Draw::Both(html::draw),
    },
    #[cfg(feature = "drawio")]
    Format {
        name: "drawio",
        endings: &["drawio"],
        about: "containers and connectors: for diagrams.net and Confluence",
        binary: false,
        draw: Draw::Both(drawio::draw),
    },
    #[cfg(feature = "excalidraw")]
    Format {
        name: "excalidraw",
        endings: &["excalidraw"],
        about: "bound arrows and labels: for Excalidraw",
        binary: false,
        draw: Draw::Both(excalidraw::draw),
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
    Format {
        name: "mermaid",
        endings: &["mmd", "mermaid"],
        about: "for Markdown that GitHub or GitLab shows",
        binary: false,
        draw: Draw::Architecture(mermaid::draw),
    },
    Format {
        name: "d2",
        endings: &["d2"],
        about: "for D2, which lays it out itself",
        binary: false,
        draw: Draw::Architecture(d2::draw),
    },
    Format {
        name: "plantuml",
        endings: &["puml", "plantuml"],
        about: "for PlantUML, which lays it out itself",
        binary: false,
        draw: Draw::Architecture(plantuml::draw),
    },
    Format {
        name: "text",
        endings: &["txt"],
        about: "box-drawing characters: for terminals and commit messages",
        binary: false,
        draw: Draw::Cells(text::draw),
    },
];

/// The format of that name, or with that file ending.
pub fn format(name: &str) -> Option<&'static Format> {
    let name = name.to_ascii_lowercase();
    FORMATS
        .iter()
        .find(|format| format.name == name || format.endings.contains(&name.as_str()))
}

/// What other people's code makes of a picture; nothing where it panics.
#[cfg(any(feature = "png", feature = "pdf"))]
fn guarded(draw: impl FnOnce() -> Option<Vec<u8>>) -> Vec<u8> {
    let drawn = std::panic::catch_unwind(std::panic::AssertUnwindSafe(draw));
    let drawn = drawn.ok().flatten();
    debug_assert!(drawn.is_some(), "what we draw can be written");
    drawn.unwrap_or_default()
}

/// How high the smallest words of a picture are on a slide of 1920 × 1080 that it fills, in pixels of the slide.
///
/// `None` where it has no words, or is meant for no slide: neither the format has a frame nor, if it is a picture alone, the user asked for one.
pub fn smallest_words(format: &Format, scene: &Scene, framed: bool) -> Option<f64> {
    let scale = match format.draw {
        #[cfg(feature = "pptx")]
        Draw::Framed(..) => pptx::pixels(scene),
        Draw::Scene(_) if framed => (1920.0 / scene.size.width).min(1080.0 / scene.size.height),
        _ => return None,
    };
    let shapes = scene.items.iter().flat_map(|item| &item.shapes);
    let sizes = shapes.filter_map(|shape| match shape {
        Shape::Text { size, .. } => Some(*size),
        _ => None,
    });
    sizes.reduce(f64::min).map(|size| size * scale)
}

/// Writes a picture for each step of a scene, in formats that are a picture alone; nothing where none are asked for.
pub fn stages(format: &Format, scene: &Scene, settings: &Settings) -> Vec<Vec<u8>> {
    match format.draw {
        Draw::Scene(draw) if settings.steps => {
            let stages = scene.stages();
            stages.iter().map(|stage| draw(stage, settings)).collect()
        }
        _ => Vec::new(),
    }
}

/// Writes a picture, or the architecture that it shows. A binary format that could not be written is empty.
pub fn draw(
    format: &Format,
    scene: &Scene,
    architecture: &Architecture,
    settings: &Settings,
) -> Vec<u8> {
    match format.draw {
        Draw::Scene(draw) => draw(scene, settings),
        Draw::Architecture(draw) => draw(architecture, &scene.theme, settings),
        Draw::Both(draw) | Draw::Cells(draw) | Draw::Framed(draw, _) => {
            draw(architecture, scene, settings)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Source, Sources};
    use crate::scene::Ink;
    use crate::view::View;
    use crate::{Options, draw_sources};

    /// Two groups, three components, a flow of two steps, and words that are markup elsewhere.
    pub(super) const SHOP: &str = r#"
title: Shop <&>
language: da
groups:
  - {id: counter, label: Counter}
  - {id: office, label: Office}
components:
  - {id: till, label: till, group: counter}
  - {id: ledger, label: ledger, group: office, description: 'keeps <b>"all"</b>', href: 'https://example.org/a?b&c'}
  - {id: owner, label: owner, group: office}
links:
  - {from: till, to: ledger, label: writes, step: 1}
  - {from: ledger, to: owner, step: 2}
"#;

    /// Words that mean something to one or the other text format, as ids and as labels: keywords, quotes, line breaks, markup, other scripts;
    /// arrows of every sort, known links, groups in groups.
    pub(super) const HOSTILE: &str = r#"
title: "</x> \"q\"\n# %d $v"
groups: [{id: outer, groups: [{id: inner, components: [{id: end}, {id: graph, label: "a\nb <b>"}]}]}]
components:
  - {id: style, label: "style fill:#f00", kind: store, href: "https://e.org/a?b=\"c\"&d=<e>;f", description: "**bold** [x](y)"}
  - {id: 1st, label: "控制 خادم", instances: 3, href: "javascript:alert(1)"}
  - {id: A b, external: true}
  - {id: a B}
  - {id: "_", label: "\"__##\\{x} -- $a->b"}
links:
  - {from: graph, to: end, label: "say \"hi\" | -->", step: 1}
  - {from: end, to: style, direction: both}
  - {from: style, to: 1st, direction: none}
  - {from: 1st, to: A b, basis: known}
  - {from: A b, to: a B, basis: known, direction: both}
  - {from: a B, to: "_", basis: known, direction: none}
  - {from: outer, to: inner, label: to its own child}
rules: [{kind: only-from, subject: graph, object: end}]
"#;

    /// A diagram file, drawn.
    pub(super) fn drawn(name: &str, text: &str, settings: &Settings) -> Vec<u8> {
        draw_source(Source::new("shop.yaml", text), name, settings)
    }

    /// Asserts that a line of a text begins so, indents left out.
    pub(super) fn has(text: &str, line: &str) {
        let found = text.lines().any(|own| own.trim().starts_with(line));
        assert!(found, "no `{line}` in\n{text}");
    }

    /// A diagram file, drawn with a part that stands out.
    pub(super) fn lit(name: &str, text: &str, part: &str) -> Vec<u8> {
        let view = View {
            highlight: vec![part.to_owned()],
            ..View::default()
        };
        draw_view(
            Source::new("shop.yaml", text),
            name,
            &Settings::default(),
            view,
        )
    }

    fn draw_source(source: Source, name: &str, settings: &Settings) -> Vec<u8> {
        draw_view(source, name, settings, View::default())
    }

    fn draw_view(source: Source, name: &str, settings: &Settings, view: View) -> Vec<u8> {
        let mut sources = Sources::default();
        sources.add(source);
        let options = Options {
            view,
            format: format(name).unwrap(),
            settings: settings.clone(),
            ..Options::default()
        };
        draw_sources(&sources, &options, &mut ()).bytes
    }

    #[test]
    fn what_stands_out_does_so_in_every_format_that_has_looks() {
        for format in FORMATS {
            let plain = drawn(format.name, SHOP, &Settings::default());
            let lit = lit(format.name, SHOP, "till");
            // These two say what is there, not how it is drawn.
            let looks = !["json", "yaml"].contains(&format.name);
            assert_eq!(lit != plain, looks, "{}", format.name);
        }
    }

    #[test]
    fn an_svg_greys_what_steps_back_and_says_what_stands_out() {
        let svg = String::from_utf8(lit("svg", SHOP, "till")).unwrap();
        let light = Theme::named("light").unwrap().palette;
        let item = |id: &str| {
            let from = svg.find(&format!("data-id=\"{id}\"")).unwrap();
            svg.get(from..)
                .unwrap()
                .split("</g>")
                .next()
                .unwrap()
                .to_owned()
        };
        assert!(item("till").contains(light.colour(Ink::Lit)));
        assert!(item("till").contains(light.colour(Ink::Text)));
        for quiet in ["ledger", "owner"] {
            assert!(
                item(quiet).contains(light.colour(Ink::QuietText)),
                "{quiet}"
            );
            assert!(!item(quiet).contains(light.colour(Ink::Text)), "{quiet}");
        }
        assert!(svg.contains("fremhævet: till."));
    }

    #[test]
    fn every_format_draws_an_empty_note_and_hostile_words_and_the_same_twice() {
        let notes = [
            "",
            "# One\n- **lone**\n",
            "# <b>&\"'\u{0}\u{202e}]]></svg>\n- **<script>alert(1)</script>:** writes to --> \u{1b}[0m\n- **控制 خادم:** ok\n",
        ];
        for format in FORMATS {
            for note in &notes {
                let draw = || {
                    let source = Source::new("note.md", *note);
                    draw_source(source, format.name, &Settings::default())
                };
                let first = draw();
                let laid_out = !matches!(format.draw, Draw::Architecture(_));
                assert!(!laid_out || !first.is_empty(), "{}", format.name);
                assert_eq!(first, draw(), "{}", format.name);
            }
        }
    }

    /// Words that are markup, escapes, or characters that XML forbids, in every place where words may stand.
    #[cfg(feature = "png")]
    const MARKUP: &str = r#"
title: "</svg><!-- ]]> & \0 \u202e \"'"
groups: [{id: g, label: "</p:sp>&lt;<b>", components: [{id: a, label: "<script>alert(1)</script>\x1b\uFFFE", description: "]]><x>", href: "javascript:alert(1)"}]}]
components: [{id: "b\"/><c d='", label: "&amp;&#x0;'\"\n\t"}, {id: c, label: "-->", href: "https://e.org/?a=\"'<>&"}]
links: [{from: a, to: "b\"/><c d='", label: "--><![CDATA[", step: 1}, {from: c, to: a, label: "\u200b"}]
"#;

    #[test]
    #[cfg(feature = "png")]
    fn every_xml_passes_a_strict_parser_whatever_the_words() {
        use resvg::usvg::roxmltree::Document;
        let strict = |text: &str, what: &str| {
            let parsed = Document::parse(text).map(|_| ());
            assert!(parsed.is_ok(), "{what}: {parsed:?}");
            assert!(!text.contains("javascript:"), "{what}");
        };
        for text in [MARKUP, SHOP] {
            for animate in [false, true] {
                let settings = Settings {
                    animate,
                    ..Settings::default()
                };
                for name in ["svg", "drawio"] {
                    if format(name).is_some() {
                        let drawn = String::from_utf8(drawn(name, text, &settings)).unwrap();
                        strict(&drawn, name);
                    }
                }
            }
            #[cfg(feature = "pptx")]
            for steps in [false, true] {
                let settings = Settings {
                    steps,
                    ..Settings::default()
                };
                let deck = std::io::Cursor::new(drawn("pptx", text, &settings));
                let mut deck = zip::ZipArchive::new(deck).unwrap();
                for at in 0..deck.len() {
                    let mut part = deck.by_index(at).unwrap();
                    let mut text = String::new();
                    std::io::Read::read_to_string(&mut part, &mut text).unwrap();
                    strict(&text, "pptx");
                }
            }
        }
    }
}
