//! The house holds itself up: who may import whom, where each crate lives, how long a file may be, and that tables and files agree.
//!
//! Everything here reads the source as text, so a broken rule is told by file and line, and with what to do about it.

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
    reason = "a test may fail, and reads the source itself"
)]

use k8sdiag::model::Code;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Who may use whom, as folders (or files) of `src`. `app` and `lib` may use all, `main` only `app`.
const MAY_USE: &[(&str, &[&str])] = &[
    // Calls what may panic, and knows nothing of it.
    ("guard", &[]),
    ("model", &[]),
    ("geom", &[]),
    ("yaml", &["model"]),
    ("read", &["model", "yaml", "guard"]),
    ("resolve", &["model", "yaml"]),
    ("view", &["model"]),
    ("check", &["model"]),
    ("diff", &["model"]),
    ("report", &["model"]),
    ("layout", &["geom", "guard"]),
    ("font", &["geom"]),
    // Of `layout` only the types of its graph: see `the_scene_does_not_know_the_engines`.
    ("scene", &["model", "geom", "font", "yaml", "layout"]),
    ("draw", &["scene", "model", "geom", "font", "yaml"]),
    ("main", &["app"]),
];

/// The crates that stand in few places, and where. A path that ends in `/` is a folder.
const LIVES_IN: &[(&str, &[&str])] = &[
    ("serde_yaml", &["yaml.rs", "yaml/"]),
    ("saphyr_parser", &["yaml.rs", "yaml/"]),
    ("::svg", &["draw/svg.rs", "draw/svg/"]),
    (
        "::layout",
        &["read/dot.rs", "read/dot/", "layout/layout_rs.rs"],
    ),
    // Its ids are the model's ids, so `model/mod.rs` passes on the trait that walks edges.
    ("petgraph", &["model/architecture.rs", "model/mod.rs"]),
    ("clap", &["app/"]),
    ("clap_complete", &["app/"]),
    ("clap_mangen", &["app/"]),
    ("tempfile", &["app/files.rs"]),
    ("thiserror", &["app/error.rs"]),
    (
        "pulldown_cmark",
        &["read/note/structure.rs", "app/build/markdown.rs"],
    ),
    ("whatlang", &["read/prose/language.rs"]),
    ("kurbo", &["geom.rs"]),
    ("dejavu", &["font/"]),
    ("notosans", &["font/"]),
    ("harfrust", &["font/"]),
    ("read_fonts", &["font/"]),
    ("skera", &["font/"]),
    ("write_fonts", &["font/redraw.rs"]),
    ("unicode_linebreak", &["font/wrap.rs"]),
];

/// How long a file may be, without its tests.
const CEILING: usize = 500;

/// Files that are longer, and why they still are. A file that has become short enough must leave this list.
const TOO_LONG: &[(&str, &str)] = &[];

/// Codes that nothing raises yet, and who will.
const NOT_RAISED_YET: &[(Code, &str)] = &[];

/// A Rust file of `src`.
struct File {
    /// Below `src`, with slashes.
    path: String,
    text: String,
}

impl File {
    /// The folder (or file) of `src` that it belongs to.
    fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// Whether all of it is a test.
    fn is_test(&self) -> bool {
        self.path.ends_with("tests.rs") || self.path.contains("/tests/")
    }

    /// Its lines up to its tests, numbered from 1, comments left out.
    fn code(&self) -> Vec<(usize, &str)> {
        let tests = self.text.find("#[cfg(test)]\nmod tests");
        let text = self.text.get(..tests.unwrap_or(self.text.len())).unwrap();
        let lines = text.lines().enumerate();
        lines
            .map(|(at, line)| (at + 1, line.split("//").next().unwrap()))
            .filter(|(_, line)| !line.trim().is_empty())
            .collect()
    }

    /// How many lines it has before its tests.
    fn length(&self) -> usize {
        let tests = self.text.find("#[cfg(test)]\nmod tests");
        let text = self.text.get(..tests.unwrap_or(self.text.len())).unwrap();
        text.lines().count()
    }

    /// The path of its module, from the root of the crate.
    fn module(&self) -> Vec<&str> {
        let path = self.path.strip_suffix(".rs").unwrap();
        let mut parts: Vec<&str> = path.split('/').collect();
        if matches!(parts.last(), Some(&"mod" | &"lib" | &"main")) {
            parts.pop();
        }
        parts
    }

