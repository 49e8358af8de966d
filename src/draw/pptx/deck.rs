//! The package around the slides: its parts, who refers to whom, and the zip file. Its time stamps are those of no day, so the same deck has the same bytes.

use super::SLIDE;
use super::colour::{SLOTS, hex};
use super::slide::Slide;
use crate::draw::xml::Xml;
use crate::scene::Scene;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

const MASTER: &str = include_str!("parts/slideMaster.xml");
const LAYOUT: &str = include_str!("parts/slideLayout.xml");
const NOTES: &str = include_str!("parts/notesMaster.xml");

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";

/// The part with data of our own.
const SHOWS: &str = "customXml/item1.xml";

/// Packs the slides into a deck.
pub(super) fn pack(scene: &Scene, slides: &[Slide]) -> Vec<u8> {
    let packed = packed(scene, slides);
    debug_assert!(packed.is_ok(), "a zip file in memory can be written");
    packed.unwrap_or_default()
}

fn packed(scene: &Scene, slides: &[Slide]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (name, text) in parts(scene, slides) {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    // Not compressed: who looks for what the deck shows need not unpack it.
    let plain = options.compression_method(CompressionMethod::Stored);
    zip.start_file(SHOWS, plain)?;
    zip.write_all(shows(scene).as_bytes())?;
    Ok(zip.finish()?.into_inner())
}

/// What the deck shows, as data of our own that other programs keep.
fn shows(scene: &Scene) -> String {
    let mut xml = Xml::document();
    xml.start("k8sdiag", &[("xmlns", &"urn:k8sdiag:shows")]);
    xml.words(&crate::draw::outline::hidden(scene));
    xml.finish()
}

/// Every part: its name and its content.
fn parts(scene: &Scene, slides: &[Slide]) -> Vec<(String, String)> {
    let part = |name: &str, text: String| (name.to_owned(), text);
    let mut parts = vec![
        part("[Content_Types].xml", types(slides.len())),
        part(
            "_rels/.rels",
            relations(&[
                ("rId1", "officeDocument", "ppt/presentation.xml"),
                ("rId2", "extended-properties", "docProps/app.xml"),
                ("core", "", "docProps/core.xml"),
            ]),
        ),
        part("docProps/core.xml", core(scene)),
        part("docProps/app.xml", app()),
        part("ppt/presentation.xml", presentation(scene, slides.len())),
        part("ppt/_rels/presentation.xml.rels", members(slides.len())),
        part("ppt/theme/theme1.xml", theme(scene)),
        part("ppt/theme/theme2.xml", theme(scene)),
        part("ppt/slideMasters/slideMaster1.xml", MASTER.to_owned()),
        part(
            "ppt/slideMasters/_rels/slideMaster1.xml.rels",
            relations(&[
                ("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml"),
                ("rId2", "theme", "../theme/theme1.xml"),
            ]),
        ),
        part("ppt/slideLayouts/slideLayout1.xml", LAYOUT.to_owned()),
        part(
            "ppt/slideLayouts/_rels/slideLayout1.xml.rels",
            relations(&[("rId1", "slideMaster", "../slideMasters/slideMaster1.xml")]),
        ),
        part("ppt/notesMasters/notesMaster1.xml", NOTES.to_owned()),
        part(
            "ppt/notesMasters/_rels/notesMaster1.xml.rels",
            relations(&[("rId1", "theme", "../theme/theme2.xml")]),
        ),
    ];
    for (at, slide) in slides.iter().enumerate() {
        let n = at + 1;
        parts.push((format!("ppt/slides/slide{n}.xml"), slide.xml.clone()));
        parts.push((
            format!("ppt/slides/_rels/slide{n}.xml.rels"),
            around(slide, n),
        ));
        parts.push((
            format!("ppt/notesSlides/notesSlide{n}.xml"),
            slide.notes.clone(),
        ));
        parts.push((
            format!("ppt/notesSlides/_rels/notesSlide{n}.xml.rels"),
            relations(&[
                ("rId1", "notesMaster", "../notesMasters/notesMaster1.xml"),
                ("rId2", "slide", &format!("../slides/slide{n}.xml")),
            ]),
        ));
    }
    parts
}

fn types(slides: usize) -> String {
    let office = "application/vnd.openxmlformats-officedocument.";
    let mut xml = Xml::document();
    xml.start(
        "Types",
        &[(
            "xmlns",
            &"http://schemas.openxmlformats.org/package/2006/content-types",
        )],
    );
    let relations = "application/vnd.openxmlformats-package.relationships+xml";
    xml.leaf(
        "Default",
        &[("Extension", &"rels"), ("ContentType", &relations)],
    );
    xml.leaf(
        "Default",
        &[("Extension", &"xml"), ("ContentType", &"application/xml")],
    );
    let mut part = |name: &str, kind: &str| {
        xml.leaf("Override", &[("PartName", &name), ("ContentType", &kind)]);
    };
    part("/customXml/item1.xml", "application/xml");
    part(
        "/docProps/core.xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
    );
    for (name, kind) in [
        ("/docProps/app.xml", "extended-properties"),
        ("/ppt/presentation.xml", "presentationml.presentation.main"),
        ("/ppt/theme/theme1.xml", "theme"),
        ("/ppt/theme/theme2.xml", "theme"),
        (
            "/ppt/slideMasters/slideMaster1.xml",
            "presentationml.slideMaster",
        ),
        (
            "/ppt/slideLayouts/slideLayout1.xml",
            "presentationml.slideLayout",
        ),
        (
            "/ppt/notesMasters/notesMaster1.xml",
            "presentationml.notesMaster",
        ),
    ] {
        part(name, &format!("{office}{kind}+xml"));
    }
    for n in 1..=slides {
        part(
            &format!("/ppt/slides/slide{n}.xml"),
            &format!("{office}presentationml.slide+xml"),
        );
        part(
            &format!("/ppt/notesSlides/notesSlide{n}.xml"),
            &format!("{office}presentationml.notesSlide+xml"),
        );
    }
    xml.finish()
}

/// Relations to other parts; the one called `core` is of a kind of its own.
fn relations(of: &[(&str, &str, &str)]) -> String {
    let mut xml = begin_relations();
    for (id, kind, target) in of {
        relation(&mut xml, (id, kind), target, false);
    }
    xml.finish()
}

fn begin_relations() -> Xml {
    let mut xml = Xml::document();
    xml.start(
        "Relationships",
        &[(
            "xmlns",
            &"http://schemas.openxmlformats.org/package/2006/relationships",
        )],
    );
    xml
}

fn relation(xml: &mut Xml, (id, kind): (&str, &str), target: &str, outside: bool) {
    let kind = if id == "core" {
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
            .to_owned()
    } else {
        format!("{OFFICE}/{kind}")
    };
    if outside {
        xml.leaf(
            "Relationship",
            &[
                ("Id", &id),
                ("Type", &kind),
                ("Target", &target),
                ("TargetMode", &"External"),
            ],
        );
    } else {
        xml.leaf(
            "Relationship",
            &[("Id", &id), ("Type", &kind), ("Target", &target)],
        );
    }
}

/// The relations of a slide: its layout, its notes, the pages that its shapes lead to.
fn around(slide: &Slide, n: usize) -> String {
    let mut xml = begin_relations();
    relation(
        &mut xml,
        ("rId1", "slideLayout"),
        "../slideLayouts/slideLayout1.xml",
        false,
    );
    let notes = format!("../notesSlides/notesSlide{n}.xml");
    relation(&mut xml, ("rId2", "notesSlide"), &notes, false);
    for (at, page) in slide.pages.iter().enumerate() {
        let id = format!("page{}", at + 1);
        relation(&mut xml, (&id, "hyperlink"), page, true);
    }
    xml.finish()
}

/// The relations of the presentation.
fn members(slides: usize) -> String {
    let mut xml = begin_relations();
    relation(
        &mut xml,
        ("rId1", "slideMaster"),
        "slideMasters/slideMaster1.xml",
        false,
    );
    relation(
        &mut xml,
        ("rId2", "notesMaster"),
        "notesMasters/notesMaster1.xml",
        false,
    );
    relation(&mut xml, ("rId3", "theme"), "theme/theme1.xml", false);
    relation(
        &mut xml,
        ("rId4", "customXml"),
        "../customXml/item1.xml",
        false,
    );
    for n in 1..=slides {
        let (id, target) = (format!("slide{n}"), format!("slides/slide{n}.xml"));
        relation(&mut xml, (&id, "slide"), &target, false);
    }
    xml.finish()
}

fn presentation(scene: &Scene, slides: usize) -> String {
    let mut xml = Xml::document();
    xml.start(
        "p:presentation",
        &[
            ("xmlns:a", &MAIN),
            ("xmlns:r", &OFFICE),
            (
                "xmlns:p",
                &"http://schemas.openxmlformats.org/presentationml/2006/main",
            ),
        ],
    );
    xml.raw(
        "<p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"rId1\"/></p:sldMasterIdLst>",
    );
    xml.raw("<p:notesMasterIdLst><p:notesMasterId r:id=\"rId2\"/></p:notesMasterIdLst>");
    xml.start("p:sldIdLst", &[]);
    for n in 1..=slides {
        xml.leaf(
            "p:sldId",
            &[("id", &(255 + n)), ("r:id", &format!("slide{n}"))],
        );
    }
    xml.end();
    xml.leaf("p:sldSz", &[("cx", &SLIDE.0), ("cy", &SLIDE.1)]);
    xml.leaf("p:notesSz", &[("cx", &SLIDE.1), ("cy", &SLIDE.0)]);
    xml.start("p:defaultTextStyle", &[]).start("a:defPPr", &[]);
    let language = scene.language.as_deref().unwrap_or("en");
    xml.leaf("a:defRPr", &[("lang", &language)]);
    xml.finish()
}

fn core(scene: &Scene) -> String {
    let mut xml = Xml::document();
    xml.start(
        "cp:coreProperties",
        &[
            (
                "xmlns:cp",
                &"http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
            ),
            ("xmlns:dc", &"http://purl.org/dc/elements/1.1/"),
        ],
    );
    xml.start("dc:title", &[]).words(&scene.title).end();
    xml.start("dc:description", &[])
        .words(&scene.description)
        .end();
    if let Some(language) = &scene.language {
        xml.start("dc:language", &[]).words(language).end();
    }
    xml.finish()
}

fn app() -> String {
    let mut xml = Xml::document();
    xml.raw("<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>k8sdiag</Application></Properties>");
    xml.finish()
}

/// The theme: the colours of the picture's own.
fn theme(scene: &Scene) -> String {
    let mut xml = Xml::document();
    xml.start("a:theme", &[("xmlns:a", &MAIN), ("name", &"k8sdiag")]);
    xml.start("a:themeElements", &[]);
    xml.start("a:clrScheme", &[("name", &scene.theme.name)]);
    for (slot, _, ink) in SLOTS {
        xml.start(slot, &[]);
        xml.leaf("a:srgbClr", &[("val", &hex(scene.theme.palette.rgb(ink)))]);
        xml.end();
    }
    xml.end();
    xml.raw(include_str!("parts/theme.xml"));
    xml.end();
    xml.finish()
}

#[cfg(test)]
mod tests {
    use crate::draw::Settings;
    use crate::draw::tests::{SHOP, drawn};
    use std::io::{Cursor, Read};

    fn part(deck: &[u8], name: &str) -> String {
        let mut zip = zip::ZipArchive::new(Cursor::new(deck)).unwrap();
        let mut text = String::new();
        zip.by_name(name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    }

    #[test]
    fn a_component_is_a_shape_and_a_link_a_connector_that_is_glued_to_both_ends() {
        let deck = drawn("pptx", SHOP, &Settings::default());
        let slide = part(&deck, "ppt/slides/slide1.xml");
        assert!(slide.contains("<a:t>till</a:t>") && slide.contains("<a:t>ledger</a:t>"));
        assert_eq!(slide.matches("<p:cxnSp>").count(), 2);
        let id = |after: &str| {
            let from = slide.find(after).unwrap() + after.len();
            slide
                .get(from..)
                .unwrap()
                .split('"')
                .next()
                .unwrap()
                .to_owned()
        };
        for (glue, name) in [("<a:stCxn id=\"", "till"), ("<a:endCxn id=\"", "ledger")] {
            let shape = format!(
                "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"{name}\"",
                id(glue)
            );
            assert!(slide.contains(&shape), "{glue} does not lead to {name}");
        }
        assert!(slide.contains("Shop &lt;&amp;&gt;"));
        let relations = part(&deck, "ppt/slides/_rels/slide1.xml.rels");
        assert!(relations.contains("Target=\"https://example.org/a?b&amp;c\""));
        let notes = part(&deck, "ppt/notesSlides/notesSlide1.xml");
        assert!(notes.contains("shop.yaml:") && notes.contains("keeps &lt;b&gt;"));
    }

    #[test]
    fn every_id_is_used_once_and_every_part_is_declared() {
        let deck = drawn("pptx", SHOP, &Settings::default());
        let slide = part(&deck, "ppt/slides/slide1.xml");
        let mut ids: Vec<&str> = slide
            .split("<p:cNvPr id=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
        let types = part(&deck, "[Content_Types].xml");
        let zip = zip::ZipArchive::new(Cursor::new(&deck)).unwrap();
        for name in zip
            .file_names()
            .map(Result::unwrap)
            .filter(|name| !name.contains("rels") && !name.starts_with('['))
        {
            assert!(types.contains(&format!("PartName=\"/{name}\"")), "{name}");
        }
    }

    #[test]
    fn steps_become_slides_with_everything_in_the_same_place() {
        let settings = Settings {
            steps: true,
            ..Settings::default()
        };
        let deck = drawn("pptx", SHOP, &settings);
        let slides: Vec<String> = (1..=2)
            .map(|n| part(&deck, &format!("ppt/slides/slide{n}.xml")))
            .collect();
        let count = |slide: &str| slide.matches("<p:cxnSp>").count();
        assert!(count(&slides[0]) < count(&slides[1]));
        let place = |slide: &str| {
            let from = slide.find("name=\"till\"").unwrap();
            let rest = slide.get(from..).unwrap();
            let off = rest.find("<a:off").unwrap();
            rest.get(off..off + 60).unwrap().to_owned()
        };
        assert_eq!(place(&slides[0]), place(&slides[1]));
    }

    #[test]
    fn the_names_of_steps_have_one_size_and_stand_under_the_title() {
        let steps = "title: Night\ncomponents: [a, b]\nlinks: [{from: a, to: b, step: 1}, {from: b, to: a, step: 2, label: LABEL}]\n";
        let settings = Settings {
            steps: true,
            ..Settings::default()
        };
        let sizes = |label: &str| -> Vec<String> {
            let deck = drawn("pptx", &steps.replace("LABEL", label), &settings);
            let slides = (1..=2).map(|n| part(&deck, &format!("ppt/slides/slide{n}.xml")));
            let title = |slide: String| {
                let from = slide.find("type=\"title\"").unwrap();
                let rest = slide.get(from..).unwrap().split("</p:sp>").next().unwrap();
                let runs: Vec<&str> = rest.split("sz=\"").skip(1).collect();
                assert!(runs.len() == 2 && runs[0].contains("<a:t>Night<"), "{rest}");
                assert!(!runs[1].contains("Night"), "{rest}");
                runs[1].split('"').next().unwrap().to_owned()
            };
            slides.map(title).collect()
        };
        assert_eq!(sizes("short"), ["2000", "2000"]);
        let long = sizes(&"words and words ".repeat(6));
        assert!(
            long[0] == long[1] && long[0].len() == 4 && *long[0] < *"2000",
            "{long:?}"
        );
    }
}
