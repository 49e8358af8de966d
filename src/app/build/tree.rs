//! The repository: where it begins, which files it has, and that nothing outside of it is read or written.

use super::glob::Glob;
use super::ignore::Ignored;
use crate::model::{Code, Diagnostic};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The name of the configuration.
pub(in crate::app) const CONFIG: &str = "k8sdiag.yaml";
/// Files and folders that are looked at: a tree with more is not a docs tree.
const MOST: usize = 500_000;
/// Folders that hold other people's texts, or what a site generator wrote.
const FOREIGN: &[&str] = &[
    "node_modules",
    "target",
    "vendor",
    "_site",
    "venv",
    "__pycache__",
];

/// A repository, by its real path.
#[derive(Debug, Clone)]
pub(in crate::app) struct Tree {
    root: PathBuf,
    /// The folder of the configuration, from the root on; empty where it is the root.
    pub(in crate::app) base: String,
    /// Whether there is a configuration.
    pub(in crate::app) configured: bool,
}

impl Tree {
    /// The repository around `start`: the configuration is looked for upward to the folder with `.git` in it. Without either, `start` itself.
    ///
    /// # Errors
    /// A diagnostic where `start` is no folder.
    pub(in crate::app) fn around(start: &Path) -> Result<Self, Box<Diagnostic>> {
        let fail = |cause: std::io::Error| {
            let message = format!("cannot open the folder: {cause}");
            Box::new(Diagnostic::new(Code::Unreadable, message).in_file(start.to_string_lossy()))
        };
        let start = fs::canonicalize(start).map_err(fail)?;
        let root = start
            .ancestors()
            .find(|folder| fs::symlink_metadata(folder.join(".git")).is_ok());
        let inside = start.ancestors().take_while(|folder| {
            root.is_some_and(|root| folder.starts_with(root)) || *folder == start
        });
        let mut inside = inside;
        let config = inside.find(|folder| folder.join(CONFIG).is_file());
        let root = root.or(config).unwrap_or(&start);
        let base = config
            .and_then(|folder| folder.strip_prefix(root).ok())
            .map(slashed)
            .unwrap_or_default();
        Ok(Self {
            root: root.to_owned(),
            base,
            configured: config.is_some(),
        })
    }

    /// The real path of the root.
    pub(in crate::app) fn root(&self) -> &Path {
        &self.root
    }

    /// The configuration, from the root on.
    pub(in crate::app) fn config(&self) -> String {
        joined(&self.base, CONFIG)
    }

    /// The file of that name, for reading: links are followed first, and what they lead to lies in the repository.
    ///
    /// # Errors
    /// A diagnostic where it does not, or there is none.
    pub(in crate::app) fn input(&self, name: &str) -> Result<PathBuf, Box<Diagnostic>> {
        let path = self.root.join(name);
        let real = fs::canonicalize(&path).map_err(|cause| {
            let message = match cause.kind() {
                std::io::ErrorKind::NotFound => format!("there is no file `{name}`"),
                _ => format!("cannot read `{name}`: {cause}"),
            };
            Box::new(Diagnostic::new(Code::Unreadable, message).in_file(name))
        })?;
        if real.starts_with(&self.root) {
            Ok(real)
        } else {
            Err(outside(name, "read"))
        }
    }

    /// The file of that name, for writing: the folder that is nearest to it lies in the repository, links followed.
    ///
    /// # Errors
    /// A diagnostic where it does not.
    pub(in crate::app) fn output(&self, name: &str) -> Result<PathBuf, Box<Diagnostic>> {
        let path = self.root.join(name);
        let plain = Path::new(name)
            .components()
            .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        let hidden = name
            .split('/')
            .any(|part| part.eq_ignore_ascii_case(".git"));
        let there = path
            .ancestors()
            .skip(1)
            .find_map(|folder| fs::canonicalize(folder).ok());
        let inside = there.is_some_and(|folder| folder.starts_with(&self.root));
        if plain && inside && !hidden {
            Ok(path)
        } else {
            Err(outside(name, "written"))
        }
    }

    /// Every file that fits a pattern, in order; hidden ones only where the pattern is a plain path.
    pub(in crate::app) fn matching(&self, pattern: &str) -> Vec<String> {
        let pattern = tidied(pattern);
        if Glob::is_plain(&pattern) {
            return vec![pattern];
        }
        let glob = Glob::new(&pattern);
        let fixed: Vec<&str> = pattern
            .split('/')
            .take_while(|name| Glob::is_plain(name))
            .collect();
        let start = fixed.join("/");
        self.files(&start, None)
            .into_iter()
            .filter(|name| glob.matches(name))
            .collect()
    }

    /// Every file that git would not ignore.
    pub(in crate::app) fn tracked(&self) -> Vec<String> {
        self.files("", Some(Ignored::default()))
    }

