//! The speaker notes of a slide: what it shows, and for everything that it adds the description and the evidence.

use crate::draw::xml::Xml;
use crate::scene::{Scene, Subject};

/// Letters of the notes of one slide; after that it is counted, not told.
const LETTERS: usize = 24_000;

/// Writes the notes page.
pub(super) fn notes(scene: &Scene, step: Option<&str>, added: &[usize]) -> String {
    let mut xml = Xml::document();
    xml.start(
        "p:notes",
        &[
            (
                "xmlns:a",
                &"http://schemas.openxmlformats.org/drawingml/2006/main",
            ),
            (
                "xmlns:r",
                &"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            ),
            (
                "xmlns:p",
                &"http://schemas.openxmlformats.org/presentationml/2006/main",
            ),
        ],
    );
    xml.raw(concat!(
        "<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>",
        "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide\"/><p:cNvSpPr><a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"sldImg\"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>",
        "<p:sp><p:nvSpPr><p:cNvPr id=\"3\" name=\"Notes\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"body\" idx=\"1\"/></p:nvPr></p:nvSpPr><p:spPr/>",
        "<p:txBody><a:bodyPr/><a:lstStyle/>",
    ));
    for line in told(scene, step, added) {
        xml.start("a:p", &[]).start("a:r", &[]);
        xml.raw("<a:rPr dirty=\"0\"/>");
        xml.start("a:t", &[]).words(&line).end();
        xml.end().end();
    }
    xml.raw(
        "</p:txBody></p:sp></p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>",
    );
    xml.finish()
}

/// The notes, line by line.
fn told(scene: &Scene, step: Option<&str>, added: &[usize]) -> Vec<String> {
    let mut lines = vec![step.unwrap_or(&scene.description).to_owned()];
    let mut letters = 0;
    // First the parts in the order of the picture, then the links between them.
    let link = |at: &&usize| {
        let subject = scene.items.get(**at).map(|item| &item.subject);
        matches!(subject, Some(Subject::Link { .. }))
    };
    let (links, parts): (Vec<&usize>, Vec<&usize>) = added.iter().partition(link);
    for (done, at) in parts.iter().chain(&links).enumerate() {
        let told = scene.items.get(**at).and_then(|item| item.tooltip.as_ref());
        let Some(told) = told else { continue };
        letters += told.len();
        if letters > LETTERS {
            lines.push(format!("… + {}", added.len() - done));
            break;
        }
        for (row, line) in told.lines().enumerate() {
            lines.push(if row == 0 {
                format!("• {line}")
            } else {
                format!("    {line}")
            });
        }
    }
    lines
}
