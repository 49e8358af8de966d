//! Small drawings that ask one question each, and the pictures of the examples.
//!
//! Two snapshots a case: `scene.json` says where things lie, `picture.svg` how they look. A diff tells whether layout or drawing moved.
//! `SNAPSHOTS=overwrite cargo test --test drawing` accepts what is drawn now, after somebody has looked at `target/tmp/drawing.html`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::too_many_lines,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::case_sensitive_file_extension_comparisons,
    clippy::needless_update,
    clippy::uninlined_format_args,
    clippy::type_complexity,
    clippy::semicolon_if_nothing_returned,
    clippy::single_match_else,
    reason = "a test may fail, and reads its own files"
)]

mod common;

use common::{check_svg, files, root};
use k8sdiag::draw::{self, Settings, Text};
use k8sdiag::model::{Source, Sources};
use k8sdiag::scene::Theme;
use k8sdiag::{Options, draw_sources};
use snapbox::data::DataFormat;
use snapbox::{Assert, Data};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Draws one input. `name` is what tooltips call it.
fn draw(path: &Path, name: &str, format: &str, text: Text, theme: Option<&str>) -> Vec<u8> {
    let mut sources = Sources::default();
    sources.add(Source::new(name, fs::read_to_string(path).unwrap()));
    let options = Options {
        format: draw::format(format).unwrap(),
        settings: Settings {
            text,
            ..Settings::default()
        },
        theme: theme.map(|theme| Theme::named(theme).unwrap()),
        ..Options::default()
    };
    draw_sources(&sources, &options, &mut ()).bytes
}

/// Compares with a file of the package; or writes it, where the user accepts.
fn compare(path: &Path, actual: Vec<u8>, wrong: &mut Vec<String>) {
    let expected = Data::read_from(path, Some(DataFormat::Text)).raw();
    let actual = Data::text(String::from_utf8(actual).unwrap()).raw();
    let assert = Assert::new().action_env("SNAPSHOTS");
    if let Err(error) = assert.try_eq(Some(&path.display()), actual, expected) {
        let told: String = error
            .to_string()
            .lines()
            .take(30)
            .fold(String::new(), |told, line| told + &format!("{line:.200}\n"));
        wrong.push(told);
    }
}

fn cases() -> Vec<(String, PathBuf)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(root().join("tests/drawing")).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let inputs: Vec<PathBuf> = files(&folder, &["md", "yaml", "dot"]);
        let input = inputs
            .into_iter()
            .find(|path| path.file_stem().is_some_and(|stem| stem == "input"));
        all.push((
            name.clone(),
            input.unwrap_or_else(|| panic!("{name} has no input")),
        ));
    }
    all.sort();
    all
}

#[test]
fn small_drawings_are_as_they_were_accepted() {
    let mut wrong = Vec::new();
    for (_, input) in cases() {
        let folder = input.parent().unwrap();
        let name = input.file_name().unwrap().to_str().unwrap();
        let picture = draw(&input, name, "svg", Text::System, None);
        check_svg(&folder.display().to_string(), &picture);
        compare(
            &folder.join("scene.json"),
            draw(&input, name, "json", Text::System, None),
            &mut wrong,
        );
        compare(&folder.join("picture.svg"), picture, &mut wrong);
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_label_is_in_its_picture() {
    let bare = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    let all = cases()
        .into_iter()
        .chain(examples().into_iter().map(|(path, name, _)| (name, path)));
    let mut wrong = Vec::new();
    for (name, input) in all {
        let json: serde_json::Value =
            serde_json::from_slice(&draw(&input, "input", "json", Text::System, None)).unwrap();
        let picture = String::from_utf8(draw(&input, "input", "svg", Text::System, None)).unwrap();
        let document = roxmltree::Document::parse(&picture).unwrap();
        let texts = document.descendants().filter(|node| {
            let mut above = node.ancestors();
            node.is_text() && above.any(|above| above.tag_name().name() == "text")
        });
        let words = bare(&texts.filter_map(|node| node.text()).collect::<String>());
        let parts = ["groups", "components", "links"]
            .into_iter()
            .filter_map(|key| json[key].as_array())
            .flatten();
        let labels = parts.filter_map(|part| part["label"].as_str());
        // What cannot be shown is replaced, and what is too long ends in an ellipsis.
        let plain = labels.filter(|label| {
            label.chars().count() < 60
                && !label
                    .contains(|c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c))
        });
        let lost: Vec<&str> = plain
            .filter(|label| !words.contains(&bare(label)))
            .collect();
        if !lost.is_empty() {
            wrong.push(format!("{name}: {lost:?} not drawn"));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// The inputs of the examples' pictures: themselves, and the diagram that the README shows.
fn examples() -> Vec<(PathBuf, String, PathBuf)> {
    let folder = root().join("examples");
    let mut all: Vec<_> = files(&folder, &["md", "yaml", "dot"])
        .into_iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let picture = path.with_extension("svg");
            (path, name, picture)
        })
        .filter(|(_, name, _)| name != "README.md")
        .collect();
    all.push((
        root().join("diagrams/cluster-components.yaml"),
        "<cluster-components>".to_owned(),
        folder.join("cluster-components.svg"),
    ));
    all
}

#[test]
fn pictures_of_the_examples_are_not_stale() {
    let mut wrong = Vec::new();
    let all = examples();
    for (input, name, picture) in &all {
        let drawn = draw(input, name, "svg", Text::Font, None);
        check_svg(name, &drawn);
        compare(picture, drawn, &mut wrong);
    }
    for picture in files(&root().join("examples"), &["svg"]) {
        if !all.iter().any(|(_, _, own)| *own == picture) {
            wrong.push(format!("{} is the picture of nothing", picture.display()));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn all_drawings_come_on_one_sheet() {
    let mut sheet = "<!doctype html>\n<meta charset=\"utf-8\">\n<title>All drawings</title>\n<style>body{font:14px sans-serif}section{display:inline-block;vertical-align:top;margin:12px}</style>\n".to_owned();
    let cases = cases()
        .into_iter()
        .chain(examples().into_iter().map(|(path, name, _)| (name, path)));
    for (name, input) in cases {
        for theme in ["light", "dark"] {
            let picture =
                String::from_utf8(draw(&input, &name, "svg", Text::System, Some(theme))).unwrap();
            let name = name.replace('<', "&lt;");
            let _ = writeln!(
                sheet,
                "<section><h2>{name}, {theme}</h2>\n{picture}</section>"
            );
        }
    }
    fs::write(
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("drawing.html"),
        sheet,
    )
    .unwrap();
}
