//! Chinese in painted pictures and pages: drawn with a font of the machine, and the picture is the one that a browser shows.
//!
//! Without such a font these tests say so and pass.

#![cfg(all(feature = "png", feature = "pdf", feature = "pptx"))]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test runs the program and reads what it wrote"
)]

use resvg::tiny_skia::Pixmap;
use std::io::Read;
use std::path::Path;
use std::process::Command;

/// Draws one component of that name; the bytes, and what was said.
fn drawn(folder: &Path, name: &str, ending: &str, font: Option<&str>) -> (Vec<u8>, String) {
    let note = folder.join("note.yaml");
    let text = format!("language: zh\ncomponents: [{{id: a, label: {name}}}]\n");
    std::fs::write(&note, text).unwrap();
    let picture = folder.join(format!("picture.{ending}"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_k8sdiag"));
    command.arg("render").arg(&note).arg("-o").arg(&picture);
    command.env_remove("K8SDIAG_FONT");
    command.args(font.map(|font| format!("--font={font}")));
    let done = command.output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{said}");
    (std::fs::read(&picture).unwrap(), said)
}

/// Whether this machine has a font for Chinese.
fn has_chinese(folder: &Path) -> bool {
    let (_, said) = drawn(folder, "控", "png", None);
    let has = said.contains("warning[system-font]");
    if !has {
        assert!(said.contains("fonts-noto-cjk"), "{said}");
        println!("skipped: there is no font for Chinese on this machine");
    }
    has
}

#[test]
fn chinese_is_painted_and_not_boxed() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    // Without a font, one character looks like the other.
    let pixels = |name, font| Pixmap::decode_png(&drawn(folder, name, "png", font).0).unwrap();
    let boxed = |name| pixels(name, Some("none"));
    assert!(boxed("控") == boxed("面"));
    if has_chinese(folder) {
        let painted = |name| pixels(name, None);
        assert!(painted("控") != painted("面"));
        assert!(painted("控") != boxed("控"));
    }
}

#[test]
fn chinese_in_a_page_can_be_searched() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    if !has_chinese(folder) {
        return;
    }
    let (page, _) = drawn(folder, "控制平面", "pdf", None);
    let streams = streams(&page);
    // What a reader copies: each glyph has its character, in UTF-16.
    for character in "控制平面".encode_utf16() {
        let code = format!("<{character:04X}>");
        let has = |stream: &String| stream.to_uppercase().contains(&code);
        assert!(streams.iter().any(has), "{code}");
    }
}

/// What the compressed streams of a PDF hold.
fn streams(page: &[u8]) -> Vec<String> {
    let mark = b"stream\n";
    let starts = page.windows(mark.len()).enumerate();
    let starts = starts.filter(|(_, window)| window == mark);
    let opened = starts.map(|(at, _)| {
        let mut opened = Vec::new();
        // What follows the stream is not its own, and ends the reading.
        let _ = flate2::read::ZlibDecoder::new(&page[at + mark.len()..]).read_to_end(&mut opened);
        String::from_utf8_lossy(&opened).into_owned()
    });
    opened.collect()
}