    /// Every file below a folder, sorted. Links to folders are not followed: they may lead anywhere, or round in a circle.
    fn files(&self, start: &str, ignored: Option<Ignored>) -> Vec<String> {
        let mut ignored = ignored;
        let mut found = Vec::new();
        let mut folders = vec![start.to_owned()];
        let mut seen = 0;
        while let Some(folder) = folders.pop() {
            let Ok(real) = fs::canonicalize(self.root.join(&folder)) else {
                continue;
            };
            if !real.starts_with(&self.root) {
                continue;
            }
            if let Some(ignored) = &mut ignored {
                ignored.enter(&real, &folder);
            }
            let Ok(entries) = fs::read_dir(&real) else {
                continue;
            };
            for entry in entries.flatten() {
                seen += 1;
                if seen > MOST {
                    break;
                }
                let (Ok(own), Ok(kind)) = (entry.file_name().into_string(), entry.file_type())
                else {
                    continue;
                };
                let name = joined(&folder, &own);
                let skipped = own.starts_with('.')
                    || kind.is_dir() && FOREIGN.contains(&own.as_str())
                    || ignored
                        .as_ref()
                        .is_some_and(|ignored| ignored.ignores(&name, kind.is_dir()));
                if skipped {
                    continue;
                }
                if kind.is_dir() {
                    folders.push(name);
                } else {
                    found.push(name);
                }
            }
        }
        found.sort_unstable();
        found
    }
}

fn outside(name: &str, what: &str) -> Box<Diagnostic> {
    let message = format!("`{name}` lies outside of the repository, and is not {what}");
    let told = Diagnostic::new(Code::Unreadable, message).in_file(name);
    Box::new(
        told.help("`build` reads and writes below the folder with `.git` in it, links followed"),
    )
}

/// A path with `/` between its names.
pub(in crate::app) fn slashed(path: &Path) -> String {
    let names: Vec<_> = path
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            Component::ParentDir => Some("..".to_owned()),
            _ => None,
        })
        .collect();
    names.join("/")
}

/// `name` in `folder`, tidied: `a/../b` is `b`.
pub(in crate::app) fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        tidied(name)
    } else {
        tidied(&format!("{folder}/{name}"))
    }
}

/// A path without `.`, empty names and, as far as it goes, `..`. What leads out keeps its `..`, and is refused when it is used.
pub(in crate::app) fn tidied(path: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in path.split(['/', '\\']) {
        match name {
            "" | "." => {}
            ".." if names.last().is_some_and(|last| *last != "..") => {
                names.pop();
            }
            other => names.push(other),
        }
    }
    names.join("/")
}

/// The folder of a file; empty for the root.
pub(in crate::app) fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The name of a file without folder and ending.
pub(in crate::app) fn stem(name: &str) -> &str {
    let own = name.rsplit_once('/').map_or(name, |(_, own)| own);
    match own.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => own,
    }
}

/// How one gets from a file in `from` (a folder) to the file `to`.
pub(in crate::app) fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').filter(|name| !name.is_empty()).collect();
    let to: Vec<&str> = to.split('/').collect();
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - same);
    let down = to.iter().skip(same).copied();
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_tidied_and_related() {
        assert_eq!(tidied("./a//b/../c"), "a/c");
        assert_eq!(tidied("../x"), "../x");
        assert_eq!(tidied("a/../../x"), "../x");
        assert_eq!(
            relative("docs/guide", "docs/images/a.svg"),
            "../images/a.svg"
        );
        assert_eq!(relative("", "a.svg"), "a.svg");
        assert_eq!(stem("docs/a.b.md"), "a.b");
        assert_eq!(stem(".md"), ".md");
        assert_eq!(folder("a/b.md"), "a");
    }

    #[test]
    fn nothing_leads_out_of_the_repository() {
        let outer = tempfile::tempdir().unwrap();
        let root = outer.path().join("repo");
        fs::create_dir_all(root.join("notes")).unwrap();
        fs::create_dir(root.join(".git")).unwrap();
        let write = |path: PathBuf, text: &str| {
            use std::io::Write;
            fs::File::create(path)
                .unwrap()
                .write_all(text.as_bytes())
                .unwrap();
        };
        write(outer.path().join("secret.md"), "secret");
        write(root.join("notes/a.md"), "a");
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(outer.path(), root.join("out")).unwrap();
            std::os::unix::fs::symlink("../../secret.md", root.join("notes/b.md")).unwrap();
        }
        let tree = Tree::around(&root.join("notes")).unwrap();
        assert!(tree.input("notes/a.md").is_ok());
        for name in [
            "../secret.md",
            "notes/../../secret.md",
            "notes/b.md",
            "out/secret.md",
        ] {
            assert!(tree.input(name).is_err(), "{name}");
        }
        assert!(tree.output("images/deep/a.svg").is_ok());
        for name in [
            "../a.svg",
            "out/a.svg",
            "out/deep/a.svg",
            "/etc/a.svg",
            ".git/hooks/a",
            ".GIT/a",
            "a/../../b",
        ] {
            assert!(tree.output(name).is_err(), "{name}");
        }
        assert_eq!(tree.matching("notes/*.md"), ["notes/a.md", "notes/b.md"]);
        assert_eq!(
            tree.matching("**/*.md"),
            ["notes/a.md", "notes/b.md"],
            "links to folders are not followed"
        );
    }
}
