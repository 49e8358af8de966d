//! Patterns of file names: `*`, `?`, `[a-z]` within a name, `**` over folders, `{a,b}` for either.
//!
//! Matching is linear in pattern times path, whatever stands in them: no backtracking but to the last star.

/// How many patterns the braces of one may make.
const MOST: usize = 256;

/// A pattern of paths, with `/` between names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Glob {
    alternatives: Vec<Vec<String>>,
}

impl Glob {
    /// A pattern. Braces that make too many patterns stay as they are.
    pub(super) fn new(pattern: &str) -> Self {
        let alternatives = braces(pattern)
            .iter()
            .map(|pattern| names(pattern).map(str::to_owned).collect())
            .collect();
        Self { alternatives }
    }

    /// Whether it is a plain path.
    pub(super) fn is_plain(pattern: &str) -> bool {
        !pattern.contains(['*', '?', '[', '{'])
    }

    /// Whether `path` fits.
    pub(super) fn matches(&self, path: &str) -> bool {
        let path: Vec<&str> = names(path).collect();
        self.alternatives.iter().any(|pattern| fits(pattern, &path))
    }
}

fn names(path: &str) -> impl Iterator<Item = &str> {
    path.split('/')
        .filter(|name| !name.is_empty() && *name != ".")
}

/// Every pattern that the braces of one make.
fn braces(pattern: &str) -> Vec<String> {
    let mut open = vec![pattern.to_owned()];
    let mut done = Vec::new();
    while let Some(pattern) = open.pop() {
        let inner = pattern.find('{').and_then(|start| {
            let end = start + pattern.get(start..)?.find('}')?;
            Some((
                pattern.get(..start)?,
                pattern.get(start + 1..end)?,
                pattern.get(end + 1..)?,
            ))
        });
        match inner {
            Some((before, choices, after)) if open.len() + done.len() < MOST => {
                let all = choices.split(',').rev();
                open.extend(all.map(|choice| format!("{before}{choice}{after}")));
            }
            _ => done.push(pattern),
        }
    }
    done
}

/// Names against names; `**` stands for any number of them.
fn fits(pattern: &[String], path: &[&str]) -> bool {
    let (mut p, mut at) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while at < path.len() {
        match pattern.get(p) {
            Some(name) if name == "**" => {
                star = Some((p, at));
                p += 1;
            }
            Some(name) if path.get(at).is_some_and(|other| name_fits(name, other)) => {
                p += 1;
                at += 1;
            }
            _ => {
                let Some((back, from)) = star else {
                    return false;
                };
                star = Some((back, from + 1));
                (p, at) = (back + 1, from + 1);
            }
        }
    }
    pattern.iter().skip(p).all(|name| name == "**")
}

/// One name against a pattern of one name.
fn name_fits(pattern: &str, name: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let name: Vec<char> = name.chars().collect();
    let (mut p, mut at) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while at < name.len() {
        let next = pattern.get(p).copied();
        let one = name.get(at).copied().unwrap_or_default();
        let taken = match next {
            Some('*') => {
                star = Some((p, at));
                p += 1;
                continue;
            }
            Some('?') => Some(1),
            Some('[') => class(pattern.get(p..).unwrap_or_default(), one),
            Some(other) if other == one => Some(1),
            _ => None,
        };
        if let Some(taken) = taken {
            p += taken;
            at += 1;
        } else {
            let Some((back, from)) = star else {
                return false;
            };
            star = Some((back, from + 1));
            (p, at) = (back + 1, from + 1);
        }
    }
    pattern.iter().skip(p).all(|one| *one == '*')
}

/// How long a class (`[a-z]`, `[!a]`) is, if `one` is in it. A bracket that is never closed is itself.
fn class(pattern: &[char], one: char) -> Option<usize> {
    let Some(end) = pattern
        .iter()
        .skip(2)
        .position(|other| *other == ']')
        .map(|at| at + 2)
    else {
        return (one == '[').then_some(1);
    };
    let inner = pattern.get(1..end).unwrap_or_default();
    let (not, inner) = match inner {
        ['!' | '^', rest @ ..] => (true, rest),
        _ => (false, inner),
    };
    let mut found = false;
    let mut at = 0;
    while let Some(from) = inner.get(at) {
        if let (Some('-'), Some(to)) = (inner.get(at + 1), inner.get(at + 2)) {
            found |= (from..=to).contains(&&one);
            at += 3;
        } else {
            found |= *from == one;
            at += 1;
        }
    }
    (found != not).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_what_shells_let_them_fit() {
        for (pattern, path, fits) in [
            ("notes/*.md", "notes/a.md", true),
            ("notes/*.md", "notes/sub/a.md", false),
            ("notes/**/*.md", "notes/a.md", true),
            ("notes/**/*.md", "notes/x/y/a.md", true),
            ("**/*.md", "a.md", true),
            ("**", "a/b", true),
            ("*.{md,yaml}", "a.yaml", true),
            ("*.{md,yaml}", "a.yml", false),
            ("[a-c]?.md", "bø.md", true),
            ("[!a-c]?.md", "bø.md", false),
            ("[", "[", true),
            ("a*b*c", "aXbYbZc", true),
            ("./notes//*.md", "notes/a.md", true),
            ("notes/*.md", "notes/.md", true),
            ("notes", "notes/a.md", false),
        ] {
            assert_eq!(Glob::new(pattern).matches(path), fits, "{pattern} {path}");
        }
    }

    #[test]
    fn a_malicious_pattern_is_quick() {
        let stars = "*a".repeat(2000);
        assert!(!Glob::new(&stars).matches(&"b".repeat(5000)));
        let deep = "**/x/".repeat(500);
        assert!(!Glob::new(&deep).matches(&"y/".repeat(5000)));
        assert!(Glob::new(&"{a,b}".repeat(40)).alternatives.len() <= 2 * MOST);
    }
}