    /// The rooms of the crate that its code names, with the line.
    fn uses(&self) -> Vec<(usize, String)> {
        let module = self.module();
        let mut found = Vec::new();
        for (line, code) in self.code() {
            for (at, _) in code.match_indices("crate::") {
                let before = code.get(..at).unwrap().chars().next_back();
                if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$') {
                    continue;
                }
                let rest = code.get(at + "crate::".len()..).unwrap();
                found.extend(heads(rest).into_iter().map(|head| (line, head)));
            }
            // `super::` that climbs out of the room.
            let climb = "super::".repeat(module.len());
            if let (false, Some((_, rest))) = (module.is_empty(), code.split_once(climb.as_str())) {
                found.extend(heads(rest).into_iter().map(|head| (line, head)));
            }
        }
        found
    }
}

/// The first words of a path, or of each path between braces: `{a::B, c}` names `a` and `c`.
fn heads(rest: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        let text = text.trim_start();
        text.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let Some(inner) = rest.strip_prefix('{') else {
        return vec![word(rest)];
    };
    let (mut depth, mut piece, mut pieces) = (0, String::new(), Vec::new());
    for c in inner.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => pieces.push(std::mem::take(&mut piece)),
            _ => piece.push(c),
        }
    }
    pieces.push(piece);
    pieces
        .iter()
        .map(|piece| word(piece))
        .filter(|word| !word.is_empty())
        .collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file below a folder of the package, as paths from there.
fn files(folder: &str) -> Vec<String> {
    let top = root().join(folder);
    let (mut open, mut found) = (vec![top.clone()], Vec::new());
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(
                    path.strip_prefix(&top)
                        .unwrap()
                        .to_str()
                        .unwrap()
                        .replace('\\', "/"),
                );
            }
        }
    }
    found.sort();
    found
}

fn source() -> Vec<File> {
    let rust = |path: &String| {
        Path::new(path)
            .extension()
            .is_some_and(|ending| ending == "rs")
    };
    let paths = files("src").into_iter().filter(rust);
    paths
        .map(|path| File {
            text: text(&format!("src/{path}")),
            path,
        })
        .collect()
}

/// Fails with all complaints at once.
fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn imports_follow_the_table() {
    let rooms: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut complaints = Vec::new();
    for file in source().iter().filter(|file| !file.is_test()) {
        let room = file.room();
        if matches!(room, "app" | "lib") {
            continue;
        }
        let Some(allowed) = rooms.get(room) else {
            complaints.push(format!(
                "src/{}: `{room}` has no line in MAY_USE",
                file.path
            ));
            continue;
        };
        for (line, used) in file.uses() {
            let known = rooms.contains_key(used.as_str())
                || matches!(used.as_str(), "app" | "Options" | "draw_sources");
            if known && used != room && !allowed.contains(&used.as_str()) {
                complaints.push(format!(
                    "src/{}:{line}: `{room}` may not use `{used}`",
                    file.path
                ));
            }
        }
    }
    none(&complaints);
}

#[test]
fn the_table_of_imports_has_no_forgotten_room() {
    let mut rooms: BTreeSet<String> = source().iter().map(|file| file.room().to_owned()).collect();
    rooms.remove("app");
    rooms.remove("lib");
    let table: BTreeSet<String> = MAY_USE.iter().map(|(room, _)| (*room).to_owned()).collect();
    let missing: Vec<_> = rooms.difference(&table).collect();
    assert!(
        missing.is_empty(),
        "give these a line in MAY_USE: {missing:?}"
    );
}

#[test]
fn the_scene_does_not_know_the_engines() {
    let mut complaints = Vec::new();
    for file in source()
        .iter()
        .filter(|file| file.room() == "scene" && !file.is_test())
    {
        for (line, code) in file.code() {
            for engine in ["layered", "route", "verify", "placed", "layout_rs", "run("] {
                if code.contains(&format!("layout::{engine}")) {
                    complaints.push(format!(
                        "src/{}:{line}: `layout::{engine}` is not the scene's business",
                        file.path
                    ));
                }
            }
        }
    }
    none(&complaints);
}

#[test]
fn each_crate_lives_where_it_should() {
    let mut complaints = Vec::new();
    for file in source().iter().filter(|file| !file.is_test()) {
        for (line, code) in file.code() {
            for (name, homes) in LIVES_IN {
                let at_home = homes.iter().any(|home| {
                    if home.ends_with('/') {
                        file.path.starts_with(home)
                    } else {
                        file.path == *home
                    }
                });
                if !at_home && names_crate(code, name) {
                    complaints.push(format!(
                        "src/{}:{line}: `{name}` belongs into {homes:?}",
                        file.path
                    ));
                }
            }
        }
    }
    none(&complaints);
}

