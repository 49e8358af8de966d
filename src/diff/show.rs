//! Changes become text: a line each for people, Markdown for a review, JSON for programs.

use super::Diff;
use super::change::{Change, Detail, Place};
use crate::model::Mark;
use serde::Serialize;
use std::fmt::Write;

/// Letters of a value that is told.
const LETTERS: usize = 120;

impl Change {
    /// What changed, in one line without a place: `link kubelet → etcd added`. `name` decides how the words of users stand in it.
    pub fn words(&self, name: &dyn Fn(&str) -> String) -> String {
        let mut words = self.subject(name);
        let _ = write!(words, " {}", self.mark.name());
        let details: Vec<String> = self
            .details
            .iter()
            .map(|detail| told(detail, name))
            .collect();
        if !details.is_empty() {
            let _ = write!(words, ": {}", details.join(", "));
        }
        words
    }

    /// What changed, in one line with its place: `link kubelet → etcd added (notes/x.md:14)`.
    pub fn words_and_place(&self, name: &dyn Fn(&str) -> String) -> String {
        let mut words = self.words(name);
        if let Some(place) = self.new.as_ref().or(self.old.as_ref()) {
            let _ = write!(words, " ({})", spot(place, name));
        }
        words
    }

    /// What it is about: `link kubelet → etcd`.
    fn subject(&self, name: &dyn Fn(&str) -> String) -> String {
        let mut words = self.what.name().to_owned();
        if !self.name.is_empty() {
            words.push(' ');
        }
        for (at, piece) in self.name.iter().enumerate() {
            if at % 2 == 0 {
                words.push_str(piece);
            } else {
                words.push_str(&name(&cut(piece)));
            }
        }
        words
    }
}

fn told(detail: &Detail, name: &dyn Fn(&str) -> String) -> String {
    let value = |text: &str| name(&cut(text));
    if detail.property == super::change::GROUP {
        return match (&detail.old, &detail.new) {
            (Some(old), Some(new)) => format!("from {} to {}", value(old), value(new)),
            (None, Some(new)) => format!("into {}", value(new)),
            (Some(old), None) => format!("out of {}", value(old)),
            (None, None) => "to another group".to_owned(),
        };
    }
    match (&detail.old, &detail.new) {
        (Some(old), Some(new)) => {
            format!("{} {} became {}", detail.property, value(old), value(new))
        }
        (None, Some(new)) => format!("{} {} is new", detail.property, value(new)),
        (Some(old), None) => format!("{} {} is gone", detail.property, value(old)),
        (None, None) => format!("another {}", detail.property),
    }
}

fn spot(place: &Place, name: &dyn Fn(&str) -> String) -> String {
    match place.line {
        Some(line) => name(&format!("{}:{line}", place.file)),
        None => name(&place.file),
    }
}

fn cut(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(LETTERS) {
        Some((at, _)) => format!("{}…", one_line.get(..at).unwrap_or_default()),
        None => one_line,
    }
}

/// The sign of a mark.
fn sign(mark: Mark) -> char {
    match mark {
        Mark::Added => '+',
        Mark::Removed => '-',
        Mark::Changed => '~',
        Mark::Moved => '>',
    }
}

/// `2 added, 1 removed`.
fn summary(diff: &Diff) -> String {
    let counts: Vec<String> = Mark::ALL
        .iter()
        .map(|mark| (diff.count(*mark), mark.name()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} {name}"))
        .collect();
    if counts.is_empty() {
        "no change in the architecture".to_owned()
    } else {
        counts.join(", ")
    }
}

/// A line a change, and a summary. `name` makes harmless what users wrote.
pub fn text(diff: &Diff, name: &dyn Fn(&str) -> String) -> String {
    let mut text = String::new();
    for change in &diff.changes {
        let _ = writeln!(
            text,
            "{} {}",
            sign(change.mark),
            change.words_and_place(name)
        );
    }
    let _ = writeln!(text, "{}", summary(diff));
    text
}

/// A table for a pull request. Names stand in code spans, so no name can be Markdown or HTML of its own.
pub fn markdown(diff: &Diff, (old, new): (&str, &str)) -> String {
    let mut text = format!(
        "### Architecture: {}\n\n{} → {}\n",
        summary(diff),
        code(old),
        code(new)
    );
    if !diff.changes.is_empty() {
        text.push_str("\n| | what | where |\n|---|---|---|\n");
    }
    for change in &diff.changes {
        let places = [&change.new, &change.old].into_iter().flatten().next();
        let _ = writeln!(
            text,
            "| `{}` | {} | {} |",
            sign(change.mark),
            change.words(&code),
            places.map(|place| spot(place, &code)).unwrap_or_default()
        );
    }
    text
}

/// A code span of a table's cell: longer fences than any within, and no bar, line end or control character.
fn code(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|character| match character {
            '|' => '¦',
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            other if other.is_control() => ' ',
            other => other,
        })
        .collect();
    let runs = clean.split(|character| character != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or_default() + 1);
    let pad = if clean.starts_with('`') || clean.ends_with('`') || clean.trim().is_empty() {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{clean}{pad}{fence}")
}

#[derive(Serialize)]
struct File<'a> {
    same: bool,
    changes: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    change: &'a str,
    what: &'a str,
    name: String,
    ids: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<DetailRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<PlaceRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<PlaceRow<'a>>,
}

#[derive(Serialize)]
struct DetailRow<'a> {
    property: &'a str,
    old: Option<&'a str>,
    new: Option<&'a str>,
}

#[derive(Serialize)]
struct PlaceRow<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    text: &'a str,
}

/// An object: `same`, and `changes`, one a change.
pub fn json(diff: &Diff) -> String {
    let file = File {
        same: diff.changes.is_empty(),
        changes: diff.changes.iter().map(row).collect(),
    };
    // Writing plain values into memory cannot fail.
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}

fn row(change: &Change) -> Row<'_> {
    Row {
        change: change.mark.name(),
        what: change.what.name(),
        name: change.name.concat(),
        ids: change.ids.iter().map(|id| &**id).collect(),
        details: change
            .details
            .iter()
            .map(|detail| DetailRow {
                property: detail.property,
                old: detail.old.as_deref(),
                new: detail.new.as_deref(),
            })
            .collect(),
        old: change.old.as_ref().map(place_row),
        new: change.new.as_ref().map(place_row),
    }
}

fn place_row(place: &Place) -> PlaceRow<'_> {
    PlaceRow {
        file: &place.file,
        line: place.line,
        text: &place.words,
    }
}
