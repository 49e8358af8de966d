//! When two spellings are the same component, and which name was meant.

use std::fmt;
use std::sync::Arc;

/// A name without what spellings differ in: case, blanks, hyphens, underscores, dots, quotes. `Kube API Server` and `kube-apiserver` have the same one.
///
/// Only the knowledge or the note itself can say that `API server` is the same thing again: that is an alias, not a spelling.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Arc<str>);

impl Name {
    /// The name that `spelling` is a spelling of.
    pub fn of(spelling: &str) -> Self {
        let counts =
            |character: char| character.is_alphanumeric() || matches!(character, '*' | '+' | '#');
        let folded: String = if spelling.is_ascii() {
            let letters = spelling.chars().filter(|character| counts(*character));
            letters.map(|letter| letter.to_ascii_lowercase()).collect()
        } else {
            let letters = spelling.chars().filter(|character| counts(*character));
            letters.flat_map(char::to_lowercase).collect()
        };
        // A name of signs alone (`…`, `--`) has nothing to fold: it is itself.
        if folded.is_empty() {
            Self(spelling.trim().into())
        } else {
            Self(folded.into())
        }
    }

    /// The folded letters, for ordering and hashing; not for showing.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An id made from a label: its letters and digits in lower case, with a hyphen for every run of others.
pub fn slug(label: &str) -> String {
    let mut id = String::new();
    for character in label.chars() {
        if character.is_alphanumeric() {
            id.extend(character.to_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    let id = id.trim_end_matches('-');
    if id.is_empty() {
        "part".to_owned()
    } else {
        id.to_owned()
    }
}

/// The one of `candidates` that `word` is most likely a misspelling of: at most a third of its letters differ. Ties go to the first.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Longer words are not compared: nobody mistypes them, and the comparison is quadratic.
    const LONGEST: usize = 100;
    let word: Vec<char> = word.to_lowercase().chars().take(LONGEST + 1).collect();
    if word.len() > LONGEST {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let other: Vec<char> = candidate.to_lowercase().chars().take(LONGEST + 1).collect();
        let allowed = (word.len().max(other.len()) / 3).max(1);
        if other.len() > LONGEST || word.len().abs_diff(other.len()) > allowed {
            continue;
        }
        let distance = distance(&word, &other);
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours (Damerau 1964).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_fold_and_different_names_do_not() {
        assert_eq!(Name::of("Kube API-Server"), Name::of("kube_apiserver"));
        assert_eq!(Name::of("ETCD"), Name::of("`etcd`"));
        assert_ne!(Name::of("etcd"), Name::of("etcdctl"));
        assert_ne!(Name::of("C++"), Name::of("C#"));
        assert_ne!(Name::of("--"), Name::of("…"));
    }

    #[test]
    fn a_slug_keeps_letters_of_every_script_and_is_never_empty() {
        assert_eq!(slug("  API Server (v2)"), "api-server-v2");
        assert_eq!(slug("控制平面"), "控制平面");
        assert_eq!(slug("…"), "part");
    }

    #[test]
    fn the_nearest_name_is_found_and_a_far_one_is_not() {
        assert_eq!(nearest("lable", ["group", "label"]), Some("label"));
        assert_eq!(nearest("kubelte", ["etcd", "kubelet"]), Some("kubelet"));
        assert_eq!(nearest("zebra", ["group", "label"]), None);
    }
}