/// Whether code names a crate: as the start of a path, not as a part of another word or module.
fn names_crate(code: &str, name: &str) -> bool {
    let path = format!("{}::", name.trim_start_matches(':'));
    code.match_indices(&path).any(|(at, _)| {
        let before = code.get(..at).unwrap();
        let rooted = before.ends_with("::")
            && !before
                .trim_end_matches("::")
                .ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let starts = !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
        if name.starts_with("::") {
            rooted
        } else {
            rooted || starts
        }
    })
}

#[test]
fn a_crate_is_told_from_a_module_of_its_name() {
    assert!(names_crate("use ::svg::node::Value;", "::svg"));
    assert!(!names_crate("use super::svg::draw;", "::svg"));
    assert!(!names_crate("mod svg; svg::draw(x)", "::svg"));
    assert!(names_crate("use petgraph::graph::DiGraph;", "petgraph"));
    assert!(!names_crate(
        "use my_petgraph::x; a::petgraph::y",
        "petgraph"
    ));
}

#[test]
fn no_file_is_over_its_ceiling() {
    let exceptions: BTreeMap<&str, &str> = TOO_LONG.iter().copied().collect();
    let mut complaints = Vec::new();
    let mut seen = BTreeSet::new();
    for file in source().iter().filter(|file| !file.is_test()) {
        let length = file.length();
        match (length > CEILING, exceptions.contains_key(file.path.as_str())) {
            (true, false) => complaints.push(format!(
                "src/{}: {length} lines without its tests, {CEILING} are allowed: it has two ideas, split it",
                file.path
            )),
            (false, true) => complaints.push(format!(
                "src/{}: {length} lines now: take it off the list TOO_LONG in tests/house.rs",
                file.path
            )),
            _ => {}
        }
        seen.insert(file.path.clone());
    }
    for (path, _) in TOO_LONG {
        if !seen.contains(*path) {
            complaints.push(format!("src/{path} is gone: take it off the list TOO_LONG"));
        }
    }
    none(&complaints);
}

