//! The same input gives the same bytes: in another process, another locale, time zone, home and folder, and whatever its line ends are.

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
    reason = "a test may fail, and writes its own files"
)]

mod common;

use common::{Run, files, inputs, program, root, run, scratch};
use std::fs;
use std::path::Path;

/// Draws a text that is handed in under one name, so that where the file lies does not show in the picture.
fn draw(
    text: &[u8],
    ending: &str,
    folder: &Path,
    environment: &[(&str, &str)],
    format: &str,
) -> Run {
    let name = format!("input.{ending}");
    fs::write(folder.join(&name), text).unwrap();
    let mut command = program();
    command
        .current_dir(folder)
        .args(["render", &name, "--format", format]);
    for variable in [
        "LANG",
        "LC_ALL",
        "TZ",
        "HOME",
        "TMPDIR",
        "COLUMNS",
        "NO_COLOR",
        "TERM",
        "RAYON_NUM_THREADS",
    ] {
        command.env_remove(variable);
    }
    command.envs(environment.iter().copied());
    run(&mut command, b"")
}

const HERE: &[(&str, &str)] = &[
    ("LANG", "en_US.UTF-8"),
    ("TZ", "UTC"),
    ("HOME", "/root"),
    ("RAYON_NUM_THREADS", "1"),
];
const THERE: &[(&str, &str)] = &[
    ("TERM", "dumb"),
    ("RAYON_NUM_THREADS", "7"),
    ("COLUMNS", "31"),
    ("HOME", "/nonexistent"),
    ("TZ", "Pacific/Chatham"),
    ("LC_ALL", "tr_TR.ISO-8859-9"),
    ("LANG", "C"),
];

#[test]
fn every_input_is_drawn_the_same_anywhere() {
    let (here, there) = (scratch(), scratch());
    let deep = there.path().join("a b/ü");
    fs::create_dir_all(&deep).unwrap();
    let all = inputs();
    assert!(all.len() >= 5, "{all:?}");
    for path in all {
        let text = fs::read(&path).unwrap();
        let ending = path.extension().unwrap().to_str().unwrap();
        for format in ["svg", "json"] {
            let first = draw(&text, ending, here.path(), HERE, format);
            let second = draw(&text, ending, &deep, THERE, format);
            assert_eq!(first.status, Some(0), "{}: {}", path.display(), first.err);
            assert!(
                first.out == second.out,
                "{} as {format} differs from place to place",
                path.display()
            );
            assert_eq!(first.err, second.err, "{}", path.display());
        }
    }
}

#[test]
fn marks_and_line_ends_change_nothing() {
    let folder = scratch();
    for path in files(&root().join("diagrams"), &["yaml"])
        .into_iter()
        .chain(files(&root().join("examples"), &["md", "yaml", "dot"]))
    {
        let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        let ending = path.extension().unwrap().to_str().unwrap();
        let svg = |text: &str| draw(text.as_bytes(), ending, folder.path(), HERE, "svg").out;
        let plain = svg(&text);
        assert!(!plain.is_empty(), "{}", path.display());
        for (what, other) in [
            ("a byte order mark", format!("\u{feff}{text}")),
            ("CRLF", text.replace('\n', "\r\n")),
            ("no last newline", text.trim_end_matches('\n').to_owned()),
            (
                "all three",
                format!(
                    "\u{feff}{}",
                    text.trim_end_matches('\n').replace('\n', "\r\n")
                ),
            ),
        ] {
            let drawn = svg(&other);
            assert!(
                drawn == plain,
                "{}: {what} changes the picture: {}",
                path.display(),
                first_difference(&plain, &drawn)
            );
        }
    }
}

/// The lines in which two pictures first differ.
fn first_difference(one: &[u8], other: &[u8]) -> String {
    let (one, other) = (String::from_utf8_lossy(one), String::from_utf8_lossy(other));
    let pair = one
        .lines()
        .zip(other.lines())
        .find(|(a, b)| a != b && !a.starts_with("<svg") && !a.contains("-title"));
    pair.map_or_else(
        || "in length".to_owned(),
        |(a, b)| format!("\n{a:.300}\n{b:.300}"),
    )
}

#[test]
fn standard_input_is_drawn_like_a_file() {
    let folder = scratch();
    let text = fs::read(root().join("diagrams/cluster-components.yaml")).unwrap();
    let file = draw(&text, "yaml", folder.path(), HERE, "svg");
    let stdin = run(program().args(["render", "-", "--format", "svg"]), &text);
    let places = |bytes: &[u8]| -> Vec<String> {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        // The evidence names the input, and the ids come from the whole; everything that is seen is the same.
        text.lines()
            .filter(|line| line.starts_with("<g"))
            .map(|line| {
                line.replace("input.yaml", "<stdin>")
                    .replace("&lt;stdin&gt;", "<stdin>")
            })
            .collect()
    };
    assert_eq!(places(&file.out), places(&stdin.out));
}

#[test]
fn a_picture_read_again_from_json_is_the_same_picture() {
    let folder = scratch();
    for path in files(&root().join("diagrams"), &["yaml"])
        .into_iter()
        .chain(files(&root().join("examples"), &["md", "yaml"]))
    {
        let text = fs::read(&path).unwrap();
        let ending = path.extension().unwrap().to_str().unwrap();
        let svg = draw(&text, ending, folder.path(), HERE, "svg");
        let json = draw(&text, ending, folder.path(), HERE, "json");
        let again = draw(&json.out, "json", folder.path(), HERE, "svg");
        assert!(
            again.out == svg.out,
            "{}: {}",
            path.display(),
            first_difference(&svg.out, &again.out)
        );
    }
}
