//! What several tests need: the program as a process with limits, a scratch folder, the inputs that the house has, and a strict look at an SVG.

#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
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
    reason = "each test uses a part of this, and a test may fail"
)]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Seconds of processor time that a run may take. A debug build is slow, and nobody uses it.
pub const SECONDS: u32 = if cfg!(debug_assertions) { 120 } else { 15 };

/// Address space that a run may take, in KiB: most of it is never touched.
pub const KIBIBYTES: u32 = 2 << 20;

/// The package's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of its own, gone when dropped.
pub fn scratch() -> tempfile::TempDir {
    tempfile::Builder::new()
        .prefix("k8sdiag-test-")
        .tempdir()
        .unwrap()
}

/// The program.
pub fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_k8sdiag"))
}

/// The program, within limits on processor time and memory.
pub fn limited() -> Command {
    if !cfg!(unix) {
        return program();
    }
    let mut command = Command::new("sh");
    let limits =
        format!("ulimit -t {SECONDS}; ulimit -v {KIBIBYTES} 2>/dev/null; exec \"$0\" \"$@\"");
    command.args(["-c", &limits, env!("CARGO_BIN_EXE_k8sdiag")]);
    command
}

/// How a run ended.
#[derive(Debug)]
pub struct Run {
    /// `None` where a signal ended it.
    pub status: Option<i32>,
    pub out: Vec<u8>,
    pub err: String,
}

/// Runs to the end, with `input` on standard input.
pub fn run(command: &mut Command, input: &[u8]) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feeder = std::thread::spawn(move || {
        // It may well stop reading before the end.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    Run {
        status: output.status.code(),
        out: output.stdout,
        err: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
    }
}

/// The files of a folder of the package with one of some endings, in order; none where there is no such folder.
pub fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|own| endings.iter().any(|ending| own == *ending))
        })
        .collect();
    found.sort();
    found
}

/// Every input that the house has: built-in diagrams, examples, and notes kept beside the package, where there are some.
pub fn inputs() -> Vec<PathBuf> {
    let mut all = files(&root().join("diagrams"), &["yaml"]);
    all.extend(files(&root().join("examples"), &["md", "yaml", "dot"]));
    let notes = root().join("../shared/notes/raw");
    let more = files(&notes, &["md"]);
    if more.is_empty() {
        eprintln!("skipped: no notes in {}", notes.display());
    }
    all.extend(more);
    all
}

/// Elements that a picture may be made of.
const ELEMENTS: &[&str] = &[
    "svg", "title", "desc", "style", "defs", "g", "a", "rect", "path", "circle", "ellipse", "line",
    "polygon", "polyline", "text", "tspan", "marker", "use", "clipPath", "metadata",
];

/// Fails where a picture is not what it promises: strict XML of allowed elements, unique ids, resolved references, nothing that runs or loads.
pub fn check_svg(name: &str, bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
    // No DOCTYPE: the parser refuses one.
    let document = roxmltree::Document::parse(text)
        .unwrap_or_else(|error| panic!("{name}: not well-formed: {error}"));
    let mut ids = BTreeSet::new();
    for node in document.descendants() {
        assert!(!node.is_pi(), "{name}: a processing instruction");
        assert!(
            !node.is_comment() || !node.text().unwrap_or_default().contains("--"),
            "{name}: a comment with dashes"
        );
        if let Some(id) = node.attribute("id") {
            assert!(ids.insert(id), "{name}: the id `{id}` twice");
        }
    }
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let tag = node.tag_name().name();
        assert!(ELEMENTS.contains(&tag), "{name}: an element `{tag}`");
        for attribute in node.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            assert!(
                !key.to_lowercase().starts_with("on"),
                "{name}: a handler `{key}`"
            );
            if key == "href" {
                let scheme = value
                    .split(['/', '?', '#'])
                    .next()
                    .unwrap()
                    .split_once(':')
                    .map(|(scheme, _)| scheme.to_lowercase());
                let fine = scheme
                    .is_none_or(|scheme| matches!(scheme.as_str(), "http" | "https" | "mailto"));
                assert!(
                    fine && !value.starts_with("//"),
                    "{name}: a link to `{value}`"
                );
                if let Some(id) = value.strip_prefix('#') {
                    assert!(ids.contains(id), "{name}: nothing has the id `{id}`");
                }
            }
            if let Some((_, rest)) = value.split_once("url(") {
                let id = rest.split(')').next().unwrap().trim_matches(['"', '\'']);
                let id = id
                    .strip_prefix('#')
                    .unwrap_or_else(|| panic!("{name}: `{key}` loads `{id}`"));
                assert!(ids.contains(id), "{name}: nothing has the id `{id}`");
            }
            if matches!(key, "aria-labelledby" | "aria-describedby") {
                for id in value.split_whitespace() {
                    assert!(ids.contains(id), "{name}: nothing has the id `{id}`");
                }
            }
            if matches!(
                key,
                "x" | "y" | "width" | "height" | "d" | "viewBox" | "points" | "transform"
            ) {
                let lower = value.to_lowercase();
                assert!(
                    !lower.contains("nan") && !lower.contains("inf"),
                    "{name}: {key}=\"{value}\""
                );
            }
        }
        if tag == "style" {
            let css = node.text().unwrap_or_default();
            assert!(
                !css.contains("@import") && !css.contains("expression("),
                "{name}: CSS that loads"
            );
            for (_, rest) in css
                .match_indices("url(")
                .map(|(at, _)| css.split_at(at + 4))
            {
                assert!(
                    rest.starts_with("data:font/"),
                    "{name}: CSS that loads `{:.40}`",
                    rest
                );
            }
        }
    }
    let size = |key| -> f64 {
        document
            .root_element()
            .attribute(key)
            .unwrap()
            .parse()
            .unwrap()
    };
    assert!(
        size("width") > 0.0 && size("height") > 0.0,
        "{name}: of no size"
    );
}