#[test]
fn every_file_says_what_it_is() {
    let all = source();
    let silent = all
        .iter()
        .filter(|file| !file.is_test() && !file.text.starts_with("//! "));
    none(
        &silent
            .map(|file| format!("src/{}: begins without a `//!` header", file.path))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn nothing_is_left_to_do() {
    // Spelt in pieces, so that this file is clean itself.
    let marks = [
        ["TO", "DO"].concat(),
        ["FIX", "ME"].concat(),
        ["XX", "X"].concat(),
    ];
    let mut complaints = Vec::new();
    for folder in ["src", "tests", "examples", "benches", "measure", "diagrams"] {
        if !root().join(folder).is_dir() {
            continue;
        }
        for path in files(folder) {
            let Ok(text) = fs::read_to_string(root().join(folder).join(&path)) else {
                continue;
            };
            if path.ends_with(".svg") {
                continue; // An embedded font spells anything.
            }
            for (at, line) in text.lines().enumerate() {
                // In lower case it is a word of some languages, and a good name for a list of work.
                let words = line.split(|c: char| !c.is_alphanumeric());
                for word in words.filter(|word| marks.iter().any(|mark| mark == word)) {
                    complaints.push(format!("{folder}/{path}:{}: {word}", at + 1));
                }
            }
        }
    }
    none(&complaints);
}

/// The data files of a folder, and the source that must name each of them.
const TABLES: &[(&str, &str)] = &[
    ("src/read/prose/lexicon", "src/read/prose/lexicon.rs"),
    ("src/scene/themes", "src/scene/theme.rs"),
    ("diagrams", "src/app/gallery.rs"),
    ("src/resolve", "src/resolve/knowledge.rs"),
    ("src/scene/phrasebook", "src/scene/phrasebook.rs"),
    ("src/app/init", "src/app/init.rs"),
    ("src/read/kubernetes", "src/read/kubernetes/"),
];

#[test]
fn every_data_file_lies_in_its_table() {
    let mut complaints = Vec::new();
    let yaml: Vec<String> = ["src", "diagrams"]
        .iter()
        .flat_map(|folder| {
            files(folder)
                .into_iter()
                .map(move |path| format!("{folder}/{path}"))
        })
        .filter(|path| path.ends_with(".yaml"))
        .collect();
    for path in &yaml {
        let (folder, name) = path.rsplit_once('/').unwrap();
        let Some((_, table)) = TABLES.iter().find(|(own, _)| *own == folder) else {
            complaints.push(format!(
                "{path}: no table of tests/house.rs knows its folder"
            ));
            continue;
        };
        let code: String = match table.strip_suffix('/') {
            Some(folder) => files(folder)
                .iter()
                .filter(|path| path.ends_with(".rs"))
                .map(|path| text(&format!("{folder}/{path}")))
                .collect(),
            None => text(table),
        };
        if !code.contains(&format!("{name}\")"))
            && !code.contains(&format!("\"{}\"", name.trim_end_matches(".yaml")))
        {
            complaints.push(format!("{path}: {table} does not name it"));
        }
    }
    none(&complaints);
}

#[test]
fn every_code_is_raised_and_no_exception_is_stale() {
    let raised: String = source()
        .iter()
        .filter(|file| !file.is_test() && file.path != "model/diagnostic.rs")
        .flat_map(|file| {
            file.code()
                .into_iter()
                .map(|(_, code)| format!("{code}\n"))
                .collect::<Vec<_>>()
        })
        .collect();
    let mut complaints = Vec::new();
    for code in Code::ALL {
        let name = format!("Code::{code:?}");
        let is_raised = raised.match_indices(&name).any(|(at, _)| {
            !raised
                .get(at + name.len()..)
                .unwrap()
                .starts_with(|c: char| c.is_alphanumeric())
        });
        let excused = NOT_RAISED_YET.iter().any(|(own, _)| own == code);
        match (is_raised, excused) {
            (false, false) => complaints.push(format!(
                "{name} (`{}`) is raised nowhere in src",
                code.name()
            )),
            (true, true) => complaints.push(format!(
                "{name} is raised now: take it off NOT_RAISED_YET in tests/house.rs"
            )),
            _ => {}
        }
    }
    none(&complaints);
}

/// Lists of a lexicon: the words of each key that holds a list of words.
fn lexicon(path: &str) -> (BTreeSet<String>, BTreeMap<String, Vec<String>>) {
    let value: serde_yaml::Value = serde_yaml::from_str(&text(path)).unwrap();
    let map = value.as_mapping().unwrap();
    let keys = map
        .iter()
        .map(|(key, _)| key.as_str().unwrap().to_owned())
        .collect();
    let lists = map.iter().filter_map(|(key, value)| {
        let words: Option<Vec<String>> = value
            .as_sequence()?
            .iter()
            .map(|word| word.as_str().map(str::to_lowercase))
            .collect();
        Some((key.as_str()?.to_owned(), words?))
    });
    (keys, lists.collect())
}

fn lexicons() -> Vec<String> {
    let folder = "src/read/prose/lexicon";
    let yaml = files(folder)
        .into_iter()
        .filter(|path| path.ends_with(".yaml"));
    yaml.map(|path| format!("{folder}/{path}")).collect()
}

/// Pairs of lists that no word may be in both of: each would take the word for the opposite of the other.
const CLASH: &[(&str, &str)] = &[
    ("negation", "exclusive"),
    ("negation", "and"),
    ("negation", "everyone"),
    ("negation", "pronouns"),
    ("nobody", "everyone"),
    ("veto", "light"),
    ("enabling", "light"),
    ("everyone", "pronouns"),
    ("consists", "negation"),
    ("exclusive", "veto"),
    ("via", "negation"),
];

/// Words that stand in two places still, and do no harm there.
const CLASHES_STILL: &[(&str, &str)] = &[
    ("de.yaml", "sein"),
    ("nl.yaml", "zijn"),
    ("pl.yaml", "komponenty"),
    ("pl.yaml", "em"),
    ("sv.yaml", "skulle"),
];

#[test]
fn no_word_of_a_lexicon_clashes_with_itself() {
    let mut complaints = Vec::new();
    for path in lexicons() {
        let (_, lists) = lexicon(&path);
        let excused = |word: &String| {
            CLASHES_STILL
                .iter()
                .any(|(file, own)| path.ends_with(file) && own == word)
        };
        for (key, words) in &lists {
            let mut seen = BTreeSet::new();
            for word in words {
                if !seen.insert(word) && !excused(word) {
                    complaints.push(format!("{path}: `{word}` stands twice in `{key}`"));
                }
            }
        }
        for (a, b) in CLASH {
            let (Some(ours), Some(theirs)) = (lists.get(*a), lists.get(*b)) else {
                continue;
            };
            for word in ours
                .iter()
                .filter(|word| theirs.contains(word) && !excused(word))
            {
                complaints.push(format!("{path}: `{word}` is in `{a}` and in `{b}`"));
            }
        }
    }
    none(&complaints);
}

/// The names in a section of `Cargo.toml`.
fn dependencies(section: &str) -> BTreeSet<String> {
    let manifest = text("Cargo.toml");
    let (_, after) = manifest.split_once(&format!("[{section}]\n")).unwrap();
    let lines = after.lines().take_while(|line| !line.starts_with('['));
    lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name.trim().to_owned())
        .collect()
}

#[test]
fn every_dependency_has_its_line_and_no_line_is_stale() {
    let document = text("ARCHITECTURE.md");
    let (_, table) = document.split_once("## Dependencies").unwrap();
    let told: BTreeSet<String> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" | ").next())
        .filter(|cell| *cell != "crate" && !cell.starts_with("---"))
        .flat_map(|cell| cell.split(", "))
        .map(|name| name.split(" (").next().unwrap().to_owned())
        .collect();
    let mut used = dependencies("dependencies");
    used.extend(dependencies("dev-dependencies"));
    let missing: Vec<_> = used.difference(&told).collect();
    let stale: Vec<_> = told.difference(&used).collect();
    assert!(
        missing.is_empty() && stale.is_empty(),
        "ARCHITECTURE.md lacks {missing:?}; Cargo.toml lacks {stale:?}"
    );
}

