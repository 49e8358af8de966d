//! What git would not look at: the `.gitignore` files of a tree, as gitignore(5) describes them.

use super::glob::Glob;
use crate::app::files;
use std::path::Path;

/// Bytes of one `.gitignore`.
const BYTES: usize = 1 << 20;

/// The lines of all `.gitignore` files that were met.
#[derive(Debug, Default)]
pub(super) struct Ignored {
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    /// The folder of its file, from the root on.
    base: String,
    glob: Glob,
    folders_only: bool,
    keeps: bool,
}

impl Ignored {
    /// Takes up the file of a folder, before what lies in it is asked for.
    pub(super) fn enter(&mut self, real: &Path, folder: &str) {
        let path = real.join(".gitignore");
        // A link could lead out of the repository.
        if !std::fs::symlink_metadata(&path).is_ok_and(|about| about.is_file()) {
            return;
        }
        let text = files::read(&path, BYTES).unwrap_or_default();
        self.lines
            .extend(text.lines().filter_map(|line| parsed(line, folder)));
    }

    /// Whether a file or folder is ignored: the last line that fits decides.
    pub(super) fn ignores(&self, name: &str, is_folder: bool) -> bool {
        let fits = |line: &&Line| {
            let inner = if line.base.is_empty() {
                Some(name)
            } else {
                name.strip_prefix(&line.base)
                    .and_then(|rest| rest.strip_prefix('/'))
            };
            (is_folder || !line.folders_only) && inner.is_some_and(|inner| line.glob.matches(inner))
        };
        self.lines
            .iter()
            .rev()
            .find(fits)
            .is_some_and(|line| !line.keeps)
    }
}

fn parsed(line: &str, base: &str) -> Option<Line> {
    let line = line.trim_end();
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    let (keeps, line) = match line.strip_prefix('!') {
        Some(rest) => (true, rest),
        None => (false, line.strip_prefix('\\').unwrap_or(line)),
    };
    let (folders_only, line) = match line.strip_suffix('/') {
        Some(rest) => (true, rest),
        None => (false, line),
    };
    let pattern = if line.contains('/') {
        line.trim_start_matches('/').to_owned()
    } else {
        format!("**/{line}")
    };
    Some(Line {
        base: base.to_owned(),
        glob: Glob::new(&pattern),
        folders_only,
        keeps,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_that_fits_decides() {
        let mut ignored = Ignored::default();
        let text = "# a comment\n*.svg\n!keep.svg\n/build/\ndocs/*.md\n";
        ignored
            .lines
            .extend(text.lines().filter_map(|line| parsed(line, "")));
        ignored.lines.extend(parsed("x.md", "sub"));
        for (name, folder, gone) in [
            ("a.svg", false, true),
            ("deep/a.svg", false, true),
            ("deep/keep.svg", false, false),
            ("build", true, true),
            ("build", false, false),
            ("deep/build", true, false),
            ("docs/a.md", false, true),
            ("docs/deep/a.md", false, false),
            ("sub/x.md", false, true),
            ("x.md", false, false),
        ] {
            assert_eq!(ignored.ignores(name, folder), gone, "{name}");
        }
    }
}
