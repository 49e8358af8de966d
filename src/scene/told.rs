//! What a picture says in words: tooltips, addresses, and the description for those who do not see it.

use super::phrasebook::Phrasebook;
use super::words::{show, shown};
use crate::model::{Architecture, Evidence, Origin, Part};
use std::fmt::Write;

/// Links after these are counted in the description, not named.
const NAMED_LINKS: usize = 40;
/// Places that a tooltip names.
const PLACES: usize = 5;
/// Letters of a tooltip, before its places; a label of a megabyte is no tooltip.
const LETTERS: usize = 2000;

/// The whole name of a part, what is said of it, and where.
pub(super) fn of_part(architecture: &Architecture, part: &Part) -> String {
    let mut words = shown(&part.label);
    for text in &part.description {
        words.push('\n');
        show(&mut words, text);
    }
    with_places(architecture, words, &part.evidence)
}

/// `words`, with the places of the evidence after them.
pub(super) fn with_places(
    architecture: &Architecture,
    mut words: String,
    evidence: &[Evidence],
) -> String {
    if words.len() > LETTERS
        && let Some((end, _)) = words.char_indices().nth(LETTERS)
    {
        words.truncate(end);
        words.push('…');
    }
    for evidence in evidence.iter().take(PLACES) {
        words.push('\n');
        if let Some(quoted) = name(architecture, evidence, &mut words) {
            words.push_str(": ");
            show(&mut words, quoted);
        }
    }
    words
}

/// Writes the name of the place where something was read; gives the words that stand there, where a file has them.
fn name<'a>(
    architecture: &Architecture,
    evidence: &'a Evidence,
    words: &mut String,
) -> Option<&'a str> {
    let (file, line) = match &evidence.origin {
        Origin::Written(span) => {
            let file = architecture.files.get(span.source.index());
            (file.map_or("", |file| &**file), span.line)
        }
        Origin::Carried { file, line, .. } => (&**file, *line),
        Origin::Known { page } => {
            show(words, page);
            return None;
        }
    };
    show(words, file);
    let _ = write!(words, ":{line}");
    Some(&evidence.words)
}

/// Where something was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// File and line, or the page of a documentation.
    pub name: String,
    /// The words that stand there, where a file has them.
    pub words: Option<String>,
}

/// The places of some evidence, as they may stand in a picture.
pub fn places<'a>(
    architecture: &Architecture,
    evidence: impl IntoIterator<Item = &'a Evidence>,
) -> Vec<Said> {
    let place = |evidence| {
        let mut said = Said {
            name: String::new(),
            words: None,
        };
        said.words = name(architecture, evidence, &mut said.name).map(shown);
        said
    };
    evidence.into_iter().map(place).collect()
}

/// The address of a part, if it is one that may be followed: http, https, mailto or relative.
pub fn href(part: &Part) -> Option<String> {
    let address = part.href.as_deref()?.trim();
    let scheme = address
        .split(['/', '?', '#'])
        .next()
        .and_then(|head| head.split_once(':'))
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    let allowed =
        scheme.is_none_or(|scheme| matches!(scheme.as_str(), "http" | "https" | "mailto"));
    let clean = !address.is_empty() && !address.contains(char::is_whitespace);
    // What `shown` would change may not stand in a document, and a backslash is a slash to browsers.
    let plain = shown(address) == address && !address.contains('\\');
    (allowed && clean && plain && !address.starts_with("//")).then(|| address.to_owned())
}

/// What the picture shows, in words of its own language. Numbers stand alone, so that no language needs its plurals.
pub(super) fn description(architecture: &Architecture, book: &Phrasebook) -> String {
    let groups = architecture
        .parts()
        .filter(|(_, part)| part.is_group())
        .count();
    let links = architecture.link_count();
    let counts = [
        (architecture.part_count() - groups, &book.components),
        (groups, &book.groups),
        (links, &book.links),
    ];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let mut words = counts.join(", ");
    words.push('.');
    for (_, from, to, link) in architecture.links().take(NAMED_LINKS) {
        let (from, to) = (architecture.part(from), architecture.part(to));
        let _ = write!(words, " {} → {}", shown(&from.label), shown(&to.label));
        if let Some(label) = &link.label {
            let _ = write!(words, " ({})", shown(label));
        }
        words.push('.');
    }
    if links > NAMED_LINKS {
        let _ = write!(words, " + {} {}.", links - NAMED_LINKS, book.more_links);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Body, Component};

    #[test]
    fn only_addresses_that_lead_to_a_page_are_kept() {
        let followed = |address: &str| {
            href(&Part {
                id: "a".into(),
                label: "a".to_owned(),
                parent: None,
                aliases: Vec::new(),
                description: Vec::new(),
                href: Some(address.to_owned()),
                evidence: Vec::new(),
                introduced: true,
                body: Body::Component(Component::default()),
            })
            .is_some()
        };
        for good in [
            "https://kubernetes.io/docs/",
            "mailto:a@b.org",
            "notes/etcd.md#raft",
            "/a:b",
        ] {
            assert!(followed(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScript:alert(1)",
            " data:text/html,x",
            "//evil.org",
            "\\\\evil.org",
            "java\nscript:x",
            "vbscript:x",
            "",
            "a\u{202e}b",
        ] {
            assert!(!followed(bad), "{bad}");
        }
    }
}