/// Dependencies that no code names, and what they wait for.
const WAITING: &[(&str, &str)] = &[(
    "flate2",
    "the backend of zip's compression, which zip leaves to us",
)];

#[test]
fn every_dependency_is_used() {
    let all: String = source().into_iter().map(|file| file.text).collect();
    let unused = dependencies("dependencies").into_iter().filter(|name| {
        // The library of layout-rs is called `layout`.
        let library = if name == "layout-rs" {
            "::layout".to_owned()
        } else {
            name.replace('-', "_")
        };
        let called = names_crate(&all, &library) || names_crate(&all, &format!("::{library}"));
        !called && !WAITING.iter().any(|(waiting, _)| waiting == name)
    });
    none(
        &unused
            .map(|name| format!("Cargo.toml: nothing uses `{name}`"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn the_changelog_speaks_of_this_version() {
    let heading = format!("## {}", env!("CARGO_PKG_VERSION"));
    assert!(
        text("CHANGELOG.md")
            .lines()
            .any(|line| line.starts_with(&heading)),
        "CHANGELOG.md has no `{heading}`"
    );
}

/// The commands of the console blocks of a document.
fn commands(document: &str) -> Vec<String> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in document.lines() {
        if let Some(language) = line.trim().strip_prefix("```") {
            inside = !inside && matches!(language.trim(), "" | "sh" | "bash" | "console" | "shell");
        } else if inside {
            found.push(line.trim().trim_start_matches("$ ").to_owned());
        }
    }
    found
}

#[test]
fn every_command_of_the_readme_exists() {
    let readme = text("README.md");
    let commands = commands(&readme);
    let first_screen = readme.lines().take(40).collect::<Vec<_>>().join("\n");
    for must in [
        "cargo run --release -- render --format svg -o cluster.svg",
        "cargo test",
    ] {
        assert!(
            first_screen.contains(must),
            "README.md does not show `{must}` on its first screen"
        );
    }
    let mut complaints = Vec::new();
    for command in commands {
        let words: Vec<&str> = command.split_whitespace().collect();
        let called = match words.as_slice() {
            ["cargo", "run", rest @ ..] => rest
                .iter()
                .position(|word| *word == "--")
                .map(|at| &rest[at + 1..]),
            ["k8sdiag", rest @ ..] => Some(rest),
            _ => None,
        };
        let Some([name, rest @ ..]) = called else {
            continue;
        };
        let help = std::process::Command::new(env!("CARGO_BIN_EXE_k8sdiag"))
            .args([name, "--help"])
            .output()
            .unwrap();
        if !help.status.success() {
            complaints.push(format!("README.md: `{command}`: no such command"));
            continue;
        }
        let help = String::from_utf8(help.stdout).unwrap();
        for option in rest.iter().filter(|word| word.starts_with("--")) {
            let option = option.split('=').next().unwrap();
            if !help.contains(option) {
                complaints.push(format!(
                    "README.md: `{command}`: `{name}` has no option `{option}`"
                ));
            }
        }
    }
    none(&complaints);
}
